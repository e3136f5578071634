//! For people at a terminal: what is wrong, where, and the way out; then a table, then the counts.
//!
//! First come files that were not read as a whole, then what is undecided, then what fails, then
//! what is wrong with the register of exceptions: the nearer to the end, the more it matters.

mod compact;
pub(crate) mod ending;
mod excerpt;
mod message;
mod resource_group;
mod standard;
mod table;

use std::borrow::Cow;
use std::fmt::Write;

use bastide_check::{Commit, Resource};
use bastide_judge::{Finding, Posture, Problem, Register};
use bastide_source::{Diagnostic, FileId, Level, Source, Span};

use self::message::{Mark, Message};
use crate::Options;
use crate::harmless::{harmless, shell_word};
use crate::palette::Palette;
use crate::parallel;
use crate::totals::Totals;
use crate::view::View;

/// So many places of one finding are shown.
const MOST_PLACES: usize = 8;

/// The posture for a terminal.
pub(crate) fn render(view: &View<'_>) -> String {
    let palette = Palette::new(view.options.color);
    let totals = Totals::of(view, view.findings());
    let mut text = if view.options.compact {
        compact::lines(view, palette)
    } else {
        messages(view, palette)
    };
    if !text.is_empty() && view.options.compact {
        text.push('\n');
    }
    if let Some(standard) = view.options.standard {
        text.push_str(&standard::tables(view, standard, palette));
        text.push('\n');
    } else if !view.options.quiet && !view.options.compact && totals.checks() > 0 {
        text.push_str(&table::table(view, palette));
        text.push('\n');
    }
    text.push_str(&ending::coverage(view, palette));
    let _ = writeln!(text, "{}", ending::scope(view));
    let paint = |severity, text: String| palette.severity(severity, &text).into_owned();
    let _ = writeln!(text, "{}", ending::result(view, &totals, paint));
    text
}

/// Mistakes in a file that is not among those of a posture, for a terminal: a register of
/// exceptions that is not valid.
pub fn mistakes(file: &Source, mistakes: &[Diagnostic], color: bool) -> String {
    // The posture of that file alone.
    let renumbered = |mistake: &Diagnostic| Diagnostic {
        file: FileId(0),
        span: mistake.span.map(|span| Span {
            file: FileId(0),
            ..span
        }),
        ..mistake.clone()
    };
    let posture = Posture {
        sources: vec![Source::new(
            FileId(0),
            file.path.as_str(),
            file.text.clone(),
        )],
        diagnostics: mistakes.iter().map(renumbered).collect(),
        ..Posture::default()
    };
    let options = Options::default();
    messages(&View::new(&posture, &options), Palette::new(color))
}

/// All that there is to say, each with its lines, and with an empty line after it.
fn messages(view: &View<'_>, palette: Palette) -> String {
    let mut messages: Vec<Message<'_>> = Vec::new();
    if !view.options.quiet {
        messages.extend(view.posture.diagnostics.iter().map(diagnostic));
        let undecided = view.findings().iter().filter(|it| view.undecided(it));
        messages.extend(undecided.map(|it| finding(view, it)));
    }
    if view.options.group {
        messages.extend(resource_group::messages(view));
    } else {
        let failures = view.findings().iter().filter(|it| view.fails(it));
        messages.extend(failures.map(|it| finding(view, it)));
    }
    let problems = view.posture.problems.iter();
    let problems = problems.filter(|problem| problem.fails || !view.options.quiet);
    messages.extend(problems.map(problem));
    parallel::concat(&messages, |message, text| {
        text.push_str(&message.render(view, palette));
        text.push_str("\n\n");
    })
}

/// A finding, whether it fails or is undecided.
fn finding<'a>(view: &View<'a>, finding: &'a Finding) -> Message<'a> {
    let resource = view.resource(finding);
    let title = view.problem(finding);
    let shown = finding.labels.iter().take(MOST_PLACES);
    let mut marks: Vec<_> = shown
        .map(|label| Mark {
            span: label.span,
            text: Some(view.text(label)).filter(|text| *text != title),
        })
        .collect();
    if marks.is_empty() {
        marks.push(Mark {
            span: resource.span,
            text: None,
        });
    }
    let more = finding.labels.len().saturating_sub(MOST_PLACES);
    let note = (more > 0).then(|| format!("and {} more places", crate::number::thousands(more)));
    Message {
        fails: view.fails(finding),
        id: Some(finding.check.id.as_str()),
        title,
        file: resource.file,
        marks,
        notes: note.into_iter().chain(commits(resource)).collect(),
        help: Some(match view.undecided(finding) {
            true => view.fix(finding).to_owned(),
            false => way_out(view, finding),
        }),
    }
}

/// The commits that put a secret into the history of a repository, and took it away.
fn commits(resource: &Resource) -> Option<String> {
    let history = resource.history.as_ref()?;
    let told = |commit: &Commit| {
        let day = commit.time.get(..10).unwrap_or(&commit.time);
        let id = commit.id.get(..12).unwrap_or(&commit.id);
        harmless(&format!("{id} ({day}, {})", commit.committer)).into_owned()
    };
    let removed = match &history.removed {
        Some(commit) => format!("removed by {}: it is still in the history", told(commit)),
        None => "still there".to_owned(),
    };
    Some(format!("added by {}; {removed}", told(&history.added)))
}

/// How to fix a failure, how to except it, and where more is said.
fn way_out(view: &View<'_>, finding: &Finding) -> String {
    let address = harmless(&view.resource(finding).address);
    format!(
        "{}\nexcept: bastide except {id} {}\nwhy:    bastide explain {id}",
        view.fix(finding),
        shell_word(&address),
        id = finding.check.id,
    )
}

/// What is to be said of a file.
fn diagnostic(diagnostic: &Diagnostic) -> Message<'_> {
    let mark = |span| Mark { span, text: None };
    Message {
        fails: diagnostic.level == Level::Error,
        id: None,
        title: diagnostic.message.as_str().into(),
        file: diagnostic.file,
        marks: diagnostic.span.map(mark).into_iter().collect(),
        notes: Vec::new(),
        help: diagnostic.help.clone(),
    }
}

/// What is wrong with the register of exceptions, or with skips where it forbids them.
fn problem(problem: &Problem) -> Message<'_> {
    let known = problem.span.file == Register::FILE || !problem.span.is_empty();
    let mark = Mark {
        span: problem.span,
        text: None::<Cow<'_, str>>,
    };
    Message {
        fails: problem.fails,
        id: Some(problem.kind),
        title: problem.message.as_str().into(),
        file: problem.span.file,
        marks: known.then_some(mark).into_iter().collect(),
        notes: Vec::new(),
        help: Some(problem.help.clone()),
    }
}
