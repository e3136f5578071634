//! Database Migration Service.

use crate::policy::prelude::*;

pub(crate) const CHECKS: &[Check] = &[check("CKV2_AWS_49", "data moves over TLS")
    .problem("data moves in the clear")
    .severity(Medium)
    .why(
        "A migration carries the whole database across the network, with \
the password to it.",
    )
    .references(&[
        page("https://docs.aws.amazon.com/securityhub/latest/userguide/dms-controls.html#dms-9"),
        cwe("CWE-319"),
    ])
    .rules(&[policy(
        &["aws_dms_endpoint"],
        &any(&[
            all(&[
                on(&["aws_dms_endpoint"], "endpoint_type").equals(Text("source")),
                any(&[
                    on(&["aws_dms_endpoint"], "engine_name")
                        .subset_of(&[Text("s3"), Text("azuredb")]),
                    on(&["aws_dms_endpoint"], "ssl_mode").differs_from(Text("none")),
                ]),
            ]),
            all(&[
                on(&["aws_dms_endpoint"], "endpoint_type").equals(Text("target")),
                any(&[
                    on(&["aws_dms_endpoint"], "engine_name").subset_of(&[
                        Text("dynamodb"),
                        Text("kinesis"),
                        Text("neptune"),
                        Text("redshift"),
                        Text("s3"),
                        Text("elasticsearch"),
                        Text("kafka"),
                    ]),
                    on(&["aws_dms_endpoint"], "ssl_mode").differs_from(Text("none")),
                ]),
            ]),
            on(&["aws_dms_endpoint"], "endpoint_type")
                .not_within(&[Text("source"), Text("target")]),
        ]),
    )
    .fix("set `ssl_mode = \"verify-full\"`")
    .snippet("ssl_mode = \"verify-full\"\n")
    .example(include_str!("CKV2_AWS_49.tf"))])];
