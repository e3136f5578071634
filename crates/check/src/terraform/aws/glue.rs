//! Glue.

use crate::prelude::*;

use super::encryption::at_rest;

pub(crate) const CHECKS: &[Check] = &[
    at_rest("CKV_AWS_94", "the catalog and its passwords are encrypted", "the catalog or its passwords are not encrypted")
        .references(&[page("https://docs.aws.amazon.com/glue/latest/dg/encrypt-glue-data-catalog.html")])
        .rules(&[on(&["aws_glue_data_catalog_encryption_settings"], all_of(&[
                key("data_catalog_encryption_settings.encryption_at_rest.catalog_encryption_mode").one_of(&[Text("SSE-KMS")]),
                key("data_catalog_encryption_settings.encryption_at_rest.sse_aws_kms_key_id").given(),
                key("data_catalog_encryption_settings.connection_password_encryption.return_connection_password_encrypted").enabled(),
                key("data_catalog_encryption_settings.connection_password_encryption.aws_kms_key_id").given(),
            ]))
            .fix("name a key in `encryption_at_rest` and in \
             `connection_password_encryption`")
            .snippet("data_catalog_encryption_settings {\n  encryption_at_rest {\n    \
             catalog_encryption_mode = \"SSE-KMS\"\n    sse_aws_kms_key_id      = \
             aws_kms_key.data.arn\n  }\n  connection_password_encryption {\n    \
             return_connection_password_encrypted = true\n    \
             aws_kms_key_id                       = aws_kms_key.data.arn\n  }\n}\n")
            .example(include_str!("CKV_AWS_94.tf"))]),
    at_rest("CKV_AWS_99", "what jobs write is encrypted everywhere", "what jobs write is not encrypted everywhere")
        .references(&[SECURITY_CONFIGURATION])
        .rules(&[on(&["aws_glue_security_configuration"], all_of(&[
                key("encryption_configuration.cloudwatch_encryption.cloudwatch_encryption_mode").one_of(&[Text("SSE-KMS")]),
                key("encryption_configuration.cloudwatch_encryption.kms_key_arn").given(),
                key("encryption_configuration.job_bookmarks_encryption.job_bookmarks_encryption_mode").one_of(&[Text("CSE-KMS")]),
                key("encryption_configuration.job_bookmarks_encryption.kms_key_arn").given(),
                key("encryption_configuration.s3_encryption.s3_encryption_mode").none_of(&[Text("DISABLED")]).and_given(),
            ]))
            .fix("encrypt logs, bookmarks and what goes to S3 in \
             `encryption_configuration`")
            .snippet("encryption_configuration {\n  cloudwatch_encryption {\n    \
             cloudwatch_encryption_mode = \"SSE-KMS\"\n    kms_key_arn                = \
             aws_kms_key.data.arn\n  }\n  job_bookmarks_encryption {\n    \
             job_bookmarks_encryption_mode = \"CSE-KMS\"\n    \
             kms_key_arn                   = aws_kms_key.data.arn\n  }\n  s3_encryption \
             {\n    s3_encryption_mode = \"SSE-S3\"\n  }\n}\n")
            .example(include_str!("CKV_AWS_99.tf"))]),
    at_rest("CKV_AWS_195", "the component has a security configuration", "the component has no security configuration")
        .severity(Medium)
        .references(&[SECURITY_CONFIGURATION])
        .rules(&[on(&["aws_glue_crawler", "aws_glue_dev_endpoint", "aws_glue_job"], key("security_configuration").given())
            .fix("set `security_configuration`")
            .snippet("security_configuration = aws_glue_security_configuration.all.name\n")
            .example(include_str!("CKV_AWS_195.tf"))]),
];

const SECURITY_CONFIGURATION: Reference =
    page("https://docs.aws.amazon.com/glue/latest/dg/encryption-security-configuration.html");
