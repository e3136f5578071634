//! Azure Pipelines.

use bastide_value::{Node, Value};

use crate::marks::Marks;
use crate::select::{at, entries, flat, list, values};
use crate::{Entity, Kind, Pipeline};

pub(crate) fn entities<'a>(pipeline: &Pipeline<'a>) -> Vec<Entity<'a>> {
    let root = &pipeline.root;
    let jobs = || list(root, "jobs");
    let staged = || flat(at(list(root, "stages"), "jobs"));
    let item = |kind, path, node| pipeline.item(kind, path, node);
    let mut entities = Vec::new();
    entities.extend(jobs().filter_map(|job| item(Kind::Job, "jobs[]", job)));
    entities.extend(staged().filter_map(|job| item(Kind::Job, "stages[].jobs[]", job)));
    let steps = flat(at(jobs(), "steps"));
    entities.extend(steps.filter_map(|step| item(Kind::Step, "jobs[].steps[]", step)));
    let steps = flat(at(staged(), "steps"));
    entities.extend(steps.filter_map(|step| item(Kind::Step, "stages[].jobs[].steps[]", step)));
    let containers = flat(at(values(root), "container"));
    entities.extend(containers.filter_map(|it| item(Kind::Container, "*.container[]", it)));
    entities
}

/// The way to the outermost mapping in a list, or below a key, that starts at the first of these
/// lines: `stages[0](Build).jobs[1](Test)`. `None` if no mapping below the root holds them.
pub(crate) fn address(pipeline: &Pipeline<'_>, marks: Marks) -> Option<String> {
    below(pipeline, &pipeline.root, "", marks)
}

fn below(pipeline: &Pipeline<'_>, node: &Node<'_>, way: &str, marks: Marks) -> Option<String> {
    let dot = if way.is_empty() { "" } else { "." };
    entries(node).find_map(|entry| {
        let key = entry.key;
        match entry.node.value {
            Value::Map(_) => inside(pipeline, &entry.node, format!("{way}{dot}{key}"), marks),
            Value::List(items) => items.iter().enumerate().find_map(|(index, item)| {
                inside(pipeline, item, format!("{way}{dot}{key}[{index}]"), marks)
            }),
            _ => None,
        }
    })
}

fn inside(pipeline: &Pipeline<'_>, node: &Node<'_>, way: String, marks: Marks) -> Option<String> {
    if !pipeline.holds(node, marks) {
        return None;
    }
    let named = ["displayName", "name", "job", "stage"];
    let name = named.iter().find_map(|key| node.get(key));
    let way = match name.filter(|name| !name.value.is_falsy()) {
        Some(name) => format!("{way}({})", pipeline.written(name)),
        None => way,
    };
    let starts_here = pipeline.of_mapping(node).is_some_and(|it| it.0 == marks.0);
    if starts_here {
        return Some(way);
    }
    Some(below(pipeline, node, &way, marks).unwrap_or(way))
}
