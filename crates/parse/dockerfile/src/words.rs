use crate::space::{is_space, trim_start};

/// The words of a text, as written: quotes and escape characters are kept, and hold a word together.
#[derive(Clone, Debug)]
pub struct Words<'a> {
    rest: &'a str,
    escape: char,
}

impl<'a> Words<'a> {
    pub(crate) fn new(text: &'a str, escape: char) -> Self {
        Self { rest: text, escape }
    }

    /// What has not been split yet, without white space at its start.
    pub fn rest(&self) -> &'a str {
        trim_start(self.rest)
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let text = self.rest();
        let plain = text.bytes().take_while(|&byte| is_plain(byte)).count();
        if matches!(text.as_bytes().get(plain), None | Some(b' ')) {
            let (word, rest) = text.split_at(plain);
            self.rest = rest;
            return (!word.is_empty()).then_some(word);
        }
        let mut quote = None;
        let mut escaped = false;
        let ends = |c: char| {
            if escaped {
                escaped = false;
            } else if c == self.escape && quote != Some('\'') {
                escaped = true;
            } else if quote == Some(c) {
                quote = None;
            } else if quote.is_none() && matches!(c, '\'' | '"') {
                quote = Some(c);
            } else {
                return quote.is_none() && is_space(c);
            }
            false
        };
        let (word, rest) = text.split_at(text.find(ends).unwrap_or(text.len()));
        self.rest = rest;
        (!word.is_empty()).then_some(word)
    }
}

/// Whether a byte is an ASCII character that neither ends a word nor holds one together.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'\'' | b'"' | b'\\' | b'`')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        Words::new(text, '\\').collect()
    }

    #[test]
    fn white_space_of_any_kind_separates() {
        assert_eq!(words(" a\t b\u{a0}\u{1f}é  "), ["a", "b", "é"]);
        assert!(words(" \t").is_empty());
    }

    #[test]
    fn quotes_and_escapes_hold_together() {
        assert_eq!(
            words(r#"a="b c" 'd "e' f\ g"#),
            [r#"a="b c""#, r#"'d "e'"#, r"f\ g"]
        );
        assert_eq!(words(r#""a\" b" '\' c"#), [r#""a\" b""#, r"'\'", "c"]);
        assert_eq!(words(r#"a "b c"#), ["a", r#""b c"#]);
    }

    #[test]
    fn the_escape_character_can_be_another() {
        let words: Vec<_> = Words::new(r"C:\dir\ a` b", '`').collect();
        assert_eq!(words, [r"C:\dir\", "a` b"]);
    }
}
