//! Kinesis and Firehose.

use crate::prelude::*;

use super::encryption::{at_rest, kms_key_id, own_key};

pub(crate) const CHECKS: &[Check] = &[
    at_rest(
        "CKV_AWS_43",
        "the stream is encrypted",
        "the stream is not encrypted",
    )
    .references(&[security_hub("Kinesis.1")])
    .rules(&[on(
        &["aws_kinesis_stream"],
        key("encryption_type").one_of(&[Text("KMS")]),
    )
    .fix("set `encryption_type = \"KMS\"` and `kms_key_id`")
    .snippet("encryption_type = \"KMS\"\nkms_key_id      = aws_kms_key.data.arn\n")
    .example(include_str!("CKV_AWS_43.tf"))]),
    own_key(
        "CKV_AWS_177",
        "the video stream uses a customer-managed key",
        "the video stream uses no customer-managed key",
    )
    .rules(&[kms_key_id(&["aws_kinesis_video_stream"]).example(include_str!("CKV_AWS_177.tf"))]),
    own_key(
        "CKV_AWS_185",
        "the stream uses a customer-managed key",
        "the stream uses no customer-managed key",
    )
    .rules(&[kms_key_id(&["aws_kinesis_stream"]).example(include_str!("CKV_AWS_185.tf"))]),
    at_rest(
        "CKV_AWS_240",
        "the delivery stream is encrypted",
        "the delivery stream is not encrypted",
    )
    .references(&[page(
        "https://docs.aws.amazon.com/firehose/latest/dev/encryption.html",
    )])
    .rules(&[on(
        &["aws_kinesis_firehose_delivery_stream"],
        when(
            &key("kinesis_source_configuration").not_given(),
            &key("server_side_encryption.enabled").enabled(),
        ),
    )
    .fix("add `server_side_encryption` with `enabled = true`")
    .snippet("server_side_encryption {\n  enabled = true\n}\n")
    .example(include_str!("CKV_AWS_240.tf"))]),
    own_key(
        "CKV_AWS_241",
        "the delivery stream uses a customer-managed key",
        "the delivery stream uses no customer-managed key",
    )
    .rules(&[on(
        &["aws_kinesis_firehose_delivery_stream"],
        when(
            &key("kinesis_source_configuration").not_given(),
            &all_of(&[
                key("server_side_encryption.enabled").enabled(),
                key("server_side_encryption.key_type").one_of(&[Text("CUSTOMER_MANAGED_CMK")]),
                key("server_side_encryption.key_arn").given(),
            ]),
        ),
    )
    .fix(
        "set `key_type = \"CUSTOMER_MANAGED_CMK\"` and `key_arn` in \
             `server_side_encryption`",
    )
    .snippet(
        "server_side_encryption {\n  enabled  = true\n  key_type = \
             \"CUSTOMER_MANAGED_CMK\"\n  key_arn  = aws_kms_key.data.arn\n}\n",
    )
    .example(include_str!("CKV_AWS_241.tf"))]),
];
