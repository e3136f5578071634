//! What is asked for: the cloud under a platform, in words of the platform.

use std::fmt;

/// A cloud to build.
#[derive(Clone, Debug)]
pub struct Cloud {
    /// What everything is called after: lower-case letters, digits and hyphens, at most 16.
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
    /// Who reaches the load balancer.
    pub edge: Edge,
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
    /// Secrets.
    pub held: Vec<Secret>,
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
    pub const MAX: usize = 40;

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

    /// What stands where a mistake has been said already.
    pub(crate) fn placeholder() -> Self {
        Self("a".to_owned())
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

/// Who reaches the load balancer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Edge {
    /// Whether it has addresses of the internet.
    pub public: bool,
    /// Addresses of clients. If there are none, Terraform asks for them.
    pub clients: Vec<String>,
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
        /// Addresses of services, apart from those of the network.
        services: String,
        /// Addresses that may reach the API from the internet, if any may; if they are not known,
        /// Terraform asks for them. Without, the API is reached from the network alone.
        public: Option<Vec<String>>,
    },
    /// There is one, and its nodes are somebody else's affair.
    Existing {
        /// Its name.
        name: String,
        /// Who runs its nodes.
        mode: Mode,
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
    /// HashiCorp Vault, which somebody runs. AWS holds no secret of the platform.
    Vault,
    /// A namespace of the cluster. AWS holds no secret of the platform.
    Cluster,
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

/// A PostgreSQL database on an instance of its own. Its password is the secret `password` of the owner
/// that is called like it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Database {
    /// Its name, such as `litellm-postgres`.
    pub name: Name,
    /// What it is called for those who sign in.
    pub database: String,
    /// Who signs in.
    pub user: String,
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
    /// What it is called, which all the world may call one bucket only.
    pub bucket: String,
}

/// A secret.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Secret {
    /// Whose it is.
    pub owner: Name,
    /// What it is, such as `master-key`.
    pub name: Name,
    /// How many characters it has.
    pub length: u32,
    /// Whether it may change. What encrypts data at rest may not, nor what two programs know.
    pub rotates: bool,
    /// How it comes about.
    pub made: Made,
}

/// How a secret comes about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Made {
    /// As letters and digits, with something before them.
    Generated {
        /// What comes before them.
        prefix: String,
    },
    /// As 64 hexadecimal digits.
    Hexadecimal,
    /// Somebody puts it there.
    Given,
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
    /// Actions, such as `bedrock:InvokeModel`.
    Actions {
        /// Which.
        actions: Vec<String>,
        /// On which resources, as ARNs that start with `arn:aws:`, whatever the partition.
        resources: Vec<String>,
    },
    /// Read and write a bucket of the platform.
    Bucket(Name),
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
    /// A path that answers 200 when all is well. Without one, any answer will do.
    pub health: Option<String>,
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

    /// Whose controllers there are in the cluster, whoever made it.
    pub(crate) fn controllers(&self) -> Mode {
        match self.cluster {
            Cluster::New { mode, .. } | Cluster::Existing { mode, .. } => mode,
        }
    }

    /// Whether this stack runs the detectors of the account.
    pub(crate) fn detects(&self) -> bool {
        self.production() && self.detectors == Detectors::Here
    }

    /// The secrets that are kept in AWS.
    pub(crate) fn kept_secrets(&self) -> &[Secret] {
        match self.secrets {
            SecretStore::SecretsManager => &self.held,
            SecretStore::Vault | SecretStore::Cluster => &[],
        }
    }

    /// Whether anything is reachable from outside.
    pub(crate) fn has_edge(&self) -> bool {
        self.domain.is_some() && !self.sites.is_empty()
    }
}
