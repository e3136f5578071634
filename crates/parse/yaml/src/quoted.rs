//! Quoted scalars.

use crate::cursor::{Error, Parser, Result};
use crate::node::{Scalar, Tag};
use crate::plain::stops;

/// The bytes that may mean something in quotes.
static STOPS: [bool; 256] = stops(b"\n\r\"'\\\xc2\xe2");

impl<'a> Parser<'a> {
    /// The scalar whose opening quote is here.
    #[inline]
    pub(crate) fn quoted(&mut self) -> Result<Scalar<'a>> {
        let start = self.pos;
        let text = match self.quoted_piece() {
            Some(text) => text,
            None => self.quoted_text(start)?,
        };
        self.token_end = self.pos;
        self.key_allowed = false;
        Ok(Scalar {
            text,
            tag: Tag::Str,
            span: self.span(start, self.pos),
        })
    }

    /// The usual case: one line without escapes.
    #[inline]
    fn quoted_piece(&mut self) -> Option<&'a str> {
        if !self.only_line_feeds {
            return None;
        }
        let start = self.pos + 1;
        let rest = self.bytes.get(start..)?;
        let (length, doubled) = if self.peek() == b'"' {
            (memchr::memchr3(b'"', b'\\', b'\n', rest)?, false)
        } else {
            let length = memchr::memchr2(b'\'', b'\n', rest)?;
            (length, rest.get(length + 1) == Some(&b'\''))
        };
        if rest[length] != self.peek() || doubled {
            return None;
        }
        self.pos = start + length + 1;
        Some(self.slice(start, start + length))
    }

    /// Any case: lines are folded, escapes resolved.
    fn quoted_text(&mut self, start: usize) -> Result<&'a str> {
        let quote = self.peek();
        let mut text = std::mem::take(&mut self.scratch);
        text.clear();
        self.pos += 1;
        loop {
            let run = self.pos;
            self.quoted_run();
            let piece = self.slice(run, self.pos);
            let here = self.peek();
            if self.line_break(self.pos) > 0 {
                text.push_str(piece.trim_end_matches([' ', '\t']));
                let first = self.pos;
                self.quoted_line_breaks(start)?;
                self.push_folded(&mut text, first, self.pos);
                continue;
            }
            text.push_str(piece);
            if self.at_end() {
                return Err(self.unclosed_quote(start));
            } else if here == quote && quote == b'\'' && self.byte(self.pos + 1) == quote {
                text.push('\'');
                self.pos += 2;
            } else if here == quote {
                self.pos += 1;
                break;
            } else if here == b'\\' && quote == b'"' {
                self.escape(start, &mut text)?;
            } else {
                text.push(char::from(here));
                self.pos += 1;
            }
        }
        let whole = self.arena.alloc_str(&text);
        self.scratch = text;
        Ok(whole)
    }

    /// Goes to the next byte that may be more than itself.
    fn quoted_run(&mut self) {
        loop {
            while self
                .bytes
                .get(self.pos)
                .is_some_and(|byte| !STOPS[*byte as usize])
            {
                self.pos += 1;
            }
            let lead = matches!(self.peek(), 0xc2 | 0xe2);
            if !lead || self.line_break(self.pos) > 0 {
                return;
            }
            self.pos += 1;
        }
    }

    /// Goes past line breaks, and the white space around them.
    fn quoted_line_breaks(&mut self, start: usize) -> Result<()> {
        loop {
            match self.line_break(self.pos) {
                0 => return Ok(()),
                length => self.take_line_break(length),
            }
            if self.at_marker() {
                return Err(self.unclosed_quote(start));
            }
            self.skip_blanks();
        }
    }

    fn unclosed_quote(&self, start: usize) -> Error {
        let quote = char::from(self.byte(start));
        let message = format!("this `{quote}` is never closed");
        let help = format!("add the missing `{quote}`");
        self.error(start, message, &help)
    }

    /// Adds what the escape here stands for.
    fn escape(&mut self, start: usize, text: &mut String) -> Result<()> {
        let at = self.pos;
        let line_break = self.line_break(at + 1);
        if line_break > 0 {
            self.pos += 1;
            self.quoted_line_breaks(start)?;
            self.push_line_breaks(text, at + 1 + line_break, self.pos);
            return Ok(());
        }
        let plain = match self.byte(at + 1) {
            b'0' => '\0',
            b'a' => '\x07',
            b'b' => '\x08',
            b't' | b'\t' => '\t',
            b'n' => '\n',
            b'v' => '\x0b',
            b'f' => '\x0c',
            b'r' => '\r',
            b'e' => '\x1b',
            b' ' => ' ',
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'N' => '\u{85}',
            b'_' => '\u{a0}',
            b'L' => '\u{2028}',
            b'P' => '\u{2029}',
            b'x' => return self.escaped_code(2, text),
            b'u' => return self.escaped_code(4, text),
            b'U' => return self.escaped_code(8, text),
            _ => return Err(self.bad_escape(at)),
        };
        text.push(plain);
        self.pos += 2;
        Ok(())
    }

    /// Adds the character of the `\x`, `\u` or `\U` here. Surrogates stand for a character only in
    /// pairs, as JSON has them.
    fn escaped_code(&mut self, digits: usize, text: &mut String) -> Result<()> {
        let at = self.pos;
        let Some(code) = self.hex(at + 2, digits).filter(|code| *code <= 0x10_ffff) else {
            return Err(self.bad_escape(at));
        };
        self.pos += 2 + digits;
        let low = matches!(code, 0xd800..0xdc00)
            .then(|| self.low_surrogate())
            .flatten();
        let char = match low {
            Some(low) => {
                self.pos += 6;
                char::from_u32(0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00))
            }
            None => char::from_u32(code),
        };
        text.push(char.unwrap_or(char::REPLACEMENT_CHARACTER));
        Ok(())
    }

    /// The second half of a pair of surrogates, if its escape is here.
    fn low_surrogate(&self) -> Option<u32> {
        let escape = self.rest().starts_with(b"\\u");
        let code = escape.then(|| self.hex(self.pos + 2, 4)).flatten();
        code.filter(|code| matches!(code, 0xdc00..0xe000))
    }

    fn bad_escape(&self, at: usize) -> Error {
        let message = "unknown escape in double quotes";
        self.error(
            at,
            message,
            "write `\\\\` for a backslash, or use single quotes",
        )
    }
}
