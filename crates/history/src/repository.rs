use std::path::{Path, PathBuf};

use gix::ThreadSafeRepository;
use gix::open::Options;

use crate::commits::{self, Commit};
use crate::{Deadline, Reader};

/// Larger objects are not read, in bytes: no hand writes as much.
const MAX_OBJECT: usize = 64 << 20;

/// Why there is no history to look into.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Neither the folder nor one around it is a repository.
    #[error("`{0}` is not in a git repository")]
    NotARepository(PathBuf),
    /// There is a repository, but git's own files in it are not as they should be.
    #[error("the git repository `{folder}` cannot be read: {reason}")]
    Unreadable {
        /// Its folder.
        folder: PathBuf,
        /// What is wrong.
        reason: String,
    },
}

/// The commits of a repository.
pub struct History {
    /// The commits, parents before their children; of those that could come next, the oldest does.
    pub commits: Vec<Commit>,
    /// Whether the deadline passed before all commits were found.
    pub stopped: bool,
    /// Whether it is a shallow clone: older commits are elsewhere.
    pub shallow: bool,
    pub(crate) repository: ThreadSafeRepository,
    /// The names of the folders between the top of the repository and the one that was asked for.
    pub(crate) prefix: Vec<Vec<u8>>,
}

impl std::fmt::Debug for History {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("History")
            .field("commits", &self.commits)
            .finish_non_exhaustive()
    }
}

impl History {
    /// The history of the repository that a folder is, or lies in. Of a folder that lies in one only
    /// what is below it counts; paths start there.
    ///
    /// # Errors
    ///
    /// If there is no repository, or if its references cannot be read. A commit that cannot be read
    /// is left out.
    pub fn open(folder: &Path, deadline: Deadline) -> Result<Self, Error> {
        let unreadable = |folder: &Path, reason: String| Error::Unreadable {
            folder: folder.to_owned(),
            reason,
        };
        let absolute = folder
            .canonicalize()
            .map_err(|error| unreadable(folder, error.to_string()))?;
        let (top, repository) = absolute
            .ancestors()
            .find(|ancestor| {
                gix::discover::is_git(&ancestor.join(".git")).is_ok() || is_bare(ancestor)
            })
            .map(|top| (top, ThreadSafeRepository::open_opts(top, options())))
            .ok_or_else(|| Error::NotARepository(folder.to_owned()))?;
        let repository = repository.map_err(|error| unreadable(top, error.to_string()))?;
        let below = absolute.strip_prefix(top).unwrap_or(Path::new(""));
        let prefix = below
            .components()
            .map(|part| part.as_os_str().as_encoded_bytes().to_vec())
            .collect();
        let local = repository.to_thread_local();
        let (commits, stopped) =
            commits::all(&local, deadline).map_err(|error| unreadable(top, error.to_string()))?;
        Ok(Self {
            commits,
            stopped,
            shallow: local.is_shallow().unwrap_or(false),
            repository,
            prefix,
        })
    }

    /// Reads objects, for one thread.
    pub fn reader(&self) -> Reader {
        Reader::new(self.repository.to_thread_local())
    }
}

/// Nothing but the repository's own files is read.
fn options() -> Options {
    let limit = format!("gitoxide.objects.allocLimit={MAX_OBJECT}");
    Options::isolated().config_overrides([limit])
}

/// Whether the folder is a repository without a work tree.
fn is_bare(folder: &Path) -> bool {
    folder.join("HEAD").is_file() && folder.join("objects").is_dir() && folder.join("refs").is_dir()
}
