//! Which components and models, and what comes along with them.

use std::collections::{BTreeMap, BTreeSet};

use bastide_source::nearest;

use super::Unresolved;
use crate::component::{Category, Component};
use crate::graph::{Installed, ServedModel};
use crate::model::{Engine, Model};
use crate::{Catalog, Components, Settings, Target};

/// The engine of models that AWS hosts. It is no component: the gateway talks to it.
pub(crate) const BEDROCK: &str = "bedrock";

/// What was chosen.
#[derive(Debug, Default)]
pub(crate) struct Chosen<'a> {
    /// The components, by name, with the one that brought each along.
    pub(crate) components: BTreeMap<&'a str, (&'a Component, Option<&'a str>)>,
    /// The models of each engine, by name.
    pub(crate) models: BTreeMap<&'a str, Vec<(&'a Model, &'a Engine)>>,
}

impl<'a> Chosen<'a> {
    /// Whether a model of a component is spread over several pods.
    fn is_spread(&self, component: &str) -> bool {
        let models = self.models.get(component).into_iter().flatten();
        models.into_iter().any(|(_, engine)| engine.is_spread())
    }

    /// The components that a component needs the controllers of.
    fn required_by(&self, component: &'a Component) -> impl Iterator<Item = &'a str> {
        component.required(self.is_spread(&component.component))
    }

    /// All pairs of those.
    pub(super) fn required(&self) -> Vec<(String, String)> {
        let components = self.components.values().map(|(component, _)| *component);
        let pairs = components.flat_map(|component| {
            let required = self.required_by(component);
            required.map(|it| (component.component.clone(), it.to_owned()))
        });
        pairs.collect()
    }

    pub(super) fn needs_shared_storage(settings: &Settings, engine: &Engine) -> bool {
        let none = settings.target == Target::Kubernetes && settings.storage.shared.is_none();
        none && engine.is_spread()
    }
}

impl Chosen<'_> {
    pub(super) fn installed(&self) -> Vec<Installed> {
        let installed = self.components.values().map(|(component, by)| Installed {
            name: component.component.clone(),
            title: component.title.clone(),
            category: component.category,
            needed_by: by.map(str::to_owned),
        });
        installed.collect()
    }

    pub(super) fn served(&self) -> Vec<ServedModel> {
        let mut served = Vec::new();
        for (engine, models) in &self.models {
            served.extend(models.iter().map(|(model, served)| {
                let id = served.id.as_ref().unwrap_or(&model.repository);
                ServedModel {
                    engine: (*engine).to_owned(),
                    name: model.model.clone(),
                    // Names of other hubs have no owner.
                    repository: Some(id.clone()).filter(|it| it.contains('/')),
                }
            }));
        }
        served
    }
}

pub(super) fn choose<'a>(
    settings: &Settings,
    catalog: &'a Catalog,
    wrong: &mut Unresolved,
) -> Chosen<'a> {
    let mut chosen = Chosen::default();
    match &settings.components {
        Components::All(_) => {
            // What has to be built first is left out as long as nobody says where it is.
            let at_hand = |it: &&Component| {
                it.deprecated.is_none() && (settings.registry().is_some() || !it.is_built())
            };
            for component in catalog
                .components()
                .filter(|it| it.category != Category::Store)
                .filter(at_hand)
            {
                chosen
                    .components
                    .insert(&component.component, (component, None));
            }
        }
        Components::Named(names) => {
            for (index, name) in names.iter().enumerate() {
                match catalog.component(name) {
                    Some(component) if component.category != Category::Store => {
                        chosen
                            .components
                            .insert(&component.component, (component, None));
                    }
                    Some(_) => wrong.say(
                        format!("components.{index}"),
                        format!("`{name}` is a store: it comes with what needs it"),
                        "remove it",
                    ),
                    None => {
                        let known = catalog.components().map(|it| it.component.as_str());
                        let help = match nearest(name, known) {
                            Some(near) => format!("did you mean `{near}`?"),
                            None => "`bastide components` lists them".to_owned(),
                        };
                        wrong.say(
                            format!("components.{index}"),
                            format!("there is no component `{name}`"),
                            help,
                        );
                    }
                }
            }
        }
    }
    choose_models(settings, catalog, &mut chosen, wrong);
    if let Components::Named(names) = &settings.components {
        for (index, name) in names.iter().enumerate() {
            without_model(index, name, catalog, &chosen, wrong);
        }
    }
    bring_along(settings, catalog, &mut chosen, wrong);
    chosen
}

/// A server of models that is asked for and would have none to serve.
fn without_model(
    index: usize,
    name: &str,
    catalog: &Catalog,
    chosen: &Chosen<'_>,
    wrong: &mut Unresolved,
) {
    let serves = catalog
        .component(name)
        .is_some_and(Component::serves_models);
    if !serves || chosen.models.contains_key(name) {
        return;
    }
    let able = catalog.models().find(|it| it.engines.contains_key(name));
    let help = match able {
        Some(model) => format!(
            "add one to `models`, as `{name}/{}`, or remove it",
            model.model
        ),
        None => "remove it, or describe a model that it serves".to_owned(),
    };
    wrong.say(
        format!("components.{index}"),
        format!("`{name}` has no model to serve"),
        help,
    );
}

fn choose_models<'a>(
    settings: &Settings,
    catalog: &'a Catalog,
    chosen: &mut Chosen<'a>,
    wrong: &mut Unresolved,
) {
    if settings.models.is_empty() {
        for model in catalog.models() {
            for (engine, served) in &model.engines {
                let bedrock = engine == BEDROCK && settings.target == Target::Eks;
                if served.default && (bedrock || chosen.components.contains_key(engine.as_str())) {
                    chosen
                        .models
                        .entry(engine)
                        .or_default()
                        .push((model, served));
                }
            }
        }
        return;
    }
    for (index, asked) in settings.models.iter().enumerate() {
        let at = format!("models.{index}");
        let (engine, name) = match asked.split_once('/') {
            Some((engine, name)) => (Some(engine), name),
            None => (None, asked.as_str()),
        };
        let Some(model) = catalog.model(name) else {
            let help = match nearest(name, catalog.models().map(|it| it.model.as_str())) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`bastide models` lists them".to_owned(),
            };
            wrong.say(at, format!("there is no model `{name}`"), help);
            continue;
        };
        let engines: Vec<&str> = model.engines.keys().map(String::as_str).collect();
        let of_chosen = || {
            engines
                .iter()
                .copied()
                .filter(|it| chosen.components.contains_key(it))
        };
        let engine = match engine {
            Some(engine) if engines.contains(&engine) => engine,
            Some(engine) => {
                let help = format!("it is served by {}", engines.join(", "));
                wrong.say(at, format!("`{engine}` does not serve `{name}`"), help);
                continue;
            }
            None if engines.len() == 1 => engines[0],
            None if of_chosen().count() == 1 => of_chosen().next().unwrap_or_default(),
            None => {
                let ways: Vec<_> = engines.iter().map(|it| format!("`{it}/{name}`")).collect();
                wrong.say(
                    at,
                    format!("several engines serve `{name}`"),
                    format!("write {}", ways.join(" or ")),
                );
                continue;
            }
        };
        if engine == BEDROCK && settings.target != Target::Eks {
            wrong.say(
                at,
                format!("`{name}` is hosted by AWS, but the target is `kubernetes`"),
                "remove it, or write `target: eks`",
            );
            continue;
        }
        let Some((engine, served)) = model.engines.get_key_value(engine) else {
            continue;
        };
        if Chosen::needs_shared_storage(settings, served) {
            wrong.say(
                at,
                format!("`{name}` is served by several nodes, which all mount its weights"),
                "add `storage:` with `shared:`, a class of volumes that many nodes mount",
            );
            continue;
        }
        if let Some(component) = catalog.component(engine) {
            let by = (component, None);
            chosen.components.entry(&component.component).or_insert(by);
        }
        let models = chosen.models.entry(engine).or_default();
        match models.iter().any(|(it, _)| it.model == model.model) {
            true => wrong.say(
                at,
                format!("`{engine}/{name}` is chosen twice"),
                "remove one of the two",
            ),
            false => models.push((model, served)),
        }
    }
    for models in chosen.models.values_mut() {
        models.sort_by(|one, two| one.0.model.cmp(&two.0.model));
    }
}

/// Adds what the chosen cannot be without.
fn bring_along<'a>(
    settings: &Settings,
    catalog: &'a Catalog,
    chosen: &mut Chosen<'a>,
    wrong: &mut Unresolved,
) {
    loop {
        let required = chosen.components.values().find_map(|(component, _)| {
            let mut required = chosen.required_by(component);
            let name = required.find(|name| !chosen.components.contains_key(name))?;
            Some((component.component.as_str(), name))
        });
        if let Some((by, name)) = required {
            let Some(component) = catalog.component(name) else {
                wrong.say(
                    "components",
                    format!("`{by}` requires `{name}`, which is no component"),
                    "add one of that name, or remove it",
                );
                return;
            };
            let brought = (component, Some(by));
            chosen.components.insert(&component.component, brought);
            add_default_models(settings, catalog, chosen, component);
            continue;
        }
        let offered: BTreeSet<&str> = chosen
            .components
            .values()
            .flat_map(|(it, _)| offers(it))
            .collect();
        let missing = chosen.components.values().find_map(|(component, _)| {
            let mut needs = component.workloads.values().flat_map(|it| &it.needs);
            let need = needs.find(|need| !offered.contains(need.as_str()))?;
            Some((component.component.as_str(), need.as_str()))
        });
        let Some((by, need)) = missing else {
            return;
        };
        let all = catalog
            .components()
            .filter(|it| it.category != Category::Store);
        let able: Vec<_> = all
            .filter(|it| offers(it).any(|offer| offer == need))
            .collect();
        match able[..] {
            [only] => {
                chosen.components.insert(&only.component, (only, Some(by)));
                add_default_models(settings, catalog, chosen, only);
            }
            [] => {
                let offers = catalog.components().flat_map(offers);
                let help = match nearest(need, offers) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "add a component that does, or remove it".to_owned(),
                };
                let message = format!("`{by}` needs `{need}`, which nothing offers");
                wrong.say("components", message, help);
                return;
            }
            _ => {
                let names: Vec<_> = able
                    .iter()
                    .map(|it| format!("`{}`", it.component))
                    .collect();
                wrong.say(
                    "components",
                    format!("`{by}` needs `{need}`"),
                    format!("add one of {}", names.join(", ")),
                );
                return;
            }
        }
    }
}

/// Serves the models that are marked as default by a component that came along.
fn add_default_models<'a>(
    settings: &Settings,
    catalog: &'a Catalog,
    chosen: &mut Chosen<'a>,
    component: &'a Component,
) {
    for model in catalog.models().filter(|_| settings.models.is_empty()) {
        let engine = model.engines.get_key_value(&component.component);
        if let Some((engine, served)) = engine.filter(|(_, it)| it.default) {
            let models = chosen.models.entry(engine).or_default();
            models.push((model, served));
        }
    }
}

fn offers(component: &Component) -> impl Iterator<Item = &str> {
    component
        .workloads
        .values()
        .flat_map(|it| it.offers.keys().map(String::as_str))
}
