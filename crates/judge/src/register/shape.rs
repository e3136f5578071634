/// A key of a mapping in the register, and what belongs under it. Reading, its messages and the
/// schema are all functions of tables of these.
#[derive(Debug)]
pub(crate) struct Key {
    /// As it is written.
    pub(crate) name: &'static str,
    /// What it holds.
    pub(crate) shape: Shape,
    /// Whether it must be given, whatever the register itself asks for.
    pub(crate) required: bool,
    /// What it says, as a clause that `write …` can stand before.
    pub(crate) about: &'static str,
}

/// What a key holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    /// A text with something in it.
    Text,
    /// One text, or a list of them.
    Texts,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// A whole number, not negative.
    Number,
    /// `true` or `false`.
    Flag,
    /// The number of the version of the format.
    Version,
    /// One of these names.
    Choice(fn() -> Vec<&'static str>),
    /// A list of some of these names.
    Choices(fn() -> Vec<&'static str>),
    /// Any keys, with a single value under each.
    Values,
    /// These keys.
    Mapping(&'static [Key]),
    /// A list of mappings with these keys.
    List(&'static [Key]),
}

/// A key that may be left out.
pub(crate) const fn key(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key {
        name,
        shape,
        required: false,
        about,
    }
}

impl Key {
    /// The same, but it must be given.
    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }
}

impl Shape {
    /// What it is called in messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Text | Self::Choice(_) => "a text",
            Self::Texts => "a text or a list of texts",
            Self::Date => "a date",
            Self::Number | Self::Version => "a whole number from zero on",
            Self::Flag => "`true` or `false`",
            Self::Choices(_) => "a list of names",
            Self::Values | Self::Mapping(_) => "a mapping",
            Self::List(_) => "a list of mappings",
        }
    }
}
