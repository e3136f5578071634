use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashSet;

use bastide_check::{Framework, Label, Resource};
use bastide_judge::{Exception, Finding, Posture, Register, Status};
use bastide_source::{FileId, Source, Span};

use crate::Options;
use crate::harmless::harmless;
use crate::masks::Masks;
use crate::paths::Paths;
use crate::place::Place;

/// A posture in the order in which it is shown, with what all formats ask of it.
pub(crate) struct View<'a> {
    pub(crate) posture: &'a Posture,
    pub(crate) options: &'a Options,
    pub(crate) paths: Paths<'a>,
    pub(crate) masks: Masks<'a>,
    findings: Vec<&'a Finding>,
}

impl<'a> View<'a> {
    pub(crate) fn new(posture: &'a Posture, options: &'a Options) -> Self {
        let mut findings: Vec<_> = posture.findings.iter().collect();
        findings.sort_by(|one, two| order(posture, one, two));
        Self {
            posture,
            options,
            paths: Paths::new(posture, options),
            masks: Masks::new(posture),
            findings,
        }
    }

    /// All findings: by framework, file, lines, address and check.
    pub(crate) fn findings(&self) -> &[&'a Finding] {
        &self.findings
    }

    /// The findings of a framework.
    pub(crate) fn of(&self, framework: Framework) -> &[&'a Finding] {
        let of = |finding: &Finding| self.resource(finding).framework;
        let start = self.findings.partition_point(|it| of(it) < framework);
        let end = self.findings.partition_point(|it| of(it) <= framework);
        &self.findings[start..end]
    }

    /// The frameworks that there is a finding of, with their findings.
    pub(crate) fn frameworks(&self) -> impl Iterator<Item = (Framework, &[&'a Finding])> {
        let with_findings = Framework::ALL
            .iter()
            .map(|framework| (*framework, self.of(*framework)));
        with_findings.filter(|(_, findings)| !findings.is_empty())
    }

    pub(crate) fn resource(&self, finding: &Finding) -> &'a Resource {
        self.posture.resource(finding)
    }

    /// A file: one that was scanned, or the register of exceptions.
    pub(crate) fn source(&self, file: FileId) -> Option<&'a Source> {
        match file {
            Register::FILE => self.posture.register.as_ref().map(|it| &it.source),
            file => self.posture.sources.get(file.0 as usize),
        }
    }

    /// Whether a finding counts as failed.
    pub(crate) fn fails(&self, finding: &Finding) -> bool {
        match finding.status {
            Status::Failed => true,
            Status::Undecided { .. } => self.options.strict,
            _ => false,
        }
    }

    /// Whether a finding could not be decided, and does not count as failed either.
    pub(crate) fn undecided(&self, finding: &Finding) -> bool {
        matches!(finding.status, Status::Undecided { .. }) && !self.options.strict
    }

    /// What is so where a check fails, or is in doubt.
    pub(crate) fn problem(&self, finding: &Finding) -> Cow<'static, str> {
        match finding.status {
            Status::Undecided { .. } => {
                format!("cannot tell whether {}", finding.check.title).into()
            }
            _ => finding.check.problem.into(),
        }
    }

    /// What to do about it: an imperative.
    pub(crate) fn fix(&self, finding: &Finding) -> &'static str {
        let framework = self.resource(finding).framework;
        match (&finding.status, framework) {
            (Status::Undecided { .. }, Framework::Terraform) => {
                "give it a value with `--var-file`, or scan the plan"
            }
            (Status::Undecided { .. }, Framework::TerraformPlan) => {
                "set it to what is known before apply, or look at it once it is applied"
            }
            (Status::Undecided { .. }, _) => "write the value out",
            _ => finding.check.rule(framework).map_or("", |rule| rule.fix),
        }
    }

    /// The text of a label, as it may be shown.
    pub(crate) fn text<'l>(&self, label: &'l Label) -> Cow<'l, str> {
        self.said_of(label.span.file, &label.text)
    }

    /// Text about a file, which may quote it, as it may be shown.
    pub(crate) fn said_of<'t>(&self, file: FileId, text: &'t str) -> Cow<'t, str> {
        match self.masks.quoted(file, text) {
            Cow::Borrowed(text) => harmless(text),
            Cow::Owned(text) => harmless(&text).into_owned().into(),
        }
    }

    /// What is wrong in one line: the problem, and what is so at the place.
    pub(crate) fn sentence(&self, finding: &Finding) -> String {
        let problem = self.problem(finding);
        match finding.labels.first() {
            Some(label) if label.text != problem => [&*problem, ": ", &*self.text(label)].concat(),
            _ => problem.into_owned(),
        }
    }

    /// The place of a span; `None` if the text of its file was not kept.
    pub(crate) fn place_of(&self, span: Span) -> Option<Place> {
        Place::of(self.source(span.file)?, span)
    }

    /// The most telling place of a finding.
    pub(crate) fn place(&self, finding: &Finding) -> Place {
        let resource = self.resource(finding);
        let span = finding
            .labels
            .first()
            .map_or(resource.span, |label| label.span);
        let lines = || Place::lines(resource.file, resource.lines);
        self.place_of(span).unwrap_or_else(lines)
    }

    /// The exception that accepts a finding.
    pub(crate) fn exception(&self, finding: &Finding) -> Option<&'a Exception> {
        let Status::Accepted { exception } = finding.status else {
            return None;
        };
        self.exception_at(exception)
    }

    /// An exception by its index in the register.
    pub(crate) fn exception_at(&self, index: usize) -> Option<&'a Exception> {
        let register = self.posture.register.as_ref()?;
        register.exceptions.get(index)
    }

    /// How many resources of a framework were looked at, counted as Checkov does: blocks of
    /// Terraform that make something, Kubernetes objects and the pods that they make, Dockerfiles,
    /// and strings that may be secrets.
    pub(crate) fn resource_count(&self, framework: Framework) -> usize {
        let counts = |resource: &&Resource| {
            let makes = resource.kind != "module" && !resource.kind.contains('.');
            resource.framework == framework
                && (framework.of_rules() != Framework::Terraform || makes)
        };
        let resources = self.posture.resources.iter().filter(counts);
        let distinct: HashSet<_> = resources
            .map(|resource| match framework {
                Framework::Dockerfile => (resource.file, ""),
                _ => (resource.file, resource.address.as_str()),
            })
            .collect();
        distinct.len()
    }
}

/// How findings are sorted. Those that are equal in it look the same. They come nearly sorted, by
/// resource.
fn order(posture: &Posture, one: &Finding, two: &Finding) -> Ordering {
    let place = |finding| {
        let resource = posture.resource(finding);
        let Resource {
            framework,
            file,
            lines,
            ref address,
            ..
        } = *resource;
        (framework, file, lines, address)
    };
    let places = match one.resource == two.resource {
        true => Ordering::Equal,
        false => place(one).cmp(&place(two)),
    };
    places
        .then_with(|| one.check.id.cmp(&two.check.id))
        .then_with(|| one.status.cmp(&two.status))
        .then_with(|| one.labels.cmp(&two.labels))
}
