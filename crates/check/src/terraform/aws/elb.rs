//! Elastic Load Balancing.

use crate::prelude::*;

use super::encryption::in_transit;

const LOAD_BALANCERS: &[&str] = &["aws_lb", "aws_alb"];

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_AWS_2", "the listener takes HTTPS, or sends clients there")
        .problem("the listener takes requests without TLS")
        .severity(High)
        .why("Whoever sits on the path reads the traffic, credentials included, \
             and can change it unnoticed.")
        .references(&[security_hub("ELB.1"), cwe("CWE-319")])
        .rules(&[on(&["aws_lb_listener", "aws_alb_listener"], any_of(&[
                key("protocol").one_of(&[Text("HTTPS"), Text("TLS"), Text("TCP"), Text("UDP"), Text("TCP_UDP")]),
                all_of(&[
                    key("protocol").one_of(&[Text("HTTP")]),
                    key("default_action.type").one_of(&[Text("redirect")]),
                    key("default_action.redirect.protocol").one_of(&[Text("HTTPS")]),
                ]),
            ]))
            .fix("set `protocol = \"HTTPS\"` with a certificate, or redirect to HTTPS \
             in `default_action`")
            .snippet("protocol        = \"HTTPS\"\nssl_policy      = \
             \"ELBSecurityPolicy-TLS13-1-2-2021-06\"\ncertificate_arn = \
             aws_acm_certificate.front.arn\n")
            .example(include_str!("CKV_AWS_2.tf"))]),
    check("CKV_AWS_91", "the load balancer logs requests")
        .problem("the load balancer does not log requests")
        .severity(Medium)
        .why("After an attack nobody can tell who sent what, and when it began.")
        .references(&[security_hub("ELB.5"), page("https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html")])
        .rules(&[on(LOAD_BALANCERS, when(&key("load_balancer_type").none_of(&[Text("gateway")]), &key("access_logs.enabled").enabled()))
            .fix("add `access_logs` with a bucket and `enabled = true`")
            .snippet("access_logs {\n  bucket  = aws_s3_bucket.logs.id\n  enabled = true\n}\n")
            .example(include_str!("CKV_AWS_91.tf"))]),
    check("CKV_AWS_92", "the classic load balancer logs requests")
        .problem("the classic load balancer does not log requests")
        .severity(Medium)
        .why("After an attack nobody can tell who sent what, and when it began.")
        .references(&[security_hub("ELB.5"), page("https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/enable-access-logs.html")])
        .rules(&[on(&["aws_elb"], all_of(&[key("access_logs").given(), key("access_logs.enabled").enabled().or_absent()]))
            .fix("add `access_logs` with a bucket")
            .snippet("access_logs {\n  bucket = aws_s3_bucket.logs.id\n}\n")
            .example(include_str!("CKV_AWS_92.tf"))]),
    check("CKV_AWS_127", "listeners of the classic load balancer have certificates")
        .problem("a listener of the classic load balancer has no certificate")
        .severity(Medium)
        .why("What it takes in is not encrypted: whoever sits on the path reads \
             it, credentials included.")
        .references(&[security_hub("ELB.2")])
        .rules(&[on(&["aws_elb"], each("listener", &key("ssl_certificate_id").given()))
            .fix("set `ssl_certificate_id` in every `listener`")
            .snippet("ssl_certificate_id = aws_acm_certificate.front.arn\n")
            .example(include_str!("CKV_AWS_127.tf"))]),
    check("CKV_AWS_131", "the load balancer drops invalid headers")
        .problem("the load balancer passes invalid headers on")
        .severity(Medium)
        .why("Header fields that break the grammar of HTTP are read differently \
             by the servers behind it: that is how requests are smuggled past checks.")
        .references(&[security_hub("ELB.4"), cwe("CWE-444")])
        .rules(&[on(LOAD_BALANCERS, when(&key("load_balancer_type").none_of(&[Text("gateway"), Text("network")]), &key("drop_invalid_header_fields").enabled()))
            .fix("set `drop_invalid_header_fields = true`")
            .snippet("drop_invalid_header_fields = true\n")
            .example(include_str!("CKV_AWS_131.tf"))]),
    check("CKV_AWS_138", "the classic load balancer balances over all zones")
        .problem("the classic load balancer keeps traffic within a zone")
        .severity(Low)
        .why("Where zones have different numbers of instances, the few are \
             overloaded while the many idle.")
        .references(&[security_hub("ELB.9")])
        .rules(&[on(&["aws_elb"], key("cross_zone_load_balancing").enabled().or_absent())
            .fix("remove `cross_zone_load_balancing = false`")
            .snippet("cross_zone_load_balancing = true\n")
            .example(include_str!("CKV_AWS_138.tf"))]),
    check("CKV_AWS_150", "the load balancer is protected from deletion")
        .problem("the load balancer can be deleted by mistake")
        .severity(Low)
        .why("One wrong plan takes the service off the net, and its address with it.")
        .references(&[security_hub("ELB.6")])
        .rules(&[on(LOAD_BALANCERS, key("enable_deletion_protection").enabled())
            .fix("set `enable_deletion_protection = true`")
            .snippet("enable_deletion_protection = true\n")
            .example(include_str!("CKV_AWS_150.tf"))]),
    check("CKV_AWS_152", "the network load balancer balances over all zones")
        .problem("the network load balancer keeps traffic within a zone")
        .severity(Low)
        .why("Where zones have different numbers of targets, the few are \
             overloaded while the many idle.")
        .references(&[page("https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html")])
        .rules(&[on(LOAD_BALANCERS, when(&key("load_balancer_type").none_of(&[Text("application")]).where_given(), &key("enable_cross_zone_load_balancing").enabled()))
            .fix("set `enable_cross_zone_load_balancing = true`")
            .snippet("enable_cross_zone_load_balancing = true\n")
            .example(include_str!("CKV_AWS_152.tf"))]),
    in_transit("CKV_AWS_213", "the policy of the classic load balancer allows current protocols only", "the policy of the classic load balancer allows old protocols")
        .references(&[page("https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-security-policy-table.html")])
        .rules(&[on(
            &["aws_load_balancer_policy"],
            when(
                &key("policy_attribute").given(),
                &presumed(&each(
                    "policy_attribute",
                    &all_of(&[
                        when(
                            &key("name").one_of(&[Text("Protocol-SSLv3"), Text("Protocol-TLSv1"), Text("Protocol-TLSv1.1")]),
                            &key("value").one_of(&[Bool(false), Text("")]),
                        ),
                        when(
                            &key("name").one_of(&[Text("Reference-Security-Policy")]),
                            &key("value").none_of(&[
                                Text("ELBSecurityPolicy-2014-01"),
                                Text("ELBSecurityPolicy-2014-10"),
                                Text("ELBSecurityPolicy-2015-02"),
                                Text("ELBSecurityPolicy-2015-03"),
                                Text("ELBSecurityPolicy-2015-05"),
                                Text("ELBSecurityPolicy-2016-08"),
                                Text("ELBSecurityPolicy-Default"),
                                Text("ELBSecurityPolicy-TLS-1-0-2015-04"),
                                Text("ELBSecurityPolicy-TLS-1-1-2017-01"),
                            ]),
                        ),
                    ]),
                )),
            ),
        )
        .fix("refer to `ELBSecurityPolicy-TLS-1-2-2017-01`")
        .snippet("policy_attribute {\n  name  = \"Reference-Security-Policy\"\n  value = \"ELBSecurityPolicy-TLS-1-2-2017-01\"\n}\n")
        .example(include_str!("CKV_AWS_213.tf"))]),
    check("CKV_AWS_261", "the health of targets is looked up at a path")
        .problem("the health of targets is not looked up at a path of its own")
        .severity(Low)
        .why("Requests go on to a target whose program answers, but does not work.")
        .references(&[page("https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html")])
        .rules(&[on(
            &["aws_lb_target_group", "aws_alb_target_group"],
            when(
                &key("protocol").one_of(&[Text("HTTP"), Text("HTTPS")]),
                &key("health_check.path").given(),
            ),
        )
        .fix("add `health_check` with a `path`")
        .snippet("health_check {\n  path = \"/healthz\"\n}\n")
        .example(include_str!("CKV_AWS_261.tf"))]),
    check("CKV_AWS_328", "the load balancer defends against desynchronised requests")
        .problem("the load balancer only watches desynchronised requests")
        .severity(Medium)
        .why("Requests that servers take apart differently let one client smuggle \
             a request into the connection of another.")
        .references(&[security_hub("ELB.12"), cwe("CWE-444")])
        .rules(&[on(&["aws_lb", "aws_alb", "aws_elb"], key("desync_mitigation_mode").none_of(&[Text("monitor")]))
            .fix("set `desync_mitigation_mode = \"defensive\"` or `\"strictest\"`")
            .snippet("desync_mitigation_mode = \"defensive\"\n")
            .example(include_str!("CKV_AWS_328.tf"))]),
    check("CKV_AWS_376", "the classic load balancer reaches its instances by TLS")
        .problem("the classic load balancer reaches its instances without TLS")
        .severity(Medium)
        .why("Whoever is in the network reads the traffic behind the load \
             balancer, credentials included.")
        .references(&[security_hub("ELB.3"), cwe("CWE-319")])
        .rules(&[on(&["aws_elb"], presumed(&each("listener", &all_of(&[
                key("instance_protocol").none_of(&[Text("http"), Text("HTTP"), Text("tcp"), Text("TCP")]),
                any_of(&[
                    key("ssl_certificate_id").given(),
                    key("instance_protocol").none_of(&[Text("https"), Text("HTTPS"), Text("ssl"), Text("SSL")]),
                ]),
            ]))))
            .fix("set `instance_protocol = \"https\"` and `ssl_certificate_id` in \
             every `listener`")
            .snippet("instance_protocol  = \"https\"\nssl_certificate_id = \
             aws_acm_certificate.front.arn\n")
            .example(include_str!("CKV_AWS_376.tf"))]),
];
