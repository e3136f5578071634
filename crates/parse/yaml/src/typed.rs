//! From a file of ours to a type: strictly, and with the place of a mistake.
//!
//! The type says what the file may hold. A key that it does not know, a value of another type or a
//! name that is none of those it lists is an error at that place, with the nearest right one.

use std::cell::Cell;
use std::fmt;

use bastide_source::{Diagnostic, FileId, Level, Source, Span, nearest};
use bastide_value::{Arena, Map, Node, Number, Value};
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Expected, IntoDeserializer,
    MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor,
};

/// So many values may be in a file, aliases written out: far more than a person writes.
const MAX_VALUES: usize = 1_000_000;

/// Reads a file of one document as a type that refuses what it does not know
/// (`#[serde(deny_unknown_fields)]`). An empty file is an empty mapping.
///
/// # Errors
///
/// What is wrong with it as YAML, or else the first place where it is not of the type.
pub fn typed<T: DeserializeOwned>(source: &Source) -> Result<T, Vec<Diagnostic>> {
    let arena = Arena::new();
    let stream = crate::parse(source, &arena);
    if !stream.diagnostics.is_empty() {
        // A key that is given twice is but a warning elsewhere; here, one of the two is a mistake.
        let error = |it: Diagnostic| Diagnostic {
            level: Level::Error,
            ..it
        };
        return Err(stream.diagnostics.into_iter().map(error).collect());
    }
    if let Some(second) = stream.documents.get(1) {
        let start = second.span.start as usize;
        let place = Span::new(second.span.file, start, start);
        let mistake = Diagnostic::error(place, "a second document starts here");
        return Err(vec![mistake.help("keep one document in a file")]);
    }
    let root = stream.documents.first().map(|document| document.root);
    let empty = Node::new(Value::Map(Map::default()), Span::new(source.id, 0, 0));
    let root = root.filter(|it| !it.value.is_null()).unwrap_or(empty);
    let values = Cell::new(0);
    T::deserialize(Reader {
        node: root,
        values: &values,
    })
    .map_err(|mistake| vec![mistake.diagnostic(source.id)])
}

/// The place of a value: `components.3`, keys and indices counted from zero, separated by dots. If
/// it is not there, the place of the nearest thing around it that is. A mapping or a list is
/// where its key is.
pub fn place(source: &Source, path: &str) -> Span {
    let arena = Arena::new();
    let stream = crate::parse(source, &arena);
    let start = Span::new(source.id, 0, 0);
    let Some(document) = stream.documents.first() else {
        return start;
    };
    let (mut node, mut span) = (document.root, start);
    for step in path.split('.').filter(|step| !step.is_empty()) {
        let found = match node.value {
            Value::Map(map) => map.entry(step).map(|entry| (entry.node, entry.key_span)),
            Value::List(items) => step
                .parse()
                .ok()
                .and_then(|at: usize| items.get(at))
                .map(|item| (*item, item.span)),
            _ => None,
        };
        let Some((inner, key)) = found else {
            return span;
        };
        span = match inner.value {
            Value::Map(_) | Value::List(_) | Value::Null => key,
            _ => inner.span,
        };
        node = inner;
    }
    span
}

/// Why a value is not of its type.
#[derive(Debug)]
struct Mistake {
    span: Option<Span>,
    /// What is wrong, perhaps without a subject: `is a text, not a list`.
    message: String,
    help: Option<String>,
    /// Whether the name of the key still has to go before the message.
    wants_subject: bool,
}

impl Mistake {
    fn new(message: impl Into<String>) -> Self {
        Self {
            span: None,
            message: message.into(),
            help: None,
            wants_subject: false,
        }
    }

    fn predicate(message: String) -> Self {
        Self {
            wants_subject: true,
            ..Self::new(message)
        }
    }

    fn at(mut self, span: Span) -> Self {
        self.span.get_or_insert(span);
        self
    }

    fn of(mut self, subject: &str) -> Self {
        if self.wants_subject {
            self.message = format!("`{subject}` {}", self.message);
            self.wants_subject = false;
        }
        self
    }

    fn diagnostic(self, file: FileId) -> Diagnostic {
        let mistake = match self.wants_subject {
            true => Self {
                message: format!("this file {}", self.message),
                ..self
            },
            false => self,
        };
        let mut diagnostic = match mistake.span {
            Some(span) => Diagnostic::error(span, mistake.message),
            None => Diagnostic::file_error(file, mistake.message),
        };
        diagnostic.help = mistake.help;
        diagnostic
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Mistake {}

impl de::Error for Mistake {
    /// What a type has to say itself. After ` -- ` it may say how to mend it.
    fn custom<T: fmt::Display>(message: T) -> Self {
        let text = message.to_string();
        match text.split_once(" -- ") {
            Some((message, help)) => Self {
                help: Some(help.to_owned()),
                ..Self::new(message)
            },
            None => Self::new(text),
        }
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let expected = match expected.to_string() {
            // The name of a type of ours says nothing to who wrote the file.
            text if text.starts_with("struct ") => "a mapping".to_owned(),
            text => text,
        };
        let mut mistake = Self::predicate(format!("is {}, not {expected}", named(unexpected)));
        let scalar = matches!(
            unexpected,
            Unexpected::Bool(_) | Unexpected::Signed(_) | Unexpected::Float(_)
        );
        if scalar && expected == "a string" {
            mistake.message = format!("is {}, not a text", named(unexpected));
            mistake.help = Some("put it in quotes".to_owned());
        }
        mistake
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let is = match unexpected {
            Unexpected::Signed(number) => format!("`{number}`"),
            Unexpected::Unsigned(number) => format!("`{number}`"),
            Unexpected::Float(number) => format!("`{number}`"),
            Unexpected::Str(text) => format!("`{text}`"),
            other => named(other).to_owned(),
        };
        Self::predicate(format!("is {is}, not {expected}"))
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self {
            help: Some(meant(variant, expected, "it may be")),
            ..Self::predicate(format!("cannot be `{variant}`"))
        }
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self {
            help: Some(meant(field, expected, "the keys here are")),
            ..Self::new(format!("unknown key `{field}`"))
        }
    }

    fn missing_field(field: &'static str) -> Self {
        Self {
            help: Some(format!("add `{field}:`")),
            ..Self::predicate(format!("has no `{field}`"))
        }
    }
}

/// What may have been meant, else all that there is.
fn meant(word: &str, all: &[&str], otherwise: &str) -> String {
    match nearest(word, all.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if all.is_empty() => "nothing is known here".to_owned(),
        None => {
            let all: Vec<_> = all.iter().map(|it| format!("`{it}`")).collect();
            format!("{otherwise} {}", all.join(", "))
        }
    }
}

fn named(unexpected: Unexpected<'_>) -> &'static str {
    match unexpected {
        Unexpected::Bool(_) => "a truth value",
        Unexpected::Signed(_) | Unexpected::Unsigned(_) | Unexpected::Float(_) => "a number",
        Unexpected::Str(_) | Unexpected::Char(_) => "a text",
        Unexpected::Unit | Unexpected::Option => "empty",
        Unexpected::Seq => "a list",
        Unexpected::Map => "a mapping",
        _ => "something else",
    }
}

/// A node that is read.
#[derive(Clone, Copy)]
struct Reader<'a> {
    node: Node<'a>,
    values: &'a Cell<usize>,
}

impl<'a> Reader<'a> {
    /// The same for a node within. Aliases make much of a small file: that ends somewhere.
    fn within(self, node: Node<'a>) -> Result<Self, Mistake> {
        self.values.set(self.values.get() + 1);
        if self.values.get() > MAX_VALUES {
            return Err(Mistake::new("the aliases unfold to too many values").at(node.span));
        }
        Ok(Self { node, ..self })
    }
}

impl<'a> Deserializer<'a> for Reader<'a> {
    type Error = Mistake;

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match self.node.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(truth) => visitor.visit_bool(truth),
            Value::Number(Number::Int(int)) => visitor.visit_i64(int),
            Value::Number(Number::Float(float)) => visitor.visit_f64(float),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::List(items) | Value::Blocks(items) => visitor.visit_seq(Items {
                reader: self,
                items,
            }),
            Value::Map(map) => visitor.visit_map(Entries::new(self, map)),
            Value::Unknown(_) => Err(Mistake::new("this is not known")),
        }
        .map_err(|mistake| match self.node.value {
            // Nothing is written there: the key is what can be underlined.
            Value::Null => mistake,
            _ => mistake.at(start_of(self.node)),
        })
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match self.node.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'a>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        match self.node.value {
            Value::String(text) => {
                let name: de::value::StrDeserializer<'_, Mistake> = text.into_deserializer();
                visitor.visit_enum(name)
            }
            Value::Map(map) => match map.entries() {
                [entry] => visitor.visit_enum(Variant {
                    name: entry.key,
                    span: entry.key_span,
                    reader: self.within(entry.node)?,
                }),
                _ => Err(Mistake::predicate(
                    "is not a mapping with one key".to_owned(),
                )),
            },
            _ => self.deserialize_any(visitor),
        }
        .map_err(|mistake| mistake.at(self.node.span))
    }

    serde::forward_to_deserialize_any! {
        <V: Visitor<'a>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// What to underline of a value that is not as it should be: of a collection its first key.
fn start_of(node: Node<'_>) -> Span {
    let first = node.value.as_map().and_then(|map| map.entries().first());
    first.map_or(node.span, |entry| entry.key_span)
}

struct Items<'a> {
    reader: Reader<'a>,
    items: &'a [Node<'a>],
}

impl<'a> SeqAccess<'a> for Items<'a> {
    type Error = Mistake;

    fn next_element_seed<T: DeserializeSeed<'a>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Mistake> {
        let Some((first, rest)) = self.items.split_first() else {
            return Ok(None);
        };
        self.items = rest;
        seed.deserialize(self.reader.within(*first)?)
            .map(Some)
            .map_err(|mistake| mistake.at(first.span))
    }
}

struct Entries<'a> {
    reader: Reader<'a>,
    map: Map<'a>,
    next: usize,
}

impl<'a> Entries<'a> {
    fn new(reader: Reader<'a>, map: Map<'a>) -> Self {
        Self {
            reader,
            map,
            next: 0,
        }
    }
}

impl<'a> MapAccess<'a> for Entries<'a> {
    type Error = Mistake;

    fn next_key_seed<K: DeserializeSeed<'a>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Mistake> {
        let Some(entry) = self.map.entries().get(self.next) else {
            return Ok(None);
        };
        self.next += 1;
        let key: de::value::BorrowedStrDeserializer<'a, Mistake> =
            de::value::BorrowedStrDeserializer::new(entry.key);
        seed.deserialize(key)
            .map(Some)
            .map_err(|mistake| mistake.at(entry.key_span))
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, Mistake> {
        let Some(entry) = self
            .next
            .checked_sub(1)
            .and_then(|at| self.map.entries().get(at))
        else {
            return Err(Mistake::new("a value without a key"));
        };
        let span = match entry.node.value {
            Value::Null => entry.key_span,
            _ => entry.node.span,
        };
        seed.deserialize(self.reader.within(entry.node)?)
            .map_err(|mistake| mistake.at(span).of(entry.key))
    }
}

/// A variant that holds something: `{get: /healthz}`.
struct Variant<'a> {
    name: &'a str,
    span: Span,
    reader: Reader<'a>,
}

impl<'a> EnumAccess<'a> for Variant<'a> {
    type Error = Mistake;
    type Variant = Reader<'a>;

    fn variant_seed<V: DeserializeSeed<'a>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Reader<'a>), Mistake> {
        let name: de::value::StrDeserializer<'_, Mistake> = self.name.into_deserializer();
        let variant = seed.deserialize(name);
        Ok((variant.map_err(|it| it.at(self.span))?, self.reader))
    }
}

impl<'a> VariantAccess<'a> for Reader<'a> {
    type Error = Mistake;

    fn unit_variant(self) -> Result<(), Mistake> {
        Err(Mistake::predicate("takes no value".to_owned()).at(self.node.span))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'a>>(self, seed: T) -> Result<T::Value, Mistake> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'a>>(self, _: usize, visitor: V) -> Result<V::Value, Mistake> {
        self.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'a>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        self.deserialize_any(visitor)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "kebab-case")]
    struct House {
        name: String,
        #[serde(default)]
        colour: Option<Colour>,
        #[serde(default)]
        doors: Vec<u8>,
        #[serde(default)]
        rooms: BTreeMap<String, Room>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Colour {
        Red,
        Mixed(Vec<String>),
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Room {
        size: f64,
    }

    fn said(text: &str) -> String {
        let source = Source::new(FileId(0), "house.yaml", text.to_owned());
        match typed::<House>(&source) {
            Ok(house) => format!("{house:?}"),
            Err(mistakes) => {
                let mistake = &mistakes[0];
                let span = mistake.span.unwrap_or_default();
                let place = source.position(span.start);
                let help = mistake.help.as_deref().unwrap_or("-");
                format!(
                    "{}:{} `{}` {} ({help})",
                    place.line,
                    place.column,
                    source.slice(span),
                    mistake.message
                )
            }
        }
    }

    #[test]
    fn what_is_right_is_read() {
        let text = "name: x\ncolour: {mixed: [a]}\ndoors: [1, 2]\nrooms: {hall: {size: 3.5}}\n";
        let house = said(text);
        assert!(house.contains(r#"Mixed(["a"])"#), "{house}");
        assert!(house.contains("doors: [1, 2]") && house.contains("size: 3.5"));
    }

    #[test]
    fn what_is_wrong_is_said_where_it_is() {
        let cases = [
            (
                "name: x\ncolor: red\n",
                "2:1 `color` unknown key `color` (did you mean `colour`?)",
            ),
            (
                "name: x\ncolour: rd\n",
                "2:9 `rd` `colour` cannot be `rd` (did you mean `red`?)",
            ),
            (
                "name: 5\n",
                "1:7 `5` `name` is a number, not a text (put it in quotes)",
            ),
            (
                "doors: []\n",
                "1:1 `doors` this file has no `name` (add `name:`)",
            ),
            (
                "name: x\ndoors: [1, a]\n",
                "2:12 `a` `doors` is a text, not u8 (-)",
            ),
            (
                "name: x\nrooms:\n  hall:\n    sise: 1\n",
                "4:5 `sise` unknown key `sise` (did you mean `size`?)",
            ),
            ("name:\n", "1:1 `name` `name` is empty, not a string (-)"),
            ("name: x\nname: y\n", "2:1 `name`"),
            (
                "name: x\n---\nname: y\n",
                "2:1 `` a second document starts here (keep one document in a file)",
            ),
        ];
        for (text, wanted) in cases {
            let got = said(text);
            assert!(got.starts_with(wanted), "{text:?}: {got}");
        }
    }

    #[test]
    fn places() {
        let text = "name: x\nrooms:\n  hall: {size: 1}\ndoors: [1, 2]\n";
        let source = Source::new(FileId(0), "house.yaml", text.to_owned());
        let at = |path| source.slice(place(&source, path));
        assert_eq!(at("name"), "x");
        assert_eq!(at("rooms.hall"), "hall");
        assert_eq!(at("rooms.hall.size"), "1");
        assert_eq!(at("doors.1"), "2");
        assert_eq!(at("rooms.attic"), "rooms");
    }
}
