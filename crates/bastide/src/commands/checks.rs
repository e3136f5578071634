//! `bastide checks` and `bastide explain`

use std::process::ExitCode;

use anyhow::bail;
use bastide_check::{Check, Framework, Severity};
use bastide_report::checks::{self, Filter};

use crate::args::{ChecksArgs, Color, ExplainArgs};
use crate::output;

/// Lists checks.
pub(crate) fn list(args: &ChecksArgs) -> anyhow::Result<ExitCode> {
    let framework = args
        .framework
        .as_deref()
        .map(|name| match Framework::from_name(name) {
            Some(framework) => Ok(framework),
            None => bail!("there is no framework `{name}`"),
        });
    let severity = args
        .severity
        .as_deref()
        .map(|name| match Severity::from_name(name) {
            Some(severity) => Ok(severity),
            None => bail!("there is no severity `{name}`; there are low, medium, high, critical"),
        });
    let filter = Filter {
        framework: framework.transpose()?,
        severity: severity.transpose()?,
        standard: args.standard.clone(),
        text: args.text.clone(),
    };
    let colors = output::colors(Color::Auto);
    output::data(&checks::list(&filter.checks(), args.output.0, colors))?;
    Ok(ExitCode::SUCCESS)
}

/// Lists the checks of some frameworks: `--list` of a scan.
pub(crate) fn list_all(frameworks: &[Framework]) -> anyhow::Result<ExitCode> {
    let of_them = |check: &&Check| check.frameworks().any(|it| frameworks.contains(&it));
    let listed: Vec<_> = Filter::default()
        .checks()
        .into_iter()
        .filter(of_them)
        .collect();
    let colors = output::colors(Color::Auto);
    output::data(&checks::list(&listed, checks::ListFormat::Table, colors))?;
    Ok(ExitCode::SUCCESS)
}

/// Explains a check.
pub(crate) fn explain(args: &ExplainArgs) -> anyhow::Result<ExitCode> {
    let wanted = args.check.to_ascii_uppercase();
    let Some(check) = bastide_check::all().find(|check| check.id.as_str() == wanted) else {
        match nearest(&wanted) {
            Some(near) => bail!("there is no check `{}`; did you mean `{near}`?", args.check),
            None => bail!(
                "there is no check `{}`; `bastide checks` lists them",
                args.check
            ),
        }
    };
    let colors = output::colors(Color::Auto);
    let text = if args.markdown {
        checks::page(check)
    } else {
        checks::explain(check, colors)
    };
    output::data(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// The id that is most like another, if one is like it at all.
fn nearest(wanted: &str) -> Option<&'static str> {
    let ids = bastide_check::all().map(|check| check.id.as_str());
    let scored = ids.map(|id| (strsim::jaro_winkler(id, wanted), id));
    let best = scored.max_by(|one, two| one.0.total_cmp(&two.0))?;
    (best.0 > 0.8).then_some(best.1)
}
