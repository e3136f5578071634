//! What is not accepted by anybody: findings, and what the files do not tell.

use std::fmt::Write;

use bastide_check::{CheckId, Severity};
use bastide_judge::{Finding, Status};

use super::frameworks;
use super::places::places;
use crate::view::View;

/// What fails, worst first. What is in a baseline is open too.
pub(super) fn failed(page: &mut String, view: &View<'_>) {
    page.push_str("\n## Open findings\n");
    let open = |finding: &Finding| matches!(finding.status, Status::Failed | Status::Known);
    if !by_check(page, view, open) {
        page.push_str("\nNone.\n");
    }
}

/// What the files do not tell.
pub(super) fn undecided(page: &mut String, view: &View<'_>) {
    if view.findings().iter().any(|it| view.undecided(it)) {
        page.push_str("\n## Not to be decided from the files\n");
        by_check(page, view, |finding| view.undecided(finding));
    }
}

/// Writes what there is of such findings, a section for each check. Returns whether there is any.
fn by_check(page: &mut String, view: &View<'_>, such: impl Fn(&Finding) -> bool) -> bool {
    let findings = view.findings().iter().copied().filter(|it| such(it));
    let mut findings: Vec<_> = findings.collect();
    // Stable: within a check they stay in the order of the view.
    findings.sort_by_key(|it| worst_first(it));
    for of_check in findings.chunk_by(|one, two| one.check.id == two.check.id) {
        section(page, view, of_check);
    }
    !findings.is_empty()
}

/// The rank of a finding's severity, and its check.
fn worst_first(finding: &Finding) -> (usize, CheckId) {
    let severity = finding.check.severity;
    let rank = Severity::ALL.iter().position(|one| *one == severity);
    (rank.unwrap_or_default(), finding.check.id)
}

fn section(page: &mut String, view: &View<'_>, findings: &[&Finding]) {
    let Some(first) = findings.first() else {
        return;
    };
    let check = first.check;
    let _ = writeln!(
        page,
        "\n### {} ({}): {}\n",
        check.id,
        check.severity,
        view.problem(first)
    );
    for framework in frameworks(view, findings) {
        let one = findings
            .iter()
            .find(|it| view.resource(it).framework == framework);
        if let Some(finding) = one {
            let _ = writeln!(
                page,
                "**What to do** ({framework}): {}.\n",
                view.fix(finding)
            );
        }
    }
    page.push_str(&places(view, findings));
}
