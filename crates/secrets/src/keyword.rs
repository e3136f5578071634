//! Values that are assigned to a name like `password`.
//!
//! Which forms of assignment count depends on the language of the file. The common forms are
//! parsed by hand, which costs nothing to set up and is linear in the line. The rare ones are
//! regular expressions, compiled when a line first has the characters that they need.

use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};

use crate::characters::{
    contains_ignoring_case, fold, is_space, is_word, strip, strip_prefix_folded,
};
use crate::language::Language;

/// A word that a name with a secret contains: a head, a tail, and what may stand between them.
struct Keyword {
    head: &'static str,
    joint: Joint,
    tail: &'static str,
}

/// What may stand between the head and the tail of a keyword.
enum Joint {
    /// One of these characters, or nothing.
    Optional(&'static str),
    /// Anything.
    Any,
    /// Nothing; the keyword is a head alone.
    None,
    /// Nothing; the keyword is a head alone, and ends its word.
    WordEnd,
}

const fn pair(head: &'static str, joint: &'static str, tail: &'static str) -> Keyword {
    let joint = Joint::Optional(joint);
    Keyword { head, joint, tail }
}

const fn word(head: &'static str) -> Keyword {
    let (joint, tail) = (Joint::None, "");
    Keyword { head, joint, tail }
}

const KEYWORDS: [Keyword; 22] = [
    pair("api", "_.-", "key"),
    pair("auth", "_", "key"),
    pair("service", "_", "key"),
    pair("account", "_", "key"),
    pair("db", "_", "key"),
    pair("database", "_", "key"),
    pair("priv", "_", "key"),
    pair("private", "_", "key"),
    pair("client", "_", "key"),
    pair("db", "_", "pass"),
    pair("database", "_", "pass"),
    pair("key", "_", "pass"),
    word("password"),
    word("passwd"),
    word("token"),
    Keyword {
        head: "_pass",
        joint: Joint::WordEnd,
        tail: "",
    },
    word("pwd"),
    word("secret"),
    word("contraseña"),
    word("contrasena"),
    Keyword {
        head: "recaptcha_",
        joint: Joint::Any,
        tail: "key",
    },
    pair("nessus", "_", "key"),
];

/// Names that contain a keyword but hold no secret. One of them excuses the whole line.
const HARMLESS: [&str; 12] = [
    "publickeytoken",
    "tokenendpoint",
    "secretname",
    "keyvaultsecretname",
    "maxinvalidpasswordattempts",
    "passwordtype",
    "forwardwindowsauthtoken",
    "savebootstraptokens",
    "antixsrftokenkey",
    "savepwd",
    "userpwd",
    "example",
];

/// The different values that a line assigns to names with a keyword, one for each form of
/// assignment at most: the first.
pub(crate) fn assigned_values(line: &str, language: Language) -> Vec<&str> {
    let names = name_ends(line);
    let mut values = Vec::new();
    if names.is_empty() {
        return values;
    }
    for form in forms(language) {
        if let Some(value) = form.value(line, &names)
            && !values.contains(&value)
        {
            values.push(value);
        }
    }
    if !values.is_empty() && is_harmless_name(line) {
        values.clear();
    }
    values
}

/// Whether a name has a keyword in it and is not known to hold no secret.
pub(crate) fn is_telling(name: &str) -> bool {
    !name_ends(name).is_empty() && !is_harmless_name(name)
}

/// Whether YAML with keywords at these places may assign a value to one of them, as it is written or
/// as it reads. It is asked first, because most manifests only name secrets, and to read a manifest
/// takes many times as long as to look at the places.
pub(crate) fn may_assign_in_yaml(text: &str, places: impl Iterator<Item = usize>) -> bool {
    if is_compared(text) || ends_statement(text) {
        return true;
    }
    let bytes = text.as_bytes();
    let mut looked_at = 0;
    for place in places {
        if place < looked_at {
            continue;
        }
        let start = memchr::memrchr(b'\n', &bytes[..place]).map_or(0, |at| at + 1);
        let line = row(&text[start..]);
        looked_at = start + line.len();
        let may_assign = |end: &usize| assigns(&text[start + end..]);
        // In braces, a harmless name excuses only itself.
        let is_excused = || is_harmless_name(line) && !line.contains('{');
        if name_ends(line).iter().any(may_assign) && !is_excused() {
            return true;
        }
    }
    false
}

/// Whether what follows a name in YAML gives it a value that is no collection.
fn assigns(rest: &str) -> bool {
    let rest = skip_space(skip_closing(rest));
    let Some(value) = rest.strip_prefix(':') else {
        return rest.starts_with(['=', '!']);
    };
    let mut lines = value.split('\n').map(strip);
    if lines.next().is_some_and(|value| !value.is_empty()) {
        return true;
    }
    let next = lines.find(|line| !line.is_empty() && !line.starts_with('#'));
    let starts_collection = |line: &str| {
        let name = line.trim_start_matches(|c| is_word(c) || matches!(c, '.' | '/' | '-'));
        line.starts_with("- ") || name == ":" || name.starts_with(": ")
    };
    next.is_some_and(|line| !starts_collection(line))
}

/// Whether a line has a name that contains a keyword but holds no secret.
fn is_harmless_name(line: &str) -> bool {
    HARMLESS.iter().any(|it| contains_ignoring_case(line, it))
}

/// A form of assignment.
#[derive(Clone, Copy)]
enum Form {
    /// `name: value`
    Colon,
    /// `name: "value"`
    ColonQuoted,
    /// `name := value`
    ColonEquals,
    /// `name = value`, and comparisons
    Equals,
    /// `name = "value"`, and comparisons
    EqualsQuoted,
    /// `name => "value"`
    Arrow,
    /// `name[25] = "value"`
    Subscript,
    /// `name("value"`, `name.assign("value"`
    Call,
    /// `"value" == name`
    Compared,
    /// `name … "value";`
    Semicolon,
    /// `data.put("name", "value")`
    DataPut,
}

fn forms(language: Language) -> &'static [Form] {
    use Form::*;
    match language {
        Language::Yaml | Language::Config => &[Colon, Compared, Equals, Semicolon],
        Language::Go => &[ColonEquals, Compared, Equals, Semicolon],
        Language::C => &[Subscript],
        Language::Cpp => &[Call, EqualsQuoted],
        Language::Terraform => &[
            ColonQuoted,
            Compared,
            EqualsQuoted,
            Semicolon,
            Arrow,
            DataPut,
            Equals,
        ],
        Language::Json | Language::Quoted | Language::Other => &[
            ColonQuoted,
            Compared,
            EqualsQuoted,
            Semicolon,
            Arrow,
            DataPut,
        ],
    }
}

impl Form {
    /// The value of the first assignment of this form.
    fn value<'l>(self, line: &'l str, names: &[usize]) -> Option<&'l str> {
        match self {
            Self::Compared => compared(line),
            Self::Semicolon => semicolon(line),
            Self::DataPut => data_put(line),
            Self::Call => call(line),
            _ => names
                .iter()
                .find_map(|&end| self.value_after_name(&line[end..])),
        }
    }

    fn value_after_name(self, rest: &str) -> Option<&str> {
        match self {
            Self::Colon => value(skip_closing(rest).strip_prefix(':')?, &QUOTES),
            Self::ColonQuoted => quoted_value(skip_closing(rest).strip_prefix(':')?),
            Self::ColonEquals => {
                let rest = skip_space(skip_closing(rest)).strip_prefix(':')?;
                value(rest.strip_prefix('=').unwrap_or(rest), &QUOTES)
            }
            Self::Equals => value(skip_comparison(skip_space(skip_closing(rest)))?, &QUOTES),
            Self::EqualsQuoted => quoted_value(skip_comparison(skip_space(skip_closing(rest)))?),
            Self::Arrow => {
                let rest = skip_space(skip_closing(rest)).strip_prefix('=')?;
                quoted_value(rest.strip_prefix('>').unwrap_or(rest))
            }
            Self::Subscript => {
                let rest = skip_space(skip_subscript(rest));
                let signs = rest.trim_start_matches(['!', '=']);
                let rest = (1..=2)
                    .contains(&(rest.len() - signs.len()))
                    .then(|| skip_space(signs))?;
                let rest = rest.strip_prefix('@').unwrap_or(rest);
                rest.starts_with('"').then(|| quoted_value(rest))?
            }
            Self::Call | Self::Compared | Self::Semicolon | Self::DataPut => None,
        }
    }
}

/// Where the words end that have a keyword in them, in the order in which the keywords start.
fn name_ends(line: &str) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let mut word = 0..0; // the last word that was measured
    let mut any_up_to = 0;
    for (start, pair) in line.as_bytes().windows(2).enumerate() {
        if !may_start_keyword(line, start, pair) {
            continue;
        }
        let text = &line[start..];
        let known = ends.len();
        for rest in after_keyword(text, start >= any_up_to) {
            let tail = line.len() - rest.len();
            if !(word.start..=word.end).contains(&tail) {
                word = tail..line.len() - skip_word(rest).len();
            }
            if ends.last() != Some(&word.end) {
                ends.push(word.end);
            }
        }
        ends[known..].reverse();
        if start >= any_up_to && strip_prefix_folded(text, "recaptcha_").is_some() {
            // Every later one up to the end of this row would end where this one does.
            any_up_to = start + row(text).len();
        }
    }
    ends
}

/// Whether a keyword may start at these two bytes of a line.
fn may_start_keyword(line: &str, start: usize, pair: &[u8]) -> bool {
    if let &[first, second] = pair
        && first.is_ascii()
        && second.is_ascii()
    {
        let lower = |byte: u8| char::from(byte.to_ascii_lowercase());
        return starts_keyword(lower(first), lower(second));
    }
    let mut chars = line.get(start..).unwrap_or_default().chars().map(fold);
    let first_two = chars.next().zip(chars.next());
    first_two.is_some_and(|(first, second)| starts_keyword(first, second))
}

/// Whether a keyword starts with these characters, which most text does not have.
fn starts_keyword(first: char, second: char) -> bool {
    match first {
        'a' => matches!(second, 'c' | 'p' | 'u'),
        'c' => matches!(second, 'l' | 'o'),
        'd' => matches!(second, 'a' | 'b'),
        'k' | 'n' | 'r' | 's' => second == 'e',
        'p' => matches!(second, 'a' | 'r' | 'w'),
        't' => second == 'o',
        '_' => second == 'p',
        _ => false,
    }
}

/// What may follow a keyword at the start of a text, the longest first. `open` says whether a
/// keyword with anything in it is looked for; of its ends the last is preferred.
fn after_keyword(text: &str, open: bool) -> Vec<&str> {
    let mut rests = Vec::new();
    let Some(first) = text.chars().next().map(fold) else {
        return rests;
    };
    for keyword in KEYWORDS.iter().filter(|it| it.head.starts_with(first)) {
        let Some(rest) = strip_prefix_folded(text, keyword.head) else {
            continue;
        };
        match keyword.joint {
            Joint::None => rests.push(rest),
            Joint::WordEnd if !rest.starts_with(is_word) => rests.push(rest),
            Joint::WordEnd => {}
            Joint::Optional(joints) => {
                let joined = rest.strip_prefix(|c| joints.contains(c)).unwrap_or(rest);
                rests.extend(strip_prefix_folded(joined, keyword.tail));
            }
            Joint::Any if open => {
                let tails = row(rest).char_indices();
                rests.extend(
                    tails.filter_map(|(at, _)| strip_prefix_folded(&rest[at..], keyword.tail)),
                );
            }
            Joint::Any => {}
        }
    }
    rests
}

/// A text up to its first newline.
fn row(text: &str) -> &str {
    text.split('\n').next().unwrap_or(text)
}

/// Whether a value that follows a separator is the name of a secret: a word with a keyword in it,
/// with the same quote on both sides or none.
pub(crate) fn names_secret(rest: &str, quotes: &[char]) -> bool {
    let rest = skip_space(rest);
    let quote = rest.chars().next().filter(|c| quotes.contains(c));
    let name = &rest[quote.map_or(0, char::len_utf8)..];
    let starts = name.char_indices().map_while({
        let mut within = true;
        move |(at, c)| std::mem::replace(&mut within, is_word(c)).then_some(at)
    });
    let mut open = true;
    for start in starts {
        for rest in after_keyword(&name[start..], open) {
            let Some(quote) = quote else {
                return true;
            };
            let rest = skip_word(rest);
            let closed = |count| {
                let closing: usize = rest.chars().take(count).map(char::len_utf8).sum();
                let only_closing = rest[..closing].chars().all(|c| CLOSING.contains(&c));
                only_closing && rest[closing..].starts_with(quote)
            };
            if (0..=2).any(closed) {
                return true;
            }
        }
        open &= strip_prefix_folded(&name[start..], "recaptcha_").is_none();
    }
    false
}

const CLOSING: [char; 3] = [']', '\'', '"'];
/// What may stand around a value.
pub(crate) const QUOTES: [char; 3] = ['\'', '"', '`'];
/// The vertical tab, which no value contains: a slip of the expressions that this reproduces.
const VERTICAL_TAB: char = '\x0b';

fn skip_word(text: &str) -> &str {
    text.trim_start_matches(is_word)
}

fn skip_space(text: &str) -> &str {
    text.trim_start_matches(is_space)
}

/// Skips up to two characters that close a name: `']`.
fn skip_closing(text: &str) -> &str {
    let rest = text.strip_prefix(CLOSING).unwrap_or(text);
    rest.strip_prefix(CLOSING).unwrap_or(rest)
}

/// Skips `=`, `==`, `===`, `!=` or `!==`.
fn skip_comparison(text: &str) -> Option<&str> {
    let positive = text.strip_prefix('!').unwrap_or(text);
    let rest = positive.trim_start_matches('=');
    let most = if positive.len() == text.len() { 3 } else { 2 };
    (1..=most)
        .contains(&(positive.len() - rest.len()))
        .then_some(rest)
}

/// Skips `[25]` or `[]`.
fn skip_subscript(text: &str) -> &str {
    text.strip_prefix('[')
        .map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()))
        .and_then(|rest| rest.strip_prefix(']'))
        .unwrap_or(text)
}

/// Whether a value may start with this character. A `$` refers to a value elsewhere.
fn starts_value(c: char) -> bool {
    fold(c).is_ascii_alphanumeric() || "_!@#%^&".contains(c)
}

/// The value after a separator, in one of these quotes or in none.
pub(crate) fn value<'t>(text: &'t str, quotes: &[char]) -> Option<&'t str> {
    let text = skip_space(text);
    if text.starts_with(quotes) {
        quoted_value(text)
    } else {
        bare_value(text)
    }
}

/// The value after a separator, in quotes, which are not part of it.
fn quoted_value(text: &str) -> Option<&str> {
    let text = skip_space(text);
    let quote = text.chars().next().filter(|c| QUOTES.contains(c))?;
    let body = &text[1..];
    if !body.starts_with(starts_value) {
        return None;
    }
    let row = &body[..body.find([VERTICAL_TAB, '"', '\'']).unwrap_or(body.len())];
    if quote != '`' {
        let closed = body[row.len()..].starts_with(quote) && !row.ends_with([',', '`']);
        return closed.then_some(row);
    }
    // Only a backtick may stand within the value that it closes.
    let mut ends = row.rmatch_indices('`').map(|(end, _)| &row[..end]);
    ends.find(|value| !value.is_empty() && !value.ends_with([',', '`']))
}

/// The value after a separator, up to a quote or the end.
fn bare_value(text: &str) -> Option<&str> {
    let end = text.find([VERTICAL_TAB, '"', '\'']).unwrap_or(text.len());
    text.starts_with(starts_value)
        .then(|| text[..end].trim_end_matches([',', '`']))
}

/// A keyword as a regular expression.
fn keywords_pattern(ignore_case: bool) -> String {
    let alternatives = KEYWORDS.map(|keyword| {
        let joint = match keyword.joint {
            Joint::None => String::new(),
            Joint::WordEnd => r"\b".to_owned(),
            Joint::Any => ".*".to_owned(),
            Joint::Optional(joints) => format!("[{}]?", regex::escape(joints)),
        };
        let pattern = format!("{}{joint}{}", keyword.head, keyword.tail);
        // The two i of Turkish, which the engine keeps apart from that of ASCII.
        if ignore_case {
            pattern.replace('i', "[iİı]")
        } else {
            pattern
        }
    });
    format!("(?:{})", alternatives.join("|"))
}

const SPACE: &str = r"[\s\x1c-\x1f]*";
const WORD: &str = r"[\p{L}\p{N}_]*";

/// The text of a value as a regular expression.
fn value_pattern(ignore_case: bool) -> String {
    let more = if ignore_case { "İı" } else { "" };
    format!(r#"[a-zA-Z0-9_!@#%\^&{more}](?:[^\x0b'"]*[^\x0b,'"`])?"#)
}

/// A value in quotes as a regular expression, with one group for each quote.
fn quoted_pattern(ignore_case: bool) -> String {
    let value = value_pattern(ignore_case);
    format!(r#"(?:'({value})'|"({value})"|`({value})`)"#)
}

fn rare(pattern: &str, ignore_case: bool) -> Regex {
    RegexBuilder::new(pattern)
        .case_insensitive(ignore_case)
        .build()
        .expect("a valid pattern")
}

/// The group of a match that took part in it.
fn first_group<'l>(pattern: &Regex, line: &'l str) -> Option<&'l str> {
    let groups = pattern.captures(line)?;
    let group = groups.iter().skip(1).flatten().next()?;
    Some(group.as_str())
}

/// `"value" == name`. Case counts here.
fn compared(line: &str) -> Option<&str> {
    static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
        let (quoted, keywords) = (quoted_pattern(false), keywords_pattern(false));
        rare(
            &format!("{quoted}{SPACE}[!=]{{2,3}}{SPACE}{WORD}{keywords}"),
            false,
        )
    });
    is_compared(line).then(|| first_group(&PATTERN, line))?
}

/// Whether a quoted value may be compared with a name.
fn is_compared(text: &str) -> bool {
    let bytes = text.as_bytes();
    let sign = |at: usize| matches!(bytes.get(at), Some(b'!' | b'='));
    let after_quote = |at: usize| text[..at].trim_end_matches(is_space).ends_with(QUOTES);
    let before_name =
        |at: usize| skip_space(text[at..].trim_start_matches(['!', '='])).starts_with(is_word);
    memchr::memchr2_iter(b'!', b'=', bytes)
        .any(|at| sign(at + 1) && after_quote(at) && before_name(at))
}

/// Whether a semicolon follows a quote.
fn ends_statement(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b';', bytes)
        .any(|at| at > 0 && matches!(bytes[at - 1], b'"' | b'\'' | b'`'))
}

/// `name … "value";`
fn semicolon(line: &str) -> Option<&str> {
    static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
        let (quoted, keywords) = (quoted_pattern(true), keywords_pattern(true));
        let between = r"[^\s\x1c-\x1f]{0,50}?";
        rare(&format!("{keywords}{WORD}{between}{SPACE}{quoted};"), true)
    });
    ends_statement(line).then(|| first_group(&PATTERN, line))?
}

/// `data.put("name", "value")`
fn data_put(line: &str) -> Option<&str> {
    static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
        let (keywords, quote) = (keywords_pattern(true), "['\"`]");
        let value = value_pattern(true);
        rare(
            &format!(
                r"data\.put\({SPACE}{quote}{WORD}{keywords}{WORD}{quote}{SPACE},{SPACE}{quote}({value}){quote}{SPACE}\)"
            ),
            true,
        )
    });
    contains_ignoring_case(line, "data.put(").then(|| first_group(&PATTERN, line))?
}

/// `name("value"` and `name.assign("value"`. Case counts here.
fn call(line: &str) -> Option<&str> {
    static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
        let (keywords, value) = (keywords_pattern(false), value_pattern(false));
        rare(
            &format!(r#"{keywords}{WORD}(?:.assign)?\("({value})""#),
            false,
        )
    });
    line.contains("(\"").then(|| first_group(&PATTERN, line))?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(line: &str, language: Language) -> Vec<&str> {
        assigned_values(line, language)
    }

    #[test]
    fn keywords_are_told_by_their_first_characters() {
        for keyword in &KEYWORDS {
            let mut head = keyword.head.chars();
            let first_two = head.next().zip(head.next());
            assert!(first_two.is_some_and(|(first, second)| starts_keyword(first, second)));
        }
        assert_eq!(name_ends("a to\u{212a}en"), [9]);
    }

    #[test]
    fn manifests_that_only_name_secrets_assign_none() {
        let assigns =
            |text: &str| may_assign_in_yaml(text, text.match_indices("oken").map(|it| it.0));
        for text in [
            "kind: Token\n",
            "tokens:\n  # one\n  - a\n",
            "tokenRef:\n  name: a\n",
            "tokenRef:\nname: a\n",
            "name: my-token\n",
            "tokenEndpoint: a\n",
        ] {
            assert!(!assigns(text), "{text}");
        }
        for text in [
            "token: a\n",
            "\"token\" : a\n",
            "token:\n  a\n",
            "token: |\n  a\n",
            "? token\n: a\n",
            "a: |\n  token\n  = a\n",
            "a: 'x' == token\n",
            "{token: a}\n",
        ] {
            assert!(assigns(text), "{text}");
        }
    }

    #[test]
    fn every_keyword_makes_a_name() {
        for keyword in [
            "apikey",
            "api_key",
            "API.Key",
            "api-key",
            "auth_key",
            "serviceKey",
            "account_key",
            "dbkey",
            "database_key",
            "priv_key",
            "PRIVATE_KEY",
            "client_key",
            "dbpass",
            "database_pass",
            "keypass",
            "password",
            "passwd",
            "token",
            "my_pass",
            "pwd",
            "secret",
            "contraseña",
            "CONTRASEÑA",
            "contrasena",
            "recaptcha_site_key",
            "nessus_key",
            "my_password_2",
            "to\u{212a}en",
            "ap\u{131}_key",
        ] {
            let line = format!("{keyword}: abc");
            assert_eq!(values(&line, Language::Yaml), ["abc"], "{keyword}");
        }
        for other in [
            "key",
            "pass",
            "my_passage",
            "publicKeyToken",
            "db-key",
            "exampleToken",
        ] {
            let line = format!("{other}: abc");
            assert_eq!(values(&line, Language::Yaml), [""; 0], "{other}");
        }
    }

    #[test]
    fn forms_depend_on_the_language() {
        assert_eq!(values("token: abc", Language::Json), [""; 0]);
        assert_eq!(values(r#""token": "abc""#, Language::Json), ["abc"]);
        assert_eq!(values("token = abc", Language::Terraform), ["abc"]);
        assert_eq!(values("token => 'abc'", Language::Terraform), ["abc"]);
        assert_eq!(values("ENV token=abc", Language::Other), [""; 0]);
        assert_eq!(values("token := abc", Language::Go), ["abc"]);
        assert_eq!(values(r#"char token[25] = "abc";"#, Language::C), ["abc"]);
        assert_eq!(values(r#"token.assign("abc",3);"#, Language::Cpp), ["abc"]);
        assert_eq!(values(r#"if ("abc" == token)"#, Language::Other), ["abc"]);
        assert_eq!(values(r#"token  "abc";"#, Language::Other), ["abc"]);
        assert_eq!(values("data.put('token', 'abc')", Language::Other), ["abc"]);
    }

    #[test]
    fn a_value_ends_at_its_quote() {
        let value = |text| value(text, &QUOTES);
        assert_eq!(value(r#" "a b" c"#), Some("a b"));
        assert_eq!(value(r#" "a' b""#), None);
        assert_eq!(value(r#" "a,""#), None);
        assert_eq!(value("`a` `b`,`"), Some("a` `b"));
        assert_eq!(value(" a b, 'c'"), Some("a b, "));
        assert_eq!(value("a,,"), Some("a"));
        assert_eq!(value(" $a"), None);
        assert_eq!(value(""), None);
    }

    #[test]
    fn comparisons_have_up_to_three_signs() {
        for signs in ["=", "==", "===", "!=", "!=="] {
            let line = format!("token {signs} abc");
            assert_eq!(values(&line, Language::Terraform), ["abc"], "{signs}");
        }
        for signs in ["!", "====", "!===", "=!"] {
            let line = format!("token {signs} abc");
            let allowed = if signs == "=!" { vec!["! abc"] } else { vec![] };
            assert_eq!(values(&line, Language::Terraform), allowed, "{signs}");
        }
    }

    #[test]
    fn a_value_may_name_a_secret() {
        assert!(names_secret(" DB_PASSWORD", &QUOTES));
        assert!(names_secret(" \"db_password\"", &QUOTES));
        assert!(names_secret(" 'my_token']'", &QUOTES));
        assert!(!names_secret(" \"db_password", &QUOTES));
        assert!(!names_secret(" \"the password\"", &QUOTES));
        assert!(!names_secret(" user", &QUOTES));
    }

    #[test]
    fn a_line_of_keywords_takes_linear_time() {
        let line = "recaptcha_key".repeat(5_000);
        assert_eq!(values(&line, Language::Yaml), [""; 0]);
        let line = "token=`".repeat(1_000);
        assert!(!values(&line, Language::Terraform).is_empty());
    }
}
