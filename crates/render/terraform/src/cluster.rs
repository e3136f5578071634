//! `cluster.tf` and `addons.tf`: the control plane, who may reach it, and what it runs for itself.

use crate::cloud::{Cloud, Cluster, Mode};
use crate::hcl::{Block, File, Value, block, call, data, list, object, r, resource, t};
use crate::keys::Purpose;
use crate::logs::log_group;
use crate::network::subnets;
use crate::policy::{allow, managed, policy, trust, trust_pod};

/// What the control plane can tell, all of it.
const LOG_TYPES: [&str; 5] = [
    "api",
    "audit",
    "authenticator",
    "controllerManager",
    "scheduler",
];

/// Versions of add-ons that belong to Kubernetes 1.34.
pub(crate) const ADDONS: [(&str, &str); 7] = [
    ("amazon-cloudwatch-observability", "v4.8.0-eksbuild.1"),
    ("aws-ebs-csi-driver", "v1.54.0-eksbuild.1"),
    ("aws-efs-csi-driver", "v2.1.15-eksbuild.1"),
    ("coredns", "v1.12.3-eksbuild.1"),
    ("eks-pod-identity-agent", "v1.3.10-eksbuild.2"),
    ("kube-proxy", "v1.34.0-eksbuild.2"),
    ("vpc-cni", "v1.20.4-eksbuild.2"),
];

pub(crate) const METRICS_SERVER: (&str, &str) = ("metrics-server", "v0.8.0-eksbuild.6");

/// Whether the API of a cluster that is built here answers on the internet too.
pub(crate) fn is_public(cloud: &Cloud) -> bool {
    match &cloud.cluster {
        Cluster::New { public, .. } => public.is_some(),
        Cluster::Existing { .. } => false,
    }
}

pub(crate) fn file(cloud: &Cloud) -> File {
    let mut file = File::new();
    match &cloud.cluster {
        Cluster::Existing { name, .. } => {
            file.push(data("aws_eks_cluster", "this").set("name", name));
            file.push(
                block("locals")
                    .comment("The cluster is somebody else's: nothing of it is changed here.")
                    .set("cluster", r("data.aws_eks_cluster.this.name"))
                    .set(
                        "cluster_security_group",
                        r("data.aws_eks_cluster.this.vpc_config[0].cluster_security_group_id"),
                    ),
            );
        }
        Cluster::New {
            mode,
            version,
            services,
            ..
        } => {
            file.push(
                block("locals")
                    .set("cluster", r("aws_eks_cluster.this.name"))
                    .set(
                        "cluster_security_group",
                        r("aws_eks_cluster.this.vpc_config[0].cluster_security_group_id"),
                    ),
            );
            file.extend(role(cloud, *mode));
            file.push(
                log_group(cloud, "cluster", t("/aws/eks/${local.name}/cluster")).comment(
                    "Made before the cluster, which would make it without a key and for ever.",
                ),
            );
            file.push(mode_guard(*mode));
            file.push(cluster(cloud, *mode, version, services));
            file.extend(administrators());
        }
    }
    file
}

fn role(cloud: &Cloud, mode: Mode) -> Vec<Block> {
    let mut policies = vec!["AmazonEKSClusterPolicy"];
    if mode == Mode::Auto {
        policies.extend([
            "AmazonEKSBlockStoragePolicy",
            "AmazonEKSComputePolicy",
            "AmazonEKSLoadBalancingPolicy",
            "AmazonEKSNetworkingPolicy",
        ]);
    }
    let mut blocks = vec![
        resource("aws_iam_role", "cluster")
            .set("name", t("${local.name}-${local.region}-cluster"))
            .set(
                "assume_role_policy",
                policy([allow(["sts:AssumeRole", "sts:TagSession"])
                    .service("eks.amazonaws.com")
                    .of_this_account()]),
            ),
        resource("aws_iam_role_policy_attachment", "cluster")
            .set("for_each", call("toset", [list(policies)]))
            .set("role", r("aws_iam_role.cluster.name"))
            .set("policy_arn", managed("${each.key}")),
    ];
    if mode == Mode::Auto {
        blocks.push(volume_keys(cloud, "cluster"));
    }
    blocks
}

/// Lets a role start nodes and attach volumes that are encrypted with the platform's key.
pub(crate) fn volume_keys(cloud: &Cloud, role: &str) -> Block {
    let key = || Purpose::Volumes.arn(cloud);
    resource("aws_iam_role_policy", format!("{role}_volumes"))
        .set("name", "volumes")
        .set("role", r(format!("aws_iam_role.{role}.id")))
        .set(
            "policy",
            policy([
                allow([
                    "kms:Decrypt",
                    "kms:DescribeKey",
                    "kms:Encrypt",
                    "kms:GenerateDataKey*",
                    "kms:ReEncrypt*",
                ])
                .on([key()]),
                allow(["kms:CreateGrant"]).on([key()]).when(
                    "Bool",
                    "kms:GrantIsForAWSResource",
                    "true",
                ),
            ]),
        )
}

/// Remembers the mode in which the cluster was made.
fn mode_guard(mode: Mode) -> Block {
    resource("terraform_data", "mode")
        .comment(
            "Remembers in which mode the cluster was made: volumes and load balancers of one mode are lost to\n\
             the other. The cluster refuses to be planned in another.",
        )
        .set("input", mode.name())
        .with(block("lifecycle").set("ignore_changes", list([r("input")])))
}

fn cluster(cloud: &Cloud, mode: Mode, version: &str, services: &str) -> Block {
    let open = is_public(cloud);
    let auto = mode == Mode::Auto;
    let condition = match mode {
        Mode::Auto => crate::hcl::x("terraform_data.mode.output == \"auto\""),
        Mode::Standard => crate::hcl::x("terraform_data.mode.output == \"standard\""),
    };
    resource("aws_eks_cluster", "this")
        .set("name", r("local.name"))
        .set("version", version)
        .set("role_arn", r("aws_iam_role.cluster.arn"))
        .set("enabled_cluster_log_types", LOG_TYPES)
        .set("bootstrap_self_managed_addons", false)
        .set("deletion_protection", cloud.production())
        .set(
            "depends_on",
            list([
                r("aws_cloudwatch_log_group.cluster"),
                r("aws_iam_role_policy_attachment.cluster"),
            ]),
        )
        .with(
            block("vpc_config")
                .set("subnet_ids", subnets("control"))
                .set("endpoint_private_access", true)
                .set("endpoint_public_access", open)
                .set_if(open, "public_access_cidrs", r("var.api_cidrs")),
        )
        .with(
            block("access_config")
                .set("authentication_mode", "API")
                .set("bootstrap_cluster_creator_admin_permissions", false),
        )
        .with(
            block("encryption_config")
                .set("resources", ["secrets"])
                .with(block("provider").set("key_arn", Purpose::Cluster.arn(cloud))),
        )
        .with_if(auto, || {
            block("compute_config")
                .set("enabled", true)
                .explain(
                    "Only what the cluster needs for itself; workloads run on pools whose node class enforces policies.",
                    "node_pools",
                    ["system"],
                )
                .set("node_role_arn", r("aws_iam_role.node.arn"))
        })
        .with(
            block("kubernetes_network_config")
                .set("ip_family", "ipv4")
                .set("service_ipv4_cidr", services)
                .with(block("elastic_load_balancing").set("enabled", auto)),
        )
        .with_if(auto, || {
            block("storage_config").with(block("block_storage").set("enabled", true))
        })
        .with(block("upgrade_policy").set("support_type", "STANDARD"))
        .with(block("zonal_shift_config").set("enabled", true))
        .with(
            block("lifecycle").with(
                block("precondition").set("condition", condition).set(
                    "error_message",
                    t(format!(
                        "The cluster was made in ${{terraform_data.mode.output}} mode and cannot become {}: make a second one beside it and move.",
                        mode.name()
                    )),
                ),
            ),
        )
}

/// Those who administer, each by a line of their own.
fn administrators() -> [Block; 2] {
    let each = || {
        move |it: Block| {
            it.set("for_each", call("toset", [r("var.administrators")]))
                .set("cluster_name", r("aws_eks_cluster.this.name"))
                .set("principal_arn", r("each.key"))
        }
    };
    [
        each()(resource("aws_eks_access_entry", "administrator")).set("type", "STANDARD"),
        each()(resource(
            "aws_eks_access_policy_association",
            "administrator",
        ))
        .set(
            "policy_arn",
            t("arn:${local.partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"),
        )
        .set(
            "depends_on",
            list([r("aws_eks_access_entry.administrator")]),
        )
        .with(block("access_scope").set("type", "cluster")),
    ]
}

/// `addons.tf`.
pub(crate) fn addons(cloud: &Cloud) -> File {
    let mut file = File::new();
    let Some(mode) = cloud.mode() else {
        return file;
    };
    if mode == Mode::Standard {
        let network = object([
            ("enableNetworkPolicy", Value::from("true")),
            // Nothing flows to or from a new pod before its policies are known.
            ("env", object([("NETWORK_POLICY_ENFORCING_MODE", "strict")])),
            ("nodeAgent", object([("enablePolicyEventLogs", "true")])),
        ]);
        file.push(
            addon("vpc-cni")
                .comment("Policies are enforced from the first packet of a pod (strict).")
                .set("configuration_values", call("jsonencode", [network]))
                .with(association("aws-node", "vpc_cni")),
        );
        file.extend(pod_role(
            "vpc_cni",
            "kube-system",
            "aws-node",
            Some("AmazonEKS_CNI_Policy"),
        ));
        for name in ["coredns", "kube-proxy", "eks-pod-identity-agent"] {
            file.push(addon(name));
        }
        file.push(
            addon("aws-ebs-csi-driver").with(association("ebs-csi-controller-sa", "ebs_csi")),
        );
        file.extend(pod_role(
            "ebs_csi",
            "kube-system",
            "ebs-csi-controller-sa",
            Some("service-role/AmazonEBSCSIDriverPolicy"),
        ));
        file.push(volume_keys(cloud, "ebs_csi"));
    }
    if cloud.shared_files {
        file.push(
            addon("aws-efs-csi-driver").with(association("efs-csi-controller-sa", "efs_csi")),
        );
        file.extend(pod_role(
            "efs_csi",
            "kube-system",
            "efs-csi-controller-sa",
            Some("service-role/AmazonEFSCSIDriverPolicy"),
        ));
    }
    file.push(addon("metrics-server"));
    if cloud.production() {
        file.push(
            addon("amazon-cloudwatch-observability")
                .comment("What containers write goes to the groups of logs in watch.tf.")
                .with(association("cloudwatch-agent", "cloudwatch")),
        );
        file.extend(pod_role(
            "cloudwatch",
            "amazon-cloudwatch",
            "cloudwatch-agent",
            Some("CloudWatchAgentServerPolicy"),
        ));
    }
    file
}

fn addon(name: &str) -> Block {
    resource("aws_eks_addon", name.replace('-', "_"))
        .set("cluster_name", r("aws_eks_cluster.this.name"))
        .set("addon_name", name)
        .set(
            "addon_version",
            r(format!("var.addon_versions[\"{name}\"]")),
        )
        .set("resolve_conflicts_on_create", "OVERWRITE")
        .set("resolve_conflicts_on_update", "OVERWRITE")
}

fn association(service_account: &str, role: &str) -> Block {
    block("pod_identity_association")
        .set("service_account", service_account)
        .set("role_arn", r(format!("aws_iam_role.{role}.arn")))
}

/// The role of a pod, with a policy of AWS.
pub(crate) fn pod_role(
    label: &str,
    namespace: &str,
    service_account: &str,
    policy: Option<&str>,
) -> Vec<Block> {
    let name = label.replace('_', "-");
    let mut blocks = vec![
        resource("aws_iam_role", label)
            .set(
                "name",
                t(format!("${{local.name}}-${{local.region}}-{name}")),
            )
            .set("assume_role_policy", trust_pod(namespace, service_account)),
    ];
    if let Some(path) = policy {
        blocks.push(
            resource("aws_iam_role_policy_attachment", label)
                .set("role", r(format!("aws_iam_role.{label}.name")))
                .set("policy_arn", managed(path)),
        );
    }
    blocks
}

/// `nodes.tf`.
pub(crate) fn nodes(cloud: &Cloud) -> File {
    let mut file = File::new();
    match cloud.mode() {
        Some(Mode::Auto) => file.extend(auto_nodes()),
        Some(Mode::Standard) => file.extend(standard_nodes(cloud)),
        None => {}
    }
    file
}

fn node_role(policies: &[&'static str]) -> [Block; 2] {
    [
        resource("aws_iam_role", "node")
            .set("name", t("${local.name}-${local.region}-node"))
            .set("assume_role_policy", trust("ec2.amazonaws.com")),
        resource("aws_iam_role_policy_attachment", "node")
            .set("for_each", call("toset", [list(policies.to_vec())]))
            .set("role", r("aws_iam_role.node.name"))
            .set("policy_arn", managed("${each.key}")),
    ]
}

/// Nodes of node classes of our own: `cluster/` has the classes and the pools.
fn auto_nodes() -> Vec<Block> {
    let mut blocks = Vec::from(node_role(&[
        "AmazonEC2ContainerRegistryPullOnly",
        "AmazonEKSWorkerNodeMinimalPolicy",
    ]));
    blocks.push(
        resource("aws_eks_access_entry", "node")
            .set("cluster_name", r("aws_eks_cluster.this.name"))
            .set("principal_arn", r("aws_iam_role.node.arn"))
            .set("type", "EC2"),
    );
    blocks.push(
        resource("aws_eks_access_policy_association", "node")
            .set("cluster_name", r("aws_eks_cluster.this.name"))
            .set("principal_arn", r("aws_iam_role.node.arn"))
            .set(
                "policy_arn",
                t("arn:${local.partition}:eks::aws:cluster-access-policy/AmazonEKSAutoNodePolicy"),
            )
            .set("depends_on", list([r("aws_eks_access_entry.node")]))
            .with(block("access_scope").set("type", "cluster")),
    );
    blocks
}

/// A small group for what the cluster needs for itself; Karpenter starts all others.
fn standard_nodes(cloud: &Cloud) -> Vec<Block> {
    let size = if cloud.production() { 3 } else { 2 };
    let mut blocks = Vec::from(node_role(&[
        "AmazonEC2ContainerRegistryPullOnly",
        "AmazonEKSWorkerNodePolicy",
    ]));
    blocks.push(
        resource("aws_launch_template", "system")
            .set("name", t("${local.name}-system"))
            .set("update_default_version", true)
            .with(
                block("metadata_options")
                    .set("http_endpoint", "enabled")
                    .set("http_tokens", "required")
                    .set("http_put_response_hop_limit", 1),
            )
            .with_all([("/dev/xvda", 4), ("/dev/xvdb", 50)].map(|(name, size)| {
                block("block_device_mappings")
                    .set("device_name", name)
                    .with(
                        block("ebs")
                            .set("volume_type", "gp3")
                            .set("volume_size", size)
                            .set("encrypted", true)
                            .set("kms_key_id", Purpose::Volumes.arn(cloud))
                            .set("delete_on_termination", true),
                    )
            }))
            .with(block("monitoring").set("enabled", true))
            .with(
                block("tag_specifications")
                    .set("resource_type", "instance")
                    .set("tags", object([("Name", t("${local.name}-system"))])),
            ),
    );
    blocks.push(
        resource("aws_eks_node_group", "system")
            .comment("Bottlerocket has no shell and no SSH, and its root cannot be written.")
            .set("cluster_name", r("aws_eks_cluster.this.name"))
            .set("node_group_name", "system")
            .set("node_role_arn", r("aws_iam_role.node.arn"))
            .set("subnet_ids", subnets("private"))
            .set("ami_type", "BOTTLEROCKET_x86_64")
            .set("capacity_type", "ON_DEMAND")
            .set("instance_types", ["m7i.large"])
            .set("labels", object([("bastide/pool", "system")]))
            .set(
                "depends_on",
                list([
                    r("aws_eks_addon.vpc_cni"),
                    r("aws_eks_addon.kube_proxy"),
                    r("aws_iam_role_policy_attachment.node"),
                ]),
            )
            .with(
                block("launch_template")
                    .set("id", r("aws_launch_template.system.id"))
                    .set("version", r("aws_launch_template.system.latest_version")),
            )
            .with(
                block("scaling_config")
                    .set("min_size", size)
                    .set("desired_size", size)
                    .set("max_size", size + 2),
            )
            .with(block("update_config").set("max_unavailable", 1)),
    );
    blocks.extend(crate::karpenter::blocks(cloud));
    blocks
}
