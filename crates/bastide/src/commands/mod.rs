//! One file a command. Each reads what it needs, calls the library, and writes the result.

pub(crate) mod accepted;
pub(crate) mod bootstrap;
pub(crate) mod catalog;
pub(crate) mod checks;
pub(crate) mod except;
pub(crate) mod init;
pub(crate) mod lock;
pub(crate) mod plan;
pub(crate) mod platform;
pub(crate) mod render;
pub(crate) mod report;
pub(crate) mod scan;

use std::process::ExitCode;

use clap::CommandFactory;

use crate::args::{Cli, CompletionsArgs, SchemaArgs, SchemaOf};
use crate::output;

/// Prints the JSON Schema of a file.
pub(crate) fn schema(args: &SchemaArgs) -> anyhow::Result<ExitCode> {
    match args.file {
        SchemaOf::Exceptions => output::data(&bastide_judge::Register::schema())?,
        SchemaOf::Platform => output::data(&bastide_platform::Settings::schema())?,
        SchemaOf::Component => output::data(&bastide_platform::Component::schema())?,
        SchemaOf::Model => output::data(&bastide_platform::Model::schema())?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints completions for a shell.
pub(crate) fn completions(args: &CompletionsArgs) -> anyhow::Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "bastide", &mut script);
    output::data(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}
