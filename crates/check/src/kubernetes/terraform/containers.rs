//! What is asked of containers.

use bastide_terraform::Resource;
use bastide_value::{Node, Value};

use super::{
    blocks, containers, first_failure, given, has_no_spec, is_empty, lists_containers, name, place,
    pod, unset,
};
use crate::condition::undecided;
use crate::{Label, Outcome};

pub(in crate::kubernetes) fn has_liveness_probe(resource: &Resource<'_>) -> Outcome {
    first_container(resource, |container| has_block(container, "liveness_probe"))
}

pub(in crate::kubernetes) fn has_readiness_probe(resource: &Resource<'_>) -> Outcome {
    if resource.get("spec").is_none() {
        return Outcome::NotApplicable;
    }
    first_container(resource, |container| {
        has_block(container, "readiness_probe")
    })
}

fn has_block(container: &Node<'_>, block: &str) -> Outcome {
    Outcome::require(given(container, block).is_some(), || {
        missing(container, block)
    })
}

pub(in crate::kubernetes) fn has_cpu_limit(resource: &Resource<'_>) -> Outcome {
    first_container(resource, |container| states(container, "limits", "cpu"))
}

pub(in crate::kubernetes) fn has_memory_limit(resource: &Resource<'_>) -> Outcome {
    first_container(resource, |container| states(container, "limits", "memory"))
}

pub(in crate::kubernetes) fn requests_cpu(resource: &Resource<'_>) -> Outcome {
    first_container(resource, |container| states(container, "requests", "cpu"))
}

pub(in crate::kubernetes) fn requests_memory(resource: &Resource<'_>) -> Outcome {
    first_container(resource, |container| {
        states(container, "requests", "memory")
    })
}

fn states(container: &Node<'_>, amounts: &str, of: &str) -> Outcome {
    let resources = given(container, "resources");
    let amount = resources
        .and_then(|resources| given(resources, amounts))
        .and_then(|amounts| given(amounts, of));
    Outcome::require(amount.is_some(), || {
        missing(container, &format!("resources.{amounts}.{of}"))
    })
}

pub(in crate::kubernetes) fn no_host_port(resource: &Resource<'_>) -> Outcome {
    if has_no_spec(resource) {
        return unset(resource, "spec");
    }
    first_container(resource, |container| {
        let ports = blocks(container, "port").iter();
        first_failure(ports.filter_map(|port| {
            let port = port.get("host_port")?;
            let text = format!("container `{}` takes a port of its node", name(container));
            Some(Label::new(port.span, text))
        }))
    })
}

pub(in crate::kubernetes) fn pulls_always(resource: &Resource<'_>) -> Outcome {
    if has_no_spec(resource) {
        return unset(resource, "spec");
    }
    first_container(resource, |container| {
        let image = container
            .get("image")
            .and_then(|image| image.value.as_str());
        let holds = match given(container, "image_pull_policy") {
            Some(policy) => policy.value.as_str() == Some("Always"),
            None => image.is_some_and(|image| image.contains("latest") || image.contains('@')),
        };
        Outcome::require(holds, || {
            let text = format!(
                "container `{}` does not pull its image always",
                name(container)
            );
            Label::new(place(container, "image_pull_policy"), text)
        })
    })
}

pub(in crate::kubernetes) fn has_fixed_tag(resource: &Resource<'_>) -> Outcome {
    let Some(pod) = pod(resource).filter(|_| !has_no_spec(resource)) else {
        return Outcome::NotApplicable;
    };
    if lists_containers(pod) {
        return Outcome::NotApplicable;
    }
    if containers(pod).is_empty() {
        return unset(resource, "container");
    }
    first_failure_or_unknown(
        containers(pod),
        "names its image by no fixed tag",
        |image| {
            // Of an image that is not known, what is written around the unknown may tell.
            match (image.split(':').nth(1), image.contains('@')) {
                (Some(tag), _) => Some(!matches!(tag, "latest" | "")),
                (None, by_digest) => by_digest.then_some(true),
            }
        },
    )
}

pub(in crate::kubernetes) fn has_digest(resource: &Resource<'_>) -> Outcome {
    let Some(pod) = pod(resource).filter(|_| !has_no_spec(resource)) else {
        return unset(resource, "spec");
    };
    if lists_containers(pod) || pod.get("container").is_none() {
        return Outcome::NotApplicable;
    }
    let named = containers(pod)
        .iter()
        .filter(|container| given(container, "image").is_some());
    first_failure_or_unknown(named, "names its image by no digest", |image| {
        match (image.contains('@'), image.contains(':')) {
            (true, _) => Some(true),
            (false, by_tag) => by_tag.then_some(false),
        }
    })
}

/// No image has a flaw, by a test of its name that may not be able to tell if only a part of the
/// name is known.
fn first_failure_or_unknown<'a>(
    containers: impl IntoIterator<Item = &'a Node<'a>>,
    flaw: &str,
    holds: impl Fn(&str) -> Option<bool>,
) -> Outcome {
    let mut whole = Outcome::Pass;
    for container in containers {
        let held = match given(container, "image").map(|image| (image, image.value)) {
            Some((_, Value::String(image))) => holds(image).unwrap_or(false),
            Some((image, Value::Unknown(unknown))) => match holds(unknown.expression) {
                Some(held) => held,
                None => {
                    whole = undecided(image, false);
                    continue;
                }
            },
            Some(_) => true,
            None => false,
        };
        if !held {
            let text = format!("container `{}` {flaw}", name(container));
            return Outcome::fail(place(container, "image"), text);
        }
    }
    whole
}

pub(in crate::kubernetes) fn read_only_root(resource: &Resource<'_>) -> Outcome {
    no_container(resource, |container| {
        let context = given(container, "security_context")?;
        let read_only = context.get("read_only_root_filesystem");
        match read_only.map(|node| node.value) {
            Some(Value::Bool(true)) => None,
            Some(value) => {
                let text = format!("`read_only_root_filesystem` is `{value}`");
                Some(Label::new(read_only?.span, text))
            }
            None => Some(missing(container, "read_only_root_filesystem")),
        }
    })
}

pub(in crate::kubernetes) fn not_privileged(resource: &Resource<'_>) -> Outcome {
    no_container(resource, |container| set_to_true(container, "privileged"))
}

/// Says nothing without containers.
pub(in crate::kubernetes) fn no_escalation(resource: &Resource<'_>) -> Outcome {
    match pod(resource) {
        Some(pod) if !containers(pod).is_empty() => no_container(resource, |container| {
            set_to_true(container, "allow_privilege_escalation")
        }),
        _ => Outcome::NotApplicable,
    }
}

fn set_to_true(container: &Node<'_>, key: &str) -> Option<Label> {
    let node = given(container, "security_context")?.get(key)?;
    let text = format!("container `{}` sets `{key}`", name(container));
    (node.value == Value::Bool(true)).then(|| Label::new(node.span, text))
}

pub(in crate::kubernetes) fn has_security_context(resource: &Resource<'_>) -> Outcome {
    no_container(resource, |container| {
        let context = given(container, "security_context");
        context
            .is_none()
            .then(|| missing(container, "security_context"))
    })
}

/// Asks the containers for a security context, not the pod, as Checkov does.
pub(in crate::kubernetes) fn pod_has_security_context(resource: &Resource<'_>) -> Outcome {
    match pod(resource) {
        None => unset(resource, "spec"),
        Some(pod) if is_empty(pod) => Outcome::NotApplicable,
        Some(pod) if containers(pod).is_empty() && !lists_containers(pod) => {
            unset(resource, "container")
        }
        Some(_) => has_security_context(resource),
    }
}

pub(in crate::kubernetes) fn adds_none(resource: &Resource<'_>) -> Outcome {
    no_container(resource, |container| {
        let added = given(capabilities(container)?, "add")?;
        let text = format!("container `{}` adds capabilities", name(container));
        Some(Label::new(added.span, text))
    })
}

pub(in crate::kubernetes) fn adds_no_sys_admin(resource: &Resource<'_>) -> Outcome {
    no_container(resource, |container| {
        let added = given(capabilities(container)?, "add")?.value.as_list()?;
        let admin = added
            .iter()
            .find(|item| item.value.as_str() == Some("SYS_ADMIN"))?;
        let text = format!("container `{}` adds SYS_ADMIN", name(container));
        Some(Label::new(admin.span, text))
    })
}

pub(in crate::kubernetes) fn drops_all_capabilities(resource: &Resource<'_>) -> Outcome {
    no_container(resource, |container| {
        capabilities(container)?;
        let dropped = drops(container, &["ALL", "all"]);
        (!dropped).then(|| missing(container, "capabilities.drop"))
    })
}

pub(in crate::kubernetes) fn drops_raw_sockets(resource: &Resource<'_>) -> Outcome {
    match pod(resource) {
        None => unset(resource, "spec"),
        Some(pod) if is_empty(pod) => Outcome::NotApplicable,
        Some(pod) if containers(pod).is_empty() && !lists_containers(pod) => {
            unset(resource, "container")
        }
        Some(_) => no_container(resource, |container| {
            let dropped = drops(container, &["ALL", "NET_RAW"]);
            (!dropped).then(|| missing(container, "capabilities.drop"))
        }),
    }
}

fn capabilities<'a>(container: &Node<'a>) -> Option<&'a Node<'a>> {
    given(given(container, "security_context")?, "capabilities")
}

fn drops(container: &Node<'_>, any: &[&str]) -> bool {
    let dropped = capabilities(container).and_then(|it| it.get("drop")?.value.as_list());
    let counts = |item: &Node<'_>| item.value.as_str().is_some_and(|name| any.contains(&name));
    dropped.unwrap_or_default().iter().any(counts)
}

pub(in crate::kubernetes) fn no_secret_in_environment(resource: &Resource<'_>) -> Outcome {
    let Some(pod) = pod(resource) else {
        return unset(resource, "spec");
    };
    if containers(pod).is_empty() {
        return Outcome::NotApplicable;
    }
    first_failure(containers(pod).iter().filter_map(|container| {
        let variable = given(container, "env").and_then(|env| given(env, "value_from"));
        let one = variable.and_then(|source| given(source, "secret_key_ref"));
        let all = given(container, "env_from").and_then(|source| source.get("secret_ref"));
        let secret = one.or(all)?;
        let text = format!(
            "container `{}` reads a Secret into variables",
            name(container)
        );
        Some(Label::new(secret.span, text))
    }))
}

pub(in crate::kubernetes) fn sets_no_git(resource: &Resource<'_>) -> Outcome {
    no_container(resource, |container| {
        let mut variables = blocks(container, "env").iter();
        let git = variables.find_map(|variable| {
            let name = variable.get("name")?;
            (name.value.as_str() == Some("GITSYNC_GIT")).then_some(name)
        })?;
        let text = format!("container `{}` sets GITSYNC_GIT", name(container));
        Some(Label::new(git.span, text))
    })
}

/// What a rule finds in the first container; fails without a `spec`, and says nothing without a
/// container.
fn first_container(resource: &Resource<'_>, test: impl Fn(&Node<'_>) -> Outcome) -> Outcome {
    match pod(resource) {
        None => unset(resource, "spec"),
        Some(pod) => containers(pod).first().map_or(Outcome::NotApplicable, test),
    }
}

/// Fails at the first container that has a fault; says nothing without a `spec`.
fn no_container(resource: &Resource<'_>, fault: impl Fn(&Node<'_>) -> Option<Label>) -> Outcome {
    match pod(resource) {
        Some(pod) if !lists_containers(pod) && !is_empty(pod) => {
            first_failure(containers(pod).iter().filter_map(fault))
        }
        _ => Outcome::NotApplicable,
    }
}

fn missing(container: &Node<'_>, what: &str) -> Label {
    Label::new(
        place(container, "name"),
        format!("container `{}` leaves `{what}` unset", name(container)),
    )
}
