use std::collections::BTreeMap;

use bastide_source::{FileId, Source};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::InvalidFile;

/// What images and models are, that are otherwise known by a name which can come to mean something
/// else: `bastide.lock.yaml`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Lock {
    /// The digest of each image, `sha256:…`, by its name with its tag.
    pub images: BTreeMap<String, String>,
    /// The commit of each model, by its id at Hugging Face.
    pub models: BTreeMap<String, String>,
}

impl Lock {
    /// What the file is called.
    pub const FILE_NAME: &str = "bastide.lock.yaml";

    /// Reads a file. `path` is what messages call it.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn parse(text: &str, path: &str) -> Result<Self, InvalidFile> {
        let source = Source::new(FileId(0), path, text.to_owned());
        bastide_yaml::typed(&source).map_err(|mistakes| InvalidFile::new(source, mistakes))
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let about = "# Written by `bastide lock`: what the names of images and models stand for.\n";
        let value = serde_json::to_value(self).unwrap_or_default();
        format!("{about}{}", bastide_yaml::emit::to_string(&value))
    }

    /// An image as it is pulled: with its digest, if that is known.
    pub fn pulled(&self, image: &str) -> String {
        match self.images.get(image) {
            Some(digest) => format!("{image}@{digest}"),
            None => image.to_owned(),
        }
    }

    /// Whether an image cannot become another one.
    pub fn is_fixed(&self, image: &str) -> bool {
        image.contains("@sha256:") || self.images.contains_key(image)
    }
}
