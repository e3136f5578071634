//! Simple Queue Service.

use crate::prelude::*;

use super::encryption::at_rest;

pub(crate) const CHECKS: &[Check] = &[
    at_rest("CKV_AWS_27", "the queue is encrypted", "the queue is not encrypted")
        .severity(Medium)
        .references(&[security_hub("SQS.1"), page("https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html")])
        .rules(&[on(&["aws_sqs_queue"], any_of(&[
                presumed(&key("sqs_managed_sse_enabled").enabled()),
                key("kms_master_key_id").given(),
            ]))
            .fix("set `sqs_managed_sse_enabled = true`, or `kms_master_key_id` to a \
             key of your own")
            .snippet("sqs_managed_sse_enabled = true\n")
            .example(include_str!("CKV_AWS_27.tf"))]),
];
