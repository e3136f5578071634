//! YAML as text: the same value gives the same bytes.
//!
//! Keys are in alphabetical order, as `kubectl` prints them. A text is in quotes where any reader of
//! YAML, 1.1 or 1.2, could take it for something else.

use serde_json::Value;

/// A value as one document, with a line ending at its end.
pub fn to_string(value: &Value) -> String {
    let mut text = String::new();
    match value {
        Value::Object(map) if !map.is_empty() => mapping(value, 0, &mut text),
        Value::Array(items) if !items.is_empty() => sequence(items, 0, &mut text),
        other => {
            scalar(other, 0, &mut text);
            text.push('\n');
        }
    }
    text
}

fn mapping(value: &Value, indent: usize, text: &mut String) {
    let mut entries: Vec<_> = value.as_object().into_iter().flatten().collect();
    entries.sort_by_key(|(key, _)| key.as_str());
    for (index, (key, value)) in entries.into_iter().enumerate() {
        // The first key of a mapping in a list stands behind its dash.
        if index > 0 || !text.ends_with("- ") {
            pad(indent, text);
        }
        string(key, indent, false, text);
        text.push(':');
        entry(value, indent, text);
    }
}

fn sequence(items: &[Value], indent: usize, text: &mut String) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 || !text.ends_with("- ") {
            pad(indent, text);
        }
        text.push_str("- ");
        match item {
            Value::Object(map) if !map.is_empty() => mapping(item, indent + 2, text),
            Value::Array(inner) if !inner.is_empty() => sequence(inner, indent + 2, text),
            other => {
                scalar(other, indent, text);
                text.push('\n');
            }
        }
    }
}

/// What stands after a key and its colon.
fn entry(value: &Value, indent: usize, text: &mut String) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            text.push('\n');
            mapping(value, indent + 2, text);
        }
        Value::Array(items) if !items.is_empty() => {
            text.push('\n');
            sequence(items, indent, text);
        }
        other => {
            text.push(' ');
            scalar(other, indent, text);
            text.push('\n');
        }
    }
}

fn scalar(value: &Value, indent: usize, text: &mut String) {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(_) | Value::Number(_) => text.push_str(&value.to_string()),
        Value::String(string_) => string(string_, indent, true, text),
        Value::Array(_) => text.push_str("[]"),
        Value::Object(_) => text.push_str("{}"),
    }
}

fn string(string: &str, indent: usize, may_be_block: bool, text: &mut String) {
    if may_be_block && is_block(string) {
        text.push('|');
        match (
            string.ends_with("\n\n") || string == "\n",
            string.ends_with('\n'),
        ) {
            (true, _) => text.push('+'),
            (false, true) => {}
            (false, false) => text.push('-'),
        }
        for line in string.strip_suffix('\n').unwrap_or(string).split('\n') {
            text.push('\n');
            if !line.is_empty() {
                pad(indent + 2, text);
                text.push_str(line);
            }
        }
    } else if is_plain(string) {
        text.push_str(string);
    } else {
        quoted(string, text);
    }
}

/// Whether a text of several lines can stand as it is.
fn is_block(string: &str) -> bool {
    string.contains('\n')
        && !string.starts_with([' ', '\n', '\t'])
        && string
            .chars()
            .all(|char| char == '\n' || char == '\t' || is_printable(char))
        && !string.lines().any(|line| line.ends_with([' ', '\t']))
}

fn is_printable(char: char) -> bool {
    matches!(char, ' '..='~' | '\u{A0}'..='\u{D7FF}' | '\u{F000}'..='\u{FFFD}' | '\u{10000}'..)
        && !matches!(char, '\u{2028}' | '\u{2029}' | '\u{FEFF}')
}

/// Whether a text is nothing but that text without quotes, to every reader.
fn is_plain(string: &str) -> bool {
    let first = |char: char| char.is_ascii_alphabetic() || matches!(char, '/' | '_' | '.' | '$');
    let rest = |char: char| char.is_ascii_alphanumeric() || " /_.$+-=@:,()%;~".contains(char);
    if !string.starts_with(first) || !string.chars().all(rest) || string.ends_with([' ', ':']) {
        return false;
    }
    if string.contains(": ") || string.contains(" #") {
        return false;
    }
    let lower = string.to_ascii_lowercase();
    let word = matches!(
        lower.as_str(),
        "y" | "n" | "yes" | "no" | "on" | "off" | "true" | "false" | "null" | "nan" | "inf"
    );
    // A number may start with a point; what starts with a letter and is none of the words is a text.
    let point = string.starts_with('.') && !string.starts_with("./") && !string.starts_with("...");
    !word && !point
}

fn quoted(string: &str, text: &mut String) {
    text.push('"');
    for char in string.chars() {
        match char {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\t' => text.push_str("\\t"),
            '\r' => text.push_str("\\r"),
            // The marks of secrets, which are replaced later.
            '\u{E000}' | '\u{E001}' => text.push(char),
            char if is_printable(char) => text.push(char),
            char => text.push_str(&format!("\\U{:08X}", char as u32)),
        }
    }
    text.push('"');
}

fn pad(indent: usize, text: &mut String) {
    text.extend(std::iter::repeat_n(' ', indent));
}

#[cfg(test)]
mod tests {
    use bastide_source::{FileId, Source};
    use serde_json::json;

    use super::to_string;

    #[test]
    fn what_is_written_is_read_again() {
        let value = json!({
            "plain": "a text: no",
            "words": ["yes", "on", "No", "null", "~", "", "0777", "1e3", ".5", "12:30", "0x1f", "=", "-", "a b"],
            "numbers": [1, -2, 3.5, true, null],
            "empty": [[], {}, [[1, 2], [3]], [{"a": [{"b": 1}]}]],
            "block": "#!/bin/sh\nset -e\n\n  echo \"$x\"\n",
            "no end": "a\nb",
            "many ends": "a\n\n\n",
            "space first": " a\nb",
            "trailing": "a \nb",
            "unicode": "é\u{85}\u{1F600}\u{7}",
            "colon:": {"x: y": 1, "true": 2},
            "/path": "/run/x",
            "hash": "a #b",
        });
        let text = to_string(&value);
        let source = Source::new(FileId(0), "x.yaml", text.clone());
        let read: serde_json::Value =
            crate::typed(&source).unwrap_or_else(|it| panic!("{it:?}\n{text}"));
        assert_eq!(read, value, "{text}");
    }

    #[test]
    fn how_it_looks() {
        let value = json!({"kind": "Pod", "spec": {"containers": [{"name": "a", "args": ["-c", "x\ny\n"]}]}});
        let wanted = "kind: Pod\nspec:\n  containers:\n  - args:\n    - \"-c\"\n    - |\n      x\n      y\n    name: a\n";
        assert_eq!(to_string(&value), wanted);
    }
}
