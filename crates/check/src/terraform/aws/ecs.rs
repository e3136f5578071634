//! Elastic Container Service.

use crate::prelude::*;

use super::encryption::in_transit;

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_AWS_65", "the cluster reports on its containers")
        .problem("the cluster does not report on its containers")
        .severity(Low)
        .why("Which task eats memory, restarts or talks too much does not show in \
             the metrics of the cluster.")
        .references(&[security_hub("ECS.12"), page("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cloudwatch-container-insights.html")])
        .rules(&[on(&["aws_ecs_cluster"], exists("setting", &when(
                &key("name").one_of(&[Text("containerInsights")]),
                &key("value").one_of(&[Text("enabled"), Text("enhanced")]),
            )))
            .fix("add the `setting` `containerInsights` with the value `enabled`")
            .snippet("setting {\n  name  = \"containerInsights\"\n  value = \"enabled\"\n}\n")
            .example(include_str!("CKV_AWS_65.tf"))]),
    in_transit("CKV_AWS_97", "the task reaches its file systems by TLS", "the task reaches its file systems without TLS")
        .references(&[page("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html")])
        .rules(&[on(&["aws_ecs_task_definition"], each("volume.efs_volume_configuration", &key("transit_encryption").one_of(&[Text("ENABLED")])))
            .fix("set `transit_encryption = \"ENABLED\"` in `efs_volume_configuration`")
            .snippet("transit_encryption = \"ENABLED\"\n")
            .example(include_str!("CKV_AWS_97.tf"))]),
    check("CKV_AWS_223", "what is run in containers by ECS Exec is logged")
        .problem("what is run in containers by ECS Exec is not logged")
        .severity(Medium)
        .why("Nobody can tell afterwards what was done inside a container, and by \
             whom.")
        .references(&[page("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html")])
        .rules(&[on(&["aws_ecs_cluster"], key("configuration.execute_command_configuration.logging").none_of(&[Text("NONE")]))
            .fix("set `logging = \"OVERRIDE\"`, with a log group or bucket, in \
             `execute_command_configuration`")
            .snippet("logging = \"OVERRIDE\"\n")
            .example(include_str!("CKV_AWS_223.tf"))]),
    check("CKV_AWS_224", "logs of ECS Exec are encrypted with a customer-managed key")
        .problem("logs of ECS Exec are not encrypted with a customer-managed key")
        .severity(Low)
        .why("What people type in containers, passwords included, can be read by \
             whoever reads logs.")
        .references(&[page("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html")])
        .rules(&[on(&["aws_ecs_cluster"], when(
                &all_of(&[
                    key("configuration.execute_command_configuration").given(),
                    key("configuration.execute_command_configuration.logging").none_of(&[Text("NONE")]),
                ]),
                &all_of(&[
                    key("configuration.execute_command_configuration.kms_key_id").given(),
                    any_of(&[
                        key("configuration.execute_command_configuration.log_configuration.cloud_watch_encryption_enabled").enabled(),
                        key("configuration.execute_command_configuration.log_configuration.s3_bucket_encryption_enabled").enabled(),
                    ]),
                ]),
            ))
            .fix("set `kms_key_id`, and switch encryption on in `log_configuration`")
            .snippet("execute_command_configuration {\n  kms_key_id = \
             aws_kms_key.data.arn\n  logging    = \"OVERRIDE\"\n  log_configuration \
             {\n    cloud_watch_encryption_enabled = true\n    \
             cloud_watch_log_group_name     = aws_cloudwatch_log_group.exec.name\n  }\n}\n")
            .example(include_str!("CKV_AWS_224.tf"))]),
    check("CKV_AWS_332", "the service runs on the latest Fargate platform")
        .problem("the service stays on one version of the Fargate platform")
        .severity(Low)
        .why("Flaws that have been mended in the platform stay open for it.")
        .references(&[security_hub("ECS.10")])
        .rules(&[on(&["aws_ecs_service"], when(
                &key("launch_type").one_of(&[Text("FARGATE")]),
                &key("platform_version").one_of(&[Text("LATEST")]).or_absent(),
            ))
            .fix("remove `platform_version`, or set it to `\"LATEST\"`")
            .snippet("platform_version = \"LATEST\"\n")
            .example(include_str!("CKV_AWS_332.tf"))]),
    check("CKV_AWS_333", "tasks of the service have no public addresses")
        .problem("tasks of the service have public addresses")
        .severity(Medium)
        .why("Only a security group then stands between the internet and the \
             containers.")
        .references(&[security_hub("ECS.2")])
        .rules(&[on(&["aws_ecs_service"], key("network_configuration.assign_public_ip").not_enabled())
            .fix("remove `assign_public_ip = true`")
            .snippet("assign_public_ip = false\n")
            .example(include_str!("CKV_AWS_333.tf"))]),
];
