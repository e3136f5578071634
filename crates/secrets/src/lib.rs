//! Strings that may be secrets.
//!
//! A [`Scanner`] looks at the text of a file, whatever its format, and gives the verdicts of
//! Checkov's `secrets` framework as it runs without its service: the same check ids, the same
//! resource (the SHA-1 of the string), the same line.
//!
//! ```
//! use bastide_secrets::{Detector, Scanner};
//! use bastide_source::{FileId, Source};
//!
//! let text = "db_password = \"mZ8qLx03vKt7\"\n".to_owned();
//! let source = Source::new(FileId(0), "main.tf", text);
//! let secrets = Scanner::default().scan(&source);
//! assert_eq!(secrets[0].detector, Detector::Base64Entropy);
//! assert_eq!(source.slice(secrets[0].span), "mZ8qLx03vKt7");
//! ```
//!
//! How it works: one pass over the bytes finds the few places where there may be a secret (a word
//! like `password`, the prefix of a token, a long run of characters). Most files have none and
//! are done. Else the file is brought into the lines that Checkov looks at: YAML and settings are
//! read and written anew, one value a line. Each line with a place is then shown to those detectors
//! that the place is of interest to, and what they find goes through the filters.
//!
//! Where Checkov misses what it is meant to find, the rule that mends it is a named function in the
//! module `missed`, and is listed among the deviations.
//!
//! A secret is never printed: [`Secret`] does not hold it, and [`Mask`] hides it in the lines
//! that are shown.
//!
//! This crate reads no file, walks no directory and verifies no secret with its service.

mod base64;
mod characters;
mod detector;
mod detectors;
mod entropy;
mod files;
mod filter;
mod high_entropy;
mod keyword;
mod language;
mod lines;
mod mask;
mod missed;
mod pass;
mod prefilter;
mod rewrite;
mod scanner;
mod secret;
mod siblings;
mod skip;
mod verdict;

pub use detector::Detector;
pub use files::{MAX_FILE_SIZE, wants};
pub use mask::Mask;
pub use scanner::{Options, Scanner};
pub use secret::{Secret, Skip};
