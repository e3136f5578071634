//! Repositories, their branches, webhooks and secrets.

use bastide_terraform::Resource;

use crate::condition::undecided;
use crate::prelude::*;

const REPOSITORY: &[&str] = &["github_repository"];

const BRANCH: &[&str] = &["github_branch_protection", "github_branch_protection_v3"];

const IS_PRIVATE: Condition = any_of(&[
    key("private").enabled(),
    key("visibility").one_of(&[Text("private"), Text("internal")]),
]);

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_GIT_1", "the repository is private")
        .problem("the repository is public")
        .severity(Medium)
        .why("Everyone reads the code and its history, with whatever was ever committed by mistake.")
        .references(&[page("https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/managing-repository-settings/setting-repository-visibility")])
        .rules(&[on(REPOSITORY, IS_PRIVATE)
            .fix("set `visibility = \"private\"`")
            .snippet("visibility = \"private\"\n")
            .example(include_str!("CKV_GIT_1.tf"))]),
    check("CKV_GIT_2", "webhooks verify the certificate of who receives them")
        .problem("webhooks do not verify the certificate of who receives them")
        .severity(Medium)
        .why("Whoever sits on the path reads the events, and answers in the receiver's place.")
        .references(&[page("https://docs.github.com/en/webhooks/using-webhooks/best-practices-for-using-webhooks")])
        .rules(&[on(
            &["github_repository_webhook"],
            key("configuration.insecure_ssl").one_of(&[Bool(false)]).or_absent(),
        )
        .fix("set `insecure_ssl = false`")
        .snippet("insecure_ssl = false\n")
        .example(include_str!("CKV_GIT_2.tf"))]),
    check("CKV_GIT_3", "GitHub tells when a dependency has a known hole")
        .problem("GitHub does not tell when a dependency has a known hole")
        .severity(Medium)
        .why("Holes in libraries then stay open until somebody hears of them by chance.")
        .references(&[owasp_cicd("CICD-SEC-3"), page("https://docs.github.com/en/code-security/dependabot/dependabot-alerts/about-dependabot-alerts")])
        .rules(&[on(
            REPOSITORY,
            any_of(&[
                key("archived").enabled(),
                key("vulnerability_alerts").enabled(),
                all_of(&[
                    key("vulnerability_alerts").not_given(),
                    key("private").not_enabled(),
                    key("visibility").none_of(&[Text("private"), Text("internal")]),
                ]),
            ]),
        )
        .fix("set `vulnerability_alerts = true`")
        .snippet("vulnerability_alerts = true\n")
        .example(include_str!("CKV_GIT_3.tf"))]),
    check("CKV_GIT_4", "secrets of workflows are given in encrypted form")
        .problem("a secret of workflows is given in the clear")
        .severity(High)
        .why("It stands in the state of Terraform, and often in the repository, for everyone who can read those.")
        .references(&[cwe("CWE-312"), owasp_cicd("CICD-SEC-6")])
        .rules(&[terraform(
            &[
                "github_actions_environment_secret",
                "github_actions_organization_secret",
                "github_actions_secret",
            ],
            Test::Resource(is_not_in_the_clear),
        )
        .fix("give `encrypted_value` instead of `plaintext_value`")
        .snippet("encrypted_value = var.encrypted_token\n")
        .example(include_str!("CKV_GIT_4.tf"))]),
    check("CKV_GIT_5", "a change of the branch needs two approvals")
        .problem("a change of the branch needs less than two approvals")
        .severity(Medium)
        .why("One stolen or careless account is then enough to bring code into the branch.")
        .references(&[owasp_cicd("CICD-SEC-1"), page("https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/about-protected-branches")])
        .rules(&[on(
            BRANCH,
            key("required_pull_request_reviews.required_approving_review_count").at_least(2),
        )
        .fix("set `required_approving_review_count = 2` in `required_pull_request_reviews`")
        .snippet("required_pull_request_reviews {\n  required_approving_review_count = 2\n}\n")
        .example(include_str!("CKV_GIT_5.tf"))]),
    check("CKV_GIT_6", "commits on the branch are signed")
        .problem("commits on the branch need no signature")
        .severity(Low)
        .why("Anyone who can push can commit in another's name, and nobody can tell.")
        .references(&[page("https://docs.github.com/en/authentication/managing-commit-signature-verification/about-commit-signature-verification")])
        .rules(&[on(BRANCH, key("require_signed_commits").enabled())
            .fix("set `require_signed_commits = true`")
            .snippet("require_signed_commits = true\n")
            .example(include_str!("CKV_GIT_6.tf"))]),
];

/// No plain value is written. Where it comes from elsewhere, it may be a secret that is kept well.
fn is_not_in_the_clear(secret: &Resource<'_>) -> Outcome {
    match secret.get("plaintext_value") {
        Some(node) if node.value.as_unknown().is_some() => undecided(node, false),
        _ => key("plaintext_value").not_given().test(secret),
    }
}
