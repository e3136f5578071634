//! What a clause on an attribute says of one resource.

use bastide_terraform::Resource;
use bastide_value::{Node, Value};

use super::clause::{Attribute, Operand, covers};
use super::datum::Datum;
use super::json_path;
use super::operator::matches_at_start;

impl Attribute {
    /// Whether a resource meets it; `None` if that hangs on an expression that was not evaluated.
    pub(super) fn test(&self, resource: &Resource<'_>, kind: &str) -> Option<bool> {
        if self.hangs_on_reference(resource) {
            return None;
        }
        let holds = self.compare(resource, kind)?;
        // Checkov does not follow a policy to the data source that holds it, and says nothing of it. Here
        // what is wrong with it is said.
        let root = self.path.split('.').next().unwrap_or_default();
        let is_unread = || self.operator.asks_for_value() && resource.is_of_data_source(root);
        (!(holds && covers(self.on, kind) && is_unread())).then_some(holds)
    }

    fn compare(&self, resource: &Resource<'_>, kind: &str) -> Option<bool> {
        let on_kind = covers(self.on, kind);
        let operand = Datum::from(self.operand);
        if self.json_path || self.has_wildcard() {
            let found = self.matches(resource);
            if !found.is_empty() {
                return self.test_matches(&found, &operand, on_kind);
            }
            // What is not there is compared as missing.
            return if on_kind {
                self.operator.holds(None, &operand)
            } else {
                Some(false)
            };
        }
        if !on_kind {
            return Some(false);
        }
        let found = find(resource, self.path).map(Datum::new);
        self.operator.holds(found.as_ref(), &operand)
    }

    /// The part of a resource that it is about, if that was written.
    pub(super) fn place<'a>(&self, resource: &Resource<'a>) -> Option<Node<'a>> {
        let path = self.path.split(['*', '[']).next().unwrap_or_default();
        find_node(resource, path.trim_end_matches('.'))
    }

    /// Whether the attribute, or what it lies in, is an expression that was not evaluated. To ask
    /// for the empty text is to ask for what was written.
    fn hangs_on_reference(&self, resource: &Resource<'_>) -> bool {
        if self.operand == Operand::Text("") {
            return false;
        }
        let ends = self.path.match_indices('.').map(|(at, _)| at);
        ends.chain([self.path.len()]).any(|end| {
            (end < self.path.len() || self.operator.asks_for_value())
                && find(resource, &self.path[..end])
                    .is_some_and(|value| is_reference(value, &self.path[..end], resource))
        })
    }

    fn has_wildcard(&self) -> bool {
        self.path.contains(".*")
    }

    fn test_matches(
        &self,
        found: &[Datum<'_>],
        operand: &Datum<'_>,
        on_kind: bool,
    ) -> Option<bool> {
        let by_value = self.operator.asks_for_value() && self.operand != Operand::Text("");
        let known: Vec<&Datum<'_>> = found
            .iter()
            .filter(|datum| !by_value || !datum.is_reference() || operand.is_reference())
            .collect();
        let mut outcomes = known
            .iter()
            .map(|datum| self.operator.holds(Some(datum), operand));
        let undecided = known.len() < found.len();
        if self.json_path || self.operator.asks_for_all() {
            let all = on_kind && outcomes.try_fold(true, |all, holds| Some(all && holds?))?;
            return (!all || !undecided).then_some(all);
        }
        let one = on_kind && outcomes.try_fold(false, |one, holds| Some(one || holds?))?;
        (one || !undecided).then_some(one)
    }

    /// Everything that a path with wildcards, or one of JSONPath, finds.
    fn matches<'a>(&self, resource: &Resource<'a>) -> Vec<Datum<'a>> {
        if self.json_path {
            return json_path::find(self.path, &whole(resource));
        }
        let names: Vec<&str> = self.path.split('.').collect();
        let plain: Vec<&str> = names.iter().copied().filter(|name| *name != "*").collect();
        let mut found = Vec::new();
        for path in [&names, &plain] {
            descend(Value::Map(resource.body), path, &mut found);
        }
        found.into_iter().map(Datum::new).collect()
    }
}

/// The value of an attribute for a filter.
pub(super) fn of_filter<'a>(
    resource: &Resource<'a>,
    kind: &'a str,
    attribute: &str,
) -> Option<Datum<'a>> {
    if attribute == "resource_type" {
        return Some(Datum::Text(kind.into()));
    }
    find(resource, attribute).map(Datum::new)
}

/// A resource as one map. Texts of JSON in it are what they say.
fn whole<'a>(resource: &Resource<'a>) -> Datum<'a> {
    let mut whole = Datum::new(Value::Map(resource.body));
    if let Datum::Map(entries) = &mut whole {
        for (_, datum) in entries {
            if let Datum::Text(text) = &*datum
                && text.trim_start().starts_with('{')
                && let Some(decoded) = Datum::from_json(text)
            {
                *datum = decoded;
            }
        }
    }
    whole
}

fn is_reference(value: Value<'_>, path: &str, resource: &Resource<'_>) -> bool {
    if !matches!(value, Value::Unknown(_) | Value::String(_)) {
        return false;
    }
    let datum = Datum::new(value);
    // A policy with references inside of its texts is still a policy.
    let is_policy = path == "policy" && resource.kind.ends_with("policy");
    let reads = || matches!(&datum, Datum::Text(text) if Datum::from_json(text).is_some());
    datum.is_reference() && !(is_policy && reads())
}

fn find<'a>(resource: &Resource<'a>, path: &str) -> Option<Value<'a>> {
    find_node(resource, path).map(|node| node.value)
}

fn find_node<'a>(resource: &Resource<'a>, path: &str) -> Option<Node<'a>> {
    let whole = Node::from(Value::Map(resource.body));
    at(whole, path, false)
}

/// The value at names and numbers separated by dots. Keys may hold dots themselves. A single block
/// stands for itself, and in an object so does the only item of a list.
fn at<'a>(node: Node<'a>, path: &str, in_object: bool) -> Option<Node<'a>> {
    if path.is_empty() {
        return Some(node);
    }
    match node.value {
        Value::Map(map) => map.entries().iter().rev().find_map(|entry| {
            let rest = path.strip_prefix(entry.key)?;
            let rest = if rest.is_empty() {
                rest
            } else {
                rest.strip_prefix('.')?
            };
            at(entry.node, rest, in_object || is_object(entry.node))
        }),
        Value::Blocks([only]) => at(*only, path, false),
        Value::List([only]) if in_object && !starts_with_number(path) => at(*only, path, true),
        Value::List(items) | Value::Blocks(items) => {
            let (number, rest) = path.split_once('.').unwrap_or((path, ""));
            let item = *items.get(number.parse::<usize>().ok()?)?;
            at(item, rest, in_object || is_object(item))
        }
        _ => None,
    }
}

fn is_object(node: Node<'_>) -> bool {
    matches!(node.value, Value::Map(_))
}

fn starts_with_number(path: &str) -> bool {
    path.starts_with(|first: char| first.is_ascii_digit())
}

/// The values at names, where `*` is any number and other names may be regular expressions.
fn descend<'a>(value: Value<'a>, path: &[&str], found: &mut Vec<Value<'a>>) {
    let Some((name, rest)) = path.split_first() else {
        found.push(value);
        return;
    };
    match (value, *name) {
        (Value::Blocks([only]), name) if name != "*" => descend(only.value, path, found),
        (Value::Blocks([_]), _) => {}
        (Value::List(items) | Value::Blocks(items), "*") => {
            for item in items {
                descend(item.value, rest, found);
            }
        }
        (Value::List(items) | Value::Blocks(items), number) => {
            let index = number.parse::<usize>().ok();
            if let Some(item) = index.and_then(|index| items.get(index)) {
                descend(item.value, rest, found);
            }
        }
        (Value::Map(map), name) => {
            let plain = !name.contains(['(', '[', '|', '+', '?', '\\', '*']);
            for entry in map.entries() {
                let matches = match name {
                    "*" => entry.key.bytes().all(|byte| byte.is_ascii_digit()),
                    name if plain => entry.key == name,
                    name => matches_at_start(&format!("(?:{name})$"), entry.key),
                };
                if matches {
                    descend(entry.node.value, rest, found);
                }
            }
        }
        _ => {}
    }
}
