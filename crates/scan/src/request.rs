use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use bastide_check::{Check, Framework};
use bastide_modules::Credentials;

use crate::{Progress, Selection};

/// What to scan, and how.
#[derive(Clone, Debug)]
pub struct Request {
    /// Folders, or single files.
    pub paths: Vec<PathBuf>,
    /// The frameworks to scan for.
    pub frameworks: Vec<Framework>,
    /// The checks to run.
    pub checks: Selection,
    /// Checks that are not built in.
    pub policies: Vec<&'static Check>,
    /// Paths to leave out, as `--skip-path` gives them.
    pub skip_paths: Vec<String>,
    /// Names of files and folders to leave out wherever they are.
    pub ignored_names: Vec<String>,
    /// Whether to go into what starts with a dot.
    pub hidden: bool,
    /// Whether ignore files of git count.
    pub gitignore: bool,
    /// Variable files for Terraform, of more weight than those in the tree.
    pub var_files: Vec<PathBuf>,
    /// Names and texts of Terraform's variables, of more weight than any file.
    pub variables: Vec<(String, String)>,
    /// The same from `TF_VAR_…`, of less weight than any file.
    pub environment_variables: Vec<(String, String)>,
    /// Where modules of Terraform are kept that are not in the tree: a folder below each root.
    pub external_modules: PathBuf,
    /// Whether modules that are not kept are to be fetched, and with what. Nothing else reaches the
    /// network.
    pub fetch_modules: Option<Credentials>,
    /// Folders with the configurations that plans were made of: what is found in a plan is shown
    /// where it is written there.
    pub plan_sources: Vec<PathBuf>,
    /// Whether to search every file for secrets, whatever its name.
    pub all_files_for_secrets: bool,
    /// Of all files, those not to be searched for secrets: endings such as `.log`, or names.
    pub secrets_block_list: Vec<String>,
    /// Larger files are not searched for secrets, in bytes.
    pub max_secrets_size: u64,
    /// Whether to search all commits of the repositories for secrets too, and for how long at most.
    pub secrets_history: Option<Duration>,
    /// The entropy from which on a text beside a telling name is taken for a secret, in bits.
    pub entropy_limit: f64,
    /// Larger files are not read, in bytes.
    pub max_file_size: u64,
    /// How far the scan is, for whoever watches.
    pub progress: Arc<Progress>,
}

/// Files are not read beyond this many bytes unless asked for: no hand writes as much.
pub const MAX_FILE_SIZE: u64 = 50_000_000;

/// Files beyond this many bytes are not searched for secrets, as in Checkov.
pub const MAX_SECRETS_SIZE: u64 = 5_000_000;

/// Folders that hold what others wrote, or what tools keep.
pub const DEFAULT_IGNORED_NAMES: [&str; 3] = ["node_modules", ".terraform", ".serverless"];

/// The folder of modules that are not in the tree.
pub const EXTERNAL_MODULES: &str = ".external_modules";

impl Default for Request {
    /// The current folder, all frameworks, all checks.
    fn default() -> Self {
        Self {
            paths: vec![PathBuf::from(".")],
            frameworks: Framework::ALL.to_vec(),
            checks: Selection::default(),
            policies: Vec::new(),
            skip_paths: Vec::new(),
            ignored_names: DEFAULT_IGNORED_NAMES.map(str::to_owned).to_vec(),
            hidden: false,
            gitignore: false,
            var_files: Vec::new(),
            variables: Vec::new(),
            environment_variables: Vec::new(),
            external_modules: PathBuf::from(EXTERNAL_MODULES),
            fetch_modules: None,
            plan_sources: Vec::new(),
            all_files_for_secrets: false,
            secrets_block_list: Vec::new(),
            max_secrets_size: MAX_SECRETS_SIZE,
            secrets_history: None,
            entropy_limit: 3.0,
            max_file_size: MAX_FILE_SIZE,
            progress: Arc::default(),
        }
    }
}

impl Request {
    /// Whether a file of this name is not to be searched for secrets although all files are. As in
    /// Checkov, `dockerfile` stands for Dockerfiles, whatever they are called.
    pub fn blocks(&self, name: &str) -> bool {
        let is = |blocked: &str| {
            let ending = blocked.strip_prefix('.');
            let ends = |ending: &str| name.rsplit('.').next() == Some(ending);
            blocked == name || ending.is_some_and(ends)
        };
        let mut list = self.secrets_block_list.iter();
        if bastide_dockerfile::is_dockerfile(name) {
            return list.any(|blocked| blocked == "dockerfile");
        }
        list.any(|blocked| is(blocked))
    }

    /// Whether everything is looked at: then it means something that nothing was found.
    pub fn is_complete(&self) -> bool {
        self.skip_paths.is_empty()
            && self.secrets_block_list.is_empty()
            && self.checks.is_all()
            && self.frameworks.len() == Framework::ALL.len()
            && self.paths.iter().all(|path| path.is_dir())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_endings_are_blocked() {
        let request = Request {
            secrets_block_list: [".log", "notes", "dockerfile"].map(str::to_owned).to_vec(),
            ..Request::default()
        };
        for name in ["a.log", "b.c.log", "notes", "Dockerfile", "Dockerfile.log"] {
            assert!(request.blocks(name), "{name}");
        }
        for name in ["a.txt", "notes.txt", "a.LOG"] {
            assert!(!request.blocks(name), "{name}");
        }
        assert!(!Request::default().blocks("a.log"));
    }
}
