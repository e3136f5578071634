use std::cell::RefCell;
use std::collections::HashMap;

use bastide_source::{Skip, Source, Span, skips_in};
use bastide_value::{Node, Value};

use crate::entity::Entity;
use crate::marks::{self, Marks};
use crate::{System, argo, azure, bitbucket, circleci, github, gitlab};

/// One file of pipelines.
#[derive(Debug)]
pub struct Pipeline<'a> {
    /// Whose it is.
    pub system: System,
    /// The file.
    pub source: &'a Source,
    /// The first document that is a mapping: nothing else is looked at.
    pub root: Node<'a>,
    /// What the file asks to skip, with the line of each.
    skips: Vec<(u32, Skip)>,
    entities: Vec<Entity<'a>>,
    /// The lines of mappings that were asked for, by their place.
    marks: RefCell<HashMap<Span, Marks>>,
    /// Jobs and their steps, by the place of what holds them.
    rows: HashMap<Span, Row<'a>>,
}

/// Parts of one kind, such as the steps of a job, to find the one at some lines.
#[derive(Debug)]
pub(crate) struct Row<'a> {
    /// The parts, with their keys if they have any.
    pub(crate) parts: Vec<(&'a str, &'a Node<'a>)>,
    /// Whether they stand in the file in this order: aliases may stand anywhere.
    ordered: bool,
    /// The first of them that is a mere word.
    pub(crate) word: Option<(usize, &'a str)>,
}

impl<'a> Row<'a> {
    pub(crate) fn new(parts: Vec<(&'a str, &'a Node<'a>)>) -> Self {
        let ordered = parts.is_sorted_by_key(|(_, part)| part.span.start);
        let mut words = parts.iter().enumerate();
        let word = words.find_map(|(at, (_, part))| Some((at, part.value.as_str()?)));
        Self {
            parts,
            ordered,
            word,
        }
    }
}

/// A file may hold so many parts. Beyond, looking for the name of each takes too long.
pub(crate) const MAX_PARTS: usize = 10_000;

/// So many skips are kept for one part.
const MAX_SKIPS: usize = 100;

/// Why a file that a system claims is not looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PassedOver {
    /// This part is the first that is not of the shape that Checkov knows.
    Shape(Span),
    /// It holds more parts than can be looked at.
    Parts(Span),
}

impl<'a> Pipeline<'a> {
    /// The pipelines in the documents of a file; `None` if none of them is a mapping.
    ///
    /// # Errors
    ///
    /// If Checkov would look at nothing in the file, since it is not of the shape that it knows, or
    /// if there is too much in it.
    pub fn new(
        system: System,
        source: &'a Source,
        documents: &[Node<'a>],
    ) -> Result<Option<Self>, PassedOver> {
        if system == System::GithubActions
            && let Some(span) = documents.iter().find_map(github::misfit)
        {
            return Err(PassedOver::Shape(span));
        }
        let collection = |node: &&Node<'_>| match node.value {
            Value::Map(_) => true,
            Value::List(items) => !items.is_empty(),
            _ => false,
        };
        let root = documents.iter().find(collection).copied();
        let root = root.filter(|root| root.value.as_map().is_some());
        let Some(root) = root else {
            return Ok(None);
        };
        let line = |skip: &Skip| source.lines().line(skip.span.start);
        let skips = skips_in(&source.text, source.span()).into_iter();
        let mut pipeline = Self {
            system,
            source,
            root,
            skips: skips.map(|skip| (line(&skip), skip)).collect(),
            entities: Vec::new(),
            marks: RefCell::default(),
            rows: HashMap::new(),
        };
        let entities = match system {
            System::ArgoWorkflows => argo::entities(&pipeline),
            System::AzurePipelines => azure::entities(&pipeline),
            System::BitbucketPipelines => bitbucket::entities(&pipeline),
            System::CircleCi => circleci::entities(&pipeline),
            System::GithubActions => github::entities(&pipeline),
            System::GitlabCi => gitlab::entities(&pipeline),
        };
        if entities.len() > MAX_PARTS {
            let mut start = root.span;
            start.end = start.start;
            return Err(PassedOver::Parts(start));
        }
        pipeline.entities = last_of_each(entities);
        if matches!(system, System::GithubActions | System::CircleCi) {
            pipeline.rows = github::rows(&pipeline.root).collect();
        }
        Ok(Some(pipeline))
    }

    /// The parts that checks look at, each once.
    pub fn entities(&self) -> &[Entity<'a>] {
        &self.entities
    }

    /// What reports call an entity when a check finds something at `node` in it, or in all of it.
    pub fn address(&self, entity: &Entity<'a>, node: Option<&Node<'a>>, check: &str) -> String {
        let marks = self.marks(entity, node);
        match self.system {
            System::ArgoWorkflows | System::BitbucketPipelines => {
                let key = Self::key(entity, marks, check);
                format!("{}.{key}", self.source.path)
            }
            System::AzurePipelines => {
                azure::address(self, marks).unwrap_or_else(|| Self::key(entity, marks, check))
            }
            System::CircleCi => circleci::address(self, entity.kind, marks),
            System::GithubActions => github::address(self, entity.kind, marks),
            System::GitlabCi => gitlab::address(self, marks),
        }
    }

    /// The lines that reports give when a check finds something at `node` in an entity, or in all
    /// of it, counted from one.
    pub fn lines(&self, entity: &Entity<'a>, node: Option<&Node<'a>>) -> (u32, u32) {
        let (first, last) = self.marks(entity, node);
        (first, last + 1)
    }

    /// Where a text is written in a scalar; all of the scalar if it is not written so.
    pub fn place(&self, scalar: &Node<'_>, text: &str) -> Span {
        let written = self.source.slice(scalar.span);
        let found = written.find(text).filter(|_| !text.is_empty());
        found.map_or(scalar.span, |at| {
            let start = scalar.span.start as usize + at;
            Span::new(scalar.span.file, start, start + text.len())
        })
    }

    fn marks(&self, entity: &Entity<'a>, node: Option<&Node<'a>>) -> Marks {
        node.map_or(entity.marks, |node| {
            marks::of_value(self.source, node).unwrap_or((0, 0))
        })
    }

    /// What Checkov calls the verdict of a check on an entity within its run.
    fn key(entity: &Entity<'_>, (first, last): Marks, check: &str) -> String {
        let path = entity.path;
        match entity.node.value {
            Value::Map(_) => format!("{path}.{path}.{check}[{first}:{last}]"),
            _ => format!("{path}.{path}.{check}"),
        }
    }

    /// The lines of a mapping.
    pub(crate) fn of_mapping(&self, node: &Node<'_>) -> Option<Marks> {
        node.value.as_map()?;
        if let Some(marks) = self.marks.borrow().get(&node.span) {
            return Some(*marks);
        }
        let marks = marks::of_mapping(self.source, node)?;
        self.marks.borrow_mut().insert(node.span, marks);
        Some(marks)
    }

    /// Whether a mapping holds these lines.
    pub(crate) fn holds(&self, node: &Node<'_>, (first, last): Marks) -> bool {
        // Most start later, which is told without a look at where they end.
        if node.span.start as usize >= self.source.line_range(first).end && first > 0 {
            return false;
        }
        self.of_mapping(node)
            .is_some_and(|(start, end)| start <= first && first <= last && last <= end)
    }

    /// The jobs or steps that `holder` has.
    pub(crate) fn row(&self, holder: &Node<'_>) -> Option<&Row<'a>> {
        self.rows.get(&holder.span)
    }

    /// The first part that holds these lines. Of parts in the order of the file none does that ends
    /// where another starts before those lines.
    pub(crate) fn position(&self, row: &Row<'a>, marks: Marks) -> Option<usize> {
        let from = if row.ordered && marks.0 > 0 {
            let line = self.source.line_range(marks.0).start;
            let before = row
                .parts
                .partition_point(|(_, it)| (it.span.start as usize) < line);
            before.saturating_sub(1)
        } else {
            0
        };
        let mut parts = row.parts[from..].iter();
        parts
            .position(|(_, part)| self.holds(part, marks))
            .map(|at| from + at)
    }

    /// A scalar's text as it is written.
    pub(crate) fn written(&self, node: &Node<'a>) -> &'a str {
        node.value
            .as_str()
            .unwrap_or_else(|| self.source.slice(node.span))
    }

    /// The skips that stand in these lines.
    pub(crate) fn skips(&self, (first, last): Marks) -> Vec<Skip> {
        let from = self.skips.partition_point(|(line, _)| *line < first);
        let within = self.skips[from..].iter().take_while(|it| it.0 <= last);
        let skips = within.map(|(_, skip)| skip.clone());
        skips.take(MAX_SKIPS).collect()
    }

    /// The skips of the whole document.
    pub(crate) fn skips_anywhere(&self) -> Vec<Skip> {
        self.of_mapping(&self.root)
            .map_or(Vec::new(), |marks| self.skips(marks))
    }

    /// An entity whose skips stand in its own lines. `None` if Checkov reports nothing for such a
    /// value.
    pub(crate) fn item(
        &self,
        kind: crate::Kind,
        path: &'static str,
        node: &Node<'a>,
    ) -> Option<Entity<'a>> {
        let marks = marks::of_value(self.source, node)?;
        let mut entity = Entity::new(kind, path, node, marks);
        entity.skips = self.skips(marks);
        Some(entity)
    }
}

/// Of entities that share path, key and lines the last.
fn last_of_each(entities: Vec<Entity<'_>>) -> Vec<Entity<'_>> {
    let mut places = HashMap::with_capacity(entities.len());
    let mut kept: Vec<Entity<'_>> = Vec::with_capacity(entities.len());
    for entity in entities {
        let place = *places
            .entry((entity.path, entity.kind, entity.key, entity.marks))
            .or_insert(kept.len());
        match kept.get_mut(place) {
            Some(earlier) => *earlier = entity,
            None => kept.push(entity),
        }
    }
    kept
}
