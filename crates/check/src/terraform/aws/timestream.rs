//! Timestream.

use crate::prelude::*;

use super::encryption::{kms_key_id, own_key};

pub(crate) const CHECKS: &[Check] = &[own_key(
    "CKV_AWS_160",
    "the database uses a customer-managed key",
    "the database uses no customer-managed key",
)
.rules(&[kms_key_id(&["aws_timestreamwrite_database"]).example(include_str!("CKV_AWS_160.tf"))])];
