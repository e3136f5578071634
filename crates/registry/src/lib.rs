//! Asks registries what names stand for today: the digest of an image, the commit of a model.
//!
//! This speaks the distribution protocol of container registries as far as it takes to resolve a tag,
//! and asks Hugging Face for the commit of a branch. It pulls nothing.
//!
//! ```no_run
//! use bastide_registry::{Client, Reference};
//!
//! let reference: Reference = "docker.io/library/postgres:18.3".parse().expect("it is one");
//! let digest = Client::new().digest(&reference).expect("the registry answers");
//! assert!(digest.starts_with("sha256:"));
//! ```

mod challenge;
mod client;
mod reference;

pub use client::{Client, Error};
pub use reference::{InvalidReference, Reference};
