//! Neptune.

use crate::prelude::*;

use super::encryption::{at_rest, kms_key_arn, kms_key_id, own_key};

const CLUSTER: &[&str] = &["aws_neptune_cluster"];

pub(crate) const CHECKS: &[Check] = &[
    at_rest(
        "CKV_AWS_44",
        "the cluster is encrypted",
        "the cluster is not encrypted",
    )
    .references(&[security_hub("Neptune.1")])
    .rules(&[on(CLUSTER, key("storage_encrypted").enabled())
        .fix("set `storage_encrypted = true`; a cluster that exists must be made anew")
        .snippet("storage_encrypted = true\n")
        .example(include_str!("CKV_AWS_44.tf"))]),
    check("CKV_AWS_101", "the cluster exports its audit log")
        .problem("the cluster exports no audit log")
        .severity(Medium)
        .why("Who connected and what they asked cannot be found out later.")
        .references(&[security_hub("Neptune.2")])
        .rules(&[on(
            CLUSTER,
            key("enable_cloudwatch_logs_exports").includes(&[Text("audit")]),
        )
        .fix("set `enable_cloudwatch_logs_exports = [\"audit\"]`")
        .snippet("enable_cloudwatch_logs_exports = [\"audit\"]\n")
        .example(include_str!("CKV_AWS_101.tf"))]),
    check("CKV_AWS_102", "the instance has no public address")
        .problem("the instance has a public address")
        .severity(High)
        .why("Only a security group then stands between the internet and the data.")
        .references(&[security_hub("Neptune.3")])
        .rules(&[on(
            &["aws_neptune_cluster_instance"],
            key("publicly_accessible").not_enabled(),
        )
        .fix("remove `publicly_accessible = true`")
        .snippet("publicly_accessible = false\n")
        .example(include_str!("CKV_AWS_102.tf"))]),
    at_rest(
        "CKV_AWS_279",
        "the snapshot is encrypted",
        "the snapshot is not encrypted",
    )
    .references(&[security_hub("Neptune.6")])
    .rules(&[on(
        &["aws_neptune_cluster_snapshot"],
        key("storage_encrypted").enabled(),
    )
    .fix(
        "take the snapshot from an encrypted cluster, with \
             `storage_encrypted = true`",
    )
    .snippet("storage_encrypted = true\n")
    .example(include_str!("CKV_AWS_279.tf"))]),
    own_key(
        "CKV_AWS_280",
        "the snapshot uses a customer-managed key",
        "the snapshot uses no customer-managed key",
    )
    .rules(&[
        kms_key_id(&["aws_neptune_cluster_snapshot"]).example(include_str!("CKV_AWS_280.tf"))
    ]),
    own_key(
        "CKV_AWS_347",
        "the cluster uses a customer-managed key",
        "the cluster uses no customer-managed key",
    )
    .rules(&[kms_key_arn(CLUSTER).example(include_str!("CKV_AWS_347.tf"))]),
    check("CKV_AWS_359", "clients log in to the cluster with IAM")
        .problem("clients of the cluster need not log in")
        .severity(Medium)
        .why("Without IAM whoever is in the network reads and writes the graph.")
        .references(&[security_hub("Neptune.7")])
        .rules(&[on(
            CLUSTER,
            key("iam_database_authentication_enabled").enabled(),
        )
        .fix("set `iam_database_authentication_enabled = true`")
        .snippet("iam_database_authentication_enabled = true\n")
        .example(include_str!("CKV_AWS_359.tf"))]),
    check("CKV_AWS_361", "backups of the cluster are kept for a week")
        .problem("backups of the cluster are kept for less than a week")
        .severity(Low)
        .why(
            "What went wrong is often noticed only after the last good backup is \
             gone.",
        )
        .references(&[security_hub("Neptune.5")])
        .rules(&[on(CLUSTER, key("backup_retention_period").at_least(7))
            .fix("set `backup_retention_period` to 7 days or more")
            .snippet("backup_retention_period = 7\n")
            .example(include_str!("CKV_AWS_361.tf"))]),
    check("CKV_AWS_362", "snapshots of the cluster carry its tags")
        .problem("snapshots of the cluster carry no tags")
        .severity(Low)
        .why(
            "Rules on access, cost and retention that go by tags pass over the \
             snapshots.",
        )
        .references(&[security_hub("Neptune.8")])
        .rules(&[on(CLUSTER, key("copy_tags_to_snapshot").enabled())
            .fix("set `copy_tags_to_snapshot = true`")
            .snippet("copy_tags_to_snapshot = true\n")
            .example(include_str!("CKV_AWS_362.tf"))]),
];
