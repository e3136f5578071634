//! The standards that auditors ask for, and their controls.
//!
//! Numbers and names of controls are facts; what each is about is said in our own words.

/// A standard that auditors ask for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Standard {
    /// CIS Kubernetes Benchmark 1.12.
    CisKubernetes,
    /// CIS Amazon EKS Benchmark 1.5.
    CisEks,
    /// CIS Docker Benchmark 1.7.
    CisDocker,
    /// CIS AWS Foundations Benchmark 3.0.
    CisAws,
    /// AWS Security Hub: the control.
    SecurityHub,
    /// NSA and CISA, Kubernetes Hardening Guidance 1.2: the section.
    NsaCisa,
    /// NIST SP 800-190, Application Container Security Guide: the countermeasure.
    Nist800190,
    /// OWASP Kubernetes Top Ten 2025.
    OwaspKubernetes,
    /// OWASP Top 10 CI/CD Security Risks.
    OwaspCicd,
    /// CWE, Common Weakness Enumeration.
    Cwe,
    /// Kubernetes Pod Security Standards: what the level `baseline` asks for.
    PodSecurityBaseline,
    /// Kubernetes Pod Security Standards: what the level `restricted` asks for beyond `baseline`.
    PodSecurityRestricted,
}

/// A line of a standard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Control {
    /// Its number, or its name where the standard has no numbers.
    pub id: &'static str,
    /// What it is about, as a clause; empty where the name says so.
    pub title: &'static str,
}

impl Standard {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::CisKubernetes,
        Self::CisEks,
        Self::CisDocker,
        Self::CisAws,
        Self::SecurityHub,
        Self::NsaCisa,
        Self::Nist800190,
        Self::OwaspKubernetes,
        Self::OwaspCicd,
        Self::Cwe,
        Self::PodSecurityBaseline,
        Self::PodSecurityRestricted,
    ];

    /// Its usual name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CisKubernetes => "CIS Kubernetes Benchmark",
            Self::CisEks => "CIS Amazon EKS Benchmark",
            Self::CisDocker => "CIS Docker Benchmark",
            Self::CisAws => "CIS AWS Foundations Benchmark",
            Self::SecurityHub => "AWS Security Hub",
            Self::NsaCisa => "NSA/CISA Kubernetes Hardening Guidance",
            Self::Nist800190 => "NIST SP 800-190",
            Self::OwaspKubernetes => "OWASP Kubernetes Top Ten",
            Self::OwaspCicd => "OWASP Top 10 CI/CD Security Risks",
            Self::Cwe => "CWE",
            Self::PodSecurityBaseline => "Pod Security Standard baseline",
            Self::PodSecurityRestricted => "Pod Security Standard restricted",
        }
    }

    /// The version that is meant, if it has any.
    pub const fn version(self) -> &'static str {
        match self {
            Self::CisKubernetes => "1.12",
            Self::CisEks => "1.5",
            Self::CisDocker => "1.7",
            Self::CisAws => "3.0",
            Self::NsaCisa => "1.2",
            Self::OwaspKubernetes => "2025",
            Self::SecurityHub
            | Self::Nist800190
            | Self::OwaspCicd
            | Self::Cwe
            | Self::PodSecurityBaseline
            | Self::PodSecurityRestricted => "",
        }
    }

    /// What it is called in options.
    pub const fn id(self) -> &'static str {
        match self {
            Self::CisKubernetes => "cis-kubernetes",
            Self::CisEks => "cis-eks",
            Self::CisDocker => "cis-docker",
            Self::CisAws => "cis-aws",
            Self::SecurityHub => "aws-security-hub",
            Self::NsaCisa => "nsa",
            Self::Nist800190 => "nist-800-190",
            Self::OwaspKubernetes => "owasp-k8s",
            Self::OwaspCicd => "owasp-cicd",
            Self::Cwe => "cwe",
            Self::PodSecurityBaseline => "pss-baseline",
            Self::PodSecurityRestricted => "pss-restricted",
        }
    }

    /// The standard of an option.
    pub fn from_id(id: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|standard| standard.id().eq_ignore_ascii_case(id))
    }

    /// Its controls, in its own order. Empty where they are too many to be listed: then only those
    /// are known that a check goes back to.
    pub const fn controls(self) -> &'static [Control] {
        match self {
            Self::CisKubernetes => CIS_KUBERNETES,
            Self::CisEks => CIS_EKS,
            Self::CisDocker => CIS_DOCKER,
            Self::NsaCisa => NSA_CISA,
            Self::Nist800190 => NIST_800_190,
            Self::OwaspKubernetes => OWASP_KUBERNETES,
            Self::OwaspCicd => OWASP_CICD,
            Self::PodSecurityBaseline => POD_SECURITY_BASELINE,
            Self::PodSecurityRestricted => POD_SECURITY_RESTRICTED,
            Self::CisAws | Self::SecurityHub | Self::Cwe => &[],
        }
    }

    /// The standards that are fulfilled where this one is: whoever asks for `restricted` asks for
    /// `baseline` too.
    pub fn with_included(self) -> impl Iterator<Item = Self> {
        let included = match self {
            Self::PodSecurityRestricted => Some(Self::PodSecurityBaseline),
            _ => None,
        };
        included.into_iter().chain([self])
    }
}

/// The control of the CIS Amazon EKS Benchmark that restates one of the CIS Kubernetes Benchmark.
pub(crate) fn eks_control(kubernetes: &str) -> Option<&'static str> {
    let mut pairs = CIS_EKS_RESTATES.iter();
    pairs
        .find(|(from, _)| *from == kubernetes)
        .map(|(_, to)| *to)
}

const fn control(id: &'static str, title: &'static str) -> Control {
    Control { id, title }
}

/// The recommendations of the CIS Kubernetes Benchmark.
const CIS_KUBERNETES: &[Control] = &[
    control("1.1.1", "permissions of the API server's manifest"),
    control("1.1.2", "owner of the API server's manifest"),
    control("1.1.3", "permissions of the controller manager's manifest"),
    control("1.1.4", "owner of the controller manager's manifest"),
    control("1.1.5", "permissions of the scheduler's manifest"),
    control("1.1.6", "owner of the scheduler's manifest"),
    control("1.1.7", "permissions of etcd's manifest"),
    control("1.1.8", "owner of etcd's manifest"),
    control("1.1.9", "permissions of the network plugin's files"),
    control("1.1.10", "owner of the network plugin's files"),
    control("1.1.11", "permissions of etcd's data directory"),
    control("1.1.12", "owner of etcd's data directory"),
    control("1.1.13", "permissions of the administrators' credentials"),
    control("1.1.14", "owner of the administrators' credentials"),
    control("1.1.15", "permissions of the scheduler's kubeconfig"),
    control("1.1.16", "owner of the scheduler's kubeconfig"),
    control(
        "1.1.17",
        "permissions of the controller manager's kubeconfig",
    ),
    control("1.1.18", "owner of the controller manager's kubeconfig"),
    control("1.1.19", "owner of the PKI directory"),
    control("1.1.20", "permissions of PKI certificates"),
    control("1.1.21", "permissions of PKI keys"),
    control("1.2.1", "API server: no anonymous requests"),
    control("1.2.2", "API server: no static tokens"),
    control("1.2.3", "API server: external IPs of services are denied"),
    control("1.2.4", "API server: client certificate for kubelets"),
    control("1.2.5", "API server: kubelets' certificates are verified"),
    control("1.2.6", "API server: not everything is authorised"),
    control("1.2.7", "API server: Node authorisation"),
    control("1.2.8", "API server: RBAC authorisation"),
    control("1.2.9", "API server: event rate limits"),
    control("1.2.10", "API server: not everything is admitted"),
    control("1.2.11", "API server: images are always pulled"),
    control("1.2.12", "API server: service account admission"),
    control("1.2.13", "API server: namespace lifecycle admission"),
    control("1.2.14", "API server: node restriction"),
    control("1.2.15", "API server: no profiling"),
    control("1.2.16", "API server: audit log"),
    control("1.2.17", "API server: age of audit logs"),
    control("1.2.18", "API server: number of audit logs"),
    control("1.2.19", "API server: size of audit logs"),
    control("1.2.20", "API server: request timeout"),
    control("1.2.21", "API server: service accounts are looked up"),
    control("1.2.22", "API server: key for service account tokens"),
    control("1.2.23", "API server: client certificate for etcd"),
    control("1.2.24", "API server: TLS certificate and key"),
    control("1.2.25", "API server: authority of client certificates"),
    control("1.2.26", "API server: etcd's certificate is verified"),
    control("1.2.27", "API server: encryption at rest is configured"),
    control("1.2.28", "API server: encryption providers are strong"),
    control("1.2.29", "API server: strong ciphers"),
    control("1.2.30", "API server: lifetime of service account tokens"),
    control("1.3.1", "controller manager: terminated pods are collected"),
    control("1.3.2", "controller manager: no profiling"),
    control(
        "1.3.3",
        "controller manager: a service account for each controller",
    ),
    control(
        "1.3.4",
        "controller manager: key for service account tokens",
    ),
    control("1.3.5", "controller manager: root authority"),
    control(
        "1.3.6",
        "controller manager: kubelets' server certificates rotate",
    ),
    control("1.3.7", "controller manager: bound to localhost"),
    control("1.4.1", "scheduler: no profiling"),
    control("1.4.2", "scheduler: bound to localhost"),
    control("2.1", "etcd: TLS certificate and key"),
    control("2.2", "etcd: clients are authenticated"),
    control("2.3", "etcd: no self-signed certificates"),
    control("2.4", "etcd: TLS between peers"),
    control("2.5", "etcd: peers are authenticated"),
    control("2.6", "etcd: no self-signed certificates between peers"),
    control("2.7", "etcd: an authority of its own"),
    control("3.1.1", "users have no client certificates"),
    control("3.1.2", "users have no service account tokens"),
    control("3.1.3", "users have no bootstrap tokens"),
    control("3.2.1", "an audit policy exists"),
    control("3.2.2", "the audit policy covers what matters"),
    control("4.1.1", "permissions of the kubelet's service file"),
    control("4.1.2", "owner of the kubelet's service file"),
    control("4.1.3", "permissions of kube-proxy's kubeconfig"),
    control("4.1.4", "owner of kube-proxy's kubeconfig"),
    control("4.1.5", "permissions of the kubelet's kubeconfig"),
    control("4.1.6", "owner of the kubelet's kubeconfig"),
    control("4.1.7", "permissions of the client certificate authority"),
    control("4.1.8", "owner of the client certificate authority"),
    control("4.1.9", "permissions of the kubelet's configuration"),
    control("4.1.10", "owner of the kubelet's configuration"),
    control("4.2.1", "kubelet: no anonymous requests"),
    control("4.2.2", "kubelet: not everything is authorised"),
    control("4.2.3", "kubelet: authority of client certificates"),
    control("4.2.4", "kubelet: no read-only port"),
    control("4.2.5", "kubelet: idle connections end"),
    control("4.2.6", "kubelet: keeps its iptables chains"),
    control("4.2.7", "kubelet: host name is not overridden"),
    control("4.2.8", "kubelet: events are captured"),
    control("4.2.9", "kubelet: TLS certificate and key"),
    control("4.2.10", "kubelet: client certificates rotate"),
    control("4.2.11", "kubelet: server certificates rotate"),
    control("4.2.12", "kubelet: strong ciphers"),
    control("4.2.13", "kubelet: limit on process ids"),
    control("4.2.14", "kubelet: default seccomp profile"),
    control("4.3.1", "kube-proxy: metrics bound to localhost"),
    control("5.1.1", "cluster-admin only where it is needed"),
    control("5.1.2", "little access to secrets"),
    control("5.1.3", "no wildcards in roles"),
    control("5.1.4", "little access to create pods"),
    control("5.1.5", "default service accounts are not used"),
    control("5.1.6", "service account tokens only where they are needed"),
    control("5.1.7", "no use of system:masters"),
    control("5.1.8", "little use of bind, impersonate and escalate"),
    control("5.1.9", "little access to create persistent volumes"),
    control("5.1.10", "little access to the proxy of nodes"),
    control("5.1.11", "little access to approve certificate requests"),
    control("5.1.12", "little access to webhook configurations"),
    control("5.1.13", "little access to create service account tokens"),
    control("5.2.1", "an active policy control mechanism"),
    control("5.2.2", "no privileged containers"),
    control("5.2.3", "no shared process ids"),
    control("5.2.4", "no shared IPC"),
    control("5.2.5", "no shared network"),
    control("5.2.6", "no privilege escalation"),
    control("5.2.7", "no root containers"),
    control("5.2.8", "no NET_RAW capability"),
    control("5.2.9", "no capabilities assigned"),
    control("5.2.10", "no Windows HostProcess containers"),
    control("5.2.11", "no hostPath volumes"),
    control("5.2.12", "no host ports"),
    control("5.3.1", "the network plugin supports network policies"),
    control("5.3.2", "all namespaces have network policies"),
    control("5.4.1", "secrets as files, not variables"),
    control("5.4.2", "external storage of secrets"),
    control("5.5.1", "image provenance"),
    control("5.6.1", "namespaces as boundaries"),
    control("5.6.2", "a seccomp profile for each pod"),
    control("5.6.3", "a security context for pods and containers"),
    control("5.6.4", "the default namespace is not used"),
];

/// The recommendations of the CIS Amazon EKS Benchmark.
const CIS_EKS: &[Control] = &[
    control("2.1.1", "control plane logs"),
    control("3.1.1", "permissions of the kubelet's kubeconfig"),
    control("3.1.2", "owner of the kubelet's kubeconfig"),
    control("3.1.3", "permissions of the kubelet's configuration"),
    control("3.1.4", "owner of the kubelet's configuration"),
    control("3.2.1", "kubelet: no anonymous requests"),
    control("3.2.2", "kubelet: not everything is authorised"),
    control("3.2.3", "kubelet: authority of client certificates"),
    control("3.2.4", "kubelet: no read-only port"),
    control("3.2.5", "kubelet: idle connections end"),
    control("3.2.6", "kubelet: keeps its iptables chains"),
    control("3.2.7", "kubelet: events are captured"),
    control("3.2.8", "kubelet: client certificates rotate"),
    control("3.2.9", "kubelet: server certificates rotate"),
    control("4.1.1", "cluster-admin only where it is needed"),
    control("4.1.2", "little access to secrets"),
    control("4.1.3", "no wildcards in roles"),
    control("4.1.4", "little access to create pods"),
    control("4.1.5", "default service accounts are not used"),
    control("4.1.6", "service account tokens only where they are needed"),
    control("4.1.7", "no use of system:masters"),
    control("4.1.8", "little use of bind, impersonate and escalate"),
    control("4.2.1", "no privileged containers"),
    control("4.2.2", "no shared process ids"),
    control("4.2.3", "no shared IPC"),
    control("4.2.4", "no shared network"),
    control("4.2.5", "no privilege escalation"),
    control("4.3.1", "the network plugin supports network policies"),
    control("4.3.2", "all namespaces have network policies"),
    control("4.4.1", "secrets as files, not variables"),
    control("4.4.2", "external storage of secrets"),
    control("4.5.1", "namespaces as boundaries"),
    control("4.5.2", "a security context for pods and containers"),
    control("4.5.3", "the default namespace is not used"),
    control("5.1.1", "images are scanned for vulnerabilities"),
    control("5.1.2", "little access of users to registries"),
    control("5.1.3", "clusters only read registries"),
    control("5.1.4", "approved registries only"),
    control("5.2.1", "service accounts of their own for AWS permissions"),
    control("5.3.1", "secrets are encrypted with a customer-managed key"),
    control("5.4.1", "access to the control plane is restricted"),
    control("5.4.2", "private endpoint, no public one"),
    control("5.4.3", "private nodes"),
    control("5.4.4", "network policies are enabled"),
    control("5.4.5", "TLS at load balancers"),
    control("5.5.1", "users are managed through IAM"),
];

/// Recommendations of the CIS Kubernetes Benchmark, and their numbers in that for Amazon EKS.
const CIS_EKS_RESTATES: &[(&str, &str)] = &[
    ("5.1.1", "4.1.1"),
    ("5.1.2", "4.1.2"),
    ("5.1.3", "4.1.3"),
    ("5.1.4", "4.1.4"),
    ("5.1.5", "4.1.5"),
    ("5.1.6", "4.1.6"),
    ("5.1.7", "4.1.7"),
    ("5.1.8", "4.1.8"),
    ("5.2.2", "4.2.1"),
    ("5.2.3", "4.2.2"),
    ("5.2.4", "4.2.3"),
    ("5.2.5", "4.2.4"),
    ("5.2.6", "4.2.5"),
    ("5.3.2", "4.3.2"),
    ("5.4.1", "4.4.1"),
    ("5.6.3", "4.5.2"),
    ("5.6.4", "4.5.3"),
    ("4.2.1", "3.2.1"),
    ("4.2.2", "3.2.2"),
    ("4.2.3", "3.2.3"),
    ("4.2.4", "3.2.4"),
    ("4.2.5", "3.2.5"),
    ("4.2.6", "3.2.6"),
    ("4.2.8", "3.2.7"),
    ("4.2.10", "3.2.8"),
    ("4.2.11", "3.2.9"),
];

/// Section 4 of the CIS Docker Benchmark: images and how they are built.
const CIS_DOCKER: &[Control] = &[
    control("4.1", "a user for the container"),
    control("4.2", "trusted base images only"),
    control("4.3", "no unnecessary packages"),
    control("4.4", "images are scanned and rebuilt"),
    control("4.5", "content trust"),
    control("4.6", "a health check"),
    control("4.7", "no update instructions alone"),
    control("4.8", "no setuid and setgid programs"),
    control("4.9", "COPY instead of ADD"),
    control("4.10", "no secrets in Dockerfiles"),
    control("4.11", "verified packages only"),
    control("4.12", "signed artefacts"),
];

/// The sections of the guidance by NSA and CISA.
const NSA_CISA: &[Control] = &[
    control("non-root containers", ""),
    control("immutable container file systems", ""),
    control("building secure container images", ""),
    control("pod security enforcement", ""),
    control("protecting pod service account tokens", ""),
    control("hardening container environments", ""),
    control("namespaces", ""),
    control("network policies", ""),
    control("resource policies", ""),
    control("control plane hardening", ""),
    control("encryption", ""),
    control("secrets", ""),
    control("protecting sensitive cloud infrastructure", ""),
    control("authentication", ""),
    control("role-based access control", ""),
    control("audit logging and threat detection", ""),
    control("upgrading and application security practices", ""),
];

/// The countermeasures of NIST SP 800-190.
const NIST_800_190: &[Control] = &[
    control("4.1.1", "image vulnerabilities"),
    control("4.1.2", "image configuration defects"),
    control("4.1.3", "embedded malware"),
    control("4.1.4", "embedded clear text secrets"),
    control("4.1.5", "use of untrusted images"),
    control("4.2.1", "insecure connections to registries"),
    control("4.2.2", "stale images in registries"),
    control(
        "4.2.3",
        "insufficient authentication and authorisation of registries",
    ),
    control("4.3.1", "unbounded administrative access"),
    control("4.3.2", "unauthorised access"),
    control(
        "4.3.3",
        "poorly separated network traffic between containers",
    ),
    control("4.3.4", "mixing of workload sensitivity levels"),
    control("4.3.5", "trust in orchestrator nodes"),
    control("4.4.1", "vulnerabilities within the runtime software"),
    control("4.4.2", "unbounded network access from containers"),
    control("4.4.3", "insecure container runtime configurations"),
    control("4.4.4", "vulnerabilities of applications"),
    control("4.4.5", "rogue containers"),
    control("4.5.1", "large attack surface"),
    control("4.5.2", "shared kernel"),
    control("4.5.3", "vulnerabilities of host components"),
    control("4.5.4", "improper user access rights"),
    control("4.5.5", "tampering with the host's file system"),
];

/// The OWASP Kubernetes Top Ten.
const OWASP_KUBERNETES: &[Control] = &[
    control("K01:2025", "insecure workload configurations"),
    control("K02:2025", "overly permissive authorisation"),
    control("K03:2025", "failures in managing secrets"),
    control("K04:2025", "no policies enforced at cluster level"),
    control("K05:2025", "no network segmentation"),
    control("K06:2025", "overly exposed components"),
    control(
        "K07:2025",
        "misconfigured and vulnerable cluster components",
    ),
    control("K08:2025", "lateral movement from cluster to cloud"),
    control("K09:2025", "broken authentication"),
    control("K10:2025", "inadequate logging and monitoring"),
];

/// The OWASP Top 10 CI/CD Security Risks.
const OWASP_CICD: &[Control] = &[
    control("CICD-SEC-1", "insufficient flow control"),
    control("CICD-SEC-2", "inadequate identity and access management"),
    control("CICD-SEC-3", "abuse of dependency chains"),
    control("CICD-SEC-4", "poisoned pipeline execution"),
    control("CICD-SEC-5", "insufficient access controls of pipelines"),
    control("CICD-SEC-6", "insufficient credential hygiene"),
    control("CICD-SEC-7", "insecure configuration of systems"),
    control("CICD-SEC-8", "ungoverned use of services of others"),
    control("CICD-SEC-9", "improper validation of artefacts"),
    control("CICD-SEC-10", "insufficient logging and visibility"),
];

/// The controls of the level `baseline`.
const POD_SECURITY_BASELINE: &[Control] = &[
    control("HostProcess", ""),
    control("Host Namespaces", ""),
    control("Privileged Containers", ""),
    control("Capabilities", ""),
    control("HostPath Volumes", ""),
    control("Host Ports", ""),
    control("Host Probes / Lifecycle Hooks", ""),
    control("AppArmor", ""),
    control("SELinux", ""),
    control("/proc Mount Type", ""),
    control("Seccomp", ""),
    control("Sysctls", ""),
];

/// The controls that the level `restricted` adds.
const POD_SECURITY_RESTRICTED: &[Control] = &[
    control("Volume Types", ""),
    control("Privilege Escalation", ""),
    control("Running as Non-root", ""),
    control("Running as Non-root user", ""),
    control("Seccomp", ""),
    control("Capabilities", ""),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{Reference, all};

    #[test]
    fn checks_go_back_to_controls_that_exist() {
        for check in all() {
            for (standard, id) in check.controls() {
                let known = standard.controls();
                let exists = known.is_empty() || known.iter().any(|it| it.id == id);
                // Of the CIS Docker Benchmark only the part on images is listed.
                let elsewhere = standard == Standard::CisDocker && !id.starts_with("4.");
                assert!(
                    exists || elsewhere,
                    "{}: {} {id}",
                    check.id,
                    standard.name()
                );
            }
        }
    }

    #[test]
    fn controls_are_listed_once() {
        for standard in Standard::ALL {
            let ids: BTreeSet<_> = standard.controls().iter().map(|it| it.id).collect();
            assert_eq!(ids.len(), standard.controls().len(), "{}", standard.name());
            assert_eq!(Standard::from_id(standard.id()), Some(*standard));
        }
    }

    #[test]
    fn recommendations_for_eks_are_those_for_kubernetes() {
        for (kubernetes, eks) in CIS_EKS_RESTATES {
            let title = |standard: Standard, id| {
                let mut controls = standard.controls().iter();
                controls.find(|it| it.id == id).map(|it| it.title)
            };
            let one = title(Standard::CisKubernetes, *kubernetes);
            assert!(one.is_some(), "{kubernetes}");
            assert_eq!(one, title(Standard::CisEks, *eks), "{kubernetes} {eks}");
        }
    }

    #[test]
    fn nobody_refers_to_eks_by_a_number_that_follows() {
        let restated: BTreeSet<_> = CIS_EKS_RESTATES.iter().map(|(_, eks)| *eks).collect();
        for check in all() {
            for reference in check.references {
                if let Reference::Standard(Standard::CisEks, id) = reference {
                    assert!(!restated.contains(id), "{}: {id} follows", check.id);
                }
            }
        }
    }
}
