//! The shortcuts of a demo, each as an exception for the register.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::cloud::Cloud;

/// What is accepted, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Exception {
    /// Ids of checks.
    pub checks: &'static [&'static str],
    /// Addresses of resources, perhaps with `*`.
    pub resources: &'static [&'static str],
    /// What it is about, in a few words.
    pub title: &'static str,
    /// How it is done.
    pub current: &'static str,
    /// Why that is acceptable.
    pub reason: &'static str,
    /// What can go wrong.
    pub impact: &'static str,
    /// What production does.
    pub recommendation: &'static str,
}

/// The exceptions that a stack needs: none in production, but for an API that somebody opened.
pub fn exceptions(cloud: &Cloud) -> Vec<Exception> {
    let mut all = Vec::new();
    let demo = !cloud.production();
    if crate::cluster::is_public(cloud) {
        all.push(API);
    }
    if !demo {
        return all;
    }
    if cloud.mode().is_some() {
        all.push(SHORT_LOGS);
    }
    if matches!(cloud.network, crate::Network::New { .. }) {
        all.push(NO_FLOW_LOGS);
    }
    // The bucket of the state is there in any case.
    all.push(ONE_REGION);
    all.push(NO_ACCESS_LOGS);
    if cloud.kept_secrets().iter().any(|it| it.rotates) {
        all.push(NO_ROTATION);
    }
    if cloud.has_edge() {
        all.push(PLAIN_EDGE);
        if cloud.domain.as_ref().is_some_and(|it| !it.zone_exists) {
            all.push(PLAIN_ZONE);
        }
    }
    all
}

/// The same as a register. `until` is the last day on which they hold; empty if there are none.
pub fn register(exceptions: &[Exception], owner: &str, until: &str) -> String {
    if exceptions.is_empty() {
        return String::new();
    }
    let entries = exceptions.iter().enumerate().map(|(index, it)| {
        json!({
            "id": format!("CLOUD-{:04}", index + 1),
            "title": it.title,
            "check": it.checks,
            "resources": it.resources,
            "kind": "accepted-risk",
            "current": it.current,
            "reason": it.reason,
            "impact": it.impact,
            "recommendation": it.recommendation,
            "owner": owner,
            "expires": until,
        })
    });
    let register = json!({"version": 1, "exceptions": entries.collect::<Vec<Value>>()});
    let mut text = String::from("# What is accepted of the Terraform beside it, and why.\n");
    let _ = write!(text, "{}", bastide_yaml::emit::to_string(&register));
    text
}

const API: Exception = Exception {
    checks: &["CKV_AWS_39"],
    resources: &["aws_eks_cluster.this"],
    title: "An API that answers from the internet",
    current: "The API of the cluster is reachable from named addresses on the internet.",
    reason: "Those who administer it have no way into its network yet.",
    impact: "Whoever holds credentials and one of the addresses reaches the API; a flaw of the API server can be tried from there.",
    recommendation: "Remove the addresses, and reach the API through the network: a VPN, or a session of Systems Manager.",
};

const SHORT_LOGS: Exception = Exception {
    checks: &["CKV_AWS_338"],
    resources: &["aws_cloudwatch_log_group.*"],
    title: "Logs of two weeks",
    current: "Logs are kept for fourteen days.",
    reason: "A demo does not live longer.",
    impact: "What happened before cannot be found out.",
    recommendation: "Keep logs for a year.",
};

const NO_FLOW_LOGS: Exception = Exception {
    checks: &["CKV2_AWS_11"],
    resources: &["aws_vpc.this"],
    title: "A network that writes nothing down",
    current: "The network keeps no record of connections.",
    reason: "They cost by volume, and nobody reads those of a demo.",
    impact: "Where an intruder went cannot be told afterwards.",
    recommendation: "Send flow logs to an encrypted group of logs.",
};

const ONE_REGION: Exception = Exception {
    checks: &["CKV_AWS_144"],
    resources: &["aws_s3_bucket.*"],
    title: "Buckets in one region",
    current: "What is in buckets has no copy in another region.",
    reason: "Nothing of a demo is worth a second copy.",
    impact: "With the region, or the bucket, its content is lost.",
    recommendation: "Replicate to a second region.",
};

const NO_ACCESS_LOGS: Exception = Exception {
    checks: &["CKV_AWS_18"],
    resources: &["aws_s3_bucket.*"],
    title: "Buckets without a log of requests",
    current: "Nothing is written down about requests to buckets.",
    reason: "It takes another bucket, whose content nobody reads in a demo.",
    impact: "Who read what cannot be told afterwards.",
    recommendation: "Log requests to a bucket of their own.",
};

const NO_ROTATION: Exception = Exception {
    checks: &["CKV2_AWS_57"],
    resources: &["aws_secretsmanager_secret.*"],
    title: "Secrets that do not change",
    current: "Generated secrets stay as they are.",
    reason: "The demo ends before they would change.",
    impact: "A secret that leaked once stays good.",
    recommendation: "Have them changed every ninety days.",
};

const PLAIN_EDGE: Exception = Exception {
    checks: &["CKV2_AWS_28", "CKV_AWS_91", "CKV_AWS_150"],
    resources: &["aws_lb.edge"],
    title: "A load balancer without a firewall, a log, or protection from deletion",
    current: "Requests are neither filtered nor written down, and the load balancer can be deleted.",
    reason: "Only the addresses of those who try it may reach it, and it is torn down soon.",
    impact: "Whoever is at such an address can send what they like, and leaves no trace.",
    recommendation: "Put a web ACL before it, log requests, and protect it from deletion.",
};

const PLAIN_ZONE: Exception = Exception {
    checks: &["CKV2_AWS_38", "CKV2_AWS_39"],
    resources: &["aws_route53_zone.this"],
    title: "A zone without signatures and a log",
    current: "Answers of DNS are not signed, and queries are not written down.",
    reason: "Both need keys and logs in another region, and a record of the parent domain.",
    impact: "Somebody on the way can send clients elsewhere; the certificate then gives them away.",
    recommendation: "Sign the zone with DNSSEC, and log queries.",
};
