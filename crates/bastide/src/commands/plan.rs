//! `bastide plan`

use std::process::ExitCode;

use anyhow::Context;
use bastide_judge::Gate;
use bastide_report::platform::{CloudPlan, Plan, plan};
use bastide_scan::{Request, Threads, examine};

use super::accepted;
use super::platform::{self, Description};
use crate::args::PlanArgs;
use crate::output;

/// Says what would be installed, and what a scan finds in it. Nothing is written.
pub(crate) fn run(args: &PlanArgs) -> anyhow::Result<ExitCode> {
    let description = Description::read_or_example(&args.description)?;
    let resolved = description.resolve()?;
    let cloud = description.cloud(&resolved)?;
    let files = platform::rendered(&resolved, cloud.as_ref());
    // The scanner reads files: so they are written, and gone again in the end.
    let folder = tempfile::tempdir().context("cannot make a folder to render into")?;
    platform::write(folder.path(), &files)?;
    let request = Request {
        paths: vec![folder.path().to_owned()],
        ..Request::default()
    };
    let examined = examine(&request, &Threads::new(0)?)?;
    let posture = accepted::terms(None, folder.path(), false)?.judge(examined);
    let decision = Gate::default().decide(&posture);
    output::data(&plan(&Plan {
        platform: &resolved,
        posture: &posture,
        files: files.len(),
        cloud: cloud.as_ref().map(|cloud| CloudPlan {
            resources: bastide_render_terraform::resources(&files),
            costs: bastide_render_terraform::costs(cloud)
                .into_iter()
                .map(|it| (it.count, it.unit))
                .collect(),
        }),
    }))?;
    Ok(ExitCode::from(decision.code))
}
