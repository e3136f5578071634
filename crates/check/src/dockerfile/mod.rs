//! Checks on Dockerfiles.

mod commands;
mod instructions;
mod pattern;

pub use pattern::Pattern;

use crate::Check;

pub(crate) const CHECKS: &[&[Check]] = &[commands::CHECKS, instructions::CHECKS];
