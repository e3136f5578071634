//! AppSync.

use crate::policy::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
check("CKV2_AWS_33", "the GraphQL API stands behind a web ACL")
            .problem("the GraphQL API has no web ACL")
            .severity(Medium)
            .why("A GraphQL endpoint is one address with everything behind it. A web \
ACL limits how often it is asked and drops known attacks.")
            .references(&[page("https://docs.aws.amazon.com/appsync/latest/devguide/WAF-Integration.html")])
            .rules(&[policy(&["aws_appsync_graphql_api"], &all(&[only(&[Text("aws_appsync_graphql_api")]), connected(&["aws_appsync_graphql_api"], &["aws_wafv2_web_acl_association"])]))
                .fix("associate a web ACL with it")
                .snippet("resource \"aws_wafv2_web_acl_association\" \"api\" {\n  resource_arn = aws_appsync_graphql_api.api.arn\n  web_acl_arn  = aws_wafv2_web_acl.api.arn\n}\n")
                .example(include_str!("CKV2_AWS_33.tf"))]),
check("CKV2_AWS_78", "the GraphQL API's web ACL stops attacks on Log4j")
            .problem("the GraphQL API's web ACL lets attacks on Log4j through")
            .severity(High)
            .why("A request that carries a lookup string makes a vulnerable Log4j \
fetch and run code. The group of known bad inputs stops such \
requests, and that of anonymous addresses most of those who send \
them, before any application sees them.")
            .references(&[cwe("CWE-917"), page("https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html")])
            .rules(&[policy(&["aws_appsync_graphql_api"], &any(&[
        all(&[only(&[Text("aws_appsync_graphql_api")]), unconnected(&["aws_appsync_graphql_api"], &["aws_wafv2_web_acl_association"])]),
        all(&[only(&[Text("aws_appsync_graphql_api")]), connected(&["aws_appsync_graphql_api"], &["aws_wafv2_web_acl_association"]), connected(&["aws_wafv2_web_acl"], &["aws_wafv2_web_acl_association"]),
            on(&["aws_wafv2_web_acl"], "rule.*.statement.managed_rule_group_statement.name").contains("AWSManagedRulesAnonymousIpList"),
            on(&["aws_wafv2_web_acl"], "rule.*.statement.managed_rule_group_statement.name").contains("AWSManagedRulesKnownBadInputsRuleSet")])]))
                .fix("add the managed rule groups `AWSManagedRulesKnownBadInputsRuleSet` and `AWSManagedRulesAnonymousIpList` to the web ACL")
                .snippet("statement {\n  managed_rule_group_statement {\n    name        = \"AWSManagedRulesKnownBadInputsRuleSet\"\n    vendor_name = \"AWS\"\n  }\n}\n")
                .example(include_str!("CKV2_AWS_78.tf"))]),
];
