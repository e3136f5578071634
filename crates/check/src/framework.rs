use std::fmt;

/// A kind of input. The names are Checkov's, since people write them in their pipelines.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs, reason = "each variant is the name of what it scans")]
pub enum Framework {
    Terraform,
    Kubernetes,
    Dockerfile,
    Secrets,
}

impl Framework {
    /// All of them, in the order in which reports list them.
    pub const ALL: &[Self] = &[
        Self::Terraform,
        Self::Kubernetes,
        Self::Dockerfile,
        Self::Secrets,
    ];

    /// The name in options and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Terraform => "terraform",
            Self::Kubernetes => "kubernetes",
            Self::Dockerfile => "dockerfile",
            Self::Secrets => "secrets",
        }
    }

    /// The framework of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|framework| framework.name() == name)
    }
}

impl fmt::Display for Framework {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
