use std::fmt;

use crate::Standard;

/// What a check goes back to: a line of a standard, or a page that explains.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reference {
    /// A numbered line of a standard.
    Standard(Standard, &'static str),
    /// An address.
    Page(&'static str),
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // A weakness says itself whose it is: `CWE-798`.
            Self::Standard(Standard::Cwe, weakness) => f.write_str(weakness),
            Self::Standard(
                standard @ (Standard::NsaCisa
                | Standard::PodSecurityBaseline
                | Standard::PodSecurityRestricted),
                name,
            ) => write!(f, "{}: {name}", standard.name()),
            Self::Standard(standard, line) => write!(f, "{} {line}", standard.name()),
            Self::Page(address) => f.write_str(address),
        }
    }
}

/// A line of the CIS Kubernetes Benchmark.
pub(crate) const fn cis_kubernetes(line: &'static str) -> Reference {
    Reference::Standard(Standard::CisKubernetes, line)
}

/// A line of the CIS Docker Benchmark.
pub(crate) const fn cis_docker(line: &'static str) -> Reference {
    Reference::Standard(Standard::CisDocker, line)
}

/// A line of the CIS AWS Foundations Benchmark.
pub(crate) const fn cis_aws(line: &'static str) -> Reference {
    Reference::Standard(Standard::CisAws, line)
}

/// A control of AWS Security Hub.
pub(crate) const fn security_hub(control: &'static str) -> Reference {
    Reference::Standard(Standard::SecurityHub, control)
}

/// A section of the NSA/CISA guidance.
pub(crate) const fn nsa_cisa(section: &'static str) -> Reference {
    Reference::Standard(Standard::NsaCisa, section)
}

/// A countermeasure of NIST SP 800-190.
pub(crate) const fn nist_800_190(section: &'static str) -> Reference {
    Reference::Standard(Standard::Nist800190, section)
}

/// A risk of the OWASP Kubernetes Top Ten.
pub(crate) const fn owasp_kubernetes(risk: &'static str) -> Reference {
    Reference::Standard(Standard::OwaspKubernetes, risk)
}

/// A risk of the OWASP Top 10 for CI/CD.
pub(crate) const fn owasp_cicd(risk: &'static str) -> Reference {
    Reference::Standard(Standard::OwaspCicd, risk)
}

/// A weakness of the CWE list.
pub(crate) const fn cwe(weakness: &'static str) -> Reference {
    Reference::Standard(Standard::Cwe, weakness)
}

/// A control of the Pod Security Standards, of the level `baseline`.
pub(crate) const fn pss_baseline(control: &'static str) -> Reference {
    Reference::Standard(Standard::PodSecurityBaseline, control)
}

/// A control of the Pod Security Standards, of the level `restricted`.
pub(crate) const fn pss_restricted(control: &'static str) -> Reference {
    Reference::Standard(Standard::PodSecurityRestricted, control)
}

/// A line of the CIS Amazon EKS Benchmark that is none of the CIS Kubernetes Benchmark: the others
/// follow from those.
pub(crate) const fn cis_eks(line: &'static str) -> Reference {
    Reference::Standard(Standard::CisEks, line)
}

/// A page.
pub(crate) const fn page(address: &'static str) -> Reference {
    Reference::Page(address)
}
