//! DocumentDB.

use crate::prelude::*;

use super::encryption::{at_rest, in_transit, kms_key_id, own_key};

const CLUSTER: &[&str] = &["aws_docdb_cluster"];
const PARAMETERS: &[&str] = &["aws_docdb_cluster_parameter_group"];

pub(crate) const CHECKS: &[Check] = &[
    at_rest(
        "CKV_AWS_74",
        "the cluster is encrypted",
        "the cluster is not encrypted",
    )
    .references(&[security_hub("DocumentDB.1")])
    .rules(&[on(CLUSTER, key("storage_encrypted").enabled())
        .fix("set `storage_encrypted = true`; a cluster that exists must be made anew")
        .snippet("storage_encrypted = true\n")
        .example(include_str!("CKV_AWS_74.tf"))]),
    check("CKV_AWS_85", "the cluster exports its logs")
        .problem("the cluster exports no logs")
        .severity(Medium)
        .why("Who connected and what they asked cannot be found out later.")
        .references(&[security_hub("DocumentDB.4")])
        .rules(&[on(
            CLUSTER,
            any_of(&[
                key("enabled_cloudwatch_logs_exports").includes(&[Text("audit")]),
                key("enabled_cloudwatch_logs_exports").includes(&[Text("profiler")]),
            ]),
        )
        .fix("set `enabled_cloudwatch_logs_exports = [\"audit\", \"profiler\"]`")
        .snippet("enabled_cloudwatch_logs_exports = [\"audit\", \"profiler\"]\n")
        .example(include_str!("CKV_AWS_85.tf"))]),
    in_transit(
        "CKV_AWS_90",
        "the cluster asks clients for TLS",
        "the cluster lets clients connect without TLS",
    )
    .references(&[page(
        "https://docs.aws.amazon.com/documentdb/latest/developerguide/security.encryption.ssl.html",
    )])
    .rules(&[on(
        PARAMETERS,
        presumed(&each(
            "parameter",
            &any_of(&[
                key("value").none_of(&[Text("disabled")]),
                key("name").none_of(&[Text("tls")]),
            ]),
        )),
    )
    .fix("remove the `parameter` `tls`, or set it to `enabled`")
    .snippet("parameter {\n  name  = \"tls\"\n  value = \"enabled\"\n}\n")
    .example(include_str!("CKV_AWS_90.tf"))]),
    check("CKV_AWS_104", "the cluster writes an audit log")
        .problem("the cluster writes no audit log")
        .severity(Medium)
        .why("Who connected and what they asked cannot be found out later.")
        .references(&[page(
            "https://docs.aws.amazon.com/documentdb/latest/developerguide/event-auditing.html",
        )])
        .rules(&[on(
            PARAMETERS,
            exists(
                "parameter",
                &all_of(&[
                    key("name").one_of(&[Text("audit_logs")]),
                    key("value").one_of(&[
                        Text("enabled"),
                        Text("ddl"),
                        Text("all"),
                        Text("dml_read"),
                        Text("dml_write"),
                    ]),
                ]),
            ),
        )
        .fix("add the `parameter` `audit_logs` with the value `enabled`")
        .snippet("parameter {\n  name  = \"audit_logs\"\n  value = \"enabled\"\n}\n")
        .example(include_str!("CKV_AWS_104.tf"))]),
    own_key(
        "CKV_AWS_182",
        "the cluster uses a customer-managed key",
        "the cluster uses no customer-managed key",
    )
    .rules(&[kms_key_id(CLUSTER).example(include_str!("CKV_AWS_182.tf"))]),
    at_rest(
        "CKV_AWS_292",
        "the global cluster is encrypted",
        "the global cluster is not encrypted",
    )
    .references(&[page(
        "https://docs.aws.amazon.com/documentdb/latest/developerguide/encryption-at-rest.html",
    )])
    .rules(&[on(
        &["aws_docdb_global_cluster"],
        key("storage_encrypted").enabled(),
    )
    .fix("set `storage_encrypted = true`")
    .snippet("storage_encrypted = true\n")
    .example(include_str!("CKV_AWS_292.tf"))]),
    check("CKV_AWS_360", "backups of the cluster are kept for a week")
        .problem("backups of the cluster are kept for less than a week")
        .severity(Low)
        .why(
            "What went wrong is often noticed only after the last good backup is \
             gone.",
        )
        .references(&[security_hub("DocumentDB.2")])
        .rules(&[on(CLUSTER, key("backup_retention_period").at_least(7))
            .fix("set `backup_retention_period` to 7 days or more")
            .snippet("backup_retention_period = 7\n")
            .example(include_str!("CKV_AWS_360.tf"))]),
];
