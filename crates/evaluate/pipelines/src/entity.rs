use bastide_source::{Skip, Span};
use bastide_value::{Node, Value};

use crate::marks::Marks;

/// A part of a pipeline that checks look at.
#[derive(Clone, Debug)]
pub struct Entity<'a> {
    /// What it is.
    pub kind: Kind,
    /// What is written there; null where something is missed.
    pub node: Node<'a>,
    /// What to show of it.
    pub span: Span,
    /// Checks that the file asks to leave alone for it.
    pub skips: Vec<Skip>,
    /// The path by which Checkov finds it: part of some ids.
    pub(crate) path: &'static str,
    /// Its lines. Two of one path at the same lines are reported as one.
    pub(crate) marks: Marks,
    /// The key that it stands at, where that makes it another entity.
    pub(crate) key: &'a str,
}

/// What a part of a pipeline is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs, reason = "the words are those of the systems")]
pub enum Kind {
    /// The `container` of something other than a job.
    Container,
    /// An image that an executor names.
    ExecutorImage,
    Image,
    Job,
    /// All jobs of a workflow together.
    Jobs,
    Orbs,
    /// What the token of a workflow may do.
    Permissions,
    /// The rules that decide whether a job runs.
    Rules,
    /// One item of a script.
    Script,
    Service,
    /// The specification of an Argo workflow.
    Spec,
    Step,
    /// What starts a workflow.
    Trigger,
}

impl Kind {
    /// Its name among resource types.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Container => "container",
            Self::ExecutorImage => "executor_image",
            Self::Image => "image",
            Self::Job => "job",
            Self::Jobs => "jobs",
            Self::Orbs => "orbs",
            Self::Permissions => "permissions",
            Self::Rules => "rules",
            Self::Script => "script",
            Self::Service => "service",
            Self::Spec => "spec",
            Self::Step => "step",
            Self::Trigger => "trigger",
        }
    }
}

impl<'a> Entity<'a> {
    /// An entity of a kind, at a path, that stands at its own place.
    pub(crate) fn new(kind: Kind, path: &'static str, node: &Node<'a>, marks: Marks) -> Self {
        Self {
            kind,
            node: *node,
            span: header(node),
            skips: Vec::new(),
            path,
            marks,
            key: "",
        }
    }

    /// The value at a key.
    pub fn get(&self, key: &str) -> Option<&'a Node<'a>> {
        self.node.get(key)
    }

    /// The text at a key: `None` without the key, `Some(None)` if something else stands there.
    pub fn text(&self, key: &str) -> Option<Option<&'a str>> {
        self.get(key).map(|node| node.value.as_str())
    }
}

/// The first entry of a mapping or of the first mapping of a list, or all of anything else.
fn header(node: &Node<'_>) -> Span {
    match node.value {
        Value::Map(map) => {
            map.entries()
                .first()
                .map_or(node.span, |entry| match entry.node.value {
                    Value::Map(_) | Value::List(_) => entry.key_span,
                    _ => entry.span(),
                })
        }
        Value::List([first, ..]) => header(first),
        _ => node.span,
    }
}
