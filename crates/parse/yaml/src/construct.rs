//! What nodes mean: values from scalars and tags.

use std::borrow::Cow;

use bastide_source::Span;
use bastide_value::{Entry, Node, Value};

use crate::cursor::{Error, Parser, Result};
use crate::node::{Composed, Scalar, Tag, YAML};
use crate::resolve::{Resolved, resolve};
use crate::{Tags, base64, number, timestamp};

impl<'a> Parser<'a> {
    /// A node as a value.
    #[inline]
    pub(crate) fn value(&mut self, node: Composed<'a>) -> Result<Node<'a>> {
        match node {
            Composed::Scalar(scalar) => Ok(Node::new(self.scalar_value(scalar)?, scalar.span)),
            Composed::Collection(node) => Ok(node),
        }
    }

    /// The value of a scalar.
    #[inline]
    pub(crate) fn scalar_value(&mut self, scalar: Scalar<'a>) -> Result<Value<'a>> {
        match scalar.tag {
            Tag::Str => Ok(Value::String(scalar.text)),
            Tag::Resolve => match resolve(scalar.text) {
                Resolved::Value(value) => Ok(value),
                Resolved::Reserved => Err(self.reserved(scalar)),
                Resolved::Malformed(kind) => Err(self.malformed(scalar, kind)),
            },
            tag => self.tagged_scalar(scalar, tag),
        }
    }

    fn tagged_scalar(&mut self, scalar: Scalar<'a>, tag: Tag<'a>) -> Result<Value<'a>> {
        let text = scalar.text;
        let value = match tag {
            Tag::Resolve | Tag::Str => Ok(Value::String(text)),
            Tag::Null => Ok(Value::Null),
            Tag::Bool => truth(text).map(Value::Bool).ok_or("truth value"),
            Tag::Int => number::int(text).map(Value::Number).ok_or("whole number"),
            Tag::Float => number::float(text).map(Value::Number).ok_or("number"),
            Tag::Timestamp if timestamp::is_valid(text) => Ok(Value::String(text)),
            Tag::Timestamp => Err("timestamp"),
            Tag::Binary => match base64::decode(text) {
                Some(bytes) => Ok(Value::String(
                    self.arena.alloc_str(&String::from_utf8_lossy(&bytes)),
                )),
                None => Err("base64 text"),
            },
            Tag::Seq | Tag::OrderedMap | Tag::Pairs => Err("sequence"),
            Tag::Map | Tag::Set => Err("mapping"),
            Tag::Merge | Tag::Default => return Err(self.reserved(scalar)),
            Tag::Unknown(tag) => {
                let text = Node::new(Value::String(text), scalar.span);
                return self.function(tag, text);
            }
        };
        value.map_err(|kind| self.malformed(scalar, kind))
    }

    /// A collection with a tag.
    pub(crate) fn tagged_collection(&self, node: Node<'a>, tag: Tag<'a>) -> Result<Node<'a>> {
        let fits = match (tag, node.value) {
            (Tag::Unknown(tag), _) => {
                return Ok(Node::new(self.function(tag, node)?, node.span));
            }
            (Tag::Resolve, _) => true,
            (Tag::Seq, Value::List(_)) | (Tag::Map | Tag::Set, Value::Map(_)) => true,
            (Tag::OrderedMap | Tag::Pairs, Value::List(items)) => items
                .iter()
                .all(|item| item.value.as_map().is_some_and(|map| map.len() == 1)),
            _ => false,
        };
        if fits {
            return Ok(node);
        }
        let message = "the tag does not fit what it is written before";
        Err(self.error(node.span.start as usize, message, "remove the tag"))
    }

    /// The long form of the CloudFormation function that a tag is short for.
    fn function(&self, tag: &str, argument: Node<'a>) -> Result<Value<'a>> {
        let name = match (self.tags, tag.strip_prefix('!')) {
            (Tags::Keep, Some(name @ ("Ref" | "Condition"))) => Cow::Borrowed(name),
            (Tags::Keep, Some(name)) => Cow::Owned(format!("Fn::{name}")),
            _ => return Err(self.unknown_tag(tag, argument.span)),
        };
        let argument = match argument.value {
            Value::String(path) if name == "Fn::GetAtt" => {
                let parts: Vec<_> = path.split('.').collect();
                let part = |part| Node::new(Value::String(part), argument.span);
                let parts = Value::list(self.arena, parts.into_iter().map(part));
                Node::new(parts, argument.span)
            }
            _ => argument,
        };
        let entry = Entry {
            key: self.arena.alloc_str(&name),
            key_span: argument.span,
            node: argument,
        };
        Ok(Value::map(self.arena, [entry]))
    }

    fn unknown_tag(&self, tag: &str, span: Span) -> Error {
        let short = tag.strip_prefix(YAML);
        let shown = short.map_or(tag.to_owned(), |short| format!("!!{short}"));
        let message = format!("the tag `{shown}` means nothing here");
        let help = "remove it, or quote a text that starts with `!`";
        self.error(span.start as usize, message, help)
    }

    fn reserved(&self, scalar: Scalar<'a>) -> Error {
        let message = format!("`{}` is reserved", scalar.text);
        self.error_in(scalar.span, message, "quote it")
    }

    fn malformed(&self, scalar: Scalar<'a>, kind: &str) -> Error {
        let message = format!("this is not a {kind}");
        let help = "quote it, without a tag, if it is a text";
        self.error_in(scalar.span, message, help)
    }
}

/// What a word for a truth value says.
pub(crate) fn truth(text: &str) -> Option<bool> {
    let is = |words: [&str; 3]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(["yes", "true", "on"]) {
        Some(true)
    } else if is(["no", "false", "off"]) {
        Some(false)
    } else {
        None
    }
}
