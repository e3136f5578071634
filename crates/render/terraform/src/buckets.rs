//! `buckets.tf`: buckets that nobody but the platform reaches, with a copy in the other region.

use crate::cloud::{Cloud, Name};
use crate::hcl::{Block, File, Value, block, list, r, resource, t};
use crate::keys::Purpose;
use crate::policy::{Statement, allow, deny, policy, trust};

/// A kind of bucket that the platform needs for itself, or one that it was asked for.
struct Kind {
    label: String,
    name: String,
    /// What it is called, if that is settled elsewhere.
    bucket: Option<String>,
    what: &'static str,
    /// Load balancers and S3 deliver logs only to buckets that S3 encrypts with keys of its own.
    own_key: bool,
    /// How long objects are kept, in days; for ever without it.
    days: Option<u32>,
    /// What others may do with it.
    others: Vec<Statement>,
    /// Whether what is in it can be neither changed nor removed.
    locked: bool,
}

/// The label of a bucket that was asked for: not that of one that the platform needs for itself.
pub(crate) fn label(name: &Name) -> String {
    match name.as_str() {
        "audit" | "code" | "logs" | "state" => format!("{}_data", name.label()),
        _ => name.label(),
    }
}

pub(crate) fn file(cloud: &Cloud) -> File {
    write(cloud, &kinds(cloud))
}

/// The bucket that holds the state, for the stack that is made before all others.
pub(crate) fn state(cloud: &Cloud) -> File {
    let kinds = [
        Kind {
            what: "The state of Terraform: every version of it, readable by whom the key lets.",
            ..Kind::new("state")
        },
        Kind {
            name: "state-logs".into(),
            what: "What S3 writes down about requests.",
            own_key: false,
            days: Some(365),
            others: vec![s3_delivery("logs")],
            ..Kind::new("logs")
        },
    ];
    write(cloud, &kinds)
}

fn write(cloud: &Cloud, kinds: &[Kind]) -> File {
    let mut file = File::new();
    if kinds.is_empty() {
        return file;
    }
    if cloud.production() {
        file.extend(replication_role(kinds));
    }
    for kind in kinds {
        file.extend(bucket(cloud, kind, false));
        if cloud.production() {
            file.extend(bucket(cloud, kind, true));
        }
    }
    file
}

impl Kind {
    fn new(name: &str) -> Self {
        Self {
            label: name.replace('-', "_"),
            name: name.to_owned(),
            bucket: None,
            what: "",
            own_key: true,
            days: None,
            others: Vec::new(),
            locked: false,
        }
    }
}

fn kinds(cloud: &Cloud) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = cloud
        .buckets
        .iter()
        .map(|it| Kind {
            label: label(&it.name),
            bucket: Some(it.bucket.clone()),
            ..Kind::new(it.name.as_str())
        })
        .collect();
    if cloud.production() {
        kinds.push(Kind {
            what: "What load balancers and buckets write down about requests.",
            own_key: false,
            days: Some(365),
            others: vec![balancer_delivery(), s3_delivery("logs")],
            ..Kind::new("logs")
        });
    }
    if cloud.detects() {
        kinds.push(Kind {
            what: "Who did what in the account. Nobody can change or remove it for a year.",
            days: Some(2557),
            others: audit_delivery(),
            locked: true,
            ..Kind::new("audit")
        });
    }
    if crate::secrets::rotates(cloud) {
        kinds.push(Kind {
            what: "Code that runs in Lambda, before and after it is signed.",
            ..Kind::new("code")
        });
    }
    kinds
}

fn balancer_delivery() -> Statement {
    allow(["s3:PutObject"])
        .service("logdelivery.elasticloadbalancing.amazonaws.com")
        .on([t(
            "${aws_s3_bucket.logs.arn}/load-balancer/AWSLogs/${local.account}/*",
        )])
}

fn s3_delivery(label: &str) -> Statement {
    allow(["s3:PutObject"])
        .service("logging.s3.amazonaws.com")
        .on([t(format!("${{aws_s3_bucket.{label}.arn}}/s3/*"))])
        .of_this_account()
}

fn audit_delivery() -> Vec<Statement> {
    let services = || list(["cloudtrail.amazonaws.com", "config.amazonaws.com"]);
    vec![
        allow(["s3:GetBucketAcl", "s3:ListBucket"])
            .service(services())
            .on([r("aws_s3_bucket.audit.arn")])
            .of_this_account(),
        allow(["s3:PutObject"])
            .service(services())
            .on([t("${aws_s3_bucket.audit.arn}/*/AWSLogs/${local.account}/*")])
            .when("StringEquals", "s3:x-amz-acl", "bucket-owner-full-control")
            .of_this_account(),
    ]
}

/// One bucket and all that makes it safe. `recovery` is its copy in the other region.
fn bucket(cloud: &Cloud, kind: &Kind, recovery: bool) -> Vec<Block> {
    let label = if recovery {
        format!("{}_recovery", kind.label)
    } else {
        kind.label.clone()
    };
    let region = if recovery {
        "local.recovery_region"
    } else {
        "local.region"
    };
    let id = || r(format!("aws_s3_bucket.{label}.id"));
    let part = |what: &str| {
        let it = resource(what, &label);
        let it = if recovery {
            it.set("region", r(region))
        } else {
            it
        };
        it.set("bucket", id())
    };
    let mut first = resource("aws_s3_bucket", &label);
    if !recovery && !kind.what.is_empty() {
        first = first.comment(kind.what);
    }
    if recovery {
        first = first.set("region", r(region));
    }
    let bucket = match &kind.bucket {
        // Manifests name it too.
        Some(bucket) if !recovery => Value::from(bucket),
        _ => t(format!(
            "${{local.name}}-{}-${{local.account}}-${{{region}}}",
            kind.name
        )),
    };
    first = first.set("bucket", bucket);
    first = first
        .set_if(!cloud.production(), "force_destroy", true)
        .set_if(kind.locked, "object_lock_enabled", true);
    if !kind.own_key {
        first = first.skip(
            "CKV_AWS_145",
            "load balancers and S3 deliver logs only where S3 encrypts with keys of its own",
        );
    }
    let mut blocks = vec![
        first,
        part("aws_s3_bucket_public_access_block")
            .set("block_public_acls", true)
            .set("block_public_policy", true)
            .set("ignore_public_acls", true)
            .set("restrict_public_buckets", true),
        part("aws_s3_bucket_ownership_controls")
            .with(block("rule").set("object_ownership", "BucketOwnerEnforced")),
        part("aws_s3_bucket_versioning")
            .with(block("versioning_configuration").set("status", "Enabled")),
        part("aws_s3_bucket_server_side_encryption_configuration")
            .with(encryption(cloud, kind, recovery)),
        part("aws_s3_bucket_lifecycle_configuration").with_all(lifecycle(cloud, kind)),
        bucket_policy(part("aws_s3_bucket_policy"), &label, kind, recovery),
        part("aws_s3_bucket_notification").set("eventbridge", true),
    ];
    if kind.locked {
        blocks.push(
            part("aws_s3_bucket_object_lock_configuration").with(
                block("rule").with(
                    block("default_retention")
                        .set("mode", "GOVERNANCE")
                        .set("days", 365),
                ),
            ),
        );
    }
    if cloud.production() {
        let target = if recovery { "logs_recovery" } else { "logs" };
        blocks.push(
            part("aws_s3_bucket_logging")
                .set("target_bucket", r(format!("aws_s3_bucket.{target}.id")))
                .set("target_prefix", format!("s3/{}/", kind.name)),
        );
        blocks.push(replication(&part, &label, kind, recovery));
    }
    blocks
}

fn encryption(cloud: &Cloud, kind: &Kind, recovery: bool) -> Block {
    let algorithm = block("apply_server_side_encryption_by_default");
    if !kind.own_key {
        return block("rule").with(algorithm.set("sse_algorithm", "AES256"));
    }
    let key = if recovery {
        Purpose::Buckets.recovery_arn()
    } else {
        Purpose::Buckets.arn(cloud)
    };
    block("rule").set("bucket_key_enabled", true).with(
        algorithm
            .set("sse_algorithm", "aws:kms")
            .set("kms_master_key_id", key),
    )
}

fn lifecycle(cloud: &Cloud, kind: &Kind) -> Vec<Block> {
    let rule = |id: &str| {
        block("rule")
            .set("id", id)
            .set("status", "Enabled")
            .with(block("filter"))
    };
    let old = if cloud.production() { 90 } else { 7 };
    let mut rules = vec![
        rule("tidy")
            .with(block("abort_incomplete_multipart_upload").set("days_after_initiation", 7))
            .with(block("noncurrent_version_expiration").set("noncurrent_days", old)),
    ];
    if let Some(days) = kind.days {
        rules.push(rule("expire").with(block("expiration").set("days", days)));
    }
    rules
}

/// Only over TLS, and only for whom it is.
fn bucket_policy(part: Block, label: &str, kind: &Kind, recovery: bool) -> Block {
    let mut statements = vec![
        deny(["s3:*"])
            .anybody()
            .on([
                r(format!("aws_s3_bucket.{label}.arn")),
                t(format!("${{aws_s3_bucket.{label}.arn}}/*")),
            ])
            .when("Bool", "aws:SecureTransport", "false"),
    ];
    if !recovery {
        statements.extend(kind.others.iter().cloned());
    } else if kind.label == "logs" {
        statements.push(s3_delivery("logs_recovery"));
    }
    part.set("policy", policy(statements)).set(
        "depends_on",
        list([r(format!("aws_s3_bucket_public_access_block.{label}"))]),
    )
}

/// What is written here is written there, and the other way round, so that either can be used.
fn replication(part: &dyn Fn(&str) -> Block, label: &str, kind: &Kind, recovery: bool) -> Block {
    let other = if recovery {
        kind.label.clone()
    } else {
        format!("{}_recovery", kind.label)
    };
    let mut destination =
        block("destination").set("bucket", r(format!("aws_s3_bucket.{other}.arn")));
    let mut source = block("source_selection_criteria")
        .with(block("replica_modifications").set("status", "Enabled"));
    if kind.own_key {
        let key = if recovery {
            r("aws_kms_key.buckets.arn")
        } else {
            Purpose::Buckets.recovery_arn()
        };
        destination =
            destination.with(block("encryption_configuration").set("replica_kms_key_id", key));
        source = source.with(block("sse_kms_encrypted_objects").set("status", "Enabled"));
    }
    part("aws_s3_bucket_replication_configuration")
        .set("role", r("aws_iam_role.replication.arn"))
        .set(
            "depends_on",
            list([
                r(format!("aws_s3_bucket_versioning.{label}")),
                r(format!("aws_s3_bucket_versioning.{other}")),
            ]),
        )
        .with(
            block("rule")
                .set("id", "recovery")
                .set("status", "Enabled")
                .with(block("filter"))
                .with(block("delete_marker_replication").set("status", "Enabled"))
                .with(source)
                .with(destination),
        )
}

fn replication_role(kinds: &[Kind]) -> [Block; 2] {
    let of_state = kinds.iter().any(|it| it.label == "state");
    let purpose = if of_state {
        "state-replication"
    } else {
        "replication"
    };
    let all = |path: &str| -> Vec<Value> {
        let both = |it: &Kind| [it.label.clone(), format!("{}_recovery", it.label)];
        let labels = kinds.iter().flat_map(both);
        labels
            .map(|it| t(format!("${{aws_s3_bucket.{it}.arn}}{path}")))
            .collect()
    };
    let keys = [
        r("aws_kms_key.buckets.arn"),
        Purpose::Buckets.recovery_arn(),
    ];
    [
        resource("aws_iam_role", "replication")
            .set(
                "name",
                t(format!("${{local.name}}-${{local.region}}-{purpose}")),
            )
            .set("assume_role_policy", trust("s3.amazonaws.com")),
        resource("aws_iam_role_policy", "replication")
            .set("name", "buckets")
            .set("role", r("aws_iam_role.replication.id"))
            .set(
                "policy",
                policy([
                    allow(["s3:GetReplicationConfiguration", "s3:ListBucket"]).on(all("")),
                    allow([
                        "s3:GetObjectVersionAcl",
                        "s3:GetObjectVersionForReplication",
                        "s3:GetObjectVersionTagging",
                        "s3:ReplicateDelete",
                        "s3:ReplicateObject",
                        "s3:ReplicateTags",
                    ])
                    .on(all("/*")),
                    allow(["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"]).on(keys),
                ]),
            ),
    ]
}
