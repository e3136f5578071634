//! Quantum Ledger Database.

use crate::prelude::*;

const LEDGER: &[&str] = &["aws_qldb_ledger"];

pub(crate) const CHECKS: &[Check] = &[
    check(
        "CKV_AWS_170",
        "rights on the ledger are given by table and command",
    )
    .problem("rights on the ledger are all or nothing")
    .severity(Medium)
    .why("Whoever may read one table may also write and delete all of them.")
    .references(&[page(
        "https://docs.aws.amazon.com/qldb/latest/developerguide/getting-started-standard-mode.html",
    )])
    .rules(&[
        on(LEDGER, key("permissions_mode").one_of(&[Text("STANDARD")]))
            .fix("set `permissions_mode = \"STANDARD\"`")
            .snippet("permissions_mode = \"STANDARD\"\n")
            .example(include_str!("CKV_AWS_170.tf")),
    ]),
    check("CKV_AWS_172", "the ledger is protected from deletion")
        .problem("the ledger can be deleted by mistake")
        .severity(Medium)
        .why(
            "One wrong plan deletes a history that is kept because it must not \
             be lost.",
        )
        .references(&[page(
            "https://docs.aws.amazon.com/qldb/latest/developerguide/ledger-management.basics.html",
        )])
        .rules(
            &[on(LEDGER, key("deletion_protection").enabled().or_absent())
                .fix("remove `deletion_protection = false`")
                .snippet("deletion_protection = true\n")
                .example(include_str!("CKV_AWS_172.tf"))],
        ),
];
