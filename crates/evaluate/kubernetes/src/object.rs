use bastide_source::{FileId, Skip, Source, Span};
use bastide_value::{Node, Value};

use crate::text::display;
use crate::{PodTemplate, nearest, truthy};

/// A Kubernetes object.
#[derive(Clone, Debug)]
pub struct Object<'a> {
    /// The whole object.
    pub root: Node<'a>,
    /// Its kind.
    pub kind: &'a str,
    /// What reports call it: `Kind.namespace.name`.
    pub id: String,
    /// Its name; empty where it has none.
    pub name: &'a str,
    /// Its namespace, if it states one.
    pub namespace: Option<&'a str>,
    /// The file.
    pub file: FileId,
    /// First and last line that reports give, counted from one.
    pub lines: (u32, u32),
    /// Checks that its annotations ask to leave alone.
    pub skips: Vec<Skip>,
}

/// Annotations whose key holds one of these ask for a skip. All but the last are Checkov's.
const SKIP_ANNOTATIONS: [&str; 4] = [
    "checkov.io/skip",
    "bridgecrew.io/skip",
    "cortex.io/skip",
    "bastide.dev/skip",
];

impl<'a> Object<'a> {
    /// An object, unless it lacks what identifies one: `apiVersion`, `kind`, `metadata`, and a name
    /// or labels.
    pub(crate) fn new(source: &'a Source, root: Node<'a>) -> Option<Self> {
        let kind = root.get("kind")?.value.as_str()?;
        root.get("apiVersion")?;
        let metadata = root.get("metadata")?;
        metadata.value.as_map()?;
        Some(Self {
            id: id(kind, metadata, None, None)?,
            root,
            kind,
            name: text_at(metadata, "name").unwrap_or_default(),
            namespace: text_at(metadata, "namespace"),
            file: source.id,
            lines: lines(source, root.span),
            skips: skips(metadata),
        })
    }

    /// Its `metadata`.
    pub fn metadata(&self) -> Option<&'a Node<'a>> {
        self.root.get("metadata")
    }

    /// The pods that it makes, or that it is.
    pub fn pod_template(&self) -> Option<PodTemplate<'a>> {
        PodTemplate::of(self.kind, &self.root)
    }

    /// Where its name is written, or its kind if it has no name.
    pub fn name_span(&self) -> Span {
        let name = self.metadata().and_then(|metadata| metadata.get("name"));
        name.or(self.root.get("kind"))
            .map_or(self.root.span, |node| node.span)
    }

    /// Whether both may end up in one namespace: an object that states none goes wherever it is
    /// applied to.
    pub(crate) fn may_share_namespace(&self, other: &Self) -> bool {
        match (self.namespace, other.namespace) {
            (Some(one), Some(two)) => one == two,
            _ => true,
        }
    }

    /// The key and value at the end of a path, or the nearest outer key that is written.
    pub fn written(&self, path: &str) -> Span {
        nearest(&self.root, path).unwrap_or_else(|| self.name_span())
    }

    /// How people call it: `Deployment vllm/qwen3-8b`.
    pub fn title(&self) -> String {
        match self.namespace {
            Some(namespace) => [self.kind, " ", namespace, "/", self.name].concat(),
            None => [self.kind, " ", self.name].concat(),
        }
    }
}

/// `Kind.namespace.name`, or with labels in place of a missing name. `None` with neither.
pub(crate) fn id(
    kind: &str,
    metadata: &Node<'_>,
    outer_namespace: Option<&Node<'_>>,
    owner: Option<&str>,
) -> Option<String> {
    let given = |node: &&Node<'_>| owner.is_none() || !node.value.is_null();
    let namespace = metadata.get("namespace").filter(given).or(outer_namespace);
    let namespace = namespace.map_or("default".into(), |node| display(node.value));
    if let Some(name) = metadata.get("name").filter(|name| truthy(name.value)) {
        return Some(format!("{kind}.{namespace}.{}", display(name.value)));
    }
    let labels = metadata
        .get("labels")
        .filter(|labels| truthy(labels.value))?;
    let labels = labels.value.as_map()?;
    let pair =
        |entry: &bastide_value::Entry<'_>| format!("{}-{}", entry.key, display(entry.node.value));
    let labels = match labels.is_empty() {
        true => "default".to_owned(),
        false => labels
            .entries()
            .iter()
            .map(pair)
            .collect::<Vec<_>>()
            .join("."),
    };
    let owner = owner.map_or(String::new(), |owner| format!("{owner}."));
    Some(format!("{kind}.{namespace}.{owner}{labels}"))
}

fn text_at<'a>(node: &Node<'a>, key: &str) -> Option<&'a str> {
    node.get(key)?.value.as_str()
}

/// `checkov.io/skip1: ID=reason`
fn skips(metadata: &Node<'_>) -> Vec<Skip> {
    let Some(Value::Map(annotations)) = metadata.get("annotations").map(|node| node.value) else {
        return Vec::new();
    };
    let entries = annotations.entries().iter();
    entries
        .filter(|entry| SKIP_ANNOTATIONS.iter().any(|word| entry.key.contains(word)))
        .filter_map(|entry| {
            let text = entry.node.value.as_str()?;
            let (check, reason) = match text.split_once('=') {
                Some((check, reason)) => (check, Some(reason.to_owned())),
                None => (text, None),
            };
            Some(Skip {
                check: check.to_owned(),
                reason,
                span: entry.span(),
            })
        })
        .collect()
}

/// The lines that Checkov gives an object: from its first key to whatever stands next in the file
/// (`---`, the next item), or to the last line that is neither blank nor a comment. In JSON both
/// are one too high.
fn lines(source: &Source, span: Span) -> (u32, u32) {
    let (first, last) = source.line_span(span);
    if source.text.trim_start().starts_with('{') {
        return (first + 1, last + 1);
    }
    if source.slice(span).starts_with('{') {
        return (first, last);
    }
    let count = source.lines().count(&source.text);
    let next = (last + 1..=count).find(|&number| {
        let line = source.line(number).trim();
        !line.is_empty() && !line.starts_with('#')
    });
    (first, next.unwrap_or(last))
}
