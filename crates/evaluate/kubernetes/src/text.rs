//! Values as the scanner whose verdicts Bastide reproduces would test or print them.

use std::borrow::Cow;

use bastide_value::{Number, Value};

/// Whether a value counts as given. An empty map does: `livenessProbe: {}` is a probe.
pub fn truthy(value: Value<'_>) -> bool {
    matches!(value, Value::Map(_)) || !value.is_falsy()
}

/// A scalar as it stands in an object's id: `True`, `None`, `1.5`.
pub fn display<'a>(value: Value<'a>) -> Cow<'a, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        Value::Null => Cow::Borrowed("None"),
        Value::Bool(true) => Cow::Borrowed("True"),
        Value::Bool(false) => Cow::Borrowed("False"),
        Value::Number(Number::Float(float)) if float.fract() == 0.0 && float.abs() < 1e16 => {
            Cow::Owned(format!("{float:.1}"))
        }
        Value::List(_) | Value::Blocks(_) | Value::Map(_) => Cow::Borrowed(value.type_name()),
        other => Cow::Owned(other.to_string()),
    }
}
