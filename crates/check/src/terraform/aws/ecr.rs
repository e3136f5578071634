//! Elastic Container Registry.

use crate::prelude::*;

use super::encryption::own_key;

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_AWS_51", "image tags of the repository are immutable")
        .problem("image tags of the repository can be overwritten")
        .severity(Medium)
        .why(
            "Where a tag can be pushed again, what was scanned and approved is not what runs: \
              whoever may push replaces the image under every deployment that names it by tag.",
        )
        .references(&[
            owasp_cicd("CICD-SEC-9"),
            page(
                "https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html",
            ),
            page(
                "https://docs.aws.amazon.com/securityhub/latest/userguide/ecr-controls.html#ecr-2",
            ),
        ])
        .rules(&[on(
            &["aws_ecr_repository"],
            key("image_tag_mutability").one_of(&[Text("IMMUTABLE")]),
        )
        .fix(
            "set `image_tag_mutability = \"IMMUTABLE\"`, and give each build a \
             tag of its own",
        )
        .snippet("image_tag_mutability = \"IMMUTABLE\"\n")
        .example(include_str!("CKV_AWS_51.tf"))]),
    own_key(
        "CKV_AWS_136",
        "the repository is encrypted with KMS",
        "the repository is not encrypted with KMS",
    )
    .references(&[
        security_hub("ECR.5"),
        page("https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html"),
    ])
    .rules(&[on(
        &["aws_ecr_repository"],
        key("encryption_configuration.encryption_type").one_of(&[Text("KMS")]),
    )
    .fix(
        "add `encryption_configuration` with `encryption_type = \"KMS\"`; a \
             repository that exists must be made anew",
    )
    .snippet(
        "encryption_configuration {\n  encryption_type = \"KMS\"\n  \
             kms_key         = aws_kms_key.images.arn\n}\n",
    )
    .example(include_str!("CKV_AWS_136.tf"))]),
    check("CKV_AWS_163", "images are scanned when they are pushed")
        .problem("images are not scanned when they are pushed")
        .severity(Medium)
        .why(
            "Known vulnerabilities in an image then come to light only once it \
             runs, if at all.",
        )
        .references(&[
            cis_eks("5.1.1"),
            security_hub("ECR.1"),
            page("https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html"),
        ])
        .rules(&[on(
            &["aws_ecr_repository"],
            key("image_scanning_configuration.scan_on_push").enabled(),
        )
        .fix("add `image_scanning_configuration` with `scan_on_push = true`")
        .snippet("image_scanning_configuration {\n  scan_on_push = true\n}\n")
        .example(include_str!("CKV_AWS_163.tf"))]),
];
