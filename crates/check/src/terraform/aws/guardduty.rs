//! GuardDuty.

use crate::prelude::*;

pub(crate) const CHECKS: &[Check] = &[check("CKV_AWS_238", "the detector is enabled")
    .problem("the detector is disabled")
    .severity(Medium)
    .why(
        "Nobody learns of stolen credentials that are used, or of instances \
             that mine for others.",
    )
    .references(&[security_hub("GuardDuty.1")])
    .rules(&[on(
        &["aws_guardduty_detector"],
        key("enable").enabled().or_absent(),
    )
    .fix("remove `enable = false`")
    .snippet("enable = true\n")
    .example(include_str!("CKV_AWS_238.tf"))])];
