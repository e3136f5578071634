//! What Karpenter needs of AWS: an identity, and news of nodes that are about to go.
//!
//! The rules follow its reference policy: it may start nodes only for this cluster, and may change
//! or end only those that it started.

use crate::cloud::Cloud;
use crate::cluster::{pod_role, volume_keys};
use crate::hcl::{Block, call, object, r, resource, t};
use crate::keys::Purpose;
use crate::policy::{allow, policy};

pub(crate) fn blocks(cloud: &Cloud) -> Vec<Block> {
    let mut blocks = pod_role("karpenter", "kube-system", "karpenter", None);
    blocks.push(permissions());
    blocks.push(volume_keys(cloud, "karpenter"));
    blocks.push(
        resource("aws_eks_pod_identity_association", "karpenter")
            .set("cluster_name", r("aws_eks_cluster.this.name"))
            .set("namespace", "kube-system")
            .set("service_account", "karpenter")
            .set("role_arn", r("aws_iam_role.karpenter.arn")),
    );
    blocks.push(
        resource("aws_iam_instance_profile", "node")
            .set("name", t("${local.name}-${local.region}-node"))
            .set("role", r("aws_iam_role.node.name")),
    );
    blocks.extend(interruptions(cloud));
    blocks
}

fn permissions() -> Block {
    let ec2 = |kind: &str| {
        t(format!(
            "arn:${{local.partition}}:ec2:${{local.region}}:*:{kind}/*"
        ))
    };
    let made = [
        "fleet",
        "instance",
        "volume",
        "network-interface",
        "launch-template",
        "spot-instances-request",
    ];
    let given = [
        "image",
        "snapshot",
        "security-group",
        "subnet",
        "capacity-reservation",
    ];
    resource("aws_iam_role_policy", "karpenter")
        .set("name", "nodes")
        .set("role", r("aws_iam_role.karpenter.id"))
        .set(
            "policy",
            policy([
                allow(["ec2:RunInstances", "ec2:CreateFleet"]).on(given.map(ec2)),
                allow(["ec2:RunInstances", "ec2:CreateFleet"])
                    .on([ec2("launch-template")])
                    .when(
                        "StringEquals",
                        "aws:ResourceTag/eks:eks-cluster-name",
                        r("local.name"),
                    ),
                allow([
                    "ec2:RunInstances",
                    "ec2:CreateFleet",
                    "ec2:CreateLaunchTemplate",
                ])
                .on(made.map(ec2))
                .when(
                    "StringEquals",
                    "aws:RequestTag/eks:eks-cluster-name",
                    r("local.name"),
                ),
                allow(["ec2:CreateTags"])
                    .on(made.map(ec2))
                    .when(
                        "StringEquals",
                        "aws:RequestTag/eks:eks-cluster-name",
                        r("local.name"),
                    )
                    .when(
                        "StringEquals",
                        "ec2:CreateAction",
                        ["RunInstances", "CreateFleet", "CreateLaunchTemplate"],
                    ),
                allow([
                    "ec2:TerminateInstances",
                    "ec2:DeleteLaunchTemplate",
                    "ec2:CreateTags",
                ])
                .on([ec2("instance"), ec2("launch-template")])
                .when(
                    "StringEquals",
                    "aws:ResourceTag/eks:eks-cluster-name",
                    r("local.name"),
                ),
                allow([
                    "ec2:DescribeCapacityReservations",
                    "ec2:DescribeImages",
                    "ec2:DescribeInstances",
                    "ec2:DescribeInstanceStatus",
                    "ec2:DescribeInstanceTypeOfferings",
                    "ec2:DescribeInstanceTypes",
                    "ec2:DescribeLaunchTemplates",
                    "ec2:DescribeSecurityGroups",
                    "ec2:DescribeSpotPriceHistory",
                    "ec2:DescribeSubnets",
                    "pricing:GetProducts",
                ])
                .on(["*"]),
                allow(["ssm:GetParameter"]).on([t(
                    "arn:${local.partition}:ssm:${local.region}::parameter/aws/service/*",
                )]),
                allow(["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"])
                    .on([r("aws_sqs_queue.interruptions.arn")]),
                allow(["kms:Decrypt"]).on([r("aws_sqs_queue.interruptions.kms_master_key_id")]),
                allow(["iam:PassRole"])
                    .on([r("aws_iam_role.node.arn")])
                    .when("StringEquals", "iam:PassedToService", "ec2.amazonaws.com"),
                allow(["iam:GetInstanceProfile"]).on([r("aws_iam_instance_profile.node.arn")]),
                allow(["eks:DescribeCluster"]).on([r("aws_eks_cluster.this.arn")]),
            ]),
        )
}

/// What EC2 says about nodes that it takes back or repairs.
fn interruptions(cloud: &Cloud) -> Vec<Block> {
    let rules = [
        ("spot", "aws.ec2", "EC2 Spot Instance Interruption Warning"),
        (
            "rebalance",
            "aws.ec2",
            "EC2 Instance Rebalance Recommendation",
        ),
        ("state", "aws.ec2", "EC2 Instance State-change Notification"),
        ("health", "aws.health", "AWS Health Event"),
    ];
    let mut blocks = vec![
        resource("aws_sqs_queue", "interruptions")
            .set("name", t("${local.name}-interruptions"))
            .set("message_retention_seconds", 300)
            .set("kms_master_key_id", Purpose::Logs.arn(cloud)),
        resource("aws_sqs_queue_policy", "interruptions")
            .set("queue_url", r("aws_sqs_queue.interruptions.id"))
            .set(
                "policy",
                policy([allow(["sqs:SendMessage"])
                    .service("events.amazonaws.com")
                    .on([r("aws_sqs_queue.interruptions.arn")])
                    .of_this_account()]),
            ),
    ];
    for (label, source, detail) in rules {
        let pattern = object([("source", [source]), ("detail-type", [detail])]);
        blocks.push(
            resource("aws_cloudwatch_event_rule", format!("karpenter_{label}"))
                .set("name", t(format!("${{local.name}}-{label}")))
                .set("description", format!("{detail}, for Karpenter"))
                .set("event_pattern", call("jsonencode", [pattern])),
        );
        blocks.push(
            resource("aws_cloudwatch_event_target", format!("karpenter_{label}"))
                .set(
                    "rule",
                    r(format!("aws_cloudwatch_event_rule.karpenter_{label}.name")),
                )
                .set("arn", r("aws_sqs_queue.interruptions.arn")),
        );
    }
    blocks
}
