//! WorkSpaces.

use crate::prelude::*;

use super::encryption::at_rest;

const WORKSPACE: &[&str] = &["aws_workspaces_workspace"];

pub(crate) const CHECKS: &[Check] = &[
    at_rest(
        "CKV_AWS_155",
        "the user's volume is encrypted",
        "the user's volume is not encrypted",
    )
    .references(&[security_hub("WorkSpaces.1")])
    .rules(&[
        on(WORKSPACE, key("user_volume_encryption_enabled").enabled())
            .fix(
                "set `user_volume_encryption_enabled = true`; a workspace that \
             exists must be made anew",
            )
            .snippet("user_volume_encryption_enabled = true\n")
            .example(include_str!("CKV_AWS_155.tf")),
    ]),
    at_rest(
        "CKV_AWS_156",
        "the root volume is encrypted",
        "the root volume is not encrypted",
    )
    .references(&[security_hub("WorkSpaces.2")])
    .rules(&[
        on(WORKSPACE, key("root_volume_encryption_enabled").enabled())
            .fix(
                "set `root_volume_encryption_enabled = true`; a workspace that \
             exists must be made anew",
            )
            .snippet("root_volume_encryption_enabled = true\n")
            .example(include_str!("CKV_AWS_156.tf")),
    ]),
];
