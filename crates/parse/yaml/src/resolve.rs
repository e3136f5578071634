//! What a plain scalar is: YAML 1.1's implicit types.

use bastide_value::Value;

use crate::{number, timestamp};

/// What a plain scalar is.
pub(crate) enum Resolved<'a> {
    Value(Value<'a>),
    /// One of the texts that mean something as a key alone, or nothing yet: `<<`, `=`.
    Reserved,
    /// It looks like what is named, but is none.
    Malformed(&'static str),
}

/// What a plain scalar is.
#[inline]
pub(crate) fn resolve(text: &str) -> Resolved<'_> {
    match text.as_bytes() {
        [] => Resolved::Value(Value::Null),
        [b'0'..=b'9' | b'+' | b'-' | b'.', ..] => number_or_timestamp(text),
        [
            b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~',
            ..,
        ] if text.len() <= "false".len() => Resolved::Value(word(text)),
        b"<<" | b"=" | b"!" | b"&" | b"*" => Resolved::Reserved,
        _ => Resolved::Value(Value::String(text)),
    }
}

fn word(text: &str) -> Value<'_> {
    match text {
        "~" | "null" | "Null" | "NULL" => Value::Null,
        "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => Value::Bool(true),
        "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Value::Bool(false)
        }
        _ => Value::String(text),
    }
}

fn number_or_timestamp(text: &str) -> Resolved<'_> {
    let number = if number::is_int(text) {
        number::int(text)
    } else if number::is_float(text) {
        number::float(text)
    } else if timestamp::is_timestamp(text) && !timestamp::is_valid(text) {
        return Resolved::Malformed("timestamp");
    } else {
        return Resolved::Value(Value::String(text));
    };
    number.map_or(Resolved::Malformed("number"), |number| {
        Resolved::Value(Value::Number(number))
    })
}
