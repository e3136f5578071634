//! Quoted strings and heredocs: text with escapes, interpolations and directives.
//!
//! A template is read into a flat list of [`Piece`]s first; strip markers and the indentation of
//! heredocs work on that list, then directives are nested into [`Part`]s.

use std::borrow::Cow;

use bastide_source::Level;
use bumpalo::collections::Vec;

use crate::cursor::{Parser, Result};
use crate::{Expr, ExprKind, ForDirective, Ident, IfDirective, Part};

enum Piece<'a> {
    Text {
        text: Cow<'a, str>,
        starts_line: bool,
    },
    Interpolation(Expr<'a>),
    If(Expr<'a>),
    Else,
    EndIf,
    For {
        key: Option<Ident<'a>>,
        value: Ident<'a>,
        collection: Expr<'a>,
    },
    EndFor,
}

/// A piece, and whether `~` asks to strip the text before and after it.
struct Marked<'a> {
    piece: Piece<'a>,
    strip: (bool, bool),
    at: usize,
}

type Pieces<'a> = std::vec::Vec<Marked<'a>>;

impl<'a> Parser<'a> {
    /// A quoted string, the opening quote being here.
    pub(crate) fn quoted(&mut self) -> Result<ExprKind<'a>> {
        let start = self.pos;
        self.pos += 1;
        if let Some(plain) = self.plain_quoted() {
            return Ok(ExprKind::String(plain));
        }
        let pieces = self.nested(|parser| parser.pieces(Some(start)))?;
        self.pos += 1;
        self.template(pieces)
    }

    /// A whole text that stands for a template: all up to the end, in which neither quotes nor
    /// backslashes mean anything.
    pub(crate) fn bare_template(&mut self) -> Result<ExprKind<'a>> {
        let pieces = self.pieces(None)?;
        self.template(pieces)
    }

    /// The usual case: nothing but text up to the closing quote.
    fn plain_quoted(&mut self) -> Option<&'a str> {
        let length = self.run(|byte| !matches!(byte, b'"' | b'\\' | b'$' | b'%' | b'\n'));
        if self.peek_at(length) != b'"' {
            return None;
        }
        let plain = &self.rest()[..length];
        self.pos += length + 1;
        Some(plain)
    }

    /// `<<EOT` or `<<-EOT` up to and with the closing word.
    pub(crate) fn heredoc(&mut self) -> Result<ExprKind<'a>> {
        let start = self.pos;
        self.pos += 2;
        let flush = self.eat("-");
        let Some(word) = self.identifier() else {
            return Err(self.expected("the word that ends the heredoc"));
        };
        let Some(line_end) = memchr::memchr(b'\n', self.bytes()) else {
            return Err(self.unclosed_heredoc(start, word.name));
        };
        let body = self.pos + line_end + 1;
        let Some((body_end, after)) = self.heredoc_end(body, word.name) else {
            return Err(self.unclosed_heredoc(start, word.name));
        };
        self.pos = body;
        let outer_end = std::mem::replace(&mut self.end, body_end);
        let pieces = self.nested(|parser| parser.pieces(None));
        self.end = outer_end;
        self.pos = after;
        let mut pieces = pieces?;
        if flush {
            strip_indentation(&mut pieces);
        }
        self.template(pieces)
    }

    /// Where the text of a heredoc ends, and where its closing word does.
    fn heredoc_end(&self, body: usize, word: &str) -> Option<(usize, usize)> {
        let mut line_start = body;
        while line_start < self.end {
            let rest = &self.text.as_bytes()[line_start..self.end];
            let length = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            let line = &self.text[line_start..line_start + length];
            if line.trim() == word {
                return Some((line_start, line_start + line.trim_end().len()));
            }
            line_start += length + 1;
        }
        None
    }

    fn unclosed_heredoc(&self, start: usize, word: &str) -> crate::cursor::Error {
        let message = format!("the heredoc `{word}` is never closed");
        self.error(start, message, "end it with the word alone on a line")
    }

    /// The pieces up to a closing quote, or to the end of a heredoc.
    fn pieces(&mut self, quote: Option<usize>) -> Result<Pieces<'a>> {
        let mut pieces = Pieces::new();
        loop {
            self.text_pieces(quote.is_some(), &mut pieces);
            match self.peek() {
                b'"' if quote.is_some() => return Ok(pieces),
                b'$' | b'%' => pieces.push(self.sequence_or_text()?),
                _ => match quote {
                    None => return Ok(pieces),
                    Some(start) => {
                        let help = "add the missing `\"`; a text of several lines is a heredoc";
                        return Err(self.error(start, "this string is never closed", help));
                    }
                },
            }
        }
    }

    /// Text up to the next sequence or the end; in a heredoc one piece a line, for its indentation.
    fn text_pieces(&mut self, quoted: bool, pieces: &mut Pieces<'a>) {
        let mut starts_line = !quoted && pieces.is_empty();
        loop {
            let start = self.pos;
            let text = if quoted {
                self.quoted_text()
            } else {
                self.heredoc_line()
            };
            if text.is_empty() {
                return;
            }
            let ends_line = !quoted && text.ends_with('\n');
            let piece = Piece::Text { text, starts_line };
            pieces.push(Marked {
                piece,
                strip: (false, false),
                at: start,
            });
            starts_line = ends_line;
            if !ends_line {
                return;
            }
        }
    }

    fn at_sequence(&self) -> bool {
        matches!(self.peek(), b'$' | b'%') && self.peek_at(1) == b'{'
    }

    /// Whether `$${` or `%%{` stands here, which is `${` or `%{` as text.
    fn at_escaped_sequence(&self) -> bool {
        let first = self.peek();
        matches!(first, b'$' | b'%') && self.peek_at(1) == first && self.peek_at(2) == b'{'
    }

    fn heredoc_line(&mut self) -> Cow<'a, str> {
        let mut text = Cow::Borrowed("");
        let mut run = self.pos;
        while !self.at_end() && !self.at_sequence() {
            if self.at_escaped_sequence() {
                text += &self.text[run..self.pos + 1];
                self.pos += 2;
                run = self.pos;
                continue;
            }
            self.pos += 1;
            if self.text.as_bytes()[self.pos - 1] == b'\n' {
                break;
            }
        }
        text += &self.text[run..self.pos];
        text
    }

    fn quoted_text(&mut self) -> Cow<'a, str> {
        let mut text = Cow::Borrowed("");
        let mut run = self.pos;
        loop {
            match self.peek() {
                0 if self.at_end() => break,
                b'"' | b'\n' => break,
                b'$' | b'%' if self.at_sequence() => break,
                b'$' | b'%' if self.at_escaped_sequence() => {
                    text += &self.text[run..self.pos + 1];
                    self.pos += 2;
                    run = self.pos;
                }
                b'\\' => {
                    text += &self.text[run..self.pos];
                    self.escape(text.to_mut());
                    run = self.pos;
                }
                _ => self.pos += 1,
            }
        }
        text += &self.text[run..self.pos];
        text
    }

    /// One escape. An unknown one stands for itself.
    fn escape(&mut self, text: &mut String) {
        let (char, length) = match self.peek_at(1) {
            b'n' => ('\n', 2),
            b'r' => ('\r', 2),
            b't' => ('\t', 2),
            b'"' => ('"', 2),
            b'\\' => ('\\', 2),
            b'/' => ('/', 2),
            b'u' => (self.hex_char(4), 6),
            b'U' => (self.hex_char(8), 10),
            _ => ('\\', 1),
        };
        match char {
            char::REPLACEMENT_CHARACTER => {
                text.push('\\');
                self.pos += 1;
            }
            char => {
                text.push(char);
                self.pos += length;
            }
        }
    }

    fn hex_char(&self, digits: usize) -> char {
        let hex = self.text.get(self.pos + 2..self.pos + 2 + digits);
        let code = hex.and_then(|hex| u32::from_str_radix(hex, 16).ok());
        code.and_then(char::from_u32)
            .unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    /// A sequence. An interpolation that does not parse, but ends on its line, is left out alone,
    /// not the whole block around it. Of interpolations in each other only the outermost is: to go
    /// on from each of them would read the text behind twice as often for every one.
    fn sequence_or_text(&mut self) -> Result<Marked<'a>> {
        let at = self.pos;
        let checkpoint = self.checkpoint();
        self.sequences += 1;
        let sequence = self.sequence();
        self.sequences -= 1;
        sequence.or_else(|mut error| {
            if self.sequences > 0 {
                return Err(error);
            }
            let Some(length) = braced(&self.text[at..self.end]) else {
                return Err(error);
            };
            error.level = Level::Warning;
            self.diagnostics.push(*error);
            self.resume(at + length, checkpoint);
            let expr = Expr {
                kind: ExprKind::Invalid,
                span: self.since(at),
            };
            Ok(Marked {
                piece: Piece::Interpolation(expr),
                strip: (false, false),
                at,
            })
        })
    }

    /// `${ … }` or `%{ … }`.
    fn sequence(&mut self) -> Result<Marked<'a>> {
        let at = self.pos;
        let directive = self.peek() == b'%';
        self.pos += 2;
        let before = self.eat("~");
        let piece = self.nested(|parser| {
            parser.lines_as_space(true, |parser| {
                parser.skip();
                if directive {
                    parser.directive()
                } else {
                    parser.expression().map(Piece::Interpolation)
                }
            })
        })?;
        self.skip_lines();
        let after = self.eat("~");
        self.expect("}", "`}`")?;
        Ok(Marked {
            piece,
            strip: (before, after),
            at,
        })
    }

    fn directive(&mut self) -> Result<Piece<'a>> {
        let Some(word) = self.identifier() else {
            return Err(self.expected("`if`, `else`, `endif`, `for` or `endfor`"));
        };
        Ok(match word.name {
            "if" => Piece::If(self.expression()?),
            "else" => Piece::Else,
            "endif" => Piece::EndIf,
            "for" => {
                let (key, value, collection) = self.for_intro()?;
                Piece::For {
                    key,
                    value,
                    collection,
                }
            }
            "endfor" => Piece::EndFor,
            _ => return Err(self.expected("`if`, `else`, `endif`, `for` or `endfor`")),
        })
    }

    /// Strips as the markers ask, nests the directives, and finds the simplest expression.
    fn template(&mut self, mut pieces: Pieces<'a>) -> Result<ExprKind<'a>> {
        apply_strip_markers(&mut pieces);
        let mut pieces = pieces.into_iter().peekable();
        let parts = self.parts(&mut pieces, 0)?;
        if let Some(stray) = pieces.next() {
            let message = "this directive closes nothing that was opened";
            return Err(self.error(
                stray.at,
                message,
                "remove it, or add the missing `%{ if }` or `%{ for }`",
            ));
        }
        Ok(match parts {
            [] => ExprKind::String(""),
            [Part::Literal(text)] => ExprKind::String(text),
            parts => ExprKind::Template(parts),
        })
    }

    /// Parts up to a piece that closes or divides a directive, which is left to be taken.
    fn parts(
        &mut self,
        pieces: &mut std::iter::Peekable<impl Iterator<Item = Marked<'a>>>,
        depth: u32,
    ) -> Result<&'a [Part<'a>]> {
        let mut parts = Vec::new_in(self.arena);
        let mut text = String::new();
        while let Some(Marked { piece, at, .. }) =
            pieces.next_if(|next| !matches!(next.piece, Piece::Else | Piece::EndIf | Piece::EndFor))
        {
            if let Piece::Text { text: more, .. } = &piece {
                text.push_str(more);
                continue;
            }
            self.push_literal(&mut parts, &mut text);
            if depth >= crate::MAX_NESTING {
                return Err(self.error(at, "directives nest too deep", "split the template"));
            }
            parts.push(match piece {
                Piece::Interpolation(expr) => Part::Interpolation(expr),
                Piece::If(condition) => {
                    let yes = self.parts(pieces, depth + 1)?;
                    let no = match pieces.next_if(|next| matches!(next.piece, Piece::Else)) {
                        Some(_) => self.parts(pieces, depth + 1)?,
                        None => &[],
                    };
                    self.close(pieces.next(), at, "endif", |piece| {
                        matches!(piece, Piece::EndIf)
                    })?;
                    Part::If(self.arena.alloc(IfDirective { condition, yes, no }))
                }
                Piece::For {
                    key,
                    value,
                    collection,
                } => {
                    let body = self.parts(pieces, depth + 1)?;
                    self.close(pieces.next(), at, "endfor", |piece| {
                        matches!(piece, Piece::EndFor)
                    })?;
                    let directive = ForDirective {
                        key,
                        value,
                        collection,
                        body,
                    };
                    Part::For(self.arena.alloc(directive))
                }
                Piece::Text { .. } | Piece::Else | Piece::EndIf | Piece::EndFor => continue,
            });
        }
        self.push_literal(&mut parts, &mut text);
        Ok(parts.into_bump_slice())
    }

    fn push_literal(&self, parts: &mut Vec<'a, Part<'a>>, text: &mut String) {
        if !text.is_empty() {
            parts.push(Part::Literal(self.arena.alloc_str(text)));
            text.clear();
        }
    }

    fn close(
        &self,
        piece: Option<Marked<'a>>,
        opened_at: usize,
        word: &str,
        fits: impl Fn(&Piece<'a>) -> bool,
    ) -> Result<()> {
        if piece.is_some_and(|marked| fits(&marked.piece)) {
            return Ok(());
        }
        let help = format!("add `%{{ {word} }}`");
        Err(self.error(opened_at, "this directive is never closed", &help))
    }
}

/// How long the text from a `${` to its closing brace is, if that is on the same line.
fn braced(text: &str) -> Option<usize> {
    let mut open = 0u32;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => open += 1,
            b'}' if open == 1 => return text.starts_with('$').then_some(at + 1),
            b'}' => open = open.saturating_sub(1),
            b'\n' => return None,
            _ => {}
        }
    }
    None
}

/// Removes the white space that stands beside a `~`: before it all of it, after it up to and with
/// the next line ending.
fn apply_strip_markers(pieces: &mut Pieces<'_>) {
    for index in 0..pieces.len() {
        let (before, after) = pieces[index].strip;
        if before {
            for marked in pieces[..index].iter_mut().rev() {
                let Piece::Text { text, .. } = &mut marked.piece else {
                    break;
                };
                let kept = text.trim_end().len();
                text.to_mut().truncate(kept);
                if kept > 0 {
                    break;
                }
            }
        }
        if after {
            strip_after(&mut pieces[index + 1..]);
        }
    }
}

fn strip_after(pieces: &mut [Marked<'_>]) {
    for marked in pieces {
        let Piece::Text { text, .. } = &mut marked.piece else {
            break;
        };
        let blank = text.len() - text.trim_start().len();
        text.to_mut().drain(..blank);
        if !text.is_empty() {
            break;
        }
    }
}

/// `<<-`: takes from each line the indentation that all lines have.
fn strip_indentation(pieces: &mut Pieces<'_>) {
    let indentation = |text: &str| text.len() - text.trim_start_matches([' ', '\t']).len();
    let mut common = usize::MAX;
    for (index, marked) in pieces.iter().enumerate() {
        if let Piece::Text {
            text,
            starts_line: true,
        } = &marked.piece
        {
            let blank = text.trim().is_empty();
            // A blank line says nothing, unless an interpolation goes on with it.
            if !blank || (!text.ends_with('\n') && index + 1 < pieces.len()) {
                common = common.min(indentation(text));
            }
        }
    }
    // An interpolation at the very start of a line is a line without indentation.
    let bare = |pair: &[Marked<'_>]| {
        matches!(&pair[0].piece, Piece::Text { text, .. } if text.ends_with('\n'))
            && !matches!(pair[1].piece, Piece::Text { .. })
    };
    let starts_bare = pieces
        .first()
        .is_some_and(|first| !matches!(first.piece, Piece::Text { .. }));
    if common == usize::MAX || starts_bare || pieces.windows(2).any(bare) {
        return;
    }
    for marked in pieces.iter_mut() {
        if let Piece::Text {
            text,
            starts_line: true,
        } = &mut marked.piece
        {
            let cut = common.min(indentation(text));
            *text = match std::mem::take(text) {
                Cow::Borrowed(text) => Cow::Borrowed(&text[cut..]),
                Cow::Owned(text) => Cow::Owned(text[cut..].to_owned()),
            };
        }
    }
}
