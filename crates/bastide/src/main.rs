//! The command line of Bastide: reads arguments, calls the library, maps the result to an exit code.

mod args;
mod commands;
mod config;
mod output;
mod progress;

use std::process::ExitCode;

use crate::args::Command;

fn main() -> ExitCode {
    let done = match args::parse() {
        Command::Scan(args) => commands::scan::run(&args),
        Command::Checks(args) => commands::checks::list(&args),
        Command::Explain(args) => commands::checks::explain(&args),
        Command::Except(args) => commands::except::run(args),
        Command::Report(args) => commands::report::run(&args),
        Command::Init(args) => commands::init::run(&args),
        Command::Lock(args) => commands::lock::run(&args),
        Command::Plan(args) => commands::plan::run(&args),
        Command::Render(args) => commands::render::run(&args),
        Command::Bootstrap(args) => commands::bootstrap::run(&args),
        Command::Graph(args) => commands::catalog::graph(&args),
        Command::DiffProfiles(args) => commands::catalog::diff_profiles(&args),
        Command::Components => commands::catalog::components(),
        Command::Models => commands::catalog::models(),
        Command::Schema(args) => commands::schema(&args),
        Command::Completions(args) => commands::completions(&args),
    };
    done.unwrap_or_else(|error| {
        output::error(&error);
        // What could not be done at all ends with 2, as in Checkov.
        ExitCode::from(2)
    })
}
