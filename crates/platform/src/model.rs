//! The model format: what a model is, and how each engine serves it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{Bytes, Resources};

/// A model that can be served.
#[derive(Clone, PartialEq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Model {
    /// The name, as in `bastide.yaml`.
    pub model: String,
    /// What it is, in a few words.
    pub about: String,
    /// Where its weights are: the id at Hugging Face, or that of the service that hosts it.
    pub repository: String,
    /// The commit of the repository that is served. Unless given, `bastide lock` asks for it.
    #[serde(default)]
    pub revision: Option<String>,
    /// The licence under which it may be used.
    pub licence: String,
    /// Whether one must have agreed to its terms at Hugging Face: then a token is needed.
    #[serde(default)]
    pub gated: bool,
    /// How each engine serves it.
    pub engines: BTreeMap<String, Engine>,
}

/// How an engine serves a model.
#[derive(Clone, PartialEq, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Engine {
    /// Whether it is served if no models are chosen.
    pub default: bool,
    /// The id there, if not `repository`.
    pub id: Option<String>,
    /// The image, if not that of the engine.
    pub image: Option<String>,
    /// Arguments of the server.
    pub args: Vec<String>,
    /// Variables of its environment.
    pub env: BTreeMap<String, String>,
    /// What it takes.
    pub resources: Resources,
    /// How much the weights take on a volume.
    pub weights: Option<Bytes>,
    /// Over how many pods, each on a node of its own, it is spread. More than one needs an engine
    /// with a `group`, and volumes that many nodes mount.
    pub spread: Option<u32>,
    /// Whether the weights are in the image, at `/models`.
    pub baked: bool,
    /// The labels that a node must have on EKS, without the prefix that hangs on who manages it:
    /// `instance-family: g6e`.
    pub nodes: BTreeMap<String, String>,
}

impl Engine {
    /// Whether it takes several pods to serve it.
    pub fn is_spread(&self) -> bool {
        self.spread.is_some_and(|pods| pods > 1)
    }
}

impl Model {
    /// The JSON Schema of the format, for editors. Ends with a newline.
    pub fn schema() -> String {
        crate::schema::<Self>()
    }
}
