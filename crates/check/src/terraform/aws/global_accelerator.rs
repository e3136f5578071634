//! Global Accelerator.

use crate::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_AWS_75", "the accelerator writes flow logs")
        .problem("the accelerator writes no flow logs")
        .severity(Medium)
        .why("Who connected, and from where, cannot be found out later.")
        .references(&[page("https://docs.aws.amazon.com/global-accelerator/latest/dg/monitoring-global-accelerator.flow-logs.html")])
        .rules(&[on(&["aws_globalaccelerator_accelerator"], key("attributes.flow_logs_enabled").enabled())
            .fix("add `attributes` with `flow_logs_enabled = true` and a bucket")
            .snippet("attributes {\n  flow_logs_enabled   = true\n  flow_logs_s3_bucket = \
             aws_s3_bucket.logs.id\n  flow_logs_s3_prefix = \"accelerator/\"\n}\n")
            .example(include_str!("CKV_AWS_75.tf"))]),
];
