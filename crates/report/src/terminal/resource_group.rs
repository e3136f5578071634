//! The checks that one resource fails, shown together: one snippet, and for each check what is wrong and what to
//! do.

use std::collections::BTreeMap;

use bastide_check::CheckId;
use bastide_judge::Finding;
use bastide_source::Span;

use super::message::{Mark, Message};
use super::{MOST_PLACES, finding};
use crate::harmless::{harmless, shell_word};
use crate::number::counted;
use crate::view::View;

/// The failures. Those of what is written at one place are one message: of a block, however many
/// instances it has; of an object, and the pods that it makes.
pub(super) fn messages<'a>(view: &View<'a>) -> Vec<Message<'a>> {
    let place = |finding: &Finding| {
        let resource = view.resource(finding);
        (resource.framework, resource.span)
    };
    let failures = view.findings().iter().copied().filter(|it| view.fails(it));
    let mut failures: Vec<_> = failures.collect();
    failures.sort_by_key(|finding| (place(finding), finding.check.id));
    let groups = failures.chunk_by(|one, two| place(one) == place(two));
    let message = |group: &[&'a Finding]| match group {
        [only] => finding(view, only),
        several => together(view, several),
    };
    groups.map(message).collect()
}

/// One message for several findings, which are in the order of their checks.
fn together<'a>(view: &View<'a>, findings: &[&'a Finding]) -> Message<'a> {
    let mut by_check: BTreeMap<CheckId, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        by_check.entry(finding.check.id).or_default().push(finding);
    }
    let addresses = findings.iter().map(|it| view.resource(it).address.as_str());
    // The shortest is that of the object itself, where others are of pods that it makes.
    let name = addresses
        .min_by_key(|it| (it.len(), *it))
        .unwrap_or_default();
    let name = harmless(name);
    Message {
        fails: true,
        id: None,
        title: format!("{name} fails {}", counted(by_check.len(), "check")).into(),
        file: findings
            .first()
            .map(|it| view.resource(it).file)
            .unwrap_or_default(),
        marks: marks(view, findings),
        notes: by_check.values().map(|it| note(view, it)).collect(),
        help: Some(format!(
            "`bastide explain ID` shows what to write\nexcept: bastide except ID {}",
            shell_word(&name),
        )),
    }
}

/// What one check finds, and on a second line what to do about it.
fn note(view: &View<'_>, findings: &[&Finding]) -> String {
    let Some(first) = findings.first() else {
        return String::new();
    };
    let check = first.check;
    let instances = match findings.len() {
        1 => String::new(),
        several => format!(" ({several} instances)"),
    };
    format!(
        "{} ({}): {}{instances}\nfix: {}",
        check.id,
        check.severity,
        view.problem(first),
        view.fix(first),
    )
}

/// Where the checks fail, with their ids.
fn marks<'a>(view: &View<'a>, findings: &[&'a Finding]) -> Vec<Mark<'a>> {
    let mut ids: BTreeMap<Span, Vec<&str>> = BTreeMap::new();
    for finding in findings {
        let label = finding.labels.first();
        let span = label.map_or(view.resource(finding).span, |label| label.span);
        let at_span = ids.entry(span).or_default();
        let id = finding.check.id.as_str();
        if !at_span.contains(&id) {
            at_span.push(id);
        }
    }
    let marks = ids.into_iter().map(|(span, ids)| Mark {
        span,
        text: Some(ids.join(", ").into()),
    });
    marks.take(MOST_PLACES).collect()
}
