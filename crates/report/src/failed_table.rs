//! `github_failed_only`: Checkov's table of failures in Markdown, a section for each framework.

use bastide_judge::Finding;

use crate::checkov::{self, Report};
use crate::checks;
use crate::harmless::table_cell;
use crate::view::View;

const HEADER: [&str; 5] = ["Check ID", "Check Name", "Resource", "Guideline", "File"];

/// The failures of the posture, as Checkov's tables.
pub(crate) fn render(view: &View<'_>) -> String {
    let reports = checkov::reports(view);
    let mut text: String = reports.iter().map(|report| section(view, report)).collect();
    text.push('\n');
    text
}

fn section(view: &View<'_>, report: &Report<'_>) -> String {
    if report.failed.is_empty() {
        return "\n\n---\n\n".to_owned();
    }
    let row = |finding: &&Finding| {
        let resource = view.resource(finding);
        [
            finding.check.id.to_string(),
            table_cell(finding.check.title),
            table_cell(&resource.address),
            format!("[Link]({})", checks::page_address(finding.check)),
            table_cell(&view.paths.checkov(resource.file, resource.framework)),
        ]
    };
    let rows: Vec<_> = report.failed.iter().map(row).collect();
    format!(
        "### {} Scan Results:\n\n{}\n\n{}\n\n---\n",
        title_case(report.framework.name()),
        counts(report),
        table(&rows),
    )
}

fn counts(report: &Report<'_>) -> String {
    let counts = format!(
        "Passed Checks: {}, Failed Checks: {}, Skipped Checks: {}",
        report.passed.len(),
        report.failed.len(),
        report.skipped.len(),
    );
    match report.parsing_errors.len() {
        0 => format!("```\n{counts}\n```"),
        errors => format!("{counts}, Parsing Errors: {errors}"),
    }
}

/// `terraform_plan` as `Terraform Plan`.
fn title_case(name: &str) -> String {
    let word = |word: &str| {
        let (first, rest) = word.split_at(word.len().min(1));
        first.to_uppercase() + rest
    };
    name.split('_').map(word).collect::<Vec<_>>().join(" ")
}

/// A table whose columns are as wide as their widest cell, and two characters wider than their
/// heading.
fn table(rows: &[[String; 5]]) -> String {
    let widths: [usize; 5] = std::array::from_fn(|column| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.max().unwrap_or(0).max(HEADER[column].len() + 2)
    });
    let line = |cells: [&str; 5]| {
        let padded: [String; 5] = std::array::from_fn(|column| {
            format!(" {:width$} ", cells[column], width = widths[column])
        });
        format!("|{}|", padded.join("|"))
    };
    let rule = widths.map(|width| "-".repeat(width + 2)).join("|");
    let mut lines = vec![line(HEADER), format!("|{rule}|")];
    lines.extend(
        rows.iter()
            .map(|row| line(row.each_ref().map(String::as_str))),
    );
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_checkov_makes_them() {
        let row = ["CKV_TF_1", "a", "r", "[Link](None)", "/main.tf"].map(str::to_owned);
        assert_eq!(
            table(&[row]),
            "| Check ID   | Check Name   | Resource   | Guideline    | File     |\n\
             |------------|--------------|------------|--------------|----------|\n\
             | CKV_TF_1   | a            | r          | [Link](None) | /main.tf |"
        );
    }
}
