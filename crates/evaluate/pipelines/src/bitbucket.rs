//! Bitbucket Pipelines.

use bastide_value::Node;

use crate::select::{at, flat, list, values};
use crate::{Entity, Kind, Pipeline};

const WHOLE: &str = "[{image:image,__startline__:__startline__,__endline__:__endline__}]";
const DEFAULT: &str = "pipelines.default[].step.{image: image, __startline__: __startline__, __endline__:__endline__}";
const OTHER: &str = "pipelines.*.[*][][][].step.{image: image, __startline__: __startline__, __endline__:__endline__}";

/// The mappings that may name an image: the whole file, and the steps of the default and of named
/// pipelines. Steps that run in parallel, or in a stage, are not among them.
pub(crate) fn entities<'a>(pipeline: &Pipeline<'a>) -> Vec<Entity<'a>> {
    let root = &pipeline.root;
    let mut entities = Vec::new();
    entities.extend(image(pipeline, WHOLE, root));
    if let Some(pipelines) = root.get("pipelines") {
        let default = at(list(pipelines, "default"), "step");
        entities.extend(default.filter_map(|step| image(pipeline, DEFAULT, step)));
        let named = flat(values(pipelines).flat_map(values));
        entities.extend(at(named, "step").filter_map(|step| image(pipeline, OTHER, step)));
    }
    entities
}

fn image<'a>(pipeline: &Pipeline<'a>, path: &'static str, holder: &Node<'a>) -> Option<Entity<'a>> {
    holder.value.as_map()?;
    pipeline.item(Kind::Image, path, holder)
}
