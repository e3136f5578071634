use std::borrow::Cow;
use std::ops::Range;

/// A text in lines, each with the ending that is part of it.
///
/// They are the lines of a file as it was read, or lines that were made of it. A line that was
/// made has no ending, but may hold newlines itself.
#[derive(Debug)]
pub(crate) struct Lines<'t> {
    text: Cow<'t, str>,
    /// Where each line starts, and where the last one ends.
    bounds: Vec<u32>,
    /// How many bytes between lines belong to none.
    gap: usize,
}

impl<'t> Lines<'t> {
    /// The lines of a text that has no other line ending than `\n`.
    pub(crate) fn of(text: impl Into<Cow<'t, str>>) -> Self {
        let text = text.into();
        let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|newline| newline + 1);
        let bounds = bounds(ends, text.len());
        Self {
            text,
            bounds,
            gap: 0,
        }
    }

    /// The lines of a text that may have the line endings of all systems.
    pub(crate) fn universal(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
            .filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'))
            .map(|at| at + 1);
        Self {
            bounds: bounds(ends, text.len()),
            text: Cow::Borrowed(text),
            gap: 0,
        }
    }

    /// The whole text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn count(&self) -> usize {
        self.bounds.len() - 1
    }

    /// The text of a line counted from zero.
    pub(crate) fn get(&self, index: usize) -> Option<&str> {
        self.text.get(self.range(index)?)
    }

    /// Where a line counted from zero is in the text.
    pub(crate) fn range(&self, index: usize) -> Option<Range<usize>> {
        let start = *self.bounds.get(index)? as usize;
        let end = *self.bounds.get(index + 1)? as usize;
        Some(start..end - self.gap)
    }

    /// The index of the line that a byte of the text lies in.
    pub(crate) fn index_at(&self, offset: usize) -> usize {
        let started = |bound: &u32| *bound as usize <= offset;
        self.bounds.partition_point(started).saturating_sub(1)
    }

    /// A line with up to five lines on each side.
    pub(crate) fn around(&self, index: usize) -> Window<'_> {
        let count = self.count();
        let (start, end) = if count > REACH {
            (index.saturating_sub(REACH), index + REACH + 1)
        } else {
            (0, count)
        };
        Window {
            lines: self,
            start,
            end: end.min(count),
            target: index - start,
        }
    }
}

/// The bounds of lines that end so in a text of this length. Files are limited to 4 GiB.
fn bounds(ends: impl Iterator<Item = usize>, length: usize) -> Vec<u32> {
    let mut bounds = vec![0];
    bounds.extend(ends.map(|end| end as u32));
    if bounds.last() != Some(&(length as u32)) {
        bounds.push(length as u32);
    }
    bounds
}

/// Lines that are made one by one.
#[derive(Debug)]
pub(crate) struct LinesBuilder {
    text: String,
    bounds: Vec<u32>,
}

impl LinesBuilder {
    /// No lines yet.
    pub(crate) fn new() -> Self {
        Self {
            text: String::new(),
            bounds: vec![0],
        }
    }

    /// Adds a line, given in parts, with this number counted from one, or after those that are
    /// there already.
    pub(crate) fn push(&mut self, number: usize, parts: &[&str]) {
        while self.bounds.len() < number {
            self.end_line();
        }
        parts.iter().for_each(|part| self.text.push_str(part));
        self.end_line();
    }

    /// The bytes of all lines so far.
    pub(crate) fn size(&self) -> usize {
        self.text.len()
    }

    fn end_line(&mut self) {
        self.text.push('\n');
        self.bounds.push(self.text.len() as u32);
    }

    /// The lines that were added.
    pub(crate) fn finish(self) -> Lines<'static> {
        Lines {
            text: Cow::Owned(self.text),
            bounds: self.bounds,
            gap: 1,
        }
    }
}

/// How many lines on each side of a line are its context.
const REACH: usize = 5;

/// A line in its context. For a line that was made, its counterpart among the lines of the file
/// may lie beyond their end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window<'l> {
    lines: &'l Lines<'l>,
    start: usize,
    end: usize,
    /// The index of the line itself.
    pub(crate) target: usize,
}

impl<'l> Window<'l> {
    /// A line by its index within the context.
    pub(crate) fn get(&self, index: usize) -> Option<&'l str> {
        let index = self.start + index;
        (index < self.end).then(|| self.lines.get(index)).flatten()
    }

    /// The line itself.
    pub(crate) fn target_line(&self) -> Option<&'l str> {
        self.get(self.target)
    }

    /// The line before; empty at the start of the text.
    pub(crate) fn previous_line(&self) -> &'l str {
        let index = self.target.checked_sub(1);
        index.and_then(|index| self.get(index)).unwrap_or("")
    }

    /// How many lines there are.
    pub(crate) fn count(&self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// All lines in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'l str> {
        let window = *self;
        (0..self.count()).filter_map(move |index| window.get(index))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_keeps_its_ending() {
        let lines = Lines::of("a\n\nb");
        assert_eq!(lines.count(), 3);
        assert_eq!(lines.get(0), Some("a\n"));
        assert_eq!(lines.get(2), Some("b"));
        assert_eq!(lines.get(3), None);
        assert_eq!([0, 1, 2, 3].map(|at| lines.index_at(at)), [0, 0, 1, 2]);
        assert_eq!(Lines::of("a\n").count(), 1);
        assert_eq!(Lines::of("").count(), 0);
    }

    #[test]
    fn a_carriage_return_ends_a_line() {
        let lines = Lines::universal("a\rb\r\nc\r");
        let all: Vec<_> = (0..4).map(|index| lines.get(index)).collect();
        assert_eq!(all, [Some("a\r"), Some("b\r\n"), Some("c\r"), None]);
    }

    #[test]
    fn made_lines_stand_at_their_numbers_if_they_can() {
        let mut builder = LinesBuilder::new();
        builder.push(2, &["a\nb", "c"]);
        builder.push(2, &["d"]);
        let lines = builder.finish();
        let all: Vec<_> = (0..4).map(|index| lines.get(index)).collect();
        assert_eq!(all, [Some(""), Some("a\nbc"), Some("d"), None]);
        assert_eq!([0, 1, 3, 6].map(|at| lines.index_at(at)), [0, 1, 1, 2]);
    }

    #[test]
    fn a_window_reaches_five_lines_to_each_side() {
        let lines = Lines::of("0\n1\n2\n3\n4\n5\n6\n7\n8\n");
        let middle = lines.around(6);
        assert_eq!(middle.target_line(), Some("6\n"));
        assert_eq!(middle.previous_line(), "5\n");
        assert_eq!(middle.iter().next(), Some("1\n"));
        assert_eq!(middle.count(), 8);
        assert_eq!(lines.around(2).count(), 8);
        assert_eq!(lines.around(0).previous_line(), "");
        assert_eq!(lines.around(20).target_line(), None);
    }
}
