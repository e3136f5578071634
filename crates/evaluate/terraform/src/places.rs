//! Where the resources of a plan are declared.
//!
//! A plan says what will be, but not in which file it is written. Its addresses do, together with
//! the configuration that it was made of: this finds the block of each resource, and moves the
//! resource and its values there. The values stay those of the plan.

use std::collections::BTreeSet;

use bastide_hcl::{Block, Body, Ident, Label};
use bastide_source::Span;
use bastide_value::{Arena, Entry, Map, Node, Unknown, Value};

use crate::configuration::{Configuration, Directory, Mode};
use crate::{Evaluation, Resource};

/// A resource without the keys of instances: the names of the module calls that lead to it, its
/// mode, type and name.
type Key<'k> = (Vec<&'k str>, Mode, &'k str, &'k str);

/// Where a resource is declared: the calls that lead there, the outermost first, and its block. If
/// the innermost call leads out of the tree, there is none.
struct Place<'a> {
    calls: Vec<&'a Block<'a>>,
    block: Option<&'a Block<'a>>,
}

impl<'a> Evaluation<'a> {
    /// Moves the resources of a plan to where a configuration declares them. What is in a module
    /// that is not in the tree moves to the call of it; what is not found stays in the plan.
    pub fn move_into(&mut self, configuration: &Configuration<'a>, arena: &'a Arena) {
        let Some(root) = self.root_in(configuration) else {
            return;
        };
        let mover = Mover {
            configuration,
            root,
            arena,
        };
        for resource in &mut self.resources {
            mover.place(resource);
        }
    }

    /// The directory that the plan was made in: the one that declares most of it.
    fn root_in<'c>(&self, configuration: &'c Configuration<'a>) -> Option<&'c Directory<'a>> {
        let keys: BTreeSet<Key<'_>> = self.resources.iter().filter_map(key).collect();
        let declares = |directory: &&Directory<'a>| {
            let keys = keys.iter();
            keys.filter(|key| Place::of(configuration, directory, key).is_some())
                .count()
        };
        let mut best = (0, None);
        for directory in configuration.directories() {
            let count = declares(&directory);
            if count > best.0 {
                best = (count, Some(directory));
            }
        }
        best.1
    }
}

impl<'a> Place<'a> {
    fn of(
        configuration: &Configuration<'a>,
        root: &Directory<'a>,
        (names, mode, kind, name): &Key<'_>,
    ) -> Option<Self> {
        let mut calls = Vec::new();
        let mut directory = root;
        for depth in 0..names.len() {
            let call = directory.calls.index(names[depth]);
            let (_, call) = directory.calls.item(call?);
            calls.push(call);
            match configuration.called(root, directory, &names[..=depth], call) {
                Some(inner) => directory = inner,
                None => return Some(Self { calls, block: None }),
            }
        }
        let block = match mode {
            Mode::Provider => provider(directory, kind, name)?,
            mode => {
                let index = directory.resource_index.get(&(*mode, kind, name))?;
                directory.resources[*index].block
            }
        };
        let block = Some(block);
        Some(Self { calls, block })
    }
}

/// The block of a provider; `alias` is `default` for one that has none.
fn provider<'a>(directory: &Directory<'a>, kind: &str, alias: &str) -> Option<&'a Block<'a>> {
    directory.providers.iter().copied().find(|block| {
        let own = block
            .body
            .attribute("alias")
            .and_then(|it| it.expr.as_str());
        block.labels[0].text == kind && own.unwrap_or("default") == alias
    })
}

fn key<'k>(resource: &'k Resource<'_>) -> Option<Key<'k>> {
    let name = match resource.mode {
        Mode::Provider => resource.address.split_once('.')?.1,
        _ => resource.name()?,
    };
    let names = module_names(resource.module).collect();
    Some((names, resource.mode, resource.kind, name))
}

/// `a` and `b` of `module.a["x.y"].module.b[0].`
fn module_names(prefix: &str) -> impl Iterator<Item = &str> {
    let mut rest = prefix;
    std::iter::from_fn(move || {
        let call = rest.strip_prefix("module.")?;
        let name = call.split(['.', '[']).next()?;
        let mut quoted = false;
        let end = call[name.len()..].find(|char| {
            quoted ^= char == '"';
            char == '.' && !quoted
        })?;
        rest = &call[name.len() + end + 1..];
        Some(name)
    })
}

struct Mover<'c, 'a> {
    configuration: &'c Configuration<'a>,
    root: &'c Directory<'a>,
    arena: &'a Arena,
}

impl<'a> Mover<'_, 'a> {
    fn place(&self, resource: &mut Resource<'a>) {
        let place = key(resource).and_then(|key| Place::of(self.configuration, self.root, &key));
        let Some(Place { calls, block }) = place else {
            return;
        };
        let Some(declared) = block.or(calls.last().copied()) else {
            return;
        };
        let sources = self.configuration.sources;
        let own = calls.iter().chain(block.iter());
        resource.skips = own
            .flat_map(|block| crate::skips::of(sources, block))
            .collect();
        resource.callers = self.arena.alloc_slice_copy(&calls);
        resource.block = self.block(resource.block, declared);
        let body = block.map(|block| &block.body);
        resource.body = self.body(resource.body, body, resource.header());
    }

    /// The block of a plan, which holds its references, in the place of the one that declares it.
    fn block(&self, block: &Block<'a>, declared: &Block<'a>) -> &'a Block<'a> {
        let last = declared
            .labels
            .last()
            .map_or(declared.kind.span, |label| label.span);
        let labels = block.labels.iter().enumerate().map(|(index, label)| Label {
            span: declared.labels.get(index).map_or(last, |label| label.span),
            ..*label
        });
        let labels: Vec<_> = labels.collect();
        self.arena.alloc(Block {
            kind: Ident {
                name: block.kind.name,
                span: declared.kind.span,
            },
            labels: self.arena.alloc_slice_copy(&labels),
            body: Body {
                items: block.body.items,
                span: declared.body.span,
            },
            span: declared.span,
        })
    }

    /// Values in the place of what sets them; what nothing sets is at `place`.
    fn body(&self, values: Map<'a>, body: Option<&Body<'a>>, place: Span) -> Map<'a> {
        let entries = values.entries();
        let moved = |index: usize| {
            let entry = &entries[index];
            let attribute = body.and_then(|body| body.attribute(entry.key));
            let span = attribute.map_or(place, |attribute| attribute.expr.span);
            let value = match (entry.node.value, body) {
                (Value::Blocks(blocks), Some(body)) => {
                    Value::Blocks(self.blocks(blocks, entry.key, body, span))
                }
                (value, _) => self.value(value, span),
            };
            Entry {
                key: entry.key,
                key_span: attribute.map_or(place, |attribute| attribute.name.span),
                node: Node::new(value, span),
            }
        };
        Map::new(self.arena.alloc_slice_fill_with(entries.len(), moved))
    }

    /// Nested blocks. They are told apart if as many are written, or if one `dynamic` block makes all.
    fn blocks(
        &self,
        blocks: &'a [Node<'a>],
        kind: &str,
        body: &Body<'a>,
        place: Span,
    ) -> &'a [Node<'a>] {
        let written: Vec<&Block<'a>> = body
            .blocks()
            .filter(|block| block.kind.name == kind)
            .collect();
        let dynamic = body.blocks().find(|block| {
            block.kind.name == "dynamic" && block.labels.first().is_some_and(|it| it.text == kind)
        });
        let content = dynamic.and_then(|block| block.body.block("content"));
        let moved = |index: usize| {
            let block = match (&written[..], content) {
                (written, None) if written.len() == blocks.len() => Some(written[index]),
                ([], Some(content)) => Some(content),
                _ => None,
            };
            let span = block.map_or(place, |block| block.span);
            let value = match (blocks[index].value, block) {
                (Value::Map(map), Some(block)) => {
                    Value::Map(self.body(map, Some(&block.body), block.kind.span))
                }
                (value, _) => self.value(value, span),
            };
            Node::new(value, span)
        };
        self.arena.alloc_slice_fill_with(blocks.len(), moved)
    }

    /// A value, all of it at one place.
    fn value(&self, value: Value<'a>, span: Span) -> Value<'a> {
        let nodes = |nodes: &[Node<'a>]| -> &'a [Node<'a>] {
            let moved = |index: usize| Node::new(self.value(nodes[index].value, span), span);
            self.arena.alloc_slice_fill_with(nodes.len(), moved)
        };
        match value {
            Value::List(items) => Value::List(nodes(items)),
            Value::Blocks(items) => Value::Blocks(nodes(items)),
            Value::Map(map) => Value::Map(self.body(map, None, span)),
            Value::Unknown(unknown) => {
                Value::Unknown(self.arena.alloc(Unknown { span, ..*unknown }))
            }
            value => value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_calls() {
        let names = |prefix| module_names(prefix).collect::<Vec<_>>();
        assert_eq!(names(r#"module.a["x.y"].module.b[0]."#), ["a", "b"]);
        assert_eq!(names(r#"module.a["module.c."]."#), ["a"]);
        assert_eq!(names(""), [""; 0]);
    }
}
