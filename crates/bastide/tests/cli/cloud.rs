//! The cloud under a platform on EKS: what `render` writes is what a scan passes, and manifests and
//! Terraform speak of the same things.

use std::collections::BTreeSet;
use std::path::Path;

use crate::sandbox::Sandbox;

const ACCOUNT: &str = "region: eu-central-1\ndomain: ai.example.com\naws:\n  account: \"111122223333\"\n  \
                       administrators: [\"arn:aws:iam::111122223333:role/platform\"]\n  alarms: [platform@example.com]\n";

const EXISTING: &str = "network:\n  existing:\n    vpc: vpc-0123456789abcdef0\n    subnets: [subnet-0a, subnet-0b]\n    \
                        public: [subnet-1a, subnet-1b]\n";

/// Descriptions in all variants, by name.
fn variants() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for profile in ["production", "demo"] {
        let start = format!(
            "name: acme-ai\nprofile: {profile}\ntarget: eks\n{ACCOUNT}components: all\nmodels: [vllm/qwen3-32b-fp8, bedrock/claude-4.5-sonnet]\n"
        );
        let vault =
            "secrets: vault\nvault: {server: \"https://vault.example.com\", role: bastide}\n";
        let existing =
            format!("{EXISTING}cluster: {{existing: shared}}\ningress: {{from: [10.0.1.0/24]}}\n");
        for (name, more) in [
            ("auto", ""),
            ("standard", "cluster: {mode: standard}\n"),
            ("vault", vault),
            ("existing", existing.as_str()),
        ] {
            all.push((format!("{profile}-{name}"), format!("{start}{more}")));
        }
    }
    all
}

fn rendered(description: &str) -> Sandbox {
    let sandbox = Sandbox::new(&[("bastide.yaml", description)]);
    let run = sandbox.bastide("render");
    assert_eq!(run.code, 0, "{}", run.err);
    sandbox
}

/// The paths of all files below a folder, sorted.
fn files(folder: &Path) -> Vec<String> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let entry = entry.expect("it can be read");
        let name = entry.file_name().into_string().expect("it is text");
        match entry.file_type().expect("it has a type").is_dir() {
            true => files.extend(
                self::files(&entry.path())
                    .iter()
                    .map(|it| format!("{name}/{it}")),
            ),
            false => files.push(name),
        }
    }
    files.sort();
    files
}

/// The values of an attribute in blocks of a type.
fn values(text: &str, kind: &str, attribute: &str) -> Vec<String> {
    let mut inside = false;
    let mut values = Vec::new();
    for line in text.lines() {
        if line.starts_with("resource ") {
            inside = line.starts_with(&format!("resource \"{kind}\""));
        }
        let mut words = line.split_whitespace();
        if inside && words.next() == Some(attribute) && words.next() == Some("=") {
            values.push(
                words
                    .collect::<Vec<_>>()
                    .join(" ")
                    .trim_matches('"')
                    .to_owned(),
            );
        }
    }
    values
}

#[test]
fn a_scan_finds_nothing_in_any_variant() {
    for (name, description) in variants() {
        // Where people, and other scanners, can look at it.
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("rendered")
            .join(&name);
        let _ = std::fs::remove_dir_all(&folder);
        let folder = folder.display();
        let sandbox = Sandbox::new(&[("bastide.yaml", &description)]);
        let run = sandbox.bastide(&format!("render -o {folder}"));
        assert_eq!(run.code, 0, "{name}: {}", run.err);
        let run = sandbox.bastide(&format!("scan {folder}"));
        assert_eq!(run.code, 0, "{name}: {}{}", run.out, run.err);
    }
}

#[test]
fn the_files_of_both_profiles() {
    let mut text = String::new();
    for (name, description) in variants() {
        if !name.ends_with("-auto") {
            continue;
        }
        let sandbox = rendered(&description);
        let terraform = files(&sandbox.path().join("rendered/terraform"));
        text.push_str(&format!("{name}\n  {}\n", terraform.join("\n  ")));
    }
    insta::assert_snapshot!(text);
}

#[test]
fn manifests_and_terraform_agree() {
    for (name, description) in variants() {
        let sandbox = rendered(&description);
        let folder = sandbox.path().join("rendered");
        let read = |file: &str| {
            std::fs::read_to_string(folder.join("terraform").join(file)).unwrap_or_default()
        };
        let paths = files(&folder);
        let manifests: Vec<(&String, String)> = paths
            .iter()
            .filter(|it| it.ends_with(".yaml"))
            .map(|it| (it, std::fs::read_to_string(folder.join(it)).unwrap()))
            .collect();
        let somewhere = |words: &str| manifests.iter().any(|(_, text)| text.contains(words));

        // Roles are for service accounts that there are.
        let identity = read("identity.tf");
        let kind = "aws_eks_pod_identity_association";
        let namespaces = values(&identity, kind, "namespace");
        let accounts = values(&identity, kind, "service_account");
        assert!(!accounts.is_empty(), "{name}");
        for (namespace, account) in namespaces.iter().zip(&accounts) {
            if ["kube-system", "external-secrets"].contains(&namespace.as_str()) {
                continue;
            }
            let path = format!("{namespace}/serviceaccount-{account}.yaml");
            assert!(paths.contains(&path), "{name}: {path}");
        }

        // Buckets are those that programs are told of.
        let buckets = values(&read("buckets.tf"), "aws_s3_bucket", "bucket");
        let named: Vec<_> = buckets.iter().filter(|it| !it.contains("${")).collect();
        assert_eq!(named.len(), 3, "{name}: {buckets:?}");
        for bucket in named {
            assert!(somewhere(bucket.as_str()), "{name}: nobody uses {bucket}");
        }

        // Every secret that is read is there, and the other way round.
        let secrets = read("secrets.tf");
        let mut made: BTreeSet<String> = BTreeSet::new();
        for kind in ["aws_ssm_parameter", "aws_secretsmanager_secret"] {
            let names = values(&secrets, kind, "name");
            made.extend(
                names
                    .iter()
                    .map(|it| it.replace("${local.name}", "acme-ai")),
            );
        }
        let mut used = BTreeSet::new();
        for (path, text) in &manifests {
            if path.contains("/externalsecret-") {
                let keys = text
                    .lines()
                    .filter_map(|it| it.trim().strip_prefix("key: "));
                used.extend(keys.map(str::to_owned));
            }
        }
        match name.ends_with("-vault") {
            true => assert!(made.is_empty() && !used.is_empty(), "{name}"),
            false => assert_eq!(made, used, "{name}"),
        }

        // What the load balancer forwards to is a Service, on its port.
        let objects = read("objects.tf");
        let blocks: Vec<&str> = objects.split("TargetGroupBinding").skip(1).collect();
        assert_eq!(blocks.len(), 7, "{name}");
        for block in blocks {
            let value = |key: &str| {
                let mut lines = block.lines().map(str::trim);
                let line = lines
                    .find(|it| it.split_whitespace().next() == Some(key))
                    .unwrap();
                line.rsplit(" = ")
                    .next()
                    .unwrap()
                    .trim_matches('"')
                    .to_owned()
            };
            let namespace = value("namespace");
            let service = block.split("serviceRef").nth(1).unwrap();
            let name_of = service
                .split("name = ")
                .nth(1)
                .unwrap()
                .split('"')
                .nth(1)
                .unwrap();
            let path = format!("{namespace}/service-{name_of}.yaml");
            let (_, text) = manifests.iter().find(|(it, _)| **it == path).unwrap();
            assert!(
                text.contains(&format!("port: {}", value("port"))),
                "{name}: {text}"
            );
        }
        assert!(!paths.iter().any(|it| it.contains("/ingress-")), "{name}");

        // Names under which people come are those that programs believe to have.
        let hosts = values(&read("edge.tf"), "aws_route53_record", "name");
        for host in hosts.iter().filter(|it| it.ends_with(".ai.example.com")) {
            if host.starts_with("langfuse.") || host.starts_with("openwebui.") {
                assert!(somewhere(&format!("https://{host}")), "{name}: {host}");
            }
        }

        // Databases have the names that programs are told.
        let names = values(&read("databases.tf"), "aws_route53_record", "name");
        let databases: Vec<_> = names
            .iter()
            .map(|it| it.replace("${local.name}", "acme-ai"))
            .collect();
        let at_aws = name.starts_with("production") && !name.ends_with("-vault");
        assert_eq!(
            databases.len(),
            if at_aws { 6 } else { 0 },
            "{name}: {databases:?}"
        );
        for host in &databases {
            assert!(somewhere(host), "{name}: nobody uses {host}");
            let store = host.split('.').next().unwrap();
            assert!(
                !somewhere(&format!("name: {store}\n")),
                "{name}: {store} runs twice"
            );
        }

        // Volumes are of classes that there are.
        for class in ["gp3", "efs"] {
            let made = class == "gp3" && name.ends_with("-existing")
                || objects.contains(&format!("\"{class}\""));
            let used = somewhere(&format!("storageClassName: {class}"));
            assert!(!used || made, "{name}: {class}");
        }
    }
}

#[test]
fn a_plan_says_what_the_cloud_is_and_costs() {
    let (_, description) = &variants()[0];
    let sandbox = Sandbox::new(&[("bastide.yaml", description)]);
    let run = sandbox.bastide("plan");
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let start = run.out.find("   cloud").unwrap();
    let part: Vec<&str> = run.out[start..].lines().take(4).collect();
    assert!(
        part[0].contains(" resources of Terraform; 0 failed, "),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("1 AmazonEKS-Hours:perCluster, "),
        "{}",
        run.out
    );
    assert!(run.out.contains("3 NatGateway-Hours"), "{}", run.out);
}

#[test]
fn what_aws_has_no_room_for_is_said_with_its_line() {
    let (_, description) = &variants()[0];
    let sandbox = Sandbox::new(&[("bastide.yaml", description)]);
    let component = "component: a-rather-long-name\ntitle: Notes\ncategory: gui-app\nabout: Keeps notes.\nworkloads:\n  notes:\n    \
                     image: registry.example.com/notes:1.4.2\n    ports: {http: 8080}\n    health: {port: http, live: /healthz}\n    \
                     expose: {port: http, login: native}\n    resources: {cpu: 250m, memory: 256Mi}\n";
    sandbox.write("components/notes.yaml", component.as_bytes());
    let run = sandbox.bastide("render");
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.err.contains("bastide.yaml:10:1"), "{}", run.err);
    assert!(run.err.contains("at most 15 characters"), "{}", run.err);
    assert!(!sandbox.path().join("rendered").exists());
}

/// A program that writes down how it was called, and ends with a code.
#[cfg(unix)]
fn fake(sandbox: &Sandbox, name: &str, code: i32) {
    use std::os::unix::fs::PermissionsExt;
    let log = sandbox.path().join("calls.txt");
    let script = format!(
        "#!/bin/sh\necho \"{name} $*\" >> {}\nexit {code}\n",
        log.display()
    );
    let path = format!("bin/{name}");
    sandbox.write(&path, script.as_bytes());
    let path = sandbox.path().join(path);
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("it can be run");
}

#[cfg(unix)]
#[test]
fn the_state_has_a_stack_of_its_own_that_is_applied_only_on_request() {
    let (_, description) = &variants()[4];
    let sandbox = Sandbox::new(&[("bastide.yaml", description)]);
    let bin = sandbox.path().join("bin");
    std::fs::create_dir(&bin).unwrap();
    let path = [("PATH", bin.to_str().unwrap())];
    let run = sandbox.bastide_with(&path, "bootstrap");
    assert_eq!(run.code, 0, "{}", run.err);
    let run = sandbox.bastide("scan bootstrap");
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    // Where it is kept is where the cloud looks for it.
    assert_eq!(sandbox.bastide("render").code, 0);
    let versions = sandbox.read("rendered/terraform/versions.tf");
    assert!(
        versions.contains("\"acme-ai-state-111122223333-eu-central-1\""),
        "{versions}"
    );
    let state = sandbox.read("bootstrap/state.tf");
    assert!(
        state.contains("${local.name}-state-${local.account}-${local.region}"),
        "{state}"
    );

    let run = sandbox.bastide_with(&path, "bootstrap --apply");
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("neither `terraform` nor `tofu`"),
        "{}",
        run.err
    );
    fake(&sandbox, "tofu", 0);
    let run = sandbox.bastide_with(&path, "bootstrap --apply --yes");
    assert_eq!(run.code, 0, "{}", run.err);
    let calls = sandbox.read("calls.txt");
    let expected = "tofu version\ntofu init -input=false\ntofu apply -input=false -auto-approve\n";
    assert_eq!(calls, expected);
    // What Terraform adds to its lock stays, and is no change of somebody's.
    let lock = "bootstrap/.terraform.lock.hcl";
    let with_checksums = sandbox
        .read(lock)
        .replace("}\n", "  hashes = [\"h1:abc\"]\n}\n");
    sandbox.write(lock, with_checksums.as_bytes());
    fake(&sandbox, "terraform", 1);
    let run = sandbox.bastide_with(&path, "bootstrap --apply");
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("`terraform init -input=false` failed"),
        "{}",
        run.err
    );
    assert_eq!(sandbox.read(lock), with_checksums);
}

#[test]
fn a_cluster_of_somebody_else_has_no_state() {
    let sandbox = Sandbox::new(&[(
        "bastide.yaml",
        "name: demo\ntarget: kubernetes\ncomponents: [qdrant]\n",
    )]);
    let run = sandbox.bastide("bootstrap");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("no state to keep"), "{}", run.err);
}
