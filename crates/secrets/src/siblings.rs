//! The lines of the object that a line belongs to, judged by indentation or by braces.
//!
//! In a list of `name` and `value` pairs the name that says that a value is a secret stands on
//! another line. How far its object reaches is guessed from a few lines, as Checkov guesses it.

use crate::characters::{is_space, is_word};
use crate::keyword::{QUOTES, names_secret, value};
use crate::lines::Window;

/// The notation of an object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Notation {
    /// An HCL block or object.
    Hcl,
    /// A JSON object.
    Json,
    /// A mapping of YAML in block style.
    Yaml,
}

/// The lines around a made line do not exist in the file: Checkov stops there with an error, and
/// the file has no verdict.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Beyond;

/// Longer lines hold no name of a secret.
const MAX_LENGTH: usize = 500;

impl Notation {
    /// The value on a line, after the separator of this notation.
    pub(crate) fn value(self, line: &str) -> Option<&str> {
        let mut values = self
            .after_separators(line)
            .filter_map(|rest| value(rest, self.quotes()));
        values.next().map(|value| value.trim_end_matches('\n'))
    }

    /// Whether the value on a line is the name of a secret.
    pub(crate) fn names_secret(self, line: &str) -> bool {
        self.after_separators(line)
            .any(|rest| names_secret(rest, self.quotes()))
    }

    /// What may stand around a value.
    fn quotes(self) -> &'static [char] {
        match self {
            Self::Hcl | Self::Yaml => &QUOTES,
            Self::Json => &['"'],
        }
    }

    /// What follows each separator of a line: `=` in HCL, `:` in YAML, and in JSON a `:` after a
    /// name in double quotes.
    fn after_separators(self, line: &str) -> impl Iterator<Item = &str> {
        let separator = if self == Self::Hcl { '=' } else { ':' };
        line.match_indices(separator)
            .filter(move |&(at, _)| self != Self::Json || ends_json_name(&line[..at]))
            .map(|(at, separator)| &line[at + separator.len()..])
    }

    /// Whether another line of the object that the line in the middle of a window belongs to
    /// has the name of a secret as its value. `shape` is the window whose lines are counted,
    /// `raw` the lines as they are in the file.
    pub(crate) fn has_named_sibling(
        self,
        shape: &Window<'_>,
        raw: &Window<'_>,
    ) -> Result<bool, Beyond> {
        let after = self.object_part(shape.target + 1..shape.count(), raw)?;
        let before = self.object_part((0..shape.target).rev(), raw)?;
        let mut lines = after.into_iter().chain(before);
        Ok(lines.any(|line| self.names_secret(line)))
    }

    /// The lines from one beside the middle up to the edge of its object, which is among them.
    /// Without an edge in sight there are none.
    fn object_part<'l>(
        self,
        indices: impl Iterator<Item = usize>,
        raw: &Window<'l>,
    ) -> Result<Vec<&'l str>, Beyond> {
        let mut part = Vec::new();
        for index in indices {
            let line = raw.get(index).ok_or(Beyond)?;
            if line.chars().count() > MAX_LENGTH
                || !self.same_object(index, line, raw)?
                || self.is_comment(line)
            {
                continue;
            }
            part.push(line);
            if self.is_edge(line) {
                return Ok(part);
            }
        }
        Ok(Vec::new())
    }

    fn same_object(self, index: usize, line: &str, raw: &Window<'_>) -> Result<bool, Beyond> {
        if self == Self::Hcl {
            return Ok(true);
        }
        let target = raw.target_line().ok_or(Beyond)?;
        if self == Self::Yaml {
            let width = |line| indentation(line).chars().count();
            return Ok(width(line) == width(target));
        }
        let (upper, lower) = if index > raw.target {
            (target, line)
        } else {
            (line, target)
        };
        let starts = |line: &str| line.trim_start_matches(is_space).starts_with('{');
        Ok(!closes_json(upper) && !starts(lower) && (!opens_json(upper) || starts(upper)))
    }

    fn is_edge(self, line: &str) -> bool {
        match self {
            Self::Hcl => opens_hcl(line) || line.trim_matches(is_space) == "}",
            Self::Json => opens_json(line) || closes_json(line),
            Self::Yaml => indentation(line).contains('-'),
        }
    }

    fn is_comment(self, line: &str) -> bool {
        let line = line.trim_start_matches(is_space);
        self != Self::Json && (line.starts_with('#') || line.starts_with("//"))
    }
}

/// The spaces before the first key of a line of YAML, with the dash of a list item.
fn indentation(line: &str) -> &str {
    let rest = line.trim_start_matches(is_space);
    let item = rest
        .strip_prefix('-')
        .filter(|rest| rest.starts_with(is_space));
    let rest = item.map_or(rest, |rest| rest.trim_start_matches(is_space));
    &line[..line.len() - rest.len()]
}

/// Whether a line is no more than the start of a block or an object: `name {`, `name = {`.
fn opens_hcl(line: &str) -> bool {
    let Some(head) = line.trim_end_matches(is_space).strip_suffix('{') else {
        return false;
    };
    let head = head.trim_end_matches(is_space);
    let head = head.strip_suffix('=').unwrap_or(head);
    head.trim_matches(is_space).chars().all(is_word)
}

/// Whether a text ends with a name in double quotes, as it stands before the `:` of JSON.
fn ends_json_name(text: &str) -> bool {
    let Some(mut text) = text.strip_suffix('"') else {
        return false;
    };
    for _ in 0..=2 {
        if text.trim_end_matches(is_word).ends_with('"') {
            return true;
        }
        let Some(shorter) = text.strip_suffix([']', '\'', '"']) else {
            return false;
        };
        text = shorter;
    }
    false
}

/// A line without what may follow a closing brace.
fn trim_comma(line: &str) -> &str {
    let line = line.trim_end_matches(is_space);
    line.strip_suffix(',')
        .map_or(line, |line| line.trim_end_matches(is_space))
}

fn opens_json(line: &str) -> bool {
    let end = trim_comma(line);
    let end = end
        .strip_suffix('}')
        .map_or(end, |line| line.trim_end_matches(is_space));
    let opens = line.trim_start_matches(is_space).starts_with('{') || end.ends_with('{');
    opens && !is_whole_json(line)
}

fn closes_json(line: &str) -> bool {
    let closes =
        line.trim_start_matches(is_space).starts_with('}') || trim_comma(line).ends_with('}');
    closes && !is_whole_json(line)
}

/// Whether an object opens and ends on a line.
fn is_whole_json(line: &str) -> bool {
    let line = trim_comma(line);
    line.strip_suffix('}')
        .is_some_and(|line| line.contains('{'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::Lines;

    fn named(notation: Notation, text: &str, index: usize) -> bool {
        let lines = Lines::of(text);
        let window = lines.around(index);
        notation.has_named_sibling(&window, &window).unwrap()
    }

    #[test]
    fn a_list_item_of_yaml_ends_at_the_next_dash() {
        let text = "- name: A_TOKEN\n  value: x\n- name: B\n  value: y\n- name: C_TOKEN\n";
        assert!(named(Notation::Yaml, text, 1));
        // The line with the dash of the next item is still looked at.
        assert!(named(Notation::Yaml, text, 3));
        assert!(!named(Notation::Yaml, "  name: A_TOKEN\n  value: x\n", 1));
        assert!(!named(
            Notation::Yaml,
            "-\n  # name: A_TOKEN\n  value: x\n",
            2
        ));
    }

    #[test]
    fn an_object_of_json_ends_at_its_braces() {
        let text = "{\n  \"name\": \"A_TOKEN\",\n  \"value\": \"x\"\n},\n{\n  \"name\": \"B\"\n}\n";
        assert!(named(Notation::Json, text, 2));
        assert!(!named(Notation::Json, text, 5));
        let inline = "[\n {\"name\": \"A_TOKEN\"},\n {\"value\": \"x\"}\n]\n";
        assert!(!named(Notation::Json, inline, 2));
    }

    #[test]
    fn an_object_of_hcl_ends_at_its_braces() {
        let text = "env {\n  name = \"A_TOKEN\"\n  value = \"x\"\n}\n";
        assert!(named(Notation::Hcl, text, 2));
        assert!(!named(
            Notation::Hcl,
            "x = {\n  value = \"x\"\n  a = b_token\n",
            1
        ));
        assert!(!named(
            Notation::Hcl,
            "# a = \"a_token\"\n  value = \"x\"\n}\n",
            1
        ));
    }

    #[test]
    fn a_value_follows_the_first_separator_that_has_one() {
        assert_eq!(Notation::Yaml.value("a: b: \"c\"\n"), Some("b: "));
        assert_eq!(Notation::Yaml.value("a: $x: 'c'\n"), Some("c"));
        assert_eq!(Notation::Yaml.value("a: b\n"), Some("b"));
        assert_eq!(Notation::Json.value("\"a\": \"b\","), Some("b"));
        assert_eq!(Notation::Json.value("\"a-b\": \"b\","), None);
        assert_eq!(Notation::Json.value("\"a']\": b\","), Some("b"));
        assert_eq!(Notation::Hcl.value("a = \"b\""), Some("b"));
    }

    #[test]
    fn a_line_beyond_the_file_is_an_error() {
        let (made, raw) = (Lines::of("a\nb\nc\n"), Lines::of("a\n"));
        let result = Notation::Yaml.has_named_sibling(&made.around(1), &raw.around(1));
        assert_eq!(result, Err(Beyond));
    }
}
