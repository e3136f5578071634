use gix::{ObjectId, Repository};

/// So many bytes tell whether a blob is text, as in git.
const PROBE: usize = 8000;

/// Reads objects of a repository.
pub struct Reader {
    repository: Repository,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").finish_non_exhaustive()
    }
}

impl Reader {
    pub(crate) fn new(mut repository: Repository) -> Self {
        repository.object_cache_size(8 << 20);
        Self { repository }
    }

    /// The text of a blob. `None` if it has more than `limit` bytes, is not text, or cannot be read.
    /// What is not UTF-8 in it is replaced.
    pub fn text(&self, blob: ObjectId, limit: u64) -> Option<String> {
        let header = self.repository.find_header(blob).ok()?;
        if header.size() > limit {
            return None;
        }
        let mut object = self.repository.find_object(blob).ok()?;
        let bytes = std::mem::take(&mut object.data);
        if bytes.iter().take(PROBE).any(|byte| *byte == 0) {
            return None;
        }
        let lossy = |error: std::string::FromUtf8Error| {
            String::from_utf8_lossy(error.as_bytes()).into_owned()
        };
        Some(String::from_utf8(bytes).unwrap_or_else(lossy))
    }

    /// The bytes of a tree. `None` if it is none, or cannot be read.
    pub(crate) fn tree(&self, id: ObjectId) -> Option<Vec<u8>> {
        let mut object = self.repository.find_object(id).ok()?;
        let is_tree = object.kind == gix::object::Kind::Tree;
        is_tree.then(|| std::mem::take(&mut object.data))
    }

    /// How the repository names its objects.
    pub(crate) fn hash_kind(&self) -> gix::hash::Kind {
        self.repository.object_hash()
    }
}
