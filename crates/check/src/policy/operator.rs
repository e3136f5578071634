//! How an attribute compares with a value. The meaning of each, also for what is missing or of an
//! unexpected type, is that of the solver of the same name in Checkov.

use std::cell::RefCell;
use std::collections::HashMap;

use regex::Regex;

use super::datum::Datum;
use super::range;

/// A comparison, or its negation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Operator {
    /// The comparison.
    pub comparison: Comparison,
    /// Whether it must not hold.
    pub negated: bool,
}

/// A comparison of an attribute with a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(
    missing_docs,
    reason = "each variant is the name that policies give it"
)]
pub enum Comparison {
    Any,
    CidrRangeSubset,
    Contains,
    EndsWith,
    Equals,
    EqualsIgnoreCase,
    Exists,
    GreaterThan,
    GreaterThanOrEqual,
    Intersects,
    IsEmpty,
    IsTrue,
    LengthEquals,
    LengthGreaterThan,
    LengthGreaterThanOrEqual,
    LengthLessThan,
    LengthLessThanOrEqual,
    LessThan,
    LessThanOrEqual,
    RangeIncludes,
    RegexMatch,
    StartsWith,
    Subset,
    Within,
    WordsEqual,
    WordsGreaterThan,
    WordsGreaterThanOrEqual,
    WordsLessThan,
    WordsLessThanOrEqual,
}

/// The names that policies use.
pub(super) const NAMES: &[(&str, Operator)] = {
    use Comparison as C;
    &[
        ("any", is(C::Any)),
        ("cidr_range_not_subset", is_not(C::CidrRangeSubset)),
        ("cidr_range_subset", is(C::CidrRangeSubset)),
        ("contains", is(C::Contains)),
        ("ending_with", is(C::EndsWith)),
        ("equals", is(C::Equals)),
        ("equals_ignore_case", is(C::EqualsIgnoreCase)),
        ("exists", is(C::Exists)),
        ("greater_than", is(C::GreaterThan)),
        ("greater_than_or_equal", is(C::GreaterThanOrEqual)),
        ("intersects", is(C::Intersects)),
        ("is_empty", is(C::IsEmpty)),
        ("is_false", is_not(C::IsTrue)),
        ("is_not_empty", is_not(C::IsEmpty)),
        ("is_true", is(C::IsTrue)),
        ("length_equals", is(C::LengthEquals)),
        ("length_greater_than", is(C::LengthGreaterThan)),
        (
            "length_greater_than_or_equal",
            is(C::LengthGreaterThanOrEqual),
        ),
        ("length_less_than", is(C::LengthLessThan)),
        ("length_less_than_or_equal", is(C::LengthLessThanOrEqual)),
        ("length_not_equals", is_not(C::LengthEquals)),
        ("less_than", is(C::LessThan)),
        ("less_than_or_equal", is(C::LessThanOrEqual)),
        ("not_contains", is_not(C::Contains)),
        ("not_ending_with", is_not(C::EndsWith)),
        ("not_equals", is_not(C::Equals)),
        ("not_equals_ignore_case", is_not(C::EqualsIgnoreCase)),
        ("not_exists", is_not(C::Exists)),
        ("not_intersects", is_not(C::Intersects)),
        ("not_regex_match", is_not(C::RegexMatch)),
        ("not_starting_with", is_not(C::StartsWith)),
        ("not_subset", is_not(C::Subset)),
        ("not_within", is_not(C::Within)),
        ("number_of_words_equals", is(C::WordsEqual)),
        ("number_of_words_greater_than", is(C::WordsGreaterThan)),
        (
            "number_of_words_greater_than_or_equal",
            is(C::WordsGreaterThanOrEqual),
        ),
        ("number_of_words_less_than", is(C::WordsLessThan)),
        (
            "number_of_words_less_than_or_equal",
            is(C::WordsLessThanOrEqual),
        ),
        ("number_of_words_not_equals", is_not(C::WordsEqual)),
        ("range_includes", is(C::RangeIncludes)),
        ("range_not_includes", is_not(C::RangeIncludes)),
        ("regex_match", is(C::RegexMatch)),
        ("starting_with", is(C::StartsWith)),
        ("subset", is(C::Subset)),
        ("within", is(C::Within)),
    ]
};

const fn is(comparison: Comparison) -> Operator {
    Operator {
        comparison,
        negated: false,
    }
}

const fn is_not(comparison: Comparison) -> Operator {
    Operator {
        comparison,
        negated: true,
    }
}

impl Operator {
    /// Whether it asks for the value, not only whether there is one: then it cannot be told of an
    /// expression that was not evaluated.
    pub(super) fn asks_for_value(self) -> bool {
        !matches!(self.comparison, Comparison::Any | Comparison::Exists)
    }

    /// Whether all that a path with wildcards finds must hold, not one.
    pub(super) fn asks_for_all(self) -> bool {
        self.negated && self.comparison == Comparison::Contains
    }

    /// Whether it holds; `None` if the values cannot be compared.
    pub(super) fn holds(self, attribute: Option<&Datum<'_>>, operand: &Datum<'_>) -> Option<bool> {
        let attribute = attribute.unwrap_or(&Datum::Null);
        Some(self.comparison.holds(attribute, operand)? != self.negated)
    }
}

impl Comparison {
    fn holds(self, attribute: &Datum<'_>, operand: &Datum<'_>) -> Option<bool> {
        let missing = matches!(attribute, Datum::Null);
        Some(match self {
            Self::Any => true,
            Self::Exists => !missing,
            Self::IsTrue => matches!(attribute, Datum::Bool(true)),
            Self::IsEmpty => attribute.len() == Some(0),
            Self::Equals => equals(attribute, operand),
            Self::EqualsIgnoreCase => {
                let unknown = attribute.is_reference() && *operand != Datum::Text("".into());
                unknown || lower(attribute) == lower(operand)
            }
            Self::RegexMatch => matches_at_start(&operand.to_text(), &attribute.to_text()),
            Self::Contains => return contains(attribute, operand),
            Self::Within => return operand.holds(attribute),
            Self::StartsWith => affix(attribute, operand, |text, part| text.starts_with(part)),
            Self::EndsWith => affix(attribute, operand, |text, part| text.ends_with(part)),
            Self::Subset => return subset(attribute, operand),
            Self::Intersects => intersects(attribute, operand),
            Self::GreaterThan => !missing && greater(attribute, operand, false),
            Self::GreaterThanOrEqual => !missing && greater(attribute, operand, true),
            Self::LessThan => !missing && !greater(attribute, operand, true),
            Self::LessThanOrEqual => !missing && !greater(attribute, operand, false),
            Self::LengthEquals => length(attribute, operand, |length, limit| length == limit),
            Self::LengthGreaterThan => length(attribute, operand, |length, limit| length > limit),
            Self::LengthGreaterThanOrEqual => {
                length(attribute, operand, |length, limit| length >= limit)
            }
            Self::LengthLessThan => length(attribute, operand, |length, limit| length < limit),
            Self::LengthLessThanOrEqual => {
                length(attribute, operand, |length, limit| length <= limit)
            }
            Self::WordsEqual => words(attribute, operand, |words, limit| words == limit),
            Self::WordsGreaterThan => words(attribute, operand, |words, limit| words > limit),
            Self::WordsGreaterThanOrEqual => {
                words(attribute, operand, |words, limit| words >= limit)
            }
            Self::WordsLessThan => words(attribute, operand, |words, limit| words < limit),
            Self::WordsLessThanOrEqual => words(attribute, operand, |words, limit| words <= limit),
            Self::RangeIncludes => !missing && range::includes(operand, attribute),
            Self::CidrRangeSubset => {
                if missing || attribute.len() == Some(0) {
                    return Some(false);
                }
                return range::networks_within(attribute, operand);
            }
        })
    }
}

fn lower(datum: &Datum<'_>) -> String {
    datum.to_text().to_lowercase()
}

fn equals(attribute: &Datum<'_>, operand: &Datum<'_>) -> bool {
    match (attribute, operand) {
        (Datum::Bool(_), _) | (_, Datum::Bool(_)) => lower(attribute) == lower(operand),
        (Datum::List(_), Datum::List(_)) | (Datum::Map(_), Datum::Map(_)) => attribute == operand,
        _ => attribute.to_text() == operand.to_text(),
    }
}

/// A text is tried as JSON first; of a map the keys count, and what is in its values.
fn contains(attribute: &Datum<'_>, operand: &Datum<'_>) -> Option<bool> {
    let decoded = match attribute {
        Datum::Null => Some(Datum::Map(Vec::new())),
        Datum::Text(text) => Datum::from_json(&text.replace('\'', "\"")),
        _ => None,
    };
    let attribute = decoded.as_ref().unwrap_or(attribute);
    match attribute {
        Datum::Map(entries) => {
            let in_value = |(_, value): &(_, Datum<'_>)| value.holds(operand) == Some(true);
            Some(attribute.holds(operand)? || entries.iter().any(in_value))
        }
        _ => attribute.holds(operand),
    }
}

fn affix(attribute: &Datum<'_>, operand: &Datum<'_>, test: fn(&str, &str) -> bool) -> bool {
    match (attribute, operand) {
        (Datum::Text(text), Datum::Text(part)) => test(text, part),
        _ => false,
    }
}

fn subset(attribute: &Datum<'_>, operand: &Datum<'_>) -> Option<bool> {
    let single = std::slice::from_ref(attribute);
    let items = match attribute {
        Datum::List(items) => items.as_slice(),
        Datum::Map(entries) => {
            let mut keys = entries.iter().map(|(key, _)| Datum::Text(key.clone()));
            return keys.try_fold(true, |all, key| Some(all && operand.holds(&key)?));
        }
        _ => single,
    };
    items
        .iter()
        .try_fold(true, |all, item| Some(all && operand.holds(item)?))
}

fn intersects(attribute: &Datum<'_>, operand: &Datum<'_>) -> bool {
    match (operand, attribute) {
        (Datum::Text(_), Datum::Text(_) | Datum::List(_) | Datum::Map(_)) => {
            attribute.holds(operand) == Some(true)
        }
        (Datum::List(_) | Datum::Map(_), Datum::List(items)) => {
            items.iter().any(|item| operand.holds(item) == Some(true))
        }
        (Datum::List(_) | Datum::Map(_), Datum::Map(entries)) => entries
            .iter()
            .any(|(key, _)| operand.holds(&Datum::Text(key.clone())) == Some(true)),
        (Datum::List(_) | Datum::Map(_), Datum::Text(text)) => text.chars().any(|char| {
            let char = Datum::Text(char.to_string().into());
            operand.holds(&char) == Some(true)
        }),
        _ => false,
    }
}

/// Numbers compare as such if neither is zero, else as texts.
fn greater(attribute: &Datum<'_>, operand: &Datum<'_>, or_equal: bool) -> bool {
    let number = |datum: &Datum<'_>| datum.to_float().filter(|float| *float != 0.0);
    if let (Some(one), Some(two)) = (number(attribute), number(operand)) {
        return one > two || or_equal && one == two;
    }
    let (one, two) = (attribute.to_text(), operand.to_text());
    one > two || or_equal && one == two
}

/// A map counts as one.
fn length(attribute: &Datum<'_>, operand: &Datum<'_>, test: fn(i64, i64) -> bool) -> bool {
    let length = match attribute {
        Datum::Map(_) => Some(1),
        other => other.len(),
    };
    match (length, operand.to_int()) {
        (Some(length), Some(limit)) => test(length as i64, limit),
        _ => false,
    }
}

fn words(attribute: &Datum<'_>, operand: &Datum<'_>, test: fn(i64, i64) -> bool) -> bool {
    match (attribute, operand.to_int()) {
        (Datum::Text(text), Some(limit)) => test(text.split_whitespace().count() as i64, limit),
        _ => false,
    }
}

thread_local! {
    /// Patterns are few and are asked for again at each resource.
    static PATTERNS: RefCell<HashMap<String, Option<Regex>>> = RefCell::default();
}

/// Whether a text matches from its start. A pattern that is none matches nothing.
pub(super) fn matches_at_start(pattern: &str, text: &str) -> bool {
    PATTERNS.with_borrow_mut(|patterns| {
        if !patterns.contains_key(pattern) {
            patterns.insert(pattern.to_owned(), anchored(pattern).ok());
        }
        let pattern = patterns.get(pattern).and_then(Option::as_ref);
        pattern.is_some_and(|pattern| pattern.is_match(text))
    })
}

pub(super) fn anchored(pattern: &str) -> Result<Regex, regex::Error> {
    Regex::new(&format!("^(?:{pattern})"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Operand::{self, Bool, List, Number, Text};

    fn holds(name: &str, attribute: Operand, operand: Operand) -> Option<bool> {
        let (_, operator) = NAMES
            .iter()
            .find(|(known, _)| *known == name)
            .expect("a known operator");
        let attribute = Datum::from(attribute);
        let attribute = (attribute != Datum::Null).then_some(&attribute);
        operator.holds(attribute, &operand.into())
    }

    /// The solvers of Checkov 3.3.30 say the same of each row.
    #[test]
    fn comparisons_are_those_of_checkov() {
        let none = Operand::None;
        let ab = List(&[Text("a"), Text("b")]);
        for (name, attribute, operand, expected) in [
            ("equals", Bool(true), Text("true"), true),
            ("equals", none, Text("None"), true),
            ("equals", Number(1.0), Text("1"), true),
            ("not_equals", none, Text("x"), true),
            ("equals_ignore_case", Text("YES"), Text("yes"), true),
            ("equals_ignore_case", Text("var.x"), Text("yes"), true),
            ("exists", Text(""), none, true),
            ("contains", Text("{'k': ['a']}"), Text("a"), true),
            ("contains", Text("abc"), Text("b"), true),
            ("contains", none, Text("b"), false),
            ("not_contains", none, Text("b"), true),
            ("within", Text("a"), ab, true),
            ("within", Text("post"), Text("postgres"), true),
            ("not_within", none, ab, true),
            ("subset", Text("a"), ab, true),
            ("subset", none, ab, false),
            ("intersects", ab, Text("a"), true),
            ("not_intersects", none, ab, true),
            ("is_empty", none, none, false),
            ("is_not_empty", none, none, true),
            ("is_empty", List(&[]), none, true),
            ("is_false", none, none, true),
            ("is_true", Text("true"), none, false),
            ("greater_than", Number(10.0), Text("9"), true),
            ("greater_than", Number(0.0), Text("-1"), true),
            ("less_than", none, Number(3.0), false),
            ("less_than_or_equal", Number(3.0), Number(3.0), true),
            ("length_equals", ab, Number(2.0), true),
            ("length_not_equals", none, Number(2.0), true),
            ("length_less_than", Operand::Map(&[]), Number(2.0), true),
            ("number_of_words_equals", Text("a b  c"), Text("3"), true),
            ("number_of_words_not_equals", ab, Number(2.0), true),
            ("regex_match", Text("abc"), Text("b"), false),
            ("regex_match", Text("abc"), Text("a.c"), true),
            ("regex_match", Text("abc"), Text("("), false),
            ("starting_with", none, Text("a"), false),
            ("not_ending_with", Text("abc"), Text("c"), false),
            ("range_includes", Text("20-25"), Number(22.0), true),
            ("range_includes", Text("*"), Number(22.0), true),
            ("range_includes", Number(5.0), Text("1-9"), true),
            ("range_not_includes", none, Number(22.0), true),
            (
                "cidr_range_subset",
                Text("10.1.0.0/16"),
                Text("10.0.0.0/8"),
                true,
            ),
            ("cidr_range_subset", none, Text("10.0.0.0/8"), false),
            (
                "cidr_range_not_subset",
                Text("11.0.0.0/8"),
                Text("10.0.0.0/8"),
                true,
            ),
            ("any", none, none, true),
        ] {
            let case = format!("{attribute:?} {name} {operand:?}");
            assert_eq!(holds(name, attribute, operand), Some(expected), "{case}");
        }
    }

    #[test]
    fn what_cannot_be_compared_is_not_decided() {
        assert_eq!(holds("contains", Number(5.0), Text("5")), None);
        assert_eq!(
            holds("cidr_range_subset", Text("a"), Text("10.0.0.0/8")),
            None
        );
    }
}
