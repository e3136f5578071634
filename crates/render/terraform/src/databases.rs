//! `databases.tf`: PostgreSQL and Valkey, each for one owner, in zones without a way out.

use crate::cloud::{Cache, Cloud, Database};
use crate::hcl::{Block, File, block, ephemeral, list, object, r, resource, t};
use crate::keys::Purpose;
use crate::logs::log_group;
use crate::network::{ingress, security_group, subnets, vpc};
use crate::policy::{allow, managed, policy};

/// Which PostgreSQL.
const POSTGRES: &str = "17";
/// Which Valkey.
const VALKEY: &str = "8.0";

pub(crate) fn file(cloud: &Cloud) -> File {
    let mut file = File::new();
    if !cloud.databases.is_empty() {
        file.extend(shared(cloud));
        for database in &cloud.databases {
            file.extend(password(database));
            file.push(postgres(cloud, database));
        }
        file.extend(names(cloud));
    }
    if !cloud.caches.is_empty() {
        file.extend(shared_caches(cloud));
        for cache in &cloud.caches {
            file.extend(valkey(cloud, cache));
        }
    }
    file
}

/// What all PostgreSQL databases have in common.
fn shared(cloud: &Cloud) -> Vec<Block> {
    let mut blocks = vec![
        resource("aws_db_subnet_group", "this")
            .set("name", r("local.name"))
            .set("description", "Zones of databases")
            .set("subnet_ids", subnets("data")),
        security_group("postgres", "postgres", "PostgreSQL databases"),
        ingress(
            "postgres",
            "postgres",
            "PostgreSQL from pods",
            5432,
            (
                "referenced_security_group_id",
                r("local.cluster_security_group"),
            ),
        ),
        resource("aws_db_parameter_group", "postgres")
            .set("name", t("${local.name}-postgres"))
            .set("family", format!("postgres{POSTGRES}"))
            .set(
                "description",
                "TLS for all, statements that change things in the log",
            )
            .with_all(
                [
                    ("rds.force_ssl", "1"),
                    ("log_statement", "ddl"),
                    ("log_min_duration_statement", "1000"),
                ]
                .map(|(name, value)| block("parameter").set("name", name).set("value", value)),
            ),
        resource("aws_iam_role", "monitoring")
            .set("name", t("${local.name}-${local.region}-rds-monitoring"))
            .set(
                "assume_role_policy",
                policy([allow(["sts:AssumeRole"])
                    .service("monitoring.rds.amazonaws.com")
                    .of_this_account()]),
            ),
        resource("aws_iam_role_policy_attachment", "monitoring")
            .set("role", r("aws_iam_role.monitoring.name"))
            .set(
                "policy_arn",
                managed("service-role/AmazonRDSEnhancedMonitoringRole"),
            ),
    ];
    for database in &cloud.databases {
        blocks.push(log_group(
            cloud,
            &format!("postgres_{}", database.name.label()),
            t(format!(
                "/aws/rds/instance/${{local.name}}-{}/postgresql",
                database.name
            )),
        ));
    }
    blocks
}

/// The password, as the parameter holds it: read when it is needed, and in no state.
fn password(database: &Database) -> [Block; 1] {
    let label = password_label(database);
    [
        ephemeral("aws_ssm_parameter", &label)
            .set("arn", r(format!("aws_ssm_parameter.{label}.arn"))),
    ]
}

fn password_label(database: &Database) -> String {
    format!("{}_password", database.name.label())
}

/// Names that are known before the databases are, in a zone of the network's own.
fn names(cloud: &Cloud) -> Vec<Block> {
    let mut blocks = vec![
        resource("aws_route53_zone", "internal")
            .comment("Names that programs are told before AWS has given its own.")
            .set("name", t("${local.name}.internal"))
            .with(block("vpc").set("vpc_id", vpc())),
    ];
    for database in &cloud.databases {
        let (name, label) = (&database.name, database.name.label());
        blocks.push(
            resource("aws_route53_record", &label)
                .set("zone_id", r("aws_route53_zone.internal.zone_id"))
                .set("name", t(format!("{name}.${{local.name}}.internal")))
                .set("type", "CNAME")
                .set("ttl", 60)
                .set("records", [r(format!("aws_db_instance.{label}.address"))]),
        );
    }
    blocks
}

fn postgres(cloud: &Cloud, database: &Database) -> Block {
    let (name, label) = (&database.name, database.name.label());
    resource("aws_db_instance", &label)
        .set("identifier", t(format!("${{local.name}}-{name}")))
        .set("engine", "postgres")
        .set("engine_version", POSTGRES)
        .set("instance_class", &database.class)
        .set("db_name", &database.database)
        .set("username", &database.user)
        .explain(
            "Programs read it at their start: it must not change behind their backs.",
            "password_wo",
            r(format!(
                "ephemeral.aws_ssm_parameter.{}.value",
                password_label(database)
            )),
        )
        .set("password_wo_version", 1)
        .set("iam_database_authentication_enabled", true)
        .explain(
            "It grows by itself up to ten times its size.",
            "allocated_storage",
            database.size,
        )
        .set("max_allocated_storage", database.size.saturating_mul(10))
        .set("storage_type", "gp3")
        .set("storage_encrypted", true)
        .set("kms_key_id", Purpose::Databases.arn(cloud))
        .set("db_subnet_group_name", r("aws_db_subnet_group.this.name"))
        .set(
            "vpc_security_group_ids",
            [r("aws_security_group.postgres.id")],
        )
        .set(
            "parameter_group_name",
            r("aws_db_parameter_group.postgres.name"),
        )
        .set("publicly_accessible", false)
        .set("multi_az", true)
        .set("ca_cert_identifier", "rds-ca-rsa2048-g1")
        .set("backup_retention_period", 35)
        .set("backup_window", "02:00-03:00")
        .set("maintenance_window", "sun:03:30-sun:04:30")
        .set("copy_tags_to_snapshot", true)
        .set("delete_automated_backups", false)
        .set(
            "final_snapshot_identifier",
            t(format!("${{local.name}}-{name}-final")),
        )
        .set("deletion_protection", true)
        .set("auto_minor_version_upgrade", true)
        .set("enabled_cloudwatch_logs_exports", ["postgresql", "upgrade"])
        .set("monitoring_interval", 60)
        .set("monitoring_role_arn", r("aws_iam_role.monitoring.arn"))
        .set("performance_insights_enabled", true)
        .set(
            "performance_insights_kms_key_id",
            Purpose::Databases.arn(cloud),
        )
        .set("tags", object([("backup", r("local.name"))]))
        .set(
            "depends_on",
            list([r(format!("aws_cloudwatch_log_group.postgres_{label}"))]),
        )
}

fn shared_caches(cloud: &Cloud) -> Vec<Block> {
    vec![
        resource("aws_elasticache_subnet_group", "this")
            .set("name", r("local.name"))
            .set("description", "Zones of caches")
            .set("subnet_ids", subnets("data")),
        security_group("valkey", "valkey", "Valkey caches"),
        ingress(
            "valkey",
            "valkey",
            "Valkey from pods",
            6379,
            (
                "referenced_security_group_id",
                r("local.cluster_security_group"),
            ),
        ),
        log_group(cloud, "valkey", t("/${local.name}/valkey")),
    ]
}

fn valkey(cloud: &Cloud, cache: &Cache) -> Vec<Block> {
    let (name, label) = (&cache.name, cache.name.label());
    let user = |suffix: &str| format!("{label}_{suffix}");
    let log = |kind: &str| {
        block("log_delivery_configuration")
            .set("destination", r("aws_cloudwatch_log_group.valkey.name"))
            .set("destination_type", "cloudwatch-logs")
            .set("log_format", "json")
            .set("log_type", kind)
    };
    vec![
        resource("aws_elasticache_user", user("owner"))
            .comment("Pods sign in with their IAM identity: there is no password to keep.")
            .set("user_id", t(format!("${{local.name}}-{name}")))
            .set("user_name", t(format!("${{local.name}}-{name}")))
            .set("engine", "valkey")
            .set("access_string", "on ~* +@all -@dangerous")
            .with(block("authentication_mode").set("type", "iam")),
        resource("aws_elasticache_user_group", &label)
            .set("user_group_id", t(format!("${{local.name}}-{name}")))
            .set("engine", "valkey")
            .set(
                "user_ids",
                [r(format!("aws_elasticache_user.{label}_owner.user_id"))],
            ),
        resource("aws_elasticache_replication_group", &label)
            .set("replication_group_id", t(format!("${{local.name}}-{name}")))
            .set("description", format!("Valkey of {name}"))
            .set("engine", "valkey")
            .set("engine_version", VALKEY)
            .set("node_type", &cache.node)
            .set("num_cache_clusters", 2)
            .set("automatic_failover_enabled", true)
            .set("multi_az_enabled", true)
            .set("transit_encryption_enabled", true)
            .set("at_rest_encryption_enabled", true)
            .set("kms_key_id", Purpose::Databases.arn(cloud))
            .set(
                "user_group_ids",
                [r(format!(
                    "aws_elasticache_user_group.{label}.user_group_id"
                ))],
            )
            .set(
                "subnet_group_name",
                r("aws_elasticache_subnet_group.this.name"),
            )
            .set("security_group_ids", [r("aws_security_group.valkey.id")])
            .set("snapshot_retention_limit", 7)
            .set("snapshot_window", "02:00-03:00")
            .set("maintenance_window", "sun:03:30-sun:04:30")
            .set("auto_minor_version_upgrade", true)
            .with(log("slow-log"))
            .with(log("engine-log")),
    ]
}
