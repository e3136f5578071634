//! DynamoDB.

use crate::policy::prelude::*;

pub(crate) const CHECKS: &[Check] = &[check(
    "CKV2_AWS_16",
    "the table grows with what is asked of it",
)
.problem("the table does not grow with what is asked of it")
.severity(Low)
.why(
    "Beyond a fixed capacity requests are refused: a busy day, or a \
flood, takes the table away from everyone.",
)
.references(&[page(
    "https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html#dynamodb-1",
)])
.rules(&[policy(
    &["aws_dynamodb_table"],
    &any(&[
        all(&[
            only(&[Text("aws_dynamodb_table")]),
            connected(&["aws_dynamodb_table"], &["aws_appautoscaling_target"]),
            connected(
                &["aws_appautoscaling_target"],
                &["aws_appautoscaling_policy"],
            ),
            any(&[
                on(&["aws_dynamodb_table"], "billing_mode").equals(Text("PROVISIONED")),
                on(&["aws_dynamodb_table"], "billing_mode").is_missing(),
            ]),
            on(&["aws_appautoscaling_target"], "service_namespace").equals(Text("dynamodb")),
        ]),
        on(&["aws_dynamodb_table"], "billing_mode").equals(Text("PAY_PER_REQUEST")),
    ]),
)
.fix("set `billing_mode = \"PAY_PER_REQUEST\"`")
.snippet("billing_mode = \"PAY_PER_REQUEST\"\n")
.example(include_str!("CKV2_AWS_16.tf"))])];
