//! DataSync.

use crate::prelude::*;

pub(crate) const CHECKS: &[Check] = &[check("CKV_AWS_295", "the location names no secret")
    .problem("the location holds a secret key")
    .severity(High)
    .why("Whoever reads the configuration or its state has the key.")
    .references(&[
        cwe("CWE-798"),
        page("https://docs.aws.amazon.com/datasync/latest/userguide/create-object-location.html"),
    ])
    .rules(&[on(
        &["aws_datasync_location_object_storage"],
        key("secret_key").not_given(),
    )
    .fix("remove `secret_key`, and let a role reach the storage")
    .snippet("access_key = var.access_key\n")
    .example(include_str!("CKV_AWS_295.tf"))])];
