use bastide_source::Span;

/// What a rule finds in a resource.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It is as it should be.
    Pass,
    /// It is not: each place, the most telling first.
    Fail(Vec<Label>),
    /// It hangs on something that the files do not tell.
    Undecided(Undecided),
    /// The rule has nothing to say about it.
    NotApplicable,
}

/// A place in a file, and what to say of it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Label {
    /// What to underline.
    pub span: Span,
    /// What is so there: lower case, no full stop, literals in backticks.
    pub text: String,
}

/// Why a rule cannot decide.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Undecided {
    /// The value that is not known, and why.
    pub label: Label,
    /// Whether Checkov, which asks only that some value be given, counts this as passed.
    pub presumed: bool,
}

impl Outcome {
    /// Not as it should be, at one place.
    pub fn fail(span: Span, text: impl Into<String>) -> Self {
        Self::Fail(vec![Label::new(span, text)])
    }

    /// Pass, or fail at one place.
    pub fn require(holds: bool, label: impl FnOnce() -> Label) -> Self {
        if holds {
            Self::Pass
        } else {
            Self::Fail(vec![label()])
        }
    }

    /// Many parts in one verdict: if one fails all do, with the places of each; else one that
    /// passes decides, then one that is undecided.
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut whole = Self::NotApplicable;
        for part in parts {
            whole = match (whole, part) {
                (Self::Fail(mut labels), Self::Fail(more)) => {
                    labels.extend(more);
                    Self::Fail(labels)
                }
                (Self::Fail(labels), _) | (_, Self::Fail(labels)) => Self::Fail(labels),
                (Self::Pass, _) | (_, Self::Pass) => Self::Pass,
                (Self::Undecided(first), _) | (_, Self::Undecided(first)) => Self::Undecided(first),
                (Self::NotApplicable, Self::NotApplicable) => Self::NotApplicable,
            };
        }
        whole
    }
}

impl Label {
    /// A label from its parts.
    pub fn new(span: Span, text: impl Into<String>) -> Self {
        Self {
            span,
            text: text.into(),
        }
    }
}
