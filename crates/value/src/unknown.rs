use std::fmt;

use bastide_source::Span;

/// Why a value is not known, and where that was found out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unknown<'a> {
    /// Why.
    pub cause: Cause<'a>,
    /// The expression that could not be evaluated.
    pub span: Span,
    /// The expression as written.
    pub expression: &'a str,
}

/// Why a value is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause<'a> {
    /// The variable of this name has no default, and nothing sets it.
    NoDefault(&'a str),
    /// The attribute of a resource that its provider computes when it is created.
    Computed(&'a str),
    /// The attribute of a data source, which is read when Terraform runs.
    DataSource(&'a str),
    /// A module that was not evaluated, because its source is not in the tree.
    Module(&'a str),
    /// The file of this path, which is not in the tree or cannot be read.
    File(&'a str),
    /// A function whose result depends on the moment or on the world outside the tree.
    Impure(&'a str),
    /// A function that Bastide does not evaluate.
    Function(&'a str),
    /// A reference to something that is not declared.
    Undeclared(&'a str),
    /// The expression is wrong; the text says how.
    Invalid(&'a str),
    /// The value refers to itself.
    Cycle(&'a str),
    /// A limit on the size of values or the number of instances was reached.
    Limit(&'a str),
}

impl fmt::Display for Cause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoDefault(name) => {
                write!(f, "`var.{name}` has no default and nothing sets it")
            }
            Self::Computed(address) => write!(f, "`{address}` is known only after apply"),
            Self::DataSource(address) => write!(f, "`{address}` is read when Terraform runs"),
            Self::Module(address) => {
                write!(f, "`{address}` is not in the tree and was not evaluated")
            }
            Self::File(path) => write!(f, "there is no file `{path}` in the tree"),
            Self::Impure(name) => write!(f, "`{name}` gives another result at every run"),
            Self::Function(name) => write!(f, "the function `{name}` is not evaluated"),
            Self::Undeclared(name) => write!(f, "`{name}` is not declared"),
            Self::Invalid(how) => write!(f, "{how}"),
            Self::Cycle(name) => write!(f, "`{name}` refers to itself"),
            Self::Limit(what) => write!(f, "{what}"),
        }
    }
}
