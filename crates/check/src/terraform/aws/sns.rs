//! Simple Notification Service.

use crate::prelude::*;

use super::encryption::at_rest;

pub(crate) const CHECKS: &[Check] = &[at_rest(
    "CKV_AWS_26",
    "the topic is encrypted",
    "the topic is not encrypted",
)
.severity(Medium)
.references(&[
    security_hub("SNS.1"),
    page("https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html"),
])
.rules(&[on(&["aws_sns_topic"], key("kms_master_key_id").given())
    .fix("set `kms_master_key_id`")
    .snippet("kms_master_key_id = aws_kms_key.topics.id\n")
    .example(include_str!("CKV_AWS_26.tf"))])];
