//! What an image is made from, and how it says that it is run.

use std::collections::HashSet;

use bastide_dockerfile::{Dockerfile, Instruction};

use crate::check::DockerfileOutcome;
use crate::prelude::*;

const BEST_PRACTICES: Reference = page("https://docs.docker.com/build/building/best-practices/");

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_DOCKER_1", "the image offers no SSH")
        .problem("the image offers SSH")
        .severity(Low)
        .why(
            "A container with SSH in it is one more place with keys and passwords to steal, and \
             what is done through it appears in no log of the platform.",
        )
        .references(&[cis_docker("5.7"), nist_800_190("4.1.2")])
        .rules(&[dockerfile(exposes_no_ssh)
            .fix("remove port 22 and the SSH server, and use `docker exec` or `kubectl exec`")
            .snippet("EXPOSE 8080\n")
            .example(include_str!("CKV_DOCKER_1.Dockerfile"))]),
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
    check("CKV_DOCKER_4", "files are copied in, not added")
        .problem("files are put into the image with `ADD`")
        .severity(Low)
        .why(
            "`ADD` also fetches addresses and unpacks archives: what ends up in the image hangs on \
             what a server answers, or on what an archive holds.",
        )
        .references(&[cis_docker("4.9"), BEST_PRACTICES])
        .rules(&[dockerfile(adds_nothing)
            .fix("write `COPY`; to fetch a file use `RUN curl` and verify its checksum")
            .snippet("COPY server.py /app/\n")
            .example(include_str!("CKV_DOCKER_4.Dockerfile"))]),
    check("CKV_DOCKER_5", "package lists are updated with the installation")
        .problem("package lists are updated by themselves")
        .severity(Low)
        .why(
            "The layer of an update alone is taken from the cache for ever after: later builds \
             install from old lists, without the fixes that came since.",
        )
        .references(&[cis_docker("4.7"), BEST_PRACTICES])
        .rules(&[dockerfile(updates_to_install)
            .fix("update and install in one `RUN`")
            .snippet("RUN apt-get update \\\n    && apt-get install --yes --no-install-recommends tini \\\n    && rm -rf /var/lib/apt/lists/*\n")
            .example(include_str!("CKV_DOCKER_5.Dockerfile"))]),
    check("CKV_DOCKER_6", "the maintainer is named by a label")
        .problem("the maintainer is named by `MAINTAINER`")
        .severity(Low)
        .why("`MAINTAINER` has been deprecated since 2016; tools that list images read labels.")
        .references(&[page("https://docs.docker.com/reference/dockerfile/#maintainer-deprecated")])
        .rules(&[dockerfile(has_no_maintainer)
            .fix("write `LABEL org.opencontainers.image.authors=\"…\"`")
            .snippet("LABEL org.opencontainers.image.authors=\"platform@example.com\"\n")
            .example(include_str!("CKV_DOCKER_6.Dockerfile"))]),
    check("CKV_DOCKER_7", "base images are named by a fixed tag")
        .problem("a base image is named by no tag or by `latest`")
        .severity(Low)
        .why(
            "`latest` is whatever was pushed last: the same Dockerfile builds another image \
             tomorrow, and nobody can tell afterwards from what.",
        )
        .references(&[cis_docker("4.2"), nist_800_190("4.1.5"), BEST_PRACTICES])
        .rules(&[dockerfile(has_fixed_base)
            .fix("name the version in the tag, best with the digest behind it")
            .snippet("FROM python:3.13-slim\n")
            .example(include_str!("CKV_DOCKER_7.Dockerfile"))]),
    check("CKV_DOCKER_8", "the last user is not root")
        .problem("the last user is root")
        .severity(Medium)
        .why(
            "The last `USER` is as whom the image runs. Root in a container is one kernel bug away \
             from root on the host.",
        )
        .references(&[cis_docker("4.1"), nist_800_190("4.1.2")])
        .rules(&[dockerfile(ends_without_root)
            .fix("name another user after the last command that needs root, by number")
            .snippet("USER 10001\n")
            .example(include_str!("CKV_DOCKER_8.Dockerfile"))]),
    check("CKV_DOCKER_9", "packages are installed with apt-get")
        .problem("packages are installed with apt")
        .severity(Low)
        .why(
            "`apt` is made for people: its options and output change between versions, and with \
             them what a build does.",
        )
        .references(&[page("https://manpages.debian.org/stable/apt/apt.8.en.html")])
        .rules(&[dockerfile(uses_no_apt)
            .fix("write `apt-get` or `apt-cache` in place of `apt`")
            .snippet("RUN apt-get update && apt-get install --yes --no-install-recommends tini\n")
            .example(include_str!("CKV_DOCKER_9.Dockerfile"))]),
    check("CKV_DOCKER_10", "working directories are absolute")
        .problem("a working directory is relative")
        .severity(Low)
        .why(
            "A relative directory hangs on all those before it, in base images too: a change there \
             moves the program without a word.",
        )
        .references(&[BEST_PRACTICES])
        .rules(&[dockerfile(works_in_absolute_paths)
            .fix("write the whole path: `WORKDIR /app`")
            .snippet("WORKDIR /app\n")
            .example(include_str!("CKV_DOCKER_10.Dockerfile"))]),
    check("CKV_DOCKER_11", "build stages have names of their own")
        .problem("two build stages have one name")
        .severity(Low)
        .why(
            "`COPY --from` takes the last stage of a name: what was meant from the other is \
             silently something else.",
        )
        .references(&[page("https://docs.docker.com/build/building/multi-stage/")])
        .rules(&[dockerfile(has_unique_stages)
            .fix("give each stage a name of its own")
            .snippet("FROM rust:1.95 AS build\nFROM debian:13-slim AS runtime\n")
            .example(include_str!("CKV_DOCKER_11.Dockerfile"))]),
];

/// What is wrong with an instruction, if anything: the part of it, and what to say of that.
type Fault<'a> = Option<(&'a str, String)>;

fn exposes_no_ssh<'d, 'a>(file: &'d Dockerfile<'a>) -> DockerfileOutcome<'d, 'a> {
    let ssh = |port: &&str| matches!(*port, "22" | "22/tcp");
    first_fault(file, "EXPOSE", |expose| {
        let port = expose.value.split(' ').find(ssh)?;
        Some((port, "port 22 is that of SSH".to_owned()))
    })
}

fn has_healthcheck<'d, 'a>(file: &'d Dockerfile<'a>) -> DockerfileOutcome<'d, 'a> {
    some_instruction(file, "HEALTHCHECK", "no HEALTHCHECK follows")
}

fn names_user<'d, 'a>(file: &'d Dockerfile<'a>) -> DockerfileOutcome<'d, 'a> {
    some_instruction(file, "USER", "no USER follows")
}

fn adds_nothing<'d, 'a>(file: &'d Dockerfile<'a>) -> DockerfileOutcome<'d, 'a> {
    all_faulty(file.all("ADD"))
}

/// Counts updates against installations, as Checkov does: any installation makes up for an update.
fn updates_to_install<'d, 'a>(file: &'d Dockerfile<'a>) -> DockerfileOutcome<'d, 'a> {
    const INSTALLING: [&str; 3] = ["install", "add", "upgrade"];
    let runs: Vec<_> = file.all("RUN").collect();
    let updates = runs.iter().filter(|run| updates(run.content));
    let installing =
        |run: &&&Instruction<'_>| INSTALLING.iter().any(|word| run.content.contains(word));
    if updates.clone().count() > runs.iter().filter(installing).count() {
        all_faulty(updates.copied())
    } else {
        whole_file(!runs.is_empty())
    }
}

/// Whether a text holds the word `update`, or `--update`, after white space.
fn updates(text: &str) -> bool {
    let word = "update";
    text.match_indices(word).any(|(at, _)| {
        let before = &text[..at];
        let before = before.strip_suffix("--").unwrap_or(before);
        let after = text[at + word.len()..].chars().next();
        before.ends_with(char::is_whitespace) && after.is_none_or(char::is_whitespace)
    })
}

fn has_no_maintainer<'d, 'a>(file: &'d Dockerfile<'a>) -> DockerfileOutcome<'d, 'a> {
    all_faulty(file.all("MAINTAINER"))
}

/// Passes for the last `FROM`, as in Checkov.
fn has_fixed_base<'d, 'a>(file: &'d Dockerfile<'a>) -> DockerfileOutcome<'d, 'a> {
    let mut stages = HashSet::new();
    let mut last = None;
    for from in file.all("FROM") {
        let (image, name) = base(from.value);
        stages.extend(name);
        let unversioned = !image.contains(':') && !stages.contains(image) && image != "scratch";
        if unversioned || image.ends_with(":latest") {
            let text = format!("`{image}` is whatever was pushed last");
            return one(from, Outcome::fail(from.place(image), text));
        }
        last = Some(from);
    }
    last.map_or(whole_file(false), |from| one(from, Outcome::Pass))
}

/// The image of a `FROM`, and the name that it gives to its stage. Without a name the image is all
/// that follows, flags included.
fn base(value: &str) -> (&str, Option<&str>) {
    let named = || {
        let mut words = value.split_whitespace().peekable();
        words.next_if(|word| word.starts_with("--platform="));
        let image = words.next()?;
        let name = words.next().filter(|word| word.eq_ignore_ascii_case("as"));
        Some((image, Some(name.and_then(|_| words.next())?)))
    };
    named().unwrap_or((value, None))
}

fn ends_without_root<'d, 'a>(file: &'d Dockerfile<'a>) -> DockerfileOutcome<'d, 'a> {
    let Some(user) = file.all("USER").last() else {
        return whole_file(false);
    };
    let holds = user.value != "root";
    let outcome = Outcome::require(holds, || {
        Label::new(user.value_span, "the image runs as root")
    });
    one(user, outcome)
}

fn uses_no_apt<'d, 'a>(file: &'d Dockerfile<'a>) -> DockerfileOutcome<'d, 'a> {
    first_fault(file, "RUN", |run| {
        let mut commands = run.content.split("&&").map(str::trim);
        commands.find(|command| command.contains(" apt ") && !command.contains("rm"))?;
        let place = run
            .value
            .find("apt ")
            .and_then(|at| run.value.get(at..at + 3));
        Some((
            place.unwrap_or(run.value),
            "apt is made for people".to_owned(),
        ))
    })
}

fn works_in_absolute_paths<'d, 'a>(file: &'d Dockerfile<'a>) -> DockerfileOutcome<'d, 'a> {
    let relative: Vec<_> = file
        .all("WORKDIR")
        .filter(|workdir| !is_absolute(workdir.value))
        .collect();
    if relative.is_empty() {
        whole_file(file.all("WORKDIR").next().is_some())
    } else {
        all_faulty(relative)
    }
}

/// `/app`, `C:\app`, or what starts with a variable; also in double quotes.
fn is_absolute(path: &str) -> bool {
    let path = path.strip_prefix('"').unwrap_or(path);
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+');
    let drive = path
        .strip_prefix(name)
        .is_some_and(|rest| rest.starts_with(":\\"));
    let variable = path
        .strip_prefix('$')
        .is_some_and(|rest| rest.starts_with(|c: char| name(c) || matches!(c, '{' | '}')));
    path.starts_with('/') || drive || variable
}

fn has_unique_stages<'d, 'a>(file: &'d Dockerfile<'a>) -> DockerfileOutcome<'d, 'a> {
    let mut names = HashSet::new();
    let name = |from: &&Instruction<'a>| {
        let named = from.value.contains(" as ");
        from.value.split_whitespace().last().filter(|_| named)
    };
    let mut stages = file.all("FROM");
    let twin = stages.find(|from| name(from).is_some_and(|name| !names.insert(name)));
    match (twin, file.all("FROM").next()) {
        (Some(twin), Some(first)) => {
            let text = "a stage before it has the same name";
            one(first, Outcome::fail(twin.span, text))
        }
        (_, first) => whole_file(first.is_some()),
    }
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

/// Fails for the first instruction of a keyword that has a fault; passes, for the whole file,
/// if none has; says nothing without such an instruction.
fn first_fault<'d, 'a>(
    file: &'d Dockerfile<'a>,
    keyword: &str,
    fault: impl Fn(&Instruction<'a>) -> Fault<'a>,
) -> DockerfileOutcome<'d, 'a> {
    let mut instructions = file.all(keyword).peekable();
    let any = instructions.peek().is_some();
    let found = instructions.find_map(|instruction| Some((instruction, fault(instruction)?)));
    found.map_or(whole_file(any), |(instruction, (part, what))| {
        one(instruction, Outcome::fail(instruction.place(part), what))
    })
}

/// Fails for each of the instructions, with the check's own words; says nothing without one.
fn all_faulty<'d, 'a>(
    instructions: impl IntoIterator<Item = &'d Instruction<'a>>,
) -> DockerfileOutcome<'d, 'a> {
    let instructions: Vec<_> = instructions.into_iter().collect();
    let outcome = match instructions.is_empty() {
        true => Outcome::NotApplicable,
        false => Outcome::Fail(Vec::new()),
    };
    DockerfileOutcome {
        instructions,
        outcome,
    }
}

fn one<'d, 'a>(instruction: &'d Instruction<'a>, outcome: Outcome) -> DockerfileOutcome<'d, 'a> {
    DockerfileOutcome {
        instructions: vec![instruction],
        outcome,
    }
}

/// Passes for the whole file, if there is anything to judge in it.
fn whole_file<'d, 'a>(judged: bool) -> DockerfileOutcome<'d, 'a> {
    DockerfileOutcome {
        instructions: Vec::new(),
        outcome: match judged {
            true => Outcome::Pass,
            false => Outcome::NotApplicable,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_update_is_a_word() {
        for text in [
            "RUN apt-get update",
            "RUN apk --update add x",
            "RUN apt-get update \\\n",
        ] {
            assert!(updates(text), "{text}");
        }
        for text in [
            "RUN update",
            "RUN npm-update x",
            "RUN update-ca-certificates",
        ] {
            assert_eq!(updates(text), text == "RUN update", "{text}");
        }
    }

    #[test]
    fn the_image_of_a_stage() {
        assert_eq!(base("rust:1.95 AS build"), ("rust:1.95", Some("build")));
        assert_eq!(base("--platform=$P rust as build"), ("rust", Some("build")));
        assert_eq!(base("rust:1.95"), ("rust:1.95", None));
        assert_eq!(base("--platform=$P rust"), ("--platform=$P rust", None));
    }

    #[test]
    fn absolute_paths() {
        for path in ["/app", "\"/app\"", "C:\\app", "$HOME/app", "${HOME}"] {
            assert!(is_absolute(path), "{path}");
        }
        for path in ["app", "./app", "CC:\\app", "$"] {
            assert!(!is_absolute(path), "{path}");
        }
    }
}
