//! What is asked for: the cloud under a platform, in words of the platform.

use std::fmt;

/// A cloud to build.
#[derive(Clone, Debug)]
pub struct Cloud {
    /// What everything is called after: lower-case letters, digits and hyphens, at most 24.
    pub name: Name,
    /// How much is built.
    pub profile: Profile,
    /// Where, such as `eu-central-1`.
    pub region: Name,
    /// Where copies go in production: backups, and what is in buckets.
    pub recovery_region: Name,
    /// The twelve digits of the account. Without it the name of the state's bucket is given to
    /// `terraform init`.
    pub account: Option<String>,
    /// The domain under which people reach the platform. Without it nothing is reachable from
    /// outside.
    pub domain: Option<Domain>,
    /// The network.
    pub network: Network,
    /// The cluster.
    pub cluster: Cluster,
    /// Where secrets are kept.
    pub secrets: SecretStore,
    /// Who asks people who they are.
    pub login: Login,
    /// IAM roles and users that administer the cluster, as ARNs.
    pub administrators: Vec<String>,
    /// Who hears of alarms: addresses of e-mail.
    pub alarms: Vec<String>,
    /// What a month may cost, in US dollars, before somebody is told.
    pub budget: u32,
    /// Who runs the detectors that an account has once: CloudTrail, GuardDuty, Config and so on.
    pub detectors: Detectors,
    /// Whether the load balancer is under Shield Advanced, to which the account must be subscribed.
    pub shield_advanced: bool,
    /// PostgreSQL databases.
    pub databases: Vec<Database>,
    /// Valkey caches.
    pub caches: Vec<Cache>,
    /// Buckets.
    pub buckets: Vec<Bucket>,
    /// Whether there are volumes that several pods mount.
    pub shared_files: bool,
    /// Secrets that are generated.
    pub generated: Vec<Secret>,
    /// Repositories for images.
    pub images: Vec<Name>,
    /// What pods may do in AWS.
    pub identities: Vec<Identity>,
    /// What people reach.
    pub sites: Vec<Site>,
    /// Accelerators for which there are nodes.
    pub accelerators: Vec<Accelerator>,
}

/// A name of lower-case letters, digits and hyphens that starts with a letter and does not end
/// with a hyphen.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Name(String);

/// A name that cannot be used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "`{0}` is no usable name: use lower-case letters, digits and single hyphens, a letter first, at most {MAX} characters",
    MAX = Name::MAX
)]
pub struct InvalidName(String);

impl Name {
    /// The longest name, so that what is called after it stays within the limits of AWS.
    pub const MAX: usize = 24;

    /// A name.
    ///
    /// # Errors
    ///
    /// If it cannot be part of the names of resources.
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidName> {
        let text = text.into();
        let allowed = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
        let good = text.len() <= Self::MAX
            && text.starts_with(|it: char| it.is_ascii_lowercase())
            && !text.ends_with('-')
            && !text.contains("--")
            && text.chars().all(allowed);
        if good {
            Ok(Self(text))
        } else {
            Err(InvalidName(text))
        }
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As a label of a Terraform block.
    pub(crate) fn label(&self) -> String {
        self.0.replace('-', "_")
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How much is built.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Profile {
    /// All of it; no check fails.
    Production,
    /// The cheap cut. Each shortcut is an exception in the register.
    Demo,
}

impl Profile {
    /// The name in `bastide.yaml`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Demo => "demo",
        }
    }
}

/// A domain, and where its zone comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Domain {
    /// Such as `ai.example.com`.
    pub name: String,
    /// Whether its public zone in Route 53 exists already.
    pub zone_exists: bool,
}

/// The network.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Network {
    /// One is built.
    New {
        /// Its addresses, a `/16`, `/17` or `/18`, such as `10.0.0.0/16`.
        cidr: String,
        /// Its availability zones by name, two to four. Local zones do not carry a control plane.
        zones: Vec<String>,
    },
    /// There is one.
    Existing {
        /// Its id.
        vpc: String,
        /// Subnets of nodes and pods, with a way out through NAT or endpoints.
        private: Vec<String>,
        /// Subnets of load balancers.
        public: Vec<String>,
        /// Subnets of the control plane's interfaces.
        control: Vec<String>,
        /// Subnets of databases.
        data: Vec<String>,
    },
}

/// The cluster.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Cluster {
    /// One is built.
    New {
        /// Who runs its nodes.
        mode: Mode,
        /// The version of Kubernetes, such as `1.34`.
        version: String,
        /// Addresses that may reach the API from the internet. Production needs none: its API is
        /// reached from the network alone.
        public_cidrs: Vec<String>,
    },
    /// There is one, and its nodes are somebody else's affair.
    Existing {
        /// Its name.
        name: String,
    },
}

/// Who runs the nodes of a cluster.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Mode {
    /// EKS Auto Mode.
    Auto,
    /// Node groups, and Karpenter.
    Standard,
}

impl Mode {
    /// The name in `bastide.yaml`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Standard => "standard",
        }
    }
}

/// Where secrets are kept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum SecretStore {
    /// AWS Secrets Manager, and parameters for what may never change.
    SecretsManager,
    /// HashiCorp Vault, which somebody runs. AWS holds no secret of the platform, but those of its
    /// databases.
    Vault,
}

/// Who asks people who they are, before anything answers them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Login {
    /// A pool of users in Cognito.
    Cognito,
    /// A provider of OpenID Connect. The secret of the client is a variable.
    Oidc {
        /// The issuer, and its endpoints for authorization, tokens and claims.
        issuer: String,
        /// Where people are sent.
        authorization: String,
        /// Where codes become tokens.
        token: String,
        /// Where claims are.
        user_info: String,
        /// The id of the client.
        client: String,
    },
}

/// Who runs the detectors that an account has once for a region.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Detectors {
    /// This stack.
    Here,
    /// The organisation: they are left out here.
    Organisation,
}

/// A PostgreSQL database on an instance of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Database {
    /// Whose it is.
    pub name: Name,
    /// How large it starts, in GiB.
    pub size: u32,
    /// The class of the instance, such as `db.t4g.medium`.
    pub class: String,
}

/// A Valkey cache.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cache {
    /// Whose it is.
    pub name: Name,
    /// The type of the nodes, such as `cache.t4g.small`.
    pub node: String,
}

/// A bucket.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bucket {
    /// Whose it is.
    pub name: Name,
}

/// A secret that is generated, and that nobody has to type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Secret {
    /// Whose it is.
    pub owner: Name,
    /// What it is, such as `master-key`.
    pub name: Name,
    /// How many characters it has.
    pub length: u32,
    /// Whether it may change. What encrypts data at rest may not.
    pub rotates: bool,
}

/// A service account, and what it may do in AWS.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Identity {
    /// Whose it is.
    pub name: Name,
    /// Its namespace.
    pub namespace: String,
    /// Its service account.
    pub service_account: String,
    /// What it may do.
    pub may: Vec<Permission>,
}

/// Something that a pod may do in AWS.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Permission {
    /// Ask models of Bedrock, by id; those whose ids start so with a `*` at the end.
    InvokeModels(Vec<String>),
    /// Read and write a bucket of the platform.
    Bucket(Name),
    /// Read the secrets that belong to an owner.
    Secrets(Name),
}

/// What people reach: a host of the domain, and the service behind it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Site {
    /// The part of the host before the domain.
    pub name: Name,
    /// The namespace of the service.
    pub namespace: String,
    /// The service.
    pub service: String,
    /// Its port.
    pub port: u16,
    /// A path that answers 200 when all is well.
    pub health: String,
    /// Whether it speaks to programs, which show a key of its own and cannot follow a login.
    pub machine: bool,
}

/// An accelerator.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Accelerator {
    /// NVIDIA GPUs.
    Gpu,
    /// AWS Neuron.
    Neuron,
}

impl Cloud {
    pub(crate) fn production(&self) -> bool {
        self.profile == Profile::Production
    }

    pub(crate) fn mode(&self) -> Option<Mode> {
        match self.cluster {
            Cluster::New { mode, .. } => Some(mode),
            Cluster::Existing { .. } => None,
        }
    }

    /// Whether this stack runs the detectors of the account.
    pub(crate) fn detects(&self) -> bool {
        self.production() && self.detectors == Detectors::Here
    }

    /// The secrets that are kept in AWS.
    pub(crate) fn kept_secrets(&self) -> &[Secret] {
        match self.secrets {
            SecretStore::SecretsManager => &self.generated,
            SecretStore::Vault => &[],
        }
    }

    /// Whether anything is reachable from outside.
    pub(crate) fn has_edge(&self) -> bool {
        self.domain.is_some() && !self.sites.is_empty()
    }
}
