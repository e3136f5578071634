//! JUnit's XML in Checkov's shape: a suite for each framework, a case for each verdict. Files that
//! could not be read are a suite of their own, of cases that were skipped.

use std::fmt::Write;

use bastide_judge::Finding;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::checkov;
use crate::checks;
use crate::code;
use crate::harmless::harmless;
use crate::view::View;

/// The code of a resource with more lines than this is left out, as in Checkov.
const MOST_LINES: usize = 50;

/// The posture as JUnit's XML.
pub(crate) fn render(view: &View<'_>) -> String {
    let mut report = Report::unnamed();
    for found in checkov::reports(view) {
        report.add_test_suite(suite(view, &found));
    }
    if let Some(unreadable) = unreadable(view).filter(|_| !view.options.quiet) {
        report.add_test_suite(unreadable);
    }
    if report.test_suites.is_empty() {
        report.add_test_suite(TestSuite::new(" scan"));
    }
    let text = report.to_string();
    debug_assert!(text.is_ok(), "the crate takes out what XML cannot hold");
    text.unwrap_or_default()
}

fn suite(view: &View<'_>, found: &checkov::Report<'_>) -> TestSuite {
    let mut suite = TestSuite::new(format!("{} scan", found.framework));
    if !view.options.quiet {
        add(&mut suite, view, &found.passed, |_| {
            TestCaseStatus::success()
        });
    }
    add(&mut suite, view, &found.failed, |finding| {
        failure(view, finding)
    });
    if !view.options.quiet {
        add(&mut suite, view, &found.skipped, |finding| {
            let comment = checkov::suppress_comment(view, finding);
            skipped("skipped", &harmless(comment.unwrap_or_default()))
        });
        add(&mut suite, view, &found.unknown, |finding| {
            skipped("undecided", &view.sentence(finding))
        });
    }
    suite
}

fn add(
    suite: &mut TestSuite,
    view: &View<'_>,
    findings: &[&Finding],
    status: impl Fn(&Finding) -> TestCaseStatus,
) {
    for finding in findings {
        let resource = view.resource(finding);
        let path = view.paths.checkov(resource.file, resource.framework);
        let path = harmless(&path);
        let severity = checks::severity_in_capitals(finding.check.severity);
        let name = format!("[{severity}][{}] {}", finding.check.id, finding.check.title);
        let mut case = TestCase::new(name, status(finding));
        case.set_classname(format!("{path}.{}", harmless(&resource.address)));
        case.extra.insert("file".into(), path.as_ref().into());
        suite.add_test_case(case);
    }
}

fn failure(view: &View<'_>, finding: &Finding) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status
        .set_type("failure")
        .set_message(view.sentence(finding));
    status.set_description(description(view, finding));
    status
}

/// What Checkov writes of a failure; and what to do about it.
fn description(view: &View<'_>, finding: &Finding) -> String {
    let resource = view.resource(finding);
    let path = view.paths.checkov(resource.file, resource.framework);
    let (first, last) = resource.lines;
    let mut text = format!(
        "\nHelp: {}\nResource: {}\nFile: {}: {first}-{last}\nGuideline: {}\n",
        view.fix(finding),
        harmless(&resource.address),
        harmless(&path),
        checks::page_address(finding.check),
    );
    let too_many = (last.saturating_sub(first) as usize) >= MOST_LINES;
    if !view.options.compact && !too_many {
        text.push('\n');
        let width = last.to_string().len();
        for (number, line) in code::lines(view, resource) {
            // The crate leaves out tabs.
            let line = line.trim_end_matches(['\r', '\n']).replace('\t', "    ");
            let _ = writeln!(text, "        {number:<width$} | {}", harmless(&line));
        }
    }
    text
}

fn skipped(kind: &str, message: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::skipped();
    status.set_type(kind).set_message(message);
    status
}

/// The suite of files that could not be read, if there are any.
fn unreadable(view: &View<'_>) -> Option<TestSuite> {
    let mut suite = TestSuite::new("coverage");
    for file in view.posture.coverage.unreadable() {
        let diagnostics = view.posture.diagnostics.iter();
        let messages: Vec<_> = diagnostics
            .filter(|diagnostic| diagnostic.file == file)
            .map(|diagnostic| view.said_of(file, &diagnostic.message))
            .collect();
        let path = view.paths.display(file);
        let path = harmless(&path);
        let status = skipped("unreadable", &messages.join("\n"));
        let mut case = TestCase::new(format!("[UNREADABLE] {path}"), status);
        case.set_classname(path.as_ref());
        case.extra.insert("file".into(), path.as_ref().into());
        suite.add_test_case(case);
    }
    (suite.tests > 0).then_some(suite)
}
