//! Neptune.

use crate::policy::prelude::*;

pub(crate) const CHECKS: &[Check] = &[check(
    "CKV2_AWS_58",
    "the graph database cannot be deleted by mistake",
)
.problem("the graph database can be deleted by mistake")
.severity(Low)
.why("One wrong plan, and the cluster is gone with what it holds.")
.references(&[page(
    "https://docs.aws.amazon.com/securityhub/latest/userguide/neptune-controls.html#neptune-4",
)])
.rules(&[policy(
    &["aws_neptune_cluster"],
    &on(&["aws_neptune_cluster"], "deletion_protection").equals_in_any_case("true"),
)
.fix("set `deletion_protection = true`")
.snippet("deletion_protection = true\n")
.example(include_str!("CKV2_AWS_58.tf"))])];
