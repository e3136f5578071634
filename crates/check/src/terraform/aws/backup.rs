//! Backup.

use crate::prelude::*;

use super::encryption::{kms_key_arn, own_key};

pub(crate) const CHECKS: &[Check] = &[own_key(
    "CKV_AWS_166",
    "the vault uses a customer-managed key",
    "the vault uses no customer-managed key",
)
.rules(&[kms_key_arn(&["aws_backup_vault"]).example(include_str!("CKV_AWS_166.tf"))])];
