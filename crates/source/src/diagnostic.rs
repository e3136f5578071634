use crate::{FileId, Span};

/// How bad a diagnostic is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Level {
    /// The file, or the named part of it, could not be read: nothing was checked there.
    Error,
    /// Something was read otherwise than its author may expect; everything was checked.
    Warning,
}

/// Something to say about a file that is not a finding: bad input, or input that was limited.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Diagnostic {
    /// The file it is about.
    pub file: FileId,
    /// The place in the file, if there is one.
    pub span: Option<Span>,
    /// How bad it is.
    pub level: Level,
    /// What is wrong: lower case, no full stop, literals in backticks.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(span: Span, message: impl Into<String>) -> Self {
        Self::new(span.file, Some(span), Level::Error, message.into())
    }

    /// An error about a file as a whole.
    pub fn file_error(file: FileId, message: impl Into<String>) -> Self {
        Self::new(file, None, Level::Error, message.into())
    }

    /// A warning at a place.
    pub fn warning(span: Span, message: impl Into<String>) -> Self {
        Self::new(span.file, Some(span), Level::Warning, message.into())
    }

    /// The same, with the way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn new(file: FileId, span: Option<Span>, level: Level, message: String) -> Self {
        Self {
            file,
            span,
            level,
            message,
            help: None,
        }
    }
}
