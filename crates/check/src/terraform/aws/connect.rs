//! Connect.

use crate::prelude::*;

use super::encryption::own_key;

const STORAGE: &[&str] = &["aws_connect_instance_storage_config"];

pub(crate) const CHECKS: &[Check] = &[
    own_key(
        "CKV_AWS_269",
        "recorded video uses a customer-managed key",
        "recorded video uses no customer-managed key",
    )
    .rules(&[on(
        STORAGE,
        key("storage_config.kinesis_video_stream_config.encryption_config.key_id").given(),
    )
    .fix("set `key_id` in the `encryption_config` of `kinesis_video_stream_config`")
    .snippet(
        "encryption_config {\n  encryption_type = \"KMS\"\n  key_id          \
             = aws_kms_key.data.arn\n}\n",
    )
    .example(include_str!("CKV_AWS_269.tf"))]),
    own_key(
        "CKV_AWS_270",
        "recordings in S3 use a customer-managed key",
        "recordings in S3 use no customer-managed key",
    )
    .rules(&[on(
        STORAGE,
        key("storage_config.s3_config.encryption_config.key_id").given(),
    )
    .fix("set `key_id` in the `encryption_config` of `s3_config`")
    .snippet(
        "encryption_config {\n  encryption_type = \"KMS\"\n  key_id          \
             = aws_kms_key.data.arn\n}\n",
    )
    .example(include_str!("CKV_AWS_270.tf"))]),
];
