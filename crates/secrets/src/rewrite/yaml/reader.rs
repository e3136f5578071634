use super::Failure;

/// A place in the text, one character at a time.
pub(super) struct Reader<'a> {
    text: &'a str,
    /// Offset in bytes.
    at: usize,
    /// Offset in characters.
    pub(super) index: usize,
    /// Line, counted from zero.
    pub(super) line: usize,
    /// Characters since the start of the line.
    pub(super) column: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Result<Self, Failure> {
        if !is_printable(text) {
            return Err(Failure::Unreadable);
        }
        Ok(Self {
            text,
            at: 0,
            index: 0,
            line: 0,
            column: 0,
        })
    }

    /// What follows here.
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// The character here; NUL at the end.
    pub(super) fn peek(&self) -> char {
        match self.text.as_bytes().get(self.at) {
            Some(&byte) if byte.is_ascii() => char::from(byte),
            Some(_) => self.rest().chars().next().unwrap_or('\0'),
            None => '\0',
        }
    }

    /// The character so many bytes after here, all before it being ASCII.
    pub(super) fn peek_at(&self, ahead: usize) -> char {
        let rest = self.text.get(self.at + ahead..).unwrap_or("");
        rest.chars().next().unwrap_or('\0')
    }

    /// Passes over one character.
    pub(super) fn advance(&mut self) {
        let c = self.peek();
        if self.at >= self.text.len() {
            return;
        }
        self.at += c.len_utf8();
        self.index += 1;
        if is_break(c) {
            self.line += 1;
            self.column = 0;
        } else if c != BYTE_ORDER_MARK {
            self.column += 1;
        }
    }

    /// Passes over so many bytes, which hold no line break, and gives them.
    pub(super) fn take(&mut self, length: usize) -> &'a str {
        let taken = self.rest().get(..length).unwrap_or("");
        self.at += taken.len();
        if taken.is_ascii() {
            self.index += taken.len();
            self.column += taken.len();
        } else {
            let count = taken.chars().count();
            self.index += count;
            self.column += count - taken.matches(BYTE_ORDER_MARK).count();
        }
        taken
    }

    /// Passes over what `accept` accepts, no line break being among it, and gives it.
    pub(super) fn take_while(&mut self, accept: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        self.take(rest.find(|c| !accept(c)).unwrap_or(rest.len()))
    }

    /// Passes over the rest of the line, but not its break, and gives it.
    pub(super) fn take_line(&mut self) -> &'a str {
        let rest = self.rest();
        let line = memchr::memchr2(b'\n', b'\0', rest.as_bytes()).unwrap_or(rest.len());
        let line = &rest[..line];
        self.take(if line.is_ascii() {
            line.len()
        } else {
            line.find(is_break).unwrap_or(line.len())
        })
    }

    /// Passes over spaces.
    pub(super) fn skip_spaces(&mut self) {
        let spaces = self.rest().bytes().take_while(|&byte| byte == b' ');
        self.take(spaces.count());
    }

    /// Passes over a line break, if there is one, and gives what it reads as.
    pub(super) fn line_break(&mut self) -> &'static str {
        let read = match self.peek() {
            '\n' | '\u{85}' => "\n",
            '\u{2028}' => "\u{2028}",
            '\u{2029}' => "\u{2029}",
            _ => return "",
        };
        self.advance();
        read
    }

    /// Whether a document ends or starts here, at the start of a line.
    pub(super) fn at_document_marker(&self) -> bool {
        (self.rest().starts_with("---") || self.rest().starts_with("..."))
            && is_blank(self.peek_at(3))
    }
}

pub(super) const BYTE_ORDER_MARK: char = '\u{feff}';

/// A line break. The text has no carriage return any more.
pub(super) fn is_break(c: char) -> bool {
    c == '\n' || is_foreign_break(c)
}

/// A line break that files hardly ever have.
pub(super) fn is_foreign_break(c: char) -> bool {
    matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A line break, or the end.
pub(super) fn is_end(c: char) -> bool {
    c == '\0' || is_break(c)
}

/// White space, a line break, or the end.
pub(super) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t') || is_end(c)
}

fn is_printable(text: &str) -> bool {
    let bad_ascii = |byte: u8| (byte < b' ' && !matches!(byte, b'\t' | b'\n')) || byte == 0x7f;
    if text.bytes().fold(false, |bad, byte| bad | bad_ascii(byte)) {
        return false;
    }
    text.is_ascii()
        || !text.chars().any(
            |c| matches!(c, '\u{80}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}'),
        )
}
