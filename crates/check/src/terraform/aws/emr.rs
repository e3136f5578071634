//! EMR.

use crate::prelude::*;

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
