//! As whom pods speak to the API server.

use bastide_kubernetes::{Object, PodTemplate, nearest, truthy};
use bastide_value::{Node, Value};

use super::{POD_OWNERS, terraform};
use crate::prelude::*;

const ACCOUNTS: Reference =
    page("https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/");

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_K8S_38", "no pod is given a token that it does not need")
        .problem("a pod is given a token for the API server")
        .severity(Low)
        .why(
            "The token lies in the file system of every container. Whoever runs code there asks \
             the API server for whatever the pod's account may see and do.",
        )
        .references(&[
            cis_kubernetes("5.1.6"),
            nsa_cisa("protecting pod service account tokens"),
            owasp_kubernetes("K02:2025"),
            ACCOUNTS,
        ])
        .rules(&[kubernetes(POD_OWNERS, Test::Pods(mounts_no_token))
            .fix("set `automountServiceAccountToken: false` in the pod's `spec`")
            .snippet("spec:\n  automountServiceAccountToken: false\n")
            .example(include_str!("CKV_K8S_38.yaml"))]),
    check("CKV_K8S_41", "the default service account has no token")
        .problem("the default service account has a token")
        .severity(Low)
        .why(
            "Every pod that names no account runs as `default`: a permission that is meant for \
             one of them is then held by all.",
        )
        .references(&[cis_kubernetes("5.1.5"), owasp_kubernetes("K02:2025"), ACCOUNTS])
        .rules(&[
            kubernetes(&["ServiceAccount"], Test::Object(default_has_no_token))
                .fix("set `automountServiceAccountToken: false` on the service account `default`")
                .snippet("apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: default, namespace: model-server}\nautomountServiceAccountToken: false\n")
                .example(include_str!("CKV_K8S_41.yaml")),
            terraform(terraform::SERVICE_ACCOUNTS, Test::Resource(terraform::default_has_no_token))
                .fix("set `automount_service_account_token = false` on the service account `default`")
                .snippet("resource \"kubernetes_default_service_account_v1\" \"default\" {\n  metadata {\n    namespace = \"model-server\"\n  }\n  automount_service_account_token = false\n}\n")
                .example(include_str!("CKV_K8S_41.tf")),
        ]),
    check("CKV_K8S_42", "no role is bound to the default service account")
        .problem("a role is bound to the default service account")
        .severity(Medium)
        .why(
            "Every pod that names no account runs as `default`: what the role allows, all of them \
             may do, also those that come later.",
        )
        .references(&[cis_kubernetes("5.1.5"), owasp_kubernetes("K02:2025"), ACCOUNTS])
        .rules(&[
            kubernetes(
                &["RoleBinding", "ClusterRoleBinding"],
                Test::Object(does_not_bind_default),
            )
            .fix("make a service account for the program, name it in the pod's `serviceAccountName`, and bind the role to it")
            .snippet("subjects:\n  - {kind: ServiceAccount, name: model-server, namespace: model-server}\n")
            .example(include_str!("CKV_K8S_42.yaml")),
            terraform(terraform::BINDINGS, Test::Resource(terraform::does_not_bind_default))
                .fix("make a service account for the program, name it in the pod's `service_account_name`, and bind the role to it")
                .snippet("subject {\n  kind      = \"ServiceAccount\"\n  name      = \"model-server\"\n  namespace = \"model-server\"\n}\n")
                .example(include_str!("CKV_K8S_42.tf")),
        ]),
];

fn mounts_no_token(pod: Option<&PodTemplate<'_>>, object: &Object<'_>) -> Outcome {
    let key = "automountServiceAccountToken";
    let spec = pod.map(|pod| pod.spec.value);
    if spec.is_some_and(|spec| spec.as_map().is_none() && truthy(spec)) {
        return Outcome::NotApplicable;
    }
    let value = spec.and_then(|spec| spec.get(key)).map(|node| node.value);
    Outcome::require(value == Some(Value::Bool(false)), || {
        let place = pod.and_then(|pod| nearest(pod.spec, key));
        let text = format!("{} gives the pod a token", object.title());
        Label::new(place.unwrap_or_else(|| object.name_span()), text)
    })
}

fn default_has_no_token(account: &Object<'_>) -> Outcome {
    let key = "automountServiceAccountToken";
    let value = account.root.get(key).map(|node| node.value);
    let holds = account.name != "default" || value == Some(Value::Bool(false));
    Outcome::require(holds, || {
        let text = format!("{} does not set {key} to false", account.title());
        Label::new(account.name_span(), text)
    })
}

fn does_not_bind_default(binding: &Object<'_>) -> Outcome {
    let subjects = binding.root.get("subjects");
    let is = |subject: &Node<'_>, key: &str, text: &str| {
        subject.get(key).and_then(|node| node.value.as_str()) == Some(text)
    };
    let mut subjects = subjects
        .and_then(|subjects| subjects.value.as_list())
        .unwrap_or_default()
        .iter();
    let default = subjects
        .find(|subject| is(subject, "kind", "ServiceAccount") && is(subject, "name", "default"));
    match default {
        None => Outcome::Pass,
        Some(subject) => Outcome::fail(
            subject.span,
            format!("{} binds the service account `default`", binding.title()),
        ),
    }
}
