//! Where objects are put.

use bastide_kubernetes::Object;

use super::terraform;
use crate::prelude::*;

const KINDS: &[&str] = &[
    "ConfigMap",
    "CronJob",
    "DaemonSet",
    "Deployment",
    "Ingress",
    "Job",
    "Pod",
    "ReplicaSet",
    "ReplicationController",
    "Role",
    "RoleBinding",
    "Secret",
    "Service",
    "ServiceAccount",
    "StatefulSet",
];

pub(crate) const CHECKS: &[Check] =
    &[
        check("CKV_K8S_21", "each object has a namespace of its own")
            .problem("an object is put into the namespace `default`")
            .severity(Low)
            .why(
                "Roles, quotas, network policies and Pod Security levels hold for a namespace. In \
             `default` all programs share them, so that they fit none.",
            )
            .references(&[
                cis_kubernetes("5.6.4"),
                nsa_cisa("namespaces"),
                page(
                    "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",
                ),
            ])
            .rules(&[
                kubernetes(KINDS, Test::Object(own_namespace))
                    .fix("set `metadata.namespace` to a namespace that is there for this program")
                    .snippet("metadata:\n  namespace: model-server\n")
                    .example(include_str!("CKV_K8S_21.yaml")),
                terraform(
                    terraform::NAMESPACED,
                    Test::Resource(terraform::own_namespace),
                )
                .fix("set `metadata.namespace` to a namespace that is there for this program")
                .snippet("metadata {\n  namespace = \"model-server\"\n}\n")
                .example(include_str!("CKV_K8S_21.tf")),
            ]),
    ];

/// What Kubernetes itself puts into `default` may be there.
fn own_namespace(object: &Object<'_>) -> Outcome {
    let namespace = object.root.at("metadata.namespace");
    let own = namespace.is_some_and(|namespace| namespace.value.as_str() != Some("default"));
    let kubernetes_own = matches!(
        (object.kind, object.name),
        ("ServiceAccount", "default") | ("Service", "kubernetes")
    );
    Outcome::require(own || kubernetes_own, || {
        let text = match namespace {
            Some(_) => format!("{} is put into `default`", object.title()),
            None => format!("{} states no namespace", object.title()),
        };
        Label::new(object.name_span(), text)
    })
}
