//! Block scalars: `|` keeps lines, `>` folds them.

use crate::cursor::{Column, Parser, Result};
use crate::node::{Scalar, Tag};

/// What the indicators say.
struct Header {
    folded: bool,
    chomping: Chomping,
    /// How much further right than its parent the text is; seen from the text if not given.
    indentation: Option<Column>,
}

/// What becomes of the line breaks at the end.
#[derive(Clone, Copy, PartialEq)]
enum Chomping {
    /// One is kept.
    Clip,
    /// `-`: none is kept.
    Strip,
    /// `+`: all are kept.
    Keep,
}

impl<'a> Parser<'a> {
    /// The scalar whose `|` or `>` is here, and that belongs to a collection at column `parent`.
    pub(crate) fn block_scalar(&mut self, parent: Column) -> Result<Scalar<'a>> {
        let start = self.pos;
        let header = self.block_scalar_header(start)?;
        let least = (parent + 1).max(1);
        let blank = self.pos;
        let column = match header.indentation {
            Some(more) => least - 1 + more,
            None => self.skip_to_text().max(least),
        };
        self.skip_to_column(column);
        let text = self.block_scalar_text(&header, column, blank);
        self.key_allowed = true;
        Ok(Scalar {
            text,
            tag: Tag::Str,
            span: self.span(start, self.token_end),
        })
    }

    /// Takes the indicators, and the rest of their line.
    fn block_scalar_header(&mut self, start: usize) -> Result<Header> {
        let mut header = Header {
            folded: self.peek() == b'>',
            chomping: Chomping::Clip,
            indentation: None,
        };
        self.take(1);
        // One of each, in either order.
        for _ in 0..2 {
            match self.peek() {
                b'-' if header.chomping == Chomping::Clip => header.chomping = Chomping::Strip,
                b'+' if header.chomping == Chomping::Clip => header.chomping = Chomping::Keep,
                digit @ b'1'..=b'9' if header.indentation.is_none() => {
                    header.indentation = Some(Column::from(digit - b'0'));
                }
                _ => break,
            }
            self.take(1);
        }
        if !self.rest_of_line() {
            let message = "a block scalar starts on the line after its indicator";
            let help =
                "write `|` or `>`, with `+`, `-` or a digit at most, alone; or quote the text";
            return Err(self.error(start, message, help));
        }
        self.next_line();
        Ok(header)
    }

    /// The text from here on, which is at `column`, after white space from `blank` on.
    fn block_scalar_text(&mut self, header: &Header, column: Column, mut blank: usize) -> &'a str {
        let mut text = std::mem::take(&mut self.scratch);
        text.clear();
        let mut line_end = None;
        let mut after_indented = false;
        while !self.at_end() && self.here() == column {
            let indented = matches!(self.peek(), b' ' | b'\t');
            if let Some(end) = line_end {
                if header.folded && !after_indented && !indented {
                    self.push_folded(&mut text, end, self.pos);
                } else {
                    self.push_line_break(&mut text, end);
                    self.push_line_breaks(&mut text, blank, self.pos);
                }
            } else {
                self.push_line_breaks(&mut text, blank, self.pos);
            }
            let line = self.pos;
            self.skip_line();
            text.push_str(self.slice(line, self.pos));
            self.token_end = self.pos;
            line_end = Some(self.pos);
            after_indented = indented;
            self.next_line();
            blank = self.pos;
            self.skip_to_column(column);
        }
        if let Some(end) = line_end
            && header.chomping != Chomping::Strip
        {
            self.push_line_break(&mut text, end);
        }
        if header.chomping == Chomping::Keep {
            self.push_line_breaks(&mut text, blank, self.pos);
        }
        let whole = self.arena.alloc_str(&text);
        self.scratch = text;
        whole
    }

    /// The column here.
    fn here(&self) -> Column {
        (self.pos - self.line_start) as Column
    }

    /// Takes the line break here, if there is one.
    fn next_line(&mut self) {
        let length = self.line_break(self.pos);
        if length > 0 {
            self.take_line_break(length);
        }
    }

    /// Goes to the first line with text, and says which is the rightmost column up to there.
    fn skip_to_text(&mut self) -> Column {
        let mut rightmost = 0;
        loop {
            self.skip_spaces();
            rightmost = rightmost.max(self.here());
            match self.line_break(self.pos) {
                0 => return rightmost,
                length => self.take_line_break(length),
            }
        }
    }

    /// Goes past blank lines, and then to a column, or to what stands left of it.
    fn skip_to_column(&mut self, column: Column) {
        loop {
            while self.here() < column && self.peek() == b' ' {
                self.pos += 1;
            }
            match self.line_break(self.pos) {
                0 => return,
                length => self.take_line_break(length),
            }
        }
    }
}
