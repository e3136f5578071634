use std::fmt;

use bastide_dockerfile::{Dockerfile, Instruction};
use bastide_kubernetes::{Cluster, Container, Object, PodTemplate};
use bastide_pipelines::{Entity, Pipeline};
use bastide_terraform::Resource;

use crate::dockerfile::Pattern;
use crate::kubernetes::{Arguments, Grant};
use crate::pipelines::Finding;
use crate::policy::Clause;
use crate::standard::eks_control;
use crate::terraform::Neighbours;
use crate::{Condition, Framework, Outcome, Reference, Severity, Standard};

/// A rule with a stable id. All that is said about it anywhere is a function of this: `explain`,
/// the documentation, SARIF, the checklist.
#[derive(Debug)]
pub struct Check {
    /// The id: `CKV_K8S_22`.
    pub id: CheckId,
    /// The state it asks for, as a clause: `the root file system is read-only`.
    pub title: &'static str,
    /// What is so where it fails, as a clause: `the root file system is writable`.
    pub problem: &'static str,
    /// How bad that is.
    pub severity: Severity,
    /// What goes wrong then, in one or two sentences.
    pub why: &'static str,
    /// What it goes back to.
    pub references: &'static [Reference],
    /// How it is told in each kind of input.
    pub rules: &'static [Rule],
}

/// The id of a check. Ordered as people count: `CKV_K8S_9` comes before `CKV_K8S_11`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct CheckId(pub &'static str);

/// How a check is told in one framework.
#[derive(Debug)]
pub struct Rule {
    /// The framework.
    pub framework: Framework,
    /// The resource types that it looks at.
    pub on: &'static [&'static str],
    /// What it looks for.
    pub test: Test,
    /// What to do instead: an imperative, lower case, with the literal to write in backticks.
    pub fix: &'static str,
    /// What to write, ready to be pasted.
    pub snippet: &'static str,
    /// Resources whose names start with `fail` and `pass`.
    pub example: &'static str,
}

/// What a rule looks for.
#[derive(Clone, Copy, Debug)]
pub enum Test {
    /// A condition on the attributes of a Terraform resource.
    Attributes(Condition),
    /// A Terraform resource.
    Resource(fn(&Resource<'_>) -> Outcome),
    /// A Terraform resource, and those that belong to the same other one.
    Beside(for<'a> fn(&Resource<'a>, &Neighbours<'_, 'a>) -> Outcome),
    /// A policy on Terraform resources and the references between them.
    Policy(&'static Clause),
    /// Each container of a Kubernetes object, those that run before the others too.
    Containers(fn(&Container<'_>, &Object<'_>) -> Outcome),
    /// Each container of a Kubernetes object but those that run before the others.
    MainContainers(fn(&Container<'_>, &Object<'_>) -> Outcome),
    /// What programs are started with, in each container of a Kubernetes object.
    Arguments(Arguments),
    /// A Kubernetes object.
    Object(fn(&Object<'_>) -> Outcome),
    /// The pods that a Kubernetes object makes, even if it states none.
    Pods(fn(Option<&PodTemplate<'_>>, &Object<'_>) -> Outcome),
    /// All Kubernetes objects together: an outcome for each pod.
    ClusterPods(fn(&Cluster<'_>) -> Vec<Outcome>),
    /// All Kubernetes objects together: what each role binding grants.
    Grants(Grant),
    /// A Dockerfile.
    Dockerfile(for<'d, 'a> fn(&'d Dockerfile<'a>) -> DockerfileOutcome<'d, 'a>),
    /// Each instruction of a Dockerfile: it holds no such thing.
    Instructions(Pattern),
    /// A part of a pipeline.
    Pipeline(for<'a> fn(&Pipeline<'a>, &Entity<'a>) -> Finding<'a>),
    /// A string that may be a secret: the scanner for secrets says so itself.
    Secret,
}

/// What a rule finds in a Dockerfile: an outcome for each instruction that it is about, or for the
/// file as a whole if it is about none.
#[derive(Debug)]
pub struct DockerfileOutcome<'d, 'a> {
    /// The instructions.
    pub instructions: Vec<&'d Instruction<'a>>,
    /// The outcome for each.
    pub outcome: Outcome,
}

/// A check that asks for `title`, to be filled in.
pub(crate) const fn check(id: &'static str, title: &'static str) -> Check {
    Check {
        id: CheckId(id),
        title,
        problem: "",
        severity: Severity::Medium,
        why: "",
        references: &[],
        rules: &[],
    }
}

impl Check {
    pub(crate) const fn problem(mut self, problem: &'static str) -> Self {
        self.problem = problem;
        self
    }

    pub(crate) const fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    pub(crate) const fn why(mut self, why: &'static str) -> Self {
        self.why = why;
        self
    }

    pub(crate) const fn references(mut self, references: &'static [Reference]) -> Self {
        self.references = references;
        self
    }

    pub(crate) const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// The frameworks that it has rules for.
    pub fn frameworks(&self) -> impl Iterator<Item = Framework> {
        self.rules.iter().map(|rule| rule.framework)
    }

    /// The lines of standards that it goes back to, those that follow from others too.
    pub fn controls(&self) -> impl Iterator<Item = (Standard, &'static str)> {
        self.references
            .iter()
            .flat_map(|reference| {
                let Reference::Standard(standard, line) = *reference else {
                    return [None, None];
                };
                let restated = (standard == Standard::CisKubernetes)
                    .then(|| eks_control(line))
                    .flatten();
                [
                    Some((standard, line)),
                    restated.map(|it| (Standard::CisEks, it)),
                ]
            })
            .flatten()
    }

    /// What it goes back to: lines of standards, those that follow from others too, and pages.
    pub fn all_references(&self) -> impl Iterator<Item = Reference> {
        let standards = self
            .controls()
            .map(|(standard, line)| Reference::Standard(standard, line));
        let pages = self.references.iter().copied();
        standards.chain(pages.filter(|it| matches!(it, Reference::Page(_))))
    }

    /// The lines of one standard that it goes back to.
    pub fn controls_of(&self, standard: Standard) -> impl Iterator<Item = &'static str> {
        let controls = self.controls();
        controls.filter_map(move |(one, line)| (one == standard).then_some(line))
    }

    /// Whether it goes back to a standard, or to one that this one includes.
    pub fn is_of(&self, standard: Standard) -> bool {
        let mut controls = self.controls();
        controls.any(|(one, _)| standard.with_included().any(|it| it == one))
    }

    /// The rule for a framework.
    pub fn rule(&self, framework: Framework) -> Option<&'static Rule> {
        let framework = framework.of_rules();
        self.rules.iter().find(|rule| rule.framework == framework)
    }
}

/// A rule for Terraform resources of these types.
pub(crate) const fn terraform(on: &'static [&'static str], test: Test) -> Rule {
    rule(Framework::Terraform, on, test)
}

/// A rule for the attributes of Terraform resources of these types.
pub(crate) const fn on(types: &'static [&'static str], condition: Condition) -> Rule {
    terraform(types, Test::Attributes(condition))
}

/// A rule for Kubernetes objects of these kinds.
pub(crate) const fn kubernetes(on: &'static [&'static str], test: Test) -> Rule {
    rule(Framework::Kubernetes, on, test)
}

/// A rule for Dockerfiles.
pub(crate) const fn dockerfile(
    test: for<'d, 'a> fn(&'d Dockerfile<'a>) -> DockerfileOutcome<'d, 'a>,
) -> Rule {
    rule(
        Framework::Dockerfile,
        &["Dockerfile"],
        Test::Dockerfile(test),
    )
}

/// A rule for instructions of a Dockerfile, by keyword: they hold no such thing.
pub(crate) const fn instructions(on: &'static [&'static str], unwanted: Pattern) -> Rule {
    rule(Framework::Dockerfile, on, Test::Instructions(unwanted))
}

/// A rule for these parts of the pipelines of one system.
pub(crate) const fn pipeline(
    framework: Framework,
    on: &'static [&'static str],
    test: for<'a> fn(&Pipeline<'a>, &Entity<'a>) -> Finding<'a>,
) -> Rule {
    rule(framework, on, Test::Pipeline(test))
}

/// The rule of a detector of secrets.
pub(crate) const fn secret() -> Rule {
    rule(Framework::Secrets, &["string"], Test::Secret)
}

const fn rule(framework: Framework, on: &'static [&'static str], test: Test) -> Rule {
    Rule {
        framework,
        on,
        test,
        fix: "",
        snippet: "",
        example: "",
    }
}

impl Rule {
    pub(crate) const fn fix(mut self, fix: &'static str) -> Self {
        self.fix = fix;
        self
    }

    pub(crate) const fn snippet(mut self, snippet: &'static str) -> Self {
        self.snippet = snippet;
        self
    }

    pub(crate) const fn example(mut self, example: &'static str) -> Self {
        self.example = example;
        self
    }
}

impl CheckId {
    /// The id as text.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// What stands before the number, and its digits. Of two numbers the one with more digits is the
    /// greater: none starts with a zero.
    fn parts(&self) -> (&'static str, usize, &'static str) {
        let digits = self.0.bytes().rev().take_while(u8::is_ascii_digit).count();
        let (family, number) = self.0.split_at(self.0.len() - digits);
        (family, digits, number)
    }
}

impl PartialOrd for CheckId {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for CheckId {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.parts()
            .cmp(&other.parts())
            .then_with(|| self.0.cmp(other.0))
    }
}

impl fmt::Display for CheckId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

impl fmt::Debug for CheckId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
