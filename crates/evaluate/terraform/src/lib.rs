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
//! Values borrow from the arena of their root module and are `Copy`: a function makes a new one with
//! the helpers of its arguments, and never changes one. A set is a list in order without repetitions.
//! Nested blocks are [`bastide_value::Value::Blocks`], so that a check can tell them from a list of
//! objects.
//!
//! # Adding a function
//!
//! A function is a `fn(&Args) -> Result<Value, Cause>` in the file of its family, below `functions/`.
//! The evaluator has evaluated the arguments, spread the last one if `...` asks for it, and has seen to
//! it that none is unknown as a whole. So `upper` is no more than
//!
//! ```ignore
//! pub(super) fn upper<'a>(args: &Args<'_, 'a>) -> Result<'a> {
//!     Ok(args.give(args.text(0)?.to_uppercase()))
//! }
//! ```
//!
//! and a line in the table in `functions/mod.rs`: `"upper" => text::upper`. `args.text(0)?` converts
//! as Terraform does, and gives [`bastide_value::Cause::Invalid`] where it cannot; `args.give` puts the
//! text into the arena and counts what it takes, which bounds the memory of any module. The test is a
//! line in `tests/functions.txt`, `upper("hello") => "HELLO"`: take the examples of the function's page
//! in Terraform's documentation, and what `terraform console` says. A function that must tell what is
//! unknown apart, as `try` does, is called with expressions instead (`call_function`). What another run
//! would give otherwise (`timestamp`) is listed there as impure, and unknown.
//!
//! # The order of evaluation
//!
//! There is none: everything is evaluated when it is first asked for, and kept. [`evaluate`] goes
//! through the root modules and asks for each resource; that asks for the variables, locals,
//! outputs and other resources that its expressions name. What is asked for while it is being
//! evaluated is part of a cycle, and unknown. A traversal such as `module.a.b` is followed step by
//! step (see `place.rs`), so that two modules may use outputs of each other.
//!
//! For one instance of a resource that is: `count` or `for_each` first, once a block; then, for each
//! key, the body from top to bottom, with `each` and `count` in scope and `dynamic` blocks
//! replaced by what they make. A variable of a called module is evaluated in the scope of the call,
//! then converted to its type, with the defaults of `optional()`.
//!
//! `count` and `for_each` of unknown value leave one instance that stands for all.
//!
//! Reports list resources as Checkov does, which cannot tell the instances of every block: see `told.rs`.
//! Those that it cannot tell have one listed address, and beside them stands a resource of which no
//! `each` is known ([`Resource::is_general`]); so does one for a block or a module call that makes nothing.
//!
//! Limits end what would not end: [`MAX_INSTANCES`] of a block, [`MAX_RESOURCES`] of a root module, a
//! number of steps and of nested references. What is beyond is unknown, and a diagnostic says so.
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
mod told;
mod types;

pub use configuration::{Configuration, Directory, Inputs, Located, Mode, join as path_below};
pub use evaluate::{Evaluation, MAX_RESOURCES, NotEvaluated, evaluate};
pub use evaluator::MAX_INSTANCES;
pub use files::{Tree, parse};
pub use installed::installed_folders;
pub use plan::{may_be_plan, read_plan};
pub use references::{Output, Reference, References};
pub use resource::Resource;
