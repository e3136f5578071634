//! Comma-separated values in Checkov's columns: a row for each failure, then one for each resource
//! that has none.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::checks;
use crate::harmless::harmless;
use crate::view::View;

const HEADER: [&str; 9] = [
    "Resource",
    "Path",
    "Git Org",
    "Git Repository",
    "Misconfigurations",
    "Severity",
    "Policy title",
    "Guideline",
    "Details",
];

/// The posture as comma-separated values.
pub(crate) fn render(view: &View<'_>) -> String {
    let mut text = String::new();
    push_row(&mut text, HEADER);
    let mut seen = BTreeSet::new();
    for finding in view.findings().iter().filter(|it| view.fails(it)) {
        let resource = view.resource(finding);
        seen.insert((resource.framework, resource.file, &resource.address));
        let details: Vec<_> = finding
            .labels
            .iter()
            .map(|label| view.text(label))
            .collect();
        push_row(
            &mut text,
            [
                &resource.address,
                &view.paths.checkov(resource.file, resource.framework),
                "",
                "",
                finding.check.id.as_str(),
                checks::severity_in_capitals(finding.check.severity),
                finding.check.title,
                &checks::page_address(finding.check),
                &details.join("|"),
            ],
        );
    }
    if !view.options.quiet {
        let resources = view.posture.resources.iter();
        let others: BTreeSet<_> = resources
            .map(|resource| (resource.framework, resource.file, &resource.address))
            .filter(|resource| !seen.contains(resource))
            .collect();
        for (framework, file, address) in others {
            let path = view.paths.checkov(file, framework);
            push_row(&mut text, [address, &path, "", "", "", "", "", "", ""]);
        }
    }
    text
}

fn push_row(text: &mut String, fields: [&str; 9]) {
    text.push_str(&fields.map(field).join(","));
    text.push_str("\r\n");
}

/// A field, quoted if it needs to be. A field that a spreadsheet would take for a formula is
/// marked as text.
fn field(text: &str) -> Cow<'_, str> {
    let text = harmless(text);
    let formula = text.starts_with(['=', '+', '-', '@']);
    if formula || text.contains([',', '"']) {
        let mark = if formula { "'" } else { "" };
        format!("\"{mark}{}\"", text.replace('"', "\"\"")).into()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_when_they_need_to_be() {
        assert_eq!(field("aws_vpc.a"), "aws_vpc.a");
        assert_eq!(field("a[\"b\"],c"), "\"a[\"\"b\"\"],c\"");
        assert_eq!(field("=HYPERLINK(1)"), "\"'=HYPERLINK(1)\"");
    }
}
