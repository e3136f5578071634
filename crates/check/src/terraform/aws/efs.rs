//! Elastic File System.

use crate::prelude::*;

use super::encryption::{at_rest, own_key};

pub(crate) const CHECKS: &[Check] = &[
    at_rest(
        "CKV_AWS_42",
        "the file system is encrypted",
        "the file system is not encrypted",
    )
    .references(&[
        security_hub("EFS.1"),
        cis_aws("2.4.1"),
        page("https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html"),
    ])
    .rules(&[on(&["aws_efs_file_system"], key("encrypted").enabled())
        .fix("set `encrypted = true`; a file system that exists must be made anew")
        .snippet("encrypted = true\n")
        .example(include_str!("CKV_AWS_42.tf"))]),
    own_key(
        "CKV_AWS_184",
        "the file system uses a customer-managed key",
        "the file system uses no customer-managed key",
    )
    .references(&[page(
        "https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html",
    )])
    .rules(&[on(&["aws_efs_file_system"], key("kms_key_id").given())
        .fix("set `encrypted = true` and `kms_key_id` to the ARN of a key of your own")
        .snippet("encrypted  = true\nkms_key_id = aws_kms_key.storage.arn\n")
        .example(include_str!("CKV_AWS_184.tf"))]),
    check(
        "CKV_AWS_329",
        "the access point starts below the root of the file system",
    )
    .problem("the access point opens the whole file system")
    .severity(Medium)
    .why("Every client of the access point sees the files of all others.")
    .references(&[
        security_hub("EFS.3"),
        page("https://docs.aws.amazon.com/efs/latest/ug/enforce-root-directory-access-point.html"),
    ])
    .rules(&[on(
        &["aws_efs_access_point"],
        key("root_directory.path").none_of(&[Text("/")]).and_given(),
    )
    .fix("set `root_directory` to a directory of this client's own")
    .snippet("root_directory {\n  path = \"/agents\"\n}\n")
    .example(include_str!("CKV_AWS_329.tf"))]),
    check(
        "CKV_AWS_330",
        "the access point sets the user of its clients",
    )
    .problem("clients of the access point say themselves which user they are")
    .severity(Medium)
    .why(
        "NFS believes the user and group that a client states, so a client \
             that says it is root is.",
    )
    .references(&[
        security_hub("EFS.4"),
        page("https://docs.aws.amazon.com/efs/latest/ug/enforce-identity-access-points.html"),
    ])
    .rules(
        &[on(&["aws_efs_access_point"], key("posix_user.gid").given())
            .fix("add `posix_user` with the `uid` and `gid` that files are to belong to")
            .snippet("posix_user {\n  uid = 1000\n  gid = 1000\n}\n")
            .example(include_str!("CKV_AWS_330.tf"))],
    ),
];
