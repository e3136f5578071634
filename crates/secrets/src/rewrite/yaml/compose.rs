use std::borrow::Cow;
use std::collections::HashMap;

use super::Failure;
use super::resolve::{Tag, plain_tag};
use super::scanner::{Kind, Scanner};

/// The one document of a text.
pub(super) struct Document<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    /// The root; `None` in an empty text.
    pub(super) root: Option<NodeId>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct NodeId(u32);

#[derive(Debug)]
pub(super) enum Node<'a> {
    Scalar(Scalar<'a>),
    Sequence(Tag, Vec<NodeId>),
    Mapping(Tag, Vec<Pair>),
}

#[derive(Debug)]
pub(super) struct Scalar<'a> {
    pub(super) tag: Tag,
    pub(super) text: Cow<'a, str>,
    /// The line, counted from zero, where it was last met as the value of a mapping. An alias moves
    /// it, also for mappings that are not yet complete.
    line: usize,
}

/// A key and its value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub(super) key: NodeId,
    pub(super) value: NodeId,
    /// The line of the value, counted from zero, if it is a string.
    pub(super) line: usize,
    /// Whether a string has been tagged with its line: in mappings, but not in sets.
    pub(super) tagged: bool,
}

/// Nodes may nest this deep: about as deep as Python lets Checkov follow them.
const MAX_NESTING: usize = 322;

/// So many nodes aliases may add.
const MAX_ALIASED: usize = 1 << 20;

/// Reads a text that must be one document, or empty.
pub(super) fn document(text: &str) -> Result<Document<'_>, Failure> {
    let mut composer = Composer {
        scanner: Scanner::new(text)?,
        nodes: Vec::new(),
        anchors: HashMap::new(),
        handles: HashMap::new(),
        marks: Vec::new(),
        inline_key: false,
        depth: 0,
        aliased: 0,
    };
    let root = composer.document()?;
    Ok(Document {
        nodes: composer.nodes,
        root,
    })
}

impl<'a> Document<'a> {
    pub(super) fn node(&self, id: NodeId) -> &Node<'a> {
        &self.nodes[id.index()]
    }
}

impl NodeId {
    /// The place of the node among all.
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

struct Composer<'a> {
    scanner: Scanner<'a>,
    nodes: Vec<Node<'a>>,
    anchors: HashMap<&'a str, NodeId>,
    handles: HashMap<&'a str, Cow<'a, str>>,
    /// The lines on which the open collections started.
    marks: Vec<usize>,
    /// Whether the last key of a flow mapping stands on the line of what comes before it.
    inline_key: bool,
    depth: usize,
    aliased: usize,
}

impl<'a> Composer<'a> {
    fn document(&mut self) -> Result<Option<NodeId>, Failure> {
        let root = match self.peek()? {
            Kind::StreamEnd => return Ok(None),
            Kind::DocumentStart
            | Kind::Version(_)
            | Kind::TagDirective(..)
            | Kind::OtherDirective => {
                self.directives()?;
                if self.next()? != Kind::DocumentStart {
                    return Err(Failure::Unreadable);
                }
                match self.peek()? {
                    Kind::DocumentStart
                    | Kind::DocumentEnd
                    | Kind::StreamEnd
                    | Kind::Version(_)
                    | Kind::TagDirective(..)
                    | Kind::OtherDirective => self.empty(),
                    _ => self.block_node()?,
                }
            }
            _ => {
                self.default_handles();
                self.block_node()?
            }
        };
        while *self.peek()? == Kind::DocumentEnd {
            self.next()?;
        }
        match self.peek()? {
            Kind::StreamEnd => Ok(Some(root)),
            _ => Err(Failure::Unreadable),
        }
    }

    fn directives(&mut self) -> Result<(), Failure> {
        let mut has_version = false;
        loop {
            match self.peek()?.clone() {
                Kind::Version(1) if !has_version => has_version = true,
                Kind::Version(_) => return Err(Failure::Unreadable),
                Kind::TagDirective(handle, prefix) => {
                    if self.handles.insert(handle, prefix).is_some() {
                        return Err(Failure::Unreadable);
                    }
                }
                Kind::OtherDirective => {}
                _ => break,
            }
            self.next()?;
        }
        self.default_handles();
        Ok(())
    }

    fn default_handles(&mut self) {
        for (handle, prefix) in [("!", "!"), ("!!", "tag:yaml.org,2002:")] {
            self.handles.entry(handle).or_insert(prefix.into());
        }
    }

    // --- tokens ---

    fn peek(&mut self) -> Result<&Kind<'a>, Failure> {
        Ok(&self.scanner.peek()?.kind)
    }

    fn next(&mut self) -> Result<Kind<'a>, Failure> {
        Ok(self.scanner.next()?.kind)
    }

    /// Whether the next token is one of these, which carry nothing.
    fn at(&mut self, kinds: &[Kind<'static>]) -> Result<bool, Failure> {
        let next = self.peek()?;
        Ok(kinds.iter().any(|kind| kind == next))
    }

    fn take_if(&mut self, kind: &Kind<'static>) -> Result<bool, Failure> {
        let found = self.peek()? == kind;
        if found {
            self.next()?;
        }
        Ok(found)
    }

    // --- nodes ---

    fn block_node(&mut self) -> Result<NodeId, Failure> {
        self.node(true, false)
    }

    fn flow_node(&mut self) -> Result<NodeId, Failure> {
        self.node(false, false)
    }

    fn node(&mut self, block: bool, indentless: bool) -> Result<NodeId, Failure> {
        self.depth += 1;
        if self.depth > MAX_NESTING {
            return Err(Failure::Fatal);
        }
        let node = self.node_here(block, indentless);
        self.depth -= 1;
        node
    }

    fn node_here(&mut self, block: bool, indentless: bool) -> Result<NodeId, Failure> {
        if let Kind::Alias(name) = *self.peek()? {
            self.next()?;
            return self.alias(name);
        }
        let (anchor, tag) = self.properties()?;
        let line = self.scanner.peek()?.line;
        let explicit = tag.filter(|tag| *tag != Tag::NonSpecific);
        let sequence = Node::Sequence(explicit.unwrap_or(Tag::Sequence), Vec::new());
        let mapping = Node::Mapping(explicit.unwrap_or(Tag::Mapping), Vec::new());
        match self.peek()? {
            Kind::BlockEntry if indentless => {
                let id = self.open(anchor, sequence)?;
                self.indentless_sequence(id)?;
                self.close_sequence(id)?;
                Ok(id)
            }
            Kind::Scalar(..) => {
                let Kind::Scalar(text, plain) = self.next()? else {
                    return Err(Failure::Unreadable);
                };
                let tag = match explicit {
                    Some(tag) => tag,
                    None if plain || tag.is_some() => plain_tag(&text),
                    None => Tag::String,
                };
                self.scalar(anchor, tag, text)
            }
            Kind::FlowSequenceStart => self.collection(anchor, sequence, line, Self::flow_sequence),
            Kind::FlowMappingStart => self.collection(anchor, mapping, line, Self::flow_mapping),
            Kind::BlockSequenceStart if block => {
                self.collection(anchor, sequence, line, Self::block_sequence)
            }
            Kind::BlockMappingStart if block => {
                self.collection(anchor, mapping, line, Self::block_mapping)
            }
            _ if anchor.is_some() || tag.is_some() => {
                self.scalar(anchor, explicit.unwrap_or(Tag::Null), "".into())
            }
            _ => Err(Failure::Unreadable),
        }
    }

    /// A collection that starts with a token of its own.
    fn collection(
        &mut self,
        anchor: Option<&'a str>,
        node: Node<'a>,
        line: usize,
        content: fn(&mut Self, NodeId) -> Result<(), Failure>,
    ) -> Result<NodeId, Failure> {
        let id = self.open(anchor, node)?;
        self.next()?;
        self.marks.push(line);
        content(self, id)?;
        self.marks.pop();
        self.close_sequence(id)?;
        Ok(self.close_mapping(id))
    }

    /// Sees to a sequence that is tagged as a mapping, on which Checkov fails unless it is empty.
    fn close_sequence(&mut self, id: NodeId) -> Result<(), Failure> {
        match &self.nodes[id.index()] {
            Node::Sequence(Tag::Mapping, items) if items.is_empty() => {
                self.nodes[id.index()] = Node::Mapping(Tag::Mapping, Vec::new());
                Ok(())
            }
            Node::Sequence(Tag::Mapping, _) => Err(Failure::Fatal),
            _ => Ok(()),
        }
    }

    fn properties(&mut self) -> Result<(Option<&'a str>, Option<Tag>), Failure> {
        let (mut anchor, mut tag) = (None, None);
        while matches!(self.peek()?, Kind::Anchor(_) | Kind::Tag(..)) {
            match self.peek()?.clone() {
                Kind::Anchor(name) if anchor.is_none() => anchor = Some(name),
                Kind::Tag(handle, suffix) if tag.is_none() => {
                    let prefix = match handle {
                        Some(handle) => self.handles.get(handle).ok_or(Failure::Unreadable)?,
                        None => "",
                    };
                    tag = Some(Tag::of(prefix, &suffix));
                }
                _ => break,
            }
            self.next()?;
        }
        Ok((anchor, tag))
    }

    fn alias(&mut self, name: &str) -> Result<NodeId, Failure> {
        let id = *self.anchors.get(name).ok_or(Failure::Unreadable)?;
        let line = self.value_line();
        match &mut self.nodes[id.index()] {
            Node::Scalar(scalar) => scalar.line = line,
            // The lines of the values are taken anew.
            Node::Mapping(Tag::Mapping, pairs) => {
                self.aliased += pairs.len() + 1;
                if self.aliased > MAX_ALIASED {
                    return Err(Failure::Fatal);
                }
                let copy = Node::Mapping(Tag::Mapping, pairs.clone());
                let id = self.push(copy);
                return Ok(self.close_mapping(id));
            }
            _ => {}
        }
        Ok(id)
    }

    fn scalar(
        &mut self,
        anchor: Option<&'a str>,
        tag: Tag,
        text: Cow<'a, str>,
    ) -> Result<NodeId, Failure> {
        let scalar = Scalar { tag, text, line: 0 };
        let id = self.open(anchor, Node::Scalar(scalar))?;
        // Checkov takes it for the mapping that its tag says it is, and fails.
        match tag {
            Tag::Mapping => Err(Failure::Fatal),
            _ => Ok(id),
        }
    }

    fn empty(&mut self) -> NodeId {
        self.push(Node::Scalar(Scalar {
            tag: Tag::Null,
            text: "".into(),
            line: 0,
        }))
    }

    /// Adds a node, under its anchor if it has one.
    fn open(&mut self, anchor: Option<&'a str>, node: Node<'a>) -> Result<NodeId, Failure> {
        let id = self.push(node);
        match anchor {
            Some(anchor) if self.anchors.insert(anchor, id).is_some() => Err(Failure::Unreadable),
            _ => Ok(id),
        }
    }

    fn push(&mut self, node: Node<'a>) -> NodeId {
        self.nodes.push(node);
        NodeId(self.nodes.len() as u32 - 1)
    }

    // --- collections ---

    fn add_item(&mut self, sequence: NodeId, item: NodeId) {
        if let Node::Sequence(_, items) = &mut self.nodes[sequence.index()] {
            items.push(item);
        }
    }

    fn add_pair(&mut self, mapping: NodeId, key: NodeId, value: NodeId, line: usize) {
        if let Node::Scalar(scalar) = &mut self.nodes[value.index()] {
            scalar.line = line;
        }
        if let Node::Mapping(_, pairs) = &mut self.nodes[mapping.index()] {
            pairs.push(Pair {
                key,
                value,
                line,
                tagged: false,
            });
        }
    }

    /// Settles the lines of the strings in a complete mapping. The anchored mapping keeps its own.
    fn close_mapping(&mut self, id: NodeId) -> NodeId {
        let Node::Mapping(Tag::Mapping, pairs) = &self.nodes[id.index()] else {
            return id;
        };
        self.inline_key = false;
        let settle = |pair: &Pair| Pair {
            line: match self.nodes.get(pair.value.index()) {
                Some(Node::Scalar(scalar)) => scalar.line,
                _ => pair.line,
            },
            tagged: true,
            ..*pair
        };
        let settled = pairs.iter().map(settle).collect();
        self.nodes[id.index()] = Node::Mapping(Tag::Mapping, settled);
        id
    }

    /// The line where a value starts, as far as is known before it is read.
    fn value_line(&self) -> usize {
        match self.marks.last() {
            Some(&line) if self.inline_key => line,
            _ => self.scanner.line(),
        }
    }

    fn block_sequence(&mut self, id: NodeId) -> Result<(), Failure> {
        while self.take_if(&Kind::BlockEntry)? {
            let empty = self.at(&[Kind::BlockEntry, Kind::BlockEnd])?;
            let item = if empty {
                self.empty()
            } else {
                self.block_node()?
            };
            self.add_item(id, item);
        }
        self.expect(Kind::BlockEnd)
    }

    fn indentless_sequence(&mut self, id: NodeId) -> Result<(), Failure> {
        while self.take_if(&Kind::BlockEntry)? {
            let empty = self.at(&[Kind::BlockEntry, Kind::Key, Kind::Value, Kind::BlockEnd])?;
            let item = if empty {
                self.empty()
            } else {
                self.block_node()?
            };
            self.add_item(id, item);
        }
        Ok(())
    }

    fn block_mapping(&mut self, id: NodeId) -> Result<(), Failure> {
        const ENDS: [Kind<'static>; 3] = [Kind::Key, Kind::Value, Kind::BlockEnd];
        while self.take_if(&Kind::Key)? {
            let empty = self.at(&ENDS)?;
            let key = if empty {
                self.empty()
            } else {
                self.node(true, true)?
            };
            let line = self.value_line();
            let empty = !self.take_if(&Kind::Value)? || self.at(&ENDS)?;
            let value = if empty {
                self.empty()
            } else {
                self.node(true, true)?
            };
            self.add_pair(id, key, value, line);
        }
        self.expect(Kind::BlockEnd)
    }

    fn flow_sequence(&mut self, id: NodeId) -> Result<(), Failure> {
        let mut first = true;
        while !self.at(&[Kind::FlowSequenceEnd])? {
            if !first {
                self.expect(Kind::FlowEntry)?;
            }
            first = false;
            let item = if self.at(&[Kind::Key])? {
                self.flow_pair()?
            } else if self.at(&[Kind::FlowSequenceEnd])? {
                break;
            } else {
                self.flow_node()?
            };
            self.add_item(id, item);
        }
        self.expect(Kind::FlowSequenceEnd)
    }

    /// A mapping of one pair that stands in a sequence without braces.
    fn flow_pair(&mut self) -> Result<NodeId, Failure> {
        const ENDS: [Kind<'static>; 2] = [Kind::FlowEntry, Kind::FlowSequenceEnd];
        let id = self.push(Node::Mapping(Tag::Mapping, Vec::new()));
        self.next()?;
        let empty = self.at(&[Kind::Value])? || self.at(&ENDS)?;
        let key = if empty {
            self.empty()
        } else {
            self.flow_node()?
        };
        let line = self.value_line();
        let empty = !self.take_if(&Kind::Value)? || self.at(&ENDS)?;
        let value = if empty {
            self.empty()
        } else {
            self.flow_node()?
        };
        self.add_pair(id, key, value, line);
        self.peek()?;
        Ok(self.close_mapping(id))
    }

    fn flow_mapping(&mut self, id: NodeId) -> Result<(), Failure> {
        const ENDS: [Kind<'static>; 2] = [Kind::FlowEntry, Kind::FlowMappingEnd];
        let mut first = true;
        loop {
            self.inline_key = self.is_inline_key(first)?;
            if self.at(&[Kind::FlowMappingEnd])? {
                break;
            }
            if !first {
                self.expect(Kind::FlowEntry)?;
            }
            first = false;
            let (key, value, line);
            if self.take_if(&Kind::Key)? {
                let empty = self.at(&[Kind::Value])? || self.at(&ENDS)?;
                key = if empty {
                    self.empty()
                } else {
                    self.flow_node()?
                };
                line = self.value_line();
                let empty = !self.take_if(&Kind::Value)? || self.at(&ENDS)?;
                value = if empty {
                    self.empty()
                } else {
                    self.flow_node()?
                };
            } else if self.at(&[Kind::FlowMappingEnd])? {
                break;
            } else {
                key = self.flow_node()?;
                line = self.value_line();
                self.peek()?;
                value = self.empty();
            }
            self.add_pair(id, key, value, line);
        }
        self.expect(Kind::FlowMappingEnd)
    }

    /// Whether the next key is taken to stand on the line of the brace: the first, if it does; a
    /// later one, if comma and key have been read ahead.
    fn is_inline_key(&mut self, first: bool) -> Result<bool, Failure> {
        if first && self.marks.last() == Some(&self.scanner.peek()?.line) {
            return Ok(true);
        }
        let mut ahead = self.scanner.read_ahead().iter().map(|token| &token.kind);
        Ok(match (ahead.next(), ahead.next()) {
            (Some(Kind::FlowEntry), next) => next.is_none_or(|next| *next == Kind::Key),
            _ => false,
        })
    }

    fn expect(&mut self, kind: Kind<'static>) -> Result<(), Failure> {
        match self.take_if(&kind)? {
            true => Ok(()),
            false => Err(Failure::Unreadable),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_name_a_node_once() {
        assert!(document("a: &x 1\nb: *x\n").is_ok());
        assert!(document("a: *x\n").is_err());
        assert!(document("a: &x 1\nb: &x 2\n").is_err());
    }

    #[test]
    fn what_is_no_document_is_unreadable() {
        for text in [
            "a: b: c\n",
            "{a",
            "a: \"b\n",
            "- a\nb: c\n",
            "@a\n",
            "a: [b]]\n",
            "%A\na: b\n",
        ] {
            assert_eq!(document(text).err(), Some(Failure::Unreadable), "{text}");
        }
    }

    #[test]
    fn a_tag_that_lies_is_fatal() {
        assert_eq!(document("a: !!map b\n").err(), Some(Failure::Fatal));
        assert_eq!(document("a: !!map [b]\n").err(), Some(Failure::Fatal));
        assert!(document("a: !!map []\n").is_ok());
    }

    #[test]
    fn nesting_has_an_end() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(document(&nested(MAX_NESTING)).is_ok());
        assert_eq!(
            document(&nested(MAX_NESTING + 1)).err(),
            Some(Failure::Fatal)
        );
        assert_eq!(document(&"- ".repeat(100_000)).err(), Some(Failure::Fatal));
    }
}
