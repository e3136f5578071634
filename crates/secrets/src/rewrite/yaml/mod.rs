//! YAML files, read like PyYAML reads them.
//!
//! Checkov scans a YAML file not as it is written but as the strings of its mappings, each on the
//! line where PyYAML's reader stood when it came to the value. That line is not a property of the
//! document: it depends on how far the scanner has read ahead to find out whether something is a
//! key. So the scanner here reads ahead exactly like PyYAML's, and takes and refuses the same
//! documents; a parser for any other purpose would do better not to.

mod compose;
mod construct;
mod reader;
mod resolve;
mod scanner;

use std::borrow::Cow;

use crate::characters::{is_space, split_lines, strip};
use crate::lines::{Lines, LinesBuilder};

pub(crate) use construct::to_json;

/// Why a file cannot be rewritten.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Failure {
    /// It is not one valid document of known tags: it is scanned as it is written.
    Unreadable,
    /// Checkov stops with an exception and reports nothing of the file; or it is nested or aliased
    /// beyond all measure.
    Fatal,
}

/// So many bytes of lines are made at most; aliases could ask for any number.
const MAX_SIZE: usize = 1 << 26;

/// The strings of the document's mappings as `key: "value"`, in the order of their lines.
pub(crate) fn rewrite(text: &str) -> Result<Lines<'static>, Failure> {
    if has_several_documents(text) {
        return Err(Failure::Unreadable);
    }
    let document = compose::document(text)?;
    let mut strings = construct::strings(&document)?;
    strings.sort_by_key(|string| string.line);
    let written: Vec<_> = split_lines(text).collect();
    let mut builder = LinesBuilder::new();
    let mut last = (usize::MAX, "");
    for string in strings {
        // Many strings may share a long line.
        if last.0 != string.line {
            let line = written.get(string.line).ok_or(Failure::Fatal)?;
            last = (string.line, comment(line));
        }
        let value = match memchr::memchr(b'"', string.value.as_bytes()) {
            Some(_) => Cow::Owned(string.value.replace('"', "\\\"")),
            None => string.value,
        };
        let parts = [string.key, ": \"", &value, "\"", last.1];
        builder.push(string.line + 1, &parts);
        if builder.size() > MAX_SIZE {
            return Err(Failure::Fatal);
        }
    }
    Ok(builder.finish())
}

/// Whether a file might read otherwise than it is written, so that something in it shows only when
/// it is read: escapes, and bytes over several lines.
pub(crate) fn may_hide(text: &str) -> bool {
    let bytes = text.as_bytes();
    let next = |at: usize| bytes.get(at + 1).copied();
    memchr::memchr_iter(b'\\', bytes)
        .any(|at| matches!(next(at), Some(b'x' | b'u' | b'U' | b'/' | b'\n')))
        || memchr::memmem::find(bytes, b"!!binary").is_some()
}

/// Whether it takes no parser to see that the file has more than one document: a `---` that
/// follows content, or another `---`.
fn has_several_documents(text: &str) -> bool {
    let mut content = false;
    let text = text.strip_prefix(reader::BYTE_ORDER_MARK).unwrap_or(text);
    for line in text.split('\n') {
        let marker = line
            .strip_prefix("---")
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
        if marker && content {
            return true;
        }
        let bare = line.trim_start_matches(' ');
        content |= marker || !(bare.is_empty() || bare.starts_with('#') || line.starts_with('%'));
    }
    false
}

/// What looks like a comment at the end of a line, with the white space before it.
fn comment(line: &str) -> &str {
    let line = strip(line);
    for at in memchr::memchr_iter(b'#', line.as_bytes()) {
        let before = line[..at].trim_end_matches(is_space);
        if before.len() < at {
            let rest = &line[at..];
            let end = rest.find(|c| c != ' ' && is_space(c));
            return &line[before.len()..at + end.unwrap_or(rest.len())];
        }
    }
    ""
}
