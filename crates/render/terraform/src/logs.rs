//! Groups of logs: encrypted, and kept for a year in production.

use crate::cloud::Cloud;
use crate::hcl::{Block, Value, r, resource};
use crate::keys::Purpose;

/// A group of logs.
pub(crate) fn log_group(cloud: &Cloud, label: &str, name: impl Into<Value>) -> Block {
    resource("aws_cloudwatch_log_group", label)
        .set("name", name)
        .set("kms_key_id", Purpose::Logs.arn(cloud))
        .set("retention_in_days", r("var.log_retention_days"))
}
