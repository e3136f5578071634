use bumpalo::collections::String as BumpString;

use crate::Arena;
use crate::space::{trim, trim_start};

/// A line as Checkov counts them: one of the file, or a heredoc that is folded into one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'a> {
    /// Its text without the line ending.
    pub(crate) text: &'a str,
    /// Its text without white space around it.
    pub(crate) bare: &'a str,
    /// Offset of its start; of a folded heredoc, of the `RUN`.
    pub(crate) start: usize,
    /// Offset after its line ending; of a folded heredoc, after that of the first line.
    pub(crate) body: usize,
    /// Offset of its line ending; of a folded heredoc, of that of the last line.
    pub(crate) end: usize,
    /// Offset of the next line.
    pub(crate) next: usize,
    /// Whether it is written so: it is not folded, and ends with `\n` alone.
    pub(crate) verbatim: bool,
}

impl Line<'_> {
    pub(crate) fn is_folded(&self) -> bool {
        self.body != self.next
    }
}

/// The lines of a text, with every `RUN <<EOF` folded.
pub(crate) struct Lines<'a> {
    text: &'a str,
    arena: &'a Arena,
    pos: usize,
    /// The first line of a heredoc that nothing closes: it and what follows are no lines.
    pub(crate) unclosed: Option<Line<'a>>,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(text: &'a str, arena: &'a Arena) -> Self {
        Self {
            text,
            arena,
            pos: text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len(),
            unclosed: None,
        }
    }

    /// The next line of the file.
    fn line(&mut self) -> Option<Line<'a>> {
        let start = self.pos;
        let rest = self.text.get(start..).filter(|rest| !rest.is_empty())?;
        let (text, ending) = rest.split_at(find_line_break(rest).unwrap_or(rest.len()));
        let width = if ending.starts_with("\r\n") {
            2
        } else {
            ending.chars().next().map_or(0, char::len_utf8)
        };
        let end = start + text.len();
        self.pos = end + width;
        Some(Line {
            text,
            bare: trim(text),
            start,
            body: self.pos,
            end,
            next: self.pos,
            verbatim: ending.starts_with('\n'),
        })
    }

    /// Folds the heredoc that a line opens.
    fn fold(&mut self, opening: Line<'a>) -> Option<Line<'a>> {
        let mut text = BumpString::from_str_in("RUN ", self.arena);
        let mut separator = "";
        while let Some(line) = self.line() {
            if line.bare == "EOF" {
                let text = text.into_bump_str();
                return Some(Line {
                    text,
                    bare: trim(text),
                    start: opening.end - trim_start(opening.text).len(),
                    body: opening.next,
                    verbatim: false,
                    ..line
                });
            }
            if !opens_fold(&line) {
                text.push_str(separator);
                text.push_str(line.bare);
                separator = " && ";
            }
        }
        self.unclosed = Some(opening);
        None
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        let line = self.line()?;
        if opens_fold(&line) {
            self.fold(line)
        } else {
            Some(line)
        }
    }
}

fn opens_fold(line: &Line<'_>) -> bool {
    line.bare.starts_with("RUN <<EOF")
}

/// Where Python's `str.splitlines` splits first.
fn find_line_break(text: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + find_unprintable(text.as_bytes().get(from..)?)?;
        if text
            .get(at..)
            .is_some_and(|rest| rest.starts_with(is_line_break))
        {
            return Some(at);
        }
        from = at + 1;
    }
}

/// The first byte that is not of a printable ASCII character.
fn find_unprintable(bytes: &[u8]) -> Option<usize> {
    let is_printable = |byte: &u8| matches!(byte, b' '..=b'~');
    // Without a branch in it, the inner loop is a few vector instructions.
    let (chunks, _) = bytes.as_chunks::<16>();
    let printable = chunks.iter().take_while(|chunk| {
        chunk
            .iter()
            .fold(true, |all, byte| all & is_printable(byte))
    });
    let skipped = 16 * printable.count();
    let mut after = bytes.iter().skip(skipped);
    Some(skipped + after.position(|byte| !is_printable(byte))?)
}

fn is_line_break(c: char) -> bool {
    matches!(
        c,
        '\n'..='\r' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        let arena = Arena::new();
        Lines::new(text, &arena)
            .map(|line| line.text.to_owned())
            .collect()
    }

    #[test]
    fn line_endings_of_any_kind() {
        assert_eq!(lines("a\nb\r\nc\rd\n"), ["a", "b", "c", "d"]);
        let text = "a\u{b}b\u{c}c\u{1c}d\u{1d}e\u{1e}f\u{85}g\u{2028}h\u{2029}i";
        assert_eq!(lines(text).concat(), "abcdefghi");
        assert_eq!(lines("\n\r\n\r\r\n\n\r"), [""; 6]);
        assert_eq!(lines("é … \u{1f}\u{a0}"), ["é … \u{1f}\u{a0}"]);
        assert!(lines("").is_empty());
    }

    #[test]
    fn a_byte_order_mark_is_skipped() {
        assert_eq!(lines("\u{feff}FROM a"), ["FROM a"]);
    }

    #[test]
    fn a_heredoc_is_folded() {
        assert_eq!(
            lines("A\n RUN <<EOF sh\n\tone \n\n# two\nRUN <<EOF\n EOF \nB"),
            ["A", "RUN one &&  && # two", "B"]
        );
        assert_eq!(lines("RUN <<EOF\nEOF"), ["RUN "]);
        assert_eq!(lines("RUN <<EOFX\nEOFX\nEOF"), ["RUN EOFX"]);
    }

    #[test]
    fn other_heredocs_are_not() {
        for text in ["run <<EOF", "RUN  <<EOF", "RUN <<-EOF", "RUN cat <<EOF"] {
            assert_eq!(lines(text), [text]);
        }
    }

    #[test]
    fn an_unclosed_heredoc_ends_the_lines() {
        let arena = Arena::new();
        let mut lines = Lines::new("A\nRUN <<EOF2\nB\nEOF2\nC\n", &arena);
        assert_eq!(lines.by_ref().count(), 1);
        assert_eq!(lines.unclosed.map(|line| line.start), Some(2));
    }
}
