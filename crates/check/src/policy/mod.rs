//! Policies: conditions on the attributes of resources and on how resources are joined, as data.
//!
//! Checks that need more than one resource are written as a [`Clause`]; so are the policies that
//! people bring themselves, in Checkov's format (see [`load`]). Both run in one engine, and its
//! meaning is Checkov's to the letter, because people's policies depend on it: a clause divides
//! resources into those that pass, those that fail and those that are undecided.
//!
//! - A clause without a connection in it is told for each resource alone. In `and`, one part that
//!   fails decides; in `or`, one that passes.
//! - A connection is told along the references between resources, whichever way they point. Both
//!   ends pass. A resource that already failed in the same `and` takes what it is joined to with it.
//! - A filter beside a connection says which resources are reported; elsewhere it is a condition.

mod attribute;
mod clause;
mod datum;
mod graph;
mod index;
mod json_path;
mod load;
mod operator;
mod range;

pub use clause::{Attribute, Clause, Connection, Filter, Link, Operand};
pub use load::{Mistake, load};
pub use operator::{Comparison, Operator};

pub(crate) use graph::{Graph, Verdict};
pub(crate) use index::Index;

use crate::check::{Rule, Test, terraform};

/// What a file of checks needs that are policies.
pub(crate) mod prelude {
    pub(crate) use super::clause::{
        Clause, Filter,
        Operand::{Bool, List, Text},
        all, any, connected, no, on, only, unconnected,
    };
    pub(crate) use super::{Operand, policy};
    pub(crate) use crate::Severity::{Critical, High, Low, Medium};
    pub(crate) use crate::check::{Check, check};
    pub(crate) use crate::reference::{cwe, owasp_cicd, page};
}

/// A rule on Terraform that is a policy. It reports on resources of these types.
pub(crate) const fn policy(on: &'static [&'static str], clause: &'static Clause) -> Rule {
    terraform(on, Test::Policy(clause))
}
