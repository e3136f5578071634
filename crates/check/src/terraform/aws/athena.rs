//! Athena.

use crate::prelude::*;

use super::encryption::at_rest;

pub(crate) const CHECKS: &[Check] = &[
    at_rest(
        "CKV_AWS_77",
        "results of the database are encrypted",
        "results of the database are not encrypted",
    )
    .severity(Medium)
    .references(&[ENCRYPTION])
    .rules(&[on(
        &["aws_athena_database"],
        key("encryption_configuration.encryption_option").given(),
    )
    .fix("add `encryption_configuration`")
    .snippet("encryption_configuration {\n  encryption_option = \"SSE_S3\"\n}\n")
    .example(include_str!("CKV_AWS_77.tf"))]),
    check(
        "CKV_AWS_82",
        "clients cannot override the settings of the workgroup",
    )
    .problem("clients can override the settings of the workgroup")
    .severity(Medium)
    .why(
        "A client that says so itself writes its results unencrypted, and \
             anywhere.",
    )
    .references(&[page(
        "https://docs.aws.amazon.com/athena/latest/ug/workgroups-settings-override.html",
    )])
    .rules(&[on(
        &["aws_athena_workgroup"],
        key("configuration.enforce_workgroup_configuration")
            .enabled()
            .or_absent(),
    )
    .fix("remove `enforce_workgroup_configuration = false`")
    .snippet("configuration {\n  enforce_workgroup_configuration = true\n}\n")
    .example(include_str!("CKV_AWS_82.tf"))]),
    at_rest(
        "CKV_AWS_159",
        "results of the workgroup are encrypted",
        "results of the workgroup are not encrypted",
    )
    .severity(Medium)
    .references(&[ENCRYPTION])
    .rules(&[on(
        &["aws_athena_workgroup"],
        key("configuration.result_configuration.encryption_configuration.encryption_option")
            .given(),
    )
    .fix("add `encryption_configuration` to `result_configuration`")
    .snippet(
        "configuration {\n  result_configuration {\n    \
             encryption_configuration {\n      encryption_option = \"SSE_S3\"\n    }\n  \
             }\n}\n",
    )
    .example(include_str!("CKV_AWS_159.tf"))]),
];

const ENCRYPTION: Reference = page("https://docs.aws.amazon.com/athena/latest/ug/encryption.html");
