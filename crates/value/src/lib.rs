//! One value with *unknown* in it: what parsers of data produce, what evaluation yields, and what
//! checks are written against.
//!
//! A [`Value`] is a `Copy` view into an [`Arena`]: a tree of them costs no reference count and no
//! free, and sharing a part of a tree (a YAML alias, a Terraform local used a thousand times) is
//! sharing a pointer. A [`Node`] is a value with the place where it was written.
//!
//! ```
//! use bastide_value::{Arena, Entry, Node, Value};
//!
//! let arena = Arena::new();
//! let port = Node::from(Value::int(80));
//! let map = Value::map(&arena, [Entry::new("port", port)]);
//! assert_eq!(map.get("port").and_then(|port| port.value.as_int()), Some(80));
//! ```
//!
//! A value that cannot be known from the files alone is [`Value::Unknown`], with the reason why.
//! It is never a silent default: a check that meets one is undecided.

mod display;
mod map;
mod unknown;

pub use bumpalo::Bump as Arena;
pub use map::{Entry, Map};
pub use unknown::{Cause, Unknown};

use bastide_source::Span;

/// A value and the place where it was written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node<'a> {
    /// The value.
    pub value: Value<'a>,
    /// Where it was written. For a value that came through a reference, the reference.
    pub span: Span,
}

/// A value. Equality is by content; an unknown equals nothing but the same unknown.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub enum Value<'a> {
    /// `null`, or nothing written after a key.
    #[default]
    Null,
    /// A truth value.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(&'a str),
    /// A list.
    List(&'a [Node<'a>]),
    /// The nested blocks of one type, in the order in which they are written (Terraform).
    Blocks(&'a [Node<'a>]),
    /// A map, an object, or the body of a block.
    Map(Map<'a>),
    /// Not to be known from the files alone.
    Unknown(&'a Unknown<'a>),
}

/// A number: whole as long as it fits, else a double.
#[derive(Clone, Copy, Debug)]
pub enum Number {
    /// A whole number.
    Int(i64),
    /// Any other.
    Float(f64),
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        match (*self, *other) {
            (Self::Int(a), Self::Int(b)) => a == b,
            (a, b) => a.as_f64() == b.as_f64(),
        }
    }
}

impl Number {
    /// The number as a double.
    pub fn as_f64(self) -> f64 {
        match self {
            Self::Int(int) => int as f64,
            Self::Float(float) => float,
        }
    }

    /// The number if it is whole and fits.
    pub fn as_int(self) -> Option<i64> {
        match self {
            Self::Int(int) => Some(int),
            Self::Float(float) if float.fract() == 0.0 && float.abs() < 9.0e18 => {
                Some(float as i64)
            }
            Self::Float(_) => None,
        }
    }
}

impl<'a> Value<'a> {
    /// A whole number.
    pub fn int(int: i64) -> Self {
        Self::Number(Number::Int(int))
    }

    /// A list in an arena.
    pub fn list(
        arena: &'a Arena,
        items: impl IntoIterator<Item = Node<'a>, IntoIter: ExactSizeIterator>,
    ) -> Self {
        Self::List(arena.alloc_slice_fill_iter(items))
    }

    /// A map in an arena. Of two entries with one key, the later holds.
    pub fn map(
        arena: &'a Arena,
        entries: impl IntoIterator<Item = Entry<'a>, IntoIter: ExactSizeIterator>,
    ) -> Self {
        Self::Map(Map::new(arena.alloc_slice_fill_iter(entries)))
    }

    /// The value at a key, if this is a map that has it.
    pub fn get(self, key: &str) -> Option<&'a Node<'a>> {
        self.as_map()?.get(key)
    }

    /// The text, if this is a string.
    pub fn as_str(self) -> Option<&'a str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value, if this is one.
    pub fn as_bool(self) -> Option<bool> {
        match self {
            Self::Bool(truth) => Some(truth),
            _ => None,
        }
    }

    /// The number, if this is a whole one.
    pub fn as_int(self) -> Option<i64> {
        match self {
            Self::Number(number) => number.as_int(),
            _ => None,
        }
    }

    /// The items, if this is a list or blocks.
    pub fn as_list(self) -> Option<&'a [Node<'a>]> {
        match self {
            Self::List(items) | Self::Blocks(items) => Some(items),
            _ => None,
        }
    }

    /// The map, if this is one.
    pub fn as_map(self) -> Option<Map<'a>> {
        match self {
            Self::Map(map) => Some(map),
            _ => None,
        }
    }

    /// Why this is not known, if so.
    pub fn as_unknown(self) -> Option<&'a Unknown<'a>> {
        match self {
            Self::Unknown(unknown) => Some(unknown),
            _ => None,
        }
    }

    /// Whether this is `null`.
    pub fn is_null(self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether this is what scripting languages hold for false: null, false, zero, or empty.
    /// The scanner whose verdicts Bastide reproduces tests many attributes so.
    pub fn is_falsy(self) -> bool {
        match self {
            Self::Null => true,
            Self::Bool(truth) => !truth,
            Self::Number(number) => number.as_f64() == 0.0,
            Self::String(text) => text.is_empty(),
            Self::List(items) | Self::Blocks(items) => items.is_empty(),
            Self::Map(map) => map.is_empty(),
            Self::Unknown(_) => false,
        }
    }

    /// The name of the value's type, for messages.
    pub fn type_name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "bool",
            Self::Number(_) => "number",
            Self::String(_) => "string",
            Self::List(_) => "list",
            Self::Blocks(_) => "block",
            Self::Map(_) => "map",
            Self::Unknown(_) => "unknown",
        }
    }
}

impl<'a> Node<'a> {
    /// A node from its parts.
    pub fn new(value: Value<'a>, span: Span) -> Self {
        Self { value, span }
    }

    /// The node at a key, if this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&'a Node<'a>> {
        self.value.get(key)
    }

    /// The node at a path of keys separated by dots, through maps alone.
    pub fn at(&self, path: &str) -> Option<&'a Node<'a>> {
        let mut keys = path.split('.');
        let first = self.get(keys.next()?)?;
        keys.try_fold(first, |node, key| node.get(key))
    }
}

impl<'a> From<Value<'a>> for Node<'a> {
    /// A node without a place, for values that nobody wrote.
    fn from(value: Value<'a>) -> Self {
        Self {
            value,
            span: Span::default(),
        }
    }
}
