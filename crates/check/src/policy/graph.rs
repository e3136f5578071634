//! Runs policies over resources and the references between them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use bastide_terraform::{Evaluation, Mode, References, Resource};

use super::attribute;
use super::clause::{Clause, Connection, Filter, Link, Operand, covers, near_types};
use super::datum::Datum;
use crate::Label;

/// The resources of one evaluation, those that are absent too, by type, with what joins them.
pub(crate) struct Graph<'e, 'a> {
    resources: Vec<&'e Resource<'a>>,
    kinds: Vec<Cow<'a, str>>,
    of_kind: BTreeMap<Cow<'a, str>, Vec<usize>>,
    references: References,
}

/// What a policy says of a resource.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Verdict {
    Passed,
    Failed,
    Unknown,
}

/// How a clause divides resources. While it is run they may be in several sets.
#[derive(Default)]
struct Division {
    passed: BTreeSet<usize>,
    failed: BTreeSet<usize>,
    unknown: BTreeSet<usize>,
}

impl Division {
    fn add(&mut self, resource: usize, holds: Option<bool>) {
        let set = match holds {
            Some(true) => &mut self.passed,
            Some(false) => &mut self.failed,
            None => &mut self.unknown,
        };
        set.insert(resource);
    }

    fn extend(&mut self, other: Self) {
        self.passed.extend(other.passed);
        self.failed.extend(other.failed);
        self.unknown.extend(other.unknown);
    }

    fn retain(&mut self, keep: impl Fn(usize) -> bool) {
        for set in [&mut self.passed, &mut self.failed, &mut self.unknown] {
            set.retain(|resource| keep(*resource));
        }
    }
}

/// The types that a policy looks at: clauses in it see no others.
type Scope<'s> = Option<&'s BTreeSet<&'static str>>;

impl<'e, 'a> Graph<'e, 'a> {
    pub(crate) fn new(evaluation: &'e Evaluation<'a>) -> Self {
        let resources = evaluation.with_absent();
        let kinds: Vec<Cow<'a, str>> = resources.iter().map(|resource| kind(resource)).collect();
        let mut of_kind: BTreeMap<Cow<'a, str>, Vec<usize>> = BTreeMap::new();
        for (at, kind) in kinds.iter().enumerate() {
            of_kind.entry(kind.clone()).or_default().push(at);
        }
        Self {
            resources,
            kinds,
            of_kind,
            references: References::new(evaluation),
        }
    }

    /// What a policy says, by resource. Of most resources it says nothing.
    pub(crate) fn run(&self, policy: &Clause) -> BTreeMap<usize, Verdict> {
        let scope = policy.is_joined().then(|| scope(policy));
        // A pattern of types, or none, is seen as all.
        let scope = scope
            .filter(|scope| !scope.is_empty() && scope.iter().all(|kind| !kind.ends_with('*')));
        let division = self.divide(policy, scope.as_ref());
        let mut verdicts = BTreeMap::new();
        // The later hold: one that fails anywhere has failed.
        for (set, verdict) in [
            (division.unknown, Verdict::Unknown),
            (division.passed, Verdict::Passed),
            (division.failed, Verdict::Failed),
        ] {
            verdicts.extend(set.into_iter().map(|resource| (resource, verdict)));
        }
        verdicts
    }

    /// Where to look if a policy fails: at the attribute that does not hold, if there is one.
    pub(crate) fn blame(&self, policy: &Clause, resource: usize) -> Option<Label> {
        match policy {
            Clause::And(parts) | Clause::Or(parts) => {
                parts.iter().find_map(|part| self.blame(part, resource))
            }
            Clause::Attribute(clause) => {
                let kind = &*self.kinds[resource];
                let resource = self.resources[resource];
                let node = clause.place(resource)?;
                let fails = covers(clause.on, kind) && clause.test(resource, kind) == Some(false);
                let path = clause.path;
                let value = node.value.as_str().map(|text| format!(" is {text:?}"));
                let text = format!("`{path}`{}", value.unwrap_or_default());
                fails.then(|| Label::new(node.span, text))
            }
            _ => None,
        }
    }

    fn divide(&self, clause: &Clause, scope: Scope<'_>) -> Division {
        match clause {
            Clause::Connection(connection) => {
                self.connect(connection, &BTreeSet::new(), &BTreeSet::new())
            }
            Clause::And(parts) if clause.is_joined() => self.and(parts, scope),
            Clause::Or(parts) if clause.is_joined() => self.or(parts, scope),
            Clause::Allowed(kinds) => {
                let mut division = Division::default();
                for (resource, kind) in self.kinds.iter().enumerate() {
                    division.add(resource, Some(kinds.contains(&&**kind)));
                }
                division
            }
            Clause::Forbidden(kinds) => Division {
                failed: self.of_types(kinds, None),
                ..Division::default()
            },
            // A filter alone says nothing.
            Clause::Filter(_) => Division::default(),
            Clause::And(_) | Clause::Or(_) | Clause::Not(_) | Clause::Attribute(_) => {
                let mut division = Division::default();
                for resource in self.of_types(&clause.types(), scope) {
                    division.add(resource, self.test(clause, resource));
                }
                division
            }
        }
    }

    /// The resources of some types, or of all if none is named.
    fn of_types(&self, types: &[&str], scope: Scope<'_>) -> BTreeSet<usize> {
        let seen = |kind: &str| scope.is_none_or(|scope| scope.contains(kind));
        let mut found = BTreeSet::new();
        if types.is_empty() || types.iter().any(|kind| kind.ends_with('*')) {
            for (kind, resources) in &self.of_kind {
                if covers(types, kind) && seen(kind) {
                    found.extend(resources);
                }
            }
            return found;
        }
        for kind in types.iter().filter(|kind| seen(kind)) {
            found.extend(self.of_kind.get(*kind).into_iter().flatten());
        }
        found
    }

    /// What a clause without connections says of one resource.
    fn test(&self, clause: &Clause, at: usize) -> Option<bool> {
        let (resource, kind) = (self.resources[at], &*self.kinds[at]);
        match clause {
            Clause::Attribute(clause) => clause.test(resource, kind),
            Clause::Filter(filter) => Some(self.passes(filter, at)),
            Clause::Not(part) => self.test(part, at).map(|holds| !holds),
            Clause::And(parts) => {
                let mut whole = Some(true);
                for part in *parts {
                    match self.test(part, at) {
                        Some(true) => {}
                        Some(false) => return Some(false),
                        None => whole = None,
                    }
                }
                whole
            }
            Clause::Or(parts) => {
                let mut whole = Some(false);
                for part in *parts {
                    match self.test(part, at) {
                        Some(true) => return Some(true),
                        Some(false) => {}
                        None => whole = None,
                    }
                }
                whole
            }
            Clause::Connection(_) | Clause::Allowed(_) | Clause::Forbidden(_) => None,
        }
    }

    fn passes(&self, filter: &Filter, at: usize) -> bool {
        let value = attribute::of_filter(self.resources[at], &self.kinds[at], filter.attribute);
        value.is_some_and(|value| {
            value.len() != Some(0) && Datum::from(filter.within).holds(&value) == Some(true)
        })
    }

    fn filtered(&self, parts: &[Clause], mut division: Division) -> Division {
        for part in parts {
            if let Clause::Filter(filter) = part {
                division.retain(|resource| self.passes(filter, resource));
            }
        }
        division
    }

    /// What holds for resources alone comes first, connections on filtered types last: what failed
    /// before drags along what it is joined to.
    fn and(&self, parts: &[Clause], scope: Scope<'_>) -> Division {
        let mut whole = Division::default();
        if self.of_types(&near_types(parts), scope).is_empty() {
            return whole;
        }
        for part in parts.iter().filter(|part| is_alone(part)) {
            whole.extend(self.divide(part, scope));
        }
        let filtered: Vec<&str> = parts.iter().flat_map(filtered_types).collect();
        let (last, first): (Vec<&Clause>, Vec<&Clause>) = parts
            .iter()
            .filter(|part| part.is_joined())
            .partition(|part| {
                let ends = ends(part);
                filtered.iter().any(|kind| ends.contains(kind))
            });
        for part in first.into_iter().chain(last) {
            let division = match part {
                Clause::Connection(connection) => {
                    self.connect(connection, &whole.failed, &whole.unknown)
                }
                part => self.divide(part, scope),
            };
            whole.extend(division);
        }
        let Division {
            passed,
            failed,
            unknown,
        } = &mut whole;
        passed.retain(|resource| !failed.contains(resource) && !unknown.contains(resource));
        unknown.retain(|resource| !failed.contains(resource));
        self.filtered(parts, whole)
    }

    fn or(&self, parts: &[Clause], scope: Scope<'_>) -> Division {
        let mut whole = Division::default();
        for part in parts
            .iter()
            .filter(|part| !matches!(part, Clause::Filter(_)))
        {
            whole.extend(self.divide(part, scope));
        }
        let Division {
            passed,
            failed,
            unknown,
        } = &mut whole;
        unknown.retain(|resource| !passed.contains(resource));
        failed.retain(|resource| !passed.contains(resource) && !unknown.contains(resource));
        self.filtered(parts, whole)
    }

    /// Both ends of each link pass, unless one of them failed before or is in doubt; what has
    /// no link fails.
    fn connect(
        &self,
        connection: &Connection,
        failed_before: &BTreeSet<usize>,
        unknown_before: &BTreeSet<usize>,
    ) -> Division {
        let mut division = Division::default();
        let here = self.of_types(connection.on, None);
        let there = self.of_types(connection.with, None);
        for &from in &here {
            for reference in self.references.of(from) {
                let ends = [from, reference.to];
                if !there.contains(&reference.to) {
                    continue;
                }
                let among = |set: &BTreeSet<usize>| ends.iter().any(|end| set.contains(end));
                let set = if reference.through_output {
                    &mut division.passed
                } else if among(failed_before) {
                    &mut division.failed
                } else if among(unknown_before) {
                    &mut division.unknown
                } else {
                    &mut division.passed
                };
                set.extend(ends);
            }
        }
        for &resource in here.iter().chain(&there) {
            if !division.passed.contains(&resource) && !division.unknown.contains(&resource) {
                division.failed.insert(resource);
            }
        }
        match connection.link {
            Link::Exists => {}
            Link::Absent => std::mem::swap(&mut division.passed, &mut division.failed),
            Link::OneExists => {
                let Division {
                    passed,
                    failed,
                    unknown,
                } = &mut division;
                failed.retain(|resource| !passed.contains(resource));
                unknown.retain(|resource| !passed.contains(resource));
            }
        }
        division
    }
}

/// The type as policies name it.
fn kind<'a>(resource: &Resource<'a>) -> Cow<'a, str> {
    match resource.mode {
        Mode::Managed | Mode::Module => Cow::Borrowed(resource.kind),
        Mode::Data => Cow::Owned(format!("data.{}", resource.kind)),
        Mode::Provider => Cow::Owned(format!("provider.{}", resource.kind)),
    }
}

/// Whether a part of a joined clause is told for each resource alone.
fn is_alone(part: &Clause) -> bool {
    match part {
        Clause::Attribute(_) => true,
        Clause::And(_) | Clause::Or(_) | Clause::Not(_) => !part.is_joined(),
        _ => false,
    }
}

fn filtered_types(part: &Clause) -> Vec<&'static str> {
    match part {
        Clause::Filter(Filter {
            attribute: "resource_type",
            within: Operand::List(kinds),
        }) => kinds
            .iter()
            .filter_map(|kind| match kind {
                Operand::Text(kind) => Some(*kind),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// The types at both ends of the connections in a clause.
fn ends(clause: &Clause) -> Vec<&'static str> {
    match clause {
        Clause::Connection(connection) => [connection.on, connection.with].concat(),
        Clause::Attribute(attribute) => attribute.on.to_vec(),
        Clause::And(parts) | Clause::Or(parts) if clause.is_joined() => {
            parts.iter().flat_map(ends).collect()
        }
        _ => Vec::new(),
    }
}

fn scope(policy: &Clause) -> BTreeSet<&'static str> {
    ends(policy).into_iter().collect()
}
