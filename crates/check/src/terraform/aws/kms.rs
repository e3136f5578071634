//! Key Management Service.

use crate::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_AWS_7", "the key is rotated every year")
        .problem("the key is never rotated")
        .severity(Medium)
        .why("The longer one key is in use, the more data a leak of it lays open.")
        .references(&[
            security_hub("KMS.4"),
            cis_aws("3.6"),
            page("https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html"),
        ])
        .rules(&[on(
            &["aws_kms_key"],
            when(
                &key("customer_master_key_spec")
                    .one_of(&[Text("SYMMETRIC_DEFAULT"), Text("HMAC")])
                    .or_absent(),
                &key("enable_key_rotation").enabled(),
            ),
        )
        .fix("set `enable_key_rotation = true`")
        .snippet("enable_key_rotation = true\n")
        .example(include_str!("CKV_AWS_7.tf"))]),
    check("CKV_AWS_227", "the key is enabled")
        .problem("the key is disabled")
        .severity(Medium)
        .why("What it encrypts cannot be read, and services that need it fail.")
        .references(&[page(
            "https://docs.aws.amazon.com/kms/latest/developerguide/enabling-keys.html",
        )])
        .rules(&[
            on(&["aws_kms_key"], key("is_enabled").enabled().or_absent())
                .fix("remove `is_enabled = false`, or the key if nothing uses it")
                .snippet("is_enabled = true\n")
                .example(include_str!("CKV_AWS_227.tf")),
        ]),
];
