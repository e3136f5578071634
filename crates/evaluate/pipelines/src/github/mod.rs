//! GitHub Actions.

mod shape;

pub(crate) use shape::misfit;

use bastide_source::Span;
use bastide_value::{Entry, Node, Value};

use crate::marks::Marks;
use crate::pipeline::Row;
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

/// The jobs of a workflow, and the steps of each that are not empty.
pub(crate) fn rows<'a>(root: &Node<'a>) -> impl Iterator<Item = (Span, Row<'a>)> {
    let jobs = root.get("jobs").into_iter();
    let steps = jobs
        .clone()
        .flat_map(values)
        .filter_map(|job| job.get("steps"));
    let jobs = jobs.map(|jobs| {
        let part = |entry: &'a Entry<'a>| (entry.key, &entry.node);
        (jobs.span, Row::new(entries(jobs).map(part).collect()))
    });
    let steps = steps.map(|steps| {
        let all = steps.value.as_list().unwrap_or_default().iter();
        let given = all.filter(|step| !step.value.is_null());
        (steps.span, Row::new(given.map(|step| ("", step)).collect()))
    });
    jobs.chain(steps)
}

/// The first job that holds these lines, with its name.
pub(crate) fn job_name<'a>(
    pipeline: &Pipeline<'a>,
    marks: Marks,
) -> Option<(&'a str, &'a Node<'a>)> {
    let jobs = pipeline.root.get("jobs")?;
    let row = pipeline.row(jobs)?;
    let found = pipeline.position(row, marks)?;
    row.parts.get(found).copied()
}

/// `[2](name)`: the number and name of the step of a job at these lines. Steps without anything in
/// them do not count, and a step that is a mere word is taken for any that follows, as in Checkov.
pub(crate) fn step_name(pipeline: &Pipeline<'_>, job: &Node<'_>, marks: Marks) -> String {
    let Some(row) = job.get("steps").and_then(|steps| pipeline.row(steps)) else {
        return String::new();
    };
    let found = pipeline.position(row, marks);
    if let Some((at, word)) = row.word
        && found.is_none_or(|found| at < found)
    {
        return format!("[{}]({word})", at + 1);
    }
    let Some(found) = found else {
        return String::new();
    };
    let name = row.parts[found].1.get("name");
    match name.filter(|name| !name.value.is_falsy()) {
        Some(name) => format!("[{}]({})", found + 1, pipeline.written(name)),
        None => format!("[{}]", found + 1),
    }
}
