//! SARIF 2.1.0, for code scanning.
//!
//! - A rule stands for a check, once, whatever number of frameworks tell it.
//! - Results are what failed, was skipped or is accepted; of the last two each says why. With
//!   `quiet` they are left out.
//! - What is undecided is a notification, as files that could not be read are: viewers show any
//!   result as a finding, whatever its kind.
//! - Places are relative to `%SRCROOT%`, which is the folder that the program was started in.
//! - A fingerprint says which finding it is, however the file is edited. It also stands where
//!   GitHub looks for it; GitHub would otherwise take a hash of the line.

mod log;

use std::collections::BTreeMap;

use bastide_check::{Check, CheckId, Reference as CheckReference, Severity, Standard};
use bastide_judge::{Finding, Status};
use bastide_source::{Diagnostic, FileId, Level};

use self::log::{
    Acceptance, ArtifactLocation, Configuration, Driver, Invocation, Location, Log,
    LogicalLocation, Message, Notification, PartialFingerprints, PhysicalLocation, Reference,
    Region, Result, Rule, RuleProperties, Run, Suppression, Tool, UriBase, UriBases,
};
use crate::checks;
use crate::fingerprint::Fingerprints;
use crate::harmless::path_link;
use crate::place::Place;
use crate::pretty::pretty;
use crate::view::View;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

const SOURCE_ROOT: &str = "%SRCROOT%";

/// The posture in SARIF.
pub(crate) fn render(view: &View<'_>) -> String {
    let shown: Vec<_> = view
        .findings()
        .iter()
        .copied()
        .filter(|finding| is_result(view, finding))
        .collect();
    let checks: BTreeMap<CheckId, &Check> = shown
        .iter()
        .map(|finding| (finding.check.id, finding.check))
        .collect();
    let index: BTreeMap<_, _> = checks.keys().copied().zip(0..).collect();
    let mut fingerprints = Fingerprints::default();
    let results = shown.into_iter().map(|finding| {
        let fingerprint = fingerprints.next(view, finding);
        result(view, finding, index[&finding.check.id], fingerprint)
    });
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: driver(checks.into_values().map(rule).collect()),
            },
            invocations: [Invocation {
                execution_successful: true,
                tool_execution_notifications: notifications(view),
            }],
            original_uri_base_ids: UriBases {
                source_root: UriBase {
                    description: "the folder that bastide was started in".into(),
                },
            },
            column_kind: "unicodeCodePoints",
            results: results.collect(),
        }],
    };
    pretty(&log, 2)
}

/// Whether a finding is a result, rather than a notification or nothing.
fn is_result(view: &View<'_>, finding: &Finding) -> bool {
    match finding.status {
        _ if view.fails(finding) => true,
        Status::Skipped { .. } | Status::Accepted { .. } | Status::Known => !view.options.quiet,
        Status::Passed | Status::Failed | Status::Undecided { .. } => false,
    }
}

fn driver(rules: Vec<Rule>) -> Driver {
    Driver {
        name: "Bastide",
        version: env!("CARGO_PKG_VERSION"),
        semantic_version: env!("CARGO_PKG_VERSION"),
        information_uri: env!("CARGO_PKG_REPOSITORY"),
        rules,
    }
}

fn rule(check: &Check) -> Rule {
    Rule {
        id: check.id.as_str(),
        name: check.title,
        short_description: check.title.into(),
        full_description: check.why.into(),
        help: Message {
            text: checks::explain(check, false),
            markdown: Some(checks::page(check)),
        },
        help_uri: checks::page_address(check),
        default_configuration: Configuration {
            level: level(check.severity),
        },
        properties: RuleProperties {
            security_severity: score(check.severity),
            tags: tags(check),
        },
    }
}

/// Weaknesses are tagged as GitHub does; other standards with their line.
fn tags(check: &Check) -> Vec<String> {
    let tag = |(standard, line): (Standard, &'static str)| match standard {
        Standard::Cwe => format!("external/cwe/{}", line.to_lowercase()),
        _ => CheckReference::Standard(standard, line).to_string(),
    };
    let standards = check.controls().map(tag);
    std::iter::once("security".to_owned())
        .chain(standards)
        .collect()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "note",
    }
}

/// A score out of ten, in the band that GitHub names as we do.
fn score(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "9.5",
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "2.5",
    }
}

fn result<'a>(
    view: &View<'a>,
    finding: &'a Finding,
    rule_index: usize,
    fingerprint: String,
) -> Result<'a> {
    let resource = view.resource(finding);
    let mut location = location(view, view.place(finding));
    location.logical_locations = vec![LogicalLocation {
        fully_qualified_name: resource.address.clone(),
        kind: "resource",
    }];
    let related = finding.labels.iter().skip(1).zip(1..);
    let related = related.filter_map(|(label, id)| {
        let place = view.place_of(label.span)?;
        Some(Location {
            id: Some(id),
            message: Some(view.text(label).into_owned().into()),
            ..self::location(view, place)
        })
    });
    Result {
        rule_id: finding.check.id.as_str(),
        rule_index,
        level: level(finding.check.severity),
        message: view.sentence(finding).into(),
        locations: [location],
        related_locations: related.collect(),
        partial_fingerprints: PartialFingerprints {
            finding: fingerprint.clone(),
            for_github: fingerprint,
        },
        suppressions: suppression(view, finding).into_iter().collect(),
    }
}

fn suppression<'a>(view: &View<'a>, finding: &'a Finding) -> Option<Suppression<'a>> {
    let (kind, status, justification) = match &finding.status {
        Status::Skipped { reason } => ("inSource", None, reason.as_deref()),
        Status::Accepted { .. } => {
            let reason = view.exception(finding).map(|it| it.reason.as_str());
            ("external", Some("accepted"), reason)
        }
        Status::Known => (
            "external",
            Some("accepted"),
            Some("it was so when the baseline was made"),
        ),
        _ => return None,
    };
    Some(Suppression {
        kind,
        status,
        justification,
        properties: view.exception(finding).map(|exception| Acceptance {
            exception: exception.id.as_ref().map(|id| id.value.as_str()),
            owner: &exception.owner,
            expires: exception.expires.to_string(),
        }),
    })
}

/// What is to be said of the scan itself: files that were not read as a whole, what is undecided,
/// and what is wrong with the register of exceptions.
fn notifications(view: &View<'_>) -> Vec<Notification> {
    let posture = view.posture;
    let files = posture.diagnostics.iter().map(|it| diagnostic(view, it));
    let undecided = view.findings().iter();
    let undecided = undecided
        .filter(|finding| view.undecided(finding))
        .map(|finding| Notification {
            descriptor: Reference { id: "undecided" },
            associated_rule: Some(Reference {
                id: finding.check.id.as_str(),
            }),
            level: "note",
            message: view.sentence(finding).into(),
            locations: vec![location(view, view.place(finding))],
        });
    let problems = posture.problems.iter().map(|problem| Notification {
        descriptor: Reference { id: problem.kind },
        associated_rule: None,
        level: if problem.fails { "error" } else { "warning" },
        message: format!("{}; {}", problem.message, problem.help).into(),
        locations: vec![match view.place_of(problem.span) {
            Some(place) => location(view, place),
            None => whole_file(view, problem.span.file),
        }],
    });
    files.chain(undecided).chain(problems).collect()
}

fn diagnostic(view: &View<'_>, diagnostic: &Diagnostic) -> Notification {
    let place = diagnostic.span.and_then(|span| view.place_of(span));
    let message = view.said_of(diagnostic.file, &diagnostic.message);
    let (id, level) = match diagnostic.level {
        Level::Error => ("unreadable", "error"),
        Level::Warning => ("read-otherwise", "warning"),
    };
    Notification {
        descriptor: Reference { id },
        associated_rule: None,
        level,
        message: match &diagnostic.help {
            Some(help) => format!("{message}; {help}").into(),
            None => message.into_owned().into(),
        },
        locations: vec![match place {
            Some(place) => location(view, place),
            None => whole_file(view, diagnostic.file),
        }],
    }
}

fn location(view: &View<'_>, place: Place) -> Location {
    Location {
        physical_location: PhysicalLocation {
            region: Some(region(view, place)),
            ..whole_file(view, place.file).physical_location
        },
        ..whole_file(view, place.file)
    }
}

fn whole_file(view: &View<'_>, file: FileId) -> Location {
    Location {
        id: None,
        physical_location: PhysicalLocation {
            artifact_location: ArtifactLocation {
                uri: path_link(&view.paths.repository(file)),
                uri_base_id: SOURCE_ROOT,
            },
            region: None,
        },
        logical_locations: Vec::new(),
        message: None,
    }
}

fn region(view: &View<'_>, place: Place) -> Region {
    let line = place.start.line;
    let shown = view.source(place.file).filter(|_| !view.options.compact);
    let snippet = shown.and_then(|source| {
        let range = source.line_range(line);
        (range.len() <= SNIPPET).then(|| view.masks.slice(source, range).into_owned().into())
    });
    Region {
        start_line: line,
        start_column: place.start.column,
        end_line: place.end.line,
        end_column: place.end.column,
        snippet,
    }
}

/// Longer lines are not part of the log, in bytes.
const SNIPPET: usize = 1000;
