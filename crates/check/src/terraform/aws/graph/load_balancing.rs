//! Load balancers, their listeners and targets.

use crate::policy::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
check("CKV2_AWS_15", "groups behind a load balancer take its health checks")
            .problem("a group behind a load balancer does not take its health checks")
            .severity(Low)
            .why("By itself a group replaces only instances that have stopped. One \
whose program hangs stays, and the load balancer counts it out \
without anything taking its place.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#autoscaling-1")])
            .rules(&[policy(&["aws_autoscaling_attachment"], &all(&[only(&[Text("aws_autoscaling_attachment")]),
   on(&["aws_autoscaling_group"], "health_check_type").equals(Text("ELB")),
   connected(&["aws_autoscaling_group"], &["aws_autoscaling_attachment"]),
   any(&[all(&[connected(&["aws_elb"], &["aws_autoscaling_attachment"]), on(&["aws_elb"], "health_check").exists()]),
         all(&[connected(&["aws_lb_target_group"], &["aws_autoscaling_attachment"]), on(&["aws_lb_target_group"], "health_check").exists()])])]))
                .fix("set `health_check_type = \"ELB\"` on the group, and give the load balancer or target group a `health_check`")
                .snippet("health_check_type = \"ELB\"\n")
                .example(include_str!("CKV2_AWS_15.tf"))]),
check("CKV2_AWS_20", "the load balancer redirects HTTP to HTTPS")
            .problem("the load balancer answers over HTTP")
            .severity(Medium)
            .why("What is answered over plain HTTP can be read and changed by anyone \
on the way, session cookies included. A redirect is the only thing \
that port 80 is for.")
            .references(&[cwe("CWE-319"), page("https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-1")])
            .rules(&[policy(&["aws_lb", "aws_alb"], &all(&[only(&[Text("aws_lb"), Text("aws_alb")]), any(&[unconnected(&["aws_lb", "aws_alb"], &["aws_lb_listener", "aws_alb_listener"]),
   all(&[connected(&["aws_lb", "aws_alb"], &["aws_lb_listener", "aws_alb_listener"]), any(&[
     all(&[on(&["aws_lb_listener", "aws_alb_listener"], "port").differs_from(Text("80")), on(&["aws_lb_listener", "aws_alb_listener"], "protocol").differs_from(Text("HTTP"))]),
     all(&[on(&["aws_lb_listener", "aws_alb_listener"], "port").equals(Text("80")), on(&["aws_lb_listener", "aws_alb_listener"], "protocol").equals(Text("HTTP")),
       on(&["aws_lb_listener", "aws_alb_listener"], "default_action.type").equals(Text("redirect")),
       on(&["aws_lb_listener", "aws_alb_listener"], "default_action.redirect.*.port").equals(Text("443")),
       on(&["aws_lb_listener", "aws_alb_listener"], "default_action.redirect.*.protocol").equals(Text("HTTPS"))])])])])]))
                .fix("give the listener on port 80 a `default_action` of type `redirect` to HTTPS on port 443")
                .snippet("default_action {\n  type = \"redirect\"\n  redirect {\n    port        = \"443\"\n    protocol    = \"HTTPS\"\n    status_code = \"HTTP_301\"\n  }\n}\n")
                .example(include_str!("CKV2_AWS_20.tf"))]),
check("CKV2_AWS_28", "the public load balancer stands behind a web ACL")
            .problem("the public load balancer has no web ACL")
            .severity(Medium)
            .why("Requests from the internet reach the application as they come. A \
web ACL in front drops floods and known attacks before they cost \
anything.")
            .references(&[page("https://docs.aws.amazon.com/waf/latest/developerguide/waf-chapter.html"), page("https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-16")])
            .rules(&[policy(&["aws_lb", "aws_alb"], &all(&[only(&[Text("aws_lb"), Text("aws_alb")]), any(&[connected(&["aws_lb", "aws_alb"], &["aws_wafv2_web_acl_association"]), connected(&["aws_lb", "aws_alb"], &["aws_wafregional_web_acl_association"]),
   on(&["aws_lb", "aws_alb"], "internal").equals(Bool(true)), on(&["aws_lb", "aws_alb"], "load_balancer_type").within(&[Text("network"), Text("gateway")])])]))
                .fix("associate a web ACL with it, or set `internal = true`")
                .snippet("resource \"aws_wafv2_web_acl_association\" \"app\" {\n  resource_arn = aws_lb.app.arn\n  web_acl_arn  = aws_wafv2_web_acl.app.arn\n}\n")
                .example(include_str!("CKV2_AWS_28.tf"))]),
check("CKV2_AWS_74", "the listener takes strong ciphers alone")
            .problem("the listener takes weak ciphers")
            .severity(Medium)
            .why("Policies of early years still take TLS 1.0, RC4 or CBC ciphers. \
Whoever can make a client fall back to them can read or alter what \
is sent.")
            .references(&[cwe("CWE-326"), page("https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-17")])
            .rules(&[policy(&["aws_lb_listener", "aws_alb_listener"], &any(&[on(&["aws_lb_listener", "aws_alb_listener"], "protocol").not_within(&[Text("HTTPS"), Text("TLS")]),
   all(&[on(&["aws_lb_listener", "aws_alb_listener"], "ssl_policy").exists(), on(&["aws_lb_listener", "aws_alb_listener"], "ssl_policy").not_within(WEAK_CIPHERS)])]))
                .fix("set `ssl_policy = \"ELBSecurityPolicy-TLS13-1-2-2021-06\"`")
                .snippet("ssl_policy = \"ELBSecurityPolicy-TLS13-1-2-2021-06\"\n")
                .example(include_str!("CKV2_AWS_74.tf"))]),
check("CKV2_AWS_76", "the load balancer's web ACL stops attacks on Log4j")
            .problem("the load balancer's web ACL lets attacks on Log4j through")
            .severity(High)
            .why("A request that carries a lookup string makes a vulnerable Log4j \
fetch and run code. The group of known bad inputs stops such \
requests, and that of anonymous addresses most of those who send \
them, before any application sees them.")
            .references(&[cwe("CWE-917"), page("https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html")])
            .rules(&[policy(&["aws_lb", "aws_alb"], &any(&[on(&["aws_lb", "aws_alb"], "internal").is_true(),
        all(&[only(&[Text("aws_lb"), Text("aws_alb")]), unconnected(&["aws_lb", "aws_alb"], &["aws_wafv2_web_acl_association"])]),
        all(&[only(&[Text("aws_lb"), Text("aws_alb")]), connected(&["aws_lb", "aws_alb"], &["aws_wafv2_web_acl_association"]), connected(&["aws_wafv2_web_acl"], &["aws_wafv2_web_acl_association"]),
            on(&["aws_wafv2_web_acl"], "rule.*.statement.managed_rule_group_statement.name").contains("AWSManagedRulesAnonymousIpList"),
            on(&["aws_wafv2_web_acl"], "rule.*.statement.managed_rule_group_statement.name").contains("AWSManagedRulesKnownBadInputsRuleSet")])]))
                .fix("add the managed rule groups `AWSManagedRulesKnownBadInputsRuleSet` and `AWSManagedRulesAnonymousIpList` to the web ACL")
                .snippet("statement {\n  managed_rule_group_statement {\n    name        = \"AWSManagedRulesKnownBadInputsRuleSet\"\n    vendor_name = \"AWS\"\n  }\n}\n")
                .example(include_str!("CKV2_AWS_76.tf"))]),
check("CKV_AWS_103", "the listener takes TLS 1.2 or later")
            .problem("the listener takes TLS below 1.2")
            .severity(Medium)
            .why("TLS 1.0 and 1.1 rest on broken hashes and ciphers. The default \
policy of a listener still takes both.")
            .references(&[cwe("CWE-326"), page("https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html")])
            .rules(&[policy(&["aws_lb_listener", "aws_alb_listener"], &any(&[on(&["aws_lb_listener", "aws_alb_listener"], "protocol").within(&[Text("TCP"), Text("UDP"), Text("TCP_UDP")]),
   all(&[on(&["aws_lb_listener", "aws_alb_listener"], "protocol").within(&[Text("HTTPS"), Text("TLS")]), any(&[
     on(&["aws_lb_listener", "aws_alb_listener"], "ssl_policy").starts_with("ELBSecurityPolicy-FS-1-2"),
     on(&["aws_lb_listener", "aws_alb_listener"], "ssl_policy").starts_with("ELBSecurityPolicy-TLS-1-2"),
     on(&["aws_lb_listener", "aws_alb_listener"], "ssl_policy").starts_with("ELBSecurityPolicy-TLS13")])]),
   all(&[on(&["aws_lb_listener", "aws_alb_listener"], "default_action.type").equals(Text("redirect")), on(&["aws_lb_listener", "aws_alb_listener"], "default_action.redirect.protocol").equals(Text("HTTPS"))]),
   all(&[connected(&["aws_lb_listener"], &["aws_lb"]), on(&["aws_lb"], "load_balancer_type").equals(Text("gateway")), only(&[Text("aws_lb_listener")])])]))
                .fix("set `protocol = \"HTTPS\"` and `ssl_policy = \"ELBSecurityPolicy-TLS13-1-2-2021-06\"`")
                .snippet("protocol   = \"HTTPS\"\nssl_policy = \"ELBSecurityPolicy-TLS13-1-2-2021-06\"\n")
                .example(include_str!("CKV_AWS_103.tf"))]),
check("CKV_AWS_378", "no plain HTTP goes to targets and from clients")
            .problem("the load balancer speaks plain HTTP to its targets")
            .severity(Medium)
            .why("Between the load balancer and its targets requests cross the \
network in the clear, with whatever credentials they carry.")
            .references(&[cwe("CWE-319"), page("https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html")])
            .rules(&[policy(&["aws_lb_target_group", "aws_alb_target_group"], &any(&[on(&["aws_lb_target_group", "aws_alb_target_group"], "protocol").differs_from(Text("HTTP")),
  all(&[only(&[Text("aws_lb_target_group"), Text("aws_alb_target_group")]), connected(&["aws_lb_target_group", "aws_alb_target_group"], &["aws_lb_listener", "aws_alb_listener"]), on(&["aws_lb_listener", "aws_alb_listener"], "protocol").differs_from(Text("HTTP"))])]))
                .fix("set `protocol = \"HTTPS\"` on the target group")
                .snippet("protocol = \"HTTPS\"\n")
                .example(include_str!("CKV_AWS_378.tf"))]),
];

/// Policies that take TLS 1.0 or ciphers that are broken.
const WEAK_CIPHERS: &[Operand] = &[
    Text("ELBSecurityPolicy-2016-08"),
    Text("ELBSecurityPolicy-2015-05"),
    Text("ELBSecurityPolicy-TLS-1-0-2015-04"),
    Text("ELBSecurityPolicy-TLS-1-1-2017-01"),
    Text("ELBSecurityPolicy-2015-03"),
    Text("ELBSecurityPolicy-2015-02"),
    Text("ELBSecurityPolicy-2014-10"),
    Text("ELBSecurityPolicy-Default"),
    Text("ELBSecurityPolicy-2014-01"),
];
