//! Transfer Family.

use crate::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_AWS_164", "the server is reached through a VPC")
        .problem("the server is open to the internet")
        .severity(High)
        .why("Everyone can try stolen and guessed credentials on it.")
        .references(&[page(
            "https://docs.aws.amazon.com/transfer/latest/userguide/create-server-in-vpc.html",
        )])
        .rules(&[on(
            &["aws_transfer_server"],
            key("endpoint_type").one_of(&[Text("VPC"), Text("VPC_ENDPOINT")]),
        )
        .fix("set `endpoint_type = \"VPC\"` and `endpoint_details`")
        .snippet("endpoint_type = \"VPC\"\n")
        .example(include_str!("CKV_AWS_164.tf"))]),
    check("CKV_AWS_357", "the server speaks no FTP")
        .problem("the server speaks FTP")
        .severity(High)
        .why("FTP sends passwords and files in the clear.")
        .references(&[security_hub("Transfer.2"), cwe("CWE-319")])
        .rules(&[on(
            &["aws_transfer_server"],
            key("protocols").none_of(&[Text("FTP")]),
        )
        .fix("remove `FTP` from `protocols`, and offer `SFTP`")
        .snippet("protocols = [\"SFTP\"]\n")
        .example(include_str!("CKV_AWS_357.tf"))]),
];
