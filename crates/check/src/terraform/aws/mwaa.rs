//! Managed Workflows for Apache Airflow.

use crate::prelude::*;

const ENVIRONMENT: &[&str] = &["aws_mwaa_environment"];

const WHY: &str = "Which workflow ran what, and why it failed, cannot be found out later.";

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_AWS_242", "the scheduler logs")
        .problem("the scheduler does not log")
        .severity(Low)
        .why(WHY)
        .references(&[LOGS])
        .rules(&[on(
            ENVIRONMENT,
            key("logging_configuration.scheduler_logs.enabled").enabled(),
        )
        .fix("add `scheduler_logs` with `enabled = true`")
        .snippet(
            "logging_configuration {\n  scheduler_logs {\n    enabled   = \
             true\n    log_level = \"INFO\"\n  }\n}\n",
        )
        .example(include_str!("CKV_AWS_242.tf"))]),
    check("CKV_AWS_243", "the workers log")
        .problem("the workers do not log")
        .severity(Low)
        .why(WHY)
        .references(&[LOGS])
        .rules(&[on(
            ENVIRONMENT,
            key("logging_configuration.worker_logs.enabled").enabled(),
        )
        .fix("add `worker_logs` with `enabled = true`")
        .snippet(
            "logging_configuration {\n  worker_logs {\n    enabled   = true\n    \
             log_level = \"INFO\"\n  }\n}\n",
        )
        .example(include_str!("CKV_AWS_243.tf"))]),
    check("CKV_AWS_244", "the web server logs")
        .problem("the web server does not log")
        .severity(Low)
        .why("Who logged in and started which workflow cannot be found out later.")
        .references(&[LOGS])
        .rules(&[on(
            ENVIRONMENT,
            key("logging_configuration.webserver_logs.enabled").enabled(),
        )
        .fix("add `webserver_logs` with `enabled = true`")
        .snippet(
            "logging_configuration {\n  webserver_logs {\n    enabled   = \
             true\n    log_level = \"INFO\"\n  }\n}\n",
        )
        .example(include_str!("CKV_AWS_244.tf"))]),
];

const LOGS: Reference =
    page("https://docs.aws.amazon.com/mwaa/latest/userguide/monitoring-airflow.html");
