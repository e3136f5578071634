//! What a scan found, for people and for machines; and what the checks are.
//!
//! A [`Format`] renders a [`Posture`](bastide_judge::Posture) to text:
//!
//! ```
//! use bastide_judge::Posture;
//! use bastide_report::{Format, Options};
//!
//! let text = Format::Cli.render(&Posture::default(), &Options::default());
//! assert!(text.ends_with("nothing was scanned · 0 accepted · 0 skipped inline · 0 undecided · 0 unreadable\n"));
//! ```
//!
//! [`checks`] renders the checks themselves: one for `bastide explain`, all for `bastide checks`,
//! and the pages of the documentation.
//!
//! # What all formats have in common
//!
//! - The same posture gives the same bytes, in whatever order its findings come.
//! - A secret that the scan found is shown by no format, wherever in a file it is repeated.
//! - Nothing that stands in a scanned file reaches a terminal, a table or a page as more than text:
//!   control characters are made visible, and what has a meaning in a format is escaped.
//!
//! # What it does not do
//!
//! Nothing here decides anything, prints, or reads a file. Whether a terminal has colours is the
//! caller's to find out.

mod annotations;
mod checkov;
pub mod checks;
mod code;
mod considerations;
mod csv;
mod failed_table;
mod fingerprint;
mod format;
mod harmless;
mod json;
mod junit;
mod markdown;
mod masks;
mod number;
mod options;
mod palette;
mod parallel;
mod paths;
mod place;
pub mod platform;
mod pretty;
mod sarif;
mod terminal;
mod totals;
mod view;

pub use considerations::considerations;
pub use format::Format;
pub use options::Options;
pub use terminal::mistakes;
