use std::ops::AddAssign;

use bastide_check::Severity;
use bastide_judge::{Finding, Status};

use crate::number::thousands;
use crate::view::View;

/// How many findings there are of each kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Totals {
    /// By severity, in the order of [`Severity::ALL`].
    failed: [usize; 4],
    pub(crate) accepted: usize,
    pub(crate) known: usize,
    pub(crate) skipped: usize,
    pub(crate) undecided: usize,
    pub(crate) passed: usize,
}

impl Totals {
    pub(crate) fn of(view: &View<'_>, findings: &[&Finding]) -> Self {
        let mut totals = Self::default();
        for finding in findings {
            let count = match finding.status {
                _ if view.fails(finding) => totals.failed_mut(finding.check.severity),
                Status::Accepted { .. } => &mut totals.accepted,
                Status::Known => &mut totals.known,
                Status::Skipped { .. } => &mut totals.skipped,
                Status::Undecided { .. } => &mut totals.undecided,
                Status::Passed | Status::Failed => &mut totals.passed,
            };
            *count += 1;
        }
        totals
    }

    /// Failures of a severity.
    pub(crate) fn failed(&self, severity: Severity) -> usize {
        let mut pairs = Severity::ALL.iter().zip(self.failed);
        pairs
            .find(|(one, _)| **one == severity)
            .map_or(0, |pair| pair.1)
    }

    /// All failures.
    pub(crate) fn failures(&self) -> usize {
        self.failed.iter().sum()
    }

    /// All findings.
    pub(crate) fn checks(&self) -> usize {
        self.failures() + self.accepted + self.known + self.skipped + self.undecided + self.passed
    }

    /// Failures by severity, worst first: `2 high, 5 medium`; `no findings` if there are none.
    pub(crate) fn by_severity(&self, paint: impl Fn(Severity, String) -> String) -> String {
        let counts = Severity::ALL.iter().zip(self.failed);
        let parts: Vec<_> = counts
            .filter(|(_, count)| *count > 0)
            .map(|(severity, count)| paint(*severity, format!("{} {severity}", thousands(count))))
            .collect();
        if parts.is_empty() {
            "no findings".to_owned()
        } else {
            parts.join(", ")
        }
    }

    fn failed_mut(&mut self, severity: Severity) -> &mut usize {
        let at = Severity::ALL.iter().position(|one| *one == severity);
        &mut self.failed[at.unwrap_or_default()]
    }
}

impl AddAssign for Totals {
    fn add_assign(&mut self, more: Self) {
        for (count, more) in self.failed.iter_mut().zip(more.failed) {
            *count += more;
        }
        self.accepted += more.accepted;
        self.known += more.known;
        self.skipped += more.skipped;
        self.undecided += more.undecided;
        self.passed += more.passed;
    }
}
