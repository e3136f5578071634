//! Anchors, aliases and tags.

use std::borrow::Cow;

use bastide_value::Node;

use crate::MAX_NESTING;
use crate::cursor::{Parser, Result};
use crate::node::{Composed, Scalar, Tag, YAML};

/// What can be written before a node.
#[derive(Clone, Copy)]
pub(crate) struct Properties<'a> {
    anchor: Option<&'a str>,
    tag: Option<Tag<'a>>,
    /// Where the first of them starts.
    start: usize,
}

/// A node with a name.
#[derive(Clone, Copy)]
pub(crate) struct Anchor<'a> {
    /// The node, once it is complete.
    node: Option<Composed<'a>>,
    /// How many levels of collections it has.
    height: u32,
}

impl<'a> Properties<'a> {
    pub(crate) const NONE: Self = Self {
        anchor: None,
        tag: None,
        start: usize::MAX,
    };

    pub(crate) fn is_none(&self) -> bool {
        self.start == usize::MAX
    }
}

impl<'a> Parser<'a> {
    /// Takes the anchor or tag here, and adds it to those before it.
    pub(crate) fn property(&mut self, properties: &mut Properties<'a>) -> Result<()> {
        let mut here = Properties {
            start: self.pos,
            ..Properties::NONE
        };
        if self.peek() == b'&' {
            here.anchor = Some(self.name()?);
        } else {
            here.tag = Some(self.tag()?);
        }
        self.key_allowed = false;
        self.combine(properties, here)
    }

    /// Adds properties to others of the same node, of which each can have one of a kind.
    pub(crate) fn combine(&self, all: &mut Properties<'a>, more: Properties<'a>) -> Result<()> {
        if all.anchor.is_some() && more.anchor.is_some() {
            let message = "this node has an anchor already";
            return Err(self.error(more.start, message, "remove one of the anchors"));
        }
        if all.tag.is_some() && more.tag.is_some() {
            let message = "this node has a tag already";
            return Err(self.error(more.start, message, "remove one of the tags"));
        }
        all.anchor = all.anchor.or(more.anchor);
        all.tag = all.tag.or(more.tag);
        all.start = all.start.min(more.start);
        Ok(())
    }

    /// A collection that has these properties.
    #[inline]
    pub(crate) fn collection(
        &mut self,
        properties: Properties<'a>,
        parse: impl FnOnce(&mut Self) -> Result<Node<'a>>,
    ) -> Result<Composed<'a>> {
        if properties.is_none() {
            return self.nested(parse).map(Composed::Collection);
        }
        self.collection_with(properties, parse)
    }

    #[cold]
    fn collection_with(
        &mut self,
        properties: Properties<'a>,
        parse: impl FnOnce(&mut Self) -> Result<Node<'a>>,
    ) -> Result<Composed<'a>> {
        self.open(properties)?;
        let outer = std::mem::replace(&mut self.deepest, self.depth);
        let mut node = self.nested(parse)?;
        node.span = node.span.to(self.span(properties.start, properties.start));
        if let Some(tag) = properties.tag {
            node = self.tagged_collection(node, tag)?;
        }
        let composed = Composed::Collection(node);
        self.close(properties, composed, self.deepest - self.depth);
        self.deepest = self.deepest.max(outer);
        Ok(composed)
    }

    /// A scalar that has these properties.
    #[inline]
    pub(crate) fn leaf(
        &mut self,
        properties: Properties<'a>,
        mut scalar: Scalar<'a>,
    ) -> Result<Composed<'a>> {
        if properties.is_none() {
            return Ok(Composed::Scalar(scalar));
        }
        if let Some(tag) = properties.tag {
            scalar.tag = tag;
        }
        let start = self.span(properties.start, properties.start);
        scalar.span = scalar.span.to(start);
        self.open(properties)?;
        self.close(properties, Composed::Scalar(scalar), 0);
        Ok(Composed::Scalar(scalar))
    }

    /// The null that nothing at all stands for, but perhaps for its properties.
    pub(crate) fn empty(&mut self, properties: Properties<'a>) -> Result<Composed<'a>> {
        let nothing = self.nothing();
        self.leaf(properties, nothing)
    }

    /// A scalar that is not written, behind the last token.
    pub(crate) fn nothing(&self) -> Scalar<'a> {
        Scalar {
            text: "",
            tag: Tag::Resolve,
            span: self.span(self.token_end, self.token_end),
        }
    }

    /// The node that the alias here names.
    pub(crate) fn alias(&mut self, properties: Properties<'a>) -> Result<Composed<'a>> {
        self.without_properties(properties)?;
        let start = self.pos;
        let name = self.name()?;
        let span = self.span(start, self.pos);
        let Some(anchor) = self.anchors.get(name) else {
            let message = format!("no anchor `&{name}` is before this alias");
            let help = "quote a text that starts with `*`, or add the anchor";
            return Err(self.error_in(span, message, help));
        };
        let Anchor {
            node: Some(node),
            height,
        } = *anchor
        else {
            let message = format!("the node `&{name}` holds itself");
            return Err(self.error_in(span, message, "write out what is meant"));
        };
        if self.depth + height > MAX_NESTING {
            return Err(self.too_deep());
        }
        self.deepest = self.deepest.max(self.depth + height);
        Ok(node)
    }

    /// Refuses properties before an alias.
    pub(crate) fn without_properties(&self, properties: Properties<'a>) -> Result<()> {
        if properties.is_none() {
            return Ok(());
        }
        let message = "an alias can have neither anchor nor tag";
        let help = "remove them: the node that it names has its own";
        Err(self.error(properties.start, message, help))
    }

    /// Notes that the node of a name starts.
    fn open(&mut self, properties: Properties<'a>) -> Result<()> {
        let Some(name) = properties.anchor else {
            return Ok(());
        };
        let open = Anchor {
            node: None,
            height: 0,
        };
        if self.anchors.insert(name, open).is_some() {
            let message = format!("the anchor `&{name}` is in this document already");
            return Err(self.error(properties.start, message, "give it another name"));
        }
        Ok(())
    }

    fn close(&mut self, properties: Properties<'a>, node: Composed<'a>, height: u32) {
        if let Some(name) = properties.anchor {
            let node = Some(node);
            self.anchors.insert(name, Anchor { node, height });
        }
    }

    /// The name after the `&` or `*` here.
    fn name(&mut self) -> Result<&'a str> {
        let start = self.pos + 1;
        let length = word_length(&self.bytes[start.min(self.bytes.len())..]);
        let after = start + length;
        let ends = self.blank(after)
            || matches!(
                self.byte(after),
                b'?' | b':' | b',' | b']' | b'}' | b'%' | b'@' | b'`'
            );
        if length == 0 || !ends {
            let (message, help) = if self.peek() == b'&' {
                ("`&` starts an anchor", "quote a text that starts with `&`")
            } else {
                ("`*` starts an alias", "quote a text that starts with `*`")
            };
            let message = format!("{message}, whose name has letters, digits, `-` and `_` alone");
            return Err(self.error(self.pos, message, help));
        }
        self.take(1 + length);
        Ok(self.slice(start, after))
    }

    /// The tag here, written out.
    fn tag(&mut self) -> Result<Tag<'a>> {
        let start = self.pos;
        let tag = if self.byte(start + 1) == b'<' {
            self.pos += 2;
            let tag = self.uri(start)?;
            if self.peek() != b'>' {
                return Err(self.bad_tag(start));
            }
            self.pos += 1;
            tag
        } else if self.blank(start + 1) {
            self.pos += 1;
            Cow::Borrowed("!")
        } else {
            let handle = self.handle();
            let Some(prefix) = self.prefix(handle) else {
                let message = format!("no `%TAG` says what `{handle}` stands for");
                let help = "add the directive, or quote a text that starts with `!`";
                return Err(self.error(start, message, help));
            };
            let suffix = self.uri(start)?;
            if handle == "!" && self.slice(start + 1, self.pos).contains('!') {
                return Err(self.bad_tag(start));
            }
            Cow::Owned(format!("{prefix}{suffix}"))
        };
        if !self.blank(self.pos) || self.peek() == b'\t' {
            return Err(self.bad_tag(start));
        }
        self.token_end = self.pos;
        Ok(match tag {
            Cow::Borrowed(tag) => Tag::new(tag),
            Cow::Owned(tag) => Tag::new(self.arena.alloc_str(&tag)),
        })
    }

    /// `!`, `!!` or `!name!`.
    pub(crate) fn handle(&mut self) -> &'a str {
        let start = self.pos;
        let word = word_length(&self.bytes[start + 1..]);
        let closed = self.byte(start + 1 + word) == b'!';
        self.pos += if closed { word + 2 } else { 1 };
        self.slice(start, self.pos)
    }

    fn prefix(&self, handle: &str) -> Option<&'a str> {
        let custom = self.handles.iter().find(|(known, _)| *known == handle);
        match (custom, handle) {
            (Some((_, prefix)), _) => Some(prefix),
            (None, "!") => Some("!"),
            (None, "!!") => Some(YAML),
            (None, _) => None,
        }
    }

    /// The characters of a URI here, with its escapes resolved. `start` is where the tag starts.
    pub(crate) fn uri(&mut self, start: usize) -> Result<Cow<'a, str>> {
        let from = self.pos;
        let mut escaped = Vec::new();
        let mut run = from;
        loop {
            match self.peek() {
                b'%' => {
                    let Some(byte) = self.hex(self.pos + 1, 2) else {
                        return Err(self.bad_tag(start));
                    };
                    escaped.extend_from_slice(&self.bytes[run..self.pos]);
                    escaped.push(byte as u8);
                    self.pos += 3;
                    run = self.pos;
                }
                byte if is_uri(byte) => self.pos += 1,
                _ => break,
            }
        }
        if self.pos == from {
            return Err(self.bad_tag(start));
        }
        if escaped.is_empty() {
            return Ok(Cow::Borrowed(self.slice(from, self.pos)));
        }
        escaped.extend_from_slice(&self.bytes[run..self.pos]);
        let unescaped = String::from_utf8(escaped);
        unescaped.map(Cow::Owned).map_err(|_| self.bad_tag(start))
    }

    /// The number that so many hexadecimal digits at an offset make.
    pub(crate) fn hex(&self, at: usize, digits: usize) -> Option<u32> {
        let hex = self.text.get(at..at + digits)?;
        let all = hex.bytes().all(|byte| byte.is_ascii_hexdigit());
        all.then(|| u32::from_str_radix(hex, 16).ok()).flatten()
    }

    pub(crate) fn bad_tag(&self, start: usize) -> crate::cursor::Error {
        let message = "`!` starts a tag, and this is none";
        self.error(start, message, "quote a text that starts with `!`")
    }
}

/// How many letters, digits, `-` and `_` lead a text.
pub(crate) fn word_length(bytes: &[u8]) -> usize {
    let word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    bytes
        .iter()
        .position(|byte| !word(byte))
        .unwrap_or(bytes.len())
}

fn is_uri(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-;/?:@&=+$,_.!~*'()[]".contains(&byte)
}
