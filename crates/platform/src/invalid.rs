use std::fmt;

use bastide_source::{Diagnostic, Source};

/// A file of ours that cannot be used, with every mistake that was found.
#[derive(Debug)]
pub struct InvalidFile {
    /// The file as read.
    pub file: Source,
    /// The mistakes, by place.
    pub mistakes: Vec<Diagnostic>,
}

impl InvalidFile {
    /// From its parts.
    pub fn new(file: Source, mut mistakes: Vec<Diagnostic>) -> Self {
        mistakes.sort();
        Self { file, mistakes }
    }
}

impl std::error::Error for InvalidFile {}

/// A line a mistake, with the place: for logs and tests. The command line draws the excerpt.
impl fmt::Display for InvalidFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for mistake in &self.mistakes {
            let place = mistake.span.map(|span| self.file.position(span.start));
            let (line, column) = place.map_or((1, 1), |place| (place.line, place.column));
            write!(f, "{}:{line}:{column}: {}", self.file.path, mistake.message)?;
            if let Some(help) = &mistake.help {
                write!(f, " ({help})")?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
