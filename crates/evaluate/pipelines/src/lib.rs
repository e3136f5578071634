//! From YAML documents to pipelines: the jobs, steps, images and rules that a build system reads in
//! a file, what reports call them, and at which lines.
//!
//! Identity and line ranges are Checkov's, since exceptions, baselines and pipelines are keyed by
//! them; where that needs a rule that is not obvious, the rule is written beside it.
//!
//! Nothing here is a check, and nothing reads a file.

mod argo;
mod azure;
mod bitbucket;
mod circleci;
mod entity;
mod github;
mod gitlab;
mod marks;
mod pattern;
mod pipeline;
pub mod script;
mod select;
mod system;

pub use entity::{Entity, Kind};
pub use pipeline::{PassedOver, Pipeline};
pub use system::System;
