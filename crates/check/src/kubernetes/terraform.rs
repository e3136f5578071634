//! The same checks on pods and deployments that Terraform's Kubernetes provider makes. Checkov asks
//! less of them than of manifests, and where it does, so does this: a container without a
//! `security_context` passes, and probes are asked of the first container alone.

use bastide_terraform::Resource;
use bastide_value::{Node, Value};

use crate::{Label, Outcome};

/// Resource types that hold a pod.
pub(crate) const PODS: &[&str] = &[
    "kubernetes_deployment",
    "kubernetes_deployment_v1",
    "kubernetes_pod",
    "kubernetes_pod_v1",
];

pub(super) fn has_liveness_probe(resource: &Resource<'_>) -> Outcome {
    let Some(pod) = pod(resource) else {
        return unset(resource, "spec");
    };
    first_container_has(pod, "liveness_probe")
}

pub(super) fn has_readiness_probe(resource: &Resource<'_>) -> Outcome {
    pod(resource).map_or(Outcome::NotApplicable, |pod| {
        first_container_has(pod, "readiness_probe")
    })
}

fn first_container_has(pod: &Node<'_>, block: &str) -> Outcome {
    let Some(container) = containers(pod).first() else {
        return Outcome::NotApplicable;
    };
    Outcome::require(given(container, block).is_some(), || {
        missing(container, block)
    })
}

pub(super) fn has_cpu_limit(resource: &Resource<'_>) -> Outcome {
    let Some(pod) = pod(resource) else {
        return unset(resource, "spec");
    };
    let Some(container) = containers(pod).first() else {
        return Outcome::NotApplicable;
    };
    let limits = given(container, "resources").and_then(|resources| given(resources, "limits"));
    let cpu = limits.and_then(|limits| given(limits, "cpu"));
    Outcome::require(cpu.is_some(), || missing(container, "resources.limits.cpu"))
}

pub(super) fn read_only_root(resource: &Resource<'_>) -> Outcome {
    let Some(pod) = pod(resource).filter(|pod| !lists_containers(pod)) else {
        return Outcome::NotApplicable;
    };
    first_failure(containers(pod).iter().filter_map(|container| {
        let context = given(container, "security_context")?;
        let read_only = context.get("read_only_root_filesystem");
        match read_only.map(|node| node.value) {
            Some(Value::Bool(true)) => None,
            Some(value) => {
                let text = format!("`read_only_root_filesystem` is `{value}`");
                Some(Label::new(read_only?.span, text))
            }
            None => Some(missing(container, "read_only_root_filesystem")),
        }
    }))
}

pub(super) fn no_secret_in_environment(resource: &Resource<'_>) -> Outcome {
    let Some(pod) = pod(resource) else {
        return unset(resource, "spec");
    };
    if containers(pod).is_empty() {
        return Outcome::NotApplicable;
    }
    first_failure(containers(pod).iter().filter_map(|container| {
        let variable = given(container, "env").and_then(|env| given(env, "value_from"));
        let one = variable.and_then(|source| given(source, "secret_key_ref"));
        let all = given(container, "env_from").and_then(|source| source.get("secret_ref"));
        let secret = one.or(all)?;
        let text = format!(
            "container `{}` reads a Secret into variables",
            name(container)
        );
        Some(Label::new(secret.span, text))
    }))
}

pub(super) fn drops_all_capabilities(resource: &Resource<'_>) -> Outcome {
    let Some(pod) = pod(resource).filter(|pod| !lists_containers(pod)) else {
        return Outcome::NotApplicable;
    };
    first_failure(containers(pod).iter().filter_map(|container| {
        let context = given(container, "security_context")?;
        let capabilities = given(context, "capabilities")?;
        let dropped = capabilities
            .get("drop")
            .and_then(|drop| drop.value.as_list());
        let all = |item: &Node<'_>| matches!(item.value.as_str(), Some("ALL" | "all"));
        match dropped {
            Some(items) if items.iter().any(all) => None,
            _ => Some(missing(container, "capabilities.drop")),
        }
    }))
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
    match pod.get("container") {
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

fn missing(container: &Node<'_>, what: &str) -> Label {
    let place = container
        .get("name")
        .map_or(container.span, |name| name.span);
    Label::new(
        place,
        format!("container `{}` leaves `{what}` unset", name(container)),
    )
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
