//! CodeBuild, CodePipeline and CodeArtifact.

use crate::prelude::*;

use super::encryption::{at_rest, own_key};

const PROJECT: &[&str] = &["aws_codebuild_project"];

const HAS_ARTIFACTS: Condition = key("artifacts.type")
    .none_of(&[Text("NO_ARTIFACTS")])
    .and_given();

pub(crate) const CHECKS: &[Check] = &[
    at_rest("CKV_AWS_78", "artifacts of builds are encrypted", "artifacts of builds are not encrypted")
        .severity(Medium)
        .references(&[page("https://docs.aws.amazon.com/codebuild/latest/userguide/security-encryption.html")])
        .rules(&[on(PROJECT, when(&HAS_ARTIFACTS, &key("artifacts.encryption_disabled").not_enabled()))
            .fix("remove `encryption_disabled = true`")
            .snippet("encryption_disabled = false\n")
            .example(include_str!("CKV_AWS_78.tf"))]),
    own_key("CKV_AWS_147", "artifacts of builds use a customer-managed key", "artifacts of builds use no customer-managed key")
        .rules(&[on(PROJECT, when(&HAS_ARTIFACTS, &key("encryption_key").given()))
            .fix("set `encryption_key` to the ARN of a key of your own")
            .snippet("encryption_key = aws_kms_key.data.arn\n")
            .example(include_str!("CKV_AWS_147.tf"))]),
    own_key("CKV_AWS_219", "artifacts of the pipeline use a customer-managed key", "artifacts of the pipeline use no customer-managed key")
        .rules(&[on(&["aws_codepipeline"], key("artifact_store.encryption_key.id").given())
            .fix("add `encryption_key` to `artifact_store`")
            .snippet("encryption_key {\n  id   = aws_kms_key.data.arn\n  type = \"KMS\"\n}\n")
            .example(include_str!("CKV_AWS_219.tf"))]),
    own_key("CKV_AWS_221", "the package domain uses a customer-managed key", "the package domain uses no customer-managed key")
        .rules(&[on(&["aws_codeartifact_domain"], key("encryption_key").given())
            .fix("set `encryption_key` to the ARN of a key of your own")
            .snippet("encryption_key = aws_kms_key.data.arn\n")
            .example(include_str!("CKV_AWS_221.tf"))]),
    at_rest("CKV_AWS_311", "logs of builds are encrypted", "logs of builds are not encrypted")
        .severity(Medium)
        .references(&[security_hub("CodeBuild.3")])
        .rules(&[on(PROJECT, key("logs_config.s3_logs.encryption_disabled").not_enabled())
            .fix("remove `encryption_disabled = true`")
            .snippet("encryption_disabled = false\n")
            .example(include_str!("CKV_AWS_311.tf"))]),
    check("CKV_AWS_314", "builds are logged")
        .problem("builds are not logged")
        .severity(Medium)
        .why("What a build fetched, ran and published cannot be found out later.")
        .references(&[security_hub("CodeBuild.4"), owasp_cicd("CICD-SEC-10")])
        .rules(&[on(PROJECT, any_of(&[key("logs_config.cloudwatch_logs").given(), key("logs_config.s3_logs").given()]))
            .fix("add `logs_config` with a log group or bucket")
            .snippet("logs_config {\n  cloudwatch_logs {\n    group_name = \
             aws_cloudwatch_log_group.builds.name\n  }\n}\n")
            .example(include_str!("CKV_AWS_314.tf"))]),
    check("CKV_AWS_316", "builds run without privileges")
        .problem("builds run privileged")
        .severity(High)
        .why("A build that is privileged is root on its host: whoever changes \
             what is built has the host.")
        .references(&[owasp_cicd("CICD-SEC-5"), page("https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html")])
        .rules(&[on(PROJECT, key("environment.privileged_mode").not_enabled())
            .fix("remove `privileged_mode = true`, and build images without a Docker \
             daemon")
            .snippet("privileged_mode = false\n")
            .example(include_str!("CKV_AWS_316.tf"))]),
];
