//! How kubelets are started.

use bastide_kubernetes::{Container, Object};

use super::WORKLOADS;
use super::arguments::Argument::{Given, NotGiven, NotWritten, Value, ValueIfGiven, Written};
use super::arguments::Wanted::{AtMost, ListsNot, ListsOnly, Something};
use super::arguments::{STRONG_CIPHERS, arguments, runs};
use crate::prelude::*;

const PROGRAM: &[&str] = &["kubelet"];

const MANUAL: Reference =
    page("https://kubernetes.io/docs/reference/command-line-tools-reference/kubelet/");

const AUTHENTICATION: Reference =
    page("https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/");

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_K8S_138", "kubelets turn anonymous requests away")
        .problem("a kubelet answers anonymous requests")
        .severity(High)
        .why(
            "A kubelet that answers everyone runs commands in any container of its node for \
             whoever reaches port 10250.",
        )
        .references(&[cis_kubernetes("4.2.1"), owasp_kubernetes("K09:2025"), AUTHENTICATION])
        .rules(&[arguments(
            PROGRAM,
            &[Written("--anonymous-auth=false"), NotWritten("--anonymous-auth=true")],
        )
        .fix("start `kubelet` with `--anonymous-auth=false`")
        .snippet("- --anonymous-auth=false\n")
        .example(include_str!("CKV_K8S_138.yaml"))]),
    check("CKV_K8S_139", "kubelets do not allow every request")
        .problem("a kubelet allows every request")
        .severity(High)
        .why(
            "With `AlwaysAllow` whoever a kubelet knows, if only as anonymous, may read logs and \
             run commands in every container of the node.",
        )
        .references(&[cis_kubernetes("4.2.2"), owasp_kubernetes("K02:2025"), AUTHENTICATION])
        .rules(&[arguments(
            PROGRAM,
            &[ValueIfGiven("--authorization-mode", ListsNot("AlwaysAllow"))],
        )
        .fix("start `kubelet` with `--authorization-mode=Webhook`")
        .snippet("- --authorization-mode=Webhook\n")
        .example(include_str!("CKV_K8S_139.yaml"))]),
    check("CKV_K8S_140", "kubelets verify the certificates of callers")
        .problem("a kubelet verifies no certificate of a caller")
        .severity(High)
        .why(
            "Without an authority to verify against, a kubelet cannot tell the API server from \
             anyone else who calls.",
        )
        .references(&[cis_kubernetes("4.2.3"), AUTHENTICATION])
        .rules(&[kubernetes(WORKLOADS, Test::Containers(verifies_clients))
            .fix("start `kubelet` with `--client-ca-file` and the certificate of the cluster's authority")
            .snippet("- --client-ca-file=/etc/kubernetes/pki/ca.crt\n")
            .example(include_str!("CKV_K8S_140.yaml"))]),
    check("CKV_K8S_141", "kubelets have no port without TLS")
        .problem("a kubelet has a port without TLS")
        .severity(Medium)
        .why(
            "The read-only port tells everyone who reaches it which pods run on the node, with \
             their settings and environment.",
        )
        .references(&[cis_kubernetes("4.2.4"), cwe("CWE-306"), MANUAL])
        .rules(&[arguments(PROGRAM, &[Written("--read-only-port=0")])
            .fix("start `kubelet` with `--read-only-port=0`")
            .snippet("- --read-only-port=0\n")
            .example(include_str!("CKV_K8S_141.yaml"))]),
    check("CKV_K8S_143", "idle streams to containers are cut")
        .problem("idle streams to containers are never cut")
        .severity(Low)
        .why(
            "A shell that somebody left open through `kubectl exec` stays open for ever, and so \
             does the connection that it takes.",
        )
        .references(&[cis_kubernetes("4.2.5"), cwe("CWE-400"), MANUAL])
        .rules(&[arguments(
            PROGRAM,
            &[NotWritten("--streaming-connection-idle-timeout=0")],
        )
        .fix("leave `--streaming-connection-idle-timeout` out, or set it to a few minutes")
        .snippet("- --streaming-connection-idle-timeout=5m\n")
        .example(include_str!("CKV_K8S_143.yaml"))]),
    check("CKV_K8S_144", "kubelets keep the kernel's settings safe")
        .problem("a kubelet changes kernel settings as it likes")
        .severity(Low)
        .why(
            "Without the flag a kubelet silently overwrites kernel settings that differ from what \
             it expects, hardened ones too; with it, it stops and says so.",
        )
        .references(&[MANUAL])
        .rules(&[arguments(PROGRAM, &[Written("--protect-kernel-defaults=true")])
            .fix("start `kubelet` with `--protect-kernel-defaults=true`")
            .snippet("- --protect-kernel-defaults=true\n")
            .example(include_str!("CKV_K8S_144.yaml"))]),
    check("CKV_K8S_145", "kubelets look after their firewall rules")
        .problem("a kubelet does not look after its firewall rules")
        .severity(Low)
        .why(
            "Left to themselves the node's rules drift from what pods need: traffic is lost, or \
             gets where it should not.",
        )
        .references(&[cis_kubernetes("4.2.6"), MANUAL])
        .rules(&[arguments(PROGRAM, &[Written("--make-iptables-util-chains=true")])
            .fix("start `kubelet` with `--make-iptables-util-chains=true`")
            .snippet("- --make-iptables-util-chains=true\n")
            .example(include_str!("CKV_K8S_145.yaml"))]),
    check("CKV_K8S_146", "nodes keep their host names")
        .problem("a node goes by another name than its host's")
        .severity(Low)
        .why(
            "Certificates and logs name the host. A node under another name cannot be matched to \
             either, and may take the name of another.",
        )
        .references(&[cis_kubernetes("4.2.7"), MANUAL])
        .rules(&[arguments(PROGRAM, &[NotGiven("--hostname-override")])
            .fix("remove `--hostname-override`")
            .snippet("- --config=/var/lib/kubelet/config.yaml\n")
            .example(include_str!("CKV_K8S_146.yaml"))]),
    check("CKV_K8S_147", "kubelets report events at a bounded rate")
        .problem("a kubelet reports events at a high rate")
        .severity(Low)
        .why(
            "Events are stored in etcd: a pod that fails in a loop, times many nodes, overloads \
             the API server. Too low a bound would lose the events that tell of an attack.",
        )
        .references(&[cis_kubernetes("4.2.8"), MANUAL])
        .rules(&[arguments(PROGRAM, &[ValueIfGiven("--event-qps", AtMost(5))])
            .fix("leave `--event-qps` out, or set it to 5 or less")
            .snippet("- --event-qps=5\n")
            .example(include_str!("CKV_K8S_147.yaml"))]),
    check("CKV_K8S_148", "kubelets have a certificate")
        .problem("a kubelet has no certificate of its own")
        .severity(Medium)
        .why(
            "Without one a kubelet signs its own, which the API server cannot verify: logs and \
             commands may pass through somebody else.",
        )
        .references(&[cis_kubernetes("4.2.9"), cwe("CWE-295"), MANUAL])
        .rules(&[arguments(
            PROGRAM,
            &[Given("--tls-cert-file"), Given("--tls-private-key-file")],
        )
        .fix("start `kubelet` with `--tls-cert-file` and `--tls-private-key-file`")
        .snippet("- --tls-cert-file=/var/lib/kubelet/pki/kubelet.crt\n- --tls-private-key-file=/var/lib/kubelet/pki/kubelet.key\n")
        .example(include_str!("CKV_K8S_148.yaml"))]),
    check("CKV_K8S_149", "kubelets renew their certificates")
        .problem("a kubelet does not renew its certificate")
        .severity(Medium)
        .why("A node whose client certificate runs out drops from the cluster with all its pods.")
        .references(&[cis_kubernetes("4.2.10"), MANUAL])
        .rules(&[arguments(PROGRAM, &[NotWritten("--rotate-certificates=false")])
            .fix("remove `--rotate-certificates=false`")
            .snippet("- --rotate-certificates=true\n")
            .example(include_str!("CKV_K8S_149.yaml"))]),
    check("CKV_K8S_151", "kubelets offer strong ciphers alone")
        .problem("a kubelet offers weak ciphers")
        .severity(Medium)
        .why("A client that is talked into a weak cipher gives away what it sends, tokens included.")
        .references(&[cis_kubernetes("4.2.12"), cwe("CWE-327"), MANUAL])
        .rules(&[arguments(
            PROGRAM,
            &[ValueIfGiven("--tls-cipher-suites", ListsOnly(STRONG_CIPHERS))],
        )
        .fix("take every suite with CBC, RC4 or 3DES out of `--tls-cipher-suites`")
        .snippet("- --tls-cipher-suites=TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\n")
        .example(include_str!("CKV_K8S_151.yaml"))]),
];

/// Says nothing of a container that runs something else.
fn verifies_clients(container: &Container<'_>, object: &Object<'_>) -> Outcome {
    if runs(container, PROGRAM) {
        Value("--client-ca-file", Something).test(container, object)
    } else {
        Outcome::NotApplicable
    }
}
