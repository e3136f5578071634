//! What pods share with their node.

use bastide_kubernetes::{Container, Object, PodTemplate, nearest, truthy};
use bastide_value::{Node, Value};

use super::{POD_OWNERS, WORKLOADS, label, terraform};
use crate::prelude::*;

const POD_STANDARDS: Reference =
    page("https://kubernetes.io/docs/concepts/security/pod-security-standards/");

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_K8S_17", "no pod sees the processes of its node")
        .problem("a pod sees the processes of its node")
        .severity(High)
        .why(
            "A pod among the node's processes reads their environment and files, and can stop \
             every one of them.",
        )
        .references(&[
            pss_baseline("Host Namespaces"),
            nsa_cisa("pod security enforcement"),
            cis_kubernetes("5.2.3"),
            owasp_kubernetes("K01:2025"),
            POD_STANDARDS,
        ])
        .rules(&[
            kubernetes(POD_OWNERS, Test::Pods(no_host_pid))
                .fix("remove `hostPID: true`")
                .snippet("spec:\n  hostPID: false\n")
                .example(include_str!("CKV_K8S_17.yaml")),
            kubernetes_in_terraform(terraform::no_host_pid)
                .fix("remove `host_pid = true`")
                .snippet("spec {\n  host_pid = false\n}\n")
                .example(include_str!("CKV_K8S_17.tf")),
        ]),
    check("CKV_K8S_18", "no pod uses the shared memory of its node")
        .problem("a pod uses the shared memory of its node")
        .severity(Medium)
        .why("Shared memory is how programs on the node exchange data in plain form.")
        .references(&[
            pss_baseline("Host Namespaces"),
            nsa_cisa("pod security enforcement"),
            cis_kubernetes("5.2.4"),
            owasp_kubernetes("K01:2025"),
            POD_STANDARDS,
        ])
        .rules(&[
            kubernetes(POD_OWNERS, Test::Pods(no_host_ipc))
                .fix("remove `hostIPC: true`; for more shared memory mount an emptyDir of `medium: Memory` at /dev/shm")
                .snippet("volumes:\n  - name: shm\n    emptyDir: {medium: Memory, sizeLimit: 8Gi}\ncontainers:\n  - name: server\n    volumeMounts:\n      - {name: shm, mountPath: /dev/shm}\n")
                .example(include_str!("CKV_K8S_18.yaml")),
            kubernetes_in_terraform(terraform::no_host_ipc)
                .fix("remove `host_ipc = true`; for more shared memory mount an `empty_dir` with `medium = \"Memory\"` at /dev/shm")
                .snippet("volume {\n  name = \"shm\"\n  empty_dir {\n    medium     = \"Memory\"\n    size_limit = \"8Gi\"\n  }\n}\n")
                .example(include_str!("CKV_K8S_18.tf")),
        ]),
    check("CKV_K8S_19", "no pod uses the network of its node")
        .problem("a pod uses the network of its node")
        .severity(Medium)
        .why(
            "On the node's network a pod reaches what listens on its loopback address and the \
             metadata service of the cloud, and no network policy holds for it.",
        )
        .references(&[
            pss_baseline("Host Namespaces"),
            nsa_cisa("pod security enforcement"),
            cis_kubernetes("5.2.5"),
            owasp_kubernetes("K05:2025"),
            POD_STANDARDS,
        ])
        .rules(&[
            kubernetes(POD_OWNERS, Test::Pods(no_host_network))
                .fix("remove `hostNetwork: true`, and reach the pod through a Service")
                .snippet("spec:\n  hostNetwork: false\n")
                .example(include_str!("CKV_K8S_19.yaml")),
            kubernetes_in_terraform(terraform::no_host_network)
                .fix("remove `host_network = true`, and reach the pod through a service")
                .snippet("spec {\n  host_network = false\n}\n")
                .example(include_str!("CKV_K8S_19.tf")),
        ]),
    check("CKV_K8S_26", "no container takes a port of its node")
        .problem("a container takes a port of its node")
        .severity(Low)
        .why(
            "A port of the node is open to whoever reaches the node, past Services and most \
             network policies, and only one pod on each node can have it.",
        )
        .references(&[
            pss_baseline("Host Ports"),
            cis_kubernetes("5.2.12"),
            page("https://kubernetes.io/docs/concepts/services-networking/service/"),
        ])
        .rules(&[
            kubernetes(WORKLOADS, Test::Containers(no_host_port))
                .fix("remove `hostPort`, and put a Service in front of the pod")
                .snippet("ports:\n  - {name: http, containerPort: 8080}\n")
                .example(include_str!("CKV_K8S_26.yaml")),
            kubernetes_in_terraform(terraform::no_host_port)
                .fix("remove `host_port`, and put a service in front of the pod")
                .snippet("port {\n  name           = \"http\"\n  container_port = 8080\n}\n")
                .example(include_str!("CKV_K8S_26.tf")),
        ]),
    check("CKV_K8S_27", "no pod mounts the socket of Docker")
        .problem("a pod mounts the socket of Docker")
        .severity(High)
        .why(
            "Who may talk to Docker starts a privileged container with the node's disk in it: the \
             socket is root on the node.",
        )
        .references(&[
            pss_baseline("HostPath Volumes"),
            nsa_cisa("pod security enforcement"),
            cis_kubernetes("5.2.11"),
            owasp_kubernetes("K01:2025"),
        ])
        .rules(&[
            kubernetes(POD_OWNERS, Test::Pods(no_docker_socket))
                .fix("remove the volume; build images with BuildKit in rootless mode or kaniko instead")
                .snippet("volumes:\n  - name: scratch\n    emptyDir: {sizeLimit: 1Gi}\n")
                .example(include_str!("CKV_K8S_27.yaml")),
            terraform(terraform::PODS_AND_DAEMONS, Test::Resource(terraform::no_docker_socket))
                .fix("remove the volume; build images with BuildKit in rootless mode or kaniko instead")
                .snippet("volume {\n  name = \"scratch\"\n  empty_dir {\n    size_limit = \"1Gi\"\n  }\n}\n")
                .example(include_str!("CKV_K8S_27.tf")),
        ]),
];

fn no_host_pid(pod: Option<&PodTemplate<'_>>, object: &Object<'_>) -> Outcome {
    not_set(pod, object, "hostPID")
}

fn no_host_ipc(pod: Option<&PodTemplate<'_>>, object: &Object<'_>) -> Outcome {
    not_set(pod, object, "hostIPC")
}

fn no_host_network(pod: Option<&PodTemplate<'_>>, object: &Object<'_>) -> Outcome {
    not_set(pod, object, "hostNetwork")
}

fn not_set(pod: Option<&PodTemplate<'_>>, object: &Object<'_>, key: &str) -> Outcome {
    let set = |pod: &&PodTemplate<'_>| pod.spec.get(key).is_some_and(|it| truthy(it.value));
    match pod.filter(set) {
        None => Outcome::Pass,
        Some(pod) => Outcome::fail(
            nearest(pod.spec, key).unwrap_or_else(|| object.name_span()),
            format!("{} sets {key}", object.title()),
        ),
    }
}

fn no_host_port(container: &Container<'_>, object: &Object<'_>) -> Outcome {
    let mut ports = container.list("ports").iter();
    match ports.find_map(|port| port.get("hostPort")) {
        None => Outcome::Pass,
        Some(port) => {
            let what = format!("takes port {} of its node", port.value);
            let text = label(container, object, "ports", &what).text;
            Outcome::fail(port.span, text)
        }
    }
}

fn no_docker_socket(pod: Option<&PodTemplate<'_>>, object: &Object<'_>) -> Outcome {
    let volumes = match pod.and_then(|pod| pod.spec.get("volumes")) {
        None => return Outcome::Pass,
        Some(volumes) => volumes.value,
    };
    let Value::List(volumes) = volumes else {
        return Outcome::NotApplicable;
    };
    let socket = |volume: &Node<'_>| {
        let path = volume.at("hostPath.path")?;
        (path.value.as_str() == Some("/var/run/docker.sock")).then_some(path.span)
    };
    match volumes.iter().find_map(socket) {
        None => Outcome::Pass,
        Some(span) => Outcome::fail(
            span,
            format!("{} mounts the socket of Docker", object.title()),
        ),
    }
}
