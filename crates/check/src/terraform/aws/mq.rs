//! Amazon MQ.

use bastide_terraform::Resource;

use crate::condition::undecided;
use crate::prelude::*;

use super::encryption::own_key;

const BROKER: &[&str] = &["aws_mq_broker"];

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_AWS_48", "the broker logs")
        .problem("the broker does not log")
        .severity(Medium)
        .why("Who connected, and why the broker failed, cannot be found out later.")
        .references(&[LOGS])
        .rules(&[on(BROKER, key("logs.general").enabled())
            .fix("add `logs` with `general = true`")
            .snippet("logs {\n  general = true\n}\n")
            .example(include_str!("CKV_AWS_48.tf"))]),
    check("CKV_AWS_69", "the broker has no public address")
        .problem("the broker has a public address")
        .severity(High)
        .why("Only a password then stands between the internet and the messages.")
        .references(&[page("https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/using-amazon-mq-securely.html")])
        .rules(&[on(BROKER, key("publicly_accessible").not_enabled())
            .fix("remove `publicly_accessible = true`; a broker that exists must be \
             made anew")
            .snippet("publicly_accessible = false\n")
            .example(include_str!("CKV_AWS_69.tf"))]),
    check("CKV_AWS_197", "the broker writes an audit log")
        .problem("the broker writes no audit log")
        .severity(Medium)
        .why("Who changed users, queues and rights cannot be found out later.")
        .references(&[security_hub("MQ.2"), LOGS])
        .rules(&[on(BROKER, when(&key("engine_type").none_of(&[Text("RabbitMQ")]), &key("logs.audit").enabled()))
            .fix("set `audit = true` in `logs`")
            .snippet("logs {\n  audit   = true\n  general = true\n}\n")
            .example(include_str!("CKV_AWS_197.tf"))]),
    check("CKV_AWS_207", "the broker takes minor upgrades by itself")
        .problem("the broker takes no upgrades by itself")
        .severity(Low)
        .why("Flaws that the engine's makers have mended stay open until somebody \
             thinks of it.")
        .references(&[security_hub("MQ.3")])
        .rules(&[on(BROKER, key("auto_minor_version_upgrade").enabled())
            .fix("set `auto_minor_version_upgrade = true`")
            .snippet("auto_minor_version_upgrade = true\n")
            .example(include_str!("CKV_AWS_207.tf"))]),
    check("CKV_AWS_208", "the broker runs a current version")
        .problem("the broker runs an old version")
        .severity(Medium)
        .why("Flaws that were found in it since are not mended.")
        .references(&[page("https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-engine-versions.html")])
        .rules(&[terraform(&["aws_mq_broker", "aws_mq_configuration"], Test::Resource(is_current))
            .fix("move to ActiveMQ 5.17 or RabbitMQ 3.11 at least")
            .snippet("engine_version = \"5.18.4\"\n")
            .example(include_str!("CKV_AWS_208.tf"))]),
    own_key("CKV_AWS_209", "the broker uses a customer-managed key", "the broker uses no customer-managed key")
        .rules(&[on(BROKER, key("encryption_options.kms_key_id").given())
            .fix("set `kms_key_id` in `encryption_options`, with `use_aws_owned_key = \
             false`")
            .snippet("encryption_options {\n  use_aws_owned_key = false\n  \
             kms_key_id        = aws_kms_key.data.arn\n}\n")
            .example(include_str!("CKV_AWS_209.tf"))]),
];

const LOGS: Reference = page(
    "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/security-logging-monitoring.html",
);

/// There is nothing to say of a version without three numbers.
fn is_current(broker: &Resource<'_>) -> Outcome {
    let Some(engine) = broker.get("engine_type") else {
        return Outcome::fail(broker.header(), "no engine is named");
    };
    let Some(node) = broker.get("engine_version") else {
        return Outcome::NotApplicable;
    };
    if let Some(unknown) = [engine, node]
        .into_iter()
        .find(|it| it.value.as_unknown().is_some())
    {
        return undecided(unknown, false);
    }
    let version = node.value.as_str().unwrap_or_default();
    let mut numbers = version.split('.').map(|part| part.parse::<u32>().ok());
    let (Some(Some(major)), Some(Some(minor)), Some(Some(_))) =
        (numbers.next(), numbers.next(), numbers.next())
    else {
        return Outcome::NotApplicable;
    };
    let least = match engine.value.as_str() {
        Some("ActiveMQ") => Some((5, 17)),
        Some("RabbitMQ") => Some((3, 11)),
        _ => None,
    };
    let current = least.is_some_and(|least| (major, minor) >= least);
    Outcome::require(current, || {
        Label::new(node.span, format!("{version} is no longer current"))
    })
}
