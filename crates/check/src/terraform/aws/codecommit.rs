//! CodeCommit.

use bastide_terraform::Resource;

use crate::prelude::*;

use super::json::judge_json;

pub(crate) const CHECKS: &[Check] = &[check("CKV_AWS_257", "changes need two approvals")
    .problem("changes need less than two approvals")
    .severity(Medium)
    .why("One stolen or careless account is then enough to bring code into a branch.")
    .references(&[
        owasp_cicd("CICD-SEC-1"),
        page(
            "https://docs.aws.amazon.com/codecommit/latest/userguide/approval-rule-templates.html",
        ),
    ])
    .rules(&[terraform(
        &["aws_codecommit_approval_rule_template"],
        Test::Resource(needs_two_approvals),
    )
    .fix("set `NumberOfApprovalsNeeded` to 2 or more")
    .snippet("NumberOfApprovalsNeeded = 2\n")
    .example(include_str!("CKV_AWS_257.tf"))])];

fn needs_two_approvals(template: &Resource<'_>) -> Outcome {
    if template.get("content").is_none() {
        return Outcome::fail(template.header(), "this template asks for nothing");
    }
    judge_json(template, "content", |content, node| {
        let needed = content["Statements"][0]["NumberOfApprovalsNeeded"].as_i64();
        Outcome::require(needed.is_some_and(|needed| needed >= 2), || {
            Label::new(
                node.span,
                "the first statement needs less than two approvals",
            )
        })
    })
}
