use std::borrow::Cow;
use std::fmt::{self, Write};

use bastide_value::{Cause, Number, Unknown, Value};

use super::clause::Operand;

/// A value as Checkov's comparisons see it: what is not known is the text that was written.
#[derive(Clone, Debug)]
pub(super) enum Datum<'a> {
    Null,
    Bool(bool),
    Number(Number),
    Text(Cow<'a, str>),
    List(Vec<Datum<'a>>),
    Map(Vec<(Cow<'a, str>, Datum<'a>)>),
}

/// Shared parts of values may unfold without end: deeper than this is nothing.
const MAX_DEPTH: u32 = 24;

impl<'a> Datum<'a> {
    pub(super) fn new(value: Value<'a>) -> Self {
        Self::at_depth(value, 0)
    }

    fn at_depth(value: Value<'a>, depth: u32) -> Self {
        if depth > MAX_DEPTH {
            return Self::Null;
        }
        match value {
            Value::Null => Self::Null,
            Value::Bool(truth) => Self::Bool(truth),
            Value::Number(number) => Self::Number(number),
            Value::String(text) => Self::evaluated(text),
            Value::Blocks([only]) => Self::at_depth(only.value, depth),
            Value::List(items) | Value::Blocks(items) => Self::List(
                items
                    .iter()
                    .map(|item| Self::at_depth(item.value, depth + 1))
                    .collect(),
            ),
            Value::Map(map) => {
                let entries = map.entries().iter();
                let entry = |entry: &bastide_value::Entry<'a>| {
                    let datum = Self::at_depth(entry.node.value, depth + 1);
                    (Cow::Borrowed(entry.key), datum)
                };
                Self::Map(entries.map(entry).collect())
            }
            Value::Unknown(unknown) => Self::Text(match unknown.cause {
                // It was found out where the variable is declared, not where it is used.
                Cause::NoDefault(name) => format!("var.{name}").into(),
                _ => written(unknown).into(),
            }),
        }
    }

    /// A text as Checkov leaves it after evaluation: what says a truth value is one, and an object of
    /// JSON is a map.
    fn evaluated(text: &'a str) -> Self {
        match text {
            "true" => Self::Bool(true),
            "false" => Self::Bool(false),
            text if text.starts_with('{') => {
                Self::from_json(text).unwrap_or(Self::Text(text.into()))
            }
            text => Self::Text(text.into()),
        }
    }

    /// What a text of JSON says.
    pub(super) fn from_json(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok().map(Self::decoded)
    }

    fn decoded(value: serde_json::Value) -> Self {
        use serde_json::Value as Json;
        match value {
            Json::Null => Self::Null,
            Json::Bool(truth) => Self::Bool(truth),
            Json::Number(number) => Self::Number(match number.as_i64() {
                Some(int) => Number::Int(int),
                None => Number::Float(number.as_f64().unwrap_or_default()),
            }),
            Json::String(text) => Self::Text(text.into()),
            Json::Array(items) => Self::List(items.into_iter().map(Self::decoded).collect()),
            Json::Object(entries) => {
                let entries = entries.into_iter();
                Self::Map(
                    entries
                        .map(|(key, value)| (key.into(), Self::decoded(value)))
                        .collect(),
                )
            }
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(entries) => entries
                .iter()
                .rev()
                .find(|(name, _)| name == key)
                .map(|(_, datum)| datum),
            _ => None,
        }
    }

    /// Whether it is an expression that was not evaluated.
    pub(super) fn is_reference(&self) -> bool {
        matches!(self, Self::Text(text) if is_reference(text))
    }

    /// What Python's `str` makes of it.
    pub(super) fn to_text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            other => Cow::Owned(other.to_string()),
        }
    }

    /// What Python's `needle in self` says, if it says anything.
    pub(super) fn holds(&self, needle: &Self) -> Option<bool> {
        match (self, needle) {
            (Self::Text(text), Self::Text(part)) => Some(text.contains(&**part)),
            (Self::List(items), _) => Some(items.contains(needle)),
            (Self::Map(entries), Self::Text(key)) => {
                Some(entries.iter().any(|(name, _)| name == key))
            }
            (Self::Map(_), _) => Some(false),
            _ => None,
        }
    }

    /// How many items or characters there are.
    pub(super) fn len(&self) -> Option<usize> {
        match self {
            Self::Text(text) => Some(text.chars().count()),
            Self::List(items) => Some(items.len()),
            Self::Map(entries) => Some(entries.len()),
            _ => None,
        }
    }

    /// The whole number that it is or says.
    pub(super) fn to_int(&self) -> Option<i64> {
        match self {
            Self::Bool(truth) => Some(i64::from(*truth)),
            Self::Number(Number::Int(int)) => Some(*int),
            Self::Number(Number::Float(float)) if float.is_finite() => Some(float.trunc() as i64),
            Self::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// The number that it is or says.
    pub(super) fn to_float(&self) -> Option<f64> {
        match self {
            Self::Bool(truth) => Some(f64::from(u8::from(*truth))),
            Self::Number(number) => Some(number.as_f64()),
            Self::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }
}

impl From<Operand> for Datum<'static> {
    fn from(operand: Operand) -> Self {
        match operand {
            Operand::None => Self::Null,
            Operand::Bool(truth) => Self::Bool(truth),
            Operand::Number(number) if number.fract() == 0.0 && number.abs() < 9.0e15 => {
                Self::Number(Number::Int(number as i64))
            }
            Operand::Number(number) => Self::Number(Number::Float(number)),
            Operand::Text(text) => Self::Text(text.into()),
            Operand::List(items) => Self::List(items.iter().copied().map(Self::from).collect()),
            Operand::Map(entries) => Self::Map(
                entries
                    .iter()
                    .map(|&(key, operand)| (key.into(), operand.into()))
                    .collect(),
            ),
        }
    }
}

impl PartialEq for Datum<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(one), Self::Bool(two)) => one == two,
            // As in Python, a truth value is a number too.
            (Self::Bool(truth), Self::Number(number))
            | (Self::Number(number), Self::Bool(truth)) => {
                number.as_f64() == f64::from(u8::from(*truth))
            }
            (Self::Number(one), Self::Number(two)) => one == two,
            (Self::Text(one), Self::Text(two)) => one == two,
            (Self::List(one), Self::List(two)) => one == two,
            (Self::Map(one), Self::Map(two)) => {
                one.len() == two.len()
                    && one.iter().all(|(key, datum)| other.get(key) == Some(datum))
            }
            _ => false,
        }
    }
}

/// As Python's `str` shows it.
impl fmt::Display for Datum<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = |f: &mut fmt::Formatter<'_>, datum: &Self| match datum {
            Self::Text(text) => write!(f, "'{text}'"),
            other => write!(f, "{other}"),
        };
        match self {
            Self::Null => f.write_str("None"),
            Self::Bool(true) => f.write_str("True"),
            Self::Bool(false) => f.write_str("False"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => f.write_str(text),
            Self::List(items) => {
                f.write_char('[')?;
                for (index, item) in items.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { ", " })?;
                    quoted(f, item)?;
                }
                f.write_char(']')
            }
            Self::Map(entries) => {
                f.write_char('{')?;
                for (index, (key, datum)) in entries.iter().enumerate() {
                    let comma = if index == 0 { "" } else { ", " };
                    write!(f, "{comma}'{key}': ")?;
                    quoted(f, datum)?;
                }
                f.write_char('}')
            }
        }
    }
}

/// An expression as Checkov's parser leaves it: without the quotes or the marks of a heredoc, and
/// without `${ }` if that is all there is.
fn written<'a>(unknown: &Unknown<'a>) -> &'a str {
    let text = unknown.expression;
    if text.starts_with("<<") {
        let inner = text.split_once('\n').map_or("", |(_, rest)| rest);
        return inner.rsplit_once('\n').map_or(inner, |(body, _)| body);
    }
    let text = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .unwrap_or(text);
    text.strip_prefix("${")
        .and_then(|text| text.strip_suffix('}'))
        .filter(|text| !text.contains("${"))
        .map_or(text, str::trim)
}

/// Whether a text is an expression of Terraform that was not evaluated.
fn is_reference(text: &str) -> bool {
    const STARTS: [&str; 18] = [
        "var.",
        "local.",
        "module.",
        "data.",
        "aws_",
        "azurerm_",
        "azuread_",
        "digitalocean_",
        "google_",
        "github_",
        "kubernetes_",
        "linode_",
        "oci_",
        "openstack_",
        "yandex_",
        "lookup(",
        "list(",
        "file(",
    ];
    STARTS.iter().any(|start| text.starts_with(start)) || text.contains("${")
}
