//! AppSync.

use crate::prelude::*;

use super::encryption::{at_rest, in_transit};

const WHY: &str = "Who asked for what, and why a request failed, cannot be found out later.";

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_AWS_193", "the API logs requests")
        .problem("the API does not log requests")
        .severity(Medium)
        .why(WHY)
        .references(&[LOGS])
        .rules(&[on(
            &["aws_appsync_graphql_api"],
            key("log_config.cloudwatch_logs_role_arn").given(),
        )
        .fix("add `log_config` with a role")
        .snippet(
            "log_config {\n  cloudwatch_logs_role_arn = aws_iam_role.logs.arn\n  \
             field_log_level          = \"ERROR\"\n}\n",
        )
        .example(include_str!("CKV_AWS_193.tf"))]),
    check("CKV_AWS_194", "the API logs errors of fields")
        .problem("the API does not log errors of fields")
        .severity(Low)
        .why(WHY)
        .references(&[security_hub("AppSync.2"), LOGS])
        .rules(&[on(
            &["aws_appsync_graphql_api"],
            key("log_config.field_log_level").one_of(&[Text("ALL"), Text("ERROR")]),
        )
        .fix("set `field_log_level = \"ERROR\"` in `log_config`")
        .snippet(
            "log_config {\n  cloudwatch_logs_role_arn = aws_iam_role.logs.arn\n  \
             field_log_level          = \"ERROR\"\n}\n",
        )
        .example(include_str!("CKV_AWS_194.tf"))]),
    at_rest(
        "CKV_AWS_214",
        "the cache is encrypted",
        "the cache is not encrypted",
    )
    .severity(Medium)
    .references(&[security_hub("AppSync.1")])
    .rules(&[on(
        &["aws_appsync_api_cache"],
        key("at_rest_encryption_enabled").enabled(),
    )
    .fix(
        "set `at_rest_encryption_enabled = true`; a cache that exists must \
             be made anew",
    )
    .snippet("at_rest_encryption_enabled = true\n")
    .example(include_str!("CKV_AWS_214.tf"))]),
    in_transit(
        "CKV_AWS_215",
        "the cache is reached by TLS",
        "the cache is reached without TLS",
    )
    .severity(Medium)
    .references(&[security_hub("AppSync.6")])
    .rules(&[on(
        &["aws_appsync_api_cache"],
        key("transit_encryption_enabled").enabled(),
    )
    .fix(
        "set `transit_encryption_enabled = true`; a cache that exists must \
             be made anew",
    )
    .snippet("transit_encryption_enabled = true\n")
    .example(include_str!("CKV_AWS_215.tf"))]),
];

const LOGS: Reference = page("https://docs.aws.amazon.com/appsync/latest/devguide/monitoring.html");
