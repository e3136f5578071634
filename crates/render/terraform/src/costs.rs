//! What is paid for whether it is used or not, in the units of the AWS price list.

use crate::cloud::{Cloud, Mode, Network};

/// Something that is paid for as long as it is there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cost {
    /// How many there are.
    pub count: usize,
    /// The unit in the price list, without the prefix of the region.
    pub unit: String,
    /// What it is.
    pub what: &'static str,
}

/// What runs by the hour or by the month, whether it is used or not. Nodes come on top.
pub fn costs(cloud: &Cloud) -> Vec<Cost> {
    let mut costs = Vec::new();
    let mut add = |count: usize, unit: &str, what| {
        if count > 0 {
            costs.push(Cost {
                count,
                unit: unit.to_owned(),
                what,
            });
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
