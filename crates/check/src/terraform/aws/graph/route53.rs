//! Route 53.

use crate::policy::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
check("CKV2_AWS_23", "the name leads to something that is there")
            .problem("the name may lead to nothing")
            .severity(Medium)
            .why("A name that points to what was removed serves whoever gets that \
address next.")
            .references(&[cwe("CWE-350"), page("https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/rrsets-working-with.html")])
            .rules(&[policy(&["aws_route53_record"], &all(&[only(&[Text("aws_route53_record")]), Clause::Filter(Filter { attribute: "type", within: Text("A") }),
  any(&[on(&["aws_route53_record"], "alias.name").contains("module"), on(&["aws_route53_record"], "alias.name").contains("data."), on(&["aws_route53_record"], "alias.name").contains("var."),
    connected(&["aws_route53_record"], &["aws_instance", "aws_eip", "aws_elb", "aws_lb", "aws_alb", "aws_route53_record", "aws_s3_bucket", "aws_api_gateway_domain_name", "aws_elastic_beanstalk_environment", "aws_vpc_endpoint", "aws_globalaccelerator_accelerator", "aws_cloudfront_distribution", "aws_db_instance", "aws_apigatewayv2_domain_name", "aws_lightsail_instance", "aws_lightsail_static_ip"])])]))
                .fix("refer to the resource that it leads to, or remove it")
                .snippet("records = [aws_eip.app.public_ip]\n")
                .example(include_str!("CKV2_AWS_23.tf"))]),
check("CKV2_AWS_38", "the zone is signed")
            .problem("the zone is not signed")
            .severity(Low)
            .why("Whoever forges an answer of an unsigned zone leads its visitors \
elsewhere.")
            .references(&[cwe("CWE-345"), page("https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec.html")])
            .rules(&[policy(&["aws_route53_zone"], &any(&[all(&[on(&["aws_route53_zone"], "vpc").exists(), on(&["aws_route53_zone"], "vpc").differs_from(List(&[]))]), all(&[only(&[Text("aws_route53_zone")]), connected(&["aws_route53_zone"], &["aws_route53_hosted_zone_dnssec", "aws_route53_key_signing_key", "aws_route53_zone_association"])])]))
                .fix("add an `aws_route53_hosted_zone_dnssec`")
                .snippet("resource \"aws_route53_hosted_zone_dnssec\" \"main\" {\n  hosted_zone_id = aws_route53_zone.main.id\n}\n")
                .example(include_str!("CKV2_AWS_38.tf"))]),
check("CKV2_AWS_39", "what is asked of the zone is logged")
            .problem("what is asked of the zone is not logged")
            .severity(Low)
            .why("The log shows which names are looked for, and by whom: the first \
trace of malware and of a scan.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/route53-controls.html#route53-2"), cwe("CWE-778")])
            .rules(&[policy(&["aws_route53_zone"], &any(&[on(&["aws_route53_zone"], "vpc").exists(), all(&[only(&[Text("aws_route53_zone")]), connected(&["aws_route53_zone"], &["aws_route53_query_log"])])]))
                .fix("add an `aws_route53_query_log`")
                .snippet("resource \"aws_route53_query_log\" \"main\" {\n  zone_id = aws_route53_zone.main.zone_id\n}\n")
                .example(include_str!("CKV2_AWS_39.tf"))]),
];
