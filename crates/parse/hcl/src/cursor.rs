use std::ops::Range;

use bastide_source::{Diagnostic, FileId, Source, Span};

use crate::{Arena, Expr, Ident, Item, Label, MAX_NESTING, ObjectItem};

/// The state of a parse: a place in the text, and what has been said so far.
pub(crate) struct Parser<'a> {
    pub(crate) text: &'a str,
    pub(crate) pos: usize,
    /// Where parsing must stop: the end of the text, or of a heredoc.
    pub(crate) end: usize,
    pub(crate) arena: &'a Arena,
    pub(crate) diagnostics: Vec<Diagnostic>,
    // The parts of lists that are not yet whole: each list is put into the arena once, by `take`.
    pub(crate) items: Vec<Item<'a>>,
    pub(crate) labels: Vec<Label<'a>>,
    pub(crate) exprs: Vec<Expr<'a>>,
    pub(crate) object_items: Vec<ObjectItem<'a>>,

    file: FileId,
    /// Where runs of `text` stand in the source, if it is not the text of the source itself.
    runs: &'a [Run],
    /// Whether `text` stands nowhere in a source: then all spans are empty.
    detached: bool,
    depth: u32,
    /// Whether a line ending is white space here: between brackets it is, in a body it is not.
    multiline: bool,
    /// How many interpolations and directives this is in.
    pub(crate) sequences: u32,
}

/// A run of a decoded text that stands in the source as it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    /// Where it starts in the decoded text.
    pub(crate) decoded: usize,
    /// Where it starts in the source.
    pub(crate) source: usize,
}

/// How far nesting and the lists that are being gathered were.
pub(crate) struct Checkpoint {
    depth: u32,
    gathered: [usize; 4],
}

/// A syntax error. Boxed, because nearly every parse function returns one or nothing.
pub(crate) type Error = Box<Diagnostic>;
pub(crate) type Result<T> = std::result::Result<T, Error>;

/// Moves what was gathered since `mark` into the arena.
pub(crate) fn take<'a, T: Copy>(arena: &'a Arena, gathered: &mut Vec<T>, mark: usize) -> &'a [T] {
    let list = arena.alloc_slice_copy(&gathered[mark..]);
    gathered.truncate(mark);
    list
}

impl<'a> Parser<'a> {
    pub(crate) fn new(source: &'a Source, arena: &'a Arena) -> Self {
        let text = source.text.as_str();
        let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
        Self {
            pos: mark,
            file: source.id,
            detached: false,
            ..Self::detached(text, arena)
        }
    }

    /// A parser of a text that is in no source.
    pub(crate) fn detached(text: &'a str, arena: &'a Arena) -> Self {
        Self {
            text,
            pos: 0,
            end: text.len(),
            arena,
            diagnostics: Vec::new(),
            items: Vec::new(),
            labels: Vec::new(),
            exprs: Vec::new(),
            object_items: Vec::new(),

            file: FileId::default(),
            runs: &[],
            detached: true,
            depth: 0,
            multiline: false,
            sequences: 0,
        }
    }

    /// A parser of a part of a source.
    pub(crate) fn of_part(source: &'a Source, part: Range<usize>, arena: &'a Arena) -> Self {
        Self {
            pos: part.start,
            end: part.end,
            ..Self::new(source, arena)
        }
    }

    /// A parser of a text that was decoded from runs of a source. There is at least one run.
    pub(crate) fn of_decoded(
        source: &'a Source,
        text: &'a str,
        runs: &'a [Run],
        arena: &'a Arena,
    ) -> Self {
        Self {
            text,
            pos: 0,
            end: text.len(),
            runs,
            ..Self::new(source, arena)
        }
    }

    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        if self.detached {
            return Span::default();
        }
        Span::new(self.file, self.in_source(start), self.in_source(end))
    }

    /// Where a place of the text stands in the source.
    fn in_source(&self, at: usize) -> usize {
        let after = self.runs.partition_point(|run| run.decoded <= at);
        match after.checked_sub(1).and_then(|last| self.runs.get(last)) {
            Some(run) => run.source + (at - run.decoded),
            None => at,
        }
    }

    /// The span from `start` to here.
    pub(crate) fn since(&self, start: usize) -> Span {
        self.span(start, self.pos)
    }

    /// The empty span here.
    pub(crate) fn here(&self) -> Span {
        self.since(self.pos)
    }

    /// The byte here, or 0 at the end (a NUL in the text is no token either).
    pub(crate) fn peek(&self) -> u8 {
        self.byte(self.pos)
    }

    /// The byte `ahead` of here, or 0 beyond the end.
    pub(crate) fn peek_at(&self, ahead: usize) -> u8 {
        self.byte(self.pos + ahead)
    }

    fn byte(&self, at: usize) -> u8 {
        if at < self.end {
            self.text.as_bytes()[at]
        } else {
            0
        }
    }

    pub(crate) fn at_end(&self) -> bool {
        self.pos >= self.end
    }

    /// The bytes from here on.
    pub(crate) fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.pos..self.end).unwrap_or(&[])
    }

    /// What follows here.
    pub(crate) fn rest(&self) -> &'a str {
        self.text.get(self.pos..self.end).unwrap_or("")
    }

    /// Takes `token` if it stands here.
    pub(crate) fn eat(&mut self, token: &str) -> bool {
        let here = self.bytes().starts_with(token.as_bytes());
        if here {
            self.pos += token.len();
        }
        here
    }

    /// Takes `token` after white space, or fails with what was expected.
    pub(crate) fn expect(&mut self, token: &str, what: &str) -> Result<()> {
        self.skip();
        if self.eat(token) {
            Ok(())
        } else {
            Err(self.expected(what))
        }
    }

    /// Skips white space and comments; line endings too, where they mean nothing.
    pub(crate) fn skip(&mut self) {
        self.skip_until_token(self.multiline);
    }

    /// Skips white space, comments and line endings.
    pub(crate) fn skip_lines(&mut self) {
        self.skip_until_token(true);
    }

    #[inline]
    fn skip_until_token(&mut self, lines: bool) {
        if matches!(self.peek(), b' ' | b'\t' | b'\r' | b'\n' | b'#' | b'/') {
            self.skip_blank(lines);
        }
    }

    fn skip_blank(&mut self, lines: bool) {
        loop {
            let blank =
                |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r') || (lines && *byte == b'\n');
            self.pos += self.run(blank);
            match (self.peek(), self.peek_at(1)) {
                (b'#', _) | (b'/', b'/') => self.skip_comment(memchr::memchr(b'\n', self.bytes())),
                (b'/', b'*') => {
                    let close = memchr::memmem::find(&self.bytes()[2..], b"*/");
                    self.skip_comment(close.map(|at| at + 4));
                }
                _ => return,
            }
        }
    }

    fn skip_comment(&mut self, length: Option<usize>) {
        self.pos = length.map_or(self.end, |length| self.pos + length);
    }

    /// How many bytes from here on are such.
    pub(crate) fn run(&self, such: impl Fn(&u8) -> bool) -> usize {
        let bytes = self.bytes();
        bytes
            .iter()
            .position(|byte| !such(byte))
            .unwrap_or(bytes.len())
    }

    /// Takes an identifier if one stands here: letters, digits, `_` and `-`, not led by a digit.
    pub(crate) fn identifier(&mut self) -> Option<Ident<'a>> {
        let start = self.pos;
        let rest = self.rest();
        let mut length = 0;
        if self.peek().is_ascii_alphabetic() || self.peek() == b'_' {
            length = self.run(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        }
        if self.peek_at(length) >= 0x80 {
            let letter = |char: char| char.is_alphanumeric() || matches!(char, '_' | '-');
            let tail = &rest[length..];
            if length > 0 || tail.starts_with(char::is_alphabetic) {
                length += tail.find(|char| !letter(char)).unwrap_or(tail.len());
            }
        }
        if length == 0 {
            return None;
        }
        self.pos += length;
        Some(Ident {
            name: &rest[..length],
            span: self.since(start),
        })
    }

    /// Runs `inner` with line endings as white space, or not.
    pub(crate) fn lines_as_space<T>(
        &mut self,
        multiline: bool,
        inner: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<T> {
        let before = std::mem::replace(&mut self.multiline, multiline);
        let result = inner(self);
        self.multiline = before;
        result
    }

    /// Runs `inner` one level deeper, unless that is too deep.
    pub(crate) fn nested<T>(&mut self, inner: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if self.depth >= MAX_NESTING {
            let message = format!("nested more than {MAX_NESTING} levels deep");
            let help = "split the expression, for example with `locals`";
            return Err(self.error(self.pos, message, help));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    /// What to go back to if what follows turns out broken.
    pub(crate) fn checkpoint(&self) -> Checkpoint {
        let gathered = [
            self.items.len(),
            self.labels.len(),
            self.exprs.len(),
            self.object_items.len(),
        ];
        Checkpoint {
            depth: self.depth,
            gathered,
        }
    }

    /// Goes on at `pos` as if nothing had been read since the checkpoint.
    pub(crate) fn resume(&mut self, pos: usize, checkpoint: Checkpoint) {
        let [items, labels, exprs, object_items] = checkpoint.gathered;
        self.pos = pos;
        self.depth = checkpoint.depth;
        self.items.truncate(items);
        self.labels.truncate(labels);
        self.exprs.truncate(exprs);
        self.object_items.truncate(object_items);
    }

    /// Forgets nesting and modes: the parse goes on at the top level.
    pub(crate) fn reset(&mut self) {
        self.depth = 0;
        self.multiline = false;
        self.sequences = 0;
        self.end = self.text.len();
        self.items.clear();
        self.labels.clear();
        self.exprs.clear();
        self.object_items.clear();
    }

    pub(crate) fn error(&self, at: usize, message: impl Into<String>, help: &str) -> Error {
        let end = self.char_end(at);
        Box::new(Diagnostic::error(self.span(at, end), message).help(help))
    }

    /// An error that names what was expected here, and what was found instead.
    pub(crate) fn expected(&self, what: &str) -> Error {
        let found = match self.rest().chars().next() {
            None => "the end of the file".to_owned(),
            Some('\n' | '\r') => "the end of the line".to_owned(),
            Some(char) => format!("`{char}`"),
        };
        self.error(
            self.pos,
            format!("expected {what}, found {found}"),
            "mend the syntax; `terraform fmt` finds such mistakes too",
        )
    }

    fn char_end(&self, at: usize) -> usize {
        let char = self.text.get(at..).and_then(|rest| rest.chars().next());
        at + char.map_or(0, char::len_utf8)
    }
}
