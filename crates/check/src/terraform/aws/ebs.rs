//! Elastic Block Store.

use crate::prelude::*;

use super::encryption::{at_rest, kms_key_id, own_key};

/// A disk is encrypted, or comes from a snapshot, which decides.
const ENCRYPTED: Condition = any_of(&[
    key("encrypted").enabled().where_given(),
    key("snapshot_id").given().where_given(),
]);

pub(crate) const CHECKS: &[Check] = &[
    at_rest(
        "CKV_AWS_3",
        "the volume is encrypted",
        "the volume is not encrypted",
    )
    .references(&[security_hub("EC2.3"), cis_aws("2.2.1"), EBS_ENCRYPTION])
    .rules(&[on(&["aws_ebs_volume"], key("encrypted").enabled())
        .fix("set `encrypted = true`; a volume that exists must be made anew")
        .snippet("encrypted = true\n")
        .example(include_str!("CKV_AWS_3.tf"))]),
    check("CKV_AWS_8", "the disks of the instance are encrypted")
        .problem("a disk of the instance is not encrypted")
        .severity(High)
        .why("Whoever gets a snapshot or a copy of the disk reads all that is on it.")
        .references(&[page("https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html")])
        .rules(&[on(
            &["aws_launch_configuration", "aws_instance"],
            when(
                &any_of(&[
                    key("root_block_device").not_given().or_absent(),
                    key("root_block_device.encrypted").given(),
                    key("root_block_device.snapshot_id").given(),
                ]),
                &all_of(&[
                    key("root_block_device").given(),
                    each("root_block_device", &ENCRYPTED),
                    each("ebs_block_device", &ENCRYPTED),
                ]),
            ),
        )
        .fix("add `root_block_device` with `encrypted = true`, and set it in each `ebs_block_device`")
        .snippet("root_block_device {\n  encrypted = true\n}\n")
        .example(include_str!("CKV_AWS_8.tf"))]),
    at_rest(
        "CKV_AWS_106",
        "new volumes are encrypted by default",
        "new volumes are not encrypted by default",
    )
    .references(&[security_hub("EC2.7"), cis_aws("2.2.1"), EBS_ENCRYPTION])
    .rules(&[on(
        &["aws_ebs_encryption_by_default"],
        key("enabled").enabled().or_absent(),
    )
    .fix("set `enabled = true`")
    .snippet("enabled = true\n")
    .example(include_str!("CKV_AWS_106.tf"))]),
    own_key(
        "CKV_AWS_183",
        "the copied snapshot uses a customer-managed key",
        "the copied snapshot uses no customer-managed key",
    )
    .rules(&[kms_key_id(&["aws_ebs_snapshot_copy"]).example(include_str!("CKV_AWS_183.tf"))]),
    own_key(
        "CKV_AWS_189",
        "the volume uses a customer-managed key",
        "the volume uses no customer-managed key",
    )
    .rules(&[kms_key_id(&["aws_ebs_volume"]).example(include_str!("CKV_AWS_189.tf"))]),
    at_rest(
        "CKV_AWS_235",
        "the copied image is encrypted",
        "the copied image is not encrypted",
    )
    .references(&[EBS_ENCRYPTION])
    .rules(&[on(&["aws_ami_copy"], key("encrypted").enabled())
        .fix("set `encrypted = true`")
        .snippet("encrypted = true\n")
        .example(include_str!("CKV_AWS_235.tf"))]),
    own_key(
        "CKV_AWS_236",
        "the copied image uses a customer-managed key",
        "the copied image uses no customer-managed key",
    )
    .rules(&[kms_key_id(&["aws_ami_copy"]).example(include_str!("CKV_AWS_236.tf"))]),
];

const EBS_ENCRYPTION: Reference =
    page("https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html");
