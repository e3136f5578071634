//! Queues.

use crate::policy::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
check("CKV2_AWS_73", "the queue is encrypted with a key of its own")
            .problem("the queue is encrypted with the key of SQS")
            .severity(Low)
            .why("The policy of the key that AWS manages cannot be changed: whoever \
may read the queue may use it.")
            .references(&[page("https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html")])
            .rules(&[policy(&["aws_sqs_queue"], &any(&[on(&["aws_sqs_queue"], "kms_master_key_id").is_missing(), on(&["aws_sqs_queue"], "kms_master_key_id").differs_from(Text("alias/aws/sqs"))]))
                .fix("set `kms_master_key_id` to a key of your own")
                .snippet("kms_master_key_id = aws_kms_key.queues.id\n")
                .example(include_str!("CKV2_AWS_73.tf"))]),
];
