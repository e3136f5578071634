//! A platform as it is resolved: what runs, in which order, and who talks to whom.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::component::{
    ApiRule, Category, Exemption, Hardening, Health, Kind, Launcher, PodSecurity, Privilege,
    SecretSpec,
};
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
    /// The charts, by component.
    pub charts: Vec<Chart>,
    /// The objects of operators, by namespace and name.
    pub resources: Vec<Resource>,
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
    /// What its pods may do at most.
    pub level: PodSecurity,
    /// Why that is more than `restricted`.
    pub privilege: Option<Privilege>,
}

/// A Helm chart.
#[derive(Clone, PartialEq, Debug)]
pub struct Chart {
    /// The component.
    pub component: String,
    /// The namespace that it is installed in.
    pub namespace: String,
    /// The repository: `https://…` or `oci://…`.
    pub repository: String,
    /// Its name there.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The name of the release.
    pub release: String,
    /// Its values.
    pub values: Value,
    /// Whether the definitions of its kinds come with it.
    pub crds: bool,
}

/// An object of a kind that an operator brings.
#[derive(Clone, PartialEq, Debug)]
pub struct Resource {
    /// The component.
    pub component: String,
    /// The namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Its version.
    pub api_version: String,
    /// Its kind.
    pub kind: String,
    /// What else it has in its metadata.
    pub annotations: BTreeMap<String, String>,
    /// Its specification.
    pub spec: Value,
    /// Where there are pods in it.
    pub pods: Vec<Placed>,
}

/// A pod within the object of an operator.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Placed {
    /// Where it is in the specification, as `services.Frontend.extraPodSpec`.
    pub path: String,
    /// The number of the user.
    pub user: u32,
    /// The number of the group.
    pub group: u32,
    /// Hardening that it is left without.
    pub exempt: Vec<Exemption>,
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
    /// Over how many pods a replica is spread.
    pub spread: u32,
    /// The container of those of a group that do not lead it.
    pub worker: Option<Container>,
    /// What it is like if somebody else makes it.
    pub external: Option<External>,
    /// Those of its namespace that are in one group talk to each other on every port.
    pub together: Option<String>,
    /// The weights that it fetches by the name of a branch.
    pub unpinned: Option<String>,
    /// Whether it serves a language model without any accelerator.
    pub on_processors: bool,
    /// How many there are in production, and how many there may be under load.
    pub in_production: (u32, Option<u32>),
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

/// What is known of pods that somebody else makes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct External {
    /// The labels by which they are told from others.
    pub labels: BTreeMap<String, String>,
    /// Whether there is one on each node.
    pub per_node: bool,
    /// Whether they ask the API of the cluster.
    pub api: bool,
    /// The port on which the API of the cluster asks them.
    pub webhook: Option<u16>,
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
        let own = containers.map(|it| it.image.as_str());
        let of_operators = self.resources.iter().flat_map(Resource::images);
        let mut images: Vec<_> = own.chain(of_operators).collect();
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

    /// Whether nothing in it can become something else by itself: images have digests, and weights
    /// are those of a commit. Nothing else is for production.
    pub fn is_locked(&self) -> bool {
        self.images().iter().all(|it| self.lock.is_fixed(it)) && self.unpinned().next().is_none()
    }

    /// What fetches weights by the name of a branch.
    pub fn unpinned(&self) -> impl Iterator<Item = &Workload> {
        self.workloads.iter().filter(|it| it.unpinned.is_some())
    }

    /// The others that a workload talks to on every port, as they do to it: itself too, if it is
    /// more than one pod.
    pub fn together<'a>(&'a self, with: &'a Workload) -> impl Iterator<Item = &'a Workload> {
        let all = self.in_namespace(&with.id.namespace);
        all.filter(|it| it.together.is_some() && it.together == with.together)
    }

    /// The secrets that somebody has to give.
    pub fn given(&self) -> impl Iterator<Item = (&SecretId, &str)> {
        let secrets = self.secrets.iter();
        secrets.filter_map(|secret| Some((&secret.id, secret.spec.given.as_deref()?)))
    }
}

impl Resource {
    /// The images of the pods in it.
    pub fn images(&self) -> Vec<&str> {
        let mut images = Vec::new();
        for placed in &self.pods {
            let path = &placed.path;
            let pod = path.split('.').try_fold(&self.spec, |at, key| at.get(key));
            for container in pod.into_iter().flat_map(containers) {
                images.extend(container.get("image").and_then(Value::as_str));
            }
        }
        images
    }
}

/// Where the containers of a pod are: operators add one that they know by name.
pub const CONTAINERS: [&str; 3] = ["containers", "initContainers", "mainContainer"];

fn containers(pod: &Value) -> Vec<&Value> {
    let places = CONTAINERS.iter().filter_map(|key| pod.get(key));
    let each = places.flat_map(|it| match it {
        Value::Array(items) => items.iter().collect(),
        other => vec![other],
    });
    each.collect()
}

impl Workload {
    /// All containers that are ours, those that run first included.
    pub fn all_containers(&self) -> impl Iterator<Item = &Container> {
        let own = self.external.is_none();
        let all = self.init.iter().chain(&self.containers);
        all.filter(move |_| own)
    }

    /// Whether it is left without a part of the hardening.
    pub fn is_exempt(&self, from: Hardening) -> bool {
        self.exempt.iter().any(|it| it.from == from)
    }

    /// Whether it runs to an end.
    pub fn ends(&self) -> bool {
        matches!(self.kind, Kind::Job | Kind::Task)
    }

    /// The ports of its containers, by number.
    pub fn ports(&self) -> BTreeMap<u16, &str> {
        let ports = self.containers.iter().flat_map(|it| &it.ports);
        ports.map(|(name, port)| (*port, name.as_str())).collect()
    }

    /// What its containers ask for together.
    pub fn requests(&self) -> (Cpu, Bytes) {
        let cpu = self
            .containers
            .iter()
            .map(|it| it.resources.cpu)
            .sum::<Cpu>();
        let memory = self
            .containers
            .iter()
            .map(|it| it.resources.memory_in_all())
            .sum::<Bytes>();
        let pods = u64::from(self.spread);
        (cpu * pods, memory * pods)
    }

    /// How many graphics processors it takes.
    pub fn gpus(&self) -> u32 {
        let each: u32 = self.containers.iter().map(|it| it.resources.gpu).sum();
        each * self.spread
    }
}

impl Resources {
    /// The most processor time.
    pub fn cpu_at_most(&self) -> Cpu {
        self.cpu_limit.unwrap_or(self.cpu * 2)
    }

    /// The most memory, with what its processes share.
    pub fn memory_at_most(&self) -> Bytes {
        self.memory_limit.unwrap_or(self.memory) + self.shared_memory.unwrap_or_default()
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
