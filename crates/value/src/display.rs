use std::fmt;

use crate::{Number, Value};

/// Deeper, and after so many items, a list or map is shown as `…`: what is shown is for people, and
/// a tree with shared parts may be far larger than what was written.
const SHOWN: usize = 8;

/// As JSON would show it, for messages; an unknown as the expression that was written.
impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(*self, f, 0)
    }
}

fn show(value: Value<'_>, f: &mut fmt::Formatter<'_>, depth: usize) -> fmt::Result {
    match value {
        Value::Null => f.write_str("null"),
        Value::Bool(truth) => write!(f, "{truth}"),
        Value::Number(number) => write!(f, "{number}"),
        Value::String(text) => write!(f, "{text:?}"),
        Value::Unknown(unknown) => f.write_str(unknown.expression),
        Value::List(items) | Value::Blocks(items) => {
            joined(f, ("[", "]"), depth, items, |item, f| {
                show(item.value, f, depth + 1)
            })
        }
        Value::Map(map) => joined(f, ("{", "}"), depth, map.entries(), |entry, f| {
            write!(f, "{:?}: ", entry.key)?;
            show(entry.node.value, f, depth + 1)
        }),
    }
}

fn joined<T>(
    f: &mut fmt::Formatter<'_>,
    (open, close): (&str, &str),
    depth: usize,
    items: &[T],
    show: impl Fn(&T, &mut fmt::Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    f.write_str(open)?;
    for (index, item) in items.iter().enumerate() {
        f.write_str(if index == 0 { "" } else { ", " })?;
        if index == SHOWN || depth == SHOWN {
            f.write_str("…")?;
            break;
        }
        show(item, f)?;
    }
    f.write_str(close)
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(int) => write!(f, "{int}"),
            Self::Float(float) => write!(f, "{float}"),
        }
    }
}
