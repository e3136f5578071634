//! Started as `checkov`, it takes Checkov's command line.

use crate::sandbox::{REGISTRY, Sandbox};

#[test]
fn lists_take_several_words() {
    let sandbox = Sandbox::new(&[("a.tf", REGISTRY), ("b.tf", REGISTRY), ("c.tf", REGISTRY)]);
    let run = sandbox.checkov("-f a.tf b.tf --framework terraform kubernetes -o json");
    assert_eq!(run.code, 1, "{}", run.err);
    let report = run.json();
    assert_eq!(report["summary"]["failed"], 2, "{report}");
    assert_eq!(report["results"]["failed_checks"][0]["file_path"], "/a.tf");
}

#[test]
fn options_of_the_platform_give_one_warning() {
    let sandbox = Sandbox::new(&[("a.tf", REGISTRY)]);
    let run = sandbox.checkov("-d . --bc-api-key k --repo-id a/b --skip-download --soft-fail");
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(
        run.err,
        "warning: ignored, because it changes nothing here: --bc-api-key, --repo-id, --skip-download\n"
    );
}

#[test]
fn sarif_goes_to_a_file_and_a_report_to_the_terminal() {
    let sandbox = Sandbox::new(&[("a.tf", REGISTRY)]);
    let run = sandbox.checkov("-d . -o sarif");
    assert!(run.out.contains("error[CKV_AWS_51]"), "{}", run.out);
    assert!(sandbox.read("results.sarif").contains("CKV_AWS_51"));
}

#[test]
fn an_unknown_option_is_an_error_as_in_checkov() {
    let run = Sandbox::new(&[]).checkov("--no-such-option");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("--no-such-option"), "{}", run.err);
}
