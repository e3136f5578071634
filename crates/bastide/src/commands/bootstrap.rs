//! `bastide bootstrap`

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, bail};
use bastide_render_terraform::{bootstrap, state_bucket};

use super::platform::Description;
use super::render::replace;
use crate::args::BootstrapArgs;
use crate::output;

/// Writes the stack of the bucket that holds the state of the cloud, and applies it if asked to.
pub(crate) fn run(args: &BootstrapArgs) -> anyhow::Result<ExitCode> {
    let description = Description::read(&args.description)?;
    let resolved = description.resolve()?;
    let Some(cloud) = description.cloud(&resolved)? else {
        bail!("the target is `kubernetes`: there is no Terraform, and so no state to keep");
    };
    let beside = description.folder.unwrap_or_default().join("bootstrap");
    let folder = args.output.as_deref().unwrap_or(&beside);
    let files = bootstrap(&cloud);
    replace(folder, &files, args.force)?;
    output::note(&format!(
        "wrote {} files below {}",
        files.len(),
        folder.display()
    ));
    if !args.apply {
        output::note(
            "`bastide bootstrap --apply` makes the bucket, once; or run `terraform apply` there",
        );
        return Ok(ExitCode::SUCCESS);
    }
    let program = program()?;
    terraform(&program, folder, &["init", "-input=false"])?;
    // Terraform shows what it would make, and asks.
    match args.yes {
        true => terraform(
            &program,
            folder,
            &["apply", "-input=false", "-auto-approve"],
        )?,
        false => terraform(&program, folder, &["apply"])?,
    }
    match state_bucket(&cloud) {
        Some(bucket) => output::note(&format!("`{bucket}` holds the state, as terraform/ says")),
        None => output::note(
            "name the bucket in terraform/: `terraform init -backend-config=bucket=…`, as the output says; \
             with `aws.account` in bastide.yaml it knows by itself",
        ),
    }
    Ok(ExitCode::SUCCESS)
}

/// Terraform, or else OpenTofu.
fn program() -> anyhow::Result<PathBuf> {
    for name in ["terraform", "tofu"] {
        match Command::new(name).arg("version").output() {
            Ok(_) => return Ok(PathBuf::from(name)),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(|| format!("cannot run `{name}`")),
        }
    }
    bail!("there is neither `terraform` nor `tofu`: install one of them, or leave `--apply` off")
}

fn terraform(program: &Path, folder: &Path, args: &[&str]) -> anyhow::Result<()> {
    let name = program.display();
    let status = Command::new(program)
        .args(args)
        .current_dir(folder)
        .status()
        .with_context(|| format!("cannot run `{name}`"))?;
    match status.success() {
        true => Ok(()),
        false => bail!("`{name} {}` failed in {}", args.join(" "), folder.display()),
    }
}
