//! What the fuzz targets have in common: how bytes become a file, and what must hold of whatever
//! is made of it. Crashes, hangs and memory are the fuzzer's to see.

use std::sync::LazyLock;

use bastide_check::{Check, Checked, Engine};
use bastide_source::{Diagnostic, FileId, Source, Span};
use bastide_value::{Node, Value};

/// So many nodes of a tree are looked at: what aliases share can be of any size written out.
const NODES: usize = 10_000;

/// A file with these bytes, as the scan reads it; `None` if it would refuse them.
pub fn source(path: &str, bytes: &[u8]) -> Option<Source> {
    let text = std::str::from_utf8(bytes).ok()?;
    Some(Source::new(FileId(0), path, text.to_owned()))
}

/// A place lies in the file, and between characters.
pub fn check_span(source: &Source, span: Span) {
    assert!(
        source.text.get(span.range()).is_some(),
        "{span:?} is no part of the text"
    );
    let (first, last) = source.line_span(span);
    assert!(1 <= first && first <= last, "{span:?} has no lines");
}

/// A diagnostic says something, about a place in the file.
pub fn check_diagnostic(source: &Source, diagnostic: &Diagnostic) {
    assert!(!diagnostic.message.is_empty());
    if let Some(span) = diagnostic.span {
        check_span(source, span);
    }
}

/// The places of a tree lie in the file.
pub fn check_tree(source: &Source, root: Node<'_>) {
    let mut left = NODES;
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        if left == 0 {
            return;
        }
        left -= 1;
        check_span(source, node.span);
        match node.value {
            Value::List(items) | Value::Blocks(items) => open.extend_from_slice(items),
            Value::Map(map) => open.extend(map.entries().iter().map(|entry| entry.node)),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Unknown(_) => {}
        }
    }
}

/// All built-in checks.
pub static CHECKS: LazyLock<Engine> = LazyLock::new(|| {
    let rules = |check: &'static Check| check.rules.iter().map(move |rule| (check, rule));
    Engine::new(bastide_check::all().flat_map(rules))
});

/// What was checked lies in the file.
pub fn check_verdicts(source: &Source, checked: &Checked) {
    for resource in &checked.resources {
        check_span(source, resource.span);
    }
    for verdict in &checked.verdicts {
        assert!(verdict.resource < checked.resources.len());
    }
}
