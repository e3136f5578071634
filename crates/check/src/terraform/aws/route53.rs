//! Route 53.

use crate::prelude::*;

pub(crate) const CHECKS: &[Check] =
    &[
        check("CKV_AWS_377", "the domain is locked against transfer")
            .problem("the domain can be transferred away")
            .severity(Medium)
            .why(
                "Whoever gets hold of the code for a transfer takes the domain, and \
             with it mail and certificates.",
            )
            .references(&[page(
                "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/domain-lock.html",
            )])
            .rules(&[on(
                &["aws_route53domains_registered_domain"],
                key("transfer_lock").none_of(&[Bool(false)]),
            )
            .fix("remove `transfer_lock = false`")
            .snippet("transfer_lock = true\n")
            .example(include_str!("CKV_AWS_377.tf"))]),
    ];
