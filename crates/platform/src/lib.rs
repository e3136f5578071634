//! What a GenAI platform is made of.
//!
//! [`Settings`] are `bastide.yaml`: what somebody asks for. The [`Catalog`] holds the components and
//! models that there are to choose from, each a file of data. [`resolve`] makes of both the
//! [`Platform`]: what runs, in which order, and who talks to whom.
//!
//! ```
//! use bastide_platform::{Catalog, Lock, Settings, resolve};
//!
//! let text = "name: demo\ntarget: kubernetes\ncomponents: [qdrant]\n";
//! let settings = Settings::parse(text, Settings::FILE_NAME).expect("it is valid");
//! let catalog = Catalog::built_in().expect("it is valid");
//! let platform = resolve(&settings, &catalog, &Lock::default()).expect("nothing is missing");
//! assert_eq!(platform.workloads[0].id.to_string(), "qdrant/qdrant");
//! ```
//!
//! Nothing here reads a file, a clock or the network.

mod accepted;
mod aws;
mod catalog;
pub mod component;
mod draft;
mod example;
mod graph;
mod invalid;
mod lock;
mod model;
mod quantity;
mod resolve;
mod settings;
mod template;
mod validate;

pub use accepted::{Accepted, AcceptedKind, register};
pub use aws::{Aws, Detectors, HostedZone, Oidc};
pub use catalog::Catalog;
pub use component::{
    ApiRule, Category, Component, Exemption, Hardening, Health, Kind, Launcher, PodSecurity,
    Privilege, Resources, SecretSpec,
};
pub use draft::Draft;
pub use example::EXAMPLE;
pub use graph::{
    Bucket, CONTAINERS, Chart, Container, Database, Edge, Exposed, External, Identity, Installed,
    Namespace, Piece, Placed, Platform, Resource, SECRETS_PATH, Secret, SecretId, ServedModel,
    Text, Volume, Workload, WorkloadId,
};
pub use invalid::InvalidFile;
pub use lock::Lock;
pub use model::{Engine, Model};
pub use quantity::{Bytes, Cpu};
pub use resolve::{Unresolved, resolve};
pub use settings::{
    Accept, All, Cidr, Cluster, ClusterMode, Components, DatabaseStore, Endpoint, ExistingNetwork,
    Ingress, Network, Profile, SecretStore, Settings, Storage, Target, Vault,
};

/// The JSON Schema of a format. Ends with a newline.
fn schema<T: schemars::JsonSchema>() -> String {
    let schema = schemars::schema_for!(T);
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
