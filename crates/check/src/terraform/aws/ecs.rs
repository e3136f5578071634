//! Elastic Container Service.

use bastide_terraform::Resource;
use serde_json::Value as Json;

use crate::condition::undecided;
use crate::prelude::*;

use super::encryption::in_transit;
use super::json::{is_truthy, json_of, text_of};
use super::policy_document::Unread;

const TASK: &[&str] = &["aws_ecs_task_definition"];

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
    check("CKV_AWS_249", "the task and the agent that starts it have roles of their own")
        .problem("the task has the role of the agent that starts it")
        .severity(Medium)
        .why("The program in the container may then fetch images and secrets of other tasks, as the agent may.")
        .references(&[page("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html")])
        .rules(&[terraform(TASK, Test::Resource(has_its_own_role))
            .fix("make a role for the task, and name it in `task_role_arn`")
            .snippet("execution_role_arn = aws_iam_role.agent.arn\ntask_role_arn      = aws_iam_role.task.arn\n")
            .example(include_str!("CKV_AWS_249.tf"))]),
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
    check("CKV_AWS_334", "no container is privileged")
        .problem("a container is privileged")
        .severity(High)
        .why("A privileged container is root on the machine: it reads what every other container there holds.")
        .references(&[security_hub("ECS.4")])
        .rules(&[terraform(TASK, Test::Resource(is_unprivileged))
            .fix("remove `privileged`")
            .snippet("privileged = false\n")
            .example(include_str!("CKV_AWS_334.tf"))]),
    check("CKV_AWS_335", "containers do not see the processes of the machine")
        .problem("containers see the processes of the machine")
        .severity(High)
        .why("A container can then read the environment of every program on the machine, and end it.")
        .references(&[security_hub("ECS.3")])
        .rules(&[terraform(TASK, Test::Resource(has_its_own_processes))
            .fix("remove `pid_mode = \"host\"`")
            .snippet("pid_mode = \"task\"\n")
            .example(include_str!("CKV_AWS_335.tf"))]),
    check("CKV_AWS_336", "the root file systems of containers are read-only")
        .problem("the root file system of a container is writable")
        .severity(Medium)
        .why("Whoever breaks into the program can replace it, and put tools beside it.")
        .references(&[security_hub("ECS.5")])
        .rules(&[terraform(TASK, Test::Resource(is_read_only))
            .fix("set `readonlyRootFilesystem = true`, and mount a volume where it writes")
            .snippet("readonlyRootFilesystem = true\n")
            .example(include_str!("CKV_AWS_336.tf"))]),
];

fn has_its_own_role(task: &Resource<'_>) -> Outcome {
    let role = |name: &str| task.get(name).filter(|role| !role.value.is_falsy());
    let roles = role("execution_role_arn").zip(role("task_role_arn"));
    let same = roles.filter(|(agent, task)| {
        let (agent, task) = (text_of(agent), text_of(task));
        agent.is_some() && agent == task
    });
    match same {
        Some((_, task)) => Outcome::fail(task.span, "this is the role of the agent too"),
        None => Outcome::Pass,
    }
}

fn is_unprivileged(task: &Resource<'_>) -> Outcome {
    no_container(task, Unread::Silent, "is privileged", |container| {
        // Checkov asks for `privilege`, which ECS does not know.
        is_truthy(&container["privileged"]) || is_truthy(&container["privilege"])
    })
}

fn has_its_own_processes(task: &Resource<'_>) -> Outcome {
    if let Some(mode) = task
        .get("pid_mode")
        .filter(|mode| mode.value.as_str() == Some("host"))
    {
        return Outcome::fail(mode.span, "`pid_mode` is `host`");
    }
    let flaw = "sees the processes of the machine";
    no_container(task, Unread::Silent, flaw, |container| {
        container["pidMode"] == "host"
    })
}

fn is_read_only(task: &Resource<'_>) -> Outcome {
    no_container(task, Unread::Passes, "can write to its root", |container| {
        !is_truthy(&container["readonlyRootFilesystem"])
    })
}

/// No container of a task has a flaw.
fn no_container(
    task: &Resource<'_>,
    unread: Unread,
    flaw: &str,
    has_flaw: impl Fn(&Json) -> bool,
) -> Outcome {
    let Some(node) = task.get("container_definitions") else {
        return Outcome::NotApplicable;
    };
    let containers = match json_of(node) {
        Some(Json::Array(containers)) => containers,
        Some(one @ Json::Object(_)) => vec![one],
        _ if node.value.as_unknown().is_some() => return undecided(node, unread == Unread::Passes),
        _ => return Outcome::NotApplicable,
    };
    if containers.is_empty() {
        return Outcome::NotApplicable;
    }
    let mut containers = containers.iter().filter(|container| container.is_object());
    match containers.find(|container| has_flaw(container)) {
        Some(container) => {
            let name = container["name"].as_str().unwrap_or_default();
            Outcome::fail(node.span, format!("the container `{name}` {flaw}"))
        }
        None => Outcome::Pass,
    }
}
