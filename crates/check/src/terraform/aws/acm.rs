//! Certificate Manager.

use crate::prelude::*;

const CERTIFICATE: &[&str] = &["aws_acm_certificate"];

pub(crate) const CHECKS: &[Check] = &[
    check(
        "CKV_AWS_233",
        "a new certificate stands before the old one goes",
    )
    .problem("the old certificate goes before the new one stands")
    .severity(Low)
    .why(
        "Terraform deletes before it creates. Until the new certificate is \
             there, clients are refused.",
    )
    .references(&[page(
        "https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle",
    )])
    .rules(&[on(
        CERTIFICATE,
        key("lifecycle.create_before_destroy").enabled(),
    )
    .fix("add `lifecycle` with `create_before_destroy = true`")
    .snippet("lifecycle {\n  create_before_destroy = true\n}\n")
    .example(include_str!("CKV_AWS_233.tf"))]),
    check("CKV_AWS_234", "the certificate is in the public logs")
        .problem("the certificate is kept out of the public logs")
        .severity(Low)
        .why(
            "Browsers refuse certificates that are not in the logs, and a forged \
             one cannot be told from it.",
        )
        .references(&[page(
            "https://docs.aws.amazon.com/acm/latest/userguide/acm-concepts.html",
        )])
        .rules(&[on(
            CERTIFICATE,
            key("options.certificate_transparency_logging_preference")
                .one_of(&[Text("ENABLED")])
                .or_absent(),
        )
        .fix("remove `certificate_transparency_logging_preference = \"DISABLED\"`")
        .snippet(
            "options {\n  certificate_transparency_logging_preference = \
             \"ENABLED\"\n}\n",
        )
        .example(include_str!("CKV_AWS_234.tf"))]),
];
