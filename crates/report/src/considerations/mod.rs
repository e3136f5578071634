//! The *Security Considerations* page: what is accepted and why, what is open, and how far all of
//! it was looked at. Whatever it says comes from the scan or from the register, so that it cannot
//! claim what is not so.

mod accepted;
mod kept;
mod open;
mod places;

use std::fmt::Write;

use bastide_check::{Check, Framework};
use bastide_judge::{Finding, Posture, Status};

use self::kept::Kept;
use self::places::{folded, place, relative};
use crate::Options;
use crate::harmless::table_cell;
use crate::number::{counted, thousands};
use crate::totals::Totals;
use crate::view::View;

/// The page, in Markdown. Words written by hand into the page as it was, `previous`, are kept.
///
/// It is the same for the same files and register, on any day on which no exception expires. Its
/// links are relative to the folder that was scanned, where it belongs.
pub fn considerations(posture: &Posture, previous: Option<&str>) -> String {
    let options = Options::default();
    let view = View::new(posture, &options);
    let mut kept = previous.map(Kept::of).unwrap_or_default();
    let mut page = String::from(HEAD);
    summary(&mut page, &view);
    accepted::section(&mut page, &view, &mut kept);
    accepted::decisions(&mut page, &view, &mut kept);
    open::failed(&mut page, &view);
    open::undecided(&mut page, &view);
    skipped(&mut page, &view);
    attested(&mut page, &view);
    coverage(&mut page, &view);
    kept.write_rest(&mut page);
    page.push_str(DISCLOSURE);
    page
}

const HEAD: &str = "# Security considerations

<!-- Written by `bastide report` from a scan and the register of exceptions: edit those, not this
     page. Only what stands after a line `keep: ID` and before `end keep`, both in a comment like
     this one, is kept as it is, under the exception with that id. -->

";

const DISCLOSURE: &str = "
## Reporting a vulnerability

Please report what is missing here, or what an attacker could do, in private to the owners of this
repository, not in a public issue. If there is a `SECURITY.md`, it says how.
";

/// How many findings there are of each kind.
fn summary(page: &mut String, view: &View<'_>) {
    let totals = Totals::of(view, view.findings());
    let rows = [
        (
            "Accepted, with a reason, an owner and an end",
            totals.accepted,
        ),
        ("Open", totals.failures() + totals.known),
        ("Skipped by a comment", totals.skipped),
        ("Not to be decided from the files", totals.undecided),
        ("As it should be", totals.passed),
    ];
    page.push_str("| Verdict | Count |\n| --- | ---: |\n");
    for (what, count) in rows {
        let _ = writeln!(page, "| {what} | {} |", thousands(count));
    }
}

/// What comments and annotations ask to leave alone, which nobody has signed.
fn skipped(page: &mut String, view: &View<'_>) {
    let rows = view.findings().iter().filter_map(|finding| {
        let Status::Skipped { reason } = &finding.status else {
            return None;
        };
        let file = view.resource(finding).file;
        let reason = view.said_of(file, reason.as_deref().unwrap_or("none given"));
        let (id, reason) = (finding.check.id, table_cell(&reason));
        Some(format!("| {id} | {} | {reason} |\n", place(view, finding)))
    });
    let heading = ["Check", "Where", "Reason"];
    table(page, "Skipped by a comment", &heading, rows);
}

/// What people have signed, for what no file can show.
fn attested(page: &mut String, view: &View<'_>) {
    let register = view.posture.register.iter();
    let rows = register.flat_map(|it| &it.attestations).map(|it| {
        let texts = [&it.control, &it.statement, &it.by, &it.evidence];
        let [control, statement, by, evidence] = texts.map(|text| table_cell(text.trim()));
        let (on, until) = (it.on, it.expires.value);
        format!("| {control} | {statement} | {by} | {on} | {until} | {evidence} |\n")
    });
    let heading = ["Control", "Statement", "By", "On", "Until", "Evidence"];
    table(page, "Attested", &heading, rows);
}

/// How far it was looked: what was not read cannot be called clean.
fn coverage(page: &mut String, view: &View<'_>) {
    let coverage = &view.posture.coverage;
    page.push_str("\n## What was looked at\n\n");
    if coverage.files.is_empty() {
        page.push_str("Nothing: there is no file here that Bastide looks at.\n");
        return;
    }
    let unreadable: Vec<_> = coverage
        .unreadable()
        .map(|file| format!("- {}\n", relative(view, file)))
        .collect();
    let _ = writeln!(
        page,
        "{} evaluated, {} passed over, {} not read, or not as a whole.",
        counted(coverage.evaluated(), "file"),
        thousands(coverage.passed_over().count()),
        thousands(unreadable.len()),
    );
    if !unreadable.is_empty() {
        page.push_str("\n**Not read, or not as a whole**\n\n");
        let count = counted(unreadable.len(), "file");
        page.push_str(&folded(&count, unreadable.len(), &unreadable.concat()));
    }
}

/// A section that is a table; nothing if it has no rows.
fn table(page: &mut String, title: &str, heading: &[&str], rows: impl Iterator<Item = String>) {
    let mut rows = rows.peekable();
    if rows.peek().is_some() {
        let rule = heading.iter().map(|_| "---");
        let rule = rule.collect::<Vec<_>>().join(" | ");
        let heading = heading.join(" | ");
        let _ = writeln!(page, "\n## {title}\n\n| {heading} |\n| {rule} |");
        page.extend(rows);
    }
}

/// The frameworks of findings, in their order.
fn frameworks(view: &View<'_>, findings: &[&Finding]) -> Vec<Framework> {
    let frameworks = findings.iter().map(|it| view.resource(it).framework);
    let mut frameworks: Vec<_> = frameworks.collect();
    frameworks.sort_unstable();
    frameworks.dedup();
    frameworks
}

/// What to write instead, in the language of a framework.
fn snippet(page: &mut String, check: &Check, framework: Framework) {
    if let Some(rule) = check.rule(framework) {
        let language = crate::checks::language(framework);
        let _ = writeln!(page, "\n```{language}\n{}```", rule.snippet);
    }
}
