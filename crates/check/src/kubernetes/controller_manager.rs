//! How the controller manager is started.

use super::arguments::Argument::{Value, ValueIfGiven, Written};
use super::arguments::Wanted::{AtLeast, HoldsNot, PemFile};
use super::arguments::arguments;
use crate::prelude::*;

const PROGRAM: &[&str] = &["kube-controller-manager"];

const MANUAL: Reference = page(
    "https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/",
);

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_K8S_106", "pods that ended are cleared away")
        .problem("pods that ended are not cleared away at a stated number")
        .severity(Low)
        .why(
            "Pods that ended stay in etcd until somebody clears them away. Jobs that fail in a \
             loop fill it, and the API server slows down.",
        )
        .references(&[cis_kubernetes("1.3.1"), MANUAL])
        .rules(&[arguments(PROGRAM, &[Value("--terminated-pod-gc-threshold", AtLeast(1))])
            .fix("start `kube-controller-manager` with `--terminated-pod-gc-threshold` and a number above zero")
            .snippet("- --terminated-pod-gc-threshold=100\n")
            .example(include_str!("CKV_K8S_106.yaml"))]),
    check("CKV_K8S_107", "the controller manager cannot be profiled")
        .problem("the controller manager can be profiled")
        .severity(Low)
        .why(
            "Profiles tell much about the program and the load on it, and taking one slows it \
             down.",
        )
        .references(&[cis_kubernetes("1.3.2"), MANUAL])
        .rules(&[arguments(PROGRAM, &[Written("--profiling=false")])
            .fix("start `kube-controller-manager` with `--profiling=false`")
            .snippet("- --profiling=false\n")
            .example(include_str!("CKV_K8S_107.yaml"))]),
    check("CKV_K8S_108", "each controller has an account of its own")
        .problem("all controllers share one account")
        .severity(Medium)
        .why(
            "With one account for all, each controller holds the permissions of every other, and \
             the audit log cannot tell them apart.",
        )
        .references(&[cis_kubernetes("1.3.3"), owasp_kubernetes("K02:2025"), MANUAL])
        .rules(&[arguments(PROGRAM, &[Written("--use-service-account-credentials=true")])
            .fix("start `kube-controller-manager` with `--use-service-account-credentials=true`")
            .snippet("- --use-service-account-credentials=true\n")
            .example(include_str!("CKV_K8S_108.yaml"))]),
    check("CKV_K8S_110", "tokens are signed with a key of their own")
        .problem("the key that signs tokens is not a PEM file")
        .severity(Low)
        .why(
            "Service accounts need a pair of keys for themselves, so that it can be replaced when \
             tokens leak, without touching any certificate.",
        )
        .references(&[cis_kubernetes("1.3.4"), MANUAL])
        .rules(&[arguments(
            PROGRAM,
            &[ValueIfGiven("--service-account-private-key-file", PemFile)],
        )
        .fix("point `--service-account-private-key-file` to a file `….pem` that holds the private key of service accounts")
        .snippet("- --service-account-private-key-file=/etc/kubernetes/pki/service-account-key.pem\n")
        .example(include_str!("CKV_K8S_110.yaml"))]),
    check("CKV_K8S_111", "pods are given the authority of the API server")
        .problem("the authority that pods are given is not a PEM file")
        .severity(Low)
        .why(
            "The file becomes `ca.crt` beside each pod's token. Without a right one pods cannot \
             verify the API server, and hand their token to whoever answers.",
        )
        .references(&[cis_kubernetes("1.3.5"), MANUAL])
        .rules(&[arguments(PROGRAM, &[ValueIfGiven("--root-ca-file", PemFile)])
            .fix("point `--root-ca-file` to a file `….pem` with the certificate of the API server's authority")
            .snippet("- --root-ca-file=/etc/kubernetes/pki/ca.pem\n")
            .example(include_str!("CKV_K8S_111.yaml"))]),
    check("CKV_K8S_112", "the certificates of kubelets are renewed")
        .problem("the certificates of kubelets are not renewed")
        .severity(Medium)
        .why(
            "A kubelet whose certificate ran out no longer serves logs, commands or metrics, or \
             goes on with one that nobody can withdraw.",
        )
        .references(&[
            cis_kubernetes("1.3.6"),
            cis_kubernetes("4.2.11"),
            page("https://kubernetes.io/docs/reference/access-authn-authz/kubelet-tls-bootstrapping/"),
        ])
        .rules(&[arguments(
            &["kube-controller-manager", "kubelet"],
            &[ValueIfGiven("--feature-gates", HoldsNot("RotateKubeletServerCertificate=false"))],
        )
        .fix("take `RotateKubeletServerCertificate=false` out of `--feature-gates`")
        .snippet("- --feature-gates=RotateKubeletServerCertificate=true\n")
        .example(include_str!("CKV_K8S_112.yaml"))]),
    check("CKV_K8S_113", "the controller manager listens on its own host alone")
        .problem("the controller manager listens on the network")
        .severity(Medium)
        .why("Metrics and health are for the node itself. On the network they invite attacks.")
        .references(&[cis_kubernetes("1.3.7"), owasp_kubernetes("K06:2025"), MANUAL])
        .rules(&[arguments(PROGRAM, &[Written("--bind-address=127.0.0.1")])
            .fix("start `kube-controller-manager` with `--bind-address=127.0.0.1`")
            .snippet("- --bind-address=127.0.0.1\n")
            .example(include_str!("CKV_K8S_113.yaml"))]),
];
