//! What placeholders mean for each workload, and who talks to whom.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::choose::{BEDROCK, Chosen};
use super::expand::{Expansion, Instance, Unit};
use crate::component::{
    Category, Health, Kind, Launcher, Offer, Per, PodSpec, Resources, SecretSpec, WorkloadSpec,
};
use crate::graph::{
    Bucket, Chart, Container, Database, Edge, Exposed, External, Placed, Resource, SecretId, Text,
    Volume, Workload, WorkloadId,
};
use crate::template::Scope;
use crate::{Cpu, Engine, Lock, Model, Profile, Settings, Target};

/// Mistakes in a component: a path in its file, and what is wrong.
type Mistakes = Vec<(String, String)>;

/// Actions, and the resources that they are allowed on.
pub(super) type Permission = (Vec<String>, Vec<String>);

pub(super) struct Bound {
    pub(super) workloads: Vec<Result<Workload, Mistakes>>,
    pub(super) edges: BTreeSet<Edge>,
    /// All secrets that there are.
    pub(super) secrets: BTreeMap<SecretId, SecretSpec>,
    pub(super) buckets: Vec<Bucket>,
    pub(super) databases: Vec<Database>,
    pub(super) charts: Vec<Result<Chart, (String, Mistakes)>>,
    pub(super) resources: Vec<Result<Resource, (String, Mistakes)>>,
    /// What components may do in AWS.
    pub(super) permissions: BTreeMap<String, Vec<Permission>>,
}

pub(super) fn bind(
    settings: &Settings,
    lock: &Lock,
    chosen: &Chosen<'_>,
    expansion: &Expansion<'_>,
) -> Bound {
    let binder = Binder::new(settings, lock, chosen, expansion);
    let mut bound = Bound {
        workloads: Vec::new(),
        edges: BTreeSet::new(),
        secrets: binder.secrets(),
        buckets: binder.buckets(),
        databases: binder.databases(),
        charts: binder.charts(),
        resources: binder.resources(),
        permissions: binder.permissions(),
    };
    for unit in &expansion.units {
        bound.edges.extend(binder.edges(unit));
        bound
            .workloads
            .push(binder.workload(unit, &bound.permissions));
    }
    bound
}

struct Binder<'a> {
    settings: &'a Settings,
    lock: &'a Lock,
    chosen: &'a Chosen<'a>,
    expansion: &'a Expansion<'a>,
    /// Who offers what, stores apart: indices of units.
    offers: BTreeMap<&'a str, Vec<(usize, &'a Offer)>>,
}

impl<'a> Binder<'a> {
    fn new(
        settings: &'a Settings,
        lock: &'a Lock,
        chosen: &'a Chosen<'a>,
        expansion: &'a Expansion<'a>,
    ) -> Self {
        let mut offers: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for (index, unit) in expansion.units.iter().enumerate() {
            if expansion.instances[unit.instance].store_of.is_none() {
                for (name, offer) in &unit.spec.offers {
                    offers.entry(name).or_default().push((index, offer));
                }
            }
        }
        Self {
            settings,
            lock,
            chosen,
            expansion,
            offers,
        }
    }

    fn is_store(&self, unit: &Unit<'_>) -> bool {
        self.expansion.instances[unit.instance].store_of.is_some()
    }

    /// The stores of a unit's component, by role: the unit that answers, and what it offers.
    fn stores(&self, unit: &Unit<'_>) -> Vec<(&'a str, &'a Unit<'a>, &'a Offer)> {
        let mut stores = Vec::new();
        for store in &self.expansion.units {
            let instance = &self.expansion.instances[store.instance];
            let Some((owner, role)) = instance.store_of else {
                continue;
            };
            if owner == unit.instance
                && let Some(offer) = store.spec.offers.get(&instance.component.component)
            {
                stores.push((role, store, offer));
            }
        }
        stores
    }

    fn called(&self, unit: &Unit<'a>) -> impl Iterator<Item = &'a str> {
        unit.spec
            .needs
            .iter()
            .chain(&unit.spec.uses)
            .map(String::as_str)
    }

    fn edges(&self, unit: &Unit<'a>) -> Vec<Edge> {
        let mut edges = Vec::new();
        let mut edge = |to: &Unit<'_>, port: u16| {
            edges.push(Edge {
                from: unit.id.clone(),
                to: to.id.clone(),
                port,
            });
        };
        for (_, store, _) in self.stores(unit) {
            for offer in store.spec.offers.values() {
                edge(store, port_of(store, &offer.port));
            }
        }
        let own_store = |it: &&Unit<'_>| it.instance == unit.instance && it.id != unit.id;
        for name in self.called(unit) {
            for (index, offer) in self.offers.get(name).into_iter().flatten() {
                let to = &self.expansion.units[*index];
                if to.id != unit.id {
                    edge(to, port_of(to, &offer.port));
                }
            }
            // The parts of a store talk to each other.
            if self.is_store(unit) {
                for to in self.expansion.units.iter().filter(own_store) {
                    if let Some(offer) = to.spec.offers.get(name) {
                        edge(to, port_of(to, &offer.port));
                    }
                }
            }
            if name == "metrics" {
                for to in self.expansion.units.iter().filter(|it| it.id != unit.id) {
                    if let Some(metrics) = &to.spec.metrics {
                        edge(to, port_of(to, &metrics.port));
                    }
                }
            }
        }
        edges
    }

    fn secrets(&self) -> BTreeMap<SecretId, SecretSpec> {
        let mut secrets = BTreeMap::new();
        for instance in &self.expansion.instances {
            for (name, spec) in &instance.component.secrets {
                secrets.insert(secret(&instance.name, name), spec.clone());
            }
        }
        for (name, providers) in &self.offers {
            for (index, offer) in providers {
                let provider = &self.expansion.instances[self.expansion.units[*index].instance];
                let Some(key) = &offer.key else {
                    continue;
                };
                for consumer in self.consumers(name) {
                    secrets.insert(key_of(&provider.name, &consumer), key.clone());
                }
            }
        }
        secrets
    }

    /// The components that call an offer, by name.
    fn consumers(&self, offer: &str) -> BTreeSet<String> {
        let calls = |unit: &&Unit<'a>| self.called(unit).any(|it| it == offer);
        let own = |unit: &&Unit<'a>| !unit.spec.offers.contains_key(offer);
        let providers: BTreeSet<_> = self
            .offers
            .get(offer)
            .into_iter()
            .flatten()
            .map(|(index, _)| self.expansion.units[*index].instance)
            .collect();
        let units = self.expansion.units.iter().filter(calls).filter(own);
        let others = units.filter(|unit| !providers.contains(&unit.instance));
        others
            .map(|unit| self.expansion.instances[unit.instance].name.clone())
            .collect()
    }

    fn buckets(&self) -> Vec<Bucket> {
        let buckets = self.expansion.buckets.keys();
        buckets
            .map(|index| Bucket {
                component: self.expansion.instances[*index].name.clone(),
                name: self.bucket(*index),
            })
            .collect()
    }

    /// The stores of an instance that AWS runs, by role.
    fn services(&self, owner: usize) -> impl Iterator<Item = (&'a str, &'a Instance<'a>, u16)> {
        let aws = self.expansion.instances.iter().filter(|it| it.aws);
        aws.filter_map(move |store| {
            let (_, role) = store.store_of.filter(|(of, _)| *of == owner)?;
            let spec = store.component.workloads.get(&store.component.component)?;
            let offer = spec.offers.get(&store.component.component)?;
            let port = spec.ports.get(&offer.port)?;
            Some((role, store, *port))
        })
    }

    fn databases(&self) -> Vec<Database> {
        let aws = self.expansion.instances.iter().filter(|it| it.aws);
        let database = |store: &Instance<'_>| {
            let spec = store.component.workloads.get(&store.component.component)?;
            let offer = spec.offers.get(&store.component.component)?;
            let fact = |name: &str| offer.facts.get(name).and_then(Value::as_str);
            Some(Database {
                name: store.name.clone(),
                host: self.service_host(store),
                size: spec.volumes.values().map(|it| it.size).sum(),
                database: fact("database").unwrap_or(&store.name).to_owned(),
                user: fact("user").unwrap_or(&store.name).to_owned(),
            })
        };
        aws.filter_map(database).collect()
    }

    /// The name of a store that AWS runs, in a zone of the network's own.
    fn service_host(&self, store: &Instance<'_>) -> String {
        format!("{}.{}.internal", store.name, self.settings.name)
    }

    fn bucket(&self, instance: usize) -> String {
        let region = self.settings.region.as_deref().unwrap_or_default();
        let component = &self.expansion.instances[instance].name;
        // Names of buckets are one world-wide: with the account they are nobody else's.
        match &self.settings.aws.account {
            Some(account) => format!("{}-{component}-{account}-{region}", self.settings.name),
            None => format!("{}-{component}-{region}", self.settings.name),
        }
    }

    fn permissions(&self) -> BTreeMap<String, Vec<Permission>> {
        let mut permissions: BTreeMap<String, Vec<Permission>> = BTreeMap::new();
        if self.settings.target != Target::Eks {
            return permissions;
        }
        let region = self.settings.region.as_deref().unwrap_or("*");
        for (index, instance) in self.expansion.instances.iter().enumerate() {
            let mut allowed = Vec::new();
            for permission in &instance.component.aws {
                let when = permission.when.as_deref();
                if when.is_none_or(|it| self.expansion.conditions.contains(it)) {
                    let resources = permission.resources.iter();
                    let resources = resources.map(|it| it.replace("${region}", region));
                    allowed.push((permission.actions.clone(), resources.collect()));
                }
            }
            if self.expansion.buckets.contains_key(&index) {
                let arn = format!("arn:aws:s3:::{}", self.bucket(index));
                let objects = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"];
                allowed.push((
                    objects.map(str::to_owned).to_vec(),
                    vec![format!("{arn}/*")],
                ));
                allowed.push((vec!["s3:ListBucket".to_owned()], vec![arn]));
            }
            if !allowed.is_empty() {
                permissions.insert(instance.name.clone(), allowed);
            }
        }
        permissions
    }

    /// What placeholders mean for a unit.
    fn scope(&self, unit: &Unit<'a>) -> Scope {
        let settings = self.settings;
        let instance = &self.expansion.instances[unit.instance];
        let mut scope = self.facts_scope(unit);
        scope.conditions = self.expansion.conditions.clone();
        if let Some(port) = unit.spec.ports.values().next() {
            scope.values.insert(
                "url".to_owned(),
                json!(format!("http://{}:{port}", host(unit))),
            );
        }
        if let Some(exposed) = self.exposed(unit) {
            scope.conditions.insert("exposed".to_owned());
            scope.values.insert("host".to_owned(), json!(exposed.host));
            scope
                .values
                .insert("url".to_owned(), json!(format!("https://{}", exposed.host)));
        }
        // Other workloads of the component may have to know under which name it is exposed.
        let siblings = self
            .expansion
            .units
            .iter()
            .filter(|it| it.instance == unit.instance);
        if let Some(exposed) = siblings.filter_map(|it| self.exposed(it)).next() {
            scope.values.insert(
                "public-url".to_owned(),
                json!(format!("https://{}", exposed.host)),
            );
            scope.conditions.insert("public".to_owned());
        }
        if unit.model.is_some_and(|(model, _)| model.gated) {
            scope.conditions.insert("gated".to_owned());
        }
        for name in instance.component.secrets.keys() {
            scope
                .secrets
                .insert(name.clone(), secret(&instance.name, name));
        }
        for (role, store, offer) in self.stores(unit) {
            self.add(&mut scope, role, store, offer, None);
        }
        for (role, store, port) in self.services(unit.instance) {
            let host = self.service_host(store);
            scope.values.insert(format!("{role}.host"), json!(host));
            scope.values.insert(format!("{role}.port"), json!(port));
            let offers = store.component.workloads.values().flat_map(|it| &it.offers);
            for (_, offer) in offers.filter(|(name, _)| **name == store.component.component) {
                for (name, value) in &offer.facts {
                    scope.values.insert(format!("{role}.{name}"), value.clone());
                }
                for shared in &offer.shares {
                    let id = secret(&store.name, shared);
                    scope.secrets.insert(format!("{role}.{shared}"), id);
                }
            }
            scope.conditions.insert(format!("{role}:aws"));
        }
        if let Some(role) = self.expansion.buckets.get(&unit.instance) {
            let region = settings.region.as_deref().unwrap_or_default();
            let values = [
                ("bucket", self.bucket(unit.instance)),
                ("region", region.to_owned()),
                ("endpoint", format!("https://s3.{region}.amazonaws.com")),
            ];
            for (name, value) in values {
                scope.values.insert(format!("{role}.{name}"), json!(value));
            }
            scope.conditions.insert(format!("{role}:aws"));
        }
        for name in self.called(unit) {
            let mut list = Vec::new();
            for (index, offer) in self.offers.get(name).into_iter().flatten() {
                let provider = &self.expansion.units[*index];
                if provider.id == unit.id {
                    continue;
                }
                if list.is_empty() {
                    self.add(&mut scope, name, provider, offer, Some(&instance.name));
                }
                let mut each = Scope::default();
                self.add(&mut each, "each", provider, offer, Some(&instance.name));
                list.push(each);
            }
            if name == "metrics" {
                list = self.measured(unit);
            }
            scope.lists.insert(name.to_owned(), list);
        }
        for name in unit
            .component
            .workloads
            .values()
            .flat_map(|it| it.offers.keys())
        {
            let consumers = self.consumers(name).into_iter().map(|consumer| {
                let mut each = Scope::default();
                each.values.insert("each.name".to_owned(), json!(consumer));
                each.secrets
                    .insert("each.key".to_owned(), key_of(&instance.name, &consumer));
                each
            });
            scope
                .lists
                .insert(format!("consumers.{name}"), consumers.collect());
        }
        let bedrock = self.chosen.models.get(BEDROCK).into_iter().flatten();
        let bedrock = bedrock.map(|(model, engine)| {
            let mut each = Scope::default();
            each.values
                .insert("each.name".to_owned(), json!(model.model));
            let id = engine.id.as_ref().unwrap_or(&model.repository);
            each.values.insert("each.id".to_owned(), json!(id));
            each
        });
        scope.lists.insert(BEDROCK.to_owned(), bedrock.collect());
        scope
    }

    /// What is known of a unit for itself: also what others may know of it.
    fn facts_scope(&self, unit: &Unit<'a>) -> Scope {
        let settings = self.settings;
        let mut scope = Scope::default();
        let mut put = |name: &str, value: Value| scope.values.insert(name.to_owned(), value);
        put("platform", json!(settings.name));
        put("profile", json!(settings.profile.name()));
        put("target", json!(settings.target.name()));
        put("workload", json!(unit.id.name));
        put("namespace", json!(unit.id.namespace));
        put("host", json!(host(unit)));
        put("replicas", json!(unit.replicas(settings).0));
        if let Some(registry) = settings.registry() {
            put("registry", json!(registry));
        }
        if let Some(region) = &settings.region {
            put("region", json!(region));
        }
        if let Some(domain) = &settings.domain {
            put("domain", json!(domain));
        }
        if let Some((model, engine)) = unit.model {
            let engine_name = &unit.component.component;
            put("model.name", json!(model.model));
            put("model.object", json!(model.model.replace('.', "-")));
            put(
                "model.repository",
                json!(engine.id.as_ref().unwrap_or(&model.repository)),
            );
            let revision = self.revision(model, engine).unwrap_or("main");
            put("model.revision", json!(revision));
            put(
                "model.alias",
                json!(format!("{engine_name}/{}", model.model)),
            );
            put("model.args", json!(engine.args));
            put("model.gpus", json!(engine.resources.gpu.max(1)));
            put("model.cpu", json!(engine.resources.cpu.to_string()));
            put("model.memory", json!(engine.resources.memory.to_string()));
            put("model.spread", json!(engine.spread.unwrap_or(1)));
        }
        scope
    }

    /// The commit of the weights of a model, if it is known.
    fn revision(&self, model: &'a Model, engine: &'a Engine) -> Option<&'a str> {
        let repository = engine.id.as_ref().unwrap_or(&model.repository);
        let known = self.lock.models.get(repository).or(model.revision.as_ref());
        known.map(String::as_str)
    }

    /// The weights that a workload fetches by the name of a branch.
    fn unpinned(&self, unit: &Unit<'a>) -> Option<String> {
        let (model, engine) = unit.model?;
        let fetches = json!([unit.spec.args, unit.spec.env]).to_string();
        let open = fetches.contains("model.revision") && self.revision(model, engine).is_none();
        let repository = engine.id.as_ref().unwrap_or(&model.repository);
        open.then(|| repository.clone())
    }

    /// A unit for what is not a workload: the placeholders mean what they mean for one.
    fn beside(
        &self,
        index: usize,
        per: Option<Per>,
        name: &str,
        model: Option<(&'a Model, &'a Engine)>,
    ) -> Option<Unit<'a>> {
        let instance = &self.expansion.instances[index];
        let mut workloads = instance.component.workloads.iter();
        let (key, spec) = workloads.find(|(_, it)| it.per == per)?;
        Some(Unit {
            instance: index,
            component: instance.component,
            key,
            spec,
            model,
            id: WorkloadId {
                namespace: instance.namespace.clone(),
                name: name.to_owned(),
            },
        })
    }

    fn charts(&self) -> Vec<Result<Chart, (String, Mistakes)>> {
        let mut charts = Vec::new();
        for (index, instance) in self.expansion.instances.iter().enumerate() {
            let component = &instance.component.component;
            let Some(spec) = &instance.component.chart else {
                continue;
            };
            let Some(unit) = self.beside(index, None, component, None) else {
                continue;
            };
            let scope = self.scope(&unit);
            let mut mistakes = Vec::new();
            let mut values = serde_json::Map::new();
            for (key, value) in &spec.values {
                match scope.plain(value) {
                    Ok(value) => drop(values.insert(key.clone(), value)),
                    Err(mistake) => mistakes.push((format!("chart.values.{key}"), mistake)),
                }
            }
            charts.push(match mistakes.is_empty() {
                true => Ok(Chart {
                    component: component.clone(),
                    namespace: instance.namespace.clone(),
                    repository: spec.repository.clone(),
                    name: spec.name.clone(),
                    version: spec.version.clone(),
                    release: spec.release.as_ref().unwrap_or(component).clone(),
                    values: Value::Object(values),
                    crds: spec.crds,
                }),
                false => Err((component.clone(), mistakes)),
            });
        }
        charts
    }

    fn resources(&self) -> Vec<Result<Resource, (String, Mistakes)>> {
        let mut resources = Vec::new();
        for (index, instance) in self.expansion.instances.iter().enumerate() {
            let component = &instance.component.component;
            for (key, spec) in &instance.component.resources {
                let so = |it: &str| match it.strip_prefix('!') {
                    Some(it) => !self.expansion.conditions.contains(it),
                    None => self.expansion.conditions.contains(it),
                };
                if !spec.when.as_deref().is_none_or(so) {
                    continue;
                }
                let models = self.chosen.models.get(component.as_str());
                let models = models.into_iter().flatten().copied().map(Some);
                let of: Vec<_> = match spec.per {
                    Some(Per::Model) => models.collect(),
                    None => vec![None],
                };
                for model in of {
                    let name = match model {
                        Some((model, _)) => model.model.replace('.', "-"),
                        None => key.clone(),
                    };
                    if let Some(unit) = self.beside(index, spec.per, &name, model) {
                        let made = self.resource(&unit, key, spec);
                        resources.push(made.map_err(|it| (component.clone(), it)));
                    }
                }
            }
        }
        resources
    }

    fn resource(
        &self,
        unit: &Unit<'a>,
        key: &str,
        spec: &crate::component::ResourceSpec,
    ) -> Result<Resource, Mistakes> {
        let scope = self.scope(unit);
        let mut mistakes = Vec::new();
        let mut filled = serde_json::Map::new();
        for (name, value) in &spec.spec {
            match scope.plain(value) {
                Ok(value) => drop(filled.insert(name.clone(), value)),
                Err(mistake) => mistakes.push((format!("resources.{key}.spec.{name}"), mistake)),
            }
        }
        let filled = Value::Object(filled);
        let mut pods = Vec::new();
        for (path, place) in &spec.pods {
            let user = place.user.unwrap_or(10001);
            pods.push(Placed {
                path: path.clone(),
                user,
                group: place.group.unwrap_or(user),
                exempt: place.exempt.clone(),
            });
            let pod = path.split('.').try_fold(&filled, |at, key| at.get(key));
            if !pod.is_some_and(Value::is_object) {
                let message = format!("there is no pod at `{path}` of `spec`");
                mistakes.push((format!("resources.{key}.pods"), message));
            }
        }
        match mistakes.is_empty() {
            true => Ok(Resource {
                component: unit.component.component.clone(),
                namespace: unit.id.namespace.clone(),
                name: unit.id.name.clone(),
                api_version: spec.api_version.clone(),
                kind: spec.kind.clone(),
                annotations: spec.annotations.clone(),
                spec: filled,
                pods,
            }),
            false => Err(mistakes),
        }
    }

    /// What pods are like that somebody else makes.
    fn external(
        &self,
        unit: &Unit<'a>,
        scope: &Scope,
        mistakes: &mut Mistakes,
    ) -> Option<(External, &'a PodSpec)> {
        let pod = unit.component.pods.get(unit.key)?;
        if unit.spec.kind != Kind::External {
            return None;
        }
        let mut labels = BTreeMap::new();
        for (key, value) in &pod.labels {
            match scope.text(&json!(value)) {
                Ok(value) => drop(labels.insert(key.clone(), value.unwrap_or_default())),
                Err(mistake) => mistakes.push((format!("pods.{}.labels.{key}", unit.key), mistake)),
            }
        }
        let external = External {
            labels,
            per_node: pod.per_node,
            api: pod.api,
            webhook: pod.webhook.as_ref().map(|it| port_of(unit, it)),
        };
        Some((external, pod))
    }

    /// Adds what is known of somebody who offers something.
    fn add(
        &self,
        scope: &mut Scope,
        name: &str,
        unit: &Unit<'a>,
        offer: &Offer,
        consumer: Option<&str>,
    ) {
        let instance = &self.expansion.instances[unit.instance];
        let port = port_of(unit, &offer.port);
        let values = [
            ("name", json!(unit.id.name)),
            ("namespace", json!(unit.id.namespace)),
            ("host", json!(host(unit))),
            ("port", json!(port)),
            (
                "url",
                json!(format!("http://{}:{port}{}", host(unit), offer.path)),
            ),
        ];
        for (key, value) in values {
            scope.values.insert(format!("{name}.{key}"), value);
        }
        let facts = self.facts_scope(unit);
        for (key, value) in &offer.facts {
            if let Ok(Some(value)) = facts.value(value) {
                scope.values.insert(format!("{name}.{key}"), value);
            }
        }
        for shared in &offer.shares {
            scope
                .secrets
                .insert(format!("{name}.{shared}"), secret(&instance.name, shared));
        }
        if let Some(key) = &offer.same_key {
            scope
                .secrets
                .insert(format!("{name}.key"), secret(&instance.name, key));
        }
        if let Some(consumer) = consumer.filter(|_| offer.key.is_some()) {
            scope
                .secrets
                .insert(format!("{name}.key"), key_of(&instance.name, consumer));
        }
    }

    /// Whose metrics there are to read.
    fn measured(&self, by: &Unit<'a>) -> Vec<Scope> {
        let mut measured = Vec::new();
        for unit in self.expansion.units.iter().filter(|it| it.id != by.id) {
            let Some(metrics) = &unit.spec.metrics else {
                continue;
            };
            let mut each = Scope::default();
            let mut put =
                |name: &str, value: Value| each.values.insert(format!("each.{name}"), value);
            put("name", json!(unit.id.name));
            put("namespace", json!(unit.id.namespace));
            put("host", json!(host(unit)));
            put("port", json!(port_of(unit, &metrics.port)));
            put("path", json!(metrics.path));
            let authorization = metrics.bearer.as_ref().map(|bearer| {
                let instance = &self.expansion.instances[unit.instance];
                let id = secret(&instance.name, bearer);
                let file = format!("{}-{}", id.owner, id.name);
                json!({"credentials_file": format!("{}/{file}", crate::graph::SECRETS_PATH)})
            });
            put("authorization", authorization.unwrap_or(Value::Null));
            measured.push(each);
        }
        measured
    }

    fn exposed(&self, unit: &Unit<'_>) -> Option<Exposed> {
        let expose = unit.spec.expose.as_ref()?;
        let domain = self.settings.domain.as_ref()?;
        Some(Exposed {
            host: format!("{}.{domain}", unit.component.component),
            port: port_of(unit, &expose.port),
            programs: expose.programs,
        })
    }

    fn workload(
        &self,
        unit: &Unit<'a>,
        permissions: &BTreeMap<String, Vec<Permission>>,
    ) -> Result<Workload, Mistakes> {
        let spec = unit.spec;
        let instance = &self.expansion.instances[unit.instance];
        let scope = self.scope(unit);
        let path = format!("workloads.{}", unit.key);
        let mut mistakes = Vec::new();
        let serves = unit.model.filter(|_| is_server(spec));
        let external = self.external(unit, &scope, &mut mistakes);
        let demo = self.settings.profile == Profile::Demo;
        let cheap = demo && unit.model.is_none() && external.is_none();
        let taken = |resources: Resources| match cheap && resources.gpu == 0 {
            true => cheaper(resources),
            false => resources,
        };
        let mut resources = taken(spec.resources);
        if let Some((_, engine)) = serves {
            resources = larger(resources, engine.resources);
        }
        let main = Parts {
            name: &unit.id.name,
            image: &spec.image,
            command: &spec.command,
            args: &spec.args,
            launcher: spec.launcher,
            ports: &spec.ports,
            health: spec.health.as_ref(),
            env: &spec.env,
            exports: &spec.exports,
            files: &spec.files,
            writes: &spec.writes,
            resources,
        };
        let baked = serves.is_some_and(|(_, engine)| engine.baked);
        let kept = |name: &str| !(baked && name == "weights");
        let mounts = spec.volumes.keys().filter(|it| kept(it)).cloned().collect();
        let mut containers = vec![container(&scope, main, mounts, &path, &mut mistakes)];
        if let Some((_, engine)) = serves {
            containers[0].env.extend(engine.env.clone());
            if let Some(image) = &engine.image {
                match scope.text(&json!(image)) {
                    Ok(image) => containers[0].image = image.unwrap_or_default(),
                    Err(mistake) => mistakes.push((
                        format!("{path}.image"),
                        format!("{mistake}: say in bastide.yaml under `registry` where it is"),
                    )),
                }
            }
        }
        let worker = (spec.kind == Kind::Group).then(|| {
            let args = scope.texts(&spec.worker_args).unwrap_or_else(|mistake| {
                mistakes.push((format!("{path}.worker-args"), mistake));
                Vec::new()
            });
            Container {
                name: "worker".to_owned(),
                args,
                // It answers nobody: who leads restarts all if one is lost.
                ports: BTreeMap::new(),
                health: None,
                ..containers[0].clone()
            }
        });
        if unit.spec.uses.iter().any(|it| it == "metrics") {
            self.mount_tokens(unit, &mut containers[0]);
        }
        let mut init = Vec::new();
        let beside = spec.init.iter().map(|it| ("init", it));
        let beside = beside.chain(spec.sidecars.iter().map(|it| ("sidecars", it)));
        for (list, (name, spec)) in beside {
            let path = format!("{path}.{list}.{name}");
            let parts = Parts {
                name,
                image: &spec.image,
                command: &spec.command,
                args: &spec.args,
                launcher: spec.launcher,
                ports: &spec.ports,
                health: spec.health.as_ref(),
                env: &spec.env,
                exports: &spec.exports,
                files: &spec.files,
                writes: &spec.writes,
                resources: taken(spec.resources),
            };
            let mounts = spec.mounts.iter().cloned().collect();
            let made = container(&scope, parts, mounts, &path, &mut mistakes);
            match list {
                "init" => init.push(made),
                _ => containers.push(made),
            }
        }
        let mut volumes = Vec::new();
        let weights = unit.model.and_then(|(_, engine)| engine.weights);
        for (name, volume) in spec.volumes.iter().filter(|(name, _)| kept(name)) {
            let at = format!("{path}.volumes.{name}");
            let mount = scope.text(&json!(volume.mount));
            let claim = volume.shared.as_ref().map(|it| scope.text(&json!(it)));
            match (mount, claim.transpose()) {
                (Ok(mount), Ok(claim)) => volumes.push(Volume {
                    name: name.clone(),
                    mount: mount.unwrap_or_default(),
                    size: weights.filter(|_| name == "weights").unwrap_or(volume.size),
                    claim: claim.flatten(),
                    read_only: volume.read_only,
                }),
                (Err(mistake), _) | (_, Err(mistake)) => mistakes.push((at, mistake)),
            }
        }
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        let (replicas, max_replicas) = unit.replicas(self.settings);
        let owner = instance.store_of.map_or(unit.instance, |(owner, _)| owner);
        Ok(Workload {
            id: unit.id.clone(),
            component: self.expansion.instances[owner].name.clone(),
            category: match instance.store_of {
                Some(_) => Category::Store,
                None => unit.component.category,
            },
            kind: spec.kind,
            user: spec.user,
            group: spec.group.unwrap_or(spec.user),
            replicas,
            max_replicas,
            containers,
            init,
            volumes,
            exposed: self.exposed(unit),
            metrics: spec
                .metrics
                .as_ref()
                .map(|it| (port_of(unit, &it.port), it.path.clone())),
            egress: spec.egress.clone(),
            databases: self
                .services(unit.instance)
                .map(|(.., port)| port)
                .collect(),
            spread: match (spec.kind, serves) {
                (Kind::Group, Some((_, engine))) => engine.spread.unwrap_or(1),
                _ => 1,
            },
            worker,
            together: match (&external, spec.kind) {
                (Some((_, pod)), _) => pod.together.as_ref().map(|group| match unit.model {
                    Some((model, _)) => format!("{group} of {}", model.model),
                    None => group.clone(),
                }),
                (None, Kind::Group) => Some(unit.id.name.clone()),
                (None, _) => None,
            },
            unpinned: self.unpinned(unit),
            on_processors: unit.component.category == Category::LlmModel
                && serves.is_some_and(|(_, it)| it.resources.gpu == 0 && it.resources.neuron == 0),
            in_production: unit.in_production(),
            external: external.map(|(external, _)| external),
            aws: instance.store_of.is_none() && permissions.contains_key(&instance.name),
            api: spec.api.clone(),
            nodes: serves
                .map(|(_, engine)| engine.nodes.clone())
                .unwrap_or_default(),
            exempt: spec.exempt.clone(),
            wave: 0,
        })
    }

    /// The tokens with which metrics are asked for.
    fn mount_tokens(&self, by: &Unit<'a>, container: &mut Container) {
        for unit in self.expansion.units.iter().filter(|it| it.id != by.id) {
            if let Some(bearer) = unit.spec.metrics.as_ref().and_then(|it| it.bearer.as_ref()) {
                let id = secret(&self.expansion.instances[unit.instance].name, bearer);
                container
                    .secret_files
                    .insert(format!("{}-{}", id.owner, id.name), id);
            }
        }
    }
}

/// Whether a workload serves a model, rather than fetching its weights or standing before it.
fn is_server(spec: &WorkloadSpec) -> bool {
    match spec.kind {
        Kind::Job | Kind::Task => false,
        Kind::External => spec.resources.gpu > 0,
        _ => true,
    }
}

/// What is set aside for a demo: less than may be taken, which is as much as in production.
fn cheaper(resources: Resources) -> Resources {
    /// The least processor time that is set aside for anything.
    const LEAST: Cpu = Cpu(50);
    Resources {
        cpu: Cpu(resources.cpu.0 / 4).max(LEAST).min(resources.cpu),
        cpu_limit: Some(resources.cpu_at_most()),
        memory: crate::Bytes(resources.memory.0 / 2),
        memory_limit: Some(resources.memory_limit.unwrap_or(resources.memory)),
        ..resources
    }
}

/// What a container is made of, whether it is the one that the workload is about or one beside it.
struct Parts<'a> {
    name: &'a str,
    image: &'a str,
    command: &'a [String],
    args: &'a [Value],
    launcher: Launcher,
    ports: &'a BTreeMap<String, u16>,
    health: Option<&'a Health>,
    env: &'a BTreeMap<String, Value>,
    exports: &'a BTreeMap<String, Value>,
    files: &'a BTreeMap<String, Value>,
    writes: &'a BTreeMap<String, crate::Bytes>,
    resources: Resources,
}

fn container(
    scope: &Scope,
    parts: Parts<'_>,
    mounts: Vec<String>,
    path: &str,
    mistakes: &mut Mistakes,
) -> Container {
    let mut note = |at: &str, mistake: String| mistakes.push((format!("{path}.{at}"), mistake));
    let image = scope.text(&json!(parts.image)).unwrap_or_else(|mistake| {
        // Only images that are built from sources have a placeholder.
        note(
            "image",
            format!("{mistake}: say in bastide.yaml under `registry` where it is"),
        );
        None
    });
    let command: Vec<Value> = parts.command.iter().map(|it| json!(it)).collect();
    let command = scope.texts(&command).unwrap_or_else(|mistake| {
        note("command", mistake);
        Vec::new()
    });
    let args = scope.texts(parts.args).unwrap_or_else(|mistake| {
        note("args", mistake);
        Vec::new()
    });
    let mut env = BTreeMap::new();
    for (name, value) in parts.env {
        match scope.text(value) {
            Ok(Some(value)) => drop(env.insert(name.clone(), value)),
            Ok(None) => {}
            Err(mistake) => note(&format!("env.{name}"), mistake),
        }
    }
    let mut texts = |values: &BTreeMap<String, Value>, list: &str| {
        let mut texts: BTreeMap<String, Text> = BTreeMap::new();
        for (name, value) in values {
            match scope.secret_text(value, name) {
                Ok(Some(text)) => drop(texts.insert(name.clone(), text)),
                Ok(None) => {}
                Err(mistake) => note(&format!("{list}.{name}"), mistake),
            }
        }
        texts
    };
    let exports = texts(parts.exports, "exports");
    let files = texts(parts.files, "files");
    let mut health = parts.health.cloned();
    if let Some(health) = &mut health {
        let exec: Vec<Value> = health.exec.iter().map(|it| json!(it)).collect();
        match scope.texts(&exec) {
            Ok(exec) => health.exec = exec,
            Err(mistake) => note("health", mistake),
        }
    }
    Container {
        name: parts.name.to_owned(),
        image: image.unwrap_or_default(),
        command,
        args,
        launcher: parts.launcher,
        ports: parts.ports.clone(),
        health,
        env,
        exports,
        files,
        secret_files: scope.take_mounted(),
        writes: parts.writes.clone(),
        mounts,
        resources: parts.resources,
    }
}

fn host(unit: &Unit<'_>) -> String {
    format!("{}.{}.svc", unit.id.name, unit.id.namespace)
}

/// The number of a port; the format has made sure that there is one.
fn port_of(unit: &Unit<'_>, name: &str) -> u16 {
    let beside = unit
        .spec
        .sidecars
        .values()
        .find_map(|it| it.ports.get(name));
    unit.spec
        .ports
        .get(name)
        .or(beside)
        .copied()
        .unwrap_or_default()
}

fn secret(owner: &str, name: &str) -> SecretId {
    SecretId {
        owner: owner.to_owned(),
        name: name.to_owned(),
    }
}

/// The key that a consumer has for what somebody offers.
fn key_of(provider: &str, consumer: &str) -> SecretId {
    secret(provider, &format!("key-{consumer}"))
}

/// What a model takes counts, where it says so.
fn larger(engine: Resources, model: Resources) -> Resources {
    Resources {
        cpu: engine.cpu.max(model.cpu),
        cpu_limit: model.cpu_limit.or(engine.cpu_limit),
        memory: engine.memory.max(model.memory),
        memory_limit: model.memory_limit.or(engine.memory_limit),
        gpu: engine.gpu.max(model.gpu),
        neuron: engine.neuron.max(model.neuron),
        shared_memory: model.shared_memory.or(engine.shared_memory),
    }
}
