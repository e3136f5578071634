use bastide_judge::{FileStatus, Posture};
use bastide_report::Format;
use insta::assert_snapshot;
use serde_json::Value;

use crate::fixture::{Fixture, options, rendered};

fn stack(format: Format) -> String {
    rendered(format, &Fixture::stack().posture())
}

fn json(posture: &Posture) -> Value {
    serde_json::from_str(&rendered(Format::Json, posture)).expect("JSON is JSON")
}

#[test]
fn csv() {
    assert_snapshot!(stack(Format::Csv).replace("\r\n", "\n"));
}

#[test]
fn github() {
    assert_snapshot!(stack(Format::GitHub));
}

#[test]
fn github_failed_only() {
    assert_snapshot!(stack(Format::GitHubFailedOnly));
}

#[test]
fn junit() {
    assert_snapshot!(stack(Format::JunitXml));
}

#[test]
fn markdown() {
    assert_snapshot!(stack(Format::Markdown));
}

#[test]
fn sarif() {
    let fixture = Fixture::new().file("main.tf", include_str!("stack/registry.tf"));
    let mut log: Value =
        serde_json::from_str(&rendered(Format::Sarif, &fixture.posture())).expect("SARIF is JSON");
    // What changes with each release, and what other tests show.
    let driver = &mut log["runs"][0]["tool"]["driver"];
    for key in ["version", "semanticVersion"] {
        assert_eq!(driver[key].take(), env!("CARGO_PKG_VERSION"));
    }
    for kind in ["text", "markdown"] {
        let help = driver["rules"][0]["help"][kind].take();
        assert!(help.to_string().contains("image_tag_mutability"));
    }
    assert_snapshot!(format!("{log:#}"));
}

#[test]
fn json_has_three_shapes() {
    let nothing = json(&Posture::default());
    assert_eq!(nothing["passed"], 0);
    assert_eq!(nothing.get("results"), None);

    let fixture = Fixture::new().file("main.tf", include_str!("stack/registry.tf"));
    let one = json(&fixture.posture());
    assert_eq!(one["check_type"], "terraform");

    let several = json(&Fixture::stack().posture());
    let frameworks = several.as_array().expect("it is a list").iter();
    let frameworks: Vec<_> = frameworks.map(|report| &report["check_type"]).collect();
    assert_eq!(
        frameworks,
        ["terraform", "kubernetes", "dockerfile", "secrets"]
    );
}

#[test]
fn json_of_a_resource_in_a_module() {
    let fixture = Fixture::new()
        .file("main.tf", "module \"a\" {\n  source = \"./m\"\n}\n")
        .file("m/main.tf", "resource \"aws_ecr_repository\" \"r\" {\n}\n");
    assert_snapshot!(rendered(Format::Json, &fixture.posture()));
}

#[test]
fn json_of_a_dockerfile_and_a_secret() {
    let fixture = Fixture::new()
        .file("Dockerfile", "FROM alpine\nUSER 10001\n")
        .file("values.yaml", include_str!("stack/values.yaml"));
    assert_snapshot!(rendered(Format::Json, &fixture.posture()));
}

#[test]
fn quiet_and_compact_json() {
    let mut options = options();
    (options.quiet, options.compact) = (true, true);
    let text = Format::Json.render(&Fixture::stack().posture(), &options);
    let reports: Value = serde_json::from_str(&text).expect("JSON is JSON");
    let report = &reports[0];
    let keys = |value: &Value| -> Vec<String> {
        let object = value.as_object().expect("it is an object");
        object.keys().cloned().collect()
    };
    assert_eq!(keys(report), ["check_type", "results", "summary"]);
    assert_eq!(keys(&report["results"]), ["failed_checks"]);
    assert_eq!(
        report["results"]["failed_checks"][0]["code_block"],
        Value::Null
    );
    assert_ne!(report["summary"]["passed"], Value::Null);
}

#[test]
fn what_is_undecided_is_in_no_list_that_checkov_has() {
    let reports = json(&Fixture::stack().posture());
    let results = &reports[0]["results"];
    let unknown = results["unknown_checks"].as_array().expect("there is one");
    assert_eq!(unknown.len(), 1);
    assert_eq!(unknown[0]["check_result"]["result"], "UNKNOWN");
    let text = results["passed_checks"].to_string() + &results["failed_checks"].to_string();
    assert!(!text.contains("aws_ecr_repository.tools"));
}

#[test]
fn files_that_could_not_be_read_are_in_every_report_for_machines() {
    let posture = Fixture::stack().posture();
    assert!(posture.coverage.files.contains(&FileStatus::Unreadable));
    for format in [
        Format::Json,
        Format::Sarif,
        Format::JunitXml,
        Format::GitHub,
        Format::Markdown,
    ] {
        let text = rendered(format, &posture);
        assert!(text.contains("broken.tf"), "{format} does not name it");
    }
}
