//! Modules that a walk does not find: those that `terraform init` has installed, and those in the
//! folder of external modules, which is filled first if that is asked for.
//!
//! Their files belong to the root that calls them. Which they are is known only from the calls, so
//! files are read here for them, each once more. Where nothing is installed, kept or to be fetched,
//! nothing is read.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use bastide_discover::{Found, Wants};
use bastide_modules::{Address, Constraint, Fetcher, Folder};
use bastide_source::{FileId, Source};
use bastide_terraform::{Located, installed_folders, path_below};
use bastide_value::Arena;

use crate::Request;
use crate::tree;

/// At most so many folders of modules are gone into.
const MAX_FOLDERS: usize = 10_000;

/// What the calls of one root lead to.
#[derive(Debug, Default)]
pub(crate) struct Modules {
    /// The files, to be put among those of the root.
    pub(crate) files: Vec<Found>,
    /// Where each address leads that is called.
    pub(crate) located: Located,
}

impl Modules {
    /// Finds the modules that the files of a root call.
    pub(crate) fn of(request: &Request, root: &Path, found: &[Found]) -> Self {
        let Ok(absolute) = root.canonicalize() else {
            return Self::default();
        };
        let folder = Folder::new(absolute.join(&request.external_modules));
        let terraform = found.iter().filter(|file| file.wants.terraform);
        let paths: Vec<&str> = terraform.map(|file| file.path.as_str()).collect();
        let mut search = Search {
            request,
            given: root,
            root: absolute,
            folder,
            seen: paths
                .iter()
                .map(|path| directory(path).to_owned())
                .collect(),
            found: Self::default(),
        };
        search.installed();
        if search.folder.exists() || request.fetch_modules.is_some() {
            search.external(paths);
        }
        search.found
    }
}

struct Search<'r> {
    request: &'r Request,
    given: &'r Path,
    root: PathBuf,
    folder: Folder,
    /// The folders that were gone into, or that the walk found.
    seen: BTreeSet<String>,
    found: Modules,
}

impl Search<'_> {
    fn installed(&mut self) {
        let tree = tree::Folder::new(self.root.clone(), self.request.max_file_size);
        let roots: Vec<String> = self.seen.iter().cloned().collect();
        for root in roots {
            for folder in installed_folders(&tree, &root) {
                self.enter(&folder);
            }
        }
    }

    /// Follows calls from file to file.
    fn external(&mut self, paths: Vec<&str>) {
        let mut paths: Vec<String> = paths.into_iter().map(str::to_owned).collect();
        paths.extend(self.found.files.iter().map(|file| file.path.clone()));
        while let Some(path) = paths.pop() {
            for (source, version) in self.calls(&path) {
                let folder = if source.starts_with('.') {
                    path_below(directory(&path), &source)
                } else {
                    self.locate(source, version)
                };
                if let Some(folder) = folder {
                    paths.extend(self.enter(&folder));
                }
            }
        }
    }

    /// The sources and versions of the module calls in a file.
    fn calls(&self, path: &str) -> Vec<(String, String)> {
        let Ok(text) = fs::read_to_string(self.root.join(path)) else {
            return Vec::new();
        };
        if !text.contains("module") {
            return Vec::new();
        }
        let source = Source::new(FileId(0), path, text);
        let arena = Arena::new();
        let body = bastide_terraform::parse(&source, &arena).body;
        let calls = body.blocks().filter(|block| block.kind.name == "module");
        let call = |block: &bastide_hcl::Block<'_>| {
            let text = |name| block.body.attribute(name)?.expr.as_str();
            let version = text("version").unwrap_or_default();
            Some((text("source")?.to_owned(), version.to_owned()))
        };
        calls.filter_map(call).collect()
    }

    /// Where an address leads below the root.
    fn locate(&mut self, source: String, version: String) -> Option<String> {
        let key = (source, version);
        if let Some(located) = self.found.located.get(&key) {
            return located.clone().ok();
        }
        let located = self.locate_anew(&key.0, &key.1);
        self.found.located.insert(key, located.clone());
        located.ok()
    }

    fn locate_anew(&self, source: &str, version: &str) -> Result<String, String> {
        let address = Address::new(source).map_err(|error| error.to_string())?;
        let constraint = Constraint::new(version)
            .ok_or_else(|| format!("`{version}` is no constraint of versions"))?;
        let module = match &self.request.fetch_modules {
            None => self.folder.find(&address, &constraint),
            Some(credentials) => {
                let fetcher = Fetcher {
                    folder: &self.folder,
                    credentials,
                };
                let fetched = fetcher.fetch(&address, &constraint);
                Some(fetched.map_err(|error| error.to_string())?)
            }
        };
        let module = module.ok_or("it is not in the tree")?;
        let below = module.strip_prefix(&self.root).ok();
        let below = below.and_then(|path| Some(path.to_str()?.trim_end_matches('/').to_owned()));
        below.ok_or_else(|| "it is kept outside of the tree".to_owned())
    }

    /// Adds the files of a folder, if it is new. Gives their paths.
    fn enter(&mut self, folder: &str) -> Vec<String> {
        if self.seen.len() >= MAX_FOLDERS || !self.seen.insert(folder.to_owned()) {
            return Vec::new();
        }
        let inside = self.root.join(folder).canonicalize();
        if !inside.is_ok_and(|path| path.starts_with(&self.root)) {
            return Vec::new();
        }
        let mut paths = Vec::new();
        for entry in fs::read_dir(self.root.join(folder))
            .into_iter()
            .flatten()
            .flatten()
        {
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
            if !is_file || !(name.ends_with(".tf") || name.ends_with(".tf.json")) {
                continue;
            }
            let path = format!("{folder}/{name}");
            self.found.files.push(Found {
                open: self.given.join(&path),
                path: path.clone(),
                wants: Wants {
                    terraform: true,
                    ..Wants::default()
                },
                problem: None,
            });
            paths.push(path);
        }
        paths
    }
}

fn directory(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(directory, _)| directory)
}
