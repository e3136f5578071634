//! `bastide render`

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::{Component, Path};
use std::process::ExitCode;

use anyhow::{Context, bail};
use bastide_render_terraform::Files;
use sha2::{Digest, Sha256};

use super::platform::{self, Description, read_if_there};
use crate::args::RenderArgs;
use crate::output;

/// What a rendering wrote, so that the next can remove what is no longer part of it, and knows what
/// somebody changed: lines as of `sha256sum`.
const LIST: &str = ".bastide-rendered";

/// Where Terraform keeps the versions and checksums of providers.
const TERRAFORM_LOCK: &str = ".terraform.lock.hcl";

/// Writes the manifests of a platform and, on EKS, the cloud under it.
pub(crate) fn run(args: &RenderArgs) -> anyhow::Result<ExitCode> {
    let description = Description::read(&args.description)?;
    let resolved = description.resolve()?;
    let cloud = description.cloud(&resolved)?;
    let files = platform::rendered(&resolved, cloud.as_ref());
    let beside = description.folder.unwrap_or_default().join("rendered");
    let folder = args.output.as_deref().unwrap_or(&beside);
    replace(folder, &files, args.force)?;
    output::note(&format!(
        "wrote {} files below {}",
        files.len(),
        folder.display()
    ));
    Ok(ExitCode::SUCCESS)
}

/// Writes files, and removes those of the last rendering that are none of them. What somebody else
/// put into the folder stays; what somebody changed is not lost unless that is asked for.
pub(crate) fn replace(folder: &Path, files: &Files, force: bool) -> anyhow::Result<()> {
    if folder.exists() && !folder.is_dir() {
        bail!("`{}` is not a folder", folder.display());
    }
    let list = folder.join(LIST);
    let former = read_if_there(&list)?;
    let is_empty = std::fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
    if former.is_none() && !is_empty {
        bail!(
            "`{}` is not empty, and nothing was rendered into it before: name another folder with `-o`",
            folder.display()
        );
    }
    let files = &with_checksums(folder, files)?;
    let former = former.unwrap_or_default();
    let written = written(&former);
    let paths = files.keys().map(String::as_str);
    for path in written.keys().copied().chain(paths) {
        no_link_on_the_way(folder, path)?;
    }
    let changed = changed(folder, &written, files)?;
    if let (false, Some(first)) = (force, changed.first()) {
        let what = match changed.len() {
            1 => "was changed since it was rendered".to_owned(),
            count => format!(
                "and {} more were changed since they were rendered",
                count - 1
            ),
        };
        bail!(
            "`{}` {what}: say it in bastide.yaml or in a component instead, or give it up with `--force`",
            folder.join(first).display()
        );
    }
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
    let mut current = String::new();
    for (path, bytes) in files {
        let _ = writeln!(current, "{}  {path}", digest(bytes));
    }
    // Whoever is interrupted here may start again: what is there is one or the other.
    write(&list, format!("{former}{current}").as_bytes())?;
    for path in written.keys().filter(|path| !files.contains_key(**path)) {
        let path = folder.join(path);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("cannot remove `{}`", path.display()));
            }
            _ => {}
        }
        // A namespace that is gone leaves its folder empty.
        for parent in path.ancestors().skip(1).take_while(|it| *it != folder) {
            if std::fs::remove_dir(parent).is_err() {
                break;
            }
        }
    }
    for (path, bytes) in files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)
                .with_context(|| format!("cannot make the folder `{}`", parent.display()))?;
        }
        write(&path, bytes)?;
    }
    write(&list, current.as_bytes())
}

/// The same files, but for locks of Terraform to which it has added checksums: they stay as long as the
/// versions do.
fn with_checksums(folder: &Path, files: &Files) -> anyhow::Result<Files> {
    let mut files = files.clone();
    let locks = files
        .iter_mut()
        .filter(|(path, _)| path.ends_with(TERRAFORM_LOCK));
    for (path, bytes) in locks {
        let ours = String::from_utf8_lossy(bytes).into_owned();
        if let Some(theirs) = read_if_there(&folder.join(path))? {
            let versions = ours
                .lines()
                .filter(|it| it.trim_start().starts_with("version"));
            let mut kept = versions.map(|ours| theirs.lines().any(|it| it == ours));
            if kept.all(|it| it) {
                *bytes = theirs.into_bytes();
            }
        }
    }
    Ok(files)
}

/// Writes a file whole or not at all. A link is replaced, not followed.
fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let partial = path.with_extension("partial");
    let _ = std::fs::remove_file(&partial);
    let written = File::create_new(&partial)
        .and_then(|mut file| file.write_all(bytes))
        .and_then(|()| std::fs::rename(&partial, path));
    if written.is_err() {
        let _ = std::fs::remove_file(&partial);
    }
    written.with_context(|| format!("cannot write `{}`", path.display()))
}

/// The digests that files may have, by path: a list that was left halfway has two for one.
fn written(list: &str) -> BTreeMap<&str, Vec<&str>> {
    let mut written: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let entries = list.lines().filter_map(|line| line.split_once("  "));
    for (digest, path) in entries.filter(|(_, path)| is_below(path)) {
        written.entry(path).or_default().push(digest);
    }
    written
}

/// The files that are neither as they were rendered nor as they would be.
fn changed<'a>(
    folder: &Path,
    written: &BTreeMap<&'a str, Vec<&str>>,
    files: &Files,
) -> anyhow::Result<Vec<&'a str>> {
    let mut changed = Vec::new();
    for (path, digests) in written {
        let place = folder.join(path);
        let bytes = match std::fs::read(&place) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read `{}`", place.display()));
            }
        };
        let is_current = files.get(*path) == Some(&bytes);
        if !is_current && !digests.contains(&digest(&bytes).as_str()) {
            changed.push(*path);
        }
    }
    Ok(changed)
}

/// A folder that is a link would have something written or removed elsewhere.
fn no_link_on_the_way(folder: &Path, path: &str) -> anyhow::Result<()> {
    let mut place = folder.to_owned();
    for part in Path::new(path)
        .parent()
        .into_iter()
        .flat_map(Path::components)
    {
        place.push(part);
        if place.is_symlink() {
            bail!("`{}` is a link: remove it", place.display());
        }
    }
    Ok(())
}

fn digest(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a path of the list stays below the folder, whoever wrote it.
fn is_below(path: &str) -> bool {
    let mut parts = Path::new(path).components();
    !path.is_empty() && parts.all(|part| matches!(part, Component::Normal(_)))
}
