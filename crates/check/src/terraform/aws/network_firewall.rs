//! Network Firewall.

use crate::check::Rule;
use crate::prelude::*;

use super::encryption::own_key;

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_AWS_344", "the firewall is protected from deletion")
        .problem("the firewall can be deleted by mistake")
        .severity(Medium)
        .why("One wrong plan removes what filters the traffic of the network.")
        .references(&[security_hub("NetworkFirewall.9")])
        .rules(&[on(
            &["aws_networkfirewall_firewall"],
            key("delete_protection").enabled(),
        )
        .fix("set `delete_protection = true`")
        .snippet("delete_protection = true\n")
        .example(include_str!("CKV_AWS_344.tf"))]),
    own_key(
        "CKV_AWS_345",
        "the firewall or rule group uses a customer-managed key",
        "the firewall or rule group uses no customer-managed key",
    )
    .rules(&[key_of_configuration(&[
        "aws_networkfirewall_firewall",
        "aws_networkfirewall_rule_group",
    ])
    .example(include_str!("CKV_AWS_345.tf"))]),
    own_key(
        "CKV_AWS_346",
        "the firewall policy uses a customer-managed key",
        "the firewall policy uses no customer-managed key",
    )
    .rules(&[
        key_of_configuration(&["aws_networkfirewall_firewall_policy"])
            .example(include_str!("CKV_AWS_346.tf")),
    ]),
];

const fn key_of_configuration(types: &'static [&'static str]) -> Rule {
    on(types, key("encryption_configuration.key_id").given())
        .fix("add `encryption_configuration` with a key of your own")
        .snippet(
            "encryption_configuration {\n  key_id = aws_kms_key.data.arn\n  \
             type   = \"CUSTOMER_KMS\"\n}\n",
        )
}
