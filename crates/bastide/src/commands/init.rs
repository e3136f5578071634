//! `bastide init`

use std::io::{BufRead, IsTerminal};
use std::process::ExitCode;

use anyhow::{Context, bail};
use bastide_platform::{Catalog, Draft, Lock, Profile, Settings, Target, resolve};

use super::platform::described;
use crate::args::InitArgs;
use crate::output;

/// Writes a first description of a platform. On a terminal it asks for what the flags leave open.
pub(crate) fn run(args: &InitArgs) -> anyhow::Result<ExitCode> {
    let path = args.output.join(Settings::FILE_NAME);
    if path.exists() && !args.force {
        bail!(
            "`{}` is there already: `--force` replaces it",
            path.display()
        );
    }
    let asks = !args.yes && std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let draft = draft(args, asks)?;
    let text = draft.text();
    let name = path.to_string_lossy().into_owned();
    let settings = Settings::parse(&text, &name).map_err(|it| described(&[it]))?;
    let catalog = Catalog::built_in().map_err(|it| described(&[it]))?;
    // What cannot be resolved is said now, not at the first plan.
    resolve(&settings, &catalog, &Lock::default())
        .map_err(|it| described(&it.in_files(&text, &name)))?;
    std::fs::create_dir_all(&args.output)
        .with_context(|| format!("cannot make the folder `{}`", args.output.display()))?;
    std::fs::write(&path, text).with_context(|| format!("cannot write `{}`", path.display()))?;
    output::note(&format!(
        "wrote {}: `bastide plan` says what it consists of",
        path.display()
    ));
    Ok(ExitCode::SUCCESS)
}

fn draft(args: &InitArgs, asks: bool) -> anyhow::Result<Draft> {
    let ask = |question: &str, given: Option<&String>, default: &str| match given {
        Some(given) => Ok(given.clone()),
        None if asks => answer(question, default),
        None => Ok(default.to_owned()),
    };
    let name = ask("name", args.name.as_ref(), "genai")?;
    let target = match ask("target: eks or kubernetes", args.target.as_ref(), "eks")?.as_str() {
        "eks" => Target::Eks,
        "kubernetes" => Target::Kubernetes,
        other => bail!("there is no target `{other}`; there are eks, kubernetes"),
    };
    let profile = match ask(
        "profile: production or demo",
        args.profile.as_ref(),
        "production",
    )?
    .as_str()
    {
        "production" => Profile::Production,
        "demo" => Profile::Demo,
        other => bail!("there is no profile `{other}`; there are production, demo"),
    };
    let region = match target {
        Target::Eks => Some(ask("region of AWS", args.region.as_ref(), "us-west-2")?),
        Target::Kubernetes => args.region.clone(),
    };
    let domain = ask(
        "domain, or nothing to expose nothing",
        args.domain.as_ref(),
        "",
    )?;
    let components = args.components.as_ref().map(|it| it.join(","));
    let components = ask(
        "components, or all",
        components.as_ref(),
        &Draft::COMPONENTS.join(","),
    )?;
    let models = args.models.as_ref().map(|it| it.join(","));
    let models = ask(
        "models, or nothing for the default ones",
        models.as_ref(),
        "",
    )?;
    let list = |text: &str| {
        let items = text.split(',').map(str::trim).filter(|it| !it.is_empty());
        items.map(str::to_owned).collect()
    };
    Ok(Draft {
        name,
        target,
        profile,
        region,
        domain: Some(domain).filter(|it| !it.is_empty()),
        components: list(&components),
        models: list(&models),
    })
}

/// Asks on standard error, so that standard output stays data.
fn answer(question: &str, default: &str) -> anyhow::Result<String> {
    match default.is_empty() {
        true => output::prompt(&format!("{question}: ")),
        false => output::prompt(&format!("{question} [{default}]: ")),
    }
    let mut line = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut line)
        .context("cannot read the answer")?;
    let line = line.trim();
    Ok(if line.is_empty() { default } else { line }.to_owned())
}
