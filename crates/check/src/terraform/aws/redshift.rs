//! Redshift.

use crate::prelude::*;

use super::encryption::{at_rest, in_transit, kms_key_id, own_key};

const CLUSTER: &[&str] = &["aws_redshift_cluster"];

pub(crate) const CHECKS: &[Check] =
    &[
        at_rest(
            "CKV_AWS_64",
            "the cluster is encrypted",
            "the cluster is not encrypted",
        )
        .references(&[page(
            "https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html",
        )])
        .rules(&[on(CLUSTER, key("encrypted").enabled())
            .fix("set `encrypted = true`")
            .snippet("encrypted = true\n")
            .example(include_str!("CKV_AWS_64.tf"))]),
        check("CKV_AWS_71", "the cluster writes an audit log")
            .problem("the cluster writes no audit log")
            .severity(Medium)
            .why("Who connected and what they asked cannot be found out later.")
            .references(&[
                security_hub("Redshift.4"),
                page("https://docs.aws.amazon.com/redshift/latest/mgmt/db-auditing.html"),
            ])
            .rules(&[on(CLUSTER, key("logging.enable").enabled())
                .fix("add `logging` with `enable = true`")
                .snippet(
                    "logging {\n  enable      = true\n  bucket_name = \
             aws_s3_bucket.logs.id\n}\n",
                )
                .example(include_str!("CKV_AWS_71.tf"))]),
        check("CKV_AWS_87", "the cluster has no public address")
            .problem("the cluster has a public address")
            .severity(High)
            .why("Only a security group then stands between the internet and the data.")
            .references(&[security_hub("Redshift.1")])
            .rules(&[
                on(CLUSTER, key("publicly_accessible").one_of(&[Bool(false)]))
                    .fix("set `publicly_accessible = false`")
                    .snippet("publicly_accessible = false\n")
                    .example(include_str!("CKV_AWS_87.tf")),
            ]),
        in_transit(
            "CKV_AWS_105",
            "the cluster asks clients for TLS",
            "the cluster lets clients connect without TLS",
        )
        .references(&[
            security_hub("Redshift.2"),
            page("https://docs.aws.amazon.com/redshift/latest/mgmt/connecting-ssl-support.html"),
        ])
        .rules(&[on(
            &["aws_redshift_parameter_group"],
            exists(
                "parameter",
                &all_of(&[
                    key("name").one_of(&[Text("require_ssl")]),
                    key("value").enabled(),
                ]),
            ),
        )
        .fix("add the `parameter` `require_ssl` with the value `true`")
        .snippet("parameter {\n  name  = \"require_ssl\"\n  value = \"true\"\n}\n")
        .example(include_str!("CKV_AWS_105.tf"))]),
        check("CKV_AWS_141", "the cluster takes upgrades by itself")
            .problem("the cluster takes no upgrades by itself")
            .severity(Low)
            .why("Flaws that have been mended stay open until somebody thinks of it.")
            .references(&[security_hub("Redshift.6")])
            .rules(&[
                on(CLUSTER, key("allow_version_upgrade").enabled().or_absent())
                    .fix("remove `allow_version_upgrade = false`")
                    .snippet("allow_version_upgrade = true\n")
                    .example(include_str!("CKV_AWS_141.tf")),
            ]),
        own_key(
            "CKV_AWS_142",
            "the cluster uses a customer-managed key",
            "the cluster uses no customer-managed key",
        )
        .rules(&[kms_key_id(CLUSTER).example(include_str!("CKV_AWS_142.tf"))]),
        check("CKV_AWS_154", "the cluster stands in a VPC")
            .problem("the cluster stands outside of any VPC of yours")
            .severity(Medium)
            .why(
                "Networks, routes and groups that protect everything else do not \
             hold for it.",
            )
            .references(&[page(
                "https://docs.aws.amazon.com/redshift/latest/mgmt/managing-clusters-vpc.html",
            )])
            .rules(&[on(CLUSTER, key("cluster_subnet_group_name").given())
                .fix("set `cluster_subnet_group_name`")
                .snippet("cluster_subnet_group_name = aws_redshift_subnet_group.private.name\n")
                .example(include_str!("CKV_AWS_154.tf"))]),
        own_key(
            "CKV_AWS_281",
            "copied snapshots use a customer-managed key",
            "copied snapshots use no customer-managed key",
        )
        .rules(&[kms_key_id(&["aws_redshift_snapshot_copy_grant"])
            .example(include_str!("CKV_AWS_281.tf"))]),
        own_key(
            "CKV_AWS_282",
            "the namespace uses a customer-managed key",
            "the namespace uses no customer-managed key",
        )
        .rules(&[kms_key_id(&["aws_redshiftserverless_namespace"])
            .example(include_str!("CKV_AWS_282.tf"))]),
        check("CKV_AWS_320", "the database has a name of its own")
            .problem("the database has the default name")
            .severity(Low)
            .why("One thing less that an attacker must guess.")
            .references(&[security_hub("Redshift.9")])
            .rules(&[on(CLUSTER, key("database_name").given())
                .fix("set `database_name`")
                .snippet("database_name = \"reports\"\n")
                .example(include_str!("CKV_AWS_320.tf"))]),
        check(
            "CKV_AWS_321",
            "copies to and from the cluster go through the VPC",
        )
        .problem("copies to and from the cluster go past the VPC")
        .severity(Medium)
        .why(
            "Flow logs do not show them, and endpoint policies do not stop a \
             copy to a stranger's bucket.",
        )
        .references(&[security_hub("Redshift.7")])
        .rules(&[on(CLUSTER, key("enhanced_vpc_routing").enabled())
            .fix("set `enhanced_vpc_routing = true`")
            .snippet("enhanced_vpc_routing = true\n")
            .example(include_str!("CKV_AWS_321.tf"))]),
        check(
            "CKV_AWS_343",
            "snapshots of the cluster are taken by themselves",
        )
        .problem("no snapshots of the cluster are taken by themselves")
        .severity(Medium)
        .why("What a faulty program or an intruder overwrites or deletes is gone.")
        .references(&[security_hub("Redshift.3")])
        .rules(&[on(
            CLUSTER,
            key("automated_snapshot_retention_period").none_of(&[Int(0)]),
        )
        .fix("set `automated_snapshot_retention_period` to 7 days or more")
        .snippet("automated_snapshot_retention_period = 7\n")
        .example(include_str!("CKV_AWS_343.tf"))]),
        check(
            "CKV_AWS_391",
            "the first user of a public cluster has a name of its own",
        )
        .problem("the first user of a public cluster has a name that everyone knows")
        .severity(Medium)
        .why("Whoever can reach the cluster need guess only the password.")
        .references(&[security_hub("Redshift.8")])
        .rules(&[on(
            CLUSTER,
            presumed(&any_of(&[
                key("master_username").none_of(&[
                    Text("awsuser"),
                    Text("administrator"),
                    Text("admin"),
                ]),
                key("publicly_accessible").not_enabled().and_given(),
            ])),
        )
        .fix("set `master_username` to another name, and `publicly_accessible = false`")
        .snippet("master_username     = \"reporter\"\npublicly_accessible = false\n")
        .example(include_str!("CKV_AWS_391.tf"))]),
    ];
