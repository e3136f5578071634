//! `bastide lock`

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, anyhow, bail};
use bastide_platform::{Lock, Settings};
use bastide_registry::{Error, Name, Options, Reason, Registries};

use super::platform::Description;
use crate::args::LockArgs;
use crate::output;
use crate::progress::Bar;

/// Asks registries what the images and models of a platform are, and writes that down.
pub(crate) fn run(args: &LockArgs) -> anyhow::Result<ExitCode> {
    let description = Description::read(&args.description)?;
    let platform = description.resolve()?;
    let mut lock = Lock::default();
    let mut names = Vec::new();
    for image in platform.images() {
        let known = platform.lock.images.get(image);
        if let Some(digest) = known {
            lock.images.insert(image.to_owned(), digest.clone());
        }
        // One with a digest in its name says itself what it is.
        if !platform.lock.is_fixed(image) || (args.upgrade && known.is_some()) {
            names.push(Name::Image(image));
        }
    }
    for model in platform.weights() {
        let known = platform.lock.models.get(model);
        if let Some(commit) = known {
            lock.models.insert(model.to_owned(), commit.clone());
        }
        if args.upgrade || known.is_none() {
            names.push(Name::Model(model));
        }
    }
    let mut failed = 0;
    for (name, answer) in names.iter().zip(ask(args, &names)?) {
        match (name, answer) {
            (Name::Image(image), Ok(digest)) => {
                lock.images.insert((*image).to_owned(), digest);
            }
            (Name::Model(model), Ok(commit)) => {
                lock.models.insert((*model).to_owned(), commit);
            }
            (name, Err(error)) => {
                failed += 1;
                let help = help(*name, &error, &description.settings);
                output::error(&anyhow!("{error}\nhelp: {help}"));
            }
        }
    }
    // What was answered need not be asked again once a mistake is mended.
    let path = description.folder.unwrap_or_default().join(Lock::FILE_NAME);
    if failed == 0 || failed < names.len() {
        std::fs::write(&path, lock.text())
            .with_context(|| format!("cannot write `{}`", path.display()))?;
        let (images, models) = (lock.images.len(), lock.models.len());
        output::note(&format!(
            "wrote {}: {images} images, {models} models",
            path.display()
        ));
    }
    match failed {
        0 => Ok(ExitCode::SUCCESS),
        _ => bail!("{failed} of {} names could not be resolved", names.len()),
    }
}

fn ask(args: &LockArgs, names: &[Name<'_>]) -> anyhow::Result<Vec<Result<String, Error>>> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let token = std::env::var("HF_TOKEN").ok();
    let registries = Registries::new(Options {
        mirror: args.mirror.clone(),
        hub: args.hub.clone(),
        token: token.filter(|it| !it.is_empty()),
    });
    let registries = registries.map_err(|error| anyhow!("{error}\nhelp: {}", error.help()))?;
    let answered = Arc::new(AtomicUsize::new(0));
    let _bar = {
        let (answered, all) = (answered.clone(), names.len());
        Bar::watch(move || (answered.load(Ordering::Relaxed), all), true)
    };
    Ok(registries.resolve(names, &|| {
        answered.fetch_add(1, Ordering::Relaxed);
    }))
}

/// The way out. Of an image that is built from sources it is that somebody builds it.
fn help(name: Name<'_>, error: &Error, settings: &Settings) -> String {
    match (name, error, &settings.registry) {
        (
            Name::Image(image),
            Error::Unresolved {
                reason: Reason::Missing,
                ..
            },
            Some(ours),
        ) if image.starts_with(ours.as_str()) => {
            format!("build it and push it to `{ours}`: it is made from sources")
        }
        _ => error.help(),
    }
}
