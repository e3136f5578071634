//! What the register accepts, by check: in whose words, until when, and where.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use bastide_check::{Check, CheckId, Framework};
use bastide_judge::{Exception, Finding, Kind, Status};

use super::places::places;
use super::{Kept, frameworks, snippet};
use crate::checks;
use crate::harmless::{link, markdown, table_cell};
use crate::number::thousands;
use crate::view::View;

/// The accepted findings of a check, by exception: its index in the register.
type Acceptances<'a> = BTreeMap<usize, Vec<&'a Finding>>;

/// A section for each check that has accepted findings.
pub(super) fn section(page: &mut String, view: &View<'_>, kept: &mut Kept<'_>) {
    let mut accepted: BTreeMap<CheckId, (&Check, Acceptances<'_>)> = BTreeMap::new();
    for finding in view.findings() {
        if let Status::Accepted { exception } = finding.status {
            let check = finding.check;
            let entry = accepted.entry(check.id);
            let (_, acceptances) = entry.or_insert_with(|| (check, Acceptances::new()));
            acceptances.entry(exception).or_default().push(finding);
        }
    }
    page.push_str("\n## Accepted\n");
    if accepted.is_empty() {
        page.push_str("\nNothing.\n");
    }
    for (check, acceptances) in accepted.values() {
        of_check(page, view, check, acceptances, kept);
    }
}

fn of_check(
    page: &mut String,
    view: &View<'_>,
    check: &Check,
    acceptances: &Acceptances<'_>,
    kept: &mut Kept<'_>,
) {
    let _ = writeln!(
        page,
        "\n### {id}: {title}\n\n**Check** ([{id}]({address}), {severity}). {why}",
        id = check.id,
        title = check.title,
        address = checks::page_address(check),
        severity = check.severity,
        why = check.why,
    );
    let mut shown = BTreeSet::new();
    for (index, findings) in acceptances {
        let Some(exception) = view.exception_at(*index) else {
            continue;
        };
        heading(page, exception, *index);
        words(page, exception);
        if asks_for_change(exception.kind) {
            let of_findings = frameworks(view, findings).into_iter();
            of_findings
                .filter(|framework: &Framework| shown.insert(*framework))
                .for_each(|framework| snippet(page, check, framework));
        }
        let count = thousands(findings.len());
        let _ = writeln!(
            page,
            "\n**Resources** ({count})\n\n{}",
            places(view, findings)
        );
        end(page, exception, kept);
    }
}

/// A section for what was decided and no check sees.
pub(super) fn decisions(page: &mut String, view: &View<'_>, kept: &mut Kept<'_>) {
    let register = view.posture.register.iter();
    let all = register.flat_map(|it| it.exceptions.iter().enumerate());
    let mut all = all.filter(|(_, it)| it.is_decision()).peekable();
    if all.peek().is_some() {
        page.push_str("\n## Decided, though no check asks\n");
    }
    for (index, exception) in all {
        heading(page, exception, index);
        words(page, exception);
        let named: Vec<_> = exception
            .resources
            .iter()
            .map(ToString::to_string)
            .collect();
        list(page, "Resources", &named);
        end(page, exception, kept);
    }
}

/// What an exception says for itself.
fn words(page: &mut String, exception: &Exception) {
    prose(page, "Current implementation", &exception.current);
    prose(page, "Reasoning", &exception.reason);
    prose(page, "Impact", &exception.impact);
    list(
        page,
        "What stands against it",
        &exception.compensating_controls,
    );
    prose(page, "Production recommendation", &exception.recommendation);
}

/// Who answers for an exception, where there is more to read, and what was kept of the page.
fn end(page: &mut String, exception: &Exception, kept: &mut Kept<'_>) {
    answers(page, exception);
    if !exception.links.is_empty() {
        page.push_str("\n**Links**\n\n");
        for address in &exception.links {
            let _ = writeln!(page, "- <{}>", link(address));
        }
    }
    if let Some(id) = &exception.id {
        kept.write(page, &id.value);
    }
}

/// Whether an exception grants that there is something to change.
fn asks_for_change(kind: Kind) -> bool {
    match kind {
        Kind::AcceptedRisk | Kind::Mitigated | Kind::Deferred => true,
        Kind::FalsePositive | Kind::NotApplicable => false,
    }
}

fn heading(page: &mut String, exception: &Exception, index: usize) {
    let id = exception.id.as_ref().map(|id| id.value.as_str());
    let heading = match (id, exception.title.as_deref()) {
        (Some(id), Some(title)) => format!("{id}: {title}"),
        (Some(only), None) | (None, Some(only)) => only.to_owned(),
        (None, None) => format!("Exception {}", index + 1),
    };
    let _ = writeln!(page, "\n#### {}", table_cell(&heading));
}

/// A heading and what is said under it, if anything is.
fn prose(page: &mut String, heading: &str, text: &str) {
    if !text.trim().is_empty() {
        let _ = writeln!(page, "\n**{heading}.** {}", markdown(text.trim()));
    }
}

/// A heading and a list under it, unless it is empty.
fn list(page: &mut String, heading: &str, items: &[String]) {
    if !items.is_empty() {
        let _ = writeln!(page, "\n**{heading}**\n");
        for item in items {
            let _ = writeln!(page, "- {}", table_cell(item.trim()));
        }
    }
}

/// Who answers for an exception, in what sense, and until when.
fn answers(page: &mut String, exception: &Exception) {
    let mut parts = vec![
        format!("**Owner:** {}", table_cell(&exception.owner)),
        format!("**Until:** {}", exception.expires),
        format!("**Kind:** {}", exception.kind.name().replace('-', " ")),
    ];
    if !exception.approved_by.is_empty() {
        let names = table_cell(&exception.approved_by.join(", "));
        parts.push(format!("**Approved by:** {names}"));
    }
    if let Some(ticket) = &exception.ticket {
        parts.push(format!("**Ticket:** {}", table_cell(ticket)));
    }
    let _ = writeln!(page, "{}", parts.join(" · "));
}
