//! Web Application Firewall.

use crate::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_AWS_175", "the web ACL has rules")
        .problem("the web ACL has no rules")
        .severity(Medium)
        .why(
            "A firewall without rules lets everything through, and everyone \
             believes that there is one.",
        )
        .references(&[security_hub("WAF.8"), security_hub("WAF.10")])
        .rules(&[on(
            &[
                "aws_waf_web_acl",
                "aws_wafregional_web_acl",
                "aws_wafv2_web_acl",
            ],
            any_of(&[key("rule").given(), key("rules").given()]),
        )
        .fix("add rules, to begin with the managed groups of AWS")
        .snippet(
            "rule {\n  name     = \"common\"\n  priority = 1\n  override_action \
             {\n    none {}\n  }\n  statement {\n    managed_rule_group_statement \
             {\n      name        = \"AWSManagedRulesCommonRuleSet\"\n      vendor_name \
             = \"AWS\"\n    }\n  }\n}\n",
        )
        .example(include_str!("CKV_AWS_175.tf"))]),
    check("CKV_AWS_176", "the web ACL logs requests")
        .problem("the web ACL does not log requests")
        .severity(Medium)
        .why("What was stopped, and what should have been, cannot be found out later.")
        .references(&[security_hub("WAF.1")])
        .rules(&[on(
            &["aws_waf_web_acl", "aws_wafregional_web_acl"],
            key("logging_configuration.log_destination").given(),
        )
        .fix("add `logging_configuration` with a delivery stream")
        .snippet(
            "logging_configuration {\n  log_destination = \
             aws_kinesis_firehose_delivery_stream.waf.arn\n}\n",
        )
        .example(include_str!("CKV_AWS_176.tf"))]),
];
