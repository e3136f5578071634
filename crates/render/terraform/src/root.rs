//! `versions.tf`, `variables.tf`, `locals.tf`, `outputs.tf`: what holds the rest together.

use crate::cloud::{Cloud, Cluster, Login, Mode};
use crate::cluster::{ADDONS, METRICS_SERVER};
use crate::hcl::{Block, File, Value, block, call, data, labelled, object, output, r, t, x};

/// Which release of the AWS provider.
pub(crate) const PROVIDER: &str = "6.66.0";
/// Since this release values can be written without being kept in the state.
const TERRAFORM: &str = ">= 1.11.0, < 2.0.0";

/// The lock of the provider's version. Its checksums are added by `terraform providers lock`.
pub(crate) fn lock() -> File {
    let mut file = File::new();
    file.push(
        labelled("provider", "registry.terraform.io/hashicorp/aws")
            .set("version", PROVIDER)
            .set("constraints", PROVIDER),
    );
    file
}

/// The name of the bucket that holds the state, if the account is known.
pub fn state_bucket(cloud: &Cloud) -> Option<String> {
    let account = cloud.account.as_ref()?;
    Some(format!("{}-state-{account}-{}", cloud.name, cloud.region))
}

pub(crate) fn versions(cloud: &Cloud, bootstrap: bool) -> File {
    let mut file = File::new();
    let aws = object([("source", "hashicorp/aws"), ("version", PROVIDER)]);
    let mut terraform = block("terraform")
        .set("required_version", TERRAFORM)
        .with(block("required_providers").set("aws", aws));
    if !bootstrap {
        let mut backend = labelled("backend", "s3");
        backend = match state_bucket(cloud) {
            Some(bucket) => backend.set("bucket", bucket),
            None => backend.comment(
                "The bucket is an output of `bastide bootstrap --apply`: terraform init -backend-config=bucket=…",
            ),
        };
        terraform = terraform.with(
            backend
                .set("key", format!("{}/terraform.tfstate", cloud.name))
                .set("region", cloud.region.as_str())
                .set("encrypt", true)
                .set("use_lockfile", true),
        );
    }
    file.push(terraform);
    let mut provider = labelled("provider", "aws").set("region", cloud.region.as_str());
    if let Some(account) = &cloud.account {
        provider = provider.explain(
            "No other account is touched by mistake.",
            "allowed_account_ids",
            [account.as_str()],
        );
    }
    file.push(provider.with(block("default_tags").set("tags", r("local.tags"))));
    file
}

/// Names and places.
pub(crate) fn locals(cloud: &Cloud, bootstrap: bool) -> File {
    let mut file = File::new();
    file.push(data("aws_caller_identity", "current"));
    file.push(data("aws_partition", "current"));
    let mut locals = block("locals")
        .set("name", cloud.name.as_str())
        .set("region", cloud.region.as_str());
    if bootstrap || cloud.production() {
        locals = locals.set("recovery_region", cloud.recovery_region.as_str());
    }
    file.push(
        locals
            .set("account", r("data.aws_caller_identity.current.account_id"))
            .set("partition", r("data.aws_partition.current.partition"))
            .set(
                "tags",
                call(
                    "merge",
                    [
                        r("var.tags"),
                        object([
                            ("platform", Value::from(cloud.name.as_str())),
                            ("profile", cloud.profile.name().into()),
                            ("managed-by", "bastide".into()),
                        ]),
                    ],
                ),
            ),
    );
    file
}

fn variable(name: &str, what: &str, kind: Value) -> Block {
    labelled("variable", name)
        .set("description", what)
        .set("type", kind)
}

fn texts() -> Value {
    x("list(string)")
}

/// The tags are all that the state's own stack asks for.
pub(crate) fn bootstrap_variables() -> File {
    let mut file = File::new();
    file.push(tags());
    file
}

fn tags() -> Block {
    variable(
        "tags",
        "Tags of everything, such as a cost centre",
        x("map(string)"),
    )
    .set("default", object::<&str, &str>([]))
}

pub(crate) fn variables(cloud: &Cloud) -> File {
    let mut file = File::new();
    file.push(tags());
    if let Cluster::New { mode, public, .. } = &cloud.cluster {
        file.push(
            variable(
                "administrators",
                "ARNs of IAM roles and users that administer the cluster",
                texts(),
            )
            .set("default", cloud.administrators.clone())
            .with(
                block("validation")
                    .set("condition", x("length(var.administrators) > 0"))
                    .set(
                        "error_message",
                        "Name at least one role: nobody else can reach the cluster.",
                    ),
            ),
        );
        if let Some(public) = public {
            let mut cidrs = variable(
                "api_cidrs",
                "Addresses that may reach the API of the cluster from the internet, such as your own",
                texts(),
            );
            if !public.is_empty() {
                cidrs = cidrs.set("default", public.clone());
            }
            file.push(cidrs.with(
                block("validation")
                    .set("condition", x("length(var.api_cidrs) > 0 && !contains(var.api_cidrs, \"0.0.0.0/0\")"))
                    .set("error_message", "Name addresses: without any, AWS opens the API to the world."),
            ));
        }
        let versions = ADDONS.into_iter().chain([METRICS_SERVER]);
        file.push(
            variable(
                "addon_versions",
                "Versions of the cluster's add-ons",
                x("map(string)"),
            )
            .set("default", object(versions)),
        );
        if *mode == Mode::Standard {
            file.push(
                variable(
                    "bottlerocket_version",
                    "The release of Bottlerocket on nodes",
                    x("string"),
                )
                .set("default", BOTTLEROCKET),
            );
        }
    }
    let days = if cloud.production() { 365 } else { 14 };
    file.push(
        variable("log_retention_days", "How long logs are kept", x("number")).set("default", days),
    );
    file.push(
        variable(
            "alarm_emails",
            "Who hears of alarms and of the budget",
            texts(),
        )
        .set("default", cloud.alarms.clone()),
    );
    file.push(
        variable(
            "monthly_budget",
            "What a month may cost, in US dollars",
            x("number"),
        )
        .set("default", cloud.budget),
    );
    if cloud.has_edge() {
        let mut clients = variable(
            "client_cidrs",
            "Addresses from which people reach the platform; 0.0.0.0/0 is everywhere",
            texts(),
        );
        if !cloud.edge.clients.is_empty() {
            clients = clients.set("default", cloud.edge.clients.clone());
        }
        file.push(
            clients.with(
                block("validation")
                    .set("condition", x("length(var.client_cidrs) > 0"))
                    .set("error_message", "Name at least one range of addresses."),
            ),
        );
        if cloud.production() {
            file.push(
                variable(
                    "requests_per_client",
                    "Requests of one address in five minutes",
                    x("number"),
                )
                .set("default", 3000),
            );
        }
        if matches!(cloud.login, Login::Oidc { .. }) {
            file.push(
                variable(
                    "oidc_client_secret",
                    "The secret of the client at the provider of OpenID Connect",
                    x("string"),
                )
                .set("sensitive", true),
            );
        }
    }
    file
}

/// The release of Bottlerocket.
const BOTTLEROCKET: &str = "v1.57.0";

pub(crate) fn outputs(cloud: &Cloud) -> File {
    let mut file = File::new();
    file.push(output("account", "The account", r("local.account")));
    file.push(output("region", "The region", r("local.region")));
    file.push(output(
        "cluster",
        "The name of the cluster",
        r("local.cluster"),
    ));
    if cloud.mode().is_some() {
        file.push(output(
            "endpoint",
            "The API of the cluster",
            r("aws_eks_cluster.this.endpoint"),
        ));
    }
    file.push(output("vpc", "The network", r("local.vpc")));
    file.push(output(
        "control_subnets",
        "Subnets of the control plane",
        r("local.control_subnets"),
    ));
    let entries = |items: &[crate::cloud::Name], path: &dyn Fn(&str) -> String| {
        object(
            items
                .iter()
                .map(|it| (it.to_string(), r(path(&it.label())))),
        )
    };
    if !cloud.databases.is_empty() {
        let names: Vec<_> = cloud.databases.iter().map(|it| it.name.clone()).collect();
        file.push(output(
            "postgres",
            "Hosts of the PostgreSQL databases",
            entries(&names, &|it| format!("aws_db_instance.{it}.address")),
        ));
    }
    if !cloud.caches.is_empty() {
        let names: Vec<_> = cloud.caches.iter().map(|it| it.name.clone()).collect();
        file.push(output(
            "valkey",
            "Hosts of the Valkey caches",
            entries(&names, &|it| {
                format!("aws_elasticache_replication_group.{it}.primary_endpoint_address")
            }),
        ));
    }
    if !cloud.buckets.is_empty() {
        let buckets = cloud.buckets.iter().map(|it| {
            let label = crate::buckets::label(&it.name);
            (it.name.to_string(), r(format!("aws_s3_bucket.{label}.id")))
        });
        file.push(output("buckets", "Names of the buckets", object(buckets)));
    }
    if !cloud.images.is_empty() {
        file.push(output(
            "images",
            "Addresses of the repositories",
            entries(&cloud.images, &|it| {
                format!("aws_ecr_repository.{it}.repository_url")
            }),
        ));
    }
    if cloud.has_edge() && cloud.domain.as_ref().is_some_and(|it| !it.zone_exists) {
        file.push(output(
            "name_servers",
            "The parent domain must point to these",
            r("aws_route53_zone.this.name_servers"),
        ));
        if cloud.production() {
            file.push(output(
                "dnssec",
                "The record of the parent domain that makes signatures count",
                r("aws_route53_key_signing_key.this.ds_record"),
            ));
        }
    }
    file
}

/// `bootstrap/`: the bucket that holds the state of all else, made once.
pub(crate) fn bootstrap_outputs() -> File {
    let mut file = File::new();
    file.push(output(
        "bucket",
        "Give it to terraform init",
        r("aws_s3_bucket.state.id"),
    ));
    file.push(output(
        "backend",
        "The whole line",
        t("-backend-config=bucket=${aws_s3_bucket.state.id}"),
    ));
    file
}
