//! Finds the conformance corpus: inputs, and Checkov's verdicts on them.
//!
//! The corpus is not part of the repository. It is the folder that `BASTIDE_CONFORMANCE` names, or
//! what `../shared/conformance/compare.py --where`, beside the repository, prints. A test that
//! needs it calls [`cases`], and says that it was skipped where there is none.

#![allow(clippy::print_stderr, reason = "a skipped test must say so")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder `cases/` of the corpus; `None`, said on standard error, where it is absent.
pub fn cases() -> Option<PathBuf> {
    let found = corpus()
        .map(|corpus| corpus.join("cases"))
        .filter(|cases| cases.is_dir());
    if found.is_none() {
        eprintln!("skipped: no conformance corpus (set BASTIDE_CONFORMANCE to its folder)");
    }
    found
}

/// Every file below `folder` whose name ends so, sorted. Links are not followed.
pub fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let Ok(kind) = entry.file_type() else {
                continue;
            };
            let name = entry.file_name();
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file()
                && endings
                    .iter()
                    .any(|end| name.to_string_lossy().ends_with(end))
            {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    found
}

/// The script that compares a scanner with Checkov over the corpus; `None`, said on standard error,
/// where it is absent.
pub fn compare() -> Option<PathBuf> {
    let found = script();
    if found.is_none() {
        eprintln!("skipped: no `../shared/conformance/compare.py` beside the repository");
    }
    found
}

fn script() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2)?;
    let script = root.parent()?.join("shared/conformance/compare.py");
    script.is_file().then_some(script)
}

fn corpus() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("BASTIDE_CONFORMANCE") {
        return Some(folder.into());
    }
    let printed = Command::new("python3")
        .arg(script()?)
        .arg("--where")
        .output()
        .ok()?;
    let folder = String::from_utf8(printed.stdout).ok()?;
    Some(PathBuf::from(folder.trim()))
}
