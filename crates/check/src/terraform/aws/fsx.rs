//! FSx.

use crate::prelude::*;

use super::encryption::{kms_key_id, own_key};

pub(crate) const CHECKS: &[Check] = &[
    own_key(
        "CKV_AWS_178",
        "the ONTAP file system uses a customer-managed key",
        "the ONTAP file system uses no customer-managed key",
    )
    .rules(&[kms_key_id(&["aws_fsx_ontap_file_system"]).example(include_str!("CKV_AWS_178.tf"))]),
    own_key(
        "CKV_AWS_179",
        "the Windows file system uses a customer-managed key",
        "the Windows file system uses no customer-managed key",
    )
    .rules(&[kms_key_id(&["aws_fsx_windows_file_system"]).example(include_str!("CKV_AWS_179.tf"))]),
    own_key(
        "CKV_AWS_190",
        "the Lustre file system uses a customer-managed key",
        "the Lustre file system uses no customer-managed key",
    )
    .rules(&[kms_key_id(&["aws_fsx_lustre_file_system"]).example(include_str!("CKV_AWS_190.tf"))]),
    own_key(
        "CKV_AWS_203",
        "the OpenZFS file system uses a customer-managed key",
        "the OpenZFS file system uses no customer-managed key",
    )
    .rules(&[kms_key_id(&["aws_fsx_openzfs_file_system"]).example(include_str!("CKV_AWS_203.tf"))]),
];
