//! The *Security Considerations* page: what is accepted and why, what is open, and how far all of
//! it was looked at. Whatever it says comes from the scan or from the register, so that it cannot
//! claim what is not so.

use std::collections::BTreeMap;
use std::fmt::Write;

use bastide_check::{Check, CheckId};
use bastide_judge::{Exception, Finding, Posture, Register, Status};

use crate::harmless;
use crate::number::thousands;

/// Where a page keeps words of its own: what stands between such a line and the next closing one
/// is written by hand, and kept.
const KEEP: &str = "<!-- keep: ";
const END_KEEP: &str = "<!-- end keep -->";

/// The page, in Markdown. Words written by hand into the page as it was, `previous`, are kept.
///
/// It is the same for the same files and register, on any day on which no exception expires.
pub fn considerations(posture: &Posture, previous: Option<&str>) -> String {
    let page = Page {
        posture,
        kept: previous.map(kept_blocks).unwrap_or_default(),
    };
    page.write()
}

struct Page<'a> {
    posture: &'a Posture,
    /// Blocks written by hand, by the id of their exception.
    kept: BTreeMap<&'a str, &'a str>,
}

/// The accepted findings of one exception, by check.
type Accepted<'a> = BTreeMap<CheckId, BTreeMap<usize, Vec<&'a Finding>>>;

impl Page<'_> {
    fn write(&self) -> String {
        let mut page = String::from(
            "# Security considerations\n\n\
             <!-- Made by `bastide report` from a scan and the register of exceptions. Edit those, \
             not this page;\n     what stands between `<!-- keep: ID` and `<!-- end keep` lines is \
             yours. -->\n\n",
        );
        self.summary(&mut page);
        self.accepted(&mut page);
        self.open(&mut page);
        self.skipped(&mut page);
        self.attested(&mut page);
        self.coverage(&mut page);
        page.push_str(DISCLOSURE);
        page
    }

    fn count(&self, such: impl Fn(&Status) -> bool) -> usize {
        self.posture
            .findings
            .iter()
            .filter(|finding| such(&finding.status))
            .count()
    }

    fn summary(&self, page: &mut String) {
        let accepted = self.count(|status| matches!(status, Status::Accepted { .. }));
        let open = self.count(|status| matches!(status, Status::Failed | Status::Known));
        let skipped = self.count(|status| matches!(status, Status::Skipped { .. }));
        let undecided = self.count(|status| matches!(status, Status::Undecided { .. }));
        let passed = self.count(|status| *status == Status::Passed);
        page.push_str("| | |\n| --- | ---: |\n");
        for (what, count) in [
            (
                "accepted, each with a reason, an owner and an end",
                accepted,
            ),
            ("open", open),
            ("skipped by a comment", skipped),
            ("not to be decided from the files", undecided),
            ("as it should be", passed),
        ] {
            let _ = writeln!(page, "| {what} | {} |", thousands(count));
        }
    }

    fn accepted(&self, page: &mut String) {
        let Some(register) = &self.posture.register else {
            return;
        };
        let mut accepted = Accepted::new();
        for finding in &self.posture.findings {
            if let Status::Accepted { exception } = finding.status {
                let of_check = accepted.entry(finding.check.id).or_default();
                of_check.entry(exception).or_default().push(finding);
            }
        }
        if accepted.is_empty() {
            return;
        }
        page.push_str("\n## Accepted\n");
        for of_check in accepted.values() {
            let Some(check) = of_check
                .values()
                .flatten()
                .next()
                .map(|finding| finding.check)
            else {
                continue;
            };
            let _ = writeln!(page, "\n### {}: {}\n\n{}", check.id, check.title, check.why);
            for (index, findings) in of_check {
                self.exception(page, register, *index, check, findings);
            }
        }
    }

    fn exception(
        &self,
        page: &mut String,
        register: &Register,
        index: usize,
        check: &Check,
        findings: &[&Finding],
    ) {
        let Some(exception) = register.exceptions.get(index) else {
            return;
        };
        let heading = match (&exception.id, &exception.title) {
            (Some(id), Some(title)) => format!("{}: {title}", id.value),
            (Some(id), None) => id.value.clone(),
            (None, Some(title)) => title.clone(),
            (None, None) => format!("Exception {}", index + 1),
        };
        let _ = writeln!(page, "\n#### {}\n", harmless::markdown(&heading));
        prose(page, "Current implementation", &exception.current);
        prose(page, "Reasoning", &exception.reason);
        prose(page, "Impact", &exception.impact);
        prose(page, "Production recommendation", &exception.recommendation);
        if !exception.compensating_controls.is_empty() {
            page.push_str("**What stands against it**\n\n");
            for control in &exception.compensating_controls {
                let _ = writeln!(page, "- {}", harmless::markdown(control));
            }
            page.push('\n');
        }
        self.snippets(page, check, findings);
        self.resources(page, findings);
        answers(page, exception);
        if let Some(kept) = exception
            .id
            .as_ref()
            .and_then(|id| self.kept.get(id.value.as_str()))
        {
            let id = exception.id.as_ref().map_or("", |id| id.value.as_str());
            let _ = writeln!(page, "\n{KEEP}{id} -->\n{kept}{END_KEEP}");
        }
    }

    /// What to write instead, once for each framework among the findings.
    fn snippets(&self, page: &mut String, check: &Check, findings: &[&Finding]) {
        let mut frameworks: Vec<_> = findings
            .iter()
            .map(|finding| self.posture.resource(finding).framework)
            .collect();
        frameworks.sort();
        frameworks.dedup();
        for rule in frameworks
            .into_iter()
            .filter_map(|framework| check.rule(framework))
        {
            let language = crate::checks::language(rule.framework);
            let _ = writeln!(page, "```{language}\n{}```\n", rule.snippet);
        }
    }

    fn resources(&self, page: &mut String, findings: &[&Finding]) {
        let _ = writeln!(page, "**Resources** ({})\n", thousands(findings.len()));
        for finding in findings {
            let _ = writeln!(page, "- {}", self.place(finding));
        }
    }

    /// The address of a resource, with a link to its lines.
    fn place(&self, finding: &Finding) -> String {
        let resource = self.posture.resource(finding);
        let path = &self.posture.source(resource.file).path;
        let (first, last) = resource.lines;
        let lines = if first == last {
            format!("L{first}")
        } else {
            format!("L{first}-L{last}")
        };
        let shown = match resource.framework {
            // The address of a secret is the hash of its value, which says nothing to a person.
            bastide_check::Framework::Secrets => String::new(),
            _ => format!("`{}` in ", harmless::code(&resource.address)),
        };
        format!(
            "{shown}[{}]({}#{lines})",
            harmless::markdown(path),
            harmless::link(path)
        )
    }

    fn open(&self, page: &mut String) {
        let open: Vec<_> = self
            .posture
            .findings
            .iter()
            .filter(|finding| matches!(finding.status, Status::Failed | Status::Known))
            .collect();
        if open.is_empty() {
            return;
        }
        page.push_str("\n## Open findings\n\n| severity | check | what | where |\n| --- | --- | --- | --- |\n");
        for finding in open {
            let Check {
                severity,
                id,
                problem,
                ..
            } = finding.check;
            let _ = writeln!(
                page,
                "| {severity} | {id} | {problem} | {} |",
                self.place(finding)
            );
        }
    }

    fn skipped(&self, page: &mut String) {
        let skipped = self
            .posture
            .findings
            .iter()
            .filter_map(|finding| match &finding.status {
                Status::Skipped { reason } => Some((finding, reason.as_deref())),
                _ => None,
            });
        let skipped: Vec<_> = skipped.collect();
        if skipped.is_empty() {
            return;
        }
        page.push_str(
            "\n## Skipped by a comment\n\n| check | where | reason |\n| --- | --- | --- |\n",
        );
        for (finding, reason) in skipped {
            let reason = harmless::markdown(reason.unwrap_or("none given"));
            let _ = writeln!(
                page,
                "| {} | {} | {reason} |",
                finding.check.id,
                self.place(finding)
            );
        }
    }

    fn attested(&self, page: &mut String) {
        let attestations = self.posture.register.iter().flat_map(|it| &it.attestations);
        let attestations: Vec<_> = attestations.collect();
        if attestations.is_empty() {
            return;
        }
        page.push_str("\n## Attested\n\n| control | statement | by | on | until | evidence |\n| --- | --- | --- | --- | --- | --- |\n");
        for it in attestations {
            let [control, statement, by, evidence] =
                [&it.control, &it.statement, &it.by, &it.evidence]
                    .map(|text| harmless::markdown(text));
            let _ = writeln!(
                page,
                "| {control} | {statement} | {by} | {} | {} | {evidence} |",
                it.on, it.expires.value
            );
        }
    }

    fn coverage(&self, page: &mut String) {
        let coverage = &self.posture.coverage;
        let unreadable: Vec<_> = coverage.unreadable().collect();
        let _ = writeln!(
            page,
            "\n## What was looked at\n\n{} files were evaluated, {} passed over, {} could not be read.",
            thousands(coverage.evaluated()),
            thousands(coverage.passed_over().count()),
            thousands(unreadable.len()),
        );
        for file in unreadable {
            let path = &self.posture.source(file).path;
            let _ = writeln!(page, "\n- not read: {}", harmless::markdown(path));
        }
    }
}

/// A heading and a paragraph, if there is anything to say.
fn prose(page: &mut String, heading: &str, text: &str) {
    if !text.is_empty() {
        let _ = writeln!(page, "**{heading}.** {}\n", harmless::markdown(text.trim()));
    }
}

/// Who answers for an exception, until when, and where to read on.
fn answers(page: &mut String, exception: &Exception) {
    let owner = harmless::markdown(&exception.owner);
    let _ = write!(
        page,
        "\n{owner} answers for this until {}",
        exception.expires.value
    );
    let _ = write!(page, " ({})", exception.kind.name().replace('-', " "));
    if !exception.approved_by.is_empty() {
        let names = harmless::markdown(&exception.approved_by.join(", "));
        let _ = write!(page, "; approved by {names}");
    }
    if let Some(ticket) = &exception.ticket {
        let _ = write!(page, "; {}", harmless::markdown(ticket));
    }
    page.push_str(".\n");
    for link in &exception.links {
        let _ = writeln!(page, "\n- <{}>", harmless::link(link));
    }
}

/// The blocks of a page that were written by hand, by the id of their exception.
fn kept_blocks(page: &str) -> BTreeMap<&str, &str> {
    let blocks = page.match_indices(KEEP).filter_map(|(at, marker)| {
        let (id, rest) = page[at + marker.len()..].split_once(" -->\n")?;
        let (text, _) = rest.split_once(END_KEEP)?;
        Some((id, text))
    });
    blocks.collect()
}

const DISCLOSURE: &str = "
## Reporting a vulnerability

Please report what is missing here, or what an attacker can do, privately to the owners of this repository (see `SECURITY.md`), not
in a public issue.
";
