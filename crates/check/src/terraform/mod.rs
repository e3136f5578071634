//! Checks on Terraform, by provider and service.

mod aws;
mod module;

use crate::Check;

pub(crate) const CHECKS: &[&[Check]] = &[aws::ecr::CHECKS, aws::efs::CHECKS, module::CHECKS];
