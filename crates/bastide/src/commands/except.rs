//! `bastide except`

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail};
use bastide_judge::{Draft, Register};

use super::accepted;
use crate::args::ExceptArgs;
use crate::output;

/// Adds an entry to the register, to be filled in.
pub(crate) fn run(args: ExceptArgs) -> anyhow::Result<ExitCode> {
    let path = args
        .register
        .unwrap_or_else(|| PathBuf::from(Register::FILE_NAME));
    if !bastide_check::all().any(|check| check.id.as_str() == args.check)
        && !args.check.contains('*')
    {
        bail!(
            "there is no check `{}`; `bastide checks` lists them",
            args.check
        );
    }
    let draft = Draft {
        check: args.check,
        resources: args.resources,
        owner: args.owner,
        expires: args.expires.as_deref().map(accepted::date).transpose()?,
        today: accepted::today(),
    };
    let text = match std::fs::read_to_string(&path) {
        Ok(register) => draft.append_to(&register),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => draft.new_register(),
        Err(error) => {
            return Err(error).with_context(|| format!("cannot read `{}`", path.display()));
        }
    };
    let text = text.map_err(|invalid| accepted::describe(&invalid))?;
    std::fs::write(&path, text).with_context(|| format!("cannot write `{}`", path.display()))?;
    output::note(&format!(
        "added an entry to {}: fill in what stands in angle brackets",
        path.display()
    ));
    Ok(ExitCode::SUCCESS)
}
