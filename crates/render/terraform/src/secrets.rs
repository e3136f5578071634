//! `secrets.tf`: secrets that nobody types, that no state holds, and that change by themselves.
//!
//! What may change is in Secrets Manager, and a function of ours changes it. What encrypts data at
//! rest may not: it is a parameter.

use crate::cloud::{Cloud, Made, Secret};
use crate::hcl::{Block, File, block, call, ephemeral, list, object, prefixed, r, resource, t};
use crate::keys::Purpose;
use crate::logs::log_group;
use crate::network::{security_group, subnets};
use crate::policy::{allow, managed, policy, trust};

/// How often secrets change, in days.
const ROTATION: u32 = 90;

/// The function that changes secrets.
pub(crate) const FUNCTION: &[u8] = include_bytes!("rotate.py");

/// Whether there is anything that changes by itself.
pub(crate) fn rotates(cloud: &Cloud) -> bool {
    cloud.production() && cloud.kept_secrets().iter().any(|it| it.rotates)
}

/// The name of a secret in AWS, without that of the platform.
fn path(secret: &Secret) -> String {
    format!("{}/{}", secret.owner, secret.name)
}

fn label(secret: &Secret) -> String {
    format!("{}_{}", secret.owner.label(), secret.name.label())
}

/// Whether a secret is a parameter: it never changes. What somebody gives is there without a value
/// until then, as no parameter can be.
fn is_parameter(secret: &Secret) -> bool {
    !secret.rotates && secret.made != Made::Given
}

/// The ARNs of all secrets: those in Secrets Manager, and those that are parameters.
pub(crate) fn arns(cloud: &Cloud) -> [Vec<String>; 2] {
    let all = cloud.kept_secrets().iter();
    let (parameters, secrets): (Vec<_>, Vec<_>) = all.partition(|it| is_parameter(it));
    let arns = |kind: &str, those: Vec<&Secret>| {
        let arn = |it: &Secret| format!("{kind}.{}.arn", label(it));
        those.into_iter().map(arn).collect()
    };
    [
        arns("aws_secretsmanager_secret", secrets),
        arns("aws_ssm_parameter", parameters),
    ]
}

pub(crate) fn file(cloud: &Cloud) -> File {
    let mut file = File::new();
    for secret in cloud.kept_secrets() {
        file.extend(match secret.made {
            Made::Given => vec![given(cloud, secret)],
            _ => generated(cloud, secret),
        });
    }
    if rotates(cloud) {
        file.extend(function(cloud));
    }
    file
}

fn generated(cloud: &Cloud, secret: &Secret) -> Vec<Block> {
    let label = label(secret);
    let password = format!("ephemeral.aws_secretsmanager_random_password.{label}.random_password");
    let value = match &secret.made {
        Made::Generated { prefix } => prefixed(prefix, &password),
        Made::Hexadecimal | Made::Given => call("sha256", [r(&password)]),
    };
    let mut blocks = vec![
        ephemeral("aws_secretsmanager_random_password", &label)
            .set("password_length", secret.length)
            .set("exclude_punctuation", true),
    ];
    if is_parameter(secret) {
        blocks.push(
            resource("aws_ssm_parameter", &label)
                .comment("It never changes: it encrypts what is stored, or two programs know it.")
                .set("name", t(format!("/${{local.name}}/{}", path(secret))))
                .set("type", "SecureString")
                .set("key_id", Purpose::Secrets.arn(cloud))
                .set("value_wo", value)
                .set("value_wo_version", 1),
        );
        return blocks;
    }
    blocks.push(kept(cloud, secret));
    blocks.push(
        resource("aws_secretsmanager_secret_version", &label)
            .set(
                "secret_id",
                r(format!("aws_secretsmanager_secret.{label}.id")),
            )
            .set("secret_string_wo", value)
            .set("secret_string_wo_version", 1),
    );
    if cloud.production() {
        blocks.push(
            resource("aws_secretsmanager_secret_rotation", &label)
                .set(
                    "secret_id",
                    r(format!("aws_secretsmanager_secret.{label}.id")),
                )
                .set("rotation_lambda_arn", r("aws_lambda_function.rotate.arn"))
                .set("rotate_immediately", false)
                .set(
                    "depends_on",
                    list([
                        r("aws_lambda_permission.rotate"),
                        r(format!("aws_secretsmanager_secret_version.{label}")),
                    ]),
                )
                .with(block("rotation_rules").set("automatically_after_days", ROTATION)),
        );
    }
    blocks
}

fn kept(cloud: &Cloud, secret: &Secret) -> Block {
    resource("aws_secretsmanager_secret", label(secret))
        .set("name", t(format!("${{local.name}}/{}", path(secret))))
        .set("kms_key_id", Purpose::Secrets.arn(cloud))
        .set(
            "recovery_window_in_days",
            if cloud.production() { 30 } else { 7 },
        )
}

fn given(cloud: &Cloud, secret: &Secret) -> Block {
    kept(cloud, secret)
        .comment("Somebody gives it: aws secretsmanager put-secret-value.")
        .skip(
            "CKV2_AWS_57",
            "somebody else makes it, and gives another when it changes",
        )
}

/// A function of ours, signed, that gives a secret another value of the same length.
fn function(cloud: &Cloud) -> Vec<Block> {
    let secrets = cloud.kept_secrets().iter().filter(|it| it.rotates);
    let arns: Vec<_> = secrets
        .map(|it| r(format!("aws_secretsmanager_secret.{}.arn", label(it))))
        .collect();
    vec![
        log_group(cloud, "rotate", t("/aws/lambda/${local.name}-rotate")),
        resource("aws_iam_role", "rotate")
            .set("name", t("${local.name}-${local.region}-rotate"))
            .set("assume_role_policy", trust("lambda.amazonaws.com")),
        resource("aws_iam_role_policy_attachment", "rotate")
            .set("role", r("aws_iam_role.rotate.name"))
            .set(
                "policy_arn",
                managed("service-role/AWSLambdaVPCAccessExecutionRole"),
            ),
        resource("aws_iam_role_policy", "rotate")
            .set("name", "secrets")
            .set("role", r("aws_iam_role.rotate.id"))
            .set(
                "policy",
                policy([
                    allow([
                        "secretsmanager:DescribeSecret",
                        "secretsmanager:GetSecretValue",
                        "secretsmanager:PutSecretValue",
                        "secretsmanager:UpdateSecretVersionStage",
                    ])
                    .on(arns),
                    allow(["secretsmanager:GetRandomPassword"]).on(["*"]),
                    allow(["kms:Decrypt", "kms:GenerateDataKey"])
                        .on([Purpose::Secrets.arn(cloud), Purpose::Logs.arn(cloud)]),
                    allow(["sqs:SendMessage"]).on([r("aws_sqs_queue.rotate.arn")]),
                    allow(["xray:PutTraceSegments", "xray:PutTelemetryRecords"]).on(["*"]),
                ]),
            ),
        security_group("rotate", "rotate", "The function that changes secrets"),
        resource("aws_vpc_security_group_egress_rule", "rotate")
            .set("security_group_id", r("aws_security_group.rotate.id"))
            .set("description", "Private ways to AWS")
            .set("ip_protocol", "tcp")
            .set("from_port", 443)
            .set("to_port", 443)
            .set("cidr_ipv4", r("local.vpc_cidr")),
        resource("aws_sqs_queue", "rotate")
            .comment("Where a change that failed for good is remembered; an alarm watches it.")
            .set("name", t("${local.name}-rotate-failed"))
            .set("message_retention_seconds", 1_209_600)
            .set("kms_master_key_id", Purpose::Logs.arn(cloud)),
        resource("aws_signer_signing_profile", "code")
            .set("platform_id", "AWSLambda-SHA384-ECDSA")
            .with(
                block("signature_validity_period")
                    .set("type", "YEARS")
                    .set("value", 10),
            ),
        resource("aws_s3_object", "rotate")
            .set("bucket", r("aws_s3_bucket_versioning.code.bucket"))
            .set("key", "unsigned/rotate.zip")
            .set("source", t("${path.module}/functions/rotate.zip"))
            .set(
                "source_hash",
                call("filemd5", [t("${path.module}/functions/rotate.zip")]),
            )
            .set("kms_key_id", Purpose::Buckets.arn(cloud)),
        resource("aws_signer_signing_job", "rotate")
            .set("profile_name", r("aws_signer_signing_profile.code.name"))
            .with(
                block("source").with(
                    block("s3")
                        .set("bucket", r("aws_s3_object.rotate.bucket"))
                        .set("key", r("aws_s3_object.rotate.key"))
                        .set("version", r("aws_s3_object.rotate.version_id")),
                ),
            )
            .with(
                block("destination").with(
                    block("s3")
                        .set("bucket", r("aws_s3_object.rotate.bucket"))
                        .set("prefix", "signed/"),
                ),
            ),
        resource("aws_lambda_code_signing_config", "this")
            .set("description", "Code that we signed, no other")
            .with(block("allowed_publishers").set(
                "signing_profile_version_arns",
                [r("aws_signer_signing_profile.code.version_arn")],
            ))
            .with(block("policies").set("untrusted_artifact_on_deployment", "Enforce")),
        resource("aws_lambda_function", "rotate")
            .set("function_name", t("${local.name}-rotate"))
            .set("description", "Changes secrets")
            .set("role", r("aws_iam_role.rotate.arn"))
            .set("runtime", "python3.13")
            .set("architectures", ["arm64"])
            .set("handler", "rotate.handler")
            .set(
                "s3_bucket",
                r("aws_signer_signing_job.rotate.signed_object[0].s3[0].bucket"),
            )
            .set(
                "s3_key",
                r("aws_signer_signing_job.rotate.signed_object[0].s3[0].key"),
            )
            .set(
                "code_signing_config_arn",
                r("aws_lambda_code_signing_config.this.arn"),
            )
            .set("kms_key_arn", Purpose::Secrets.arn(cloud))
            .set("timeout", 30)
            .set("reserved_concurrent_executions", 2)
            .set(
                "depends_on",
                list([
                    r("aws_cloudwatch_log_group.rotate"),
                    r("aws_iam_role_policy.rotate"),
                ]),
            )
            .with(block("tracing_config").set("mode", "Active"))
            .with(block("dead_letter_config").set("target_arn", r("aws_sqs_queue.rotate.arn")))
            .with(
                block("vpc_config")
                    .set("subnet_ids", subnets("private"))
                    .set("security_group_ids", [r("aws_security_group.rotate.id")]),
            )
            .with(block("environment").set("variables", object([("LOG_LEVEL", "INFO")]))),
        resource("aws_lambda_permission", "rotate")
            .set(
                "function_name",
                r("aws_lambda_function.rotate.function_name"),
            )
            .set("action", "lambda:InvokeFunction")
            .set("principal", "secretsmanager.amazonaws.com")
            .set("source_account", r("local.account")),
    ]
}
