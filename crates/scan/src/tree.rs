//! The files that Terraform's functions may read: those below one root, and no others.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use bastide_terraform::Tree;

/// So many files of a tree can be listed.
const MAX_FILES: usize = 200_000;

/// A folder that is scanned.
#[derive(Debug)]
pub(crate) struct Folder {
    /// The path without links in it.
    root: PathBuf,
    /// Larger files are not read, in bytes.
    max_size: u64,
    paths: OnceLock<Vec<String>>,
}

impl Folder {
    pub(crate) fn new(root: PathBuf, max_size: u64) -> Self {
        Self {
            root,
            max_size,
            paths: OnceLock::new(),
        }
    }

    /// All files below the root, links not followed.
    fn walk(&self) -> Vec<String> {
        let mut paths = Vec::new();
        let mut folders = vec![(self.root.clone(), String::new())];
        while let Some((folder, prefix)) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let (Ok(kind), Ok(name)) = (entry.file_type(), entry.file_name().into_string())
                else {
                    continue;
                };
                if kind.is_dir() {
                    folders.push((entry.path(), format!("{prefix}{name}/")));
                } else if kind.is_file() && paths.len() < MAX_FILES {
                    paths.push(format!("{prefix}{name}"));
                }
            }
        }
        paths.sort_unstable();
        paths
    }
}

impl Tree for Folder {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        let path = self.root.join(Path::new(path)).canonicalize().ok()?;
        let file = fs::metadata(&path).ok()?;
        let may = path.starts_with(&self.root) && file.is_file() && file.len() <= self.max_size;
        may.then(|| fs::read(&path).ok())?
    }

    fn paths(&self) -> &[String] {
        self.paths.get_or_init(|| self.walk())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_is_read() {
        let outer = tempfile::tempdir().expect("a folder");
        let root = outer.path().canonicalize().expect("a path").join("root");
        fs::create_dir_all(root.join("a/b")).expect("folders");
        fs::write(outer.path().join("secret"), "s").expect("a file");
        fs::write(root.join("a/b/c"), "text").expect("a file");
        #[cfg(unix)]
        std::os::unix::fs::symlink(outer.path().join("secret"), root.join("link")).expect("a link");
        let folder = Folder::new(root, 4);
        assert_eq!(folder.read("a/b/c").as_deref(), Some(b"text".as_slice()));
        assert_eq!(folder.read("../secret"), None);
        assert_eq!(folder.read("link"), None);
        assert_eq!(folder.read("a"), None);
        assert_eq!(folder.paths(), ["a/b/c"]);
    }
}
