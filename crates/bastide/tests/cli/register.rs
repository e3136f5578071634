//! The register of exceptions, from the draft of an entry to the page that is made of it.

use crate::sandbox::{REGISTRY, Sandbox};

const REGISTER: &str = "bastide.exceptions.yaml";

/// An entry that accepts the finding of [`REGISTRY`] until a day.
fn entry(expires: &str) -> String {
    format!(
        "exceptions:\n  - id: EX-0001\n    check: CKV_AWS_51\n    resources: [aws_ecr_repository.gateway]\n    \
         current: Tags can be overwritten.\n    reason: The build reuses the tag of a branch.\n    \
         impact: An image may change under a deployment.\n    recommendation: Give each build a tag of its own.\n    \
         owner: platform\n    expires: {expires}\n"
    )
}

#[test]
fn from_a_finding_to_an_accepted_one() {
    let sandbox = Sandbox::new(&[("main.tf", REGISTRY)]);
    let run = sandbox.bastide("except CKV_AWS_51 aws_ecr_repository.gateway --owner platform");
    assert_eq!(run.code, 0, "{}", run.err);
    // What is not filled in accepts nothing.
    let run = sandbox.bastide("scan .");
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.err.contains("is still to be filled in"), "{}", run.err);
    let draft = sandbox.read(REGISTER);
    let filled = draft.replace(['<', '>'], "");
    sandbox.write(REGISTER, filled.as_bytes());
    let run = sandbox.bastide("scan .");
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("1 accepted"), "{}", run.out);
}

#[test]
fn an_entry_that_has_expired_fails() {
    let sandbox = Sandbox::new(&[("main.tf", REGISTRY), (REGISTER, &entry("2026-12-31"))]);
    let run = sandbox.bastide("scan .");
    assert_eq!(run.code, 1);
    assert!(run.out.contains("expired"), "{}", run.out);
    assert!(run.out.contains("error[CKV_AWS_51]"), "{}", run.out);
}

#[test]
fn an_entry_that_nothing_needs_fails_if_the_whole_tree_was_scanned() {
    let fixed = REGISTRY.replace("  name", "  image_tag_mutability = \"IMMUTABLE\"\n  name");
    let sandbox = Sandbox::new(&[("main.tf", &fixed), (REGISTER, &entry("2027-12-31"))]);
    let run = sandbox.bastide("scan .");
    assert_eq!(run.code, 1);
    assert!(run.out.contains("is about what is fixed"), "{}", run.out);
    assert_eq!(sandbox.bastide("scan . --framework kubernetes").code, 0);
}

#[test]
fn a_mistake_in_the_register_names_its_line() {
    let register = entry("2027-12-31").replace("owner", "ovner");
    let sandbox = Sandbox::new(&[("main.tf", REGISTRY), (REGISTER, &register)]);
    let run = sandbox.bastide("scan .");
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("bastide.exceptions.yaml:9:5"),
        "{}",
        run.err
    );
    assert!(run.err.contains("did you mean `owner`?"), "{}", run.err);
}

#[test]
fn the_page_is_made_and_checked() {
    let sandbox = Sandbox::new(&[("main.tf", REGISTRY), (REGISTER, &entry("2027-12-31"))]);
    assert_eq!(
        sandbox.bastide("report . --check").code,
        2,
        "there is no page yet"
    );
    assert_eq!(sandbox.bastide("report .").code, 0);
    let page = sandbox.read("SECURITY-CONSIDERATIONS.md");
    assert!(
        page.contains("The build reuses the tag of a branch."),
        "{page}"
    );
    assert_eq!(sandbox.bastide("report . --check").code, 0);
    sandbox.write(
        "main.tf",
        REGISTRY.replace("gateway\" {", "gateways\" {").as_bytes(),
    );
    let run = sandbox.bastide("report . --check");
    assert_ne!(run.code, 0);
    assert!(run.err.contains("out of date"), "{}", run.err);
}

#[test]
fn a_baseline_lets_go_what_was_there_before() {
    let sandbox = Sandbox::new(&[("main.tf", REGISTRY)]);
    sandbox.bastide("scan . --create-baseline");
    assert_eq!(
        sandbox.bastide("scan . --baseline .checkov.baseline").code,
        0
    );
    sandbox.write("more.tf", REGISTRY.replace("gateway", "agent").as_bytes());
    let run = sandbox.bastide("scan . --baseline .checkov.baseline");
    assert_eq!(run.code, 1);
    assert!(run.out.contains("aws_ecr_repository.agent"), "{}", run.out);
    assert!(
        !run.out.contains("aws_ecr_repository.gateway"),
        "{}",
        run.out
    );
}
