//! Documents, and the directives before them.

use crate::cursor::{Error, OUTSIDE, Parser, Result};
use crate::node::YAML;
use crate::properties::{Properties, word_length};
use crate::{Document, Stream};

impl<'a> Parser<'a> {
    /// All documents, up to the first error.
    pub(crate) fn stream(mut self) -> Stream<'a> {
        let mut documents = Vec::new();
        if let Err(error) = self.documents(&mut documents) {
            self.diagnostics.push(*error);
        }
        Stream {
            documents,
            diagnostics: self.diagnostics,
        }
    }

    fn documents(&mut self, documents: &mut Vec<Document<'a>>) -> Result<()> {
        self.check_characters()?;
        self.skip();
        if self.column != OUTSIDE {
            let first = self.document(self.pos)?;
            documents.push(first);
        }
        loop {
            while !documents.is_empty() && self.at_marker() && self.peek() == b'.' {
                self.take(3);
                self.skip();
            }
            if self.at_end() {
                return Ok(());
            }
            let start = self.pos;
            let has_directives = self.directives()?;
            if !(self.at_marker() && self.peek() == b'-') {
                return Err(if has_directives {
                    self.unexpected("`---` after the directives")
                } else {
                    self.unexpected("`---` or the end of the file")
                });
            }
            self.take(3);
            self.key_allowed = false;
            self.skip();
            let next = self.document(start)?;
            documents.push(next);
        }
    }

    /// The document whose content is here, and that starts at an offset.
    fn document(&mut self, start: usize) -> Result<Document<'a>> {
        self.anchors.clear();
        let root = if self.column == OUTSIDE {
            self.empty(Properties::NONE)?
        } else {
            self.block_node(OUTSIDE, false)?
        };
        let root = self.value(root)?;
        self.handles.clear();
        self.skip();
        Ok(Document {
            root,
            span: self.span(start, self.pos),
        })
    }

    /// Takes the directives here, and says whether there are any.
    fn directives(&mut self) -> Result<bool> {
        let mut any = false;
        let mut version = false;
        while self.peek() == b'%' && self.pos == self.line_start {
            let start = self.pos;
            self.pos += 1;
            let length = word_length(self.rest());
            let name = self.slice(self.pos, self.pos + length);
            self.pos += length;
            match name {
                "YAML" if version => {
                    return Err(self.bad_directive(start, "a document has one `%YAML` at most"));
                }
                "YAML" => {
                    version = true;
                    self.version(start)?;
                }
                "TAG" => self.tag_directive(start)?,
                "" => return Err(self.bad_directive(start, "`%` starts a directive")),
                _ => self.skip_line(),
            }
            if !self.rest_of_line() {
                return Err(self.bad_directive(start, "this directive has too many words"));
            }
            self.token_end = self.pos;
            self.skip();
            any = true;
        }
        Ok(any)
    }

    /// The version in `%YAML 1.1`.
    fn version(&mut self, start: usize) -> Result<()> {
        self.skip_spaces();
        let rest = self.rest();
        let length = rest
            .iter()
            .position(|byte| !matches!(byte, b'0'..=b'9' | b'.'));
        let length = length.unwrap_or(rest.len());
        let version = self.slice(self.pos, self.pos + length);
        self.pos += length;
        match version.split_once('.') {
            Some(("1", minor))
                if minor.bytes().all(|byte| byte.is_ascii_digit()) && !minor.is_empty() =>
            {
                Ok(())
            }
            _ => Err(self.bad_directive(start, "the version of YAML must be 1.1 or 1.2")),
        }
    }

    /// The handle and the prefix in `%TAG !e! tag:example.com,2026:`.
    fn tag_directive(&mut self, start: usize) -> Result<()> {
        self.skip_spaces();
        if self.peek() != b'!' {
            return Err(self.bad_directive(start, "a tag handle starts with `!`"));
        }
        let handle = self.handle();
        if self.peek() != b' ' {
            return Err(self.bad_directive(start, "a tag handle is `!`, `!!` or `!word!`"));
        }
        self.skip_spaces();
        let prefix = self.uri(start)?;
        if self.handles.iter().any(|(known, _)| *known == handle) {
            return Err(self.bad_directive(start, "this tag handle is given twice"));
        }
        let prefix = self.arena.alloc_str(&prefix);
        self.handles.push((handle, prefix));
        Ok(())
    }

    /// Goes past spaces and a comment to the end of the line, and says whether there is nothing else.
    pub(crate) fn rest_of_line(&mut self) -> bool {
        let separate = self.peek() == b' ';
        self.skip_spaces();
        if separate && self.peek() == b'#' {
            self.skip_line();
        }
        self.at_end() || self.line_break(self.pos) > 0
    }

    fn bad_directive(&self, start: usize, message: &str) -> Error {
        let help = format!("correct the directive, or remove it; `{YAML}` tags need none");
        self.error(start, message, &help)
    }
}
