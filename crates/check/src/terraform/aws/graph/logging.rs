//! What is recorded: CloudTrail, Config, GuardDuty, WAF.

use crate::policy::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
check("CKV2_AWS_3", "GuardDuty watches all accounts")
            .problem("GuardDuty does not watch all accounts")
            .severity(Medium)
            .why("An account that joins later is not watched, and is where an attack \
begins.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/guardduty-controls.html#guardduty-1")])
            .rules(&[policy(&["aws_guardduty_detector"], &all(&[only(&[Text("aws_guardduty_detector")]), connected(&["aws_guardduty_detector"], &["aws_guardduty_organization_configuration"]), on(&["aws_guardduty_detector"], "enable").equals(Bool(true)), any(&[on(&["aws_guardduty_organization_configuration"], "auto_enable").equals(Bool(true)), on(&["aws_guardduty_organization_configuration"], "auto_enable_organization_members").within(&[Text("ALL"), Text("NEW")])])]))
                .fix("add an `aws_guardduty_organization_configuration` with `auto_enable_organization_members = \"ALL\"`")
                .snippet("auto_enable_organization_members = \"ALL\"\n")
                .example(include_str!("CKV2_AWS_3.tf"))]),
check("CKV2_AWS_10", "the trail is sent to CloudWatch Logs")
            .problem("the trail is not sent to CloudWatch Logs")
            .severity(Low)
            .why("A trail that only lies in a bucket is read after the incident. In \
CloudWatch an alarm can go by it at once.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-5"), cwe("CWE-778")])
            .rules(&[policy(&["aws_cloudtrail"], &all(&[only(&[Text("aws_cloudtrail")]), connected(&["aws_cloudtrail"], &["aws_cloudwatch_log_group"]), on(&["aws_cloudtrail"], "cloud_watch_logs_group_arn").exists()]))
                .fix("set `cloud_watch_logs_group_arn`")
                .snippet("cloud_watch_logs_group_arn = \"${aws_cloudwatch_log_group.trail.arn}:*\"\n")
                .example(include_str!("CKV2_AWS_10.tf"))]),
check("CKV2_AWS_31", "the web ACL logs what it sees")
            .problem("the web ACL logs nothing")
            .severity(Low)
            .why("Without its log nobody can tell an attack from a rule that is too \
strict.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/waf-controls.html#waf-11"), cwe("CWE-778")])
            .rules(&[policy(&["aws_wafv2_web_acl"], &all(&[only(&[Text("aws_wafv2_web_acl")]), connected(&["aws_wafv2_web_acl"], &["aws_wafv2_web_acl_logging_configuration"])]))
                .fix("add an `aws_wafv2_web_acl_logging_configuration`")
                .snippet("resource \"aws_wafv2_web_acl_logging_configuration\" \"app\" {\n  resource_arn = aws_wafv2_web_acl.app.arn\n}\n")
                .example(include_str!("CKV2_AWS_31.tf"))]),
check("CKV2_AWS_45", "the recorder of AWS Config runs and records all it can")
            .problem("the recorder of AWS Config does not run, or leaves out types")
            .severity(Medium)
            .why("What is not recorded cannot be traced back: when a rule was \
opened, and what it was before.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/config-controls.html#config-1")])
            .rules(&[policy(&["aws_config_configuration_recorder_status"], &all(&[only(&[Text("aws_config_configuration_recorder_status")]), connected(&["aws_config_configuration_recorder_status"], &["aws_config_configuration_recorder"]), on(&["aws_config_configuration_recorder"], "recording_group.all_supported").differs_from(Text("false")), on(&["aws_config_configuration_recorder_status"], "is_enabled").equals(Text("true"))]))
                .fix("set `is_enabled = true`, and leave `all_supported` true")
                .snippet("is_enabled = true\n")
                .example(include_str!("CKV2_AWS_45.tf"))]),
check("CKV2_AWS_48", "AWS Config records global types too")
            .problem("AWS Config does not record global types")
            .severity(Low)
            .why("Users, roles and policies of IAM are global: without them the \
history lacks what an attacker changes first.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/config-controls.html#config-1")])
            .rules(&[policy(&["aws_config_configuration_recorder"], &on(&["aws_config_configuration_recorder"], "recording_group.include_global_resource_types").equals(Text("true")))
                .fix("set `include_global_resource_types = true` in one region")
                .snippet("recording_group {\n  all_supported                 = true\n  include_global_resource_types = true\n}\n")
                .example(include_str!("CKV2_AWS_48.tf"))]),
];
