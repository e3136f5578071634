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
            let at_hand = |it: &&Component| settings.registry().is_some() || !it.is_built();
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
    bring_along(settings, catalog, &mut chosen, wrong);
    chosen
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
                if settings.models.is_empty() {
                    for model in catalog.models() {
                        if let Some((engine, served)) = model
                            .engines
                            .get_key_value(&only.component)
                            .filter(|(_, it)| it.default)
                        {
                            chosen
                                .models
                                .entry(engine)
                                .or_default()
                                .push((model, served));
                        }
                    }
                }
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

fn offers(component: &Component) -> impl Iterator<Item = &str> {
    component
        .workloads
        .values()
        .flat_map(|it| it.offers.keys().map(String::as_str))
}
