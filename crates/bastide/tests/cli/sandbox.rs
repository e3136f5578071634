//! A folder to run the program in.

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

/// A registry whose tags are mutable, which fails `CKV_AWS_51` alone.
pub(crate) const REGISTRY: &str = r#"resource "aws_ecr_repository" "gateway" {
  name = "gateway"
  image_scanning_configuration {
    scan_on_push = true
  }
  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.images.arn
  }
}
"#;

/// A folder of its own for a test, which is the current folder of what runs in it.
pub(crate) struct Sandbox {
    folder: TempDir,
}

/// What a run of the program left.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Sandbox {
    /// A folder with these files.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let sandbox = Self { folder };
        for (path, text) in files {
            sandbox.write(path, text.as_bytes());
        }
        sandbox
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path().join(path);
        let parent = path.parent().expect("the sandbox at least");
        std::fs::create_dir_all(parent).expect("a folder can be made");
        std::fs::write(path, bytes).expect("a file can be written");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path().join(path)).expect("the file is there")
    }

    /// Runs `bastide` with words that have no spaces.
    pub(crate) fn bastide(&self, words: &str) -> Run {
        self.run(
            Command::new(assert_cmd::cargo::cargo_bin!("bastide")),
            words,
        )
    }

    /// Runs `bastide` with variables of the environment.
    pub(crate) fn bastide_with(&self, variables: &[(&str, &str)], words: &str) -> Run {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("bastide"));
        let output = command
            .args(words.split_whitespace())
            .current_dir(self.path())
            .env_clear()
            .env("HOME", self.path())
            .envs(variables.iter().copied())
            .output()
            .expect("it runs");
        Run::new(&output)
    }

    /// Runs it under the name `checkov`.
    pub(crate) fn checkov(&self, words: &str) -> Run {
        let tools = TempDir::new().expect("a temporary folder");
        let program = tools.path().join("checkov");
        std::fs::copy(assert_cmd::cargo::cargo_bin!("bastide"), &program)
            .expect("it can be copied");
        self.run(Command::new(program), words)
    }

    fn run(&self, mut command: Command, words: &str) -> Run {
        let output = command
            .args(words.split_whitespace())
            .current_dir(self.path())
            .env_clear()
            .env("HOME", self.path())
            .env("SOURCE_DATE_EPOCH", "1800000000")
            .output()
            .expect("it runs");
        Run::new(&output)
    }
}

impl Run {
    fn new(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self {
            code: output.status.code().expect("it ends by itself"),
            out: text(&output.stdout),
            err: text(&output.stderr),
        }
    }

    /// The report, read as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| {
            panic!("{error}\n{}\n{}", self.out, self.err);
        })
    }
}
