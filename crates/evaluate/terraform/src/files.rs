//! The files that Terraform reads, by their names.

use std::fmt::Debug;

use bastide_hcl::{Arena, File};
use bastide_source::Source;

/// The files of the tree that is scanned, for functions such as `file` and `fileset`. All paths are
/// relative to its root, with `/` between their parts, and lead nowhere out of it.
pub trait Tree: Debug + Sync {
    /// What a file holds; `None` if there is none, or it must not or cannot be read.
    fn read(&self, path: &str) -> Option<Vec<u8>>;

    /// The paths of all files, sorted.
    fn paths(&self) -> &[String];
}

/// Parses a file in the syntax that its name asks for: `.tf.json` and `.tfvars.json` are JSON, all
/// others are of the native syntax.
pub fn parse<'a>(source: &'a Source, arena: &'a Arena) -> File<'a> {
    if !is_json(&source.path) {
        bastide_hcl::parse(source, arena)
    } else if source.path.ends_with(".tf.json") {
        bastide_hcl::json::parse(source, arena)
    } else {
        bastide_hcl::json::parse_variables(source, arena)
    }
}

pub(crate) fn is_json(path: &str) -> bool {
    path.ends_with(".json")
}

/// What a variable file weighs that Terraform reads by itself; `None` for any other file. Files of
/// equal weight weigh by name.
pub(crate) fn variable_file_weight(name: &str) -> Option<u8> {
    match name {
        "terraform.tfvars" => Some(0),
        "terraform.tfvars.json" => Some(1),
        name if name.ends_with(".auto.tfvars") || name.ends_with(".auto.tfvars.json") => Some(2),
        _ => None,
    }
}
