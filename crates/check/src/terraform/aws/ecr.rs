//! Elastic Container Registry.

use crate::prelude::*;

pub(crate) const CHECKS: &[Check] = &[check(
    "CKV_AWS_51",
    "image tags of the repository are immutable",
)
.problem("image tags of the repository can be overwritten")
.severity(Medium)
.why(
    "Where a tag can be pushed again, what was scanned and approved is not what runs: \
             whoever may push replaces the image under every deployment that names it by tag.",
)
.references(&[
    owasp_cicd("CICD-SEC-9"),
    page("https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html"),
    page("https://docs.aws.amazon.com/securityhub/latest/userguide/ecr-controls.html#ecr-2"),
])
.rules(&[terraform(
    &["aws_ecr_repository"],
    Test::Attributes(key("image_tag_mutability").one_of(&[Text("IMMUTABLE")])),
)
.fix("set `image_tag_mutability = \"IMMUTABLE\"`, and give each build a tag of its own")
.snippet("image_tag_mutability = \"IMMUTABLE\"\n")
.example(include_str!("CKV_AWS_51.tf"))])];
