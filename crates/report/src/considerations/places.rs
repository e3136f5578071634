//! Where findings are, with links into the files.

use std::collections::BTreeMap;
use std::fmt::Write;

use bastide_check::{Framework, Resource};
use bastide_judge::Finding;
use bastide_source::FileId;

use crate::harmless::{code_span, path_link};
use crate::number::counted;
use crate::view::View;

/// Lists with more items are folded away.
const MOST: usize = 20;

/// The resources of findings: a line for each file.
pub(super) fn places(view: &View<'_>, findings: &[&Finding]) -> String {
    let mut files: BTreeMap<FileId, Vec<String>> = BTreeMap::new();
    for finding in findings {
        let resource = view.resource(finding);
        let of_file = files.entry(resource.file).or_default();
        of_file.push(link(view, resource));
    }
    let mut list = String::new();
    for (file, links) in &files {
        let _ = writeln!(list, "- {}: {}", relative(view, *file), links.join(", "));
    }
    let count = format!(
        "{} in {}",
        counted(findings.len(), "place"),
        counted(files.len(), "file")
    );
    folded(&count, findings.len(), &list)
}

/// A list, folded away behind its summary if it has too many items.
pub(super) fn folded(summary: &str, count: usize, list: &str) -> String {
    match count {
        0..=MOST => list.to_owned(),
        _ => format!("<details><summary>{summary}</summary>\n\n{list}\n</details>\n"),
    }
}

/// The resource of a finding and its file, for a cell of a table.
pub(super) fn place(view: &View<'_>, finding: &Finding) -> String {
    let resource = view.resource(finding);
    format!(
        "{} in {}",
        link(view, resource),
        code_span(path(view, resource.file))
    )
}

/// The path of a file, with a link to it.
pub(super) fn relative(view: &View<'_>, file: FileId) -> String {
    let path = path(view, file);
    format!("[{}]({})", code_span(path), path_link(path))
}

/// The name of a resource, with a link to its lines.
fn link(view: &View<'_>, resource: &Resource) -> String {
    let secret = resource.framework == Framework::Secrets;
    let (lines, anchor) = match resource.lines {
        // As in Checkov, the lines of a secret end after the one that it is on.
        (first, last) if first == last || secret => (format!("line {first}"), format!("L{first}")),
        (first, last) => (format!("lines {first}–{last}"), format!("L{first}-L{last}")),
    };
    let name = match resource.framework {
        // These addresses are the hash of a value, and the path of the file once more.
        Framework::Secrets | Framework::Dockerfile => lines,
        _ => code_span(&resource.address),
    };
    format!(
        "[{name}]({}#{anchor})",
        path_link(path(view, resource.file))
    )
}

fn path<'a>(view: &View<'a>, file: FileId) -> &'a str {
    view.source(file).map_or("", |source| &source.path)
}
