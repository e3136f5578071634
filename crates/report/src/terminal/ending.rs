//! The last lines of a report: what was looked at, and what came out.

use std::collections::BTreeSet;
use std::fmt::Write;

use bastide_check::{Framework, Severity};
use bastide_judge::Problem;
use rayon::prelude::*;

use crate::harmless::harmless;
use crate::number::{counted, elapsed, thousands};
use crate::palette::Palette;
use crate::totals::Totals;
use crate::view::View;

/// So many files that could not be read are named.
const MOST_FILES: usize = 20;

/// `42 files, 318 resources, 1,904 checks in 9 ms`
pub(crate) fn scope(view: &View<'_>) -> String {
    let frameworks = Framework::ALL.par_iter();
    let resources = frameworks
        .map(|framework| view.resource_count(*framework))
        .sum();
    let mut text = format!(
        "{}, {}, {}",
        counted(view.posture.coverage.files.len(), "file"),
        counted(resources, "resource"),
        counted(view.findings().len(), "check"),
    );
    if let Some(duration) = view.options.elapsed {
        let _ = write!(text, " in {}", elapsed(duration));
    }
    text
}

/// `2 high, 5 medium · 11 accepted (2 expire within 30 days) · 3 skipped inline · …`
pub(crate) fn result(
    view: &View<'_>,
    totals: &Totals,
    paint: impl Fn(Severity, String) -> String,
) -> String {
    let nothing = totals.checks() == 0 && view.posture.coverage.evaluated() == 0;
    let mut parts = vec![if nothing {
        "nothing was scanned".to_owned()
    } else {
        totals.by_severity(paint)
    }];
    let problems = view.posture.problems.iter().filter(|it| it.fails).count();
    if problems > 0 {
        let problems = counted(problems, "problem");
        parts.push(format!("{problems} with the register"));
    }
    let mut accepted = format!("{} accepted", thousands(totals.accepted));
    let soon = expiring(view);
    if soon > 0 {
        let expire = if soon == 1 { "expires" } else { "expire" };
        let (soon, days) = (thousands(soon), Problem::SOON);
        let _ = write!(accepted, " ({soon} {expire} within {days} days)");
    }
    parts.push(accepted);
    if totals.known > 0 {
        parts.push(format!("{} in the baseline", thousands(totals.known)));
    }
    parts.push(format!("{} skipped inline", thousands(totals.skipped)));
    parts.push(format!("{} undecided", thousands(totals.undecided)));
    let unreadable = view.posture.coverage.unreadable().count();
    parts.push(format!("{} unreadable", thousands(unreadable)));
    parts.join(" · ")
}

/// How many findings are accepted by an exception that expires soon.
fn expiring(view: &View<'_>) -> usize {
    let problems = view.posture.problems.iter();
    let soon: BTreeSet<_> = problems
        .filter(|problem| problem.kind == "expires-soon")
        .map(|problem| problem.span)
        .collect();
    let findings = view.findings().iter();
    let exceptions = findings.filter_map(|finding| view.exception(finding));
    exceptions
        .filter(|exception| soon.iter().any(|span| exception.span.contains(*span)))
        .count()
}

/// The modules that were not evaluated, a line each.
fn modules(view: &View<'_>, palette: Palette) -> String {
    let modules = &view.posture.coverage.modules;
    let label = palette.warning("not evaluated");
    let mut text = String::new();
    for module in modules.iter().take(MOST_FILES) {
        let path = view.paths.display(module.span.file);
        let line = view
            .place_of(module.span)
            .map_or(1, |place| place.start.line);
        let _ = writeln!(
            text,
            "{label}: {}:{line}: module {} from `{}`: {}",
            harmless(&path),
            harmless(&module.name),
            harmless(&module.source),
            harmless(&module.reason),
        );
    }
    if modules.len() > MOST_FILES {
        let more = thousands(modules.len() - MOST_FILES);
        let _ = writeln!(text, "{label}: and {more} more");
    }
    if !modules.is_empty() {
        text.push_str("run `terraform init`, or scan with `--download-external-modules true`\n");
    }
    text
}

/// What became of the files, if any was not evaluated; and which could not be read.
pub(super) fn coverage(view: &View<'_>, palette: Palette) -> String {
    let coverage = &view.posture.coverage;
    let unreadable: Vec<_> = coverage.unreadable().collect();
    let passed_over: Vec<_> = coverage.passed_over().collect();
    let mut text = String::new();
    if view.options.coverage {
        for (file, reason) in &passed_over {
            let path = view.paths.display(*file);
            let _ = writeln!(
                text,
                "passed over: {}: {}",
                harmless(&path),
                harmless(reason)
            );
        }
    }
    for file in unreadable.iter().take(MOST_FILES) {
        let path = view.paths.display(*file);
        let _ = writeln!(text, "{}: {}", palette.error("unreadable"), harmless(&path));
    }
    if unreadable.len() > MOST_FILES {
        let more = thousands(unreadable.len() - MOST_FILES);
        let _ = writeln!(text, "{}: and {more} more", palette.error("unreadable"));
    }
    if !view.options.quiet {
        text.push_str(&modules(view, palette));
    }
    if !unreadable.is_empty() || (!passed_over.is_empty() && !view.options.quiet) {
        let _ = writeln!(
            text,
            "{} evaluated, {} passed over, {} unreadable",
            counted(coverage.evaluated(), "file"),
            thousands(passed_over.len()),
            thousands(unreadable.len()),
        );
    }
    text
}
