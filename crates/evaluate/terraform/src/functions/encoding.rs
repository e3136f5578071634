//! JSON and base64.

use bastide_value::{Arena, Cause, Entry, Map, Node, Number, Unknown, Value};
use serde_json::Value as Json;

use super::Args;
use crate::place::sorted;

type Result<'a> = std::result::Result<Value<'a>, Cause<'a>>;

/// An encoded value may take at most so many bytes.
const MAX_TEXT: usize = 1 << 24;

/// The text of a value with unknown parts is itself unknown; its expression then holds the text
/// with `${…}` for those parts, so that a policy can still be read.
pub(super) fn json_encode<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let mut unknown = None;
    let mut text = String::new();
    write_json(args.value(0)?, &mut text, &mut unknown);
    if text.len() > MAX_TEXT {
        return Err(Cause::Limit("the text grows too long"));
    }
    let text = args.evaluator.arena.alloc_str(&text);
    Ok(match unknown {
        None => Value::String(text),
        Some(cause) => {
            let unknown = Unknown {
                cause,
                span: args.span,
                expression: text,
            };
            Value::Unknown(args.evaluator.arena.alloc(unknown))
        }
    })
}

fn write_json<'a>(value: Value<'a>, text: &mut String, unknown: &mut Option<Cause<'a>>) {
    if text.len() > MAX_TEXT {
        return;
    }
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(truth) => text.push_str(if truth { "true" } else { "false" }),
        Value::Number(number) => text.push_str(&number.to_string()),
        Value::String(string) => write_json_text(string, text),
        Value::Unknown(part) => {
            unknown.get_or_insert(part.cause);
            if part.expression.contains("${") {
                write_json_text(part.expression, text);
            } else {
                write_json_text(&format!("${{{}}}", part.expression), text);
            }
        }
        Value::List(items) | Value::Blocks(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { "," });
                write_json(item.value, text, unknown);
            }
            text.push(']');
        }
        Value::Map(map) => {
            text.push('{');
            for (index, (key, node)) in sorted(map).into_iter().enumerate() {
                text.push_str(if index == 0 { "" } else { "," });
                write_json_text(key, text);
                text.push(':');
                write_json(node.value, text, unknown);
            }
            text.push('}');
        }
    }
}

/// A JSON string. `<`, `>` and `&` are escaped, as Terraform does.
fn write_json_text(string: &str, text: &mut String) {
    let quoted = Json::from(string).to_string();
    text.push_str(
        &quoted
            .replace('<', "\\u003c")
            .replace('>', "\\u003e")
            .replace('&', "\\u0026"),
    );
}

pub(super) fn json_decode<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let text = args.text(0)?;
    match serde_json::from_str(&text) {
        Ok(json) => Ok(from_json(args.evaluator.arena, &json)),
        Err(_) => Err(Cause::Invalid("the text is not JSON")),
    }
}

fn from_json<'a>(arena: &'a Arena, json: &Json) -> Value<'a> {
    match json {
        Json::Null => Value::Null,
        Json::Bool(truth) => Value::Bool(*truth),
        Json::Number(number) => Value::Number(
            number
                .as_i64()
                .map_or(Number::Float(number.as_f64().unwrap_or(0.0)), Number::Int),
        ),
        Json::String(text) => Value::String(arena.alloc_str(text)),
        Json::Array(items) => {
            let items: Vec<_> = items
                .iter()
                .map(|item| Node::from(from_json(arena, item)))
                .collect();
            Value::List(arena.alloc_slice_copy(&items))
        }
        Json::Object(fields) => {
            let entry = |(key, json): (&String, &Json)| {
                Entry::new(arena.alloc_str(key), Node::from(from_json(arena, json)))
            };
            let mut entries: Vec<_> = fields.iter().map(entry).collect();
            entries.sort_by_key(|entry| entry.key);
            Value::Map(Map::new(arena.alloc_slice_copy(&entries)))
        }
    }
}

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

pub(super) fn base64_encode<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    Ok(args.give(base64(args.text(0)?.as_bytes())))
}

/// Bytes as base64, padded.
pub(super) fn base64(bytes: &[u8]) -> String {
    let mut encoded = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let sextet = (bits >> (18 - 6 * place)) & 63;
            encoded.push(if place <= chunk.len() {
                BASE64[sextet as usize] as char
            } else {
                '='
            });
        }
    }
    encoded
}

pub(super) fn base64_decode<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let text = args.text(0)?;
    let mut decoded = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for byte in text.trim_end_matches('=').bytes() {
        let digit = BASE64.iter().position(|&digit| digit == byte);
        let digit = digit.ok_or(Cause::Invalid("the text is not base64"))?;
        bits = bits << 6 | digit as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            decoded.push((bits >> count) as u8);
        }
    }
    let decoded = String::from_utf8(decoded);
    Ok(args.give(decoded.map_err(|_| Cause::Invalid("what is encoded is not text"))?))
}

/// As in the query of an address: letters, digits, `-`, `_`, `.` and `~` stand, a space is `+`.
pub(super) fn url_encode<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let mut encoded = String::new();
    for byte in args.text(0)?.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                encoded.push(byte as char);
            }
            b' ' => encoded.push('+'),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    Ok(args.give(encoded))
}

/// Lines of values separated by commas, the first of which names them, as a list of maps.
pub(super) fn csv_decode<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let text = args.text(0)?;
    let mut rows = csv_rows(&text).into_iter();
    let arena = args.evaluator.arena;
    let names = rows.next().ok_or(Cause::Invalid("the text has no line"))?;
    let names: Vec<&str> = names.iter().map(|name| &*arena.alloc_str(name)).collect();
    let mut maps = Vec::new();
    for row in rows {
        if row.len() != names.len() {
            return Err(Cause::Invalid(
                "a line has more or fewer values than the first",
            ));
        }
        let fields = names.iter().zip(&row);
        let entries = fields.map(|(name, value)| Entry::new(name, Node::from(args.give(value))));
        let entries: Vec<_> = entries.collect();
        maps.push(Node::from(Value::Map(Map::new(
            arena.alloc_slice_copy(&entries),
        ))));
    }
    Ok(args.give_list(&maps))
}

/// The fields of each line (RFC 4180). A field in quotes may hold commas, line endings, and quotes
/// written twice.
fn csv_rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '"' if quoted && chars.next_if_eq(&'"').is_some() => field.push('"'),
            '"' if quoted || field.is_empty() => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut field)),
            '\r' if !quoted && chars.peek() == Some(&'\n') => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            char => field.push(char),
        }
    }
    if !field.is_empty() || !row.is_empty() {
        row.push(field);
        rows.push(row);
    }
    rows.retain(|row: &Vec<String>| row.iter().any(|field| !field.is_empty()));
    rows
}
