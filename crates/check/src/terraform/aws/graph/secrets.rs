//! Keys, certificates, parameters, secrets.

use crate::policy::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
check("CKV2_AWS_34", "the parameter is encrypted")
            .problem("the parameter is not encrypted")
            .severity(Medium)
            .why("Whoever may list parameters reads the plain ones. An encrypted one \
also needs a right on its key.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/ssm-controls.html"), cwe("CWE-312")])
            .rules(&[policy(&["aws_ssm_parameter"], &all(&[on(&["aws_ssm_parameter"], "type").equals(Text("SecureString"))]))
                .fix("set `type = \"SecureString\"`")
                .snippet("type = \"SecureString\"\n")
                .example(include_str!("CKV2_AWS_34.tf"))]),
check("CKV2_AWS_36", "no secret leaves in a request")
            .problem("a secret may leave in a request")
            .severity(High)
            .why("A `data \"http\"` block runs during plan: whoever writes a module \
may send what the state knows to any address.")
            .references(&[cwe("CWE-201"), page("https://registry.terraform.io/providers/hashicorp/http/latest/docs/data-sources/http")])
            .rules(&[policy(&["data.http"], &any(&[all(&[connected(&["data.http"], &["aws_ssm_parameter"]), on(&["aws_ssm_parameter"], "type").differs_from(Text("SecureString")), only(&[Text("data.http")])]), all(&[unconnected(&["data.http"], &["aws_ssm_parameter"]), only(&[Text("data.http")])])]))
                .fix("do not name the parameter in the request")
                .snippet("url = \"https://example.com/status\"\n")
                .example(include_str!("CKV2_AWS_36.tf"))]),
check("CKV2_AWS_57", "the secret is rotated")
            .problem("the secret is never rotated")
            .severity(Medium)
            .why("A secret that leaked once is good until somebody notices. One that \
is rotated is not.")
            .references(&[page("https://docs.aws.amazon.com/securityhub/latest/userguide/secretsmanager-controls.html#secretsmanager-1"), cwe("CWE-324")])
            .rules(&[policy(&["aws_secretsmanager_secret"], &all(&[only(&[Text("aws_secretsmanager_secret")]), connected(&["aws_secretsmanager_secret"], &["aws_secretsmanager_secret_rotation"])]))
                .fix("add an `aws_secretsmanager_secret_rotation`")
                .snippet("resource \"aws_secretsmanager_secret_rotation\" \"db\" {\n  secret_id = aws_secretsmanager_secret.db.id\n}\n")
                .example(include_str!("CKV2_AWS_57.tf"))]),
check("CKV2_AWS_64", "the key has a policy")
            .problem("the key has no policy of its own")
            .severity(Low)
            .why("Without a policy the account's IAM alone says who may use the key, \
and whoever administers IAM may too.")
            .references(&[page("https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html")])
            .rules(&[policy(&["aws_kms_key"], &any(&[on(&["aws_kms_key"], "policy").exists(), all(&[only(&[Text("aws_kms_key")]), connected(&["aws_kms_key"], &["aws_kms_key_policy"])])]))
                .fix("set `policy`, or add an `aws_kms_key_policy`")
                .snippet("policy = data.aws_iam_policy_document.key.json\n")
                .example(include_str!("CKV2_AWS_64.tf"))]),
check("CKV2_AWS_71", "the certificate names its hosts")
            .problem("the certificate holds for every host of a domain")
            .severity(Low)
            .why("Whoever gets the key of one host may stand for all of them.")
            .references(&[page("https://docs.aws.amazon.com/acm/latest/userguide/acm-concepts.html"), cwe("CWE-295")])
            .rules(&[policy(&["aws_acm_certificate"], &all(&[on(&["aws_acm_certificate"], "domain_name").lacks("*"), any(&[on(&["aws_acm_certificate"], "subject_alternative_names").is_missing(), on(&["aws_acm_certificate"], "subject_alternative_names.*").lacks("*")])]))
                .fix("name each host")
                .snippet("domain_name = \"app.example.com\"\n")
                .example(include_str!("CKV2_AWS_71.tf"))]),
];
