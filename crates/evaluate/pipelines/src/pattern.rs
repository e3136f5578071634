use regex::Regex;

/// A regular expression that stands in the source.
#[allow(clippy::expect_used, reason = "all are constants, and tests run each")]
pub(crate) fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid pattern")
}
