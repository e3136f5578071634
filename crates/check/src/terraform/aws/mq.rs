//! Amazon MQ.

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
