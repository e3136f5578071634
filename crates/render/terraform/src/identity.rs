//! `identity.tf`: what pods may do in AWS, each by its own service account.

use crate::cloud::{Cloud, Identity, Permission};
use crate::cluster::pod_role;
use crate::hcl::{Block, File, Value, join, r, resource, t};
use crate::keys::Purpose;
use crate::policy::{Statement, allow, policy};

pub(crate) fn file(cloud: &Cloud) -> File {
    let mut file = File::new();
    for identity in &cloud.identities {
        let statements: Vec<Statement> = identity
            .may
            .iter()
            .flat_map(|it| statements(cloud, it))
            .collect();
        if !statements.is_empty() {
            file.extend(role(identity, statements));
        }
    }
    if cloud.has_edge() && cloud.mode() == Some(crate::cloud::Mode::Standard) {
        file.extend(load_balancer());
    }
    file
}

fn role(identity: &Identity, statements: Vec<Statement>) -> Vec<Block> {
    let label = format!("pod_{}", identity.name.label());
    let mut blocks = pod_role(&label, &identity.namespace, &identity.service_account, None);
    blocks.push(
        resource("aws_iam_role_policy", &label)
            .set("name", "own")
            .set("role", r(format!("aws_iam_role.{label}.id")))
            .set("policy", policy(statements)),
    );
    blocks.push(association(
        &label,
        &identity.namespace,
        &identity.service_account,
    ));
    blocks
}

fn association(label: &str, namespace: &str, service_account: &str) -> Block {
    resource("aws_eks_pod_identity_association", label)
        .set("cluster_name", r("local.cluster"))
        .set("namespace", namespace)
        .set("service_account", service_account)
        .set("role_arn", r(format!("aws_iam_role.{label}.arn")))
}

fn statements(cloud: &Cloud, permission: &Permission) -> Vec<Statement> {
    match permission {
        Permission::InvokeModels(models) => vec![
            allow([
                "bedrock:InvokeModel",
                "bedrock:InvokeModelWithResponseStream",
            ])
            .on(models.iter().map(model)),
        ],
        Permission::Bucket(name) => {
            let label = crate::buckets::label(name);
            if !cloud.buckets.iter().any(|it| it.name == *name) {
                return Vec::new();
            }
            vec![
                allow(["s3:ListBucket"]).on([r(format!("aws_s3_bucket.{label}.arn"))]),
                allow(["s3:DeleteObject", "s3:GetObject", "s3:PutObject"])
                    .on([t(format!("${{aws_s3_bucket.{label}.arn}}/*"))]),
                allow(["kms:Decrypt", "kms:GenerateDataKey"]).on([Purpose::Buckets.arn(cloud)]),
            ]
        }
        Permission::Secrets(owner) => {
            let [mut secrets, parameters] = crate::secrets::arns(cloud, owner);
            if cloud.databases.iter().any(|it| it.name == *owner) {
                let label = owner.label();
                secrets.push(format!(
                    "aws_db_instance.{label}.master_user_secret[0].secret_arn"
                ));
            }
            let mut statements = Vec::new();
            if !secrets.is_empty() {
                let actions = [
                    "secretsmanager:DescribeSecret",
                    "secretsmanager:GetSecretValue",
                ];
                statements.push(allow(actions).on(secrets.iter().map(r)));
            }
            if !parameters.is_empty() {
                let actions = ["ssm:GetParameter", "ssm:GetParameters"];
                statements.push(allow(actions).on(parameters.iter().map(r)));
            }
            if !statements.is_empty() {
                statements.push(allow(["kms:Decrypt"]).on([Purpose::Secrets.arn(cloud)]));
            }
            statements
        }
    }
}

/// A model of Bedrock in any region, for those that are served across regions.
fn model(id: impl AsRef<str>) -> Value {
    join(
        "arn:${local.partition}:bedrock:*::foundation-model/",
        id.as_ref(),
    )
}

/// The controller enters pods into the target groups of edge.tf; it makes no load balancer.
fn load_balancer() -> Vec<Block> {
    let (label, account) = ("load_balancer", "aws-load-balancer-controller");
    let mut blocks = pod_role(label, "kube-system", account, None);
    blocks.push(
        resource("aws_iam_role_policy", label)
            .comment("The controller enters pods into the target groups of edge.tf; it makes no load balancer.")
            .set("name", "targets")
            .set("role", r("aws_iam_role.load_balancer.id"))
            .set(
                "policy",
                policy([
                    allow(["elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"])
                        .on([t("arn:${local.partition}:elasticloadbalancing:${local.region}:${local.account}:targetgroup/${local.name}-*")]),
                    allow([
                        "ec2:DescribeInstances",
                        "ec2:DescribeNetworkInterfaces",
                        "ec2:DescribeSecurityGroups",
                        "ec2:DescribeSubnets",
                        "ec2:DescribeVpcs",
                        "ec2:DescribeAvailabilityZones",
                        "elasticloadbalancing:DescribeTargetGroups",
                        "elasticloadbalancing:DescribeTargetHealth",
                    ])
                    .on(["*"]),
                ]),
            ),
    );
    blocks.push(association(label, "kube-system", account));
    blocks
}
