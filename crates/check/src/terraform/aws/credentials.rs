//! Credentials that are written where everyone can read them.

use std::sync::LazyLock;

use bastide_terraform::Resource;
use bastide_value::{Node, Value};
use regex::Regex;

use crate::condition::undecided;
use crate::prelude::*;

use super::json::text_of;

const LEAKED: &str = "Whoever reads the repository, or the state of Terraform, acts with these rights until someone notices.";

const ROTATE: &str = "remove it, revoke it, and let a role or a secret give it";

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_AWS_41", "the provider holds no access key")
        .problem("an access key is written in the provider")
        .severity(Critical)
        .why(LEAKED)
        .references(&[
            cwe("CWE-798"),
            page("https://registry.terraform.io/providers/hashicorp/aws/latest/docs#authentication-and-configuration"),
        ])
        .rules(&[terraform(&["provider.aws"], Test::Resource(provider_holds_no_key))
            .fix("remove it, revoke it, and log in by `aws sso login` or a role")
            .snippet("profile = \"deploy\"\n")
            .example(include_str!("CKV_AWS_41.tf"))]),
    check("CKV_AWS_45", "the environment of the function holds no credentials")
        .problem("credentials are written in the environment of the function")
        .severity(Critical)
        .why(LEAKED)
        .references(&[
            cwe("CWE-798"),
            page("https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html"),
        ])
        .rules(&[terraform(&["aws_lambda_function"], Test::Resource(environment_holds_none))
            .fix(ROTATE)
            .snippet("environment {\n  variables = {\n    SECRET_ARN = aws_secretsmanager_secret.api.arn\n  }\n}\n")
            .example(include_str!("CKV_AWS_45.tf"))]),
    check("CKV_AWS_46", "the user data hold no credentials")
        .problem("credentials are written in the user data")
        .severity(Critical)
        .why("Every program on the instance can read its user data, and so can whoever may describe it.")
        .references(&[
            cwe("CWE-798"),
            page("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html"),
        ])
        .rules(&[terraform(
            &["aws_instance", "aws_launch_template", "aws_launch_configuration"],
            Test::Resource(user_data_hold_none),
        )
        .fix(ROTATE)
        .snippet("iam_instance_profile = aws_iam_instance_profile.server.name\n")
        .example(include_str!("CKV_AWS_46.tf"))]),
];

fn provider_holds_no_key(provider: &Resource<'_>) -> Outcome {
    let written = |name: &str, length: usize, allowed: fn(u8) -> bool| {
        let node = provider.get(name)?;
        let text = node.value.as_str()?;
        let run = text.bytes().take_while(|byte| allowed(*byte)).count();
        (run == length).then(|| label(node))
    };
    let found = [
        written("access_key", 20, |byte| {
            byte.is_ascii_uppercase() || byte.is_ascii_digit()
        }),
        written("secret_key", 40, is_of_secret),
    ];
    let labels: Vec<Label> = found.into_iter().flatten().collect();
    if labels.is_empty() {
        Outcome::Pass
    } else {
        Outcome::Fail(labels)
    }
}

fn environment_holds_none(function: &Resource<'_>) -> Outcome {
    let Some(Value::Blocks([environment, ..])) = function.get("environment").map(|node| node.value)
    else {
        return Outcome::Pass;
    };
    match environment.get("variables").map(|node| (node, node.value)) {
        Some((_, Value::Map(variables))) => {
            let nodes = variables.entries().iter().map(|entry| &entry.node);
            let holds = |node: &&Node<'_>| {
                text_of(node).is_some_and(|text| has_credentials(text) || is_private_key(text))
            };
            let labels: Vec<Label> = nodes.filter(holds).map(label).collect();
            if labels.is_empty() {
                Outcome::Pass
            } else {
                Outcome::Fail(labels)
            }
        }
        Some((node, Value::Unknown(_))) => undecided(node, true),
        _ => Outcome::Pass,
    }
}

fn user_data_hold_none(instance: &Resource<'_>) -> Outcome {
    let Some(node) = instance.get("user_data") else {
        return Outcome::Pass;
    };
    match text_of(node) {
        Some(text) if has_credentials(text) => Outcome::Fail(vec![label(node)]),
        _ if node.value.as_unknown().is_some() => undecided(node, true),
        _ => Outcome::Pass,
    }
}

fn label(node: &Node<'_>) -> Label {
    Label::new(node.span, "this holds a credential")
}

/// Whether a byte occurs in secret access keys.
fn is_of_secret(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'+' | b'=')
}

/// An access key's id, or the name of a secret access key or of an account, with what may be one.
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let parts = [
        "(A3T[A-Z0-9]|AKIA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA|ASIA)[A-Z0-9]{16}",
        r#"(KEY|key|Key)["']?\s*(:|=>|=)\s*["']?[A-Za-z0-9/+=]{40}"#,
        r#"(ACCOUNT|account|Account)_?(ID|id|Id)?["']?\s*(:|=>|=)\s*["']?[0-9]{4}-?[0-9]{4}-?[0-9]{4}"#,
    ];
    Regex::new(&parts.join("|")).ok()
});

/// Whether a text holds what looks like credentials of AWS. A lone hash is none.
fn has_credentials(text: &str) -> bool {
    let line = text.strip_suffix('\n').unwrap_or(text);
    let is_hash =
        matches!(line.len(), 32 | 40) && line.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_hash {
        return false;
    }
    let mut runs = text.as_bytes().split(|byte| !is_of_secret(*byte));
    let named = || NAMED.as_ref().is_some_and(|named| named.is_match(text));
    runs.any(|run| run.len() == 40) || named()
}

fn is_private_key(text: &str) -> bool {
    text.starts_with("-----BEGIN ") && text.contains(" PRIVATE KEY-----")
}

#[cfg(test)]
mod tests {
    use super::has_credentials;

    #[test]
    fn credentials() {
        let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
        assert!(has_credentials(&format!("export X '{secret}'")));
        assert!(has_credentials(&format!("the key: \"{secret}\"")));
        assert!(has_credentials("AKIAIOSFODNN7EXAMPLE"));
        assert!(has_credentials("account_id = 1234-5678-9012"));
        assert!(!has_credentials(&"a1".repeat(20)));
        assert!(!has_credentials(&format!("{secret}longer")));
    }
}
