//! Random values under a secret's name: the one rule that knows no provider.
//!
//! Where a line assigns a value to a name with a keyword in it, little randomness is enough. Where
//! it does not, only its [siblings](crate::siblings) can tell that a very random value is a
//! secret; in source code a very random value is one by itself.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use crate::Detector;
use crate::entropy::random_values;
use crate::filter::{Name, is_name};
use crate::keyword::assigned_values;
use crate::language::Language;
use crate::lines::Window;
use crate::missed;
use crate::prefilter::longest;
use crate::siblings::{Beyond, Notation};

/// Longer lines, in characters, are not looked at.
const MAX_LENGTH: usize = 10_000;

/// How random, in bits a character, a value must be that no name calls a secret.
const UNNAMED_LIMIT: f64 = 4.8;

/// What source code asks of a named value beyond what configuration does.
const SOURCE_CODE_EXTRA: f64 = 0.3;

/// A line and what is around it.
#[derive(Clone, Copy)]
pub(crate) struct Place<'l> {
    /// The line without white space at its ends.
    pub(crate) text: &'l str,
    /// The lines around it.
    pub(crate) around: Window<'l>,
    /// The lines of the file at the same place, which differ if lines were made.
    pub(crate) raw: Window<'l>,
    /// The language of the file.
    pub(crate) language: Language,
    /// Whether the file is source code.
    pub(crate) source_code: bool,
    /// Whether the file is a Dockerfile.
    pub(crate) dockerfile: bool,
}

/// A random value.
#[derive(Debug)]
pub(crate) struct Random<'l> {
    /// How it was found.
    pub(crate) detector: Detector,
    /// The value.
    pub(crate) value: Cow<'l, str>,
    /// Whether Checkov misses it.
    pub(crate) missed: bool,
}

type Found<'l> = Vec<Random<'l>>;

/// The random values of a line. `limit` is the randomness that a named value must exceed, in bits
/// a character.
pub(crate) fn find(place: Place<'_>, limit: f64) -> Result<Found<'_>, Beyond> {
    let Place { text, language, .. } = place;
    if text.len() > MAX_LENGTH && text.chars().count() > MAX_LENGTH {
        return Ok(Vec::new());
    }
    // Of several values Checkov takes any.
    let named = assigned_values(text, language).into_iter().next();
    match named {
        _ if place.source_code => Ok(in_source_code(text, named.is_some(), limit)),
        Some(value) if language == Language::Terraform => in_terraform(place, value, limit),
        Some(value) if language == Language::Yaml => Ok(in_yaml(text, value, limit)),
        Some(value) => Ok(in_configuration(text, value, limit)),
        None if place.dockerfile => Ok(in_dockerfile(place, limit)),
        None => beside_name(place),
    }
}

/// The values that need no quotes in a Dockerfile.
fn in_dockerfile(place: Place<'_>, limit: f64) -> Found<'_> {
    let values = missed::in_dockerfile(place.text, &place.around).into_iter();
    values
        .filter(|value| {
            let quoted = format!("\"{value}\"");
            !random_values(&quoted, limit).is_empty() || missed::is_password(value, limit)
        })
        .filter(|value| is_name(value, place.text, false) != Name::Certain)
        .map(|value| missed_value(Cow::Borrowed(value)))
        .collect()
}

fn missed_value(value: Cow<'_, str>) -> Random<'_> {
    Random {
        detector: Detector::Base64Entropy,
        value,
        missed: true,
    }
}

/// The value of a telling name, if it is a password with punctuation.
fn password(line: &str, value: &str, limit: f64) -> Found<'static> {
    if !missed::is_password(value, limit) || is_name(value, line, false) == Name::Certain {
        return Vec::new();
    }
    vec![missed_value(Cow::Owned(value.to_owned()))]
}

/// A comment after a value without quotes is no part of it.
fn in_yaml(line: &str, value: &str, limit: f64) -> Found<'static> {
    let bare = missed::without_comment(value);
    let mut found = in_configuration(line, bare, limit);
    for random in &mut found {
        random.missed |= bare.len() < value.len();
    }
    found
}

/// The value is put in quotes where it stands, then every bounded value of the line counts.
fn in_configuration(line: &str, value: &str, limit: f64) -> Found<'static> {
    let quoted = format!("\"{value}\"");
    let line = match line.contains(&quoted) {
        true => Cow::Borrowed(line),
        false => Cow::Owned(line.replacen(value, &quoted, 1)),
    };
    let found = owned(random_values(&line, limit), &line, false, Some(value));
    if found.is_empty() {
        return password(&line, value, limit);
    }
    found
}

/// Only the value itself counts, and not where a data source is near: that reads its secrets.
fn in_terraform<'l>(place: Place<'l>, value: &str, limit: f64) -> Result<Found<'l>, Beyond> {
    let quoted = format!("\"{value}\"");
    let found = random_values(&quoted, limit);
    let is_random = !found.is_empty() || missed::is_password(value, limit);
    if !is_random || follows_data_source(&place.raw)? {
        return Ok(Vec::new());
    }
    if found.is_empty() {
        return Ok(password(place.text, value, limit));
    }
    Ok(owned(found, place.text, false, Some(value)))
}

fn in_source_code<'l>(line: &'l str, named: bool, limit: f64) -> Found<'l> {
    /// An access key id in a row of values: the value after it is its secret.
    static ACCESS_KEY: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = r"((?:AKIA|ASIA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA|ASCA)[A-Z0-9]{16})[,\t ]+";
        Regex::new(pattern).expect("the pattern is valid")
    });
    let in_id = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let line = if longest(line.as_bytes(), in_id) >= 20 {
        ACCESS_KEY.replace_all(line, "$1=")
    } else {
        Cow::Borrowed(line)
    };
    let limit = if named {
        limit + SOURCE_CODE_EXTRA
    } else {
        UNNAMED_LIMIT
    };
    owned(random_values(&line, limit), &line, true, None)
}

/// The values that are not names. Of those that Checkov takes for names, since a colon follows
/// somewhere, only the one that is `assigned` to the name of a secret counts.
fn owned(
    found: Vec<(Detector, &str)>,
    line: &str,
    source_code: bool,
    assigned: Option<&str>,
) -> Found<'static> {
    let random = |(detector, value): (Detector, &str)| {
        let name = is_name(value, line, source_code);
        let missed = name == Name::ByFarColon;
        let counts = name == Name::No || missed && assigned == Some(value);
        counts.then(|| Random {
            detector,
            value: Cow::Owned(value.to_owned()),
            missed,
        })
    };
    found.into_iter().filter_map(random).collect()
}

/// Whether one of the lines before, however its block ended, starts a data source.
fn follows_data_source(raw: &Window<'_>) -> Result<bool, Beyond> {
    for index in (0..raw.target).rev() {
        let line = raw.get(index).ok_or(Beyond)?;
        if crate::characters::strip(line).starts_with("data \"") {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The value of a line whose object has the name of a secret as another value.
fn beside_name(place: Place<'_>) -> Result<Found<'_>, Beyond> {
    let notations: &[Notation] = match place.language {
        Language::Yaml => &[Notation::Yaml],
        Language::Json => &[Notation::Json],
        // Terraform holds the others in heredocs.
        Language::Terraform => &[Notation::Hcl, Notation::Json, Notation::Yaml],
        _ => &[],
    };
    let line = place.around.target_line().ok_or(Beyond)?;
    for notation in notations {
        let Some(value) = notation.value(line) else {
            continue;
        };
        let written = written_out(value);
        let found = random_values(&written, UNNAMED_LIMIT);
        if !found.is_empty() && notation.has_named_sibling(&place.around, &place.raw)? {
            let random = |(detector, value): (Detector, &str)| Random {
                detector,
                value: Cow::Owned(value.to_owned()),
                missed: false,
            };
            return Ok(found.into_iter().map(random).collect());
        }
    }
    Ok(Vec::new())
}

/// A string as JSON in ASCII.
fn written_out(value: &str) -> String {
    let mut written = String::with_capacity(value.len() + 2);
    written.push('"');
    for c in value.chars() {
        match c {
            '"' | '\\' => written.extend(['\\', c]),
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            '\t' => written.push_str("\\t"),
            '\x08' => written.push_str("\\b"),
            '\x0c' => written.push_str("\\f"),
            ' '..='~' => written.push(c),
            _ => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    written.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    written.push('"');
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::Lines;

    /// What is found on the last line of a text.
    fn found(text: &str, path: &str) -> Vec<String> {
        let lines = Lines::of(text);
        let around = lines.around(lines.count() - 1);
        let place = Place {
            text: around.target_line().unwrap().trim(),
            around,
            raw: around,
            language: Language::of(path),
            source_code: crate::language::is_source_code(path),
            dockerfile: missed::is_dockerfile(path),
        };
        let found = find(place, 3.0).unwrap();
        found
            .into_iter()
            .map(|random| random.value.into_owned())
            .collect()
    }

    const VALUE: &str = "mZ8qLx03vKt7";
    const RANDOM: &str = "abcdefghijklmnopqrstuvwxyz0123456789";

    #[test]
    fn a_named_value_needs_little_randomness() {
        assert_eq!(found(&format!("token: {VALUE}"), "a.yaml"), [VALUE]);
        assert_eq!(found("token: abcdefgh", "a.yaml"), [""; 0]);
        assert_eq!(found(&format!("name: {VALUE}"), "a.yaml"), [""; 0]);
        assert_eq!(
            found(&format!("token: \"{VALUE}\" # a: b"), "a.yaml"),
            [VALUE]
        );
        assert_eq!(found(&format!("token: {VALUE} # a: b"), "a.yaml"), [VALUE]);
        assert_eq!(found(&format!("{VALUE}: token"), "a.yaml"), [""; 0]);
    }

    #[test]
    fn data_sources_read_secrets() {
        let line = format!("token = \"{VALUE}\"");
        assert_eq!(found(&line, "main.tf"), [VALUE]);
        let after = format!("data \"a\" \"b\" {{\n}}\n{line}");
        assert_eq!(found(&after, "main.tf"), [""; 0]);
    }

    #[test]
    fn source_code_asks_for_more() {
        assert_eq!(found("token = 'abcdefghi'", "a.py"), [""; 0]);
        assert_eq!(found("token = 'abcdefghij'", "a.py"), ["abcdefghij"]);
        assert_eq!(found(&format!("x = '{RANDOM}'"), "a.py"), [RANDOM]);
        let pair = format!("{}7EXAMPLE1234567, {RANDOM}", "AKIAIOSFO");
        assert_eq!(found(&pair[..], "a.txt"), [""; 0]);
        let pair = format!("{}ODNN7ABCDEFG, {RANDOM}", "AKIAIOSF");
        assert_eq!(found(&pair[..], "a.txt"), [RANDOM]);
    }

    #[test]
    fn a_sibling_names_the_value() {
        let text = format!("- name: DB_PASSWORD\n  value: {RANDOM}");
        assert_eq!(found(&text, "a.yaml"), [RANDOM]);
        let text = format!("- name: DB_HOST\n  value: {RANDOM}");
        assert_eq!(found(&text, "a.yaml"), [""; 0]);
    }

    #[test]
    fn what_is_not_printable_is_written_out() {
        assert_eq!(
            written_out("a\"\\\n\té😀"),
            r#""a\"\\\n\t\u00e9\ud83d\ude00""#
        );
    }
}
