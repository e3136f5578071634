//! CloudFront.

use crate::policy::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
check("CKV2_AWS_32", "the distribution sends security headers")
            .problem("the distribution has no policy for response headers")
            .severity(Low)
            .why("Without headers such as `Strict-Transport-Security` and `Content- \
Security-Policy` a browser may be led back to plain HTTP or into a \
frame of another site.")
            .references(&[cwe("CWE-693"), page("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html")])
            .rules(&[policy(&["aws_cloudfront_distribution"], &all(&[only(&[Text("aws_cloudfront_distribution")]), connected(&["aws_cloudfront_distribution"], &["aws_cloudfront_response_headers_policy", "data.aws_cloudfront_response_headers_policy"])]))
                .fix("set `response_headers_policy_id` in each cache behavior")
                .snippet("response_headers_policy_id = aws_cloudfront_response_headers_policy.strict.id\n")
                .example(include_str!("CKV2_AWS_32.tf"))]),
check("CKV2_AWS_42", "the distribution has a certificate of its own")
            .problem("the distribution shows the default certificate")
            .severity(Low)
            .why("With the default certificate the site is reached under \
`cloudfront.net`, and TLS cannot be held to a version of one's \
choice.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html#cloudfront-7")])
            .rules(&[policy(&["aws_cloudfront_distribution"], &any(&[on(&["aws_cloudfront_distribution"], "viewer_certificate.iam_certificate_id").exists(), on(&["aws_cloudfront_distribution"], "viewer_certificate.acm_certificate_arn").exists()]))
                .fix("set `acm_certificate_arn` in `viewer_certificate`")
                .snippet("viewer_certificate {\n  acm_certificate_arn      = aws_acm_certificate.site.arn\n  minimum_protocol_version = \"TLSv1.2_2021\"\n  ssl_support_method       = \"sni-only\"\n}\n")
                .example(include_str!("CKV2_AWS_42.tf"))]),
check("CKV2_AWS_46", "the bucket is reached through the distribution alone")
            .problem("the bucket behind the distribution is open to others")
            .severity(Medium)
            .why("Where the bucket answers everyone, whoever knows its name goes \
round the distribution, its web ACL and its logs.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html#cloudfront-13")])
            .rules(&[policy(&["aws_cloudfront_distribution"], &any(&[all(&[only(&[Text("aws_cloudfront_distribution")]), unconnected(&["aws_cloudfront_distribution"], &["aws_s3_bucket"])]), on(&["aws_cloudfront_distribution"], "origin.*.s3_origin_config").exists(), on(&["aws_cloudfront_distribution"], "origin.*.origin_access_control_id").exists()]))
                .fix("set `origin_access_control_id` on the origin")
                .snippet("origin_access_control_id = aws_cloudfront_origin_access_control.site.id\n")
                .example(include_str!("CKV2_AWS_46.tf"))]),
check("CKV2_AWS_47", "the distribution's web ACL stops attacks on Log4j")
            .problem("the distribution's web ACL lets attacks on Log4j through")
            .severity(High)
            .why("A request that carries a lookup string makes a vulnerable Log4j \
fetch and run code. The group of known bad inputs stops such \
requests, and that of anonymous addresses most of those who send \
them, before any application sees them.")
            .references(&[cwe("CWE-917"), page("https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html")])
            .rules(&[policy(&["aws_cloudfront_distribution"], &all(&[only(&[Text("aws_cloudfront_distribution")]), connected(&["aws_cloudfront_distribution"], &["aws_wafv2_web_acl"]), on(&["aws_wafv2_web_acl"], "rule.*.statement.managed_rule_group_statement.name").contains("AWSManagedRulesAnonymousIpList"), on(&["aws_wafv2_web_acl"], "rule.*.statement.managed_rule_group_statement.name").contains("AWSManagedRulesKnownBadInputsRuleSet")]))
                .fix("add the managed rule groups `AWSManagedRulesKnownBadInputsRuleSet` and `AWSManagedRulesAnonymousIpList` to the web ACL")
                .snippet("statement {\n  managed_rule_group_statement {\n    name        = \"AWSManagedRulesKnownBadInputsRuleSet\"\n    vendor_name = \"AWS\"\n  }\n}\n")
                .example(include_str!("CKV2_AWS_47.tf"))]),
check("CKV2_AWS_54", "the distribution speaks no SSL to its origins")
            .problem("the distribution speaks SSL 3 to an origin")
            .severity(Medium)
            .why("SSL 3 is broken since POODLE: whoever sits between CloudFront and \
the origin can read what is sent.")
            .references(&[cwe("CWE-326"), page("https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html#cloudfront-10")])
            .rules(&[policy(&["aws_cloudfront_distribution"], &on(&["aws_cloudfront_distribution"], "origin.*.custom_origin_config.origin_ssl_protocols").lacks("SSLv3"))
                .fix("set `origin_ssl_protocols = [\"TLSv1.2\"]`")
                .snippet("origin_ssl_protocols = [\"TLSv1.2\"]\n")
                .example(include_str!("CKV2_AWS_54.tf"))]),
check("CKV2_AWS_72", "origins are asked over HTTPS alone")
            .problem("an origin is asked over HTTP")
            .severity(Medium)
            .why("The viewer sees a padlock while CloudFront fetches the page in the \
clear.")
            .references(&[cwe("CWE-319"), page("https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html#cloudfront-9")])
            .rules(&[policy(&["aws_cloudfront_distribution"], &any(&[on(&["aws_cloudfront_distribution"], "enabled").equals(Text("false")), on(&["aws_cloudfront_distribution"], "origin.*.custom_origin_config").is_missing(),
  all(&[on(&["aws_cloudfront_distribution"], "origin[?(@.custom_origin_config.origin_protocol_policy != 'https-only')].domain_name").json_path().lacks(".mediastore."), on(&["aws_cloudfront_distribution"], "origin[?(@.custom_origin_config.origin_protocol_policy != 'https-only')].domain_name").json_path().lacks(".mediapackage."), on(&["aws_cloudfront_distribution"], "origin[?(@.custom_origin_config.origin_protocol_policy != 'https-only')].domain_name").json_path().lacks(".elb.")])]))
                .fix("set `origin_protocol_policy = \"https-only\"`")
                .snippet("origin_protocol_policy = \"https-only\"\n")
                .example(include_str!("CKV2_AWS_72.tf"))]),
];
