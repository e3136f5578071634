//! Which exceptions cover which findings.

use std::cmp::Reverse;
use std::collections::HashMap;

use bastide_check::{CheckId, Resource};

use crate::{Exception, Glob, Spanned};

/// Exceptions, indexed by check and address: a scan has many findings, a register many entries,
/// and few of them meet.
pub(crate) struct Cover<'a> {
    exceptions: &'a [Exception],
    by_check: HashMap<CheckId, Candidates<'a>>,
}

/// The exceptions that name a check.
#[derive(Default)]
struct Candidates<'a> {
    /// Those that name resources without a wildcard, by address.
    by_address: HashMap<&'a str, Vec<usize>>,
    /// All others.
    others: Vec<usize>,
}

/// How much an exception says of a finding: what it says of the address counts before what it says
/// of the file, and that before what it says of the check.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Specificity {
    address: Precision,
    file: Precision,
    check: Precision,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Precision {
    /// It says nothing.
    Any,
    /// A pattern with so many characters that stand for themselves.
    Pattern(usize),
    /// It itself.
    Literal,
}

impl<'a> Cover<'a> {
    /// Indexes exceptions for findings of these checks.
    pub(crate) fn new(
        exceptions: &'a [Exception],
        checks: impl IntoIterator<Item = CheckId>,
    ) -> Self {
        let mut literal: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut patterns: Vec<(usize, &Glob)> = Vec::new();
        for (index, exception) in exceptions.iter().enumerate() {
            for check in &exception.checks {
                match check.is_literal() {
                    true => literal.entry(check.as_str()).or_default().push(index),
                    false => patterns.push((index, &check.value)),
                }
            }
        }
        let mut by_check: HashMap<CheckId, Candidates<'a>> = HashMap::new();
        for check in checks.into_iter().filter(|_| !exceptions.is_empty()) {
            by_check.entry(check).or_insert_with(|| {
                let named = literal.get(check.as_str()).into_iter().flatten().copied();
                let fits = |(_, glob): &&(usize, &Glob)| glob.matches(check.as_str());
                let matched = patterns.iter().filter(fits).map(|(index, _)| *index);
                Candidates::new(exceptions, named.chain(matched).collect())
            });
        }
        Self {
            exceptions,
            by_check,
        }
    }

    /// The exceptions whose check, framework, address and file fit, the most specific first; of two
    /// alike, the one that is written first. `paths` are the names that the file goes by.
    pub(crate) fn find(&self, check: CheckId, resource: &Resource, paths: &[&str]) -> Vec<usize> {
        let Some(candidates) = self.by_check.get(&check) else {
            return Vec::new();
        };
        let named = candidates.by_address.get(resource.address.as_str());
        let candidates = named.into_iter().flatten().chain(&candidates.others);
        let fitting = candidates.filter_map(|&index| {
            let exception = &self.exceptions[index];
            let specificity = specificity(exception, check, resource, paths)?;
            Some((Reverse(specificity), index))
        });
        let mut fitting: Vec<_> = fitting.collect();
        fitting.sort_unstable();
        fitting.into_iter().map(|(_, index)| index).collect()
    }
}

impl<'a> Candidates<'a> {
    fn new(exceptions: &'a [Exception], mut indices: Vec<usize>) -> Self {
        indices.sort_unstable();
        indices.dedup();
        let mut candidates = Self::default();
        for index in indices {
            let resources = &exceptions[index].resources;
            if resources.is_empty() || !resources.iter().all(|glob| glob.is_literal()) {
                candidates.others.push(index);
                continue;
            }
            for address in resources {
                let at = candidates.by_address.entry(address.as_str()).or_default();
                if at.last() != Some(&index) {
                    at.push(index);
                }
            }
        }
        candidates
    }
}

/// `None` if the exception is not about it.
fn specificity(
    exception: &Exception,
    check: CheckId,
    resource: &Resource,
    paths: &[&str],
) -> Option<Specificity> {
    if exception
        .framework
        .is_some_and(|it| it != resource.framework)
    {
        return None;
    }
    Some(Specificity {
        address: precision(&exception.resources, &[&resource.address])?,
        file: precision(&exception.files, paths)?,
        check: precision(&exception.checks, &[check.as_str()])?,
    })
}

/// The most precise of the patterns that match one of the texts. No pattern at all matches all.
fn precision(globs: &[Spanned<Glob>], texts: &[&str]) -> Option<Precision> {
    if globs.is_empty() {
        return Some(Precision::Any);
    }
    let matching = globs
        .iter()
        .filter(|glob| texts.iter().any(|text| glob.matches(text)));
    matching
        .map(|glob| match glob.is_literal() {
            true => Precision::Literal,
            false => Precision::Pattern(glob.literals()),
        })
        .max()
}

#[cfg(test)]
mod tests {
    use bastide_check::Framework;
    use bastide_source::{FileId, Span};

    use super::*;
    use crate::Register;

    /// The exceptions that cover `CKV_K8S_22` of `Deployment.a.b` in `k8s/a.yaml`, by id.
    fn found(entries: &str) -> Vec<String> {
        let text: String = entries
            .lines()
            .enumerate()
            .map(|(index, entry)| {
                format!("  - {{id: E{index}, {entry}, reason: r, owner: o, expires: 2027-01-01}}\n")
            })
            .collect();
        let text = format!("defaults: {{require: []}}\nexceptions:\n{text}");
        let register = Register::parse(&text, "r.yaml").unwrap();
        let check = CheckId("CKV_K8S_22");
        let resource = Resource {
            framework: Framework::Kubernetes,
            kind: "Deployment".to_owned(),
            address: "Deployment.a.b".to_owned(),
            file: FileId(0),
            lines: (1, 9),
            span: Span::default(),
            skips: Vec::new(),
            caller: None,
            history: None,
        };
        let cover = Cover::new(&register.exceptions, [check]);
        let found = cover.find(check, &resource, &["a.yaml", "k8s/a.yaml"]);
        let ids = found
            .into_iter()
            .map(|index| register.exceptions[index].id.clone().unwrap().value);
        ids.collect()
    }

    #[test]
    fn all_that_is_named_must_fit() {
        let entries = "check: CKV_K8S_22
check: [CKV_K8S_8, CKV_K8S_22], resources: Deployment.a.*
check: CKV_K8S_22, resources: Deployment.a.c
check: CKV_K8S_22, resources: Deployment.a.b, files: b.yaml
check: CKV_K8S_22, framework: terraform
check: CKV_K8S_2
check: CKV_AWS_*";
        assert_eq!(found(entries), ["E1", "E0"]);
    }

    #[test]
    fn the_most_specific_comes_first() {
        let entries = "check: CKV_K8S_22
check: CKV_K8S_*, files: \"*.yaml\"
check: CKV_K8S_22, files: k8s/a.yaml
check: CKV_K8S_*, resources: Deployment.*
check: CKV_K8S_*, resources: Deployment.a.*
check: CKV_K8S_*, resources: [Deployment.a.b, x]
check: CKV_K8S_22, resources: [Deployment.a.b, Deployment.a.b]
check: CKV_K8S_22, resources: Deployment.a.b";
        let order = ["E6", "E7", "E5", "E4", "E3", "E2", "E1", "E0"];
        assert_eq!(found(entries), order);
    }
}
