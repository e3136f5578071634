//! CloudWatch.

use crate::prelude::*;

use super::encryption::{kms_key_id, own_key};

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_AWS_66", "the log group says how long it keeps logs")
        .problem("the log group does not say how long it keeps logs")
        .severity(Low)
        .why(
            "Logs are then kept forever, at a cost that grows, and personal data \
             in them longer than is allowed.",
        )
        .references(&[security_hub("CloudWatch.16"), RETENTION])
        .rules(&[on(
            &["aws_cloudwatch_log_group"],
            key("retention_in_days").given(),
        )
        .fix("set `retention_in_days`")
        .snippet("retention_in_days = 365\n")
        .example(include_str!("CKV_AWS_66.tf"))]),
    own_key(
        "CKV_AWS_158",
        "the log group uses a customer-managed key",
        "the log group uses no customer-managed key",
    )
    .rules(&[kms_key_id(&["aws_cloudwatch_log_group"]).example(include_str!("CKV_AWS_158.tf"))]),
    check("CKV_AWS_319", "the alarm acts")
        .problem("the alarm does nothing when it goes off")
        .severity(Medium)
        .why("Nobody learns of what the alarm is there for.")
        .references(&[security_hub("CloudWatch.17")])
        .rules(&[on(
            &["aws_cloudwatch_metric_alarm"],
            key("actions_enabled").none_of(&[Bool(false)]),
        )
        .fix("remove `actions_enabled = false`")
        .snippet("actions_enabled = true\n")
        .example(include_str!("CKV_AWS_319.tf"))]),
    check("CKV_AWS_338", "the log group keeps logs for a year")
        .problem("the log group keeps logs for less than a year")
        .severity(Low)
        .why(
            "Intrusions are often found only after months. What the logs of \
             their beginning would tell is gone by then.",
        )
        .references(&[security_hub("CloudWatch.16"), RETENTION])
        .rules(&[on(
            &["aws_cloudwatch_log_group"],
            any_of(&[
                key("retention_in_days").at_least(365),
                key("retention_in_days").one_of(&[Int(0)]),
            ]),
        )
        .fix("set `retention_in_days` to 365 or more")
        .snippet("retention_in_days = 365\n")
        .example(include_str!("CKV_AWS_338.tf"))]),
];

const RETENTION: Reference = page(
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
);
