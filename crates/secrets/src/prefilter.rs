//! What every secret has in common: a literal nearby or a long run of characters.
//!
//! One pass over the bytes finds the few places where a detector could find something. What it
//! finds is necessary for a verdict, never sufficient. Nothing else looks at a file in which it
//! finds nothing.

use std::cell::LazyCell;
use std::ops::BitOr;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Input, MatchKind};

use crate::detectors::has_password;
use crate::entropy::{Alphabet, distinct};

/// What was found at a place, and so which detectors have to look at its line.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Triggers(u16);

impl Triggers {
    /// A word that may name a secret.
    pub(crate) const KEYWORD: Self = Self(1);
    /// The start of an Artifactory token, or a word that makes one likely.
    pub(crate) const ARTIFACTORY: Self = Self(1 << 1);
    /// A URL with a password in it.
    pub(crate) const PASSWORD: Self = Self(1 << 2);
    /// The start of a base64-encoded JSON object.
    pub(crate) const JSON: Self = Self(1 << 3);
    /// The start of a private key.
    pub(crate) const PRIVATE_KEY: Self = Self(1 << 4);
    /// The start of a Slack token, or the host of its webhooks.
    pub(crate) const SLACK: Self = Self(1 << 5);
    /// A run with the shape of a token.
    pub(crate) const TOKEN: Self = Self(1 << 6);
    /// A run that is a token only if it is given to a name that says whose.
    pub(crate) const NAMED: Self = Self(1 << 7);
    /// A run of so many different characters that it may be random beyond all limits.
    pub(crate) const DIVERSE: Self = Self(1 << 8);
    /// The line with which the file as a whole is looked at.
    pub(crate) const WHOLE_FILE: Self = Self(1 << 9);
    /// A run that may be the secret of an AWS access key, which a name must say.
    pub(crate) const AWS_SECRET: Self = Self(1 << 10);
    /// A run that may be an API key of IBM Cloud, which a name must say.
    pub(crate) const IBM_KEY: Self = Self(1 << 11);

    /// Those that make any file worth a scan.
    pub(crate) const SUFFICIENT: Self = Self(
        Self::KEYWORD.0
            | Self::ARTIFACTORY.0
            | Self::PASSWORD.0
            | Self::JSON.0
            | Self::PRIVATE_KEY.0
            | Self::SLACK.0
            | Self::TOKEN.0
            | Self::AWS_SECRET.0
            | Self::IBM_KEY.0,
    );

    /// Whether all of these are among `others`.
    pub(crate) fn within(self, others: Self) -> bool {
        self.0 & !others.0 == 0
    }

    /// Whether one of `others` is among these.
    pub(crate) fn any(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }
}

impl BitOr for Triggers {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The literals, in lower case, none the start of another.
const LITERALS: [(&str, Triggers); 17] = [
    ("key", Triggers::KEYWORD),
    ("pass", Triggers::KEYWORD),
    ("pwd", Triggers::KEYWORD),
    ("token", Triggers::KEYWORD),
    ("secret", Triggers::KEYWORD),
    ("contrase", Triggers::KEYWORD),
    ("recaptcha_", Triggers::KEYWORD),
    ("akc", Triggers::ARTIFACTORY),
    ("artif", Triggers::ARTIFACTORY),
    ("jfrog", Triggers::ARTIFACTORY),
    ("buildkit", Triggers::ARTIFACTORY),
    ("://", Triggers::PASSWORD),
    ("eyj", Triggers::JSON),
    ("begin ", Triggers::PRIVATE_KEY),
    ("putty-user", Triggers::PRIVATE_KEY),
    ("xox", Triggers::SLACK),
    ("hooks.slack", Triggers::SLACK),
];

/// Letters outside ASCII that equal an ASCII letter when case is ignored.
const FOREIGN_LETTERS: [&str; 4] = ["ſ", "\u{212a}", "İ", "ı"];

/// The length from which a run of characters is looked at.
const RUN: usize = 20;
/// The number of different characters of which a string is random beyond the limit that holds
/// without a keyword, 4.8 bits: 2^4.8 is 27.9.
const DIVERSE: u32 = 28;
/// What an escape adds to a run at most when it is written out: the backslash, `u`, and the
/// hexadecimal digits.
const DIVERSE_ESCAPES: u32 = 20;

/// The places where there may be a secret, by offset.
pub(crate) fn places(text: &str) -> Vec<(usize, Triggers)> {
    let mut places = Vec::new();
    literals(text, &mut places);
    runs(text, &mut places);
    if !text.is_ascii() {
        for letter in FOREIGN_LETTERS {
            let found = memchr::memmem::find_iter(text.as_bytes(), letter);
            places.extend(found.map(|at| (at, Triggers::KEYWORD)));
        }
    }
    places.sort_unstable_by_key(|&(at, _)| at);
    places
}

fn literals(text: &str, places: &mut Vec<(usize, Triggers)>) {
    // Not told to ignore case, so that it is vectorised.
    static AUTOMATON: LazyLock<AhoCorasick> = LazyLock::new(|| {
        AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostFirst)
            .build(LITERALS.map(|(literal, _)| literal))
            .expect("the literals are few")
    });
    let lower = text.to_ascii_lowercase();
    let encrypted_password = LazyCell::new(|| has_encrypted_password(text));
    let mut from = 0;
    while let Some(found) = AUTOMATON.find(Input::new(&lower).range(from..)) {
        // The next one may overlap with this one.
        from = found.start() + 1;
        let (literal, triggers) = LITERALS[found.pattern()];
        let (before, after) = (&lower[..found.start()], &lower[found.end()..]);
        let holds = match literal {
            "key" => ends_keyword(before),
            "pass" => is_password(before, after),
            "://" => has_password(after),
            "akc" => text[found.start()..].starts_with("AKC"),
            "artif" | "jfrog" | "buildkit" => *encrypted_password,
            "begin " => text[found.start()..].starts_with("BEGIN "),
            _ => true,
        };
        if holds {
            places.push((found.start(), triggers));
        }
    }
}

/// Whether a `key` after this text is the tail of a keyword such as `api-key` or `auth_key`.
fn ends_keyword(before: &str) -> bool {
    const HEADS: [&str; 10] = [
        "api", "auth", "service", "account", "db", "database", "priv", "private", "client",
        "nessus",
    ];
    let bare = before.strip_suffix(['_', '.', '-']).unwrap_or(before);
    HEADS.iter().any(|head| bare.ends_with(head))
}

/// Whether a `pass` between these texts is part of a keyword.
fn is_password(before: &str, after: &str) -> bool {
    let heads = ["_", "db", "database", "key"];
    after.starts_with(['w']) || heads.iter().any(|head| before.ends_with(head))
}

/// Finds the runs that may be a token. A run that is none is skipped from its end backwards, so
/// that text of short words is touched only here and there.
fn runs(text: &str, places: &mut Vec<(usize, Triggers)>) {
    let bytes = text.as_bytes();
    let mut start = 0;
    while let Some(window) = bytes.get(start..start + RUN) {
        if let Some(gap) = window.iter().rposition(|&byte| !IN_RUN[usize::from(byte)]) {
            start += gap + 1;
            continue;
        }
        let rest = &bytes[start + RUN..];
        let more = rest.iter().take_while(|&&byte| IN_RUN[usize::from(byte)]);
        let end = start + RUN + more.count();
        let triggers = judge_run(&bytes[start..end]);
        if triggers != Triggers::default() {
            places.push((start, triggers));
        }
        start = end + 1;
    }
}

/// Bytes of the base64 alphabet, and those that are written out in it: what is not ASCII, and
/// what is not printable, other than line endings.
const IN_RUN: [bool; 256] = {
    let mut class = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let c = byte as u8;
        let member = matches!(c, b'+' | b'/' | b'\\' | b'-' | b'_' | b'=');
        let written_out = !c.is_ascii() || c.is_ascii_control() && c != b'\n' && c != b'\r';
        class[byte] = c.is_ascii_alphanumeric() || member || written_out;
        byte += 1;
    }
    class
};

/// Whether a text may hold a password as Artifactory encrypts it: `AP`, a digit, and the rest.
fn has_encrypted_password(text: &str) -> bool {
    const LEAST: usize = 8;
    memchr::memmem::find_iter(text.as_bytes(), "AP").any(|at| {
        let rest = text.as_bytes()[at + 2..].split_first();
        rest.is_some_and(|(first, rest)| {
            let rest = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric());
            matches!(first, b'0'..=b'9' | b'A'..=b'F') && rest.take(LEAST).count() == LEAST
        })
    })
}

/// What a run of at least [`RUN`] bytes may be.
fn judge_run(run: &[u8]) -> Triggers {
    let shape = Shape::of(run);
    let mut triggers = Triggers::default();
    if is_token(run, &shape) {
        triggers = triggers | Triggers::TOKEN;
    }
    if run.len() >= 40 && has_word_of_40(run) {
        triggers = triggers | Triggers::AWS_SECRET;
    }
    if run.len() >= 44 && has_iam_key(run) {
        triggers = triggers | Triggers::IBM_KEY;
    }
    if shape.letters >= 24 || shape.words >= 36 {
        triggers = triggers | Triggers::NAMED;
    }
    if is_diverse(run) {
        triggers = triggers | Triggers::DIVERSE;
    }
    triggers
}

/// What a run has of some kinds of bytes, told in one pass.
#[derive(Default)]
struct Shape {
    /// The longest part of letters.
    letters: usize,
    /// The longest part of letters, digits and dashes.
    words: usize,
    /// The longest part of capitals and digits.
    capitals: usize,
}

impl Shape {
    fn of(run: &[u8]) -> Self {
        let mut shape = Self::default();
        let (mut letters, mut words, mut capitals) = (0, 0, 0);
        let grow = |part: &mut usize, longest: &mut usize, grows: bool| {
            *part = if grows { *part + 1 } else { 0 };
            *longest = (*longest).max(*part);
        };
        for &byte in run {
            let (letter, digit) = (byte.is_ascii_alphabetic(), byte.is_ascii_digit());
            let capital = byte.is_ascii_uppercase();
            grow(&mut letters, &mut shape.letters, letter);
            grow(
                &mut words,
                &mut shape.words,
                letter || digit || byte == b'-',
            );
            grow(&mut capitals, &mut shape.capitals, capital || digit);
        }
        shape
    }
}

/// Whether a run may hold one of the tokens that are told by their shape.
fn is_token(run: &[u8], shape: &Shape) -> bool {
    // Literals are told by a byte that is rare in names.
    let has = |rare: u8, literal: &[u8]| {
        memchr::memchr(rare, run).is_some() && memchr::memmem::find(run, literal).is_some()
    };
    // The id of an AWS access key.
    shape.capitals >= 20
        || run.len() >= 24 && (has(b'v', b"k_live_") || has(b'0', b"sq0csp-"))
        || shape.words >= 32 && has_account_or_data_center(run)
        || run.len() >= 88 && has(b'=', b"==")
}

/// Whether a run has the shape of a key of Twilio or Mailchimp.
fn has_account_or_data_center(run: &[u8]) -> bool {
    let mut at = 0;
    run.split(|byte| !(byte.is_ascii_lowercase() || byte.is_ascii_digit()))
        .any(|part| {
            let (before, after) = (&run[..at], &run[at + part.len()..]);
            at += part.len() + 1;
            let marked =
                before.ends_with(b"AC") || before.ends_with(b"SK") || after.starts_with(b"-us");
            part.len() >= 32 && marked
        })
}

/// Whether a run may hold the secret of an AWS access key: forty characters, some of which part
/// words, with the bounds of words around them.
fn has_word_of_40(run: &[u8]) -> bool {
    const LENGTH: usize = 40;
    let in_word = |byte: &u8| byte.is_ascii_alphanumeric();
    run.split(|byte| !in_word(byte) && !matches!(byte, b'/' | b'+'))
        .any(|part| {
            let bound = |at: usize| match (part.get(at.wrapping_sub(1)), part.get(at)) {
                // The first byte may be the end of an escape.
                (Some(before), Some(after)) => at == 1 || in_word(before) != in_word(after),
                _ => true,
            };
            (LENGTH..=part.len()).any(|end| bound(end) && bound(end - LENGTH))
        })
}

/// Whether a run may hold an API key of IBM Cloud: forty-four characters with nothing like them
/// behind, 4.5 bits random.
fn has_iam_key(run: &[u8]) -> bool {
    const LENGTH: usize = 44;
    const DISTINCT: u32 = 23;
    run.split(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'_'))
        .filter_map(|part| part.len().checked_sub(LENGTH).map(|start| &part[start..]))
        .any(|key| distinct(key) >= DISTINCT)
}

/// The length of the longest run of such bytes.
pub(crate) fn longest(bytes: &[u8], class: impl Fn(u8) -> bool) -> usize {
    let parts = bytes.split(|&byte| !class(byte));
    parts.map(<[u8]>::len).max().unwrap_or(0)
}

/// Whether a string of several lines has a run over lines that may be random beyond the limit that
/// holds without a keyword.
pub(crate) fn has_diverse_run(line: &[u8]) -> bool {
    line.split(|&byte| byte != b'\n' && !IN_RUN[usize::from(byte)])
        .any(|run| run.len() >= RUN && is_diverse(run))
}

/// Whether a string may be random beyond the limit that holds without a keyword, as it is or when
/// all of its characters are written out.
fn is_diverse(bytes: &[u8]) -> bool {
    let is_itself = |byte: &u8| *byte != b'\\' && Alphabet::Base64.has(*byte);
    if bytes.len() < DIVERSE as usize && bytes.iter().all(is_itself) {
        return false;
    }
    let mut seen = 0_u128;
    let mut escapes = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'\n' => seen |= 1 << b'\\' | 1 << b'n',
            _ if Alphabet::Base64.has(byte) => seen |= 1 << byte,
            _ if IN_RUN[usize::from(byte)] => escapes = DIVERSE_ESCAPES,
            _ => {}
        }
        // What most escapes are read as is written with the same letter again.
        let next = bytes.get(at + 1);
        if byte == b'\\' && next.is_some_and(|next| b"xuU0aevN_LP".contains(next)) {
            escapes = DIVERSE_ESCAPES;
        }
    }
    seen.count_ones() + escapes >= DIVERSE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_has_no_place() {
        assert_eq!(
            places("resource \"aws_iam_policy_document\" \"a\" {\n  key = 1\n}\n"),
            []
        );
    }

    #[test]
    fn literals_are_found_in_any_case_and_overlapping() {
        assert_eq!(
            places("xPASSword eyJ"),
            [(1, Triggers::KEYWORD), (10, Triggers::JSON)]
        );
        let found = places("secretoken");
        assert_eq!(found.iter().map(|it| it.0).collect::<Vec<_>>(), [0, 5]);
    }

    #[test]
    fn words_that_mean_nothing_by_themselves_are_no_places() {
        let encrypted = format!("an artifact\nAP5{}", "abc".repeat(3));
        assert_eq!(places(&encrypted), [(3, Triggers::ARTIFACTORY)]);
        assert_eq!(places("BEGIN "), [(0, Triggers::PRIVATE_KEY)]);
        assert_eq!(places("an artifact, akc, the APIVersion; begin "), []);
    }

    #[test]
    fn a_key_alone_is_no_keyword() {
        assert_eq!(places("key: a"), []);
        assert_eq!(places("a pass: b"), []);
        for line in [
            "api-key: a",
            "keypass: a",
            "my Recaptcha_: a",
            "to\u{212a}en: a",
        ] {
            assert_eq!(places(line).len(), 1, "{line}");
        }
    }

    #[test]
    fn runs_are_judged_by_length_and_variety() {
        let random = "abcdefghijklmn/pqrstuvwxyz+ABC";
        assert_eq!(places(random), [(0, Triggers::DIVERSE)]);
        let letters = "ab".repeat(12);
        assert_eq!(places(&format!("a b {letters} c")), [(4, Triggers::NAMED)]);
        assert_eq!(places(&letters[1..]), []);
        assert_eq!(places(&"é".repeat(30)), []);
        assert_eq!(places("my-custom-resource\\n\\nset\\"), []);
        assert_eq!(places("my-custom-resource\\eset"), [(0, Triggers::DIVERSE)]);
    }

    #[test]
    fn tokens_are_told_by_their_shape() {
        let all = Triggers::TOKEN | Triggers::AWS_SECRET | Triggers::IBM_KEY;
        let triggers = |run: &[u8]| judge_run(run).any(all);
        let id = "0a".repeat(16);
        for token in [
            "A1".repeat(10),
            format!("AC{id}"),
            format!("{id}-us1"),
            "ab/cdefghi+".repeat(4),
            "aB3".repeat(13) + "x",
            "abcdefghijklmnopqrstuvw-".repeat(2),
            "a/b".repeat(29) + "a==",
            "k_live_".to_owned() + &"a".repeat(24),
        ] {
            assert!(triggers(token.as_bytes()), "{token}");
        }
        for other in [
            "a1".repeat(32),
            "ab_c".repeat(12),
            "requiredDuringScheduling".to_owned(),
            format!("AB{id}"),
        ] {
            assert!(!triggers(other.as_bytes()), "{other}");
        }
    }
}
