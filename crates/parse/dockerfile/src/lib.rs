//! Dockerfiles to instructions with places.
//!
//! The parser is lenient and goes line by line, because Checkov, whose verdicts are reproduced, reads
//! Dockerfiles so: [`parse`] finds the instructions that Checkov finds, with the same keywords,
//! values and comments, and gives each the place where it is written. Docker's own grammar
//! ([reference]) is followed beside it, for what checks want to know beyond that: stages, flags,
//! exec forms, heredocs, and which lines are instructions to Checkov alone ([`Instruction::stray`]).
//!
//! ```
//! use bastide_dockerfile::{Arena, parse};
//! use bastide_source::{FileId, Source};
//!
//! let text = "FROM rust:1.95 AS build\nRUN cargo build \\\n  --release\nCMD [\"app\"]\n";
//! let source = Source::new(FileId(0), "Dockerfile", text.to_owned());
//! let arena = Arena::new();
//! let file = parse(&source, &arena);
//!
//! assert_eq!(file.stages[0].name, Some("build"));
//! let run = file.all("RUN").next().expect("one RUN");
//! assert_eq!(run.value, "cargo build   --release");
//! assert_eq!(source.line_span(run.span), (2, 3));
//! ```
//!
//! # How lines are read
//!
//! - An instruction ends with the first line that does not end with the escape character; so also
//!   with a blank line, where Docker reads on. Comments in between are left out.
//! - A single word is an instruction without a value, except on the last line, where it is nothing.
//! - The lines of a heredoc are instructions too, except after `RUN <<EOF`, in upper case and with
//!   one space: that is folded into one `RUN` whose commands are joined with `&&`. What follows
//!   `<<EOF` on its line is dropped, and a line `EOF` closes it even if the delimiter is longer.
//! - To Checkov an instruction `COMMENT text` is a comment, for skips as well; here it is not.
//! - Lines end where Python's `str.splitlines` ends them: also with a lone carriage return, a form
//!   feed, or a Unicode line separator.
//! - Lost are an instruction that the end of the file cuts off, and everything after a `RUN <<EOF`
//!   that is never closed. Each is an error among the diagnostics.
//!
//! # Known differences from Checkov
//!
//! - Spans are true places. Checkov counts the lines of the text after folding: what follows a
//!   folded heredoc lies too high there, and the heredoc itself has one line. Line endings other
//!   than `\n` and `\r\n` count there, and not in a [`Source`]. What Checkov makes of the whole
//!   file is [`Dockerfile::line_count`].
//! - A byte order mark is skipped, as Docker does. Checkov takes it for a part of the first word,
//!   and so misses the first instruction or directive.
//!
//! # What it does not do
//!
//! It substitutes no variables, knows no frontend that `# syntax=` names, and does not judge the
//! arguments of instructions. An unknown word is an instruction of that keyword; the first one that
//! Docker would refuse is a warning.
//!
//! [reference]: https://docs.docker.com/reference/dockerfile/

mod docker;
mod dockerfile;
mod heredoc;
mod instruction;
mod lines;
mod name;
mod parser;
mod space;
mod words;

pub use bumpalo::Bump as Arena;
pub use dockerfile::{Comment, Dockerfile, Stage};
pub use heredoc::Heredoc;
pub use instruction::{Flag, Instruction};
pub use name::is_dockerfile;
pub use words::Words;

use bastide_source::Source;

/// Parses a Dockerfile. Never fails: what is wrong is said in [`Dockerfile::diagnostics`].
pub fn parse<'a>(source: &'a Source, arena: &'a Arena) -> Dockerfile<'a> {
    parser::Parser::new(source, arena).file()
}
