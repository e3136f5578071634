//! Secrets Manager.

use bastide_terraform::Resource;
use bastide_value::Value;

use crate::condition::undecided;
use crate::prelude::*;

use super::encryption::own_key;

pub(crate) const CHECKS: &[Check] = &[own_key(
    "CKV_AWS_149",
    "the secret uses a customer-managed key",
    "the secret uses no customer-managed key",
)
.references(&[page(
    "https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html",
)])
.rules(&[
    terraform(&["aws_secretsmanager_secret"], Test::Resource(uses_own_key))
        .fix("set `kms_key_id` to the ARN of a key of your own")
        .snippet("kms_key_id = aws_kms_key.secrets.arn\n")
        .example(include_str!("CKV_AWS_149.tf")),
])];

/// Keys whose alias starts with `aws/` are those that AWS manages.
fn uses_own_key(secret: &Resource<'_>) -> Outcome {
    match secret.get("kms_key_id") {
        Some(node) if node.value.as_unknown().is_some() => {
            match key("kms_key_id").given().test(secret) {
                Outcome::Pass => Outcome::Pass,
                _ => undecided(node, true),
            }
        }
        Some(node) if !node.value.is_falsy() => {
            let managed = matches!(node.value, Value::String(id) if id.contains("aws/"));
            Outcome::require(!managed, || {
                Label::new(
                    node.span,
                    format!("`{}` is a key that AWS manages", node.value),
                )
            })
        }
        _ => Outcome::fail(secret.header(), "no key is named"),
    }
}
