use bastide_source::Span;
use bastide_value::{Node, Value};

use crate::truthy;

/// The pods that an object makes: a template, or a pod itself.
#[derive(Clone, Copy, Debug)]
pub struct PodTemplate<'a> {
    /// Its `metadata`, if there is one.
    pub metadata: Option<&'a Node<'a>>,
    /// Its `spec`.
    pub spec: &'a Node<'a>,
    /// The path from the object to the `spec`, keys separated by `/`.
    pub path: &'static str,
}

/// A container of a pod.
#[derive(Clone, Copy, Debug)]
pub struct Container<'a> {
    /// The container.
    pub node: &'a Node<'a>,
    /// Whether it runs before the others.
    pub init: bool,
    /// Its place among its like.
    pub index: usize,
}

impl<'a> PodTemplate<'a> {
    /// The pods of an object of a kind that makes pods. `None` if it states none.
    pub(crate) fn of(kind: &str, root: &Node<'a>) -> Option<Self> {
        let (path, holder) = match kind {
            "Pod" => {
                let spec = root.get("spec")?;
                return Some(Self {
                    metadata: root.get("metadata"),
                    spec,
                    path: "spec",
                });
            }
            "PodTemplate" => ("template/spec", root.get("template")?),
            "CronJob" => {
                let template = root.at("spec.jobTemplate.spec.template")?;
                ("spec/jobTemplate/spec/template/spec", template)
            }
            "Deployment"
            | "DeploymentConfig"
            | "DaemonSet"
            | "Job"
            | "ReplicaSet"
            | "ReplicationController"
            | "StatefulSet" => ("spec/template/spec", root.at("spec.template")?),
            _ => return None,
        };
        Some(Self {
            metadata: holder.get("metadata"),
            spec: holder.get("spec")?,
            path,
        })
    }

    /// The containers, without those that run before them.
    pub fn main_containers(&self) -> impl Iterator<Item = Container<'a>> {
        self.listed("containers", false)
    }

    /// The containers, then those that run before them.
    pub fn containers(&self) -> impl Iterator<Item = Container<'a>> {
        self.main_containers()
            .chain(self.listed("initContainers", true))
    }

    fn listed(&self, key: &str, init: bool) -> impl Iterator<Item = Container<'a>> + use<'a> {
        let list = self
            .spec
            .get(key)
            .and_then(|list| list.value.as_list())
            .unwrap_or_default();
        list.iter()
            .enumerate()
            .map(move |(index, node)| Container { node, init, index })
    }
}

impl<'a> Container<'a> {
    /// The value at a path of keys separated by dots.
    pub fn at(&self, path: &str) -> Option<&'a Node<'a>> {
        self.node.at(path)
    }

    /// Whether the value at a path is given and not empty.
    pub fn has(&self, path: &str) -> bool {
        self.at(path).is_some_and(|node| truthy(node.value))
    }

    /// The items of the list at a path; none if there is no list.
    pub fn list(&self, path: &str) -> &'a [Node<'a>] {
        self.at(path)
            .and_then(|node| node.value.as_list())
            .unwrap_or_default()
    }

    /// Its name; empty where it has none.
    pub fn name(&self) -> &'a str {
        self.at("name")
            .and_then(|name| name.value.as_str())
            .unwrap_or_default()
    }

    /// Its line `name: …`, or all of it without one.
    pub fn header(&self) -> Span {
        let entry = self.node.value.as_map().and_then(|map| map.entry("name"));
        entry.map_or(self.node.span, |entry| entry.span())
    }

    /// The key and value at the end of a path, or the nearest outer key that is written.
    pub fn written(&self, path: &str) -> Span {
        nearest(self.node, path).unwrap_or_else(|| self.header())
    }
}

/// Where a path of keys separated by dots is written: the key and value at its end, or the nearest
/// outer key. `None` if not even the first key is there.
pub fn nearest(node: &Node<'_>, path: &str) -> Option<Span> {
    let mut found = None;
    let mut node = node;
    for key in path.split('.') {
        let Value::Map(map) = node.value else { break };
        let Some(entry) = map.entry(key) else { break };
        let whole_line = !matches!(entry.node.value, Value::Map(_) | Value::List(_));
        found = Some(if whole_line {
            entry.span()
        } else {
            entry.key_span
        });
        node = &entry.node;
    }
    found
}
