use std::path::{Component, Path, PathBuf};

use bastide_check::Framework;
use bastide_judge::{Posture, Register, Root};
use bastide_source::FileId;

use crate::Options;

/// The paths of files, as each reader wants them.
#[derive(Debug)]
pub(crate) struct Paths<'a> {
    posture: &'a Posture,
    roots: Vec<Prefixes>,
}

/// What stands before the path of a file below a root: empty, or with a slash at the end.
#[derive(Debug, Default)]
struct Prefixes {
    /// As a person would type it.
    display: String,
    /// From the root of the file system.
    absolute: String,
    /// From the folder that the program was started in, or from what it has in common with the
    /// root.
    repository: String,
    /// What Checkov puts before it where files were named, for Terraform and for other frameworks.
    named: Option<[String; 2]>,
}

impl<'a> Paths<'a> {
    pub(crate) fn new(posture: &'a Posture, options: &Options) -> Self {
        let mut roots: Vec<_> = posture
            .roots
            .iter()
            .map(|root| Prefixes::new(root, &options.working_directory))
            .collect();
        if options.named_files {
            let common = common_folder(posture);
            for (prefixes, root) in roots.iter_mut().zip(&posture.roots) {
                let below = below(&root.absolute, &common);
                prefixes.named = Some([below, prefixes.repository.clone()]);
            }
        }
        Self { posture, roots }
    }

    /// As a person would type it: the root as it was given, and what follows.
    pub(crate) fn display(&self, file: FileId) -> String {
        self.join(file, |prefixes| &prefixes.display)
    }

    /// From the root of the file system.
    pub(crate) fn absolute(&self, file: FileId) -> String {
        self.join(file, |prefixes| &prefixes.absolute)
    }

    /// From the folder that the program was started in, without a slash at the start.
    pub(crate) fn repository(&self, file: FileId) -> String {
        self.join(file, |prefixes| &prefixes.repository)
    }

    /// As Checkov's reports have it. Below a folder that was scanned it is the path from there; for
    /// a file that was named, that from the current folder, or, in Terraform, from the folder that
    /// all files that were named have in common. Of a Dockerfile that was named it is what was
    /// typed.
    pub(crate) fn checkov(&self, file: FileId, framework: Framework) -> String {
        let named = self
            .prefixes(file)
            .and_then(|prefixes| prefixes.named.as_ref());
        let prefix = match (named, framework) {
            (None, _) => "",
            (Some(_), Framework::Dockerfile) => return self.display(file),
            (Some([below, _]), Framework::Terraform | Framework::TerraformPlan) => below,
            (Some([_, repository]), _) => repository,
        };
        format!("/{prefix}{}", self.path(file))
    }

    fn join(&self, file: FileId, prefix: impl Fn(&Prefixes) -> &String) -> String {
        let prefix = self.prefixes(file).map_or("", |prefixes| prefix(prefixes));
        [prefix, self.path(file)].concat()
    }

    fn path(&self, file: FileId) -> &str {
        let source = match &self.posture.register {
            Some(register) if file == Register::FILE => Some(&register.source),
            _ => self.posture.sources.get(file.0 as usize),
        };
        source.map_or("", |source| &source.path)
    }

    fn prefixes(&self, file: FileId) -> Option<&Prefixes> {
        if file == Register::FILE {
            return None;
        }
        let after = self
            .posture
            .roots
            .partition_point(|root| root.first <= file);
        self.roots.get(after.checked_sub(1)?)
    }
}

impl Prefixes {
    fn new(root: &Root, working_directory: &Path) -> Self {
        let display = match root.given.as_os_str().is_empty() || root.given == Path::new(".") {
            true => String::new(),
            false => with_slash(&root.given),
        };
        let repository = if working_directory.as_os_str().is_empty() {
            match root.given.is_absolute() {
                true => String::new(),
                false => below(&root.given, Path::new("")),
            }
        } else {
            below(&root.absolute, working_directory)
        };
        Self {
            display,
            absolute: with_slash(&root.absolute),
            repository,
            named: None,
        }
    }
}

/// The part of `path` that it does not have in common with `folder`, without steps up.
fn below(path: &Path, folder: &Path) -> String {
    let mut folder = folder.components().peekable();
    let rest = path
        .components()
        .skip_while(|part| folder.next_if_eq(part).is_some());
    let rest: PathBuf = rest
        .filter(|part| matches!(part, Component::Normal(_)))
        .collect();
    with_slash(&rest)
}

fn with_slash(path: &Path) -> String {
    let path = path.to_string_lossy();
    match path.trim_end_matches('/') {
        "" if path.is_empty() => String::new(),
        path => format!("{path}/"),
    }
}

/// The folder that all roots have in common.
fn common_folder(posture: &Posture) -> PathBuf {
    let mut folders = posture.roots.iter().map(|root| root.absolute.as_path());
    let first = folders.next().unwrap_or(Path::new("")).to_owned();
    folders.fold(first, |common, folder| {
        let shared = common.components().zip(folder.components());
        let shared = shared.take_while(|(one, two)| one == two);
        shared.map(|(part, _)| part).collect()
    })
}

#[cfg(test)]
mod tests {
    use bastide_source::Source;

    use super::*;

    fn posture(roots: &[(&str, &str, &str)]) -> Posture {
        let numbered = || (0..).map(FileId).zip(roots);
        let root = |(first, (given, absolute, _)): (FileId, &(&str, &str, &str))| Root {
            given: given.into(),
            absolute: absolute.into(),
            first,
        };
        Posture {
            sources: numbered()
                .map(|(id, (_, _, path))| Source::new(id, *path, String::new()))
                .collect(),
            roots: numbered().map(root).collect(),
            ..Posture::default()
        }
    }

    #[test]
    fn below_a_folder() {
        let posture = posture(&[(".", "/home/a", "x.tf"), ("../b/", "/home/b", "y/z.tf")]);
        let options = Options {
            working_directory: "/home/a".into(),
            ..Options::default()
        };
        let paths = Paths::new(&posture, &options);
        assert_eq!(paths.display(FileId(0)), "x.tf");
        assert_eq!(paths.repository(FileId(0)), "x.tf");
        assert_eq!(paths.display(FileId(1)), "../b/y/z.tf");
        assert_eq!(paths.absolute(FileId(1)), "/home/b/y/z.tf");
        assert_eq!(paths.repository(FileId(1)), "b/y/z.tf");
        assert_eq!(paths.checkov(FileId(1), Framework::Terraform), "/y/z.tf");
    }

    #[test]
    fn files_that_were_named() {
        let posture = posture(&[
            ("in", "/w/in", "main.tf"),
            ("in/k8s", "/w/in/k8s", "a.yaml"),
        ]);
        let options = Options {
            working_directory: "/w".into(),
            named_files: true,
            ..Options::default()
        };
        let paths = Paths::new(&posture, &options);
        assert_eq!(paths.checkov(FileId(0), Framework::Terraform), "/main.tf");
        assert_eq!(
            paths.checkov(FileId(1), Framework::Kubernetes),
            "/in/k8s/a.yaml"
        );
        assert_eq!(
            paths.checkov(FileId(1), Framework::Dockerfile),
            "in/k8s/a.yaml"
        );
    }

    #[test]
    fn a_root_may_be_that_of_the_file_system() {
        let posture = posture(&[("/", "/", "etc/a.yaml")]);
        let paths = Paths::new(&posture, &Options::default());
        assert_eq!(paths.display(FileId(0)), "/etc/a.yaml");
        assert_eq!(paths.absolute(FileId(0)), "/etc/a.yaml");
        assert_eq!(paths.repository(FileId(0)), "etc/a.yaml");
    }
}
