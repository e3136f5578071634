use std::ops::Range;

/// A place for people: both counts start at one, columns count characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Position {
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
}

/// Where each line of a text starts. A line ends with `\n`; a `\r` before it belongs to the ending.
#[derive(Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Indexes a text.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1));
        Self { starts }
    }

    /// How many lines there are. What follows the last line ending is a line only if not empty.
    pub fn count(&self, text: &str) -> u32 {
        let last = *self.starts.last().unwrap_or(&0) as usize;
        let empty_tail = last >= text.len();
        (self.starts.len() - usize::from(empty_tail)) as u32
    }

    /// The line, counted from one, that a byte offset lies in.
    pub fn line(&self, offset: u32) -> u32 {
        self.starts.partition_point(|&start| start <= offset) as u32
    }

    /// Line and column of a byte offset.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let line = self.line(offset);
        let start = self.starts[line as usize - 1] as usize;
        let before = text.get(start..offset as usize).unwrap_or("");
        Position {
            line,
            column: before.chars().count() as u32 + 1,
        }
    }

    /// The byte range of a line counted from one, with its ending, in a text of `len` bytes.
    pub fn range(&self, number: u32, len: usize) -> Range<usize> {
        let at = |index: u32| {
            self.starts
                .get(index as usize)
                .map_or(len, |&start| (start as usize).min(len))
        };
        let start = at(number.saturating_sub(1));
        start..at(number).max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one() {
        let text = "één\r\ntwo\n";
        let lines = LineIndex::new(text);
        assert_eq!(lines.count(text), 2);
        assert_eq!(lines.position(text, 0), Position { line: 1, column: 1 });
        assert_eq!(lines.position(text, 5), Position { line: 1, column: 4 });
        assert_eq!(lines.position(text, 7), Position { line: 2, column: 1 });
        assert_eq!(&text[lines.range(1, text.len())], "één\r\n");
        assert_eq!(&text[lines.range(2, text.len())], "two\n");
        assert_eq!(&text[lines.range(9, text.len())], "");
    }

    #[test]
    fn a_tail_without_line_ending_is_a_line() {
        assert_eq!(LineIndex::new("a\nb").count("a\nb"), 2);
        assert_eq!(LineIndex::new("").count(""), 0);
    }
}
