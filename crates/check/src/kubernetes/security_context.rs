//! What a container may do on its node.

use bastide_kubernetes::{Container, Object, PodTemplate, truthy};
use bastide_value::{Node, Value};

use super::{POD_OWNERS, WORKLOADS, label, terraform};
use crate::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_K8S_22", "the root file system is read-only")
        .problem("the root file system is writable")
        .severity(Medium)
        .why(
            "Whoever runs code in a container with a writable root file system can replace its \
             programs and leave tools behind that survive until the pod is gone.",
        )
        .references(&[
            cis_kubernetes("5.6.3"),
            nsa_cisa("immutable container file systems"),
            nist_800_190("4.4.4"),
            owasp_kubernetes("K01:2025"),
        ])
        .rules(&[
            kubernetes(WORKLOADS, Test::Containers(read_only_root))
                .fix("set `securityContext.readOnlyRootFilesystem: true`, and mount an emptyDir where it writes")
                .snippet(READ_ONLY_YAML)
                .example(include_str!("CKV_K8S_22.yaml")),
            kubernetes_in_terraform(terraform::read_only_root)
                .fix("set `read_only_root_filesystem = true`, and mount an `empty_dir` where it writes")
                .snippet("security_context {\n  read_only_root_filesystem = true\n}\n")
                .example(include_str!("CKV_K8S_22.tf")),
        ]),
    check("CKV_K8S_23", "no container runs as root")
        .problem("a container may run as root")
        .severity(Medium)
        .why(
            "Root in a container is root on the node as soon as anything else gives way: a kernel \
             bug, a mounted socket, a missing user namespace.",
        )
        .references(&[
            pod_security("restricted"),
            cis_kubernetes("5.2.7"),
            nsa_cisa("non-root containers"),
            nist_800_190("4.1.2"),
            owasp_kubernetes("K01:2025"),
        ])
        .rules(&[kubernetes(POD_OWNERS, Test::Pods(not_root))
            .fix("set `runAsNonRoot: true` and a `runAsUser` above zero in the pod's `securityContext`")
            .snippet("securityContext:\n  runAsNonRoot: true\n  runAsUser: 10001\n  runAsGroup: 10001\n")
            .example(include_str!("CKV_K8S_23.yaml"))]),
    check("CKV_K8S_37", "each container drops all capabilities")
        .problem("a container keeps capabilities")
        .severity(Low)
        .why(
            "The default set of capabilities lets a process bind low ports, change file owners and \
             send raw packets. Nearly no server needs any of it; an attacker does.",
        )
        .references(&[
            pod_security("restricted"),
            cis_kubernetes("5.2.9"),
            nist_800_190("4.4.3"),
            owasp_kubernetes("K01:2025"),
        ])
        .rules(&[
            kubernetes(WORKLOADS, Test::Containers(drops_all_capabilities))
                .fix("set `securityContext.capabilities.drop: [\"ALL\"]`, and add back by name what is really needed")
                .snippet("securityContext:\n  capabilities: {drop: [\"ALL\"]}\n")
                .example(include_str!("CKV_K8S_37.yaml")),
            kubernetes_in_terraform(terraform::drops_all_capabilities)
                .fix("set `capabilities { drop = [\"ALL\"] }`, and add back by name what is really needed")
                .snippet("security_context {\n  capabilities {\n    drop = [\"ALL\"]\n  }\n}\n")
                .example(include_str!("CKV_K8S_37.tf")),
        ]),
    check("CKV_K8S_40", "containers run as a user of 10000 or more")
        .problem("a container may run as a user that exists on the node")
        .severity(Low)
        .why(
            "User ids below 10000 belong to accounts of the node. A process that breaks out of its \
             container with such an id owns that account's files and processes.",
        )
        .references(&[
            nsa_cisa("non-root containers"),
            page("https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"),
        ])
        .rules(&[kubernetes(POD_OWNERS, Test::Pods(high_user))
            .fix("set `runAsUser` to 10000 or more in the pod's `securityContext`")
            .snippet("securityContext:\n  runAsUser: 10001\n  runAsGroup: 10001\n  fsGroup: 10001\n")
            .example(include_str!("CKV_K8S_40.yaml"))]),
];

fn read_only_root(container: &Container<'_>, object: &Object<'_>) -> Outcome {
    let path = "securityContext.readOnlyRootFilesystem";
    Outcome::require(container.has(path), || {
        let what = match container.at(path) {
            Some(_) => "sets readOnlyRootFilesystem to false",
            None => "leaves readOnlyRootFilesystem unset",
        };
        label(container, object, path, what)
    })
}

fn drops_all_capabilities(container: &Container<'_>, object: &Object<'_>) -> Outcome {
    let path = "securityContext.capabilities.drop";
    let all = |name: &str| name.contains("ALL") || name.contains("all");
    let mut dropped = container
        .list(path)
        .iter()
        .filter_map(|item| item.value.as_str());
    Outcome::require(dropped.any(all), || {
        let what = match container.at(path) {
            Some(_) => "drops some capabilities, not ALL",
            None => "drops no capability",
        };
        label(container, object, path, what)
    })
}

/// What a security context says about something.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Yes,
    No,
    Nothing,
}

fn security_context<'a>(holder: &Node<'a>, key: &str) -> Option<&'a Node<'a>> {
    holder
        .get("securityContext")
        .filter(|context| truthy(context.value))?
        .get(key)
}

fn non_root(holder: &Node<'_>) -> Said {
    match security_context(holder, "runAsNonRoot") {
        Some(node) if truthy(node.value) => Said::Yes,
        Some(_) => Said::No,
        None => Said::Nothing,
    }
}

fn user_at_least(holder: &Node<'_>, least: i64) -> Said {
    match security_context(holder, "runAsUser").map(|node| node.value) {
        Some(Value::Number(user)) if user.as_int().is_some_and(|user| user >= least) => Said::Yes,
        Some(Value::Bool(true)) if least <= 1 => Said::Yes,
        Some(_) => Said::No,
        None => Said::Nothing,
    }
}

/// A container that runs as root though the pod may say otherwise: what a container says of itself
/// counts more.
fn not_root(pod: Option<&PodTemplate<'_>>, object: &Object<'_>) -> Outcome {
    let (pod_non_root, pod_user) = match pod {
        Some(pod) => (non_root(pod.spec), user_at_least(pod.spec, 1)),
        None => return no_pod(object),
    };
    each_container(
        pod,
        object,
        "securityContext.runAsNonRoot",
        "may run as root",
        |container| {
            let (own, user) = (non_root(container), user_at_least(container, 1));
            match (pod_non_root, pod_user) {
                (Said::Yes, _) => own != Said::No || user == Said::Yes,
                (_, Said::Yes) => user != Said::No,
                _ => own == Said::Yes || user == Said::Yes,
            }
        },
    )
}

fn high_user(pod: Option<&PodTemplate<'_>>, object: &Object<'_>) -> Outcome {
    let Some(spec) = pod
        .map(|pod| pod.spec)
        .filter(|spec| spec.value.as_map().is_some())
    else {
        return no_pod(object);
    };
    if spec.get("hostUsers").map(|node| node.value) == Some(Value::Bool(false)) {
        return Outcome::Pass;
    }
    let pod_user = user_at_least(spec, 10_000);
    let no_containers = spec
        .get("containers")
        .is_none_or(|list| list.value.as_list() == Some(&[]));
    if pod_user != Said::Yes && no_containers {
        return Outcome::fail(
            object.name_span(),
            format!("{} states no container", object.title()),
        );
    }
    each_container(
        pod,
        object,
        "securityContext.runAsUser",
        "may run as a user below 10000",
        |container| match user_at_least(container, 10_000) {
            Said::Yes => true,
            Said::No => false,
            Said::Nothing => pod_user == Said::Yes,
        },
    )
}

/// Asks each container but those that run first. Without a list of containers nothing can be told.
fn each_container(
    pod: Option<&PodTemplate<'_>>,
    object: &Object<'_>,
    path: &str,
    what: &str,
    holds: impl Fn(&Node<'_>) -> bool,
) -> Outcome {
    let Some(pod) = pod.filter(|pod| pod.spec.value.as_map().is_some()) else {
        return no_pod(object);
    };
    if pod
        .spec
        .get("containers")
        .is_some_and(|list| list.value.as_list().is_none())
    {
        return Outcome::NotApplicable;
    }
    let failing = pod
        .main_containers()
        .filter(|container| !holds(container.node));
    let labels: Vec<_> = failing
        .map(|container| label(&container, object, path, what))
        .collect();
    if labels.is_empty() {
        Outcome::Pass
    } else {
        Outcome::Fail(labels)
    }
}

fn no_pod(object: &Object<'_>) -> Outcome {
    Outcome::fail(
        object.name_span(),
        format!("{} states no pod", object.title()),
    )
}

const READ_ONLY_YAML: &str = "\
securityContext:
  readOnlyRootFilesystem: true
volumeMounts:
  - {name: tmp, mountPath: /tmp}
# in the pod's spec:
volumes:
  - name: tmp
    emptyDir: {sizeLimit: 1Gi}
";
