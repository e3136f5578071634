//! One scan from end to end.
//!
//! [`examine`] goes the way of the data: it discovers files, reads each once, parses what some
//! framework wants, evaluates, and runs the checks. What it gives is judged by `bastide-judge` and
//! shown by `bastide-report`.
//!
//! The result depends on the files and the request alone, not on the number of threads.

mod examine;
mod history;
mod load;
mod modules;
mod policies;
mod progress;
mod request;
mod select;
mod threads;
mod tree;

pub use examine::{Error, examine};
pub use policies::{PolicyError, policies};
pub use progress::Progress;
pub use request::{
    DEFAULT_IGNORED_NAMES, EXTERNAL_MODULES, MAX_FILE_SIZE, MAX_SECRETS_SIZE, Request,
};
pub use select::Selection;
pub use threads::Threads;
