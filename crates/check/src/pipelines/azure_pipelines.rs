//! Checks on Azure Pipelines.

use bastide_pipelines::{Entity, Pipeline};
use bastide_value::Value;

use super::{Finding, line_with, note};
use crate::Framework;
use crate::check::{Rule, pipeline};
use crate::prelude::*;

const fn azure_pipelines(
    on: &'static [&'static str],
    test: for<'a> fn(&Pipeline<'a>, &Entity<'a>) -> Finding<'a>,
) -> Rule {
    pipeline(Framework::AzurePipelines, on, test)
}

const CONTAINER_JOBS: &str =
    "https://learn.microsoft.com/en-us/azure/devops/pipelines/process/container-phases";

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_AZUREPIPELINES_1", "jobs run in images with a version")
        .problem("a job runs in whatever image is the latest")
        .severity(Medium)
        .why(
            "Whoever can push to the name decides what the next job runs in, with all its secrets, \
             and a build that worked yesterday cannot be repeated.",
        )
        .references(&[owasp_cicd("CICD-SEC-3"), page(CONTAINER_JOBS)])
        .rules(&[azure_pipelines(&["job"], image_is_not_latest)
            .fix("name a version, better a digest")
            .snippet("container: ubuntu:24.04\n")
            .example(include_str!("CKV_AZUREPIPELINES_1.yaml"))]),
    check("CKV_AZUREPIPELINES_2", "jobs run in images named by digest")
        .problem("a job runs in an image that is named by a tag")
        .severity(Medium)
        .why(
            "A tag can be moved to another image at any time, by its owner or by whoever took the \
             account over. A digest is one image for ever.",
        )
        .references(&[
            owasp_cicd("CICD-SEC-3"),
            cwe("CWE-494"),
            page(CONTAINER_JOBS),
        ])
        .rules(&[azure_pipelines(&["job"], image_has_digest)
            .fix("name the image by its digest: `ubuntu@sha256:…`")
            .snippet("container: ubuntu@sha256:…\n")
            .example(include_str!("CKV_AZUREPIPELINES_2.yaml"))]),
    check(
        "CKV_AZUREPIPELINES_3",
        "no script makes a secret of a variable",
    )
    .problem("a script makes a secret of a variable")
    .severity(Medium)
    .why(
        "The command that sets the variable is printed before it is carried out, so the secret \
             is in the log, in some systems in the list of processes too.",
    )
    .references(&[
        owasp_cicd("CICD-SEC-6"),
        cwe("CWE-532"),
        page(
            "https://learn.microsoft.com/en-us/azure/devops/pipelines/process/set-secret-variables",
        ),
    ])
    .rules(&[azure_pipelines(&["step"], sets_no_secret)
        .fix("keep the secret in a variable group or in Azure Key Vault, and map it in `env`")
        .snippet("- bash: ./deploy.sh\n  env:\n    TOKEN: $(token)\n")
        .example(include_str!("CKV_AZUREPIPELINES_3.yaml"))]),
    check(
        "CKV_AZUREPIPELINES_5",
        "the images that jobs run in are known",
    )
    .problem("an image that a job runs in is not known")
    .severity(Low)
    .why(
        "What a job runs in can read its secrets and change what it builds. This takes note of \
             each job and image of the pipeline, and fails for none.",
    )
    .references(&[owasp_cicd("CICD-SEC-3"), page(CONTAINER_JOBS)])
    .rules(&[azure_pipelines(&["job", "container"], note)
        .fix("name images by digest, from a registry of your own")
        .snippet("container: registry.example.com/build@sha256:…\n")
        .example(include_str!("CKV_AZUREPIPELINES_5.yaml"))]),
];

fn image_is_not_latest<'a>(_: &Pipeline<'a>, job: &Entity<'a>) -> Finding<'a> {
    let container = job.get("container");
    let image = container.and_then(|container| match container.value {
        Value::Map(_) => container.get("image"),
        _ => Some(container),
    });
    let named = image.and_then(|node| Some((node, node.value.as_str()?)));
    let Some((node, image)) = named.filter(|(_, image)| !image.is_empty()) else {
        return Outcome::NotApplicable.into();
    };
    let version = image.split(':').nth(1);
    let holds = match version {
        Some(version) => version != "latest",
        None => image.contains('@'),
    };
    let label = || Label::new(node.span, "this is another image tomorrow");
    Outcome::require(holds, label).into()
}

fn image_has_digest<'a>(_: &Pipeline<'a>, job: &Entity<'a>) -> Finding<'a> {
    let container = job.get("container");
    let named = container.and_then(|node| Some((node, node.value.as_str()?)));
    let Some((node, image)) = named.filter(|(_, image)| !image.is_empty()) else {
        return Outcome::NotApplicable.into();
    };
    let label = || Label::new(node.span, "this tag can be moved to another image");
    Outcome::require(image.contains('@'), label).into()
}

fn sets_no_secret<'a>(pipeline: &Pipeline<'a>, step: &Entity<'a>) -> Finding<'a> {
    let script = |key| step.get(key).filter(|node| !node.value.is_falsy());
    let script = script("bash").or_else(|| script("powershell"));
    let Some((node, text)) = script.and_then(|node| Some((node, node.value.as_str()?))) else {
        return Outcome::NotApplicable.into();
    };
    let secret = line_with(text, &["task.setvariable", "issecret=true"]);
    let outcome = match secret {
        Some(line) => Outcome::fail(pipeline.place(node, line), "this is printed to the log"),
        None if text.contains("task.setvariable") => Outcome::Pass,
        None => Outcome::NotApplicable,
    };
    outcome.into()
}
