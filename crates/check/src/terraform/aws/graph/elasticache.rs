//! ElastiCache.

use crate::policy::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
check("CKV2_AWS_50", "the cache moves to another zone when its own fails")
            .problem("the cache fails with its zone")
            .severity(Low)
            .why("Without a replica to move to, the cache is away until its zone is \
back, and what leans on it with it.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/elasticache-controls.html#elasticache-3")])
            .rules(&[policy(&["aws_elasticache_replication_group"], &on(&["aws_elasticache_replication_group"], "automatic_failover_enabled").equals(Text("true")))
                .fix("set `automatic_failover_enabled = true`")
                .snippet("automatic_failover_enabled = true\n")
                .example(include_str!("CKV2_AWS_50.tf"))]),
];
