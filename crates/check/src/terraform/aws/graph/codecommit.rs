//! CodeCommit.

use crate::policy::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
check("CKV2_AWS_37", "changes to the repository need approval")
            .problem("changes to the repository need no approval")
            .severity(Medium)
            .why("Whoever may push may put code into what is built next, without a \
second pair of eyes.")
            .references(&[owasp_cicd("CICD-SEC-1"), page("https://docs.aws.amazon.com/codecommit/latest/userguide/approval-rule-templates.html")])
            .rules(&[policy(&["aws_codecommit_repository"], &all(&[connected(&["aws_codecommit_repository"], &["aws_codecommit_approval_rule_template_association"]), only(&[Text("aws_codecommit_repository")])]))
                .fix("associate an approval rule with it")
                .snippet("resource \"aws_codecommit_approval_rule_template_association\" \"app\" {\n  repository_name = aws_codecommit_repository.app.repository_name\n}\n")
                .example(include_str!("CKV2_AWS_37.tf"))]),
];
