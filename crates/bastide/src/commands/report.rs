//! `bastide report`

use std::io::ErrorKind;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use bastide_scan::{Request, Threads, examine};

use super::accepted;
use crate::args::ReportArgs;
use crate::output;

/// Writes the Security Considerations page, or checks that it is what it would be now.
pub(crate) fn run(args: &ReportArgs) -> anyhow::Result<ExitCode> {
    let request = Request {
        paths: vec![args.path.clone()],
        ..Request::default()
    };
    let terms = accepted::terms(args.register.as_deref(), &args.path, false)?;
    let posture = terms.judge(examine(&request, &Threads::new(0)?)?);
    let previous = read_if_there(&args.output)?;
    let page = bastide_report::considerations(&posture, previous.as_deref());
    if !args.check {
        std::fs::write(&args.output, page)
            .with_context(|| format!("cannot write `{}`", args.output.display()))?;
        output::note(&format!("wrote {}", args.output.display()));
        return Ok(ExitCode::SUCCESS);
    }
    match previous {
        None => bail!(
            "there is no `{}`; write it with `bastide report`",
            args.output.display()
        ),
        Some(previous) if previous != page => bail!(
            "`{}` is out of date; write it anew with `bastide report`",
            args.output.display()
        ),
        Some(_) => Ok(ExitCode::SUCCESS),
    }
}

/// The text of a file, if it exists.
fn read_if_there(path: &Path) -> anyhow::Result<Option<String>> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read `{}`", path.display())),
    }
}
