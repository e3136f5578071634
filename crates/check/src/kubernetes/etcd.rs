//! How etcd is started, which holds all that the cluster knows.

use bastide_kubernetes::Object;

use super::arguments::Argument::{Given, NotWritten, Written};
use super::arguments::arguments;
use super::label;
use crate::prelude::*;

const PROGRAM: &[&str] = &["etcd"];

const SECURITY: Reference = page("https://etcd.io/docs/v3.6/op-guide/security/");

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_K8S_116", "etcd speaks TLS with its clients")
        .problem("etcd speaks plain HTTP with its clients")
        .severity(High)
        .why(
            "Every secret of the cluster passes between the API server and etcd. Without TLS it \
             can be read and changed on the way.",
        )
        .references(&[cis_kubernetes("2.1"), cwe("CWE-319"), SECURITY])
        .rules(&[arguments(PROGRAM, &[Given("--cert-file"), Given("--key-file")])
            .fix("start `etcd` with `--cert-file` and `--key-file`")
            .snippet("- --cert-file=/etc/kubernetes/pki/etcd/server.crt\n- --key-file=/etc/kubernetes/pki/etcd/server.key\n")
            .example(include_str!("CKV_K8S_116.yaml"))]),
    check("CKV_K8S_117", "etcd asks its clients for a certificate")
        .problem("etcd serves clients without a certificate")
        .severity(Critical)
        .why(
            "Who may talk to etcd may read every secret and write any object, past the API server \
             and all its rules.",
        )
        .references(&[cis_kubernetes("2.2"), cwe("CWE-306"), SECURITY])
        .rules(&[arguments(PROGRAM, &[Written("--client-cert-auth=true")])
            .fix("start `etcd` with `--client-cert-auth=true` and `--trusted-ca-file`")
            .snippet("- --client-cert-auth=true\n- --trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt\n")
            .example(include_str!("CKV_K8S_117.yaml"))]),
    check("CKV_K8S_118", "etcd does not sign its own certificates")
        .problem("etcd signs its own certificates")
        .severity(Medium)
        .why(
            "Nobody can verify a certificate that etcd made up by itself, so its clients take \
             whatever they are shown.",
        )
        .references(&[cis_kubernetes("2.3"), cwe("CWE-295"), SECURITY])
        .rules(&[arguments(PROGRAM, &[NotWritten("--auto-tls=true")])
            .fix("remove `--auto-tls=true`, and give `--cert-file` and `--key-file`")
            .snippet("- --cert-file=/etc/kubernetes/pki/etcd/server.crt\n- --key-file=/etc/kubernetes/pki/etcd/server.key\n")
            .example(include_str!("CKV_K8S_118.yaml"))]),
    check("CKV_K8S_119", "etcd speaks TLS with its peers")
        .problem("etcd speaks plain HTTP with its peers")
        .severity(High)
        .why(
            "Members of etcd send each other all that they store. Without TLS it can be read and \
             changed on the way.",
        )
        .references(&[cis_kubernetes("2.4"), cwe("CWE-319"), SECURITY])
        .rules(&[arguments(PROGRAM, &[Given("--peer-cert-file"), Given("--peer-key-file")])
            .fix("start `etcd` with `--peer-cert-file` and `--peer-key-file`")
            .snippet("- --peer-cert-file=/etc/kubernetes/pki/etcd/peer.crt\n- --peer-key-file=/etc/kubernetes/pki/etcd/peer.key\n")
            .example(include_str!("CKV_K8S_119.yaml"))]),
    check("CKV_K8S_121", "etcd asks its peers for a certificate")
        .problem("etcd takes peers without a certificate")
        .severity(High)
        .why("Whoever can join as a member is sent a copy of all that is stored.")
        .references(&[cis_kubernetes("2.5"), cwe("CWE-306"), SECURITY])
        .rules(&[kubernetes(&["Pod"], Test::Object(asks_peers))
            .fix("start `etcd` with `--peer-client-cert-auth=true` and `--peer-trusted-ca-file`")
            .snippet("- --peer-client-cert-auth=true\n- --peer-trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt\n")
            .example(include_str!("CKV_K8S_121.yaml"))]),
];

/// The arguments of containers in a pod that is called `etcd`, where they are apart from the
/// command.
fn asks_peers(object: &Object<'_>) -> Outcome {
    let Some(pod) = object.pod_template().filter(|_| object.name == "etcd") else {
        return Outcome::NotApplicable;
    };
    let flag = "--peer-client-cert-auth=true";
    Outcome::all(pod.main_containers().map(|container| {
        let mut arguments = container.list("args").iter();
        let given = container.at("args").is_none_or(|args| args.value.is_null());
        let asks = given || arguments.any(|argument| argument.value.as_str() == Some(flag));
        Outcome::require(asks, || {
            label(
                &container,
                object,
                "args",
                &format!("is started without `{flag}`"),
            )
        })
    }))
}
