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

/// What the schema of SARIF 2.1.0 requires, and what it says of the values.
#[test]
fn sarif_has_what_the_standard_requires() {
    let list = |value: &Value| value.as_array().expect("it is a list").clone();
    let is_level = |level: &Value| ["error", "warning", "note"].iter().any(|it| level == it);
    let log: Value = serde_json::from_str(&stack(Format::Sarif)).expect("SARIF is JSON");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert!(run["tool"]["driver"]["name"].is_string());
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let rules = list(&run["tool"]["driver"]["rules"]);
    for rule in &rules {
        assert!(rule["help"]["text"].is_string() && rule["help"]["markdown"].is_string());
        assert!(is_level(&rule["defaultConfiguration"]["level"]));
    }
    let results = list(&run["results"]);
    assert!(!results.is_empty());
    for result in &results {
        let index = result["ruleIndex"].as_u64().expect("it is a number");
        assert_eq!(rules[index as usize]["id"], result["ruleId"]);
        assert!(result["message"]["text"].is_string() && is_level(&result["level"]));
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert!(region["startLine"].as_u64() >= Some(1), "{region}");
        assert!(region["endLine"].as_u64() >= region["startLine"].as_u64());
    }
    for notification in list(&run["invocations"][0]["toolExecutionNotifications"]) {
        assert!(notification["message"]["text"].is_string() && is_level(&notification["level"]));
    }
}

#[test]
fn fingerprints_stay_when_lines_above_change() {
    let fingerprints = |before: &str| {
        let text = format!("{before}{}", include_str!("stack/registry.tf"));
        let posture = Fixture::new().file("main.tf", &text).posture();
        let text = rendered(Format::Sarif, &posture);
        let log: Value = serde_json::from_str(&text).expect("SARIF is JSON");
        let results = log["runs"][0]["results"].as_array().cloned();
        let results = results.expect("it is a list").into_iter();
        results
            .map(|mut result| result["partialFingerprints"].take())
            .collect::<Vec<_>>()
    };
    let now = fingerprints("");
    assert!(!now.is_empty());
    assert_eq!(fingerprints("# one\n\n# two\n"), now);
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
