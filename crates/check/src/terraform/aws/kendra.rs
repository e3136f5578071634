//! Kendra.

use crate::prelude::*;

use super::encryption::own_key;

pub(crate) const CHECKS: &[Check] = &[own_key(
    "CKV_AWS_262",
    "the index uses a customer-managed key",
    "the index uses no customer-managed key",
)
.rules(&[on(
    &["aws_kendra_index"],
    key("server_side_encryption_configuration.kms_key_id").given(),
)
.fix("add `server_side_encryption_configuration` with a `kms_key_id`")
.snippet(
    "server_side_encryption_configuration {\n  kms_key_id = \
             aws_kms_key.data.arn\n}\n",
)
.example(include_str!("CKV_AWS_262.tf"))])];
