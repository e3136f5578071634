//! CloudTrail.

use crate::prelude::*;

use super::encryption::{kms_key_id, own_key};

pub(crate) const CHECKS: &[Check] = &[
    own_key("CKV_AWS_35", "the trail's logs use a customer-managed key", "the trail's logs use no customer-managed key")
        .references(&[security_hub("CloudTrail.2"), cis_aws("3.5")])
        .rules(&[kms_key_id(&["aws_cloudtrail"]).example(include_str!("CKV_AWS_35.tf"))]),
    check("CKV_AWS_36", "the trail's log files are validated")
        .problem("the trail's log files are not validated")
        .severity(Medium)
        .why("Without digests, an intruder who can write to the bucket removes \
             the traces from the log and nobody can tell.")
        .references(&[security_hub("CloudTrail.4"), cis_aws("3.2")])
        .rules(&[on(&["aws_cloudtrail"], key("enable_log_file_validation").enabled())
            .fix("set `enable_log_file_validation = true`")
            .snippet("enable_log_file_validation = true\n")
            .example(include_str!("CKV_AWS_36.tf"))]),
    check("CKV_AWS_67", "the trail records all regions")
        .problem("the trail records one region")
        .severity(Medium)
        .why("An intruder works where nobody looks: instances started in a region \
             that is never used leave no trace in the trail.")
        .references(&[security_hub("CloudTrail.1"), cis_aws("3.1")])
        .rules(&[on(&["aws_cloudtrail"], key("is_multi_region_trail").enabled())
            .fix("set `is_multi_region_trail = true`")
            .snippet("is_multi_region_trail = true\n")
            .example(include_str!("CKV_AWS_67.tf"))]),
    check("CKV_AWS_251", "the trail records")
        .problem("the trail is switched off")
        .severity(High)
        .why("What happens in the account while it is off cannot be found out later.")
        .references(&[cis_aws("3.1"), page("https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-user-guide.html")])
        .rules(&[on(&["aws_cloudtrail"], key("enable_logging").enabled().or_absent())
            .fix("remove `enable_logging = false`")
            .snippet("enable_logging = true\n")
            .example(include_str!("CKV_AWS_251.tf"))]),
    check("CKV_AWS_252", "the trail tells a topic of each log file")
        .problem("the trail tells nobody of its log files")
        .severity(Low)
        .why("Whoever analyses the log must poll the bucket, and learns late of \
             what happens.")
        .references(&[page("https://docs.aws.amazon.com/awscloudtrail/latest/userguide/configure-sns-notifications-for-cloudtrail.html")])
        .rules(&[on(&["aws_cloudtrail"], key("sns_topic_name").given())
            .fix("set `sns_topic_name` to a topic that the analysis listens to")
            .snippet("sns_topic_name = aws_sns_topic.trail.name\n")
            .example(include_str!("CKV_AWS_252.tf"))]),
    own_key("CKV_AWS_294", "the event data store uses a customer-managed key", "the event data store uses no customer-managed key")
        .rules(&[kms_key_id(&["aws_cloudtrail_event_data_store"]).example(include_str!("CKV_AWS_294.tf"))]),
];
