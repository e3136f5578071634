//! The entries of a mapping: keys, repeated keys, merge keys.

use std::collections::HashSet;

use bastide_source::{Diagnostic, Span};
use bastide_value::{Entry, Map, Value};

use crate::MAX_MERGED;
use crate::cursor::{Error, Parser, Result};
use crate::node::{Composed, Tag};

/// After so many warnings about a file, further ones say nothing new.
const MAX_WARNINGS: usize = 100;

/// In mappings up to this size, comparing all keys with each other is the fastest way.
const SMALL: usize = 16;

/// A key that was taken.
#[derive(Clone, Copy)]
pub(crate) struct Key<'a> {
    text: &'a str,
    span: Span,
    /// Whether this is `<<`.
    merges: bool,
}

/// A mapping that is not yet whole.
pub(crate) struct Gathering<'a> {
    /// Where its own entries start among those that are gathered.
    mark: usize,
    /// The entries of the mappings that are merged into it; the later of two equal keys holds.
    merged: Vec<Entry<'a>>,
}

impl<'a> Gathering<'a> {
    #[inline]
    pub(crate) fn new(entries: &[Entry<'a>]) -> Self {
        Self {
            mark: entries.len(),
            merged: Vec::new(),
        }
    }
}

impl<'a> Parser<'a> {
    /// A node as a key: a scalar, whose text it is.
    #[inline]
    pub(crate) fn key(&mut self, node: Composed<'a>) -> Result<Key<'a>> {
        let Composed::Scalar(scalar) = node else {
            return Err(self.unhashable(node.span()));
        };
        let merges = match scalar.tag {
            Tag::Str | Tag::Default => false,
            Tag::Merge => true,
            Tag::Resolve if scalar.text == "<<" => true,
            Tag::Resolve if scalar.text == "=" => false,
            _ => {
                // A key must make sense as a value too, though only its text counts.
                let value = self.scalar_value(scalar)?;
                if value.as_map().is_some() || value.as_list().is_some() {
                    return Err(self.unhashable(scalar.span));
                }
                false
            }
        };
        Ok(Key {
            text: scalar.text,
            span: scalar.span,
            merges,
        })
    }

    /// Adds an entry to a mapping.
    #[inline]
    pub(crate) fn insert(
        &mut self,
        map: &mut Gathering<'a>,
        key: Key<'a>,
        value: Composed<'a>,
    ) -> Result<()> {
        if key.merges {
            return self.merge(map, value);
        }
        let node = self.value(value)?;
        self.entries.push(Entry {
            key: key.text,
            key_span: key.span,
            node,
        });
        Ok(())
    }

    /// The mapping, put into the arena.
    #[inline]
    pub(crate) fn gathered(&mut self, map: Gathering<'a>) -> Map<'a> {
        self.warn_of_repeated(map.mark);
        let own = &self.entries[map.mark..];
        let entries = if map.merged.is_empty() {
            self.arena.alloc_slice_copy(own)
        } else {
            let all = overridden(map.merged, own);
            self.arena.alloc_slice_copy(&all)
        };
        self.entries.truncate(map.mark);
        Map::new(entries)
    }

    /// Adds the entries of a mapping, or of a list of mappings of which the first holds.
    fn merge(&mut self, map: &mut Gathering<'a>, value: Composed<'a>) -> Result<()> {
        let Composed::Collection(node) = value else {
            return Err(self.unmergeable(value.span()));
        };
        match node.value {
            Value::Map(other) => self.merge_map(map, other, node.span),
            Value::List(items) => items.iter().rev().try_for_each(|item| match item.value {
                Value::Map(other) => self.merge_map(map, other, item.span),
                _ => Err(self.unmergeable(item.span)),
            }),
            _ => Err(self.unmergeable(node.span)),
        }
    }

    fn merge_map(&mut self, map: &mut Gathering<'a>, other: Map<'a>, span: Span) -> Result<()> {
        self.merged += other.len();
        if self.merged > MAX_MERGED {
            let message = format!("merge keys bring in more than {MAX_MERGED} entries");
            return Err(self.error_in(span, message, "split the file"));
        }
        map.merged.extend_from_slice(other.entries());
        Ok(())
    }

    fn unmergeable(&self, span: Span) -> Error {
        let message = "only a mapping, or a list of mappings, can be merged";
        let help = "give `<<` an alias to a mapping, or quote it if it is an ordinary key";
        self.error_in(span, message, help)
    }

    /// The error that a mapping or sequence is where a key must be.
    pub(crate) fn unhashable(&self, span: Span) -> Error {
        let written = self.text.get(span.range()).unwrap_or_default();
        let before = self.slice(
            span.start as usize - usize::from(span.start > 0),
            span.start as usize,
        );
        let message = "a mapping or sequence cannot be a key";
        if written.starts_with('{') && (before == "{" || written.starts_with("{{")) {
            self.error_in(span, message, "quote the placeholder: `\"{{ … }}\"`")
        } else {
            self.error_in(span, message, "quote the key if it is a text")
        }
    }

    #[inline]
    fn warn_of_repeated(&mut self, mark: usize) {
        let entries = &self.entries[mark..];
        if entries.len() <= SMALL {
            for (index, entry) in entries.iter().enumerate() {
                if entries[..index].iter().any(|other| other.key == entry.key) {
                    warn(&mut self.diagnostics, entry);
                }
            }
        } else {
            let mut seen = HashSet::with_capacity(entries.len());
            for entry in entries {
                if !seen.insert(entry.key) {
                    warn(&mut self.diagnostics, entry);
                }
            }
        }
    }
}

#[cold]
fn warn(diagnostics: &mut Vec<Diagnostic>, entry: &Entry<'_>) {
    if diagnostics.len() < MAX_WARNINGS {
        let message = format!("the key `{}` is repeated", entry.key);
        let warning = Diagnostic::warning(entry.key_span, message);
        diagnostics.push(warning.help("remove one of them: the last one holds"));
    }
}

/// Merged entries that nothing overrides, and then the mapping's own.
fn overridden<'a>(merged: Vec<Entry<'a>>, own: &[Entry<'a>]) -> Vec<Entry<'a>> {
    let mut seen: HashSet<&str> = own.iter().map(|entry| entry.key).collect();
    let mut all: Vec<_> = merged
        .into_iter()
        .rev()
        .filter(|entry| seen.insert(entry.key))
        .collect();
    all.reverse();
    all.extend_from_slice(own);
    all
}
