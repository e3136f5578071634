//! What is accepted: the register of exceptions and the baseline, as files.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use bastide_judge::{Baseline, InvalidRegister, Register, Terms};

/// The register that is named, else the one in the folder that is scanned, if there is one.
pub(crate) fn register_path(named: Option<&Path>, scanned: &Path) -> Option<PathBuf> {
    if let Some(named) = named {
        return Some(named.to_owned());
    }
    let beside = if scanned.is_dir() {
        scanned
    } else {
        scanned.parent()?
    };
    Some(beside.join(Register::FILE_NAME)).filter(|path| path.is_file())
}

/// Reads a register.
pub(crate) fn read_register(path: &Path) -> anyhow::Result<Register> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read the register `{}`", path.display()))?;
    Register::parse(&text, &path.to_string_lossy()).map_err(|invalid| describe(&invalid))
}

/// All mistakes of a register in one error.
pub(crate) fn describe(invalid: &InvalidRegister) -> anyhow::Error {
    anyhow::anyhow!(
        "{}",
        bastide_report::mistakes(&invalid.file, &invalid.mistakes, false)
    )
}

/// Reads a baseline.
pub(crate) fn read_baseline(path: &Path, as_skipped: bool) -> anyhow::Result<Baseline> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read the baseline `{}`", path.display()))?;
    let mut baseline =
        Baseline::parse(&text).with_context(|| format!("in `{}`", path.display()))?;
    baseline.as_skipped = as_skipped;
    Ok(baseline)
}

/// By what verdicts are judged today.
pub(crate) fn terms(
    register: Option<&Path>,
    scanned: &Path,
    no_inline_skips: bool,
) -> anyhow::Result<Terms> {
    let register = register_path(register, scanned)
        .as_deref()
        .map(read_register)
        .transpose()?;
    Ok(Terms {
        register,
        baseline: None,
        no_inline_skips,
        today: today(),
    })
}

/// The day, in UTC, on which exceptions hold or have expired. `SOURCE_DATE_EPOCH` may say which day it is,
/// so that a page can be made again as it was.
pub(crate) fn today() -> jiff::civil::Date {
    let given = std::env::var("SOURCE_DATE_EPOCH")
        .ok()
        .and_then(|seconds| seconds.parse().ok());
    let given = given.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    let moment = given.unwrap_or_else(jiff::Timestamp::now);
    jiff::tz::Offset::UTC.to_datetime(moment).date()
}

/// A date, as 2027-03-31.
pub(crate) fn date(text: &str) -> anyhow::Result<jiff::civil::Date> {
    match text.parse() {
        Ok(date) => Ok(date),
        Err(_) => bail!("`{text}` is no date; write it as 2027-03-31"),
    }
}
