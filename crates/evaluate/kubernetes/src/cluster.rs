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

/// A role binding.
#[derive(Debug)]
pub struct Binding {
    /// The object that it is: an index into [`Cluster::objects`].
    pub object: usize,
    /// The roles that it may refer to: indices into [`Cluster::objects`].
    pub roles: Vec<usize>,
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

    /// For each pod, whether a network policy of its namespace selects it. A policy that names no
    /// label selects every pod, as in Checkov.
    pub fn pods_with_network_policy(&self) -> Vec<bool> {
        let policies = self
            .objects
            .iter()
            .filter(|object| object.kind == "NetworkPolicy");
        let mut everywhere = Selectors::default();
        let mut by_namespace: HashMap<Option<&str>, Selectors<'_>> = HashMap::new();
        for policy in policies.filter(|policy| !policy.name.is_empty()) {
            if let Some(selector) = policy.root.at("spec.podSelector") {
                everywhere.add(selector);
                by_namespace
                    .entry(policy.namespace)
                    .or_default()
                    .add(selector);
            }
        }
        let selected = |pod: &Pod<'a>| {
            let namespace = self.objects[pod.object].namespace;
            if namespace.is_none() {
                return everywhere.select(pod.labels);
            }
            [namespace, None].iter().any(|namespace| {
                let selectors = by_namespace.get(namespace);
                selectors.is_some_and(|selectors| selectors.select(pod.labels))
            })
        };
        self.pods.iter().map(selected).collect()
    }

    /// The role bindings, each with the roles among the objects that it refers to.
    pub fn bindings(&self) -> Vec<Binding> {
        let mut roles: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
        for (index, object) in self.objects.iter().enumerate() {
            if matches!(object.kind, "Role" | "ClusterRole") && !object.name.is_empty() {
                let named = roles.entry((object.kind, object.name));
                named.or_default().push(index);
            }
        }
        let bindings = self.objects.iter().enumerate().filter(|(_, object)| {
            matches!(object.kind, "RoleBinding" | "ClusterRoleBinding") && !object.name.is_empty()
        });
        bindings
            .map(|(index, object)| {
                let text = |path| object.root.at(path).and_then(|node| node.value.as_str());
                let named = text("roleRef.kind")
                    .zip(text("roleRef.name"))
                    .and_then(|role| roles.get(&role));
                let may_be_meant = |&&role: &&usize| {
                    let role = &self.objects[role];
                    role.kind == "ClusterRole" || role.may_share_namespace(object)
                };
                Binding {
                    object: index,
                    roles: named
                        .into_iter()
                        .flatten()
                        .filter(may_be_meant)
                        .copied()
                        .collect(),
                }
            })
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

#[cfg(test)]
mod tests {
    use bastide_source::{FileId, Source};
    use bastide_value::Arena;

    use super::*;
    use crate::Manifest;

    fn with_cluster<T>(text: &str, look: impl Fn(&Cluster<'_>) -> T) -> T {
        let source = Source::new(FileId(0), "all.yaml", text.to_owned());
        let arena = Arena::new();
        let documents = bastide_yaml::parse(&source, &arena).documents;
        let manifest = Manifest::new(&source, documents.into_iter().map(|it| it.root));
        look(&Cluster::new(&manifest.objects))
    }

    fn pod(metadata: &str) -> String {
        format!("apiVersion: v1\nkind: Pod\nmetadata: {metadata}\nspec: {{containers: []}}\n---\n")
    }

    fn policy(namespace: &str, selector: &str) -> String {
        format!(
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n\
             metadata: {{name: policy{namespace}}}\nspec: {{podSelector: {selector}}}\n---\n"
        )
    }

    /// Which of three pods a policy selects: one in namespace `a`, one in `b`, one in none.
    fn selected(namespace: &str, selector: &str) -> Vec<bool> {
        let pods = [", namespace: a", ", namespace: b", ""].map(|namespace| {
            pod(&format!(
                "{{name: server{namespace}, labels: {{app: server}}}}"
            ))
        });
        let text = pods.concat() + &policy(namespace, selector);
        with_cluster(&text, |cluster| cluster.pods_with_network_policy())
    }

    #[test]
    fn a_policy_holds_in_its_namespace() {
        assert_eq!(selected(", namespace: a", "{}"), [true, false, true]);
        assert_eq!(selected("", "{}"), [true, true, true]);
        let server = "{matchLabels: {app: server}}";
        assert_eq!(selected(", namespace: b", server), [false, true, true]);
        let other = "{matchLabels: {app: server, tier: front}}";
        assert_eq!(selected("", other), [false, false, false]);
    }

    /// The names and namespaces of the roles that a binding may refer to.
    fn roles(binding: &str) -> Vec<String> {
        let role = |kind: &str, metadata: &str| {
            format!("apiVersion: v1\nkind: {kind}\nmetadata: {metadata}\nrules: []\n---\n")
        };
        let text = role("Role", "{name: r, namespace: a}")
            + &role("Role", "{name: r, namespace: b}")
            + &role("ClusterRole", "{name: r}")
            + &format!("apiVersion: v1\nkind: RoleBinding\n{binding}\n");
        with_cluster(&text, |cluster| {
            let bindings = cluster.bindings();
            let roles = bindings.iter().flat_map(|binding| &binding.roles);
            roles.map(|&role| cluster.objects[role].title()).collect()
        })
    }

    #[test]
    fn a_binding_refers_to_roles_of_its_namespace() {
        let bound = "metadata: {name: x, namespace: a}\nroleRef: {kind: Role, name: r}";
        assert_eq!(roles(bound), ["Role a/r"]);
        let anywhere = "metadata: {name: x}\nroleRef: {kind: Role, name: r}";
        assert_eq!(roles(anywhere), ["Role a/r", "Role b/r"]);
        let cluster = "metadata: {name: x, namespace: a}\nroleRef: {kind: ClusterRole, name: r}";
        assert_eq!(roles(cluster), ["ClusterRole r"]);
        let unknown = "metadata: {name: x}\nroleRef: {kind: ClusterRole, name: view}";
        assert_eq!(roles(unknown), [""; 0]);
    }
}
