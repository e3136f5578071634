//! Transfer Family.

use bastide_terraform::Resource;

use crate::condition::undecided;
use crate::prelude::*;

/// Security policies of before this month are old. Verdicts do not depend on the day.
const OLDEST: (u32, u32) = (2024, 12);

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
            presumed(&key("protocols").none_of(&[Text("FTP")])),
        )
        .fix("remove `FTP` from `protocols`, and offer `SFTP`")
        .snippet("protocols = [\"SFTP\"]\n")
        .example(include_str!("CKV_AWS_357.tf"))]),
    check("CKV_AWS_380", "the server takes current ciphers")
        .problem("the server takes old ciphers")
        .severity(Medium)
        .why("Ciphers that were dropped since have known weaknesses, and scanners of partners refuse them.")
        .references(&[page("https://docs.aws.amazon.com/transfer/latest/userguide/security-policies.html")])
        .rules(&[terraform(&["aws_transfer_server"], Test::Resource(takes_current_ciphers))
            .fix("set `security_policy_name` to a recent one; the default is of 2018")
            .snippet("security_policy_name = \"TransferSecurityPolicy-2025-03\"\n")
            .example(include_str!("CKV_AWS_380.tf"))]),
];

/// The year and month in the name of the security policy are recent.
fn takes_current_ciphers(server: &Resource<'_>) -> Outcome {
    let Some(node) = server
        .get("security_policy_name")
        .filter(|node| !node.value.is_falsy())
    else {
        return Outcome::fail(server.header(), "the default policy is of 2018");
    };
    if node.value.as_unknown().is_some() {
        return undecided(node, false);
    }
    let name = node.value.as_str().unwrap_or_default();
    let parts: Vec<Option<u32>> = name.split('-').map(|part| part.parse().ok()).collect();
    let date = parts.windows(2).find_map(|pair| match *pair {
        [Some(year), Some(month @ 1..=12)] => Some((year, month)),
        _ => None,
    });
    match date {
        Some(date) if date >= OLDEST => Outcome::Pass,
        Some((year, month)) => {
            Outcome::fail(node.span, format!("this policy is of {year}-{month:02}"))
        }
        None => Outcome::NotApplicable,
    }
}
