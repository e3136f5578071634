//! Amazon Web Services.

pub(super) mod ecr;
pub(super) mod efs;
