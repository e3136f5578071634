//! One file of Kubernetes objects.

use bastide_source::{Source, Span};
use bastide_value::{Node, Value};
use memchr::memmem;

use crate::Object;

/// The objects of one file, and the documents that are none.
#[derive(Debug, Default)]
pub struct Manifest<'a> {
    /// The objects, in order; the items of a `List` come after the others, as Checkov has them.
    pub objects: Vec<Object<'a>>,
    /// Documents with a kind that were passed over, and why.
    pub passed_over: Vec<(Span, PassedOver)>,
}

/// Why a document of a manifest is not looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PassedOver {
    /// A `name` in it is not a text that Kubernetes could take: a placeholder, a number, nothing.
    Name,
    /// It has neither a name nor labels to be called by.
    Nameless,
    /// Its aliases unfold to many times the size of the file.
    Unfolds,
}

/// What a text of YAML or JSON may be, by the words in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Candidate {
    /// It may hold Kubernetes objects.
    Objects,
    /// It may hold Kubernetes objects once Helm has filled it in: it reads `.Values` or `.Release`.
    ChartTemplate,
    /// It holds no Kubernetes objects.
    Nothing,
}

/// Tells what a text may be.
pub fn candidate(text: &str) -> Candidate {
    let holds = |word: &str| memmem::find(text.as_bytes(), word.as_bytes()).is_some();
    if !holds("apiVersion") || !holds("kind") {
        Candidate::Nothing
    } else if is_chart_template(text) {
        Candidate::ChartTemplate
    } else {
        Candidate::Objects
    }
}

fn is_chart_template(text: &str) -> bool {
    memmem::find_iter(text.as_bytes(), "{{").any(|at| {
        let inside = &text[at + "{{".len()..];
        let inside = inside.strip_prefix('-').unwrap_or(inside).trim_start();
        inside.starts_with(".Values.") || inside.starts_with(".Release.")
    })
}

impl<'a> Manifest<'a> {
    /// Finds the objects among the documents of a file.
    pub fn new(source: &'a Source, documents: impl IntoIterator<Item = Node<'a>>) -> Self {
        let mut manifest = Self::default();
        let mut lists = Vec::new();
        for root in documents {
            if root.get("kind").is_none() || root.get("apiVersion").is_none() {
                continue;
            }
            // Without aliases a file cannot hold more nodes than bytes.
            let mut budget = 4 * source.text.len();
            if !names_are_valid(root.value, &mut budget) {
                let reason = if budget == 0 {
                    PassedOver::Unfolds
                } else {
                    PassedOver::Name
                };
                manifest.passed_over.push((root.span, reason));
            } else if items(&root).is_some() {
                lists.push(root);
            } else {
                manifest.add(source, root);
            }
        }
        for list in lists {
            manifest.add_items(source, &list);
        }
        manifest.share_lines();
        manifest
    }

    /// Adds the items of a list, and those of lists among them.
    fn add_items(&mut self, source: &'a Source, list: &Node<'a>) {
        for item in items(list).unwrap_or_default() {
            match items(item) {
                Some(_) => self.add_items(source, item),
                None if item.value.as_map().is_some_and(|map| !map.is_empty()) => {
                    self.add(source, *item);
                }
                None => {}
            }
        }
    }

    fn add(&mut self, source: &'a Source, root: Node<'a>) {
        match Object::new(source, root) {
            Some(object) => self.objects.push(object),
            None => self.passed_over.push((root.span, PassedOver::Nameless)),
        }
    }

    /// Two objects of one id in one file are reported at the lines of the last.
    fn share_lines(&mut self) {
        for index in 0..self.objects.len() {
            let (object, later) = match &mut self.objects[index..] {
                [object, later @ ..] => (object, later),
                [] => return,
            };
            if let Some(twin) = later.iter().rfind(|twin| twin.id == object.id) {
                object.lines = twin.lines;
            }
        }
    }
}

/// The items of an object that is a list: a `List`, or one of its own kind such as a `PodList`.
fn items<'a>(object: &Node<'a>) -> Option<&'a [Node<'a>]> {
    let kind = object.get("kind")?.value.as_str()?;
    let items = object.get("items").map(|items| items.value);
    match items {
        Some(Value::List(items)) if kind.ends_with("List") => Some(items),
        _ if kind == "List" => Some(&[]),
        _ => None,
    }
}

/// Whether every `name` in a tree of maps and lists of maps is a text of at most 253 characters
/// without `#`, `{` or `}`: Checkov passes over a document where one is not. Gives up, and says no,
/// when it has visited `budget` nodes.
fn names_are_valid(value: Value<'_>, budget: &mut usize) -> bool {
    let Some(map) = value.as_map() else {
        return true;
    };
    *budget = budget.saturating_sub(1 + map.len());
    *budget > 0
        && map.entries().iter().all(|entry| match entry.node.value {
            value @ Value::Map(_) => names_are_valid(value, budget),
            Value::List(items) => {
                *budget = budget.saturating_sub(items.len());
                items.iter().all(|item| names_are_valid(item.value, budget))
            }
            Value::String(name) if entry.key == "name" => {
                name.chars().count() <= 253 && !name.contains(['#', '{', '}'])
            }
            _ => entry.key != "name",
        })
}
