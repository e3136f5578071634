use super::operator::{Comparison, Operator};

/// A policy, or a part of one.
#[derive(Clone, Copy, Debug)]
pub enum Clause {
    /// All of these.
    And(&'static [Clause]),
    /// One of these.
    Or(&'static [Clause]),
    /// Not this.
    Not(&'static Clause),
    /// An attribute compares as said.
    Attribute(Attribute),
    /// Resources are joined, or are not.
    Connection(Connection),
    /// Only these resources.
    Filter(Filter),
    /// Resources of these types alone may be there.
    Allowed(&'static [&'static str]),
    /// Resources of these types may not be there.
    Forbidden(&'static [&'static str]),
}

/// A comparison of an attribute.
#[derive(Clone, Copy, Debug)]
pub struct Attribute {
    /// The resource types; none for all.
    pub on: &'static [&'static str],
    /// Names and numbers separated by dots. A `*` stands for any number, or for none.
    pub path: &'static str,
    /// Whether the path is one of JSONPath.
    pub json_path: bool,
    /// How to compare.
    pub operator: Operator,
    /// What with.
    pub operand: Operand,
}

/// Whether resources of some types are joined with some of other types.
#[derive(Clone, Copy, Debug)]
pub struct Connection {
    /// The types at one end.
    pub on: &'static [&'static str],
    /// The types at the other end.
    pub with: &'static [&'static str],
    /// Whether there must be a link.
    pub link: Link,
}

/// Whether there must be a link.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Link {
    /// There must.
    Exists,
    /// There must not.
    Absent,
    /// There must be one; others may be in order or not.
    OneExists,
}

/// A choice of resources by the value of an attribute, or by type.
#[derive(Clone, Copy, Debug)]
pub struct Filter {
    /// The attribute, or `resource_type`.
    pub attribute: &'static str,
    /// The values.
    pub within: Operand,
}

/// A value to compare with.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Operand {
    /// None.
    None,
    /// A truth value.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(&'static str),
    /// A list.
    List(&'static [Operand]),
    /// A map.
    Map(&'static [(&'static str, Operand)]),
}

/// Whether types cover a type: all do if there are none, `aws_*` covers those that start so.
pub(super) fn covers(types: &[&str], kind: &str) -> bool {
    types.is_empty()
        || types.iter().any(|known| match known.strip_suffix('*') {
            Some(start) => kind.starts_with(start),
            None => *known == kind,
        })
}

/// All of these.
pub(crate) const fn all(clauses: &'static [Clause]) -> Clause {
    Clause::And(clauses)
}

/// One of these.
pub(crate) const fn any(clauses: &'static [Clause]) -> Clause {
    Clause::Or(clauses)
}

/// Not this.
pub(crate) const fn no(clause: &'static Clause) -> Clause {
    Clause::Not(clause)
}

/// Resources of these types are joined with one of those.
pub(crate) const fn connected(
    on: &'static [&'static str],
    with: &'static [&'static str],
) -> Clause {
    let link = Link::Exists;
    Clause::Connection(Connection { on, with, link })
}

/// Resources of these types are joined with none of those.
pub(crate) const fn unconnected(
    on: &'static [&'static str],
    with: &'static [&'static str],
) -> Clause {
    let link = Link::Absent;
    Clause::Connection(Connection { on, with, link })
}

/// Resources of this type alone are reported.
pub(crate) const fn only(kinds: &'static [Operand]) -> Clause {
    Clause::Filter(Filter {
        attribute: "resource_type",
        within: Operand::List(kinds),
    })
}

/// An attribute of resources of these types.
pub(crate) const fn on(types: &'static [&'static str], path: &'static str) -> Subject {
    Subject {
        on: types,
        path,
        json_path: false,
    }
}

/// An attribute, of which something is to be said.
#[derive(Clone, Copy)]
pub(crate) struct Subject {
    on: &'static [&'static str],
    path: &'static str,
    json_path: bool,
}

impl Subject {
    /// The path is one of JSONPath: all that it finds must hold.
    pub(crate) const fn json_path(mut self) -> Self {
        self.json_path = true;
        self
    }

    const fn compare(self, comparison: Comparison, negated: bool, operand: Operand) -> Clause {
        Clause::Attribute(Attribute {
            on: self.on,
            path: self.path,
            json_path: self.json_path,
            operator: Operator {
                comparison,
                negated,
            },
            operand,
        })
    }

    pub(crate) const fn exists(self) -> Clause {
        self.compare(Comparison::Exists, false, Operand::None)
    }

    pub(crate) const fn is_missing(self) -> Clause {
        self.compare(Comparison::Exists, true, Operand::None)
    }

    pub(crate) const fn is_true(self) -> Clause {
        self.compare(Comparison::IsTrue, false, Operand::None)
    }

    pub(crate) const fn equals(self, operand: Operand) -> Clause {
        self.compare(Comparison::Equals, false, operand)
    }

    pub(crate) const fn differs_from(self, operand: Operand) -> Clause {
        self.compare(Comparison::Equals, true, operand)
    }

    pub(crate) const fn equals_in_any_case(self, text: &'static str) -> Clause {
        self.compare(Comparison::EqualsIgnoreCase, false, Operand::Text(text))
    }

    pub(crate) const fn within(self, operands: &'static [Operand]) -> Clause {
        self.compare(Comparison::Within, false, Operand::List(operands))
    }

    pub(crate) const fn not_within(self, operands: &'static [Operand]) -> Clause {
        self.compare(Comparison::Within, true, Operand::List(operands))
    }

    pub(crate) const fn subset_of(self, operands: &'static [Operand]) -> Clause {
        self.compare(Comparison::Subset, false, Operand::List(operands))
    }

    pub(crate) const fn contains(self, text: &'static str) -> Clause {
        self.compare(Comparison::Contains, false, Operand::Text(text))
    }

    pub(crate) const fn lacks(self, text: &'static str) -> Clause {
        self.compare(Comparison::Contains, true, Operand::Text(text))
    }

    pub(crate) const fn starts_with(self, text: &'static str) -> Clause {
        self.compare(Comparison::StartsWith, false, Operand::Text(text))
    }

    /// The text does not match from its start.
    pub(crate) const fn does_not_match(self, pattern: &'static str) -> Clause {
        self.compare(Comparison::RegexMatch, true, Operand::Text(pattern))
    }
}

impl Clause {
    /// Whether a connection is part of it.
    pub(super) fn is_joined(&self) -> bool {
        match self {
            Self::Connection(_) => true,
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::is_joined),
            Self::Not(part) => part.is_joined(),
            Self::Attribute(_) | Self::Filter(_) | Self::Allowed(_) | Self::Forbidden(_) => false,
        }
    }

    /// The types of its attribute clauses; none for all.
    pub(super) fn types(&self) -> Vec<&'static str> {
        match self {
            Self::Attribute(attribute) => attribute.on.to_vec(),
            Self::And(parts) | Self::Or(parts) => parts.iter().flat_map(Self::types).collect(),
            Self::Not(part) => part.types(),
            Self::Connection(connection) => connection.on.to_vec(),
            Self::Filter(_) | Self::Allowed(_) | Self::Forbidden(_) => Vec::new(),
        }
    }
}

/// The types at the near ends of connections, and those of attributes beside them.
pub(super) fn near_types(parts: &[Clause]) -> Vec<&'static str> {
    let near = |part: &Clause| match part {
        Clause::Connection(connection) => connection.on.to_vec(),
        Clause::Attribute(attribute) => attribute.on.to_vec(),
        Clause::And(parts) | Clause::Or(parts) if part.is_joined() => near_types(parts),
        _ => Vec::new(),
    };
    parts.iter().flat_map(near).collect()
}
