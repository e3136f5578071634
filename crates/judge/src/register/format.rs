//! The format of the register.

use bastide_check::Framework;

use super::shape::{Key, Shape, key};
use super::{Inline, Kind};

/// The version of the format.
pub(crate) const VERSION: i64 = 1;

pub(crate) const REGISTER: &[Key] = &[
    key("version", Shape::Version, "`1`, the version of this format"),
    key(
        "defaults",
        Shape::Mapping(DEFAULTS),
        "what is asked of every exception",
    ),
    key(
        "inline",
        Shape::Choice(Inline::names),
        "what inline skips are worth: `allow`, `require-register` or `deny`",
    ),
    key("exceptions", Shape::List(EXCEPTION), "the exceptions"),
    key(
        "attestations",
        Shape::List(ATTESTATION),
        "what people state, for what no file can show",
    ),
];

pub(crate) const DEFAULTS: &[Key] = &[
    key(
        "max_days",
        Shape::Number,
        "how many days an exception may hold at most",
    ),
    key(
        "require",
        Shape::Choices(|| EXCEPTION.iter().map(|key| key.name).collect()),
        "the keys that every exception must give",
    ),
];

/// What every exception must give besides what it must give in any case, unless the register says
/// otherwise: the page of security considerations has a paragraph for each.
pub(crate) const REQUIRED_BY_DEFAULT: [&str; 3] = ["current", "impact", "recommendation"];

pub(crate) const EXCEPTION: &[Key] = &[
    key(
        "id",
        Shape::Text,
        "a stable name to cite it by, such as `EX-0007`",
    ),
    key("title", Shape::Text, "what it is about, in a few words"),
    key(
        "check",
        Shape::Texts,
        "the id of the check, such as `CKV_K8S_22`, or several, perhaps with `*`; `none` for a decision that no check sees",
    )
    .required(),
    key(
        "resources",
        Shape::Texts,
        "the addresses of the resources, perhaps with `*`",
    ),
    key(
        "files",
        Shape::Texts,
        "the paths of the files, perhaps with `*` and `**`",
    ),
    key(
        "framework",
        Shape::Choice(|| Framework::ALL.iter().map(|it| it.name()).collect()),
        "the framework of the resources",
    ),
    key(
        "evidence",
        Shape::Values,
        "attributes with the values that they must still have",
    ),
    key(
        "expect",
        Shape::Mapping(EXPECT),
        "how many findings it is meant for",
    ),
    key(
        "allow_broad",
        Shape::Flag,
        "`true` to let `*` stand for every check",
    ),
    key(
        "kind",
        Shape::Choice(Kind::names),
        "in what sense the findings are accepted",
    ),
    key("current", Shape::Text, "how it is done today"),
    key("reason", Shape::Text, "why that is acceptable here").required(),
    key("impact", Shape::Text, "what can go wrong"),
    key("recommendation", Shape::Text, "what production should do"),
    key(
        "compensating_controls",
        Shape::Texts,
        "what else stands against the risk",
    ),
    key("owner", Shape::Text, "who answers for it").required(),
    key("approved_by", Shape::Texts, "who agreed to it"),
    key("created", Shape::Date, "the day on which it was accepted"),
    key("expires", Shape::Date, "the last day on which it holds").required(),
    key("ticket", Shape::Text, "where its end is planned"),
    key("links", Shape::Texts, "the addresses of pages to read"),
];

pub(crate) const EXPECT: &[Key] = &[
    key("min", Shape::Number, "how many findings there are at least"),
    key("max", Shape::Number, "how many findings there are at most"),
];

pub(crate) const ATTESTATION: &[Key] = &[
    key("control", Shape::Text, "the control that it proves").required(),
    key("statement", Shape::Text, "what is stated").required(),
    key("by", Shape::Text, "who states it").required(),
    key("on", Shape::Date, "the day on which it was stated").required(),
    key("expires", Shape::Date, "the last day on which it holds").required(),
    key("evidence", Shape::Text, "a file or a page that shows it").required(),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_required_by_default_are_keys() {
        let is_key = |name: &&str| EXCEPTION.iter().any(|key| key.name == *name);
        assert!(REQUIRED_BY_DEFAULT.iter().all(is_key));
    }
}
