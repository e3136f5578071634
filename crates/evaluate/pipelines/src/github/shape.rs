//! The shape of a workflow that Checkov knows. It looks at nothing in a file of another shape, be
//! it GitHub that would refuse the file or only Checkov that is behind: a permission that it has
//! not heard of is enough.
//!
//! Its schema is read with every truth value as a text, so `fail-fast: true` is no truth value.

use std::sync::LazyLock;

use bastide_source::Span;
use bastide_value::{Entry, Map, Node, Value};
use regex::Regex;

use crate::pattern::regex;

type Test = fn(Value<'_>) -> bool;

/// The first part of a workflow that is not of the shape.
pub(crate) fn misfit(root: &Node<'_>) -> Option<Span> {
    let Some(map) = root.value.as_map() else {
        return Some(root.span);
    };
    if !(map.contains("on") && map.contains("jobs")) {
        return Some(map.entries().first().map_or(root.span, |it| it.key_span));
    }
    if let Some(jobs) = map.get("jobs").and_then(|jobs| jobs.value.as_map())
        && let Some(job) = jobs.entries().iter().find(|entry| !is_job_entry(entry))
    {
        return Some(job.key_span);
    }
    let misfit = |entry: &&Entry<'_>| !fits(entry, WORKFLOW);
    map.entries().iter().find(misfit).map(|it| it.key_span)
}

/// What may stand at each key of a workflow.
const WORKFLOW: &[(&str, Test)] = &[
    ("name", is_text),
    ("run-name", is_text),
    ("on", is_trigger),
    ("env", is_env),
    ("defaults", is_defaults),
    ("concurrency", is_concurrency),
    ("jobs", is_jobs),
    ("permissions", is_permissions),
];

/// What may stand at keys of a job with steps, if they are there.
const JOB: &[(&str, Test)] = &[
    ("name", is_text),
    ("needs", is_needs),
    ("permissions", is_permissions),
    ("runs-on", is_runner),
    ("environment", is_environment),
    ("outputs", is_outputs),
    ("env", is_env),
    ("defaults", is_defaults),
    ("if", is_text_or_number),
    ("steps", is_steps),
    ("timeout-minutes", is_number),
    ("strategy", is_strategy),
    ("continue-on-error", is_expression),
    ("container", is_text_or_container),
    ("services", is_services),
    ("concurrency", is_concurrency),
];

/// What may stand at keys of a job that calls a workflow, if they are there. A job that names its
/// steps may be of this shape too.
const CALL: &[(&str, Test)] = &[
    ("name", is_text),
    ("needs", is_needs),
    ("permissions", is_scopes),
    ("if", is_text_or_number),
    ("uses", is_workflow_path),
    ("with", is_env),
    ("secrets", is_secrets),
    ("strategy", is_called_strategy),
    ("concurrency", is_concurrency),
];

const STEP: &[(&str, Test)] = &[
    ("id", is_text),
    ("if", is_text_or_number),
    ("name", is_text),
    ("uses", is_text),
    ("run", is_text),
    ("working-directory", is_text),
    ("shell", is_text),
    ("with", is_env),
    ("env", is_env),
    ("continue-on-error", is_expression),
    ("timeout-minutes", is_number),
];

const CONTAINER: &[(&str, Test)] = &[
    ("image", is_text),
    ("credentials", is_credentials),
    ("env", is_env),
    ("ports", is_ports),
    ("volumes", is_volumes),
    ("options", is_text),
];

/// What the token may be allowed to touch.
const SCOPES: [&str; 13] = [
    "actions",
    "checks",
    "contents",
    "deployments",
    "discussions",
    "id-token",
    "issues",
    "packages",
    "pages",
    "pull-requests",
    "repository-projects",
    "security-events",
    "statuses",
];

/// Runners that GitHub hosts, and one's own.
const RUNNERS: [&str; 12] = [
    "macos-10.15",
    "macos-11",
    "macos-12",
    "macos-latest",
    "self-hosted",
    "ubuntu-18.04",
    "ubuntu-20.04",
    "ubuntu-22.04",
    "ubuntu-latest",
    "windows-2019",
    "windows-2022",
    "windows-latest",
];

fn fits(entry: &Entry<'_>, shape: &[(&str, Test)]) -> bool {
    let test = shape.iter().find(|(key, _)| *key == entry.key);
    test.is_some_and(|(_, test)| test(entry.node.value))
}

/// Whether this is a mapping with the keys that are required, and no others than those named.
fn is_closed(value: Value<'_>, required: &[&str], shape: &[(&str, Test)]) -> bool {
    is_map_of(value, |map| {
        required.iter().all(|key| map.contains(key))
            && map.entries().iter().all(|entry| fits(entry, shape))
    })
}

/// Whether this is a mapping in which what stands at the keys named is as said.
fn is_open(value: Value<'_>, shape: &[(&str, Test)]) -> bool {
    is_map_of(value, |map| {
        let mut tests = shape.iter();
        tests.all(|(key, test)| map.get(key).is_none_or(|node| test(node.value)))
    })
}

fn is_map_of(value: Value<'_>, test: impl FnOnce(Map<'_>) -> bool) -> bool {
    value.as_map().is_some_and(test)
}

fn is_map_of_all(value: Value<'_>, test: impl Fn(Value<'_>) -> bool) -> bool {
    is_map_of(value, |map| {
        map.entries().iter().all(|entry| test(entry.node.value))
    })
}

/// Whether this is a list with something in it, and only such.
fn is_list_of(value: Value<'_>, test: impl Fn(Value<'_>) -> bool) -> bool {
    let items = value.as_list().filter(|items| !items.is_empty());
    items.is_some_and(|items| items.iter().all(|item| test(item.value)))
}

fn is_text(value: Value<'_>) -> bool {
    matches!(value, Value::String(_) | Value::Bool(_))
}

fn is_number(value: Value<'_>) -> bool {
    matches!(value, Value::Number(_))
}

fn is_text_or_number(value: Value<'_>) -> bool {
    is_text(value) || is_number(value)
}

fn is_word(value: Value<'_>, words: &[&str]) -> bool {
    value.as_str().is_some_and(|text| words.contains(&text))
}

fn is_expression(value: Value<'_>) -> bool {
    let text = value.as_str();
    text.is_some_and(|text| text.starts_with("${{") && text.ends_with("}}") && text.len() > 4)
}

fn is_trigger(value: Value<'_>) -> bool {
    matches!(value, Value::Map(_) | Value::List(_)) || is_text(value)
}

fn is_env(value: Value<'_>) -> bool {
    value.as_str().is_some_and(|text| ALL_OF.is_match(text))
        || is_map_of_all(value, is_text_or_number)
}

fn is_defaults(value: Value<'_>) -> bool {
    fn is_run(value: Value<'_>) -> bool {
        let shape: [(&str, Test); 2] = [("shell", is_text), ("working-directory", is_text)];
        is_map_of(value, |map| !map.is_empty()) && is_closed(value, &[], &shape)
    }
    is_closed(value, &["run"], &[("run", is_run)])
}

fn is_concurrency(value: Value<'_>) -> bool {
    fn is_plain(value: Value<'_>) -> bool {
        is_text(value) && !is_expression(value)
    }
    let shape: [(&str, Test); 2] = [("group", is_text), ("cancel-in-progress", is_plain)];
    is_text(value) || is_closed(value, &["group"], &shape)
}

fn is_permissions(value: Value<'_>) -> bool {
    is_word(value, &["read-all", "write-all"]) || is_scopes(value)
}

fn is_scopes(value: Value<'_>) -> bool {
    is_map_of(value, |map| {
        map.entries().iter().all(|entry| {
            SCOPES.contains(&entry.key) && is_word(entry.node.value, &["read", "write", "none"])
        })
    })
}

fn is_jobs(value: Value<'_>) -> bool {
    is_map_of(value, |map| {
        !map.is_empty() && map.entries().iter().all(is_job_entry)
    })
}

fn is_job_entry(entry: &Entry<'_>) -> bool {
    let job = entry.node.value;
    let calls = is_open(job, CALL);
    let has_steps = job.get("runs-on").is_some() && is_open(job, JOB);
    NAME.is_match(entry.key) && (calls || has_steps)
}

fn is_needs(value: Value<'_>) -> bool {
    let is_name = |value: Value<'_>| value.as_str().is_some_and(|name| NAME.is_match(name));
    is_name(value) || is_list_of(value, is_name)
}

fn is_runner(value: Value<'_>) -> bool {
    match value {
        Value::String(text) => {
            let expression = text.find("${{").is_some_and(|at| text[at..].contains("}}"));
            RUNNERS.contains(&text) || expression
        }
        Value::List([first, rest @ ..]) => {
            first.value.as_str() == Some("self-hosted") && rest.iter().all(|it| is_text(it.value))
        }
        _ => false,
    }
}

fn is_environment(value: Value<'_>) -> bool {
    is_text(value) || is_closed(value, &["name"], &[("name", is_text), ("url", is_text)])
}

fn is_outputs(value: Value<'_>) -> bool {
    is_map_of(value, |map| !map.is_empty()) && is_map_of_all(value, is_text)
}

fn is_steps(value: Value<'_>) -> bool {
    is_list_of(value, |step| {
        let runs = step.get("run").is_some();
        let for_run = ["working-directory", "shell"];
        is_closed(step, &[], STEP) && (runs || for_run.iter().all(|key| step.get(key).is_none()))
    })
}

fn is_text_or_container(value: Value<'_>) -> bool {
    is_text(value) || is_container(value)
}

fn is_container(value: Value<'_>) -> bool {
    is_closed(value, &["image"], CONTAINER)
}

fn is_services(value: Value<'_>) -> bool {
    is_map_of_all(value, is_container)
}

fn is_credentials(value: Value<'_>) -> bool {
    is_open(value, &[("username", is_text), ("password", is_text)])
}

fn is_ports(value: Value<'_>) -> bool {
    is_list_of(value, is_text_or_number)
}

fn is_volumes(value: Value<'_>) -> bool {
    is_list_of(value, |volume| {
        let parts = volume.as_str().and_then(|text| text.split_once(':'));
        parts.is_some_and(|(from, to)| !from.is_empty() && !to.is_empty() && !to.contains(':'))
    })
}

fn is_strategy(value: Value<'_>) -> bool {
    // The schema wants a truth value, and gets a text.
    value.get("fail-fast").is_none() && is_called_strategy(value)
}

fn is_called_strategy(value: Value<'_>) -> bool {
    let shape: [(&str, Test); 3] = [
        ("matrix", is_matrix),
        ("fail-fast", is_text),
        ("max-parallel", is_number),
    ];
    is_closed(value, &["matrix"], &shape)
}

fn is_matrix(value: Value<'_>) -> bool {
    let is_axis = |entry: &Entry<'_>| {
        let value = entry.node.value;
        match entry.key {
            "include" | "exclude" => is_list_of(value, |it| is_map_of_all(it, is_configuration)),
            _ => is_expression(value) || is_list_of(value, is_configuration),
        }
    };
    is_expression(value)
        || is_map_of(value, |map| {
            !map.is_empty() && map.entries().iter().all(is_axis)
        })
}

/// Any value without a null in it. One with more than a thousand parts is none: aliases can make
/// any number of few.
fn is_configuration(value: Value<'_>) -> bool {
    is_configuration_within(value, &mut 1000)
}

fn is_configuration_within(value: Value<'_>, parts: &mut usize) -> bool {
    *parts = parts.saturating_sub(1);
    *parts > 0
        && match value {
            Value::Map(map) => {
                let mut entries = map.entries().iter();
                entries.all(|entry| is_configuration_within(entry.node.value, parts))
            }
            Value::List(items) => {
                let mut items = items.iter();
                items.all(|item| is_configuration_within(item.value, parts))
            }
            _ => is_text_or_number(value),
        }
}

fn is_workflow_path(value: Value<'_>) -> bool {
    value
        .as_str()
        .is_some_and(|path| WORKFLOW_PATH.is_match(path))
}

fn is_secrets(value: Value<'_>) -> bool {
    is_word(value, &["inherit"]) || is_env(value)
}

/// A job's name.
static NAME: LazyLock<Regex> = LazyLock::new(|| regex("^[_a-zA-Z][a-zA-Z0-9_-]*$"));

/// An expression that stands for variables as a whole.
static ALL_OF: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^\$\{\{\s*((secrets|inputs)|fromJSON\(.*\))\s*\}\}$"));

static WORKFLOW_PATH: LazyLock<Regex> = LazyLock::new(|| regex(r"^(.+/)+(.+)\.(ya?ml)(@.+)?$"));

#[cfg(test)]
mod tests {
    use bastide_source::{FileId, Source};
    use bastide_value::Arena;

    use super::*;

    /// The key at fault, if there is one.
    fn fault(text: &str) -> Option<String> {
        let source = Source::new(FileId(0), "x.yml", text.to_owned());
        let arena = Arena::new();
        let stream = bastide_yaml::parse(&source, &arena);
        let span = misfit(&stream.documents[0].root)?;
        Some(source.slice(span).to_owned())
    }

    fn fault_of_job(job: &str) -> Option<String> {
        fault(&format!("on: push\njobs:\n  a: {job}\n"))
    }

    #[test]
    fn workflows() {
        assert_eq!(
            fault_of_job("{runs-on: ubuntu-latest, steps: [{run: x}]}"),
            None
        );
        let top = |line: &str| fault(&format!("on: push\n{line}\njobs: {{a: {{}}}}\n"));
        assert_eq!(top("permissions: write-all"), None);
        assert_eq!(
            top("permissions: {attestations: write}"),
            Some("permissions".into())
        );
        assert_eq!(top("env: {A: }"), Some("env".into()));
        assert_eq!(
            top("concurrency: {group: a, cancel-in-progress: true}"),
            None
        );
        assert_eq!(
            top("concurrency: {group: a, cancel-in-progress: '${{ x }}'}"),
            Some("concurrency".into())
        );
        assert_eq!(top("defaults: {run: {shell: bash}}"), None);
        assert_eq!(top("jobz: 1"), Some("jobz".into()));
        assert_eq!(fault("jobs: {a: {}}\n"), Some("jobs".into()));
    }

    #[test]
    fn jobs() {
        // Neither a runner that is not known nor odd steps matter: it may be a call.
        assert_eq!(fault_of_job("{runs-on: ubuntu-24.04, steps: [null]}"), None);
        assert_eq!(fault_of_job("[{run: x}]"), Some("a".into()));
        assert_eq!(fault_of_job("{uses: a/b}"), Some("a".into()));
        assert_eq!(fault_of_job("{uses: a/b.yml@v1, secrets: inherit}"), None);
        assert_eq!(
            fault_of_job("{strategy: {fail-fast: false}}"),
            Some("a".into())
        );
        assert_eq!(
            fault_of_job("{strategy: {matrix: {include: '${{ x }}'}}}"),
            Some("a".into())
        );
        // A text as permissions is for jobs with steps alone, which must then be in order.
        let job = |more: &str| fault_of_job(&format!("{{permissions: read-all, {more}}}"));
        assert_eq!(
            job("runs-on: ubuntu-latest, steps: [{uses: x, with: {a: 1}}]"),
            None
        );
        assert_eq!(job("runs-on: ubuntu-24.04"), Some("a".into()));
        assert_eq!(
            job("runs-on: [self-hosted, gpu], container: {image: a}"),
            None
        );
        assert_eq!(
            job("runs-on: '${{ x }}', steps: [{uses: x, shell: bash}]"),
            Some("a".into())
        );
    }
}
