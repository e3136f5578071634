//! YAML.

use std::fmt::Write;

use bastide_source::Source;
use bastide_value::{Arena, Cause, Entry, Map, Node, Value};

use super::Args;
use crate::expression::MAX_TEXT;
use crate::place::sorted;

type Result<'a, T = Value<'a>> = std::result::Result<T, Cause<'a>>;

/// A YAML document may unfold to at most so many nodes: aliases share them until they are copied.
const MAX_NODES: usize = 1 << 20;

/// YAML with everything quoted, as Terraform writes it.
pub(super) fn encode<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let mut text = String::new();
    write_yaml(args.value(0)?, 0, false, &mut text)?;
    Ok(args.give(text))
}

fn write_yaml<'a>(
    value: Value<'a>,
    indent: usize,
    in_list: bool,
    text: &mut String,
) -> Result<'a, ()> {
    if text.len() > MAX_TEXT {
        return Err(Cause::Limit("the text grows too long"));
    }
    match value {
        Value::Unknown(unknown) => return Err(unknown.cause),
        Value::List([]) | Value::Blocks([]) => text.push_str("[]\n"),
        Value::List(items) | Value::Blocks(items) => {
            for (index, item) in items.iter().enumerate() {
                if index > 0 || !in_list {
                    let _ = write!(text, "{:indent$}", "");
                }
                text.push_str("- ");
                write_yaml(item.value, indent + 2, true, text)?;
            }
        }
        Value::Map(map) if map.is_empty() => text.push_str("{}\n"),
        Value::Map(map) => {
            for (index, (key, node)) in sorted(map).into_iter().enumerate() {
                if index > 0 || !in_list {
                    let _ = write!(text, "{:indent$}", "");
                }
                let _ = write!(text, "{}:", serde_json::Value::from(key));
                match node.value {
                    Value::List([_, ..]) | Value::Blocks([_, ..]) => {
                        text.push('\n');
                        write_yaml(node.value, indent, false, text)?;
                    }
                    Value::Map(map) if !map.is_empty() => {
                        text.push('\n');
                        write_yaml(node.value, indent + 2, false, text)?;
                    }
                    value => {
                        text.push(' ');
                        write_yaml(value, indent + 2, false, text)?;
                    }
                }
            }
        }
        Value::String(string) if string.contains('\n') => {
            let body = string.strip_suffix('\n');
            text.push_str(if body.is_some() { "|\n" } else { "|-\n" });
            for line in body.unwrap_or(string).split('\n') {
                let pad = if line.is_empty() { 0 } else { indent };
                let _ = writeln!(text, "{:pad$}{line}", "");
            }
        }
        Value::String(string) => {
            let _ = writeln!(text, "{}", serde_json::Value::from(string));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {
            let _ = writeln!(text, "{value}");
        }
    }
    Ok(())
}

/// YAML of one document. Terraform mixes versions: `yes` is a truth value as in 1.1, but `1:30` is a
/// text and `010` is ten as in 1.2.
pub(super) fn decode<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let text = args.text(0)?.into_owned();
    let source = Source::new(Default::default(), "", text);
    let arena = Arena::new();
    let stream = bastide_yaml::parse(&source, &arena);
    match stream.documents.as_slice() {
        _ if !stream.diagnostics.is_empty() => Err(Cause::Invalid("the text is not YAML")),
        [] => Ok(Value::Null),
        [document] => {
            let mut left = MAX_NODES;
            decoded(args, &source, &document.root, &mut left)
        }
        _ => Err(Cause::Invalid("the text is more than one YAML document")),
    }
}

fn decoded<'a>(
    args: &Args<'_, 'a>,
    source: &Source,
    node: &Node<'_>,
    left: &mut usize,
) -> Result<'a> {
    *left = left
        .checked_sub(1)
        .ok_or(Cause::Limit("the document unfolds to too much"))?;
    let arena = args.evaluator.arena;
    let written = source.slice(node.span);
    Ok(match node.value {
        Value::Number(_) | Value::String(_) if let Some(value) = resolved(written) => value,
        Value::Number(_) if written.contains([':', '_']) => args.give(written),
        Value::Bool(truth) => Value::Bool(truth),
        Value::Number(number) => Value::Number(number),
        Value::String(text) if text == written && is_date(text) => {
            args.give(format!("{text}T00:00:00Z"))
        }
        Value::String(text) => args.give(text),
        Value::List(items) | Value::Blocks(items) => {
            let mut nodes = Vec::with_capacity(items.len());
            for item in items {
                nodes.push(Node::from(decoded(args, source, item, left)?));
            }
            args.give_list(&nodes)
        }
        Value::Map(map) => {
            let mut entries = Vec::with_capacity(map.len());
            for (key, node) in sorted(map) {
                let value = decoded(args, source, node, left)?;
                entries.push(Entry::new(arena.alloc_str(key), Node::from(value)));
            }
            Value::Map(Map::new(arena.alloc_slice_copy(&entries)))
        }
        Value::Null | Value::Unknown(_) => Value::Null,
    })
}

/// The number that a plain text is in YAML 1.2, but not in 1.1.
fn resolved<'a>(written: &str) -> Option<Value<'a>> {
    let octal = written.strip_prefix("0o");
    let decimal = written.strip_prefix('0').filter(|rest| !rest.is_empty());
    match (octal, decimal) {
        (Some(digits), _) => i64::from_str_radix(digits, 8).ok().map(Value::int),
        (None, Some(digits)) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            digits.parse().ok().map(Value::int)
        }
        _ => None,
    }
}

/// Whether a plain text is a date alone, which becomes a moment.
fn is_date(text: &str) -> bool {
    let digit_or_dash = |(at, byte): (usize, u8)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    text.len() == 10 && text.bytes().enumerate().all(digit_or_dash)
}
