//! `bastide.yaml`: what somebody asks for.

use std::net::Ipv4Addr;
use std::str::FromStr;

use bastide_source::{Diagnostic, FileId, Source, Span};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::InvalidFile;
use crate::aws::{self, Aws, Oidc};

/// A platform as it is asked for, in `bastide.yaml`.
///
/// ```
/// use bastide_platform::{Profile, Settings, Target};
///
/// let text = "name: demo\ntarget: kubernetes\ncomponents: [openwebui]\n";
/// let settings = Settings::parse(text, "bastide.yaml").expect("it is valid");
/// assert_eq!(settings.target, Target::Kubernetes);
/// assert_eq!(settings.profile, Profile::Production);
/// ```
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// The name of the platform: what it makes in a cloud is called by it. Lower-case letters,
    /// digits and hyphens.
    #[schemars(regex(pattern = "^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$"))]
    pub name: String,
    /// How much it has to stand.
    #[serde(default)]
    pub profile: Profile,
    /// Where it runs.
    pub target: Target,
    /// The AWS region, as `us-west-2`. Needed for `eks`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The domain under which what is exposed gets its names: `openwebui.<domain>`. Without one,
    /// nothing is exposed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// The components, by name, or `all` of them. What they need comes with them.
    pub components: Components,
    /// The models, as `engine/name` or, if one engine serves it, as `name`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub models: Vec<String>,
    /// Where images that are built from sources of this project, or your own, are found:
    /// `registry.example.com/genai`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registry: Option<String>,
    /// The account and what it has once. For `eks`.
    #[serde(default, skip_serializing_if = "Aws::is_default")]
    pub aws: Aws,
    /// The cluster. For `eks`.
    #[serde(default, skip_serializing_if = "Cluster::is_default")]
    pub cluster: Cluster,
    /// The network.
    #[serde(default, skip_serializing_if = "Network::is_default")]
    pub network: Network,
    /// Where secrets are kept. Unless given, `aws` for `eks` and `cluster` for `kubernetes`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secrets: Option<SecretStore>,
    /// The Vault, if secrets are kept in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vault: Option<Vault>,
    /// The storage classes.
    #[serde(default, skip_serializing_if = "Storage::is_default")]
    pub storage: Storage,
    /// How requests come in from outside.
    #[serde(default, skip_serializing_if = "Ingress::is_default")]
    pub ingress: Ingress,
    /// Who answers for the exceptions that the renderer writes into the register, and for how long
    /// they hold.
    #[serde(default, skip_serializing_if = "Accept::is_default")]
    pub accept: Accept,
}

/// How much a platform has to stand.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// Replicas, budgets for disruptions, no shortcut.
    #[default]
    Production,
    /// Cheap and quick to try: single replicas, small requests. Each shortcut is an exception in the register.
    Demo,
}

/// Where a platform runs.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// Amazon EKS, raised with Terraform.
    Eks,
    /// Any conformant cluster that is there already.
    Kubernetes,
}

/// Which components.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Components {
    /// Every one of the catalog.
    All(All),
    /// These.
    Named(Vec<String>),
}

/// The word `all`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum All {
    /// `all`
    All,
}

/// The cluster of a platform on EKS.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Cluster {
    /// Who manages the nodes.
    pub mode: ClusterMode,
    /// The name of a cluster that is there already and is only added to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub existing: Option<String>,
    /// From where the API server can be reached. Unless given, `private`; in a demo `public`, from
    /// addresses that Terraform asks for unless `allow` names them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<Endpoint>,
    /// The address blocks from which a public endpoint can be reached.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allow: Vec<String>,
}

/// Who manages the nodes of a cluster on EKS.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum ClusterMode {
    /// EKS Auto Mode.
    #[default]
    Auto,
    /// Managed node groups and Karpenter.
    Standard,
}

/// From where the API server of a cluster can be reached.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Endpoint {
    /// From the network of the cluster alone.
    Private,
    /// From the address blocks of `allow` too.
    Public,
}

/// The network of a platform.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Network {
    /// The address block of the network: a /16 to a /18 of the one that is made on EKS, else that
    /// of the one that is there.
    pub cidr: Cidr,
    /// The address block of Services: its first address is the API server's, its tenth the resolver's.
    pub services: Cidr,
    /// The availability zones, as `us-west-2a`; three of the region unless given.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub zones: Vec<String>,
    /// A network that is there already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub existing: Option<ExistingNetwork>,
}

/// A network that is there already.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExistingNetwork {
    /// The id of the VPC.
    pub vpc: String,
    /// The ids of the private subnets, in two zones at least: of nodes and pods.
    pub subnets: Vec<String>,
    /// The ids of the subnets of load balancers. Needed with a domain.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub public: Vec<String>,
    /// The ids of the subnets of the control plane's interfaces. Unless given, the private ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub control: Vec<String>,
    /// The ids of the subnets of databases and file systems. Unless given, the private ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub data: Vec<String>,
}

/// Where secrets are kept. The External Secrets Operator brings them to where they are read.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum SecretStore {
    /// AWS Secrets Manager.
    Aws,
    /// HashiCorp Vault or OpenBao.
    Vault,
    /// A namespace of the cluster, which nothing but the operator may read.
    Cluster,
}

/// A Vault that secrets are kept in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Vault {
    /// Its address, as `https://vault.example.com`.
    pub server: String,
    /// The path of a key-value engine of version 2.
    #[serde(default = "Vault::default_path")]
    pub path: String,
    /// The role of the Kubernetes authentication that the operator takes.
    pub role: String,
}

/// The storage classes of a platform.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Storage {
    /// The class of volumes that one node mounts. Unless given, `gp3` on EKS, else the default
    /// class of the cluster.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// The class of volumes that many nodes mount. Unless given, `efs` on EKS; without one, weights
    /// of models lie on volumes of one node.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shared: Option<String>,
    /// Where PostgreSQL databases are. Unless given, at AWS in production on EKS if secrets are kept
    /// there, else in the cluster.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub databases: Option<DatabaseStore>,
}

/// Where PostgreSQL databases are.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum DatabaseStore {
    /// In the cluster.
    Cluster,
    /// At AWS: RDS, in several zones. For `eks` with `secrets: aws`.
    Aws,
}

/// How requests come in from outside.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Ingress {
    /// The class of Ingress. Unless given, `nginx` on Kubernetes; on EKS no Ingress is made then,
    /// but a load balancer with the cloud under the platform.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// The namespace that the controller runs in, if its pods forward the requests. Unless given,
    /// `ingress-nginx` on Kubernetes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// The address blocks that a load balancer outside of the cluster forwards requests from. Unless
    /// given, on EKS, the block of the public subnets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<Cidr>,
    /// Whether the load balancer can be reached from the Internet. For `eks`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub public: bool,
    /// The address blocks of those who may reach the load balancer. Unless given, the network itself
    /// if it is not public, else a variable that Terraform asks for. For `eks`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub clients: Vec<Cidr>,
    /// Where people sign in before anything answers them. Unless given, in a pool of users that is
    /// made in Cognito. For `eks`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub login: Option<Oidc>,
    /// The issuer of certificates, a ClusterIssuer of cert-manager. Without one, on Kubernetes,
    /// each name has its certificate in a Secret `<component>-tls` that somebody puts there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
}

/// Who answers for the exceptions that the renderer writes, and for how long they hold.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Accept {
    /// Who answers for them. Unless given, `platform-team`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// The last day on which they hold, as `2027-03-31`. Unless given, 90 days from the day of
    /// rendering.
    #[schemars(extend("format" = "date"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// A block of IPv4 addresses, as `10.0.0.0/16`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Cidr {
    /// The first address.
    pub address: Ipv4Addr,
    /// How many bits all addresses share.
    pub prefix: u8,
}

impl Settings {
    /// What the file is called.
    pub const FILE_NAME: &str = "bastide.yaml";

    /// Reads a file. `path` is what messages call it.
    ///
    /// # Errors
    ///
    /// What is wrong with it, with the place and the way out.
    pub fn parse(text: &str, path: &str) -> Result<Self, InvalidFile> {
        let source = Source::new(FileId(0), path, text.to_owned());
        let settings: Self = match bastide_yaml::typed(&source) {
            Ok(settings) => settings,
            Err(mistakes) => return Err(InvalidFile::new(source, mistakes)),
        };
        let mistakes = settings.mistakes(&source);
        match mistakes.is_empty() {
            true => Ok(settings),
            false => Err(InvalidFile::new(source, mistakes)),
        }
    }

    /// The JSON Schema of the format, for editors. Ends with a newline.
    pub fn schema() -> String {
        crate::schema::<Self>()
    }

    /// From where the API server of a cluster on EKS can be reached.
    pub fn endpoint(&self) -> Endpoint {
        self.cluster.endpoint.unwrap_or(match self.profile {
            Profile::Production => Endpoint::Private,
            Profile::Demo => Endpoint::Public,
        })
    }

    /// Where secrets are kept.
    pub fn secret_store(&self) -> SecretStore {
        self.secrets.unwrap_or(match self.target {
            Target::Eks => SecretStore::Aws,
            Target::Kubernetes => SecretStore::Cluster,
        })
    }

    /// Where PostgreSQL databases are.
    pub fn databases(&self) -> DatabaseStore {
        let here = self.profile == Profile::Production && self.secret_store() == SecretStore::Aws;
        self.storage.databases.unwrap_or(match here {
            true => DatabaseStore::Aws,
            false => DatabaseStore::Cluster,
        })
    }

    /// What cannot be, though each key for itself can.
    fn mistakes(&self, source: &Source) -> Vec<Diagnostic> {
        let mut mistakes = Vec::new();
        let mut say = |path: &str, message: String, help: &str| {
            let span: Span = bastide_yaml::place(source, path);
            mistakes.push(Diagnostic::error(span, message).help(help));
        };
        let first = |char: char| char.is_ascii_lowercase();
        let rest = |char: char| first(char) || char.is_ascii_digit() || char == '-';
        let name = &self.name;
        if !name.starts_with(first)
            || !name.chars().all(rest)
            || name.ends_with('-')
            || name.len() > 32
        {
            say(
                "name",
                format!("`{name}` cannot be the name of a platform"),
                "use lower-case letters, digits and hyphens, at most 32, a letter first",
            );
        }
        match self.target {
            Target::Eks => aws::mistakes(self, &mut say),
            Target::Kubernetes => aws::elsewhere(self, &mut say),
        }
        let cluster = &self.cluster;
        if cluster.endpoint == Some(Endpoint::Public) && cluster.allow.is_empty() {
            say(
                "cluster.endpoint",
                "a public endpoint would be open to everybody".to_owned(),
                "add `allow:` with the address blocks that may reach it",
            );
        }
        if self.endpoint() == Endpoint::Private && !cluster.allow.is_empty() {
            say(
                "cluster.allow",
                "`allow` is about a public endpoint, but the endpoint is private".to_owned(),
                "remove it, or write `endpoint: public`",
            );
        }
        for (index, block) in cluster.allow.iter().enumerate() {
            match block.parse::<Cidr>() {
                Ok(block) if block == Cidr::ALL => say(
                    &format!("cluster.allow.{index}"),
                    format!("`{block}` is everybody"),
                    "name the blocks of those who administer the cluster",
                ),
                Ok(_) => {}
                Err(mistake) => say(&format!("cluster.allow.{index}"), mistake, CIDR_HELP),
            }
        }
        if self.network.cidr.overlaps(self.network.services) {
            say(
                "network.services",
                format!(
                    "`{}` lies in the network of the nodes",
                    self.network.services
                ),
                "choose a block that nothing else uses, such as `172.20.0.0/16`",
            );
        }
        if self.databases() == DatabaseStore::Aws
            && (self.target != Target::Eks || self.secret_store() != SecretStore::Aws)
        {
            say(
                "storage.databases",
                "databases at AWS need EKS, and their passwords there too".to_owned(),
                "write `databases: cluster`, or `target: eks` with `secrets: aws`",
            );
        }
        match (self.secret_store(), &self.vault) {
            (SecretStore::Vault, None) => say(
                "secrets",
                "secrets are kept in a Vault, but nothing says in which".to_owned(),
                "add `vault:` with `server` and `role`",
            ),
            (SecretStore::Aws | SecretStore::Cluster, Some(_)) => say(
                "vault",
                "secrets are not kept in this Vault".to_owned(),
                "write `secrets: vault`, or remove it",
            ),
            _ => {}
        }
        if self.domain.as_ref().is_some_and(|it| {
            it.contains('*') || !it.contains('.') || it.contains('/') || it.contains(':')
        }) {
            say(
                "domain",
                "this is not the name of a domain".to_owned(),
                "write it as `example.com`, without a scheme and without `*`",
            );
        }
        mistakes
    }
}

const CIDR_HELP: &str = "write a block such as `203.0.113.0/24`";

impl Profile {
    /// The name in `bastide.yaml`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Demo => "demo",
        }
    }
}

impl Target {
    /// The name in `bastide.yaml`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Eks => "eks",
            Self::Kubernetes => "kubernetes",
        }
    }
}

impl<'de> Deserialize<'de> for Components {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Components;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a list of names, or `all`")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Components, E> {
                match text {
                    "all" => Ok(Components::All(All::All)),
                    _ => Err(E::invalid_value(serde::de::Unexpected::Str(text), &self)),
                }
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(
                self,
                mut items: A,
            ) -> Result<Components, A::Error> {
                let mut names = Vec::new();
                while let Some(name) = items.next_element()? {
                    names.push(name);
                }
                Ok(Components::Named(names))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl Cluster {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Default for Network {
    fn default() -> Self {
        let block = |a, b| Cidr {
            address: Ipv4Addr::new(a, b, 0, 0),
            prefix: 16,
        };
        Self {
            cidr: block(10, 0),
            services: block(172, 20),
            zones: Vec::new(),
            existing: None,
        }
    }
}

impl Network {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// The block of the public subnets, where load balancers and gateways for address translation
    /// are: the second quarter of the network, of that the first sixteenth. Of `10.0.0.0/16` it is
    /// `10.0.64.0/22`.
    pub fn public(&self) -> Cidr {
        let offset = 1u32 << (32 - self.cidr.prefix - 2);
        Cidr {
            address: Ipv4Addr::from(u32::from(self.cidr.address).saturating_add(offset)),
            prefix: self.cidr.prefix + 6,
        }
    }

    /// The block of the subnets of databases in the network that is made: of `10.0.0.0/16` it is
    /// `10.0.72.0/22`. Of a network that is there, all of it.
    pub fn data(&self) -> Cidr {
        if self.existing.is_some() {
            return self.cidr;
        }
        let offset = (1u32 << (32 - self.cidr.prefix - 5)) * 9;
        Cidr {
            address: Ipv4Addr::from(u32::from(self.cidr.address).saturating_add(offset)),
            prefix: self.cidr.prefix + 6,
        }
    }

    /// The address of the API server: the first of those of Services.
    pub fn api_server(&self) -> Ipv4Addr {
        self.service(1)
    }

    /// The address of the resolver on EKS: the tenth of those of Services.
    pub fn resolver(&self) -> Ipv4Addr {
        self.service(10)
    }

    fn service(&self, number: u32) -> Ipv4Addr {
        Ipv4Addr::from(u32::from(self.services.address).saturating_add(number))
    }
}

impl Vault {
    fn default_path() -> String {
        "secret".to_owned()
    }
}

impl Storage {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Ingress {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Accept {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Cidr {
    /// Every address.
    pub const ALL: Self = Self {
        address: Ipv4Addr::UNSPECIFIED,
        prefix: 0,
    };

    /// A block of one address.
    pub const fn single(address: Ipv4Addr) -> Self {
        Self {
            address,
            prefix: 32,
        }
    }

    /// Whether an address lies in it.
    pub fn contains(self, address: Ipv4Addr) -> bool {
        self.masked(address) == self.masked(self.address)
    }

    /// Whether some address lies in both.
    pub fn overlaps(self, other: Self) -> bool {
        match self.prefix <= other.prefix {
            true => self.contains(other.address),
            false => other.contains(self.address),
        }
    }

    fn masked(self, address: Ipv4Addr) -> u32 {
        let mask = u32::MAX
            .checked_shl(32 - u32::from(self.prefix))
            .unwrap_or(0);
        u32::from(address) & mask
    }
}

impl std::fmt::Display for Cidr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

impl FromStr for Cidr {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let no_block = || format!("`{text}` is not a block of IPv4 addresses");
        let (address, prefix) = text.split_once('/').ok_or_else(no_block)?;
        let block = Self {
            address: address.parse().map_err(|_| no_block())?,
            prefix: prefix.parse().map_err(|_| no_block())?,
        };
        if block.prefix > 32 {
            return Err(no_block());
        }
        match block.masked(block.address) == u32::from(block.address) {
            true => Ok(block),
            false => Err(format!("`{text}` does not start where its block starts")),
        }
    }
}

impl Serialize for Cidr {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cidr {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let block: Result<Self, String> = text.parse();
        block.map_err(|it| serde::de::Error::custom(format!("{it} -- {CIDR_HELP}")))
    }
}

impl JsonSchema for Cidr {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Cidr".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A block of IPv4 addresses, as 10.0.0.0/16",
            "pattern": r"^\d+\.\d+\.\d+\.\d+/\d+$",
            "type": "string"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistakes(text: &str) -> String {
        match Settings::parse(text, Settings::FILE_NAME) {
            Ok(_) => String::new(),
            Err(invalid) => invalid.to_string(),
        }
    }

    #[test]
    fn what_cannot_be() {
        let texts = [
            "name: demo\ntarget: eks\ncomponents: all\n",
            "name: demo\ntarget: eks\nregoin: us-west-2\ncomponents: all\n",
            "name: Demo\ntarget: kubernetes\ncomponents: all\n",
            "name: demo\ntarget: kubernetes\ncomponents: everything\n",
            "name: demo\ntarget: kubernets\ncomponents: all\n",
            "name: demo\ntarget: kubernetes\ncomponents: []\nsecrets: aws\ncluster: {mode: standard}\n",
            "name: demo\ntarget: eks\nregion: us-west-2\ncomponents: all\ncluster:\n  endpoint: public\n",
            "name: demo\ntarget: eks\nregion: us-west-2\ncomponents: all\ncluster:\n  endpoint: public\n  allow: [0.0.0.0/0]\n",
            "name: demo\ntarget: eks\nregion: us-west-2\ncomponents: all\nnetwork: {cidr: 10.0.0.1/16}\n",
            "name: demo\ntarget: kubernetes\ncomponents: all\ndomain: '*.example.com'\n",
            "name: demo\ntarget: kubernetes\ncomponents: all\nsecrets: vault\n",
            "name: a-rather-long-name\ntarget: eks\nregion: us-west\ncomponents: all\n",
            "name: demo\ntarget: eks\nregion: us-west-2\ncomponents: all\naws:\n  account: '1234'\n  recovery-region: us-west-2\n  \
             administrators: [platform]\n  alarms: [nobody]\n  budget: 0\n  shield-advanced: true\n",
            "name: demo\ntarget: eks\nregion: us-west-2\ncomponents: all\nnetwork: {cidr: 10.0.0.0/20, zones: [us-west-2a, us-east-1a, us-west-2a]}\n",
            "name: demo\ntarget: eks\nregion: us-west-2\ncomponents: all\ndomain: example.com\ncluster: {existing: shared}\n",
            "name: demo\ntarget: eks\nregion: us-west-2\ncomponents: all\ndomain: example.com\nnetwork:\n  existing:\n    vpc: main\n    \
             subnets: [subnet-1]\n",
            "name: demo\ntarget: eks\nregion: us-west-2\ncomponents: all\ndomain: example.com\ningress:\n  login: {issuer: 'http://a', \
             authorization: 'https://a', token: 'https://a', user-info: 'https://a', client: a}\n",
            "name: demo\ntarget: kubernetes\ncomponents: all\naws: {account: '111122223333'}\ningress: {clients: [10.0.0.0/8]}\n",
        ];
        insta::assert_snapshot!(texts.map(mistakes).join("\n"));
    }

    #[test]
    fn blocks_of_addresses() {
        let network = Network::default();
        assert_eq!(network.public().to_string(), "10.0.64.0/22");
        assert_eq!(network.data().to_string(), "10.0.72.0/22");
        assert_eq!(network.resolver().to_string(), "172.20.0.10");
        let block: Cidr = "10.0.64.0/22".parse().unwrap();
        assert!(block.contains(Ipv4Addr::new(10, 0, 67, 255)));
        assert!(!block.contains(Ipv4Addr::new(10, 0, 68, 0)));
        assert!(Cidr::ALL.overlaps(block) && block.overlaps(Cidr::ALL));
    }

    #[test]
    fn the_schema() {
        insta::assert_snapshot!(Settings::schema());
    }
}
