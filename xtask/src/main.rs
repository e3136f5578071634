//! Tasks of the repository, run as `cargo xtask`.

#![allow(clippy::print_stderr, reason = "it says what it wrote")]

mod docs;

use std::path::{Path, PathBuf};

use clap::Parser;

/// Tasks of the repository
#[derive(Parser)]
enum Task {
    /// Write the generated documentation
    Docs,
}

fn main() -> anyhow::Result<()> {
    match Task::parse() {
        Task::Docs => {
            let changed = docs::write(&root())?;
            eprintln!("{changed} files of the documentation changed");
            Ok(())
        }
    }
}

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map_or_else(|| PathBuf::from("."), Path::to_owned)
}
