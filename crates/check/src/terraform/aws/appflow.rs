//! AppFlow.

use crate::check::Rule;
use crate::prelude::*;

use super::encryption::own_key;

pub(crate) const CHECKS: &[Check] = &[
    own_key(
        "CKV_AWS_263",
        "the flow uses a customer-managed key",
        "the flow uses no customer-managed key",
    )
    .rules(&[kms_arn(&["aws_appflow_flow"]).example(include_str!("CKV_AWS_263.tf"))]),
    own_key(
        "CKV_AWS_264",
        "the connector profile uses a customer-managed key",
        "the connector profile uses no customer-managed key",
    )
    .rules(&[kms_arn(&["aws_appflow_connector_profile"]).example(include_str!("CKV_AWS_264.tf"))]),
];

const fn kms_arn(types: &'static [&'static str]) -> Rule {
    on(types, key("kms_arn").given())
        .fix("set `kms_arn` to the ARN of a key of your own")
        .snippet("kms_arn = aws_kms_key.data.arn\n")
}
