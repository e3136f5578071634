//! What one commit changes.

use gix::ObjectId;
use gix::objs::TreeRefIter;

use crate::Reader;

/// Folders below more levels than this are not gone into.
const MAX_DEPTH: usize = 256;

/// So many entries of trees are visited for one commit: a few trees can stand for a tree without
/// end.
const MAX_VISITS: usize = 50_000_000;

/// A file that differs from all parents.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Difference {
    pub(crate) path: String,
    /// What the first parent has there.
    pub(crate) old: Option<ObjectId>,
    /// What there is now.
    pub(crate) new: Option<ObjectId>,
}

/// The differences between a tree and those of the parents.
pub(crate) struct Differences<'r> {
    reader: &'r Reader,
    wanted: &'r (dyn Fn(&str) -> bool + Sync),
    visits: usize,
    pub(crate) found: Vec<Difference>,
    /// Whether something could not be read, or was too much.
    pub(crate) incomplete: bool,
}

/// An entry of a tree: a folder, or a file.
#[derive(Clone, PartialEq, Eq)]
struct Entry {
    name: Vec<u8>,
    folder: bool,
    id: ObjectId,
}

impl<'r> Differences<'r> {
    pub(crate) fn new(reader: &'r Reader, wanted: &'r (dyn Fn(&str) -> bool + Sync)) -> Self {
        Self {
            reader,
            wanted,
            visits: 0,
            found: Vec::new(),
            incomplete: false,
        }
    }

    /// Compares what is below `prefix` in a tree with what the parents have there.
    pub(crate) fn run(&mut self, prefix: &[Vec<u8>], tree: ObjectId, parents: &[ObjectId]) {
        let new = self.descend(prefix, tree);
        let mut olds: Vec<_> = parents.iter().map(|it| self.descend(prefix, *it)).collect();
        if olds.is_empty() {
            olds.push(None);
        }
        if !olds.contains(&new) {
            self.folder(&mut String::new(), new, &olds, 0);
        }
    }

    fn descend(&mut self, prefix: &[Vec<u8>], tree: ObjectId) -> Option<ObjectId> {
        prefix.iter().try_fold(tree, |tree, name| {
            let entries = self.entries(tree)?;
            named(&entries, name).filter(|it| it.folder).map(|it| it.id)
        })
    }

    /// A file or folder that equals one of a parent's is none of this commit's doing.
    fn folder(
        &mut self,
        path: &mut String,
        new: Option<ObjectId>,
        olds: &[Option<ObjectId>],
        depth: usize,
    ) {
        if depth > MAX_DEPTH {
            self.incomplete = true;
            return;
        }
        let Some(news) = new.map_or(Some(Vec::new()), |id| self.entries(id)) else {
            return;
        };
        let mut entries =
            |old: &Option<ObjectId>| old.and_then(|id| self.entries(id)).unwrap_or_default();
        let olds: Vec<Vec<Entry>> = olds.iter().map(&mut entries).collect();
        for entry in &news {
            let there: Vec<_> = olds.iter().map(|old| named(old, &entry.name)).collect();
            if !there.contains(&Some(entry)) {
                self.entry(path, &entry.name, Some(entry), &there, depth);
            }
        }
        for entry in olds.first().into_iter().flatten() {
            if named(&news, &entry.name).is_none() {
                let there: Vec<_> = olds.iter().map(|old| named(old, &entry.name)).collect();
                self.entry(path, &entry.name, None, &there, depth);
            }
        }
    }

    fn entry(
        &mut self,
        path: &mut String,
        name: &[u8],
        new: Option<&Entry>,
        olds: &[Option<&Entry>],
        depth: usize,
    ) {
        let length = path.len();
        path.push_str(&String::from_utf8_lossy(name));
        let part = |folder: bool| {
            let id = move |entry: &Entry| (entry.folder == folder).then_some(entry.id);
            let olds: Vec<_> = olds.iter().map(|old| old.and_then(id)).collect();
            (new.and_then(id), olds)
        };
        let (new, olds) = part(false);
        let differs = match new {
            Some(_) => !olds.contains(&new),
            None => olds.iter().all(Option::is_some),
        };
        if differs && (self.wanted)(path) {
            self.found.push(Difference {
                path: path.clone(),
                old: olds.first().copied().flatten(),
                new,
            });
        }
        let (new, olds) = part(true);
        if new.is_some() || olds.iter().any(Option::is_some) {
            path.push('/');
            self.folder(path, new, &olds, depth + 1);
        }
        path.truncate(length);
    }

    /// The files and folders of a tree, sorted by name. `None` if it cannot be read.
    fn entries(&mut self, tree: ObjectId) -> Option<Vec<Entry>> {
        let data = self.reader.tree(tree);
        let (Some(data), true) = (data, self.visits < MAX_VISITS) else {
            self.incomplete = true;
            return None;
        };
        let entries =
            TreeRefIter::from_bytes(&data, self.reader.hash_kind()).filter_map(Result::ok);
        let mut entries: Vec<_> = entries
            .filter(|entry| entry.mode.is_tree() || entry.mode.is_blob())
            .map(|entry| Entry {
                name: entry.filename.to_vec(),
                folder: entry.mode.is_tree(),
                id: entry.oid.to_owned(),
            })
            .collect();
        self.visits += entries.len() + 1;
        entries.sort_by(|one, two| one.name.cmp(&two.name));
        Some(entries)
    }
}

fn named<'e>(entries: &'e [Entry], name: &[u8]) -> Option<&'e Entry> {
    let index = entries.binary_search_by(|entry| entry.name.as_slice().cmp(name));
    index.ok().map(|index| &entries[index])
}
