//! Whether an inline skip holds, which is for the register to say.

use std::collections::BTreeMap;

use bastide_check::CheckId;
use bastide_source::{Skip, Span, nearest};

use crate::{Inline, Problem, Register};

/// What a skip is worth.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Worth {
    /// It holds.
    Holds,
    /// It holds, and cites this exception.
    Cites(usize),
    /// It does not hold.
    Refused(Refusal),
}

/// Why a skip does not hold.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Refusal {
    pub(crate) span: Span,
    message: String,
    help: String,
}

/// What a skip of a check is worth where inline skips are worth `inline`. `covering` are the
/// exceptions that hold for what is skipped.
pub(crate) fn worth(
    skip: &Skip,
    inline: Inline,
    register: Option<&Register>,
    covering: &[usize],
) -> Worth {
    let refused = |message: String, help: &str| {
        let (span, help) = (skip.span, help.to_owned());
        Worth::Refused(Refusal {
            span,
            message,
            help,
        })
    };
    let check = &skip.check;
    let cited = register.and_then(|register| Some((register, cited(skip, register)?)));
    match (inline, cited) {
        (Inline::Deny, _) => refused(
            format!("`{check}` is skipped inline, which is not allowed here"),
            &format!("remove the comment, and accept it with `bastide except {check}`"),
        ),
        (_, Some((_, exception))) if covering.contains(&exception) => Worth::Cites(exception),
        (Inline::Allow, _) => Worth::Holds,
        (Inline::RequireRegister, Some((register, exception))) => {
            let exception = register.exceptions[exception].called();
            refused(
                format!("`{check}` is skipped inline, but {exception} does not hold here"),
                "cite one that covers the finding and has not expired, or correct this one",
            )
        }
        (Inline::RequireRegister, None) => refused(
            format!("`{check}` is skipped inline without an exception"),
            &match register.and_then(|register| meant(skip, register)) {
                Some(id) => format!("did you mean `:{id}`?"),
                None => format!(
                    "give it one with `bastide except {check}`, and cite its id as the reason: \
                     `skip={check}:EX-0001`"
                ),
            },
        ),
    }
}

/// The first exception that the reason of a skip names by its id.
fn cited(skip: &Skip, register: &Register) -> Option<usize> {
    words(skip).find_map(|word| register.cited(word))
}

/// The id that the reason of a skip nearly names.
fn meant<'r>(skip: &Skip, register: &'r Register) -> Option<&'r str> {
    let ids = register.exceptions.iter();
    let ids: Vec<&str> = ids
        .filter_map(|it| Some(it.id.as_ref()?.as_str()))
        .collect();
    words(skip).find_map(|word| nearest(word, ids.iter().copied()))
}

fn words(skip: &Skip) -> impl Iterator<Item = &str> {
    let reason = skip.reason.as_deref().unwrap_or_default();
    let separates =
        |char: char| char.is_whitespace() || matches!(char, ':' | ',' | ';' | '(' | ')');
    reason.split(separates).filter(|word| !word.is_empty())
}

/// A problem for each comment that does not hold. It fails the scan if something fails for want of
/// it.
pub(crate) fn problems<'a>(
    refusals: impl Iterator<Item = (CheckId, &'a Refusal, bool)>,
) -> impl Iterator<Item = Problem> {
    let mut by_place: BTreeMap<(&Refusal, CheckId), bool> = BTreeMap::new();
    for (check, refusal, fails) in refusals {
        *by_place.entry((refusal, check)).or_default() |= fails;
    }
    by_place.into_iter().map(|((refusal, _), fails)| Problem {
        span: refusal.span,
        fails,
        kind: "inline",
        message: refusal.message.clone(),
        help: refusal.help.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worth_of(reason: &str, inline: Inline, covering: &[usize]) -> String {
        let text = "exceptions:
  - {id: EX-1, check: A, current: c, reason: r, impact: i, recommendation: r, owner: o, expires: 2027-01-01}
";
        let register = Register::parse(text, "r.yaml").unwrap();
        let skip = Skip {
            check: "CKV_K8S_22".to_owned(),
            reason: Some(reason.to_owned()),
            span: Span::default(),
        };
        match worth(&skip, inline, Some(&register), covering) {
            Worth::Refused(Refusal { message, help, .. }) => format!("{message}; {help}"),
            worth => format!("{worth:?}"),
        }
    }

    #[test]
    fn allowed_skips_hold_and_may_cite() {
        assert_eq!(worth_of("because", Inline::Allow, &[0]), "Holds");
        assert_eq!(worth_of("EX-1", Inline::Allow, &[]), "Holds");
        assert_eq!(
            worth_of("see EX-1: because", Inline::Allow, &[0]),
            "Cites(0)"
        );
    }

    #[test]
    fn the_register_may_require_a_citation() {
        let required = |reason, covering| worth_of(reason, Inline::RequireRegister, covering);
        assert_eq!(required("EX-1", &[0]), "Cites(0)");
        insta::assert_snapshot!(required("EX-1", &[]), @"`CKV_K8S_22` is skipped inline, but exception `EX-1` does not hold here; cite one that covers the finding and has not expired, or correct this one");
        insta::assert_snapshot!(required("because", &[0]), @"`CKV_K8S_22` is skipped inline without an exception; give it one with `bastide except CKV_K8S_22`, and cite its id as the reason: `skip=CKV_K8S_22:EX-0001`");
        insta::assert_snapshot!(required("EX-2", &[0]), @"`CKV_K8S_22` is skipped inline without an exception; did you mean `:EX-1`?");
    }

    #[test]
    fn the_register_may_deny_them() {
        insta::assert_snapshot!(worth_of("EX-1", Inline::Deny, &[0]), @"`CKV_K8S_22` is skipped inline, which is not allowed here; remove the comment, and accept it with `bastide except CKV_K8S_22`");
    }
}
