use bastide_source::Span;
use bastide_value::Node;

/// A node before it is known whether it is a key or a value. What a scalar means depends on that.
#[derive(Clone, Copy)]
pub(crate) enum Composed<'a> {
    Scalar(Scalar<'a>),
    Collection(Node<'a>),
}

/// A scalar that is not yet a value.
#[derive(Clone, Copy)]
pub(crate) struct Scalar<'a> {
    pub(crate) text: &'a str,
    pub(crate) tag: Tag<'a>,
    pub(crate) span: Span,
}

/// What says how to read a node.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Tag<'a> {
    /// Nothing, or `!`: a collection is what it looks like, a scalar is resolved from its text.
    Resolve,
    Null,
    Bool,
    Int,
    Float,
    Binary,
    Timestamp,
    Str,
    Seq,
    OrderedMap,
    Pairs,
    Map,
    Set,
    Merge,
    /// `=`, which YAML 1.1 reserves.
    Default,
    /// None of YAML's own.
    Unknown(&'a str),
}

/// What YAML's own tags start with; `!!` stands for it.
pub(crate) const YAML: &str = "tag:yaml.org,2002:";

impl<'a> Tag<'a> {
    /// The meaning of a tag written out.
    pub(crate) fn new(tag: &'a str) -> Self {
        match tag.strip_prefix(YAML) {
            Some("null") => Self::Null,
            Some("bool") => Self::Bool,
            Some("int") => Self::Int,
            Some("float") => Self::Float,
            Some("binary") => Self::Binary,
            Some("timestamp") => Self::Timestamp,
            Some("str") => Self::Str,
            Some("seq") => Self::Seq,
            Some("omap") => Self::OrderedMap,
            Some("pairs") => Self::Pairs,
            Some("map") => Self::Map,
            Some("set") => Self::Set,
            Some("merge") => Self::Merge,
            Some("value") => Self::Default,
            _ if tag == "!" => Self::Resolve,
            _ => Self::Unknown(tag),
        }
    }
}

impl<'a> Composed<'a> {
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Scalar(scalar) => scalar.span,
            Self::Collection(node) => node.span,
        }
    }
}
