//! Secrets in the commits of a repository: since when they are there, and until when they were.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use bastide_check::{Commit, History};
use bastide_discover::SkipPaths;
use bastide_history::{Change, Changes, Deadline, Error};
use bastide_secrets::{Scanner, Secret};
use bastide_source::{Diagnostic, FileId, Source, Span};
use rayon::prelude::*;

use crate::Request;

/// What the history of one repository holds.
#[derive(Debug, Default)]
pub(crate) struct Past {
    /// The versions of files that secrets came with, by path. In their text all secrets are masked.
    pub(crate) sources: Vec<Source>,
    /// The secrets, each with its place in [`Past::sources`], by source and line.
    pub(crate) secrets: Vec<(Secret, History)>,
    /// Secrets that no commit removed.
    kept: HashSet<Identity>,
    /// What was not looked at, if anything. It is about the last of [`Past::sources`].
    pub(crate) gap: Option<Diagnostic>,
}

/// Which secret of which file it is.
type Identity = (String, &'static str, String);

/// A path and a blob, as numbers of [`Changes`].
type Version = (u32, u32);

/// A secret of a file, from commit to commit.
struct Life<'a> {
    version: Version,
    secret: &'a Secret,
    added: u32,
    removed: Option<u32>,
}

impl Past {
    /// Searches each version of each file once, in all commits, but for files that the request leaves
    /// out. New sources are numbered from `first` on.
    ///
    /// # Errors
    ///
    /// If the folder is in no repository, or if that cannot be read.
    pub(crate) fn search(
        folder: &Path,
        request: &Request,
        scanner: &Scanner,
        deadline: Deadline,
        first: FileId,
    ) -> Result<Self, Error> {
        let history = bastide_history::History::open(folder, deadline)?;
        let skip = SkipPaths::new(request.skip_paths.iter().cloned());
        let wanted = |path: &str| {
            let name = path.rsplit('/').next().unwrap_or(path);
            bastide_secrets::wants(name, true)
                && !name.ends_with(".md")
                && !request.blocks(name)
                && !skip.matches(path)
        };
        let changes = history.changes(&wanted, deadline);
        let versions: Vec<Version> = versions(&changes);
        let scan = |reader: &mut bastide_history::Reader, version: &Version| {
            if deadline.has_passed() {
                return None;
            }
            let blob = changes.blobs[version.1 as usize];
            let Some(text) = reader.text(blob, request.max_secrets_size) else {
                return Some(Vec::new());
            };
            let path = changes.paths[version.0 as usize].as_str();
            Some(scanner.scan(&Source::new(FileId(0), path, text)))
        };
        let found: Vec<_> = versions
            .par_iter()
            .map_init(|| history.reader(), scan)
            .collect();
        let unsearched = found.iter().filter(|found| found.is_none()).count();
        let found: HashMap<Version, Vec<Secret>> = versions
            .into_iter()
            .zip(found)
            .filter_map(|(version, found)| Some((version, found?)))
            .filter(|(_, secrets)| !secrets.is_empty())
            .collect();
        let lives = lives(&changes, &found);
        let mut past = Self::default();
        past.tell(
            &history,
            &changes,
            &found,
            lives,
            (first, request.max_secrets_size),
        );
        if let Some((message, help)) = gap(&history, &changes, unsearched) {
            let id = FileId(first.0 + past.sources.len() as u32);
            past.sources.push(Source::new(id, ".git", String::new()));
            past.gap = Some(Diagnostic::warning(Span::new(id, 0, 0), message).help(help));
        }
        Ok(past)
    }

    /// Whether a secret of the work tree is among those that no commit removed.
    pub(crate) fn knows(&self, path: &str, secret: &Secret) -> bool {
        let identity = (path.to_owned(), secret.detector.id(), secret.hash.clone());
        self.kept.contains(&identity)
    }

    fn tell(
        &mut self,
        history: &bastide_history::History,
        changes: &Changes,
        found: &HashMap<Version, Vec<Secret>>,
        lives: BTreeMap<Identity, Life<'_>>,
        (first, limit): (FileId, u64),
    ) {
        let commit = |index: u32| {
            let commit = &history.commits[index as usize];
            Commit {
                id: commit.id.clone(),
                committer: commit.committer.clone(),
                time: commit.time.clone(),
            }
        };
        let mut numbers: HashMap<Version, FileId> = HashMap::new();
        let reader = history.reader();
        for (identity, life) in lives {
            let next = FileId(first.0 + self.sources.len() as u32);
            let file = *numbers.entry(life.version).or_insert(next);
            if file == next {
                let blob = changes.blobs[life.version.1 as usize];
                let text = reader.text(blob, limit).unwrap_or_default();
                let text = masked(text, &found[&life.version]);
                self.sources
                    .push(Source::new(file, identity.0.as_str(), text));
            }
            let mut secret = life.secret.clone();
            secret.span.file = file;
            let told = History {
                added: commit(life.added),
                removed: life.removed.map(commit),
            };
            if told.removed.is_none() {
                self.kept.insert(identity);
            }
            self.secrets.push((secret, told));
        }
        self.secrets
            .sort_by_key(|(secret, _)| (secret.span.file, secret.line, secret.span.start));
    }
}

/// Every file as it was at some time, by path.
fn versions(changes: &Changes) -> Vec<Version> {
    let of = |change: &Change| {
        let path = change.path;
        [change.old, change.new]
            .into_iter()
            .flatten()
            .map(move |blob| (path, blob))
    };
    let mut versions: Vec<Version> = changes.list.iter().flat_map(of).collect();
    versions.sort_unstable();
    versions.dedup();
    versions
}

/// Follows secrets from commit to commit. One that comes back was never gone, as in Checkov.
fn lives<'a>(
    changes: &Changes,
    found: &'a HashMap<Version, Vec<Secret>>,
) -> BTreeMap<Identity, Life<'a>> {
    let mut lives: BTreeMap<Identity, Life<'a>> = BTreeMap::new();
    for change in &changes.list {
        let path = &changes.paths[change.path as usize];
        let secrets = |blob: Option<u32>| {
            let version = blob.map(|blob| (change.path, blob));
            let secrets = version.and_then(|it| found.get(&it)).into_iter().flatten();
            secrets.map(|it| ((it.detector.id(), it.hash.as_str()), it))
        };
        let old: BTreeMap<_, _> = secrets(change.old).collect();
        let new: BTreeMap<_, _> = secrets(change.new).collect();
        let identity =
            |(detector, hash): (&'static str, &str)| (path.clone(), detector, hash.to_owned());
        for (key, secret) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
            let Some(blob) = change.new else { continue };
            let life = lives.entry(identity(*key)).or_insert(Life {
                version: (change.path, blob),
                secret,
                added: change.commit,
                removed: None,
            });
            life.removed = None;
        }
        for (key, _) in old.iter().filter(|(key, _)| !new.contains_key(*key)) {
            if let Some(life) = lives.get_mut(&identity(*key)) {
                life.removed = Some(change.commit);
            }
        }
    }
    lives
}

/// The text with all its secrets hidden: an old version may hold some that are reported elsewhere.
fn masked(text: String, secrets: &[Secret]) -> String {
    let spans = secrets.iter().filter_map(|it| text.get(it.span.range()));
    let mut hidden: Vec<String> = spans
        .filter(|it| !it.is_empty())
        .map(str::to_owned)
        .collect();
    // Of two secrets the longer may hold the other.
    hidden.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    hidden.dedup();
    hidden.into_iter().fold(text, |text, secret| {
        let stars: String = secret
            .bytes()
            .map(|byte| if byte == b'\n' { '\n' } else { '*' })
            .collect();
        text.replace(&secret, &stars)
    })
}

/// What there is to say if not everything was searched, and the way out.
fn gap(
    history: &bastide_history::History,
    changes: &Changes,
    unsearched: usize,
) -> Option<(String, &'static str)> {
    let all = history.commits.len();
    if history.stopped || changes.commits < all || unsearched > 0 {
        let message = format!(
            "the search of the history was stopped: {} of at least {all} commits were compared, \
             and {unsearched} versions of files in them were not searched",
            changes.commits,
        );
        return Some((message, "raise `--secrets-history-timeout`"));
    }
    if changes.incomplete {
        let message = "part of the history cannot be read, and was not searched".to_owned();
        return Some((message, "let `git fsck` say what is missing, and fetch it"));
    }
    history.shallow.then(|| {
        let message = format!("this is a shallow clone: only its last {all} commits were searched");
        (message, "fetch the others with `git fetch --unshallow`")
    })
}
