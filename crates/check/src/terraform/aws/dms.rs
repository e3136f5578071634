//! Database Migration Service.

use crate::prelude::*;

use super::encryption::{kms_key_arn, own_key};

const INSTANCE: &[&str] = &["aws_dms_replication_instance"];

pub(crate) const CHECKS: &[Check] = &[
    check(
        "CKV_AWS_89",
        "the replication instance has no public address",
    )
    .problem("the replication instance has a public address")
    .severity(High)
    .why(
        "Only a security group then stands between the internet and the \
             databases that it copies.",
    )
    .references(&[security_hub("DMS.1")])
    .rules(&[on(INSTANCE, key("publicly_accessible").not_enabled())
        .fix(
            "remove `publicly_accessible = true`; an instance that exists must \
             be made anew",
        )
        .snippet("publicly_accessible = false\n")
        .example(include_str!("CKV_AWS_89.tf"))]),
    own_key(
        "CKV_AWS_212",
        "the replication instance uses a customer-managed key",
        "the replication instance uses no customer-managed key",
    )
    .rules(&[kms_key_arn(INSTANCE).example(include_str!("CKV_AWS_212.tf"))]),
    check(
        "CKV_AWS_222",
        "the replication instance takes minor upgrades by itself",
    )
    .problem("the replication instance takes no upgrades by itself")
    .severity(Low)
    .why("Flaws that have been mended stay open until somebody thinks of it.")
    .references(&[security_hub("DMS.6")])
    .rules(&[on(INSTANCE, key("auto_minor_version_upgrade").enabled())
        .fix("set `auto_minor_version_upgrade = true`")
        .snippet("auto_minor_version_upgrade = true\n")
        .example(include_str!("CKV_AWS_222.tf"))]),
    own_key(
        "CKV_AWS_296",
        "the endpoint uses a customer-managed key",
        "the endpoint uses no customer-managed key",
    )
    .rules(&[on(
        &["aws_dms_endpoint"],
        any_of(&[
            when(
                &key("engine_name").none_of(&[Text("s3")]),
                &key("kms_key_arn").given(),
            ),
            when(
                &key("engine_name").one_of(&[Text("s3")]),
                &key("s3_settings.server_side_encryption_kms_key_id").given(),
            ),
        ]),
    )
    .fix(
        "set `kms_key_arn`, for S3 `server_side_encryption_kms_key_id` in \
             `s3_settings`",
    )
    .snippet("kms_key_arn = aws_kms_key.data.arn\n")
    .example(include_str!("CKV_AWS_296.tf"))]),
    own_key(
        "CKV_AWS_298",
        "the S3 endpoint uses a customer-managed key",
        "the S3 endpoint uses no customer-managed key",
    )
    .rules(&[kms_key_arn(&["aws_dms_s3_endpoint"]).example(include_str!("CKV_AWS_298.tf"))]),
];
