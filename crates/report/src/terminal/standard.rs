use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use bastide_check::{Control, Standard};
use bastide_judge::Finding;

use crate::number::thousands;
use crate::palette::Palette;
use crate::totals::Totals;
use crate::view::View;

/// What the columns are headed by.
const HEADING: [&str; 4] = ["failed", "accepted", "undecided", "passed"];

/// Names of controls are as wide as this at least, so that tables of one standard look alike.
const NARROWEST: usize = 7;

/// What each control of a standard comes to, and which controls no check covers.
pub(super) fn tables(view: &View<'_>, standard: Standard, palette: Palette) -> String {
    let tables = standard.with_included().map(|it| table(view, it, palette));
    tables.collect::<Vec<_>>().join("\n")
}

fn table(view: &View<'_>, standard: Standard, palette: Palette) -> String {
    let mut findings: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in view.findings() {
        for id in finding.check.controls_of(standard) {
            findings.entry(id).or_default().push(finding);
        }
    }
    let covered: BTreeSet<_> = bastide_check::all()
        .flat_map(|check| check.controls_of(standard))
        .collect();
    let controls = controls(standard, &covered);
    let rows: Vec<_> = controls
        .iter()
        .filter(|control| covered.contains(control.id))
        .map(|control| {
            let findings = findings.get(control.id).map_or(&[][..], Vec::as_slice);
            (*control, Totals::of(view, findings))
        })
        .collect();
    let widest = rows.iter().map(|(control, _)| control.id.len()).max();
    let first = widest.unwrap_or(0).max(NARROWEST);
    let name = format!("{} {}", standard.name(), standard.version());
    let mut text = format!("{}\n{}", palette.bold(name.trim_end()), " ".repeat(first));
    for name in HEADING {
        let _ = write!(text, "  {}", palette.margin(name));
    }
    text.push('\n');
    for (control, totals) in &rows {
        let _ = writeln!(text, "{}", row(*control, totals, first, palette).trim_end());
    }
    let uncovered: Vec<_> = controls
        .iter()
        .filter(|control| !covered.contains(control.id))
        .map(|control| control.id)
        .collect();
    if !uncovered.is_empty() {
        let list = uncovered.join(", ");
        let _ = writeln!(text, "{} {list}", palette.margin("no check covers"));
    }
    text
}

fn row(control: Control, totals: &Totals, first: usize, palette: Palette) -> String {
    let accepted = totals.accepted + totals.known + totals.skipped;
    let failures = totals.failures();
    let mut text = format!("{:<first$}", control.id);
    let counts = [failures, accepted, totals.undecided, totals.passed];
    for (name, count) in HEADING.iter().zip(counts) {
        let cell = match count {
            0 => "-".to_owned(),
            count => thousands(count),
        };
        let cell = format!("{cell:>width$}", width = name.len());
        let cell = match (*name, count) {
            ("failed", 1..) => palette.error(&cell),
            ("undecided", 1..) => palette.warning(&cell),
            _ => cell.as_str().into(),
        };
        let _ = write!(text, "  {cell}");
    }
    let _ = write!(text, "  {}", control.title);
    text
}

/// The controls of a standard; those that checks go back to, by number, if it is not listed here.
fn controls(standard: Standard, covered: &BTreeSet<&'static str>) -> Vec<Control> {
    if !standard.controls().is_empty() {
        return standard.controls().to_vec();
    }
    let mut controls: Vec<_> = covered.iter().map(|id| Control { id, title: "" }).collect();
    controls.sort_by_key(|control| numbers(control.id));
    controls
}

/// What numbers and words an id is made of, for sorting as people do.
fn numbers(id: &str) -> Vec<(&str, u32)> {
    let parts = id.split(['.', '-', ':']);
    parts
        .map(|part| match part.parse() {
            Ok(number) => ("", number),
            Err(_) => (part, 0),
        })
        .collect()
}
