//! `PodSecurityPolicy`, which Kubernetes had up to 1.24.

use bastide_kubernetes::{Object, truthy};
use bastide_value::{Node, Value};

use super::terraform;
use crate::check::Rule;
use crate::condition::Condition;
use crate::prelude::*;

const KIND: &[&str] = &["PodSecurityPolicy"];

const SUCCESSOR: Reference =
    page("https://kubernetes.io/docs/tasks/configure-pod-container/migrate-from-psp/");

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_K8S_1", "the policy keeps pods from the processes of the host")
        .problem("the policy lets pods see the processes of the host")
        .severity(High)
        .why(
            "A pod among the host's processes reads their environment and files, and can stop \
             every one of them.",
        )
        .references(&[pss_baseline("Host Namespaces"), cis_kubernetes("5.2.3"), SUCCESSOR])
        .rules(&[
            kubernetes(KIND, Test::Object(keeps_host_pid))
                .fix("set `hostPID: false`, or leave it out")
                .snippet("spec:\n  hostPID: false\n")
                .example(include_str!("CKV_K8S_1.yaml")),
            policy_in_terraform(key("spec.host_pid").one_of(&[Bool(false)]).or_absent())
                .fix("set `host_pid = false`, or leave it out")
                .snippet("spec {\n  host_pid = false\n}\n")
                .example(include_str!("CKV_K8S_1.tf")),
        ]),
    check("CKV_K8S_2", "the policy admits no privileged container")
        .problem("the policy admits privileged containers")
        .severity(High)
        .why("A privileged container is root on its node, with all devices and no confinement.")
        .references(&[pss_baseline("Privileged Containers"), cis_kubernetes("5.2.2"), SUCCESSOR])
        .rules(&[
            kubernetes(KIND, Test::Object(keeps_privileges))
                .fix("set `privileged: false`, or leave it out")
                .snippet("spec:\n  privileged: false\n")
                .example(include_str!("CKV_K8S_2.yaml")),
            policy_in_terraform(key("spec.privileged").none_of(&[Bool(true)]))
                .fix("set `privileged = false`, or leave it out")
                .snippet("spec {\n  privileged = false\n}\n")
                .example(include_str!("CKV_K8S_2.tf")),
        ]),
    check("CKV_K8S_3", "the policy keeps pods from the shared memory of the host")
        .problem("the policy lets pods use the shared memory of the host")
        .severity(Medium)
        .why("Shared memory is how programs on the host exchange data in plain form.")
        .references(&[pss_baseline("Host Namespaces"), cis_kubernetes("5.2.4"), SUCCESSOR])
        .rules(&[
            kubernetes(KIND, Test::Object(keeps_host_ipc))
                .fix("set `hostIPC: false`, or leave it out")
                .snippet("spec:\n  hostIPC: false\n")
                .example(include_str!("CKV_K8S_3.yaml")),
            policy_in_terraform(key("spec.host_ipc").none_of(&[Bool(true)]))
                .fix("set `host_ipc = false`, or leave it out")
                .snippet("spec {\n  host_ipc = false\n}\n")
                .example(include_str!("CKV_K8S_3.tf")),
        ]),
    check("CKV_K8S_4", "the policy keeps pods from the network of the host")
        .problem("the policy lets pods use the network of the host")
        .severity(Medium)
        .why(
            "On the host's network a pod reaches what listens on its loopback address, and no \
             network policy holds for it.",
        )
        .references(&[pss_baseline("Host Namespaces"), cis_kubernetes("5.2.5"), SUCCESSOR])
        .rules(&[
            kubernetes(KIND, Test::Object(keeps_host_network))
                .fix("set `hostNetwork: false`, or leave it out")
                .snippet("spec:\n  hostNetwork: false\n")
                .example(include_str!("CKV_K8S_4.yaml")),
            policy_in_terraform(key("spec.host_network").one_of(&[Bool(false)]).or_absent())
                .fix("set `host_network = false`, or leave it out")
                .snippet("spec {\n  host_network = false\n}\n")
                .example(include_str!("CKV_K8S_4.tf")),
        ]),
    check("CKV_K8S_5", "the policy lets no process gain privileges")
        .problem("the policy lets processes gain privileges")
        .severity(Medium)
        .why(
            "Unless forbidden a process may gain more rights than the one that started it, by any \
             set-user-id program in its image.",
        )
        .references(&[pss_restricted("Privilege Escalation"), cis_kubernetes("5.2.6"), SUCCESSOR])
        .rules(&[
            kubernetes(KIND, Test::Object(keeps_from_escalation))
                .fix("set `allowPrivilegeEscalation: false`")
                .snippet("spec:\n  allowPrivilegeEscalation: false\n")
                .example(include_str!("CKV_K8S_5.yaml")),
            policy_in_terraform(key("spec.allow_privilege_escalation").none_of(&[Bool(true)]))
                .fix("set `allow_privilege_escalation = false`")
                .snippet("spec {\n  allow_privilege_escalation = false\n}\n")
                .example(include_str!("CKV_K8S_5.tf")),
        ]),
    check("CKV_K8S_6", "the policy admits no container that runs as root")
        .problem("the policy admits containers that run as root")
        .severity(Medium)
        .why(
            "Root in a container is root on the node as soon as anything else gives way, such as \
             the kernel or a mount.",
        )
        .references(&[pss_restricted("Running as Non-root"), cis_kubernetes("5.2.7"), SUCCESSOR])
        .rules(&[
            kubernetes(KIND, Test::Object(keeps_from_root))
                .fix("set `runAsUser.rule: MustRunAsNonRoot`")
                .snippet("spec:\n  runAsUser: {rule: MustRunAsNonRoot}\n")
                .example(include_str!("CKV_K8S_6.yaml")),
            terraform(terraform::POLICIES, Test::Resource(terraform::keeps_from_root))
                .fix("set `run_as_user { rule = \"MustRunAsNonRoot\" }`")
                .snippet("run_as_user {\n  rule = \"MustRunAsNonRoot\"\n}\n")
                .example(include_str!("CKV_K8S_6.tf")),
        ]),
    check("CKV_K8S_7", "the policy takes raw sockets from containers")
        .problem("the policy leaves raw sockets to containers")
        .severity(Low)
        .why(
            "With `NET_RAW` a container forges packets, and so answers in the name of other pods \
             on its node.",
        )
        .references(&[pss_restricted("Capabilities"), cis_kubernetes("5.2.8"), SUCCESSOR])
        .rules(&[
            kubernetes(KIND, Test::Object(drops_raw_sockets))
                .fix("set `requiredDropCapabilities: [\"ALL\"]`")
                .snippet("spec:\n  requiredDropCapabilities: [\"ALL\"]\n")
                .example(include_str!("CKV_K8S_7.yaml")),
            terraform(terraform::POLICIES, Test::Resource(terraform::policy_drops_raw_sockets))
                .fix("set `required_drop_capabilities = [\"ALL\"]`")
                .snippet("required_drop_capabilities = [\"ALL\"]\n")
                .example(include_str!("CKV_K8S_7.tf")),
        ]),
    check("CKV_K8S_24", "the policy lets containers add no capability")
        .problem("the policy lets containers add capabilities")
        .severity(Medium)
        .why("Each capability is a part of what root may do; some of them are as good as all.")
        .references(&[pss_restricted("Capabilities"), cis_kubernetes("5.2.9"), SUCCESSOR])
        .rules(&[
            kubernetes(KIND, Test::Object(adds_no_capability))
                .fix("remove `allowedCapabilities`")
                .snippet("spec:\n  requiredDropCapabilities: [\"ALL\"]\n")
                .example(include_str!("CKV_K8S_24.yaml")),
            policy_in_terraform(key("spec.allowed_capabilities").not_given())
                .fix("remove `allowed_capabilities`")
                .snippet("spec {\n  required_drop_capabilities = [\"ALL\"]\n}\n")
                .example(include_str!("CKV_K8S_24.tf")),
        ]),
    check("CKV_K8S_32", "the policy gives pods a seccomp profile")
        .problem("the policy gives pods no seccomp profile")
        .severity(Low)
        .why(
            "A seccomp profile refuses the system calls that programs do not need and that most \
             ways out of a container do.",
        )
        .references(&[pss_restricted("Seccomp"), cis_kubernetes("5.6.2"), SUCCESSOR])
        .rules(&[
            kubernetes(KIND, Test::Object(gives_seccomp_profile))
                .fix("set the annotation `seccomp.security.alpha.kubernetes.io/defaultProfileName: runtime/default`")
                .snippet("metadata:\n  annotations:\n    seccomp.security.alpha.kubernetes.io/defaultProfileName: runtime/default\n")
                .example(include_str!("CKV_K8S_32.yaml")),
            terraform(terraform::POLICIES, Test::Resource(terraform::gives_seccomp_profile))
                .fix("set the annotation `seccomp.security.alpha.kubernetes.io/defaultProfileName` to `runtime/default`")
                .snippet("annotations = {\n  \"seccomp.security.alpha.kubernetes.io/defaultProfileName\" = \"runtime/default\"\n}\n")
                .example(include_str!("CKV_K8S_32.tf")),
        ]),
    check("CKV_K8S_36", "the policy takes capabilities from containers")
        .problem("the policy takes no capability from containers")
        .severity(Low)
        .why(
            "The default set of capabilities lets a process bind low ports, change file owners and \
             forge packets; hardly any server needs one of them.",
        )
        .references(&[pss_restricted("Capabilities"), cis_kubernetes("5.2.9"), SUCCESSOR])
        .rules(&[
            kubernetes(KIND, Test::Object(drops_capabilities))
                .fix("set `requiredDropCapabilities: [\"ALL\"]`")
                .snippet("spec:\n  requiredDropCapabilities: [\"ALL\"]\n")
                .example(include_str!("CKV_K8S_36.yaml")),
            policy_in_terraform(key("spec.required_drop_capabilities").given())
                .fix("set `required_drop_capabilities = [\"ALL\"]`")
                .snippet("spec {\n  required_drop_capabilities = [\"ALL\"]\n}\n")
                .example(include_str!("CKV_K8S_36.tf")),
        ]),
];

/// A rule for the policies that Terraform's Kubernetes provider makes.
const fn policy_in_terraform(condition: Condition) -> Rule {
    terraform(terraform::POLICIES, Test::Attributes(condition))
}

fn keeps_host_pid(policy: &Object<'_>) -> Outcome {
    unset_or_false(policy, "spec.hostPID")
}

fn keeps_privileges(policy: &Object<'_>) -> Outcome {
    unset_or_false(policy, "spec.privileged")
}

fn keeps_host_ipc(policy: &Object<'_>) -> Outcome {
    unset_or_false(policy, "spec.hostIPC")
}

fn keeps_host_network(policy: &Object<'_>) -> Outcome {
    unset_or_false(policy, "spec.hostNetwork")
}

fn keeps_from_escalation(policy: &Object<'_>) -> Outcome {
    let path = "spec.allowPrivilegeEscalation";
    if policy.root.get("spec").is_none() {
        return Outcome::NotApplicable;
    }
    let forbidden = policy.root.at(path).is_some_and(|node| !truthy(node.value));
    require(
        forbidden,
        policy,
        path,
        "does not forbid allowPrivilegeEscalation",
    )
}

fn keeps_from_root(policy: &Object<'_>) -> Outcome {
    let rule = policy.root.at("spec.runAsUser.rule");
    let holds = match rule.and_then(|rule| rule.value.as_str()) {
        Some("MustRunAsNonRoot") => true,
        Some("MustRunAs") => {
            let ranges = policy.root.at("spec.runAsUser.ranges");
            let from = |range: &Node<'_>| range.get("min").and_then(|min| min.value.as_int());
            ranges
                .and_then(|ranges| ranges.value.as_list())
                .is_some_and(|ranges| ranges.iter().all(|range| from(range) != Some(0)))
        }
        _ => false,
    };
    require(
        holds,
        policy,
        "spec.runAsUser.rule",
        "lets containers run as root",
    )
}

fn drops_raw_sockets(policy: &Object<'_>) -> Outcome {
    let path = "spec.requiredDropCapabilities";
    let dropped = policy.root.at(path).and_then(|list| list.value.as_list());
    let counts = |item: &Node<'_>| matches!(item.value.as_str(), Some("ALL" | "NET_RAW"));
    let holds = dropped.unwrap_or_default().iter().any(counts);
    require(holds, policy, path, "does not drop NET_RAW")
}

fn adds_no_capability(policy: &Object<'_>) -> Outcome {
    let path = "spec.allowedCapabilities";
    let allowed = policy.root.at(path).is_some_and(|list| truthy(list.value));
    require(!allowed, policy, path, "lets containers add capabilities")
}

fn gives_seccomp_profile(policy: &Object<'_>) -> Outcome {
    let path = "metadata.annotations";
    let annotations = policy.root.at(path).and_then(|node| node.value.as_map());
    let holds = annotations
        .unwrap_or_default()
        .entries()
        .iter()
        .any(|entry| {
            entry
                .key
                .contains("seccomp.security.alpha.kubernetes.io/defaultProfileName")
                && entry.node.value.as_str().is_some_and(|profile| {
                    profile.contains("docker/default") || profile.contains("runtime/default")
                })
        });
    require(holds, policy, path, "names no default seccomp profile")
}

fn drops_capabilities(policy: &Object<'_>) -> Outcome {
    let path = "spec.requiredDropCapabilities";
    let drops = policy.root.at(path).is_some_and(|list| truthy(list.value));
    require(drops, policy, path, "drops no capability")
}

fn unset_or_false(policy: &Object<'_>, path: &str) -> Outcome {
    let value = policy.root.at(path).map(|node| node.value);
    let holds = matches!(value, None | Some(Value::Bool(false)));
    require(holds, policy, path, &format!("does not forbid `{path}`"))
}

fn require(holds: bool, policy: &Object<'_>, path: &str, what: &str) -> Outcome {
    Outcome::require(holds, || {
        Label::new(policy.written(path), format!("{} {what}", policy.title()))
    })
}
