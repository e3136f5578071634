//! The component format: a file of data that says only what is particular.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Bytes, Cpu};

/// One installable part of a platform.
///
/// What every workload gets is not said here: the renderer makes it non-root and read-only, drops
/// its capabilities, and lets it talk to those alone that it names.
#[derive(Clone, PartialEq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Component {
    /// The name, as in `bastide.yaml`; also the namespace, unless another is given.
    pub component: String,
    /// The name that people know it by.
    pub title: String,
    /// What it is for.
    pub category: Category,
    /// What it does, in one sentence.
    pub about: String,
    /// The namespace, if not that of the component's name.
    #[serde(default)]
    pub namespace: Option<String>,
    /// Pages to read.
    #[serde(default)]
    pub links: Vec<String>,
    /// The backing stores that are its own, by the role that they have for it: `database: postgres`.
    #[serde(default)]
    pub stores: BTreeMap<String, String>,
    /// The secrets that are its own.
    #[serde(default)]
    pub secrets: BTreeMap<String, SecretSpec>,
    /// What it may do in AWS, without a key: its pods take a role.
    #[serde(default)]
    pub aws: Vec<AwsPermission>,
    /// Why nobody should choose it any more, and what instead. It is no part of `all` then.
    #[serde(default)]
    pub deprecated: Option<String>,
    /// Components whose controllers must be there first. They come with it, and nobody talks to
    /// anybody for that.
    #[serde(default)]
    pub requires: Vec<String>,
    /// What runs, by name.
    #[serde(default)]
    pub workloads: BTreeMap<String, WorkloadSpec>,
    /// The Helm chart that it is installed from, if it is shipped as nothing else.
    #[serde(default)]
    pub chart: Option<ChartSpec>,
    /// Objects of the kinds that operators bring, by name.
    #[serde(default)]
    pub resources: BTreeMap<String, ResourceSpec>,
    /// The pods that come of the chart or of the objects, by the name of their Service if they have
    /// one. Others may talk to them, and they to others, only as it says here.
    #[serde(default)]
    pub pods: BTreeMap<String, PodSpec>,
    /// The Pod Security Standard of its namespace, if it cannot live under `restricted`.
    #[serde(default)]
    pub privilege: Option<Privilege>,
}

/// A Helm chart. It stays one: Flux installs it as it is, with these values.
#[derive(Clone, PartialEq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ChartSpec {
    /// The repository, as `https://charts.example.com`, or the folder in a registry, as
    /// `oci://registry.example.com/charts`.
    pub repository: String,
    /// The name of the chart.
    pub name: String,
    /// Its version, exact.
    pub version: String,
    /// The name of the release, if not that of the component.
    #[serde(default)]
    pub release: Option<String>,
    /// Its values, with placeholders. None of them may hold a secret.
    #[serde(default)]
    pub values: BTreeMap<String, Value>,
    /// Whether the definitions of its kinds come with it, and are brought up to date.
    #[serde(default = "yes")]
    pub crds: bool,
}

/// An object of a kind that an operator brings.
#[derive(Clone, PartialEq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ResourceSpec {
    /// `model`: once for each model that is chosen for this component.
    #[serde(default)]
    pub per: Option<Per>,
    /// When: see [`WorkloadSpec::when`].
    #[serde(default)]
    pub when: Option<String>,
    /// Its version, as `nvidia.com/v1alpha1`.
    pub api_version: String,
    /// Its kind.
    pub kind: String,
    /// What else it has in its metadata.
    #[serde(default)]
    pub annotations: BTreeMap<String, String>,
    /// Its specification, with placeholders. None of them may hold a secret.
    pub spec: BTreeMap<String, Value>,
    /// Where in the specification there are pods, as `services.Frontend.extraPodSpec`. They are
    /// hardened as all pods are.
    #[serde(default)]
    pub pods: BTreeMap<String, PodPlace>,
}

/// A pod within the object of an operator.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct PodPlace {
    /// The number of the user that it runs as; 10001 unless given.
    pub user: Option<u32>,
    /// The number of its group; that of the user unless the program wants another.
    pub group: Option<u32>,
    /// Hardening that it cannot have. Each becomes an exception in the register.
    pub exempt: Vec<Exemption>,
}

/// Pods that come of a chart or of the object of an operator.
#[derive(Clone, PartialEq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PodSpec {
    /// `model`: once for each model that is chosen for this component.
    #[serde(default)]
    pub per: Option<Per>,
    /// When: see [`WorkloadSpec::when`].
    #[serde(default)]
    pub when: Option<String>,
    /// The labels by which they are told from others, and their Service selects them; with
    /// placeholders.
    pub labels: BTreeMap<String, String>,
    /// How many there are.
    #[serde(default)]
    pub replicas: Replicas,
    /// Whether there is one on each node instead.
    #[serde(default)]
    pub per_node: bool,
    /// The ports that they listen on.
    #[serde(default)]
    pub ports: BTreeMap<String, u16>,
    /// What they offer to others.
    #[serde(default)]
    pub offers: BTreeMap<String, Offer>,
    /// What they cannot be without: names of offers.
    #[serde(default)]
    pub needs: Vec<String>,
    /// What they talk to if it is there: names of offers.
    #[serde(default)]
    pub uses: Vec<String>,
    /// The hosts in the Internet that they reach, over HTTPS, and why.
    #[serde(default)]
    pub egress: BTreeMap<String, String>,
    /// Where Prometheus finds their metrics.
    #[serde(default)]
    pub metrics: Option<Metrics>,
    /// Whether they ask the API of the cluster. What they may ask is up to the chart or the operator.
    #[serde(default)]
    pub api: bool,
    /// The name of the port on which the API of the cluster asks them whether objects may be.
    #[serde(default)]
    pub webhook: Option<String>,
    /// The name of a group of pods of this component that talk to each other on every port.
    #[serde(default)]
    pub together: Option<String>,
    /// What each takes.
    pub resources: Resources,
}

/// A Pod Security Standard that is wider than `restricted`, and why. It becomes an exception in the
/// register.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Privilege {
    /// What is enforced in its namespace.
    pub level: PodSecurity,
    /// Why.
    pub reason: String,
    /// What can go wrong.
    pub impact: String,
    /// What production should do.
    pub recommendation: String,
}

/// A Pod Security Standard, the narrowest first.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum PodSecurity {
    /// What all programs can live under that know of nothing but themselves.
    #[default]
    Restricted,
    /// Nothing that reaches the node.
    Baseline,
    /// Everything.
    Privileged,
}

/// What a component is for.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// One address for all models.
    AiGateway,
    /// Serves language models.
    LlmModel,
    /// Serves embedding models.
    EmbeddingModel,
    /// Checks what goes in and comes out.
    Guardrail,
    /// Traces and measures.
    Observability,
    /// For people to chat in.
    GuiApp,
    /// Finds what is similar.
    VectorDatabase,
    /// Runs workflows.
    WorkflowAutomation,
    /// Acts with tools.
    AiAgent,
    /// Gives tools to models.
    McpServer,
    /// NVIDIA's own.
    NvidiaPlatform,
    /// Keeps the data of one other component. It comes with what needs it.
    Store,
}

/// A secret of a component.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct SecretSpec {
    /// It is made, of so many letters and digits.
    pub generate: Option<u8>,
    /// What comes before the letters and digits.
    pub prefix: String,
    /// It is made as 64 hexadecimal digits.
    pub hex: bool,
    /// It may change at any time, where the store can do so: nothing is encrypted with it that
    /// lasts, and no other program knows it. Only for what is generated without a prefix.
    pub rotate: bool,
    /// Somebody has to give it: what it is.
    pub given: Option<String>,
}

/// Something that a component may do in AWS.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AwsPermission {
    /// The actions, as `bedrock:InvokeModel`.
    pub actions: Vec<String>,
    /// The ARNs of the resources; `${region}` stands for the region.
    pub resources: Vec<String>,
    /// When: see [`WorkloadSpec::when`].
    #[serde(default)]
    pub when: Option<String>,
}

/// Something that runs.
#[derive(Clone, PartialEq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct WorkloadSpec {
    /// How it runs.
    #[serde(default)]
    pub kind: Kind,
    /// `model`: once for each model that is chosen for this component.
    #[serde(default)]
    pub per: Option<Per>,
    /// The name of something that must be offered in the platform, `target:eks`, `profile:demo`, or
    /// `exposed`; after `!`, what must not be so.
    #[serde(default)]
    pub when: Option<String>,
    /// The image, with its tag.
    pub image: String,
    /// What is started, if not what the image starts.
    #[serde(default)]
    pub command: Vec<String>,
    /// Its arguments.
    #[serde(default)]
    pub args: Vec<Value>,
    /// The arguments of the others of a group, if it is a `group`: those that do not lead it.
    #[serde(default)]
    pub worker_args: Vec<Value>,
    /// Components whose controllers must be there first: see [`Component::requires`].
    #[serde(default)]
    pub requires: Vec<String>,
    /// What reads `exports` before the program starts.
    #[serde(default)]
    pub launcher: Launcher,
    /// The number of the user that it runs as, 10000 or more.
    #[serde(default = "default_user")]
    pub user: u32,
    /// The number of its group; that of the user unless the program wants another.
    #[serde(default)]
    pub group: Option<u32>,
    /// How many there are.
    #[serde(default)]
    pub replicas: Replicas,
    /// The ports that it listens on, 1024 or more.
    #[serde(default)]
    pub ports: BTreeMap<String, u16>,
    /// What it offers to others, by the name by which they call it.
    #[serde(default)]
    pub offers: BTreeMap<String, Offer>,
    /// How one can tell that it is well. Everything but a job must say so.
    #[serde(default)]
    pub health: Option<Health>,
    /// Variables of its environment. None of them may hold a secret.
    #[serde(default)]
    pub env: BTreeMap<String, Value>,
    /// Variables with secrets in them, which the launcher reads from a mounted file.
    #[serde(default)]
    pub exports: BTreeMap<String, Value>,
    /// Files that are mounted, by path. A mapping or a list becomes JSON if the path ends with `.json`,
    /// else YAML. A file with a secret in it is kept as one.
    #[serde(default)]
    pub files: BTreeMap<String, Value>,
    /// The paths that it writes to and that need not outlast it, with how much it may write.
    #[serde(default)]
    pub writes: BTreeMap<String, Bytes>,
    /// What it keeps.
    #[serde(default)]
    pub volumes: BTreeMap<String, VolumeSpec>,
    /// What it takes.
    pub resources: Resources,
    /// What it cannot be without: names of offers.
    #[serde(default)]
    pub needs: Vec<String>,
    /// What it talks to if it is there: names of offers.
    #[serde(default)]
    pub uses: Vec<String>,
    /// The hosts in the Internet that it reaches, over HTTPS, and why.
    #[serde(default)]
    pub egress: BTreeMap<String, String>,
    /// How people reach it.
    #[serde(default)]
    pub expose: Option<Expose>,
    /// Where Prometheus finds its metrics.
    #[serde(default)]
    pub metrics: Option<Metrics>,
    /// What it asks of the API of the cluster. Only then does it get a token.
    #[serde(default)]
    pub api: Vec<ApiRule>,
    /// Containers that run before it, in order of their names.
    #[serde(default)]
    pub init: BTreeMap<String, SidecarSpec>,
    /// Containers that run beside it.
    #[serde(default)]
    pub sidecars: BTreeMap<String, SidecarSpec>,
    /// Hardening that it cannot have. Each becomes an exception in the register.
    #[serde(default)]
    pub exempt: Vec<Exemption>,
}

/// A container beside or before the one that the workload is about.
#[derive(Clone, PartialEq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SidecarSpec {
    /// The image, with its tag.
    pub image: String,
    /// What is started, if not what the image starts.
    #[serde(default)]
    pub command: Vec<String>,
    /// Its arguments.
    #[serde(default)]
    pub args: Vec<Value>,
    /// What reads `exports` before the program starts.
    #[serde(default)]
    pub launcher: Launcher,
    /// The ports that it listens on.
    #[serde(default)]
    pub ports: BTreeMap<String, u16>,
    /// How one can tell that it is well. A container that runs before needs none.
    #[serde(default)]
    pub health: Option<Health>,
    /// Variables of its environment.
    #[serde(default)]
    pub env: BTreeMap<String, Value>,
    /// Variables with secrets in them.
    #[serde(default)]
    pub exports: BTreeMap<String, Value>,
    /// Files that are mounted.
    #[serde(default)]
    pub files: BTreeMap<String, Value>,
    /// The paths that it writes to. A path that the workload has too is one place.
    #[serde(default)]
    pub writes: BTreeMap<String, Bytes>,
    /// Volumes of the workload that it mounts at the same path.
    #[serde(default)]
    pub mounts: BTreeSet<String>,
    /// What it takes.
    pub resources: Resources,
}

/// How a workload runs.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// As replicas that are all the same.
    #[default]
    Deployment,
    /// As replicas with names and volumes of their own.
    Stateful,
    /// Once, before what is installed after it.
    Job,
    /// When somebody asks for it: `kubectl create job --from=cronjob/NAME`.
    Task,
    /// As pods on several nodes that serve one model together, for models that say so.
    Group,
    /// Somebody else makes it: a chart, or an operator.
    #[serde(skip_deserializing)]
    External,
}

/// What a workload is repeated for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    /// Each model that is chosen for the component.
    Model,
}

/// What reads secrets from a file into the environment before a program starts: for programs that
/// read them from nowhere else.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Launcher {
    /// `/bin/sh`
    #[default]
    Sh,
    /// `python3`, for images without a shell.
    Python,
}

/// How many replicas there are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Replicas {
    /// In production.
    pub production: u32,
    /// In a demo.
    pub demo: u32,
    /// Under load, in production.
    pub max: Option<u32>,
}

/// Something that a workload offers to others.
#[derive(Clone, PartialEq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Offer {
    /// The name of the port.
    pub port: String,
    /// What comes after host and port in its address.
    #[serde(default)]
    pub path: String,
    /// Secrets of the component that those who call may read.
    #[serde(default)]
    pub shares: Vec<String>,
    /// Each who calls has a key of its own, made like this.
    #[serde(default)]
    pub key: Option<SecretSpec>,
    /// The secret of the component that all who call bear as their key, where it knows but one.
    #[serde(default)]
    pub same_key: Option<String>,
    /// What else there is to know of it.
    #[serde(default)]
    pub facts: BTreeMap<String, Value>,
}

/// How one can tell that a container is well.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Health {
    /// The name of the port that is asked.
    pub port: Option<String>,
    /// The path that answers as long as it lives. Without one, the port must be open.
    pub live: Option<String>,
    /// The path that answers when it can work.
    pub ready: Option<String>,
    /// A command that succeeds if it is well, instead of the paths.
    pub exec: Vec<String>,
    /// Headers of the request.
    pub headers: BTreeMap<String, String>,
    /// How many seconds it may take to start.
    pub startup: Option<u32>,
    /// How many seconds an answer may take.
    pub timeout: Option<u32>,
}

/// What a workload keeps.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct VolumeSpec {
    /// Where it is mounted.
    pub mount: String,
    /// How much there is of it.
    pub size: Bytes,
    /// Whether several workloads of the component mount it: the name by which they know it.
    #[serde(default)]
    pub shared: Option<String>,
    /// Whether it is only read here.
    #[serde(default)]
    pub read_only: bool,
}

/// What a container takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Resources {
    /// Processor time that is set aside.
    pub cpu: Cpu,
    /// The most that it may take; twice what is set aside unless given.
    pub cpu_limit: Option<Cpu>,
    /// Memory that is set aside.
    pub memory: Bytes,
    /// The most memory; what is set aside unless given.
    pub memory_limit: Option<Bytes>,
    /// Graphics processors of NVIDIA.
    pub gpu: u32,
    /// Cores of AWS Neuron.
    pub neuron: u32,
    /// Memory that its processes share, at `/dev/shm`. It counts as memory.
    pub shared_memory: Option<Bytes>,
}

/// How people reach a workload.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Expose {
    /// The name of the port.
    pub port: String,
    /// Who asks for a name and a password, or a key.
    pub login: Login,
    /// Whether programs call it too. They show a key, and could not follow a login before it.
    #[serde(default)]
    pub programs: bool,
}

/// Who asks those who come from outside who they are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Login {
    /// The program itself, for everything that it serves on the port.
    Native,
}

/// Where Prometheus finds metrics.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Metrics {
    /// The name of the port.
    pub port: String,
    /// The path.
    #[serde(default = "default_metrics_path")]
    pub path: String,
    /// The secret of the component that is sent as a bearer token.
    #[serde(default)]
    pub bearer: Option<String>,
}

/// What a workload asks of the API of the cluster.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ApiRule {
    /// The groups; the empty one is the core.
    pub groups: Vec<String>,
    /// The resources.
    pub resources: Vec<String>,
    /// What it does with them.
    pub verbs: Vec<String>,
    /// Whether it does so in all namespaces.
    #[serde(default)]
    pub cluster: bool,
}

/// Hardening that a workload cannot have.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Exemption {
    /// What it is left without.
    pub from: Hardening,
    /// Why.
    pub reason: String,
    /// What can go wrong.
    pub impact: String,
    /// What production should do.
    pub recommendation: String,
}

/// A part of the hardening that can be left off, with a reason.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Hardening {
    /// The root file system is read-only.
    ReadOnlyRoot,
    /// It has no token of the cluster.
    NoToken,
}

fn default_user() -> u32 {
    10001
}

fn yes() -> bool {
    true
}

fn default_metrics_path() -> String {
    "/metrics".to_owned()
}

impl Default for Replicas {
    fn default() -> Self {
        Self {
            production: 1,
            demo: 1,
            max: None,
        }
    }
}

impl Category {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 12] = [
        Self::AiGateway,
        Self::LlmModel,
        Self::EmbeddingModel,
        Self::Guardrail,
        Self::Observability,
        Self::GuiApp,
        Self::VectorDatabase,
        Self::WorkflowAutomation,
        Self::AiAgent,
        Self::McpServer,
        Self::NvidiaPlatform,
        Self::Store,
    ];

    /// The name in a component's file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AiGateway => "ai-gateway",
            Self::LlmModel => "llm-model",
            Self::EmbeddingModel => "embedding-model",
            Self::Guardrail => "guardrail",
            Self::Observability => "observability",
            Self::GuiApp => "gui-app",
            Self::VectorDatabase => "vector-database",
            Self::WorkflowAutomation => "workflow-automation",
            Self::AiAgent => "ai-agent",
            Self::McpServer => "mcp-server",
            Self::NvidiaPlatform => "nvidia-platform",
            Self::Store => "store",
        }
    }
}

impl Component {
    /// The namespace that it lives in, if it is no store.
    pub fn namespace(&self) -> &str {
        self.namespace.as_deref().unwrap_or(&self.component)
    }

    /// Whether it serves models that are chosen.
    pub fn serves_models(&self) -> bool {
        self.workloads.values().any(|it| it.per == Some(Per::Model))
    }

    /// Takes the pods of others for workloads, so that whoever asks who talks to whom finds them.
    pub(crate) fn take_in_pods(&mut self) {
        for (name, pod) in &self.pods {
            let workload = WorkloadSpec::external(pod);
            self.workloads.entry(name.clone()).or_insert(workload);
        }
    }

    /// The others that must be there first, if it serves these.
    pub(crate) fn required(&self, spread: bool) -> impl Iterator<Item = &str> {
        let workloads = self.workloads.values();
        let running = workloads.filter(move |it| it.kind != Kind::Group || spread);
        let of_workloads = running.flat_map(|it| &it.requires);
        self.requires.iter().chain(of_workloads).map(String::as_str)
    }

    /// Whether one of its images is built from sources, and found in a registry of one's own.
    pub fn is_built(&self) -> bool {
        let mut workloads = self.workloads.values();
        workloads.any(|it| it.image.starts_with("${registry}"))
    }

    /// The JSON Schema of the format, for editors. Ends with a newline.
    pub fn schema() -> String {
        crate::schema::<Self>()
    }
}

impl WorkloadSpec {
    /// Pods that somebody else makes.
    fn external(pod: &PodSpec) -> Self {
        Self {
            kind: Kind::External,
            per: pod.per,
            when: pod.when.clone(),
            image: String::new(),
            command: Vec::new(),
            args: Vec::new(),
            worker_args: Vec::new(),
            requires: Vec::new(),
            launcher: Launcher::default(),
            user: default_user(),
            group: None,
            replicas: pod.replicas,
            ports: pod.ports.clone(),
            offers: pod.offers.clone(),
            health: None,
            env: BTreeMap::new(),
            exports: BTreeMap::new(),
            files: BTreeMap::new(),
            writes: BTreeMap::new(),
            volumes: BTreeMap::new(),
            resources: pod.resources,
            needs: pod.needs.clone(),
            uses: pod.uses.clone(),
            egress: pod.egress.clone(),
            expose: None,
            metrics: pod.metrics.clone(),
            api: Vec::new(),
            init: BTreeMap::new(),
            sidecars: BTreeMap::new(),
            exempt: Vec::new(),
        }
    }
}

impl PodSecurity {
    /// The name of the standard.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Restricted => "restricted",
            Self::Baseline => "baseline",
            Self::Privileged => "privileged",
        }
    }
}
