//! GitHub.

pub(super) mod repository;

use crate::policy::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
check("CKV2_GIT_1", "the repository protects its branches")
            .problem("the repository protects no branch")
            .severity(Medium)
            .why("Whoever may push may rewrite what is released, past tests and \
reviews.")
            .references(&[owasp_cicd("CICD-SEC-1"), page("https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/about-protected-branches")])
            .rules(&[policy(&["github_repository"], &all(&[connected(&["github_repository"], &["github_branch_protection", "github_branch_protection_v3", "github_repository_ruleset"]), only(&[Text("github_repository")])]))
                .fix("add a `github_branch_protection` or a `github_repository_ruleset`")
                .snippet("resource \"github_branch_protection\" \"main\" {\n  repository_id = github_repository.app.node_id\n  pattern       = \"main\"\n}\n")
                .example(include_str!("CKV2_GIT_1.tf"))]),
];
