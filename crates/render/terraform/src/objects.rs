//! `objects.tf`: what Kubernetes must know of the cloud, as objects with the ids that AWS gave.
//!
//! They are an output, so that Terraform needs no way into the cluster:
//! `terraform output -raw cluster_objects | kubectl apply --server-side -f -`.

use crate::cloud::{Accelerator, Cloud, Mode, Site};
use crate::hcl::{File, Value, block, call, list, object, output, r, t, x};
use crate::identity::OPERATOR;
use crate::keys::Purpose;

pub(crate) fn file(cloud: &Cloud) -> File {
    let mut file = File::new();
    let objects = objects(cloud);
    if objects.is_empty() {
        return file;
    }
    file.push(block("locals").set("objects", list(objects)));
    file.push(output(
        "cluster_objects",
        "What the cluster must know: kubectl apply --server-side -f -",
        call(
            "join",
            [
                Value::from("---\n"),
                x("[for it in local.objects : yamlencode(it)]"),
            ],
        ),
    ));
    file
}

fn objects(cloud: &Cloud) -> Vec<Value> {
    let mut objects = Vec::new();
    if let Some(mode) = cloud.mode() {
        if mode == Mode::Auto {
            objects.push(thing(
                "v1",
                "ConfigMap",
                "amazon-vpc-cni",
                Some("kube-system"),
                [(
                    "data",
                    object([("enable-network-policy-controller", "true")]),
                )],
            ));
        }
        objects.push(open_policy("kube-system"));
        if cloud.production() {
            objects.push(open_policy("amazon-cloudwatch"));
        }
        if !cloud.held.is_empty() {
            objects.push(open_policy(OPERATOR));
        }
        objects.push(node_class(cloud, mode));
        objects.push(pool(cloud, mode, None));
        for accelerator in &cloud.accelerators {
            objects.push(pool(cloud, mode, Some(*accelerator)));
        }
        objects.push(blocks_class(cloud, mode));
    }
    if cloud.shared_files {
        objects.push(files_class());
    }
    if cloud.has_edge() {
        let mode = cloud.controllers();
        objects.extend(cloud.sites.iter().map(|it| binding(it, mode)));
    }
    objects
}

fn thing<const N: usize>(
    version: &str,
    kind: &str,
    name: &str,
    namespace: Option<&str>,
    rest: [(&'static str, Value); N],
) -> Value {
    let mut metadata = vec![("name", name)];
    metadata.extend(namespace.map(|it| ("namespace", it)));
    let mut entries = vec![
        ("apiVersion", Value::from(version)),
        ("kind", kind.into()),
        ("metadata", object(metadata)),
    ];
    entries.extend(rest);
    object(entries)
}

/// Nodes let nothing through without a policy, and the cluster's own parts bring none.
fn open_policy(namespace: &str) -> Value {
    let all = || list([object::<&str, Value>([])]);
    thing(
        "networking.k8s.io/v1",
        "NetworkPolicy",
        "system",
        Some(namespace),
        [(
            "spec",
            object([
                ("podSelector", object::<&str, Value>([])),
                ("policyTypes", ["Ingress", "Egress"].into()),
                ("ingress", all()),
                ("egress", all()),
            ]),
        )],
    )
}

fn node_class(cloud: &Cloud, mode: Mode) -> Value {
    let key = Purpose::Volumes.arn(cloud);
    let subnets = x("[for it in local.private_subnets : { id = it }]");
    let groups = list([object([("id", r("local.cluster_security_group"))])]);
    let tags = object([
        ("Name", t("${local.name}-node")),
        ("platform", r("local.name")),
    ]);
    let common = [
        ("role", r("aws_iam_role.node.name")),
        ("subnetSelectorTerms", subnets),
        ("securityGroupSelectorTerms", groups),
        ("tags", tags),
    ];
    match mode {
        Mode::Auto => {
            let mut spec = Vec::from(common);
            spec.push(("networkPolicy", "DefaultDeny".into()));
            spec.push(("networkPolicyEventLogs", "Enabled".into()));
            spec.push((
                "ephemeralStorage",
                object([("size", Value::from("200Gi")), ("kmsKeyID", key)]),
            ));
            thing(
                "eks.amazonaws.com/v1",
                "NodeClass",
                "bastide",
                None,
                [("spec", object(spec))],
            )
        }
        Mode::Standard => {
            let disk = |name: &str, size: &str| {
                object([
                    ("deviceName", Value::from(name)),
                    (
                        "ebs",
                        object([
                            ("volumeType", Value::from("gp3")),
                            ("volumeSize", size.into()),
                            ("encrypted", true.into()),
                            ("kmsKeyID", key.clone()),
                            ("deleteOnTermination", true.into()),
                        ]),
                    ),
                ])
            };
            let mut spec = Vec::from(common);
            let alias = object([("alias", t("bottlerocket@${var.bottlerocket_version}"))]);
            spec.push(("amiSelectorTerms", list([alias])));
            spec.push((
                "blockDeviceMappings",
                list([disk("/dev/xvda", "4Gi"), disk("/dev/xvdb", "200Gi")]),
            ));
            spec.push((
                "metadataOptions",
                object([
                    ("httpEndpoint", Value::from("enabled")),
                    ("httpTokens", "required".into()),
                    ("httpPutResponseHopLimit", 1.into()),
                ]),
            ));
            thing(
                "karpenter.k8s.aws/v1",
                "EC2NodeClass",
                "bastide",
                None,
                [("spec", object(spec))],
            )
        }
    }
}

/// Nodes for programs, or for models on an accelerator.
fn pool(cloud: &Cloud, mode: Mode, accelerator: Option<Accelerator>) -> Value {
    let (group, kind, domain) = match mode {
        Mode::Auto => ("eks.amazonaws.com", "NodeClass", "eks.amazonaws.com"),
        Mode::Standard => ("karpenter.k8s.aws", "EC2NodeClass", "karpenter.k8s.aws"),
    };
    let among = |key: String, values: &[&str]| {
        object([
            ("key", Value::from(key)),
            ("operator", "In".into()),
            ("values", values.to_vec().into()),
        ])
    };
    // Databases and models do not bear being taken away; a demo does.
    let capacity: &[&str] = if cloud.production() {
        &["on-demand"]
    } else {
        &["spot", "on-demand"]
    };
    let mut requirements = vec![
        among("karpenter.sh/capacity-type".into(), capacity),
        among("kubernetes.io/arch".into(), &["amd64"]),
    ];
    let (name, limit, taint) = match accelerator {
        None => {
            requirements.push(among(
                format!("{domain}/instance-category"),
                &["c", "m", "r"],
            ));
            ("cpu", ("cpu", "200"), None)
        }
        Some(Accelerator::Gpu) => {
            let families = ["g6", "g6e", "p4d", "p4de", "p5", "p5e", "p5en"];
            requirements.push(among(format!("{domain}/instance-family"), &families));
            ("gpu", ("nvidia.com/gpu", "16"), Some("nvidia.com/gpu"))
        }
        Some(Accelerator::Neuron) => {
            requirements.push(among(
                format!("{domain}/instance-family"),
                &["inf2", "trn1", "trn2"],
            ));
            (
                "neuron",
                ("aws.amazon.com/neuroncore", "32"),
                Some("aws.amazon.com/neuron"),
            )
        }
    };
    let mut node = vec![
        (
            "nodeClassRef",
            object([("group", group), ("kind", kind), ("name", "bastide")]),
        ),
        ("requirements", list(requirements)),
        ("expireAfter", "336h".into()),
        ("terminationGracePeriod", "24h".into()),
    ];
    if let Some(taint) = taint {
        let taint = object([("key", taint), ("value", "true"), ("effect", "NoSchedule")]);
        node.push(("taints", list([taint])));
    }
    let template = object([
        (
            "metadata",
            object([("labels", object([("bastide/pool", name)]))]),
        ),
        ("spec", object(node)),
    ]);
    let disruption = object([
        (
            "consolidationPolicy",
            if accelerator.is_some() {
                "WhenEmpty"
            } else {
                "WhenEmptyOrUnderutilized"
            },
        ),
        ("consolidateAfter", "5m"),
    ]);
    thing(
        "karpenter.sh/v1",
        "NodePool",
        name,
        None,
        [(
            "spec",
            object([
                ("template", template),
                ("limits", object([limit])),
                ("disruption", disruption),
            ]),
        )],
    )
}

fn blocks_class(cloud: &Cloud, mode: Mode) -> Value {
    let provisioner = match mode {
        Mode::Auto => "ebs.csi.eks.amazonaws.com",
        Mode::Standard => "ebs.csi.aws.com",
    };
    object([
        ("apiVersion", Value::from("storage.k8s.io/v1")),
        ("kind", "StorageClass".into()),
        (
            "metadata",
            object([
                ("name", Value::from("gp3")),
                (
                    "annotations",
                    object([("storageclass.kubernetes.io/is-default-class", "true")]),
                ),
            ]),
        ),
        ("provisioner", provisioner.into()),
        ("volumeBindingMode", "WaitForFirstConsumer".into()),
        ("allowVolumeExpansion", true.into()),
        (
            "reclaimPolicy",
            if cloud.production() {
                "Retain"
            } else {
                "Delete"
            }
            .into(),
        ),
        (
            "parameters",
            object([
                ("type", Value::from("gp3")),
                ("encrypted", "true".into()),
                ("kmsKeyId", Purpose::Volumes.arn(cloud)),
                ("tagSpecification_1", t("backup=${local.name}")),
            ]),
        ),
    ])
}

fn files_class() -> Value {
    thing(
        "storage.k8s.io/v1",
        "StorageClass",
        "efs",
        None,
        [
            ("provisioner", "efs.csi.aws.com".into()),
            (
                "parameters",
                object([
                    ("provisioningMode", Value::from("efs-ap")),
                    ("fileSystemId", r("aws_efs_file_system.this.id")),
                    ("directoryPerms", "700".into()),
                ]),
            ),
        ],
    )
}

/// Enters the pods of a service into its target group.
fn binding(site: &Site, mode: Mode) -> Value {
    let version = match mode {
        Mode::Auto => "eks.amazonaws.com/v1",
        Mode::Standard => "elbv2.k8s.aws/v1beta1",
    };
    let service = object([
        ("name", Value::from(&site.service)),
        ("port", u32::from(site.port).into()),
    ]);
    let group = r(format!("aws_lb_target_group.{}.arn", site.name.label()));
    thing(
        version,
        "TargetGroupBinding",
        site.name.as_str(),
        Some(&site.namespace),
        [(
            "spec",
            object([
                ("serviceRef", service),
                ("targetGroupARN", group),
                ("targetType", "ip".into()),
            ]),
        )],
    )
}
