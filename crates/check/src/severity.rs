use std::fmt;

/// How bad it is when a check fails. Bastide's own grading: how easily the weakness is used, and
/// how much is lost then.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Good practice; no attack follows from it alone.
    Low,
    /// Makes another weakness worse.
    Medium,
    /// Opens a way in, up or out.
    High,
    /// Open to anyone, or a credential in plain sight.
    Critical,
}

impl Severity {
    /// All of them, worst first.
    pub const ALL: &[Self] = &[Self::Critical, Self::High, Self::Medium, Self::Low];

    /// The name in options and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// The severity of a name, in whatever case.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|severity| severity.name().eq_ignore_ascii_case(name))
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
