//! Parsed files, sorted into directories, and what each directory declares.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use bastide_hcl::{Block, Body, Expr};
use bastide_source::{FileId, Source};

use crate::files::{Tree, variable_file_weight};
use crate::installed::Installed;

/// All files of Terraform's language in one tree.
#[derive(Debug)]
pub struct Configuration<'a> {
    /// Every source of the scan; spans name them by their place here.
    pub sources: &'a [Source],
    directories: BTreeMap<&'a str, Directory<'a>>,
    /// What functions such as `file` read.
    pub(crate) tree: Option<&'a dyn Tree>,
    /// What is installed for root modules, by their path.
    installed: HashMap<&'a str, Installed>,
    /// What else is known of where module calls lead.
    located: Option<&'a Located>,
}

/// What is set and to be read besides the configuration itself.
#[derive(Clone, Debug, Default)]
pub struct Inputs<'a> {
    /// Names and texts of variables from `TF_VAR_…`. They weigh less than any file.
    pub environment: &'a [(String, String)],
    /// The files that `--var-file` names. They weigh more than the files in the tree, in their order.
    pub files: Vec<Body<'a>>,
    /// Names and texts of variables from `--var`. They weigh most.
    pub arguments: &'a [(String, String)],
    /// What functions such as `file` read; without it they give unknown.
    pub tree: Option<&'a dyn Tree>,
    /// Where module calls lead that name an address, besides what is installed.
    pub modules: Option<&'a Located>,
}

/// The folders of modules in the tree, by `source` and `version` as they are written (an empty one
/// if there is none); or why there is none.
pub type Located = BTreeMap<(String, String), Result<String, String>>;

/// What a variable is set to from outside of the configuration.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Assigned<'a> {
    /// By a variable file.
    Expression(&'a Expr<'a>),
    /// By the environment or the command line: what the text means hangs on the type.
    Text(&'a str),
}

/// What the files of one directory declare together: a module's configuration.
#[derive(Debug, Default)]
pub struct Directory<'a> {
    /// The path relative to the root of the scan; empty for the root itself.
    pub path: &'a str,
    pub(crate) variables: Named<'a, &'a Block<'a>>,
    pub(crate) locals: Named<'a, &'a Expr<'a>>,
    pub(crate) outputs: Named<'a, &'a Block<'a>>,
    pub(crate) calls: Named<'a, &'a Block<'a>>,
    pub(crate) resources: Vec<Declared<'a>>,
    pub(crate) resource_index: HashMap<(Mode, &'a str, &'a str), usize>,
    pub(crate) providers: Vec<&'a Block<'a>>,
    /// What sets variables if this is a root module.
    pub(crate) assigned: HashMap<&'a str, Assigned<'a>>,
}

/// A `resource` or `data` block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Declared<'a> {
    pub(crate) mode: Mode,
    pub(crate) kind: &'a str,
    pub(crate) name: &'a str,
    pub(crate) block: &'a Block<'a>,
}

/// What sort of block a resource instance comes from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Mode {
    /// `resource "type" "name"`
    Managed,
    /// `data "type" "name"`
    Data,
    /// `module "name"`
    Module,
    /// `provider "name"`
    Provider,
}

/// Declarations by name, in the order in which they are written. The last of a name holds.
#[derive(Debug)]
pub(crate) struct Named<'a, T> {
    items: Vec<(&'a str, T)>,
    index: HashMap<&'a str, usize>,
}

impl<T> Default for Named<'_, T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            index: HashMap::new(),
        }
    }
}

impl<'a, T: Copy> Named<'a, T> {
    fn add(&mut self, name: &'a str, item: T) {
        self.index.insert(name, self.items.len());
        self.items.push((name, item));
    }

    /// The place of a name among the items.
    pub(crate) fn index(&self, name: &str) -> Option<usize> {
        self.index.get(name).copied()
    }

    pub(crate) fn item(&self, index: usize) -> (&'a str, T) {
        self.items[index]
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &'a str, T)> {
        self.items
            .iter()
            .enumerate()
            .map(|(index, &(name, item))| (index, name, item))
    }

    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }
}

impl<'a> Configuration<'a> {
    /// Sorts parsed files into directories. The inputs hold for every root module.
    pub fn new(
        sources: &'a [Source],
        files: impl IntoIterator<Item = (FileId, Body<'a>)>,
        inputs: Inputs<'a>,
    ) -> Self {
        let mut directories: BTreeMap<&'a str, Directory<'a>> = BTreeMap::new();
        let mut assignments: Vec<(u8, &'a str, Body<'a>)> = Vec::new();
        let mut files: Vec<_> = files.into_iter().collect();
        files.sort_by_key(|(id, _)| *id);
        for (id, body) in files {
            let path = sources[id.0 as usize].path.as_str();
            let (directory, name) = path.rsplit_once('/').unwrap_or(("", path));
            match variable_file_weight(name) {
                Some(weight) => assignments.push((weight, directory, body)),
                None => directories
                    .entry(directory)
                    .or_default()
                    .declare(directory, body),
            }
        }
        for directory in directories.values_mut() {
            directory.assign_texts(inputs.environment);
        }
        assignments.sort_by_key(|&(weight, directory, _)| (directory, weight));
        for (_, directory, body) in assignments {
            if let Some(directory) = directories.get_mut(directory) {
                directory.assign(body);
            }
        }
        for directory in directories.values_mut() {
            for body in &inputs.files {
                directory.assign(*body);
            }
            directory.assign_texts(inputs.arguments);
        }
        let with_remote_calls = directories.values().filter(|directory| {
            let mut calls = directory.calls.iter();
            calls.any(|(_, _, call)| local_source(call).is_none())
        });
        let installed = with_remote_calls.filter_map(|directory| {
            let installed = Installed::read(inputs.tree?, directory.path)?;
            Some((directory.path, installed))
        });
        Self {
            sources,
            installed: installed.collect(),
            located: inputs.modules,
            directories,
            tree: inputs.tree,
        }
    }

    /// The configuration of a directory.
    pub fn directory(&self, path: &str) -> Option<&Directory<'a>> {
        self.directories.get(path)
    }

    /// The directories that no module call of another one reaches: the root modules.
    pub fn roots(&self) -> Vec<&Directory<'a>> {
        let called: BTreeSet<&'a str> = self
            .directories
            .values()
            .flat_map(|caller| {
                let calls = caller.calls.iter();
                calls
                    .filter_map(|(_, _, call)| self.local(caller, call))
                    .map(move |called| {
                        let itself = called.path == caller.path;
                        if itself { None } else { Some(called.path) }
                    })
            })
            .flatten()
            .collect();
        let located = self.located.into_iter().flat_map(BTreeMap::values);
        let located = located.filter_map(|folder| folder.as_deref().ok());
        let installed = self.installed.values().flat_map(Installed::folders);
        let installed: BTreeSet<&str> = installed.chain(located).collect();
        self.directories
            .values()
            .filter(|directory| !installed.contains(directory.path))
            .filter(|directory| !called.contains(directory.path))
            .collect()
    }

    /// All directories, by path.
    pub(crate) fn directories(&self) -> impl Iterator<Item = &Directory<'a>> {
        self.directories.values()
    }

    /// The directory in the tree that a module call leads to, if it does. `names` are those of the
    /// calls that lead there from the root module, this one's last.
    pub(crate) fn called(
        &self,
        root: &Directory<'a>,
        caller: &Directory<'a>,
        names: &[&str],
        call: &Block<'a>,
    ) -> Option<&Directory<'a>> {
        if local_source(call).is_some() {
            return self.local(caller, call);
        }
        let installed = self.installed.get(root.path);
        let installed = installed.and_then(|it| it.folder(&names.join(".")));
        let located = || self.located(call)?.as_deref().ok();
        self.directories.get(installed.or_else(located)?)
    }

    /// What is known of where a call leads that names an address.
    fn located(&self, call: &Block<'a>) -> Option<&'a Result<String, String>> {
        let text = |name| call.body.attribute(name)?.expr.as_str();
        let key = (
            text("source")?.to_owned(),
            text("version").unwrap_or("").to_owned(),
        );
        self.located?.get(&key)
    }

    /// Why the directory that a call leads to is not in the tree.
    pub(crate) fn why_not(&self, call: &Block<'a>) -> &'a str {
        match self.located(call) {
            Some(Err(reason)) => reason,
            _ => "it is not in the tree",
        }
    }

    /// The directory that a module call names by a path.
    fn local(&self, caller: &Directory<'a>, call: &Block<'a>) -> Option<&Directory<'a>> {
        self.directories
            .get(join(caller.path, local_source(call)?)?.as_str())
    }
}

/// The source of a module call, if it is a path.
fn local_source<'a>(call: &Block<'a>) -> Option<&'a str> {
    let source = call.body.attribute("source")?.expr.as_str()?;
    let local = source.starts_with("./") || source.starts_with("../");
    local.then_some(source)
}

/// A path relative to `base`, without `.` and `..`. `None` if it leads out of the tree.
pub fn join(base: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

impl<'a> Directory<'a> {
    fn declare(&mut self, path: &'a str, body: Body<'a>) {
        self.path = path;
        for block in body.blocks() {
            match (block.kind.name, block.labels) {
                ("resource", [kind, name]) => {
                    self.declare_resource(Mode::Managed, kind, name, block)
                }
                ("data", [kind, name]) => self.declare_resource(Mode::Data, kind, name, block),
                ("variable", [name]) => self.variables.add(name.text, block),
                ("output", [name]) => self.outputs.add(name.text, block),
                ("module", [name]) => self.calls.add(name.text, block),
                ("provider", [_]) => self.providers.push(block),
                ("locals", []) => {
                    for attribute in block.body.attributes() {
                        self.locals.add(attribute.name.name, &attribute.expr);
                    }
                }
                _ => {}
            }
        }
    }

    fn declare_resource(
        &mut self,
        mode: Mode,
        kind: &bastide_hcl::Label<'a>,
        name: &bastide_hcl::Label<'a>,
        block: &'a Block<'a>,
    ) {
        let (kind, name) = (kind.text, name.text);
        self.resource_index
            .insert((mode, kind, name), self.resources.len());
        self.resources.push(Declared {
            mode,
            kind,
            name,
            block,
        });
    }

    fn assign(&mut self, body: Body<'a>) {
        let attributes = body.attributes();
        self.assigned.extend(
            attributes
                .map(|attribute| (attribute.name.name, Assigned::Expression(&attribute.expr))),
        );
    }

    fn assign_texts(&mut self, texts: &'a [(String, String)]) {
        let texts = texts.iter();
        self.assigned
            .extend(texts.map(|(name, text)| (name.as_str(), Assigned::Text(text))));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_in_the_tree() {
        assert_eq!(join("a/b", "../c/./d").as_deref(), Some("a/c/d"));
        assert_eq!(join("", "./m").as_deref(), Some("m"));
        assert_eq!(join("a", "../").as_deref(), Some(""));
        assert_eq!(join("a", "../../x"), None);
    }
}
