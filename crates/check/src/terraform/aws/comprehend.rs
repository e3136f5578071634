//! Comprehend.

use crate::prelude::*;

use super::encryption::own_key;

const RECOGNIZER: &[&str] = &["aws_comprehend_entity_recognizer"];

pub(crate) const CHECKS: &[Check] = &[
    own_key(
        "CKV_AWS_267",
        "the model uses a customer-managed key",
        "the model uses no customer-managed key",
    )
    .rules(&[on(RECOGNIZER, key("model_kms_key_id").given())
        .fix("set `model_kms_key_id` to the ARN of a key of your own")
        .snippet("model_kms_key_id = aws_kms_key.data.arn\n")
        .example(include_str!("CKV_AWS_267.tf"))]),
    own_key(
        "CKV_AWS_268",
        "volumes of the training use a customer-managed key",
        "volumes of the training use no customer-managed key",
    )
    .rules(&[on(RECOGNIZER, key("volume_kms_key_id").given())
        .fix("set `volume_kms_key_id` to the ARN of a key of your own")
        .snippet("volume_kms_key_id = aws_kms_key.data.arn\n")
        .example(include_str!("CKV_AWS_268.tf"))]),
];
