//! The command line, as data.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use bastide_check::Standard;
use bastide_report::Format;
use bastide_report::checks::ListFormat;
use bastide_report::platform::GraphFormat;
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{
    ArgAction, ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum,
};

use crate::{config, output};

/// Reads the command line, with what a file of options adds to it. Ends the program where that
/// makes no sense, or where only help is asked for.
pub(crate) fn parse() -> Command {
    let line: Vec<OsString> = std::env::args_os().collect();
    let program = line.first().map(Path::new).and_then(Path::file_stem);
    if program.is_some_and(|name| name == "checkov") {
        return Command::Scan(Box::new(checkov(line)));
    }
    let command = Cli::command();
    let matches = command.clone().get_matches_from(&line);
    match (Cli::from_arg_matches(&matches), matches.subcommand()) {
        (
            Ok(Cli {
                command: Command::Scan(args),
            }),
            Some(("scan", own)),
        ) => {
            let scan = command.find_subcommand("scan").cloned().unwrap_or_default();
            Command::Scan(Box::new(with_options(*args, &scan, own, &line)))
        }
        (Ok(cli), _) => cli.command,
        (Err(error), _) => error.exit(),
    }
}

/// Checkov's own command line. Its lists take several words, and `-f a b` is two files.
fn checkov(line: Vec<OsString>) -> ScanArgs {
    let several = [
        "file",
        "framework",
        "skip_framework",
        "check",
        "skip_check",
        "var_file",
        "repo_root_for_plan_enrichment",
    ];
    let command = several
        .into_iter()
        .fold(CheckovCli::command(), |command, name| {
            command.mut_arg(name, |argument| argument.num_args(1..))
        });
    let matches = command.clone().get_matches_from(&line);
    let ignored = PlatformArgs::augment_args(clap::Command::new(""))
        .get_arguments()
        .filter(|it| matches.value_source(it.get_id().as_str()) == Some(ValueSource::CommandLine))
        .filter_map(|it| it.get_long().map(|name| format!("--{name}")))
        .collect::<Vec<_>>();
    if !ignored.is_empty() {
        output::warning(&format!(
            "ignored, because it changes nothing here: {}",
            ignored.join(", ")
        ));
    }
    match CheckovCli::from_arg_matches(&matches) {
        Ok(cli) => ScanArgs {
            as_checkov: true,
            ..with_options(cli.scan, &command, &matches, &line)
        },
        Err(error) => error.exit(),
    }
}

/// The arguments, with those of a file of options, which weigh less.
fn with_options(
    args: ScanArgs,
    command: &clap::Command,
    matches: &ArgMatches,
    line: &[OsString],
) -> ScanArgs {
    let scanned: Vec<_> = args.directory.iter().chain(&args.paths).cloned().collect();
    let Some(path) = config::find(args.config_file.as_deref(), &scanned) else {
        return args;
    };
    let (words, unknown) = match config::words(&path, command, matches) {
        Ok(found) => found,
        Err(error) => clap::Error::raw(ErrorKind::Io, format!("{error:#}\n")).exit(),
    };
    if !unknown.is_empty() {
        let keys = unknown.join(", ");
        output::warning(&format!(
            "{}: options that are not known: {keys}",
            path.display()
        ));
    }
    if words.is_empty() {
        return args;
    }
    // Words of the file stand before those of the line, so that positional ones stay last.
    let given = usize::from(command.get_name() == "scan") + 1;
    let line = line[..given]
        .iter()
        .chain(&words)
        .chain(&line[given..])
        .skip(given - 1);
    let matches = command.clone().get_matches_from(line);
    ScanArgs::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
}

/// Scan infrastructure as code with Checkov's verdicts, hundreds of times faster
#[derive(Debug, Parser)]
#[command(name = "bastide", version, propagate_version = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Scan folders and files
    Scan(Box<ScanArgs>),
    /// List the checks
    Checks(ChecksArgs),
    /// Say what a check asks for, why, and what to write instead
    Explain(ExplainArgs),
    /// Add an entry for a finding to the register of exceptions, to be filled in
    Except(ExceptArgs),
    /// Write the Security Considerations page from scan and register
    Report(ReportArgs),
    /// Write a first description of a platform
    Init(InitArgs),
    /// Say what a platform would consist of, what it takes, and what a scan finds in it
    Plan(PlanArgs),
    /// Write the hardened manifests of a platform and, on EKS, the Terraform under them
    Render(RenderArgs),
    /// Write the Terraform of the bucket that holds the state of all else, and apply it if asked to
    Bootstrap(BootstrapArgs),
    /// Write down what the names of images and models stand for, as their registries say
    Lock(LockArgs),
    /// Draw a platform: namespaces, workloads, and who may talk to whom
    Graph(GraphArgs),
    /// Say what the production profile adds to the demo one
    DiffProfiles(PlanArgs),
    /// List the components that a platform can have
    Components,
    /// List the models that a platform can serve
    Models,
    /// Print the JSON Schema of a file that Bastide reads
    Schema(SchemaArgs),
    /// Print completions for a shell
    Completions(CompletionsArgs),
}

/// When started under the name `checkov`: its command line whole.
#[derive(Debug, Parser)]
#[command(name = "checkov", version = "3.3.30 (bastide)")]
pub(crate) struct CheckovCli {
    #[command(flatten)]
    pub(crate) scan: ScanArgs,

    #[command(flatten)]
    pub(crate) platform: PlatformArgs,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct ScanArgs {
    /// Folders and files to scan [default: the current folder]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// A folder to scan; may be given several times
    #[arg(short, long, value_name = "FOLDER", help_heading = "What to scan")]
    pub(crate) directory: Vec<PathBuf>,

    /// Files to scan
    #[arg(short, long, value_name = "FILE", help_heading = "What to scan")]
    pub(crate) file: Vec<PathBuf>,

    /// Frameworks to scan for, separated by commas
    #[arg(
        long,
        value_delimiter = ',',
        env = "CKV_FRAMEWORK",
        help_heading = "What to scan"
    )]
    pub(crate) framework: Vec<String>,

    /// Frameworks to leave out
    #[arg(long, value_delimiter = ',', help_heading = "What to scan")]
    pub(crate) skip_framework: Vec<String>,

    /// Paths to leave out: regular expressions, to be found anywhere in the path
    #[arg(long, value_name = "PATTERN", help_heading = "What to scan")]
    pub(crate) skip_path: Vec<String>,

    /// Names of files and folders to leave out wherever they are
    #[arg(
        long,
        value_name = "NAMES",
        value_delimiter = ',',
        env = "CKV_IGNORED_DIRECTORIES",
        default_value = "node_modules,.terraform,.serverless",
        help_heading = "What to scan"
    )]
    pub(crate) ignored_names: Vec<String>,

    /// Leave out what the ignore files of git name
    #[arg(long, help_heading = "What to scan")]
    pub(crate) gitignore: bool,

    /// Also go into files and folders whose names start with a dot
    #[arg(long, help_heading = "What to scan")]
    pub(crate) hidden: bool,

    /// Variable files for Terraform
    #[arg(long, value_name = "FILE", help_heading = "What to scan")]
    pub(crate) var_file: Vec<PathBuf>,

    /// A variable for Terraform; may be given several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = variable, help_heading = "What to scan")]
    pub(crate) var: Vec<(String, String)>,

    /// Fetch modules of Terraform that are not in the tree, from registries and git repositories
    #[arg(
        long,
        value_name = "BOOL",
        env = "DOWNLOAD_EXTERNAL_MODULES",
        value_parser = clap::builder::BoolishValueParser::new(),
        default_value_t = false,
        action = ArgAction::Set,
        help_heading = "What to scan"
    )]
    pub(crate) download_external_modules: bool,

    /// Where such modules are kept: a folder below the one that is scanned
    #[arg(
        long,
        value_name = "DIR",
        default_value = bastide_scan::EXTERNAL_MODULES,
        help_heading = "What to scan"
    )]
    pub(crate) external_modules_download_path: PathBuf,

    /// Folders with the configurations that plans were made of, to show findings where they are written
    #[arg(long, value_name = "DIR", help_heading = "What to scan")]
    pub(crate) repo_root_for_plan_enrichment: Vec<PathBuf>,

    /// Folders of policies in YAML, in Checkov's format
    #[arg(long, value_name = "DIR", help_heading = "Which checks")]
    pub(crate) external_checks_dir: Vec<PathBuf>,

    /// Do not read files of more than this many megabytes
    #[arg(
        long,
        value_name = "MB",
        default_value_t = 50,
        help_heading = "What to scan"
    )]
    pub(crate) max_file_size: u64,

    /// Search every file for secrets, whatever its name
    #[arg(
        long,
        env = "CKV_SECRETS_SCAN_ENABLE_ALL",
        help_heading = "What to scan"
    )]
    pub(crate) enable_secret_scan_all_files: bool,

    /// Of all files, those not to be searched for secrets: endings such as `.log`, or names
    #[arg(
        long,
        value_name = "NAMES",
        value_delimiter = ',',
        env = "CKV_SECRETS_SCAN_BLOCK_LIST",
        help_heading = "What to scan"
    )]
    pub(crate) block_list_secret_scan: Vec<String>,

    /// Search all commits of the repository for secrets too
    #[arg(long, help_heading = "What to scan")]
    pub(crate) scan_secrets_history: bool,

    /// How long that may take: seconds, or a number with `s`, `m` or `h`
    #[arg(
        long,
        value_name = "TIME",
        default_value = "12h",
        value_parser = duration,
        help_heading = "What to scan"
    )]
    pub(crate) secrets_history_timeout: Duration,

    /// Run only these checks: ids, patterns (`CKV_AWS_*`) or severities (`HIGH` and worse)
    #[arg(short, long, value_name = "CHECKS", help_heading = "Which checks")]
    pub(crate) check: Vec<String>,

    /// Do not run these checks: ids, patterns or severities (`LOW` and less)
    #[arg(long, value_name = "CHECKS", help_heading = "Which checks")]
    pub(crate) skip_check: Vec<String>,

    /// Run only the checks of a standard, and report by its controls: cis-kubernetes, cis-eks,
    /// cis-docker, cis-aws, aws-security-hub, nsa, nist-800-190, owasp-k8s, owasp-cicd, cwe,
    /// pss-baseline, pss-restricted
    #[arg(long, value_name = "NAME", value_parser = standard, help_heading = "Which checks")]
    pub(crate) standard: Option<Standard>,

    /// List the checks
    #[arg(short, long, help_heading = "Which checks")]
    pub(crate) list: bool,

    /// The register of exceptions [default: bastide.exceptions.yaml in the folder that is scanned]
    #[arg(long, value_name = "FILE", help_heading = "What is accepted")]
    pub(crate) register: Option<PathBuf>,

    /// Count findings that comments in the files ask to skip
    #[arg(long, help_heading = "What is accepted")]
    pub(crate) no_inline_skips: bool,

    /// Accept what this baseline lists
    #[arg(long, value_name = "FILE", help_heading = "What is accepted")]
    pub(crate) baseline: Option<PathBuf>,

    /// Write a baseline of all findings to `.checkov.baseline` in the folder that is scanned
    #[arg(long, help_heading = "What is accepted")]
    pub(crate) create_baseline: bool,

    /// Show findings of the baseline as skipped
    #[arg(long, help_heading = "What is accepted")]
    pub(crate) output_baseline_as_skipped: bool,

    /// Exit with 0 whatever is found
    #[arg(short, long, help_heading = "What fails the scan")]
    pub(crate) soft_fail: bool,

    /// Do not fail because of these checks: ids, patterns or severities
    #[arg(
        long,
        value_name = "CHECKS",
        value_delimiter = ',',
        help_heading = "What fails the scan"
    )]
    pub(crate) soft_fail_on: Vec<String>,

    /// Fail because of these checks alone: ids, patterns or severities
    #[arg(
        long,
        value_name = "CHECKS",
        value_delimiter = ',',
        help_heading = "What fails the scan"
    )]
    pub(crate) hard_fail_on: Vec<String>,

    /// Fail on what could not be decided
    #[arg(long, help_heading = "What fails the scan")]
    pub(crate) strict: bool,

    /// Fail if a file could not be read
    #[arg(
        long,
        env = "CKV_PARSE_ERROR_FAIL",
        help_heading = "What fails the scan"
    )]
    pub(crate) strict_coverage: bool,

    /// Say on standard error why the scan ends with the code that it does
    #[arg(long, help_heading = "What fails the scan")]
    pub(crate) explain_exit: bool,

    /// Formats of the report: cli, json, sarif, junitxml, github, github_failed_only, markdown, csv
    #[arg(short, long, value_name = "FORMAT", help_heading = "What is shown")]
    pub(crate) output: Vec<OutputFormat>,

    /// A folder for the reports, or a list of files for them, in order; `console` prints one
    #[arg(long, value_name = "PATHS", help_heading = "What is shown")]
    pub(crate) output_file_path: Option<String>,

    /// Show failures alone
    #[arg(long, help_heading = "What is shown")]
    pub(crate) quiet: bool,

    /// Show no code: one line a finding
    #[arg(long, help_heading = "What is shown")]
    pub(crate) compact: bool,

    /// Name each file that was passed over
    #[arg(long, help_heading = "What is shown")]
    pub(crate) coverage: bool,

    /// Show findings at one place together
    #[arg(long, help_heading = "What is shown")]
    pub(crate) group: bool,

    /// When to use colours
    #[arg(long, value_enum, default_value_t = Color::Auto, help_heading = "What is shown")]
    pub(crate) color: Color,

    /// A file of options, `key: value` [default: .bastide.yaml or .checkov.yaml in the folder that
    /// is scanned, the current folder, or the home folder]
    #[arg(
        long,
        value_name = "FILE",
        env = "CKV_CONFIG_FILE",
        help_heading = "How"
    )]
    pub(crate) config_file: Option<PathBuf>,

    /// How many threads [default: as many as there are cores]
    #[arg(long, value_name = "N", help_heading = "How")]
    pub(crate) threads: Option<usize>,

    /// Whether the program was started as `checkov`.
    #[arg(skip)]
    pub(crate) as_checkov: bool,
}

/// `NAME=VALUE`
fn variable(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once('=').filter(|(name, _)| !name.is_empty());
    let (name, value) = parts.ok_or("write it as NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// A standard by its id.
fn standard(id: &str) -> Result<Standard, String> {
    let ids: Vec<_> = Standard::ALL.iter().map(|standard| standard.id()).collect();
    Standard::from_id(id).ok_or_else(|| format!("there are {}", ids.join(", ")))
}

/// `90`, `90s`, `15m` or `12h`
fn duration(text: &str) -> Result<Duration, String> {
    let unit = text.trim_start_matches(|char: char| char.is_ascii_digit());
    let seconds = match unit {
        "" | "s" => Some(1),
        "m" => Some(60),
        "h" => Some(60 * 60),
        _ => None,
    };
    let number = text[..text.len() - unit.len()].parse::<u64>().ok();
    let seconds = number
        .zip(seconds)
        .and_then(|(it, unit)| it.checked_mul(unit));
    seconds
        .map(Duration::from_secs)
        .ok_or_else(|| "write it as `90s`, `15m` or `12h`".to_owned())
}

/// A format of the report.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OutputFormat(pub(crate) Format);

impl FromStr for OutputFormat {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let names: Vec<_> = Format::ALL.iter().map(|format| format.name()).collect();
        let format = Format::from_name(name).map(Self);
        format.ok_or_else(|| format!("there are {}", names.join(", ")))
    }
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Options that only mean something to Checkov's platform, or to parts of Checkov that are not
/// scanned for here. They are taken and ignored, with one warning.
#[derive(Clone, Debug, Args)]
pub(crate) struct PlatformArgs {
    #[arg(long, hide = true)]
    pub(crate) support: bool,
    #[arg(long, hide = true)]
    pub(crate) bc_api_key: Option<String>,
    #[arg(long, hide = true)]
    pub(crate) prisma_api_url: Option<String>,
    #[arg(long, hide = true)]
    pub(crate) repo_id: Option<String>,
    #[arg(short, long, hide = true)]
    pub(crate) branch: Option<String>,
    #[arg(long, hide = true)]
    pub(crate) skip_download: bool,
    #[arg(long, hide = true)]
    pub(crate) skip_results_upload: bool,
    #[arg(long, hide = true)]
    pub(crate) use_enforcement_rules: bool,
    #[arg(long, hide = true)]
    pub(crate) include_all_checkov_policies: bool,
    #[arg(long, hide = true)]
    pub(crate) policy_metadata_filter: Option<String>,
    #[arg(long, hide = true)]
    pub(crate) policy_metadata_filter_exception: Option<String>,
    #[arg(long, alias = "image", hide = true)]
    pub(crate) docker_image: Option<String>,
    #[arg(long, hide = true)]
    pub(crate) dockerfile_path: Option<String>,
    #[arg(long, hide = true, action = ArgAction::Append)]
    pub(crate) skip_cve_package: Vec<String>,
    #[arg(long, hide = true)]
    pub(crate) output_bc_ids: bool,
    #[arg(long, hide = true)]
    pub(crate) ca_certificate: Option<String>,
    #[arg(long, hide = true)]
    pub(crate) no_cert_verify: bool,
    #[arg(long, hide = true)]
    pub(crate) no_fail_on_crash: bool,
    #[arg(long, hide = true)]
    pub(crate) summary_position: Option<String>,
    #[arg(long, hide = true)]
    pub(crate) skip_resources_without_violations: bool,
    #[arg(long, hide = true)]
    pub(crate) evaluate_variables: Option<String>,
    #[arg(long, hide = true)]
    pub(crate) deep_analysis: bool,
    #[arg(long, hide = true)]
    pub(crate) custom_tool_name: Option<String>,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct ChecksArgs {
    /// Only checks whose id, title or explanation holds this text
    pub(crate) text: Option<String>,

    /// Only checks of this framework
    #[arg(long)]
    pub(crate) framework: Option<String>,

    /// Only checks of this severity or worse
    #[arg(long)]
    pub(crate) severity: Option<String>,

    /// Only checks of this standard: `cis-eks`, `pss-restricted`, …, or part of a name, as `owasp`
    #[arg(long)]
    pub(crate) standard: Option<String>,

    /// The format: table, markdown, json
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub(crate) output: ListOutput,
}

/// A format of the list of checks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ListOutput(pub(crate) ListFormat);

impl FromStr for ListOutput {
    type Err = &'static str;

    fn from_str(name: &str) -> Result<Self, &'static str> {
        match name {
            "table" => Ok(Self(ListFormat::Table)),
            "markdown" => Ok(Self(ListFormat::Markdown)),
            "json" => Ok(Self(ListFormat::Json)),
            _ => Err("there are table, markdown, json"),
        }
    }
}

#[derive(Clone, Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The id of the check, as CKV_K8S_22
    pub(crate) check: String,

    /// As Markdown
    #[arg(long)]
    pub(crate) markdown: bool,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct ExceptArgs {
    /// The id of the check
    pub(crate) check: String,

    /// Addresses of resources, perhaps with `*`; without any, whatever resource fails the check
    pub(crate) resources: Vec<String>,

    /// The register [default: bastide.exceptions.yaml in the current folder]
    #[arg(long, value_name = "FILE")]
    pub(crate) register: Option<PathBuf>,

    /// Who answers for it
    #[arg(long)]
    pub(crate) owner: Option<String>,

    /// The last day on which it holds, as 2027-03-31 [default: 90 days from now]
    #[arg(long)]
    pub(crate) expires: Option<String>,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct ReportArgs {
    /// The folder to report on
    #[arg(default_value = ".")]
    pub(crate) path: PathBuf,

    /// The page
    #[arg(short, long, default_value = "SECURITY-CONSIDERATIONS.md")]
    pub(crate) output: PathBuf,

    /// Fail if the page is not what it would be if it were written now
    #[arg(long)]
    pub(crate) check: bool,

    /// The register of exceptions [default: bastide.exceptions.yaml in the folder]
    #[arg(long, value_name = "FILE")]
    pub(crate) register: Option<PathBuf>,
}

/// Which platform.
#[derive(Clone, Debug, Args)]
pub(crate) struct DescriptionArgs {
    /// The description of the platform [default: bastide.yaml in the current folder]
    #[arg(short, long, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct InitArgs {
    /// The folder to write to
    #[arg(default_value = ".")]
    pub(crate) output: PathBuf,

    /// Ask nothing: take the defaults for what no flag says
    #[arg(short, long)]
    pub(crate) yes: bool,

    /// Replace a description that is there
    #[arg(long)]
    pub(crate) force: bool,

    /// The name of the platform
    #[arg(long)]
    pub(crate) name: Option<String>,

    /// Where it runs: eks, kubernetes
    #[arg(long)]
    pub(crate) target: Option<String>,

    /// How much it has to stand: production, demo
    #[arg(long)]
    pub(crate) profile: Option<String>,

    /// The AWS region
    #[arg(long)]
    pub(crate) region: Option<String>,

    /// The domain under which what is exposed gets its names
    #[arg(long)]
    pub(crate) domain: Option<String>,

    /// The components, separated by commas, or all
    #[arg(long, value_delimiter = ',')]
    pub(crate) components: Option<Vec<String>>,

    /// The models, separated by commas
    #[arg(long, value_delimiter = ',')]
    pub(crate) models: Option<Vec<String>>,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct LockArgs {
    #[command(flatten)]
    pub(crate) description: DescriptionArgs,

    /// Ask again for what is written down already
    #[arg(long)]
    pub(crate) upgrade: bool,

    /// A mirror to ask instead, which has every image under its whole name
    #[arg(long, value_name = "HOST")]
    pub(crate) mirror: Option<String>,

    /// Where models have their names; the token of the user there is taken from HF_TOKEN
    #[arg(long, value_name = "URL", env = "HF_ENDPOINT", default_value = bastide_registry::HUB)]
    pub(crate) hub: String,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct PlanArgs {
    #[command(flatten)]
    pub(crate) description: DescriptionArgs,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct RenderArgs {
    #[command(flatten)]
    pub(crate) description: DescriptionArgs,

    /// The folder to write to [default: rendered beside the description]
    #[arg(short, long, value_name = "FOLDER")]
    pub(crate) output: Option<PathBuf>,

    /// Replace also what somebody changed since it was rendered
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct BootstrapArgs {
    #[command(flatten)]
    pub(crate) description: DescriptionArgs,

    /// The folder to write to [default: bootstrap beside the description]
    #[arg(short, long, value_name = "FOLDER")]
    pub(crate) output: Option<PathBuf>,

    /// Give up what was changed there since it was written
    #[arg(long)]
    pub(crate) force: bool,

    /// Run `terraform apply` there, or `tofu apply`
    #[arg(long)]
    pub(crate) apply: bool,

    /// Do not ask before something is made
    #[arg(long, requires = "apply")]
    pub(crate) yes: bool,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct GraphArgs {
    #[command(flatten)]
    pub(crate) description: DescriptionArgs,

    /// The format
    #[arg(long, value_enum, default_value_t = Drawing::Svg)]
    pub(crate) format: Drawing,

    /// The file to write to [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// A format of the picture of a platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Drawing {
    /// A drawing
    Svg,
    /// For Graphviz
    Dot,
    /// For Markdown
    Mermaid,
}

impl From<Drawing> for GraphFormat {
    fn from(drawing: Drawing) -> Self {
        match drawing {
            Drawing::Svg => Self::Svg,
            Drawing::Dot => Self::Dot,
            Drawing::Mermaid => Self::Mermaid,
        }
    }
}

#[derive(Clone, Debug, Args)]
pub(crate) struct SchemaArgs {
    /// The file
    #[arg(value_enum)]
    pub(crate) file: SchemaOf,
}

/// A file that Bastide reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// `bastide.exceptions.yaml`
    Exceptions,
    /// `bastide.yaml`
    Platform,
    /// A component: `components/*.yaml`
    Component,
    /// A model: `models/*.yaml`
    Model,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}
