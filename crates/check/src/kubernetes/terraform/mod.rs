//! The same checks on what Terraform's Kubernetes provider makes. Checkov asks less of it than of
//! manifests, and where it does, so does this: a container without a `security_context` passes, and
//! probes are asked of the first container alone.

mod containers;
mod objects;
mod pods;

pub(super) use containers::*;
pub(super) use objects::*;
pub(super) use pods::*;

use bastide_source::Span;
use bastide_terraform::Resource;
use bastide_value::{Map, Node, Value};

use crate::{Label, Outcome};

/// Resource types that hold a pod.
pub(crate) const PODS: &[&str] = &[
    "kubernetes_deployment",
    "kubernetes_deployment_v1",
    "kubernetes_pod",
    "kubernetes_pod_v1",
];

/// Resource types that hold a pod, daemon sets included.
pub(super) const PODS_AND_DAEMONS: &[&str] = &[
    "kubernetes_daemon_set_v1",
    "kubernetes_daemonset",
    "kubernetes_deployment",
    "kubernetes_deployment_v1",
    "kubernetes_pod",
    "kubernetes_pod_v1",
];

/// Resource types whose objects have a namespace.
pub(super) const NAMESPACED: &[&str] = &[
    "kubernetes_config_map",
    "kubernetes_config_map_v1",
    "kubernetes_cron_job",
    "kubernetes_cron_job_v1",
    "kubernetes_daemon_set_v1",
    "kubernetes_daemonset",
    "kubernetes_deployment",
    "kubernetes_deployment_v1",
    "kubernetes_ingress",
    "kubernetes_ingress_v1",
    "kubernetes_job",
    "kubernetes_job_v1",
    "kubernetes_pod",
    "kubernetes_pod_v1",
    "kubernetes_replication_controller",
    "kubernetes_replication_controller_v1",
    "kubernetes_role_binding",
    "kubernetes_role_binding_v1",
    "kubernetes_secret",
    "kubernetes_secret_v1",
    "kubernetes_service",
    "kubernetes_service_account",
    "kubernetes_service_account_v1",
    "kubernetes_service_v1",
    "kubernetes_stateful_set",
    "kubernetes_stateful_set_v1",
];

pub(super) const POLICIES: &[&str] = &["kubernetes_pod_security_policy"];

pub(super) const SERVICE_ACCOUNTS: &[&str] = &[
    "kubernetes_service_account",
    "kubernetes_service_account_v1",
];

pub(super) const SERVICES: &[&str] = &["kubernetes_service", "kubernetes_service_v1"];

pub(super) const ROLES: &[&str] = &[
    "kubernetes_cluster_role",
    "kubernetes_cluster_role_v1",
    "kubernetes_role",
    "kubernetes_role_v1",
];

pub(super) const BINDINGS: &[&str] = &[
    "kubernetes_cluster_role_binding",
    "kubernetes_cluster_role_binding_v1",
    "kubernetes_role_binding",
    "kubernetes_role_binding_v1",
];

fn tiller_label<'a>(labels: &'a Node<'a>) -> Option<&'a Node<'a>> {
    let is = |key, text| {
        let label = labels.get(key);
        label.filter(|label: &&Node<'_>| label.value == Value::String(text))
    };
    is("app", "helm").or_else(|| is("name", "tiller"))
}

fn has_no_spec(resource: &Resource<'_>) -> bool {
    resource.get("spec").and_then(first).is_none_or(is_empty)
}

fn is_empty(node: &Node<'_>) -> bool {
    node.value.is_falsy()
}

/// The `spec` of the pod: of the template, if there is one.
fn pod<'a>(resource: &Resource<'a>) -> Option<&'a Node<'a>> {
    let spec = first(resource.get("spec")?)?;
    let template = spec.get("template").and_then(first);
    Some(
        template
            .and_then(|template| template.get("spec"))
            .and_then(first)
            .unwrap_or(spec),
    )
}

/// The `container` blocks. A list in their place is not what the provider takes, nor looked at.
fn containers<'a>(pod: &Node<'a>) -> &'a [Node<'a>] {
    blocks(pod, "container")
}

fn blocks<'a>(holder: &Node<'a>, key: &str) -> &'a [Node<'a>] {
    blocks_of(holder.value.as_map().unwrap_or_default(), key)
}

fn blocks_of<'a>(body: Map<'a>, key: &str) -> &'a [Node<'a>] {
    match body.get(key) {
        Some(node) => match node.value {
            Value::Blocks(blocks) => blocks,
            Value::Map(_) => std::slice::from_ref(node),
            _ => &[],
        },
        None => &[],
    }
}

fn lists_containers(pod: &Node<'_>) -> bool {
    pod.get("container")
        .is_some_and(|node| matches!(node.value, Value::List(_)))
}

/// The first block of a type, or the value of an attribute, if there is anything in it.
fn given<'a>(holder: &Node<'a>, key: &str) -> Option<&'a Node<'a>> {
    holder
        .get(key)
        .and_then(first)
        .filter(|node| !node.value.is_falsy() || is_block(node.value))
}

fn first<'a>(node: &'a Node<'a>) -> Option<&'a Node<'a>> {
    match node.value {
        Value::Blocks(blocks) => blocks.first(),
        Value::Null => None,
        _ => Some(node),
    }
}

fn is_block(value: Value<'_>) -> bool {
    matches!(value, Value::Map(_))
}

fn name<'a>(container: &Node<'a>) -> &'a str {
    container
        .get("name")
        .and_then(|name| name.value.as_str())
        .unwrap_or_default()
}

/// Where a key of a container is written; else its name, else all of it.
fn place(container: &Node<'_>, key: &str) -> Span {
    let node = container.get(key).or_else(|| container.get("name"));
    node.map_or(container.span, |node| node.span)
}

fn unset(resource: &Resource<'_>, what: &str) -> Outcome {
    Outcome::fail(
        resource.header(),
        format!("`{}` leaves `{what}` unset", resource.address),
    )
}

fn first_failure(mut failures: impl Iterator<Item = Label>) -> Outcome {
    failures
        .next()
        .map_or(Outcome::Pass, |label| Outcome::Fail(vec![label]))
}
