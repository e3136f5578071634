//! Checks on Dockerfiles.

use bastide_dockerfile::Dockerfile;

use crate::check::DockerfileOutcome;
use crate::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_DOCKER_2", "the image states a health check")
        .problem("the image states no health check")
        .severity(Low)
        .why(
            "Outside of Kubernetes nothing but a HEALTHCHECK tells a container that hangs from one \
             that works: it is never restarted, and gets traffic all the same.",
        )
        .references(&[
            cis_docker("4.6"),
            page("https://docs.docker.com/reference/dockerfile/#healthcheck"),
        ])
        .rules(&[dockerfile(has_healthcheck)
            .fix("add a `HEALTHCHECK` that asks the server itself")
            .snippet("HEALTHCHECK --interval=30s --timeout=3s CMD [\"/app/health\"]\n")
            .example(include_str!("CKV_DOCKER_2.Dockerfile"))]),
    check("CKV_DOCKER_3", "the image names a user")
        .problem("the image runs as root")
        .severity(Medium)
        .why(
            "An image without USER runs as root wherever the runtime does not say otherwise, and \
             root in a container is one kernel bug away from root on the host.",
        )
        .references(&[
            cis_docker("4.1"),
            nist_800_190("4.1.2"),
            page("https://docs.docker.com/reference/dockerfile/#user"),
        ])
        .rules(&[dockerfile(names_user)
            .fix("create a user and name it with `USER`, by number so that Kubernetes can check it")
            .snippet("RUN useradd --uid 10001 --no-create-home app\nUSER 10001\n")
            .example(include_str!("CKV_DOCKER_3.Dockerfile"))]),
];

fn has_healthcheck<'d, 'a>(file: &'d Dockerfile<'a>) -> DockerfileOutcome<'d, 'a> {
    some_instruction(file, "HEALTHCHECK", "no HEALTHCHECK follows")
}

fn names_user<'d, 'a>(file: &'d Dockerfile<'a>) -> DockerfileOutcome<'d, 'a> {
    some_instruction(file, "USER", "no USER follows")
}

/// Passes for each instruction of a keyword; fails, for the whole file, without one.
fn some_instruction<'d, 'a>(
    file: &'d Dockerfile<'a>,
    keyword: &str,
    missing: &str,
) -> DockerfileOutcome<'d, 'a> {
    let instructions: Vec<_> = file.all(keyword).collect();
    let outcome = match (instructions.is_empty(), file.all("FROM").last()) {
        (false, _) => Outcome::Pass,
        (true, Some(from)) => Outcome::fail(from.span, missing),
        (true, None) => Outcome::Fail(Vec::new()),
    };
    DockerfileOutcome {
        instructions,
        outcome,
    }
}
