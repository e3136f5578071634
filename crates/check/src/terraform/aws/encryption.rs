//! What the many checks on encryption have in common.

use crate::check::Rule;
use crate::prelude::*;

const OWN_KEY: &str = "With the key that AWS manages, nobody in the account can rotate it on demand, \
     see in CloudTrail who used it, or make the data unreadable by disabling it.";

const AT_REST: &str = "Whoever gets at the storage below the service, a snapshot, or a copy of it, \
     reads the data in the clear: the policies of the service do not hold there.";

const IN_TRANSIT: &str = "Whoever sits on the path reads the traffic, credentials included, and can \
     change it unnoticed.";

const KEYS: &[Reference] = &[page(
    "https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html",
)];

const DATA_AT_REST: &[Reference] = &[page(
    "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/protecting-data-at-rest.html",
)];

const DATA_IN_TRANSIT: &[Reference] = &[page(
    "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/protecting-data-in-transit.html",
)];

/// A check that data is encrypted with a key of one's own.
pub(super) const fn own_key(id: &'static str, title: &'static str, problem: &'static str) -> Check {
    let check = check(id, title).problem(problem).severity(Low);
    check.why(OWN_KEY).references(KEYS)
}

/// A check that stored data is encrypted.
pub(super) const fn at_rest(id: &'static str, title: &'static str, problem: &'static str) -> Check {
    let check = check(id, title).problem(problem).severity(High);
    check.why(AT_REST).references(DATA_AT_REST)
}

/// A check that data is encrypted on its way.
pub(super) const fn in_transit(
    id: &'static str,
    title: &'static str,
    problem: &'static str,
) -> Check {
    let check = check(id, title).problem(problem).severity(High);
    check.why(IN_TRANSIT).references(DATA_IN_TRANSIT)
}

/// The rule that `kms_key_id` names a key.
pub(super) const fn kms_key_id(types: &'static [&'static str]) -> Rule {
    on(types, key("kms_key_id").given())
        .fix("set `kms_key_id` to the ARN of a key of your own")
        .snippet("kms_key_id = aws_kms_key.data.arn\n")
}

/// The rule that `kms_key_arn` names a key.
pub(super) const fn kms_key_arn(types: &'static [&'static str]) -> Rule {
    on(types, key("kms_key_arn").given())
        .fix("set `kms_key_arn` to the ARN of a key of your own")
        .snippet("kms_key_arn = aws_kms_key.data.arn\n")
}
