//! Step Functions and EventBridge Scheduler.

use crate::prelude::*;

use super::encryption::{kms_key_arn, own_key};

const MACHINE: &[&str] = &["aws_sfn_state_machine"];

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_AWS_284", "runs of the state machine are traced")
        .problem("runs of the state machine are not traced")
        .severity(Low)
        .why(
            "Without a trace it is hard to tell which call of which service led \
             to an error or a leak.",
        )
        .references(&[page(
            "https://docs.aws.amazon.com/step-functions/latest/dg/concepts-xray-tracing.html",
        )])
        .rules(
            &[on(MACHINE, key("tracing_configuration.enabled").enabled())
                .fix("add `tracing_configuration` with `enabled = true`")
                .snippet("tracing_configuration {\n  enabled = true\n}\n")
                .example(include_str!("CKV_AWS_284.tf"))],
        ),
    check(
        "CKV_AWS_285",
        "the state machine logs what its steps get and give",
    )
    .problem("the state machine does not log what its steps get and give")
    .severity(Low)
    .why("What a run did, and why it failed, cannot be found out later.")
    .references(&[security_hub("StepFunctions.1")])
    .rules(&[on(
        MACHINE,
        key("logging_configuration.include_execution_data").enabled(),
    )
    .fix("set `include_execution_data = true` in `logging_configuration`")
    .snippet(
        "logging_configuration {\n  include_execution_data = true\n  \
             level                  = \"ERROR\"\n}\n",
    )
    .example(include_str!("CKV_AWS_285.tf"))]),
    own_key(
        "CKV_AWS_297",
        "the schedule uses a customer-managed key",
        "the schedule uses no customer-managed key",
    )
    .rules(&[kms_key_arn(&["aws_scheduler_schedule"]).example(include_str!("CKV_AWS_297.tf"))]),
];
