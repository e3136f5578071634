//! CloudFront.

use bastide_terraform::Resource;
use bastide_value::Value;

use crate::condition::undecided;
use crate::prelude::*;

use super::encryption::in_transit;

const DISTRIBUTION: &[&str] = &["aws_cloudfront_distribution"];

const NOT_PLAIN: Condition = key("viewer_protocol_policy").none_of(&[Text("allow-all")]);

pub(crate) const CHECKS: &[Check] = &[
    in_transit("CKV_AWS_34", "viewers reach the distribution by HTTPS", "viewers reach the distribution without TLS")
        .references(&[security_hub("CloudFront.3")])
        .rules(&[on(DISTRIBUTION, all_of(&[
                each("default_cache_behavior", &NOT_PLAIN),
                each("ordered_cache_behavior", &NOT_PLAIN),
            ]))
            .fix("set `viewer_protocol_policy = \"redirect-to-https\"` in every behaviour")
            .snippet("viewer_protocol_policy = \"redirect-to-https\"\n")
            .example(include_str!("CKV_AWS_34.tf"))]),
    check("CKV_AWS_68", "the distribution has a firewall")
        .problem("the distribution has no firewall")
        .severity(Medium)
        .why("Attacks on web applications that are known and easily told apart \
             reach the application.")
        .references(&[security_hub("CloudFront.6")])
        .rules(&[on(DISTRIBUTION, key("web_acl_id").given())
            .fix("set `web_acl_id` to the ARN of a web ACL")
            .snippet("web_acl_id = aws_wafv2_web_acl.front.arn\n")
            .example(include_str!("CKV_AWS_68.tf"))]),
    check("CKV_AWS_86", "the distribution logs requests")
        .problem("the distribution does not log requests")
        .severity(Medium)
        .why("After an attack nobody can tell who sent what, and when it began.")
        .references(&[security_hub("CloudFront.5")])
        .rules(&[on(DISTRIBUTION, key("logging_config.bucket").given())
            .fix("add `logging_config` with a bucket")
            .snippet("logging_config {\n  bucket = aws_s3_bucket.logs.bucket_domain_name\n}\n")
            .example(include_str!("CKV_AWS_86.tf"))]),
    in_transit("CKV_AWS_174", "viewers must speak TLS 1.2", "viewers may speak old versions of TLS")
        .severity(Medium)
        .references(&[page("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html")])
        .rules(&[on(DISTRIBUTION, all_of(&[
                key("viewer_certificate.minimum_protocol_version").one_of(&[
                    Text("TLSv1.2_2018"), Text("TLSv1.2_2019"), Text("TLSv1.2_2021"), Text("TLSv1.2_2025"), Text("TLSv1.3_2025"),
                ]),
                key("viewer_certificate.cloudfront_default_certificate").not_enabled(),
            ]))
            .fix("set `minimum_protocol_version = \"TLSv1.2_2021\"` in \
             `viewer_certificate`, with a certificate of your own")
            .snippet("viewer_certificate {\n  acm_certificate_arn      = \
             aws_acm_certificate.front.arn\n  ssl_support_method       = \"sni-only\"\n  \
             minimum_protocol_version = \"TLSv1.2_2021\"\n}\n")
            .example(include_str!("CKV_AWS_174.tf"))]),
    check("CKV_AWS_216", "the distribution is enabled")
        .problem("the distribution is disabled")
        .severity(Low)
        .why("A distribution that serves nothing still is there to be taken over, \
             and to be paid for.")
        .references(&[page("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-web-values-specify.html")])
        .rules(&[on(DISTRIBUTION, key("enabled").enabled())
            .fix("set `enabled = true`, or remove the distribution")
            .snippet("enabled = true\n")
            .example(include_str!("CKV_AWS_216.tf"))]),
    check("CKV_AWS_259", "the headers keep browsers on HTTPS for a year")
        .problem("the headers do not keep browsers on HTTPS for a year")
        .severity(Medium)
        .why("A browser that was not told to stay on HTTPS can be led to a plain \
             page by whoever sits on the path.")
        .references(&[page("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-response-headers.html")])
        .rules(&[on(&["aws_cloudfront_response_headers_policy"], all_of(&[
                key("security_headers_config.strict_transport_security.access_control_max_age_sec").at_least(31_536_000),
                presumed(&key("security_headers_config.strict_transport_security.include_subdomains").enabled()),
                presumed(&key("security_headers_config.strict_transport_security.preload").enabled()),
                presumed(&key("security_headers_config.strict_transport_security.override").enabled()),
            ]))
            .fix("add `strict_transport_security` with all its switches on and an age \
             of a year")
            .snippet("security_headers_config {\n  strict_transport_security {\n    \
             access_control_max_age_sec = 31536000\n    include_subdomains         = \
             true\n    preload                    = true\n    override                   \
             = true\n  }\n}\n")
            .example(include_str!("CKV_AWS_259.tf"))]),
    check("CKV_AWS_305", "the distribution has a page for its root")
        .problem("the distribution has no page for its root")
        .severity(Low)
        .why("A request for the root may then list what is in the bucket.")
        .references(&[security_hub("CloudFront.1")])
        .rules(&[on(DISTRIBUTION, key("default_root_object").given())
            .fix("set `default_root_object`")
            .snippet("default_root_object = \"index.html\"\n")
            .example(include_str!("CKV_AWS_305.tf"))]),
    check("CKV_AWS_310", "the distribution has a second origin to go to")
        .problem("the distribution has no second origin to go to")
        .severity(Low)
        .why("When the origin fails, so does everything that is delivered from it.")
        .references(&[security_hub("CloudFront.4"), page("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html")])
        .rules(&[terraform(DISTRIBUTION, Test::Resource(has_failover))
            .fix("add an `origin_group` with `failover_criteria` and two `member`s")
            .snippet("origin_group {\n  origin_id = \"app\"\n  failover_criteria {\n    status_codes = [500, 502, 503, 504]\n  }\n  member {\n    origin_id = \"first\"\n  }\n  member {\n    origin_id = \"second\"\n  }\n}\n")
            .example(include_str!("CKV_AWS_310.tf"))]),
    check("CKV_AWS_374", "the distribution is limited to some countries")
        .problem("the distribution serves every country")
        .severity(Low)
        .why("Where nobody is served on purpose, only attacks come from.")
        .references(&[page("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/georestrictions.html")])
        .rules(&[on(DISTRIBUTION, key("restrictions.geo_restriction.restriction_type").none_of(&[Text("none")]))
            .fix("set `restriction_type = \"whitelist\"` and list the countries in \
             `locations`")
            .snippet("restrictions {\n  geo_restriction {\n    restriction_type = \
             \"whitelist\"\n    locations        = [\"DE\"]\n  }\n}\n")
            .example(include_str!("CKV_AWS_374.tf"))]),
];

/// There are groups of origins, and each has criteria and two members.
fn has_failover(distribution: &Resource<'_>) -> Outcome {
    let groups = distribution.get("origin_group");
    if let Some(node) = groups.filter(|node| node.value.as_unknown().is_some()) {
        return undecided(node, false);
    }
    let groups = groups
        .and_then(|node| node.value.as_list())
        .unwrap_or_default();
    if groups.is_empty() {
        return Outcome::fail(distribution.header(), "there is no `origin_group`");
    }
    let is_short = |group: &&bastide_value::Node<'_>| {
        let criteria = group.get("failover_criteria");
        let members = match group.get("member").map(|node| node.value) {
            Some(Value::Blocks(members) | Value::List(members)) => members.len(),
            Some(Value::Unknown(_)) => 2,
            _ => 0,
        };
        criteria.is_none_or(|node| node.value.is_falsy()) || members < 2
    };
    match groups.iter().find(is_short) {
        Some(group) => Outcome::fail(group.span, "this group has no second member to go to"),
        None => Outcome::Pass,
    }
}
