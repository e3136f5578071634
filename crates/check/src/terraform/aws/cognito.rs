//! Cognito.

use crate::prelude::*;

pub(crate) const CHECKS: &[Check] = &[check("CKV_AWS_366", "the identity pool has no guests")
    .problem("the identity pool gives credentials to guests")
    .severity(Medium)
    .why(
        "Anyone on the internet gets AWS credentials, with whatever the role \
             of guests may do.",
    )
    .references(&[
        security_hub("Cognito.2"),
        page("https://docs.aws.amazon.com/cognito/latest/developerguide/identity-pools.html"),
    ])
    .rules(&[on(
        &["aws_cognito_identity_pool"],
        key("allow_unauthenticated_identities").one_of(&[Bool(false)]),
    )
    .fix("set `allow_unauthenticated_identities = false`")
    .snippet("allow_unauthenticated_identities = false\n")
    .example(include_str!("CKV_AWS_366.tf"))])];
