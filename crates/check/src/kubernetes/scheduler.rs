//! How the scheduler is started.

use super::arguments::Argument::Written;
use super::arguments::arguments;
use crate::prelude::*;

const PROGRAM: &[&str] = &["kube-scheduler"];

const MANUAL: Reference =
    page("https://kubernetes.io/docs/reference/command-line-tools-reference/kube-scheduler/");

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_K8S_114", "the scheduler cannot be profiled")
        .problem("the scheduler can be profiled")
        .severity(Low)
        .why(
            "Profiles tell much about the program and the load on it, and taking one slows it \
             down.",
        )
        .references(&[cis_kubernetes("1.4.1"), MANUAL])
        .rules(&[arguments(PROGRAM, &[Written("--profiling=false")])
            .fix("start `kube-scheduler` with `--profiling=false`")
            .snippet("- --profiling=false\n")
            .example(include_str!("CKV_K8S_114.yaml"))]),
    check("CKV_K8S_115", "the scheduler listens on its own host alone")
        .problem("the scheduler listens on the network")
        .severity(Medium)
        .why("Metrics and health are for the node itself. On the network they invite attacks.")
        .references(&[
            cis_kubernetes("1.4.2"),
            owasp_kubernetes("K06:2025"),
            MANUAL,
        ])
        .rules(&[arguments(PROGRAM, &[Written("--bind-address=127.0.0.1")])
            .fix("start `kube-scheduler` with `--bind-address=127.0.0.1`")
            .snippet("- --bind-address=127.0.0.1\n")
            .example(include_str!("CKV_K8S_115.yaml"))]),
];
