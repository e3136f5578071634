//! Detectors of secrets. They are told by the scanner for secrets; here is what is said of them.

use crate::prelude::*;

pub(crate) const CHECKS: &[Check] = &[check(
    "CKV_SECRET_6",
    "no random text stands where a secret would",
)
.problem("this looks like a secret")
.severity(High)
.why(
    "A secret in a repository is known to everyone who can read it, now and in every clone, \
             and stays in its history when the line is gone.",
)
.references(&[
    cwe("CWE-798"),
    nist_800_190("4.1.4"),
    owasp_kubernetes("K03:2025"),
])
.rules(&[secret()
    .fix("revoke it, and read its successor from a secret store when the program starts")
    .snippet("password: ${file:/run/secrets/database/password}\n")
    .example(include_str!("CKV_SECRET_6.yaml"))])];
