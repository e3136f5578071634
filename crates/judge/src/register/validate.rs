//! Holds a tree against the format, and says of each mistake where it is and how to mend it.

use bastide_source::{Diagnostic, Level, Source, Span, nearest};
use bastide_value::{Map, Node, Value};
use jiff::civil::Date;

use super::format::VERSION;
use super::shape::{Key, Shape};

/// So many values may be in a register, aliases written out: far more than a person writes.
const MAX_VALUES: usize = 1_000_000;

/// The mistakes found so far.
#[derive(Default)]
pub(crate) struct Validator {
    pub(crate) mistakes: Vec<Diagnostic>,
    /// How many values were looked at.
    values: usize,
}

impl Validator {
    /// A mapping with these keys. `what` names it in messages: `an exception`.
    pub(crate) fn mapping(&mut self, node: &Node<'_>, keys: &'static [Key], what: &str) {
        let Some(map) = node.value.as_map() else {
            let is = described(node.value);
            let names = listed(keys.iter().map(|key| key.name));
            self.mistake(
                node.span,
                format!("{what} is {is}, not a mapping"),
                format!("its keys are {names}"),
            );
            return;
        };
        for entry in map.entries() {
            if !self.goes_on(entry.key_span) {
                return;
            }
            match keys.iter().find(|key| key.name == entry.key) {
                Some(key) => self.value(&entry.node, entry.key_span, key),
                None => self.unknown_key(entry.key, entry.key_span, keys, what),
            }
        }
        for key in keys.iter().filter(|key| key.required) {
            self.require(map, key, node.span, what);
        }
    }

    /// Says so if a key is not there.
    pub(crate) fn require(&mut self, map: Map<'_>, key: &Key, span: Span, what: &str) {
        if !map.contains(key.name) {
            let name = key.name;
            let first = map.entries().first().map_or(span, |entry| entry.key_span);
            self.mistake(
                first,
                format!("{what} has no `{name}`"),
                format!("add `{name}:` and write {}", key.about),
            );
        }
    }

    /// Whether all values could be looked at.
    pub(crate) fn saw_all(&self) -> bool {
        self.values <= MAX_VALUES
    }

    /// Counts a value. Aliases make much of a small file: of too much, nothing more is said.
    fn goes_on(&mut self, span: Span) -> bool {
        self.values += 1;
        if self.values == MAX_VALUES + 1 {
            let message = "the aliases of this register unfold to too many values";
            self.mistake(span, message, "write out what the aliases stand for");
        }
        self.saw_all()
    }

    /// Something to say of the file as YAML.
    pub(crate) fn syntax(&mut self, mut diagnostic: Diagnostic, source: &Source) {
        let span = diagnostic.span.unwrap_or_default();
        let text = source.slice(span);
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit());
        if text.split('-').count() == 3 && text.split('-').all(digits) {
            // For YAML as well a date is one only if there is such a day. There, quotes help.
            self.no_such_day(text, span);
        } else {
            // The format has no use for a key that is given twice, which is but a warning.
            diagnostic.level = Level::Error;
            self.mistakes.push(diagnostic);
        }
    }

    /// Notes a mistake.
    pub(crate) fn mistake(
        &mut self,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.mistakes
            .push(Diagnostic::error(span, message).help(help));
    }

    fn unknown_key(&mut self, name: &str, span: Span, keys: &'static [Key], what: &str) {
        let names = || keys.iter().map(|key| key.name);
        let help = match nearest(name, names()) {
            Some(key) => format!("did you mean `{key}`?"),
            None => format!("the keys of {what} are {}", listed(names())),
        };
        self.mistake(span, format!("unknown key `{name}`"), help);
    }

    fn value(&mut self, node: &Node<'_>, key_span: Span, key: &Key) {
        let name = key.name;
        if node.value.is_null() && !matches!(key.shape, Shape::List(_)) {
            self.empty(key_span, key);
            return;
        }
        match (key.shape, node.value) {
            (Shape::Text | Shape::Texts, Value::String(text)) => self.text(text, node.span, key),
            (Shape::Texts, Value::List([])) => self.empty(node.span, key),
            (Shape::Texts, Value::List(items)) => self.texts(items, key),
            (Shape::Date, Value::String(text)) => self.date(text, node.span),
            (Shape::Choice(names), Value::String(text)) => {
                self.choice(text, node.span, &names(), name);
            }
            (Shape::Choices(names), Value::List(items)) => self.choices(items, &names(), key),
            (Shape::Version, Value::Number(number)) if number.as_int() != Some(VERSION) => self
                .mistake(
                    node.span,
                    format!("version `{number}` of the format is not known"),
                    format!("write `version: {VERSION}`, or use a newer bastide"),
                ),
            (Shape::Version, Value::Number(_)) | (Shape::Flag, Value::Bool(_)) => {}
            (Shape::Number, Value::Number(number)) if is_count(number.as_int()) => {}
            (Shape::Values, Value::Map(map)) => self.values(map),
            (Shape::Mapping(keys), Value::Map(_)) => {
                self.mapping(node, keys, &format!("`{name}`"));
            }
            (Shape::List(_), Value::Null) => {}
            (Shape::List(keys), Value::List(items)) => {
                for item in items {
                    self.mapping(item, keys, item_of(name));
                }
            }
            _ => self.wrong_shape(node, name, key.shape, key.about),
        }
    }

    fn text(&mut self, text: &str, span: Span, key: &Key) {
        if text.trim().is_empty() {
            self.empty(span, key);
        } else if is_prompt(text) {
            self.mistake(
                span,
                format!("`{}` is still to be filled in", key.name),
                format!("replace the text in angle brackets: write {}", key.about),
            );
        }
    }

    fn texts(&mut self, items: &[Node<'_>], key: &Key) {
        for item in items {
            if !self.goes_on(item.span) {
                return;
            }
            match item.value {
                Value::String(text) => self.text(text, item.span, key),
                Value::Null => self.empty(item.span, key),
                _ => self.wrong_shape(item, key.name, Shape::Text, key.about),
            }
        }
    }

    fn date(&mut self, text: &str, span: Span) {
        if parse_date(text).is_none() {
            self.no_such_day(text, span);
        }
    }

    fn no_such_day(&mut self, text: &str, span: Span) {
        self.mistake(
            span,
            format!("`{text}` is not a day of the calendar"),
            "write one as `YYYY-MM-DD`",
        );
    }

    fn choice(&mut self, text: &str, span: Span, names: &[&'static str], key: &str) {
        if names.contains(&text) {
            return;
        }
        let help = match nearest(text, names.iter().copied()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("it may be {}", listed(names.iter().copied())),
        };
        self.mistake(span, format!("`{key}` cannot be `{text}`"), help);
    }

    fn choices(&mut self, items: &[Node<'_>], names: &[&'static str], key: &Key) {
        for item in items {
            match item.value {
                Value::String(text) => self.choice(text, item.span, names, key.name),
                _ => self.wrong_shape(item, key.name, Shape::Text, key.about),
            }
        }
    }

    fn values(&mut self, map: Map<'_>) {
        for entry in map.entries() {
            if matches!(entry.node.value, Value::List(_) | Value::Map(_)) {
                let (name, is) = (entry.key, described(entry.node.value));
                self.mistake(
                    entry.node.span,
                    format!("`{name}` is {is}, not a single value"),
                    "name an attribute that is a text, a number, `true`, `false` or `null`",
                );
            }
        }
    }

    fn empty(&mut self, span: Span, key: &Key) {
        self.mistake(
            span,
            format!("`{}` is empty", key.name),
            format!("write {}", key.about),
        );
    }

    fn wrong_shape(&mut self, node: &Node<'_>, name: &str, shape: Shape, about: &str) {
        let (is, wanted) = (described(node.value), shape.name());
        let scalar = matches!(node.value, Value::Bool(_) | Value::Number(_));
        let help = match shape {
            Shape::Text | Shape::Texts | Shape::Date if scalar => {
                "put it in quotes if it is meant as a text".to_owned()
            }
            Shape::List(_) => "start each of them with a `-` on a line of its own".to_owned(),
            Shape::Mapping(keys) => {
                let names = listed(keys.iter().map(|key| key.name));
                format!("its keys are {names}")
            }
            _ => format!("write {about}"),
        };
        self.mistake(node.span, format!("`{name}` is {is}, not {wanted}"), help);
    }
}

/// A day, written as `YYYY-MM-DD` and in no other way.
pub(crate) fn parse_date(text: &str) -> Option<Date> {
    let date: Date = text.parse().ok()?;
    (date.to_string() == text).then_some(date)
}

/// Whether a text is what `bastide except` leaves to be filled in: `<why that is acceptable>`.
fn is_prompt(text: &str) -> bool {
    let inner = text.trim().strip_prefix('<');
    inner
        .and_then(|inner| inner.strip_suffix('>'))
        .is_some_and(|inner| !inner.contains(['<', '>']))
}

fn is_count(number: Option<i64>) -> bool {
    number.is_some_and(|number| u32::try_from(number).is_ok())
}

fn described(value: Value<'_>) -> &'static str {
    match value {
        Value::Null => "empty",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::List(_) | Value::Blocks(_) => "a list",
        Value::Map(_) => "a mapping",
        Value::Unknown(_) => "unknown",
    }
}

/// What one item of a list is called.
fn item_of(list: &str) -> &'static str {
    match list {
        "attestations" => "an attestation",
        _ => "an exception",
    }
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_in_one_way() {
        assert!(parse_date("2027-02-28").is_some());
        for text in [
            "2027-02-29",
            "2027-2-8",
            "20270228",
            "2027-02-28T00:00",
            "soon",
        ] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }

    #[test]
    fn prompts() {
        assert!(is_prompt(" <why>\n"));
        assert!(!is_prompt("<b>bold</b> words"));
        assert!(!is_prompt("less < more"));
    }
}
