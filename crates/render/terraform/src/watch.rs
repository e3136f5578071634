//! `watch.tf`, `backup.tf` and `budget.tf`: who hears of what, what can be brought back, and what it
//! may cost.

use crate::cloud::Cloud;
use crate::hcl::{Block, File, Value, block, call, list, object, r, resource, t};
use crate::keys::Purpose;
use crate::logs::log_group;
use crate::policy::{allow, managed, policy, trust};

/// Groups into which the agent on the nodes writes.
const CONTAINER_LOGS: [&str; 4] = ["application", "dataplane", "host", "performance"];

pub(crate) fn file(cloud: &Cloud) -> File {
    let mut file = File::new();
    file.extend(topic(cloud));
    if !cloud.production() {
        return file;
    }
    if cloud.mode().is_some() {
        for name in CONTAINER_LOGS {
            file.push(log_group(
                cloud,
                &format!("containers_{name}"),
                t(format!("/aws/containerinsights/${{local.name}}/{name}")),
            ));
        }
    }
    file.extend(alarms(cloud));
    if cloud.detects() {
        file.extend(trail_alarms());
        file.extend(crate::audit::findings());
    }
    file
}

fn topic(cloud: &Cloud) -> Vec<Block> {
    vec![
        resource("aws_sns_topic", "alarms")
            .set("name", t("${local.name}-alarms"))
            .set("kms_master_key_id", Purpose::Logs.arn(cloud)),
        resource("aws_sns_topic_policy", "alarms")
            .set("arn", r("aws_sns_topic.alarms.arn"))
            .set(
                "policy",
                policy([allow(["sns:Publish"])
                    .service(list([
                        "budgets.amazonaws.com",
                        "cloudtrail.amazonaws.com",
                        "cloudwatch.amazonaws.com",
                        "events.amazonaws.com",
                    ]))
                    .on([r("aws_sns_topic.alarms.arn")])
                    .of_this_account()]),
            ),
        resource("aws_sns_topic_subscription", "alarms")
            .set("for_each", call("toset", [r("var.alarm_emails")]))
            .set("topic_arn", r("aws_sns_topic.alarms.arn"))
            .set("protocol", "email")
            .set("endpoint", r("each.key")),
    ]
}

/// An alarm on the average or sum of a metric in three times five minutes.
struct Alarm {
    label: String,
    what: String,
    metric: (&'static str, &'static str),
    of: Vec<(&'static str, Value)>,
    statistic: &'static str,
    /// Above, or below.
    above: bool,
    threshold: Value,
}

fn alarms(cloud: &Cloud) -> Vec<Block> {
    let mut alarms = Vec::new();
    if cloud.has_edge() {
        for (label, what, metric, threshold) in [
            (
                "edge_errors",
                "The load balancer answers with errors",
                "HTTPCode_ELB_5XX_Count",
                20_u32,
            ),
            (
                "pod_errors",
                "Pods answer with errors",
                "HTTPCode_Target_5XX_Count",
                50,
            ),
        ] {
            alarms.push(Alarm {
                label: label.into(),
                what: what.into(),
                metric: ("AWS/ApplicationELB", metric),
                of: vec![("LoadBalancer", r("aws_lb.edge.arn_suffix"))],
                statistic: "Sum",
                above: true,
                threshold: threshold.into(),
            });
        }
    }
    for database in &cloud.databases {
        let label = database.name.label();
        let of = || {
            vec![(
                "DBInstanceIdentifier",
                r(format!("aws_db_instance.{label}.identifier")),
            )]
        };
        let alarm = |suffix: &str, what: &str, metric, above, threshold| Alarm {
            label: format!("{label}_{suffix}"),
            what: format!("PostgreSQL of {}: {what}", database.name),
            metric: ("AWS/RDS", metric),
            of: of(),
            statistic: "Average",
            above,
            threshold,
        };
        alarms.push(alarm("cpu", "busy", "CPUUtilization", true, 85.into()));
        alarms.push(alarm(
            "space",
            "less than 5 GB left",
            "FreeStorageSpace",
            false,
            5_000_000_000_u64.into(),
        ));
    }
    for cache in &cloud.caches {
        let label = cache.name.label();
        alarms.push(Alarm {
            label: format!("{label}_memory"),
            what: format!("Valkey of {}: memory nearly full", cache.name),
            metric: ("AWS/ElastiCache", "DatabaseMemoryUsagePercentage"),
            of: vec![(
                "ReplicationGroupId",
                r(format!("aws_elasticache_replication_group.{label}.id")),
            )],
            statistic: "Average",
            above: true,
            threshold: 85.into(),
        });
    }
    if crate::secrets::rotates(cloud) {
        alarms.push(Alarm {
            label: "rotate_failed".into(),
            what: "A secret could not be changed".into(),
            metric: ("AWS/SQS", "ApproximateNumberOfMessagesVisible"),
            of: vec![("QueueName", r("aws_sqs_queue.rotate.name"))],
            statistic: "Maximum",
            above: true,
            threshold: 0.into(),
        });
    }
    alarms.into_iter().map(alarm).collect()
}

fn alarm(it: Alarm) -> Block {
    let operator = if it.above {
        "GreaterThanThreshold"
    } else {
        "LessThanThreshold"
    };
    let name = it.label.replace('_', "-");
    resource("aws_cloudwatch_metric_alarm", &it.label)
        .set("alarm_name", t(format!("${{local.name}}-{name}")))
        .set("alarm_description", it.what)
        .set("namespace", it.metric.0)
        .set("metric_name", it.metric.1)
        .set("dimensions", object(it.of))
        .set("statistic", it.statistic)
        .set("period", 300)
        .set("evaluation_periods", 3)
        .set("comparison_operator", operator)
        .set("threshold", it.threshold)
        .set("treat_missing_data", "notBreaching")
        .set("alarm_actions", [r("aws_sns_topic.alarms.arn")])
        .set("ok_actions", [r("aws_sns_topic.alarms.arn")])
}

fn trail_alarms() -> Vec<Block> {
    let mut blocks = Vec::new();
    for (label, what, pattern) in crate::audit::TRAIL_ALARMS {
        let metric = label.replace('_', "-");
        blocks.push(
            resource("aws_cloudwatch_log_metric_filter", label)
                .set("name", t(format!("${{local.name}}-{metric}")))
                .set("log_group_name", r("aws_cloudwatch_log_group.trail.name"))
                .set("pattern", pattern)
                .with(
                    block("metric_transformation")
                        .set("name", metric.as_str())
                        .set("namespace", t("${local.name}/trail"))
                        .set("value", "1"),
                ),
        );
        blocks.push(
            resource("aws_cloudwatch_metric_alarm", label)
                .set("alarm_name", t(format!("${{local.name}}-{metric}")))
                .set("alarm_description", what)
                .set("namespace", t("${local.name}/trail"))
                .set("metric_name", metric)
                .set("statistic", "Sum")
                .set("period", 300)
                .set("evaluation_periods", 1)
                .set("comparison_operator", "GreaterThanOrEqualToThreshold")
                .set("threshold", if label == "access_denied" { 20 } else { 1 })
                .set("treat_missing_data", "notBreaching")
                .set("alarm_actions", [r("aws_sns_topic.alarms.arn")]),
        );
    }
    blocks
}

/// `backup.tf`.
pub(crate) fn backup(cloud: &Cloud) -> File {
    let mut file = File::new();
    if !cloud.production() || (cloud.databases.is_empty() && !cloud.shared_files) {
        return file;
    }
    let vault = |label: &str, key: Value| {
        let vault = resource("aws_backup_vault", label);
        let vault = if label == "recovery" {
            vault.set("region", r("local.recovery_region"))
        } else {
            vault
        };
        vault.set("name", r("local.name")).set("kms_key_arn", key)
    };
    let lock = |label: &str| {
        let lock = resource("aws_backup_vault_lock_configuration", label).comment(
            "Whoever takes over an administrator cannot remove backups before their time.",
        );
        let lock = if label == "recovery" {
            lock.set("region", r("local.recovery_region"))
        } else {
            lock
        };
        lock.set(
            "backup_vault_name",
            r(format!("aws_backup_vault.{label}.name")),
        )
        .set("min_retention_days", 7)
        .set("max_retention_days", 400)
    };
    file.push(vault("this", Purpose::Backups.arn(cloud)));
    file.push(lock("this"));
    file.push(
        vault("recovery", Purpose::Backups.recovery_arn()).comment("Copies in another region."),
    );
    file.push(lock("recovery"));
    file.push(
        resource("aws_iam_role", "backup")
            .set("name", t("${local.name}-${local.region}-backup"))
            .set("assume_role_policy", trust("backup.amazonaws.com")),
    );
    file.push(
        resource("aws_iam_role_policy_attachment", "backup")
            .set(
                "for_each",
                call(
                    "toset",
                    [list([
                        "AWSBackupServiceRolePolicyForBackup",
                        "AWSBackupServiceRolePolicyForRestores",
                    ])],
                ),
            )
            .set("role", r("aws_iam_role.backup.name"))
            .set("policy_arn", managed("service-role/${each.key}")),
    );
    let rule = |name: &str, schedule: &str, days: u32| {
        block("rule")
            .set("rule_name", name)
            .set("target_vault_name", r("aws_backup_vault.this.name"))
            .set("schedule", schedule)
            .set("start_window", 60)
            .set("completion_window", 480)
            .with(block("lifecycle").set("delete_after", days))
            .with(
                block("copy_action")
                    .set("destination_vault_arn", r("aws_backup_vault.recovery.arn"))
                    .with(block("lifecycle").set("delete_after", days)),
            )
    };
    file.push(
        resource("aws_backup_plan", "this")
            .set("name", r("local.name"))
            .with(rule("daily", "cron(0 3 * * ? *)", 35))
            .with(rule("monthly", "cron(0 4 1 * ? *)", 365)),
    );
    file.push(
        resource("aws_backup_selection", "this")
            .comment("Databases and volumes carry the tag.")
            .set("name", r("local.name"))
            .set("plan_id", r("aws_backup_plan.this.id"))
            .set("iam_role_arn", r("aws_iam_role.backup.arn"))
            .set_if(
                cloud.shared_files,
                "resources",
                [r("aws_efs_file_system.this.arn")],
            )
            .with(
                block("selection_tag")
                    .set("type", "STRINGEQUALS")
                    .set("key", "backup")
                    .set("value", r("local.name")),
            ),
    );
    file
}

/// `budget.tf`.
pub(crate) fn budget() -> File {
    let mut file = File::new();
    let notice = |kind: &str, percent: u32| {
        block("notification")
            .set("notification_type", kind)
            .set("comparison_operator", "GREATER_THAN")
            .set("threshold_type", "PERCENTAGE")
            .set("threshold", percent)
            .set("subscriber_sns_topic_arns", [r("aws_sns_topic.alarms.arn")])
    };
    file.push(
        resource("aws_budgets_budget", "this")
            .comment("What carries the tag of the platform, in a month. The tag has to be activated for cost allocation.")
            .set("name", r("local.name"))
            .set("budget_type", "COST")
            .set("time_unit", "MONTHLY")
            .set("limit_unit", "USD")
            .set("limit_amount", call("tostring", [r("var.monthly_budget")]))
            .with(
                block("cost_filter")
                    .set("name", "TagKeyValue")
                    .set("values", [call("format", [Value::from("user:platform$%s"), r("local.name")])]),
            )
            .with(notice("ACTUAL", 80))
            .with(notice("ACTUAL", 100))
            .with(notice("FORECASTED", 100)),
    );
    file
}
