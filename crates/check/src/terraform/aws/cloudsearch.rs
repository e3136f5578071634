//! CloudSearch.

use crate::prelude::*;

use super::encryption::in_transit;

const DOMAIN: &[&str] = &["aws_cloudsearch_domain"];

pub(crate) const CHECKS: &[Check] = &[
    in_transit(
        "CKV_AWS_218",
        "the domain asks for TLS 1.2",
        "the domain takes old versions of TLS",
    )
    .severity(Medium)
    .rules(&[on(
        DOMAIN,
        key("endpoint_options.tls_security_policy").one_of(&[Text("Policy-Min-TLS-1-2-2019-07")]),
    )
    .fix(
        "set `tls_security_policy = \"Policy-Min-TLS-1-2-2019-07\"` in \
             `endpoint_options`",
    )
    .snippet(
        "endpoint_options {\n  enforce_https       = true\n  \
             tls_security_policy = \"Policy-Min-TLS-1-2-2019-07\"\n}\n",
    )
    .example(include_str!("CKV_AWS_218.tf"))]),
    in_transit(
        "CKV_AWS_220",
        "the domain is reached by HTTPS only",
        "the domain is reached without TLS",
    )
    .rules(
        &[on(DOMAIN, key("endpoint_options.enforce_https").enabled())
            .fix("set `enforce_https = true` in `endpoint_options`")
            .snippet("endpoint_options {\n  enforce_https = true\n}\n")
            .example(include_str!("CKV_AWS_220.tf"))],
    ),
];
