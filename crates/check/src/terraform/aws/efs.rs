//! Elastic File System.

use crate::prelude::*;

pub(crate) const CHECKS: &[Check] = &[check(
    "CKV_AWS_184",
    "the file system uses a customer-managed key",
)
.problem("the file system uses no customer-managed key")
.severity(Low)
.why(
    "With the key that AWS manages, nobody in the account can rotate it on demand, see in \
             CloudTrail who used it, or make the data unreadable by disabling it.",
)
.references(&[page(
    "https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html",
)])
.rules(&[terraform(
    &["aws_efs_file_system"],
    Test::Attributes(key("kms_key_id").given()),
)
.fix("set `encrypted = true` and `kms_key_id` to the ARN of a key of your own")
.snippet("encrypted  = true\nkms_key_id = aws_kms_key.storage.arn\n")
.example(include_str!("CKV_AWS_184.tf"))])];
