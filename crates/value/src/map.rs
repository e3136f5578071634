use bastide_source::Span;

use crate::{Node, Value};

/// The entries of a map in the order in which they were written. Keys may repeat: the last holds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Map<'a> {
    entries: &'a [Entry<'a>],
}

/// One key with its value.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The key.
    pub key: &'a str,
    /// Where the key was written.
    pub key_span: Span,
    /// The value.
    pub node: Node<'a>,
}

impl<'a> Entry<'a> {
    /// An entry whose key nobody wrote.
    pub fn new(key: &'a str, node: Node<'a>) -> Self {
        Self {
            key,
            key_span: Span::default(),
            node,
        }
    }

    /// Key and value together, as written.
    pub fn span(&self) -> Span {
        if self.key_span.file == self.node.span.file {
            self.key_span.to(self.node.span)
        } else {
            self.key_span
        }
    }
}

impl<'a> Map<'a> {
    /// A map of entries.
    pub fn new(entries: &'a [Entry<'a>]) -> Self {
        Self { entries }
    }

    /// The entries as written, repeated keys included.
    pub fn entries(self) -> &'a [Entry<'a>] {
        self.entries
    }

    /// The entry of a key.
    pub fn entry(self, key: &str) -> Option<&'a Entry<'a>> {
        self.entries.iter().rev().find(|entry| entry.key == key)
    }

    /// The value at a key.
    pub fn get(self, key: &str) -> Option<&'a Node<'a>> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// Whether the key is there.
    pub fn contains(self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// Whether there is no entry.
    pub fn is_empty(self) -> bool {
        self.entries.is_empty()
    }

    /// How many entries were written.
    pub fn len(self) -> usize {
        self.entries.len()
    }
}

/// Equal if both have the same keys with equal values, in whatever order.
impl PartialEq for Map<'_> {
    fn eq(&self, other: &Self) -> bool {
        let within = |one: &Self, two: &Self| {
            one.entries.iter().all(|entry| {
                let value = |map: &Self| map.get(entry.key).map(|node| node.value);
                value(one) == value(two)
            })
        };
        within(self, other) && within(other, self)
    }
}

impl<'a> From<Map<'a>> for Value<'a> {
    fn from(map: Map<'a>) -> Self {
        Self::Map(map)
    }
}
