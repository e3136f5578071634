//! `bastide lock` against a registry on loopback.

use bastide_platform::{Catalog, Lock, Settings, resolve};

use crate::registry::{COMMIT, PASSWORD, Registry, USER, hub};
use crate::sandbox::Sandbox;

const WHOLE: &str = "name: whole\ntarget: eks\nregion: us-west-2\ndomain: example.com\nregistry: registry.example.com/genai\ncomponents: all\n";

const NOTES: &str = "component: notes\ntitle: Notes\ncategory: gui-app\nabout: Keeps notes.\nworkloads:\n  notes:\n    image: HOST/notes:1.4.2\n    \
                     ports: {http: 8080}\n    health: {port: http, live: /healthz}\n    resources: {cpu: 250m, memory: 256Mi}\n";

/// A platform of one component, whose image is at a host.
fn notes(host: &str) -> Sandbox {
    Sandbox::new(&[
        (
            "bastide.yaml",
            "name: demo\ntarget: kubernetes\ncomponents: [notes]\n",
        ),
        ("components/notes.yaml", &NOTES.replace("HOST", host)),
    ])
}

fn images(description: &str) -> Vec<String> {
    let settings = Settings::parse(description, "bastide.yaml").expect("settings");
    let catalog = Catalog::built_in().expect("a catalog");
    let platform = resolve(&settings, &catalog, &Lock::default()).expect("a platform");
    platform.images().into_iter().map(str::to_owned).collect()
}

#[test]
fn a_locked_platform_has_no_exception_for_images() {
    let Some(registry) = Registry::start(true) else {
        return;
    };
    let images = images(WHOLE);
    let names: Vec<&str> = images.iter().map(String::as_str).collect();
    let digests = registry.push(&names);
    let sandbox = Sandbox::new(&[("bastide.yaml", WHOLE)]);
    let words = format!("lock --mirror {} --hub http://{}", registry.host, hub());
    let run = sandbox.bastide(&words);
    assert_eq!(run.code, 0, "{}", run.err);
    let text = sandbox.read("bastide.lock.yaml");
    let lock = Lock::parse(&text, "bastide.lock.yaml").expect("a lock");
    // Of each image the digest of its index, which has all platforms.
    let expected = images.into_iter().zip(digests).collect();
    assert_eq!(lock.images, expected);
    assert!(lock.models.values().all(|it| it == COMMIT), "{text}");
    assert!(!lock.models.is_empty());

    assert_eq!(sandbox.bastide("render").code, 0);
    let set = sandbox.read("rendered/qdrant/statefulset-qdrant.yaml");
    assert!(set.contains("imagePullPolicy: IfNotPresent"), "{set}");
    let register = std::fs::read_to_string(sandbox.path().join("rendered/bastide.exceptions.yaml"))
        .unwrap_or_default();
    assert!(!register.contains("CKV_K8S_43"), "{register}");
    let run = sandbox.bastide("scan rendered");
    assert_eq!(run.code, 0, "{}", run.out);
    let plan = sandbox.bastide("plan");
    assert!(plan.out.contains("all by digest"), "{}", plan.out);

    // What is locked stays as it is, even if nobody answers.
    let run = sandbox.bastide("lock --mirror 127.0.0.1:1");
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(sandbox.read("bastide.lock.yaml"), text);
}

#[test]
fn what_a_registry_does_not_have_is_said_and_the_rest_is_kept() {
    let Some(registry) = Registry::start(true) else {
        return;
    };
    let description = "name: demo\ntarget: kubernetes\ncomponents: [notes, qdrant]\n";
    let images = images("name: demo\ntarget: kubernetes\ncomponents: [qdrant]\n");
    registry.push(&images.iter().map(String::as_str).collect::<Vec<_>>());
    let sandbox = notes("registry.example.com");
    sandbox.write("bastide.yaml", description.as_bytes());
    let lock = format!("lock --mirror {}", registry.host);
    let run = sandbox.bastide(&lock);
    assert_eq!(run.code, 2);
    let expected = format!(
        "error: `{}` does not say what `registry.example.com/notes:1.4.2` is: it has no such name\n\
         help: see whether its name and tag are right, and whether it was pushed\n\
         wrote bastide.lock.yaml: {} images, 0 models\n\
         error: 1 of {} names could not be resolved\n",
        registry.host,
        images.len(),
        images.len() + 1,
    );
    assert_eq!(run.err, expected);
    registry.push(&["registry.example.com/notes:1.4.2"]);
    let run = sandbox.bastide(&lock);
    assert_eq!(run.code, 0, "{}", run.err);
    // Of what is built from sources it is said that somebody has to do it.
    let ours = NOTES.replace("HOST", "${registry}");
    sandbox.write("components/notes.yaml", ours.as_bytes());
    let description = format!("{description}registry: registry.example.com/ours\n");
    sandbox.write("bastide.yaml", description.as_bytes());
    let run = sandbox.bastide(&lock);
    assert_eq!(run.code, 2);
    let help = "help: build it and push it to `registry.example.com/ours`: it is made from sources";
    assert!(run.err.contains(help), "{}", run.err);
}

#[test]
fn a_tag_that_moves_is_followed_when_asked() {
    let Some(registry) = Registry::start(true) else {
        return;
    };
    let sandbox = notes(&registry.host);
    let first = registry.push(&["notes:1.4.2"]).remove(0);
    assert_eq!(sandbox.bastide("lock").code, 0);
    assert!(sandbox.read("bastide.lock.yaml").contains(&first));
    let second = registry.push_again("notes:1.4.2");
    assert_ne!(first, second);
    assert_eq!(sandbox.bastide("lock").code, 0);
    assert!(sandbox.read("bastide.lock.yaml").contains(&first));
    assert_eq!(sandbox.bastide("lock --upgrade").code, 0);
    assert!(sandbox.read("bastide.lock.yaml").contains(&second));
}

#[test]
fn logins_are_those_of_docker() {
    let Some(registry) = Registry::start(false) else {
        return;
    };
    registry.push(&["notes:1.4.2"]);
    let sandbox = notes(&registry.host);
    let run = sandbox.bastide("lock");
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("does not answer without a login"),
        "{}",
        run.err
    );
    assert!(
        run.err
            .contains(&format!("`docker login {}`", registry.host)),
        "{}",
        run.err
    );

    let config = |entry: &str| format!("{{\"auths\": {{\"{}\": {entry}}}}}", registry.host);
    let login =
        |password: &str| format!("{{\"username\": \"{USER}\", \"password\": \"{password}\"}}");
    sandbox.write(".docker/config.json", config(&login("wrong")).as_bytes());
    let run = sandbox.bastide("lock");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("does not accept the login"), "{}", run.err);
    assert!(!run.err.contains("wrong"), "{}", run.err);

    sandbox.write(
        ".docker/config.json",
        config("{\"identitytoken\": \"t\"}").as_bytes(),
    );
    let run = sandbox.bastide("lock");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("it is an identity token"), "{}", run.err);

    sandbox.write(".docker/config.json", config(&login(PASSWORD)).as_bytes());
    let run = sandbox.bastide("lock");
    assert_eq!(run.code, 0, "{}", run.err);
}

#[cfg(unix)]
#[test]
fn logins_may_be_kept_by_a_helper() {
    use std::os::unix::fs::PermissionsExt;

    let Some(registry) = Registry::start(false) else {
        return;
    };
    registry.push(&["notes:1.4.2"]);
    let sandbox = notes(&registry.host);
    let helper = format!(
        "#!/bin/sh\nread -r host\n[ \"$host\" = {} ] && echo '{{\"Username\": \"{USER}\", \"Secret\": \"{PASSWORD}\"}}'\n",
        registry.host
    );
    sandbox.write("bin/docker-credential-test", helper.as_bytes());
    let program = sandbox.path().join("bin/docker-credential-test");
    std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).expect("it can be");
    sandbox.write("docker/config.json", b"{\"credsStore\": \"test\"}");
    let folder = |name: &str| sandbox.path().join(name).to_string_lossy().into_owned();
    let variables = [("PATH", folder("bin")), ("DOCKER_CONFIG", folder("docker"))];
    let variables = variables
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let run = sandbox.bastide_with(&variables, "lock");
    assert_eq!(run.code, 0, "{}", run.err);
}

#[test]
fn a_registry_may_want_a_token_from_elsewhere() {
    let host = hub();
    let sandbox = notes(&format!("{host}/token"));
    let run = sandbox.bastide("lock");
    assert_eq!(run.code, 0, "{}", run.err);
    let digest = format!("sha256:{}", "0a".repeat(32));
    assert!(sandbox.read("bastide.lock.yaml").contains(&digest));
}

#[test]
fn a_model_may_want_a_token() {
    let model = "model: ours\nabout: Ours.\nrepository: gated/ours\nlicence: Apache-2.0\nengines:\n  tei:\n    resources: {cpu: 1, memory: 2Gi}\n";
    let sandbox = Sandbox::new(&[
        (
            "bastide.yaml",
            "name: demo\ntarget: kubernetes\ncomponents: [tei]\nmodels: [tei/ours]\n",
        ),
        ("models/ours.yaml", model),
    ]);
    let host = hub();
    let endpoint = format!("http://{host}");
    let words = format!("lock --mirror {host}");
    let run = sandbox.bastide_with(&[("HF_ENDPOINT", &endpoint)], &words);
    assert_eq!(run.code, 2);
    let said = format!(
        "`{endpoint}` does not say what `gated/ours` is: it does not answer without a login"
    );
    assert!(run.err.contains(&said), "{}", run.err);
    assert!(
        run.err.contains("if it is not for everybody, set HF_TOKEN"),
        "{}",
        run.err
    );
    let variables = [("HF_ENDPOINT", endpoint.as_str()), ("HF_TOKEN", "t0ken")];
    let run = sandbox.bastide_with(&variables, &words);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(sandbox.read("bastide.lock.yaml").contains(COMMIT));
}

#[test]
fn who_cannot_be_reached_is_named() {
    let sandbox = notes("127.0.0.1:1");
    let run = sandbox.bastide("lock");
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains(
            "`127.0.0.1:1` does not say what `127.0.0.1:1/notes:1.4.2` is: it cannot be reached: "
        ),
        "{}",
        run.err
    );
    assert!(run.err.contains("Connection refused"), "{}", run.err);
    assert!(!sandbox.path().join("bastide.lock.yaml").exists());
}

#[test]
fn without_certificates_nobody_is_asked() {
    let sandbox = notes("127.0.0.1:1");
    let run = sandbox.bastide_with(&[("SSL_CERT_FILE", "/dev/null")], "lock");
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("cannot ask registries over TLS"),
        "{}",
        run.err
    );
}

#[test]
fn a_lock_that_somebody_changed_is_read_with_care() {
    let sandbox = notes("127.0.0.1:1");
    sandbox.write(
        "bastide.lock.yaml",
        b"images:\n  127.0.0.1:1/notes:1.4.2: latest\n",
    );
    let run = sandbox.bastide("render");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("bastide.lock.yaml:"), "{}", run.err);
    assert!(
        run.err
            .contains("`127.0.0.1:1/notes:1.4.2` is `latest`, not a digest"),
        "{}",
        run.err
    );
}
