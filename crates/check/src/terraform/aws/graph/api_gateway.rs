//! API Gateway.

use crate::policy::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
check("CKV2_AWS_4", "stages log errors and count requests")
            .problem("the stage does not log errors and count requests")
            .severity(Low)
            .why("Without execution logs and metrics nobody sees that an API fails, \
or that somebody tries its methods one after the other.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-1")])
            .rules(&[policy(&["aws_api_gateway_stage"], &all(&[connected(&["aws_api_gateway_stage"], &["aws_api_gateway_method_settings"]),
  any(&[on(&["aws_api_gateway_method_settings"], "settings.logging_level").equals(Text("ERROR")),
        on(&["aws_api_gateway_method_settings"], "settings.logging_level").equals(Text("INFO"))]),
  on(&["aws_api_gateway_method_settings"], "settings.metrics_enabled").equals(Bool(true)), only(&[Text("aws_api_gateway_stage")])]))
                .fix("add `aws_api_gateway_method_settings` with `logging_level = \"ERROR\"` and `metrics_enabled = true`")
                .snippet("settings {\n  logging_level   = \"ERROR\"\n  metrics_enabled = true\n}\n")
                .example(include_str!("CKV2_AWS_4.tf"))]),
check("CKV2_AWS_29", "the public API stands behind a web ACL")
            .problem("the public API has no web ACL")
            .severity(Medium)
            .why("Requests from the internet reach the integrations as they come. A \
web ACL on the stage drops floods and known attacks first.")
            .references(&[page("https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html"), page("https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-4")])
            .rules(&[policy(&["aws_api_gateway_stage"], &any(&[
  all(&[on(&["aws_api_gateway_rest_api"], "endpoint_configuration.types").contains("PRIVATE"), connected(&["aws_api_gateway_rest_api"], &["aws_api_gateway_stage"])]),
  all(&[on(&["aws_api_gateway_rest_api"], "endpoint_configuration.types").contains("REGIONAL"), connected(&["aws_api_gateway_rest_api"], &["aws_api_gateway_stage"]),
    connected(&["aws_api_gateway_stage"], &["aws_wafregional_web_acl_association"])]),
  all(&[any(&[on(&["aws_api_gateway_rest_api"], "endpoint_configuration.types").contains("REGIONAL"), on(&["aws_api_gateway_rest_api"], "endpoint_configuration.types").contains("EDGE")]),
    connected(&["aws_api_gateway_rest_api"], &["aws_api_gateway_stage"]), connected(&["aws_api_gateway_stage"], &["aws_wafv2_web_acl_association"])]),
  all(&[unconnected(&["aws_api_gateway_rest_api"], &["aws_api_gateway_stage"])]),
  only(&[Text("aws_api_gateway_stage")])]))
                .fix("associate a web ACL with the stage")
                .snippet("resource \"aws_wafv2_web_acl_association\" \"api\" {\n  resource_arn = aws_api_gateway_stage.api.arn\n  web_acl_arn  = aws_wafv2_web_acl.api.arn\n}\n")
                .example(include_str!("CKV2_AWS_29.tf"))]),
check("CKV2_AWS_51", "the stage shows a client certificate to its backends")
            .problem("the stage shows no client certificate to its backends")
            .severity(Low)
            .why("A backend that cannot tell that a request comes from the API \
gateway must answer everyone who finds its address.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-2")])
            .rules(&[policy(&["aws_api_gateway_stage", "aws_apigatewayv2_stage"], &any(&[on(&["aws_api_gateway_stage"], "client_certificate_id").exists(), on(&["aws_apigatewayv2_stage"], "client_certificate_id").exists(),
  any(&[all(&[only(&[Text("aws_apigatewayv2_stage")]), unconnected(&["aws_apigatewayv2_stage"], &["aws_apigatewayv2_api"])]),
    all(&[only(&[Text("aws_apigatewayv2_stage")]), connected(&["aws_apigatewayv2_stage"], &["aws_apigatewayv2_api"]),
      on(&["aws_apigatewayv2_api"], "protocol_type").differs_from(Text("WEBSOCKET"))])])]))
                .fix("set `client_certificate_id` to a certificate that the backend trusts")
                .snippet("client_certificate_id = aws_api_gateway_client_certificate.api.id\n")
                .example(include_str!("CKV2_AWS_51.tf"))]),
check("CKV2_AWS_53", "the method validates its requests")
            .problem("the method takes requests unseen")
            .severity(Low)
            .why("What the gateway does not refuse, the integration must parse. A \
validator turns away requests without the parameters or the body \
that the method needs.")
            .references(&[cwe("CWE-20"), page("https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html")])
            .rules(&[policy(&["aws_api_gateway_method"], &on(&["aws_api_gateway_method"], "request_validator_id").exists())
                .fix("set `request_validator_id`")
                .snippet("request_validator_id = aws_api_gateway_request_validator.all.id\n")
                .example(include_str!("CKV2_AWS_53.tf"))]),
check("CKV2_AWS_77", "the API's web ACL stops attacks on Log4j")
            .problem("the API's web ACL lets attacks on Log4j through")
            .severity(High)
            .why("A request that carries a lookup string makes a vulnerable Log4j \
fetch and run code. The group of known bad inputs stops such \
requests, and that of anonymous addresses most of those who send \
them, before any application sees them.")
            .references(&[cwe("CWE-917"), page("https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html")])
            .rules(&[policy(&["aws_apigatewayv2_api", "aws_api_gateway_stage"], &any(&[
        all(&[only(&[Text("aws_apigatewayv2_api"), Text("aws_api_gateway_stage")]), unconnected(&["aws_apigatewayv2_api", "aws_api_gateway_stage"], &["aws_wafv2_web_acl_association"])]),
        all(&[only(&[Text("aws_apigatewayv2_api"), Text("aws_api_gateway_stage")]), connected(&["aws_apigatewayv2_api", "aws_api_gateway_stage"], &["aws_wafv2_web_acl_association"]), connected(&["aws_wafv2_web_acl"], &["aws_wafv2_web_acl_association"]),
            on(&["aws_wafv2_web_acl"], "rule.*.statement.managed_rule_group_statement.name").contains("AWSManagedRulesAnonymousIpList"),
            on(&["aws_wafv2_web_acl"], "rule.*.statement.managed_rule_group_statement.name").contains("AWSManagedRulesKnownBadInputsRuleSet")])]))
                .fix("add the managed rule groups `AWSManagedRulesKnownBadInputsRuleSet` and `AWSManagedRulesAnonymousIpList` to the web ACL")
                .snippet("statement {\n  managed_rule_group_statement {\n    name        = \"AWSManagedRulesKnownBadInputsRuleSet\"\n    vendor_name = \"AWS\"\n  }\n}\n")
                .example(include_str!("CKV2_AWS_77.tf"))]),
];
