//! Keyspaces.

use crate::prelude::*;

use super::encryption::own_key;

pub(crate) const CHECKS: &[Check] = &[own_key(
    "CKV_AWS_265",
    "the table uses a customer-managed key",
    "the table uses no customer-managed key",
)
.references(&[page(
    "https://docs.aws.amazon.com/keyspaces/latest/devguide/EncryptionAtRest.html",
)])
.rules(&[on(
    &["aws_keyspaces_table"],
    all_of(&[
        key("encryption_specification.kms_key_identifier").given(),
        key("encryption_specification.type").one_of(&[Text("CUSTOMER_MANAGED_KMS_KEY")]),
    ]),
)
.fix("add `encryption_specification` with a key of your own")
.snippet(
    "encryption_specification {\n  type               = \"CUSTOMER_MANAGED_KMS_KEY\"\n  kms_key_identifier = aws_kms_key.tables.arn\n}\n",
)
.example(include_str!("CKV_AWS_265.tf"))])];
