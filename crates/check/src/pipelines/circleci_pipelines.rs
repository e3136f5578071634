//! Checks on pipelines of CircleCI.

use bastide_pipelines::{Entity, Pipeline, script};
use bastide_value::{Node, Value};

use super::{Finding, line_with, note, without};
use crate::Framework;
use crate::check::{Rule, pipeline};
use crate::prelude::*;

const fn circleci(
    on: &'static [&'static str],
    test: for<'a> fn(&Pipeline<'a>, &Entity<'a>) -> Finding<'a>,
) -> Rule {
    pipeline(Framework::CircleciPipelines, on, test)
}

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_CIRCLECIPIPELINES_1", "no job runs in an image tagged `latest`")
        .problem("a job runs in whatever image is the latest")
        .severity(Medium)
        .why(
            "Whoever can push to the name decides what the next job runs in, with all its secrets, \
             and a build that worked yesterday cannot be repeated.",
        )
        .references(&[
            owasp_cicd("CICD-SEC-3"),
            page("https://circleci.com/docs/guides/execution-managed/using-docker/"),
        ])
        .rules(&[circleci(&["image"], image_is_not_latest)
            .fix("name a version, better a digest")
            .snippet("docker:\n  - image: cimg/go:1.25.3\n")
            .example(include_str!("CKV_CIRCLECIPIPELINES_1.yaml"))]),
    check("CKV_CIRCLECIPIPELINES_2", "jobs run in images named by digest")
        .problem("a job runs in an image that is named by a tag")
        .severity(Medium)
        .why(
            "A tag can be moved to another image at any time, by its owner or by whoever took the \
             account over. A digest is one image for ever.",
        )
        .references(&[
            owasp_cicd("CICD-SEC-3"),
            cwe("CWE-494"),
            page("https://circleci.com/docs/guides/execution-managed/using-docker/"),
        ])
        .rules(&[circleci(&["image"], image_has_digest)
            .fix("add the digest: `cimg/go:1.25.3@sha256:…`")
            .snippet("docker:\n  - image: cimg/go:1.25.3@sha256:…\n")
            .example(include_str!("CKV_CIRCLECIPIPELINES_2.yaml"))]),
    check("CKV_CIRCLECIPIPELINES_3", "no orb is a development version")
        .problem("an orb is a development version")
        .severity(Medium)
        .why(
            "A development version of an orb can be published again under its name by any member of \
             the organisation, without review, and is gone after 90 days.",
        )
        .references(&[
            owasp_cicd("CICD-SEC-3"),
            page("https://circleci.com/docs/orbs/use/orb-concepts/"),
        ])
        .rules(&[circleci(&["orbs"], orbs_are_released)
            .fix("name a released version: `circleci/node@7.1.0`")
            .snippet("orbs:\n  node: circleci/node@7.1.0\n")
            .example(include_str!("CKV_CIRCLECIPIPELINES_3.yaml"))]),
    check("CKV_CIRCLECIPIPELINES_4", "no orb is volatile")
        .problem("an orb is whatever version is the newest")
        .severity(Medium)
        .why(
            "A volatile orb is its newest version at the time of each run. A bad release, or one that \
             somebody made in the owner's name, is in the next build.",
        )
        .references(&[
            owasp_cicd("CICD-SEC-3"),
            page("https://circleci.com/docs/orbs/use/orb-concepts/"),
        ])
        .rules(&[circleci(&["orbs"], orbs_are_fixed)
            .fix("name a version in full: `circleci/node@7.1.0`")
            .snippet("orbs:\n  node: circleci/node@7.1.0\n")
            .example(include_str!("CKV_CIRCLECIPIPELINES_4.yaml"))]),
    check("CKV_CIRCLECIPIPELINES_5", "no step connects to a bare address with netcat")
        .problem("netcat connects to a bare address")
        .severity(High)
        .why(
            "Netcat to an address without a name is how a machine is given to somebody else as a \
             shell. There is hardly another use for it in a pipeline.",
        )
        .references(&[
            owasp_cicd("CICD-SEC-4"),
            cwe("CWE-506"),
            page("https://attack.mitre.org/techniques/T1059/004/"),
        ])
        .rules(&[circleci(&["step"], no_netcat)
            .fix("remove the call, and find out who put it there")
            .snippet("- run: curl --fail --retry 5 https://db.example.com/health\n")
            .example(include_str!("CKV_CIRCLECIPIPELINES_5.yaml"))]),
    check("CKV_CIRCLECIPIPELINES_6", "scripts do not use names that strangers choose")
        .problem("a script uses a name that a stranger may choose")
        .severity(High)
        .why(
            "Whoever opens a pull request chooses the names of branch, tag and repository. Where a \
             script evaluates one, a name such as `x;curl …|sh` is a command.",
        )
        .references(&[
            owasp_cicd("CICD-SEC-4"),
            cwe("CWE-78"),
            page("https://circleci.com/docs/reference/variables/"),
        ])
        .rules(&[circleci(&["step"], no_names_of_strangers)
            .fix("decide by the `filters` of a workflow, or use `CIRCLE_SHA1`, which nobody chooses")
            .snippet("workflows:\n  release:\n    jobs:\n      - publish:\n          filters: {tags: {only: /^v\\d+$/}, branches: {ignore: /.*/}}\n")
            .example(include_str!("CKV_CIRCLECIPIPELINES_6.yaml"))]),
    check("CKV_CIRCLECIPIPELINES_7", "no step sends data with `curl`")
        .problem("a step sends data with `curl`")
        .severity(Medium)
        .why(
            "One line that posts variables elsewhere is all that somebody needs who gets a change \
             into the pipeline.",
        )
        .references(&[
            owasp_cicd("CICD-SEC-6"),
            cwe("CWE-200"),
            page("https://circleci.com/docs/guides/security/security-recommendations/"),
        ])
        .rules(&[circleci(&["step"], no_post_with_curl)
            .fix("use the client or orb of the service that is called")
            .snippet("- slack/notify:\n    template: basic_success_1\n")
            .example(include_str!("CKV_CIRCLECIPIPELINES_7.yaml"))]),
    check("CKV_CIRCLECIPIPELINES_8", "the images that jobs run in are known")
        .problem("an image that a job runs in is not known")
        .severity(Low)
        .why(
            "What a job runs in can read its secrets and change what it builds. This takes note of \
             each image that the pipeline names, and fails for none.",
        )
        .references(&[
            owasp_cicd("CICD-SEC-3"),
            page("https://circleci.com/docs/guides/execution-managed/using-docker/"),
        ])
        .rules(&[circleci(&["image", "executor_image"], note)
            .fix("name images by digest, from a registry of your own")
            .snippet("docker:\n  - image: registry.example.com/build@sha256:…\n")
            .example(include_str!("CKV_CIRCLECIPIPELINES_8.yaml"))]),
];

fn image_is_not_latest<'a>(_: &Pipeline<'a>, holder: &Entity<'a>) -> Finding<'a> {
    let outcome = match image(holder) {
        Some((node, Some(image))) if image.ends_with(":latest") => {
            Outcome::fail(node.span, "this is another image tomorrow")
        }
        _ => Outcome::Pass,
    };
    outcome.into()
}

fn image_has_digest<'a>(_: &Pipeline<'a>, holder: &Entity<'a>) -> Finding<'a> {
    let outcome = match image(holder) {
        None => Outcome::Pass,
        Some((_, Some(image))) if image.contains('@') => Outcome::Pass,
        // The check before says so already.
        Some((_, Some(image))) if image.contains("latest") => Outcome::NotApplicable,
        Some((node, _)) => Outcome::fail(node.span, "this tag can be moved to another image"),
    };
    outcome.into()
}

/// The image that is named, if there is something, and its text, if it is one.
fn image<'a>(holder: &Entity<'a>) -> Option<(&'a Node<'a>, Option<&'a str>)> {
    let node = holder.get("image").filter(|it| !it.value.is_falsy())?;
    Some((node, node.value.as_str()))
}

fn orbs_are_released<'a>(_: &Pipeline<'a>, orbs: &Entity<'a>) -> Finding<'a> {
    orbs_without(orbs, &["@dev"], "this version can be published again")
}

/// Checkov looks for the word as its own source spells it, with an `i`; the one that CircleCI knows
/// counts here as well.
fn orbs_are_fixed<'a>(_: &Pipeline<'a>, orbs: &Entity<'a>) -> Finding<'a> {
    let words = ["@volatile", "@volitile"];
    orbs_without(orbs, &words, "this is another version tomorrow")
}

fn orbs_without<'a>(orbs: &Entity<'a>, words: &[&str], problem: &str) -> Finding<'a> {
    let entries = orbs.node.value.as_map().unwrap_or_default().entries();
    let unwanted = entries.iter().find(|entry| {
        let orb = entry.node.value.as_str().unwrap_or_default();
        words.iter().any(|word| orb.contains(word))
    });
    let outcome = unwanted.map_or(Outcome::Pass, |entry| {
        Outcome::fail(entry.node.span, problem)
    });
    outcome.into()
}

fn no_netcat<'a>(pipeline: &Pipeline<'a>, step: &Entity<'a>) -> Finding<'a> {
    let problem = "this connects to a bare address";
    without(pipeline, command(step), script::netcat_to_address, problem)
}

fn no_names_of_strangers<'a>(pipeline: &Pipeline<'a>, step: &Entity<'a>) -> Finding<'a> {
    let problem = "whoever opens a pull request chooses this name";
    without(pipeline, command(step), name_of_stranger, problem)
}

/// Where a variable is named that holds a name which anybody may choose. Its last letter may be
/// missing, as in Checkov.
fn name_of_stranger(script: &str) -> Option<&str> {
    const VARIABLES: [&str; 5] = [
        "CIRCLE_PR_REPONAM",
        "CIRCLE_PR_USERNAM",
        "CIRCLE_PULL_REQUEST",
        "CIRCLE_TA",
        "CIRCLE_BRANC",
    ];
    VARIABLES.into_iter().find(|name| script.contains(name))
}

fn no_post_with_curl<'a>(pipeline: &Pipeline<'a>, step: &Entity<'a>) -> Finding<'a> {
    let problem = "this line sends data elsewhere";
    without(pipeline, command(step), post_with_curl, problem)
}

fn post_with_curl(script: &str) -> Option<&str> {
    line_with(script, &["curl", "POST"])
}

/// What a step runs: the text at `run`, or at `command` below it.
fn command<'a>(step: &Entity<'a>) -> Option<&'a Node<'a>> {
    let run = step.get("run")?;
    match run.value {
        Value::Map(_) => run.get("command"),
        _ => Some(run),
    }
}
