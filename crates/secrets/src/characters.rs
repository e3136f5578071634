//! Character classes as Python's `str` and `re` define them, so that verdicts agree on any text.

use std::borrow::Cow;

/// White space: what `str.isspace` and `\s` accept.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\x1c'..='\x1f')
}

/// A character of a word: what `\w` accepts.
pub(crate) fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// The text without white space at both ends.
pub(crate) fn strip(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// Whether a word begins or ends at `at`: what `\b` asserts.
pub(crate) fn at_word_boundary(text: &str, at: usize) -> bool {
    let (before, after) = (text.get(..at).unwrap_or(""), text.get(at..).unwrap_or(""));
    before.chars().next_back().is_some_and(is_word) != after.chars().next().is_some_and(is_word)
}

/// The character that stands for all that an expression takes for the same when it ignores case,
/// as far as the letters of keywords go.
pub(crate) fn fold(c: char) -> char {
    match c {
        'ſ' => 's',
        '\u{212a}' => 'k',
        'İ' | 'ı' => 'i',
        'Ñ' => 'ñ',
        _ => c.to_ascii_lowercase(),
    }
}

/// What follows a folded prefix of a text, in whatever case the text has it.
pub(crate) fn strip_prefix_folded<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    let matches = prefix
        .chars()
        .all(|expected| rest.next().is_some_and(|c| fold(c) == expected));
    matches.then_some(rest.as_str())
}

/// Whether a text holds a word of lower-case ASCII when both are in lower case.
pub(crate) fn contains_ignoring_case(text: &str, word: &str) -> bool {
    if !text.is_ascii() {
        return text.to_lowercase().contains(word);
    }
    let Some(&first) = word.as_bytes().first() else {
        return true;
    };
    let starts = memchr::memchr2_iter(first, first.to_ascii_uppercase(), text.as_bytes());
    starts
        .filter_map(|at| text.get(at..at + word.len()))
        .any(|part| part.eq_ignore_ascii_case(word))
}

/// The text with `\n` for every line ending, as Python reads a file.
pub(crate) fn universal_newlines(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// The lines of a text as `str.splitlines` cuts it, which knows more line endings than a file has.
pub(crate) fn split_lines(text: &str) -> impl Iterator<Item = &str> {
    const BREAKS: [char; 10] = [
        '\n', '\r', '\x0b', '\x0c', '\x1c', '\x1d', '\x1e', '\u{85}', '\u{2028}', '\u{2029}',
    ];
    text.split_inclusive(BREAKS)
        .map(|line| line.strip_suffix(BREAKS).unwrap_or(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_white_space_and_marks_of_order_are_not() {
        assert_eq!(strip("\x1c a\u{a0}"), "a");
        assert_eq!(strip("\u{feff}a"), "\u{feff}a");
    }

    #[test]
    fn words_end_at_punctuation() {
        assert!(at_word_boundary("a-b", 1) && !at_word_boundary("ab", 1));
        assert!(!at_word_boundary("", 0) && !at_word_boundary("aé", 1));
    }

    #[test]
    fn case_is_ignored_beyond_ascii() {
        assert_eq!(strip_prefix_folded("TO\u{212a}ENS", "token"), Some("S"));
        assert_eq!(strip_prefix_folded("tok", "token"), None);
        assert!(contains_ignoring_case("an ExamplE", "example"));
        assert!(contains_ignoring_case("é Example", "example"));
        assert!(!contains_ignoring_case("exampl", "example"));
    }

    #[test]
    fn lines_end_in_many_ways() {
        assert_eq!(universal_newlines("a\r\nb\rc\n"), "a\nb\nc\n");
        let lines: Vec<_> = split_lines("a\x0cb\n\nc\u{2028}").collect();
        assert_eq!(lines, ["a", "b", "", "c"]);
    }
}
