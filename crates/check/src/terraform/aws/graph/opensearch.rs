//! OpenSearch, and Elasticsearch before it.

use crate::policy::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
check("CKV2_AWS_52", "access to the domain is granted index by index")
            .problem("access to the domain is all or nothing")
            .severity(Medium)
            .why("Without fine-grained access control whoever reaches the domain may \
read and write every index.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/opensearch-controls.html#opensearch-7"), cwe("CWE-732")])
            .rules(&[policy(&["aws_opensearch_domain", "aws_elasticsearch_domain"], &any(&[on(&["aws_opensearch_domain", "aws_elasticsearch_domain"], "advanced_security_options.internal_user_database_enabled").equals(Text("true")), on(&["aws_opensearch_domain", "aws_elasticsearch_domain"], "advanced_security_options.enabled").equals(Text("true"))]))
                .fix("set `enabled = true` in `advanced_security_options`")
                .snippet("advanced_security_options {\n  enabled = true\n}\n")
                .example(include_str!("CKV2_AWS_52.tf"))]),
check("CKV2_AWS_59", "the domain has nodes that do nothing but lead")
            .problem("the domain has no nodes that do nothing but lead")
            .severity(Low)
            .why("A node that both leads and searches loses the cluster when a query \
takes all its memory.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/opensearch-controls.html#opensearch-11")])
            .rules(&[policy(&["aws_opensearch_domain", "aws_elasticsearch_domain"], &on(&["aws_opensearch_domain", "aws_elasticsearch_domain"], "cluster_config.dedicated_master_enabled").equals(Text("true")))
                .fix("set `dedicated_master_enabled = true` in `cluster_config`")
                .snippet("cluster_config {\n  dedicated_master_enabled = true\n  dedicated_master_count   = 3\n}\n")
                .example(include_str!("CKV2_AWS_59.tf"))]),
];
