use std::borrow::Cow;

use bastide_source::Source;

use crate::Secret;

/// What stands for the rest of a secret.
const STARS: &str = "**********";

/// Hides the secrets of a file in whatever text of it is shown, not only on the lines of the
/// findings: a secret is reported once, however often it is written.
///
/// A quarter of a secret is left to be recognised by, and at most its first six characters.
pub struct Mask<'s> {
    /// The longest first, so that none is cut short by another.
    secrets: Vec<&'s str>,
}

impl<'s> Mask<'s> {
    /// The mask for a file in which these secrets were found.
    pub fn new(source: &'s Source, secrets: &[Secret]) -> Self {
        let texts = secrets.iter().map(|secret| source.slice(secret.span));
        let lines = texts.flat_map(|text| text.split(['\n', '\r']));
        let mut secrets: Vec<&str> = lines.map(strip).filter(|line| !line.is_empty()).collect();
        secrets.sort_unstable_by_key(|secret| (std::cmp::Reverse(secret.len()), *secret));
        secrets.dedup();
        Self { secrets }
    }

    /// A text of the file with its secrets hidden.
    pub fn apply<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut masked = Cow::Borrowed(text);
        for secret in &self.secrets {
            if masked.contains(secret) {
                let kept = secret.chars().take((secret.chars().count() / 4).min(6));
                let shown: String = kept.chain(STARS.chars()).collect();
                masked = Cow::Owned(masked.replace(secret, &shown));
            }
        }
        masked
    }
}

/// A secret without the quotes and spaces that were found with it.
fn strip(secret: &str) -> &str {
    secret.trim_matches(|c: char| c.is_whitespace() || "\"'".contains(c))
}

#[cfg(test)]
mod tests {
    use bastide_source::{FileId, Span};

    use super::*;
    use crate::Detector;

    fn mask(text: &str, secrets: &[&str], shown: &str) -> String {
        let source = Source::new(FileId(0), "a", text.to_owned());
        let secrets: Vec<Secret> = secrets
            .iter()
            .map(|secret| {
                let at = text.find(secret).unwrap();
                Secret {
                    detector: Detector::Aws,
                    span: Span::new(FileId(0), at, at + secret.len()),
                    line: 1,
                    hash: String::new(),
                    skip: None,
                }
            })
            .collect();
        Mask::new(&source, &secrets).apply(shown).into_owned()
    }

    #[test]
    fn at_most_six_characters_are_shown() {
        let long = "abcdefghijklmnopqrstuvwxyz0123456789";
        assert_eq!(mask(long, &[long], long), "abcdef**********");
        assert_eq!(
            mask("abcdefghi", &["abcdefghi"], "x: abcdefghi!"),
            "x: ab**********!"
        );
        assert_eq!(mask("abc", &["abc"], "abc abc"), "********** **********");
    }

    #[test]
    fn a_secret_in_quotes_or_over_lines_is_hidden() {
        assert_eq!(
            mask("\"abcd\"", &["\"abcd\""], "x = 'abcd'"),
            "x = 'a**********'"
        );
        assert_eq!(
            mask("abcd\n  efgh", &["abcd\n  efgh"], "    efgh"),
            "    e**********"
        );
    }

    #[test]
    fn the_longer_of_two_is_hidden_first() {
        assert_eq!(
            mask("abcd abcdefgh", &["abcd", "abcdefgh"], "abcdefgh"),
            "ab**********"
        );
        assert_eq!(mask("abcd", &["abcd"], "none"), "none");
    }
}
