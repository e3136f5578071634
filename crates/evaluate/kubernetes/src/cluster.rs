//! All objects of a scan together: what selects what.

use std::collections::{BTreeMap, HashMap, HashSet};

use bastide_value::{Map, Node, Value};

use crate::object::id;
use crate::text::display;
use crate::{Object, truthy};

/// Kinds whose template counts as a pod of its own. `CronJob` is not among them in Checkov.
const POD_MAKERS: [&str; 7] = [
    "Deployment",
    "DeploymentConfig",
    "DaemonSet",
    "Job",
    "ReplicaSet",
    "ReplicationController",
    "StatefulSet",
];

/// The objects of one scan.
#[derive(Debug)]
pub struct Cluster<'a> {
    /// The objects, sorted by file and place.
    pub objects: &'a [Object<'a>],
    /// The pods among them, and those that the others make.
    pub pods: Vec<Pod<'a>>,
}

/// A pod, or one that another object makes.
#[derive(Debug)]
pub struct Pod<'a> {
    /// What reports call it.
    pub id: String,
    /// The object that is it or makes it: an index into [`Cluster::objects`].
    pub object: usize,
    /// Its labels, if it states any.
    pub labels: Option<Map<'a>>,
}

impl<'a> Cluster<'a> {
    /// Finds the pods among objects.
    pub fn new(objects: &'a [Object<'a>]) -> Self {
        let pods = objects.iter().enumerate();
        Self {
            objects,
            pods: pods
                .filter_map(|(index, object)| pod(index, object))
                .collect(),
        }
    }

    /// For each pod, whether a network policy selects it. Namespaces are not compared, and a policy
    /// that names no label selects every pod, as in Checkov.
    pub fn pods_with_network_policy(&self) -> Vec<bool> {
        let policies = self
            .objects
            .iter()
            .filter(|object| object.kind == "NetworkPolicy");
        let mut selectors = Selectors::default();
        for policy in policies.filter(|policy| !policy.name.is_empty()) {
            if let Some(selector) = policy.root.at("spec.podSelector") {
                selectors.add(selector);
            }
        }
        self.pods
            .iter()
            .map(|pod| selectors.select(pod.labels))
            .collect()
    }
}

fn pod<'a>(index: usize, object: &Object<'a>) -> Option<Pod<'a>> {
    let (node, owner) = match object.kind {
        "Pod" => (object.root, None),
        kind if POD_MAKERS.contains(&kind) => (*object.root.at("spec.template")?, Some(object)),
        _ => return None,
    };
    let metadata = node
        .get("metadata")
        .filter(|metadata| metadata.value.as_map().is_some())?;
    let spec = node.get("spec")?;
    if !matches!(spec.value, Value::Map(_) | Value::List(_)) {
        return None;
    }
    let labels = metadata
        .get("labels")
        .and_then(|labels| labels.value.as_map());
    let Some(owner) = owner else {
        return Some(Pod {
            id: object.id.clone(),
            object: index,
            labels,
        });
    };
    let given = |key: &str| metadata.get(key).is_some_and(|node| !node.value.is_null());
    if !given("name") && !given("labels") {
        return None;
    }
    let kind = node.get("kind").filter(|kind| truthy(kind.value));
    if kind.is_some_and(|kind| kind.value.as_str() != Some("Pod")) {
        return None;
    }
    let namespace = owner
        .metadata()?
        .get("namespace")
        .filter(|node| !node.value.is_null());
    let id = id("Pod", metadata, namespace, Some(owner.name))?;
    Some(Pod {
        id,
        object: index,
        labels,
    })
}

/// A label's key and value.
type Label<'a> = (&'a str, String);

/// Label selectors of policies, indexed by their first label, so that a pod looks only at those
/// that could select it.
#[derive(Default)]
struct Selectors<'a> {
    /// Some policy names no label.
    everything: bool,
    /// Some policy names a label: it selects pods without labels too.
    any: bool,
    by_label: HashMap<Label<'a>, HashSet<Vec<Label<'a>>>>,
}

impl<'a> Selectors<'a> {
    fn add(&mut self, selector: &Node<'a>) {
        if !truthy(selector.value) {
            return;
        }
        let labels = selector
            .get("matchLabels")
            .and_then(|labels| labels.value.as_map());
        let mut wanted = pairs(labels.unwrap_or_default());
        let Some(first) = wanted.pop_first() else {
            self.everything = true;
            return;
        };
        self.any = true;
        self.by_label
            .entry(first)
            .or_default()
            .insert(wanted.into_iter().collect());
    }

    fn select(&self, labels: Option<Map<'a>>) -> bool {
        let Some(labels) = labels else {
            return self.everything || self.any;
        };
        let given = pairs(labels);
        self.everything
            || given.iter().any(|(key, value)| {
                let rests = self.by_label.get(&(*key, value.clone()));
                rests.into_iter().flatten().any(|rest| {
                    rest.iter()
                        .all(|(key, value)| given.get(key) == Some(value))
                })
            })
    }
}

/// Labels as sorted texts.
fn pairs<'a>(labels: Map<'a>) -> BTreeMap<&'a str, String> {
    let pair =
        |entry: &bastide_value::Entry<'a>| (entry.key, display(entry.node.value).into_owned());
    labels.entries().iter().map(pair).collect()
}
