//! Ways through a tree of values. Nulls are passed over everywhere.

use std::collections::HashSet;

use bastide_value::{Entry, Node, Value};

use crate::pipeline::MAX_PARTS;

/// The entries of a mapping that hold: of two with one key the last.
pub(crate) fn entries<'a>(node: &Node<'a>) -> impl Iterator<Item = &'a Entry<'a>> + use<'a> {
    let entries = node.value.as_map().unwrap_or_default().entries();
    let mut seen = HashSet::with_capacity(entries.len());
    let mut holding: Vec<_> = entries
        .iter()
        .rev()
        .filter(|entry| seen.insert(entry.key))
        .collect();
    holding.reverse();
    holding.into_iter()
}

/// The values of a mapping.
pub(crate) fn values<'a>(node: &Node<'a>) -> impl Iterator<Item = &'a Node<'a>> + use<'a> {
    entries(node).map(|entry| &entry.node).filter(is_given)
}

/// What stands at a key in each of these.
pub(crate) fn at<'a>(
    nodes: impl Iterator<Item = &'a Node<'a>>,
    key: &'static str,
) -> impl Iterator<Item = &'a Node<'a>> {
    nodes.filter_map(move |node| node.get(key)).filter(is_given)
}

/// One more than there may be parts in a file. Aliases can make any number of few.
const TOO_MANY: usize = MAX_PARTS + 1;

/// The items of those that are lists, and the others themselves.
pub(crate) fn flat<'a>(
    nodes: impl Iterator<Item = &'a Node<'a>>,
) -> impl Iterator<Item = &'a Node<'a>> {
    nodes
        .flat_map(|node| match node.value {
            Value::List(items) => items,
            _ => std::slice::from_ref(node),
        })
        .filter(is_given)
        .take(TOO_MANY)
}

/// The items of the list at a key; none if there is no list.
pub(crate) fn list<'a>(node: &Node<'a>, key: &str) -> impl Iterator<Item = &'a Node<'a>> + use<'a> {
    let items = node.get(key).and_then(|list| list.value.as_list());
    items.unwrap_or_default().iter().filter(is_given)
}

fn is_given(node: &&Node<'_>) -> bool {
    !node.value.is_null()
}
