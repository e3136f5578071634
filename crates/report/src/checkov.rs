//! The posture as Checkov sorts it, for the formats that are in its shape.

use bastide_check::Framework;
use bastide_judge::{Finding, Listed, Status};
use bastide_source::FileId;

use crate::view::View;

/// What Checkov says of one framework.
pub(crate) struct Report<'a> {
    pub(crate) framework: Framework,
    /// With what is undecided, but that Checkov presumes to be in order.
    pub(crate) passed: Vec<&'a Finding>,
    pub(crate) failed: Vec<&'a Finding>,
    /// With what the register accepts.
    pub(crate) skipped: Vec<&'a Finding>,
    /// Undecided. Checkov says nothing of it.
    pub(crate) unknown: Vec<&'a Finding>,
    /// Files that could not be parsed. Checkov names them for Terraform alone.
    pub(crate) parsing_errors: Vec<String>,
}

/// The reports of those frameworks that have anything to say.
pub(crate) fn reports<'a>(view: &View<'a>) -> Vec<Report<'a>> {
    let frameworks = Framework::ALL.iter();
    let reports = frameworks.map(|framework| Report::new(view, *framework));
    reports.filter(|report| !report.is_empty()).collect()
}

impl<'a> Report<'a> {
    fn new(view: &View<'a>, framework: Framework) -> Self {
        let mut report = Self {
            framework,
            passed: Vec::new(),
            failed: Vec::new(),
            skipped: Vec::new(),
            unknown: Vec::new(),
            parsing_errors: parsing_errors(view, framework),
        };
        for finding in view.of(framework) {
            let list = match view.posture.listed(finding) {
                _ if view.fails(finding) => &mut report.failed,
                Some(Listed::Failed) => &mut report.failed,
                Some(Listed::Passed) => &mut report.passed,
                Some(Listed::Skipped) => &mut report.skipped,
                None if view.undecided(finding) => &mut report.unknown,
                None => continue,
            };
            list.push(finding);
        }
        report
    }

    fn is_empty(&self) -> bool {
        let lists = [&self.passed, &self.failed, &self.skipped, &self.unknown];
        lists.iter().all(|list| list.is_empty()) && self.parsing_errors.is_empty()
    }
}

/// Why a finding is skipped; `None` if it is not.
pub(crate) fn suppress_comment<'a>(view: &View<'a>, finding: &'a Finding) -> Option<&'a str> {
    match &finding.status {
        Status::Skipped { reason } => Some(reason.as_deref().unwrap_or("No comment provided")),
        Status::Accepted { .. } => {
            let exception = view.exception(finding);
            Some(exception.map_or("accepted", |exception| &exception.reason))
        }
        Status::Known => Some("baseline-skipped"),
        _ => None,
    }
}

fn parsing_errors(view: &View<'_>, framework: Framework) -> Vec<String> {
    let endings: &[&str] = match framework {
        Framework::Terraform => &[".tf", ".hcl", ".tfvars"],
        Framework::TerraformPlan => &[".json"],
        _ => return Vec::new(),
    };
    let of_framework = |file: &FileId| {
        let Some(source) = view.source(*file) else {
            return false;
        };
        endings.iter().any(|ending| source.path.ends_with(ending))
            && (framework == Framework::Terraform || source.text.contains("\"planned_values\""))
    };
    let unreadable = view.posture.coverage.unreadable().filter(of_framework);
    unreadable.map(|file| view.paths.absolute(file)).collect()
}
