//! Plain scalars: texts without quotes.

use crate::cursor::{Column, OUTSIDE, Parser};
use crate::node::{Scalar, Tag};

/// The bytes at which a plain scalar may end in the block context.
static BLOCK_STOPS: [bool; 256] = stops(b"\n\r\t:#\xc2\xe2");

/// The bytes at which a plain scalar may end in the flow context.
static FLOW_STOPS: [bool; 256] = stops(b"\n\r:#\xc2\xe2,?[]{}");

/// A table that is true for the given bytes.
pub(crate) const fn stops(bytes: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut index = 0;
    while index < bytes.len() {
        table[bytes[index] as usize] = true;
        index += 1;
    }
    table
}

impl<'a> Parser<'a> {
    /// Whether a plain scalar of the block context can start here.
    #[inline]
    pub(crate) fn at_plain(&self) -> bool {
        match self.peek() {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'_' => true,
            b'-' | b'?' | b':' => !self.blank(self.pos + 1),
            byte => !is_indicator(byte) && !self.blank(self.pos),
        }
    }

    /// Whether a plain scalar of the flow context can start here.
    pub(crate) fn at_flow_plain(&self) -> bool {
        !matches!(self.peek(), b'?' | b':') && self.at_plain()
    }

    /// The plain scalar here, with the lines right of column `parent` on which it goes on.
    #[inline]
    pub(crate) fn plain(&mut self, parent: Column) -> Scalar<'a> {
        self.plain_in::<false>(parent)
    }

    /// The plain scalar here, in the flow context.
    pub(crate) fn flow_plain(&mut self) -> Scalar<'a> {
        self.plain_in::<true>(OUTSIDE)
    }

    #[inline]
    fn plain_in<const FLOW: bool>(&mut self, parent: Column) -> Scalar<'a> {
        let start = self.pos;
        self.plain_line::<FLOW>();
        let text = if self.plain_goes_on::<FLOW>(parent) {
            self.plain_lines::<FLOW>(start, parent)
        } else {
            self.slice(start, self.token_end)
        };
        Scalar {
            text,
            tag: Tag::Resolve,
            span: self.span(start, self.token_end),
        }
    }

    /// Takes what is on this line, up to `: `, ` #`, a bracket or comma of the flow context, or the
    /// end of the line.
    #[inline]
    fn plain_line<const FLOW: bool>(&mut self) {
        let stops = if FLOW { &FLOW_STOPS } else { &BLOCK_STOPS };
        let start = self.pos;
        let mut end = start;
        loop {
            while self
                .bytes
                .get(end)
                .is_some_and(|byte| !stops[*byte as usize])
            {
                end += 1;
            }
            let inside = match self.byte(end) {
                b':' => !self.ends_key::<FLOW>(end),
                b'#' => !matches!(self.byte(end - 1), b' ' | b'\t'),
                0xc2 | 0xe2 => self.line_break(end) == 0,
                _ => false,
            };
            if !inside {
                break;
            }
            end += 1;
        }
        self.pos = end;
        while end > start && matches!(self.byte(end - 1), b' ' | b'\t') {
            end -= 1;
        }
        self.token_end = end;
        self.key_allowed = false;
    }

    /// Whether the `:` at an offset is an indicator.
    #[inline]
    fn ends_key<const FLOW: bool>(&self, at: usize) -> bool {
        self.blank(at + 1) || FLOW && matches!(self.byte(at + 1), b',' | b'[' | b']' | b'{' | b'}')
    }

    /// Goes to the next line that is not blank, and says whether the scalar goes on there.
    #[inline]
    fn plain_goes_on<const FLOW: bool>(&mut self, parent: Column) -> bool {
        let mut length = self.line_break(self.pos);
        if length == 0 {
            return false;
        }
        while length > 0 {
            self.take_line_break(length);
            self.key_allowed = true;
            if self.at_marker() {
                return false;
            }
            if FLOW {
                self.skip_blanks();
            } else {
                self.skip_spaces();
            }
            length = self.line_break(self.pos);
        }
        let column = (self.pos - self.line_start) as Column;
        if !FLOW && column <= parent {
            return false;
        }
        match self.peek() {
            b':' => !self.ends_key::<FLOW>(self.pos),
            b',' | b'?' | b'[' | b']' | b'{' | b'}' => !FLOW,
            b'#' | b'\t' => false,
            _ => !self.at_end(),
        }
    }

    /// The text of a scalar of several lines, the first of which was taken from `start`.
    fn plain_lines<const FLOW: bool>(&mut self, start: usize, parent: Column) -> &'a str {
        let mut text = std::mem::take(&mut self.scratch);
        text.clear();
        text.push_str(self.slice(start, self.token_end));
        loop {
            self.push_folded(&mut text, self.token_end, self.pos);
            let line = self.pos;
            self.plain_line::<FLOW>();
            text.push_str(self.slice(line, self.token_end));
            if !self.plain_goes_on::<FLOW>(parent) {
                break;
            }
        }
        let whole = self.arena.alloc_str(&text);
        self.scratch = text;
        whole
    }

    /// Adds what white space with line breaks in it stands for: a space if there is one line break,
    /// all but the first if there are more. The separators of lines and paragraphs always count.
    pub(crate) fn push_folded(&self, text: &mut String, start: usize, end: usize) {
        let before = text.len();
        let first = (start..end).find(|at| self.line_break(*at) > 0);
        let Some(first) = first else {
            return;
        };
        let length = self.line_break(first);
        if self.is_separator(first) {
            text.push_str(self.slice(first, first + length));
        }
        self.push_line_breaks(text, first + length, end);
        if text.len() == before {
            text.push(' ');
        }
    }

    /// Adds the line breaks among white space.
    pub(crate) fn push_line_breaks(&self, text: &mut String, start: usize, end: usize) {
        let mut at = start;
        while at < end {
            match self.line_break(at) {
                0 => at += 1,
                length => {
                    self.push_line_break(text, at);
                    at += length;
                }
            }
        }
    }

    /// Adds the line break at an offset, if there is one: a line feed, or a separator as it is.
    pub(crate) fn push_line_break(&self, text: &mut String, at: usize) {
        let length = self.line_break(at);
        if self.is_separator(at) {
            text.push_str(self.slice(at, at + length));
        } else if length > 0 {
            text.push('\n');
        }
    }

    /// Whether the line break at an offset is the separator of lines or of paragraphs, which is
    /// never folded.
    pub(crate) fn is_separator(&self, at: usize) -> bool {
        self.byte(at) == 0xe2
    }
}

fn is_indicator(byte: u8) -> bool {
    b",[]{}#&*!|>'\"%@`".contains(&byte)
}
