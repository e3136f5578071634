//! Settings: sections of `name = value`, as the parser of Python's standard library reads them.

use std::collections::{HashMap, HashSet};

use crate::characters::{is_space, split_lines, strip};
use crate::lines::{Lines, LinesBuilder};

/// A key with the lines of its value.
type Setting<'t> = (&'t str, Vec<&'t str>);

/// The section whose settings hold in all others.
const DEFAULT: &str = "DEFAULT";

/// How deeply values may refer to values.
const MAX_DEPTH: usize = 10;

/// The settings of a file as lines; `None` if it is not of this format. With `headless` the file
/// may start without a section.
pub(crate) fn rewrite(text: &str, headless: bool) -> Option<Lines<'static>> {
    let reader = Reader::read(text, headless)?;
    let mut places = Places::of(text);
    let mut lines = LinesBuilder::new();
    // Sections repeat the defaults, and values each other by reference, without end.
    let mut budget = 4 * text.len() + (1 << 16);
    let sections = reader.sections.iter().map(|(_, settings)| &settings[..]);
    for own in std::iter::once(&[][..]).chain(sections) {
        let values = Values::of(&reader.defaults, own, &mut budget)?;
        for key in &values.keys {
            let value = values.expand(&values.by_key[key], &mut budget)?;
            for (value, number) in places.of_value(key, &value) {
                if value.is_empty() {
                    continue;
                }
                if allows_next_line(&value) {
                    lines.push(number, &[&value]);
                } else {
                    let bare = unquoted(&value).replace('"', "\\\"");
                    lines.push(number, &[key, " = \"", &bare, "\""]);
                }
            }
        }
    }
    Some(lines.finish())
}

/// Whether a file might hide something in references from one value to another.
pub(crate) fn may_hide(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), b"%(").is_some()
}

/// A value without the quotes around it.
fn unquoted(value: &str) -> &str {
    let inner = |quote| {
        let rest = value.strip_prefix(quote)?;
        rest.strip_suffix(quote).or(rest.is_empty().then_some(rest))
    };
    inner('\'').or_else(|| inner('"')).unwrap_or(value)
}

/// Whether a line allows a secret on the next.
fn allows_next_line(line: &str) -> bool {
    let Some(rest) = line
        .trim_start_matches([' ', '\t'])
        .strip_prefix(['#', ';'])
    else {
        return false;
    };
    let Some(rest) = rest.trim_start_matches(' ').strip_prefix("pragma:") else {
        return false;
    };
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    let starts = ["allowlist nextline secret", "allowlist-nextline-secret"];
    let mixed = ["allowlist nextline-secret", "allowlist-nextline secret"];
    starts.iter().chain(&mixed).any(|it| rest.starts_with(it)) && !rest.contains('\n')
}

/// Reads a file line by line. Where Python's parser reports an error this ends with `None`.
#[derive(Default)]
struct Reader<'t> {
    defaults: Vec<Setting<'t>>,
    sections: Vec<(&'t str, Vec<Setting<'t>>)>,
    seen: HashSet<(&'t str, &'t str)>,
    section: Option<&'t str>,
    /// Whether a setting has been read in this section, so that a line may continue it.
    in_setting: bool,
    indentation: usize,
}

impl<'t> Reader<'t> {
    fn read(text: &'t str, headless: bool) -> Option<Self> {
        let mut reader = Self::default();
        if headless {
            reader.open("global")?;
        }
        for line in text.split_terminator('\n') {
            reader.line(line)?;
        }
        (!reader.sections.is_empty()).then_some(reader)
    }

    fn line(&mut self, line: &'t str) -> Option<()> {
        let value = strip(line);
        if value.starts_with(['#', ';']) {
            return Some(());
        }
        if value.is_empty() {
            if self.in_setting {
                self.settings()?.last_mut()?.1.push("");
            }
            return Some(());
        }
        let leading = line.len() - line.trim_start_matches(is_space).len();
        let indentation = line[..leading].chars().count();
        if self.in_setting && indentation > self.indentation {
            self.settings()?.last_mut()?.1.push(value);
            return Some(());
        }
        self.indentation = indentation;
        if let Some(name) = header(value) {
            return self.open(name);
        }
        let section = self.section?;
        let (key, rest) = value.split_at(value.find(['=', ':'])?);
        let key = key.trim_end_matches(is_space);
        if key.is_empty() || !self.seen.insert((section, key)) {
            return None;
        }
        self.in_setting = true;
        let value = strip(&rest[1..]);
        self.settings()?.push((key, vec![value]));
        Some(())
    }

    /// Starts a section. No two have one name.
    fn open(&mut self, name: &'t str) -> Option<()> {
        if name != DEFAULT {
            if !self.seen.insert((name, "")) {
                return None;
            }
            self.sections.push((name, Vec::new()));
        }
        self.section = Some(name);
        self.in_setting = false;
        Some(())
    }

    fn settings(&mut self) -> Option<&mut Vec<Setting<'t>>> {
        if self.section? == DEFAULT {
            Some(&mut self.defaults)
        } else {
            self.sections.last_mut().map(|(_, settings)| settings)
        }
    }
}

/// The name of the section that a line starts, up to its last bracket.
fn header(line: &str) -> Option<&str> {
    let end = line.rfind(']')?;
    line[..end]
        .strip_prefix('[')
        .filter(|name| !name.is_empty())
}

/// The values of a section, defaults included, in order.
#[derive(Default)]
struct Values<'t> {
    keys: Vec<&'t str>,
    by_key: HashMap<&'t str, String>,
}

impl<'t> Values<'t> {
    fn of(defaults: &[Setting<'t>], own: &[Setting<'t>], budget: &mut usize) -> Option<Self> {
        let mut values = Self::default();
        for (key, lines) in defaults.iter().chain(own) {
            let value = lines.join("\n").trim_end_matches(is_space).to_owned();
            *budget = budget.checked_sub(value.len() + 1)?;
            if values.by_key.insert(key, value).is_none() {
                values.keys.push(key);
            }
        }
        Some(values)
    }

    /// A value with `%(name)s` replaced by the value of that name.
    fn expand(&self, value: &str, budget: &mut usize) -> Option<String> {
        let mut expanded = String::new();
        self.expand_into(&mut expanded, value, 1, budget)?;
        Some(expanded)
    }

    fn expand_into(
        &self,
        expanded: &mut String,
        mut rest: &str,
        depth: usize,
        budget: &mut usize,
    ) -> Option<()> {
        *budget = budget.checked_sub(rest.len() + 1)?;
        while let Some((before, after)) = rest.split_once('%') {
            expanded.push_str(before);
            if let Some(after) = after.strip_prefix('%') {
                expanded.push('%');
                rest = after;
                continue;
            }
            let (name, after) = after.strip_prefix('(')?.split_once(')')?;
            rest = after.strip_prefix('s').filter(|_| !name.is_empty())?;
            let value = self.by_key.get(name)?;
            if value.contains('%') {
                let deeper = (depth < MAX_DEPTH).then_some(depth + 1)?;
                self.expand_into(expanded, value, deeper, budget)?;
            } else {
                *budget = budget.checked_sub(value.len())?;
                expanded.push_str(value);
            }
        }
        expanded.push_str(rest);
        Some(())
    }
}

/// The lines of a file that have not been given to a setting yet.
struct Places<'t> {
    lines: Vec<&'t str>,
    from: usize,
}

impl<'t> Places<'t> {
    fn of(text: &'t str) -> Self {
        let lines = text.split_terminator('\n').map(strip).collect();
        Self { lines, from: 0 }
    }

    /// The lines of a value, each with its number. If the setting is not found in its turn, the
    /// rest of the file is given up.
    fn of_value(&mut self, key: &str, value: &str) -> Vec<(String, usize)> {
        let values = value_lines(value);
        let mut found = Vec::new();
        let mut known = 0;
        if values.is_empty() {
            return found;
        }
        let start = self.from;
        for at in start..self.lines.len() {
            let line = self.lines[at];
            if allows_next_line(line) {
                found.push((line.to_owned(), at + 1));
            } else if line.is_empty() || line.starts_with([';', '#']) {
                continue;
            } else if known == 0 {
                if sets(line, key, values[0]) {
                    found.push((values[0].to_owned(), at + 1));
                    known = 1;
                }
            } else if let Some(&value) = values.get(known) {
                found.push((value.to_owned(), at + 1));
                known += 1;
            } else {
                self.from = at.max(start + 1);
                return found;
            }
        }
        self.from = self.lines.len();
        found
    }
}

/// The lines of a value; only the first may be empty.
fn value_lines(value: &str) -> Vec<&str> {
    let mut lines = split_lines(value);
    let first = lines.next();
    first
        .into_iter()
        .chain(lines.filter(|line| !line.is_empty()))
        .collect()
}

/// Whether a line sets a key to a value that starts so.
fn sets(line: &str, key: &str, value: &str) -> bool {
    let Some(rest) = line.strip_prefix(key) else {
        return false;
    };
    let signs = rest.len() - rest.trim_start_matches([' ', ':', '=']).len();
    (1..=signs).any(|at| rest[at..].starts_with(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, headless: bool) -> Option<Vec<String>> {
        let lines = rewrite(text, headless)?;
        let texts = (0..lines.count()).filter_map(|index| lines.get(index));
        Some(texts.map(str::to_owned).collect())
    }

    #[test]
    fn values_are_written_on_their_lines_in_quotes() {
        let text = "# x\n[a]\n\nb = c\nd: 'e \"f\"'\n";
        let expected = ["", "", "", "b = \"c\"", "d = \"e \\\"f\\\"\""];
        assert_eq!(lines(text, false).unwrap(), expected);
    }

    #[test]
    fn a_deeper_line_continues_a_value() {
        let text = "a = b\n  c\n\n  # d\n  e\nf = g\n";
        let expected = ["a = \"b\"", "a = \"c\"", "", "", "a = \"e\"", "f = \"g\""];
        assert_eq!(lines(text, true).unwrap(), expected);
    }

    #[test]
    fn what_is_not_settings_is_left_alone() {
        for text in [
            "a = b\n",
            "[a]\nb\n",
            "[a]\nb=1\nb=2\n",
            "[a]\n[a]\n",
            "[a]\n= 1\n",
            "",
        ] {
            assert_eq!(lines(text, false), None, "{text}");
        }
        assert_eq!(lines("[a]\nb = %x\n", false), None);
        assert_eq!(lines("[a, [b]]\n", false), Some(vec![]));
        assert_eq!(lines("FROM a:1\nRUN b\n", true), None);
    }

    #[test]
    fn references_are_expanded_but_then_not_found() {
        assert_eq!(lines("[a]\nb = %%a\nc = d\n", false), Some(vec![]));
        assert_eq!(
            lines("[a]\nc = d\nb = %(c)s\n", false).unwrap(),
            ["", "c = \"d\""]
        );
        assert_eq!(lines("[a]\nb = %(b)s\n", false), None);
        assert_eq!(lines("[a]\nb = %(c)s\n", false), None);
    }

    #[test]
    fn defaults_are_in_every_section() {
        let text = "[DEFAULT]\na = 1\n[b]\nc = 2\n";
        assert_eq!(lines(text, false).unwrap(), ["", "a = \"1\""]);
    }
}
