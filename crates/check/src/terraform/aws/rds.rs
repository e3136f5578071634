//! Relational Database Service and Aurora.

use bastide_terraform::Resource;

use crate::condition::{Literal, undecided};
use crate::prelude::*;

use super::encryption::{at_rest, kms_key_id, own_key};
use super::vpc::should_not_be;

const INSTANCES: &[&str] = &["aws_db_instance", "aws_rds_cluster_instance"];

const DELETION: &str = "One wrong plan deletes the database, and its automated backups with it.";

const PASSWORDS: &str = "Passwords of a database are shared, seldom changed, and end up in files. With IAM \
     each client has a token of its own that lasts a quarter of an hour.";

/// Engines with Performance Insights on instances of every class.
const ENGINES_WITH_INSIGHTS: &[Literal] = &[
    Text("aurora"),
    Text("aurora-mysql"),
    Text("aurora-postgresql"),
    Text("oracle-ee"),
    Text("oracle-ee-cdb"),
    Text("oracle-se"),
    Text("oracle-se1"),
    Text("oracle-se2"),
    Text("oracle-se2-cdb"),
    Text("postgres"),
    Text("sqlserver-ee"),
    Text("sqlserver-ex"),
    Text("sqlserver-se"),
    Text("sqlserver-web"),
];

pub(crate) const CHECKS: &[Check] = &[
    at_rest("CKV_AWS_16", "the database is encrypted", "the database is not encrypted")
        .references(&[security_hub("RDS.3"), cis_aws("2.3.1"), ENCRYPTION])
        .rules(&[on(&["aws_db_instance"], key("storage_encrypted").enabled())
            .fix("set `storage_encrypted = true`; a database that exists must be \
             restored from an encrypted snapshot")
            .snippet("storage_encrypted = true\n")
            .example(include_str!("CKV_AWS_16.tf"))]),
    check("CKV_AWS_17", "the database has no public address")
        .problem("the database has a public address")
        .severity(High)
        .why("Only a security group then stands between the internet and the data.")
        .references(&[security_hub("RDS.2"), cis_aws("2.3.3")])
        .rules(&[on(INSTANCES, key("publicly_accessible").not_enabled())
            .fix("remove `publicly_accessible = true`")
            .snippet("publicly_accessible = false\n")
            .example(include_str!("CKV_AWS_17.tf"))]),
    at_rest("CKV_AWS_96", "the cluster is encrypted", "the cluster is not encrypted")
        .references(&[security_hub("RDS.27"), ENCRYPTION])
        .rules(&[on(&["aws_rds_cluster"], any_of(&[
                key("storage_encrypted").enabled(),
                key("engine_mode").one_of(&[Text("serverless")]),
            ]))
            .fix("set `storage_encrypted = true`; a cluster that exists must be \
             restored from a snapshot")
            .snippet("storage_encrypted = true\n")
            .example(include_str!("CKV_AWS_96.tf"))]),
    check("CKV_AWS_118", "the database reports on its operating system")
        .problem("the database does not report on its operating system")
        .severity(Low)
        .why("Where a process eats memory or disk, the metrics of the hypervisor \
             do not say which.")
        .references(&[security_hub("RDS.6"), page("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.html")])
        .rules(&[on(INSTANCES, key("monitoring_interval").one_of(&[Int(1), Int(5), Int(10), Int(15), Int(30), Int(60)]))
            .fix("set `monitoring_interval` to 60 or less, with a `monitoring_role_arn`")
            .snippet("monitoring_interval = 60\nmonitoring_role_arn = \
             aws_iam_role.monitoring.arn\n")
            .example(include_str!("CKV_AWS_118.tf"))]),
    check("CKV_AWS_129", "the database exports its logs")
        .problem("the database exports no logs")
        .severity(Medium)
        .why("Logs that stay on the instance are overwritten, and lost with it.")
        .references(&[security_hub("RDS.9")])
        .rules(&[on(&["aws_db_instance"], key("enabled_cloudwatch_logs_exports").given())
            .fix("list the logs of the engine in `enabled_cloudwatch_logs_exports`")
            .snippet("enabled_cloudwatch_logs_exports = [\"postgresql\", \"upgrade\"]\n")
            .example(include_str!("CKV_AWS_129.tf"))]),
    check("CKV_AWS_133", "backups of the database are kept")
        .problem("backups of the database are not kept")
        .severity(Medium)
        .why("What a faulty program or an intruder overwrites or deletes is gone.")
        .references(&[security_hub("RDS.11"), page("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html")])
        .rules(&[on(&["aws_rds_cluster", "aws_db_instance"], all_of(&[
                key("backup_retention_period").at_least(1).or_absent(),
                key("backup_retention_period").at_most(35).or_absent(),
            ]))
            .fix("set `backup_retention_period` to between 1 and 35 days")
            .snippet("backup_retention_period = 7\n")
            .example(include_str!("CKV_AWS_133.tf"))]),
    check("CKV_AWS_139", "the cluster is protected from deletion")
        .problem("the cluster can be deleted by mistake")
        .severity(Medium)
        .why(DELETION)
        .references(&[security_hub("RDS.7")])
        .rules(&[on(&["aws_rds_cluster"], key("deletion_protection").enabled())
            .fix("set `deletion_protection = true`")
            .snippet("deletion_protection = true\n")
            .example(include_str!("CKV_AWS_139.tf"))]),
    at_rest("CKV_AWS_140", "the global cluster is encrypted", "the global cluster is not encrypted")
        .references(&[ENCRYPTION])
        .rules(&[on(&["aws_rds_global_cluster"], when(&key("source_db_cluster_identifier").not_given(), &key("storage_encrypted").enabled()))
            .fix("set `storage_encrypted = true`")
            .snippet("storage_encrypted = true\n")
            .example(include_str!("CKV_AWS_140.tf"))]),
    at_rest("CKV_AWS_146", "the snapshot of the cluster is encrypted", "the snapshot of the cluster is not encrypted")
        .references(&[security_hub("RDS.4"), ENCRYPTION])
        .rules(&[on(&["aws_db_cluster_snapshot"], key("storage_encrypted").enabled())
            .fix("take the snapshot from an encrypted cluster, with \
             `storage_encrypted = true`")
            .snippet("storage_encrypted = true\n")
            .example(include_str!("CKV_AWS_146.tf"))]),
    check("CKV_AWS_157", "the database stands by in a second zone")
        .problem("the database runs in one zone")
        .severity(Low)
        .why("When the zone fails the database does, until it has been restored \
             elsewhere by hand.")
        .references(&[security_hub("RDS.5"), page("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html")])
        .rules(&[on(&["aws_db_instance"], key("multi_az").enabled())
            .fix("set `multi_az = true`")
            .snippet("multi_az = true\n")
            .example(include_str!("CKV_AWS_157.tf"))]),
    check("CKV_AWS_161", "clients may log in to the database with IAM")
        .problem("clients log in to the database with passwords only")
        .severity(Low)
        .why(PASSWORDS)
        .references(&[security_hub("RDS.10"), IAM_AUTHENTICATION])
        .rules(&[on(&["aws_db_instance"], when(
                &key("engine").one_of(&[Text("mysql"), Text("postgres")]),
                &key("iam_database_authentication_enabled").enabled(),
            ))
            .fix("set `iam_database_authentication_enabled = true`")
            .snippet("iam_database_authentication_enabled = true\n")
            .example(include_str!("CKV_AWS_161.tf"))]),
    check("CKV_AWS_162", "clients may log in to the cluster with IAM")
        .problem("clients log in to the cluster with passwords only")
        .severity(Low)
        .why(PASSWORDS)
        .references(&[security_hub("RDS.12"), IAM_AUTHENTICATION])
        .rules(&[on(&["aws_rds_cluster"], key("iam_database_authentication_enabled").enabled())
            .fix("set `iam_database_authentication_enabled = true`")
            .snippet("iam_database_authentication_enabled = true\n")
            .example(include_str!("CKV_AWS_162.tf"))]),
    check("CKV_AWS_198", "there is no security group of the time before VPCs")
        .problem("a security group of the time before VPCs is declared")
        .severity(Low)
        .why("It guards databases outside of any VPC, which AWS no longer offers: whoever relies on it is not guarded.")
        .references(&[page("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html")])
        .rules(&[terraform(&["aws_db_security_group"], Test::Resource(should_not_be))
            .fix("remove it, and name an `aws_security_group` in `vpc_security_group_ids`")
            .snippet("vpc_security_group_ids = [aws_security_group.database.id]\n")
            .example(include_str!("CKV_AWS_198.tf"))]),
    check("CKV_AWS_211", "the certificate of the database comes from a current authority")
        .problem("the certificate of the database comes from an authority that is retired")
        .severity(Low)
        .why("Clients that check the certificate, as they should, refuse to \
             connect once the authority has expired.")
        .references(&[page("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html")])
        .rules(&[on(&["aws_db_instance"], key("ca_cert_identifier").one_of(&[
                Text("rds-ca-rsa2048-g1"), Text("rds-ca-rsa4096-g1"), Text("rds-ca-ecc384-g1"),
            ]).or_absent())
            .fix("set `ca_cert_identifier = \"rds-ca-rsa2048-g1\"`")
            .snippet("ca_cert_identifier = \"rds-ca-rsa2048-g1\"\n")
            .example(include_str!("CKV_AWS_211.tf"))]),
    check("CKV_AWS_226", "the database takes minor upgrades by itself")
        .problem("the database takes no upgrades by itself")
        .severity(Low)
        .why("Flaws that the engine's makers have mended stay open until somebody \
             thinks of it.")
        .references(&[security_hub("RDS.13")])
        .rules(&[on(INSTANCES, key("auto_minor_version_upgrade").enabled())
            .fix("set `auto_minor_version_upgrade = true`")
            .snippet("auto_minor_version_upgrade = true\n")
            .example(include_str!("CKV_AWS_226.tf"))]),
    own_key("CKV_AWS_245", "replicated backups use a customer-managed key", "replicated backups use no customer-managed key")
        .rules(&[kms_key_id(&["aws_db_instance_automated_backups_replication"]).example(include_str!("CKV_AWS_245.tf"))]),
    own_key("CKV_AWS_246", "the activity stream uses a customer-managed key", "the activity stream uses no customer-managed key")
        .rules(&[kms_key_id(&["aws_rds_cluster_activity_stream"]).example(include_str!("CKV_AWS_246.tf"))]),
    check("CKV_AWS_250", "PostgreSQL is of a version without known holes in its extensions")
        .problem("PostgreSQL is of a version whose extensions let a user read files of the host")
        .severity(High)
        .why("By way of `log_fdw` a user of the database reads credentials of the service itself.")
        .references(&[page("https://aws.amazon.com/security/security-bulletins/AWS-2022-004/")])
        .rules(&[terraform(&["aws_rds_cluster", "aws_db_instance"], Test::Resource(has_safe_extensions))
            .fix("set `engine_version` to a supported one")
            .snippet("engine_version = \"16.6\"\n")
            .example(include_str!("CKV_AWS_250.tf"))]),
    own_key("CKV_AWS_266", "the copied snapshot uses a customer-managed key", "the copied snapshot uses no customer-managed key")
        .rules(&[kms_key_id(&["aws_db_snapshot_copy"]).example(include_str!("CKV_AWS_266.tf"))]),
    check("CKV_AWS_293", "the database is protected from deletion")
        .problem("the database can be deleted by mistake")
        .severity(Medium)
        .why(DELETION)
        .references(&[security_hub("RDS.8")])
        .rules(&[on(&["aws_db_instance"], key("deletion_protection").enabled())
            .fix("set `deletion_protection = true`")
            .snippet("deletion_protection = true\n")
            .example(include_str!("CKV_AWS_293.tf"))]),
    check("CKV_AWS_302", "the snapshot is not shared with everyone")
        .problem("the snapshot is shared with everyone")
        .severity(Critical)
        .why("Any AWS account can restore the database from it and read all of it.")
        .references(&[security_hub("RDS.1")])
        .rules(&[on(&["aws_db_snapshot"], key("shared_accounts").none_of(&[Text("all")]))
            .fix("name the accounts in `shared_accounts`, or remove it")
            .snippet("shared_accounts = [\"111122223333\"]\n")
            .example(include_str!("CKV_AWS_302.tf"))]),
    check("CKV_AWS_313", "snapshots of the cluster carry its tags")
        .problem("snapshots of the cluster carry no tags")
        .severity(Low)
        .why("Rules on access, cost and retention that go by tags pass over the \
             snapshots.")
        .references(&[security_hub("RDS.16")])
        .rules(&[on(&["aws_rds_cluster"], key("copy_tags_to_snapshot").enabled())
            .fix("set `copy_tags_to_snapshot = true`")
            .snippet("copy_tags_to_snapshot = true\n")
            .example(include_str!("CKV_AWS_313.tf"))]),
    check("CKV_AWS_324", "the cluster exports its logs")
        .problem("the cluster exports no logs")
        .severity(Medium)
        .why("Logs that stay on the instances are overwritten, and lost with them.")
        .references(&[page("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.html")])
        .rules(&[on(&["aws_rds_cluster"], key("enabled_cloudwatch_logs_exports").given())
            .fix("list the logs of the engine in `enabled_cloudwatch_logs_exports`")
            .snippet("enabled_cloudwatch_logs_exports = [\"postgresql\"]\n")
            .example(include_str!("CKV_AWS_324.tf"))]),
    check("CKV_AWS_325", "the cluster exports its audit log")
        .problem("the cluster exports no audit log")
        .severity(Medium)
        .why("Who connected and what they asked cannot be found out later.")
        .references(&[security_hub("RDS.34")])
        .rules(&[on(&["aws_rds_cluster"], when(
                &key("engine").one_of(&[Text("aurora"), Text("aurora-mysql"), Text("mysql")]).or_absent(),
                &key("enabled_cloudwatch_logs_exports").includes(&[Text("audit")]),
            ))
            .fix("add `audit` to `enabled_cloudwatch_logs_exports`")
            .snippet("enabled_cloudwatch_logs_exports = [\"audit\"]\n")
            .example(include_str!("CKV_AWS_325.tf"))]),
    check("CKV_AWS_326", "the cluster can be turned back in time")
        .problem("the cluster cannot be turned back in time")
        .severity(Low)
        .why("What a faulty program overwrites must be restored into a new \
             cluster, which takes hours.")
        .references(&[security_hub("RDS.14")])
        .rules(&[on(&["aws_rds_cluster"], when(
                &key("engine").one_of(&[Text("aurora"), Text("aurora-mysql")]).or_absent(),
                &key("backtrack_window").none_of(&[Int(0)]).and_given(),
            ))
            .fix("set `backtrack_window` to a number of seconds")
            .snippet("backtrack_window = 86400\n")
            .example(include_str!("CKV_AWS_326.tf"))]),
    own_key("CKV_AWS_327", "the cluster uses a customer-managed key", "the cluster uses no customer-managed key")
        .rules(&[kms_key_id(&["aws_rds_cluster"]).example(include_str!("CKV_AWS_327.tf"))]),
    check("CKV_AWS_353", "the database tells which queries it waits for")
        .problem("the database does not tell which queries it waits for")
        .severity(Low)
        .why("When it is slow, by load or by attack, nobody can see which queries \
             and clients make it so.")
        .references(&[page("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.html")])
        .rules(&[on(INSTANCES, when(
                &all_of(&[
                    key("engine").none_of(&[Text("db2-se"), Text("db2-ae")]),
                    any_of(&[
                        key("engine").one_of(ENGINES_WITH_INSIGHTS).or_absent(),
                        key("instance_class").none_of(&[
                            Text("db.t2.micro"), Text("db.t2.small"), Text("db.t3.micro"), Text("db.t3.small"),
                            Text("db.t4g.micro"), Text("db.t4g.small"),
                        ]),
                    ]),
                ]),
                &key("performance_insights_enabled").enabled(),
            ))
            .fix("set `performance_insights_enabled = true`")
            .snippet("performance_insights_enabled = true\n")
            .example(include_str!("CKV_AWS_353.tf"))]),
    own_key("CKV_AWS_354", "performance data of the database use a customer-managed key", "performance data of the database use no customer-managed key")
        .rules(&[on(&["aws_rds_cluster_instance", "aws_db_instance"], any_of(&[
                key("performance_insights_kms_key_id").given(),
                key("performance_insights_enabled").not_enabled(),
            ]))
            .fix("set `performance_insights_kms_key_id` to the ARN of a key of your own")
            .snippet("performance_insights_kms_key_id = aws_kms_key.data.arn\n")
            .example(include_str!("CKV_AWS_354.tf"))]),
    check("CKV_AWS_388", "Aurora PostgreSQL is of a version without known holes in its extensions")
        .problem("Aurora PostgreSQL is of a version whose extensions let a user read files of the host")
        .severity(High)
        .why("By way of `log_fdw` a user of the database reads credentials of the service itself.")
        .references(&[page("https://aws.amazon.com/security/security-bulletins/AWS-2022-004/")])
        .rules(&[on(
            &["aws_db_instance"],
            presumed(&any_of(&[
                key("engine_version").none_of(&[
                    Text("10.11"),
                    Text("10.12"),
                    Text("10.13"),
                    Text("11.6"),
                    Text("11.7"),
                    Text("11.8"),
                ]),
                key("engine").none_of(&[Text("aurora-postgresql")]),
            ])),
        )
        .fix("set `engine_version` to a supported one")
        .snippet("engine_version = \"16.6\"\n")
        .example(include_str!("CKV_AWS_388.tf"))]),
];

const ENCRYPTION: Reference =
    page("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html");

const IAM_AUTHENTICATION: Reference =
    page("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html");

/// The version is later than the last one of its line in which `log_fdw` reads too much. There is
/// nothing to say of other engines, and of versions that are not written as two or three numbers.
fn has_safe_extensions(database: &Resource<'_>) -> Outcome {
    let (Some(engine), Some(node)) = (database.get("engine"), database.get("engine_version"))
    else {
        return Outcome::NotApplicable;
    };
    if let Some(unknown) = [engine, node]
        .into_iter()
        .find(|it| it.value.as_unknown().is_some())
    {
        return undecided(unknown, false);
    }
    let version = node.value.as_str().unwrap_or_default();
    let numbers: Option<Vec<u32>> = version.split('.').map(|part| part.parse().ok()).collect();
    let numbers = numbers.unwrap_or_default();
    let safe = match (engine.value.as_str(), numbers.as_slice()) {
        (Some("postgres"), [9, 6]) => return Outcome::NotApplicable,
        (Some("postgres"), [9, 6, patch]) => *patch > 21,
        (Some("postgres"), [major, minor] | [major, minor, _]) => match major {
            14.. => true,
            13 => *minor > 2,
            12 => *minor > 6,
            11 => *minor > 11,
            10 => *minor > 16,
            _ => false,
        },
        (Some("aurora-postgresql"), [major, minor]) => match major {
            12.. => true,
            11 => *minor > 8,
            10 => *minor > 13,
            _ => false,
        },
        _ => return Outcome::NotApplicable,
    };
    Outcome::require(safe, || {
        Label::new(node.span, format!("{version} has a hole in `log_fdw`"))
    })
}
