//! Checks on workflows of GitHub Actions.

use bastide_pipelines::{Entity, Pipeline, script};
use bastide_value::{Node, Value};

use super::{Finding, line_with, without};
use crate::Framework;
use crate::check::{Rule, pipeline};
use crate::prelude::*;

const fn github_actions(
    on: &'static [&'static str],
    test: for<'a> fn(&Pipeline<'a>, &Entity<'a>) -> Finding<'a>,
) -> Rule {
    pipeline(Framework::GithubActions, on, test)
}

/// Where scripts run, and variables are set.
const JOB_AND_STEP: &[&str] = &["job", "step"];

pub(crate) const TOKEN: &[Check] = &[check(
    "CKV2_GHA_1",
    "the workflow says what its token may do, and that is not everything",
)
.problem("the token of the workflow may write everything")
.severity(High)
.why(
    "Every step, and every action that it calls, holds the token. One that was tampered with can \
     then push code, publish packages and rewrite releases.",
)
.references(&[
    owasp_cicd("CICD-SEC-5"),
    cwe("CWE-250"),
    page("https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions"),
])
.rules(&[github_actions(&["permissions"], token_is_limited)
    .fix("add `permissions: {}` at the top of the workflow, and to each job what it needs")
    .snippet("permissions: {}\n\njobs:\n  test:\n    permissions:\n      contents: read\n")
    .example(include_str!("CKV2_GHA_1.yaml"))])];

pub(crate) const WORKFLOW: &[Check] = &[
    check("CKV_GHA_1", "what steps print cannot set variables")
        .problem("what steps print can set variables")
        .severity(High)
        .why(
            "With ACTIONS_ALLOW_UNSECURE_COMMANDS, text in a log that looks like a command is one: \
             whoever gets a step to print `::set-env` decides what all later steps run.",
        )
        .references(&[
            owasp_cicd("CICD-SEC-4"),
            cwe("CWE-77"),
            page("https://github.blog/changelog/2020-10-01-github-actions-deprecating-set-env-and-add-path-commands/"),
        ])
        .rules(&[github_actions(JOB_AND_STEP, no_commands_in_output)
            .fix("remove `ACTIONS_ALLOW_UNSECURE_COMMANDS`, and write variables to `$GITHUB_ENV`")
            .snippet("- run: echo \"VERSION=1.2\" >> \"$GITHUB_ENV\"\n")
            .example(include_str!("CKV_GHA_1.yaml"))]),
    check("CKV_GHA_2", "scripts take what strangers write from variables")
        .problem("what a stranger writes becomes part of the script")
        .severity(High)
        .why(
            "An expression is put into the script before the shell reads it. A pull request whose \
             title holds a quote and a command runs that command, with the secrets of the job.",
        )
        .references(&[
            owasp_cicd("CICD-SEC-4"),
            cwe("CWE-78"),
            page("https://docs.github.com/en/actions/concepts/security/script-injections"),
        ])
        .rules(&[github_actions(JOB_AND_STEP, no_script_of_strangers)
            .fix("give the text to the step as a variable, and write `\"$TITLE\"` in the script")
            .snippet("- env:\n    TITLE: ${{ github.event.issue.title }}\n  run: echo \"$TITLE\"\n")
            .example(include_str!("CKV_GHA_2.yaml"))]),
    check("CKV_GHA_3", "secrets are not handed to `curl`")
        .problem("a secret is handed to `curl`")
        .severity(High)
        .why(
            "One line that sends secrets elsewhere is all that somebody needs who gets a change into \
             the workflow, and in an argument they show up in the list of processes.",
        )
        .references(&[
            owasp_cicd("CICD-SEC-6"),
            cwe("CWE-200"),
            page("https://docs.github.com/en/actions/concepts/security/secrets"),
        ])
        .rules(&[github_actions(JOB_AND_STEP, no_secrets_to_curl)
            .fix("use the action or client of the service, and give it the secret as a variable")
            .snippet("- env:\n    TOKEN: ${{ secrets.TOKEN }}\n  run: ./deploy.sh\n")
            .example(include_str!("CKV_GHA_3.yaml"))]),
    check("CKV_GHA_4", "no step connects to a bare address with netcat")
        .problem("netcat connects to a bare address")
        .severity(High)
        .why(
            "Netcat to an address without a name is how a runner is given to somebody else as a \
             shell. There is hardly another use for it in a workflow.",
        )
        .references(&[
            owasp_cicd("CICD-SEC-4"),
            cwe("CWE-506"),
            page("https://attack.mitre.org/techniques/T1059/004/"),
        ])
        .rules(&[github_actions(JOB_AND_STEP, no_netcat)
            .fix("remove the call, and find out who put it there")
            .snippet("- run: curl --fail --retry 5 https://db.example.com/health\n")
            .example(include_str!("CKV_GHA_4.yaml"))]),
    check("CKV_GHA_5", "images that are built are signed")
        .problem("an image is built and not signed")
        .severity(Low)
        .why(
            "A signature is how a cluster can tell an image that this workflow built from one that \
             somebody else pushed. A workflow that builds without signing is not failed for it.",
        )
        .references(&[
            owasp_cicd("CICD-SEC-9"),
            nist_800_190("4.1.5"),
            page("https://docs.sigstore.dev/cosign/signing/overview/"),
        ])
        .rules(&[github_actions(&["jobs"], signs_what_it_builds)
            .fix("sign the image by its digest with `cosign sign` after the build")
            .snippet("- run: cosign sign --yes \"$IMAGE@$DIGEST\"\n")
            .example(include_str!("CKV_GHA_5.yaml"))]),
    check("CKV_GHA_6", "images that are built come with a bill of materials")
        .problem("an image is built without a bill of materials")
        .severity(Low)
        .why(
            "An attested list of what is in an image answers within minutes whether the next flaw in \
             some library is in it. A workflow that attests none is not failed for it.",
        )
        .references(&[
            owasp_cicd("CICD-SEC-9"),
            page("https://docs.sigstore.dev/cosign/verifying/attestation/"),
        ])
        .rules(&[github_actions(&["jobs"], describes_what_it_builds)
            .fix("make a bill of materials, and attest it with `cosign attest`")
            .snippet("- run: cosign attest --yes --predicate sbom.json --type spdxjson \"$IMAGE@$DIGEST\"\n")
            .example(include_str!("CKV_GHA_6.yaml"))]),
    check("CKV_GHA_7", "who starts a build by hand cannot change what it makes")
        .problem("who starts the workflow by hand can give it inputs")
        .severity(Low)
        .why(
            "What a build makes is to follow from its source alone. An input is a second source, \
             which nobody reviews and no commit records.",
        )
        .references(&[
            owasp_cicd("CICD-SEC-4"),
            page("https://slsa.dev/spec/v0.1/requirements#parameterless"),
        ])
        .rules(&[github_actions(&["trigger"], takes_no_inputs)
            .fix("remove the `inputs` of `workflow_dispatch`, and keep what they say in a file")
            .snippet("on:\n  workflow_dispatch:\n")
            .example(include_str!("CKV_GHA_7.yaml"))]),
];

fn token_is_limited<'a>(_: &Pipeline<'a>, permissions: &Entity<'a>) -> Finding<'a> {
    let problem = match permissions.node.value {
        Value::Null => {
            "nothing says what the token may do, so it may do what the repository allows"
        }
        Value::String("write-all") => "this lets the token write everything",
        _ => return Outcome::Pass.into(),
    };
    Outcome::fail(permissions.span, problem).into()
}

fn no_commands_in_output<'a>(_: &Pipeline<'a>, entity: &Entity<'a>) -> Finding<'a> {
    if entity.node.value.as_map().is_none() {
        return Outcome::NotApplicable.into();
    }
    let env = entity.get("env").map_or(Value::Null, |env| env.value);
    let outcome = match env {
        Value::Map(env) => match env.entry("ACTIONS_ALLOW_UNSECURE_COMMANDS") {
            Some(entry) if !entry.node.value.is_falsy() => {
                Outcome::fail(entry.span(), "this makes commands of what steps print")
            }
            _ => Outcome::Pass,
        },
        env if env.is_falsy() => Outcome::Pass,
        _ => Outcome::NotApplicable,
    };
    outcome.into()
}

fn no_script_of_strangers<'a>(pipeline: &Pipeline<'a>, entity: &Entity<'a>) -> Finding<'a> {
    let problem = "this text, which anybody may have written, becomes part of the script";
    in_script(pipeline, entity, script::untrusted_expression, problem)
}

fn no_secrets_to_curl<'a>(pipeline: &Pipeline<'a>, entity: &Entity<'a>) -> Finding<'a> {
    let problem = "this line hands a secret to `curl`";
    in_script(pipeline, entity, curl_with_secret, problem)
}

fn curl_with_secret(script: &str) -> Option<&str> {
    line_with(script, &["curl", "secret"])
}

fn no_netcat<'a>(pipeline: &Pipeline<'a>, entity: &Entity<'a>) -> Finding<'a> {
    let problem = "this connects to a bare address";
    in_script(pipeline, entity, script::netcat_to_address, problem)
}

fn in_script<'a>(
    pipeline: &Pipeline<'a>,
    entity: &Entity<'a>,
    unwanted: fn(&str) -> Option<&str>,
    problem: &str,
) -> Finding<'a> {
    match entity.node.value {
        Value::Map(_) => without(pipeline, entity.get("run"), unwanted, problem),
        _ => Outcome::NotApplicable.into(),
    }
}

fn signs_what_it_builds<'a>(_: &Pipeline<'a>, jobs: &Entity<'a>) -> Finding<'a> {
    passes_at(jobs, |script| script.contains("cosign sign"))
}

fn describes_what_it_builds<'a>(_: &Pipeline<'a>, jobs: &Entity<'a>) -> Finding<'a> {
    passes_at(jobs, |script| {
        script.contains("cosign") && script.contains("sbom")
    })
}

/// Passes, for the step that `vouches` for an image that was built before it, if there is one. As
/// in Checkov, nothing fails without one.
fn passes_at<'a>(jobs: &Entity<'a>, vouches: impl Fn(&str) -> bool) -> Finding<'a> {
    let Some(steps) = steps(jobs) else {
        return Outcome::NotApplicable.into();
    };
    let mut later = steps.into_iter().skip_while(|step| !builds_image(step));
    later.next();
    let vouching = later.find(|step| text_at(step, "run").is_some_and(&vouches));
    Finding {
        outcome: Outcome::Pass,
        part: vouching,
    }
}

/// The steps of all jobs, in order; `None` if one of them is none.
fn steps<'a>(jobs: &Entity<'a>) -> Option<Vec<&'a Node<'a>>> {
    let mut all = Vec::new();
    for entry in jobs.node.value.as_map()?.entries() {
        let Some(steps) = entry.node.get("steps") else {
            continue;
        };
        match steps.value {
            Value::Null => {}
            Value::List(steps) => all.extend(steps.iter().filter(|it| !it.value.is_null())),
            _ => return None,
        }
    }
    let is_step = |step: &&Node<'_>| step.value.as_map().is_some();
    all.iter().all(is_step).then_some(all)
}

fn builds_image(step: &Node<'_>) -> bool {
    const ACTIONS: [&str; 2] = ["docker/build-push-action", "docker/bake-action"];
    const COMMANDS: [&str; 7] = [
        "docker build",
        "ko build",
        "buildah bud",
        "buildah build",
        "podman image build",
        "podman build",
        "nerdctl build",
    ];
    let holds = |key, words: &[&str]| {
        text_at(step, key).is_some_and(|it| words.iter().any(|word| it.contains(word)))
    };
    holds("uses", &ACTIONS) || holds("run", &COMMANDS)
}

fn text_at<'a>(node: &Node<'a>, key: &str) -> Option<&'a str> {
    node.get(key)?.value.as_str()
}

fn takes_no_inputs<'a>(_: &Pipeline<'a>, trigger: &Entity<'a>) -> Finding<'a> {
    const BY_HAND: &str = "workflow_dispatch";
    match trigger.node.value {
        Value::Map(map) => {
            let by_hand = map.entry(BY_HAND);
            let inputs = by_hand.and_then(|entry| entry.node.value.as_map()?.entry("inputs"));
            // An empty mapping counts, as in Checkov.
            let given = |value: Value<'_>| value.as_map().is_some() || !value.is_falsy();
            match inputs.filter(|inputs| given(inputs.node.value)) {
                Some(inputs) => Finding {
                    outcome: Outcome::fail(inputs.key_span, "these may change what is built"),
                    part: Some(&inputs.node),
                },
                None => Outcome::Pass.into(),
            }
        }
        Value::String(BY_HAND) => Outcome::Pass.into(),
        Value::List(events) if events.iter().any(|it| it.value.as_str() == Some(BY_HAND)) => {
            Outcome::Pass.into()
        }
        _ => Outcome::NotApplicable.into(),
    }
}
