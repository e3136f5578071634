//! EMR.

use bastide_terraform::Resource;
use serde_json::Value as Json;

use crate::condition::undecided;
use crate::prelude::*;

use super::encryption::{at_rest, in_transit};
use super::json::{is_truthy, json_of, judge_json, text_of};

const CONFIGURATION: &[&str] = &["aws_emr_security_configuration"];

const ENCRYPTION: Reference =
    page("https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-data-encryption.html");

const DISKS: &str = "EnableAtRestEncryption = true\nAtRestEncryptionConfiguration = {\n  LocalDiskEncryptionConfiguration = {\n    EnableEbsEncryption       = true\n    EncryptionKeyProviderType = \"AwsKms\"\n    AwsKmsKey                 = aws_kms_key.data.arn\n  }\n}\n";

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_AWS_114", "the Kerberos realm of the cluster is named")
        .problem("the Kerberos realm of the cluster is not named")
        .severity(Low)
        .why("Without a realm users and services of the cluster cannot prove who \
             they are.")
        .references(&[page("https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-kerberos.html")])
        .rules(&[on(&["aws_emr_cluster"], when(&key("kerberos_attributes").given(), &key("kerberos_attributes.realm").given()))
            .fix("set `realm` in `kerberos_attributes`")
            .snippet("kerberos_attributes {\n  kdc_admin_password = var.kdc_password\n  \
             realm              = \"EC2.INTERNAL\"\n}\n")
            .example(include_str!("CKV_AWS_114.tf"))]),
    at_rest("CKV_AWS_171", "data of the clusters are encrypted by KMS", "data of the clusters are not encrypted by KMS")
        .severity(Medium)
        .references(&[ENCRYPTION])
        .rules(&[terraform(CONFIGURATION, Test::Resource(uses_kms))
            .fix("set `EncryptionMode` to `SSE-KMS`")
            .snippet("EncryptionMode = \"SSE-KMS\"\nAwsKmsKey      = aws_kms_key.data.arn\n")
            .example(include_str!("CKV_AWS_171.tf"))]),
    at_rest("CKV_AWS_349", "local disks of the clusters are encrypted", "local disks of the clusters are not encrypted")
        .references(&[ENCRYPTION])
        .rules(&[terraform(CONFIGURATION, Test::Resource(encrypts_disks))
            .fix("set `EnableAtRestEncryption`, and add `LocalDiskEncryptionConfiguration`")
            .snippet(DISKS)
            .example(include_str!("CKV_AWS_349.tf"))]),
    at_rest("CKV_AWS_350", "EBS volumes of the clusters are encrypted", "EBS volumes of the clusters are not encrypted")
        .references(&[ENCRYPTION])
        .rules(&[terraform(CONFIGURATION, Test::Resource(encrypts_volumes))
            .fix("set `EnableEbsEncryption` in `LocalDiskEncryptionConfiguration`")
            .snippet(DISKS)
            .example(include_str!("CKV_AWS_350.tf"))]),
    in_transit("CKV_AWS_351", "data of the clusters are encrypted on their way", "data of the clusters are not encrypted on their way")
        .references(&[ENCRYPTION])
        .rules(&[terraform(CONFIGURATION, Test::Resource(encrypts_in_transit))
            .fix("set `EnableInTransitEncryption`")
            .snippet("EnableInTransitEncryption = true\n")
            .example(include_str!("CKV_AWS_351.tf"))]),
    check("CKV_AWS_390", "clusters with public ports are refused")
        .problem("clusters with public ports are allowed")
        .severity(High)
        .why("One security group that is too wide lays a cluster, and the data in \
             it, open to everyone.")
        .references(&[security_hub("EMR.2"), page("https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-block-public-access.html")])
        .rules(&[on(&["aws_emr_block_public_access_configuration"], key("block_public_security_group_rules").enabled())
            .fix("set `block_public_security_group_rules = true`")
            .snippet("block_public_security_group_rules = true\n")
            .example(include_str!("CKV_AWS_390.tf"))]),
];

fn uses_kms(configuration: &Resource<'_>) -> Outcome {
    let Some(node) = configuration.get("configuration") else {
        return Outcome::NotApplicable;
    };
    if text_of(node).is_some_and(|text| text.contains("SSE-KMS")) {
        return Outcome::Pass;
    }
    if node.value.as_unknown().is_some() && json_of(node).is_none() {
        return undecided(node, false);
    }
    Outcome::fail(node.span, "`SSE-KMS` does not occur")
}

fn encrypts_disks(configuration: &Resource<'_>) -> Outcome {
    requires(configuration, "no local disk is encrypted", |encryption| {
        is_truthy(local_disks(encryption))
    })
}

fn encrypts_volumes(configuration: &Resource<'_>) -> Outcome {
    requires(
        configuration,
        "`EnableEbsEncryption` is not set",
        |encryption| is_truthy(&local_disks(encryption)["EnableEbsEncryption"]),
    )
}

fn encrypts_in_transit(configuration: &Resource<'_>) -> Outcome {
    requires(
        configuration,
        "`EnableInTransitEncryption` is not set",
        |encryption| is_truthy(&encryption["EnableInTransitEncryption"]),
    )
}

/// What is encrypted on local disks, if anything is at rest.
fn local_disks(encryption: &Json) -> &Json {
    match &encryption["EnableAtRestEncryption"] {
        Json::Bool(true) => {
            &encryption["AtRestEncryptionConfiguration"]["LocalDiskEncryptionConfiguration"]
        }
        _ => &Json::Null,
    }
}

fn requires(configuration: &Resource<'_>, flaw: &str, holds: impl Fn(&Json) -> bool) -> Outcome {
    judge_json(configuration, "configuration", |json, node| {
        let holds = holds(&json["EncryptionConfiguration"]);
        Outcome::require(holds, || Label::new(node.span, flaw))
    })
}
