//! The register of exceptions, `bastide.exceptions.yaml`: what is accepted, why, until when, by whom.

mod format;
mod parse;
mod schema;
mod shape;
mod validate;

pub(crate) use format::{EXCEPTION, REQUIRED_BY_DEFAULT};

use bastide_check::Framework;
use bastide_source::{Diagnostic, FileId, Source, Span};
use jiff::civil::Date;

use crate::{Glob, Spanned};

/// The documented acceptances: `bastide.exceptions.yaml`.
///
/// ```yaml
/// version: 1
/// inline: require-register          # allow (the default), require-register or deny
/// defaults:
///   max_days: 365                   # no exception may hold longer
///   require: [current, impact]      # besides check, reason, owner and expires
/// exceptions:
///   - id: EX-0007
///     check: CKV_AWS_150            # one id or several, perhaps with *
///     resources: ['module.alb["*"].aws_lb.*']
///     files: ["stacks/demo/**"]
///     evidence: {enable_deletion_protection: false}
///     expect: {max: 4}
///     current: The load balancer of the demo can be deleted.
///     reason: The demo is torn down every night.
///     impact: Whoever may delete it takes the demo down.
///     recommendation: Protect it from deletion.
///     owner: platform-team
///     expires: 2027-03-31
/// attestations:
///   - control: penetration-test
///     statement: Tested from outside; nothing above low was found.
///     by: security-team
///     on: 2026-11-02
///     expires: 2027-11-02
///     evidence: reports/pentest-2026.pdf
/// ```
#[derive(Debug)]
pub struct Register {
    /// The file as read. Its spans carry [`Register::FILE`].
    pub source: Source,
    /// How many days an exception may hold at most.
    pub max_days: Option<u32>,
    /// What inline skips are worth.
    pub inline: Inline,
    /// The exceptions, in the order in which they are written.
    pub exceptions: Vec<Exception>,
    /// What people attest, for what no file can show.
    pub attestations: Vec<Attestation>,
}

/// A register that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("`{}` is not a valid register of exceptions", file.path)]
pub struct InvalidRegister {
    /// The file as read. Its spans carry [`Register::FILE`].
    pub file: Source,
    /// Every mistake, by place.
    pub mistakes: Vec<Diagnostic>,
}

/// What inline skips are worth.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Inline {
    /// They hold.
    #[default]
    Allow,
    /// They hold if their reason cites an exception that covers the finding:
    /// `checkov:skip=CKV_AWS_150:EX-0007`.
    RequireRegister,
    /// They do not hold.
    Deny,
}

/// A documented acceptance of findings. It covers those that fit all that it names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Exception {
    /// A stable name to cite it by: `EX-0007`.
    pub id: Option<Spanned<String>>,
    /// What it is about, in a few words.
    pub title: Option<String>,
    /// Ids of checks, perhaps with wildcards.
    pub checks: Vec<Spanned<Glob>>,
    /// Addresses of resources, perhaps with `*`. Empty for all.
    pub resources: Vec<Spanned<Glob>>,
    /// Paths of files, relative to the root that is scanned or to the current folder, perhaps with
    /// `*` and `**`. Empty for all.
    pub files: Vec<Spanned<Glob>>,
    /// The framework of the resources, if only one is meant.
    pub framework: Option<Framework>,
    /// What must still be so.
    pub evidence: Vec<Evidence>,
    /// How many findings it is meant for.
    pub expect: Option<Spanned<Expect>>,
    /// In what sense it is accepted.
    pub kind: Kind,
    /// How it is done today. Empty if the register does not ask for it.
    pub current: String,
    /// Why that is acceptable here.
    pub reason: String,
    /// What can go wrong. Empty if the register does not ask for it.
    pub impact: String,
    /// What production should do. Empty if the register does not ask for it.
    pub recommendation: String,
    /// What else stands against the risk.
    pub compensating_controls: Vec<String>,
    /// Who answers for it.
    pub owner: String,
    /// Who agreed to it.
    pub approved_by: Vec<String>,
    /// The day on which it was accepted.
    pub created: Option<Date>,
    /// The last day on which it holds.
    pub expires: Spanned<Date>,
    /// Where its end is planned.
    pub ticket: Option<String>,
    /// Pages.
    pub links: Vec<String>,
    /// The entry in the register.
    pub span: Span,
}

/// An attribute, and the value that it must have for an exception to hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Evidence {
    /// The attribute: a path of names separated by dots. The last name counts.
    pub path: String,
    /// Its value as it is written in files; `None` if the attribute must not be set.
    pub value: Option<String>,
    /// Both, in the register.
    pub span: Span,
}

/// How many findings an exception is meant for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Expect {
    /// At least.
    pub min: u32,
    /// At most.
    pub max: u32,
}

/// In what sense findings are accepted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Kind {
    /// The risk is known and taken.
    #[default]
    AcceptedRisk,
    /// The check is wrong here.
    FalsePositive,
    /// Something else stands against the risk.
    Mitigated,
    /// What the check asks for has no meaning here.
    NotApplicable,
    /// It will be mended, later.
    Deferred,
}

/// A person's signed-off statement for what no file can show.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attestation {
    /// The control that it proves.
    pub control: String,
    /// What is stated.
    pub statement: String,
    /// By whom.
    pub by: String,
    /// On what day.
    pub on: Date,
    /// The last day on which it holds.
    pub expires: Spanned<Date>,
    /// A file or page that shows it.
    pub evidence: String,
    /// The entry in the register.
    pub span: Span,
}

impl Register {
    /// The file that spans in the register carry: no scanned file has so high a number.
    pub const FILE: FileId = FileId(u32::MAX);

    /// What the file is called.
    pub const FILE_NAME: &str = "bastide.exceptions.yaml";

    /// Reads a register. `path` is what messages call it.
    ///
    /// # Errors
    ///
    /// Every mistake in it, not only the first. A register with a mistake accepts nothing.
    pub fn parse(text: &str, path: &str) -> Result<Self, InvalidRegister> {
        parse::parse(Source::new(Self::FILE, path, text.to_owned()))
    }

    /// The JSON Schema of the format, for editors. Ends with a newline.
    pub fn schema() -> String {
        schema::schema()
    }

    /// The exception that an id names.
    pub fn cited(&self, id: &str) -> Option<usize> {
        let named = |exception: &Exception| exception.id.as_ref().is_some_and(|it| it.value == id);
        self.exceptions.iter().position(named)
    }
}

impl Inline {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Allow, Self::RequireRegister, Self::Deny];

    /// The name in the register.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::RequireRegister => "require-register",
            Self::Deny => "deny",
        }
    }

    fn names() -> Vec<&'static str> {
        Self::ALL.map(Self::name).to_vec()
    }
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::AcceptedRisk,
        Self::FalsePositive,
        Self::Mitigated,
        Self::NotApplicable,
        Self::Deferred,
    ];

    /// The name in the register.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AcceptedRisk => "accepted-risk",
            Self::FalsePositive => "false-positive",
            Self::Mitigated => "mitigated",
            Self::NotApplicable => "not-applicable",
            Self::Deferred => "deferred",
        }
    }

    fn names() -> Vec<&'static str> {
        Self::ALL.map(Self::name).to_vec()
    }
}

impl Exception {
    /// What messages call it.
    pub fn called(&self) -> String {
        match &self.id {
            Some(id) => format!("exception `{id}`"),
            None => "this exception".to_owned(),
        }
    }

    /// Whether it is a decision that no check sees: it accepts no finding, and is held to the
    /// resources that it names.
    pub fn is_decision(&self) -> bool {
        self.checks.iter().any(|check| check.as_str() == "none")
    }

    /// What to underline for the entry as a whole: its id, or else the first of its checks.
    pub fn name_span(&self) -> Span {
        let id = self.id.as_ref().map(|id| id.span);
        let check = self.checks.first().map(|check| check.span);
        id.or(check).unwrap_or(self.span)
    }
}
