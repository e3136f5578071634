//! Terraform beyond single files: plans, and modules from elsewhere.

use crate::sandbox::{REGISTRY, Sandbox};

/// A plan with a database whose password is sensitive, and that is encrypted with a key that is
/// known only after apply.
const PLAN: &str = r#"{
  "format_version": "1.2",
  "terraform_version": "1.13.0",
  "planned_values": {"root_module": {"resources": [
    {
      "address": "aws_db_instance.main[0]",
      "mode": "managed",
      "type": "aws_db_instance",
      "name": "main",
      "values": {
        "password": "correct-horse-battery",
        "storage_encrypted": false
      },
      "sensitive_values": {"password": true}
    }
  ]}},
  "resource_changes": [
    {"address": "aws_db_instance.main[0]", "change": {"actions": ["create"], "after_unknown": {"id": true}}},
    {"address": "aws_db_instance.old", "change": {"actions": ["delete"], "before": {"storage_encrypted": false}}}
  ],
  "configuration": {"root_module": {"resources": [
    {"address": "aws_db_instance.main", "mode": "managed", "type": "aws_db_instance", "name": "main", "expressions": {}}
  ]}}
}"#;

#[test]
fn a_plan_is_scanned_by_name_and_in_a_folder() {
    let sandbox = Sandbox::new(&[("out/tfplan.json", PLAN), ("out/other.json", "{}")]);
    for words in [
        "-f out/tfplan.json",
        "-d out",
        "-d out --framework terraform_plan",
    ] {
        let report = sandbox
            .bastide(&format!("scan {words} -o json -c CKV_AWS_16"))
            .json();
        assert_eq!(report["check_type"], "terraform_plan", "{words}");
        let failed = &report["results"]["failed_checks"];
        assert_eq!(failed.as_array().map(Vec::len), Some(1), "{words}");
        assert_eq!(failed[0]["resource"], "aws_db_instance.main[0]");
        assert_eq!(failed[0]["resource_address"], "aws_db_instance.main[0]");
        assert_eq!(failed[0]["file_path"], "/tfplan.json");
        assert_eq!(failed[0]["file_line_range"], serde_json::json!([9, 12]));
    }
    let none = sandbox
        .bastide("scan -d out -o json --framework terraform")
        .json();
    assert_eq!(none["failed"], 0);
}

#[test]
fn a_plan_written_by_powershell_is_read() {
    let sandbox = Sandbox::new(&[]);
    let bytes: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(PLAN.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    sandbox.write("tfplan.json", &bytes);
    let report = sandbox.bastide("scan -d . -o json -c CKV_AWS_16").json();
    assert_eq!(report["summary"]["failed"], 1);
}

#[test]
fn what_is_sensitive_in_a_plan_is_never_shown() {
    let sandbox = Sandbox::new(&[
        ("tfplan.json", PLAN),
        ("one-line.json", &PLAN.replace('\n', "")),
    ]);
    for format in ["cli", "json", "sarif", "junitxml", "csv"] {
        let run = sandbox.bastide(&format!("scan -d . -o {format} --framework terraform_plan"));
        assert!(run.out.contains("CKV_AWS_16"), "{format}");
        assert!(!run.out.contains("correct"), "{format}: {}", run.out);
    }
}

#[test]
fn a_damaged_plan_is_a_parsing_error() {
    let cut = &PLAN[..PLAN.len() - 4];
    let report = Sandbox::new(&[("tfplan.json", cut)])
        .bastide("scan -d . -o json --framework terraform_plan");
    let report = report.json();
    let errors = &report["results"]["parsing_errors"];
    let path = errors[0].as_str().unwrap_or_default();
    assert!(path.ends_with("/tfplan.json"), "{report}");
}

/// What the plan was made of, with a skip, and a module that is not in the tree.
const SOURCE: &str = r#"resource "aws_db_instance" "main" {
  count = 1
  # checkov:skip=CKV_AWS_17:behind a firewall
  password          = var.password
  storage_encrypted = false
}

module "elsewhere" {
  source = "example/elsewhere/aws"
}
"#;

#[test]
fn a_plan_leads_back_to_its_source() {
    let plan = PLAN.replace(
        r#""root_module": {"resources": ["#,
        r#""root_module": {"child_modules": [{"address": "module.elsewhere", "resources": [{
          "address": "module.elsewhere.aws_db_instance.inner", "mode": "managed",
          "type": "aws_db_instance", "name": "inner", "values": {"storage_encrypted": false}}]}],
          "resources": ["#,
    );
    let plan = plan.replacen(
        r#""configuration": {"root_module": {"#,
        r#""configuration": {"root_module": {"module_calls": {"elsewhere": {"module": {}}}, "#,
        1,
    );
    let sandbox = Sandbox::new(&[("out/tfplan.json", &plan), ("repo/infra/db.tf", SOURCE)]);
    let words = "scan -f out/tfplan.json --repo-root-for-plan-enrichment repo";
    let report = sandbox
        .bastide(&format!("{words} -o json -c CKV_AWS_16,CKV_AWS_17"))
        .json();
    let failed = report["results"]["failed_checks"]
        .as_array()
        .expect("a list");
    let shown = |record: &serde_json::Value| {
        let lines = &record["file_line_range"];
        format!("{} {} {lines}", record["resource"], record["file_path"])
    };
    let shown: Vec<String> = failed.iter().map(shown).collect();
    assert_eq!(
        shown,
        [
            r#""aws_db_instance.main[0]" "/repo/infra/db.tf" [1,6]"#,
            r#""module.elsewhere.aws_db_instance.inner" "/repo/infra/db.tf" [8,10]"#,
        ]
    );
    let skipped = &report["results"]["skipped_checks"][0];
    assert_eq!(
        skipped["check_result"]["suppress_comment"],
        "behind a firewall"
    );
    let run = sandbox.bastide(&format!("{words} -c CKV_AWS_16"));
    assert!(run.out.contains("repo/infra/db.tf:5:23"), "{}", run.out);
}

/// The resources that fail a check, with their files.
fn failures(sandbox: &Sandbox, words: &str) -> Vec<String> {
    let report = sandbox
        .bastide(&format!("scan -d . -o json {words}"))
        .json();
    let failed = report["results"]["failed_checks"].as_array();
    let shown = |record: &serde_json::Value| {
        let text = |key: &str| record[key].as_str().unwrap_or_default().to_owned();
        format!("{} {}", text("resource"), text("file_path"))
    };
    failed.into_iter().flatten().map(shown).collect()
}

#[test]
fn modules_that_terraform_has_installed_are_evaluated() {
    let sandbox = Sandbox::new(&[
        (
            "infra/main.tf",
            "module \"images\" {\n  source  = \"example/ecr/aws\"\n  version = \"~> 1.0\"\n}\n",
        ),
        (
            "infra/.terraform/modules/modules.json",
            r#"{"Modules": [
                {"Key": "", "Source": "", "Dir": "."},
                {"Key": "images", "Source": "registry.terraform.io/example/ecr/aws", "Version": "1.2.0", "Dir": ".terraform/modules/images"},
                {"Key": "images.inner", "Source": "./modules/inner", "Dir": ".terraform/modules/images/modules/inner"},
                {"Key": "out", "Source": "x/y/z", "Dir": "../../elsewhere"}
            ]}"#,
        ),
        (
            "infra/.terraform/modules/images/main.tf",
            "module \"inner\" {\n  source = \"./modules/inner\"\n}\n",
        ),
        (
            "infra/.terraform/modules/images/modules/inner/main.tf",
            REGISTRY,
        ),
        (
            "infra/.terraform/modules/images/examples/all/main.tf",
            REGISTRY,
        ),
    ]);
    assert_eq!(
        failures(&sandbox, "-c CKV_AWS_51"),
        [
            "module.images.module.inner.aws_ecr_repository.gateway /infra/.terraform/modules/images/modules/inner/main.tf"
        ]
    );
}

#[test]
fn modules_that_are_kept_are_evaluated_where_they_are_called() {
    let main = r#"
module "by_tag" {
  source = "git::https://github.com/example/images.git//modules/ecr?ref=v1.0.0"
}
module "by_version" {
  source  = "example/ecr/aws"
  version = ">= 1.0, < 2.0"
}
"#;
    let kept = |folder: &str| {
        let files = [
            ("main.tf", main.to_owned()),
            (
                &format!("{folder}/github.com/example/images/v1.0.0/modules/ecr/main.tf"),
                REGISTRY.to_owned(),
            ),
            (
                &format!("{folder}/registry.terraform.io/example/ecr/aws/1.4.0/main.tf"),
                REGISTRY.replace("gateway", "new"),
            ),
            (
                &format!("{folder}/registry.terraform.io/example/ecr/aws/1.3.0/main.tf"),
                REGISTRY.replace("gateway", "old"),
            ),
        ];
        let files: Vec<_> = files
            .iter()
            .map(|(path, text)| (*path, text.as_str()))
            .collect();
        Sandbox::new(&files)
    };
    let expected = |folder: &str| {
        [
            format!(
                "module.by_tag.aws_ecr_repository.gateway /{folder}/github.com/example/images/v1.0.0/modules/ecr/main.tf"
            ),
            format!(
                "module.by_version.aws_ecr_repository.new /{folder}/registry.terraform.io/example/ecr/aws/1.4.0/main.tf"
            ),
        ]
    };
    assert_eq!(
        failures(&kept(".external_modules"), "-c CKV_AWS_51"),
        expected(".external_modules")
    );
    let words = "-c CKV_AWS_51 --external-modules-download-path cache";
    assert_eq!(failures(&kept("cache"), words), expected("cache"));
}

#[test]
fn modules_that_are_not_in_the_tree_are_named() {
    let main = "module \"vpc\" {\n  source = \"terraform-aws-modules/vpc/aws\"\n}\n\
                module \"other\" {\n  source = \"../other\"\n}\n";
    let sandbox = Sandbox::new(&[("infra/main.tf", main)]);
    let run = sandbox.bastide("scan . --color never");
    let said: Vec<&str> = run
        .out
        .lines()
        .filter(|line| line.contains("not evaluated"))
        .collect();
    assert_eq!(
        said,
        [
            "not evaluated: infra/main.tf:1: module vpc from `terraform-aws-modules/vpc/aws`: it is not in the tree",
            "not evaluated: infra/main.tf:4: module other from `../other`: it is not in the tree",
        ]
    );
    assert!(
        run.out.contains("--download-external-modules true"),
        "{}",
        run.out
    );
    assert!(
        !sandbox
            .bastide("scan . --quiet")
            .out
            .contains("not evaluated")
    );
}

#[test]
fn a_module_that_cannot_be_fetched_says_why() {
    let main = "module \"a\" {\n  source = \"git::file:///etc\"\n}\n\
                module \"b\" {\n  source = \"127.0.0.1:1/a/b/c\"\n}\n";
    let sandbox = Sandbox::new(&[("main.tf", main)]);
    let run = sandbox.bastide("scan . --download-external-modules true");
    assert!(run.out.contains("main.tf:1: module a from `git::file:///etc`: `git::file:///etc` is of no kind that is fetched"), "{}", run.out);
    assert!(
        run.out
            .contains("main.tf:4: module b from `127.0.0.1:1/a/b/c`: "),
        "{}",
        run.out
    );
}
