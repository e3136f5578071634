//! API Gateway.

use bastide_terraform::Resource;
use bastide_value::Value;

use crate::condition::find;
use crate::prelude::*;
use crate::terraform::Neighbours;

use super::encryption::{at_rest, in_transit};
use super::policy_document::{Statement, Unread, statements};

const SETTINGS: &[&str] = &["aws_api_gateway_method_settings"];
const STAGE: &[&str] = &["aws_api_gateway_stage"];

const REPLACED: &str = "Terraform deletes before it creates. Until the new one is there, \
             clients get errors.";

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_AWS_59", "the method asks for credentials")
        .problem("anyone can call the method")
        .severity(Medium)
        .why("Whoever finds the address runs what stands behind it, as often as \
             they like.")
        .references(&[page("https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html")])
        .rules(&[on(&["aws_api_gateway_method"], any_of(&[
                presumed(&key("authorization").none_of(&[Text("NONE")]).and_given()),
                key("api_key_required").none_of(&[Bool(false)]).and_given(),
                key("http_method").one_of(&[Text("OPTIONS")]).or_absent(),
            ]))
            .fix("set `authorization` to `\"AWS_IAM\"`, `\"CUSTOM\"` or \
             `\"COGNITO_USER_POOLS\"`")
            .snippet("authorization = \"AWS_IAM\"\n")
            .example(include_str!("CKV_AWS_59.tf"))]),
    check("CKV_AWS_73", "calls of the API are traced")
        .problem("calls of the API are not traced")
        .severity(Low)
        .why("Without a trace it is hard to tell which call of which service led \
             to an error or a leak.")
        .references(&[security_hub("APIGateway.3")])
        .rules(&[on(STAGE, key("xray_tracing_enabled").enabled())
            .fix("set `xray_tracing_enabled = true`")
            .snippet("xray_tracing_enabled = true\n")
            .example(include_str!("CKV_AWS_73.tf"))]),
    check("CKV_AWS_76", "the API logs requests")
        .problem("the API does not log requests")
        .severity(Medium)
        .why("After an attack nobody can tell who sent what, and when it began.")
        .references(&[security_hub("APIGateway.1"), security_hub("APIGateway.9")])
        .rules(&[on(&["aws_api_gateway_stage", "aws_apigatewayv2_stage"], key("access_log_settings.destination_arn").given())
            .fix("add `access_log_settings` with a log group")
            .snippet("access_log_settings {\n  destination_arn = \
             aws_cloudwatch_log_group.api.arn\n  format          = \
             \"$context.identity.sourceIp $context.requestTime $context.httpMethod \
             $context.path $context.status\"\n}\n")
            .example(include_str!("CKV_AWS_76.tf"))]),
    check("CKV_AWS_120", "the API has a cache")
        .problem("the API has no cache")
        .severity(Low)
        .why("Every request reaches what stands behind the API, a flood of equal \
             ones too.")
        .references(&[CACHE])
        .rules(&[on(STAGE, key("cache_cluster_enabled").enabled())
            .fix("set `cache_cluster_enabled = true`")
            .snippet("cache_cluster_enabled = true\n")
            .example(include_str!("CKV_AWS_120.tf"))]),
    in_transit("CKV_AWS_206", "the domain asks for TLS 1.2", "the domain takes old versions of TLS")
        .severity(Medium)
        .references(&[page("https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html")])
        .rules(&[on(&["aws_api_gateway_domain_name"], key("security_policy").one_of(&[
                Text("TLS_1_2"), Text("SecurityPolicy_TLS12_2018_EDGE"), Text("SecurityPolicy_TLS12_PFS_2025_EDGE"),
                Text("SecurityPolicy_TLS13_1_2_2021_06"), Text("SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09"),
                Text("SecurityPolicy_TLS13_1_2_PQ_2025_09"), Text("SecurityPolicy_TLS13_1_3_2025_09"),
                Text("SecurityPolicy_TLS13_1_3_FIPS_2025_09"), Text("SecurityPolicy_TLS13_2025_EDGE"),
            ]))
            .fix("set `security_policy = \"TLS_1_2\"`")
            .snippet("security_policy = \"TLS_1_2\"\n")
            .example(include_str!("CKV_AWS_206.tf"))]),
    check("CKV_AWS_217", "a new deployment stands before the old one goes")
        .problem("the old deployment goes before the new one stands")
        .severity(Low)
        .why(REPLACED)
        .references(&[LIFECYCLE])
        .rules(&[on(&["aws_api_gateway_deployment"], key("lifecycle.create_before_destroy").enabled())
            .fix("add `lifecycle` with `create_before_destroy = true`")
            .snippet("lifecycle {\n  create_before_destroy = true\n}\n")
            .example(include_str!("CKV_AWS_217.tf"))]),
    check("CKV_AWS_225", "answers of the methods are cached")
        .problem("answers of the methods are not cached")
        .severity(Low)
        .why("Every request reaches what stands behind the API, a flood of equal \
             ones too.")
        .references(&[CACHE])
        .rules(&[on(SETTINGS, key("settings.caching_enabled").enabled())
            .fix("set `caching_enabled = true` in `settings`")
            .snippet("settings {\n  caching_enabled = true\n}\n")
            .example(include_str!("CKV_AWS_225.tf"))]),
    check("CKV_AWS_237", "a new API stands before the old one goes")
        .problem("the old API goes before the new one stands")
        .severity(Low)
        .why(REPLACED)
        .references(&[LIFECYCLE])
        .rules(&[on(&["aws_api_gateway_rest_api"], key("lifecycle.create_before_destroy").enabled())
            .fix("add `lifecycle` with `create_before_destroy = true`")
            .snippet("lifecycle {\n  create_before_destroy = true\n}\n")
            .example(include_str!("CKV_AWS_237.tf"))]),
    check("CKV_AWS_276", "the API does not log the bodies of requests")
        .problem("the API logs whole requests and responses")
        .severity(Medium)
        .why("Passwords, tokens and personal data end up in the log, which more \
             people read than the data.")
        .references(&[cwe("CWE-532"), page("https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html")])
        .rules(&[on(SETTINGS, key("settings.data_trace_enabled").not_enabled())
            .fix("remove `data_trace_enabled = true`")
            .snippet("settings {\n  data_trace_enabled = false\n}\n")
            .example(include_str!("CKV_AWS_276.tf"))]),
    at_rest("CKV_AWS_308", "cached answers are encrypted", "cached answers are not encrypted")
        .severity(Medium)
        .references(&[security_hub("APIGateway.5")])
        .rules(&[on(SETTINGS, any_of(&[
                presumed(&key("settings.cache_data_encrypted").enabled()),
                key("settings.caching_enabled").not_enabled(),
            ]))
            .fix("set `cache_data_encrypted = true` in `settings`")
            .snippet("settings {\n  caching_enabled      = true\n  cache_data_encrypted = \
             true\n}\n")
            .example(include_str!("CKV_AWS_308.tf"))]),
    check("CKV_AWS_309", "the route asks for credentials")
        .problem("anyone can call the route")
        .severity(Medium)
        .why("Whoever finds the address runs what stands behind it, as often as \
             they like.")
        .references(&[security_hub("APIGateway.8")])
        .rules(&[on(&["aws_apigatewayv2_route"], key("authorization_type").one_of(&[Text("AWS_IAM"), Text("CUSTOM"), Text("JWT")]))
            .fix("set `authorization_type` to `\"AWS_IAM\"`, `\"CUSTOM\"` or `\"JWT\"`")
            .snippet("authorization_type = \"AWS_IAM\"\n")
            .example(include_str!("CKV_AWS_309.tf"))]),
    check("CKV2_AWS_70", "nobody without credentials calls the method")
        .problem("everyone calls the method without credentials")
        .severity(High)
        .why("Whoever finds the address calls what stands behind it, at your cost.")
        .references(&[page("https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html")])
        .rules(&[terraform(&["aws_api_gateway_method"], Test::Beside(asks_or_is_guarded))
            .fix("set `authorization`, or let the policy of the API name who may call it")
            .snippet("authorization = \"AWS_IAM\"\n")
            .example(include_str!("CKV2_AWS_70.tf"))]),
];

const CACHE: Reference =
    page("https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html");

const LIFECYCLE: Reference =
    page("https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle");

/// The method `OPTIONS` without credentials is for a private API, or for those whom its policy
/// names. There is nothing to say where the API or its policy cannot be read.
fn asks_or_is_guarded<'a>(method: &Resource<'a>, neighbours: &Neighbours<'_, 'a>) -> Outcome {
    let text = |name: &str| method.get(name).and_then(|node| node.value.as_str());
    let asks_for_key = method
        .get("api_key_required")
        .is_some_and(|node| !node.value.is_falsy());
    let is_open = text("authorization") == Some("NONE") && text("http_method") == Some("OPTIONS");
    if asks_for_key || !is_open {
        return Outcome::Pass;
    }
    let Some(api) = neighbours.named_in(method, "rest_api_id") else {
        return Outcome::NotApplicable;
    };
    let types = find(api.body, "endpoint_configuration.types").map(|node| node.value);
    if let Some(Value::List([only])) = types
        && only.value == Value::String("PRIVATE")
    {
        return Outcome::Pass;
    }
    let policy = match api.get("policy") {
        Some(_) => Some(api),
        None => neighbours.beside(method, "aws_api_gateway_rest_api_policy", "rest_api_id"),
    };
    let Some(policy) = policy else {
        return Outcome::NotApplicable;
    };
    match statements(policy, "policy", Unread::Silent) {
        Ok(statements) if statements.is_empty() => Outcome::NotApplicable,
        Ok(statements) => {
            let calls = |statement: &&Statement| {
                let mut actions = statement.actions();
                let invokes = actions
                    .any(|action| matches!(action, "execute-api:Invoke" | "execute-api:*" | "*"));
                invokes && statement.is_public()
            };
            let mut about_calls = statements.iter().filter(calls);
            let denied = about_calls.clone().any(Statement::denies);
            let open = about_calls.any(|one| one.allows() && !one.has_condition());
            Outcome::require(denied || !open, || {
                Label::new(policy.header(), "this policy lets everyone call the API")
            })
        }
        Err(outcome) => outcome,
    }
}
