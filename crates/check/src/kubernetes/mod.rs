//! Checks on Kubernetes objects, and on those that Terraform's Kubernetes provider makes.

mod api_server;
mod arguments;
mod capabilities;
mod controller_manager;
mod etcd;
mod host;
mod images;
mod ingress;
mod known_software;
mod kubelet;
mod namespaces;
mod network;
mod pod_security_policy;
mod probes;
mod rbac;
mod resources;
mod scheduler;
mod secrets;
mod security_context;
mod service_accounts;
mod terraform;

use bastide_kubernetes::{Container, Object};

pub use arguments::Arguments;
pub use rbac::Grant;

pub(crate) use terraform::PODS as PODS_IN_TERRAFORM;

use crate::{Check, Label};

pub(crate) const CHECKS: &[&[Check]] = &[
    api_server::CHECKS,
    capabilities::CHECKS,
    controller_manager::CHECKS,
    etcd::CHECKS,
    host::CHECKS,
    images::CHECKS,
    ingress::CHECKS,
    known_software::CHECKS,
    kubelet::CHECKS,
    namespaces::CHECKS,
    network::CHECKS,
    pod_security_policy::CHECKS,
    probes::CHECKS,
    rbac::CHECKS,
    resources::CHECKS,
    scheduler::CHECKS,
    secrets::CHECKS,
    security_context::CHECKS,
    service_accounts::CHECKS,
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
    let title = object.title();
    let text = [kind, " `", container.name(), "` of ", &title, " ", what].concat();
    Label::new(container.written(path), text)
}
