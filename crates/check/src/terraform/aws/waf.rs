//! Web Application Firewall.

use bastide_terraform::Resource;
use bastide_value::{Node, Value};

use crate::condition::find_all;
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
    check("CKV_AWS_192", "the web ACL stops lookups by Log4j")
        .problem("the web ACL does not stop lookups by Log4j")
        .severity(High)
        .why("A header with `${jndi:…}` in it makes an old Log4j run a stranger's code (CVE-2021-44228).")
        .references(&[page("https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html")])
        .rules(&[terraform(&["aws_wafv2_web_acl"], Test::Resource(stops_lookups))
            .fix("add the group `AWSManagedRulesKnownBadInputsRuleSet`, with `override_action { none {} }`")
            .snippet("rule {\n  name     = \"bad-inputs\"\n  priority = 2\n  override_action {\n    none {}\n  }\n  statement {\n    managed_rule_group_statement {\n      name        = \"AWSManagedRulesKnownBadInputsRuleSet\"\n      vendor_name = \"AWS\"\n    }\n  }\n}\n")
            .example(include_str!("CKV_AWS_192.tf"))]),
    check("CKV_AWS_342", "every rule of the firewall does something")
        .problem("a rule of the firewall does nothing")
        .severity(Low)
        .why("Requests that it is meant to stop go through.")
        .references(&[page("https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-action.html")])
        .rules(&[terraform(
            &[
                "aws_waf_web_acl",
                "aws_wafregional_web_acl",
                "aws_wafv2_web_acl",
                "aws_wafv2_rule_group",
                "aws_wafregional_rule_group",
                "aws_waf_rule_group",
            ],
            Test::Resource(rules_act),
        )
        .fix("say in `action` what the rule does")
        .snippet("action {\n  block {}\n}\n")
        .example(include_str!("CKV_AWS_342.tf"))]),
];

/// The first rule that takes the group against known bad inputs takes all of it, and as it is.
fn stops_lookups(acl: &Resource<'_>) -> Outcome {
    let rules = find_all(acl.body, "rule").into_iter();
    let rules = rules.flat_map(|node| {
        let several = node.value.as_list();
        several.unwrap_or(std::slice::from_ref(node))
    });
    for rule in rules.filter_map(|rule| Some((rule, rule.value.as_map()?))) {
        let (node, body) = rule;
        let group = "statement.managed_rule_group_statement";
        let is_named = |path: &str, name: &str| {
            let mut found = find_all(body, path).into_iter();
            found.any(|node| node.value == Value::String(name))
        };
        if !is_named(
            &format!("{group}.name"),
            "AWSManagedRulesKnownBadInputsRuleSet",
        ) {
            continue;
        }
        if is_named(&format!("{group}.excluded_rule.name"), "Log4JRCE") {
            return Outcome::fail(node.span, "`Log4JRCE` is left out");
        }
        if body.get("override_action").is_none() {
            return Outcome::NotApplicable;
        }
        let kept = !find_all(body, "override_action.none").is_empty();
        return Outcome::require(kept, || {
            Label::new(node.span, "the actions of the group are not kept")
        });
    }
    Outcome::fail(
        acl.header(),
        "no rule takes `AWSManagedRulesKnownBadInputsRuleSet`",
    )
}

/// Each rule has an action, or takes a managed group, which has its own.
fn rules_act(acl: &Resource<'_>) -> Outcome {
    let names = ["rule", "rules", "activated_rule"].into_iter();
    let mut given = names.filter_map(|name| acl.get(name));
    let Some(rules) = given
        .find(|node| !node.value.is_falsy())
        .and_then(|node| node.value.as_list())
    else {
        return Outcome::NotApplicable;
    };
    let acts = |rule: &Node<'_>| {
        let says = |name: &str| match rule.get(name).map(|node| node.value) {
            None => false,
            Some(Value::Blocks([only]) | Value::List([only])) => !only.value.is_falsy(),
            Some(_) => true,
        };
        let body = rule.value.as_map().unwrap_or_default();
        says("action")
            || says("override_action")
            || !find_all(body, "statement.managed_rule_group_statement").is_empty()
    };
    match rules.iter().find(|rule| !acts(rule)) {
        Some(rule) => Outcome::fail(rule.span, "this rule has no action"),
        None => Outcome::Pass,
    }
}
