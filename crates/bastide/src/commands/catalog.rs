//! `bastide components`, `bastide models`, `bastide graph` and `bastide diff-profiles`

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use bastide_platform::Profile;
use bastide_render_kubernetes::render;
use bastide_report::platform;

use super::platform::{Description, catalog};
use crate::args::{GraphArgs, PlanArgs};
use crate::output;

/// Lists the components, those of the project too.
pub(crate) fn components() -> anyhow::Result<ExitCode> {
    output::data(&platform::components(&catalog(Path::new("."))?))?;
    Ok(ExitCode::SUCCESS)
}

/// Lists the models, those of the project too.
pub(crate) fn models() -> anyhow::Result<ExitCode> {
    output::data(&platform::models(&catalog(Path::new("."))?))?;
    Ok(ExitCode::SUCCESS)
}

/// Says what production adds.
pub(crate) fn diff_profiles(args: &PlanArgs) -> anyhow::Result<ExitCode> {
    let description = Description::read_or_example(&args.description)?;
    let demo = render(&description.resolve_as(Profile::Demo)?);
    let production = render(&description.resolve_as(Profile::Production)?);
    output::data(&platform::difference(&demo, &production))?;
    Ok(ExitCode::SUCCESS)
}

/// Draws the platform.
pub(crate) fn graph(args: &GraphArgs) -> anyhow::Result<ExitCode> {
    let description = Description::read_or_example(&args.description)?;
    let picture = platform::graph(&description.resolve()?, args.format.into());
    match &args.output {
        Some(path) => {
            std::fs::write(path, picture)
                .with_context(|| format!("cannot write `{}`", path.display()))?;
            output::note(&format!("wrote {}", path.display()));
        }
        None => output::data(&picture)?,
    }
    Ok(ExitCode::SUCCESS)
}
