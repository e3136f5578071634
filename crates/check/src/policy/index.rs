//! Finds the policies that have something to say of some resources.

use std::collections::HashMap;

use super::clause::{Clause, near_types};

/// Policies by the types of the resources without which they say nothing: most trees have few
/// types, and most policies are about none of them.
#[derive(Debug)]
pub(crate) struct Index<T> {
    policies: Vec<T>,
    of_kind: HashMap<&'static str, Vec<usize>>,
    of_any: Vec<usize>,
}

impl<T> Default for Index<T> {
    fn default() -> Self {
        Self {
            policies: Vec::new(),
            of_kind: HashMap::new(),
            of_any: Vec::new(),
        }
    }
}

impl<T> Index<T> {
    pub(crate) fn add(&mut self, policy: T, clause: &Clause) {
        let at = self.policies.len();
        self.policies.push(policy);
        match kinds(clause) {
            Some(kinds) => kinds
                .into_iter()
                .for_each(|kind| self.of_kind.entry(kind).or_default().push(at)),
            None => self.of_any.push(at),
        }
    }

    /// The policies that may have something to say where there are resources of these types, in the
    /// order in which they were added.
    pub(crate) fn concerning<'k>(&self, kinds: impl Iterator<Item = &'k str>) -> Vec<&T> {
        let of_kinds = kinds.filter_map(|kind| self.of_kind.get(kind));
        let mut concerned = self.of_any.clone();
        concerned.extend(of_kinds.flatten());
        concerned.sort_unstable();
        concerned.dedup();
        concerned.iter().map(|at| &self.policies[*at]).collect()
    }
}

/// The types without any of which a clause says nothing; `None` if all resources concern it.
fn kinds(clause: &Clause) -> Option<Vec<&'static str>> {
    let some = |kinds: Vec<&'static str>| {
        let known = !kinds.is_empty() && kinds.iter().all(|kind| !kind.ends_with('*'));
        known.then_some(kinds)
    };
    match clause {
        Clause::Filter(_) => Some(Vec::new()),
        Clause::Allowed(_) => None,
        Clause::Forbidden(kinds) => some(kinds.to_vec()),
        Clause::Connection(connection) => {
            let ends = [connection.on, connection.with].map(|end| some(end.to_vec()));
            ends.into_iter()
                .collect::<Option<Vec<_>>>()
                .map(|ends| ends.concat())
        }
        Clause::And(parts) if clause.is_joined() => some(near_types(parts)),
        Clause::Or(parts) if clause.is_joined() => {
            let kinds: Option<Vec<_>> = parts.iter().map(kinds).collect();
            kinds.map(|kinds| kinds.concat())
        }
        Clause::And(_) | Clause::Or(_) | Clause::Not(_) | Clause::Attribute(_) => {
            some(clause.types())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::prelude::{all, any, connected, no, on};
    use super::*;

    const KEY: Clause = on(&["a_key"], "name").exists();
    const JOINED: Clause = connected(&["a_disk"], &["a_key"]);

    #[test]
    fn policies_concern_the_types_that_they_name() {
        const ALONE: Clause = all(&[KEY, on(&["a_lock"], "name").exists()]);
        assert_eq!(kinds(&ALONE), Some(vec!["a_key", "a_lock"]));
        assert_eq!(kinds(&no(&KEY)), Some(vec!["a_key"]));
        assert_eq!(kinds(&JOINED), Some(vec!["a_disk", "a_key"]));
        // Without a disk, that there is a key means nothing.
        assert_eq!(kinds(&all(&[JOINED])), Some(vec!["a_disk"]));
        assert_eq!(
            kinds(&any(&[JOINED, KEY])),
            Some(vec!["a_disk", "a_key", "a_key"])
        );
    }

    #[test]
    fn policies_without_a_type_concern_all() {
        assert_eq!(kinds(&on(&[], "name").exists()), None);
        assert_eq!(kinds(&on(&["a_*"], "name").exists()), None);
        assert_eq!(kinds(&connected(&[], &["a_key"])), None);
        const EITHER: Clause = any(&[JOINED, on(&[], "name").exists()]);
        assert_eq!(kinds(&EITHER), None);
        assert_eq!(kinds(&Clause::Allowed(&["a_key"])), None);
    }

    #[test]
    fn those_that_concern_some_types_come_in_their_order() {
        let mut index = Index::default();
        index.add("any", &on(&[], "name").exists());
        index.add("joined", &JOINED);
        index.add("key", &KEY);
        let concerning = |kinds: &[&'static str]| index.concerning(kinds.iter().copied());
        assert_eq!(concerning(&["a_key", "b"]), [&"any", &"joined", &"key"]);
        assert_eq!(concerning(&["a_disk"]), [&"any", &"joined"]);
        assert_eq!(concerning(&["b"]), [&"any"]);
    }
}
