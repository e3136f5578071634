//! DynamoDB and its cache.

use crate::prelude::*;

use super::encryption::{at_rest, in_transit, kms_key_arn, own_key};

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_AWS_28", "the table can be restored to any point in time")
        .problem("the table cannot be restored to a point in time")
        .severity(Medium)
        .why("What a faulty program or an intruder overwrites or deletes is gone.")
        .references(&[security_hub("DynamoDB.2"), page("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery.html")])
        .rules(&[on(&["aws_dynamodb_table"], key("point_in_time_recovery.enabled").enabled())
            .fix("add `point_in_time_recovery` with `enabled = true`")
            .snippet("point_in_time_recovery {\n  enabled = true\n}\n")
            .example(include_str!("CKV_AWS_28.tf"))]),
    at_rest("CKV_AWS_47", "the DAX cluster is encrypted", "the DAX cluster is not encrypted")
        .references(&[security_hub("DynamoDB.3")])
        .rules(&[on(&["aws_dax_cluster"], key("server_side_encryption.enabled").enabled())
            .fix("add `server_side_encryption` with `enabled = true`; a cluster that \
             exists must be made anew")
            .snippet("server_side_encryption {\n  enabled = true\n}\n")
            .example(include_str!("CKV_AWS_47.tf"))]),
    own_key("CKV_AWS_119", "the table uses a customer-managed key", "the table uses no customer-managed key")
        .rules(&[on(&["aws_dynamodb_table"], all_of(&[
                key("server_side_encryption.enabled").enabled(),
                key("server_side_encryption.kms_key_arn").given(),
            ]))
            .fix("add `server_side_encryption` with `enabled = true` and a `kms_key_arn`")
            .snippet("server_side_encryption {\n  enabled     = true\n  kms_key_arn = \
             aws_kms_key.tables.arn\n}\n")
            .example(include_str!("CKV_AWS_119.tf"))]),
    check("CKV_AWS_165", "the global table can be restored to any point in time")
        .problem("the global table cannot be restored to a point in time")
        .severity(Medium)
        .why("What a faulty program or an intruder overwrites or deletes is gone in every region.")
        .references(&[page("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery.html")])
        .rules(&[on(&["aws_dynamodb_global_table"], key("point_in_time_recovery.enabled").none_of(&[Bool(false)]))
            .fix("add `point_in_time_recovery` to the tables that it joins")
            .snippet("point_in_time_recovery {\n  enabled = true\n}\n")
            .example(include_str!("CKV_AWS_165.tf"))]),
    in_transit("CKV_AWS_239", "the DAX cluster is reached by TLS", "the DAX cluster is reached without TLS")
        .references(&[security_hub("DynamoDB.7")])
        .rules(&[on(&["aws_dax_cluster"], key("cluster_endpoint_encryption_type").one_of(&[Text("TLS")]))
            .fix("set `cluster_endpoint_encryption_type = \"TLS\"`; a cluster that \
             exists must be made anew")
            .snippet("cluster_endpoint_encryption_type = \"TLS\"\n")
            .example(include_str!("CKV_AWS_239.tf"))]),
    own_key("CKV_AWS_271", "the replica of the table uses a customer-managed key", "the replica of the table uses no customer-managed key")
        .rules(&[kms_key_arn(&["aws_dynamodb_table_replica"]).example(include_str!("CKV_AWS_271.tf"))]),
];
