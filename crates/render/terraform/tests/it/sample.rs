//! A platform with everything in it, in all variants.

use bastide_render_terraform::{
    Accelerator, Bucket, Cache, Cloud, Cluster, Database, Detectors, Domain, Edge, Identity, Login,
    Made, Mode, Name, Network, Permission, Profile, Secret, SecretStore, Site,
};

pub(crate) fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

pub(crate) fn production() -> Cloud {
    Cloud {
        name: name("acme-ai"),
        profile: Profile::Production,
        region: name("eu-central-1"),
        recovery_region: name("eu-west-1"),
        account: Some("111122223333".into()),
        domain: Some(Domain {
            name: "ai.example.com".into(),
            zone_exists: false,
        }),
        edge: Edge {
            public: true,
            clients: Vec::new(),
        },
        network: Network::New {
            cidr: "10.0.0.0/16".into(),
            zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
                .map(Into::into)
                .into(),
        },
        cluster: Cluster::New {
            mode: Mode::Auto,
            version: "1.34".into(),
            services: "172.20.0.0/16".into(),
            public: None,
        },
        secrets: SecretStore::SecretsManager,
        login: Login::Cognito,
        administrators: vec!["arn:aws:iam::111122223333:role/platform".into()],
        alarms: vec!["platform@example.com".into()],
        budget: 5000,
        detectors: Detectors::Here,
        shield_advanced: false,
        databases: vec![Database {
            name: name("litellm-postgres"),
            database: "app".into(),
            user: "app".into(),
            size: 50,
            class: "db.m7g.large".into(),
        }],
        caches: vec![Cache {
            name: name("langfuse"),
            node: "cache.m7g.large".into(),
        }],
        buckets: vec![Bucket {
            name: name("langfuse"),
            bucket: "acme-ai-langfuse-111122223333-eu-central-1".into(),
        }],
        shared_files: true,
        held: vec![
            Secret {
                owner: name("litellm"),
                name: name("master-key"),
                length: 48,
                rotates: true,
                made: Made::Generated {
                    prefix: String::new(),
                },
            },
            Secret {
                owner: name("litellm"),
                name: name("salt-key"),
                length: 40,
                rotates: false,
                made: Made::Generated {
                    prefix: "sk-".into(),
                },
            },
            Secret {
                owner: name("litellm-postgres"),
                name: name("password"),
                length: 40,
                rotates: false,
                made: Made::Generated {
                    prefix: String::new(),
                },
            },
            Secret {
                owner: name("vllm"),
                name: name("hub-token"),
                length: 64,
                rotates: false,
                made: Made::Given,
            },
            Secret {
                owner: name("langfuse"),
                name: name("encryption-key"),
                length: 64,
                rotates: false,
                made: Made::Hexadecimal,
            },
        ],
        images: vec![name("calculator-agent")],
        identities: vec![
            Identity {
                name: name("litellm"),
                namespace: "litellm".into(),
                service_account: "litellm".into(),
                may: vec![Permission::Actions {
                    actions: vec!["bedrock:InvokeModel".into()],
                    resources: vec![
                        "arn:aws:bedrock:*::foundation-model/anthropic.claude-*".into(),
                    ],
                }],
            },
            Identity {
                name: name("langfuse"),
                namespace: "langfuse".into(),
                service_account: "langfuse".into(),
                may: vec![Permission::Bucket(name("langfuse"))],
            },
        ],
        sites: vec![
            Site {
                name: name("chat"),
                namespace: "open-webui".into(),
                service: "open-webui".into(),
                port: 8080,
                health: Some("/health".into()),
                machine: false,
            },
            Site {
                name: name("api"),
                namespace: "litellm".into(),
                service: "litellm".into(),
                port: 4000,
                health: None,
                machine: true,
            },
        ],
        accelerators: vec![Accelerator::Gpu, Accelerator::Neuron],
    }
}

/// The cheap cut: its stores are in the cluster.
pub(crate) fn demo() -> Cloud {
    Cloud {
        profile: Profile::Demo,
        cluster: Cluster::New {
            mode: Mode::Auto,
            version: "1.34".into(),
            services: "172.20.0.0/16".into(),
            public: Some(Vec::new()),
        },
        databases: Vec::new(),
        caches: Vec::new(),
        ..production()
    }
}

pub(crate) fn standard(mut cloud: Cloud) -> Cloud {
    if let Cluster::New { mode, .. } = &mut cloud.cluster {
        *mode = Mode::Standard;
    }
    cloud
}

pub(crate) fn vault(cloud: Cloud) -> Cloud {
    Cloud {
        secrets: SecretStore::Vault,
        databases: Vec::new(),
        ..cloud
    }
}

/// Into a network and a cluster that are there, in an account of an organisation.
pub(crate) fn existing() -> Cloud {
    Cloud {
        network: Network::Existing {
            vpc: "vpc-0123456789abcdef0".into(),
            private: vec!["subnet-0a".into(), "subnet-0b".into()],
            public: vec!["subnet-1a".into(), "subnet-1b".into()],
            control: Vec::new(),
            data: vec!["subnet-2a".into(), "subnet-2b".into()],
        },
        cluster: Cluster::Existing {
            name: "shared".into(),
            mode: Mode::Standard,
        },
        detectors: Detectors::Organisation,
        domain: Some(Domain {
            name: "ai.example.com".into(),
            zone_exists: true,
        }),
        login: Login::Oidc {
            issuer: "https://login.example.com".into(),
            authorization: "https://login.example.com/authorize".into(),
            token: "https://login.example.com/token".into(),
            user_info: "https://login.example.com/userinfo".into(),
            client: "bastide".into(),
        },
        account: None,
        shield_advanced: true,
        ..production()
    }
}

/// Those that are looked at, by name.
pub(crate) fn all() -> Vec<(&'static str, Cloud)> {
    let open = Cloud {
        cluster: Cluster::New {
            mode: Mode::Auto,
            version: "1.34".into(),
            services: "172.20.0.0/16".into(),
            public: Some(vec!["198.51.100.7/32".into()]),
        },
        ..demo()
    };
    let bare = Cloud {
        domain: None,
        databases: Vec::new(),
        caches: Vec::new(),
        buckets: Vec::new(),
        shared_files: false,
        held: Vec::new(),
        images: Vec::new(),
        identities: Vec::new(),
        sites: Vec::new(),
        accelerators: Vec::new(),
        ..production()
    };
    vec![
        ("production-auto", production()),
        ("production-standard", standard(production())),
        ("production-vault", vault(production())),
        ("production-existing", existing()),
        ("production-bare", bare),
        ("demo-auto", demo()),
        ("demo-standard", standard(demo())),
        ("demo-vault", vault(demo())),
        ("demo-open", open),
    ]
}
