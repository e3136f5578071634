//! `terraform/README.md`: how to raise it, and what runs by the hour.

use std::fmt::Write as _;

use crate::cloud::{Cloud, Mode};
use crate::costs::{Cost, costs};

pub(crate) fn text(cloud: &Cloud) -> String {
    let mut text = format!(
        "# The cloud under {}\n\nWritten by Bastide ({}). Change `bastide.yaml`, not these files.\n\n\
         1. `bastide bootstrap --apply`, once: it makes the bucket that holds the state.\n\
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
    for Cost { count, unit, what } in costs(cloud) {
        let _ = writeln!(text, "- {count} × `{unit}`: {what}");
    }
    text.push_str(if cloud.production() {
        "- nodes: `BoxUsage:<type>` for what the pools start, on demand\n"
    } else {
        "- nodes: `BoxUsage:<type>` or `SpotUsage:<type>` for what the pools start\n"
    });
    text
}
