use std::borrow::Cow;
use std::collections::VecDeque;

use super::Failure;
use super::reader::{BYTE_ORDER_MARK, Reader, is_blank, is_break, is_end};

/// A token and the line, counted from zero, that it starts on.
#[derive(Debug)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind<'a>,
    pub(super) line: usize,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Kind<'a> {
    StreamEnd,
    /// `%YAML` with its major version.
    Version(u32),
    /// `%TAG` with handle and prefix.
    TagDirective(&'a str, Cow<'a, str>),
    OtherDirective,
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,
    BlockEntry,
    FlowEntry,
    Key,
    Value,
    Alias(&'a str),
    Anchor(&'a str),
    /// A tag: its handle, if it has one, and the rest.
    Tag(Option<&'a str>, Cow<'a, str>),
    /// A scalar, and whether it is plain.
    Scalar(Cow<'a, str>, bool),
}

/// A place where a key may turn out to have started, once a `:` follows it.
struct SimpleKey {
    token: usize,
    required: bool,
    index: usize,
    line: usize,
    column: usize,
}

/// A key without `?` is at most this many characters long.
const MAX_SIMPLE_KEY: usize = 1024;

/// Cuts the text into tokens, reading ahead no further than it takes to know the next one.
pub(super) struct Scanner<'a> {
    reader: Reader<'a>,
    tokens: VecDeque<Token<'a>>,
    taken: usize,
    /// Whether it is settled what the next token is.
    settled: bool,
    done: bool,
    /// The indentation of the block that is open, and of those around it; -1 is none.
    indent: isize,
    indents: Vec<isize>,
    /// How many flow collections are open.
    flow_level: usize,
    simple_key_allowed: bool,
    /// By flow level.
    simple_keys: Vec<Option<SimpleKey>>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Result<Self, Failure> {
        Ok(Self {
            reader: Reader::new(text)?,
            tokens: VecDeque::new(),
            // The start of the stream, which is no token here, counts.
            taken: 1,
            settled: false,
            done: false,
            indent: -1,
            indents: Vec::new(),
            flow_level: 0,
            simple_key_allowed: true,
            simple_keys: vec![None],
        })
    }

    /// The next token.
    pub(super) fn peek(&mut self) -> Result<&Token<'a>, Failure> {
        while !self.settled {
            if self.needs_more()? {
                self.fetch()?;
            } else {
                self.settled = true;
            }
        }
        self.tokens.front().ok_or(Failure::Unreadable)
    }

    /// Takes the next token.
    pub(super) fn next(&mut self) -> Result<Token<'a>, Failure> {
        self.peek()?;
        self.settled = false;
        self.taken += 1;
        self.tokens.pop_front().ok_or(Failure::Unreadable)
    }

    /// The tokens that have been read ahead.
    pub(super) fn read_ahead(&self) -> &VecDeque<Token<'a>> {
        &self.tokens
    }

    /// The line, counted from zero, that has been read up to.
    pub(super) fn line(&self) -> usize {
        self.reader.line
    }

    fn needs_more(&mut self) -> Result<bool, Failure> {
        if self.done {
            return Ok(false);
        }
        if self.tokens.is_empty() {
            return Ok(true);
        }
        self.drop_stale_keys()?;
        let first = self.simple_keys.iter().flatten().map(|key| key.token).min();
        Ok(first == Some(self.taken))
    }

    fn fetch(&mut self) -> Result<(), Failure> {
        self.skip_to_token();
        self.drop_stale_keys()?;
        self.unwind(self.reader.column as isize);
        let c = self.reader.peek();
        let next = self.reader.peek_at(c.len_utf8());
        let line_start = self.reader.column == 0;
        match c {
            '\0' => self.fetch_stream_end(),
            '%' if line_start => self.fetch_directive(),
            '-' | '.' if line_start && self.reader.at_document_marker() => {
                self.fetch_document_marker(c)
            }
            '[' => self.open_flow(Kind::FlowSequenceStart),
            '{' => self.open_flow(Kind::FlowMappingStart),
            ']' => self.close_flow(Kind::FlowSequenceEnd),
            '}' => self.close_flow(Kind::FlowMappingEnd),
            ',' => self.fetch_flow_entry(),
            '-' if is_blank(next) => self.fetch_block_entry(),
            '?' if self.in_flow() || is_blank(next) => self.fetch_key(),
            ':' if self.in_flow() || is_blank(next) => self.fetch_value(),
            '*' | '&' => self.fetch_anchor(c),
            '!' => self.fetch_tag(),
            '|' | '>' if !self.in_flow() => self.fetch_block_scalar(c),
            '\'' | '"' => self.fetch_quoted(c),
            _ if self.starts_plain(c, next) => self.fetch_plain(),
            _ => Err(Failure::Unreadable),
        }
    }

    fn in_flow(&self) -> bool {
        self.flow_level > 0
    }

    fn push(&mut self, kind: Kind<'a>, line: usize) {
        self.tokens.push_back(Token { kind, line });
    }

    /// Passes over one character that is a token of its own.
    fn push_indicator(&mut self, kind: Kind<'a>) {
        self.push(kind, self.reader.line);
        self.reader.advance();
    }

    // --- keys that are known to be keys only by what follows them ---

    fn drop_stale_keys(&mut self) -> Result<(), Failure> {
        for key in &mut self.simple_keys {
            let stale = |key: &SimpleKey| {
                key.line != self.reader.line || self.reader.index - key.index > MAX_SIMPLE_KEY
            };
            if let Some(old) = key.take_if(|key| stale(key))
                && old.required
            {
                return Err(Failure::Unreadable);
            }
        }
        Ok(())
    }

    fn save_simple_key(&mut self) -> Result<(), Failure> {
        if !self.simple_key_allowed {
            return Ok(());
        }
        self.drop_simple_key()?;
        let column = self.reader.column;
        self.simple_keys[self.flow_level] = Some(SimpleKey {
            token: self.taken + self.tokens.len(),
            required: !self.in_flow() && self.indent == column as isize,
            index: self.reader.index,
            line: self.reader.line,
            column,
        });
        Ok(())
    }

    fn drop_simple_key(&mut self) -> Result<(), Failure> {
        match self.simple_keys[self.flow_level].take() {
            Some(key) if key.required => Err(Failure::Unreadable),
            _ => Ok(()),
        }
    }

    // --- indentation ---

    fn unwind(&mut self, column: isize) {
        while !self.in_flow() && self.indent > column {
            self.indent = self.indents.pop().unwrap_or(-1);
            self.push(Kind::BlockEnd, self.reader.line);
        }
    }

    /// Opens a block at a column, unless one is open there.
    fn indent_to(&mut self, column: usize) -> Result<bool, Failure> {
        if self.indent >= column as isize {
            return Ok(false);
        }
        self.indents.push(self.indent);
        self.indent = column as isize;
        Ok(true)
    }

    // --- tokens ---

    fn skip_to_token(&mut self) {
        if self.reader.index == 0 && self.reader.peek() == BYTE_ORDER_MARK {
            self.reader.advance();
        }
        loop {
            self.reader.skip_spaces();
            if self.reader.peek() == '#' {
                self.reader.take_line();
            }
            if self.reader.line_break().is_empty() {
                return;
            }
            if !self.in_flow() {
                self.simple_key_allowed = true;
            }
        }
    }

    fn fetch_stream_end(&mut self) -> Result<(), Failure> {
        self.unwind(-1);
        self.drop_simple_key()?;
        self.simple_keys.fill_with(|| None);
        self.push(Kind::StreamEnd, self.reader.line);
        self.done = true;
        Ok(())
    }

    fn fetch_document_marker(&mut self, c: char) -> Result<(), Failure> {
        self.unwind(-1);
        self.drop_simple_key()?;
        self.simple_key_allowed = false;
        let kind = if c == '-' {
            Kind::DocumentStart
        } else {
            Kind::DocumentEnd
        };
        self.push(kind, self.reader.line);
        self.reader.take(3);
        Ok(())
    }

    fn open_flow(&mut self, kind: Kind<'a>) -> Result<(), Failure> {
        self.save_simple_key()?;
        self.flow_level += 1;
        if self.simple_keys.len() <= self.flow_level {
            self.simple_keys.push(None);
        }
        self.simple_key_allowed = true;
        self.push_indicator(kind);
        Ok(())
    }

    fn close_flow(&mut self, kind: Kind<'a>) -> Result<(), Failure> {
        self.drop_simple_key()?;
        // A bracket too many closes nothing; the parser refuses it.
        self.flow_level = self.flow_level.checked_sub(1).ok_or(Failure::Unreadable)?;
        self.simple_key_allowed = false;
        self.push_indicator(kind);
        Ok(())
    }

    fn fetch_flow_entry(&mut self) -> Result<(), Failure> {
        self.simple_key_allowed = true;
        self.drop_simple_key()?;
        self.push_indicator(Kind::FlowEntry);
        Ok(())
    }

    fn fetch_block_entry(&mut self) -> Result<(), Failure> {
        self.open_block(Kind::BlockSequenceStart)?;
        self.simple_key_allowed = true;
        self.drop_simple_key()?;
        self.push_indicator(Kind::BlockEntry);
        Ok(())
    }

    fn fetch_key(&mut self) -> Result<(), Failure> {
        self.open_block(Kind::BlockMappingStart)?;
        self.simple_key_allowed = !self.in_flow();
        self.drop_simple_key()?;
        self.push_indicator(Kind::Key);
        Ok(())
    }

    /// Opens a block here for an entry or a key, where one may stand.
    fn open_block(&mut self, kind: Kind<'a>) -> Result<(), Failure> {
        if self.in_flow() {
            return Ok(());
        }
        if !self.simple_key_allowed {
            return Err(Failure::Unreadable);
        }
        if self.indent_to(self.reader.column)? {
            self.push(kind, self.reader.line);
        }
        Ok(())
    }

    fn fetch_value(&mut self) -> Result<(), Failure> {
        if let Some(key) = self.simple_keys[self.flow_level].take() {
            let at = key.token - self.taken;
            let token = |kind| Token {
                kind,
                line: key.line,
            };
            self.tokens.insert(at, token(Kind::Key));
            if !self.in_flow() && self.indent_to(key.column)? {
                self.tokens.insert(at, token(Kind::BlockMappingStart));
            }
            self.simple_key_allowed = false;
        } else {
            self.open_block(Kind::BlockMappingStart)?;
            self.simple_key_allowed = !self.in_flow();
            self.drop_simple_key()?;
        }
        self.push_indicator(Kind::Value);
        Ok(())
    }

    fn fetch_anchor(&mut self, c: char) -> Result<(), Failure> {
        self.save_simple_key()?;
        self.simple_key_allowed = false;
        let line = self.reader.line;
        self.reader.advance();
        let name = self.reader.take_while(is_name);
        let next = self.reader.peek();
        if name.is_empty() || !(is_blank(next) || "?:,]}%@`".contains(next)) {
            return Err(Failure::Unreadable);
        }
        let kind = if c == '*' {
            Kind::Alias(name)
        } else {
            Kind::Anchor(name)
        };
        self.push(kind, line);
        Ok(())
    }

    fn fetch_plain(&mut self) -> Result<(), Failure> {
        self.save_simple_key()?;
        self.simple_key_allowed = false;
        let line = self.reader.line;
        let text = self.scan_plain();
        self.push(Kind::Scalar(text, true), line);
        Ok(())
    }

    fn fetch_quoted(&mut self, quote: char) -> Result<(), Failure> {
        self.save_simple_key()?;
        self.simple_key_allowed = false;
        let line = self.reader.line;
        let text = self.scan_quoted(quote)?;
        self.push(Kind::Scalar(text, false), line);
        Ok(())
    }

    fn fetch_block_scalar(&mut self, style: char) -> Result<(), Failure> {
        self.simple_key_allowed = true;
        self.drop_simple_key()?;
        let line = self.reader.line;
        let text = self.scan_block_scalar(style == '>')?;
        self.push(Kind::Scalar(text, false), line);
        Ok(())
    }

    // --- directives and tags ---

    fn fetch_directive(&mut self) -> Result<(), Failure> {
        self.unwind(-1);
        self.drop_simple_key()?;
        self.simple_key_allowed = false;
        let line = self.reader.line;
        self.reader.advance();
        let name = self.reader.take_while(is_name);
        if name.is_empty() {
            return Err(Failure::Unreadable);
        }
        self.expect_space_or_end()?;
        let kind = match name {
            "YAML" => self.scan_version()?,
            "TAG" => self.scan_tag_directive()?,
            _ => {
                self.reader.take_line();
                Kind::OtherDirective
            }
        };
        self.skip_rest_of_line()?;
        self.push(kind, line);
        Ok(())
    }

    fn scan_version(&mut self) -> Result<Kind<'a>, Failure> {
        self.reader.skip_spaces();
        let digit = |c: char| c.is_ascii_digit();
        let major = self.reader.take_while(digit);
        if self.reader.peek() != '.' {
            return Err(Failure::Unreadable);
        }
        self.reader.advance();
        let minor = self.reader.take_while(digit);
        if major.is_empty() || minor.is_empty() {
            return Err(Failure::Unreadable);
        }
        self.expect_space_or_end()?;
        Ok(Kind::Version(major.parse().unwrap_or(u32::MAX)))
    }

    fn scan_tag_directive(&mut self) -> Result<Kind<'a>, Failure> {
        self.reader.skip_spaces();
        let handle = self.scan_tag_handle()?;
        if self.reader.peek() != ' ' {
            return Err(Failure::Unreadable);
        }
        self.reader.skip_spaces();
        let prefix = self.scan_tag_uri()?;
        self.expect_space_or_end()?;
        Ok(Kind::TagDirective(handle, prefix))
    }

    fn fetch_tag(&mut self) -> Result<(), Failure> {
        self.save_simple_key()?;
        self.simple_key_allowed = false;
        let line = self.reader.line;
        let kind = self.scan_tag()?;
        self.expect_space_or_end()?;
        self.push(kind, line);
        Ok(())
    }

    fn scan_tag(&mut self) -> Result<Kind<'a>, Failure> {
        let next = self.reader.peek_at(1);
        if next == '<' {
            self.reader.take(2);
            let uri = self.scan_tag_uri()?;
            if self.reader.peek() != '>' {
                return Err(Failure::Unreadable);
            }
            self.reader.advance();
            return Ok(Kind::Tag(None, uri));
        }
        if is_blank(next) {
            self.reader.advance();
            return Ok(Kind::Tag(None, "!".into()));
        }
        let rest = self.reader.rest();
        let word = &rest[1..];
        let word = &word[..word.find(|c| c == ' ' || is_end(c)).unwrap_or(word.len())];
        let handle = if word.contains('!') {
            self.scan_tag_handle()?
        } else {
            self.reader.take(1)
        };
        Ok(Kind::Tag(Some(handle), self.scan_tag_uri()?))
    }

    /// `!`, `!!` or `!name!`
    fn scan_tag_handle(&mut self) -> Result<&'a str, Failure> {
        let rest = self.reader.rest();
        let word = rest.strip_prefix('!').ok_or(Failure::Unreadable)?;
        if word.starts_with(' ') {
            return Ok(self.reader.take(1));
        }
        let length = word.find(|c| !is_name(c)).unwrap_or(word.len());
        if !word[length..].starts_with('!') {
            return Err(Failure::Unreadable);
        }
        Ok(self.reader.take(length + 2))
    }

    fn scan_tag_uri(&mut self) -> Result<Cow<'a, str>, Failure> {
        let uri = self
            .reader
            .take_while(|c| is_name(c) || ";/?:@&=+$,.!~*'()[]%".contains(c));
        if uri.is_empty() {
            return Err(Failure::Unreadable);
        }
        if !uri.contains('%') {
            return Ok(uri.into());
        }
        let mut bytes = Vec::with_capacity(uri.len());
        let mut rest = uri.as_bytes();
        while let Some((&first, after)) = rest.split_first() {
            if first != b'%' {
                bytes.push(first);
                rest = after;
                continue;
            }
            let code = after
                .get(..2)
                .and_then(|code| std::str::from_utf8(code).ok());
            let code = code.filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()));
            let code = code.and_then(|code| u8::from_str_radix(code, 16).ok());
            bytes.push(code.ok_or(Failure::Unreadable)?);
            rest = &after[2..];
        }
        let uri = String::from_utf8(bytes).map_err(|_| Failure::Unreadable)?;
        Ok(uri.into())
    }

    fn expect_space_or_end(&self) -> Result<(), Failure> {
        match self.reader.peek() {
            c if c == ' ' || is_end(c) => Ok(()),
            _ => Err(Failure::Unreadable),
        }
    }

    /// Only spaces and a comment may follow.
    fn skip_rest_of_line(&mut self) -> Result<(), Failure> {
        self.reader.skip_spaces();
        if self.reader.peek() == '#' {
            self.reader.take_line();
        }
        if !is_end(self.reader.peek()) {
            return Err(Failure::Unreadable);
        }
        self.reader.line_break();
        Ok(())
    }

    // --- scalars ---

    fn starts_plain(&self, c: char, next: char) -> bool {
        if !is_blank(c) && !"-?:,[]{}#&*!|>'\"%@`".contains(c) {
            return true;
        }
        !is_blank(next) && (c == '-' || (!self.in_flow() && matches!(c, '?' | ':')))
    }

    fn scan_plain(&mut self) -> Cow<'a, str> {
        let mut text = Cow::Borrowed("");
        let mut spaces = Cow::Borrowed("");
        let indent = self.indent + 1;
        while self.reader.peek() != '#' {
            let length = self.plain_length();
            if length == 0 {
                break;
            }
            self.simple_key_allowed = false;
            append(&mut text, spaces);
            append(&mut text, self.reader.take(length).into());
            spaces = match self.scan_plain_spaces() {
                Some(spaces) if !spaces.is_empty() => spaces,
                _ => break,
            };
            if !self.in_flow() && (self.reader.column as isize) < indent {
                break;
            }
        }
        text
    }

    /// The length of a plain scalar up to white space or what ends it.
    fn plain_length(&self) -> usize {
        let rest = self.reader.rest();
        for (at, byte) in rest.bytes().enumerate() {
            let ends = match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => false,
                b':' => {
                    let next = rest[at + 1..].chars().next().unwrap_or('\0');
                    is_blank(next) || (self.in_flow() && ",[]{}".contains(next))
                }
                b',' | b'?' | b'[' | b']' | b'{' | b'}' => self.in_flow(),
                b' ' | b'\t' | b'\n' | b'\0' => true,
                // Line breaks beyond ASCII start with one of these.
                0xc2 | 0xe2 => rest[at..].starts_with(is_break),
                _ => false,
            };
            if ends {
                return at;
            }
        }
        rest.len()
    }

    /// The spaces and line breaks within a plain scalar. `None` where the document ends.
    fn scan_plain_spaces(&mut self) -> Option<Cow<'a, str>> {
        let spaces = self.reader.take_while(|c| c == ' ');
        let first = self.reader.line_break();
        if first.is_empty() {
            return Some(spaces.into());
        }
        self.simple_key_allowed = true;
        let mut breaks = String::new();
        loop {
            if self.reader.at_document_marker() {
                return None;
            }
            self.reader.skip_spaces();
            match self.reader.line_break() {
                "" => return Some(fold(first, breaks)),
                more => breaks.push_str(more),
            }
        }
    }

    fn scan_quoted(&mut self, quote: char) -> Result<Cow<'a, str>, Failure> {
        self.reader.advance();
        let mut text = Cow::Borrowed("");
        self.scan_quoted_text(quote, &mut text)?;
        while self.reader.peek() != quote {
            self.scan_quoted_spaces(&mut text)?;
            self.scan_quoted_text(quote, &mut text)?;
        }
        self.reader.advance();
        Ok(text)
    }

    fn scan_quoted_text(&mut self, quote: char, text: &mut Cow<'a, str>) -> Result<(), Failure> {
        let double = quote == '"';
        loop {
            let plain = |c| !(is_blank(c) || matches!(c, '\'' | '"' | '\\'));
            append(text, self.reader.take_while(plain).into());
            match self.reader.peek() {
                '\'' if !double && self.reader.peek_at(1) == '\'' => {
                    text.to_mut().push('\'');
                    self.reader.take(2);
                }
                c @ '\'' if double => self.take_char(c, text),
                c @ ('"' | '\\') if !double => self.take_char(c, text),
                '\\' => self.scan_escape(text.to_mut())?,
                _ => return Ok(()),
            }
        }
    }

    fn take_char(&mut self, c: char, text: &mut Cow<'a, str>) {
        append(text, self.reader.take(c.len_utf8()).into());
    }

    fn scan_escape(&mut self, text: &mut String) -> Result<(), Failure> {
        self.reader.advance();
        let c = self.reader.peek();
        let length = match c {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ if is_break(c) => {
                self.reader.line_break();
                text.push_str(&self.scan_quoted_breaks()?);
                return Ok(());
            }
            _ => {
                text.push(escaped(c).ok_or(Failure::Unreadable)?);
                self.reader.advance();
                return Ok(());
            }
        };
        self.reader.advance();
        let digits = self.reader.rest().get(..length).unwrap_or("");
        if digits.len() < length || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(Failure::Unreadable);
        }
        let code = u32::from_str_radix(digits, 16).unwrap_or(u32::MAX);
        if code > 0x10_ffff {
            return Err(Failure::Fatal);
        }
        // Half of a surrogate pair has no place in a string here, nor in a secret.
        text.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
        self.reader.take(length);
        Ok(())
    }

    fn scan_quoted_spaces(&mut self, text: &mut Cow<'a, str>) -> Result<(), Failure> {
        let spaces = self.reader.take_while(|c| matches!(c, ' ' | '\t'));
        let first = self.reader.line_break();
        if !first.is_empty() {
            let breaks = self.scan_quoted_breaks()?;
            append(text, fold(first, breaks));
            return Ok(());
        }
        append(text, spaces.into());
        match self.reader.peek() {
            '\0' => Err(Failure::Unreadable),
            _ => Ok(()),
        }
    }

    fn scan_quoted_breaks(&mut self) -> Result<String, Failure> {
        let mut breaks = String::new();
        loop {
            if self.reader.at_document_marker() {
                return Err(Failure::Unreadable);
            }
            self.reader.take_while(|c| matches!(c, ' ' | '\t'));
            match self.reader.line_break() {
                "" => return Ok(breaks),
                more => breaks.push_str(more),
            }
        }
    }

    fn scan_block_scalar(&mut self, folded: bool) -> Result<Cow<'a, str>, Failure> {
        self.reader.advance();
        let header = self.scan_block_header()?;
        self.skip_rest_of_line()?;
        let least = (self.indent + 1).max(1) as usize;
        let (mut breaks, indent) = match header.indent {
            Some(indent) => {
                let indent = least + indent - 1;
                (self.scan_block_breaks(indent), indent)
            }
            None => {
                let (breaks, widest) = self.scan_block_indent();
                (breaks, least.max(widest))
            }
        };
        let mut text = String::new();
        let mut last = "";
        while self.reader.column == indent && self.reader.peek() != '\0' {
            text.push_str(&breaks);
            let starts_blank = |c| matches!(c, ' ' | '\t');
            let indented = starts_blank(self.reader.peek());
            text.push_str(self.reader.take_line());
            last = self.reader.line_break();
            breaks = self.scan_block_breaks(indent);
            if self.reader.column != indent || self.reader.peek() == '\0' {
                break;
            }
            if folded && last == "\n" && !indented && !starts_blank(self.reader.peek()) {
                if breaks.is_empty() {
                    text.push(' ');
                }
            } else {
                text.push_str(last);
            }
        }
        if header.chomping != Chomping::Strip {
            text.push_str(last);
        }
        if header.chomping == Chomping::Keep {
            text.push_str(&breaks);
        }
        Ok(text.into())
    }

    fn scan_block_header(&mut self) -> Result<BlockHeader, Failure> {
        let mut header = BlockHeader::default();
        let (mut has_chomping, mut has_indent) = (false, false);
        loop {
            let c = self.reader.peek();
            match c {
                '+' | '-' if !has_chomping => {
                    has_chomping = true;
                    header.chomping = if c == '+' {
                        Chomping::Keep
                    } else {
                        Chomping::Strip
                    };
                }
                '1'..='9' if !has_indent => {
                    has_indent = true;
                    header.indent = c.to_digit(10).map(|digit| digit as usize);
                }
                _ => {
                    self.expect_space_or_end()?;
                    return Ok(header);
                }
            }
            self.reader.advance();
        }
    }

    /// The line breaks before the first line of a block scalar, and the widest indentation there.
    fn scan_block_indent(&mut self) -> (String, usize) {
        let (mut breaks, mut widest) = (String::new(), 0);
        loop {
            self.reader.skip_spaces();
            widest = widest.max(self.reader.column);
            match self.reader.line_break() {
                "" => return (breaks, widest),
                more => breaks.push_str(more),
            }
        }
    }

    fn scan_block_breaks(&mut self, indent: usize) -> String {
        let mut breaks = String::new();
        loop {
            while self.reader.column < indent && self.reader.peek() == ' ' {
                self.reader.advance();
            }
            match self.reader.line_break() {
                "" => return breaks,
                more => breaks.push_str(more),
            }
        }
    }
}

#[derive(Default)]
struct BlockHeader {
    chomping: Chomping,
    indent: Option<usize>,
}

/// What becomes of the line breaks at the end of a block scalar.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Chomping {
    /// One is kept.
    #[default]
    Clip,
    Strip,
    Keep,
}

/// A line break and the empty lines after it, within a scalar whose lines are folded.
fn fold<'a>(first: &'static str, breaks: String) -> Cow<'a, str> {
    match (first, breaks.is_empty()) {
        ("\n", true) => " ".into(),
        ("\n", false) => breaks.into(),
        _ => format!("{first}{breaks}").into(),
    }
}

fn append<'a>(text: &mut Cow<'a, str>, more: Cow<'a, str>) {
    if text.is_empty() {
        *text = more;
    } else if !more.is_empty() {
        text.to_mut().push_str(&more);
    }
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

/// The character that `\c` stands for.
fn escaped(c: char) -> Option<char> {
    Some(match c {
        '0' => '\0',
        'a' => '\x07',
        'b' => '\x08',
        't' | '\t' => '\t',
        'n' => '\n',
        'v' => '\x0b',
        'f' => '\x0c',
        'r' => '\r',
        'e' => '\x1b',
        ' ' | '"' | '\\' | '/' => c,
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        _ => return None,
    })
}
