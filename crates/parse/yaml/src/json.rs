//! JSON as [RFC 8259] has it, to the same tree.
//!
//! ```
//! use bastide_source::{FileId, Source};
//! use bastide_value::Arena;
//! use bastide_yaml::json;
//!
//! let source = Source::new(FileId(0), "plan.json", r#"{"format": [1, 2.5]}"#.to_owned());
//! let arena = Arena::new();
//! let root = json::parse(&source, &arena).expect("it is JSON");
//! assert_eq!(root.value.to_string(), r#"{"format": [1, 2.5]}"#);
//! ```
//!
//! It is strict: comments, trailing commas and single quotes are errors. Of repeated keys all are
//! kept, and the last holds. A whole number that does not fit 64 bits is a double, and half a
//! surrogate pair is the replacement character.
//!
//! [RFC 8259]: https://www.rfc-editor.org/rfc/rfc8259

use bastide_source::{Diagnostic, FileId, Source, Span};
use bastide_value::{Arena, Entry, Map, Node, Number, Value};

use crate::MAX_NESTING;
use crate::plain::stops;

/// Parses a file that is one JSON text, perhaps after a byte order mark.
///
/// # Errors
///
/// The first place that is not JSON, or nests deeper than [`MAX_NESTING`].
pub fn parse<'a>(source: &'a Source, arena: &'a Arena) -> Result<Node<'a>, Diagnostic> {
    let mut parser = Parser::new(source, arena);
    parser.file().map_err(|error| *error)
}

type Parsed<T> = Result<T, Box<Diagnostic>>;

struct Parser<'a> {
    text: &'a str,
    bytes: &'a [u8],
    pos: usize,
    arena: &'a Arena,
    file: FileId,
    depth: u32,
    // The parts of lists that are not yet whole: each list is put into the arena once.
    items: Vec<Node<'a>>,
    entries: Vec<Entry<'a>>,
}

/// The bytes that end a run of ordinary ones in a string: quote, backslash, control characters.
static STOPS: [bool; 256] = {
    let mut table = stops(b"\"\\");
    let mut control = 0;
    while control < 0x20 {
        table[control] = true;
        control += 1;
    }
    table
};

impl<'a> Parser<'a> {
    fn new(source: &'a Source, arena: &'a Arena) -> Self {
        let text = source.text.as_str();
        Self {
            text,
            bytes: text.as_bytes(),
            pos: if text.starts_with('\u{feff}') { 3 } else { 0 },
            arena,
            file: source.id,
            depth: 0,
            items: Vec::new(),
            entries: Vec::new(),
        }
    }

    fn file(&mut self) -> Parsed<Node<'a>> {
        self.skip();
        let root = self.value()?;
        self.skip();
        if self.pos < self.bytes.len() {
            return Err(self.unexpected("the end of the file"));
        }
        Ok(root)
    }

    fn value(&mut self) -> Parsed<Node<'a>> {
        let start = self.pos;
        let value = match self.peek() {
            b'"' => Value::String(self.string()?),
            b'{' => self.nested(Self::object)?,
            b'[' => self.nested(Self::array)?,
            b'-' | b'0'..=b'9' => Value::Number(self.number()?),
            b't' => self.word("true", Value::Bool(true))?,
            b'f' => self.word("false", Value::Bool(false))?,
            b'n' => self.word("null", Value::Null)?,
            _ => return Err(self.unexpected("a value")),
        };
        Ok(Node::new(value, self.since(start)))
    }

    fn nested(&mut self, inner: fn(&mut Self) -> Parsed<Value<'a>>) -> Parsed<Value<'a>> {
        if self.depth >= MAX_NESTING {
            let message = format!("nested more than {MAX_NESTING} levels deep");
            return Err(self.error(self.pos, message, "flatten the document"));
        }
        self.depth += 1;
        let value = inner(self);
        self.depth -= 1;
        value
    }

    fn object(&mut self) -> Parsed<Value<'a>> {
        let mark = self.entries.len();
        self.open();
        while self.peek() != b'}' {
            let entry = self.entry()?;
            self.entries.push(entry);
            self.comma(b'}')?;
        }
        self.pos += 1;
        let entries = self.arena.alloc_slice_copy(&self.entries[mark..]);
        self.entries.truncate(mark);
        Ok(Value::Map(Map::new(entries)))
    }

    fn entry(&mut self) -> Parsed<Entry<'a>> {
        let start = self.pos;
        if self.peek() != b'"' {
            return Err(self.unexpected("a key in double quotes"));
        }
        let key = self.string()?;
        let key_span = self.since(start);
        self.skip();
        if self.peek() != b':' {
            return Err(self.unexpected("`:`"));
        }
        self.pos += 1;
        self.skip();
        let node = self.value()?;
        Ok(Entry {
            key,
            key_span,
            node,
        })
    }

    fn array(&mut self) -> Parsed<Value<'a>> {
        let mark = self.items.len();
        self.open();
        while self.peek() != b']' {
            let item = self.value()?;
            self.items.push(item);
            self.comma(b']')?;
        }
        self.pos += 1;
        let items = self.arena.alloc_slice_copy(&self.items[mark..]);
        self.items.truncate(mark);
        Ok(Value::List(items))
    }

    /// Takes the opening bracket.
    fn open(&mut self) {
        self.pos += 1;
        self.skip();
    }

    /// Takes a comma that something follows. Without one, the closing bracket must be here.
    #[inline]
    fn comma(&mut self, close: u8) -> Parsed<()> {
        self.skip();
        if self.peek() == b',' {
            let comma = self.pos;
            self.pos += 1;
            self.skip();
            if self.peek() == close {
                let message = "a comma after the last item is not JSON";
                return Err(self.error(comma, message, "remove the comma"));
            }
            Ok(())
        } else if self.peek() == close {
            Ok(())
        } else {
            Err(self.unexpected(&format!("`,` or `{}`", char::from(close))))
        }
    }

    fn word(&mut self, word: &str, value: Value<'a>) -> Parsed<Value<'a>> {
        if !self.bytes[self.pos..].starts_with(word.as_bytes()) {
            return Err(self.unexpected("a value"));
        }
        self.pos += word.len();
        Ok(value)
    }

    fn number(&mut self) -> Parsed<Number> {
        let start = self.pos;
        self.pos += usize::from(self.peek() == b'-');
        match self.peek() {
            b'0' => self.pos += 1,
            _ => self.digits()?,
        }
        let mut whole = true;
        if self.peek() == b'.' {
            whole = false;
            self.pos += 1;
            self.digits()?;
        }
        if matches!(self.peek(), b'e' | b'E') {
            whole = false;
            self.pos += 1;
            self.pos += usize::from(matches!(self.peek(), b'+' | b'-'));
            self.digits()?;
        }
        let text = self.slice(start, self.pos);
        let int = whole.then(|| text.parse().ok()).flatten();
        Ok(match int {
            Some(int) => Number::Int(int),
            None => Number::Float(text.parse().unwrap_or(f64::NAN)),
        })
    }

    fn digits(&mut self) -> Parsed<()> {
        let start = self.pos;
        while self.peek().is_ascii_digit() {
            self.pos += 1;
        }
        if self.pos == start {
            return Err(self.unexpected("a digit"));
        }
        Ok(())
    }

    #[inline]
    fn string(&mut self) -> Parsed<&'a str> {
        let start = self.pos + 1;
        self.pos = start;
        self.run();
        if self.peek() == b'"' {
            self.pos += 1;
            return Ok(self.slice(start, self.pos - 1));
        }
        let mut text = self.slice(start, self.pos).to_owned();
        loop {
            match self.peek() {
                b'"' => break,
                b'\\' => text.push(self.escape()?),
                _ => return Err(self.unclosed(start - 1)),
            }
            let run = self.pos;
            self.run();
            text.push_str(self.slice(run, self.pos));
        }
        self.pos += 1;
        Ok(self.arena.alloc_str(&text))
    }

    /// Goes past ordinary bytes of a string.
    #[inline]
    fn run(&mut self) {
        let ordinary = |byte: &u8| !STOPS[*byte as usize];
        while self.bytes.get(self.pos).is_some_and(ordinary) {
            self.pos += 1;
        }
    }

    fn escape(&mut self) -> Parsed<char> {
        let at = self.pos;
        self.pos += 2;
        Ok(match self.byte(at + 1) {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\x08',
            b'f' => '\x0c',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => self.unicode_escape(at)?,
            _ => return Err(self.bad_escape(at)),
        })
    }

    /// `\u` and four digits, or a pair of them that is one character.
    fn unicode_escape(&mut self, at: usize) -> Parsed<char> {
        let code = self.hex(at + 2).ok_or_else(|| self.bad_escape(at))?;
        self.pos = at + 6;
        let high = matches!(code, 0xd800..0xdc00);
        let low = (high && self.bytes[self.pos..].starts_with(b"\\u"))
            .then(|| self.hex(self.pos + 2))
            .flatten()
            .filter(|low| matches!(low, 0xdc00..0xe000));
        let code = match low {
            Some(low) => {
                self.pos += 6;
                0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00)
            }
            None => code,
        };
        Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn hex(&self, at: usize) -> Option<u32> {
        let digits = self.text.get(at..at + 4)?;
        let all = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        all.then(|| u32::from_str_radix(digits, 16).ok()).flatten()
    }

    fn bad_escape(&self, at: usize) -> Box<Diagnostic> {
        self.error(at, "unknown escape", "write `\\\\` for a backslash")
    }

    fn unclosed(&self, start: usize) -> Box<Diagnostic> {
        match self.bytes.get(self.pos) {
            None => self.error(start, "this string is never closed", "add the missing `\"`"),
            Some(_) => {
                let message = "a control character cannot be in a string";
                let help = "write it as an escape, such as `\\n`, or add a missing `\"` before it";
                self.error(self.pos, message, help)
            }
        }
    }

    #[inline]
    fn skip(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\n' | b'\r') {
            self.pos += 1;
        }
    }

    /// The byte here, or 0 at the end (a NUL is nothing in JSON either).
    #[inline]
    fn peek(&self) -> u8 {
        self.byte(self.pos)
    }

    #[inline]
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn since(&self, start: usize) -> Span {
        Span::new(self.file, start, self.pos)
    }

    fn error(&self, at: usize, message: impl Into<String>, help: &str) -> Box<Diagnostic> {
        let char = self.text.get(at..).and_then(|rest| rest.chars().next());
        let end = at + char.map_or(0, char::len_utf8);
        let span = Span::new(self.file, at, end);
        Box::new(Diagnostic::error(span, message).help(help))
    }

    fn unexpected(&self, expected: &str) -> Box<Diagnostic> {
        let here = self
            .text
            .get(self.pos..)
            .and_then(|rest| rest.chars().next());
        let (found, help) = match here {
            None => ("the end of the file".to_owned(), "complete the file"),
            Some('/' | '#') => ("a comment".to_owned(), "remove the comment: JSON has none"),
            Some('\'') => ("`'`".to_owned(), "use double quotes"),
            Some(char) => (format!("`{}`", char.escape_debug()), "correct the syntax"),
        };
        let message = format!("expected {expected}, found {found}");
        self.error(self.pos, message, help)
    }
}
