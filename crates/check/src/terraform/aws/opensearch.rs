//! OpenSearch and Elasticsearch.

use crate::prelude::*;

use super::encryption::{at_rest, in_transit, own_key};

const DOMAINS: &[&str] = &["aws_elasticsearch_domain", "aws_opensearch_domain"];

pub(crate) const CHECKS: &[Check] = &[
    at_rest(
        "CKV_AWS_5",
        "the domain is encrypted",
        "the domain is not encrypted",
    )
    .references(&[security_hub("Opensearch.1"), security_hub("ES.1")])
    .rules(&[on(DOMAINS, key("encrypt_at_rest.enabled").enabled())
        .fix("add `encrypt_at_rest` with `enabled = true`")
        .snippet("encrypt_at_rest {\n  enabled = true\n}\n")
        .example(include_str!("CKV_AWS_5.tf"))]),
    in_transit(
        "CKV_AWS_6",
        "nodes of the domain talk by TLS",
        "nodes of the domain talk without TLS",
    )
    .references(&[security_hub("Opensearch.3"), security_hub("ES.3")])
    .rules(&[on(
        DOMAINS,
        any_of(&[
            key("node_to_node_encryption.enabled").enabled(),
            key("cluster_config.instance_count").at_most(1).or_absent(),
        ]),
    )
    .fix("add `node_to_node_encryption` with `enabled = true`")
    .snippet("node_to_node_encryption {\n  enabled = true\n}\n")
    .example(include_str!("CKV_AWS_6.tf"))]),
    in_transit(
        "CKV_AWS_83",
        "the domain is reached by HTTPS only",
        "the domain is reached without TLS",
    )
    .references(&[security_hub("Opensearch.8"), security_hub("ES.8")])
    .rules(&[on(
        DOMAINS,
        key("domain_endpoint_options.enforce_https")
            .enabled()
            .or_absent(),
    )
    .fix("set `enforce_https = true` in `domain_endpoint_options`")
    .snippet(
        "domain_endpoint_options {\n  enforce_https       = true\n  \
             tls_security_policy = \"Policy-Min-TLS-1-2-PFS-2023-10\"\n}\n",
    )
    .example(include_str!("CKV_AWS_83.tf"))]),
    check("CKV_AWS_84", "the domain exports its logs")
        .problem("the domain exports no logs")
        .severity(Medium)
        .why(
            "What goes wrong inside the domain, and who searches for what, \
             cannot be found out later.",
        )
        .references(&[security_hub("Opensearch.4"), security_hub("ES.4")])
        .rules(&[on(
            DOMAINS,
            all_of(&[
                key("log_publishing_options").given(),
                presumed(&key("log_publishing_options.enabled").none_of(&[Bool(false)])),
            ]),
        )
        .fix("add `log_publishing_options` with a log group")
        .snippet(
            "log_publishing_options {\n  log_type                 = \
             \"ES_APPLICATION_LOGS\"\n  cloudwatch_log_group_arn = \
             aws_cloudwatch_log_group.search.arn\n}\n",
        )
        .example(include_str!("CKV_AWS_84.tf"))]),
    check("CKV_AWS_137", "the domain stands in a VPC")
        .problem("the domain stands on the internet")
        .severity(High)
        .why(
            "Only the access policy of the domain then stands between the \
             internet and the data.",
        )
        .references(&[security_hub("Opensearch.2"), security_hub("ES.2")])
        .rules(&[on(DOMAINS, key("vpc_options").given())
            .fix("add `vpc_options`; a domain that exists must be made anew")
            .snippet(
                "vpc_options {\n  subnet_ids         = aws_subnet.private[*].id\n  \
             security_group_ids = [aws_security_group.search.id]\n}\n",
            )
            .example(include_str!("CKV_AWS_137.tf"))]),
    in_transit(
        "CKV_AWS_228",
        "the domain asks for TLS 1.2",
        "the domain takes old versions of TLS",
    )
    .severity(Medium)
    .references(&[security_hub("Opensearch.8"), security_hub("ES.8")])
    .rules(&[on(
        DOMAINS,
        key("domain_endpoint_options.tls_security_policy").one_of(&[
            Text("Policy-Min-TLS-1-2-2019-07"),
            Text("Policy-Min-TLS-1-2-PFS-2023-10"),
        ]),
    )
    .fix(
        "set `tls_security_policy = \"Policy-Min-TLS-1-2-PFS-2023-10\"` in \
             `domain_endpoint_options`",
    )
    .snippet(
        "domain_endpoint_options {\n  enforce_https       = true\n  \
             tls_security_policy = \"Policy-Min-TLS-1-2-PFS-2023-10\"\n}\n",
    )
    .example(include_str!("CKV_AWS_228.tf"))]),
    own_key(
        "CKV_AWS_247",
        "the domain uses a customer-managed key",
        "the domain uses no customer-managed key",
    )
    .rules(&[on(DOMAINS, key("encrypt_at_rest.kms_key_id").given())
        .fix("set `kms_key_id` in `encrypt_at_rest` to the ARN of a key of your own")
        .snippet(
            "encrypt_at_rest {\n  enabled    = true\n  kms_key_id = \
             aws_kms_key.data.arn\n}\n",
        )
        .example(include_str!("CKV_AWS_247.tf"))]),
    check("CKV_AWS_248", "the domain has a security group of its own")
        .problem("the domain is in the default security group")
        .severity(Medium)
        .why("Everything else in the default group can then connect to the domain.")
        .references(&[page(
            "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html",
        )])
        .rules(&[on(DOMAINS, key("vpc_options.security_group_ids").given())
            .fix("name a group in `security_group_ids` of `vpc_options`")
            .snippet(
                "vpc_options {\n  subnet_ids         = aws_subnet.private[*].id\n  \
             security_group_ids = [aws_security_group.search.id]\n}\n",
            )
            .example(include_str!("CKV_AWS_248.tf"))]),
    check("CKV_AWS_317", "the domain exports its audit log")
        .problem("the domain exports no audit log")
        .severity(Medium)
        .why("Who logged in and read which index cannot be found out later.")
        .references(&[security_hub("Opensearch.5"), security_hub("ES.5")])
        .rules(&[on(
            DOMAINS,
            exists(
                "log_publishing_options",
                &all_of(&[
                    key("log_type").one_of(&[Text("AUDIT_LOGS")]),
                    presumed(&key("enabled").enabled()),
                ]),
            ),
        )
        .fix("add `log_publishing_options` for `AUDIT_LOGS` with `enabled = true`")
        .snippet(
            "log_publishing_options {\n  log_type                 = \
             \"AUDIT_LOGS\"\n  cloudwatch_log_group_arn = \
             aws_cloudwatch_log_group.audit.arn\n  enabled                  = true\n}\n",
        )
        .example(include_str!("CKV_AWS_317.tf"))]),
    check(
        "CKV_AWS_318",
        "three dedicated masters in several zones lead the domain",
    )
    .problem("the domain has fewer than three dedicated masters in several zones")
    .severity(Low)
    .why(
        "When a node or a zone fails, the others cannot agree on who leads, \
             and the domain stops.",
    )
    .references(&[security_hub("Opensearch.11"), security_hub("ES.7")])
    .rules(&[on(
        DOMAINS,
        all_of(&[
            key("cluster_config.dedicated_master_count").at_least(3),
            presumed(&key("cluster_config.zone_awareness_enabled").enabled()),
        ]),
    )
    .fix(
        "set `dedicated_master_count = 3` and `zone_awareness_enabled = \
             true` in `cluster_config`",
    )
    .snippet(
        "cluster_config {\n  dedicated_master_enabled = true\n  \
             dedicated_master_count   = 3\n  zone_awareness_enabled   = true\n}\n",
    )
    .example(include_str!("CKV_AWS_318.tf"))]),
];
