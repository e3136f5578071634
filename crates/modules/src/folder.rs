use std::fs;
use std::path::{Path, PathBuf};

use crate::address::{host_of, leads_out, path_of};
use crate::{Address, Constraint, Place, Version};

/// A folder that keeps packages of modules, as Checkov does:
///
/// - `<host>/<path>/<reference>` of a git repository, `HEAD` where no reference is named;
/// - `<host>/<namespace>/<name>/<provider>/<version>` of a registry;
/// - `<host>/<path of the archive>` of an archive.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// A folder, which need not be there yet.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Whether anything is kept in it.
    pub fn exists(&self) -> bool {
        self.root.is_dir()
    }

    /// The folder of a module that is kept, of the newest version that is allowed.
    pub fn find(&self, address: &Address, constraint: &Constraint) -> Option<PathBuf> {
        let package = match &address.place {
            Place::Registry {
                namespace,
                name,
                provider,
                ..
            } => {
                let kept = || {
                    let versions = folders(&self.root.join(package_path(address)));
                    let versions: Vec<Version> =
                        versions.iter().filter_map(|it| it.parse().ok()).collect();
                    let newest = constraint.newest(versions)?;
                    Some(self.package(address, Some(&newest)))
                };
                // Checkov keeps most modules of a registry where their repository would be; its name
                // is given by the rules of the registry.
                let repository = || {
                    let path = format!("github.com/{namespace}/terraform-{provider}-{name}");
                    let path = self.root.join(path);
                    match &folders(&path)[..] {
                        [only] => Some(path.join(only)),
                        _ => None,
                    }
                };
                kept().or_else(repository)?
            }
            _ => self.package(address, None),
        };
        let module = package.join(&address.subfolder);
        module.is_dir().then_some(module)
    }

    /// Where the package of an address is kept. `version` is for those of a registry.
    pub(crate) fn package(&self, address: &Address, version: Option<&Version>) -> PathBuf {
        let path = self.root.join(package_path(address));
        match (&address.place, version) {
            (Place::Git { reference, .. }, _) => path.join(reference.as_deref().unwrap_or("HEAD")),
            (_, Some(version)) => path.join(version.to_string()),
            _ => path,
        }
    }
}

/// Without version or reference, below the folder.
fn package_path(address: &Address) -> String {
    let path = match &address.place {
        Place::Registry {
            host,
            namespace,
            name,
            provider,
        } => format!("{host}/{namespace}/{name}/{provider}"),
        Place::Git { url, .. } => {
            let path = path_of(url);
            format!(
                "{}/{}",
                host_of(url),
                path.strip_suffix(".git").unwrap_or(path)
            )
        }
        Place::Archive { url } => {
            let path = path_of(url);
            format!(
                "{}/{}",
                host_of(url),
                path.split('?').next().unwrap_or(path)
            )
        }
    };
    debug_assert!(!leads_out(&path), "an address leads nowhere out");
    path
}

/// The names of the folders in a folder, sorted.
fn folders(path: &Path) -> Vec<String> {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let mut names: Vec<_> = folders
        .filter_map(|it| it.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(kept: &[&str], source: &str, constraint: &str) -> Option<String> {
        let folder = tempfile::tempdir().expect("a folder");
        for path in kept {
            fs::create_dir_all(folder.path().join(path)).expect("a folder");
        }
        let address = Address::new(source).expect("an address");
        let constraint = Constraint::new(constraint).expect("a constraint");
        let found = Folder::new(folder.path()).find(&address, &constraint)?;
        let below = found
            .strip_prefix(folder.path())
            .expect("it is in the folder");
        Some(below.to_string_lossy().trim_end_matches('/').to_owned())
    }

    #[test]
    fn of_git() {
        let kept = ["github.com/o/r/HEAD/sub", "github.com/o/r/v1"];
        let found = |source: &str| found(&kept, source, "");
        assert_eq!(
            found("github.com/o/r//sub").as_deref(),
            Some("github.com/o/r/HEAD/sub")
        );
        assert_eq!(
            found("git::https://github.com/o/r.git?ref=v1").as_deref(),
            Some("github.com/o/r/v1")
        );
        assert_eq!(found("github.com/o/r//other"), None);
    }

    #[test]
    fn of_a_registry() {
        let kept = [
            "registry.terraform.io/o/vpc/aws/5.1.0",
            "registry.terraform.io/o/vpc/aws/5.10.0",
            "registry.terraform.io/o/vpc/aws/6.0.0",
        ];
        assert_eq!(
            found(&kept, "o/vpc/aws", "~> 5.0").as_deref(),
            Some("registry.terraform.io/o/vpc/aws/5.10.0")
        );
        assert_eq!(found(&kept, "o/vpc/aws", "> 7"), None);
    }

    #[test]
    fn of_a_registry_as_checkov_keeps_it() {
        let kept = ["github.com/o/terraform-aws-vpc/0a1b2c"];
        assert_eq!(
            found(&kept, "o/vpc/aws", "~> 5.0").as_deref(),
            Some("github.com/o/terraform-aws-vpc/0a1b2c")
        );
    }
}
