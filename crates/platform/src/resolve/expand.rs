//! What runs: each workload of each component, each store of its own, each model.

use std::collections::{BTreeMap, BTreeSet};

use super::Chosen;
use super::choose::BEDROCK;
use crate::component::{Component, Kind, Per, WorkloadSpec};
use crate::graph::WorkloadId;
use crate::model::{Engine, Model};
use crate::{Catalog, DatabaseStore, Profile, Settings, Target};

/// The stores that AWS has as services.
pub(crate) const BUCKET: &str = "s3";
pub(crate) const DATABASE: &str = "postgres";

/// A component, or a store for one.
#[derive(Debug)]
pub(crate) struct Instance<'a> {
    pub(crate) component: &'a Component,
    /// The name that its secrets and, if it is a store, its workloads have.
    pub(crate) name: String,
    pub(crate) namespace: String,
    /// The instance that it keeps data for, and the role that it has there.
    pub(crate) store_of: Option<(usize, &'a str)>,
    /// Whether AWS runs it, and no workload of ours.
    pub(crate) aws: bool,
}

/// Something that runs, still with placeholders.
#[derive(Debug)]
pub(crate) struct Unit<'a> {
    pub(crate) instance: usize,
    pub(crate) component: &'a Component,
    /// The key in the component.
    pub(crate) key: &'a str,
    pub(crate) spec: &'a WorkloadSpec,
    pub(crate) model: Option<(&'a Model, &'a Engine)>,
    pub(crate) id: WorkloadId,
}

#[derive(Debug)]
pub(crate) struct Expansion<'a> {
    pub(crate) instances: Vec<Instance<'a>>,
    pub(crate) units: Vec<Unit<'a>>,
    /// What is so for all.
    pub(crate) conditions: BTreeSet<String>,
    /// The instances that keep data in buckets, and in what role.
    pub(crate) buckets: BTreeMap<usize, &'a str>,
}

pub(super) fn expand<'a>(
    settings: &Settings,
    catalog: &'a Catalog,
    chosen: &Chosen<'a>,
) -> Expansion<'a> {
    let mut instances = Vec::new();
    let mut buckets = BTreeMap::new();
    for (component, _) in chosen.components.values() {
        let owner = instances.len();
        let namespace = component.namespace().to_owned();
        instances.push(Instance {
            component,
            name: component.component.clone(),
            namespace: namespace.clone(),
            store_of: None,
            aws: false,
        });
        for (role, kind) in &component.stores {
            if kind == BUCKET && settings.target == Target::Eks {
                buckets.insert(owner, role.as_str());
                continue;
            }
            let twice = component.stores.values().filter(|it| *it == kind).count() > 1;
            let last = if twice { role } else { kind };
            if let Some(store) = catalog.component(kind) {
                instances.push(Instance {
                    component: store,
                    name: format!("{}-{last}", component.component),
                    namespace: namespace.clone(),
                    store_of: Some((owner, role)),
                    aws: kind == DATABASE && settings.databases() == DatabaseStore::Aws,
                });
            }
        }
    }
    let conditions = conditions(settings, chosen);
    let mut units = Vec::new();
    for (index, instance) in instances.iter().enumerate().filter(|(_, it)| !it.aws) {
        for (key, spec) in &instance.component.workloads {
            if !spec
                .when
                .as_deref()
                .is_none_or(|it| holds(it, spec, settings, &conditions))
            {
                continue;
            }
            let unit = |name: String, model| Unit {
                instance: index,
                component: instance.component,
                key,
                spec,
                model,
                id: WorkloadId {
                    namespace: instance.namespace.clone(),
                    name,
                },
            };
            match spec.per {
                Some(Per::Model) => {
                    let models = chosen.models.get(instance.component.component.as_str());
                    for served in models.into_iter().flatten() {
                        if is_of(spec, served.1) {
                            units.push(unit(name_for(served.0, key, spec), Some(*served)));
                        }
                    }
                }
                None if instance.store_of.is_none() => units.push(unit(key.clone(), None)),
                None if *key == instance.component.component => {
                    units.push(unit(instance.name.clone(), None));
                }
                None => units.push(unit(format!("{}-{key}", instance.name), None)),
            }
        }
    }
    Expansion {
        instances,
        units,
        conditions,
        buckets,
    }
}

/// Whether a workload is one for a model: one of a group, or not; one that fetches weights, or none.
fn is_of(spec: &WorkloadSpec, engine: &Engine) -> bool {
    match spec.kind {
        Kind::Group => engine.is_spread(),
        Kind::Job => !engine.baked,
        _ => !engine.is_spread(),
    }
}

/// The name of what runs for a model: `model-frontend` is the model's name with `-frontend`.
pub(crate) fn name_for(model: &Model, key: &str, spec: &WorkloadSpec) -> String {
    let name = model.model.replace('.', "-");
    match key.strip_prefix("model") {
        Some(suffix) if spec.kind != Kind::Group => format!("{name}{suffix}"),
        _ => name,
    }
}

fn conditions(settings: &Settings, chosen: &Chosen<'_>) -> BTreeSet<String> {
    let mut conditions = BTreeSet::new();
    for (component, _) in chosen.components.values() {
        for workload in component.workloads.values() {
            let served = chosen.models.contains_key(component.component.as_str());
            if workload.per.is_none() || served {
                conditions.extend(workload.offers.keys().cloned());
            }
        }
    }
    conditions.insert(format!("target:{}", settings.target.name()));
    conditions.insert(format!("profile:{}", settings.profile.name()));
    if chosen.models.contains_key(BEDROCK) {
        conditions.insert(BEDROCK.to_owned());
    }
    if settings.storage.shared.is_some() || settings.target == Target::Eks {
        conditions.insert("shared-storage".to_owned());
    }
    conditions
}

fn holds(
    condition: &str,
    spec: &WorkloadSpec,
    settings: &Settings,
    all: &BTreeSet<String>,
) -> bool {
    let exposed = spec.expose.is_some() && settings.domain.is_some();
    let so = |it: &str| all.contains(it) || (it == "exposed" && exposed);
    match condition.strip_prefix('!') {
        Some(condition) => !so(condition),
        None => so(condition),
    }
}

impl Unit<'_> {
    /// How many there are, and how many there may be.
    pub(crate) fn replicas(&self, settings: &Settings) -> (u32, Option<u32>) {
        match settings.profile {
            Profile::Production => self.in_production(),
            Profile::Demo => (self.spec.replicas.demo, None),
        }
    }

    /// The same in production.
    pub(crate) fn in_production(&self) -> (u32, Option<u32>) {
        let replicas = self.spec.replicas;
        let more = replicas.max.filter(|max| *max > replicas.production);
        (replicas.production, more)
    }
}
