//! Batch.

use bastide_terraform::Resource;
use bastide_value::Value;
use serde_json::Value as Json;

use crate::condition::undecided;
use crate::prelude::*;

pub(crate) const CHECKS: &[Check] = &[check("CKV_AWS_210", "the job is not privileged")
    .problem("the job is privileged")
    .severity(High)
    .why("Whoever takes over the container has root rights on the host, and so on every job there.")
    .references(&[page(
        "https://docs.aws.amazon.com/batch/latest/userguide/job_definition_parameters.html",
    )])
    .rules(&[terraform(
        &["aws_batch_job_definition"],
        Test::Resource(is_not_privileged),
    )
    .fix("remove `privileged`")
    .snippet("privileged = false\n")
    .example(include_str!("CKV_AWS_210.tf"))])];

fn is_not_privileged(job: &Resource<'_>) -> Outcome {
    let Some(node) = job.get("container_properties") else {
        return Outcome::NotApplicable;
    };
    let text = match node.value {
        Value::String(text) => text,
        Value::Unknown(unknown) => unknown.expression,
        _ => return Outcome::NotApplicable,
    };
    let container: Json = match serde_json::from_str(text) {
        Ok(container @ Json::Object(_)) => container,
        _ if node.value.as_unknown().is_some() => return undecided(node, false),
        _ => return Outcome::NotApplicable,
    };
    let privileged = container.get("privileged") == Some(&Json::Bool(true));
    Outcome::require(!privileged, || {
        Label::new(node.span, "`privileged` is `true`")
    })
}
