//! CodeGuru Reviewer.

use crate::prelude::*;

use super::encryption::own_key;

pub(crate) const CHECKS: &[Check] = &[own_key(
    "CKV_AWS_381",
    "the association of the repository uses a customer-managed key",
    "the association of the repository uses no customer-managed key",
)
.references(&[page(
    "https://docs.aws.amazon.com/codeguru/latest/reviewer-ug/encryption-in-codeguru.html",
)])
.rules(&[on(
    &["aws_codegurureviewer_repository_association"],
    key("kms_key_details.encryption_option").one_of(&[Text("CUSTOMER_MANAGED_CMK")]),
)
.fix("set `encryption_option = \"CUSTOMER_MANAGED_CMK\"`, and `kms_key_id`")
.snippet(
    "kms_key_details {\n  encryption_option = \"CUSTOMER_MANAGED_CMK\"\n  kms_key_id        = aws_kms_key.reviews.key_id\n}\n",
)
.example(include_str!("CKV_AWS_381.tf"))])];
