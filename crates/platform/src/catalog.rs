//! What there is to choose from.

use std::collections::BTreeMap;

use bastide_source::{Diagnostic, FileId, Source};

use crate::{Component, InvalidFile, Model};

include!(concat!(env!("OUT_DIR"), "/catalog.rs"));

/// The components and models that a platform can be made of.
#[derive(Debug)]
pub struct Catalog {
    components: BTreeMap<String, Listed>,
    models: BTreeMap<String, Model>,
}

/// A component with the file that it is written in.
#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) component: Component,
    pub(crate) source: Source,
}

impl Catalog {
    /// The built-in one.
    ///
    /// # Errors
    ///
    /// If one of its files is wrong, which a test precludes.
    pub fn built_in() -> Result<Self, InvalidFile> {
        let mut catalog = Self {
            components: BTreeMap::new(),
            models: BTreeMap::new(),
        };
        for (path, text) in COMPONENTS {
            catalog.add_component(text, path)?;
        }
        for (path, text) in MODELS {
            catalog.add_model(text, path)?;
        }
        Ok(catalog)
    }

    /// Adds a component from a file of the component format. One of a name that there is already
    /// takes its place. `path` is what messages call the file.
    ///
    /// # Errors
    ///
    /// What is wrong with the file.
    pub fn add_component(&mut self, text: &str, path: &str) -> Result<(), InvalidFile> {
        let source = Source::new(FileId(0), path, text.to_owned());
        let mut component: Component = match bastide_yaml::typed(&source) {
            Ok(component) => component,
            Err(mistakes) => return Err(InvalidFile::new(source, mistakes)),
        };
        let mistakes = crate::validate::component(&component, &source);
        if !mistakes.is_empty() {
            return Err(InvalidFile::new(source, mistakes));
        }
        component.take_in_pods();
        let name = component.component.clone();
        self.components.insert(name, Listed { component, source });
        Ok(())
    }

    /// Adds a model from a file of the model format, as [`Catalog::add_component`] does.
    ///
    /// # Errors
    ///
    /// What is wrong with the file.
    pub fn add_model(&mut self, text: &str, path: &str) -> Result<(), InvalidFile> {
        let source = Source::new(FileId(0), path, text.to_owned());
        let model: Model = match bastide_yaml::typed(&source) {
            Ok(model) => model,
            Err(mistakes) => return Err(InvalidFile::new(source, mistakes)),
        };
        for engine in model.engines.keys() {
            let served = |it: &Listed| it.component.serves_models() || engine == "bedrock";
            if engine != "bedrock" && !self.components.get(engine).is_some_and(served) {
                let span = bastide_yaml::place(&source, &format!("engines.{engine}"));
                let mistake = Diagnostic::error(span, format!("`{engine}` serves no models"))
                    .help("name a component with a workload that is `per: model`, or `bedrock`");
                return Err(InvalidFile::new(source, vec![mistake]));
            }
        }
        self.models.insert(model.model.clone(), model);
        Ok(())
    }

    /// The components, by name.
    pub fn components(&self) -> impl Iterator<Item = &Component> {
        self.components.values().map(|it| &it.component)
    }

    /// The models, by name.
    pub fn models(&self) -> impl Iterator<Item = &Model> {
        self.models.values()
    }

    /// A component.
    pub fn component(&self, name: &str) -> Option<&Component> {
        self.listed(name).map(|it| &it.component)
    }

    /// A model.
    pub fn model(&self, name: &str) -> Option<&Model> {
        self.models.get(name)
    }

    pub(crate) fn listed(&self, name: &str) -> Option<&Listed> {
        self.components.get(name)
    }
}
