//! Parsed files, sorted into directories, and what each directory declares.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use bastide_hcl::{Block, Body, Expr};
use bastide_source::{FileId, Source};

/// All files of Terraform's language in one tree.
#[derive(Debug)]
pub struct Configuration<'a> {
    /// Every source of the scan; spans name them by their place here.
    pub sources: &'a [Source],
    directories: BTreeMap<&'a str, Directory<'a>>,
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
    /// What variable files set, those of more weight later.
    pub(crate) assigned: HashMap<&'a str, &'a Expr<'a>>,
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
    /// Sorts parsed files into directories. `variable_files` are those that `--var-file` names:
    /// they hold for every root module and weigh most, in their order.
    pub fn new(
        sources: &'a [Source],
        files: impl IntoIterator<Item = (FileId, Body<'a>)>,
        variable_files: impl IntoIterator<Item = Body<'a>>,
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
        assignments.sort_by_key(|&(weight, directory, _)| (directory, weight));
        for (_, directory, body) in assignments {
            if let Some(directory) = directories.get_mut(directory) {
                directory.assign(body);
            }
        }
        for body in variable_files {
            directories
                .values_mut()
                .for_each(|directory| directory.assign(body));
        }
        Self {
            sources,
            directories,
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
                    .filter_map(|(_, _, call)| self.called(caller, call))
                    .map(move |called| {
                        let itself = called.path == caller.path;
                        if itself { None } else { Some(called.path) }
                    })
            })
            .flatten()
            .collect();
        self.directories
            .values()
            .filter(|directory| !called.contains(directory.path))
            .collect()
    }

    /// The directory in the tree that a module call names, if it names one.
    pub(crate) fn called(
        &self,
        caller: &Directory<'a>,
        call: &Block<'a>,
    ) -> Option<&Directory<'a>> {
        let source = call.body.attribute("source")?.expr.as_str()?;
        if !source.starts_with("./") && !source.starts_with("../") {
            return None;
        }
        self.directories.get(join(caller.path, source)?.as_str())
    }
}

/// Variable files that Terraform reads by itself, by increasing weight. Files of equal weight
/// weigh by name.
fn variable_file_weight(name: &str) -> Option<u8> {
    match name {
        "terraform.tfvars" => Some(0),
        "terraform.tfvars.json" => Some(1),
        name if name.ends_with(".auto.tfvars") || name.ends_with(".auto.tfvars.json") => Some(2),
        _ => None,
    }
}

/// A path relative to `base`, without `.` and `..`. `None` if it leads out of the tree.
fn join(base: &str, relative: &str) -> Option<String> {
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
        self.assigned
            .extend(attributes.map(|attribute| (attribute.name.name, &attribute.expr)));
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
