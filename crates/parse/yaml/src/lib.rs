//! YAML as Kubernetes reads it, and JSON, to values with places.
//!
//! What is accepted, and what it means, is YAML 1.1 as PyYAML's safe loader has it, because that is
//! how the scanner whose verdicts Bastide reproduces reads its files: `yes` is a truth value,
//! `0777` is octal, `<<` merges, a placeholder such as `{{ name }}` is a mapping as a key, which
//! is an error. Text becomes a tree of [`Node`]s in one pass, without tokens or events in between.
//!
//! ```
//! use bastide_source::{FileId, Source};
//! use bastide_value::Arena;
//! use bastide_yaml::parse;
//!
//! let text = "kind: Pod\nspec:\n  hostNetwork: yes\n---\nkind: Service\n";
//! let source = Source::new(FileId(0), "pod.yaml", text.to_owned());
//! let arena = Arena::new();
//! let stream = parse(&source, &arena);
//! assert!(stream.diagnostics.is_empty());
//! let pod = &stream.documents[0].root;
//! let host = pod.at("spec.hostNetwork").expect("it is there");
//! assert_eq!(host.value.as_bool(), Some(true));
//! assert_eq!(source.slice(host.span), "yes");
//! assert_eq!(stream.documents.len(), 2);
//! ```
//!
//! # Places
//!
//! Every span is a byte range of the source. A scalar's holds its quotes or its block indicator, a
//! flow collection's its brackets. A block collection's starts at its first key or `-` and ends with
//! its last value, without the blank lines and comments after it. An anchor or tag belongs to the
//! span of its node. An alias *is* the node it names, place included: the line to mend is there.
//!
//! # What it does not do
//!
//! - It does not go on after an error: the documents before it are kept, the rest is not read.
//! - It keeps no comments and no styles. Keys are their text, whatever type they would have as values.
//! - It builds no cycles: an alias inside of the node that it names is an error.
//! - It makes no dates: a timestamp stays the text it is, once it has been checked.
//! - It limits nesting ([`MAX_NESTING`]) and merge keys ([`MAX_MERGED`]), so that no input can exhaust
//!   stack or memory. Whoever walks a tree must know that aliases share nodes: what was read in
//!   no time can be of any size once it is written out.
//! - It takes tabs for white space between brackets, where PyYAML does not, because JSON files have
//!   them. Everywhere else a tab between tokens is an error.

mod base64;
mod block;
mod block_scalar;
mod characters;
mod construct;
mod cursor;
pub mod emit;
mod flow;
pub mod implicit;
pub mod json;
mod mapping;
mod node;
mod number;
mod plain;
mod properties;
mod quoted;
mod resolve;
mod stream;
mod timestamp;
mod typed;

pub use typed::{place, typed};

use bastide_source::{Diagnostic, Source, Span};
use bastide_value::{Arena, Node};

/// Collections may nest this deep, through aliases too; beyond is an error.
pub const MAX_NESTING: u32 = 256;

/// Merge keys may bring this many entries into the mappings of one file; beyond is an error.
pub const MAX_MERGED: usize = 100_000;

/// The documents of one file.
#[derive(Debug)]
pub struct Stream<'a> {
    /// The documents, up to the first error.
    pub documents: Vec<Document<'a>>,
    /// A warning for each repeated key, and at most one error, which comes last.
    pub diagnostics: Vec<Diagnostic>,
}

/// One document.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// What is in it; null if nothing is.
    pub root: Node<'a>,
    /// From its `---`, or from its first token if it has none, to what ends it: the next `---`,
    /// `...` or directive, or the end of the file. Comments at its end are within.
    pub span: Span,
}

/// What to do with a tag that is none of YAML's own, such as CloudFormation's `!Ref`.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Tags {
    /// It is an error.
    #[default]
    Refuse,
    /// A tag with one `!` is the short form of a CloudFormation function, and becomes its long form:
    /// `!Ref x` is `{"Ref": "x"}`, `!Sub x` is `{"Fn::Sub": "x"}`, `!GetAtt a.b` is
    /// `{"Fn::GetAtt": ["a", "b"]}`. Any other tag is an error.
    Keep,
}

/// Parses a file of YAML. Unknown tags are errors.
pub fn parse<'a>(source: &'a Source, arena: &'a Arena) -> Stream<'a> {
    parse_with(source, arena, Tags::Refuse)
}

/// Parses a file of YAML, unknown tags as said.
pub fn parse_with<'a>(source: &'a Source, arena: &'a Arena, tags: Tags) -> Stream<'a> {
    cursor::Parser::new(source, arena, tags).stream()
}
