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
    // Only a false tag in the first document could still make it worse.
    let tagged = memchr::memmem::find(text.as_bytes(), b"!!map").is_some();
    if !tagged && has_several_documents(text) {
        return Err(Failure::Unreadable);
    }
    let document = compose::document(text)?;
    let mut strings = construct::strings(&document)?;
    strings.sort_by_key(|string| string.line);
    // Of what ends a line elsewhere, the reader lets pass these.
    let written: Vec<_> = if text.is_ascii() || !text.contains(reader::is_foreign_break) {
        text.split_terminator('\n').collect()
    } else {
        split_lines(text).collect()
    };
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
    let text = text.strip_prefix(reader::BYTE_ORDER_MARK).unwrap_or(text);
    let is_marker = |&at: &usize| {
        let starts_line = at == 0 || text.as_bytes()[at - 1] == b'\n';
        let rest = &text[at + 3..];
        starts_line && (rest.is_empty() || rest.starts_with([' ', '\t', '\n']))
    };
    let mut markers = memchr::memmem::find_iter(text.as_bytes(), "---").filter(is_marker);
    let Some(first) = markers.next() else {
        return false;
    };
    let is_content = |line: &str| {
        let bare = line.trim_start_matches(' ');
        !(bare.is_empty() || bare.starts_with('#') || line.starts_with('%'))
    };
    markers.next().is_some() || text[..first].split('\n').any(is_content)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Result<Vec<String>, Failure> {
        let lines = rewrite(text)?;
        let texts = (0..lines.count()).filter_map(|index| lines.get(index));
        Ok(texts.map(str::to_owned).collect())
    }

    #[test]
    fn strings_stand_on_their_lines_in_quotes() {
        let text = "a: b # c\nd:\n  - e: 'f \"g\"'\n  - 1\nh: 2\n";
        let expected = ["a: \"b\" # c", "", "e: \"f \\\"g\\\"\""];
        assert_eq!(lines(text).unwrap(), expected);
    }

    #[test]
    fn scalars_over_lines_are_one_line() {
        assert_eq!(lines("a: |\n  b\n  c\n").unwrap(), ["a: \"b\nc\n\""]);
        assert_eq!(lines("a: >-\n  b\n  c\n").unwrap(), ["a: \"b c\""]);
        assert_eq!(lines("a: \"b\\\n  \\x63\"\n").unwrap(), ["a: \"bc\""]);
        assert_eq!(lines("a:\n  b\n").unwrap(), ["a: \"b\""]);
    }

    #[test]
    fn several_strings_on_a_line_push_each_other_down() {
        assert_eq!(lines("{a: b, c: d}\n").unwrap(), ["a: \"b\"", "c: \"d\""]);
    }

    #[test]
    fn merged_mappings_bring_their_strings() {
        let text = "a: &x {b: c}\nd:\n  <<: *x\n";
        assert_eq!(lines(text).unwrap(), ["b: \"c\"", "b: \"c\""]);
        assert_eq!(lines("a: b\n<<: c\n").unwrap(), ["", "<<: \"c\""]);
        assert_eq!(lines("<<: 1\n"), Err(Failure::Unreadable));
    }

    #[test]
    fn bytes_are_encoded_again() {
        let text = "a: !!binary |\n  YWJj\n  ZGVm\n";
        assert_eq!(lines(text).unwrap(), ["a: \"YWJjZGVm\""]);
    }

    #[test]
    fn of_two_mistakes_the_first_counts() {
        assert_eq!(lines("a: 2001-02-30\nb: {{c}}\n"), Err(Failure::Fatal));
        assert_eq!(lines("{{c}}: d\na: 2001-02-30\n"), Err(Failure::Unreadable));
        assert_eq!(
            lines("a: b\n---\nc: 2001-02-30\n"),
            Err(Failure::Unreadable)
        );
    }

    #[test]
    fn aliases_do_not_multiply_without_end() {
        let mut text = "a0: &a0 {b: c}\n".to_owned();
        for index in 1..40 {
            let before = index - 1;
            text += &format!("a{index}: &a{index} {{x: *a{before}, y: *a{before}}}\n");
        }
        assert_eq!(lines(&text), Err(Failure::Fatal));
    }

    #[test]
    fn escapes_and_bytes_may_hide_something() {
        assert!(may_hide("a: \"\\x41\"\n") && may_hide("a: !!binary YQ==\n"));
        assert!(!may_hide("a: \"\\n\"\n"));
    }
}
