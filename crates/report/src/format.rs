use std::fmt;
use std::io::{self, Write};

use bastide_judge::Posture;

use crate::view::View;
use crate::{Options, annotations, csv, failed_table, json, junit, markdown, sarif, terminal};

/// A format of the report. Names that Checkov has too are Checkov's.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Format {
    /// For people at a terminal.
    #[default]
    Cli,
    /// JSON in Checkov's shape.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// JUnit's XML in Checkov's shape.
    JunitXml,
    /// Annotations that a GitHub workflow prints.
    GitHub,
    /// Checkov's table of failures in Markdown.
    GitHubFailedOnly,
    /// Markdown for a comment on a pull request.
    Markdown,
    /// Comma-separated values in Checkov's columns.
    Csv,
}

impl Format {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Cli,
        Self::Json,
        Self::Sarif,
        Self::JunitXml,
        Self::GitHub,
        Self::GitHubFailedOnly,
        Self::Markdown,
        Self::Csv,
    ];

    /// The name in options.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cli => "cli",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::JunitXml => "junitxml",
            Self::GitHub => "github",
            Self::GitHubFailedOnly => "github_failed_only",
            Self::Markdown => "markdown",
            Self::Csv => "csv",
        }
    }

    /// The format of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|format| format.name() == name)
    }

    /// The name of the file in a folder of reports.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Cli => "results_cli.txt",
            Self::Json => "results_json.json",
            Self::Sarif => "results_sarif.sarif",
            Self::JunitXml => "results_junitxml.xml",
            Self::GitHub => "results_github.txt",
            Self::GitHubFailedOnly => "results_github_failed_only.md",
            Self::Markdown => "results_markdown.md",
            Self::Csv => "results_csv.csv",
        }
    }

    /// The posture in this format. The text ends with a line ending, or is empty.
    pub fn render(self, posture: &Posture, options: &Options) -> String {
        let mut text = Vec::new();
        let done = self.write(posture, options, &mut text);
        debug_assert!(done.is_ok(), "memory takes all that is written");
        String::from_utf8(text).unwrap_or_default()
    }

    /// Writes the posture in this format. JSON tells of all that passed too, and is never in memory
    /// as a whole.
    ///
    /// # Errors
    ///
    /// If `out` does not take it.
    pub fn write(
        self,
        posture: &Posture,
        options: &Options,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let view = View::new(posture, options);
        let text = match self {
            Self::Json => return json::write(&view, out),
            Self::Cli => terminal::render(&view),
            Self::Sarif => sarif::render(&view),
            Self::JunitXml => junit::render(&view),
            Self::GitHub => annotations::render(&view),
            Self::GitHubFailedOnly => failed_table::render(&view),
            Self::Markdown => markdown::render(&view),
            Self::Csv => csv::render(&view),
        };
        out.write_all(text.as_bytes())
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        for format in Format::ALL {
            assert_eq!(Format::from_name(format.name()), Some(*format));
        }
        assert_eq!(Format::from_name("cyclonedx"), None);
    }
}
