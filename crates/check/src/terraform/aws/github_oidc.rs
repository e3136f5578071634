//! Roles that workflows on GitHub may take.

use std::sync::LazyLock;

use bastide_terraform::Resource;
use regex::Regex;

use crate::prelude::*;

use super::policy_document::{Statement, Unread, no_statement, of_document};

const WHY: &str = "With a subject that many can have, a workflow in a stranger's repository, or one that a pull request changed, takes the role.";

const FIX: &str = "ask for one repository, and one branch or environment of it, in the subject";

const REFERENCES: &[Reference] = &[
    owasp_cicd("CICD-SEC-2"),
    page(
        "https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws",
    ),
];

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_AWS_358", "the policy document names the workflows on GitHub that it trusts")
        .problem("the policy document trusts more workflows on GitHub than it should")
        .severity(High)
        .why(WHY)
        .references(REFERENCES)
        .rules(&[terraform(&["data.aws_iam_policy_document"], Test::Resource(document_names_workflows))
            .fix(FIX)
            .snippet("condition {\n  test     = \"StringEquals\"\n  variable = \"token.actions.githubusercontent.com:sub\"\n  values   = [\"repo:example/app:ref:refs/heads/main\"]\n}\n")
            .example(include_str!("CKV_AWS_358.tf"))]),
    check("CKV_AWS_393", "the role names the workflows on GitHub that it trusts")
        .problem("the role trusts more workflows on GitHub than it should")
        .severity(High)
        .why(WHY)
        .references(REFERENCES)
        .rules(&[terraform(&["aws_iam_role"], Test::Resource(role_names_workflows))
            .fix(FIX)
            .snippet("Condition = {\n  StringEquals = {\n    \"token.actions.githubusercontent.com:sub\" = \"repo:example/app:ref:refs/heads/main\"\n  }\n}\n")
            .example(include_str!("CKV_AWS_393.tf"))]),
];

const ISSUER: &str = "token.actions.githubusercontent.com";

/// Claims that whoever writes the workflow, or opens the pull request, chooses.
const CHOSEN: &[&str] = &[
    "workflow",
    "environment",
    "ref",
    "context",
    "head_ref",
    "base_ref",
];

fn document_names_workflows(document: &Resource<'_>) -> Outcome {
    let statements = of_document(document);
    let labels = statements.iter().filter_map(|statement| {
        let flaw = too_many_workflows(statement)?;
        Some(Label::new(statement.span(), flaw))
    });
    let labels: Vec<Label> = labels.collect();
    if labels.is_empty() {
        Outcome::Pass
    } else {
        Outcome::Fail(labels)
    }
}

fn role_names_workflows(role: &Resource<'_>) -> Outcome {
    no_statement(
        role,
        "assume_role_policy",
        Unread::Passes,
        too_many_workflows,
    )
}

fn too_many_workflows(statement: &Statement) -> Option<String> {
    let provider = format!("oidc-provider/{ISSUER}");
    let mut principals = statement.federated_principals();
    if !principals.any(|principal| principal.contains(&provider)) {
        return None;
    }
    let subjects = statement.asked_values(is_subject);
    if subjects.is_empty() {
        return Some(format!("no condition asks for `{ISSUER}:sub`"));
    }
    let vague = subjects.into_iter().find(|subject| is_vague(subject))?;
    Some(format!("many workflows have the subject `{vague}`"))
}

/// Whether a key of conditions is the subject: that of GitHub, or of an enterprise on it.
fn is_subject(key: &str) -> bool {
    let rest = key
        .strip_prefix(ISSUER)
        .and_then(|rest| rest.strip_suffix(":sub"));
    rest.is_some_and(|rest| match rest.strip_prefix('/') {
        Some(enterprise) => {
            let of_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
            !enterprise.is_empty() && enterprise.bytes().all(of_name)
        }
        None => rest.is_empty(),
    })
}

/// An owner and a repository, also where a variable gives them.
static REPOSITORY: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(\$\{)?[a-zA-Z0-9_-]+(\.[a-zA-Z0-9_-]+)*\}?/[^/]+").ok());

/// Whether a subject, `repo:owner/name:ref:…`, does not say which repository.
fn is_vague(subject: &str) -> bool {
    let Some((claim, rest)) = subject.split_once(':') else {
        return true;
    };
    let value = rest.split(':').next().unwrap_or_default();
    let named = || REPOSITORY.as_ref().is_some_and(|name| name.is_match(value));
    value == "*"
        || CHOSEN.iter().any(|chosen| claim.starts_with(chosen))
        || claim == "repo" && !named()
}

#[cfg(test)]
mod tests {
    use super::{is_subject, is_vague};

    #[test]
    fn subjects() {
        for (subject, vague) in [
            ("*", true),
            ("repo", true),
            ("repo:*", true),
            ("repo:example*", true),
            ("repo:example/*", false),
            ("repo:example/app:ref:refs/heads/main", false),
            ("repo:${var.owner}/app:*", false),
            ("environment:production:repo:example/app", true),
            ("repository_owner_id:1", false),
        ] {
            assert_eq!(is_vague(subject), vague, "{subject}");
        }
        assert!(is_subject("token.actions.githubusercontent.com:sub"));
        assert!(is_subject("token.actions.githubusercontent.com/octo:sub"));
        assert!(!is_subject("token.actions.githubusercontent.com:aud"));
    }
}
