//! Lists, sets and maps.

use bastide_value::{Cause, Entry, Map, Node, Value};

use super::Args;
use crate::convert::{number, to_bool, to_text};
use crate::evaluator::{Evaluator, known};
use crate::expression::equal;
use crate::place::sorted;

type Result<'a> = std::result::Result<Value<'a>, Cause<'a>>;

/// `range` makes at most so many items, as Terraform's does.
const MAX_RANGE: usize = 1024;

/// `setproduct` makes at most so many items.
const MAX_PRODUCT: usize = 100_000;

pub(super) fn same<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    args.value(0)
}

pub(super) fn length<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let length = match args.value(0)? {
        Value::String(text) => text.chars().count(),
        Value::Map(map) => sorted(map).len(),
        _ => args.list(0)?.len(),
    };
    Ok(Value::int(length as i64))
}

pub(super) fn keys<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let keys = sorted(args.map(0)?).into_iter();
    Ok(args.evaluator.list(keys.map(|(key, _)| Value::String(key))))
}

pub(super) fn values<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let nodes: Vec<_> = sorted(args.map(0)?)
        .into_iter()
        .map(|(_, node)| *node)
        .collect();
    Ok(args.give_list(&nodes))
}

pub(super) fn lookup<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let (map, key) = (args.map(0)?, args.text(1)?);
    match map.get(&key) {
        Some(node) => Ok(node.value),
        None => args
            .value(2)
            .map_err(|_| Cause::Invalid("the map has no such key")),
    }
}

/// The entries of all maps; of equal keys the last. `null` is no map, and passed over.
pub(super) fn merge<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let mut entries: Vec<Entry<'a>> = Vec::new();
    for (index, value) in args.values.iter().enumerate() {
        if !value.is_null() {
            entries.extend(args.map(index)?.entries());
        }
    }
    Ok(Value::Map(Map::new(
        args.evaluator.arena.alloc_slice_copy(&entries),
    )))
}

pub(super) fn zipmap<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let (keys, values) = (args.list(0)?, args.list(1)?);
    if keys.len() != values.len() {
        return Err(Cause::Invalid("there are not as many keys as values"));
    }
    let mut entries = Vec::with_capacity(keys.len());
    for (key, value) in keys.iter().zip(values) {
        let text = to_text(known(key.value)?).ok_or(Cause::Invalid("a key is not a text"))?;
        entries.push(Entry::new(args.evaluator.arena.alloc_str(&text), *value));
    }
    Ok(Value::Map(Map::new(
        args.evaluator.arena.alloc_slice_copy(&entries),
    )))
}

pub(super) fn concat<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let mut nodes = Vec::new();
    for index in 0..args.values.len() {
        nodes.extend_from_slice(args.list(index)?);
    }
    Ok(args.give_list(&nodes))
}

pub(super) fn reverse<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let mut nodes = args.list(0)?.to_vec();
    nodes.reverse();
    Ok(args.give_list(&nodes))
}

/// Lists in lists as one list. An unknown item may be a list too: all is unknown then.
pub(super) fn flatten<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    fn gather<'a>(
        items: &[Node<'a>],
        nodes: &mut Vec<Node<'a>>,
    ) -> std::result::Result<(), Cause<'a>> {
        for item in items {
            match known(item.value)?.as_list() {
                Some(items) => gather(items, nodes)?,
                None => nodes.push(*item),
            }
        }
        Ok(())
    }
    let mut nodes = Vec::new();
    gather(args.list(0)?, &mut nodes)?;
    Ok(args.give_list(&nodes))
}

pub(super) fn slice<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let (list, start, end) = (args.list(0)?, args.int(1)?, args.int(2)?);
    let range = usize::try_from(start).ok().zip(usize::try_from(end).ok());
    let items = range.and_then(|(start, end)| list.get(start..end));
    items
        .map(Value::List)
        .ok_or(Cause::Invalid("the list is shorter than the slice"))
}

/// The item at a place, counted on from the start again beyond the end.
pub(super) fn element<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let (list, index) = (args.list(0)?, args.int(1)?);
    if list.is_empty() {
        return Err(Cause::Invalid("an empty list has no element"));
    }
    Ok(list[index.rem_euclid(list.len() as i64) as usize].value)
}

pub(super) fn index<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let wanted = args.value(1)?;
    for (index, item) in args.list(0)?.iter().enumerate() {
        if equal(item.value, wanted)? {
            return Ok(Value::int(index as i64));
        }
    }
    Err(Cause::Invalid("the item is not in the list"))
}

pub(super) fn contains<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let wanted = args.value(1)?;
    let mut unknown = None;
    for item in args.list(0)? {
        match equal(item.value, wanted) {
            Ok(true) => return Ok(Value::Bool(true)),
            Ok(false) => {}
            Err(cause) => unknown = Some(cause),
        }
    }
    unknown.map_or(Ok(Value::Bool(false)), Err)
}

/// The first argument that is neither null nor an empty text.
pub(super) fn coalesce<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let given = |value: &Value<'a>| !matches!(value, Value::Null | Value::String(""));
    let nodes: Vec<_> = args.values.iter().copied().map(Node::from).collect();
    unified(args, &nodes)
        .into_iter()
        .map(|node| node.value)
        .find(given)
        .ok_or(Cause::Invalid("all arguments are empty"))
}

pub(super) fn coalesce_list<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let given = |value: &&Value<'a>| !value.is_falsy();
    args.values
        .iter()
        .find(given)
        .copied()
        .ok_or(Cause::Invalid("all lists are empty"))
}

pub(super) fn compact<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let mut nodes = Vec::new();
    for item in args.list(0)? {
        if !matches!(known(item.value)?, Value::Null | Value::String("")) {
            nodes.push(*item);
        }
    }
    Ok(args.give_list(&nodes))
}

pub(super) fn distinct<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let mut nodes: Vec<Node<'a>> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for item in unified(args, args.list(0)?) {
        if seen.insert(sort_key(known(item.value)?)) {
            nodes.push(item);
        }
    }
    Ok(args.give_list(&nodes))
}

pub(super) fn sort<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let mut nodes = args.list(0)?.to_vec();
    for node in &nodes {
        known(node.value)?;
    }
    nodes.sort_by_cached_key(|node| to_text(node.value).unwrap_or_default());
    Ok(args.give_list(&nodes))
}

pub(super) fn one<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    match args.list(0)? {
        [] => Ok(Value::Null),
        [item] => Ok(item.value),
        _ => Err(Cause::Invalid("the list has more than one item")),
    }
}

pub(super) fn all_true<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    truths(args, false).map(|found| Value::Bool(!found))
}

pub(super) fn any_true<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    truths(args, true).map(Value::Bool)
}

/// Whether the list holds `wanted`.
fn truths<'a>(args: &Args<'_, 'a>, wanted: bool) -> std::result::Result<bool, Cause<'a>> {
    let mut unknown = None;
    for item in args.list(0)? {
        match item.value {
            Value::Unknown(item) => unknown = Some(item.cause),
            value if to_bool(value).unwrap_or(false) == wanted => return Ok(true),
            _ => {}
        }
    }
    unknown.map_or(Ok(false), Err)
}

/// `range(limit)`, `range(start, limit)`, `range(start, limit, step)`.
/// The numbers from a start to before a limit, by steps that need not be whole.
pub(super) fn range<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let (start, limit) = match args.values.len() {
        1 => (0.0, args.number(0)?.as_f64()),
        _ => (args.number(0)?.as_f64(), args.number(1)?.as_f64()),
    };
    let step = match args.values.len() {
        0..=2 if limit < start => -1.0,
        0..=2 => 1.0,
        _ => args.number(2)?.as_f64(),
    };
    let mut items = Vec::new();
    let mut next = start;
    while step != 0.0
        && if step > 0.0 {
            next < limit
        } else {
            next > limit
        }
    {
        if items.len() == MAX_RANGE {
            return Err(Cause::Invalid("a range has at most 1024 items"));
        }
        items.push(Node::from(Value::Number(number(next))));
        next += step;
    }
    Ok(args.give_list(&items))
}

pub(super) fn to_list<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    match args.value(0)? {
        Value::Null => Ok(Value::Null),
        _ => Ok(args.give_list(&unified(args, args.list(0)?))),
    }
}

pub(super) fn to_set<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    match args.value(0)? {
        Value::Null => Ok(Value::Null),
        _ => {
            let nodes = unified(args, args.list(0)?);
            Ok(set_of(args.evaluator, nodes.into_iter()))
        }
    }
}

pub(super) fn to_map<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let map = match args.value(0)? {
        Value::Null => return Ok(Value::Null),
        _ => args.map(0)?,
    };
    let nodes: Vec<_> = map.entries().iter().map(|entry| entry.node).collect();
    let entries = map.entries().iter().zip(unified(args, &nodes));
    let entries: Vec<_> = entries
        .map(|(entry, node)| Entry { node, ..*entry })
        .collect();
    Ok(Value::Map(Map::new(
        args.evaluator.arena.alloc_slice_copy(&entries),
    )))
}

/// The items as a collection holds them, all of one type: beside a text, scalars are texts.
fn unified<'a>(args: &Args<'_, 'a>, nodes: &[Node<'a>]) -> Vec<Node<'a>> {
    let any_text = nodes.iter().any(|node| node.value.as_str().is_some());
    let as_text = |node: &Node<'a>| match node.value {
        Value::Bool(_) | Value::Number(_) if any_text => {
            let text = to_text(node.value).unwrap_or_default();
            Node::new(args.give(text), node.span)
        }
        _ => *node,
    };
    nodes.iter().map(as_text).collect()
}

pub(super) fn set_union<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let mut nodes = Vec::new();
    for index in 0..args.values.len() {
        nodes.extend_from_slice(args.list(index)?);
    }
    Ok(set_of(args.evaluator, nodes.into_iter()))
}

/// The items as a set: each once, in the order in which Terraform goes through sets.
pub(super) fn set_of<'a>(
    evaluator: &Evaluator<'a>,
    items: impl Iterator<Item = Node<'a>>,
) -> Value<'a> {
    let mut nodes: Vec<_> = items.map(|node| (sort_key(node.value), node)).collect();
    nodes.sort_by(|(one, _), (two, _)| one.cmp(two));
    nodes.dedup_by(|(one, _), (two, _)| one == two);
    let nodes: Vec<_> = nodes.into_iter().map(|(_, node)| node).collect();
    Value::List(evaluator.arena.alloc_slice_copy(&nodes))
}

/// A text that orders and tells apart values as sets do.
fn sort_key(value: Value<'_>) -> String {
    match value {
        Value::String(text) => text.to_owned(),
        Value::List(items) | Value::Blocks(items) => items
            .iter()
            .map(|item| sort_key(item.value) + "\u{1}")
            .collect(),
        Value::Map(map) => sorted(map)
            .into_iter()
            .map(|(key, node)| format!("{key}\u{2}{}\u{1}", sort_key(node.value)))
            .collect(),
        value => value.to_string(),
    }
}

pub(super) fn chunk_list<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let (list, size) = (args.list(0)?, args.int(1)?);
    let size = usize::try_from(size).map_err(|_| Cause::Invalid("a size is negative"))?;
    let size = if size == 0 { list.len().max(1) } else { size };
    let chunks: Vec<_> = list
        .chunks(size)
        .map(|chunk| Node::from(Value::List(chunk)))
        .collect();
    Ok(args.give_list(&chunks))
}

/// The values whose keys, at the same places, are among those searched for.
pub(super) fn match_keys<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let (values, keys, wanted) = (args.list(0)?, args.list(1)?, args.list(2)?);
    let mut matching = Vec::new();
    for (value, key) in values.iter().zip(keys) {
        for candidate in wanted {
            if equal(key.value, candidate.value)? {
                matching.push(*value);
                break;
            }
        }
    }
    Ok(args.give_list(&matching))
}

pub(super) fn set_intersection<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let mut kept = args.list(0)?.to_vec();
    for index in 1..args.values.len() {
        let other = sort_keys(args.list(index)?);
        kept.retain(|node| other.contains(&sort_key(node.value)));
    }
    Ok(set_of(args.evaluator, kept.into_iter()))
}

pub(super) fn set_subtract<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let removed = sort_keys(args.list(1)?);
    let kept = args
        .list(0)?
        .iter()
        .filter(|node| !removed.contains(&sort_key(node.value)));
    Ok(set_of(args.evaluator, kept.copied()))
}

fn sort_keys(items: &[Node<'_>]) -> std::collections::BTreeSet<String> {
    items.iter().map(|item| sort_key(item.value)).collect()
}

/// Every combination of an item of each list.
pub(super) fn set_product<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let mut products: Vec<Vec<Node<'a>>> = vec![Vec::new()];
    for index in 0..args.values.len() {
        let list = args.list(index)?;
        if products.len().saturating_mul(list.len()) > MAX_PRODUCT {
            return Err(Cause::Limit("the product has too many items"));
        }
        let longer = |product: &Vec<Node<'a>>| -> Vec<Vec<Node<'a>>> {
            let with = |item: &Node<'a>| product.iter().copied().chain([*item]).collect();
            list.iter().map(with).collect()
        };
        products = products.iter().flat_map(longer).collect();
    }
    let products: Vec<_> = products
        .iter()
        .map(|items| Node::from(args.give_list(items)))
        .collect();
    Ok(args.give_list(&products))
}

/// A map of lists turned round: each item as a key, with the keys of the lists that hold it.
pub(super) fn transpose<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let mut turned: std::collections::BTreeMap<&'a str, Vec<Node<'a>>> = Default::default();
    for (key, node) in sorted(args.map(0)?) {
        let items = known(node.value)?
            .as_list()
            .ok_or(Cause::Invalid("a value is not a list"))?;
        for item in items {
            let text =
                to_text(known(item.value)?).ok_or(Cause::Invalid("an item is not a text"))?;
            let text = args.evaluator.arena.alloc_str(&text);
            turned
                .entry(text)
                .or_default()
                .push(Node::from(Value::String(key)));
        }
    }
    let entries = turned
        .into_iter()
        .map(|(key, keys)| (key, args.give_list(&keys)));
    Ok(args.evaluator.map(entries))
}

/// `list(a, b)`, as before Terraform 0.12.
pub(super) fn list<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    Ok(args.evaluator.list(args.values.iter().copied()))
}

/// `map(key, value, …)`, as before Terraform 0.12.
pub(super) fn map<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let mut entries = Vec::new();
    for index in (0..args.values.len()).step_by(2) {
        let key = args.evaluator.arena.alloc_str(&args.text(index)?);
        entries.push((&*key, args.value(index + 1)?));
    }
    Ok(args.evaluator.map(entries.into_iter()))
}
