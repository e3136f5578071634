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

/// Whether a text can hold Kubernetes objects that are not a chart's template.
pub fn is_candidate(text: &str) -> bool {
    let holds = |word: &str| memmem::find(text.as_bytes(), word.as_bytes()).is_some();
    holds("apiVersion") && holds("kind") && !is_chart_template(text)
}

/// Whether the text reads `.Values` or `.Release`, which only Helm can fill in.
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
            let (Some(kind), true) = (root.get("kind"), root.get("apiVersion").is_some()) else {
                continue;
            };
            // Without aliases a file cannot hold more nodes than bytes.
            let mut budget = 4 * source.text.len();
            if !names_are_valid(root.value, &mut budget) {
                let reason = if budget == 0 {
                    PassedOver::Unfolds
                } else {
                    PassedOver::Name
                };
                manifest.passed_over.push((root.span, reason));
            } else if kind.value.as_str() == Some("List") {
                lists.push(root);
            } else {
                manifest.add(source, root);
            }
        }
        for list in lists {
            let items = list.get("items").and_then(|items| items.value.as_list());
            for item in items.unwrap_or_default() {
                manifest.add(source, *item);
            }
        }
        manifest.share_lines();
        manifest
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
