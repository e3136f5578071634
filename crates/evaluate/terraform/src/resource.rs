use bastide_hcl::{Block, Expr, ExprKind};
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
    /// The address.
    pub address: String,
    /// The address as reports give it: without the keys of instances that Checkov cannot tell, so that
    /// several instances of one block may have the same.
    pub listed: String,
    /// Whether it stands for instances of which nothing is known: for those of a block that makes none, or
    /// beside those that are listed as one.
    pub is_general: bool,
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

    /// Whether an attribute is written as that of a data source, such as
    /// `data.aws_iam_policy_document.a.json`. A plan holds the value itself.
    pub fn is_of_data_source(&self, key: &str) -> bool {
        let (Some(node), Some(written)) = (self.get(key), self.block.body.attribute(key)) else {
            return false;
        };
        node.span == written.expr.span && leads_to_data(&written.expr)
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

fn leads_to_data(expr: &Expr<'_>) -> bool {
    match expr.kind {
        ExprKind::Variable(name) => name == "data",
        ExprKind::Get(source, _) | ExprKind::Index(source, _) | ExprKind::Splat(source, _) => {
            leads_to_data(source)
        }
        ExprKind::Call(call) => call.args.iter().any(leads_to_data),
        _ => false,
    }
}
