//! Files and bodies: attributes, blocks, and how to go on after a mistake.

use crate::cursor::{Parser, Result, take};
use crate::{Attribute, Block, Body, File, Ident, Item, Label};

/// After so many broken blocks a file is not HCL: the rest of it is left alone.
const MAX_ERRORS: usize = 8;

impl<'a> Parser<'a> {
    pub(crate) fn file(mut self) -> File<'a> {
        let start = self.pos;
        let mut items = Vec::new();
        loop {
            self.skip_lines();
            if self.at_end() || self.diagnostics.len() >= MAX_ERRORS {
                break;
            }
            let item_start = self.pos;
            match self.item() {
                Ok(item) => items.push(item),
                Err(error) => {
                    self.diagnostics.push(*error);
                    self.recover(item_start);
                }
            }
        }
        let span = self.span(start, self.text.len());
        let body = Body {
            items: self.arena.alloc_slice_copy(&items),
            span,
        };
        File {
            body,
            diagnostics: self.diagnostics,
        }
    }

    /// Goes to the next line that starts with a name no further right than the broken item did:
    /// there, most likely, the next block starts.
    fn recover(&mut self, item_start: usize) {
        self.reset();
        let indent = self.column(item_start);
        while let Some(line_end) = memchr::memchr(b'\n', self.bytes()) {
            self.pos += line_end + 1;
            let blank = self
                .rest()
                .bytes()
                .take_while(|byte| matches!(byte, b' ' | b'\t'))
                .count();
            let first = self.peek_at(blank);
            if blank <= indent && (first.is_ascii_alphabetic() || first == b'_') {
                return;
            }
        }
        self.pos = self.end;
    }

    fn column(&self, at: usize) -> usize {
        let line_start = memchr::memrchr(b'\n', &self.text.as_bytes()[..at]).map_or(0, |nl| nl + 1);
        at - line_start
    }

    /// One attribute or block.
    fn item(&mut self) -> Result<Item<'a>> {
        let start = self.pos;
        let Some(name) = self.name_of_item() else {
            return Err(self.expected("an attribute or a block"));
        };
        self.skip();
        match (self.peek(), self.peek_at(1)) {
            (b'=', next) if next != b'=' => {
                self.pos += 1;
                let expr = self.nested(Self::expression)?;
                Ok(Item::Attribute(Attribute { name, expr }))
            }
            _ => {
                let block = self.nested(|parser| parser.block(start, name))?;
                Ok(Item::Block(self.arena.alloc(block)))
            }
        }
    }

    /// The name of an attribute or block. Quoted names of attributes are not HCL, but occur.
    fn name_of_item(&mut self) -> Option<Ident<'a>> {
        if self.peek() != b'"' {
            return self.identifier();
        }
        let label = self.quoted_label().ok()?;
        Some(Ident {
            name: label.text,
            span: label.span,
        })
    }

    fn block(&mut self, start: usize, kind: Ident<'a>) -> Result<Block<'a>> {
        let mark = self.labels.len();
        loop {
            self.skip();
            match self.peek() {
                b'{' => break,
                b'"' => {
                    let label = self.quoted_label()?;
                    self.labels.push(label);
                }
                _ => match self.identifier() {
                    Some(Ident { name, span }) => self.labels.push(Label { text: name, span }),
                    None => return Err(self.expected("`=`, a label or `{`")),
                },
            }
        }
        self.pos += 1;
        let labels = take(self.arena, &mut self.labels, mark);
        let body = self.lines_as_space(false, Self::body)?;
        self.pos += 1;
        Ok(Block {
            kind,
            labels,
            body,
            span: self.since(start),
        })
    }

    /// The items up to a closing brace, which is left to be taken.
    fn body(&mut self) -> Result<Body<'a>> {
        let start = self.pos;
        let mark = self.items.len();
        loop {
            self.skip_lines();
            match self.peek() {
                b'}' => break,
                // A comma or semicolon between items is not HCL, but occurs.
                b',' | b';' => self.pos += 1,
                _ if self.at_end() => return Err(self.unclosed(start)),
                _ => {
                    let item = self.item()?;
                    self.items.push(item);
                }
            }
        }
        let items = take(self.arena, &mut self.items, mark);
        Ok(Body {
            items,
            span: self.since(start),
        })
    }

    fn unclosed(&self, start: usize) -> crate::cursor::Error {
        self.error(
            start - 1,
            "this block is never closed",
            "add the missing `}`",
        )
    }

    fn quoted_label(&mut self) -> Result<Label<'a>> {
        let start = self.pos;
        let inside = &self.bytes()[1..];
        match memchr::memchr2(b'"', b'\n', inside) {
            Some(length) if inside[length] == b'"' => {
                let text = &self.rest()[1..1 + length];
                self.pos += length + 2;
                Ok(Label {
                    text,
                    span: self.since(start),
                })
            }
            _ => Err(self.error(start, "this label is never closed", "add the missing `\"`")),
        }
    }
}
