//! JSON in Checkov's shape, for what people have written around it.
//!
//! There are three shapes: an object when one framework has something to report, a list of them
//! when several have, and a bare summary when none has. A record has the keys that Checkov gives
//! it, of the same types; those that only a framework's own runner sets are set for that framework
//! alone. What Checkov fills in only with its platform (severity, explanation, page) is filled in.
//!
//! Other than in Checkov, on purpose:
//!
//! - What is undecided, and not presumed to have passed, stands in `unknown_checks`, which is there
//!   only if something does: Checkov has no place for it.
//! - What the register accepts is skipped, with the reason as its comment.
//! - `check_class` is no path of a Python module; `url` leads to Bastide.
//! - `details` says what is so at each place, for any check; `evaluated_keys` is empty.
//! - `breadcrumbs` tells the module calls that a resource comes from, counted in `idx` from the
//!   outermost. In Checkov it also tells the variables that were put in, and `idx` is a number of
//!   its graph.
//! - Reports stand in the same order each time, whichever runner would have been first.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use bastide_check::{Framework, Resource};
use bastide_judge::Finding;
use serde::{Serialize, Serializer};

use crate::view::View;
use crate::{checkov, checks, code, pretty};

/// The version of Checkov whose shape this is.
const CHECKOV_VERSION: &str = "3.3.30";

#[derive(Serialize)]
#[serde(untagged)]
enum Shape<'a> {
    Nothing(Summary),
    One(&'a Report<'a>),
    Several(&'a [Report<'a>]),
}

#[derive(Serialize)]
struct Report<'a> {
    check_type: &'static str,
    results: Results<'a>,
    summary: Summary,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'static str>,
}

#[derive(Serialize)]
struct Results<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    passed_checks: Option<Records<'a>>,
    failed_checks: Records<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    skipped_checks: Option<Records<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unknown_checks: Option<Records<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parsing_errors: Option<Vec<String>>,
}

#[derive(Serialize, Default)]
struct Summary {
    passed: usize,
    failed: usize,
    skipped: usize,
    parsing_errors: usize,
    resource_count: usize,
    checkov_version: &'static str,
}

/// Findings of one result. Their records are made one at a time as they are written: there may be
/// many, each with the lines of its resource.
struct Records<'a> {
    view: &'a View<'a>,
    findings: Vec<&'a Finding>,
    result: &'static str,
}

impl Serialize for Records<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let records = self.findings.iter();
        serializer.collect_seq(records.map(|finding| record(self.view, finding, self.result)))
    }
}

/// What Checkov never sets without its platform is `()`: null.
#[derive(Serialize)]
struct Record<'a> {
    check_id: &'static str,
    bc_check_id: (),
    check_name: &'static str,
    check_result: CheckResult<'a>,
    code_block: Option<Vec<code::Line<'a>>>,
    file_path: String,
    file_abs_path: String,
    repo_file_path: String,
    file_line_range: (u32, u32),
    resource: Cow<'a, str>,
    evaluations: Option<Empty>,
    check_class: &'static str,
    fixed_definition: (),
    entity_tags: (),
    caller_file_path: Option<String>,
    caller_file_line_range: Option<(u32, u32)>,
    resource_address: Option<&'a str>,
    severity: &'static str,
    bc_category: (),
    benchmarks: Option<Benchmarks>,
    description: &'static str,
    short_description: &'static str,
    vulnerability_details: (),
    connected_node: (),
    guideline: String,
    details: Vec<Cow<'a, str>>,
    check_len: (),
    definition_context_file_path: Option<String>,
    #[serde(flatten)]
    breadcrumbs: Option<Breadcrumbs<'a>>,
    #[serde(flatten)]
    history: Option<History<'a>>,
}

/// The controls of standards that a check goes back to, by the standard's name.
type Benchmarks = BTreeMap<&'static str, Vec<&'static str>>;

/// An object without keys.
#[derive(Serialize)]
struct Empty {}

#[derive(Serialize)]
struct CheckResult<'a> {
    result: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppress_comment: Option<&'a str>,
    #[serde(flatten)]
    evidence: Option<Evidence<'a>>,
}

/// What a runner says about how it came to a result.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Evidence<'a> {
    EvaluatedKeys([&'a str; 0]),
    ResultsConfiguration(Option<[Instruction<'a>; 1]>),
}

/// An instruction of a Dockerfile; its lines are counted from zero.
#[derive(Serialize)]
struct Instruction<'a> {
    instruction: &'a str,
    startline: u32,
    endline: u32,
    content: Cow<'a, str>,
    value: String,
}

/// The module calls that a resource comes from, outermost first.
#[derive(Serialize)]
struct Breadcrumbs<'a> {
    breadcrumbs: SourceModule<'a>,
}

#[derive(Serialize)]
struct SourceModule<'a> {
    source_module_: Vec<Call<'a>>,
}

#[derive(Serialize)]
struct Call<'a> {
    r#type: &'static str,
    name: &'a str,
    path: Option<String>,
    idx: usize,
    source_module_object: (),
}

/// Since when a secret is in the history of a repository, and until when it was. Empty where only
/// the files were searched.
#[derive(Serialize)]
struct History<'a> {
    validation_status: &'static str,
    added_commit_hash: &'a str,
    removed_commit_hash: &'a str,
    added_by: &'a str,
    removed_date: &'a str,
    added_date: &'a str,
}

/// Writes the posture in Checkov's JSON.
pub(crate) fn write(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let reports = checkov::reports(view).into_iter();
    let reports: Vec<_> = reports.map(|found| report(view, found)).collect();
    let shape = match reports.as_slice() {
        [] => Shape::Nothing(Summary {
            checkov_version: CHECKOV_VERSION,
            ..Summary::default()
        }),
        [report] => Shape::One(report),
        reports => Shape::Several(reports),
    };
    pretty::write(&shape, 4, out)
}

fn report<'a>(view: &'a View<'a>, found: checkov::Report<'a>) -> Report<'a> {
    let summary = Summary {
        passed: found.passed.len(),
        failed: found.failed.len(),
        skipped: found.skipped.len(),
        parsing_errors: found.parsing_errors.len(),
        resource_count: view.resource_count(found.framework),
        checkov_version: CHECKOV_VERSION,
    };
    let loud = !view.options.quiet;
    let records = |findings, result| Records {
        view,
        findings,
        result,
    };
    let unknown = (loud && !found.unknown.is_empty()).then_some(found.unknown);
    Report {
        check_type: found.framework.name(),
        results: Results {
            passed_checks: loud.then(|| records(found.passed, "PASSED")),
            failed_checks: records(found.failed, "FAILED"),
            skipped_checks: loud.then(|| records(found.skipped, "SKIPPED")),
            unknown_checks: unknown.map(|unknown| records(unknown, "UNKNOWN")),
            parsing_errors: loud.then_some(found.parsing_errors),
        },
        summary,
        url: loud.then_some(env!("CARGO_PKG_REPOSITORY")),
    }
}

fn record<'a>(view: &View<'a>, finding: &'a Finding, result: &'static str) -> Record<'a> {
    let resource = view.resource(finding);
    let framework = resource.framework;
    let terraform = framework == Framework::Terraform;
    let absolute = view.paths.absolute(resource.file);
    let file_path = view.paths.checkov(resource.file, framework);
    Record {
        check_id: finding.check.id.as_str(),
        bc_check_id: (),
        check_name: finding.check.title,
        check_result: check_result(view, finding, result),
        code_block: (!view.options.compact).then(|| code::lines(view, resource)),
        repo_file_path: format!("/{}", view.paths.repository(resource.file)),
        file_line_range: resource.lines,
        resource: match framework {
            Framework::Dockerfile => format!("{file_path}.{}", resource.kind).into(),
            _ => resource.address.as_str().into(),
        },
        file_path,
        evaluations: (framework == Framework::Kubernetes).then_some(Empty {}),
        check_class: match framework {
            Framework::Secrets => "",
            _ => "bastide",
        },
        fixed_definition: (),
        entity_tags: (),
        caller_file_path: resource
            .caller
            .map(|(file, _)| view.paths.checkov(file, framework)),
        caller_file_line_range: resource.caller.map(|(_, lines)| lines),
        resource_address: (framework == Framework::TerraformPlan)
            .then_some(resource.address.as_str()),
        severity: checks::severity_in_capitals(finding.check.severity),
        bc_category: (),
        benchmarks: benchmarks(view, finding),
        description: finding.check.why,
        short_description: finding.check.title,
        vulnerability_details: (),
        connected_node: (),
        guideline: checks::page_address(finding.check),
        details: finding
            .labels
            .iter()
            .map(|label| view.text(label))
            .collect(),
        check_len: (),
        definition_context_file_path: terraform.then(|| absolute.clone()),
        breadcrumbs: breadcrumbs(view, resource),
        history: (framework == Framework::Secrets).then(|| history(resource)),
        file_abs_path: absolute,
    }
}

/// The controls of the standard that was asked for. Without one, Checkov's runner for Terraform gives
/// an empty object, the others nothing.
fn benchmarks(view: &View<'_>, finding: &Finding) -> Option<Benchmarks> {
    let Some(standard) = view.options.standard else {
        let terraform = view.resource(finding).framework == Framework::Terraform;
        return terraform.then(Benchmarks::new);
    };
    let controls = standard.with_included().map(|standard| {
        let controls = finding.check.controls_of(standard).collect::<Vec<_>>();
        (standard.name(), controls)
    });
    Some(
        controls
            .filter(|(_, controls)| !controls.is_empty())
            .collect(),
    )
}

fn history(resource: &Resource) -> History<'_> {
    let added = resource.history.as_ref().map(|history| &history.added);
    let removed = resource.history.as_ref().and_then(|it| it.removed.as_ref());
    History {
        validation_status: "Unavailable",
        added_commit_hash: added.map_or("", |commit| &commit.id),
        removed_commit_hash: removed.map_or("", |commit| &commit.id),
        added_by: added.map_or("", |commit| &commit.committer),
        removed_date: removed.map_or("", |commit| &commit.time),
        added_date: added.map_or("", |commit| &commit.time),
    }
}

fn check_result<'a>(
    view: &View<'a>,
    finding: &'a Finding,
    result: &'static str,
) -> CheckResult<'a> {
    let resource = view.resource(finding);
    let suppress_comment = checkov::suppress_comment(view, finding);
    let evidence = match resource.framework {
        Framework::Dockerfile => Some(Evidence::ResultsConfiguration(instruction(view, resource))),
        Framework::Secrets => None,
        _ if suppress_comment.is_some() => None,
        _ => Some(Evidence::EvaluatedKeys([])),
    };
    CheckResult {
        result,
        suppress_comment,
        evidence,
    }
}

/// The instruction that a resource is; `None` if it is a file as a whole.
fn instruction<'a>(view: &View<'a>, resource: &'a Resource) -> Option<[Instruction<'a>; 1]> {
    if resource.kind.is_empty() {
        return None;
    }
    let source = view.source(resource.file)?;
    let content = view.masks.slice(source, resource.span.range());
    let value = content.split_once(char::is_whitespace);
    Some([Instruction {
        instruction: &resource.kind,
        startline: resource.lines.0.saturating_sub(1),
        endline: resource.lines.1.saturating_sub(1),
        value: value.map_or("", |(_, value)| value.trim()).to_owned(),
        content,
    }])
}

/// The calls that a resource in a module comes from. The file is known of the innermost.
fn breadcrumbs<'a>(view: &View<'_>, resource: &'a Resource) -> Option<Breadcrumbs<'a>> {
    let (file, _) = resource.caller?;
    let mut calls: Vec<_> = (0..)
        .zip(module_names(&resource.address))
        .map(|(idx, name)| Call {
            r#type: "module",
            name,
            path: None,
            idx,
            source_module_object: (),
        })
        .collect();
    calls.last_mut()?.path = Some(view.paths.absolute(file));
    Some(Breadcrumbs {
        breadcrumbs: SourceModule {
            source_module_: calls,
        },
    })
}

/// The names of the module calls in an address, with their keys: `a` and `b["x.y"]` in
/// `module.a.module.b["x.y"].aws_vpc.c`.
fn module_names(address: &str) -> impl Iterator<Item = &str> {
    let mut rest = address;
    std::iter::from_fn(move || {
        let call = rest.strip_prefix("module.")?;
        let mut quoted = false;
        let end = call.find(|char| {
            quoted ^= char == '"';
            char == '.' && !quoted
        })?;
        rest = &call[end + 1..];
        Some(&call[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_module_calls() {
        let names = |address| module_names(address).collect::<Vec<_>>();
        let address = r#"module.a.module.b["x.y"].aws_vpc.c"#;
        assert_eq!(names(address), ["a", r#"b["x.y"]"#]);
        assert_eq!(names("aws_vpc.c"), [""; 0]);
        assert_eq!(names("module.a"), [""; 0]);
    }
}
