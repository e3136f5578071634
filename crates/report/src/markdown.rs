//! Markdown for a comment on a pull request: what fails and what to do about it, then what is
//! undecided, then the counts.

use std::fmt::Write;

use bastide_check::Severity;
use bastide_judge::Finding;

use crate::checks;
use crate::harmless::{code_span, table_cell};
use crate::number::counted;
use crate::terminal::ending;
use crate::totals::Totals;
use crate::view::View;

/// A comment may have 65,536 characters; this leaves room for the end.
const LIMIT: usize = 60_000;

/// The posture as a comment.
pub(crate) fn render(view: &View<'_>) -> String {
    let totals = Totals::of(view, view.findings());
    let mut text = heading(&totals);
    failures(&mut text, view);
    problems(&mut text, view);
    if !view.options.quiet {
        undecided(&mut text, view, totals.undecided);
        unreadable(&mut text, view);
    }
    let _ = writeln!(text, "\n{}  ", ending::scope(view));
    let _ = writeln!(text, "{}", ending::result(view, &totals, |_, text| text));
    text
}

fn heading(totals: &Totals) -> String {
    match totals.failures() {
        0 => "### Bastide: no findings\n".to_owned(),
        failures => {
            let severities = totals.by_severity(|_, text| text);
            format!(
                "### Bastide: {} ({severities})\n",
                counted(failures, "finding")
            )
        }
    }
}

/// A table of failures, worst first.
fn failures(text: &mut String, view: &View<'_>) {
    let failures = Severity::ALL.iter().flat_map(|severity| {
        let findings = view.findings().iter().copied();
        findings.filter(|it| view.fails(it) && it.check.severity == *severity)
    });
    let rows = failures.map(|finding| {
        format!(
            "| {} | [{}]({}) | {} | {}<br>{} |\n",
            finding.check.severity,
            finding.check.id,
            checks::page_address(finding.check),
            code_span(&position(view, finding)),
            table_cell(&view.sentence(finding)),
            table_cell(view.fix(finding)),
        )
    });
    let heading = "\n| Severity | Check | Where | What is wrong, and what to do |\n\
                   | --- | --- | --- | --- |\n";
    push_section(text, heading, rows);
}

/// What is wrong with the register of exceptions.
fn problems(text: &mut String, view: &View<'_>) {
    let problems = view.posture.problems.iter();
    let problems = problems.filter(|problem| problem.fails || !view.options.quiet);
    let items = problems.map(|problem| {
        let path = view.paths.display(problem.span.file);
        let line = view
            .place_of(problem.span)
            .map_or(1, |place| place.start.line);
        let place = code_span(&format!("{path}:{line}"));
        let (message, help) = (table_cell(&problem.message), table_cell(&problem.help));
        format!("- {place}: {message}; {help}\n")
    });
    push_section(text, "\n**Exceptions**\n\n", items);
}

fn undecided(text: &mut String, view: &View<'_>, count: usize) {
    if count == 0 {
        return;
    }
    let findings = view.findings().iter().filter(|it| view.undecided(it));
    let items = findings.map(|finding| {
        let place = code_span(&position(view, finding));
        let sentence = table_cell(&view.sentence(finding));
        format!("- {} {place}: {sentence}\n", finding.check.id)
    });
    let heading = format!("\n<details><summary>{count} undecided</summary>\n\n");
    push_section(text, &heading, items);
    text.push_str("\n</details>\n");
}

fn unreadable(text: &mut String, view: &View<'_>) {
    let files = view.posture.coverage.unreadable();
    let items = files.map(|file| format!("- {}\n", code_span(&view.paths.display(file))));
    push_section(text, "\n**Not read, or not as a whole**\n\n", items);
}

/// A heading and lines, if there are any, until the comment is full; then how many more there are.
fn push_section(text: &mut String, heading: &str, lines: impl Iterator<Item = String>) {
    let mut lines = lines.peekable();
    if lines.peek().is_some() {
        text.push_str(heading);
    }
    while let Some(line) = lines.next() {
        if text.len() + line.len() > LIMIT {
            let more = counted(1 + lines.count(), "line");
            let _ = writeln!(text, "\n… and {more} more");
            return;
        }
        text.push_str(&line);
    }
}

fn position(view: &View<'_>, finding: &Finding) -> String {
    let place = view.place(finding);
    format!("{}:{}", view.paths.repository(place.file), place.start.line)
}
