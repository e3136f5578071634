//! Simple Email Service.

use crate::prelude::*;

use super::encryption::in_transit;

pub(crate) const CHECKS: &[Check] = &[in_transit(
    "CKV_AWS_365",
    "mail is sent by TLS only",
    "mail is sent without TLS where the receiver has none",
)
.severity(Medium)
.references(&[page(
    "https://docs.aws.amazon.com/ses/latest/dg/security-protocols.html",
)])
.rules(&[on(
    &["aws_ses_configuration_set"],
    key("delivery_options.tls_policy").one_of(&[Text("Require")]),
)
.fix("add `delivery_options` with `tls_policy = \"Require\"`")
.snippet("delivery_options {\n  tls_policy = \"Require\"\n}\n")
.example(include_str!("CKV_AWS_365.tf"))])];
