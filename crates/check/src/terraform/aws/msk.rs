//! Managed Streaming for Apache Kafka.

use crate::prelude::*;

use super::encryption::in_transit;

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_AWS_80", "the brokers' logs are kept")
        .problem("the brokers' logs are not kept")
        .severity(Medium)
        .why("Who connected, and why a broker failed, cannot be found out later.")
        .references(&[page(
            "https://docs.aws.amazon.com/msk/latest/developerguide/msk-logging.html",
        )])
        .rules(&[on(
            &["aws_msk_cluster"],
            any_of(&[
                key("logging_info.broker_logs.cloudwatch_logs.enabled").enabled(),
                key("logging_info.broker_logs.firehose.enabled").enabled(),
                key("logging_info.broker_logs.s3.enabled").enabled(),
            ]),
        )
        .fix("add `logging_info` with `broker_logs` to CloudWatch, Firehose or S3")
        .snippet(
            "logging_info {\n  broker_logs {\n    cloudwatch_logs {\n      \
             enabled   = true\n      log_group = \
             aws_cloudwatch_log_group.kafka.name\n    }\n  }\n}\n",
        )
        .example(include_str!("CKV_AWS_80.tf"))]),
    in_transit(
        "CKV_AWS_81",
        "the cluster is reached by TLS only",
        "the cluster is reached without TLS",
    )
    .references(&[
        security_hub("MSK.1"),
        page("https://docs.aws.amazon.com/msk/latest/developerguide/msk-encryption.html"),
    ])
    .rules(&[on(
        &["aws_msk_cluster"],
        all_of(&[
            key("encryption_info").given(),
            key("encryption_info.encryption_in_transit.client_broker")
                .one_of(&[Text("TLS")])
                .or_absent(),
            key("encryption_info.encryption_in_transit.in_cluster").none_of(&[Bool(false)]),
        ]),
    )
    .fix("add `encryption_info` with `client_broker = \"TLS\"`")
    .snippet(
        "encryption_info {\n  encryption_in_transit {\n    client_broker = \
             \"TLS\"\n  }\n}\n",
    )
    .example(include_str!("CKV_AWS_81.tf"))]),
    check("CKV_AWS_291", "the brokers have no public addresses")
        .problem("the brokers have public addresses")
        .severity(High)
        .why(
            "Whoever gets hold of a client's credentials reads the topics from \
             anywhere.",
        )
        .references(&[security_hub("MSK.4")])
        .rules(&[on(
            &["aws_msk_cluster"],
            key("broker_node_group_info.connectivity_info.public_access.type")
                .none_of(&[Text("SERVICE_PROVIDED_EIPS")]),
        )
        .fix("remove `public_access`, or set its `type = \"DISABLED\"`")
        .snippet(
            "connectivity_info {\n  public_access {\n    type = \"DISABLED\"\n  \
             }\n}\n",
        )
        .example(include_str!("CKV_AWS_291.tf"))]),
];
