//! Which commits there are, and in which order.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use gix::{ObjectId, Repository};

use crate::Deadline;

/// A commit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Commit {
    /// Its hash, in lower-case hexadecimal digits.
    pub id: String,
    /// Who committed it: the name alone.
    pub committer: String,
    /// When, as `2026-11-26T09:30:00+01:00`.
    pub time: String,
    pub(crate) tree: ObjectId,
    /// The trees of its parents; of those that are not there, none.
    pub(crate) parent_trees: Vec<ObjectId>,
}

/// A commit as it is read.
struct Found {
    tree: ObjectId,
    parents: Vec<ObjectId>,
    committer: String,
    time: gix::date::Time,
}

/// All commits that a reference leads to, and whether the deadline passed before all were found.
pub(crate) fn all(repository: &Repository, deadline: Deadline) -> gix::Result<(Vec<Commit>, bool)> {
    let mut waiting = tips(repository)?;
    let mut found: HashMap<ObjectId, Found> = HashMap::new();
    let mut stopped = false;
    while let Some(id) = waiting.pop() {
        stopped = deadline.has_passed();
        if stopped {
            break;
        }
        if found.contains_key(&id) {
            continue;
        }
        if let Some(commit) = read(repository, id) {
            waiting.extend(&commit.parents);
            found.insert(id, commit);
        }
    }
    Ok((ordered(found), stopped))
}

/// What references lead to.
fn tips(repository: &Repository) -> gix::Result<Vec<ObjectId>> {
    let mut tips: Vec<ObjectId> = repository
        .head_id()
        .ok()
        .map(|id| id.detach())
        .into_iter()
        .collect();
    for mut reference in repository.references()?.all()?.filter_map(Result::ok) {
        if let Ok(commit) = reference.peel_to_commit() {
            tips.push(commit.id);
        }
    }
    Ok(tips)
}

fn read(repository: &Repository, id: ObjectId) -> Option<Found> {
    let commit = repository.find_commit(id).ok()?;
    let commit = commit.decode().ok()?;
    let committer = commit.committer().ok()?;
    Some(Found {
        tree: commit.tree(),
        parents: commit.parents().collect(),
        committer: committer.name.to_string(),
        time: committer.time().unwrap_or_default(),
    })
}

/// Parents before their children; of those that could come next the oldest, then by hash.
fn ordered(found: HashMap<ObjectId, Found>) -> Vec<Commit> {
    let mut children: HashMap<ObjectId, Vec<ObjectId>> = HashMap::new();
    let mut missing: HashMap<ObjectId, usize> = HashMap::new();
    let mut ready = BinaryHeap::new();
    for (id, commit) in &found {
        let known = commit.parents.iter().filter(|it| found.contains_key(*it));
        let known: Vec<_> = known.collect();
        for parent in &known {
            children.entry(**parent).or_default().push(*id);
        }
        match known.len() {
            0 => ready.push(Reverse((commit.time.seconds, *id))),
            count => {
                missing.insert(*id, count);
            }
        }
    }
    let mut commits = Vec::with_capacity(found.len());
    while let Some(Reverse((_, id))) = ready.pop() {
        let commit = &found[&id];
        let parents = commit.parents.iter().filter_map(|it| found.get(it));
        commits.push(Commit {
            id: id.to_string(),
            committer: commit.committer.clone(),
            time: commit
                .time
                .format_or_unix(gix::date::time::format::ISO8601_STRICT),
            tree: commit.tree,
            parent_trees: parents.map(|it| it.tree).collect(),
        });
        for child in children.get(&id).into_iter().flatten() {
            if let Some(count) = missing.get_mut(child) {
                *count -= 1;
                if *count == 0 {
                    ready.push(Reverse((found[child].time.seconds, *child)));
                }
            }
        }
    }
    commits
}
