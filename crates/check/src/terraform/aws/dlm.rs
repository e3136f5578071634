//! Data Lifecycle Manager.

use crate::prelude::*;

use super::encryption::{at_rest, own_key};

const POLICY: &[&str] = &["aws_dlm_lifecycle_policy"];

const ENCRYPTION: Reference =
    page("https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html");

/// Checkov asks for `encryption`, which the provider does not know.
const COPY_ENCRYPTED: Condition = any_of(&[
    key("policy_details.action.cross_region_copy.encryption_configuration.encrypted").enabled(),
    key("policy_details.action.cross_region_copy.encryption_configuration.encryption").enabled(),
]);

pub(crate) const CHECKS: &[Check] = &[
    at_rest(
        "CKV_AWS_253",
        "snapshots that an event copies to another region are encrypted",
        "snapshots that an event copies to another region are not encrypted",
    )
    .references(&[ENCRYPTION])
    .rules(&[on(
        POLICY,
        when(
            &key("policy_details.action.cross_region_copy").given(),
            &COPY_ENCRYPTED,
        ),
    )
    .fix("set `encrypted = true` in `encryption_configuration`")
    .snippet("encryption_configuration {\n  encrypted = true\n}\n")
    .example(include_str!("CKV_AWS_253.tf"))]),
    own_key(
        "CKV_AWS_254",
        "snapshots that an event copies to another region use a customer-managed key",
        "snapshots that an event copies to another region use no customer-managed key",
    )
    .references(&[ENCRYPTION])
    .rules(&[on(
        POLICY,
        when(
            &key("policy_details.action.cross_region_copy").given(),
            &all_of(&[
                COPY_ENCRYPTED,
                key("policy_details.action.cross_region_copy.encryption_configuration.cmk_arn")
                    .given(),
            ]),
        ),
    )
    .fix("set `cmk_arn` in `encryption_configuration`")
    .snippet("encryption_configuration {\n  encrypted = true\n  cmk_arn   = aws_kms_key.snapshots.arn\n}\n")
    .example(include_str!("CKV_AWS_254.tf"))]),
    at_rest(
        "CKV_AWS_255",
        "snapshots that a schedule copies to another region are encrypted",
        "snapshots that a schedule copies to another region are not encrypted",
    )
    .references(&[ENCRYPTION])
    .rules(&[on(
        POLICY,
        when(
            &exists("policy_details.schedule", &key("cross_region_copy_rule").given()),
            &each(
                "policy_details.schedule.cross_region_copy_rule",
                &key("encrypted").enabled(),
            ),
        ),
    )
    .fix("set `encrypted = true` in `cross_region_copy_rule`")
    .snippet("encrypted = true\n")
    .example(include_str!("CKV_AWS_255.tf"))]),
    own_key(
        "CKV_AWS_256",
        "snapshots that a schedule copies to another region use a customer-managed key",
        "snapshots that a schedule copies to another region use no customer-managed key",
    )
    .references(&[ENCRYPTION])
    .rules(&[on(
        POLICY,
        when(
            &exists("policy_details.schedule", &key("cross_region_copy_rule").given()),
            &each(
                "policy_details.schedule.cross_region_copy_rule",
                &all_of(&[key("encrypted").enabled(), key("cmk_arn").given()]),
            ),
        ),
    )
    .fix("set `cmk_arn` in `cross_region_copy_rule`")
    .snippet("encrypted = true\ncmk_arn   = aws_kms_key.snapshots.arn\n")
    .example(include_str!("CKV_AWS_256.tf"))]),
];
