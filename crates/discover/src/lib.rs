//! Finds the files of a tree that something wants to read, in one parallel walk.
//!
//! What is left out is what Checkov leaves out: names that start with a dot, but for those that build
//! systems give to their pipelines, `node_modules`, `.terraform`, `.serverless`, and what
//! `--skip-path` names. Ignore files of git count only on request, since a secret in an ignored file
//! is a secret all the same.
//!
//! Links to folders are not followed. A link to a file is, unless it leads out of the tree: then,
//! as with whatever else cannot be read, the file is named with the reason.

mod skip;
mod walk;
mod wants;

pub use skip::SkipPaths;
pub use walk::{Found, Problem, Walk};
pub use wants::Wants;
