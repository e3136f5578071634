//! GitLab CI.

use std::collections::HashSet;

use bastide_value::{Node, Value};
use memchr::memmem;

use crate::marks::Marks;
use crate::select::{at, entries, flat, values};
use crate::{Entity, Kind, Pipeline};

pub(crate) fn entities<'a>(pipeline: &Pipeline<'a>) -> Vec<Entity<'a>> {
    let root = &pipeline.root;
    let below = |key| at(values(root), key);
    let item = |kind, path, node| item(pipeline, kind, path, node);
    let mut entities = Vec::new();
    entities.extend(below("rules").filter_map(|it| item(Kind::Rules, "*.rules", it)));
    entities.extend(flat(below("script")).filter_map(|it| item(Kind::Script, "*.script[]", it)));
    entities.extend(flat(below("image")).filter_map(|it| item(Kind::Image, "*.image[]", it)));
    entities
        .extend(flat(below("services")).filter_map(|it| item(Kind::Service, "*.services[]", it)));
    entities
}

fn item<'a>(
    pipeline: &Pipeline<'a>,
    kind: Kind,
    path: &'static str,
    node: &Node<'a>,
) -> Option<Entity<'a>> {
    let mut entity = match node.value {
        Value::String(text) => {
            let marks = text_marks(pipeline, text)?;
            let mut entity = Entity::new(kind, path, node, marks);
            entity.skips = pipeline.skips(marks);
            entity
        }
        _ => pipeline.item(kind, path, node)?,
    };
    // A list of rules asks for a skip anywhere in one of its rules.
    if let Value::List(items) = node.value {
        let rules = items.iter().filter_map(|rule| pipeline.of_mapping(rule));
        entity.skips = rules.flat_map(|marks| pipeline.skips(marks)).collect();
        // Lines of neighbours overlap.
        entity.skips.dedup();
    }
    Some(entity)
}

/// The lines of a text: Checkov looks for it in the file, anywhere. Of a text of one line the last
/// place counts; of a longer one the last place of its first line before the first of its last line.
fn text_marks(pipeline: &Pipeline<'_>, text: &str) -> Option<Marks> {
    let text = text.trim_end();
    let lines = || (1..).zip(pipeline.source.text.lines());
    let (first, last) = match (text.split('\n').next(), text.rsplit_once('\n')) {
        (Some(first), Some((_, last))) => (first, last),
        _ => {
            let source = pipeline.source;
            let at = memmem::rfind(source.text.as_bytes(), text.as_bytes())?;
            let line = source.lines().line(at as u32);
            return Some((line, line));
        }
    };
    let mut start = None;
    for (number, line) in lines() {
        if line.contains(first) {
            start = Some(number);
        } else if line.contains(last) {
            return Some((start?, number));
        }
    }
    None
}

/// Top-level keys that are no jobs.
const NO_JOBS: [&str; 4] = ["include", "stages", "cache", "variables"];
/// Keys below which images are named.
const IMAGES: [&str; 2] = ["image", "services"];

/// The way to what stands at these lines: `build.script`, `default.services.1`. Where it ends too
/// early or at a neighbour, it does so in Checkov.
pub(crate) fn address(pipeline: &Pipeline<'_>, marks: Marks) -> String {
    let mut seen = HashSet::new();
    below(pipeline, &pipeline.root, String::new(), marks, &mut seen, 0)
}

fn below<'a>(
    pipeline: &Pipeline<'a>,
    node: &Node<'a>,
    way: String,
    marks: Marks,
    seen: &mut HashSet<&'a str>,
    depth: usize,
) -> String {
    let longer = |key: &str| match way.is_empty() {
        true => key.to_owned(),
        false => format!("{way}.{key}"),
    };
    for entry in entries(node) {
        let key = entry.key;
        if depth == 0 && NO_JOBS.contains(&key) {
            continue;
        }
        if IMAGES.contains(&key) {
            seen.insert(key);
        }
        if pipeline.holds(&entry.node, marks) {
            return below(pipeline, &entry.node, longer(key), marks, seen, depth + 1);
        }
        if let Value::List(items @ [first, ..]) = entry.node.value
            && first.value.as_map().is_some()
        {
            let index = items.iter().position(|item| pipeline.holds(item, marks));
            let number = index.map_or(String::new(), |index| format!(".{}", index + 1));
            return longer(key) + &number;
        }
        let image_later = IMAGES.iter().any(|key| {
            let image = node.get(key).filter(|_| !seen.contains(key));
            image.is_some_and(|image| pipeline.holds(image, marks))
        });
        if depth == 0 || image_later {
            continue;
        }
        match entry.node.value {
            Value::List(_) => return longer(key),
            Value::String(_) => return way,
            _ => {}
        }
    }
    way
}
