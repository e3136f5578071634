//! `edge.tf` and `login.tf`: the one way in from outside, and who may take it.

use crate::cloud::{Cloud, Domain, Login, Site};
use crate::hcl::{Block, File, Value, block, call, data, list, object, r, resource, t, x};
use crate::logs::log_group;
use crate::network::{ingress, security_group, subnets, vpc};
use crate::policy::{allow, policy};

/// TLS 1.3, and 1.2 with forward secrecy.
const TLS: &str = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/// Groups of rules that AWS keeps, in the order in which they are asked.
const GROUPS: [(&str, &[&str]); 5] = [
    ("AWSManagedRulesAmazonIpReputationList", &[]),
    ("AWSManagedRulesAnonymousIpList", &[]),
    ("AWSManagedRulesKnownBadInputsRuleSet", &[]),
    // A prompt is long, and may speak of SQL, HTML or paths: these only count.
    (
        "AWSManagedRulesCommonRuleSet",
        &[
            "SizeRestrictions_BODY",
            "CrossSiteScripting_BODY",
            "GenericLFI_BODY",
            "GenericRFI_BODY",
            "EC2MetaDataSSRF_BODY",
        ],
    ),
    (
        "AWSManagedRulesSQLiRuleSet",
        &["SQLi_BODY", "SQLiExtendedPatterns_Body"],
    ),
];

pub(crate) fn file(cloud: &Cloud) -> File {
    let mut file = File::new();
    let (Some(domain), true) = (&cloud.domain, cloud.has_edge()) else {
        return file;
    };
    file.extend(zone(cloud, domain));
    file.extend(certificate(cloud, domain));
    file.extend(groups(cloud));
    file.push(balancer(cloud));
    file.extend(listeners());
    for (index, site) in cloud.sites.iter().enumerate() {
        file.extend(rule(cloud, domain, site, index));
    }
    if cloud.production() {
        file.extend(firewall(cloud));
    }
    if cloud.shield_advanced {
        file.push(
            resource("aws_shield_protection", "edge")
                .set("name", t("${local.name}-edge"))
                .set("resource_arn", r("aws_lb.edge.arn")),
        );
    }
    file
}

fn host(domain: &Domain, site: &Site) -> String {
    format!("{}.{}", site.name, domain.name)
}

fn zone(cloud: &Cloud, domain: &Domain) -> Vec<Block> {
    let locals = |id: &str| block("locals").set("zone", r(id));
    if domain.zone_exists {
        return vec![
            data("aws_route53_zone", "this")
                .set("name", &domain.name)
                .set("private_zone", false),
            locals("data.aws_route53_zone.this.zone_id"),
        ];
    }
    let mut blocks = vec![
        resource("aws_route53_zone", "this")
            .comment("Its name servers are an output: the parent domain has to point to them.")
            .set("name", &domain.name),
        locals("aws_route53_zone.this.zone_id"),
    ];
    if cloud.production() {
        blocks.extend(queries());
        blocks.extend(signed_answers());
    }
    blocks
}

/// Route 53 writes its log in one region only.
const DNS_REGION: &str = "us-east-1";

fn dns_key(
    label: &str,
    what: &str,
    spec: Option<&str>,
    statement: crate::policy::Statement,
) -> Block {
    let owner = allow(["kms:*"])
        .aws(t("arn:${local.partition}:iam::${local.account}:root"))
        .on(["*"]);
    let key = resource("aws_kms_key", label)
        .set("region", DNS_REGION)
        .set("description", t(format!("{what} of ${{local.name}}")));
    let key = match spec {
        Some(spec) => key
            .set("customer_master_key_spec", spec)
            .set("key_usage", "SIGN_VERIFY")
            .skip(
                "CKV_AWS_7",
                "asymmetric keys cannot be rotated by KMS; DNSSEC rolls its zone key by itself",
            ),
        None => key.set("enable_key_rotation", true),
    };
    key.set("deletion_window_in_days", 30)
        .set("policy", policy([owner, statement]))
}

fn queries() -> Vec<Block> {
    vec![
        dns_key(
            "queries",
            "log of DNS queries",
            None,
            allow(["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:DescribeKey", "kms:ReEncrypt*"])
                .service("logs.us-east-1.amazonaws.com")
                .on(["*"])
                .when(
                    "ArnLike",
                    "kms:EncryptionContext:aws:logs:arn",
                    t("arn:${local.partition}:logs:us-east-1:${local.account}:log-group:/aws/route53/*"),
                ),
        ),
        resource("aws_cloudwatch_log_group", "queries")
            .set("region", DNS_REGION)
            .set("name", t("/aws/route53/${local.name}"))
            .set("kms_key_id", r("aws_kms_key.queries.arn"))
            .set("retention_in_days", r("var.log_retention_days")),
        resource("aws_cloudwatch_log_resource_policy", "queries")
            .set("region", DNS_REGION)
            .set("policy_name", t("${local.name}-route53"))
            .set(
                "policy_document",
                policy([allow(["logs:CreateLogStream", "logs:PutLogEvents"])
                    .service("route53.amazonaws.com")
                    .on([t("${aws_cloudwatch_log_group.queries.arn}:*")])
                    .of_this_account()]),
            ),
        resource("aws_route53_query_log", "this")
            .set("zone_id", r("aws_route53_zone.this.zone_id"))
            .set("cloudwatch_log_group_arn", r("aws_cloudwatch_log_group.queries.arn"))
            .set("depends_on", list([r("aws_cloudwatch_log_resource_policy.queries")])),
    ]
}

/// DNSSEC.
fn signed_answers() -> Vec<Block> {
    vec![
        dns_key(
            "dnssec",
            "signatures of DNS",
            Some("ECC_NIST_P256"),
            allow([
                "kms:DescribeKey",
                "kms:GetPublicKey",
                "kms:Sign",
                "kms:CreateGrant",
            ])
            .service("dnssec-route53.amazonaws.com")
            .on(["*"])
            .of_this_account(),
        ),
        resource("aws_route53_key_signing_key", "this")
            .set("hosted_zone_id", r("aws_route53_zone.this.zone_id"))
            .set("key_management_service_arn", r("aws_kms_key.dnssec.arn"))
            .set("name", "signing"),
        resource("aws_route53_hosted_zone_dnssec", "this").set(
            "hosted_zone_id",
            r("aws_route53_key_signing_key.this.hosted_zone_id"),
        ),
    ]
}

fn certificate(cloud: &Cloud, domain: &Domain) -> [Block; 3] {
    let hosts: Vec<String> = cloud.sites.iter().map(|it| host(domain, it)).collect();
    [
        resource("aws_acm_certificate", "edge")
            .comment("For these hosts, not for whatever may come.")
            .set("domain_name", &domain.name)
            .set("subject_alternative_names", hosts)
            .set("validation_method", "DNS")
            .with(block("lifecycle").set("create_before_destroy", true)),
        resource("aws_route53_record", "validation")
            .set(
                "for_each",
                x("{ for it in aws_acm_certificate.edge.domain_validation_options : it.domain_name => it }"),
            )
            .set("zone_id", r("local.zone"))
            .set("name", r("each.value.resource_record_name"))
            .set("type", r("each.value.resource_record_type"))
            .set("records", [r("each.value.resource_record_value")])
            .set("ttl", 300)
            .set("allow_overwrite", true),
        resource("aws_acm_certificate_validation", "edge")
            .set("certificate_arn", r("aws_acm_certificate.edge.arn"))
            .set("validation_record_fqdns", x("[for it in aws_route53_record.validation : it.fqdn]")),
    ]
}

fn groups(cloud: &Cloud) -> Vec<Block> {
    let mut blocks = vec![security_group("edge", "edge", "The load balancer")];
    for (label, port, what) in [
        ("edge_https", 443, "HTTPS from clients"),
        ("edge_http", 80, "HTTP from clients, to be sent to HTTPS"),
    ] {
        blocks.push(
            ingress(label, "edge", what, port, ("cidr_ipv4", r("each.key")))
                .set("for_each", call("toset", [r("var.client_cidrs")])),
        );
    }
    blocks.push(
        resource("aws_vpc_security_group_egress_rule", "edge_login")
            .set("security_group_id", r("aws_security_group.edge.id"))
            .set("description", "The provider of logins, over HTTPS")
            .set("ip_protocol", "tcp")
            .set("from_port", 443)
            .set("to_port", 443)
            .set("cidr_ipv4", "0.0.0.0/0"),
    );
    let mut ports: Vec<u16> = cloud.sites.iter().map(|it| it.port).collect();
    ports.sort_unstable();
    ports.dedup();
    let ports = call("toset", [list(ports.iter().map(u16::to_string))]);
    blocks.push(
        resource("aws_vpc_security_group_egress_rule", "edge_pods")
            .set("for_each", ports.clone())
            .set("security_group_id", r("aws_security_group.edge.id"))
            .set("description", "Pods")
            .set("ip_protocol", "tcp")
            .set("from_port", r("each.key"))
            .set("to_port", r("each.key"))
            .set(
                "referenced_security_group_id",
                r("local.cluster_security_group"),
            ),
    );
    blocks.push(
        resource("aws_vpc_security_group_ingress_rule", "pods_edge")
            .set("for_each", ports)
            .set("security_group_id", r("local.cluster_security_group"))
            .set("description", "The load balancer")
            .set("ip_protocol", "tcp")
            .set("from_port", r("each.key"))
            .set("to_port", r("each.key"))
            .set(
                "referenced_security_group_id",
                r("aws_security_group.edge.id"),
            ),
    );
    blocks
}

fn balancer(cloud: &Cloud) -> Block {
    let balancer = resource("aws_lb", "edge")
        .set("name", t("${local.name}-edge"))
        .set("load_balancer_type", "application")
        .set("internal", !cloud.edge.public)
        .set("subnets", subnets("public"))
        .set("security_groups", [r("aws_security_group.edge.id")])
        .set("drop_invalid_header_fields", true)
        .set("desync_mitigation_mode", "strictest")
        .set("enable_deletion_protection", cloud.production())
        .explain(
            "Answers of models come slowly, a word at a time.",
            "idle_timeout",
            600,
        );
    if !cloud.production() {
        return balancer;
    }
    balancer
        .set("depends_on", list([r("aws_s3_bucket_policy.logs")]))
        .with(
            block("access_logs")
                .set("bucket", r("aws_s3_bucket.logs.id"))
                .set("prefix", "load-balancer")
                .set("enabled", true),
        )
}

fn listeners() -> [Block; 2] {
    [
        resource("aws_lb_listener", "http")
            .set("load_balancer_arn", r("aws_lb.edge.arn"))
            .set("port", 80)
            .set("protocol", "HTTP")
            .with(
                block("default_action").set("type", "redirect").with(
                    block("redirect")
                        .set("protocol", "HTTPS")
                        .set("port", "443")
                        .set("status_code", "HTTP_301"),
                ),
            ),
        resource("aws_lb_listener", "https")
            .comment("A host that nobody asked for gets no answer of the platform.")
            .set("load_balancer_arn", r("aws_lb.edge.arn"))
            .set("port", 443)
            .set("protocol", "HTTPS")
            .set("ssl_policy", TLS)
            .set(
                "certificate_arn",
                r("aws_acm_certificate_validation.edge.certificate_arn"),
            )
            .set("routing_http_response_server_enabled", false)
            .set(
                "routing_http_response_strict_transport_security_header_value",
                "max-age=31536000; includeSubDomains",
            )
            .set(
                "routing_http_response_x_content_type_options_header_value",
                "nosniff",
            )
            .with(
                block("default_action").set("type", "fixed-response").with(
                    block("fixed_response")
                        .set("content_type", "text/plain")
                        .set("status_code", "404"),
                ),
            ),
    ]
}

/// A host: its pods, who may reach them, and its name.
fn rule(cloud: &Cloud, domain: &Domain, site: &Site, index: usize) -> [Block; 3] {
    let label = site.name.label();
    let priority = u32::try_from(index)
        .unwrap_or(u32::MAX)
        .saturating_mul(10)
        .saturating_add(10);
    let forward = block("action")
        .set("type", "forward")
        .set("order", if site.machine { 1 } else { 2 })
        .set(
            "target_group_arn",
            r(format!("aws_lb_target_group.{label}.arn")),
        );
    let host = host(domain, site);
    let mut rule = resource("aws_lb_listener_rule", &label)
        .set("listener_arn", r("aws_lb_listener.https.arn"))
        .set("priority", priority)
        .with(block("condition").with(block("host_header").set("values", [host.as_str()])));
    rule = if site.machine {
        rule.comment("Programs show a key; the platform checks it.")
            .with(forward)
    } else {
        rule.with(authenticate(&cloud.login)).with(forward)
    };
    [
        resource("aws_lb_target_group", &label)
            .skip(
                "CKV_AWS_378",
                "TLS ends here; what follows stays in the network, where only the load balancer reaches these pods",
            )
            .set("name", t(format!("${{local.name}}-{}", site.name)))
            .set("vpc_id", vpc())
            .set("target_type", "ip")
            .set("protocol", "HTTP")
            .set("port", u32::from(site.port))
            .set("deregistration_delay", 60)
            .explain("Whose pods EKS may enter.", "tags", object([("eks:eks-cluster-name", r("local.cluster"))]))
            .with(
                block("health_check")
                    .set("path", site.health.as_deref().unwrap_or("/"))
                    .set("matcher", if site.health.is_some() { "200-299" } else { "200-499" })
                    .set("interval", 15)
                    .set("healthy_threshold", 2)
                    .set("unhealthy_threshold", 3),
            ),
        rule,
        resource("aws_route53_record", &label)
            .set("zone_id", r("local.zone"))
            .set("name", host)
            .set("type", "A")
            .with(
                block("alias")
                    .set("name", r("aws_lb.edge.dns_name"))
                    .set("zone_id", r("aws_lb.edge.zone_id"))
                    .set("evaluate_target_health", true),
            ),
    ]
}

fn authenticate(login: &Login) -> Block {
    let action = block("action");
    match login {
        Login::Cognito => action
            .set("type", "authenticate-cognito")
            .set("order", 1)
            .with(
                block("authenticate_cognito")
                    .set("user_pool_arn", r("aws_cognito_user_pool.this.arn"))
                    .set(
                        "user_pool_client_id",
                        r("aws_cognito_user_pool_client.edge.id"),
                    )
                    .set(
                        "user_pool_domain",
                        r("aws_cognito_user_pool_domain.this.domain"),
                    )
                    .set("scope", "openid email")
                    .set("session_timeout", 28_800)
                    .set("on_unauthenticated_request", "authenticate"),
            ),
        Login::Oidc {
            issuer,
            authorization,
            token,
            user_info,
            client,
        } => action
            .set("type", "authenticate-oidc")
            .set("order", 1)
            .with(
                block("authenticate_oidc")
                    .set("issuer", issuer)
                    .set("authorization_endpoint", authorization)
                    .set("token_endpoint", token)
                    .set("user_info_endpoint", user_info)
                    .set("client_id", client)
                    .set("client_secret", r("var.oidc_client_secret"))
                    .set("scope", "openid email")
                    .set("session_timeout", 28_800)
                    .set("on_unauthenticated_request", "authenticate"),
            ),
    }
}

/// `login.tf`.
pub(crate) fn login(cloud: &Cloud) -> File {
    let mut file = File::new();
    let Some(domain) = &cloud.domain else {
        return file;
    };
    if !cloud.has_edge() || cloud.login != Login::Cognito || cloud.sites.iter().all(|it| it.machine)
    {
        return file;
    }
    let hosts = cloud.sites.iter().filter(|it| !it.machine);
    let callbacks: Vec<String> = hosts
        .map(|it| format!("https://{}/oauth2/idpresponse", host(domain, it)))
        .collect();
    file.push(
        resource("aws_cognito_user_pool", "this")
            .comment("Nobody signs up by themselves, and a password alone lets nobody in.")
            .set("name", r("local.name"))
            .set(
                "deletion_protection",
                if cloud.production() {
                    "ACTIVE"
                } else {
                    "INACTIVE"
                },
            )
            .set("mfa_configuration", "ON")
            .set("username_attributes", ["email"])
            .set("auto_verified_attributes", ["email"])
            .with(block("software_token_mfa_configuration").set("enabled", true))
            .with(block("admin_create_user_config").set("allow_admin_create_user_only", true))
            .with(
                block("password_policy")
                    .set("minimum_length", 14)
                    .set("require_lowercase", true)
                    .set("require_uppercase", true)
                    .set("require_numbers", true)
                    .set("require_symbols", true)
                    .set("temporary_password_validity_days", 1),
            )
            .with(
                block("account_recovery_setting").with(
                    block("recovery_mechanism")
                        .set("name", "verified_email")
                        .set("priority", 1),
                ),
            ),
    );
    file.push(
        resource("aws_cognito_user_pool_client", "edge")
            .set("name", "edge")
            .set("user_pool_id", r("aws_cognito_user_pool.this.id"))
            .explain(
                "AWS makes it for the load balancer alone.",
                "generate_secret",
                true,
            )
            .set("allowed_oauth_flows_user_pool_client", true)
            .set("allowed_oauth_flows", ["code"])
            .set("allowed_oauth_scopes", ["openid", "email"])
            .set("supported_identity_providers", ["COGNITO"])
            .set("prevent_user_existence_errors", "ENABLED")
            .set("enable_token_revocation", true)
            .set("callback_urls", callbacks),
    );
    file.push(
        resource("aws_cognito_user_pool_domain", "this")
            .set("domain", t("${local.name}-${local.account}"))
            .set("user_pool_id", r("aws_cognito_user_pool.this.id")),
    );
    file
}

fn firewall(cloud: &Cloud) -> Vec<Block> {
    let mut acl = resource("aws_wafv2_web_acl", "edge")
        .set("name", t("${local.name}-edge"))
        .set("description", "What comes in from outside")
        .set("scope", "REGIONAL")
        .with(block("default_action").with(block("allow")))
        .with(visibility("edge"));
    for (index, (group, counted)) in GROUPS.iter().enumerate() {
        let priority = u32::try_from(index).unwrap_or(u32::MAX);
        let overrides = counted.iter().map(|name| {
            block("rule_action_override")
                .set("name", *name)
                .with(block("action_to_use").with(block("count")))
        });
        let name = group.trim_start_matches("AWSManagedRules");
        let mut rule = block("rule")
            .set("name", name)
            .set("priority", priority)
            .with(block("override_action").with(block("none")));
        if !counted.is_empty() {
            rule = rule.comment("A prompt is long, and may speak of SQL, HTML or paths: rules on bodies only count.");
        }
        acl = acl.with(
            rule.with(
                block("statement").with(
                    block("managed_rule_group_statement")
                        .set("vendor_name", "AWS")
                        .set("name", *group)
                        .with_all(overrides),
                ),
            )
            .with(visibility(name)),
        );
    }
    acl = acl.with(
        block("rule")
            .comment("For each client, in five minutes.")
            .set("name", "RateLimit")
            .set("priority", 10)
            .with(block("action").with(block("block")))
            .with(
                block("statement").with(
                    block("rate_based_statement")
                        .set("limit", r("var.requests_per_client"))
                        .set("evaluation_window_sec", 300)
                        .set("aggregate_key_type", "IP"),
                ),
            )
            .with(visibility("RateLimit")),
    );
    let header =
        |name: &str| block("redacted_fields").with(block("single_header").set("name", name));
    vec![
        acl,
        resource("aws_wafv2_web_acl_association", "edge")
            .set("resource_arn", r("aws_lb.edge.arn"))
            .set("web_acl_arn", r("aws_wafv2_web_acl.edge.arn")),
        log_group(cloud, "firewall", t("aws-waf-logs-${local.name}")),
        resource("aws_wafv2_web_acl_logging_configuration", "edge")
            .set("resource_arn", r("aws_wafv2_web_acl.edge.arn"))
            .set(
                "log_destination_configs",
                [r("aws_cloudwatch_log_group.firewall.arn")],
            )
            .with(header("authorization"))
            .with(header("cookie"))
            .with(header("x-api-key")),
    ]
}

fn visibility(metric: &str) -> Block {
    block("visibility_config")
        .set("cloudwatch_metrics_enabled", true)
        .set("sampled_requests_enabled", true)
        .set("metric_name", Value::from(metric))
}
