//! The flow context: mappings and sequences in brackets.

use bastide_value::{Node, Value};

use crate::cursor::{Error, Parser, Result};
use crate::mapping::Gathering;
use crate::node::Composed;
use crate::properties::Properties;

impl<'a> Parser<'a> {
    /// The collection whose opening bracket is here.
    pub(crate) fn flow_collection(&mut self, properties: Properties<'a>) -> Result<Composed<'a>> {
        let outer = std::mem::replace(&mut self.flow_start, self.pos);
        let node = self.collection(properties, |parser| match parser.peek() {
            b'[' => parser.flow_sequence(),
            _ => parser.flow_mapping(),
        })?;
        self.flow_start = outer;
        self.key_allowed = false;
        Ok(node)
    }

    fn flow_sequence(&mut self) -> Result<Node<'a>> {
        let (start, mark) = (self.pos, self.nodes.len());
        self.take(1);
        self.skip_flow()?;
        while self.peek() != b']' {
            let item = self.flow_item()?;
            self.nodes.push(item);
            self.flow_comma(b']')?;
        }
        self.take(1);
        let items = self.arena.alloc_slice_copy(&self.nodes[mark..]);
        self.nodes.truncate(mark);
        Ok(Node::new(Value::List(items), self.span(start, self.pos)))
    }

    /// An item of a sequence: a node, or one entry that is a mapping of its own.
    fn flow_item(&mut self) -> Result<Node<'a>> {
        let (start, line) = (self.pos, self.line_start);
        let explicit = self.peek() == b'?';
        let node = if explicit {
            self.flow_explicit_key()?
        } else {
            self.flow_node()?
        };
        if !explicit && !self.at_flow_value(start, line)? {
            return self.value(node);
        }
        self.nested(|parser| {
            let mut map = Gathering::new(&parser.entries);
            parser.flow_entry(&mut map, node)?;
            let span = parser.span(start, parser.token_end);
            Ok(Node::new(Value::Map(parser.gathered(map)), span))
        })
    }

    fn flow_mapping(&mut self) -> Result<Node<'a>> {
        let start = self.pos;
        let mut map = Gathering::new(&self.entries);
        self.take(1);
        self.skip_flow()?;
        while self.peek() != b'}' {
            let (key_start, line) = (self.pos, self.line_start);
            if self.peek() == b'?' {
                let key = self.flow_explicit_key()?;
                self.flow_entry(&mut map, key)?;
            } else {
                let key = self.flow_node()?;
                if self.at_flow_value(key_start, line)? {
                    self.flow_entry(&mut map, key)?;
                } else {
                    let key = self.key(key)?;
                    let value = self.empty(Properties::NONE)?;
                    self.insert(&mut map, key, value)?;
                }
            }
            self.flow_comma(b'}')?;
        }
        self.take(1);
        let entries = self.gathered(map);
        Ok(Node::new(Value::Map(entries), self.span(start, self.pos)))
    }

    /// The key after the `?` here.
    fn flow_explicit_key(&mut self) -> Result<Composed<'a>> {
        self.take(1);
        self.skip_flow()?;
        if matches!(self.peek(), b':' | b',' | b']' | b'}') {
            return self.empty(Properties::NONE);
        }
        self.flow_node()
    }

    /// Adds the entry of a key, with what is after its `:`, if that is here.
    fn flow_entry(&mut self, map: &mut Gathering<'a>, key: Composed<'a>) -> Result<()> {
        let key = self.key(key)?;
        self.skip_flow()?;
        let mut value = None;
        if self.peek() == b':' {
            self.take(1);
            self.skip_flow()?;
            if !matches!(self.peek(), b',' | b']' | b'}') {
                value = Some(self.flow_node()?);
            }
        }
        let value = match value {
            Some(value) => value,
            None => self.empty(Properties::NONE)?,
        };
        self.insert(map, key, value)
    }

    /// Whether the `:` of a simple key is here that starts at an offset on a line.
    fn at_flow_value(&mut self, start: usize, line: usize) -> Result<bool> {
        self.skip_flow()?;
        Ok(self.peek() == b':' && self.line_start == line && self.is_short(start))
    }

    /// Takes a comma. Without one, the closing bracket must be here.
    fn flow_comma(&mut self, close: u8) -> Result<()> {
        self.skip_flow()?;
        if self.peek() == b',' {
            self.take(1);
            self.skip_flow()
        } else if self.peek() == close {
            Ok(())
        } else {
            Err(self.neither_comma_nor(close))
        }
    }

    fn neither_comma_nor(&self, close: u8) -> Error {
        let close = char::from(close);
        let mut error = self.unexpected(&format!("`,` or `{close}`"));
        error.help = Some(format!(
            "add the missing `,` or `{close}`, or quote the text before"
        ));
        error
    }

    fn flow_node(&mut self) -> Result<Composed<'a>> {
        let mut properties = Properties::NONE;
        while matches!(self.peek(), b'&' | b'!') {
            self.property(&mut properties)?;
            self.skip_flow()?;
        }
        match self.peek() {
            b'[' | b'{' => self.flow_collection(properties),
            b'*' => self.alias(properties),
            b'"' | b'\'' => {
                let scalar = self.quoted()?;
                self.leaf(properties, scalar)
            }
            _ if self.at_flow_plain() => {
                let scalar = self.flow_plain();
                self.leaf(properties, scalar)
            }
            _ if !properties.is_none() => self.empty(properties),
            _ => Err(self.unexpected("a value")),
        }
    }
}
