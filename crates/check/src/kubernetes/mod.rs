//! Checks on Kubernetes workloads, also on those that Terraform's Kubernetes provider makes.

mod network;
mod probes;
mod resources;
mod secrets;
mod security_context;
mod terraform;

use bastide_kubernetes::{Container, Object};

pub(crate) use terraform::PODS as PODS_IN_TERRAFORM;

use crate::{Check, Label};

pub(crate) const CHECKS: &[&[Check]] = &[
    network::CHECKS,
    probes::CHECKS,
    resources::CHECKS,
    secrets::CHECKS,
    security_context::CHECKS,
];

/// Kinds that make pods.
const WORKLOADS: &[&str] = &[
    "CronJob",
    "DaemonSet",
    "Deployment",
    "DeploymentConfig",
    "Job",
    "Pod",
    "PodTemplate",
    "ReplicaSet",
    "ReplicationController",
    "StatefulSet",
];

/// Kinds whose pods are to go on running.
const SERVERS: &[&str] = &[
    "DaemonSet",
    "Deployment",
    "DeploymentConfig",
    "Pod",
    "PodTemplate",
    "ReplicaSet",
    "ReplicationController",
    "StatefulSet",
];

/// Kinds that are looked at as a whole, pod and containers together.
const POD_OWNERS: &[&str] = &[
    "CronJob",
    "DaemonSet",
    "Deployment",
    "Job",
    "Pod",
    "ReplicaSet",
    "ReplicationController",
    "StatefulSet",
];

/// What to say of a container, at the nearest place of a path that is written.
fn label(container: &Container<'_>, object: &Object<'_>, path: &str, what: &str) -> Label {
    let kind = if container.init {
        "init container"
    } else {
        "container"
    };
    let text = format!("{kind} `{}` of {} {what}", container.name(), object.title());
    Label::new(container.written(path), text)
}
