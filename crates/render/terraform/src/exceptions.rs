//! The shortcuts of a demo, each as an exception for the register.

use bastide_platform::{Accepted, AcceptedKind};

use crate::cloud::{Cloud, Cluster};

/// What is accepted, and why.
struct Shortcut {
    checks: &'static [&'static str],
    resource: &'static str,
    title: &'static str,
    current: &'static str,
    reason: &'static str,
    impact: &'static str,
    recommendation: &'static str,
}

/// What is accepted of a stack: nothing in production, but an API that somebody opened.
pub fn accepted(cloud: &Cloud) -> Vec<Accepted> {
    let mut all = Vec::new();
    let demo = !cloud.production();
    if let Cluster::New {
        public: Some(cidrs),
        ..
    } = &cloud.cluster
    {
        all.push(API);
        if cidrs.is_empty() {
            all.push(ASKED);
        }
    }
    if !demo {
        return all.iter().map(Shortcut::accepted).collect();
    }
    if cloud.mode().is_some() {
        all.push(SHORT_LOGS);
    }
    if matches!(cloud.network, crate::Network::New { .. }) {
        all.push(NO_FLOW_LOGS);
    }
    if !cloud.buckets.is_empty() {
        all.push(ONE_REGION);
        all.push(NO_ACCESS_LOGS);
    }
    if cloud.kept_secrets().iter().any(|it| it.rotates) {
        all.push(NO_ROTATION);
    }
    if cloud.has_edge() {
        all.push(PLAIN_EDGE);
        if cloud.domain.as_ref().is_some_and(|it| !it.zone_exists) {
            all.push(PLAIN_ZONE);
        }
    }
    all.iter().map(Shortcut::accepted).collect()
}

impl Shortcut {
    fn accepted(&self) -> Accepted {
        Accepted {
            checks: self.checks,
            resources: vec![self.resource.to_owned()],
            kind: AcceptedKind::Risk,
            title: self.title,
            current: self.current.to_owned(),
            reason: self.reason.to_owned(),
            impact: self.impact.to_owned(),
            recommendation: self.recommendation.to_owned(),
        }
    }
}

const API: Shortcut = Shortcut {
    checks: &["CKV_AWS_39"],
    resource: "aws_eks_cluster.this",
    title: "An API that answers from the internet",
    current: "The API of the cluster is reachable from named addresses on the internet.",
    reason: "Those who administer it have no way into its network yet.",
    impact: "Whoever holds credentials and one of the addresses reaches the API; a flaw of the API server can be tried from there.",
    recommendation: "Remove the addresses, and reach the API through the network: a VPN, or a session of Systems Manager.",
};

const ASKED: Shortcut = Shortcut {
    checks: &["CKV_AWS_38"],
    resource: "aws_eks_cluster.this",
    title: "An API whose callers are named later",
    current: "Terraform asks for the addresses that may reach the API, and refuses all of the internet.",
    reason: "Whoever tries the demo knows their address only then.",
    impact: "Whoever applies it may name a block that is too wide.",
    recommendation: "Name the blocks in `bastide.yaml`, under `cluster.allow`, or keep the API private.",
};

const SHORT_LOGS: Shortcut = Shortcut {
    checks: &["CKV_AWS_338"],
    resource: "aws_cloudwatch_log_group.*",
    title: "Logs of two weeks",
    current: "Logs are kept for fourteen days.",
    reason: "A demo does not live longer.",
    impact: "What happened before cannot be found out.",
    recommendation: "Keep logs for a year.",
};

const NO_FLOW_LOGS: Shortcut = Shortcut {
    checks: &["CKV2_AWS_11"],
    resource: "aws_vpc.this",
    title: "A network that writes nothing down",
    current: "The network keeps no record of connections.",
    reason: "They cost by volume, and nobody reads those of a demo.",
    impact: "Where an intruder went cannot be told afterwards.",
    recommendation: "Send flow logs to an encrypted group of logs.",
};

const ONE_REGION: Shortcut = Shortcut {
    checks: &["CKV_AWS_144"],
    resource: "aws_s3_bucket.*",
    title: "Buckets in one region",
    current: "What is in buckets has no copy in another region.",
    reason: "Nothing of a demo is worth a second copy.",
    impact: "With the region, or the bucket, its content is lost.",
    recommendation: "Replicate to a second region.",
};

const NO_ACCESS_LOGS: Shortcut = Shortcut {
    checks: &["CKV_AWS_18"],
    resource: "aws_s3_bucket.*",
    title: "Buckets without a log of requests",
    current: "Nothing is written down about requests to buckets.",
    reason: "It takes another bucket, whose content nobody reads in a demo.",
    impact: "Who read what cannot be told afterwards.",
    recommendation: "Log requests to a bucket of their own.",
};

const NO_ROTATION: Shortcut = Shortcut {
    checks: &["CKV2_AWS_57"],
    resource: "aws_secretsmanager_secret.*",
    title: "Secrets that do not change",
    current: "Generated secrets stay as they are.",
    reason: "The demo ends before they would change.",
    impact: "A secret that leaked once stays good.",
    recommendation: "Have them changed every ninety days.",
};

const PLAIN_EDGE: Shortcut = Shortcut {
    checks: &["CKV2_AWS_28", "CKV_AWS_91", "CKV_AWS_150"],
    resource: "aws_lb.edge",
    title: "A load balancer without a firewall, a log, or protection from deletion",
    current: "Requests are neither filtered nor written down, and the load balancer can be deleted.",
    reason: "Only the addresses of those who try it may reach it, and it is torn down soon.",
    impact: "Whoever is at such an address can send what they like, and leaves no trace.",
    recommendation: "Put a web ACL before it, log requests, and protect it from deletion.",
};

const PLAIN_ZONE: Shortcut = Shortcut {
    checks: &["CKV2_AWS_38", "CKV2_AWS_39"],
    resource: "aws_route53_zone.this",
    title: "A zone without signatures and a log",
    current: "Answers of DNS are not signed, and queries are not written down.",
    reason: "Both need keys and logs in another region, and a record of the parent domain.",
    impact: "Somebody on the way can send clients elsewhere; the certificate then gives them away.",
    recommendation: "Sign the zone with DNSSEC, and log queries.",
};
