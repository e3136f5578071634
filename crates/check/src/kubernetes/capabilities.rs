//! Linux capabilities: the parts of what root may do.

use bastide_kubernetes::{Container, Object};
use bastide_value::Node;

use super::{WORKLOADS, label, terraform};
use crate::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_K8S_25", "no container adds capabilities")
        .problem("a container adds capabilities")
        .severity(Low)
        .why("Each capability is a part of what root may do; some of them are as good as all.")
        .references(&[
            pss_restricted("Capabilities"),
            cis_kubernetes("5.2.9"),
            nist_800_190("4.4.3"),
            owasp_kubernetes("K01:2025"),
        ])
        .rules(&[
            kubernetes(WORKLOADS, Test::Containers(adds_none))
                .fix("remove `capabilities.add`, and let the server listen on a port above 1024")
                .snippet("securityContext:\n  capabilities: {drop: [\"ALL\"]}\n")
                .example(include_str!("CKV_K8S_25.yaml")),
            kubernetes_in_terraform(terraform::adds_none)
                .fix("remove `add` from `capabilities`, and let the server listen on a port above 1024")
                .snippet("security_context {\n  capabilities {\n    drop = [\"ALL\"]\n  }\n}\n")
                .example(include_str!("CKV_K8S_25.tf")),
        ]),
    check("CKV_K8S_28", "each container gives up raw sockets")
        .problem("a container keeps raw sockets")
        .severity(Low)
        .why(
            "With `NET_RAW`, which is on by default, a container forges packets, and so answers in \
             the name of other pods on its node.",
        )
        .references(&[
            pss_restricted("Capabilities"),
            cis_kubernetes("5.2.8"),
            nist_800_190("4.4.3"),
            owasp_kubernetes("K01:2025"),
        ])
        .rules(&[
            kubernetes(WORKLOADS, Test::Containers(drops_raw_sockets))
                .fix("set `securityContext.capabilities.drop: [\"ALL\"]`")
                .snippet("securityContext:\n  capabilities: {drop: [\"ALL\"]}\n")
                .example(include_str!("CKV_K8S_28.yaml")),
            kubernetes_in_terraform(terraform::drops_raw_sockets)
                .fix("set `capabilities { drop = [\"ALL\"] }`")
                .snippet("security_context {\n  capabilities {\n    drop = [\"ALL\"]\n  }\n}\n")
                .example(include_str!("CKV_K8S_28.tf")),
        ]),
    check("CKV_K8S_37", "each container drops all capabilities")
        .problem("a container keeps capabilities")
        .severity(Low)
        .why(
            "The default set of capabilities lets a process bind low ports, change file owners and \
             send raw packets. Nearly no server needs any of it; an attacker does.",
        )
        .references(&[
            pss_restricted("Capabilities"),
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
    check("CKV_K8S_39", "no container adds `SYS_ADMIN`")
        .problem("a container adds `SYS_ADMIN`")
        .severity(High)
        .why(
            "`SYS_ADMIN` mounts file systems and changes namespaces: with it there are many ways \
             out of a container, and it is as good as privileged.",
        )
        .references(&[
            pss_baseline("Capabilities"),
            cis_kubernetes("5.2.9"),
            nist_800_190("4.4.3"),
            owasp_kubernetes("K01:2025"),
        ])
        .rules(&[
            kubernetes(WORKLOADS, Test::Containers(adds_no_sys_admin))
                .fix("take `SYS_ADMIN` out of `capabilities.add`")
                .snippet("securityContext:\n  capabilities: {drop: [\"ALL\"]}\n")
                .example(include_str!("CKV_K8S_39.yaml")),
            kubernetes_in_terraform(terraform::adds_no_sys_admin)
                .fix("take `SYS_ADMIN` out of `add`")
                .snippet("security_context {\n  capabilities {\n    drop = [\"ALL\"]\n  }\n}\n")
                .example(include_str!("CKV_K8S_39.tf")),
        ]),
];

const ADD: &str = "securityContext.capabilities.add";

const DROP: &str = "securityContext.capabilities.drop";

fn adds_none(container: &Container<'_>, object: &Object<'_>) -> Outcome {
    Outcome::require(!container.has(ADD), || {
        label(container, object, ADD, "adds capabilities")
    })
}

fn adds_no_sys_admin(container: &Container<'_>, object: &Object<'_>) -> Outcome {
    let mut added = container.list(ADD).iter();
    let adds = added.any(|item| item.value.as_str() == Some("SYS_ADMIN"));
    Outcome::require(!adds, || label(container, object, ADD, "adds SYS_ADMIN"))
}

fn drops_raw_sockets(container: &Container<'_>, object: &Object<'_>) -> Outcome {
    drops(container, object, &["ALL", "all", "NET_RAW"], "NET_RAW")
}

fn drops_all_capabilities(container: &Container<'_>, object: &Object<'_>) -> Outcome {
    drops(container, object, &["ALL", "all"], "ALL")
}

fn drops(container: &Container<'_>, object: &Object<'_>, any: &[&str], wanted: &str) -> Outcome {
    let counts = |item: &Node<'_>| {
        let name = item.value.as_str();
        name.is_some_and(|name| any.iter().any(|it| name.contains(it)))
    };
    Outcome::require(container.list(DROP).iter().any(counts), || {
        let what = match container.at(DROP) {
            Some(_) => format!("drops some capabilities, not {wanted}"),
            None => "drops no capability".to_owned(),
        };
        label(container, object, DROP, &what)
    })
}
