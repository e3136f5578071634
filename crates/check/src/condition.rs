//! The language of conditions on attributes: most checks on Terraform are one attribute and one
//! comparison, and read so.

use bastide_terraform::Resource;
use bastide_value::{Cause, Node, Value};

use crate::{Label, Outcome, outcome::Undecided};

/// A condition on the attributes of a resource.
#[derive(Clone, Copy, Debug)]
pub enum Condition {
    /// The attribute at a path has one of these values.
    OneOf(&'static str, &'static [Literal]),
    /// The attribute at a path is given, to whatever value but nothing.
    Given(&'static str),
}

/// A value to compare with.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Literal {
    /// A text.
    Text(&'static str),
    /// A truth value, also where it is written as a text.
    Bool(bool),
}

/// The attribute at a path of names separated by dots. A step into nested blocks is one into the
/// first of them.
pub(crate) const fn key(path: &'static str) -> Key {
    Key(path)
}

/// An attribute, of which something is to be asked.
pub(crate) struct Key(&'static str);

impl Key {
    /// It has one of these values.
    pub(crate) const fn one_of(self, values: &'static [Literal]) -> Condition {
        Condition::OneOf(self.0, values)
    }

    /// It is given.
    pub(crate) const fn given(self) -> Condition {
        Condition::Given(self.0)
    }
}

impl Condition {
    /// Whether a resource meets it.
    pub(crate) fn test(&self, resource: &Resource<'_>) -> Outcome {
        let path = self.path();
        let Some(node) = find(resource, path).filter(|node| !is_nothing(node.value)) else {
            return Outcome::fail(
                resource.header(),
                format!("`{}` leaves `{path}` unset", resource.address),
            );
        };
        if let Value::Unknown(unknown) = node.value {
            return self.undecided(node, unknown.cause, unknown.expression);
        }
        let holds = match self {
            Self::Given(_) => node.value != Value::String(""),
            Self::OneOf(_, wanted) => wanted.iter().any(|literal| literal.is(node.value)),
        };
        Outcome::require(holds, || {
            let wanted = self.wanted();
            Label::new(node.span, format!("`{path}` is `{}`{wanted}", node.value))
        })
    }

    fn undecided(&self, node: &Node<'_>, cause: Cause<'_>, expression: &str) -> Outcome {
        let given = matches!(self, Self::Given(_));
        // What a provider computes is a value: only what may still be null is in doubt.
        if given && matches!(cause, Cause::Computed(_) | Cause::DataSource(_)) {
            return Outcome::Pass;
        }
        let expression = expression.lines().next().unwrap_or_default();
        let text = match cause {
            // These say the expression themselves.
            Cause::NoDefault(_) | Cause::Computed(_) | Cause::DataSource(_) => cause.to_string(),
            _ => format!("`{expression}` is not known: {cause}"),
        };
        Outcome::Undecided(Undecided {
            label: Label::new(node.span, text),
            presumed: given,
        })
    }

    fn path(&self) -> &'static str {
        match self {
            Self::OneOf(path, _) | Self::Given(path) => path,
        }
    }

    fn wanted(&self) -> String {
        match self {
            Self::OneOf(_, [only]) => format!(", not `{only}`"),
            _ => String::new(),
        }
    }
}

impl Literal {
    fn is(self, value: Value<'_>) -> bool {
        match (self, value) {
            (Self::Text(wanted), Value::String(text)) => wanted == text,
            (Self::Bool(wanted), Value::Bool(truth)) => wanted == truth,
            (Self::Bool(wanted), Value::String(text)) => {
                text.eq_ignore_ascii_case(if wanted { "true" } else { "false" })
            }
            _ => false,
        }
    }
}

impl std::fmt::Display for Literal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Bool(truth) => write!(f, "{truth}"),
        }
    }
}

fn find<'a>(resource: &Resource<'a>, path: &str) -> Option<&'a Node<'a>> {
    let mut steps = path.split('.');
    let first = resource.get(steps.next()?)?;
    steps.try_fold(first, |node, step| match node.value {
        Value::Blocks([block, ..]) => block.get(step),
        _ => node.get(step),
    })
}

fn is_nothing(value: Value<'_>) -> bool {
    matches!(value, Value::Null | Value::List([]) | Value::Blocks([]))
}
