//! Runs checks over what was evaluated.

use std::collections::{HashMap, HashSet};
use std::mem::discriminant;

use bastide_dockerfile::Dockerfile;
use bastide_kubernetes::{Cluster, Object};
use bastide_secrets::Secret;
use bastide_source::{FileId, Skip, Source, Span, skips_in_line};
use bastide_terraform::Mode;

use crate::check::{Check, Rule, Test};
use crate::{Framework, Label, Outcome};

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
}

/// Checks, indexed by what they look at.
#[derive(Debug, Default)]
pub struct Engine {
    rules: HashMap<Framework, HashMap<&'static str, Vec<CheckRule>>>,
}

/// A check, with its rule for one framework.
pub type CheckRule = (&'static Check, &'static Rule);

impl Engine {
    /// An engine for these rules.
    pub fn new(rules: impl IntoIterator<Item = CheckRule>) -> Self {
        let mut engine = Self::default();
        for (check, rule) in rules {
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

    /// Checks Terraform resources.
    pub fn terraform(
        &self,
        sources: &[Source],
        resources: &[bastide_terraform::Resource<'_>],
    ) -> Checked {
        let mut checked = Checked::default();
        for resource in resources {
            let kind = match resource.mode {
                Mode::Managed | Mode::Module => resource.kind.to_owned(),
                Mode::Data => format!("data.{}", resource.kind),
                Mode::Provider => format!("provider.{}", resource.kind),
            };
            let at = checked.resources.len();
            let lines = |span: Span| {
                let source = sources.get(span.file.0 as usize);
                source.map_or((0, 0), |source| source.line_span(span))
            };
            for &(check, rule) in self.rules(Framework::Terraform, &kind) {
                let outcome = match rule.test {
                    Test::Attributes(condition) => condition.test(resource),
                    Test::Resource(test) => test(resource),
                    _ => continue,
                };
                checked.verdicts.push(Verdict {
                    check,
                    resource: at,
                    outcome,
                });
            }
            checked.resources.push(Resource {
                framework: Framework::Terraform,
                kind,
                address: resource.address.clone(),
                file: resource.file(),
                lines: lines(resource.block.span),
                span: resource.header(),
                skips: resource.skips.clone(),
                caller: resource
                    .callers
                    .last()
                    .map(|call| (call.span.file, lines(call.span))),
            });
        }
        checked
    }

    /// Checks Kubernetes objects, each alone and all together.
    pub fn kubernetes(&self, cluster: &Cluster<'_>) -> Checked {
        let mut checked = Checked::default();
        for object in cluster.objects {
            let at = checked.resources.len();
            for &(check, rule) in self.rules(Framework::Kubernetes, object.kind) {
                if let Some(outcome) = on_object(rule.test, object) {
                    checked.verdicts.push(Verdict {
                        check,
                        resource: at,
                        outcome,
                    });
                }
            }
            checked
                .resources
                .push(kubernetes_resource(object, object.id.clone(), object.kind));
        }
        self.cluster_pods(cluster, &mut checked);
        checked
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
        };
        for &(check, rule) in self.rules(Framework::Dockerfile, "Dockerfile") {
            let Test::Dockerfile(test) = rule.test else {
                continue;
            };
            let found = test(file);
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
        checked
    }

    /// Takes the findings of the scanner for secrets in one file.
    pub fn secrets(&self, secrets: &[Secret]) -> Checked {
        let mut checked = Checked::default();
        for secret in secrets {
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
                address: secret.hash.clone(),
                file: secret.span.file,
                lines: (secret.line, secret.line + 1),
                span: secret.span,
                skips: skip.collect(),
                caller: None,
            });
        }
        checked
    }
}

fn on_object(test: Test, object: &Object<'_>) -> Option<Outcome> {
    let pod = object.pod_template();
    Some(match test {
        Test::Containers(test) => {
            let pod = pod?;
            Outcome::all(pod.containers().map(|container| test(&container, object)))
        }
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
    }
}

impl Checked {
    /// Adds what was checked elsewhere.
    pub fn extend(&mut self, more: Self) {
        let offset = self.resources.len();
        self.resources.extend(more.resources);
        self.verdicts
            .extend(more.verdicts.into_iter().map(|verdict| Verdict {
                resource: verdict.resource + offset,
                ..verdict
            }));
    }
}
