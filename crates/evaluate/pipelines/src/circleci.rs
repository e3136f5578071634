//! CircleCI.

use bastide_value::{Node, Value};

use crate::github::{job_name, step_name};
use crate::marks::Marks;
use crate::select::{at, entries, flat, values};
use crate::{Entity, Kind, Pipeline};

pub(crate) fn entities<'a>(pipeline: &Pipeline<'a>) -> Vec<Entity<'a>> {
    let below = |key, list| {
        let holders = pipeline.root.get(key).into_iter().flat_map(values);
        flat(at(holders, list)).filter(|node| node.value.as_map().is_some())
    };
    let item = |kind, path, node| pipeline.item(kind, path, node);
    let mut entities = Vec::new();
    let images = below("executors", "docker");
    entities
        .extend(images.filter_map(|node| item(Kind::ExecutorImage, "executors.*.docker[]", node)));
    let images = below("jobs", "docker");
    entities.extend(images.filter_map(|node| item(Kind::Image, "jobs.*.docker[]", node)));
    let steps = below("jobs", "steps");
    entities.extend(steps.filter_map(|node| item(Kind::Step, "jobs.*.steps[]", node)));
    if let Some(orbs) = pipeline.root.get("orbs")
        && let Some(marks) = pipeline.of_mapping(orbs)
    {
        let mut entity = Entity::new(Kind::Orbs, "orbs", orbs, marks);
        entity.skips = pipeline.skips_anywhere();
        entities.push(entity);
    }
    entities
}

/// `jobs(build).steps[2](checkout)`, `jobs(build).docker.image[1](cimg/go:1.22)`, `orbs`. The
/// images of executors are looked for among those of jobs, as in Checkov.
pub(crate) fn address(pipeline: &Pipeline<'_>, kind: Kind, marks: Marks) -> String {
    if kind == Kind::Orbs {
        return "orbs".to_owned();
    }
    let Some((name, job)) = job_name(pipeline, marks) else {
        return "jobs".to_owned();
    };
    match kind {
        Kind::Step => format!("jobs({name}).steps{}", step_name(pipeline, job, marks)),
        _ => format!(
            "jobs({name}).docker.image{}",
            image_name(pipeline, job, marks)
        ),
    }
}

/// `[1](cimg/go:1.22)`: the number and name of the image at these lines.
fn image_name(pipeline: &Pipeline<'_>, job: &Node<'_>, marks: Marks) -> String {
    let Some(docker) = job.get("docker") else {
        return String::new();
    };
    match docker.value {
        Value::Map(_) => match entries(docker).next() {
            Some(first) if first.key == "image" => {
                format!("[1]({})", pipeline.written(&first.node))
            }
            Some(first) => format!("[1]({})", first.key),
            None => String::new(),
        },
        Value::List(items) => {
            let given = items.iter().filter(|item| !item.value.is_null());
            let mut numbered = (1..).zip(given);
            match numbered.find(|(_, item)| pipeline.holds(item, marks)) {
                Some((number, item)) => match item.get("image") {
                    Some(image) if !image.value.is_falsy() => {
                        format!("[{number}]({})", pipeline.written(image))
                    }
                    _ => format!("[{number}]"),
                },
                None => String::new(),
            }
        }
        _ => String::new(),
    }
}
