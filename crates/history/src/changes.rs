use std::collections::HashMap;
use std::hash::Hash;

use gix::ObjectId;
use rayon::prelude::*;

use crate::difference::{Difference, Differences};
use crate::{Commit, Deadline, History, Reader};

/// So many changes are kept: a few gigabytes of history, a few hundred megabytes of memory.
const MAX_CHANGES: usize = 10_000_000;

/// So many commits are compared before what they change is put together.
const CHUNK: usize = 1024;

/// What all commits change.
#[derive(Debug, Default)]
pub struct Changes {
    /// The changes, in the order of the commits, then by path.
    pub list: Vec<Change>,
    /// The paths that are changed, with `/` between their parts.
    pub paths: Vec<String>,
    /// The blobs that are put somewhere, or taken away.
    pub blobs: Vec<ObjectId>,
    /// How many commits were compared with their parents.
    pub commits: usize,
    /// Whether objects are missing, damaged or too many.
    pub incomplete: bool,
}

/// What a commit does to one file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Change {
    /// The commit: an index into [`History::commits`].
    pub commit: u32,
    /// The file: an index into [`Changes::paths`].
    pub path: u32,
    /// What was there, in the first parent: an index into [`Changes::blobs`].
    pub old: Option<u32>,
    /// What is there now.
    pub new: Option<u32>,
}

impl History {
    /// What the commits change of the files whose paths are `wanted`. A merge changes what it has
    /// from none of its parents.
    pub fn changes(&self, wanted: &(dyn Fn(&str) -> bool + Sync), deadline: Deadline) -> Changes {
        let mut changes = Changes::default();
        let (mut paths, mut blobs) = (Interner::default(), Interner::default());
        let compare = |reader: &mut Reader, commit: &Commit| {
            if deadline.has_passed() {
                return None;
            }
            let mut differences = Differences::new(reader, wanted);
            differences.run(&self.prefix, commit.tree, &commit.parent_trees);
            Some((differences.found, differences.incomplete))
        };
        for (chunk, commits) in self.commits.chunks(CHUNK).enumerate() {
            let compared: Vec<_> = commits
                .par_iter()
                .map_init(|| self.reader(), compare)
                .collect();
            for (index, compared) in compared.into_iter().enumerate() {
                // What comes after a commit that was not looked at would tell half of the story.
                let Some((found, incomplete)) = compared else {
                    break;
                };
                changes.incomplete |= incomplete;
                changes.commits += 1;
                let commit = (chunk * CHUNK + index) as u32;
                for Difference { path, old, new } in found {
                    changes.list.push(Change {
                        commit,
                        path: paths.number(path),
                        old: old.map(|blob| blobs.number(blob)),
                        new: new.map(|blob| blobs.number(blob)),
                    });
                }
            }
            if changes.list.len() > MAX_CHANGES {
                changes.incomplete = true;
                break;
            }
            if deadline.has_passed() {
                break;
            }
        }
        changes.paths = paths.items;
        changes.blobs = blobs.items;
        changes
    }
}

/// Numbers things in the order in which they come up.
struct Interner<T> {
    items: Vec<T>,
    numbers: HashMap<T, u32>,
}

impl<T> Default for Interner<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            numbers: HashMap::new(),
        }
    }
}

impl<T: Clone + Eq + Hash> Interner<T> {
    fn number(&mut self, item: T) -> u32 {
        let next = self.items.len() as u32;
        let items = &mut self.items;
        *self.numbers.entry(item).or_insert_with_key(|item| {
            items.push(item.clone());
            next
        })
    }
}
