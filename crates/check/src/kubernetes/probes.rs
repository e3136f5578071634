//! Probes: how Kubernetes learns that a container lives and is ready.

use bastide_kubernetes::{Container, Object};

use super::{SERVERS, label, terraform};
use crate::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_K8S_8", "each container has a liveness probe")
        .problem("a container has no liveness probe")
        .severity(Low)
        .why(
            "Without a liveness probe Kubernetes notices only that a process ended, not that it \
             hangs: a deadlocked server stays in place until somebody looks.",
        )
        .references(&[
            page("https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/"),
            page("https://docs.aws.amazon.com/eks/latest/best-practices/application.html"),
        ])
        .rules(&[
            kubernetes(SERVERS, Test::MainContainers(has_liveness_probe))
                .fix("add a `livenessProbe` that asks the cheapest endpoint that only a working process answers")
                .snippet(LIVENESS_YAML)
                .example(include_str!("CKV_K8S_8.yaml")),
            kubernetes_in_terraform(terraform::has_liveness_probe)
                .fix("add a `liveness_probe` block that asks the cheapest endpoint that only a working process answers")
                .snippet(LIVENESS_HCL)
                .example(include_str!("CKV_K8S_8.tf")),
        ]),
    check("CKV_K8S_9", "each container has a readiness probe")
        .problem("a container has no readiness probe")
        .severity(Low)
        .why(
            "Without a readiness probe a pod gets traffic the moment its process starts. A model \
             server that loads weights for minutes answers with errors all that time.",
        )
        .references(&[page(
            "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
        )])
        .rules(&[
            kubernetes(SERVERS, Test::MainContainers(has_readiness_probe))
                .fix("add a `readinessProbe` that succeeds only once requests can be served")
                .snippet(READINESS_YAML)
                .example(include_str!("CKV_K8S_9.yaml")),
            kubernetes_in_terraform(terraform::has_readiness_probe)
                .fix("add a `readiness_probe` block that succeeds only once requests can be served")
                .snippet(READINESS_HCL)
                .example(include_str!("CKV_K8S_9.tf")),
        ]),
];

fn has_liveness_probe(container: &Container<'_>, object: &Object<'_>) -> Outcome {
    Outcome::require(container.has("livenessProbe"), || {
        label(container, object, "livenessProbe", "has no livenessProbe")
    })
}

fn has_readiness_probe(container: &Container<'_>, object: &Object<'_>) -> Outcome {
    Outcome::require(container.has("readinessProbe"), || {
        label(container, object, "readinessProbe", "has no readinessProbe")
    })
}

const LIVENESS_YAML: &str = "\
livenessProbe:
  httpGet: {path: /health, port: http}
  periodSeconds: 10
  failureThreshold: 3
";

const LIVENESS_HCL: &str = "\
liveness_probe {
  http_get {
    path = \"/health\"
    port = \"http\"
  }
}
";

const READINESS_YAML: &str = "\
readinessProbe:
  httpGet: {path: /ready, port: http}
  periodSeconds: 5
";

const READINESS_HCL: &str = "\
readiness_probe {
  http_get {
    path = \"/ready\"
    port = \"http\"
  }
}
";
