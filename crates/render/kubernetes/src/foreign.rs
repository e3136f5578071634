//! What somebody else makes pods of: Helm charts, and objects of the kinds that operators bring.
//!
//! A chart stays one. It is not rendered here, where nobody could say what its templates do: Flux
//! installs it, with the values that the component says, from an object like any other.

use std::collections::BTreeMap;

use bastide_platform::{CONTAINERS, Chart, Hardening, Lock, Placed, Platform, Resource};
use serde_json::{Map, Value, json};

use crate::labels;
use crate::object::Object;

/// How often Flux looks whether all is as it should be.
const INTERVAL: &str = "1h";

pub(crate) fn objects(platform: &Platform) -> Vec<Object> {
    let charts = platform.charts.iter().flat_map(|it| chart(platform, it));
    let resources = platform.resources.iter().map(|it| resource(platform, it));
    charts.chain(resources).collect()
}

/// Where a chart is found, and what is installed of it.
fn chart(platform: &Platform, chart: &Chart) -> Vec<Object> {
    let metadata = || labels::of(platform, Some(&chart.namespace), &chart.release);
    let is_image = chart.repository.starts_with("oci://");
    let (kind, source) = match is_image {
        true => (
            "OCIRepository",
            json!({
                "interval": INTERVAL,
                "url": format!("{}/{}", chart.repository, chart.name),
                "ref": {"tag": chart.version},
                "layerSelector": {
                    "mediaType": "application/vnd.cncf.helm.chart.content.v1.tar+gzip",
                    "operation": "copy",
                },
            }),
        ),
        false => (
            "HelmRepository",
            json!({"interval": INTERVAL, "url": chart.repository}),
        ),
    };
    let crds = match chart.crds {
        true => "CreateReplace",
        false => "Skip",
    };
    let mut release = Map::new();
    let mut put = |key: &str, value: Value| release.insert(key.to_owned(), value);
    match is_image {
        true => put("chartRef", json!({"kind": kind, "name": chart.release})),
        false => put(
            "chart",
            json!({"spec": {
                "chart": chart.name,
                "version": chart.version,
                "sourceRef": {"kind": kind, "name": chart.release},
            }}),
        ),
    };
    put("interval", json!(INTERVAL));
    put("releaseName", json!(chart.release));
    put("timeout", json!("15m"));
    let retries = json!({"retries": 3});
    put("install", json!({"crds": crds, "remediation": retries}));
    // What cannot be brought up to date goes back to what ran before.
    let retries = json!({"retries": 3, "remediateLastFailure": true});
    put(
        "upgrade",
        json!({"crds": crds, "cleanupOnFail": true, "remediation": retries}),
    );
    put("driftDetection", json!({"mode": "enabled"}));
    put("values", chart.values.clone());
    vec![
        Object::custom("source.toolkit.fluxcd.io/v1", kind, metadata(), source),
        Object::custom(
            "helm.toolkit.fluxcd.io/v2",
            "HelmRelease",
            metadata(),
            Value::Object(release),
        ),
    ]
}

fn resource(platform: &Platform, resource: &Resource) -> Object {
    let mut metadata = labels::of(platform, Some(&resource.namespace), &resource.name);
    let annotations: BTreeMap<_, _> = resource.annotations.clone();
    metadata.annotations = Some(annotations).filter(|it| !it.is_empty());
    let mut spec = resource.spec.clone();
    for placed in &resource.pods {
        let mut path = placed.path.split('.');
        let pod = path.try_fold(&mut spec, |at, key| at.get_mut(key));
        if let Some(Value::Object(pod)) = pod {
            harden(pod, placed, &platform.lock);
        }
    }
    Object::custom(&resource.api_version, &resource.kind, metadata, spec)
}

/// Makes a pod as safe as those that are rendered here. What it says of that itself does not count.
fn harden(pod: &mut Map<String, Value>, placed: &Placed, lock: &Lock) {
    let (user, group) = (placed.user, placed.group);
    let without = |what| placed.exempt.iter().any(|it| it.from == what);
    let seccomp = json!({"type": "RuntimeDefault"});
    let token = without(Hardening::NoToken);
    pod.insert("automountServiceAccountToken".to_owned(), json!(token));
    pod.insert("enableServiceLinks".to_owned(), json!(false));
    for of_node in ["hostNetwork", "hostPID", "hostIPC"] {
        pod.remove(of_node);
    }
    pod.insert(
        "securityContext".to_owned(),
        json!({
            "fsGroup": if group == 0 { user } else { group },
            "fsGroupChangePolicy": "OnRootMismatch",
            "runAsGroup": group,
            "runAsNonRoot": true,
            "runAsUser": user,
            "seccompProfile": seccomp,
        }),
    );
    let containers = pod
        .iter_mut()
        .filter(|(key, _)| CONTAINERS.contains(&key.as_str()));
    let each = containers.flat_map(|(_, it)| match it {
        Value::Array(items) => items.iter_mut().collect(),
        other => vec![other],
    });
    for container in each.filter_map(Value::as_object_mut) {
        container.insert(
            "securityContext".to_owned(),
            json!({
                "allowPrivilegeEscalation": false,
                "capabilities": {"drop": ["ALL"]},
                "privileged": false,
                "readOnlyRootFilesystem": !without(Hardening::ReadOnlyRoot),
                "runAsGroup": group,
                "runAsNonRoot": true,
                "runAsUser": user,
                "seccompProfile": seccomp,
            }),
        );
        if let Some(image) = container.get("image").and_then(Value::as_str) {
            let pull = match lock.is_fixed(image) {
                true => "IfNotPresent",
                false => "Always",
            };
            let image = lock.pulled(image);
            container.insert("imagePullPolicy".to_owned(), json!(pull));
            container.insert("image".to_owned(), json!(image));
        }
    }
}
