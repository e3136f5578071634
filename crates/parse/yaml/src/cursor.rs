use std::collections::HashMap;

use bastide_source::{Diagnostic, FileId, Source, Span};
use bastide_value::{Arena, Entry, Node};

use crate::properties::Anchor;
use crate::{MAX_NESTING, Tags};

/// The state of a parse: a place in the text, and what has been gathered so far.
pub(crate) struct Parser<'a> {
    pub(crate) text: &'a str,
    pub(crate) bytes: &'a [u8],
    pub(crate) pos: usize,
    /// Where the line starts that `pos` lies in.
    pub(crate) line_start: usize,
    /// Where the last token ended: `pos`, but for white space and comments.
    pub(crate) token_end: usize,
    /// The column of the token here, as of the last `skip`.
    pub(crate) column: Column,
    /// Whether a block collection or a simple key may start here: at the start of a line, and after
    /// `-`, `?` and the `:` of an explicit key.
    pub(crate) key_allowed: bool,
    /// Where the innermost flow collection around here starts.
    pub(crate) flow_start: usize,
    /// Whether every line ends with a line feed alone.
    pub(crate) only_line_feeds: bool,

    pub(crate) arena: &'a Arena,
    pub(crate) tags: Tags,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) anchors: HashMap<&'a str, Anchor<'a>>,
    /// What `%TAG` says in this document: handles with their prefixes.
    pub(crate) handles: Vec<(&'a str, &'a str)>,
    pub(crate) depth: u32,
    /// The deepest that nesting has been since the outermost anchored node was opened.
    pub(crate) deepest: u32,
    /// How many entries merge keys have brought in.
    pub(crate) merged: usize,
    // The parts of lists that are not yet whole: each list is put into the arena once.
    pub(crate) nodes: Vec<Node<'a>>,
    pub(crate) entries: Vec<Entry<'a>>,
    /// The text of a scalar that is not a piece of the source.
    pub(crate) scratch: String,

    file: FileId,
}

/// Bytes from the start of a line. A document as a whole is at [`OUTSIDE`].
pub(crate) type Column = isize;

/// The column of whatever ends a document: left of everything in it.
pub(crate) const OUTSIDE: Column = -1;

/// A syntax error. Boxed, because nearly every parse function returns one or nothing.
pub(crate) type Error = Box<Diagnostic>;
pub(crate) type Result<T> = std::result::Result<T, Error>;

const BYTE_ORDER_MARK: char = '\u{feff}';

impl<'a> Parser<'a> {
    pub(crate) fn new(source: &'a Source, arena: &'a Arena, tags: Tags) -> Self {
        let text = source.text.as_str();
        let start = if text.starts_with(BYTE_ORDER_MARK) {
            BYTE_ORDER_MARK.len_utf8()
        } else {
            0
        };
        Self {
            text,
            bytes: text.as_bytes(),
            pos: start,
            line_start: start,
            token_end: start,
            column: 0,
            key_allowed: true,
            flow_start: start,
            only_line_feeds: true,

            arena,
            tags,
            diagnostics: Vec::new(),
            anchors: HashMap::new(),
            handles: Vec::new(),
            depth: 0,
            deepest: 0,
            merged: 0,
            nodes: Vec::new(),
            entries: Vec::new(),
            scratch: String::new(),

            file: source.id,
        }
    }

    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    /// The text between two offsets.
    pub(crate) fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// The bytes from here on.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.pos..).unwrap_or_default()
    }

    /// The byte here, or 0 at the end (a NUL in the text is refused before).
    #[inline]
    pub(crate) fn peek(&self) -> u8 {
        self.byte(self.pos)
    }

    /// The byte at an offset, or 0 beyond the end.
    #[inline]
    pub(crate) fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    pub(crate) fn at_end(&self) -> bool {
        self.pos >= self.bytes.len()
    }

    /// Takes `length` bytes as a token.
    #[inline]
    pub(crate) fn take(&mut self, length: usize) {
        self.pos += length;
        self.token_end = self.pos;
    }

    /// The length of the line break at an offset, 0 if there is none.
    #[inline]
    pub(crate) fn line_break(&self, at: usize) -> usize {
        match self.byte(at) {
            b'\n' => 1,
            b'\r' | 0xc2 | 0xe2 => self.rare_line_break(at),
            _ => 0,
        }
    }

    fn rare_line_break(&self, at: usize) -> usize {
        match (self.byte(at), self.byte(at + 1), self.byte(at + 2)) {
            (b'\r', b'\n', _) | (0xc2, 0x85, _) => 2,
            (b'\r', ..) => 1,
            (0xe2, 0x80, 0xa8 | 0xa9) => 3,
            _ => 0,
        }
    }

    /// Takes a line break of a length.
    #[inline]
    pub(crate) fn take_line_break(&mut self, length: usize) {
        self.pos += length;
        self.line_start = self.pos;
    }

    /// Whether white space, a line break or the end of the text is at an offset.
    #[inline]
    pub(crate) fn blank(&self, at: usize) -> bool {
        match self.byte(at) {
            b' ' | b'\n' | b'\t' | b'\r' => true,
            0 => true,
            0xc2 | 0xe2 => self.rare_line_break(at) > 0,
            _ => false,
        }
    }

    /// Whether the indicator `byte` is here: it, and a blank after it.
    #[inline]
    pub(crate) fn at_indicator(&self, byte: u8) -> bool {
        self.peek() == byte && self.blank(self.pos + 1)
    }

    /// Whether a line starts here with `---` or `...` as a word of its own.
    #[inline]
    pub(crate) fn at_marker(&self) -> bool {
        self.pos == self.line_start
            && matches!(self.peek(), b'-' | b'.')
            && (self.rest().starts_with(b"---") || self.rest().starts_with(b"..."))
            && self.blank(self.pos + 3)
    }

    /// Skips spaces.
    #[inline]
    pub(crate) fn skip_spaces(&mut self) {
        while self.peek() == b' ' {
            self.pos += 1;
        }
    }

    /// Skips spaces and tabs.
    pub(crate) fn skip_blanks(&mut self) {
        while matches!(self.peek(), b' ' | b'\t') {
            self.pos += 1;
        }
    }

    /// Goes to the end of the line.
    pub(crate) fn skip_line(&mut self) {
        if self.only_line_feeds {
            let length = memchr::memchr(b'\n', self.rest());
            self.pos = length.map_or(self.bytes.len(), |length| self.pos + length);
        } else {
            while !self.at_end() && self.line_break(self.pos) == 0 {
                self.pos += 1;
            }
        }
    }

    /// Goes to the next token of the block context, past spaces, line breaks and comments, and notes
    /// its column.
    #[inline]
    pub(crate) fn skip(&mut self) {
        loop {
            self.skip_spaces();
            match self.peek() {
                b'#' => self.skip_line(),
                _ => match self.line_break(self.pos) {
                    0 => break,
                    length => {
                        self.take_line_break(length);
                        self.key_allowed = true;
                    }
                },
            }
        }
        self.column = if self.ends_document() {
            OUTSIDE
        } else {
            (self.pos - self.line_start) as Column
        };
    }

    #[inline]
    fn ends_document(&self) -> bool {
        match self.peek() {
            0 => self.at_end(),
            b'%' => self.pos == self.line_start,
            b'-' | b'.' => self.at_marker(),
            _ => false,
        }
    }

    /// Goes to the next token of a flow collection, past tabs too. The document must not end first.
    pub(crate) fn skip_flow(&mut self) -> Result<()> {
        loop {
            self.skip_blanks();
            match self.peek() {
                b'#' => self.skip_line(),
                _ => match self.line_break(self.pos) {
                    0 => break,
                    length => self.take_line_break(length),
                },
            }
        }
        if self.at_end() || self.at_marker() {
            let (message, help) = match self.byte(self.flow_start) {
                b'[' => ("this `[` is never closed", "add the missing `]`"),
                _ => ("this `{` is never closed", "add the missing `}`"),
            };
            return Err(self.error(self.flow_start, message, help));
        }
        Ok(())
    }

    /// Runs `inner` one level deeper, unless that is too deep.
    #[inline]
    pub(crate) fn nested<T>(&mut self, inner: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if self.depth >= MAX_NESTING {
            return Err(self.too_deep());
        }
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
        let result = inner(self);
        self.depth -= 1;
        result
    }

    pub(crate) fn too_deep(&self) -> Error {
        let message = format!("nested more than {MAX_NESTING} levels deep");
        self.error(self.pos, message, "split the file, or flatten it")
    }

    /// An error at the character at an offset.
    pub(crate) fn error(&self, at: usize, message: impl Into<String>, help: &str) -> Error {
        let char = self.text.get(at..).and_then(|rest| rest.chars().next());
        let end = at + char.map_or(0, char::len_utf8);
        self.error_in(self.span(at, end), message, help)
    }

    /// An error in a span.
    pub(crate) fn error_in(&self, span: Span, message: impl Into<String>, help: &str) -> Error {
        Box::new(Diagnostic::error(span, message).help(help))
    }

    /// An error that says what cannot stand here; `expected` is what could.
    pub(crate) fn unexpected(&self, expected: &str) -> Error {
        let here = self
            .text
            .get(self.pos..)
            .and_then(|rest| rest.chars().next());
        let (message, help) = match here {
            None => (
                format!("expected {expected}, found the end of the file"),
                "complete the file",
            ),
            Some('\t') => (
                "a tab cannot separate or indent".to_owned(),
                "use spaces instead of the tab",
            ),
            Some(':') => (
                "this `:` follows nothing that can be a key here".to_owned(),
                "quote text that contains `: `; start a nested mapping on a line of its own",
            ),
            Some('-') if self.blank(self.pos + 1) => (
                "a sequence cannot start here".to_owned(),
                "start it on a line of its own, indented like its siblings",
            ),
            Some(char @ ('%' | '@' | '`' | '|' | '>' | ',' | ']' | '}')) => (
                format!("expected {expected}, found `{char}`"),
                "quote text that starts with a special character",
            ),
            Some(char) => (
                format!("expected {expected}, found `{char}`"),
                "check the indentation and the quotes before this place",
            ),
        };
        self.error(self.pos, message, help)
    }
}
