//! What a container may do on its node.

use bastide_kubernetes::{Container, Object, PodTemplate, truthy};
use bastide_source::Span;
use bastide_value::{Node, Value};

use super::{POD_OWNERS, WORKLOADS, label, terraform};
use crate::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_K8S_16", "no container is privileged")
        .problem("a container is privileged")
        .severity(High)
        .why(
            "A privileged container is root on its node, with all devices and no confinement: \
             whoever runs code in it owns every pod there.",
        )
        .references(&[
            pss_baseline("Privileged Containers"),
            cis_kubernetes("5.2.2"),
            nsa_cisa("pod security enforcement"),
            nist_800_190("4.4.3"),
            owasp_kubernetes("K01:2025"),
        ])
        .rules(&[
            kubernetes(WORKLOADS, Test::Containers(not_privileged))
                .fix("remove `privileged: true`, and ask for devices through a device plugin")
                .snippet("securityContext:\n  privileged: false\n")
                .example(include_str!("CKV_K8S_16.yaml")),
            kubernetes_in_terraform(terraform::not_privileged)
                .fix("remove `privileged = true`, and ask for devices through a device plugin")
                .snippet("security_context {\n  privileged = false\n}\n")
                .example(include_str!("CKV_K8S_16.tf")),
        ]),
    check("CKV_K8S_20", "no process gains privileges")
        .problem("a process may gain privileges")
        .severity(Medium)
        .why(
            "Unless forbidden a process may gain more rights than the one that started it, by any \
             set-user-id program in its image.",
        )
        .references(&[
            pss_restricted("Privilege Escalation"),
            cis_kubernetes("5.2.6"),
            nsa_cisa("pod security enforcement"),
            owasp_kubernetes("K01:2025"),
        ])
        .rules(&[
            kubernetes(WORKLOADS, Test::Containers(no_escalation))
                .fix("set `securityContext.allowPrivilegeEscalation: false`")
                .snippet("securityContext:\n  allowPrivilegeEscalation: false\n")
                .example(include_str!("CKV_K8S_20.yaml")),
            kubernetes_in_terraform(terraform::no_escalation)
                .fix("set `allow_privilege_escalation = false`")
                .snippet("security_context {\n  allow_privilege_escalation = false\n}\n")
                .example(include_str!("CKV_K8S_20.tf")),
        ]),
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
            pss_restricted("Running as Non-root"),
            cis_kubernetes("5.2.7"),
            nsa_cisa("non-root containers"),
            nist_800_190("4.1.2"),
            owasp_kubernetes("K01:2025"),
        ])
        .rules(&[kubernetes(POD_OWNERS, Test::Pods(not_root))
            .fix("set `runAsNonRoot: true` and a `runAsUser` above zero in the pod's `securityContext`")
            .snippet("securityContext:\n  runAsNonRoot: true\n  runAsUser: 10001\n  runAsGroup: 10001\n")
            .example(include_str!("CKV_K8S_23.yaml"))]),
    check("CKV_K8S_29", "each pod has a security context")
        .problem("a pod has no security context")
        .severity(Low)
        .why(
            "Without a security context a pod runs as its image says, as root more often than \
             not, and owns the files that it mounts in no stated way.",
        )
        .references(&[
            cis_kubernetes("5.6.3"),
            page("https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"),
        ])
        .rules(&[
            kubernetes(POD_OWNERS, Test::Pods(pod_has_security_context))
                .fix("state user, group and seccomp profile in the pod's `securityContext`")
                .snippet(POD_CONTEXT_YAML)
                .example(include_str!("CKV_K8S_29.yaml")),
            terraform(terraform::PODS_AND_DAEMONS, Test::Resource(terraform::pod_has_security_context))
                .fix("give each container a `security_context`")
                .snippet("security_context {\n  run_as_non_root = true\n  run_as_user     = 10001\n}\n")
                .example(include_str!("CKV_K8S_29.tf")),
        ]),
    check("CKV_K8S_30", "each container has a security context")
        .problem("a container has no security context")
        .severity(Low)
        .why(
            "Capabilities, the root file system and privileges are settled for each container: \
             where nothing is said, all of them are as loose as they can be.",
        )
        .references(&[
            cis_kubernetes("5.6.3"),
            page("https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"),
        ])
        .rules(&[
            kubernetes(WORKLOADS, Test::Containers(has_security_context))
                .fix("state capabilities, root file system and privileges in the container's `securityContext`")
                .snippet(CONTAINER_CONTEXT_YAML)
                .example(include_str!("CKV_K8S_30.yaml")),
            kubernetes_in_terraform(terraform::has_security_context)
                .fix("state capabilities, root file system and privileges in the container's `security_context`")
                .snippet("security_context {\n  allow_privilege_escalation = false\n  read_only_root_filesystem  = true\n}\n")
                .example(include_str!("CKV_K8S_30.tf")),
        ]),
    check("CKV_K8S_31", "each pod runs with the runtime's seccomp profile")
        .problem("a pod runs without the runtime's seccomp profile")
        .severity(Low)
        .why(
            "The profile refuses the system calls that programs do not need and that most ways \
             out of a container do. Kubernetes uses none unless told to.",
        )
        .references(&[
            pss_restricted("Seccomp"),
            nsa_cisa("pod security enforcement"),
            cis_kubernetes("5.6.2"),
            owasp_kubernetes("K01:2025"),
            page("https://kubernetes.io/docs/tutorials/security/seccomp/"),
        ])
        .rules(&[kubernetes(POD_OWNERS, Test::Pods(has_seccomp_profile))
            .fix("set `seccompProfile.type: RuntimeDefault` in the pod's `securityContext`")
            .snippet("securityContext:\n  seccompProfile: {type: RuntimeDefault}\n")
            .example(include_str!("CKV_K8S_31.yaml"))]),
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

fn not_privileged(container: &Container<'_>, object: &Object<'_>) -> Outcome {
    let path = "securityContext.privileged";
    Outcome::require(!container.has(path), || {
        label(container, object, path, "is privileged")
    })
}

fn no_escalation(container: &Container<'_>, object: &Object<'_>) -> Outcome {
    let path = "securityContext.allowPrivilegeEscalation";
    let value = container.at(path).map(|node| node.value);
    Outcome::require(value == Some(Value::Bool(false)), || {
        let what = match value {
            Some(_) => "allows privilege escalation",
            None => "leaves allowPrivilegeEscalation unset",
        };
        label(container, object, path, what)
    })
}

fn has_security_context(container: &Container<'_>, object: &Object<'_>) -> Outcome {
    let path = "securityContext";
    Outcome::require(container.has(path), || {
        label(container, object, path, "has no securityContext")
    })
}

fn pod_has_security_context(pod: Option<&PodTemplate<'_>>, object: &Object<'_>) -> Outcome {
    let context = pod.and_then(|pod| pod.spec.get("securityContext"));
    Outcome::require(context.is_some_and(|it| truthy(it.value)), || {
        let text = format!("{} states no securityContext for the pod", object.title());
        Label::new(object.name_span(), text)
    })
}

/// Kinds whose containers are looked into for a profile of their own.
const CONTAINER_PROFILES: [&str; 6] = [
    "DaemonSet",
    "Deployment",
    "Job",
    "Pod",
    "ReplicaSet",
    "StatefulSet",
];

/// The pod's profile counts; if it names none, those of its containers; if they name none, the
/// annotation that came before both.
fn has_seccomp_profile(pod: Option<&PodTemplate<'_>>, object: &Object<'_>) -> Outcome {
    let fail = |span, what: &str| Outcome::fail(span, format!("{} {what}", object.title()));
    let other = "names another seccomp profile than RuntimeDefault";
    if let Some(pod) = pod {
        match seccomp_profile(pod.spec) {
            Some((_, true)) => return Outcome::Pass,
            Some((span, false)) => return fail(span, other),
            None => {}
        }
        if CONTAINER_PROFILES.contains(&object.kind) {
            let profiles = pod.main_containers().map(|it| seccomp_profile(it.node));
            let profiles: Vec<_> = profiles.collect();
            let mut named = profiles.iter().flatten();
            if let Some((span, _)) = named.find(|(_, confined)| !confined) {
                return fail(*span, other);
            }
            if !profiles.is_empty() && profiles.iter().all(Option::is_some) {
                return Outcome::Pass;
            }
        }
    }
    let metadata = pod.and_then(|pod| pod.metadata).or(object.metadata());
    if metadata.is_some_and(has_seccomp_annotation) {
        return Outcome::Pass;
    }
    fail(object.name_span(), "names no seccomp profile")
}

/// The profile of a pod or a container, if it names one, and whether it is the runtime's.
fn seccomp_profile(holder: &Node<'_>) -> Option<(Span, bool)> {
    let profile = holder.at("securityContext.seccompProfile.type")?;
    let confined = profile.value.as_str() == Some("RuntimeDefault");
    truthy(profile.value).then_some((profile.span, confined))
}

fn has_seccomp_annotation(metadata: &Node<'_>) -> bool {
    let annotations = metadata.get("annotations");
    let annotations = annotations.and_then(|annotations| annotations.value.as_map());
    annotations
        .unwrap_or_default()
        .entries()
        .iter()
        .any(|entry| {
            entry
                .key
                .contains("seccomp.security.alpha.kubernetes.io/pod")
                && entry.node.value.as_str().is_some_and(|profile| {
                    profile.contains("docker/default") || profile.contains("runtime/default")
                })
        })
}

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

const POD_CONTEXT_YAML: &str = "\
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile: {type: RuntimeDefault}
";

const CONTAINER_CONTEXT_YAML: &str = "\
securityContext:
  allowPrivilegeEscalation: false
  capabilities: {drop: [\"ALL\"]}
  readOnlyRootFilesystem: true
";
