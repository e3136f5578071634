use std::borrow::Cow;
use std::collections::{HashMap, HashSet, VecDeque};

use serde_json::Value;

use super::Failure;
use super::compose::{Document, Node, NodeId, Pair};
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

/// So many keys are compared with each other; more are hashed.
const FEW: usize = 16;

/// Mappings may be merged into each other this deep.
const MAX_MERGES: usize = 256;

/// The strings of all mappings, level by level.
pub(super) fn strings<'d>(document: &'d Document<'_>) -> Result<Vec<Text<'d>>, Failure> {
    document.check(true)?;
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
                let (pairs, text) = document.merged(pairs, &mut visits)?;
                // A string that is merged makes the mapping look like a string with its line.
                if let Some(text) = text {
                    texts.extend(document.text(&text));
                    continue;
                }
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
    document.check(false).ok()?;
    document.json(document.root?, &mut 0)
}

impl<'a> Document<'a> {
    /// Whether PyYAML's safe loader can load it. As there, scalars are read when the collection that
    /// they are in is, and collections after those before them: of two mistakes the first counts.
    /// `tagged` says whether strings have been tagged with their lines, which hides some mistakes.
    fn check(&self, tagged: bool) -> Result<(), Failure> {
        let mut check = Check {
            seen: vec![false; self.nodes.len()],
            queue: VecDeque::new(),
            fatal_at_last: false,
        };
        if let Some(root) = self.root {
            check.visit(self, root)?;
        }
        while let Some(id) = check.queue.pop_front() {
            match self.node(id) {
                Node::Sequence(Tag::Sequence, items) => {
                    for &item in items {
                        check.visit(self, item)?;
                    }
                }
                Node::Mapping(tag @ (Tag::Mapping | Tag::Set), pairs) => {
                    let tagged = tagged && *tag == Tag::Mapping;
                    check.mapping(self, pairs, tagged)?;
                }
                Node::Scalar(scalar) => scalar.tag.check(&scalar.text)?,
                _ => return Err(Failure::Unreadable),
            }
        }
        match check.fatal_at_last {
            true => Err(Failure::Fatal),
            false => Ok(()),
        }
    }

    /// Whether this can be the value of `<<`.
    fn can_be_merged(&self, value: NodeId, tagged: bool) -> bool {
        let is_mapping = |id| matches!(self.node(id), Node::Mapping(..));
        match self.node(value) {
            Node::Mapping(..) => true,
            Node::Sequence(_, items) => items.iter().all(|&item| is_mapping(item)),
            // With its line it is a mapping.
            Node::Scalar(scalar) => tagged && scalar.tag.is_text(),
        }
    }

    /// The pairs of a mapping with those merged into it, each key once, the last value counting;
    /// and the first string that is merged into it.
    fn merged(
        &self,
        pairs: &[Pair],
        visits: &mut usize,
    ) -> Result<(Vec<Pair>, Option<Pair>), Failure> {
        let mut text = None;
        let all = self.flattened(pairs, &mut text, visits, 0)?;
        let mut places = HashMap::new();
        let mut unique: Vec<Pair> = Vec::with_capacity(all.len());
        let many = all.len() > FEW;
        for pair in all {
            let Some(key) = self.key(&pair) else {
                continue;
            };
            let place = if many {
                *places.entry(key).or_insert(unique.len())
            } else {
                let same = |earlier: &Pair| self.key(earlier) == Some(key);
                unique.iter().position(same).unwrap_or(unique.len())
            };
            match unique.get_mut(place) {
                Some(earlier) => *earlier = pair,
                None => unique.push(pair),
            }
        }
        Ok((unique, text))
    }

    /// What a key is and reads.
    fn key(&self, pair: &Pair) -> Option<(Tag, &str)> {
        match self.node(pair.key) {
            Node::Scalar(key) if key.tag == Tag::Value => Some((Tag::String, &key.text)),
            Node::Scalar(key) => Some((key.tag, &key.text)),
            _ => None,
        }
    }

    /// What is merged into a mapping, then its own pairs. `text` is the first string that is.
    fn flattened(
        &self,
        pairs: &[Pair],
        text: &mut Option<Pair>,
        visits: &mut usize,
        depth: usize,
    ) -> Result<Vec<Pair>, Failure> {
        *visits += pairs.len() + 1;
        if depth > MAX_MERGES || *visits > MAX_VISITS {
            return Err(Failure::Fatal);
        }
        let is_merge = |pair: &&Pair| matches!(self.node(pair.key), Node::Scalar(key) if key.tag == Tag::Merge);
        let mut all = Vec::with_capacity(pairs.len());
        let mut known = HashSet::new();
        for pair in pairs.iter().filter(is_merge) {
            let sources = match self.node(pair.value) {
                Node::Sequence(_, items) => items.as_slice(),
                _ => std::slice::from_ref(&pair.value),
            };
            for &source in sources {
                if let Node::Mapping(_, pairs) = self.node(source) {
                    let merged = self.flattened(pairs, text, visits, depth + 1)?;
                    *visits += merged.len();
                    all.extend(
                        merged
                            .into_iter()
                            .filter(|pair| known.insert(self.identity(pair))),
                    );
                } else {
                    text.get_or_insert(*pair);
                }
            }
        }
        all.extend(pairs.iter().filter(|pair| !is_merge(pair)));
        Ok(all)
    }

    /// What tells the keys of merged pairs apart: PyYAML compares not what they read but where they
    /// are in memory, which is the same for all that read as one and the same character.
    fn identity(&self, pair: &Pair) -> Result<char, NodeId> {
        match self.node(pair.key) {
            Node::Scalar(key) => {
                let mut chars = key.text.chars();
                match (chars.next(), chars.next()) {
                    (Some(only), None) if only <= '\u{ff}' => Ok(only),
                    _ => Err(pair.key),
                }
            }
            _ => Err(pair.key),
        }
    }

    /// The string that a pair assigns, if it is one. Bytes are a string again.
    fn text<'d>(&'d self, pair: &Pair) -> Option<Text<'d>> {
        if !pair.tagged {
            return None;
        }
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
                for pair in self.merged(pairs, visits).ok()?.0 {
                    if let Node::Scalar(key) = self.node(pair.key) {
                        object.insert(key.text.to_string(), self.json(pair.value, visits)?);
                    }
                }
                Value::Object(object)
            }
        })
    }
}

/// What is still to be checked, and what was found.
struct Check {
    seen: Vec<bool>,
    queue: VecDeque<NodeId>,
    /// Whether there is an error when all else is done.
    fatal_at_last: bool,
}

impl Check {
    /// Reads a scalar; puts off a collection, or what is tagged as one.
    fn visit(&mut self, document: &Document<'_>, id: NodeId) -> Result<(), Failure> {
        if std::mem::replace(&mut self.seen[id.index()], true) {
            return Ok(());
        }
        let tag = match document.node(id) {
            Node::Scalar(scalar) if !scalar.tag.is_collection() => {
                return scalar.tag.check(&scalar.text);
            }
            Node::Scalar(scalar) => scalar.tag,
            Node::Sequence(tag, _) | Node::Mapping(tag, _) => *tag,
        };
        if !tag.is_collection() {
            return Err(Failure::Unreadable);
        }
        self.queue.push_back(id);
        Ok(())
    }

    fn mapping(
        &mut self,
        document: &Document<'_>,
        pairs: &[Pair],
        tagged: bool,
    ) -> Result<(), Failure> {
        let key_tag = |pair: &Pair| match document.node(pair.key) {
            Node::Scalar(key) => Some(key.tag),
            // Lists and mappings cannot be keys in Python.
            _ => None,
        };
        for pair in pairs {
            if key_tag(pair) == Some(Tag::Merge) && !document.can_be_merged(pair.value, tagged) {
                return Err(Failure::Unreadable);
            }
        }
        let mut merges_text = false;
        for pair in pairs {
            match key_tag(pair).ok_or(Failure::Unreadable)? {
                Tag::Value => {}
                Tag::Merge => {
                    let is_text = matches!(document.node(pair.value), Node::Scalar(_));
                    // Of several strings only the first is ever looked at.
                    if !(is_text && merges_text) {
                        self.merged(document, pair.value);
                    }
                    merges_text |= is_text;
                    continue;
                }
                _ => self.visit(document, pair.key)?,
            }
            match document.node(pair.value) {
                Node::Scalar(scalar) if tagged && scalar.tag.is_text() => {
                    self.queue.push_back(pair.value);
                }
                Node::Sequence(Tag::String, _) | Node::Mapping(Tag::String, _) if tagged => {
                    self.fatal_at_last = true;
                }
                Node::Sequence(Tag::Binary, _) | Node::Mapping(Tag::Binary, _) if tagged => {
                    return Err(Failure::Fatal);
                }
                _ => self.visit(document, pair.value)?,
            }
        }
        Ok(())
    }

    /// Puts off what is merged, which is read where it is merged.
    fn merged(&mut self, document: &Document<'_>, value: NodeId) {
        let values = match document.node(value) {
            Node::Sequence(_, items) => items.as_slice(),
            _ => std::slice::from_ref(&value),
        };
        for &value in values {
            if !std::mem::replace(&mut self.seen[value.index()], true) {
                self.queue.push_back(value);
            }
        }
    }
}
