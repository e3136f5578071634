//! Files as they are read: their text, places in it, and what there is to say about them.
//!
//! Every later stage works on byte ranges ([`Span`]) of a [`Source`]. Lines and columns are
//! computed only when something is printed.
//!
//! ```
//! use bastide_source::{FileId, Source, Span};
//!
//! let source = Source::new(FileId(0), "main.tf", "a = 1\nb = 2\n".to_owned());
//! let span = Span::new(FileId(0), 6, 7);
//! assert_eq!(source.slice(span), "b");
//! assert_eq!(source.position(span.start).line, 2);
//! ```
//!
//! This crate reads no file and knows no file format.

mod diagnostic;
mod lines;
mod nearest;
mod skip;
mod span;

pub use diagnostic::{Diagnostic, Level};
pub use lines::{LineIndex, Position};
pub use nearest::nearest;
pub use skip::{Skip, skips_in, skips_in_line};
pub use span::{FileId, Span};

use std::ops::Range;
use std::sync::OnceLock;

/// One file as it was read. The text is valid UTF-8; a byte order mark, if any, is part of it.
#[derive(Debug)]
pub struct Source {
    /// The number that spans of this file carry.
    pub id: FileId,
    /// The path relative to the root that was scanned, with `/` between its parts.
    pub path: String,
    /// The whole text.
    pub text: String,
    lines: OnceLock<LineIndex>,
}

impl Source {
    /// A source from its parts.
    pub fn new(id: FileId, path: impl Into<String>, text: String) -> Self {
        Self {
            id,
            path: path.into(),
            text,
            lines: OnceLock::new(),
        }
    }

    /// The whole file as a span.
    pub fn span(&self) -> Span {
        Span::new(self.id, 0, self.text.len())
    }

    /// The text of a span; empty if the span does not lie in this text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// The lines of the text, indexed on first use.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// Line and column of a byte offset, both counted from one.
    pub fn position(&self, offset: u32) -> Position {
        self.lines().position(&self.text, offset)
    }

    /// The text of a line counted from one, without its line ending; empty beyond the last.
    pub fn line(&self, number: u32) -> &str {
        let range = self.line_range(number);
        self.text
            .get(range)
            .unwrap_or("")
            .trim_end_matches(['\n', '\r'])
    }

    /// The byte range of a line counted from one, with its line ending.
    pub fn line_range(&self, number: u32) -> Range<usize> {
        self.lines().range(number, self.text.len())
    }

    /// First and last line of a span, counted from one.
    pub fn line_span(&self, span: Span) -> (u32, u32) {
        let first = self.lines().line(span.start);
        let last = self
            .lines()
            .line(span.end.saturating_sub(1).max(span.start));
        (first, last)
    }
}
