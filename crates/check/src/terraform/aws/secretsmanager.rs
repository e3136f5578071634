//! Secrets Manager.

use bastide_terraform::Resource;
use bastide_value::Value;

use crate::condition::{find, undecided};
use crate::prelude::*;

use super::encryption::own_key;

pub(crate) const CHECKS: &[Check] = &[
    own_key(
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
]),
    check("CKV_AWS_304", "the secret is rotated within 90 days")
        .problem("the secret is not rotated within 90 days")
        .severity(Medium)
        .why("A secret that leaked without anyone's notice stays good for as long as it is not rotated.")
        .references(&[security_hub("SecretsManager.4")])
        .rules(&[terraform(&["aws_secretsmanager_secret_rotation"], Test::Resource(is_rotated_in_time))
            .fix("set `automatically_after_days` to 90 or less in `rotation_rules`")
            .snippet("rotation_rules {\n  automatically_after_days = 30\n}\n")
            .example(include_str!("CKV_AWS_304.tf"))]),
];

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

/// The days are 90 at most, or the schedule is no slower. A cron expression is taken as it is.
fn is_rotated_in_time(rotation: &Resource<'_>) -> Outcome {
    let within_days = key("rotation_rules.automatically_after_days").at_most(90);
    let by_days = within_days.test(rotation);
    let schedule = find(rotation.body, "rotation_rules.schedule_expression");
    match (by_days, schedule.map(|node| node.value)) {
        (Outcome::Fail(_), Some(Value::String(expression))) => {
            let often = expression.starts_with("cron(") || is_frequent(expression);
            Outcome::require(often, || {
                let span = schedule.map_or(rotation.header(), |node| node.span);
                Label::new(span, format!("`{expression}` is slower than every 90 days"))
            })
        }
        (by_days, _) => by_days,
    }
}

/// Whether a rate, `rate(30 days)`, is 90 days at most.
fn is_frequent(expression: &str) -> bool {
    let rate = expression
        .strip_prefix("rate(")
        .and_then(|rest| rest.split_once(')'));
    let Some((number, unit)) = rate.and_then(|(rate, _)| rate.split_once(char::is_whitespace))
    else {
        return false;
    };
    let Ok(number) = number.parse::<u64>() else {
        return false;
    };
    match unit.trim_start() {
        "day" | "days" => number <= 90,
        "hour" | "hours" => number <= 90 * 24,
        "minute" | "minutes" => number <= 90 * 24 * 60,
        _ => false,
    }
}
