//! Policies that people bring.

use std::fs;
use std::path::{Path, PathBuf};

use bastide_check::Check;
use bastide_check::policy::{self, Mistake};
use bastide_source::{FileId, Source};

/// Folders may nest so deep.
const MAX_DEPTH: u32 = 32;

/// Why policies could not be read.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// A folder or file could not be read.
    #[error("cannot read policies from `{}`: {error}", path.display())]
    Unreadable {
        /// The folder or file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// A policy is not as it should be.
    #[error(transparent)]
    Mistake(#[from] Mistake),
}

/// The policies in a folder and those below it, sorted by path. Of policies with one id the first
/// holds, as in Checkov. They live as long as the program, as built-in checks do.
///
/// # Errors
///
/// If a file cannot be read, or is no policy.
pub fn policies(folder: &Path) -> Result<Vec<&'static Check>, PolicyError> {
    let mut files = Vec::new();
    collect(folder, 0, &mut files)?;
    let mut policies: Vec<&'static Check> = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
        let source = Source::new(FileId(0), path.to_string_lossy(), text);
        let policy = policy::load(&source)?;
        if policies.iter().all(|known| known.id != policy.id) {
            policies.push(Box::leak(Box::new(policy)));
        }
    }
    Ok(policies)
}

fn collect(folder: &Path, depth: u32, files: &mut Vec<PathBuf>) -> Result<(), PolicyError> {
    let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, error))?;
    let mut paths = Vec::new();
    for entry in entries {
        paths.push(entry.map_err(|error| unreadable(folder, error))?.path());
    }
    paths.sort();
    for path in paths {
        // What Python itself needs or leaves is no policy.
        let name = path.file_name().unwrap_or_default();
        if name == "__init__.py" || name == "__pycache__" {
            continue;
        }
        let extension = path.extension().and_then(|extension| extension.to_str());
        if path.is_dir() {
            if depth < MAX_DEPTH {
                collect(&path, depth + 1, files)?;
            }
        } else if let Some("yaml" | "yml" | "json" | "py") = extension {
            files.push(path);
        }
    }
    Ok(())
}

fn unreadable(path: &Path, error: std::io::Error) -> PolicyError {
    PolicyError::Unreadable {
        path: path.to_owned(),
        error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = "metadata: {id: CKV2_ORG_1, name: a name, category: LOGGING}\n\
         definition: {cond_type: attribute, resource_types: [aws_vpc], attribute: a, operator: exists}\n";

    #[test]
    fn policies_are_found_below_a_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let inner = folder.path().join("aws");
        fs::create_dir(&inner).expect("a folder");
        fs::write(inner.join("a.yaml"), POLICY).expect("written");
        fs::write(inner.join("b.yml"), POLICY).expect("written");
        fs::write(folder.path().join("__init__.py"), "").expect("written");
        fs::write(folder.path().join("README.md"), "").expect("written");
        let found = policies(folder.path()).expect("they are in order");
        let ids: Vec<&str> = found.iter().map(|check| check.id.as_str()).collect();
        assert_eq!(ids, ["CKV2_ORG_1"]);
    }

    #[test]
    fn python_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.py"), "import os").expect("written");
        let error = policies(folder.path()).expect_err("Python");
        assert!(error.to_string().contains("a policy in Python is not run"));
    }
}
