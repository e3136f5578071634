//! Conversion between types, as Terraform converts by itself.

use std::borrow::Cow;

use bastide_value::{Number, Value};

/// A scalar as text. `None` for what is no scalar, and for `null`.
pub(crate) fn to_text<'a>(value: Value<'a>) -> Option<Cow<'a, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Bool(truth) => Some(Cow::Borrowed(if truth { "true" } else { "false" })),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        _ => None,
    }
}

/// A number, also from text.
pub(crate) fn to_number(value: Value<'_>) -> Option<Number> {
    match value {
        Value::Number(number) => Some(number),
        Value::String(text) => number_from_text(text),
        _ => None,
    }
}

/// A truth value, also from text.
pub(crate) fn to_bool(value: Value<'_>) -> Option<bool> {
    match value {
        Value::Bool(truth) => Some(truth),
        Value::String("true" | "1") => Some(true),
        Value::String("false" | "0") => Some(false),
        _ => None,
    }
}

fn number_from_text(text: &str) -> Option<Number> {
    if let Ok(int) = text.parse() {
        return Some(Number::Int(int));
    }
    // Rust also reads `inf` and `nan`, Terraform does not.
    let numeric = text.starts_with(|first: char| first.is_ascii_digit() || first == '-');
    let float: f64 = text
        .parse()
        .ok()
        .filter(|float: &f64| numeric && float.is_finite())?;
    Some(number(float))
}

/// The number that a double stands for: whole if it is.
pub(crate) fn number(float: f64) -> Number {
    Number::Float(float)
        .as_int()
        .map_or(Number::Float(float), Number::Int)
}
