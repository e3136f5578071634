//! Requests and limits.

use bastide_kubernetes::{Container, Object, truthy};
use bastide_value::Value;

use super::{WORKLOADS, label, terraform};
use crate::prelude::*;

const MANAGING: Reference =
    page("https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/");

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_K8S_10", "each container requests CPU")
        .problem("a container requests no CPU")
        .severity(Low)
        .why(
            "The scheduler places a pod by what it requests. One that requests no CPU lands on a \
             node that has none to spare, and gets the least of it when others are busy.",
        )
        .references(&[nsa_cisa("resource policies"), owasp_kubernetes("K01:2025"), MANAGING])
        .rules(&[
            kubernetes(WORKLOADS, Test::Containers(requests_cpu))
                .fix("set `resources.requests.cpu` to what the container needs under usual load")
                .snippet("resources:\n  requests: {cpu: 500m}\n")
                .example(include_str!("CKV_K8S_10.yaml")),
            kubernetes_in_terraform(terraform::requests_cpu)
                .fix("set `resources.requests.cpu` to what the container needs under usual load")
                .snippet("resources {\n  requests = { cpu = \"500m\" }\n}\n")
                .example(include_str!("CKV_K8S_10.tf")),
        ]),
    check("CKV_K8S_11", "each container has a CPU limit")
    .problem("a container has no CPU limit")
    .severity(Low)
    .why(
        "A container without a CPU limit may take all of a node's cores: one runaway loop, or \
             one attacker who mines, starves its neighbours.",
    )
    .references(&[
        nsa_cisa("resource policies"),
        owasp_kubernetes("K01:2025"),
        MANAGING,
    ])
    .rules(&[
        kubernetes(WORKLOADS, Test::Containers(has_cpu_limit))
            .fix("set `resources.limits.cpu` to about twice what the container needs under load")
            .snippet("resources:\n  requests: {cpu: 500m}\n  limits: {cpu: \"1\"}\n")
            .example(include_str!("CKV_K8S_11.yaml")),
        kubernetes_in_terraform(terraform::has_cpu_limit)
            .fix("set `resources.limits.cpu` to about twice what the container needs under load")
            .snippet(
                "resources {\n  requests = { cpu = \"500m\" }\n  limits   = { cpu = \"1\" }\n}\n",
            )
            .example(include_str!("CKV_K8S_11.tf")),
    ]),
    check("CKV_K8S_12", "each container requests memory")
        .problem("a container requests no memory")
        .severity(Low)
        .why(
            "The scheduler places a pod by what it requests. One that requests no memory lands on \
             a full node, and is the first to be killed when memory runs out.",
        )
        .references(&[nsa_cisa("resource policies"), owasp_kubernetes("K01:2025"), MANAGING])
        .rules(&[
            kubernetes(WORKLOADS, Test::Containers(requests_memory))
                .fix("set `resources.requests.memory` to what the container needs at its peak")
                .snippet("resources:\n  requests: {memory: 2Gi}\n")
                .example(include_str!("CKV_K8S_12.yaml")),
            // In Terraform, Checkov has the ids of memory requests and limits the other way round.
            kubernetes_in_terraform(terraform::has_memory_limit)
                .fix("set `resources.limits.memory`, which the request then equals unless it is stated")
                .snippet("resources {\n  limits = { memory = \"2Gi\" }\n}\n")
                .example(include_str!("CKV_K8S_12.tf")),
        ]),
    check("CKV_K8S_13", "each container has a memory limit")
        .problem("a container has no memory limit")
        .severity(Low)
        .why(
            "A container without a memory limit grows until its node has none left; then the \
             kernel kills whatever it finds, neighbours included.",
        )
        .references(&[nsa_cisa("resource policies"), owasp_kubernetes("K01:2025"), MANAGING])
        .rules(&[
            kubernetes(WORKLOADS, Test::Containers(has_memory_limit))
                .fix("set `resources.limits.memory` to the same as `resources.requests.memory`")
                .snippet("resources:\n  requests: {memory: 2Gi}\n  limits: {memory: 2Gi}\n")
                .example(include_str!("CKV_K8S_13.yaml")),
            kubernetes_in_terraform(terraform::requests_memory)
                .fix("set `resources.requests.memory` to what the container needs at its peak")
                .snippet("resources {\n  requests = { memory = \"2Gi\" }\n  limits   = { memory = \"2Gi\" }\n}\n")
                .example(include_str!("CKV_K8S_13.tf")),
        ]),
];

fn requests_cpu(container: &Container<'_>, object: &Object<'_>) -> Outcome {
    requests(container, object, "resources.requests.cpu")
}

fn requests_memory(container: &Container<'_>, object: &Object<'_>) -> Outcome {
    requests(container, object, "resources.requests.memory")
}

fn has_cpu_limit(container: &Container<'_>, object: &Object<'_>) -> Outcome {
    states(container, object, "resources.limits.cpu")
}

fn has_memory_limit(container: &Container<'_>, object: &Object<'_>) -> Outcome {
    states(container, object, "resources.limits.memory")
}

/// Says nothing where `resources` are given without `requests`: for what has a limit the request is
/// the same unless it is stated.
fn requests(container: &Container<'_>, object: &Object<'_>, path: &str) -> Outcome {
    let requests = container.at("resources.requests").map(|it| it.value);
    if container.has("resources") && requests.and_then(Value::as_map).is_none() {
        return Outcome::NotApplicable;
    }
    states(container, object, path)
}

fn states(container: &Container<'_>, object: &Object<'_>, path: &str) -> Outcome {
    match container.at("resources").map(|resources| resources.value) {
        Some(Value::Map(_)) | None => {}
        Some(value) if !truthy(value) => {}
        Some(_) => return Outcome::NotApplicable,
    }
    Outcome::require(container.has(path), || {
        label(container, object, path, &format!("sets no {path}"))
    })
}
