//! What looks like a secret and is none.

use std::sync::LazyLock;

use regex::Regex;

use crate::characters::{is_space, is_word};
use crate::language::extension;
use crate::missed::is_followed_by_colon;
use crate::siblings::Notation;

/// Whether a string is certainly no secret, whoever found it.
pub(crate) fn is_harmless(value: &str) -> bool {
    is_template(value)
        || value.starts_with('$')
        || !value.bytes().any(|byte| byte.is_ascii_alphabetic())
        || is_sequence(value)
}

/// Whether a string is empty or stands for another: `{a}`, `<a>`, `${a}`.
fn is_template(value: &str) -> bool {
    let between = |start, end| value.starts_with(start) && value.ends_with(end);
    value.is_empty() || between('{', '}') || between('<', '>')
}

/// Whether a string is a piece of an alphabet, in whatever case.
fn is_sequence(value: &str) -> bool {
    const SEQUENCES: [&str; 6] = [
        "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/",
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ+/",
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "01234567890123456789",
        "0123456789ABCDEFABCDEF0123456789ABCDEFABCDEF",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ=/",
    ];
    let upper = value.to_uppercase();
    SEQUENCES.iter().any(|sequence| sequence.contains(&upper))
}

/// Whether a string is a UUID, and so more likely a name.
pub(crate) fn is_uuid(value: &str) -> bool {
    const LENGTHS: [usize; 5] = [8, 4, 4, 4, 12];
    let mut parts = value.split('-');
    let hex = |part: &str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    LENGTHS.iter().all(|&length| {
        parts
            .next()
            .is_some_and(|part| part.len() == length && hex(part))
    }) && parts.next().is_none()
}

/// Whether a string on a line is given to a name like `id` or `user_ids`. Only for strings that
/// were found by randomness.
pub(crate) fn is_id(value: &str, line: &str) -> bool {
    let Some(at) = line.find(value) else {
        return false;
    };
    let before = &line.as_bytes()[..at];
    let ends_name = |rest: &[u8]| {
        let rest = match rest {
            [b's' | b'S', rest @ ..] => rest,
            rest => rest,
        };
        rest.first()
            .is_some_and(|byte| !byte.is_ascii_alphanumeric())
    };
    let named = |start: usize, name: &str| {
        let rest = &before[start..];
        let (head, tail) = rest.split_at_checked(name.len()).unwrap_or((b"", b""));
        head.eq_ignore_ascii_case(name.as_bytes()) && ends_name(tail)
    };
    ["id", "myid", "userid"].iter().any(|name| named(0, name))
        || memchr::memchr_iter(b'_', before).any(|at| named(at, "_id"))
}

/// Whether what was found by randomness is a name rather than a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Name {
    /// It is a value.
    No,
    /// It is a name to Checkov, because a `:` follows it, but not at once: it may be in a comment, in
    /// a skip, or in another pair.
    ByFarColon,
    /// It is a name.
    Certain,
}

/// Tells names from values.
pub(crate) fn is_name(value: &str, line: &str, source_code: bool) -> Name {
    let bare = line.replace(['"', '\''], "");
    let is_name = |looked_at: &str| {
        looked_at.starts_with(value)
            || calls_function(looked_at)
            || source_code && is_on_both_sides(value, line, looked_at)
    };
    if is_identifier(value) && !value.contains("SECRET") {
        return Name::Certain;
    }
    let (followed, at_once) = colon_after(&bare, value);
    let rest = bare.find(value).filter(|_| followed);
    match rest.map(|first| &bare[first..]) {
        Some(rest) if is_name(rest) => {
            if at_once || is_name(&bare) {
                Name::Certain
            } else {
                Name::ByFarColon
            }
        }
        None if is_name(&bare) => Name::Certain,
        _ => Name::No,
    }
}

/// Whether a `:` follows the last occurrence of a string that does not start the line, and whether it
/// does so at once.
fn colon_after(bare: &str, value: &str) -> (bool, bool) {
    let last = bare.rfind(value).filter(|_| !bare.starts_with(value));
    let rest = last.map_or("", |last| &bare[last + value.len()..]);
    (rest.contains(':'), is_followed_by_colon(rest))
}

/// Whether a name is given a value that is only called like a secret.
fn calls_function(line: &str) -> bool {
    const NAMES: [&str; 5] = [
        "secretsmanager",
        "secretName",
        "secret_name",
        "creation_token",
        "client_secret_setting_name",
    ];
    NAMES.iter().any(|name| {
        line.match_indices(name).any(|(at, name)| {
            let rest = &line[at + name.len()..];
            rest.trim_start_matches(is_space).starts_with([':', '='])
        })
    })
}

/// Whether a string is in the name and in the value of an assignment to the name of a secret.
fn is_on_both_sides(value: &str, line: &str, looked_at: &str) -> bool {
    Notation::Hcl.names_secret(looked_at)
        && line
            .split_once('=')
            .is_some_and(|(left, right)| left.contains(value) && right.contains(value))
}

/// Whether one of the words of a string is made of letters with underscores between them.
fn is_identifier(value: &str) -> bool {
    value.split(|c: char| !is_word(c)).any(|word| {
        let letter = |c: char| c.is_ascii_alphabetic();
        word.contains('_')
            && word.starts_with(letter)
            && word.ends_with(letter)
            && word.chars().all(|c| letter(c) || c == '_')
    })
}

/// Whether a comment on a line, or one on the line before, says that it holds no secret:
/// `pragma: allowlist secret`.
pub(crate) fn is_allowed(line: &str, previous: &str, path: &str) -> bool {
    static SAME_LINE: LazyLock<[Regex; 2]> =
        LazyLock::new(|| [false, true].map(|hash_only| pragma(hash_only, false)));
    static NEXT_LINE: LazyLock<[Regex; 2]> =
        LazyLock::new(|| [false, true].map(|hash_only| pragma(hash_only, true)));
    let hash_only = usize::from(extension(path) == "yaml");
    let says = |line: &str, patterns: &LazyLock<[Regex; 2]>| {
        line.contains("pragma:") && patterns[hash_only].is_match(line)
    };
    says(line, &SAME_LINE) || says(previous, &NEXT_LINE)
}

/// The comment as a regular expression. In files named `.yaml` only `#` starts one.
fn pragma(hash_only: bool, next_line: bool) -> Regex {
    let start = if next_line { r"\A[ \t]*" } else { "" };
    let text = if next_line {
        " *pragma: ?allowlist[ -]nextline[ -]secret.*"
    } else {
        " *pragma: ?(?:allow|white)list[ -]secret.*"
    };
    let comment = if hash_only {
        format!("#{text}")
    } else {
        format!(r"(?:(?:#|//|'|--){text}|/\*{text} *\*/|<!--[# \t]*{text} *-->)")
    };
    Regex::new(&format!(r"{start}{comment}[ \t]*\n?\z")).expect("a valid pattern")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_and_references_are_harmless() {
        for value in [
            "", "{{ a }}", "<a>", "${a}", "$a", "12-34", "Abcdef", "4567", "9a", "é",
        ] {
            assert!(is_harmless(value), "{value}");
        }
        for value in ["{a", "a1b", "zab0", "abd"] {
            assert!(!is_harmless(value), "{value}");
        }
    }

    #[test]
    fn a_uuid_is_five_parts_of_hexadecimal() {
        assert!(is_uuid("01234567-89AB-cdef-0123-456789abcdef"));
        assert!(!is_uuid("01234567-89AB-cdef-0123-456789abcdef-"));
        assert!(!is_uuid("01234567-89AB-cdef-0123-456789abcdeg"));
    }

    #[test]
    fn a_string_may_be_the_value_of_an_id() {
        assert!(is_id("abc", "id: abc"));
        assert!(is_id("abc", "USER_IDS = abc"));
        assert!(is_id("abc", "myid=abc"));
        assert!(!is_id("abc", "my: id: abc"));
        assert!(!is_id("abc", "user_idx: abc"));
        assert!(!is_id("abc", "abc user_id: abc"));
        assert!(!is_id("abc", "_id"));
    }

    #[test]
    fn a_string_may_be_a_name() {
        assert_eq!(
            is_name("abc1", "\"abc1\": \"password\"", false),
            Name::Certain
        );
        assert_eq!(
            is_name("abc1", "password = \"abc1\" # note: x", false),
            Name::ByFarColon
        );
        assert_eq!(
            is_name("abc1", "password = \"abc1\" # note", false),
            Name::No
        );
        assert_eq!(
            is_name("abc1", "secretsmanager: abc1", false),
            Name::Certain
        );
        assert_eq!(
            is_name("my_value", "password = my_value", false),
            Name::Certain
        );
        assert_eq!(
            is_name("MY_SECRET", "password = MY_SECRET", false),
            Name::No
        );
        assert_eq!(
            is_name("my_value1", "password = my_value1", false),
            Name::No
        );
        assert_eq!(is_name("x1", "a_x1 = x1_token", true), Name::Certain);
        assert_eq!(is_name("x1", "a_x1 = x1_token", false), Name::No);
    }

    #[test]
    fn a_pragma_allows_a_line_or_the_next() {
        let allowed = |line, previous| is_allowed(line, previous, "a.tf");
        assert!(allowed("a = 1 # pragma: allowlist secret", ""));
        assert!(allowed("a = 1 // pragma: whitelist secret, says x", ""));
        assert!(allowed("a /* pragma: allowlist secret */", ""));
        assert!(!allowed("a /* pragma: allowlist secret */ b", ""));
        assert!(allowed("a", "  # pragma: allowlist nextline secret\n"));
        assert!(!allowed("a", "b # pragma: allowlist nextline secret\n"));
        assert!(!allowed("a # pragma: allowlist nextline secret", ""));
        assert!(!is_allowed("a // pragma: allowlist secret", "", "a.yaml"));
    }
}
