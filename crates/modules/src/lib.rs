//! Modules that a configuration calls by the address of a registry or of a git repository.
//!
//! An [`Address`] is what stands in the `source` of a call. A [`Folder`] keeps modules, by address
//! and version, in the places in which Checkov keeps them too (`.external_modules`); [`Folder::find`]
//! never reaches the network. A [`Fetcher`] fills such a folder, with the user's own `git` and the
//! registry protocol over HTTP. It is the only part of a scan that talks to anybody, and is there
//! only if asked for.
//!
//! ```
//! use bastide_modules::{Address, Constraint};
//!
//! let address = Address::new("terraform-aws-modules/iam/aws//modules/iam-user").expect("a registry's");
//! assert_eq!(address.subfolder, "modules/iam-user");
//! let constraint = Constraint::new("~> 5.2").expect("a constraint");
//! assert!(constraint.allows(&"5.30.0".parse().expect("a version")));
//! assert!(!constraint.allows(&"6.0.0".parse().expect("a version")));
//! ```
//!
//! What an address asks for comes from whoever wrote the configuration, and is not trusted: no part
//! of it leads out of the folder, starts a program other than git, or reads a file of this machine.

mod address;
mod archive;
mod credentials;
mod fetch;
mod folder;
mod git;
mod registry;
mod version;

pub use address::{Address, Place};
pub use credentials::Credentials;
pub use fetch::{Error, Fetcher};
pub use folder::Folder;
pub use version::{Constraint, Version};
