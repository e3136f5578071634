//! `identity.tf`: what pods may do in AWS, each by its own service account.

use crate::cloud::{Cloud, Identity, Permission};
use crate::cluster::pod_role;
use crate::hcl::{Block, File, Value, join, r, resource, t};
use crate::keys::Purpose;
use crate::policy::{Statement, allow, allow_named, policy};

/// The namespace and the service account of the External Secrets Operator.
pub(crate) const OPERATOR: &str = "external-secrets";

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
    file.extend(secrets(cloud));
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
        Permission::Actions { actions, resources } => {
            vec![allow_named(actions).on(resources.iter().map(arn))]
        }
        Permission::Bucket(name) => {
            let label = crate::buckets::label(name);
            vec![
                allow(["s3:ListBucket"]).on([r(format!("aws_s3_bucket.{label}.arn"))]),
                allow(["s3:DeleteObject", "s3:GetObject", "s3:PutObject"])
                    .on([t(format!("${{aws_s3_bucket.{label}.arn}}/*"))]),
                allow(["kms:Decrypt", "kms:GenerateDataKey"]).on([Purpose::Buckets.arn(cloud)]),
            ]
        }
    }
}

/// An ARN in the partition that the account is in.
fn arn(text: &String) -> Value {
    match text.strip_prefix("arn:aws:") {
        Some(rest) => join("arn:${local.partition}:", rest),
        None => text.into(),
    }
}

/// The External Secrets Operator brings secrets to where they are read: these, and no other.
fn secrets(cloud: &Cloud) -> Vec<Block> {
    let [secrets, parameters] = crate::secrets::arns(cloud);
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
    if statements.is_empty() {
        return Vec::new();
    }
    statements.push(allow(["kms:Decrypt"]).on([Purpose::Secrets.arn(cloud)]));
    let label = "external_secrets";
    let mut blocks = pod_role(label, OPERATOR, OPERATOR, None);
    blocks.push(
        resource("aws_iam_role_policy", label)
            .comment("The operator brings secrets to where they are read: these, and no other.")
            .set("name", "secrets")
            .set("role", r("aws_iam_role.external_secrets.id"))
            .set("policy", policy(statements)),
    );
    blocks.push(association(label, OPERATOR, OPERATOR));
    blocks
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
