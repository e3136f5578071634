//! Checkov's verdicts on the conformance corpus.

use std::process::Command;

use bastide_check::Framework;

/// The least agreement over all checks, in percent of verdicts, by framework. Where it is less than
/// all, docs/deviations.md says why.
const AGREEMENT: [(Framework, &str); 9] = [
    (Framework::Terraform, "99"),
    (Framework::TerraformPlan, "96.5"),
    (Framework::Kubernetes, "99.7"),
    (Framework::Dockerfile, "100"),
    (Framework::Secrets, "93"),
    (Framework::GithubActions, "100"),
    (Framework::GitlabCi, "100"),
    (Framework::AzurePipelines, "100"),
    (Framework::ArgoWorkflows, "100"),
];

/// The checks of the demo kit's security page, which must agree wholly.
const WHOLLY: [&str; 15] = [
    "CKV_TF_1",
    "CKV_SECRET_6",
    "CKV2_K8S_6",
    "CKV_K8S_8",
    "CKV_K8S_9",
    "CKV_K8S_11",
    "CKV_K8S_22",
    "CKV_K8S_23",
    "CKV_K8S_35",
    "CKV_K8S_37",
    "CKV_K8S_40",
    "CKV_AWS_51",
    "CKV_AWS_184",
    "CKV_DOCKER_2",
    "CKV_DOCKER_3",
];

#[test]
fn verdicts_are_those_of_checkov() {
    for (framework, least) in AGREEMENT {
        let of_framework = bastide_check::all()
            .filter(|check| check.rule(framework).is_some())
            .map(|check| check.id.as_str());
        compare(framework, of_framework.collect(), least);
    }
}

#[test]
fn the_first_checks_agree_wholly() {
    compare(Framework::Dockerfile, WHOLLY.to_vec(), "100");
    // One case has a module that Terraform has installed, which Checkov does not look at.
    compare(Framework::Terraform, WHOLLY.to_vec(), "99.9");
    // Checkov misses a sixth of the secrets of the corpus that are to be found by randomness.
    compare(Framework::Secrets, WHOLLY.to_vec(), "82");
    // One pod of the corpus is selected by policies of another namespace alone.
    compare(Framework::Kubernetes, WHOLLY.to_vec(), "99.95");
}

#[track_caller]
fn compare(framework: Framework, ids: Vec<&str>, least: &str) {
    let Some(script) = bastide_conformance::compare() else {
        return;
    };
    let program = assert_cmd::cargo::cargo_bin!("bastide").display();
    let name = framework.name();
    let compared = Command::new("python3")
        .arg(script)
        .args([
            "--tool",
            &format!("{program} scan -o json -d {{dir}} --framework {name}"),
        ])
        .args(["--framework", name, "--checks", &ids.join(",")])
        .args(["--fail-under", least])
        .output()
        .expect("python3 runs");
    let report = String::from_utf8_lossy(&compared.stdout);
    assert!(compared.status.success(), "{report}");
    assert!(report.contains(name), "nothing was compared: {report}");
}
