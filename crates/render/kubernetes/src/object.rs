use k8s_openapi::Metadata;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::Serialize;
use serde_json::{Value, json};

/// An object, ready to be written.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Object {
    /// The namespace, or `cluster` for what belongs to none.
    folder: String,
    kind: String,
    name: String,
    value: Value,
}

impl Object {
    /// One of Kubernetes' own kinds.
    pub(crate) fn of<T>(object: T) -> Self
    where
        T: k8s_openapi::Resource + Metadata<Ty = ObjectMeta> + Serialize,
    {
        let metadata = object.metadata().clone();
        Self::new(T::KIND, &metadata, &object)
    }

    /// One of an operator's kinds.
    pub(crate) fn custom(
        api_version: &str,
        kind: &str,
        metadata: ObjectMeta,
        spec: impl Serialize,
    ) -> Self {
        let object = json!({
            "apiVersion": api_version,
            "kind": kind,
            "metadata": metadata,
            "spec": spec,
        });
        Self::new(kind, &metadata, &object)
    }

    fn new(kind: &str, metadata: &ObjectMeta, object: &impl Serialize) -> Self {
        let name = metadata.name.clone().unwrap_or_default();
        let folder = match (&metadata.namespace, kind) {
            (Some(namespace), _) => namespace.clone(),
            // A namespace lies with what is in it.
            (None, "Namespace") => name.clone(),
            (None, _) => "cluster".to_owned(),
        };
        Self {
            folder,
            kind: kind.to_owned(),
            name,
            value: serde_json::to_value(object).unwrap_or_default(),
        }
    }

    /// Where it is written: `litellm/deployment-litellm.yaml`.
    pub(crate) fn path(&self) -> String {
        let kind = self.kind.to_lowercase();
        match self.kind.as_str() {
            "Namespace" => format!("{}/namespace.yaml", self.folder),
            _ => format!(
                "{}/{kind}-{}.yaml",
                self.folder,
                self.name.replace(':', "-")
            ),
        }
    }

    /// As YAML.
    pub(crate) fn text(&self) -> String {
        bastide_yaml::emit::to_string(&self.value)
    }
}
