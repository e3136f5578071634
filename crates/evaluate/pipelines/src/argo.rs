//! Argo Workflows. Of a file with several documents only the first is looked at, as in Checkov.

use crate::marks;
use crate::{Entity, Kind, Pipeline};

pub(crate) fn entities<'a>(pipeline: &Pipeline<'a>) -> Vec<Entity<'a>> {
    let spec = pipeline.root.get("spec").and_then(|spec| {
        let marks = marks::of_mapping(pipeline.source, spec)?;
        let mut entity = Entity::new(Kind::Spec, "spec", spec, marks);
        entity.skips = pipeline.skips_anywhere();
        Some(entity)
    });
    spec.into_iter().collect()
}
