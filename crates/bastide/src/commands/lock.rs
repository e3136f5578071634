//! `bastide lock`

use std::process::ExitCode;

use anyhow::Context;
use bastide_platform::Lock;
use bastide_registry::{Client, Reference};

use super::platform::Description;
use crate::args::LockArgs;
use crate::output;

/// Asks registries what the images and models of a platform are, and writes that down.
pub(crate) fn run(args: &LockArgs) -> anyhow::Result<ExitCode> {
    let description = Description::read(&args.description)?;
    let platform = description.resolve()?;
    let client = match &args.mirror {
        Some(mirror) => Client::through(mirror),
        None => Client::new(),
    };
    let mut lock = Lock::default();
    for image in platform.images() {
        let known = platform.lock.images.get(image).filter(|_| !args.upgrade);
        let digest = match known {
            Some(digest) => digest.clone(),
            None => {
                let reference: Reference = image.parse()?;
                client.digest(&reference)?
            }
        };
        lock.images.insert(image.to_owned(), digest);
    }
    for repository in platform.weights() {
        let known = platform
            .lock
            .models
            .get(repository)
            .filter(|_| !args.upgrade);
        let commit = match known {
            Some(commit) => commit.clone(),
            None => client.revision(repository)?,
        };
        lock.models.insert(repository.to_owned(), commit);
    }
    let path = description.folder.unwrap_or_default().join(Lock::FILE_NAME);
    std::fs::write(&path, lock.text())
        .with_context(|| format!("cannot write `{}`", path.display()))?;
    let (images, models) = (lock.images.len(), lock.models.len());
    output::note(&format!(
        "wrote {}: {images} images, {models} models",
        path.display()
    ));
    Ok(ExitCode::SUCCESS)
}
