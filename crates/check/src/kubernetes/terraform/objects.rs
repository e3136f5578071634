//! What is asked of objects other than pods.

use bastide_terraform::Resource;
use bastide_value::{Node, Value};

use super::{blocks, blocks_of, first, first_failure, tiller_label, unset};
use crate::condition::{find, undecided};
use crate::{Label, Outcome};

pub(in crate::kubernetes) fn does_not_lead_to_tiller(resource: &Resource<'_>) -> Outcome {
    let labels = find(resource.body, "metadata.labels");
    let leads = |node: &Node<'_>| {
        let text = format!("`{}` leads to Tiller", resource.address);
        Outcome::fail(node.span, text)
    };
    if let Some(label) = labels.and_then(tiller_label) {
        return leads(label);
    }
    if resource.get("spec").is_none() {
        return unset(resource, "spec");
    }
    let Some(selector) = find(resource.body, "spec.selector") else {
        return Outcome::NotApplicable;
    };
    let is_tiller = |node: &&Node<'_>| {
        let text = node.value.as_str().unwrap_or_default();
        text.to_lowercase().contains("tiller")
    };
    let selected = selector.value.as_map().unwrap_or_default();
    let mut values = selected.entries().iter().map(|entry| &entry.node);
    values.find(is_tiller).map_or(Outcome::Pass, leads)
}

pub(in crate::kubernetes) fn own_namespace(resource: &Resource<'_>) -> Outcome {
    if resource.get("metadata").is_none() {
        return unset(resource, "metadata");
    }
    let namespace = find(resource.body, "metadata.namespace");
    match namespace.filter(|namespace| !namespace.value.is_falsy()) {
        None => unset(resource, "metadata.namespace"),
        Some(node) => match node.value {
            Value::String("default") => Outcome::fail(
                node.span,
                format!("`{}` is put into `default`", resource.address),
            ),
            Value::Unknown(_) => undecided(node, true),
            _ => Outcome::Pass,
        },
    }
}

pub(in crate::kubernetes) fn default_has_no_token(resource: &Resource<'_>) -> Outcome {
    let name = find(resource.body, "metadata.name").map(|name| name.value);
    let mounts = resource.get("automount_service_account_token");
    let holds = name != Some(Value::String("default"))
        || mounts.is_some_and(|mounts| mounts.value == Value::Bool(false));
    if holds {
        return Outcome::Pass;
    }
    unset(resource, "automount_service_account_token")
}

pub(in crate::kubernetes) fn does_not_bind_default(resource: &Resource<'_>) -> Outcome {
    let is = |subject: &Node<'_>, key: &str, text: &str| {
        subject.get(key).and_then(|node| node.value.as_str()) == Some(text)
    };
    let subjects = blocks_of(resource.body, "subject").iter();
    let mut default = subjects
        .filter(|subject| is(subject, "kind", "ServiceAccount") && is(subject, "name", "default"));
    default.next().map_or(Outcome::Pass, |subject| {
        let text = format!("`{}` binds the service account `default`", resource.address);
        Outcome::fail(subject.span, text)
    })
}

pub(in crate::kubernetes) fn no_wildcard(resource: &Resource<'_>) -> Outcome {
    let rules = blocks_of(resource.body, "rule").iter();
    first_failure(rules.filter_map(|rule| {
        ["api_groups", "resources", "verbs"].iter().find_map(|key| {
            let items = rule.get(key)?.value.as_list()?;
            let any = items.iter().find(|item| item.value.as_str() == Some("*"))?;
            let text = format!("`{}` allows any `{key}`", resource.address);
            Some(Label::new(any.span, text))
        })
    }))
}

pub(in crate::kubernetes) fn keeps_from_root(resource: &Resource<'_>) -> Outcome {
    let user = find(resource.body, "spec.run_as_user").and_then(first);
    let rule = user.and_then(|user| user.get("rule")?.value.as_str());
    let from_zero =
        |range: &Node<'_>| range.get("min").and_then(|min| min.value.as_int()) == Some(0);
    let holds = match (user, rule) {
        (_, Some("MustRunAsNonRoot")) => true,
        (Some(user), Some("MustRunAs")) => {
            let ranges = blocks(user, "range");
            !ranges.is_empty() && !ranges.iter().any(from_zero)
        }
        _ => false,
    };
    if holds {
        return Outcome::Pass;
    }
    unset(resource, "spec.run_as_user")
}

pub(in crate::kubernetes) fn policy_drops_raw_sockets(resource: &Resource<'_>) -> Outcome {
    let dropped = find(resource.body, "spec.required_drop_capabilities");
    let counts = |item: &Node<'_>| matches!(item.value.as_str(), Some("ALL" | "NET_RAW"));
    match dropped.and_then(|dropped| dropped.value.as_list()) {
        Some(items) if items.iter().any(counts) => Outcome::Pass,
        _ => unset(resource, "spec.required_drop_capabilities"),
    }
}

pub(in crate::kubernetes) fn gives_seccomp_profile(resource: &Resource<'_>) -> Outcome {
    let annotations = find(resource.body, "metadata.annotations");
    let annotations = annotations.and_then(|node| node.value.as_map());
    let confined = annotations
        .unwrap_or_default()
        .entries()
        .iter()
        .any(|entry| {
            let profile = entry.node.value.as_str().unwrap_or_default();
            entry.key.trim() == "seccomp.security.alpha.kubernetes.io/defaultProfileName"
                && (profile.contains("docker/default") || profile.contains("runtime/default"))
        });
    if confined {
        return Outcome::Pass;
    }
    unset(resource, "metadata.annotations")
}
