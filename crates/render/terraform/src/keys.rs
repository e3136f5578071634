//! Customer-managed keys: one for each purpose in production, one for all in a demo.

use crate::cloud::Cloud;
use crate::hcl::{Block, File, Value, list, r, resource, t};
use crate::policy::{Statement, allow, policy};

/// What a key is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Purpose {
    /// What etcd holds.
    Cluster,
    /// EBS and EFS volumes.
    Volumes,
    /// PostgreSQL and Valkey.
    Databases,
    /// Buckets, and what is copied to the other region.
    Buckets,
    /// Logs, queues and topics.
    Logs,
    /// Secrets and parameters.
    Secrets,
    /// Images.
    Images,
    /// Backups.
    Backups,
}

const ALL: [Purpose; 8] = [
    Purpose::Cluster,
    Purpose::Volumes,
    Purpose::Databases,
    Purpose::Buckets,
    Purpose::Logs,
    Purpose::Secrets,
    Purpose::Images,
    Purpose::Backups,
];

impl Purpose {
    const fn label(self) -> &'static str {
        match self {
            Self::Cluster => "cluster",
            Self::Volumes => "volumes",
            Self::Databases => "databases",
            Self::Buckets => "buckets",
            Self::Logs => "logs",
            Self::Secrets => "secrets",
            Self::Images => "images",
            Self::Backups => "backups",
        }
    }

    /// Whether the other region needs it too.
    const fn travels(self) -> bool {
        matches!(self, Self::Buckets | Self::Backups)
    }

    /// The ARN of the key.
    pub(crate) fn arn(self, cloud: &Cloud) -> Value {
        r(format!("aws_kms_key.{}.arn", label(self, cloud)))
    }

    /// The ARN of the same key in the other region.
    pub(crate) fn recovery_arn(self) -> Value {
        r(format!("aws_kms_replica_key.{}.arn", self.label()))
    }

    /// Services that use it on behalf of the platform.
    fn services(self) -> Vec<Statement> {
        let uses = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*"];
        match self {
            Self::Logs => vec![
                allow([
                    "kms:Encrypt",
                    "kms:Decrypt",
                    "kms:ReEncrypt*",
                    "kms:GenerateDataKey*",
                    "kms:DescribeKey",
                ])
                .service("logs.amazonaws.com")
                .on(["*"])
                .when(
                    "ArnLike",
                    "kms:EncryptionContext:aws:logs:arn",
                    t("arn:${local.partition}:logs:*:${local.account}:log-group:*"),
                ),
                allow(uses)
                    .service(list([
                        "cloudwatch.amazonaws.com",
                        "events.amazonaws.com",
                        "sns.amazonaws.com",
                        "budgets.amazonaws.com",
                    ]))
                    .on(["*"])
                    .of_this_account(),
            ],
            Self::Buckets => vec![
                allow(uses)
                    .service(list(["cloudtrail.amazonaws.com", "config.amazonaws.com"]))
                    .on(["*"])
                    .of_this_account(),
            ],
            _ => Vec::new(),
        }
    }
}

fn label(purpose: Purpose, cloud: &Cloud) -> &'static str {
    if cloud.production() {
        purpose.label()
    } else {
        "platform"
    }
}

fn needed(purpose: Purpose, cloud: &Cloud) -> bool {
    match purpose {
        Purpose::Cluster => cloud.mode().is_some(),
        Purpose::Databases => !cloud.databases.is_empty() || !cloud.caches.is_empty(),
        Purpose::Images => !cloud.images.is_empty(),
        _ => true,
    }
}

pub(crate) fn file(cloud: &Cloud) -> File {
    let mut file = File::new();
    if !cloud.production() {
        let services = ALL.into_iter().flat_map(Purpose::services);
        file.extend(key("platform", "platform", services, false));
        return file;
    }
    for purpose in ALL.into_iter().filter(|it| needed(*it, cloud)) {
        let (name, travels) = (purpose.label(), purpose.travels());
        file.extend(key(name, name, purpose.services(), travels));
        if travels {
            let statements = std::iter::once(owner()).chain(purpose.services());
            file.push(replica(name, name, statements));
        }
    }
    file
}

/// The key of the state, for the stack that is made before all others. Its label is that of the key
/// of buckets, so that buckets are written the same way everywhere.
pub(crate) fn state() -> File {
    let mut file = File::new();
    let label = Purpose::Buckets.label();
    file.extend(key(label, "state", [], true));
    file.push(replica(label, "state", [owner()]));
    file
}

fn replica(label: &str, name: &str, statements: impl IntoIterator<Item = Statement>) -> Block {
    resource("aws_kms_replica_key", label)
        .comment("The same key in the region for recovery.")
        .set("region", r("local.recovery_region"))
        .set("description", t(format!("{name} of ${{local.name}}")))
        .set("primary_key_arn", r(format!("aws_kms_key.{label}.arn")))
        .set("deletion_window_in_days", 30)
        .set("policy", policy(statements))
}

/// The account decides, through IAM, who may use the key.
fn owner() -> Statement {
    allow(["kms:*"])
        .aws(t("arn:${local.partition}:iam::${local.account}:root"))
        .on(["*"])
}

fn key(
    label: &str,
    name: &str,
    services: impl IntoIterator<Item = Statement>,
    travels: bool,
) -> [Block; 2] {
    [
        resource("aws_kms_key", label)
            .set("description", t(format!("{name} of ${{local.name}}")))
            .set("enable_key_rotation", true)
            .set("deletion_window_in_days", 30)
            .set_if(travels, "multi_region", true)
            .set("policy", policy(std::iter::once(owner()).chain(services))),
        resource("aws_kms_alias", label)
            .set("name", t(format!("alias/${{local.name}}-{name}")))
            .set("target_key_id", r(format!("aws_kms_key.{label}.key_id"))),
    ]
}
