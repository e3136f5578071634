//! What the commands about a platform have in common: reading its description, and what lies
//! beside it.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use bastide_judge::Register;
use bastide_platform::{
    Catalog, EXAMPLE, InvalidFile, Lock, Platform, Profile, Settings, Target, Unresolved, register,
    resolve,
};
use bastide_render_terraform::{Cloud, Files};
use jiff::ToSpan;

use super::accepted;
use crate::args::DescriptionArgs;
use crate::output;

/// A description of a platform, as read.
pub(crate) struct Description {
    /// The text of the file.
    text: String,
    /// What messages call it.
    path: PathBuf,
    /// What it says.
    pub(crate) settings: Settings,
    /// What there is to choose from.
    pub(crate) catalog: Catalog,
    lock: Lock,
    /// The folder that it lies in; `None` for the built-in example.
    pub(crate) folder: Option<PathBuf>,
}

impl Description {
    /// Reads what the arguments name, else `bastide.yaml` in the current folder.
    pub(crate) fn read(args: &DescriptionArgs) -> anyhow::Result<Self> {
        let path = args
            .file
            .clone()
            .unwrap_or_else(|| PathBuf::from(Settings::FILE_NAME));
        match read_if_there(&path)? {
            Some(text) => Self::of(text, path),
            None if args.file.is_none() => {
                bail!(
                    "there is no `{}`: `bastide init` writes one",
                    path.display()
                )
            }
            None => bail!("there is no `{}`", path.display()),
        }
    }

    /// The same, or the built-in example where there is no file and none is named.
    pub(crate) fn read_or_example(args: &DescriptionArgs) -> anyhow::Result<Self> {
        if args.file.is_none() && !Path::new(Settings::FILE_NAME).exists() {
            output::note(&format!(
                "there is no {}: this is the built-in example",
                Settings::FILE_NAME
            ));
            let catalog = Catalog::built_in().map_err(|it| described(&[it]))?;
            let settings = Settings::parse(EXAMPLE, Settings::FILE_NAME);
            return Ok(Self {
                text: EXAMPLE.to_owned(),
                path: PathBuf::from(Settings::FILE_NAME),
                settings: settings.map_err(|it| described(&[it]))?,
                catalog,
                lock: Lock::default(),
                folder: None,
            });
        }
        Self::read(args)
    }

    fn of(text: String, path: PathBuf) -> anyhow::Result<Self> {
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let settings = Settings::parse(&text, &path.to_string_lossy());
        let settings = settings.map_err(|it| described(&[it]))?;
        let catalog = catalog(&folder)?;
        let lock_path = folder.join(Lock::FILE_NAME);
        let lock = match read_if_there(&lock_path)? {
            Some(text) => Lock::parse(&text, &lock_path.to_string_lossy()),
            None => Ok(Lock::default()),
        };
        Ok(Self {
            text,
            path,
            settings,
            catalog,
            lock: lock.map_err(|it| described(&[it]))?,
            folder: Some(folder),
        })
    }

    /// What it resolves to.
    pub(crate) fn resolve(&self) -> anyhow::Result<Platform> {
        self.resolved(&self.settings)
    }

    /// What it resolves to in another profile.
    pub(crate) fn resolve_as(&self, profile: Profile) -> anyhow::Result<Platform> {
        let settings = Settings {
            profile,
            ..self.settings.clone()
        };
        self.resolved(&settings)
    }

    fn resolved(&self, settings: &Settings) -> anyhow::Result<Platform> {
        resolve(settings, &self.catalog, &self.lock).map_err(|it| self.unresolved(it))
    }

    /// The cloud under the platform, if it runs on EKS.
    pub(crate) fn cloud(&self, platform: &Platform) -> anyhow::Result<Option<Cloud>> {
        match platform.settings.target {
            Target::Eks => Cloud::of(platform)
                .map(Some)
                .map_err(|it| self.unresolved(it)),
            Target::Kubernetes => Ok(None),
        }
    }

    fn unresolved(&self, wrong: Unresolved) -> anyhow::Error {
        described(&wrong.in_files(&self.text, &self.path.to_string_lossy()))
    }
}

/// The built-in components and models, and those of a project: `components/*.yaml` and
/// `models/*.yaml` beside its description.
pub(crate) fn catalog(folder: &Path) -> anyhow::Result<Catalog> {
    let mut catalog = Catalog::built_in().map_err(|it| described(&[it]))?;
    for path in yaml_files(&folder.join("components"))? {
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("cannot read `{}`", path.display()))?;
        let added = catalog.add_component(&text, &path.to_string_lossy());
        added.map_err(|it| described(&[it]))?;
    }
    for path in yaml_files(&folder.join("models"))? {
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("cannot read `{}`", path.display()))?;
        let added = catalog.add_model(&text, &path.to_string_lossy());
        added.map_err(|it| described(&[it]))?;
    }
    Ok(catalog)
}

/// All that a platform consists of: manifests, Terraform, and the register of what is accepted of both.
pub(crate) fn rendered(platform: &Platform, cloud: Option<&Cloud>) -> Files {
    /// For so many days the exceptions hold that are written without a last day.
    const DAYS: i64 = 90;
    let today = accepted::today();
    let until = today.checked_add(DAYS.days()).unwrap_or(today).to_string();
    let mut accepted = bastide_render_kubernetes::accepted(platform);
    let manifests = bastide_render_kubernetes::render(platform).into_iter();
    let mut files: Files = manifests
        .map(|(path, text)| (path, text.into_bytes()))
        .collect();
    if let Some(cloud) = cloud {
        accepted.extend(bastide_render_terraform::accepted(cloud));
        files.extend(bastide_render_terraform::render(cloud));
    }
    if let Some(text) = register(&platform.settings, &accepted, &until) {
        files.insert(Register::FILE_NAME.to_owned(), text.into_bytes());
    }
    files
}

/// Writes files below a folder.
pub(crate) fn write(folder: &Path, files: &Files) -> anyhow::Result<()> {
    for (path, bytes) in files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)
                .with_context(|| format!("cannot make the folder `{}`", parent.display()))?;
        }
        std::fs::write(&path, bytes)
            .with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    Ok(())
}

/// All mistakes of files in one error.
pub(crate) fn described(files: &[InvalidFile]) -> anyhow::Error {
    let texts = files
        .iter()
        .map(|it| bastide_report::mistakes(&it.file, &it.mistakes, false));
    anyhow::anyhow!("{}", texts.collect::<Vec<_>>().join("\n"))
}

fn yaml_files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => {
            return Err(error).with_context(|| format!("cannot read `{}`", folder.display()));
        }
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry
            .with_context(|| format!("cannot read `{}`", folder.display()))?
            .path();
        if path
            .extension()
            .is_some_and(|it| it == "yaml" || it == "yml")
        {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// The text of a file, if it exists.
pub(crate) fn read_if_there(path: &Path) -> anyhow::Result<Option<String>> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read `{}`", path.display())),
    }
}
