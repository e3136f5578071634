//! `terraform/README.md`: how to raise it, and what runs by the hour.

use std::fmt::Write as _;

use crate::cloud::{Cloud, Mode, Network};

pub(crate) fn text(cloud: &Cloud) -> String {
    let mut text = format!(
        "# The cloud under {}\n\nWritten by Bastide ({}). Change `bastide.yaml`, not these files.\n\n\
         1. In `../bootstrap`: `terraform init`, `terraform apply`. It makes the bucket that holds the state; do it once.\n\
         2. Here: `terraform init`, `terraform providers lock`, `terraform apply`.\n\
         3. `terraform output -raw cluster_objects | kubectl apply --server-side -f -`\n",
        cloud.name,
        cloud.profile.name()
    );
    if cloud.mode() == Some(Mode::Standard) {
        text.push_str(
            "\nIn standard mode two controllers are installed from their charts before the third step: `karpenter` (1.8, service account\n\
             `kube-system/karpenter`, `settings.clusterName` and `settings.interruptionQueue=<name>-interruptions`) and\n\
             `aws-load-balancer-controller` (service account `kube-system/aws-load-balancer-controller`). Their roles are here.\n",
        );
    }
    text.push_str("\n## What runs by the hour\n\nIn the units of the AWS price list, for the region. Traffic, requests and storage come on top.\n\n");
    for (count, unit, what) in costs(cloud) {
        let _ = writeln!(text, "- {count} × `{unit}`: {what}");
    }
    text.push_str(if cloud.production() {
        "- nodes: `BoxUsage:<type>` for what the pools start, on demand\n"
    } else {
        "- nodes: `BoxUsage:<type>` or `SpotUsage:<type>` for what the pools start\n"
    });
    text
}

/// How many of what, and what for.
fn costs(cloud: &Cloud) -> Vec<(usize, String, &'static str)> {
    let mut costs: Vec<(usize, String, &'static str)> = Vec::new();
    let mut add = |count: usize, unit: &str, what| {
        if count > 0 {
            costs.push((count, unit.to_owned(), what));
        }
    };
    if let Some(mode) = cloud.mode() {
        add(1, "AmazonEKS-Hours:perCluster", "the control plane");
        match mode {
            Mode::Auto => add(
                1,
                "EKS-Auto:<type>",
                "a fee of Auto Mode for each node, beside the node itself",
            ),
            Mode::Standard => {
                add(
                    if cloud.production() { 3 } else { 2 },
                    "BoxUsage:m7i.large",
                    "nodes of the system group",
                );
            }
        }
    }
    if let Network::New { zones, .. } = &cloud.network {
        let gateways = if cloud.production() { zones.len() } else { 1 };
        add(
            gateways,
            "NatGateway-Hours",
            "ways out, with `NatGateway-Bytes` for each GB",
        );
        add(gateways, "PublicIPv4:InUseAddress", "their addresses");
        if cloud.production() {
            let services = crate::network::services(cloud).len();
            add(
                services * zones.len(),
                "VpcEndpoint-Hours",
                "private ways to AWS, one for each service and zone",
            );
        }
    }
    if cloud.has_edge() {
        add(
            1,
            "LoadBalancerUsage",
            "the load balancer, with `LCUUsage` for traffic",
        );
        if cloud.production() {
            add(
                1,
                "WebACLV2",
                "the firewall, by the month, with `RuleV2` for each rule",
            );
        }
    }
    for database in &cloud.databases {
        add(
            1,
            &format!("Multi-AZUsage:{}", database.class),
            "PostgreSQL in two zones",
        );
    }
    for cache in &cloud.caches {
        add(
            2,
            &format!("NodeUsage:{}:Valkey", cache.node),
            "Valkey in two zones",
        );
    }
    if cloud.detects() {
        add(
            1,
            "GuardDuty",
            "detectors, by events and by vCPU of watched nodes; likewise Config, Security Hub, Inspector",
        );
    }
    costs
}
