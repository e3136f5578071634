//! Checks on pipelines of build systems.

mod argo_workflows;
mod azure_pipelines;
mod bitbucket_pipelines;
mod circleci_pipelines;
mod github_actions;
mod gitlab_ci;

use bastide_pipelines::{Entity, Pipeline};
use bastide_value::Node;

use crate::check::Check;
use crate::outcome::{Label, Outcome};

pub(crate) const CHECKS: &[&[Check]] = &[
    github_actions::TOKEN,
    github_actions::WORKFLOW,
    gitlab_ci::CHECKS,
    circleci_pipelines::CHECKS,
    azure_pipelines::CHECKS,
    bitbucket_pipelines::CHECKS,
    argo_workflows::CHECKS,
];

/// What a rule finds in a part of a pipeline.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding<'a> {
    /// The outcome.
    pub outcome: Outcome,
    /// What in there it is reported for, if not for all of it.
    pub part: Option<&'a Node<'a>>,
}

impl From<Outcome> for Finding<'_> {
    fn from(outcome: Outcome) -> Self {
        Self {
            outcome,
            part: None,
        }
    }
}

/// Passes whatever it is: the check takes note of it, and that is all.
fn note<'a>(_: &Pipeline<'a>, _: &Entity<'a>) -> Finding<'a> {
    Outcome::Pass.into()
}

/// Fails where `unwanted` finds a part of the script. Without a script there is nothing unwanted in
/// it; what is no text is no script.
fn without<'a>(
    pipeline: &Pipeline<'a>,
    script: Option<&Node<'a>>,
    unwanted: fn(&str) -> Option<&str>,
    problem: &str,
) -> Finding<'a> {
    let Some(node) = script else {
        return Outcome::Pass.into();
    };
    let Some(text) = node.value.as_str() else {
        return Outcome::NotApplicable.into();
    };
    let label = |part| Label::new(pipeline.place(node, part), problem);
    match unwanted(text) {
        Some(part) => Outcome::Fail(vec![label(part)]).into(),
        None => Outcome::Pass.into(),
    }
}

/// The first line that holds all of these words.
fn line_with<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    let mut lines = text.split('\n').map(str::trim);
    lines.find(|line| words.iter().all(|word| line.contains(word)))
}
