//! Bedrock.

use crate::prelude::*;

use super::encryption::own_key;

pub(crate) const CHECKS: &[Check] = &[
    own_key(
        "CKV_AWS_373",
        "the agent uses a customer-managed key",
        "the agent uses no customer-managed key",
    )
    .references(&[page(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/encryption-agents.html",
    )])
    .rules(&[on(
        &["aws_bedrockagent_agent"],
        key("customer_encryption_key_arn").given(),
    )
    .fix("set `customer_encryption_key_arn` to the ARN of a key of your own")
    .snippet("customer_encryption_key_arn = aws_kms_key.agents.arn\n")
    .example(include_str!("CKV_AWS_373.tf"))]),
    check("CKV_AWS_383", "the agent has a guardrail")
        .problem("the agent has no guardrail")
        .severity(Medium)
        .why(
            "Nothing filters what users and documents tell the agent to do, nor \
             what it gives away.",
        )
        .references(&[page(
            "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails.html",
        )])
        .rules(&[on(
            &["aws_bedrockagent_agent"],
            key("guardrail_configuration.guardrail_identifier").given(),
        )
        .fix("add `guardrail_configuration` with a guardrail and its version")
        .snippet(
            "guardrail_configuration {\n  guardrail_identifier = \
             aws_bedrock_guardrail.agents.guardrail_id\n  guardrail_version    = \
             aws_bedrock_guardrail.agents.version\n}\n",
        )
        .example(include_str!("CKV_AWS_383.tf"))]),
];
