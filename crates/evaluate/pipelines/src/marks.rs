//! Lines of mappings as Checkov counts them.

use bastide_source::{Source, Span};
use bastide_value::{Node, Value};

/// First and last line of something, counted from one. The last is where the next thing starts:
/// what reports show is one more. `(0, 0)` for what has no place.
pub(crate) type Marks = (u32, u32);

/// The lines of a mapping: from its first key to whatever comes next in the file, comments left out.
/// `None` for anything else.
pub(crate) fn of_mapping(source: &Source, node: &Node<'_>) -> Option<Marks> {
    node.value.as_map()?;
    let lines = source.lines();
    let end = if is_flow(source.slice(node.span)) {
        node.span.end as usize
    } else {
        next_token(&source.text, node.span)
    };
    Some((lines.line(node.span.start), lines.line(end as u32)))
}

/// The lines that reports give for a value. `None` if Checkov reports nothing for such a one.
pub(crate) fn of_value(source: &Source, node: &Node<'_>) -> Option<Marks> {
    match node.value {
        Value::Map(_) => of_mapping(source, node),
        Value::List([]) => Some((0, 0)),
        Value::List(items) => {
            let (first, _) = of_mapping(source, items.first()?)?;
            let (_, last) = of_mapping(source, items.last()?)?;
            Some((first - 1, last))
        }
        _ => Some((0, 0)),
    }
}

/// Whether a mapping is written between braces, perhaps after an anchor or a tag.
fn is_flow(written: &str) -> bool {
    let mut rest = written;
    while rest.starts_with(['&', '!']) {
        let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
        rest = rest[word..].trim_start();
    }
    rest.starts_with('{')
}

/// Where the first token after a span starts, or the text ends.
fn next_token(text: &str, span: Span) -> usize {
    let mut at = (span.end as usize).min(text.len());
    while let Some(&byte) = text.as_bytes().get(at) {
        match byte {
            // The colon of a key without a value.
            b' ' | b'\t' | b'\r' | b'\n' | b':' => at += 1,
            b'#' => at = text[at..].find('\n').map_or(text.len(), |line| at + line),
            _ => break,
        }
    }
    at
}
