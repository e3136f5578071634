//! What Checkov is meant to find and misses. Each rule is listed among the deviations.

use crate::characters::is_space;
use crate::keyword;
use crate::language::file_name;
use crate::lines::Window;

/// How many bytes a password with punctuation has.
const LENGTHS: std::ops::RangeInclusive<usize> = 8..=128;

/// Punctuation that people put into passwords, and that is none of Base64.
const PUNCTUATION: &[u8] = b"!#%^&*?~@";

/// Endings of names whose values say where a secret is, not what it is.
const POINTERS: [&str; 12] = [
    "arn", "dir", "endpoint", "file", "header", "host", "id", "name", "path", "type", "uri", "url",
];

/// Whether a string on a line is the name of what follows it. Checkov takes any colon after the
/// string for a sign of that, be it in a comment or in another pair.
pub(crate) fn is_followed_by_colon(rest: &str) -> bool {
    rest.trim_start_matches(is_space).starts_with(':')
}

/// A value of YAML without quotes, up to the comment behind it. Checkov takes the comment for a part of
/// the value where it does not read the file as YAML.
pub(crate) fn without_comment(value: &str) -> &str {
    let mut marks = value.match_indices('#').map(|(at, _)| at);
    let starts_comment = |at: &usize| value[..*at].ends_with(is_space);
    let comment = marks.find(starts_comment);
    comment.map_or(value, |at| value[..at].trim_end_matches(is_space))
}

/// Whether a line may assign a password with punctuation, or one with a comment behind it.
pub(crate) fn may_have_password(line: &str) -> bool {
    line.bytes().any(|byte| PUNCTUATION.contains(&byte))
}

/// Whether the value of a telling name is a password with punctuation, which is none of Base64 and
/// so no candidate in Checkov. `limit` is the randomness that it must exceed, in bits a character.
pub(crate) fn is_password(value: &str, limit: f64) -> bool {
    let has = |class: fn(&u8) -> bool| value.as_bytes().iter().any(class);
    let classes = [
        has(u8::is_ascii_lowercase),
        has(u8::is_ascii_uppercase),
        has(u8::is_ascii_digit),
    ];
    LENGTHS.contains(&value.len())
        && value.bytes().all(|byte| byte.is_ascii_graphic())
        && may_have_password(value)
        && classes.iter().filter(|has| **has).count() >= 2
        && !is_reference(value)
        && randomness(value) > limit
}

/// Whether a value is an expression, a place, an address or an image rather than a password.
fn is_reference(value: &str) -> bool {
    let has = |chars: &[char]| value.contains(chars);
    let is_address = value.split_once('@').is_some_and(|(name, host)| {
        let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | ':');
        let host_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
        name.chars().all(word) && host.contains(['.', ':']) && host.chars().all(host_word)
    });
    has(&[
        '/', '\\', '$', '(', ')', '{', '}', '<', '>', '[', ']', '|', '`', ',',
    ]) || value.starts_with('!')
        || value.contains('=') && has(&['&', '?'])
        || value.contains("==")
        || value.contains("!=")
        || value.contains("&&")
        || is_address
}

/// Shannon's entropy of the bytes of a text, in bits a character.
fn randomness(text: &str) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in text.bytes() {
        counts[usize::from(byte)] += 1;
    }
    let length = text.len() as f64;
    let shares = counts.iter().filter(|count| **count > 0);
    -shares
        .map(|count| f64::from(*count) / length)
        .map(|share| share * share.log2())
        .sum::<f64>()
}

/// Whether a file is a Dockerfile.
pub(crate) fn is_dockerfile(path: &str) -> bool {
    crate::files::is_dockerfile(file_name(path))
}

/// The values without quotes that `ENV` and `ARG` of a Dockerfile give to telling names. Checkov
/// asks for quotes. A value without a letter and a digit is more likely a setting.
pub(crate) fn in_dockerfile<'l>(line: &'l str, around: &Window<'_>) -> Vec<&'l str> {
    let line = line.trim_end_matches('\\').trim_end();
    let words = match instruction(line) {
        Some((_, words)) => words,
        None if continues_assignment(around) => line,
        None => return Vec::new(),
    };
    let mut pairs: Vec<(&str, &str)> = words
        .split_whitespace()
        .filter_map(|word| word.split_once('='))
        .collect();
    // `ENV name value`
    if let (Some(("ENV", _)), Some((name, value))) = (instruction(line), words.split_once(is_space))
        && !name.contains('=')
    {
        pairs = vec![(name, value.trim())];
    }
    let telling = |name: &str| {
        let lower = name.to_ascii_lowercase();
        keyword::is_telling(name) && !POINTERS.iter().any(|pointer| lower.ends_with(pointer))
    };
    let is_value = |value: &str| {
        let has = |class: fn(&u8) -> bool| value.as_bytes().iter().any(class);
        value.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
            && value.bytes().all(|byte| byte.is_ascii_graphic())
            && !value.contains(['"', '\'', '$', '{'])
            && has(u8::is_ascii_alphabetic)
            && has(u8::is_ascii_digit)
    };
    let found = pairs
        .into_iter()
        .filter(|(name, value)| telling(name) && is_value(value));
    found.map(|(_, value)| value).collect()
}

/// `ENV` or `ARG` in capitals, and what follows.
fn instruction(line: &str) -> Option<(&'static str, &str)> {
    let (word, rest) = line.trim_start().split_once(is_space)?;
    let known = ["ENV", "ARG"].into_iter();
    let mut known = known.filter(|known| word.eq_ignore_ascii_case(known));
    known.next().map(|known| (known, rest.trim_start()))
}

/// Whether the line goes on with an `ENV` or `ARG` that starts on one of the lines before.
fn continues_assignment(around: &Window<'_>) -> bool {
    for index in (0..around.target).rev() {
        let Some(line) = around.get(index).map(str::trim_end) else {
            return false;
        };
        if !line.ends_with('\\') {
            return false;
        }
        if instruction(line).is_some() {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::Lines;

    #[test]
    fn passwords_have_punctuation() {
        for value in [
            "Sup3rS3cr3t!pw",
            "correctHorse#9",
            "p@ssw0rdL0ng9",
            "aB3*defgh",
        ] {
            assert!(is_password(value, 3.0), "{value}");
        }
        for value in [
            "mZ8qLx03vKt7",
            "short1!",
            "aaaaaaaa1!",
            "only-lower!letters",
            "https://user1@Host",
            "ada99@example.com",
            "nginx1@sha256:abc",
            "${VAR1}!abcD",
            "a=1&b=2&C=3",
            "!GetAttThing1",
            "file('Pass1!')",
            "with space1!A",
            "Name1==Other2!",
        ] {
            assert!(!is_password(value, 3.0), "{value}");
        }
    }

    fn in_last_line(text: &str) -> Vec<&str> {
        let lines = Lines::of(text);
        let around = lines.around(lines.count() - 1);
        let line = text.lines().last().unwrap().trim();
        in_dockerfile(line, &around)
    }

    #[test]
    fn dockerfiles_need_no_quotes() {
        assert_eq!(
            in_last_line("ENV DB_PASSWORD=mZ8qLx03vKt7"),
            ["mZ8qLx03vKt7"]
        );
        assert_eq!(in_last_line("env A=b API_TOKEN=x1y2 C=d"), ["x1y2"]);
        assert_eq!(
            in_last_line("ENV DB_PASSWORD mZ8qLx03vKt7"),
            ["mZ8qLx03vKt7"]
        );
        assert_eq!(in_last_line("ARG password=mZ8qLx03vKt7"), ["mZ8qLx03vKt7"]);
        assert_eq!(in_last_line("ENV A=b \\\n  SECRET=a1b2 \\"), ["a1b2"]);
        for text in [
            "ENV DB_PASSWORD=$PASSWORD1",
            "ENV DB_PASSWORD_FILE=/run/secrets/db1",
            "ENV SECRET_NAME=abc123def",
            "ENV DB_PASSWORD=changeme",
            "ENV HOST=mZ8qLx03vKt7",
            "RUN A=b \\\n  SECRET=a1b2",
            "LABEL password=a1b2",
        ] {
            assert_eq!(in_last_line(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_comment_is_no_part_of_a_value() {
        assert_eq!(without_comment("abc # d: e"), "abc");
        assert_eq!(without_comment("a#b  # c # d"), "a#b");
        assert_eq!(without_comment("a#b"), "a#b");
    }

    #[test]
    fn a_name_stands_before_its_colon() {
        assert!(is_followed_by_colon(" : x") && is_followed_by_colon(":"));
        assert!(!is_followed_by_colon(" # note: x") && !is_followed_by_colon(", b: c"));
    }
}
