//! One line a finding: `path:line:column severity[ID] problem: label`.

use std::fmt::Write;

use bastide_source::{FileId, Level, Span};

use crate::harmless::harmless;
use crate::palette::Palette;
use crate::parallel;
use crate::view::View;

/// All that there is to say, a line each.
pub(super) fn lines(view: &View<'_>, palette: Palette) -> String {
    let mut text = String::new();
    let loud = !view.options.quiet;
    for diagnostic in view.posture.diagnostics.iter().filter(|_| loud) {
        let level = match diagnostic.level {
            Level::Error => palette.error("error"),
            Level::Warning => palette.warning("warning"),
        };
        let place = position(view, diagnostic.file, diagnostic.span);
        let message = view.said_of(diagnostic.file, &diagnostic.message);
        let _ = writeln!(text, "{place} {level}: {message}");
    }
    let undecided = view
        .findings()
        .iter()
        .filter(|it| loud && view.undecided(it));
    let failures = view.findings().iter().filter(|it| view.fails(it));
    let findings: Vec<_> = undecided.chain(failures).collect();
    text.push_str(&parallel::concat(&findings, |finding, text| {
        let place = view.place(finding);
        let severity = finding.check.severity;
        let level = match view.undecided(finding) {
            true => palette.warning("undecided"),
            false => palette.severity(severity, severity.name()),
        };
        let path = view.paths.display(place.file);
        let _ = writeln!(
            text,
            "{}:{}:{} {level}[{}] {}",
            harmless(&path),
            place.start.line,
            place.start.column,
            finding.check.id,
            view.sentence(finding),
        );
    }));
    for problem in view.posture.problems.iter().filter(|it| loud || it.fails) {
        let level = match problem.fails {
            true => palette.error("error"),
            false => palette.warning("warning"),
        };
        let place = position(view, problem.span.file, Some(problem.span));
        let message = harmless(&problem.message);
        let _ = writeln!(text, "{place} {level}[{}] {message}", problem.kind);
    }
    text
}

/// `path:line:column`, or the path alone if the place is not known.
fn position(view: &View<'_>, file: FileId, span: Option<Span>) -> String {
    let path = view.paths.display(file);
    let path = harmless(&path);
    match span.and_then(|span| view.place_of(span)) {
        Some(place) => format!("{path}:{}:{}", place.start.line, place.start.column),
        None => path.into_owned(),
    }
}
