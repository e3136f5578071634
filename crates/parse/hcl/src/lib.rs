//! HCL 2 as Terraform writes it, to a syntax tree with byte spans.
//!
//! The grammar is the [native syntax specification][spec]. Like every parser of a scanner this one
//! reports and goes on: a top-level block with a mistake in it is left out with a diagnostic, the
//! others are kept. It also takes what is found in the wild although the specification refuses it:
//! repeated attributes, several items on one line, a closing brace on the last item's line, a byte
//! order mark, unknown escapes.
//!
//! ```
//! use bastide_hcl::{Arena, parse};
//! use bastide_source::{FileId, Source};
//!
//! let text = "resource \"aws_ecr_repository\" \"app\" {\n  name = \"app-${var.stage}\"\n}\n";
//! let source = Source::new(FileId(0), "main.tf", text.to_owned());
//! let arena = Arena::new();
//! let file = parse(&source, &arena);
//! assert!(file.diagnostics.is_empty());
//! let block = file.body.blocks().next().expect("one block");
//! assert_eq!(block.kind.name, "resource");
//! assert_eq!(block.labels[1].text, "app");
//! ```
//!
//! The JSON syntax becomes the same tree, see [`json`].
//!
//! The tree lives in the arena and borrows names and plain strings from the source. Nothing is
//! evaluated here: that a name exists, a type fits or a function is known is the evaluator's matter.
//!
//! [spec]: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md

mod ast;
mod body;
mod cursor;
mod expression;
pub mod json;
mod template;

pub use ast::{
    Attribute, BinaryOp, Block, Body, Call, Expr, ExprKind, File, For, ForDirective, Ident,
    IfDirective, Item, Label, ObjectItem, Part, UnaryOp,
};
pub use bumpalo::Bump as Arena;

use bastide_source::{Diagnostic, Source};

/// Brackets, blocks, templates and operators may nest this deep; beyond is a diagnostic.
pub const MAX_NESTING: u32 = 128;

/// So many operators or steps may follow on each other (`a + b + …`, `a.b.c…`), which nests the
/// tree to the left; beyond is a diagnostic.
pub const MAX_CHAIN: u32 = 512;

/// Parses a file of the native syntax: `.tf`, `.tfvars`, `.hcl`.
pub fn parse<'a>(source: &'a Source, arena: &'a Arena) -> File<'a> {
    cursor::Parser::new(source, arena).file()
}

/// Parses a text that is one expression and in no file: all spans are empty.
///
/// # Errors
///
/// The first mistake in it.
pub fn parse_expression<'a>(text: &'a str, arena: &'a Arena) -> Result<Expr<'a>, Diagnostic> {
    let mut parser = cursor::Parser::detached(text, arena);
    parser.whole_expression().map_err(|error| *error)
}

/// Parses a text that is one template and in no file: all spans are empty.
///
/// # Errors
///
/// The first mistake in it.
pub fn parse_template<'a>(text: &'a str, arena: &'a Arena) -> Result<Expr<'a>, Diagnostic> {
    let mut parser = cursor::Parser::detached(text, arena);
    let kind = parser.bare_template().map_err(|error| *error)?;
    let span = bastide_source::Span::default();
    match parser.diagnostics.pop() {
        Some(mistake) => Err(mistake),
        None => Ok(Expr { kind, span }),
    }
}
