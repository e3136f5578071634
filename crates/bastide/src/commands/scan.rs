//! `bastide scan`

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, bail};
use bastide_check::Framework;
use bastide_judge::{Baseline, Gate, Posture, Terms};
use bastide_modules::Credentials;
use bastide_report::{Format, Options};
use bastide_scan::{Request, Selection, Threads, examine};

use super::{accepted, checks};
use crate::args::ScanArgs;
use crate::output;
use crate::progress::Bar;

/// What Checkov puts between reports of several formats.
const DELIMITER: &str = "\n--- OUTPUT DELIMITER ---\n\n";

/// Frameworks of Checkov that are not scanned for here.
const NOT_YET: [&str; 16] = [
    "ansible",
    "arm",
    "bicep",
    "bitbucket_configuration",
    "cdk",
    "cloudformation",
    "github_configuration",
    "gitlab_configuration",
    "helm",
    "json",
    "kustomize",
    "openapi",
    "sca_image",
    "sca_package",
    "serverless",
    "yaml",
];

pub(crate) fn run(args: &ScanArgs) -> anyhow::Result<ExitCode> {
    if args.list {
        return checks::list_all(&frameworks(args)?);
    }
    let request = request(args)?;
    let gate = gate(args);
    let started = Instant::now();
    let threads = Threads::new(args.threads.unwrap_or(0))?;
    let examined = {
        let progress = request.progress.clone();
        let _bar = Bar::watch(move || progress.get(), !args.quiet);
        examine(&request, &threads)?
    };
    let terms = terms(args, &request.paths[0])?;
    let posture = threads.run(|| terms.judge(examined));
    let options = Options {
        quiet: args.quiet,
        compact: args.compact,
        group: args.group,
        standard: args.standard,
        coverage: args.coverage,
        strict: args.strict,
        color: output::colors(args.color),
        named_files: !args.file.is_empty(),
        working_directory: std::env::current_dir().unwrap_or_default(),
        elapsed: Some(started.elapsed()),
    };
    threads.run(|| write_reports(args, &posture, &options))?;
    if args.create_baseline {
        create_baselines(&posture, request.paths.len())?;
    }
    let decision = gate.decide(&posture);
    if args.explain_exit {
        output::note(&format!("exit code {}:", decision.code));
        decision
            .because
            .iter()
            .for_each(|reason| output::note(&format!("  {reason}")));
    }
    // The process ends: to free so much piece by piece would take its time for nothing.
    std::mem::forget(posture);
    Ok(ExitCode::from(decision.code))
}

fn request(args: &ScanArgs) -> anyhow::Result<Request> {
    let mut paths: Vec<PathBuf> = args
        .directory
        .iter()
        .chain(&args.file)
        .chain(&args.paths)
        .cloned()
        .collect();
    if paths.is_empty() {
        paths.push(PathBuf::from("."));
    }
    let mut policies = Vec::new();
    for folder in &args.external_checks_dir {
        policies.extend(bastide_scan::policies(folder)?);
    }
    Ok(Request {
        paths,
        frameworks: frameworks(args)?,
        checks: Selection::new(&args.check, &args.skip_check).of(args.standard),
        policies,
        skip_paths: args.skip_path.clone(),
        ignored_names: args.ignored_names.clone(),
        hidden: args.hidden || env_is_false("CKV_IGNORE_HIDDEN_DIRECTORIES"),
        gitignore: args.gitignore,
        var_files: args.var_file.clone(),
        variables: args.var.clone(),
        environment_variables: variables_of_environment(),
        external_modules: args.external_modules_download_path.clone(),
        fetch_modules: args.download_external_modules.then(credentials),
        plan_sources: args.repo_root_for_plan_enrichment.clone(),
        all_files_for_secrets: args.enable_secret_scan_all_files,
        secrets_block_list: args
            .block_list_secret_scan
            .iter()
            .map(|name| name.to_lowercase())
            .collect(),
        max_secrets_size: max_secrets_size(),
        secrets_history: args
            .scan_secrets_history
            .then_some(args.secrets_history_timeout),
        entropy_limit: env_number("CHECKOV_ENTROPY_KEYWORD_LIMIT").unwrap_or(3.0),
        max_file_size: args.max_file_size * 1_000_000,
        ..Request::default()
    })
}

/// The frameworks that are asked for. One that is Checkov's but not ours is passed over with a
/// warning, one that is nobody's is an error.
fn frameworks(args: &ScanArgs) -> anyhow::Result<Vec<Framework>> {
    let mut asked = Vec::new();
    let mut not_yet = Vec::new();
    for name in &args.framework {
        match (Framework::from_name(name), name.as_str()) {
            (Some(framework), _) => asked.push(framework),
            (None, "all") => asked.extend(Framework::ALL),
            (None, name) if is_of_checkov(name) => not_yet.push(name),
            (None, name) => bail!("there is no framework `{name}`; {}", known_frameworks()),
        }
    }
    if args.framework.is_empty() {
        asked.extend(Framework::ALL);
    }
    if !not_yet.is_empty() && args.framework.len() == not_yet.len() {
        output::warning(&format!("not scanned for: {}", not_yet.join(", ")));
    }
    for name in &args.skip_framework {
        match Framework::from_name(name) {
            Some(framework) => asked.retain(|it| *it != framework),
            None if is_of_checkov(name) => {}
            None => bail!("there is no framework `{name}`; {}", known_frameworks()),
        }
    }
    asked.sort();
    asked.dedup();
    Ok(asked)
}

fn is_of_checkov(name: &str) -> bool {
    NOT_YET.contains(&name) || name.starts_with("sast") || name == "terraform_json"
}

fn known_frameworks() -> String {
    let names: Vec<_> = Framework::ALL
        .iter()
        .map(|framework| framework.name())
        .collect();
    format!("there are {}", names.join(", "))
}

fn gate(args: &ScanArgs) -> Gate {
    Gate {
        soft_fail: args.soft_fail,
        soft_fail_on: args.soft_fail_on.clone(),
        hard_fail_on: args.hard_fail_on.clone(),
        strict: args.strict,
        strict_coverage: args.strict_coverage,
        no_fail_on_crash: false,
    }
}

fn terms(args: &ScanArgs, scanned: &Path) -> anyhow::Result<Terms> {
    let mut terms = accepted::terms(args.register.as_deref(), scanned, args.no_inline_skips)?;
    if let Some(path) = &args.baseline {
        terms.baseline = Some(accepted::read_baseline(
            path,
            args.output_baseline_as_skipped,
        )?);
    }
    Ok(terms)
}

/// Writes each format where `--output-file-path` says: without it all go to standard output; a list
/// names a file, or `console`, for each; a folder gets a file of each, beside standard output.
fn write_reports(args: &ScanArgs, posture: &Posture, options: &Options) -> anyhow::Result<()> {
    let formats = formats(args);
    let list: Option<Vec<&str>> = args
        .output_file_path
        .as_deref()
        .filter(|paths| paths.contains(','))
        .map(|paths| paths.split(',').map(str::trim).collect());
    let folder = args.output_file_path.as_deref().filter(|_| list.is_none());
    let mut printed = Vec::new();
    for (index, format) in formats.iter().enumerate() {
        match list.as_ref().map(|list| list.get(index).copied()) {
            Some(Some(path)) if path != "console" => write_file(path, *format, posture, options)?,
            // Checkov never prints SARIF, but leaves it in the current folder.
            None if args.as_checkov && *format == Format::Sarif => {
                if folder.is_none() {
                    write_file("results.sarif", *format, posture, options)?;
                }
                if !formats.contains(&Format::Cli) {
                    printed.push(Format::Cli);
                }
            }
            Some(None) => bail!("`--output-file-path` names no file for `{format}`"),
            _ => printed.push(*format),
        }
        if let Some(folder) = folder {
            let path = Path::new(folder).join(format.file_name());
            write_file(&path.to_string_lossy(), *format, posture, options)?;
        }
    }
    let print = |out: &mut dyn Write| {
        for (index, format) in printed.iter().enumerate() {
            if index > 0 {
                out.write_all(DELIMITER.as_bytes())?;
            }
            format.write(posture, options, out)?;
        }
        Ok(())
    };
    output::write(print).context("cannot write to standard output")
}

fn formats(args: &ScanArgs) -> Vec<Format> {
    if args.output.is_empty() {
        return vec![Format::Cli];
    }
    args.output.iter().map(|output| output.0).collect()
}

fn write_file(
    path: &str,
    format: Format,
    posture: &Posture,
    options: &Options,
) -> anyhow::Result<()> {
    let path = Path::new(path);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
    }
    let plain = Options {
        color: false,
        ..options.clone()
    };
    File::create(path)
        .and_then(|mut file| format.write(posture, &plain, &mut file))
        .with_context(|| format!("cannot write `{}`", path.display()))
}

/// One baseline in each folder that was scanned: variable files come after those.
fn create_baselines(posture: &Posture, scanned: usize) -> anyhow::Result<()> {
    for root in posture.roots.iter().take(scanned) {
        let path = root.absolute.join(Baseline::FILE_NAME);
        std::fs::write(&path, Baseline::create(posture, root))
            .with_context(|| format!("cannot write `{}`", path.display()))?;
        output::note(&format!("wrote {}", path.display()));
    }
    Ok(())
}

/// The variables for Terraform that the environment sets, `TF_VAR_name=value`, by name.
fn variables_of_environment() -> Vec<(String, String)> {
    let mut variables: Vec<_> = std::env::vars_os()
        .filter_map(|(name, value)| {
            let name = name.into_string().ok()?;
            let name = name.strip_prefix("TF_VAR_")?.to_owned();
            Some((name, value.into_string().ok()?))
        })
        .collect();
    variables.sort();
    variables
}

/// Checkov's limit on files that are searched for secrets, in bytes; zero for none.
fn max_secrets_size() -> u64 {
    match env_number("CHECKOV_MAX_FILE_SIZE") {
        Some(0.0) => u64::MAX,
        Some(limit) if limit > 0.0 => limit as u64,
        _ => bastide_scan::MAX_SECRETS_SIZE,
    }
}

/// What opens registries and repositories.
fn credentials() -> Credentials {
    let variables = std::env::vars_os();
    Credentials::new(
        variables.filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        }),
    )
}

fn env_is_false(name: &str) -> bool {
    let value = std::env::var(name).unwrap_or_default().to_ascii_lowercase();
    matches!(value.as_str(), "n" | "no" | "f" | "false" | "off" | "0")
}

fn env_number(name: &str) -> Option<f64> {
    std::env::var(name).ok()?.parse().ok()
}
