//! The names under which objects are found again.

use std::collections::BTreeMap;

use bastide_platform::{Platform, Workload};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};

/// The label by which pods of a workload are told from others of their namespace. Services select by
/// it, and so do network policies: some network plug-ins translate the address of a Service only if
/// the policy selects by labels that the Service selects by.
pub(crate) const NAME: &str = "app.kubernetes.io/name";

/// The label of namespaces that Kubernetes sets itself.
pub(crate) const NAMESPACE: &str = "kubernetes.io/metadata.name";

type Labels = BTreeMap<String, String>;

pub(crate) fn of_platform(platform: &Platform) -> Labels {
    let pairs = [
        ("app.kubernetes.io/managed-by", "bastide"),
        ("app.kubernetes.io/part-of", platform.settings.name.as_str()),
    ];
    pairs
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .into()
}

pub(crate) fn of_workload(platform: &Platform, workload: &Workload) -> Labels {
    let mut labels = of_platform(platform);
    labels.insert(NAME.to_owned(), workload.id.name.clone());
    labels.insert(
        "app.kubernetes.io/instance".to_owned(),
        platform.settings.name.clone(),
    );
    let component = workload.category.name().to_owned();
    labels.insert("app.kubernetes.io/component".to_owned(), component);
    labels
}

/// The label of the pod that leads a group.
pub(crate) const ROLE: &str = "bastide.dev/role";

/// The labels by which pods of a workload are told from others, whoever makes them.
pub(crate) fn of_pods(workload: &Workload) -> Labels {
    match &workload.external {
        Some(external) => external.labels.clone(),
        None => selecting(&workload.id.name),
    }
}

/// The labels that pods of a workload are selected by.
pub(crate) fn selecting(name: &str) -> Labels {
    [(NAME.to_owned(), name.to_owned())].into()
}

pub(crate) fn selector(labels: Labels) -> LabelSelector {
    LabelSelector {
        match_labels: Some(labels),
        ..LabelSelector::default()
    }
}

/// Metadata of an object in the namespace of a workload.
pub(crate) fn metadata(platform: &Platform, workload: &Workload, name: &str) -> ObjectMeta {
    ObjectMeta {
        name: Some(name.to_owned()),
        namespace: Some(workload.id.namespace.clone()),
        labels: Some(of_workload(platform, workload)),
        ..ObjectMeta::default()
    }
}

/// Metadata of any other object.
pub(crate) fn of(platform: &Platform, namespace: Option<&str>, name: &str) -> ObjectMeta {
    ObjectMeta {
        name: Some(name.to_owned()),
        namespace: namespace.map(str::to_owned),
        labels: Some(of_platform(platform)),
        ..ObjectMeta::default()
    }
}
