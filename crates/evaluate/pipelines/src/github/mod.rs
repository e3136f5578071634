//! GitHub Actions.

mod shape;

pub(crate) use shape::misfit;

use bastide_source::Span;
use bastide_value::{Node, Value};

use crate::marks::Marks;
use crate::select::{at, entries, flat, values};
use crate::{Entity, Kind, Pipeline};

pub(crate) fn entities<'a>(pipeline: &Pipeline<'a>) -> Vec<Entity<'a>> {
    let root = &pipeline.root;
    let skips = pipeline.skips_anywhere();
    let mut entities = Vec::new();
    if let Some(jobs) = root
        .get("jobs")
        .filter(|jobs| jobs.value.as_map().is_some())
    {
        let all = pipeline.item(Kind::Jobs, "jobs", jobs);
        entities.extend(all.map(|all| Entity {
            skips: skips.clone(),
            ..all
        }));
        for entry in entries(jobs) {
            let job = pipeline.item(Kind::Job, "jobs.*", &entry.node);
            entities.extend(job.map(|job| Entity {
                key: entry.key,
                span: entry.key_span,
                skips: skips.clone(),
                ..job
            }));
        }
        let steps = flat(at(values(jobs), "steps"));
        entities.extend(steps.filter_map(|step| pipeline.item(Kind::Step, "jobs.*.steps[]", step)));
    }
    if let Some(entry) = root.value.as_map().and_then(|map| map.entry("on")) {
        // A mere word, or a list of them, has no place.
        let marks = pipeline.of_mapping(&entry.node).unwrap_or((0, 0));
        entities.push(Entity {
            span: entry.key_span,
            skips,
            ..Entity::new(Kind::Trigger, "on", &entry.node, marks)
        });
    }
    entities.extend(permissions(pipeline));
    entities
}

/// What the token may do, said or not. No comment skips it.
fn permissions<'a>(pipeline: &Pipeline<'a>) -> Option<Entity<'a>> {
    let root = &pipeline.root;
    let entry = root.value.as_map()?.entry("permissions");
    let first_key = root.value.as_map()?.entries().first()?.key_span;
    let nothing = Node::new(Value::Null, first_key);
    let node = entry.map_or(nothing, |entry| entry.node);
    let marks = match node.value {
        Value::Map(_) => pipeline.of_mapping(&node)?,
        Value::String("") => return None,
        // Where it is only a word, or not there, any line that holds the key's name will do.
        Value::Null | Value::String(_) => line_with(pipeline, "permissions"),
        _ => return None,
    };
    let mut entity = Entity::new(Kind::Permissions, "permissions", &node, marks);
    entity.span = entry.map_or(first_key, key_or_entry);
    Some(entity)
}

fn key_or_entry(entry: &bastide_value::Entry<'_>) -> Span {
    match entry.node.value {
        Value::Map(_) => entry.key_span,
        _ => entry.span(),
    }
}

fn line_with(pipeline: &Pipeline<'_>, word: &str) -> Marks {
    let text = &pipeline.source.text;
    let found = memchr::memmem::find(text.as_bytes(), word.as_bytes());
    found.map_or((0, 0), |at| {
        let line = pipeline.source.lines().line(at as u32);
        (line, line)
    })
}

/// `on(name of the workflow)`, `jobs(build)`, `jobs(build).steps[2](name)`. What the token may do
/// goes by the name of the trigger, as in Checkov.
pub(crate) fn address(pipeline: &Pipeline<'_>, kind: Kind, marks: Marks) -> String {
    if matches!(kind, Kind::Trigger | Kind::Permissions) {
        let name = pipeline.root.get("name");
        return match name.filter(|name| !name.value.is_falsy()) {
            Some(name) => format!("on({})", pipeline.written(name)),
            None => "on".to_owned(),
        };
    }
    match (job_name(pipeline, marks), kind) {
        (Some((name, job)), Kind::Step) => {
            format!("jobs({name}).steps{}", step_name(pipeline, job, marks))
        }
        (Some((name, _)), _) => format!("jobs({name})"),
        (None, Kind::Step) => "jobs().steps".to_owned(),
        (None, _) => "jobs".to_owned(),
    }
}

/// The first job that holds these lines, with its name.
pub(crate) fn job_name<'a>(
    pipeline: &Pipeline<'a>,
    marks: Marks,
) -> Option<(&'a str, &'a Node<'a>)> {
    let jobs = pipeline.root.get("jobs")?;
    entries(jobs)
        .find(|entry| pipeline.holds(&entry.node, marks))
        .map(|entry| (entry.key, &entry.node))
}

/// `[2](name)`: the number and name of the step of a job at these lines. Steps without anything in
/// them do not count, and a step that is a mere word is taken for any that follows, as in Checkov.
pub(crate) fn step_name(pipeline: &Pipeline<'_>, job: &Node<'_>, marks: Marks) -> String {
    let steps = job.get("steps").and_then(|steps| steps.value.as_list());
    let steps = steps.unwrap_or_default().iter();
    let given = steps.filter(|step| !step.value.is_null());
    for (number, step) in (1..).zip(given) {
        if let Some(word) = step.value.as_str() {
            return format!("[{number}]({word})");
        }
        if pipeline.holds(step, marks) {
            let name = step.get("name").filter(|name| !name.value.is_falsy());
            return match name {
                Some(name) => format!("[{number}]({})", pipeline.written(name)),
                None => format!("[{number}]"),
            };
        }
    }
    String::new()
}
