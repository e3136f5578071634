//! From YAML documents to Kubernetes objects: which documents are objects, what they are called,
//! where their pods and containers are, and which network policy selects which pod.
//!
//! Identity and line ranges are Checkov's, since exceptions, baselines and pipelines are keyed by
//! them; where that needs a rule that is not obvious, the rule is written beside it.
//!
//! Nothing here is a check, and nothing reads a file.

mod cluster;
mod manifest;
mod object;
mod pod;
mod text;

pub use cluster::{Binding, Cluster, Pod};
pub use manifest::{Candidate, Manifest, PassedOver, candidate};
pub use object::Object;
pub use pod::{Container, PodTemplate, nearest};
pub use text::{display, truthy};
