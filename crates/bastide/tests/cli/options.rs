//! Options, exit codes, files of options, and where reports go.

use crate::sandbox::{REGISTRY, Sandbox};

fn registry() -> Sandbox {
    Sandbox::new(&[("infra/main.tf", REGISTRY)])
}

#[test]
fn exit_codes() {
    let sandbox = registry();
    let code = |words: &str| sandbox.bastide(words).code;
    assert_eq!(code("scan infra"), 1);
    assert_eq!(code("scan infra --soft-fail"), 0);
    assert_eq!(code("scan infra --soft-fail-on CKV_AWS_51"), 0);
    assert_eq!(code("scan infra --soft-fail-on LOW"), 1);
    assert_eq!(code("scan infra --soft-fail-on MEDIUM"), 0);
    assert_eq!(code("scan infra --hard-fail-on HIGH"), 0);
    assert_eq!(code("scan infra --hard-fail-on CKV_AWS_*"), 1);
    assert_eq!(code("scan infra --framework kubernetes"), 0);
    assert_eq!(code("scan infra --no-such-option"), 2);
    assert_eq!(code("scan infra --framework no-such-framework"), 2);
    assert_eq!(code("scan no-such-folder"), 2);
}

#[test]
fn why_it_ends_so() {
    let run = registry().bastide("scan infra --explain-exit --quiet");
    assert!(run.err.starts_with("exit code 1:\n"), "{}", run.err);
    assert!(run.err.contains("CKV_AWS_51"), "{}", run.err);
}

#[test]
fn an_unreadable_file_fails_only_if_asked() {
    let sandbox = Sandbox::new(&[("bad.tf", "a = [\n")]);
    assert_eq!(sandbox.bastide("scan .").code, 0);
    assert_eq!(sandbox.bastide("scan . --strict-coverage").code, 1);
}

#[test]
fn which_checks_run() {
    let sandbox = registry();
    let failed = |words: &str| {
        let report = sandbox
            .bastide(&format!("scan infra -o json {words}"))
            .json();
        report["summary"]["failed"].as_u64().unwrap_or(0) + report["failed"].as_u64().unwrap_or(0)
    };
    assert_eq!(failed("--check CKV_AWS_51"), 1);
    assert_eq!(failed("--check CKV_K8S_*"), 0);
    assert_eq!(failed("--check CKV_AWS_51 --skip-check CKV_AWS_51"), 0);
    assert_eq!(failed("--skip-check MEDIUM --check CKV_AWS_51"), 0);
    assert_eq!(failed("--skip-path main --check CKV_AWS_51"), 0);
    assert_eq!(
        failed("--check CKV_AWS_51 --ignored-names infra"),
        1,
        "a root is never left out"
    );
}

#[test]
fn a_file_of_options_weighs_less_than_the_command_line() {
    let sandbox = registry();
    sandbox.write("infra/.checkov.yaml", b"soft-fail: true\noutput: json\n");
    let run = sandbox.bastide("scan infra");
    assert_eq!(run.code, 0);
    assert_eq!(run.json()["check_type"], "terraform");
    let run = sandbox.bastide("scan infra -o csv");
    assert!(run.out.starts_with("Resource,Path"), "{}", run.out);
}

#[test]
fn a_mistake_in_the_file_of_options_is_named() {
    let sandbox = registry();
    sandbox.write("options.yaml", b"sofft-fail: true\n");
    let run = sandbox.bastide("scan infra --config-file options.yaml");
    assert_eq!(
        run.err,
        "warning: options.yaml: options that are not known: sofft-fail\n"
    );
    sandbox.write("options.yaml", b"soft-fail: [\n");
    let run = sandbox.bastide("scan infra --config-file options.yaml");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("options.yaml:1"), "{}", run.err);
}

#[test]
fn several_formats_go_where_they_are_sent() {
    let sandbox = registry();
    let run =
        sandbox.bastide("scan infra -o cli -o sarif --output-file-path console,out/found.sarif");
    assert!(run.out.contains("error[CKV_AWS_51]"), "{}", run.out);
    let sarif: serde_json::Value =
        serde_json::from_str(&sandbox.read("out/found.sarif")).expect("it is JSON");
    assert_eq!(sarif["version"], "2.1.0");
    sandbox.bastide("scan infra -o json -o junitxml --output-file-path reports");
    assert!(
        sandbox
            .read("reports/results_json.json")
            .contains("CKV_AWS_51")
    );
    assert!(
        sandbox
            .read("reports/results_junitxml.xml")
            .contains("CKV_AWS_51")
    );
}

#[test]
fn variable_files_set_variables() {
    let sandbox = Sandbox::new(&[
        (
            "main.tf",
            "variable \"tags\" {\n  default = \"MUTABLE\"\n}\n\
             resource \"aws_ecr_repository\" \"a\" {\n  image_tag_mutability = var.tags\n}\n",
        ),
        ("strict.vars", "tags = \"IMMUTABLE\"\n"),
    ]);
    assert_eq!(sandbox.bastide("scan . --check CKV_AWS_51").code, 1);
    let run = sandbox.bastide("scan . --check CKV_AWS_51 --var-file strict.vars");
    assert_eq!(run.code, 0, "{}", run.out);
    let run = sandbox.bastide("scan . --check CKV_AWS_51 --var tags=IMMUTABLE");
    assert_eq!(run.code, 0, "{}", run.out);
    let run = sandbox.bastide("scan . --var tags");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("NAME=VALUE"), "{}", run.err);
}

#[test]
fn what_the_checks_are() {
    let sandbox = Sandbox::new(&[]);
    let run = sandbox.bastide("explain ckv_k8s_22");
    assert!(run.out.contains("CKV_K8S_22"), "{}", run.out);
    assert!(
        run.out.contains("readOnlyRootFilesystem: true"),
        "{}",
        run.out
    );
    let run = sandbox.bastide("explain CKV_K8S_2222");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("did you mean"), "{}", run.err);
    let listed = sandbox
        .bastide("checks --framework dockerfile -o json")
        .json();
    let listed = listed.as_array().expect("a list");
    assert!(listed.iter().any(|check| check["id"] == "CKV_DOCKER_3"));
    assert!(listed.iter().all(|check| check["id"] != "CKV_AWS_51"));
}

#[test]
fn colours_only_where_they_are_wanted() {
    let sandbox = registry();
    let colored = |words: &str| sandbox.bastide(words).out.contains('\x1b');
    assert!(!colored("scan infra"));
    assert!(colored("scan infra --color always"));
    assert!(!colored("scan infra --color never"));
}
