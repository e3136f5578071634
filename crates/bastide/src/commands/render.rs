//! `bastide render`

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use bastide_render_terraform::Files;

use super::platform::{self, Description, read_if_there};
use crate::args::RenderArgs;
use crate::output;

/// What a rendering wrote, so that the next can remove what is no longer part of it.
const LIST: &str = ".bastide-rendered";

/// Writes the manifests of a platform and, on EKS, the cloud under it.
pub(crate) fn run(args: &RenderArgs) -> anyhow::Result<ExitCode> {
    let description = Description::read(&args.description)?;
    let resolved = description.resolve()?;
    let cloud = description.cloud(&resolved)?;
    let files = platform::rendered(&resolved, cloud.as_ref());
    let beside = description.folder.unwrap_or_default().join("rendered");
    let folder = args.output.as_deref().unwrap_or(&beside);
    replace(folder, &files)?;
    output::note(&format!(
        "wrote {} files below {}",
        files.len(),
        folder.display()
    ));
    Ok(ExitCode::SUCCESS)
}

/// Writes files, and removes those of the last rendering that are none of them. What somebody else
/// put into the folder stays.
fn replace(folder: &Path, files: &Files) -> anyhow::Result<()> {
    let list = folder.join(LIST);
    let former = read_if_there(&list)?;
    let is_empty = std::fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
    if former.is_none() && !is_empty {
        bail!(
            "`{}` is not empty, and nothing was rendered into it before: name another folder with `-o`",
            folder.display()
        );
    }
    let current: BTreeSet<&str> = files.keys().map(String::as_str).collect();
    let former = former.unwrap_or_default();
    let gone = former
        .lines()
        .filter(|path| !current.contains(path) && is_below(path));
    for path in gone {
        let path = folder.join(path);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
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
    platform::write(folder, files)?;
    let mut text: String = current.into_iter().collect::<Vec<_>>().join("\n");
    text.push('\n');
    std::fs::write(&list, text).with_context(|| format!("cannot write `{}`", list.display()))
}

/// Whether a path of the list stays below the folder, whoever wrote it.
fn is_below(path: &str) -> bool {
    let mut parts = Path::new(path).components();
    !path.is_empty() && parts.all(|part| matches!(part, std::path::Component::Normal(_)))
}
