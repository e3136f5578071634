use std::fmt::Write;

use bastide_check::Severity;

use crate::number::thousands;
use crate::palette::Palette;
use crate::totals::Totals;
use crate::view::View;

/// A table of the counts: a row for each framework, failures by severity.
pub(super) fn table(view: &View<'_>, palette: Palette) -> String {
    let severities = Severity::ALL.iter().map(|severity| severity.name());
    let others = ["accepted", "skipped", "undecided", "passed"];
    let heading: Vec<_> = severities.chain(others).collect();
    let rows: Vec<_> = view
        .frameworks()
        .map(|(framework, findings)| (framework.name(), counts(&Totals::of(view, findings))))
        .collect();
    let first = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let widths: Vec<_> = heading
        .iter()
        .enumerate()
        .map(|(column, name)| {
            let cells = rows.iter().map(|(_, cells)| cells[column].len());
            cells.max().unwrap_or(0).max(name.len())
        })
        .collect();
    let mut text = " ".repeat(first);
    for (name, width) in heading.iter().zip(&widths) {
        let _ = write!(text, "  {}", palette.margin(&format!("{name:>width$}")));
    }
    text.push('\n');
    for (name, cells) in &rows {
        let _ = write!(text, "{}", palette.bold(&format!("{name:<first$}")));
        for (column, (cell, width)) in cells.iter().zip(&widths).enumerate() {
            let cell = format!("{cell:>width$}");
            // The first columns are those of failures.
            let severity = Severity::ALL.get(column).filter(|_| cell.trim() != ZERO);
            let cell = match severity {
                Some(severity) => palette.severity(*severity, &cell),
                None => cell.as_str().into(),
            };
            let _ = write!(text, "  {cell}");
        }
        text.push('\n');
    }
    text
}

/// What stands for nothing, so that what there is can be seen.
const ZERO: &str = "-";

fn counts(totals: &Totals) -> Vec<String> {
    let failed = Severity::ALL
        .iter()
        .map(|severity| totals.failed(*severity));
    let accepted = totals.accepted + totals.known;
    let others = [accepted, totals.skipped, totals.undecided, totals.passed];
    let cell = |count: usize| match count {
        0 => ZERO.to_owned(),
        count => thousands(count),
    };
    failed.chain(others).map(cell).collect()
}
