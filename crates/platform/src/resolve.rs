//! From what somebody asks for to what runs.
//!
//! The way: which components ([`choose`]), what of them runs ([`expand`]), what placeholders mean
//! for each ([`bind`]), and in which order it is installed ([`order`]).

mod bind;
mod choose;
mod expand;
mod order;

use std::collections::{BTreeMap, BTreeSet};

use bastide_source::{Diagnostic, Source};

use crate::graph::{Edge, Identity, Namespace, Platform, Secret, SecretId, Workload};
use crate::{Catalog, InvalidFile, Lock, Settings};

use choose::Chosen;

/// Why there is no platform.
#[derive(Debug, Default)]
pub struct Unresolved {
    /// What is wrong in `bastide.yaml`: a path in it, what, and the way out.
    pub settings: Vec<(String, String, String)>,
    /// What is wrong in files of components.
    pub files: Vec<InvalidFile>,
}

impl Unresolved {
    /// All files with what is wrong in them, given the text of `bastide.yaml`.
    pub fn in_files(self, text: &str, path: &str) -> Vec<InvalidFile> {
        let mut files = self.files;
        if !self.settings.is_empty() {
            let source = Source::new(bastide_source::FileId(0), path, text.to_owned());
            let mistakes = self.settings.into_iter().map(|(path, message, help)| {
                Diagnostic::error(bastide_yaml::place(&source, &path), message).help(help)
            });
            let mistakes = mistakes.collect();
            files.insert(0, InvalidFile::new(source, mistakes));
        }
        files
    }

    /// Says what is wrong at a path in `bastide.yaml`, and the way out.
    pub fn say(
        &mut self,
        path: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.settings
            .push((path.into(), message.into(), help.into()));
    }
}

/// Resolves what somebody asks for.
///
/// # Errors
///
/// Everything that stands in the way: names that are not in the catalog, needs that nobody or more
/// than one could meet, placeholders of a component that stand for nothing.
pub fn resolve(
    settings: &Settings,
    catalog: &Catalog,
    lock: &Lock,
) -> Result<Platform, Unresolved> {
    let mut wrong = Unresolved::default();
    let chosen = choose::choose(settings, catalog, &mut wrong);
    if !wrong.settings.is_empty() {
        return Err(wrong);
    }
    let expansion = expand::expand(settings, catalog, &chosen);
    let bound = bind::bind(settings, lock, &chosen, &expansion);
    let mut workloads = Vec::new();
    for (unit, workload) in expansion.units.iter().zip(bound.workloads) {
        match workload {
            Ok(workload) => workloads.push(workload),
            Err(mistakes) => {
                wrong
                    .files
                    .extend(in_component(catalog, &unit.component.component, mistakes))
            }
        }
    }
    let mut charts = Vec::new();
    for chart in bound.charts {
        match chart {
            Ok(chart) => charts.push(chart),
            Err((component, mistakes)) => wrong
                .files
                .extend(in_component(catalog, &component, mistakes)),
        }
    }
    let mut resources = Vec::new();
    for resource in bound.resources {
        match resource {
            Ok(resource) => resources.push(resource),
            Err((component, mistakes)) => wrong
                .files
                .extend(in_component(catalog, &component, mistakes)),
        }
    }
    same_names(&workloads, &mut wrong);
    if !wrong.settings.is_empty() || !wrong.files.is_empty() {
        return Err(wrong);
    }
    let edges: Vec<Edge> = bound.edges.into_iter().collect();
    order::order(&mut workloads, &edges, &chosen.required());
    let namespaces: BTreeSet<&str> = workloads
        .iter()
        .map(|it| it.id.namespace.as_str())
        .collect();
    let namespaces = namespaces
        .into_iter()
        .map(|name| namespace(name, &chosen))
        .collect();
    let secrets = secrets(&workloads, &bound.secrets);
    Ok(Platform {
        settings: settings.clone(),
        lock: lock.clone(),
        components: chosen.installed(),
        namespaces,
        identities: identities(&workloads, &bound.permissions),
        workloads,
        edges,
        charts,
        resources,
        secrets,
        models: chosen.served(),
        buckets: bound.buckets,
        databases: bound.databases,
    })
}

/// A namespace, as wide as the widest of the components in it has to have it.
fn namespace(name: &str, chosen: &Chosen<'_>) -> Namespace {
    let components = chosen.components.values().map(|(component, _)| component);
    let of_it = components.filter(|it| it.namespace() == name);
    let privilege = of_it
        .filter_map(|it| it.privilege.as_ref())
        .max_by_key(|it| it.level);
    Namespace {
        name: name.to_owned(),
        level: privilege.map(|it| it.level).unwrap_or_default(),
        privilege: privilege.cloned(),
    }
}

/// The secrets that something reads.
fn secrets(
    workloads: &[Workload],
    known: &BTreeMap<SecretId, crate::component::SecretSpec>,
) -> Vec<Secret> {
    let mut used = BTreeSet::new();
    for container in workloads.iter().flat_map(Workload::all_containers) {
        used.extend(container.secret_files.values());
        let texts = container.exports.values().chain(container.files.values());
        used.extend(texts.flat_map(crate::graph::Text::secrets));
    }
    let secret = |id: &SecretId| Secret {
        id: id.clone(),
        spec: known.get(id).cloned().unwrap_or_default(),
    };
    used.into_iter().map(secret).collect()
}

fn identities(
    workloads: &[Workload],
    permissions: &BTreeMap<String, Vec<bind::Permission>>,
) -> Vec<Identity> {
    let mut identities = Vec::new();
    for workload in workloads.iter().filter(|it| it.aws) {
        for (actions, resources) in permissions.get(&workload.component).into_iter().flatten() {
            identities.push(Identity {
                workload: workload.id.clone(),
                actions: actions.clone(),
                resources: resources.clone(),
            });
        }
    }
    identities.sort_by(|one, two| one.workload.cmp(&two.workload));
    identities
}

/// Two workloads of one name in a namespace would be one.
fn same_names(workloads: &[Workload], wrong: &mut Unresolved) {
    let mut seen = BTreeMap::new();
    for workload in workloads {
        if let Some(other) = seen.insert(&workload.id, &workload.component) {
            let message = format!(
                "`{}` and `{other}` both have a workload {}",
                workload.component, workload.id
            );
            wrong.say(
                "components",
                message,
                "give one of the components a namespace of its own",
            );
        }
    }
}

fn in_component(
    catalog: &Catalog,
    component: &str,
    mistakes: Vec<(String, String)>,
) -> Option<InvalidFile> {
    let listed = catalog.listed(component)?;
    let source = Source::new(
        listed.source.id,
        listed.source.path.clone(),
        listed.source.text.clone(),
    );
    let mistakes = mistakes
        .into_iter()
        .map(|(path, message)| Diagnostic::error(bastide_yaml::place(&source, &path), message));
    let mistakes = mistakes.collect();
    Some(InvalidFile::new(source, mistakes))
}
