//! Modules that `terraform init` has installed, as `.terraform/modules/modules.json` lists them.

use std::collections::HashMap;

use serde_json::Value as Json;

use crate::configuration::join;
use crate::files::Tree;

/// Where the list is, relative to the root module.
const LIST: &str = ".terraform/modules/modules.json";

/// The installed modules of one root module: the path of their folder by their key, which is made
/// of the names of the calls that lead to them, joined by dots.
#[derive(Debug, Default)]
pub(crate) struct Installed {
    folders: HashMap<String, String>,
}

/// The folders of the modules that are installed for the root module in a folder.
pub fn installed_folders(tree: &dyn Tree, root: &str) -> Vec<String> {
    let installed = Installed::read(tree, root).unwrap_or_default();
    let mut folders: Vec<String> = installed.folders.into_values().collect();
    folders.sort();
    folders
}

impl Installed {
    /// Reads the list of a root module. What is not as Terraform writes it is passed over.
    pub(crate) fn read(tree: &dyn Tree, root: &str) -> Option<Self> {
        let text = tree.read(&join(root, LIST)?)?;
        let list: Json = serde_json::from_slice(&text).ok()?;
        let modules = list.get("Modules")?.as_array()?.iter();
        let folder = |module: &Json| {
            let key = module.get("Key")?.as_str()?;
            let folder = join(root, module.get("Dir")?.as_str()?)?;
            (!key.is_empty()).then(|| (key.to_owned(), folder))
        };
        Some(Self {
            folders: modules.filter_map(folder).collect(),
        })
    }

    /// The folder of a module.
    pub(crate) fn folder(&self, key: &str) -> Option<&str> {
        self.folders.get(key).map(String::as_str)
    }

    /// The folders of all modules.
    pub(crate) fn folders(&self) -> impl Iterator<Item = &str> {
        self.folders.values().map(String::as_str)
    }
}
