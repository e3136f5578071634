//! Requests and limits.

use bastide_kubernetes::{Container, Object};
use bastide_value::Value;

use super::{WORKLOADS, label, terraform};
use crate::prelude::*;

pub(crate) const CHECKS: &[Check] = &[check("CKV_K8S_11", "each container has a CPU limit")
    .problem("a container has no CPU limit")
    .severity(Low)
    .why(
        "A container without a CPU limit may take all of a node's cores: one runaway loop, or \
             one attacker who mines, starves its neighbours.",
    )
    .references(&[
        nsa_cisa("resource policies"),
        owasp_kubernetes("K01:2025"),
        page("https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/"),
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
    ])];

fn has_cpu_limit(container: &Container<'_>, object: &Object<'_>) -> Outcome {
    match container.at("resources").map(|resources| resources.value) {
        Some(Value::Map(_)) | None => {
            Outcome::require(container.has("resources.limits.cpu"), || {
                label(
                    container,
                    object,
                    "resources.limits.cpu",
                    "sets no resources.limits.cpu",
                )
            })
        }
        Some(value) if value.is_falsy() => Outcome::fail(
            container.header(),
            label(container, object, "name", "sets no resources.limits.cpu").text,
        ),
        Some(_) => Outcome::NotApplicable,
    }
}
