//! ElastiCache and MemoryDB.

use crate::prelude::*;

use super::encryption::{at_rest, in_transit, kms_key_arn, kms_key_id, own_key};
use super::vpc::should_not_be;

const NOT_MEMCACHED: Condition = key("engine").none_of(&[Text("memcached")]);

pub(crate) const CHECKS: &[Check] = &[
    at_rest(
        "CKV_AWS_29",
        "the replication group is encrypted",
        "the replication group is not encrypted",
    )
    .references(&[security_hub("ElastiCache.4")])
    .rules(&[on(
        &["aws_elasticache_replication_group"],
        key("at_rest_encryption_enabled").enabled(),
    )
    .fix(
        "set `at_rest_encryption_enabled = true`; a group that exists must \
             be made anew",
    )
    .snippet("at_rest_encryption_enabled = true\n")
    .example(include_str!("CKV_AWS_29.tf"))]),
    in_transit(
        "CKV_AWS_30",
        "the replication group is reached by TLS",
        "the replication group is reached without TLS",
    )
    .references(&[security_hub("ElastiCache.5"), TLS])
    .rules(&[on(
        &["aws_elasticache_replication_group"],
        key("transit_encryption_enabled").enabled(),
    )
    .fix("set `transit_encryption_enabled = true`")
    .snippet("transit_encryption_enabled = true\n")
    .example(include_str!("CKV_AWS_30.tf"))]),
    in_transit(
        "CKV_AWS_31",
        "clients of the replication group log in, by TLS",
        "clients of the replication group do not log in by TLS",
    )
    .why(
        "Without a password whoever is in the network reads and writes the \
             cache; without TLS the password can be read on the way.",
    )
    .references(&[security_hub("ElastiCache.6"), TLS])
    .rules(&[on(
        &["aws_elasticache_replication_group"],
        all_of(&[
            presumed(&key("transit_encryption_enabled").enabled()),
            any_of(&[key("auth_token").given(), key("user_group_ids").given()]),
        ]),
    )
    .fix(
        "set `transit_encryption_enabled = true` and `user_group_ids`, or an \
             `auth_token`",
    )
    .snippet(
        "transit_encryption_enabled = true\nuser_group_ids             = \
             [aws_elasticache_user_group.agents.id]\n",
    )
    .example(include_str!("CKV_AWS_31.tf"))]),
    check("CKV_AWS_134", "backups of the cache are kept")
        .problem("backups of the cache are not kept")
        .severity(Low)
        .why("What is in the cache alone, sessions for example, is lost with the node.")
        .references(&[security_hub("ElastiCache.1")])
        .rules(&[on(
            &["aws_elasticache_cluster"],
            when(
                &NOT_MEMCACHED,
                &key("snapshot_retention_limit")
                    .none_of(&[Int(0)])
                    .and_given(),
            ),
        )
        .fix("set `snapshot_retention_limit` to a number of days")
        .snippet("snapshot_retention_limit = 7\n")
        .example(include_str!("CKV_AWS_134.tf"))]),
    own_key(
        "CKV_AWS_191",
        "the replication group uses a customer-managed key",
        "the replication group uses no customer-managed key",
    )
    .rules(&[
        kms_key_id(&["aws_elasticache_replication_group"]).example(include_str!("CKV_AWS_191.tf"))
    ]),
    check("CKV_AWS_196", "there is no security group of the time before VPCs")
        .problem("a security group of the time before VPCs is declared")
        .severity(Low)
        .why("It guards caches outside of any VPC, which AWS no longer offers: whoever relies on it is not guarded.")
        .references(&[page("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/VPCs.EC2.html")])
        .rules(&[terraform(&["aws_elasticache_security_group"], Test::Resource(should_not_be))
            .fix("remove it, and name an `aws_security_group` in `security_group_ids`")
            .snippet("security_group_ids = [aws_security_group.cache.id]\n")
            .example(include_str!("CKV_AWS_196.tf"))]),
    own_key(
        "CKV_AWS_201",
        "the MemoryDB cluster uses a customer-managed key",
        "the MemoryDB cluster uses no customer-managed key",
    )
    .rules(&[kms_key_arn(&["aws_memorydb_cluster"]).example(include_str!("CKV_AWS_201.tf"))]),
    in_transit(
        "CKV_AWS_202",
        "the MemoryDB cluster is reached by TLS",
        "the MemoryDB cluster is reached without TLS",
    )
    .references(&[page(
        "https://docs.aws.amazon.com/memorydb/latest/devguide/in-transit-encryption.html",
    )])
    .rules(&[on(
        &["aws_memorydb_cluster"],
        key("tls_enabled").none_of(&[Bool(false)]),
    )
    .fix("remove `tls_enabled = false`; a cluster that exists must be made anew")
    .snippet("tls_enabled = true\n")
    .example(include_str!("CKV_AWS_202.tf"))]),
    own_key(
        "CKV_AWS_278",
        "the MemoryDB snapshot uses a customer-managed key",
        "the MemoryDB snapshot uses no customer-managed key",
    )
    .rules(&[kms_key_arn(&["aws_memorydb_snapshot"]).example(include_str!("CKV_AWS_278.tf"))]),
    check("CKV_AWS_322", "the cache takes minor upgrades by itself")
        .problem("the cache takes no upgrades by itself")
        .severity(Low)
        .why(
            "Flaws that the engine's makers have mended stay open until somebody \
             thinks of it.",
        )
        .references(&[security_hub("ElastiCache.2")])
        .rules(&[on(
            &["aws_elasticache_cluster"],
            when(
                &NOT_MEMCACHED,
                &key("auto_minor_version_upgrade").enabled().or_absent(),
            ),
        )
        .fix("remove `auto_minor_version_upgrade = false`")
        .snippet("auto_minor_version_upgrade = true\n")
        .example(include_str!("CKV_AWS_322.tf"))]),
    check(
        "CKV_AWS_323",
        "the cache stands in subnets of its own choice",
    )
    .problem("the cache stands in the default subnets")
    .severity(Medium)
    .why(
        "The default subnets have a route to the internet, and everything in \
             the account may be in them.",
    )
    .references(&[security_hub("ElastiCache.7")])
    .rules(&[on(
        &["aws_elasticache_cluster"],
        key("subnet_group_name").given(),
    )
    .fix("set `subnet_group_name` to a group of private subnets")
    .snippet("subnet_group_name = aws_elasticache_subnet_group.private.name\n")
    .example(include_str!("CKV_AWS_323.tf"))]),
];

const TLS: Reference =
    page("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html");
