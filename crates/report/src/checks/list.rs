use std::fmt::Write;

use bastide_check::{Check, Framework};
use serde::Serialize;

use super::{frameworks, page_address, standards};
use crate::harmless::table_cell;
use crate::number::counted;
use crate::palette::Palette;
use crate::pretty::pretty;

/// A format of the list of checks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ListFormat {
    /// For a terminal.
    #[default]
    Table,
    /// For a page.
    Markdown,
    /// For a program.
    Json,
}

/// A list of checks. Colours are for a terminal alone.
pub fn list(checks: &[&Check], format: ListFormat, color: bool) -> String {
    match format {
        ListFormat::Table => table(checks, Palette::new(color)),
        ListFormat::Markdown => markdown(checks),
        ListFormat::Json => json(checks),
    }
}

fn table(checks: &[&Check], palette: Palette) -> String {
    let widest =
        |text: &dyn Fn(&Check) -> usize| checks.iter().map(|check| text(check)).max().unwrap_or(0);
    let id_width = widest(&|check| check.id.as_str().len());
    let framework_width = widest(&|check| frameworks(check).len());
    let mut text = String::new();
    for check in checks {
        let severity = format!("{:<8}", check.severity.name());
        let _ = writeln!(
            text,
            "{}  {}  {:<framework_width$}  {}",
            palette.bold(&format!("{:<id_width$}", check.id)),
            palette.severity(check.severity, &severity),
            frameworks(check),
            check.title,
        );
    }
    let _ = writeln!(text, "{}", counted(checks.len(), "check"));
    text
}

/// A table in Markdown, with links to the pages beside it.
pub(super) fn markdown(checks: &[&Check]) -> String {
    let mut text = "| Check | Severity | Frameworks | What it asks for | Standards |\n\
                    | --- | --- | --- | --- | --- |\n"
        .to_owned();
    for check in checks {
        let _ = writeln!(
            text,
            "| [{id}]({id}.md) | {} | {} | {} | {} |",
            check.severity,
            frameworks(check),
            table_cell(check.title),
            table_cell(&standards(check).join(", ")),
            id = check.id,
        );
    }
    text
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    title: &'a str,
    problem: &'a str,
    severity: &'a str,
    why: &'a str,
    references: Vec<String>,
    page: String,
    rules: Vec<RuleEntry<'a>>,
}

#[derive(Serialize)]
struct RuleEntry<'a> {
    framework: &'a str,
    resources: &'a [&'a str],
    fix: &'a str,
    snippet: &'a str,
}

fn json(checks: &[&Check]) -> String {
    let rules = |check: &Check| {
        let rules = check.rules.iter();
        let entry = |rule: &'static bastide_check::Rule| RuleEntry {
            framework: Framework::name(rule.framework),
            resources: rule.on,
            fix: rule.fix,
            snippet: rule.snippet,
        };
        rules.map(entry).collect()
    };
    let entries: Vec<_> = checks
        .iter()
        .map(|check| Entry {
            id: check.id.as_str(),
            title: check.title,
            problem: check.problem,
            severity: check.severity.name(),
            why: check.why,
            references: check.all_references().map(|it| it.to_string()).collect(),
            page: page_address(check),
            rules: rules(check),
        })
        .collect();
    pretty(&entries, 2)
}
