//! Relational databases.

use crate::policy::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
check("CKV2_AWS_8", "the cluster is in a backup plan")
            .problem("the cluster is in no backup plan")
            .severity(Medium)
            .why("Snapshots of RDS go with the cluster. What AWS Backup keeps lies \
in a vault with rights of its own.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-26")])
            .rules(&[policy(&["aws_rds_cluster"], &all(&[only(&[Text("aws_rds_cluster")]), connected(&["aws_rds_cluster"], &["aws_backup_selection"])]))
                .fix("name it in an `aws_backup_selection`")
                .snippet("resources = [aws_rds_cluster.main.arn]\n")
                .example(include_str!("CKV2_AWS_8.tf"))]),
check("CKV2_AWS_27", "the PostgreSQL cluster logs its queries")
            .problem("the PostgreSQL cluster does not log its queries")
            .severity(Low)
            .why("Without its statements in the log nobody can tell what was asked \
of the database, by whom, and what took so long.")
            .references(&[cwe("CWE-778"), page("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_LogAccess.Concepts.PostgreSQL.html")])
            .rules(&[policy(&["aws_rds_cluster"], &all(&[only(&[Text("aws_rds_cluster")]), Clause::Filter(Filter { attribute: "engine", within: Text("aurora-postgresql") }), connected(&["aws_rds_cluster"], &["aws_rds_cluster_parameter_group"]), on(&["aws_rds_cluster_parameter_group"], "parameter.*.name").contains("log_statement"), on(&["aws_rds_cluster_parameter_group"], "parameter.*.name").contains("log_min_duration_statement")]))
                .fix("set `log_statement` and `log_min_duration_statement` in the parameter group")
                .snippet("parameter {\n  name  = \"log_statement\"\n  value = \"all\"\n}\n\nparameter {\n  name  = \"log_min_duration_statement\"\n  value = \"1\"\n}\n")
                .example(include_str!("CKV2_AWS_27.tf"))]),
check("CKV2_AWS_30", "the PostgreSQL instance logs its queries")
            .problem("the PostgreSQL instance does not log its queries")
            .severity(Low)
            .why("Without its statements in the log nobody can tell what was asked \
of the database, by whom, and what took so long.")
            .references(&[cwe("CWE-778"), page("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Concepts.PostgreSQL.html")])
            .rules(&[policy(&["aws_db_instance"], &any(&[only(&[Text("aws_db_instance")]), Clause::Filter(Filter { attribute: "engine", within: Text("postgres") }), connected(&["aws_db_instance"], &["aws_db_parameter_group"]), on(&["aws_db_parameter_group"], "parameter.*.name").contains("log_statement"), on(&["aws_db_parameter_group"], "parameter.*.name").contains("log_min_duration_statement")]))
                .fix("set `log_statement` and `log_min_duration_statement` in the parameter group")
                .snippet("parameter {\n  name  = \"log_statement\"\n  value = \"all\"\n}\n\nparameter {\n  name  = \"log_min_duration_statement\"\n  value = \"1\"\n}\n")
                .example(include_str!("CKV2_AWS_30.tf"))]),
check("CKV2_AWS_60", "snapshots carry the tags of the instance")
            .problem("snapshots do not carry the tags of the instance")
            .severity(Low)
            .why("Rules that go by tags (who may restore, what is kept how long) do \
not hold for a snapshot without them.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-17")])
            .rules(&[policy(&["aws_db_instance"], &all(&[on(&["aws_db_instance"], "copy_tags_to_snapshot").equals(Text("true")), on(&["aws_db_instance"], "copy_tags_to_snapshot").exists(), on(&["aws_db_instance"], "engine").not_within(&[Text("neptune"), Text("aurora"), Text("docdb")])]))
                .fix("set `copy_tags_to_snapshot = true`")
                .snippet("copy_tags_to_snapshot = true\n")
                .example(include_str!("CKV2_AWS_60.tf"))]),
check("CKV2_AWS_69", "the database takes encrypted connections alone")
            .problem("the database takes connections in the clear")
            .severity(Medium)
            .why("Passwords and rows cross the network readable, unless the client \
asks for TLS by itself.")
            .references(&[cwe("CWE-319"), page("https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-38")])
            .rules(&[policy(&["aws_db_instance"], &all(&[only(&[Text("aws_db_instance")]), any(&[unconnected(&["aws_db_instance"], &["aws_db_parameter_group"]), all(&[connected(&["aws_db_instance"], &["aws_db_parameter_group"]),
  any(&[on(&["aws_db_parameter_group"], "family").does_not_match("(^postgres|.*sqlserver).*"), all(&[on(&["aws_db_parameter_group"], "parameter[?(@.name=='rds.force_ssl')].value").json_path().exists(), on(&["aws_db_parameter_group"], "parameter[?(@.name=='rds.force_ssl')].value").json_path().equals(Text("1"))])]), any(&[on(&["aws_db_parameter_group"], "family").does_not_match("^(mariadb|mysql).*"), all(&[on(&["aws_db_parameter_group"], "parameter[?(@.name=='require_secure_transport')].value").json_path().exists(), on(&["aws_db_parameter_group"], "parameter[?(@.name=='require_secure_transport')].value").json_path().equals(Text("1"))])]), any(&[on(&["aws_db_parameter_group"], "family").does_not_match(".*db2-ae.*"), all(&[on(&["aws_db_parameter_group"], "parameter[?(@.name=='db2comm')].value").json_path().exists(), on(&["aws_db_parameter_group"], "parameter[?(@.name=='db2comm')].value").json_path().equals(Text("SSL"))])])])])]))
                .fix("set `rds.force_ssl` (PostgreSQL, SQL Server) or `require_secure_transport` (MySQL, MariaDB) to 1 in the parameter group")
                .snippet("parameter {\n  name  = \"rds.force_ssl\"\n  value = \"1\"\n}\n")
                .example(include_str!("CKV2_AWS_69.tf"))]),
];
