use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use bastide_pipelines::System;
use ignore::{DirEntry, WalkBuilder, WalkState};

use crate::{SkipPaths, Wants};

/// A walk through one tree.
#[derive(Debug)]
pub struct Walk<'a> {
    /// The root as it was given.
    pub root: &'a Path,
    /// Paths to leave out.
    pub skip: &'a SkipPaths,
    /// Names of files and folders to leave out.
    pub ignored_names: &'a [String],
    /// Whether to go into what starts with a dot.
    pub hidden: bool,
    /// Whether ignore files of git count.
    pub gitignore: bool,
    /// Whether every file is to be searched for secrets.
    pub all_files: bool,
    /// How many threads walk; zero for as many as there are cores.
    pub threads: usize,
}

/// A file that somebody wants.
#[derive(Clone, Debug)]
pub struct Found {
    /// The path below the root, with `/` between its parts.
    pub path: String,
    /// The path to open.
    pub open: PathBuf,
    /// Who wants it.
    pub wants: Wants,
    /// Why it cannot be read, if that is known already.
    pub problem: Option<Problem>,
}

/// Why a file or folder is not read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Problem {
    /// A link that leads out of the tree.
    LinkOut,
    /// A link to a folder: it is not followed.
    LinkToFolder,
    /// A link to itself, or to nothing.
    BrokenLink,
    /// A pipe, a socket or a device.
    NotAFile,
    /// The system refuses; its words.
    Refused(String),
}

impl Walk<'_> {
    /// The files of the tree, sorted by path.
    pub fn run(&self) -> Vec<Found> {
        let canonical = self
            .root
            .canonicalize()
            .unwrap_or_else(|_| self.root.to_owned());
        let found = Mutex::new(Vec::new());
        let walk = WalkBuilder::new(self.root)
            .standard_filters(false)
            .git_ignore(self.gitignore)
            .git_exclude(self.gitignore)
            .require_git(false)
            .threads(self.threads)
            .build_parallel();
        walk.run(|| {
            Box::new(|entry| {
                let (file, state) = match &entry {
                    Ok(entry) => self.visit(entry, &canonical),
                    Err(error) => (self.refused(error), WalkState::Continue),
                };
                if let (Some(file), Ok(mut found)) = (file, found.lock()) {
                    found.push(file);
                }
                state
            })
        });
        let mut found = found.into_inner().unwrap_or_default();
        found.sort_by(|one: &Found, two| one.path.cmp(&two.path));
        found
    }

    fn visit(&self, entry: &DirEntry, canonical: &Path) -> (Option<Found>, WalkState) {
        if entry.depth() == 0 {
            return (None, WalkState::Continue);
        }
        let name = entry.file_name().to_string_lossy();
        if self.leaves_out(&name, entry.path()) {
            return (None, WalkState::Skip);
        }
        let Some(kind) = entry.file_type() else {
            return (None, WalkState::Continue);
        };
        let path = self.below_root(entry.path());
        let mut wants = Wants::of(&path, &name, self.all_files);
        if !self.hidden {
            wants = wants.of_hidden(&path);
        }
        // The root itself may be, or be in, the folder of the workflows.
        let workflow = Some(System::GithubActions);
        if System::of(&entry.path().to_string_lossy()) == workflow {
            wants.pipeline = workflow;
        }
        if kind.is_dir() {
            return (None, WalkState::Continue);
        }
        let problem = if kind.is_symlink() {
            let problem = link_problem(entry.path(), canonical);
            if !wants.any() && problem != Some(Problem::LinkToFolder) {
                return (None, WalkState::Continue);
            }
            problem
        } else {
            (!kind.is_file()).then_some(Problem::NotAFile)
        };
        if !wants.any() && problem != Some(Problem::LinkToFolder) {
            return (None, WalkState::Continue);
        }
        (
            Some(Found {
                path,
                open: entry.path().to_owned(),
                wants,
                problem,
            }),
            WalkState::Continue,
        )
    }

    fn leaves_out(&self, name: &str, path: &Path) -> bool {
        self.ignored_names.iter().any(|ignored| ignored == name)
            || (!self.hidden && name.starts_with('.') && !holds_pipelines(name))
            || self.skip.matches(&path.to_string_lossy())
    }

    /// The path below the root, with `/` between its parts.
    fn below_root(&self, path: &Path) -> String {
        let below = path.strip_prefix(self.root).unwrap_or(path);
        let parts = below
            .components()
            .map(|part| part.as_os_str().to_string_lossy());
        parts.collect::<Vec<_>>().join("/")
    }

    /// A folder that cannot be listed.
    fn refused(&self, error: &ignore::Error) -> Option<Found> {
        let ignore::Error::WithDepth { err, .. } = error else {
            return None;
        };
        let ignore::Error::WithPath { path, err } = err.as_ref() else {
            return None;
        };
        Some(Found {
            path: self.below_root(path),
            open: path.clone(),
            wants: Wants::default(),
            problem: Some(Problem::Refused(err.to_string())),
        })
    }
}

/// Whether a build system looks into a folder, or at a file, of this hidden name.
fn holds_pipelines(name: &str) -> bool {
    System::HIDDEN.iter().any(|(hidden, _)| *hidden == name)
}

fn link_problem(path: &Path, canonical_root: &Path) -> Option<Problem> {
    match (path.canonicalize(), path.metadata()) {
        (Ok(_), Ok(target)) if target.is_dir() => Some(Problem::LinkToFolder),
        (Ok(target), _) if !target.starts_with(canonical_root) => Some(Problem::LinkOut),
        (Ok(_), Ok(target)) => not_a_file(&target),
        (Err(error), _) | (_, Err(error)) => Some(broken(&error)),
    }
}

fn not_a_file(target: &Metadata) -> Option<Problem> {
    (!target.is_file()).then_some(Problem::NotAFile)
}

fn broken(error: &io::Error) -> Problem {
    match error.kind() {
        io::ErrorKind::PermissionDenied => Problem::Refused(error.to_string()),
        _ => Problem::BrokenLink,
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    /// The paths found in a tree of these files, with what is wrong with each.
    fn walk(files: &[&str], prepare: impl Fn(&Path), skip: &[&str]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("root");
        for file in files {
            let path = root.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        prepare(&root);
        let skip = SkipPaths::new(skip.iter().map(|path| (*path).to_owned()));
        let walk = Walk {
            root: &root,
            skip: &skip,
            ignored_names: &["node_modules".to_owned()],
            hidden: false,
            gitignore: false,
            all_files: false,
            threads: 2,
        };
        let show = |found: Found| match found.problem {
            Some(problem) => format!("{}: {problem:?}", found.path),
            None => found.path,
        };
        walk.run().into_iter().map(show).collect()
    }

    #[test]
    fn files_that_somebody_wants_sorted_by_path() {
        let files = [
            "b/x.tf",
            "a/Dockerfile",
            "a/y.yaml",
            "readme.md",
            "node_modules/z.tf",
            ".git/c.tf",
        ];
        assert_eq!(
            walk(&files, |_| {}, &[]),
            ["a/Dockerfile", "a/y.yaml", "b/x.tf"]
        );
        assert_eq!(walk(&files, |_| {}, &["root/a"]), ["b/x.tf"]);
    }

    #[test]
    fn hidden_names_are_for_the_build_systems_that_keep_pipelines_there() {
        let files = [
            ".circleci/config.yml",
            ".circleci/main.tf",
            ".github/.hidden/workflows/a.yml",
            ".github/dependabot.yml",
            ".github/workflows/a.yml",
            ".gitlab-ci.yml",
            ".x.gitlab-ci.yml",
            "sub/.github/workflows/b.yaml",
        ];
        assert_eq!(
            walk(&files, |_| {}, &[]),
            [
                ".circleci/config.yml",
                ".github/workflows/a.yml",
                ".gitlab-ci.yml",
                "sub/.github/workflows/b.yaml",
            ]
        );
    }

    #[test]
    fn links_are_followed_only_to_files_in_the_tree() {
        let found = walk(
            &["a/x.tf"],
            |root| {
                fs::write(root.with_file_name("secret.tf"), "").unwrap();
                symlink("../secret.tf", root.join("out.tf")).unwrap();
                symlink("a/x.tf", root.join("in.tf")).unwrap();
                symlink("loop.tf", root.join("loop.tf")).unwrap();
                symlink("nowhere.tf", root.join("gone.tf")).unwrap();
                symlink(".", root.join("a/up")).unwrap();
            },
            &[],
        );
        assert_eq!(
            found,
            [
                "a/up: LinkToFolder",
                "a/x.tf",
                "gone.tf: BrokenLink",
                "in.tf",
                "loop.tf: BrokenLink",
                "out.tf: LinkOut",
            ]
        );
    }
}
