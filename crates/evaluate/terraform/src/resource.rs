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
    /// The module instance that it is in: `module.a["k"].`, empty for the root module.
    pub module: &'a str,
    /// The evaluated attributes and nested blocks.
    pub body: Map<'a>,
    /// The block.
    pub block: &'a Block<'a>,
    /// The module calls that lead here, the outermost first.
    pub callers: &'a [&'a Block<'a>],
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

    /// The name of the block. A provider has none.
    pub fn name(&self) -> Option<&'a str> {
        let label = match self.mode {
            Mode::Managed | Mode::Data => self.block.labels.get(1),
            Mode::Module => self.block.labels.first(),
            Mode::Provider => None,
        };
        label.map(|label| label.text)
    }

    /// The key of the instance as it stands in the address: `[0]`, `["a"]`, or nothing.
    pub fn key(&self) -> &str {
        let name = self.name().unwrap_or_default();
        let own = self.address.strip_prefix(self.module).unwrap_or("");
        let rest = match self.mode {
            Mode::Managed | Mode::Data => own
                .strip_prefix(self.kind)
                .and_then(|rest| rest.strip_prefix('.')),
            Mode::Module | Mode::Provider => Some(own),
        };
        rest.and_then(|rest| rest.strip_prefix(name))
            .unwrap_or_default()
    }

    /// `resource "type" "name"`, in JSON `"name"`: what to underline when the block as a whole is
    /// meant.
    pub fn header(&self) -> Span {
        let last = self
            .block
            .labels
            .last()
            .map_or(self.block.kind.span, |label| label.span);
        // In JSON the type is a key that may lie far above, with other blocks in between.
        if self.block.span.contains(self.block.kind.span) {
            self.block.kind.span.to(last)
        } else {
            last
        }
    }
}
