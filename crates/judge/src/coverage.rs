use bastide_source::{FileId, Span};

/// What became of each file that somebody wanted: a result like any other, because what was not
/// looked at cannot be called clean.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// By file.
    pub files: Vec<FileStatus>,
    /// Modules that are called, but not in the tree.
    pub modules: Vec<MissingModule>,
}

/// A module of Terraform that was not evaluated.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct MissingModule {
    /// Where it is called.
    pub span: Span,
    /// The name of the call.
    pub name: String,
    /// Its source.
    pub source: String,
    /// Why not: a clause.
    pub reason: String,
}

/// What became of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FileStatus {
    /// It was read and evaluated.
    Evaluated,
    /// It was read, and holds nothing that is looked at; or it was not meant to be. Why.
    PassedOver(String),
    /// It could not be read or parsed, all or in part. A diagnostic says more.
    Unreadable,
}

impl Coverage {
    /// How many files were evaluated.
    pub fn evaluated(&self) -> usize {
        self.count(|status| *status == FileStatus::Evaluated)
    }

    /// The files that were passed over, and why.
    pub fn passed_over(&self) -> impl Iterator<Item = (FileId, &str)> {
        self.numbered().filter_map(|(file, status)| match status {
            FileStatus::PassedOver(reason) => Some((file, reason.as_str())),
            _ => None,
        })
    }

    /// The files that could not be read.
    pub fn unreadable(&self) -> impl Iterator<Item = FileId> {
        let unreadable = |(file, status): (FileId, &FileStatus)| {
            (*status == FileStatus::Unreadable).then_some(file)
        };
        self.numbered().filter_map(unreadable)
    }

    fn count(&self, such: impl Fn(&FileStatus) -> bool) -> usize {
        self.files.iter().filter(|status| such(status)).count()
    }

    fn numbered(&self) -> impl Iterator<Item = (FileId, &FileStatus)> {
        (0..).map(FileId).zip(&self.files)
    }
}
