//! `audit.tf`: who did what, what is not as it should be, and what an intruder would do.

use crate::cloud::Cloud;
use crate::hcl::{Block, File, Value, block, call, list, object, r, resource, t};
use crate::keys::Purpose;
use crate::logs::log_group;
use crate::policy::{allow, managed, policy, trust};

pub(crate) fn file(cloud: &Cloud) -> File {
    let mut file = File::new();
    if cloud.detects() {
        file.extend(trail(cloud));
        file.extend(recorder());
        file.extend(guard());
        file.extend(hub());
        file.extend(inspector());
        file.push(
            resource("aws_accessanalyzer_analyzer", "this")
                .set("analyzer_name", r("local.name"))
                .set("type", "ACCOUNT"),
        );
    }
    file
}

fn trail(cloud: &Cloud) -> Vec<Block> {
    vec![
        log_group(cloud, "trail", t("/${local.name}/cloudtrail")),
        resource("aws_iam_role", "trail")
            .set("name", t("${local.name}-${local.region}-cloudtrail"))
            .set("assume_role_policy", trust("cloudtrail.amazonaws.com")),
        resource("aws_iam_role_policy", "trail")
            .set("name", "logs")
            .set("role", r("aws_iam_role.trail.id"))
            .set(
                "policy",
                policy([allow(["logs:CreateLogStream", "logs:PutLogEvents"])
                    .on([t("${aws_cloudwatch_log_group.trail.arn}:*")])]),
            ),
        resource("aws_cloudtrail", "this")
            .set("name", r("local.name"))
            .set("s3_bucket_name", r("aws_s3_bucket.audit.id"))
            .set("s3_key_prefix", "trail")
            .set("kms_key_id", Purpose::Buckets.arn(cloud))
            .set("is_multi_region_trail", true)
            .set("include_global_service_events", true)
            .set("enable_log_file_validation", true)
            .set(
                "cloud_watch_logs_group_arn",
                t("${aws_cloudwatch_log_group.trail.arn}:*"),
            )
            .set("cloud_watch_logs_role_arn", r("aws_iam_role.trail.arn"))
            .set("sns_topic_name", r("aws_sns_topic.alarms.arn"))
            .set(
                "depends_on",
                list([
                    r("aws_s3_bucket_policy.audit"),
                    r("aws_sns_topic_policy.alarms"),
                ]),
            ),
    ]
}

fn recorder() -> Vec<Block> {
    vec![
        resource("aws_iam_role", "config")
            .set("name", t("${local.name}-${local.region}-config"))
            .set("assume_role_policy", trust("config.amazonaws.com")),
        resource("aws_iam_role_policy_attachment", "config")
            .set("role", r("aws_iam_role.config.name"))
            .set("policy_arn", managed("service-role/AWS_ConfigRole")),
        resource("aws_iam_role_policy", "config")
            .set("name", "bucket")
            .set("role", r("aws_iam_role.config.id"))
            .set(
                "policy",
                policy([
                    allow(["s3:PutObject"]).on([t("${aws_s3_bucket.audit.arn}/config/*")]),
                    allow(["s3:GetBucketAcl"]).on([r("aws_s3_bucket.audit.arn")]),
                    allow(["kms:Decrypt", "kms:GenerateDataKey"])
                        .on([r("aws_kms_key.buckets.arn")]),
                ]),
            ),
        resource("aws_config_configuration_recorder", "this")
            .set("name", r("local.name"))
            .set("role_arn", r("aws_iam_role.config.arn"))
            .with(
                block("recording_group")
                    .set("all_supported", true)
                    .set("include_global_resource_types", true),
            ),
        resource("aws_config_delivery_channel", "this")
            .set("name", r("local.name"))
            .set("s3_bucket_name", r("aws_s3_bucket.audit.id"))
            .set("s3_key_prefix", "config")
            .set("s3_kms_key_arn", r("aws_kms_key.buckets.arn"))
            .set(
                "depends_on",
                list([
                    r("aws_config_configuration_recorder.this"),
                    r("aws_s3_bucket_policy.audit"),
                ]),
            ),
        resource("aws_config_configuration_recorder_status", "this")
            .set("name", r("aws_config_configuration_recorder.this.name"))
            .set("is_enabled", true)
            .set("depends_on", list([r("aws_config_delivery_channel.this")])),
    ]
}

fn guard() -> Vec<Block> {
    let mut blocks = vec![
        resource("aws_guardduty_detector", "this")
            .skip(
                "CKV2_AWS_3",
                "only the administrator of an organisation can enable it for all; where there is one, detectors are left to it",
            )
            .set("enable", true)
            .set("finding_publishing_frequency", "FIFTEEN_MINUTES"),
    ];
    for name in [
        "EKS_AUDIT_LOGS",
        "S3_DATA_EVENTS",
        "EBS_MALWARE_PROTECTION",
        "RDS_LOGIN_EVENTS",
    ] {
        blocks.push(feature(name));
    }
    blocks.push(
        feature("RUNTIME_MONITORING")
            .comment("GuardDuty keeps its agent on the nodes by itself.")
            .with(
                block("additional_configuration")
                    .set("name", "EKS_ADDON_MANAGEMENT")
                    .set("status", "ENABLED"),
            ),
    );
    blocks
}

fn feature(name: &str) -> Block {
    resource("aws_guardduty_detector_feature", name.to_ascii_lowercase())
        .set("detector_id", r("aws_guardduty_detector.this.id"))
        .set("name", name)
        .set("status", "ENABLED")
}

fn hub() -> Vec<Block> {
    let standards = [
        (
            "foundational",
            "aws-foundational-security-best-practices/v/1.0.0",
        ),
        ("cis", "cis-aws-foundations-benchmark/v/3.0.0"),
    ];
    let mut blocks =
        vec![resource("aws_securityhub_account", "this").set("enable_default_standards", false)];
    for (label, path) in standards {
        blocks.push(
            resource("aws_securityhub_standards_subscription", label)
                .set(
                    "standards_arn",
                    t(format!(
                        "arn:${{local.partition}}:securityhub:${{local.region}}::standards/{path}"
                    )),
                )
                .set("depends_on", list([r("aws_securityhub_account.this")])),
        );
    }
    blocks
}

fn inspector() -> [Block; 1] {
    [resource("aws_inspector2_enabler", "this")
        .set("account_ids", [r("local.account")])
        .set("resource_types", ["EC2", "ECR", "LAMBDA"])]
}

/// What the trail is asked for: events that somebody should hear of at once.
pub(crate) const TRAIL_ALARMS: [(&str, &str, &str); 5] = [
    (
        "root_used",
        "The root user did something",
        "{ $.userIdentity.type = \"Root\" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != \"AwsServiceEvent\" }",
    ),
    (
        "access_denied",
        "Many calls were denied",
        "{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }",
    ),
    (
        "key_going",
        "A key was disabled, or is going to be deleted",
        "{ ($.eventSource = \"kms.amazonaws.com\") && (($.eventName = \"DisableKey\") || ($.eventName = \"ScheduleKeyDeletion\")) }",
    ),
    (
        "trail_changed",
        "The trail was changed or stopped",
        "{ ($.eventName = \"UpdateTrail\") || ($.eventName = \"DeleteTrail\") || ($.eventName = \"StopLogging\") }",
    ),
    (
        "iam_changed",
        "A policy of IAM was changed",
        "{ ($.eventName = \"PutRolePolicy\") || ($.eventName = \"AttachRolePolicy\") || ($.eventName = \"CreatePolicyVersion\") || ($.eventName = \"PutUserPolicy\") || ($.eventName = \"AttachUserPolicy\") }",
    ),
];

/// Findings of the detectors, for whoever hears of alarms.
pub(crate) fn findings() -> Vec<Block> {
    let severe = object([("numeric", list([Value::from(">="), 7.into()]))]);
    let label = list(["CRITICAL", "HIGH"]);
    let guard = object([
        ("source", list(["aws.guardduty"])),
        ("detail-type", list(["GuardDuty Finding"])),
        ("detail", object([("severity", list([severe]))])),
    ]);
    let hub = object([
        ("source", list(["aws.securityhub"])),
        ("detail-type", list(["Security Hub Findings - Imported"])),
        (
            "detail",
            object([(
                "findings",
                object([("Severity", object([("Label", label)]))]),
            )]),
        ),
    ]);
    let mut blocks = Vec::new();
    for (name, what, pattern) in [
        ("guardduty", "Severe findings of GuardDuty", guard),
        ("hub", "Severe findings of Security Hub", hub),
    ] {
        blocks.push(
            resource("aws_cloudwatch_event_rule", name)
                .set("name", t(format!("${{local.name}}-{name}")))
                .set("description", what)
                .set("event_pattern", call("jsonencode", [pattern])),
        );
        blocks.push(
            resource("aws_cloudwatch_event_target", name)
                .set("rule", r(format!("aws_cloudwatch_event_rule.{name}.name")))
                .set("arn", r("aws_sns_topic.alarms.arn")),
        );
    }
    blocks
}
