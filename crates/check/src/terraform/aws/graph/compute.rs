//! Instances, clusters, functions.

use crate::policy::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
check("CKV2_AWS_7", "the security group of the cluster is not open to the world")
            .problem("the security group of the cluster is open to the world")
            .severity(High)
            .why("Whoever reaches a node of the cluster may submit jobs to it, and \
so run programs.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/emr-controls.html#emr-2"), cwe("CWE-284")])
            .rules(&[policy(&["aws_emr_cluster"], &all(&[connected(&["aws_emr_cluster"], &["aws_security_group"]), on(&["aws_security_group"], "ingress.*.cidr_blocks").lacks("0.0.0.0/0"), only(&[Text("aws_emr_cluster")])]))
                .fix("name the ranges that may connect")
                .snippet("cidr_blocks = [\"10.0.0.0/8\"]\n")
                .example(include_str!("CKV2_AWS_7.tf"))]),
check("CKV2_AWS_41", "the instance has a role")
            .problem("the instance has no role")
            .severity(Low)
            .why("Without a role what runs on the instance needs keys that lie on \
its disk and never change.")
            .references(&[page("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html"), cwe("CWE-798")])
            .rules(&[policy(&["aws_instance"], &on(&["aws_instance"], "iam_instance_profile").exists())
                .fix("set `iam_instance_profile`")
                .snippet("iam_instance_profile = aws_iam_instance_profile.app.name\n")
                .example(include_str!("CKV2_AWS_41.tf"))]),
check("CKV2_AWS_55", "the cluster has a security configuration")
            .problem("the cluster has no security configuration")
            .severity(Medium)
            .why("Encryption on disk and between nodes is off in EMR until a \
security configuration turns it on.")
            .references(&[page("https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-create-security-configuration.html")])
            .rules(&[policy(&["aws_emr_cluster"], &on(&["aws_emr_cluster"], "security_configuration").exists())
                .fix("set `security_configuration`")
                .snippet("security_configuration = aws_emr_security_configuration.encrypted.name\n")
                .example(include_str!("CKV2_AWS_55.tf"))]),
check("CKV2_AWS_66", "the web server of Airflow is private")
            .problem("the web server of Airflow is public")
            .severity(Medium)
            .why("Whoever signs in to Airflow runs code with its role. In a private \
network one must first get there.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/mwaa-controls.html"), cwe("CWE-284")])
            .rules(&[policy(&["aws_mwaa_environment"], &any(&[on(&["aws_mwaa_environment"], "webserver_access_mode").is_missing(), on(&["aws_mwaa_environment"], "webserver_access_mode").equals(Text("PRIVATE_ONLY"))]))
                .fix("set `webserver_access_mode = \"PRIVATE_ONLY\"`")
                .snippet("webserver_access_mode = \"PRIVATE_ONLY\"\n")
                .example(include_str!("CKV2_AWS_66.tf"))]),
check("CKV2_AWS_75", "the URL of the function takes calls from known sites")
            .problem("the URL of the function takes calls from every site")
            .severity(Medium)
            .why("Any page that a user opens may call the function in the user's \
name.")
            .references(&[cwe("CWE-942"), page("https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html")])
            .rules(&[policy(&["aws_lambda_function"], &all(&[only(&[Text("aws_lambda_function")]), any(&[unconnected(&["aws_lambda_function"], &["aws_lambda_function_url"]), all(&[connected(&["aws_lambda_function"], &["aws_lambda_function_url"]), any(&[on(&["aws_lambda_function_url"], "cors.allow_origins").lacks("*"), on(&["aws_lambda_function_url"], "cors.allow_methods").lacks("*")])])])]))
                .fix("name the sites in `allow_origins`")
                .snippet("cors {\n  allow_origins = [\"https://app.example.com\"]\n  allow_methods = [\"POST\"]\n}\n")
                .example(include_str!("CKV2_AWS_75.tf"))]),
];
