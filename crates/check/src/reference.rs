use std::fmt;

/// What a check goes back to: a line of a standard, or a page that explains.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reference {
    /// A numbered line of a standard.
    Standard(Standard, &'static str),
    /// An address.
    Page(&'static str),
}

/// A standard that auditors ask for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Standard {
    /// CIS Kubernetes Benchmark 1.12.
    CisKubernetes,
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
    /// Kubernetes Pod Security Standards: the level that asks for it.
    PodSecurity,
}

impl Standard {
    /// Its usual name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CisKubernetes => "CIS Kubernetes Benchmark",
            Self::CisDocker => "CIS Docker Benchmark",
            Self::CisAws => "CIS AWS Foundations Benchmark",
            Self::SecurityHub => "AWS Security Hub",
            Self::NsaCisa => "NSA/CISA Kubernetes Hardening Guidance",
            Self::Nist800190 => "NIST SP 800-190",
            Self::OwaspKubernetes => "OWASP Kubernetes Top Ten",
            Self::OwaspCicd => "OWASP Top 10 CI/CD Security Risks",
            Self::Cwe => "CWE",
            Self::PodSecurity => "Pod Security Standard",
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // A weakness says itself whose it is: `CWE-798`.
            Self::Standard(Standard::Cwe, weakness) => f.write_str(weakness),
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

/// The level of the Pod Security Standards that asks for it.
pub(crate) const fn pod_security(level: &'static str) -> Reference {
    Reference::Standard(Standard::PodSecurity, level)
}

/// A page.
pub(crate) const fn page(address: &'static str) -> Reference {
    Reference::Page(address)
}
