//! Runs checks over what was evaluated.

use std::collections::{HashMap, HashSet};
use std::mem::discriminant;

use bastide_dockerfile::Dockerfile;
use bastide_kubernetes::{Cluster, Object};
use bastide_pipelines::Pipeline;
use bastide_secrets::Secret;
use bastide_source::{FileId, Skip, Source, Span, skips_in_line};
use bastide_terraform::{Evaluation, Mode, Resource as TerraformResource};
use rayon::prelude::*;

use crate::check::{Check, Rule, Test};
use crate::outcome::Undecided;
use crate::policy::{self, Clause, Graph};
use crate::terraform::Neighbours;
use crate::{Finding, Framework, Label, Outcome};

/// What verdicts are about, as reports name it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Resource {
    /// The framework.
    pub framework: Framework,
    /// Its type: `aws_s3_bucket`, `Deployment`, `USER`.
    pub kind: String,
    /// Its id, as Checkov gives it.
    pub address: String,
    /// The file.
    pub file: FileId,
    /// First and last line as Checkov gives them, counted from one.
    pub lines: (u32, u32),
    /// What to show when nothing nearer is known.
    pub span: Span,
    /// Checks that the file asks to leave alone for it.
    pub skips: Vec<Skip>,
    /// The module call that made it: file, first and last line.
    pub caller: Option<(FileId, (u32, u32))>,
    /// The commits of a secret that was found in the history of a repository.
    pub history: Option<Box<History>>,
}

/// Since when a secret is in a repository, and until when it was.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct History {
    /// The commit that put it there.
    pub added: Commit,
    /// The commit that took it away, if one did.
    pub removed: Option<Commit>,
}

/// A commit, as reports name it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Commit {
    /// Its hash, in hexadecimal digits.
    pub id: String,
    /// Who committed it.
    pub committer: String,
    /// When, as `2026-11-26T09:30:00+01:00`.
    pub time: String,
}

/// What one check finds in one resource.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The check.
    pub check: &'static Check,
    /// The resource: an index into [`Checked::resources`].
    pub resource: usize,
    /// What it finds.
    pub outcome: Outcome,
}

/// Resources, and the verdicts on them.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// Everything that was looked at, also where no check had anything to say.
    pub resources: Vec<Resource>,
    /// The verdicts.
    pub verdicts: Vec<Verdict>,
    /// What of the files must not be shown, besides strings that are found to be secrets.
    pub sensitive: Vec<Span>,
}

/// These ask for something that no plan holds: the `lifecycle` of a resource.
const NOT_IN_PLANS: [&str; 4] = ["CKV_AWS_217", "CKV_AWS_233", "CKV_AWS_237", "CKV_GCP_82"];

/// So many Kubernetes objects at least are worth a thread.
const SHARE: usize = 32;

/// Checks, indexed by what they look at.
#[derive(Debug, Default)]
pub struct Engine {
    rules: HashMap<Framework, HashMap<&'static str, Vec<CheckRule>>>,
    /// Rules that look at many resources together.
    policies: policy::Index<(&'static Check, &'static Clause)>,
}

/// A check, with its rule for one framework.
pub type CheckRule = (&'static Check, &'static Rule);

impl Engine {
    /// An engine for these rules.
    pub fn new(rules: impl IntoIterator<Item = CheckRule>) -> Self {
        let mut engine = Self::default();
        for (check, rule) in rules {
            if let Test::Policy(clause) = rule.test {
                engine.policies.add((check, clause), clause);
                continue;
            }
            let of_framework = engine.rules.entry(rule.framework).or_default();
            for kind in rule.on {
                of_framework.entry(kind).or_default().push((check, rule));
            }
        }
        engine
    }

    fn rules(&self, framework: Framework, kind: &str) -> &[CheckRule] {
        let of_kind = self.rules.get(&framework).and_then(|kinds| kinds.get(kind));
        of_kind.map_or(&[], Vec::as_slice)
    }

    /// Checks Terraform resources, those of a plan too.
    pub fn terraform(&self, sources: &[Source], evaluation: &Evaluation<'_>) -> Checked {
        let mut checked = Checked {
            sensitive: evaluation.sensitive.clone(),
            ..Checked::default()
        };
        let framework = match evaluation.plan {
            Some(_) => Framework::TerraformPlan,
            None => Framework::Terraform,
        };
        let resources = evaluation.with_absent();
        let neighbours = Neighbours::new(&resources);
        for (at, &resource) in resources.iter().enumerate() {
            let kind = match resource.mode {
                Mode::Managed | Mode::Module => resource.kind.to_owned(),
                Mode::Data => format!("data.{}", resource.kind),
                Mode::Provider => format!("provider.{}", resource.kind),
            };
            let lines = |span: Span| {
                let source = sources.get(span.file.0 as usize);
                source.map_or((0, 0), |source| source.line_span(span))
            };
            // As in Checkov, only policies look at what a `count` of zero leaves out.
            let rules = if at >= evaluation.resources.len() {
                &[]
            } else {
                self.rules(Framework::Terraform, &kind)
            };
            for &(check, rule) in rules {
                if evaluation.plan.is_some() && NOT_IN_PLANS.contains(&check.id.0) {
                    continue;
                }
                let outcome = match rule.test {
                    Test::Attributes(condition) => condition.test(resource),
                    Test::Resource(test) => test(resource),
                    Test::Beside(test) => test(resource, &neighbours),
                    _ => continue,
                };
                checked.say(check, at, outcome, &resource.skips);
            }
            checked.resources.push(Resource {
                framework,
                kind,
                address: resource.listed.clone(),
                file: resource.file(),
                lines: match evaluation.plan {
                    Some(plan) if plan == resource.file() => {
                        lines_in_plan(resource.mode, lines(resource.block.span))
                    }
                    _ => lines(resource.block.span),
                },
                span: resource.header(),
                skips: resource.skips.clone(),
                caller: resource
                    .callers
                    .last()
                    .map(|call| (call.span.file, lines(call.span))),
                history: None,
            });
        }
        self.policies(evaluation, &mut checked);
        take_last_lines(&mut checked.resources);
        keep_one(&mut checked.verdicts, &resources);
        checked
    }

    /// Runs policies. The resources of the evaluation are those that were checked, in their order.
    fn policies(&self, evaluation: &Evaluation<'_>, checked: &mut Checked) {
        let kinds: HashSet<&str> = checked
            .resources
            .iter()
            .map(|it| it.kind.as_str())
            .collect();
        let policies = self.policies.concerning(kinds.into_iter());
        if policies.is_empty() || checked.resources.is_empty() {
            return;
        }
        let graph = Graph::new(evaluation);
        for &(check, clause) in policies {
            for (resource, verdict) in graph.run(clause) {
                let span = checked.resources[resource].span;
                let outcome = match verdict {
                    policy::Verdict::Passed => Outcome::Pass,
                    policy::Verdict::Failed => {
                        let mut labels = vec![Label::new(span, check.problem)];
                        labels.extend(graph.blame(clause, resource));
                        Outcome::Fail(labels)
                    }
                    policy::Verdict::Unknown => Outcome::Undecided(Undecided {
                        label: Label::new(span, "it hangs on a value that is not known"),
                        presumed: false,
                    }),
                };
                checked.verdicts.push(Verdict {
                    check,
                    resource,
                    outcome,
                });
            }
        }
    }

    /// Checks Kubernetes objects, each alone and all together.
    pub fn kubernetes(&self, cluster: &Cluster<'_>) -> Checked {
        let mut checked = Checked::default();
        let parts = cluster.objects.par_chunks(SHARE);
        let parts: Vec<_> = parts.map(|objects| self.objects(objects)).collect();
        parts.into_iter().for_each(|part| checked.extend(part));
        self.cluster_grants(cluster, &mut checked);
        self.cluster_pods(cluster, &mut checked);
        checked
    }

    fn objects(&self, objects: &[Object<'_>]) -> Checked {
        let mut checked = Checked::default();
        for object in objects {
            let at = checked.resources.len();
            for &(check, rule) in self.rules(Framework::Kubernetes, object.kind) {
                if let Some(outcome) = on_object(rule.test, object) {
                    checked.say(check, at, outcome, &object.skips);
                }
            }
            checked
                .resources
                .push(kubernetes_resource(object, object.id.clone(), object.kind));
        }
        checked
    }

    /// Objects are the first resources, in their order.
    fn cluster_grants(&self, cluster: &Cluster<'_>, checked: &mut Checked) {
        for binding in cluster.bindings() {
            let object = &cluster.objects[binding.object];
            for &(check, rule) in self.rules(Framework::Kubernetes, object.kind) {
                if let Test::Grants(grant) = rule.test {
                    checked.verdicts.push(Verdict {
                        check,
                        resource: binding.object,
                        outcome: grant.test(&binding, cluster),
                    });
                }
            }
        }
    }

    fn cluster_pods(&self, cluster: &Cluster<'_>, checked: &mut Checked) {
        let first = checked.resources.len();
        checked.resources.extend(
            cluster.pods.iter().map(|pod| {
                kubernetes_resource(&cluster.objects[pod.object], pod.id.clone(), "Pod")
            }),
        );
        for &(check, rule) in self.rules(Framework::Kubernetes, "Pod") {
            if let Test::ClusterPods(test) = rule.test {
                // A pod that a file states twice is one in the cluster.
                let mut seen = HashSet::new();
                for (index, outcome) in test(cluster).into_iter().enumerate() {
                    let pod = &cluster.pods[index];
                    let file = cluster.objects[pod.object].file;
                    if seen.insert((&pod.id, file, discriminant(&outcome))) {
                        let resource = first + index;
                        checked.verdicts.push(Verdict {
                            check,
                            resource,
                            outcome,
                        });
                    }
                }
            }
        }
    }

    /// Checks a Dockerfile.
    pub fn dockerfile(&self, source: &Source, file: &Dockerfile<'_>) -> Checked {
        let mut checked = Checked::default();
        if file.instructions.is_empty() && file.comments.is_empty() {
            return checked;
        }
        let skips: Vec<Skip> = file
            .comments
            .iter()
            .flat_map(|comment| skips_in_line(comment.text, comment.span))
            .collect();
        let resource = |keyword: &str, span: Span, lines: (u32, u32)| Resource {
            framework: Framework::Dockerfile,
            kind: keyword.to_owned(),
            address: format!("/{}.{keyword}", source.path),
            file: source.id,
            lines,
            span,
            skips: skips.clone(),
            caller: None,
            history: None,
        };
        for &(check, rule) in self.rules(Framework::Dockerfile, "Dockerfile") {
            let Test::Dockerfile(test) = rule.test else {
                continue;
            };
            let mut found = test(file);
            if found.outcome == Outcome::NotApplicable {
                continue;
            }
            // Checkov reports what it leaves alone for the whole file.
            if skips.iter().any(|skip| skip.check == check.id.0) {
                found.instructions.clear();
            }
            let mut add = |resource: Resource, mut outcome: Outcome| {
                if let Outcome::Fail(labels) = &mut outcome
                    && labels.is_empty()
                {
                    labels.push(Label::new(resource.span, check.problem));
                }
                checked.verdicts.push(Verdict {
                    check,
                    resource: checked.resources.len(),
                    outcome,
                });
                checked.resources.push(resource);
            };
            for instruction in &found.instructions {
                let lines = source.line_span(instruction.span);
                add(
                    resource(instruction.keyword, instruction.span, lines),
                    found.outcome.clone(),
                );
            }
            if found.instructions.is_empty() {
                let first_line = Span::new(source.id, 0, source.line(1).len());
                let lines = (1, file.line_count);
                add(resource("", first_line, lines), found.outcome);
            }
        }
        for instruction in file.instructions {
            let rules = self.rules(Framework::Dockerfile, instruction.keyword);
            if rules.is_empty() {
                continue;
            }
            let at = checked.resources.len();
            for &(check, rule) in rules {
                let Test::Instructions(unwanted) = rule.test else {
                    continue;
                };
                let outcome = match unwanted.find(instruction) {
                    None => Outcome::Pass,
                    Some(part) => Outcome::fail(instruction.place(part), check.problem),
                };
                checked.verdicts.push(Verdict {
                    check,
                    resource: at,
                    outcome,
                });
            }
            let lines = source.line_span(instruction.span);
            let resource = resource(instruction.keyword, instruction.span, lines);
            checked.resources.push(resource);
        }
        checked
    }

    /// Checks a file of pipelines.
    pub fn pipeline(&self, pipeline: &Pipeline<'_>) -> Checked {
        let framework = Framework::from(pipeline.system);
        let mut checked = Checked::default();
        for entity in pipeline.entities() {
            let first = checked.resources.len();
            for &(check, rule) in self.rules(framework, entity.kind.name()) {
                let Test::Pipeline(test) = rule.test else {
                    continue;
                };
                let skipped = entity.skips.iter().any(|skip| skip.check == check.id.0);
                let Finding { outcome, part } = test(pipeline, entity);
                // As in Checkov, a skip comes first, whatever there is to say.
                let (outcome, part) = match outcome {
                    Outcome::NotApplicable if skipped => (Outcome::Pass, None),
                    Outcome::NotApplicable => continue,
                    outcome => (outcome, part.filter(|_| !skipped)),
                };
                let address = pipeline.address(entity, part, check.id.0);
                let lines = pipeline.lines(entity, part);
                let of_entity = checked.resources[first..].iter();
                let known = of_entity
                    .zip(first..)
                    .find(|(it, _)| it.lines == lines && it.address == address);
                let resource = known.map_or(checked.resources.len(), |(_, at)| at);
                if resource == checked.resources.len() {
                    checked.resources.push(Resource {
                        framework,
                        kind: entity.kind.name().to_owned(),
                        address,
                        file: pipeline.source.id,
                        lines,
                        span: entity.span,
                        skips: entity.skips.clone(),
                        caller: None,
                        history: None,
                    });
                }
                checked.verdicts.push(Verdict {
                    check,
                    resource,
                    outcome,
                });
            }
        }
        checked
    }

    /// Takes the findings of the scanner for secrets in one file.
    pub fn secrets<'s>(&self, secrets: impl IntoIterator<Item = &'s Secret>) -> Checked {
        let secrets = secrets.into_iter().map(|secret| (secret, None));
        self.secrets_of(secrets)
    }

    /// Takes the findings of the scanner for secrets in the history of a repository. Their resources
    /// are called by commit and secret, as in Checkov.
    pub fn past_secrets(&self, secrets: &[(Secret, History)]) -> Checked {
        self.secrets_of(
            secrets
                .iter()
                .map(|(secret, history)| (secret, Some(history))),
        )
    }

    fn secrets_of<'s>(
        &self,
        secrets: impl Iterator<Item = (&'s Secret, Option<&'s History>)>,
    ) -> Checked {
        let mut checked = Checked::default();
        for (secret, history) in secrets {
            let mut rules = self.rules(Framework::Secrets, "string").iter();
            let Some((check, _)) = rules.find(|(check, _)| check.id.0 == secret.detector.id())
            else {
                continue;
            };
            let outcome = Outcome::fail(secret.span, check.problem);
            checked.verdicts.push(Verdict {
                check,
                resource: checked.resources.len(),
                outcome,
            });
            let skip = secret.skip.iter().map(|skip| Skip {
                check: check.id.0.to_owned(),
                reason: skip.reason.clone(),
                span: secret.span,
            });
            checked.resources.push(Resource {
                framework: Framework::Secrets,
                kind: "string".to_owned(),
                address: match history {
                    Some(history) => format!("{}:{}", history.added.id, secret.hash),
                    None => secret.hash.clone(),
                },
                file: secret.span.file,
                lines: (secret.line, secret.line + 1),
                span: secret.span,
                skips: skip.collect(),
                caller: None,
                history: history.map(|history| Box::new(history.clone())),
            });
        }
        checked
    }
}

/// As in Checkov, lines of a plan are counted from zero; only the last one of a provider is not.
fn lines_in_plan(mode: Mode, (first, last): (u32, u32)) -> (u32, u32) {
    let last = match mode {
        Mode::Provider => last,
        _ => last.saturating_sub(1),
    };
    (first.saturating_sub(1), last)
}

/// As in Checkov, of blocks that share name and file the last tells the lines of all.
fn take_last_lines(resources: &mut [Resource]) {
    let mut last = HashMap::new();
    for resource in &*resources {
        last.insert((resource.file, resource.address.clone()), resource.lines);
    }
    if last.len() == resources.len() {
        return;
    }
    for resource in resources {
        if let Some(lines) = last.get(&(resource.file, resource.address.clone())) {
            resource.lines = *lines;
        }
    }
}

/// Of the verdicts on instances that are listed as one resource, one of each check: the failure of an
/// instance, else what is said of all of them.
fn keep_one(verdicts: &mut Vec<Verdict>, resources: &[&TerraformResource<'_>]) {
    #[derive(Default)]
    struct Of {
        /// The worst of the instances: a verdict, and how bad it is.
        instance: Option<(usize, u8)>,
        general: Option<(usize, u8)>,
    }
    const FAILS: u8 = 2;
    let badness = |outcome: &Outcome| match outcome {
        Outcome::Fail(_) => FAILS,
        Outcome::Undecided(_) => 1,
        Outcome::Pass | Outcome::NotApplicable => 0,
    };
    let is_one_of_several = |at: usize| {
        let resource = resources[at];
        resource.is_general || resource.listed != resource.address
    };
    let place = |at: usize| {
        let (resource, span) = (resources[at], resources[at].block.span);
        (&*resource.listed, span.file, span.start)
    };
    let general = (0..resources.len()).filter(|at| resources[*at].is_general);
    let general: HashSet<_> = general.map(place).collect();
    let mut found: HashMap<_, Of> = HashMap::new();
    for (index, verdict) in verdicts.iter().enumerate() {
        if is_one_of_several(verdict.resource) {
            let of = found
                .entry((place(verdict.resource), verdict.check.id))
                .or_default();
            let worst = match resources[verdict.resource].is_general {
                true => &mut of.general,
                false => &mut of.instance,
            };
            let badness = badness(&verdict.outcome);
            if worst.is_none_or(|(_, worst)| badness > worst) {
                *worst = Some((index, badness));
            }
        }
    }
    let kept = found.into_iter().filter_map(|((place, _), of)| {
        let kept = match (of.instance, of.general) {
            (Some(instance), _) if instance.1 == FAILS => Some(instance),
            (Some(instance), Some((_, FAILS))) => Some(instance),
            (_, Some(general)) => Some(general),
            (instance, None) => instance.filter(|_| !general.contains(&place)),
        };
        kept.map(|(index, _)| index)
    });
    let kept: HashSet<usize> = kept.collect();
    let mut index = 0;
    verdicts.retain(|verdict| {
        let is_kept = !is_one_of_several(verdict.resource) || kept.contains(&index);
        index += 1;
        is_kept
    });
}

fn on_object(test: Test, object: &Object<'_>) -> Option<Outcome> {
    let pod = object.pod_template();
    Some(match test {
        Test::Containers(test) => {
            let pod = pod?;
            Outcome::all(pod.containers().map(|container| test(&container, object)))
        }
        Test::Arguments(arguments) => {
            let pod = pod?;
            Outcome::all(
                pod.containers()
                    .map(|container| arguments.test(&container, object)),
            )
        }
        Test::Object(test) => test(object),
        Test::MainContainers(test) => {
            let pod = pod?;
            Outcome::all(
                pod.main_containers()
                    .map(|container| test(&container, object)),
            )
        }
        Test::Pods(test) => test(pod.as_ref(), object),
        _ => return None,
    })
}

fn kubernetes_resource(object: &Object<'_>, address: String, kind: &str) -> Resource {
    Resource {
        framework: Framework::Kubernetes,
        kind: kind.to_owned(),
        address,
        file: object.file,
        lines: object.lines,
        span: object.name_span(),
        skips: object.skips.clone(),
        caller: None,
        history: None,
    }
}

impl Checked {
    /// Adds a verdict if it says something. One that a skip is about always does: as in Checkov, the
    /// check is then left alone, whatever it would have said.
    fn say(&mut self, check: &'static Check, resource: usize, outcome: Outcome, skips: &[Skip]) {
        let skipped = || skips.iter().any(|skip| skip.check == check.id.0);
        if outcome != Outcome::NotApplicable || skipped() {
            self.verdicts.push(Verdict {
                check,
                resource,
                outcome,
            });
        }
    }

    /// Adds what was checked elsewhere.
    pub fn extend(&mut self, more: Self) {
        if self.resources.is_empty() && self.verdicts.is_empty() && self.sensitive.is_empty() {
            *self = more;
            return;
        }
        let offset = self.resources.len();
        self.resources.extend(more.resources);
        self.sensitive.extend(more.sensitive);
        self.verdicts
            .extend(more.verdicts.into_iter().map(|verdict| Verdict {
                resource: verdict.resource + offset,
                ..verdict
            }));
    }
}
