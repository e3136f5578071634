use bastide_source::Span;
use bumpalo::collections::String as BumpString;

use crate::Arena;

/// A heredoc of a `RUN`, `COPY` or `ADD`, as Docker reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heredoc<'a> {
    /// The word that closes it, without quotes.
    pub delimiter: &'a str,
    /// `<<-`: the tabs that its lines begin with are no part of the text.
    pub strips_tabs: bool,
    /// Whether variables in it are substituted: they are if the delimiter is not quoted.
    pub expands: bool,
    /// Its lines, without the one that closes it.
    pub body: Span,
}

impl<'a> Heredoc<'a> {
    /// The heredoc that a word like `<<EOF`, `<<-EOF`, `<<"EOF"` or `3<<EOF` opens, without body.
    pub(crate) fn opened_by(word: &'a str, escape: char, arena: &'a Arena) -> Option<Self> {
        let rest = word
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .strip_prefix("<<")?;
        let name = rest.strip_prefix('-').unwrap_or(rest);
        let is_quote = |c: char| matches!(c, '\'' | '"') || c == escape;
        let expands = !name.contains(is_quote);
        let delimiter = if expands {
            name
        } else {
            let bare = name.chars().filter(|&c| !is_quote(c));
            BumpString::from_iter_in(bare, arena).into_bump_str()
        };
        (!name.is_empty() && !name.contains('<')).then_some(Self {
            delimiter,
            strips_tabs: rest.len() != name.len(),
            expands,
            body: Span::default(),
        })
    }

    /// For a body that begins at an offset of the text: where the line that closes it starts, and
    /// where the line after that does. `None` if nothing closes it.
    pub(crate) fn close(&self, text: &str, from: usize) -> Option<(usize, usize)> {
        let mut at = from;
        for line in text.get(from..)?.split_inclusive('\n') {
            let mut bare = line.trim_end_matches(['\n', '\r']);
            if self.strips_tabs {
                bare = bare.trim_start_matches('\t');
            }
            if bare == self.delimiter {
                return Some((at, at + line.len()));
            }
            at += line.len();
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters() {
        let arena = Arena::new();
        let open = |word| {
            Heredoc::opened_by(word, '\\', &arena)
                .map(|it| (it.delimiter, it.strips_tabs, it.expands))
        };
        assert_eq!(open("<<EOF"), Some(("EOF", false, true)));
        assert_eq!(open("3<<-X.y"), Some(("X.y", true, true)));
        assert_eq!(open("<<'E F'"), Some(("E F", false, false)));
        assert_eq!(open(r#"<<-"a"b"#), Some(("ab", true, false)));
        assert_eq!(open(r"<<\EOF"), Some(("EOF", false, false)));
        for word in ["<<", "<<-", "<<<EOF", "a<<EOF", "<EOF", "$((1<<2))"] {
            assert_eq!(open(word), None, "{word}");
        }
    }

    #[test]
    fn the_closing_line_is_exact_but_for_tabs() {
        let arena = Arena::new();
        let open = |word| Heredoc::opened_by(word, '\\', &arena).expect("a heredoc");
        assert_eq!(open("<<X").close("a\n X\nX\r\nb", 0), Some((5, 8)));
        assert_eq!(open("<<X").close("\tX", 0), None);
        assert_eq!(open("<<-X").close("\t\tX", 0), Some((0, 3)));
        assert_eq!(open("<<X").close("X", 1), None);
    }
}
