//! JSON and base64.

use bastide_value::{Arena, Cause, Entry, Map, Node, Number, Unknown, Value};
use serde_json::Value as Json;

use super::Args;
use crate::expression::MAX_TEXT;
use crate::place::sorted;

type Result<'a> = std::result::Result<Value<'a>, Cause<'a>>;

/// The text of a value with unknown parts is itself unknown; its expression then holds the text
/// with `${…}` for those parts, so that a policy can still be read.
pub(super) fn json_encode<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let mut writer = JsonWriter::sorted();
    writer.write(args.value(0)?);
    let (text, unknown) = writer.finish();
    args.evaluator.spend(text.len());
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

/// A value that is known as JSON.
pub(super) fn json<'a>(value: Value<'a>) -> std::result::Result<String, Cause<'a>> {
    let mut writer = JsonWriter::sorted();
    writer.write(value);
    let (text, unknown) = writer.finish();
    unknown.map_or(Ok(text), Err)
}

/// Writes values as JSON.
pub(crate) struct JsonWriter<'a> {
    text: String,
    /// Why the first of the unknown parts is so.
    unknown: Option<Cause<'a>>,
    /// Whether keys are sorted, or as they come.
    sorted: bool,
    /// How many levels deep the line is that is being written; `None` to write all on one.
    depth: Option<usize>,
}

impl<'a> JsonWriter<'a> {
    /// One that writes as `jsonencode` does.
    fn sorted() -> Self {
        Self {
            text: String::new(),
            unknown: None,
            sorted: true,
            depth: None,
        }
    }

    /// One that leaves keys as they come, and may begin a line for each.
    pub(crate) fn as_written(indented: bool) -> Self {
        Self {
            sorted: false,
            depth: indented.then_some(0),
            ..Self::sorted()
        }
    }

    /// The text, and why a part of it is not known, if so.
    pub(crate) fn finish(self) -> (String, Option<Cause<'a>>) {
        if self.text.len() > MAX_TEXT {
            return (String::new(), Some(Cause::Limit("the text grows too long")));
        }
        (self.text, self.unknown)
    }

    pub(crate) fn write(&mut self, value: Value<'a>) {
        if self.text.len() > MAX_TEXT {
            return;
        }
        match value {
            Value::Null => self.text.push_str("null"),
            Value::Bool(truth) => self.text.push_str(if truth { "true" } else { "false" }),
            Value::Number(number) => self.text.push_str(&number.to_string()),
            Value::String(string) => write_json_text(string, &mut self.text),
            Value::Unknown(part) => {
                self.unknown.get_or_insert(part.cause);
                if part.expression.contains("${") {
                    write_json_text(part.expression, &mut self.text);
                } else {
                    write_json_text(&format!("${{{}}}", part.expression), &mut self.text);
                }
            }
            Value::List(items) | Value::Blocks(items) => {
                self.between(['[', ']'], items.iter(), |writer, item| {
                    writer.write(item.value);
                });
            }
            Value::Map(map) => {
                let entries = match self.sorted {
                    true => sorted(map),
                    false => map.entries().iter().map(|it| (it.key, &it.node)).collect(),
                };
                self.between(['{', '}'], entries.into_iter(), |writer, (key, node)| {
                    write_json_text(key, &mut writer.text);
                    writer.text.push(':');
                    if writer.depth.is_some() {
                        writer.text.push(' ');
                    }
                    writer.write(node.value);
                });
            }
        }
    }

    fn between<T>(
        &mut self,
        [open, close]: [char; 2],
        items: impl ExactSizeIterator<Item = T>,
        write: impl Fn(&mut Self, T),
    ) {
        self.text.push(open);
        let some = items.len() > 0;
        self.depth = self.depth.map(|depth| depth + 1);
        for (index, item) in items.enumerate() {
            self.text.push_str(if index == 0 { "" } else { "," });
            self.begin_line();
            write(self, item);
        }
        self.depth = self.depth.map(|depth| depth - 1);
        if some {
            self.begin_line();
        }
        self.text.push(close);
    }

    fn begin_line(&mut self) {
        if let Some(depth) = self.depth {
            self.text.push('\n');
            self.text.push_str(&"  ".repeat(depth));
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

/// JSON as a value.
pub(crate) fn from_json<'a>(arena: &'a Arena, json: &Json) -> Value<'a> {
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
    let decoded = String::from_utf8(from_base64(&args.text(0)?)?);
    decoded
        .map(|text| args.give(text))
        .map_err(|_| Cause::Invalid("the decoded bytes are no text"))
}

/// The bytes that a text in base64 stands for.
fn from_base64<'a>(text: &str) -> std::result::Result<Vec<u8>, Cause<'a>> {
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
    Ok(decoded)
}

/// A text in another encoding, as base64.
pub(super) fn text_encode_base64<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let text = args.text(0)?;
    let encoding = Encoding::of(&args.text(1)?)?;
    let bytes = match encoding {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        Encoding::Latin1 => text
            .chars()
            .map(u8::try_from)
            .collect::<std::result::Result<_, _>>()
            .map_err(|_| Cause::Invalid("the encoding has not all characters of the text"))?,
    };
    Ok(args.give(base64(&bytes)))
}

/// A text from base64 and another encoding.
pub(super) fn text_decode_base64<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let bytes = from_base64(&args.text(0)?)?;
    let wide = |unit: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().copied().map(unit).collect();
        String::from_utf16(&units).ok().filter(|_| rest.is_empty())
    };
    let text = match Encoding::of(&args.text(1)?)? {
        Encoding::Utf8 => String::from_utf8(bytes).ok(),
        Encoding::Utf16Le => wide(u16::from_le_bytes),
        Encoding::Utf16Be => wide(u16::from_be_bytes),
        Encoding::Latin1 => Some(bytes.iter().copied().map(char::from).collect()),
    };
    let text = text.ok_or(Cause::Invalid("the bytes are no text in this encoding"))?;
    Ok(args.give(text))
}

/// An encoding of text. Terraform knows more, all of old systems.
#[derive(Clone, Copy)]
enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Latin1,
}

impl Encoding {
    fn of<'a>(name: &str) -> std::result::Result<Self, Cause<'a>> {
        Ok(match name.to_ascii_lowercase().as_str() {
            "utf-8" => Self::Utf8,
            "utf-16le" => Self::Utf16Le,
            "utf-16be" => Self::Utf16Be,
            "iso-8859-1" => Self::Latin1,
            _ => return Err(Cause::Function("textencodebase64")),
        })
    }
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
