use std::borrow::Cow;

use bastide_source::Source;

use crate::characters::universal_newlines;
use crate::detectors::names_provider;
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

/// Whether a file is YAML in which there are names of secrets alone, and none is given a value.
fn is_only_named(path: &str, text: &str, places: &[(usize, Triggers)]) -> bool {
    let may_be_token = |&(at, triggers): &(usize, Triggers)| {
        triggers.any(Triggers::NAMED) && names_provider(lines_up_to(text, at))
    };
    let keywords = places
        .iter()
        .filter(|(_, triggers)| triggers.any(Triggers::KEYWORD));
    Language::of(path) == Language::Yaml
        && places
            .iter()
            .all(|(_, triggers)| triggers.within(Triggers::KEYWORD | Triggers::NAMED))
        && !yaml::may_hide(text)
        && !ini::may_hide(text)
        && !may_assign_in_yaml(text, keywords.map(|&(at, _)| at))
        && !places.iter().any(may_be_token)
}

/// The line of a place and the one before, on which its name may stand.
fn lines_up_to(text: &str, at: usize) -> &str {
    let bytes = text.as_bytes();
    let newlines = memchr::memrchr_iter(b'\n', &bytes[..at]);
    let start = newlines.take(2).last().unwrap_or(0);
    let end = memchr::memchr(b'\n', &bytes[at..]).map_or(text.len(), |length| at + length);
    &text[start..end]
}
