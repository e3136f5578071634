//! The block context: mappings and sequences by indentation.

use bastide_value::{Node, Value};

use crate::cursor::{Column, OUTSIDE, Parser, Result};
use crate::mapping::{Gathering, Key};
use crate::node::Composed;
use crate::properties::Properties;

/// A simple key is this long at most, in characters, and on one line (YAML 1.1, 7.3.3).
const MAX_KEY: usize = 1024;

/// What may come before the content of a node: on lines of their own, the properties of a block
/// collection; on its line, those of the content, which may be the first key of a collection.
struct Lead<'a> {
    collection: Properties<'a>,
    content: Properties<'a>,
}

impl<'a> Parser<'a> {
    /// The node here, which belongs to a collection at column `parent`: what is not right of that
    /// column belongs to others. Only as the value of a mapping may a sequence or a block scalar start
    /// right at it.
    pub(crate) fn block_node(&mut self, parent: Column, of_mapping: bool) -> Result<Composed<'a>> {
        let mut lead = Lead {
            collection: Properties::NONE,
            content: Properties::NONE,
        };
        loop {
            let (line, column) = (self.line_start, self.column);
            if column == parent && of_mapping && self.at_indicator(b'-') {
                return self.collection(lead.collection, |parser| parser.block_sequence(column));
            }
            if column == parent && of_mapping && matches!(self.peek(), b'|' | b'>') {
                let scalar = self.block_scalar(parent)?;
                return self.leaf(lead.collection, scalar);
            }
            if column <= parent {
                return self.empty(lead.collection);
            }
            let may_be_key = self.key_allowed;
            let start = self.pos;
            while matches!(self.peek(), b'&' | b'!')
                && self.line_start == line
                && self.column != OUTSIDE
            {
                self.property(&mut lead.content)?;
                self.skip();
            }
            if self.line_start == line && self.column != OUTSIDE {
                return self.content(parent, lead, (start, column), may_be_key);
            }
            let of_this_line = std::mem::replace(&mut lead.content, Properties::NONE);
            self.combine(&mut lead.collection, of_this_line)?;
        }
    }

    /// The node here, whose properties were taken from `start` on, where `column` is.
    #[inline]
    fn content(
        &mut self,
        parent: Column,
        mut lead: Lead<'a>,
        (start, column): (usize, Column),
        may_be_key: bool,
    ) -> Result<Composed<'a>> {
        let line = self.line_start;
        match self.peek() {
            b'-' if self.blank(self.pos + 1) => {
                if !self.key_allowed {
                    return Err(self.unexpected("a value"));
                }
                return self.collection(lead.collection, |parser| parser.block_sequence(column));
            }
            b'?' if self.blank(self.pos + 1) => {
                if !self.key_allowed {
                    return Err(self.unexpected("a value"));
                }
                return self.collection(lead.collection, |parser| {
                    parser.block_mapping(column, start, None)
                });
            }
            b'|' | b'>' => {
                self.combine(&mut lead.content, lead.collection)?;
                let scalar = self.block_scalar(parent)?;
                return self.leaf(lead.content, scalar);
            }
            b'[' | b'{' => {
                self.combine(&mut lead.content, lead.collection)?;
                let node = self.flow_collection(lead.content)?;
                if self.at_value(start, line) {
                    return Err(self.unhashable(node.span()));
                }
                return Ok(node);
            }
            b'*' => {
                let node = self.alias(lead.content)?;
                if may_be_key && self.at_value(start, line) {
                    return self.mapping_from(lead.collection, column, start, node);
                }
                self.without_properties(lead.collection)?;
                return Ok(node);
            }
            _ => {}
        }
        let scalar = match self.peek() {
            b'"' | b'\'' => self.quoted()?,
            _ if self.at_plain() => self.plain(parent),
            _ => return Err(self.unexpected("a value")),
        };
        if may_be_key && self.at_value(start, line) {
            let key = self.leaf(lead.content, scalar)?;
            return self.mapping_from(lead.collection, column, start, key);
        }
        self.combine(&mut lead.content, lead.collection)?;
        self.leaf(lead.content, scalar)
    }

    /// Whether the `:` of a simple key is here that starts at an offset on a line.
    #[inline]
    fn at_value(&mut self, start: usize, line: usize) -> bool {
        if self.line_start != line {
            return false;
        }
        self.skip_spaces();
        self.at_indicator(b':') && self.is_short(start)
    }

    /// Whether what is between an offset and here can be a simple key.
    #[inline]
    pub(crate) fn is_short(&self, start: usize) -> bool {
        self.pos - start <= MAX_KEY || self.slice(start, self.pos).chars().count() <= MAX_KEY
    }

    fn mapping_from(
        &mut self,
        properties: Properties<'a>,
        column: Column,
        start: usize,
        key: Composed<'a>,
    ) -> Result<Composed<'a>> {
        let key = self.key(key)?;
        self.collection(properties, |parser| {
            parser.block_mapping(column, start, Some(key))
        })
    }

    /// The mapping at a column. Here is the `:` of its first key, or a `?` if there is none yet.
    fn block_mapping(
        &mut self,
        column: Column,
        start: usize,
        first: Option<Key<'a>>,
    ) -> Result<Node<'a>> {
        let mut map = Gathering::new(&self.entries);
        let mut next = first;
        loop {
            let (key, value) = match next {
                Some(key) => {
                    self.take(1);
                    self.key_allowed = false;
                    self.skip();
                    (key, self.block_node(column, true)?)
                }
                None => self.explicit_entry(column)?,
            };
            self.insert(&mut map, key, value)?;
            self.skip();
            if self.column < column {
                break;
            }
            if self.column > column || self.at_indicator(b':') {
                return Err(self.unexpected("the next key, in the column of the first"));
            }
            next = if self.at_indicator(b'?') {
                None
            } else {
                Some(self.simple_key(column)?)
            };
        }
        let entries = self.gathered(map);
        let span = self.span(start, self.token_end);
        Ok(Node::new(Value::Map(entries), span))
    }

    /// The entry whose `?` is here.
    fn explicit_entry(&mut self, column: Column) -> Result<(Key<'a>, Composed<'a>)> {
        let key = self.after_indicator(column, true)?;
        let key = self.key(key)?;
        self.skip();
        let value = if self.column == column && self.at_indicator(b':') {
            self.after_indicator(column, true)?
        } else {
            self.empty(Properties::NONE)?
        };
        Ok((key, value))
    }

    /// The node after the indicator here, in which a block collection may start on the same line.
    fn after_indicator(&mut self, column: Column, of_mapping: bool) -> Result<Composed<'a>> {
        self.take(1);
        self.key_allowed = true;
        self.skip();
        self.block_node(column, of_mapping)
    }

    /// The key here, whose `:` must follow on the line.
    #[inline]
    fn simple_key(&mut self, column: Column) -> Result<Key<'a>> {
        let (start, line) = (self.pos, self.line_start);
        let mut properties = Properties::NONE;
        while matches!(self.peek(), b'&' | b'!') && self.line_start == line {
            self.property(&mut properties)?;
            self.skip();
        }
        let key = match self.peek() {
            b'*' => self.alias(properties)?,
            b'[' | b'{' => self.flow_collection(properties)?,
            b'"' | b'\'' => {
                let scalar = self.quoted()?;
                self.leaf(properties, scalar)?
            }
            _ if self.at_plain() => {
                let scalar = self.plain(column);
                self.leaf(properties, scalar)?
            }
            _ => return Err(self.unexpected("a key")),
        };
        if !self.at_value(start, line) {
            let message = "expected a key, but no `:` follows on this line";
            let help = "add the `:`, or indent the line if it belongs to the value before";
            return Err(self.error(start, message, help));
        }
        self.key(key)
    }

    /// The sequence at a column, whose first `-` is here.
    fn block_sequence(&mut self, column: Column) -> Result<Node<'a>> {
        let (start, mark) = (self.pos, self.nodes.len());
        loop {
            let item = self.after_indicator(column, false)?;
            let item = self.value(item)?;
            self.nodes.push(item);
            self.skip();
            if self.column > column {
                return Err(self.unexpected("the next `-`, in the column of the first"));
            }
            if self.column < column || !self.at_indicator(b'-') {
                break;
            }
        }
        let items = self.arena.alloc_slice_copy(&self.nodes[mark..]);
        self.nodes.truncate(mark);
        let span = self.span(start, self.token_end);
        Ok(Node::new(Value::List(items), span))
    }
}
