//! What is asked of pods as a whole.

use bastide_terraform::Resource;
use bastide_value::Value;

use super::{
    blocks, containers, first, first_failure, given, is_empty, name, pod, tiller_label, unset,
};
use crate::condition::{find, undecided};
use crate::{Label, Outcome};

pub(in crate::kubernetes) fn is_not_tiller(resource: &Resource<'_>) -> Outcome {
    let template = find(resource.body, "spec.template.metadata.labels");
    let labels = [find(resource.body, "metadata.labels"), template];
    if let Some(label) = labels.into_iter().flatten().find_map(tiller_label) {
        return Outcome::fail(label.span, format!("`{}` is Tiller", resource.address));
    }
    let Some(pod) = pod(resource) else {
        return unset(resource, "spec");
    };
    if containers(pod).is_empty() {
        return Outcome::NotApplicable;
    }
    first_failure(containers(pod).iter().filter_map(|container| {
        let image = container.get("image")?;
        let tiller = image.value.as_str()?.contains("tiller");
        let text = format!("container `{}` is Tiller", name(container));
        tiller.then(|| Label::new(image.span, text))
    }))
}

pub(in crate::kubernetes) fn no_host_pid(resource: &Resource<'_>) -> Outcome {
    not_set(resource, "host_pid")
}

pub(in crate::kubernetes) fn no_host_ipc(resource: &Resource<'_>) -> Outcome {
    not_set(resource, "host_ipc")
}

pub(in crate::kubernetes) fn no_host_network(resource: &Resource<'_>) -> Outcome {
    not_set(resource, "host_network")
}

fn not_set(resource: &Resource<'_>, key: &str) -> Outcome {
    let spec = match resource.kind {
        "kubernetes_deployment" | "kubernetes_deployment_v1" => "spec.template.spec",
        _ => "spec",
    };
    match find(resource.body, &format!("{spec}.{key}")) {
        None => Outcome::Pass,
        Some(node) => match node.value {
            Value::Null | Value::Bool(false) => Outcome::Pass,
            Value::Unknown(_) => undecided(node, false),
            value => Outcome::fail(node.span, format!("`{key}` is `{value}`")),
        },
    }
}

pub(in crate::kubernetes) fn no_docker_socket(resource: &Resource<'_>) -> Outcome {
    let Some(spec) = resource.get("spec").and_then(first) else {
        return unset(resource, "spec");
    };
    if is_empty(spec) {
        return Outcome::NotApplicable;
    }
    let template = find(resource.body, "spec.template.spec").and_then(first);
    let volumes = [Some(spec), template].into_iter().flatten();
    let volumes = volumes.flat_map(|spec| blocks(spec, "volume"));
    first_failure(volumes.filter_map(|volume| {
        let path = given(volume, "host_path")?.get("path")?;
        let socket = path.value.as_str() == Some("/var/run/docker.sock");
        let text = format!("`{}` mounts the socket of Docker", resource.address);
        socket.then(|| Label::new(path.span, text))
    }))
}
