//! From parsed Terraform files to resource instances.
//!
//! # The value model
//!
//! Everything becomes a [`bastide_value::Value`]. What cannot be known from the files alone is
//! `Value::Unknown` with its cause: a variable that nothing sets, an attribute that a provider
//! computes, a module that is not in the tree. An unknown flows through expressions as in
//! Terraform: an operator with an unknown operand is unknown, a list with an unknown item is a list.
//! A mistake in an expression (a missing key, a condition that is no truth value) makes an unknown
//! too: a scanner says so and goes on.
//!
//! # The order of evaluation
//!
//! There is none: everything is evaluated when it is first asked for, and kept. [`evaluate`] goes
//! through the root modules and asks for each resource; that asks for the variables, locals,
//! outputs and other resources that its expressions name. What is asked for while it is being
//! evaluated is part of a cycle, and unknown. A traversal such as `module.a.b` is followed step by
//! step (see `place.rs`), so that two modules may use outputs of each other.
//!
//! `count` and `for_each` of unknown value leave one instance that stands for all.
//!
//! # Plans
//!
//! [`read_plan`] makes the same [`Evaluation`] of a plan, in which Terraform has done all this.
//! [`Evaluation::move_into`] finds where its resources are written.
//!
//! # What it does not do
//!
//! This crate runs nothing and reads no file by itself: functions such as `file` ask the [`Tree`] that
//! is handed in.

mod configuration;
mod convert;
mod evaluate;
mod evaluator;
mod expression;
mod files;
mod functions;
mod installed;
mod module;
mod place;
mod places;
mod plan;
mod policy;
mod references;
mod resource;
mod scope;
mod skips;
mod types;

pub use configuration::{Configuration, Directory, Inputs, Located, Mode, join as path_below};
pub use evaluate::{Evaluation, MAX_RESOURCES, NotEvaluated, evaluate};
pub use evaluator::MAX_INSTANCES;
pub use files::{Tree, parse};
pub use installed::installed_folders;
pub use plan::{may_be_plan, read_plan};
pub use references::{Output, Reference, References};
pub use resource::Resource;
