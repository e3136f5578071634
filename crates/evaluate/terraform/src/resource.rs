use bastide_hcl::Block;
use bastide_source::{FileId, Skip, Span};
use bastide_value::{Map, Node};

use crate::Mode;

/// One instance of a `resource` or `data` block, a `module` call, or a `provider`, evaluated.
#[derive(Clone, Debug)]
pub struct Resource<'a> {
    /// What sort of block it comes from.
    pub mode: Mode,
    /// The type: `aws_s3_bucket`; for a provider its name, for a module call `module`.
    pub kind: &'a str,
    /// The address as reports give it.
    pub address: String,
    /// The evaluated attributes and nested blocks.
    pub body: Map<'a>,
    /// The block.
    pub block: &'a Block<'a>,
    /// The module calls that lead here, the outermost first.
    pub callers: Vec<&'a Block<'a>>,
    /// Checks that comments in the block, or in a module call that leads here, ask to leave alone.
    pub skips: Vec<Skip>,
}

impl<'a> Resource<'a> {
    /// The file of the block.
    pub fn file(&self) -> FileId {
        self.block.span.file
    }

    /// The value of an attribute, or the nested blocks of a type.
    pub fn get(&self, key: &str) -> Option<&'a Node<'a>> {
        self.body.get(key)
    }

    /// `resource "type" "name"`: what to underline when the block as a whole is meant.
    pub fn header(&self) -> Span {
        let last = self
            .block
            .labels
            .last()
            .map_or(self.block.kind.span, |label| label.span);
        self.block.kind.span.to(last)
    }
}
