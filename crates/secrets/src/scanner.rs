use std::borrow::Cow;

use bastide_source::Source;

use crate::characters::universal_newlines;
use crate::detectors::{names_aws, names_key, names_provider};
use crate::files::is_excluded;
use crate::keyword::may_assign_in_yaml;
use crate::language::Language;
use crate::pass::{Pass, is_worthwhile};
use crate::prefilter::{self, Triggers};
use crate::rewrite::{ini, log_prefix, yaml};
use crate::secret::Secret;
use crate::verdict::judge;

/// How secrets are looked for.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Options {
    /// The entropy in bits a character, from 0 to 8, that a string must exceed to be a secret
    /// when it is given to a name like `password`. Checkov's `CHECKOV_ENTROPY_KEYWORD_LIMIT`.
    pub entropy_limit: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { entropy_limit: 3.0 }
    }
}

/// Finds strings that may be secrets. One serves all threads; regular expressions are compiled
/// when a line first needs them.
#[derive(Clone, Default, Debug)]
pub struct Scanner {
    options: Options,
}

impl Scanner {
    /// A scanner.
    pub fn new(options: Options) -> Self {
        Self { options }
    }

    /// The strings of a file that may be secrets, by line; also those that are to be skipped.
    pub fn scan(&self, source: &Source) -> Vec<Secret> {
        let path = &*source.path;
        let text = universal_newlines(&source.text);
        let mut places = prefilter::places(&text);
        if !is_worthwhile(path, &text, &places) || is_excluded(path) {
            return Vec::new();
        }
        if is_only_named(path, &text, &places) {
            return Vec::new();
        }
        let mut size = source.text.len();
        let text = match log_prefix::strip(&text) {
            Cow::Borrowed(_) => text,
            Cow::Owned(stripped) => {
                size = stripped.len();
                places = prefilter::places(&stripped);
                Cow::Owned(stripped)
            }
        };
        let hits = Pass::new(path, text, size, self.options.entropy_limit).run(&places);
        judge(source, hits)
    }
}

/// Whether a file is YAML in which there is nothing to find, however it reads: names of secrets
/// that are given no value, and runs that no name calls a secret. Most manifests that have a place
/// at all are such, and to read one takes many times as long as to look at its places.
fn is_only_named(path: &str, text: &str, places: &[(usize, Triggers)]) -> bool {
    use Triggers as T;
    let told_by_name = T::KEYWORD | T::NAMED | T::AWS_SECRET | T::IBM_KEY;
    // What a line names is the same for all places in it.
    let mut named_up_to = 0;
    let mut may_be_secret = |&(at, triggers): &(usize, Triggers)| {
        let may_be_named = triggers.any(T::NAMED) && at >= named_up_to && {
            named_up_to = line_end(text, at);
            names_provider(lines_up_to(text, at))
        };
        may_be_named
            || triggers.any(T::AWS_SECRET) && names_aws(up_to_end_of_line(text, at))
            || triggers.any(T::IBM_KEY) && names_key(up_to_end_of_line(text, at))
    };
    let keywords = places
        .iter()
        .filter(|(_, triggers)| triggers.any(T::KEYWORD));
    Language::of(path) == Language::Yaml
        && places
            .iter()
            .all(|(_, triggers)| triggers.within(told_by_name))
        && !yaml::may_hide(text)
        && !ini::may_hide(text)
        && !may_assign_in_yaml(text, keywords.map(|&(at, _)| at))
        && !places.iter().any(&mut may_be_secret)
}

/// The line of a place and the one before, on which its name may stand.
fn lines_up_to(text: &str, at: usize) -> &str {
    let bytes = text.as_bytes();
    let newlines = memchr::memrchr_iter(b'\n', &bytes[..at]);
    let start = newlines.take(2).last().unwrap_or(0);
    &text[start..line_end(text, at)]
}

/// The line of a place from far before it on: between such a secret and its name there are fifty
/// characters at most, and what YAML needs for indentation.
fn up_to_end_of_line(text: &str, at: usize) -> &str {
    const FAR: usize = 512;
    let start = text.floor_char_boundary(at.saturating_sub(FAR));
    &text[start..line_end(text, at)]
}

fn line_end(text: &str, at: usize) -> usize {
    let end = memchr::memchr(b'\n', &text.as_bytes()[at..]);
    end.map_or(text.len(), |length| at + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: [&str; 9] = [
        "name",
        "password",
        "secretName",
        "aws_secret_access_key",
        "platform_api_key",
        "secret_key",
        "cloudant_token",
        "automountServiceAccountToken",
        "'to\u{212a}en'",
    ];

    fn values() -> Vec<String> {
        let letters = "mzqlxovktwbnjhgyrdpsacef";
        vec![
            "false".to_owned(),
            "${a}".to_owned(),
            "mZ8qLx03vKt7".to_owned(),
            letters.to_owned(),
            format!("{letters}{}", "Q7w2E9r4T6y1U8i3"),
            format!("{letters}{}", "Q7w2E9r4T6y1U8i3O5p0"),
            "0123456789abcdef".repeat(3),
            "https://a.example/docs/latest/configuration/configuration/".to_owned(),
        ]
    }

    /// The same in all the ways in which YAML may write it.
    fn layouts(key: &str, value: &str, other: &str) -> Vec<String> {
        vec![
            format!("{key}: {value}\n"),
            format!("a:\n- {key}: \"{value}\" # {other}\n"),
            format!("{key}:\n\n  # {other}\n  {value}\n"),
            format!("{key}: >-\n  {other}:\n  {value}\n"),
            format!("{key}: |\n  {other}={value}\n  x\n"),
            format!("{{{key}: {value}, {other}: x}}\n"),
            format!("{key}: x # {other} {value}\n"),
            format!("- name: {key}\n  value: {value}\n- name: {other}\n"),
            format!("? {key}\n: &x {value}\n"),
            format!("{key}: '{other}\n\n  {value}'\n"),
        ]
    }

    #[test]
    fn where_secrets_are_only_named_there_are_none() {
        let (mut passed_over, mut with_secrets) = (0, 0);
        let mut missed = Vec::new();
        for key in KEYS {
            for other in KEYS {
                for value in values() {
                    for text in layouts(key, &value, other) {
                        let places = prefilter::places(&text);
                        let pass = Pass::new("a.yaml", text.as_str().into(), text.len(), 3.0);
                        let hits = pass.run(&places);
                        with_secrets += usize::from(!hits.is_empty());
                        if is_only_named("a.yaml", &text, &places) {
                            passed_over += 1;
                            missed.extend((!hits.is_empty()).then_some(text));
                        }
                    }
                }
            }
        }
        assert_eq!(missed, [""; 0]);
        assert!(passed_over > 500 && with_secrets > 500);
    }
}
