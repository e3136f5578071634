use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};

use serde_json::Value;

use super::Failure;
use super::compose::{Document, Node, NodeId, Pair, Scalar};
use super::resolve::Tag;
use crate::base64;

/// A string that is the value of a mapping.
pub(super) struct Text<'d> {
    pub(super) key: &'d str,
    pub(super) value: Cow<'d, str>,
    /// Counted from zero.
    pub(super) line: usize,
}

/// So many nodes may be visited, those under an alias once for each way to them.
const MAX_VISITS: usize = 1 << 22;

/// Mappings may be merged into each other this deep.
const MAX_MERGES: usize = 256;

/// The strings of all mappings, level by level.
pub(super) fn strings<'d>(document: &'d Document<'_>) -> Result<Vec<Text<'d>>, Failure> {
    document.check()?;
    let mut texts = Vec::new();
    let mut queue: VecDeque<NodeId> = document.root.into_iter().collect();
    let mut visits = 0;
    while let Some(id) = queue.pop_front() {
        match document.node(id) {
            Node::Scalar(_) => {}
            Node::Sequence(_, items) => {
                queue.extend(items);
                visits += items.len();
            }
            Node::Mapping(Tag::Set, _) => {}
            Node::Mapping(_, pairs) => {
                let pairs = document.merged(pairs, &mut visits)?;
                // Strings stand in the queue like all others in Checkov; here they are sorted out
                // at once, which keeps their order among themselves.
                queue.extend(pairs.iter().map(|pair| pair.value));
                texts.extend(pairs.iter().filter_map(|pair| document.text(pair)));
            }
        }
        if visits > MAX_VISITS {
            return Err(Failure::Fatal);
        }
    }
    Ok(texts)
}

/// The one document of a text as JSON. `None` if it is not one document that PyYAML can load.
/// Scalars that are not strings become strings, apart from null and false.
pub(crate) fn to_json(text: &str) -> Option<Value> {
    let document = super::compose::document(text).ok()?;
    document.check().ok()?;
    document.json(document.root?, &mut 0)
}

impl<'a> Document<'a> {
    /// Whether PyYAML's safe loader can load it.
    fn check(&self) -> Result<(), Failure> {
        // Level by level, as the loader does; every node once.
        let mut seen = vec![false; self.len()];
        let mut queue: VecDeque<NodeId> = self.root.into_iter().collect();
        while let Some(id) = queue.pop_front() {
            if std::mem::replace(&mut seen[id.index()], true) {
                continue;
            }
            match self.node(id) {
                Node::Scalar(scalar) => scalar.tag.check(&scalar.text)?,
                Node::Sequence(Tag::Sequence, items) => queue.extend(items),
                Node::Mapping(Tag::Mapping | Tag::Set, pairs) => {
                    for pair in pairs {
                        self.check_key(pair)?;
                        queue.push_back(pair.value);
                    }
                }
                _ => return Err(Failure::Unreadable),
            }
        }
        Ok(())
    }

    fn check_key(&self, pair: &Pair) -> Result<(), Failure> {
        match self.node(pair.key) {
            Node::Scalar(Scalar {
                tag: Tag::Merge, ..
            }) => match self.node(pair.value) {
                Node::Mapping(..) => Ok(()),
                Node::Sequence(_, items) if items.iter().all(|&item| self.is_mapping(item)) => {
                    Ok(())
                }
                _ => Err(Failure::Unreadable),
            },
            Node::Scalar(Scalar {
                tag: Tag::Value, ..
            }) => Ok(()),
            Node::Scalar(scalar) => scalar.tag.check(&scalar.text),
            // Lists and mappings cannot be keys in Python.
            _ => Err(Failure::Unreadable),
        }
    }

    fn is_mapping(&self, id: NodeId) -> bool {
        matches!(self.node(id), Node::Mapping(..))
    }

    /// The pairs of a mapping with those merged into it, each key once, the last value counting.
    fn merged(&self, pairs: &[Pair], visits: &mut usize) -> Result<Vec<Pair>, Failure> {
        let mut all = Vec::with_capacity(pairs.len());
        self.merge(pairs, &mut all, visits, 0)?;
        let mut places = HashMap::with_capacity(all.len());
        let mut unique: Vec<Pair> = Vec::with_capacity(all.len());
        for pair in all {
            let Node::Scalar(key) = self.node(pair.key) else {
                continue;
            };
            let tag = match key.tag {
                Tag::Value => Tag::String,
                tag => tag,
            };
            let place = *places.entry((tag, &*key.text)).or_insert(unique.len());
            match unique.get_mut(place) {
                Some(earlier) => *earlier = pair,
                None => unique.push(pair),
            }
        }
        Ok(unique)
    }

    /// Appends what is merged into a mapping, then its own pairs.
    fn merge(
        &self,
        pairs: &[Pair],
        all: &mut Vec<Pair>,
        visits: &mut usize,
        depth: usize,
    ) -> Result<(), Failure> {
        *visits += pairs.len() + 1;
        if depth > MAX_MERGES || *visits > MAX_VISITS {
            return Err(Failure::Fatal);
        }
        let is_merge = |pair: &&Pair| matches!(self.node(pair.key), Node::Scalar(key) if key.tag == Tag::Merge);
        for pair in pairs.iter().filter(is_merge) {
            match self.node(pair.value) {
                Node::Mapping(_, pairs) => self.merge(pairs, all, visits, depth + 1)?,
                Node::Sequence(_, items) => {
                    for &item in items.iter().rev() {
                        if let Node::Mapping(_, pairs) = self.node(item) {
                            self.merge(pairs, all, visits, depth + 1)?;
                        }
                    }
                }
                Node::Scalar(_) => {}
            }
        }
        all.extend(pairs.iter().filter(|pair| !is_merge(pair)));
        Ok(())
    }

    /// The string that a pair assigns, if it is one. Bytes are a string again.
    fn text<'d>(&'d self, pair: &Pair) -> Option<Text<'d>> {
        let (Node::Scalar(key), Node::Scalar(value)) = (self.node(pair.key), self.node(pair.value))
        else {
            return None;
        };
        let value = match value.tag {
            Tag::String => Cow::Borrowed(&*value.text),
            Tag::Binary => base64::encode(&base64::decode(&value.text)?).into(),
            _ => return None,
        };
        Some(Text {
            key: &key.text,
            value,
            line: pair.line,
        })
    }

    fn json(&self, id: NodeId, visits: &mut usize) -> Option<Value> {
        *visits += 1;
        if *visits > MAX_VISITS {
            return None;
        }
        Some(match self.node(id) {
            Node::Scalar(scalar) => match scalar.tag {
                Tag::Null => Value::Null,
                Tag::Bool if matches!(&*scalar.text.to_lowercase(), "no" | "false" | "off") => {
                    Value::Bool(false)
                }
                _ => Value::String(scalar.text.to_string()),
            },
            Node::Sequence(_, items) => {
                let items = items.iter().map(|&item| self.json(item, visits));
                Value::Array(items.collect::<Option<_>>()?)
            }
            Node::Mapping(_, pairs) => {
                let mut object = serde_json::Map::new();
                for pair in self.merged(pairs, visits).ok()? {
                    if let Node::Scalar(key) = self.node(pair.key) {
                        object.insert(key.text.to_string(), self.json(pair.value, visits)?);
                    }
                }
                Value::Object(object)
            }
        })
    }
}
