//! CloudFormation.

use crate::prelude::*;

pub(crate) const CHECKS: &[Check] = &[check(
    "CKV_AWS_124",
    "the stack tells a topic what happens to it",
)
.problem("the stack tells nobody what happens to it")
.severity(Low)
.why("Nobody learns that a change failed, or that somebody else made one.")
.references(&[page(
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html",
)])
.rules(&[on(
    &["aws_cloudformation_stack"],
    key("notification_arns").given(),
)
.fix("name a topic in `notification_arns`")
.snippet("notification_arns = [aws_sns_topic.changes.arn]\n")
.example(include_str!("CKV_AWS_124.tf"))])];
