//! Annotations that a GitHub workflow prints: commands that the runner turns into marks on the
//! lines of a pull request.

use std::borrow::Cow;
use std::fmt::Write;

use bastide_source::Level;

use crate::harmless::harmless;
use crate::place::Place;
use crate::view::View;

/// One annotation.
struct Annotation<'a> {
    /// `error` or `warning`.
    command: &'static str,
    place: Option<Place>,
    path: String,
    title: String,
    message: Cow<'a, str>,
}

/// The posture as commands of a workflow, one a line.
pub(crate) fn render(view: &View<'_>) -> String {
    let mut text = String::new();
    if !view.options.quiet {
        diagnostics(view).for_each(|it| it.write(&mut text));
    }
    let start = text.len();
    for finding in findings(view) {
        let mut line = String::new();
        finding.write(&mut line);
        // Instances of one block are sorted next to each other, and look the same.
        if !text[start..].ends_with(&line) {
            text.push_str(&line);
        }
    }
    problems(view).for_each(|it| it.write(&mut text));
    text
}

fn findings<'a>(view: &View<'a>) -> impl Iterator<Item = Annotation<'a>> {
    let shown =
        |finding: &&_| view.fails(finding) || (view.undecided(finding) && !view.options.quiet);
    let findings = view.findings().iter().copied().filter(shown);
    findings.map(|finding| {
        let place = view.place(finding);
        let label = finding.labels.first().map(|label| view.text(label));
        let label = label.map_or(String::new(), |label| format!("{label}\n"));
        Annotation {
            command: if view.fails(finding) {
                "error"
            } else {
                "warning"
            },
            place: Some(place),
            path: view.paths.repository(place.file),
            title: format!("{}: {}", finding.check.id, view.problem(finding)),
            message: format!("{label}help: {}", view.fix(finding)).into(),
        }
    })
}

/// Files that were not read as a whole. They fail no scan by themselves, so they warn.
fn diagnostics<'a>(view: &View<'a>) -> impl Iterator<Item = Annotation<'a>> {
    view.posture.diagnostics.iter().map(|diagnostic| {
        let help = diagnostic.help.as_deref();
        let help = help.map_or(String::new(), |help| format!("\nhelp: {help}"));
        let title = match diagnostic.level {
            Level::Error => "not checked",
            Level::Warning => "not as it seems",
        };
        let message = view.said_of(diagnostic.file, &diagnostic.message);
        Annotation {
            command: "warning",
            place: diagnostic.span.and_then(|span| view.place_of(span)),
            path: view.paths.repository(diagnostic.file),
            title: title.to_owned(),
            message: format!("{message}{help}").into(),
        }
    })
}

/// What is wrong with the register of exceptions.
fn problems<'a>(view: &View<'a>) -> impl Iterator<Item = Annotation<'a>> {
    let shown = |problem: &&bastide_judge::Problem| problem.fails || !view.options.quiet;
    view.posture
        .problems
        .iter()
        .filter(shown)
        .map(|problem| Annotation {
            command: if problem.fails { "error" } else { "warning" },
            place: view.place_of(problem.span),
            path: view.paths.repository(problem.span.file),
            title: problem.kind.to_owned(),
            message: format!(
                "{}\nhelp: {}",
                harmless(&problem.message),
                harmless(&problem.help)
            )
            .into(),
        })
}

impl Annotation<'_> {
    fn write(self, text: &mut String) {
        let path = property(&harmless(&self.path));
        let _ = write!(text, "::{} file={path}", self.command);
        if let Some(Place { start, end, .. }) = self.place {
            let _ = write!(text, ",line={},endLine={}", start.line, end.line);
            // Columns mean something only on one line.
            if start.line == end.line && start.column < end.column {
                let _ = write!(text, ",col={},endColumn={}", start.column, end.column);
            }
        }
        let (title, message) = (property(&self.title), data(&self.message));
        let _ = writeln!(text, ",title={title}::{message}");
    }
}

/// Escapes the message of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_command_early() {
        assert_eq!(data("50%\r\n::error::x"), "50%25%0D%0A::error::x");
        assert_eq!(property("a,b: 1%"), "a%2Cb%3A 1%25");
    }
}
