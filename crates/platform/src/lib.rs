//! What a GenAI platform is made of.
//!
//! [`Settings`] are `bastide.yaml`: what somebody asks for.
//!
//! Nothing here reads a file, a clock or the network.

mod invalid;
mod settings;

pub use invalid::InvalidFile;
pub use settings::{
    Accept, All, Cidr, Cluster, ClusterMode, Components, Endpoint, ExistingNetwork, Ingress,
    Network, Profile, SecretStore, Settings, Storage, Target, Vault,
};

/// The JSON Schema of a format. Ends with a newline.
fn schema<T: schemars::JsonSchema>() -> String {
    let schema = schemars::schema_for!(T);
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
