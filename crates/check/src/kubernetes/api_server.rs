//! How the API server is started.

use bastide_kubernetes::Object;

use super::arguments::Argument::{Given, NotGiven, NotWritten, Value, ValueIfGiven, Written};
use super::arguments::Wanted::{
    AtLeast, Duration, Holds, Lists, ListsNot, ListsOnly, PemFile, Something,
};
use super::arguments::{STRONG_CIPHERS, arguments};
use crate::prelude::*;

const PROGRAM: &[&str] = &["kube-apiserver"];

const PLUGINS: &str = "--enable-admission-plugins";

const MANUAL: Reference =
    page("https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/");

const ADMISSION: Reference =
    page("https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/");

const AUTHENTICATION: Reference =
    page("https://kubernetes.io/docs/reference/access-authn-authz/authentication/");

const AUDITING: Reference = page("https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/");

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_K8S_68", "the API server turns anonymous requests away")
        .problem("the API server answers anonymous requests")
        .severity(High)
        .why(
            "Requests without a credential are let in as `system:anonymous`. One role binding too \
             many for that user opens the cluster to everyone who reaches the port.",
        )
        .references(&[nsa_cisa("authentication"), cis_kubernetes("1.2.1"), owasp_kubernetes("K09:2025"), AUTHENTICATION])
        .rules(&[arguments(PROGRAM, &[Written("--anonymous-auth=false")])
            .fix("start `kube-apiserver` with `--anonymous-auth=false`")
            .snippet("- --anonymous-auth=false\n")
            .example(include_str!("CKV_K8S_68.yaml"))]),
    check("CKV_K8S_69", "the API server knows no passwords from a file")
        .problem("the API server takes passwords from a file")
        .severity(High)
        .why(
            "The file holds passwords in plain text, which stay valid until the server is \
             restarted without them. Kubernetes 1.19 removed the flag.",
        )
        .references(&[cwe("CWE-256"), AUTHENTICATION])
        .rules(&[arguments(PROGRAM, &[NotGiven("--basic-auth-file")])
            .fix("remove `--basic-auth-file`, and let people sign in through OpenID Connect")
            .snippet("- --oidc-issuer-url=https://login.example\n- --oidc-client-id=kubernetes\n")
            .example(include_str!("CKV_K8S_69.yaml"))]),
    check("CKV_K8S_70", "the API server knows no tokens from a file")
        .problem("the API server takes tokens from a file")
        .severity(High)
        .why(
            "Tokens in the file are plain text and never expire; to withdraw one the API server \
             has to be restarted.",
        )
        .references(&[cis_kubernetes("1.2.2"), cwe("CWE-256"), AUTHENTICATION])
        .rules(&[arguments(PROGRAM, &[NotGiven("--token-auth-file")])
            .fix("remove `--token-auth-file`, and use service accounts or OpenID Connect")
            .snippet("- --oidc-issuer-url=https://login.example\n- --oidc-client-id=kubernetes\n")
            .example(include_str!("CKV_K8S_70.yaml"))]),
    check("CKV_K8S_71", "the API server speaks TLS with kubelets")
        .problem("the API server speaks plain HTTP with kubelets")
        .severity(High)
        .why(
            "Whoever listens on the network between API server and nodes reads the logs, the \
             commands and the output of every `kubectl exec`, and can change them.",
        )
        .references(&[cwe("CWE-319"), MANUAL])
        .rules(&[arguments(PROGRAM, &[NotWritten("--kubelet-https=false")])
            .fix("remove `--kubelet-https=false`")
            .snippet("- --kubelet-certificate-authority=/etc/kubernetes/pki/ca.crt\n")
            .example(include_str!("CKV_K8S_71.yaml"))]),
    check("CKV_K8S_72", "the API server shows kubelets a certificate")
        .problem("the API server has no client certificate for kubelets")
        .severity(High)
        .why(
            "Without a certificate the kubelet cannot tell the API server from anyone else, so it \
             has to refuse both, or obey both.",
        )
        .references(&[cis_kubernetes("1.2.4"), MANUAL])
        .rules(&[arguments(
            PROGRAM,
            &[Given("--kubelet-client-certificate"), Given("--kubelet-client-key")],
        )
        .fix("start `kube-apiserver` with `--kubelet-client-certificate` and `--kubelet-client-key`")
        .snippet(KUBELET_CLIENT)
        .example(include_str!("CKV_K8S_72.yaml"))]),
    check("CKV_K8S_73", "the API server verifies the certificates of kubelets")
        .problem("the API server does not verify the certificates of kubelets")
        .severity(High)
        .why(
            "Without a certificate authority to verify against, any machine that answers on a \
             node's address can play its kubelet and sees what is meant for it.",
        )
        .references(&[cis_kubernetes("1.2.5"), cwe("CWE-295"), MANUAL])
        .rules(&[arguments(PROGRAM, &[Given("--kubelet-certificate-authority")])
            .fix("start `kube-apiserver` with `--kubelet-certificate-authority` and the authority's certificate")
            .snippet("- --kubelet-certificate-authority=/etc/kubernetes/pki/ca.crt\n")
            .example(include_str!("CKV_K8S_73.yaml"))]),
    check("CKV_K8S_74", "the API server does not allow every request")
        .problem("the API server allows every request")
        .severity(Critical)
        .why("With `AlwaysAllow` whoever is authenticated, by whatever means, may do anything.")
        .references(&[cis_kubernetes("1.2.6"), owasp_kubernetes("K02:2025"), MANUAL])
        .rules(&[arguments(
            PROGRAM,
            &[ValueIfGiven("--authorization-mode", ListsNot("AlwaysAllow"))],
        )
        .fix("start `kube-apiserver` with `--authorization-mode=Node,RBAC`")
        .snippet("- --authorization-mode=Node,RBAC\n")
        .example(include_str!("CKV_K8S_74.yaml"))]),
    check("CKV_K8S_75", "the API server authorizes nodes as nodes")
        .problem("the API server does not authorize nodes as nodes")
        .severity(Medium)
        .why(
            "The `Node` authorizer lets a kubelet read only the secrets of pods that run on it. \
             Without it one stolen node credential reads those of the whole cluster.",
        )
        .references(&[
            cis_kubernetes("1.2.7"),
            page("https://kubernetes.io/docs/reference/access-authn-authz/node/"),
        ])
        .rules(&[arguments(PROGRAM, &[Value("--authorization-mode", Lists("Node"))])
            .fix("start `kube-apiserver` with `--authorization-mode=Node,RBAC`")
            .snippet("- --authorization-mode=Node,RBAC\n")
            .example(include_str!("CKV_K8S_75.yaml"))]),
    check("CKV_K8S_77", "the API server authorizes by role")
        .problem("the API server does not authorize by role")
        .severity(High)
        .why(
            "Without RBAC the roles and bindings of the cluster are dead letters: what each \
             account may do is decided elsewhere, or nowhere.",
        )
        .references(&[
            cis_kubernetes("1.2.8"),
            owasp_kubernetes("K02:2025"),
            page("https://kubernetes.io/docs/reference/access-authn-authz/rbac/"),
        ])
        .rules(&[arguments(PROGRAM, &[Value("--authorization-mode", Lists("RBAC"))])
            .fix("start `kube-apiserver` with `--authorization-mode=Node,RBAC`")
            .snippet("- --authorization-mode=Node,RBAC\n")
            .example(include_str!("CKV_K8S_77.yaml"))]),
    check("CKV_K8S_78", "admission limits the rate of events")
        .problem("admission does not limit the rate of events")
        .severity(Low)
        .why(
            "A broken or hostile controller can write events without end. They fill etcd, and the \
             API server slows down for everyone.",
        )
        .references(&[cis_kubernetes("1.2.9"), cwe("CWE-770"), ADMISSION])
        .rules(&[kubernetes(&["AdmissionConfiguration"], Test::Object(limits_events))
            .fix("add the plugin `EventRateLimit` to `plugins`, with a limit for the server and for each namespace")
            .snippet("plugins:\n  - name: EventRateLimit\n    path: event-rate-limit.yaml\n")
            .example(include_str!("CKV_K8S_78.yaml"))]),
    check("CKV_K8S_79", "admission can say no")
        .problem("admission says yes to everything")
        .severity(High)
        .why("`AlwaysAdmit` is the admission plugin that admits all: no other plugin is asked.")
        .references(&[cis_kubernetes("1.2.10"), ADMISSION])
        .rules(&[arguments(
            PROGRAM,
            &[
                NotWritten("--enable-admission-plugins"),
                NotWritten("--enable-admission-plugins=AlwaysAdmit"),
            ],
        )
        .fix("take `AlwaysAdmit` out of `--enable-admission-plugins`")
        .snippet("- --enable-admission-plugins=NodeRestriction\n")
        .example(include_str!("CKV_K8S_79.yaml"))]),
    check("CKV_K8S_80", "images are always pulled with credentials")
        .problem("a pod may use any image that is on its node")
        .severity(Medium)
        .why(
            "Without `AlwaysPullImages` a pod that knows the name of a private image runs it from \
             the node's cache, though its namespace has no credential for that registry.",
        )
        .references(&[cis_kubernetes("1.2.11"), ADMISSION])
        .rules(&[arguments(PROGRAM, &[ValueIfGiven(PLUGINS, Holds(&["AlwaysPullImages"]))])
            .fix("add `AlwaysPullImages` to `--enable-admission-plugins`")
            .snippet("- --enable-admission-plugins=NodeRestriction,AlwaysPullImages\n")
            .example(include_str!("CKV_K8S_80.yaml"))]),
    check("CKV_K8S_81", "admission looks at security contexts")
        .problem("admission does not look at security contexts")
        .severity(Medium)
        .why(
            "Without a plugin that judges security contexts whoever may create a pod may create a \
             privileged one, and so becomes root on a node.",
        )
        .references(&[ADMISSION])
        .rules(&[arguments(
            PROGRAM,
            &[ValueIfGiven(PLUGINS, Holds(&["PodSecurityPolicy", "SecurityContextDeny"]))],
        )
        .fix("up to Kubernetes 1.24 add `PodSecurityPolicy` or `SecurityContextDeny` to `--enable-admission-plugins`; since then label namespaces with `pod-security.kubernetes.io/enforce`")
        .snippet("- --enable-admission-plugins=NodeRestriction,SecurityContextDeny\n")
        .example(include_str!("CKV_K8S_81.yaml"))]),
    check("CKV_K8S_82", "admission gives pods their service accounts")
        .problem("admission does not give pods their service accounts")
        .severity(Medium)
        .why(
            "The `ServiceAccount` plugin sets each pod's account and checks that it exists. Where \
             it is missing pods run without an identity, and policies by account do not hold.",
        )
        .references(&[cis_kubernetes("1.2.12"), ADMISSION])
        .rules(&[arguments(PROGRAM, &[ValueIfGiven(PLUGINS, Holds(&["ServiceAccount"]))])
            .fix("add `ServiceAccount` to `--enable-admission-plugins`")
            .snippet("- --enable-admission-plugins=NodeRestriction,ServiceAccount\n")
            .example(include_str!("CKV_K8S_82.yaml"))]),
    check("CKV_K8S_83", "admission guards the life of namespaces")
        .problem("admission does not guard the life of namespaces")
        .severity(Medium)
        .why(
            "`NamespaceLifecycle` refuses objects for namespaces that are gone or going, and \
             keeps `default` and `kube-system` from being deleted.",
        )
        .references(&[cis_kubernetes("1.2.13"), ADMISSION])
        .rules(&[arguments(PROGRAM, &[ValueIfGiven(PLUGINS, Holds(&["NamespaceLifecycle"]))])
            .fix("add `NamespaceLifecycle` to `--enable-admission-plugins`")
            .snippet("- --enable-admission-plugins=NodeRestriction,NamespaceLifecycle\n")
            .example(include_str!("CKV_K8S_83.yaml"))]),
    check("CKV_K8S_84", "admission holds pods to a policy")
        .problem("admission holds pods to no policy")
        .severity(Medium)
        .why(
            "On clusters before Kubernetes 1.25 nothing but the `PodSecurityPolicy` plugin keeps \
             a pod from running as root on its node.",
        )
        .references(&[
            nsa_cisa("pod security enforcement"),
            page("https://kubernetes.io/docs/concepts/security/pod-security-admission/"),
        ])
        .rules(&[arguments(PROGRAM, &[ValueIfGiven(PLUGINS, Holds(&["PodSecurityPolicy"]))])
            .fix("up to Kubernetes 1.24 add `PodSecurityPolicy` to `--enable-admission-plugins`; since then label namespaces with `pod-security.kubernetes.io/enforce`")
            .snippet("- --enable-admission-plugins=NodeRestriction,PodSecurityPolicy\n")
            .example(include_str!("CKV_K8S_84.yaml"))]),
    check("CKV_K8S_85", "a kubelet may change only its own node and pods")
        .problem("a kubelet may change other nodes and their pods")
        .severity(High)
        .why(
            "Without `NodeRestriction` whoever takes over one node may relabel and taint all \
             others, and so draw the pods with the best credentials to himself.",
        )
        .references(&[cis_kubernetes("1.2.14"), ADMISSION])
        .rules(&[arguments(PROGRAM, &[ValueIfGiven(PLUGINS, Holds(&["NodeRestriction"]))])
            .fix("add `NodeRestriction` to `--enable-admission-plugins`")
            .snippet("- --enable-admission-plugins=NodeRestriction\n")
            .example(include_str!("CKV_K8S_85.yaml"))]),
    check("CKV_K8S_86", "the API server has no address without TLS")
        .problem("the API server listens without TLS")
        .severity(Critical)
        .why(
            "The insecure address asks for no credential and checks no permission: who reaches it \
             is master of the cluster. Kubernetes 1.24 removed the flag.",
        )
        .references(&[cwe("CWE-306"), MANUAL])
        .rules(&[arguments(PROGRAM, &[NotGiven("--insecure-bind-address")])
            .fix("remove `--insecure-bind-address`")
            .snippet("- --bind-address=0.0.0.0\n- --secure-port=6443\n")
            .example(include_str!("CKV_K8S_86.yaml"))]),
    check("CKV_K8S_88", "the API server has no port without TLS")
        .problem("the API server may listen on a port without TLS")
        .severity(High)
        .why(
            "The insecure port asks for no credential and checks no permission. It is on by \
             default before Kubernetes 1.20, so that it has to be turned off by name.",
        )
        .references(&[cwe("CWE-306"), MANUAL])
        .rules(&[arguments(PROGRAM, &[Written("--insecure-port=0")])
            .fix("start `kube-apiserver` with `--insecure-port=0`; Kubernetes 1.24 and later have no such flag, nor such a port")
            .snippet("- --insecure-port=0\n")
            .example(include_str!("CKV_K8S_88.yaml"))]),
    check("CKV_K8S_89", "the API server has a port with TLS")
        .problem("the API server has no port with TLS")
        .severity(High)
        .why(
            "Port 0 turns TLS off. What is left is the port that neither encrypts nor asks who is \
             calling.",
        )
        .references(&[cwe("CWE-319"), MANUAL])
        .rules(&[arguments(PROGRAM, &[NotWritten("--secure-port=0")])
            .fix("set `--secure-port` to the port that clients use, such as `6443`")
            .snippet("- --secure-port=6443\n")
            .example(include_str!("CKV_K8S_89.yaml"))]),
    check("CKV_K8S_90", "the API server cannot be profiled")
        .problem("the API server can be profiled")
        .severity(Low)
        .why(
            "Profiles tell much about the program and the load on it, and taking one slows the \
             server down.",
        )
        .references(&[cis_kubernetes("1.2.15"), MANUAL])
        .rules(&[arguments(PROGRAM, &[Written("--profiling=false")])
            .fix("start `kube-apiserver` with `--profiling=false`")
            .snippet("- --profiling=false\n")
            .example(include_str!("CKV_K8S_90.yaml"))]),
    check("CKV_K8S_91", "the API server writes an audit log")
        .problem("the API server writes no audit log")
        .severity(Medium)
        .why(
            "Without an audit log nobody can tell afterwards who read a secret, created a pod or \
             changed a role.",
        )
        .references(&[
            cis_kubernetes("1.2.16"),
            nsa_cisa("audit logging and threat detection"),
            owasp_kubernetes("K10:2025"),
            AUDITING,
        ])
        .rules(&[arguments(PROGRAM, &[Given("--audit-log-path")])
            .fix("start `kube-apiserver` with `--audit-log-path` and `--audit-policy-file`")
            .snippet("- --audit-log-path=/var/log/kubernetes/audit.log\n- --audit-policy-file=/etc/kubernetes/audit-policy.yaml\n")
            .example(include_str!("CKV_K8S_91.yaml"))]),
    check("CKV_K8S_92", "audit logs are kept for 30 days")
        .problem("audit logs are kept for less than 30 days")
        .severity(Low)
        .why("Break-ins are found weeks after they happened; by then the log must still be there.")
        .references(&[cis_kubernetes("1.2.17"), AUDITING])
        .rules(&[arguments(PROGRAM, &[Value("--audit-log-maxage", AtLeast(30))])
            .fix("set `--audit-log-maxage` to 30 or more")
            .snippet("- --audit-log-maxage=30\n")
            .example(include_str!("CKV_K8S_92.yaml"))]),
    check("CKV_K8S_93", "ten old audit logs are kept")
        .problem("fewer than ten old audit logs are kept")
        .severity(Low)
        .why(
            "Whoever wants his traces gone needs only make noise: with few files kept, a burst of \
             requests pushes them out.",
        )
        .references(&[cis_kubernetes("1.2.18"), AUDITING])
        .rules(&[arguments(PROGRAM, &[Value("--audit-log-maxbackup", AtLeast(10))])
            .fix("set `--audit-log-maxbackup` to 10 or more")
            .snippet("- --audit-log-maxbackup=10\n")
            .example(include_str!("CKV_K8S_93.yaml"))]),
    check("CKV_K8S_94", "an audit log may grow to 100 MB")
        .problem("audit logs are cut off below 100 MB")
        .severity(Low)
        .why("The smaller the files, the fewer requests the files that are kept hold together.")
        .references(&[cis_kubernetes("1.2.19"), AUDITING])
        .rules(&[arguments(PROGRAM, &[Value("--audit-log-maxsize", AtLeast(100))])
            .fix("set `--audit-log-maxsize` to 100 or more")
            .snippet("- --audit-log-maxsize=100\n")
            .example(include_str!("CKV_K8S_94.yaml"))]),
    check("CKV_K8S_95", "requests to the API server time out")
        .problem("the time after which requests are given up is not a sensible one")
        .severity(Low)
        .why(
            "A time limit that is too long, or that cannot be read, lets slow requests pile up \
             until the server has no room for others.",
        )
        .references(&[cis_kubernetes("1.2.20"), cwe("CWE-400"), MANUAL])
        .rules(&[arguments(
            PROGRAM,
            &[
                NotWritten("--request-timeout"),
                ValueIfGiven("--request-timeout", Duration),
            ],
        )
            .fix("leave `--request-timeout` out, or set it in minutes and seconds of at most two digits each")
            .snippet("- --request-timeout=1m0s\n")
            .example(include_str!("CKV_K8S_95.yaml"))]),
    check("CKV_K8S_96", "tokens of deleted service accounts are refused")
        .problem("tokens of deleted service accounts are not refused by name")
        .severity(Medium)
        .why(
            "Without the lookup a token that was stolen stays good after its service account has \
             been deleted to stop the thief.",
        )
        .references(&[cis_kubernetes("1.2.21"), cwe("CWE-613"), MANUAL])
        .rules(&[arguments(
            PROGRAM,
            &[
                Written("--service-account-lookup=true"),
                NotWritten("--service-account-lookup=false"),
            ],
        )
        .fix("start `kube-apiserver` with `--service-account-lookup=true`")
        .snippet("- --service-account-lookup=true\n")
        .example(include_str!("CKV_K8S_96.yaml"))]),
    check("CKV_K8S_97", "tokens are verified with a key of their own")
        .problem("the key that verifies tokens is not a PEM file")
        .severity(Low)
        .why(
            "Service accounts need a pair of keys for themselves: with the key of the TLS \
             certificate, renewing that one makes every token void.",
        )
        .references(&[cis_kubernetes("1.2.22"), MANUAL])
        .rules(&[arguments(PROGRAM, &[ValueIfGiven("--service-account-key-file", PemFile)])
            .fix("point `--service-account-key-file` to a file `….pem` that holds the public key of service accounts")
            .snippet("- --service-account-key-file=/etc/kubernetes/pki/service-account.pem\n")
            .example(include_str!("CKV_K8S_97.yaml"))]),
    check("CKV_K8S_99", "the API server shows etcd a certificate")
        .problem("the API server has no client certificate for etcd")
        .severity(High)
        .why(
            "etcd holds every secret of the cluster. If the API server comes without a \
             certificate, etcd has to let others in without one too.",
        )
        .references(&[cis_kubernetes("1.2.23"), MANUAL])
        .rules(&[arguments(PROGRAM, &[Given("--etcd-certfile"), Given("--etcd-keyfile")])
            .fix("start `kube-apiserver` with `--etcd-certfile` and `--etcd-keyfile`")
            .snippet(ETCD_CLIENT)
            .example(include_str!("CKV_K8S_99.yaml"))]),
    check("CKV_K8S_100", "the API server has a certificate")
        .problem("the API server has no certificate of its own")
        .severity(High)
        .why(
            "Without one the API server signs its own: clients cannot verify it, get used to not \
             doing so, and give their tokens to whoever answers.",
        )
        .references(&[cis_kubernetes("1.2.24"), cwe("CWE-295"), MANUAL])
        .rules(&[arguments(
            PROGRAM,
            &[
                Value("--tls-cert-file", Something),
                Value("--tls-private-key-file", Something),
            ],
        )
        .fix("start `kube-apiserver` with `--tls-cert-file` and `--tls-private-key-file`")
        .snippet(SERVER)
        .example(include_str!("CKV_K8S_100.yaml"))]),
    check("CKV_K8S_102", "the API server verifies the certificate of etcd")
        .problem("the API server does not verify the certificate of etcd")
        .severity(High)
        .why(
            "Whoever can answer in etcd's place is given every secret that is stored, and decides \
             what the cluster believes.",
        )
        .references(&[cis_kubernetes("1.2.26"), cwe("CWE-295"), MANUAL])
        .rules(&[arguments(PROGRAM, &[Given("--etcd-cafile")])
            .fix("start `kube-apiserver` with `--etcd-cafile` and the certificate of etcd's authority")
            .snippet("- --etcd-cafile=/etc/kubernetes/pki/etcd/ca.crt\n")
            .example(include_str!("CKV_K8S_102.yaml"))]),
    check("CKV_K8S_104", "secrets are encrypted in etcd")
        .problem("secrets lie in etcd in plain text")
        .severity(High)
        .why(
            "Unless told otherwise the API server stores secrets as they are: a backup or a disk \
             of etcd gives all of them away.",
        )
        .references(&[
            cis_kubernetes("1.2.27"),
            owasp_kubernetes("K03:2025"),
            cwe("CWE-312"),
            page("https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/"),
        ])
        .rules(&[arguments(PROGRAM, &[Given("--encryption-provider-config")])
            .fix("start `kube-apiserver` with `--encryption-provider-config` and a configuration that encrypts `secrets`, best with a KMS")
            .snippet("- --encryption-provider-config=/etc/kubernetes/encryption.yaml\n")
            .example(include_str!("CKV_K8S_104.yaml"))]),
    check("CKV_K8S_105", "the API server offers strong ciphers alone")
        .problem("the API server offers weak ciphers")
        .severity(Medium)
        .why("A client that is talked into a weak cipher gives away what it sends, tokens included.")
        .references(&[cis_kubernetes("1.2.29"), cwe("CWE-327"), MANUAL])
        .rules(&[arguments(
            PROGRAM,
            &[ValueIfGiven("--tls-cipher-suites", ListsOnly(STRONG_CIPHERS))],
        )
        .fix("take every suite with CBC, RC4 or 3DES out of `--tls-cipher-suites`")
        .snippet("- --tls-cipher-suites=TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\n")
        .example(include_str!("CKV_K8S_105.yaml"))]),
];

fn limits_events(object: &Object<'_>) -> Outcome {
    let plugins = object.root.get("plugins");
    let mut names = plugins
        .and_then(|plugins| plugins.value.as_list())
        .unwrap_or_default()
        .iter()
        .filter_map(|plugin| plugin.get("name")?.value.as_str());
    Outcome::require(names.any(|name| name == "EventRateLimit"), || {
        let text = format!("{} lists no EventRateLimit", object.title());
        Label::new(plugins.map_or(object.name_span(), |it| it.span), text)
    })
}

const KUBELET_CLIENT: &str = "\
- --kubelet-client-certificate=/etc/kubernetes/pki/apiserver-kubelet-client.crt
- --kubelet-client-key=/etc/kubernetes/pki/apiserver-kubelet-client.key
";

const ETCD_CLIENT: &str = "\
- --etcd-certfile=/etc/kubernetes/pki/apiserver-etcd-client.crt
- --etcd-keyfile=/etc/kubernetes/pki/apiserver-etcd-client.key
";

const SERVER: &str = "\
- --tls-cert-file=/etc/kubernetes/pki/apiserver.crt
- --tls-private-key-file=/etc/kubernetes/pki/apiserver.key
";
