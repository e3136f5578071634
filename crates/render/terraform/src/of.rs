//! What a platform needs of AWS.

use bastide_platform::{
    Cidr, ClusterMode, Detectors as Detection, Endpoint, HostedZone, Platform, Profile as Stands,
    SecretStore as Kept, Settings, Unresolved, Workload,
};

use crate::cloud::{
    Accelerator, Bucket, Cloud, Cluster, Database, Detectors, Domain, Edge, Identity, Login, Made,
    Mode, Name, Network, Permission, Profile, Secret, SecretStore, Site,
};

/// The class of the instances of databases, until somebody needs a larger one.
const DATABASE: &str = "db.t4g.medium";

/// The version of Kubernetes that the pinned add-ons belong to.
const KUBERNETES: &str = "1.34";

/// The longest part of a host before the domain: with the longest name of a platform, its target group
/// has the 32 characters that AWS allows.
const SITE: usize = 15;

/// The longest name that S3 allows.
const BUCKET: usize = 63;

/// Folders of a rendering that are no namespace.
const FOLDERS: [&str; 2] = ["functions", "terraform"];

impl Cloud {
    /// The cloud under a platform on EKS.
    ///
    /// # Errors
    ///
    /// What AWS has no room for: names that are too long.
    pub fn of(platform: &Platform) -> Result<Self, Unresolved> {
        let settings = &platform.settings;
        let mut wrong = Unresolved::default();
        for namespace in &platform.namespaces {
            if FOLDERS.contains(&namespace.name.as_str()) {
                let message = format!(
                    "the namespace `{}` would lie with Terraform",
                    namespace.name
                );
                wrong.say(
                    "components",
                    message,
                    "give the component another namespace",
                );
            }
        }
        let mut name = |path: &str, text: &str| named(&mut wrong, path, text);
        let cloud = Self {
            name: name("name", &settings.name),
            profile: match settings.profile {
                Stands::Production => Profile::Production,
                Stands::Demo => Profile::Demo,
            },
            region: name("region", settings.region.as_deref().unwrap_or_default()),
            recovery_region: name(
                "aws.recovery-region",
                settings.recovery_region().unwrap_or_default(),
            ),
            account: settings.aws.account.clone(),
            domain: settings.domain.as_ref().map(|name| Domain {
                name: name.clone(),
                zone_exists: settings.aws.hosted_zone == HostedZone::Existing,
            }),
            edge: edge(settings),
            network: network(settings),
            cluster: cluster(settings),
            secrets: match settings.secret_store() {
                Kept::Aws => SecretStore::SecretsManager,
                Kept::Vault => SecretStore::Vault,
                Kept::Cluster => SecretStore::Cluster,
            },
            login: login(settings),
            administrators: settings.aws.administrators.clone(),
            alarms: settings.aws.alarms.clone(),
            budget: settings.aws.budget.unwrap_or(match settings.profile {
                Stands::Production => 5000,
                Stands::Demo => 500,
            }),
            detectors: match settings.aws.detectors {
                Detection::Here => Detectors::Here,
                Detection::Organisation => Detectors::Organisation,
            },
            shield_advanced: settings.aws.shield_advanced,
            databases: databases(platform, &mut name),
            caches: Vec::new(),
            buckets: buckets(platform, &mut name),
            shared_files: settings.storage.shared.is_none() && shares_files(platform),
            held: secrets(platform, &mut name),
            images: images(platform, &mut name),
            identities: identities(platform, &mut name),
            sites: sites(platform, &mut name),
            accelerators: accelerators(platform),
        };
        too_long(&cloud, &mut wrong);
        match wrong.settings.is_empty() {
            true => Ok(cloud),
            false => Err(wrong),
        }
    }
}

/// A name, or the mistake that it is none.
fn named(wrong: &mut Unresolved, path: &str, text: &str) -> Name {
    Name::new(text).unwrap_or_else(|invalid| {
        wrong.say(path, invalid.to_string(), "use another name");
        Name::placeholder()
    })
}

fn too_long(cloud: &Cloud, wrong: &mut Unresolved) {
    for site in &cloud.sites {
        if site.name.as_str().len() > SITE {
            let message = format!("`{}` is too long for a host on AWS", site.name);
            let help = format!("name the component with at most {SITE} characters");
            wrong.say("components", message, help);
        }
    }
    for bucket in &cloud.buckets {
        if bucket.bucket.len() > BUCKET {
            let message = format!(
                "the bucket `{}` has more than {BUCKET} characters",
                bucket.bucket
            );
            wrong.say("name", message, "use a shorter name");
        }
    }
}

fn edge(settings: &Settings) -> Edge {
    let ingress = &settings.ingress;
    let clients = match (&ingress.clients[..], ingress.public) {
        ([], false) => std::slice::from_ref(&settings.network.cidr),
        (clients, _) => clients,
    };
    Edge {
        public: ingress.public,
        clients: clients.iter().map(Cidr::to_string).collect(),
    }
}

fn network(settings: &Settings) -> Network {
    let Some(existing) = &settings.network.existing else {
        return Network::New {
            cidr: settings.network.cidr.to_string(),
            zones: settings.zones(),
        };
    };
    let or_private = |ids: &Vec<String>| match ids.is_empty() {
        true => existing.subnets.clone(),
        false => ids.clone(),
    };
    Network::Existing {
        vpc: existing.vpc.clone(),
        private: existing.subnets.clone(),
        public: existing.public.clone(),
        control: or_private(&existing.control),
        data: or_private(&existing.data),
    }
}

fn cluster(settings: &Settings) -> Cluster {
    let asked = &settings.cluster;
    let mode = match asked.mode {
        ClusterMode::Auto => Mode::Auto,
        ClusterMode::Standard => Mode::Standard,
    };
    match &asked.existing {
        Some(name) => Cluster::Existing {
            name: name.clone(),
            mode,
        },
        None => Cluster::New {
            mode,
            version: KUBERNETES.to_owned(),
            services: settings.network.services.to_string(),
            public: match settings.endpoint() {
                Endpoint::Private => None,
                Endpoint::Public => Some(asked.allow.clone()),
            },
        },
    }
}

fn login(settings: &Settings) -> Login {
    match settings.ingress.login.clone() {
        None => Login::Cognito,
        Some(login) => Login::Oidc {
            issuer: login.issuer,
            authorization: login.authorization,
            token: login.token,
            user_info: login.user_info,
            client: login.client,
        },
    }
}

fn buckets(platform: &Platform, name: &mut impl FnMut(&str, &str) -> Name) -> Vec<Bucket> {
    let bucket = |it: &bastide_platform::Bucket| Bucket {
        name: name("components", &it.component),
        bucket: it.name.clone(),
    };
    platform.buckets.iter().map(bucket).collect()
}

fn databases(platform: &Platform, name: &mut impl FnMut(&str, &str) -> Name) -> Vec<Database> {
    let database = |it: &bastide_platform::Database| Database {
        name: name("components", &it.name),
        database: it.database.clone(),
        user: it.user.clone(),
        size: u32::try_from(it.size.0 >> 30).unwrap_or(u32::MAX),
        class: DATABASE.to_owned(),
    };
    platform.databases.iter().map(database).collect()
}

fn shares_files(platform: &Platform) -> bool {
    let mut volumes = platform.workloads.iter().flat_map(|it| &it.volumes);
    volumes.any(|it| it.claim.is_some())
}

fn secrets(platform: &Platform, name: &mut impl FnMut(&str, &str) -> Name) -> Vec<Secret> {
    let secret = |it: &bastide_platform::Secret| Secret {
        owner: name("components", &it.id.owner),
        name: name("components", &it.id.name),
        length: it.spec.generate.unwrap_or(64).into(),
        rotates: it.spec.rotate,
        made: match (&it.spec.given, it.spec.hex) {
            (Some(_), _) => Made::Given,
            (None, true) => Made::Hexadecimal,
            (None, false) => Made::Generated {
                prefix: it.spec.prefix.clone(),
            },
        },
    };
    platform.secrets.iter().map(secret).collect()
}

/// The images that are kept in the account's own registry.
fn images(platform: &Platform, name: &mut impl FnMut(&str, &str) -> Name) -> Vec<Name> {
    let Some(registry) = platform.settings.own_registry() else {
        return Vec::new();
    };
    let mut images = Vec::new();
    for image in platform.images() {
        let path = image.strip_prefix(registry.as_str());
        if let Some(path) = path.and_then(|it| it.strip_prefix('/')) {
            let image = path.split([':', '@']).next().unwrap_or(path);
            images.push(name("registry", image));
        }
    }
    images.dedup();
    images
}

fn identities(platform: &Platform, name: &mut impl FnMut(&str, &str) -> Name) -> Vec<Identity> {
    let mut identities: Vec<Identity> = Vec::new();
    for identity in &platform.identities {
        let id = &identity.workload;
        let of_bucket = platform.buckets.iter().find(|bucket| {
            let arn = format!("arn:aws:s3:::{}", bucket.name);
            let own = |it: &String| *it == arn || it.strip_prefix(&arn) == Some("/*");
            identity.resources.iter().all(own)
        });
        let permission = match of_bucket {
            Some(bucket) => Permission::Bucket(name("components", &bucket.component)),
            None => Permission::Actions {
                actions: identity.actions.clone(),
                resources: identity.resources.clone(),
            },
        };
        let same =
            |it: &&mut Identity| it.namespace == id.namespace && it.service_account == id.name;
        match identities.iter_mut().find(same) {
            // What a bucket takes is one permission here.
            Some(known) if known.may.contains(&permission) => {}
            Some(known) => known.may.push(permission),
            None => identities.push(Identity {
                name: match id.namespace == id.name {
                    true => name("components", &id.name),
                    false => name("components", &format!("{}-{}", id.namespace, id.name)),
                },
                namespace: id.namespace.clone(),
                service_account: id.name.clone(),
                may: vec![permission],
            }),
        }
    }
    identities
}

fn sites(platform: &Platform, name: &mut impl FnMut(&str, &str) -> Name) -> Vec<Site> {
    if !platform.settings.has_edge() {
        return Vec::new();
    }
    let mut sites: Vec<Site> = platform
        .workloads
        .iter()
        .filter_map(|workload| {
            let exposed = workload.exposed.as_ref()?;
            let host = exposed.host.split('.').next().unwrap_or_default();
            Some(Site {
                name: name("components", host),
                namespace: workload.id.namespace.clone(),
                service: workload.id.name.clone(),
                port: exposed.port,
                health: health(workload, exposed.port),
                machine: exposed.programs,
            })
        })
        .collect();
    sites.sort_by(|one, two| one.name.cmp(&two.name));
    sites
}

/// The path of the health of what is exposed, if it is answered on the same port.
fn health(workload: &Workload, port: u16) -> Option<String> {
    let container = workload
        .containers
        .iter()
        .find(|it| it.ports.values().any(|it| *it == port))?;
    let health = container.health.as_ref()?;
    // A load balancer sends no headers of ours.
    let asks = health.headers.is_empty()
        && health.port.as_ref().and_then(|it| container.ports.get(it)) == Some(&port);
    let path = health.ready.as_ref().or(health.live.as_ref());
    path.filter(|_| asks).cloned()
}

fn accelerators(platform: &Platform) -> Vec<Accelerator> {
    let containers = || platform.workloads.iter().flat_map(|it| &it.containers);
    let mut accelerators = Vec::new();
    if containers().any(|it| it.resources.gpu > 0) {
        accelerators.push(Accelerator::Gpu);
    }
    if containers().any(|it| it.resources.neuron > 0) {
        accelerators.push(Accelerator::Neuron);
    }
    accelerators
}
