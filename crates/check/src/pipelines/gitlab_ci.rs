//! Checks on pipelines of GitLab CI.

use bastide_pipelines::{Entity, Pipeline};
use bastide_value::Value;

use super::{Finding, note};
use crate::Framework;
use crate::check::{Rule, pipeline};
use crate::prelude::*;

const fn gitlab_ci(
    on: &'static [&'static str],
    test: for<'a> fn(&Pipeline<'a>, &Entity<'a>) -> Finding<'a>,
) -> Rule {
    pipeline(Framework::GitlabCi, on, test)
}

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_GITLABCI_1", "`curl` is not given variables of the pipeline")
        .problem("`curl` is given a variable of the pipeline")
        .severity(High)
        .why(
            "Among the variables that GitLab sets are tokens, for the job, for deployments and for \
             the registry. One line sends them to whoever got a change into the pipeline.",
        )
        .references(&[
            owasp_cicd("CICD-SEC-6"),
            cwe("CWE-200"),
            page("https://docs.gitlab.com/ci/variables/predefined_variables/"),
        ])
        .rules(&[gitlab_ci(&["script"], no_variables_to_curl)
            .fix("use `glab` or `release-cli`, which take the token of the job by themselves")
            .snippet("publish:\n  script:\n    - glab release create \"$VERSION\"\n")
            .example(include_str!("CKV_GITLABCI_1.yaml"))]),
    check("CKV_GITLABCI_2", "a commit starts one pipeline")
        .problem("a commit of a merge request starts two pipelines")
        .severity(Low)
        .why(
            "Rules for pushes and for merge requests in one job both hold for a commit of a merge \
             request: everything runs twice, and what deploys may do so twice at once.",
        )
        .references(&[
            owasp_cicd("CICD-SEC-1"),
            page("https://docs.gitlab.com/ci/jobs/job_rules/#avoid-duplicate-pipelines"),
        ])
        .rules(&[gitlab_ci(&["rules"], starts_one_pipeline)
            .fix("keep the rule for merge requests, and say in `workflow: rules:` which pipelines there are")
            .snippet("test:\n  rules:\n    - if: $CI_PIPELINE_SOURCE == \"merge_request_event\"\n")
            .example(include_str!("CKV_GITLABCI_2.yaml"))]),
    check("CKV_GITLABCI_3", "the images that jobs run in are known")
        .problem("an image that a job runs in is not known")
        .severity(Low)
        .why(
            "What a job runs in can read its secrets and change what it builds. This takes note of \
             each image that the pipeline names, and fails for none.",
        )
        .references(&[
            owasp_cicd("CICD-SEC-3"),
            page("https://docs.gitlab.com/ci/docker/using_docker_images/"),
        ])
        .rules(&[gitlab_ci(&["image", "service"], note)
            .fix("name images by digest, from a registry of your own")
            .snippet("default:\n  image: registry.example.com/build@sha256:…\n")
            .example(include_str!("CKV_GITLABCI_3.yaml"))]),
];

fn no_variables_to_curl<'a>(pipeline: &Pipeline<'a>, script: &Entity<'a>) -> Finding<'a> {
    let Some(text) = script.node.value.as_str() else {
        return Outcome::NotApplicable.into();
    };
    let mut lines = text.trim_end().split('\n');
    let unwanted = lines.find(|line| line.starts_with("curl") && line.contains("$CI"));
    let outcome = unwanted.map_or(Outcome::Pass, |line| {
        let place = pipeline.place(&script.node, line);
        Outcome::fail(place, "this hands a variable of the pipeline to `curl`")
    });
    outcome.into()
}

fn starts_one_pipeline<'a>(_: &Pipeline<'a>, rules: &Entity<'a>) -> Finding<'a> {
    let Value::List(items) = rules.node.value else {
        return Outcome::NotApplicable.into();
    };
    let mut starting = Vec::new();
    for condition in items.iter().filter_map(|rule| rule.get("if")) {
        let Some(text) = condition.value.as_str() else {
            return Outcome::NotApplicable.into();
        };
        let sources = ["merge_request_event", "push"];
        let starts = |source| text.starts_with(&format!("$CI_PIPELINE_SOURCE == \"{source}\""));
        if sources.into_iter().any(starts) {
            starting.push(condition.span);
        }
    }
    let outcome = match starting[..] {
        [_, second, ..] => Outcome::fail(second, "this starts a second pipeline"),
        _ => Outcome::Pass,
    };
    outcome.into()
}
