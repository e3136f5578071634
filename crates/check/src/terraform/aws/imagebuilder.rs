//! EC2 Image Builder.

use crate::prelude::*;

use super::encryption::{kms_key_id, own_key};

pub(crate) const CHECKS: &[Check] = &[
    own_key(
        "CKV_AWS_180",
        "the component uses a customer-managed key",
        "the component uses no customer-managed key",
    )
    .rules(&[kms_key_id(&["aws_imagebuilder_component"]).example(include_str!("CKV_AWS_180.tf"))]),
    own_key(
        "CKV_AWS_199",
        "images that are given out use a customer-managed key",
        "images that are given out use no customer-managed key",
    )
    .rules(&[on(
        &["aws_imagebuilder_distribution_configuration"],
        key("distribution.ami_distribution_configuration.kms_key_id").given(),
    )
    .fix("set `kms_key_id` in `ami_distribution_configuration`")
    .snippet(
        "ami_distribution_configuration {\n  kms_key_id = \
             aws_kms_key.data.arn\n}\n",
    )
    .example(include_str!("CKV_AWS_199.tf"))]),
    own_key(
        "CKV_AWS_200",
        "volumes of the recipe use a customer-managed key",
        "volumes of the recipe use no customer-managed key",
    )
    .rules(&[on(
        &["aws_imagebuilder_image_recipe"],
        each(
            "block_device_mapping.ebs",
            &all_of(&[key("encrypted").given(), key("kms_key_id").given()]),
        ),
    )
    .fix("set `encrypted = true` and `kms_key_id` in `ebs`")
    .snippet("encrypted  = true\nkms_key_id = aws_kms_key.images.arn\n")
    .example(include_str!("CKV_AWS_200.tf"))]),
];
