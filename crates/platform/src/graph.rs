//! A platform as it is resolved: what runs, in which order, and who talks to whom.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::component::{ApiRule, Category, Exemption, Health, Kind, Launcher, SecretSpec};
use crate::{Bytes, Cpu, Lock, Resources, Settings};

/// A platform, resolved. All of its lists have an order that hangs on the settings and the catalog
/// alone.
#[derive(Clone, PartialEq, Debug)]
pub struct Platform {
    /// What was asked for.
    pub settings: Settings,
    /// What is known to be what it is by name.
    pub lock: Lock,
    /// The components, by name, with those that came along.
    pub components: Vec<Installed>,
    /// The namespaces, by name.
    pub namespaces: Vec<Namespace>,
    /// What runs, in the order in which it is installed.
    pub workloads: Vec<Workload>,
    /// Who talks to whom, sorted. Nobody else may.
    pub edges: Vec<Edge>,
    /// The secrets, by id.
    pub secrets: Vec<Secret>,
    /// The models, by engine and name.
    pub models: Vec<ServedModel>,
    /// What workloads may do in AWS.
    pub identities: Vec<Identity>,
    /// The buckets in AWS that hold what workloads keep.
    pub buckets: Vec<Bucket>,
    /// The databases in AWS that hold what workloads keep.
    pub databases: Vec<Database>,
}

/// A component that is part of a platform.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Installed {
    /// Its name.
    pub name: String,
    /// The name that people know it by.
    pub title: String,
    /// What it is for.
    pub category: Category,
    /// The component that brought it along, if nobody asked for it.
    pub needed_by: Option<String>,
}

/// A namespace of a platform.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Namespace {
    /// Its name.
    pub name: String,
}

/// The place of a workload in a platform.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
pub struct WorkloadId {
    /// The namespace.
    pub namespace: String,
    /// The name, of the workload and of its Service.
    pub name: String,
}

/// Something that runs.
#[derive(Clone, PartialEq, Debug)]
pub struct Workload {
    /// Where it is.
    pub id: WorkloadId,
    /// The component that it belongs to. For a store, the one that it keeps data for.
    pub component: String,
    /// What it is for.
    pub category: Category,
    /// How it runs.
    pub kind: Kind,
    /// The number of the user.
    pub user: u32,
    /// The number of the group.
    pub group: u32,
    /// How many there are.
    pub replicas: u32,
    /// How many there may be under load, if more.
    pub max_replicas: Option<u32>,
    /// The containers, the one that it is about first.
    pub containers: Vec<Container>,
    /// Containers that run before them, in order.
    pub init: Vec<Container>,
    /// What it keeps.
    pub volumes: Vec<Volume>,
    /// How people reach it.
    pub exposed: Option<Exposed>,
    /// Where Prometheus finds its metrics.
    pub metrics: Option<(u16, String)>,
    /// The hosts that it reaches in the Internet, and why.
    pub egress: BTreeMap<String, String>,
    /// The ports on which it reaches databases in AWS.
    pub databases: Vec<u16>,
    /// Whether it has a role in AWS.
    pub aws: bool,
    /// What it asks of the API of the cluster.
    pub api: Vec<ApiRule>,
    /// The labels that its node must have.
    pub nodes: BTreeMap<String, String>,
    /// Hardening that it is left without.
    pub exempt: Vec<Exemption>,
    /// In which wave it is installed: after all workloads of the waves before.
    pub wave: usize,
}

/// A container.
#[derive(Clone, PartialEq, Debug)]
pub struct Container {
    /// Its name.
    pub name: String,
    /// The image, with its tag.
    pub image: String,
    /// What is started, if not what the image starts.
    pub command: Vec<String>,
    /// Its arguments.
    pub args: Vec<String>,
    /// What reads `exports`.
    pub launcher: Launcher,
    /// The ports, by name.
    pub ports: BTreeMap<String, u16>,
    /// How one can tell that it is well.
    pub health: Option<Health>,
    /// Variables of its environment.
    pub env: BTreeMap<String, String>,
    /// Variables that hold secrets.
    pub exports: BTreeMap<String, Text>,
    /// Files, by path.
    pub files: BTreeMap<String, Text>,
    /// Secrets that it reads as files, by the name of the file in [`SECRETS_PATH`].
    pub secret_files: BTreeMap<String, SecretId>,
    /// The paths that it writes to.
    pub writes: BTreeMap<String, Bytes>,
    /// The volumes of the workload that it mounts.
    pub mounts: Vec<String>,
    /// What it takes.
    pub resources: Resources,
}

/// Where secrets are mounted.
pub const SECRETS_PATH: &str = "/run/secrets/bastide";

/// What a workload keeps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Volume {
    /// Its name.
    pub name: String,
    /// Where it is mounted.
    pub mount: String,
    /// How much there is of it.
    pub size: Bytes,
    /// The claim that several workloads mount, if they share it.
    pub claim: Option<String>,
    /// Whether it is only read.
    pub read_only: bool,
}

/// How people reach a workload.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Exposed {
    /// The name under which they do.
    pub host: String,
    /// The port that their requests go to.
    pub port: u16,
    /// Whether programs call it too, which show a key.
    pub programs: bool,
}

/// Text with secrets in it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Text(pub Vec<Piece>);

/// A part of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// As it stands.
    Literal(String),
    /// A secret, or its SHA-256 as 64 hexadecimal digits.
    Secret {
        /// Which.
        id: SecretId,
        /// Whether its digest stands for it.
        digest: bool,
    },
}

/// The name of a secret in the store: `owner/name`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SecretId {
    /// The component or store that it belongs to.
    pub owner: String,
    /// Its name there.
    pub name: String,
}

/// A secret.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Secret {
    /// Its name.
    pub id: SecretId,
    /// How it comes about.
    pub spec: SecretSpec,
}

/// That one workload talks to another.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct Edge {
    /// Who opens the connection.
    pub from: WorkloadId,
    /// Who takes it.
    pub to: WorkloadId,
    /// On which port.
    pub port: u16,
}

/// A model that is served.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct ServedModel {
    /// The component that serves it, or `bedrock`.
    pub engine: String,
    /// Its name.
    pub name: String,
    /// The id of its weights at Hugging Face, if they come from there.
    pub repository: Option<String>,
}

/// What a workload may do in AWS.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Identity {
    /// The workload, whose service account has its name.
    pub workload: WorkloadId,
    /// The actions.
    pub actions: Vec<String>,
    /// The resources that they are allowed on.
    pub resources: Vec<String>,
}

/// A bucket in AWS.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct Bucket {
    /// The component that keeps its data there.
    pub component: String,
    /// Its name.
    pub name: String,
}

/// A PostgreSQL database in AWS. Its password is the secret `<name>/password`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Database {
    /// Its name, as `litellm-postgres`.
    pub name: String,
    /// The name under which it is reached.
    pub host: String,
    /// How large it starts.
    pub size: Bytes,
    /// What it is called for those who sign in.
    pub database: String,
    /// Who signs in.
    pub user: String,
}

impl Platform {
    /// A workload.
    pub fn workload(&self, id: &WorkloadId) -> Option<&Workload> {
        self.workloads.iter().find(|it| it.id == *id)
    }

    /// The workloads of a namespace, in the order in which they are installed.
    pub fn in_namespace<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Workload> {
        self.workloads
            .iter()
            .filter(move |it| it.id.namespace == name)
    }

    /// All images, sorted.
    pub fn images(&self) -> Vec<&str> {
        let containers = self.workloads.iter().flat_map(Workload::all_containers);
        let mut images: Vec<_> = containers.map(|it| it.image.as_str()).collect();
        images.sort_unstable();
        images.dedup();
        images
    }

    /// The ids of the weights that come from Hugging Face, sorted.
    pub fn weights(&self) -> Vec<&str> {
        let ids = self.models.iter().filter_map(|it| it.repository.as_deref());
        let mut ids: Vec<_> = ids.collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// The secrets that somebody has to give.
    pub fn given(&self) -> impl Iterator<Item = (&SecretId, &str)> {
        let secrets = self.secrets.iter();
        secrets.filter_map(|secret| Some((&secret.id, secret.spec.given.as_deref()?)))
    }
}

impl Workload {
    /// All containers, those that run first included.
    pub fn all_containers(&self) -> impl Iterator<Item = &Container> {
        self.init.iter().chain(&self.containers)
    }

    /// The ports of its containers, by number.
    pub fn ports(&self) -> BTreeMap<u16, &str> {
        let ports = self.containers.iter().flat_map(|it| &it.ports);
        ports.map(|(name, port)| (*port, name.as_str())).collect()
    }

    /// What its containers ask for together.
    pub fn requests(&self) -> (Cpu, Bytes) {
        let cpu = self.containers.iter().map(|it| it.resources.cpu).sum();
        let memory = self
            .containers
            .iter()
            .map(|it| it.resources.memory_in_all())
            .sum();
        (cpu, memory)
    }

    /// How many graphics processors it takes.
    pub fn gpus(&self) -> u32 {
        self.containers.iter().map(|it| it.resources.gpu).sum()
    }
}

impl Resources {
    /// The most processor time.
    pub fn cpu_at_most(&self) -> Cpu {
        self.cpu_limit.unwrap_or(self.cpu * 2)
    }

    /// Memory, with what its processes share.
    pub fn memory_in_all(&self) -> Bytes {
        self.memory + self.shared_memory.unwrap_or_default()
    }
}

impl Text {
    /// The secrets in it.
    pub fn secrets(&self) -> impl Iterator<Item = &SecretId> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Secret { id, .. } => Some(id),
            Piece::Literal(_) => None,
        })
    }

    /// The whole text, if there is no secret in it.
    pub fn plain(&self) -> Option<String> {
        let literal = |piece: &Piece| match piece {
            Piece::Literal(text) => Some(text.clone()),
            Piece::Secret { .. } => None,
        };
        self.0.iter().map(literal).collect()
    }
}

impl fmt::Display for WorkloadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.namespace, self.name)
    }
}

impl fmt::Display for SecretId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.owner, self.name)
    }
}

impl fmt::Display for Edge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} -> {}:{}", self.from, self.to, self.port)
    }
}
