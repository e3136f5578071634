//! `registry.tf`: images that are scanned, signed, kept by digest, and never overwritten.

use crate::cloud::{Cloud, Name};
use crate::hcl::{Block, File, Value, block, call, list, object, r, resource, t};
use crate::keys::Purpose;
use crate::policy::{allow, policy};

/// Registries that need no sign-in, by the prefix under which their images are kept.
const UPSTREAMS: [(&str, &str); 3] = [
    ("k8s", "registry.k8s.io"),
    ("public-ecr", "public.ecr.aws"),
    ("quay", "quay.io"),
];

pub(crate) fn file(cloud: &Cloud) -> File {
    let mut file = File::new();
    if cloud.images.is_empty() {
        return file;
    }
    for image in &cloud.images {
        file.extend(repository(cloud, image));
    }
    file.extend(signing());
    if cloud.production() {
        file.extend(scanning());
        file.extend(cache(cloud));
    }
    file
}

fn repository(cloud: &Cloud, image: &Name) -> [Block; 2] {
    let label = image.label();
    [
        resource("aws_ecr_repository", &label)
            .set("name", t(format!("${{local.name}}/{image}")))
            .set("image_tag_mutability", "IMMUTABLE")
            .set("force_delete", !cloud.production())
            .with(
                block("encryption_configuration")
                    .set("encryption_type", "KMS")
                    .set("kms_key", Purpose::Images.arn(cloud)),
            )
            .with(block("image_scanning_configuration").set("scan_on_push", true)),
        resource("aws_ecr_lifecycle_policy", &label)
            .set("repository", r(format!("aws_ecr_repository.{label}.name")))
            .set("policy", keep()),
    ]
}

/// What is never deployed goes: images without a tag after two weeks, all but the last fifty.
fn keep() -> Value {
    let rule = |priority: u32, what: &str, selection: Value| {
        object([
            ("rulePriority", priority.into()),
            ("description", what.into()),
            ("selection", selection),
            ("action", object([("type", "expire")])),
        ])
    };
    let untagged: [(&str, Value); 4] = [
        ("tagStatus", "untagged".into()),
        ("countType", "sinceImagePushed".into()),
        ("countUnit", "days".into()),
        ("countNumber", 14.into()),
    ];
    let all: [(&str, Value); 3] = [
        ("tagStatus", "any".into()),
        ("countType", "imageCountMoreThan".into()),
        ("countNumber", 50.into()),
    ];
    let rules = [
        rule(1, "without a tag", object(untagged)),
        rule(2, "all but the last fifty", object(all)),
    ];
    call("jsonencode", [object([("rules", list(rules))])])
}

fn signing() -> [Block; 1] {
    [resource("aws_signer_signing_profile", "images")
        .comment(
            "Who pushes an image signs it with this profile; admission asks for the signature.",
        )
        .set("platform_id", "Notation-OCI-SHA384-ECDSA")
        .with(
            block("signature_validity_period")
                .set("type", "MONTHS")
                .set("value", 135),
        )]
}

fn scanning() -> [Block; 1] {
    [resource("aws_ecr_registry_scanning_configuration", "this")
        .comment("For the whole registry: known vulnerabilities are looked for again each time that one is published.")
        .set("scan_type", "ENHANCED")
        .with(
            block("rule").set("scan_frequency", "CONTINUOUS_SCAN").with(
                block("repository_filter").set("filter", "*").set("filter_type", "WILDCARD"),
            ),
        )]
}

/// Images of others, through our own registry.
fn cache(cloud: &Cloud) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (prefix, upstream) in UPSTREAMS {
        let label = prefix.replace('-', "_");
        blocks.push(
            resource("aws_ecr_pull_through_cache_rule", &label)
                .set(
                    "ecr_repository_prefix",
                    t(format!("${{local.name}}-{prefix}")),
                )
                .set("upstream_registry_url", upstream),
        );
        blocks.push(
            resource("aws_ecr_repository_creation_template", &label)
                .set(
                    "prefix",
                    r(format!(
                        "aws_ecr_pull_through_cache_rule.{label}.ecr_repository_prefix"
                    )),
                )
                .set("description", format!("Images of {upstream}"))
                .set("applied_for", ["PULL_THROUGH_CACHE"])
                .set("image_tag_mutability", "IMMUTABLE")
                .set("lifecycle_policy", keep())
                .set("custom_role_arn", r("aws_iam_role.cache.arn"))
                .with(
                    block("encryption_configuration")
                        .set("encryption_type", "KMS")
                        .set("kms_key", Purpose::Images.arn(cloud)),
                ),
        );
    }
    blocks.push(
        resource("aws_iam_role", "cache")
            .set("name", t("${local.name}-${local.region}-image-cache"))
            .set(
                "assume_role_policy",
                policy([allow(["sts:AssumeRole"])
                    .service("ecr.amazonaws.com")
                    .of_this_account()]),
            ),
    );
    blocks.push(
        resource("aws_iam_role_policy", "cache")
            .set("name", "repositories")
            .set("role", r("aws_iam_role.cache.id"))
            .set(
                "policy",
                policy([
                    allow(["ecr:CreateRepository", "ecr:ReplicateImage", "ecr:TagResource"])
                        .on([t("arn:${local.partition}:ecr:${local.region}:${local.account}:repository/${local.name}-*")]),
                    allow(["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"])
                        .on([Purpose::Images.arn(cloud)]),
                ]),
            ),
    );
    let import = policy([allow(["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"])
        .on([t("arn:${local.partition}:ecr:${local.region}:${local.account}:repository/${local.name}-*")])]);
    if cloud.mode().is_some() {
        blocks.push(
            resource("aws_iam_role_policy", "node_cache")
                .comment("The first pull of an image brings it here.")
                .set("name", "image-cache")
                .set("role", r("aws_iam_role.node.id"))
                .set("policy", import),
        );
    }
    blocks
}
