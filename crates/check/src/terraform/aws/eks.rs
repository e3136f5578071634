//! Elastic Kubernetes Service.

use crate::prelude::*;

use super::encryption::own_key;

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_AWS_37", "the control plane writes all its logs")
        .problem("the control plane does not write all its logs")
        .severity(Medium)
        .why(
            "Without the audit and authenticator logs nobody can tell afterwards \
             who did what to the cluster.",
        )
        .references(&[
            cis_eks("2.1.1"),
            security_hub("EKS.8"),
            page("https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html"),
        ])
        .rules(&[on(
            &["aws_eks_cluster"],
            key("enabled_cluster_log_types").includes(&[
                Text("api"),
                Text("audit"),
                Text("authenticator"),
                Text("controllerManager"),
                Text("scheduler"),
            ]),
        )
        .fix("list all five types in `enabled_cluster_log_types`")
        .snippet(
            "enabled_cluster_log_types = [\"api\", \"audit\", \"authenticator\", \
             \"controllerManager\", \"scheduler\"]\n",
        )
        .example(include_str!("CKV_AWS_37.tf"))]),
    check(
        "CKV_AWS_38",
        "the API of the cluster is closed to the whole internet",
    )
    .problem("the API of the cluster is open to the whole internet")
    .severity(High)
    .why(
        "Anyone can then try stolen credentials on it, and a flaw in the API \
             server is in reach of everyone.",
    )
    .references(&[cis_eks("5.4.1"), ENDPOINT])
    .rules(&[on(
        &["aws_eks_cluster"],
        when(
            &key("vpc_config").given(),
            &any_of(&[
                presumed(&key("vpc_config.public_access_cidrs").none_of(&[Text("0.0.0.0/0")]).and_given()),
                key("vpc_config.endpoint_public_access").one_of(&[Bool(false)]),
            ]),
        ),
    )
    .fix(
        "list the networks that may reach it in `public_access_cidrs`, or \
             set `endpoint_public_access = false`",
    )
    .snippet("vpc_config {\n  endpoint_public_access = false\n}\n")
    .example(include_str!("CKV_AWS_38.tf"))]),
    check(
        "CKV_AWS_39",
        "the API of the cluster has no public endpoint",
    )
    .problem("the API of the cluster has a public endpoint")
    .severity(Medium)
    .why("What can be reached from outside the network is attacked from there.")
    .references(&[cis_eks("5.4.2"), security_hub("EKS.1"), ENDPOINT])
    .rules(&[on(
        &["aws_eks_cluster"],
        key("vpc_config.endpoint_public_access").one_of(&[Bool(false)]),
    )
    .fix(
        "set `endpoint_private_access = true` and `endpoint_public_access = \
             false`",
    )
    .snippet(
        "vpc_config {\n  endpoint_private_access = true\n  \
             endpoint_public_access  = false\n}\n",
    )
    .example(include_str!("CKV_AWS_39.tf"))]),
    own_key(
        "CKV_AWS_58",
        "secrets of the cluster are encrypted with a customer-managed key",
        "secrets of the cluster are not encrypted with a customer-managed key",
    )
    .severity(Medium)
    .references(&[
        cis_eks("5.3.1"),
        security_hub("EKS.3"),
        page("https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html"),
    ])
    .rules(&[on(
        &["aws_eks_cluster"],
        key("encryption_config.resources").includes(&[Text("secrets")]),
    )
    .fix("add `encryption_config` for `secrets`, with a key of your own")
    .snippet(
        "encryption_config {\n  resources = [\"secrets\"]\n  provider {\n    \
             key_arn = aws_kms_key.secrets.arn\n  }\n}\n",
    )
    .example(include_str!("CKV_AWS_58.tf"))]),
    check(
        "CKV_AWS_100",
        "SSH to the nodes is limited to security groups",
    )
    .problem("SSH to the nodes is open to the whole internet")
    .severity(High)
    .why(
        "With a key and no source groups, EKS opens port 22 of every node to \
             any address.",
    )
    .references(&[page(
        "https://docs.aws.amazon.com/eks/latest/APIReference/API_RemoteAccessConfig.html",
    )])
    .rules(&[on(
        &["aws_eks_node_group"],
        any_of(&[
            key("remote_access.source_security_group_ids").given(),
            key("remote_access.ec2_ssh_key").not_given(),
        ]),
    )
    .fix(
        "name the groups that may connect in `source_security_group_ids`, or \
             remove `remote_access`",
    )
    .snippet(
        "remote_access {\n  ec2_ssh_key               = \"ops\"\n  \
             source_security_group_ids = [aws_security_group.bastion.id]\n}\n",
    )
    .example(include_str!("CKV_AWS_100.tf"))]),
    check("CKV_AWS_339", "the cluster runs a supported version of Kubernetes")
        .problem("the cluster runs a version of Kubernetes that is out of support, or not known")
        .severity(Medium)
        .why("Flaws that are found in it are no longer mended, and AWS moves the cluster to another version when it likes.")
        .references(&[
            security_hub("EKS.2"),
            page("https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html"),
        ])
        .rules(&[on(
            &["aws_eks_cluster"],
            key("version")
                .one_of(&[
                    Text("1.29"),
                    Text("1.30"),
                    Text("1.31"),
                    Text("1.32"),
                    Text("1.33"),
                    Text("1.34"),
                    Text("1.35"),
                ])
                .or_absent(),
        )
        .fix("move to a version that EKS supports")
        .snippet("version = \"1.35\"\n")
        .example(include_str!("CKV_AWS_339.tf"))]),
];

const ENDPOINT: Reference =
    page("https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html");
