use std::path::PathBuf;

use bastide_check::{Check, Checked, Label, Resource};
use bastide_source::{Diagnostic, FileId, Source, Span};

use crate::{Baseline, Coverage, Register};

/// What the stages before found out.
#[derive(Debug, Default)]
pub struct Examined {
    /// What was scanned, in the order in which it was asked for.
    pub roots: Vec<Root>,
    /// Every file that somebody wanted, by [`FileId`]; the text only of those that verdicts or
    /// diagnostics are about.
    pub sources: Vec<Source>,
    /// What became of each file.
    pub coverage: Coverage,
    /// What there is to say about files.
    pub diagnostics: Vec<Diagnostic>,
    /// Resources and verdicts.
    pub checked: Checked,
    /// Whether whole trees were scanned, with all frameworks and checks: only then does it mean
    /// anything that an exception matches nothing.
    pub complete: bool,
}

/// A folder that was scanned, or that single files were named in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Root {
    /// As it was given.
    pub given: PathBuf,
    /// From the root of the file system.
    pub absolute: PathBuf,
    /// The first of its files; they are numbered in one run.
    pub first: FileId,
}

/// What a report shows.
#[derive(Debug, Default)]
pub struct Posture {
    /// What was scanned.
    pub roots: Vec<Root>,
    /// The files.
    pub sources: Vec<Source>,
    /// What became of each file.
    pub coverage: Coverage,
    /// What there is to say about files, sorted by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// Everything that was looked at.
    pub resources: Vec<Resource>,
    /// What of the files must not be shown, besides strings that were found to be secrets.
    pub sensitive: Vec<Span>,
    /// The verdicts, judged; sorted by file, line, address and check.
    pub findings: Vec<Finding>,
    /// The register of exceptions, if there is one.
    pub register: Option<Register>,
    /// What was found before, if that is let go.
    pub baseline: Option<Baseline>,
    /// What is wrong with the register, or with inline skips where it forbids them.
    pub problems: Vec<Problem>,
}

/// Something that is wrong with how findings are accepted.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Problem {
    /// Where: a place in the register (file [`Register::FILE`]) or in a scanned file.
    pub span: Span,
    /// Whether the scan fails because of it.
    pub fails: bool,
    /// What:
    ///
    /// | kind | fails | |
    /// | --- | --- | --- |
    /// | `stale` | yes | an exception matches nothing, and the whole tree was scanned |
    /// | `never-fails` | yes | what an exception accepts passes now |
    /// | `evidence` | unless it accepts something else | things are not as an exception says |
    /// | `expired` | yes | an exception has expired, and what it accepted counts again |
    /// | | no | an attestation has expired |
    /// | `expires-soon` | no | within [`Problem::SOON`] days |
    /// | `max-days` | yes | an exception holds for longer than the register allows |
    /// | `cardinality` | yes | an exception covers more or fewer findings than it expects |
    /// | `shadowed` | no | a more specific exception accepts what this one covers |
    /// | `unknown-check` | yes | no check has the id |
    /// | `inline` | if the finding does | an inline skip that the register does not let hold |
    pub kind: &'static str,
    /// What is wrong: lower case, no full stop, literals in backticks.
    pub message: String,
    /// The way out.
    pub help: String,
}

/// A verdict, judged.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The check.
    pub check: &'static Check,
    /// The resource: an index into [`Posture::resources`].
    pub resource: usize,
    /// What it means.
    pub status: Status,
    /// The places, the most telling first. None where it passed.
    pub labels: Vec<Label>,
}

/// What a verdict means.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Status {
    /// It is as it should be.
    Passed,
    /// It is not.
    Failed,
    /// A comment or an annotation asks to leave it alone.
    Skipped {
        /// Why, in the author's words.
        reason: Option<String>,
    },
    /// It is not, and the register accepts that.
    Accepted {
        /// The exception: an index into [`Register::exceptions`].
        exception: usize,
    },
    /// It is not, and was not when the baseline was made.
    Known,
    /// It hangs on something that the files do not tell.
    Undecided {
        /// Whether Checkov counts it as passed.
        presumed: bool,
    },
}

/// Among what a report in Checkov's shape lists a finding.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Listed {
    /// Among those that passed.
    Passed,
    /// Among those that failed.
    Failed,
    /// Among those that were skipped.
    Skipped,
}

impl Problem {
    /// From so many days before its end on, an exception is said to expire soon.
    pub const SOON: i64 = 30;

    /// A problem that fails the scan.
    pub(crate) fn error(
        kind: &'static str,
        span: Span,
        message: String,
        help: impl Into<String>,
    ) -> Self {
        Self {
            span,
            fails: true,
            kind,
            message,
            help: help.into(),
        }
    }

    /// A problem that does not.
    pub(crate) fn warning(
        kind: &'static str,
        span: Span,
        message: String,
        help: impl Into<String>,
    ) -> Self {
        Self {
            fails: false,
            ..Self::error(kind, span, message, help)
        }
    }
}

impl Posture {
    /// The resource of a finding.
    pub fn resource(&self, finding: &Finding) -> &Resource {
        &self.resources[finding.resource]
    }

    /// The source of a file, which may be the register.
    pub fn source(&self, file: FileId) -> &Source {
        match &self.register {
            Some(register) if file == Register::FILE => &register.source,
            _ => &self.sources[file.0 as usize],
        }
    }

    /// The root that a file lies below. The register lies below none.
    pub fn root(&self, file: FileId) -> Option<&Root> {
        let mut roots = self.roots.iter().rev();
        roots.find(|root| root.first <= file && file != Register::FILE)
    }

    /// Among what a report in Checkov's shape lists a finding, if at all.
    ///
    /// With a baseline, Checkov leaves out what is known, or lists it as skipped if asked to
    /// (`--output-baseline-as-skipped`); and of what passed or is skipped inline, it lists only what
    /// the baseline names. What the register accepts is always listed.
    pub fn listed(&self, finding: &Finding) -> Option<Listed> {
        let named = |baseline: &Baseline| {
            let address = &self.resource(finding).address;
            baseline.contains(finding.check.id.as_str(), address)
        };
        let stays = self.baseline.as_ref().is_none_or(named);
        match finding.status {
            Status::Passed | Status::Undecided { presumed: true } => {
                stays.then_some(Listed::Passed)
            }
            Status::Undecided { presumed: false } => None,
            Status::Failed => Some(Listed::Failed),
            Status::Skipped { .. } => stays.then_some(Listed::Skipped),
            Status::Accepted { .. } => Some(Listed::Skipped),
            Status::Known => {
                let as_skipped = self.baseline.as_ref().is_some_and(|it| it.as_skipped);
                as_skipped.then_some(Listed::Skipped)
            }
        }
    }

    /// The path of a file as a person would type it: the root as it was given, and what follows.
    pub fn display_path(&self, file: FileId) -> String {
        let path = &self.source(file).path;
        match self.root(file).map(|root| root.given.to_string_lossy()) {
            Some(given) if given != "." && !given.is_empty() => {
                format!("{}/{path}", given.trim_end_matches('/'))
            }
            _ => path.clone(),
        }
    }
}
