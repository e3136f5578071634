use bastide_judge::Register;
use bastide_report::{Format, mistakes};
use insta::assert_snapshot;

use crate::fixture::{Fixture, rendered};

const REGISTER: &str = include_str!("stack/register.yaml");

#[test]
fn a_terminal_shows_what_is_wrong_with_the_register() {
    let posture = Fixture::stack().posture_with(REGISTER);
    assert_snapshot!(rendered(Format::Cli, &posture));
}

#[test]
fn a_comment_shows_it_too() {
    let posture = Fixture::stack().posture_with(REGISTER);
    assert_snapshot!(rendered(Format::Markdown, &posture));
}

#[test]
fn annotations_show_it_too() {
    let posture = Fixture::stack().posture_with(REGISTER);
    assert_snapshot!(rendered(Format::GitHub, &posture));
}

#[test]
fn mistakes_in_a_register_are_shown_where_they_are() {
    let text = REGISTER.replace("owner: platform-team", "owenr: platform-team");
    let invalid = Register::parse(&text, "bastide.exceptions.yaml").expect_err("a key is wrong");
    assert_snapshot!(mistakes(&invalid.file, &invalid.mistakes, false));
}

#[test]
fn sarif_says_who_accepts_what_until_when() {
    let posture = Fixture::stack().posture_with(REGISTER);
    let sarif = rendered(Format::Sarif, &posture);
    let log: serde_json::Value = serde_json::from_str(&sarif).expect("SARIF is JSON");
    let results = log["runs"][0]["results"]
        .as_array()
        .expect("there are results");
    let accepted: Vec<_> = results
        .iter()
        .filter(|result| result["suppressions"][0]["kind"] == "external")
        .map(|result| (&result["ruleId"], &result["suppressions"][0]))
        .collect();
    insta::assert_debug_snapshot!(accepted);
}
