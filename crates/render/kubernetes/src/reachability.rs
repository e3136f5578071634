//! Who can reach whom, from network policies alone.
//!
//! This reads policies as a network plug-in does, and knows nothing of how they were made: so it can
//! prove of a rendering that it lets through the edges of the graph and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use bastide_platform::Cidr;
use k8s_openapi::api::networking::v1::{NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

/// The labels of something.
pub type Labels = BTreeMap<String, String>;

/// A pod, as policies see it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Pod {
    /// Its namespace.
    pub namespace: String,
    /// Its labels.
    pub labels: Labels,
}

/// Network policies, with the labels of the namespaces that they speak of.
#[derive(Clone, Debug, Default)]
pub struct Policies {
    /// The policies of each namespace.
    pub policies: BTreeMap<String, Vec<NetworkPolicy>>,
    /// The labels of each namespace.
    pub namespaces: BTreeMap<String, Labels>,
}

/// The other end of a connection.
#[derive(Clone, Copy, Debug)]
enum End<'a> {
    Pod(&'a Pod),
    Address(Ipv4Addr),
}

impl Policies {
    /// Whether a pod may open a TCP connection to a port of another: it must be let out, and in.
    pub fn connects(&self, from: &Pod, to: &Pod, port: u16) -> bool {
        self.lets_out(from, End::Pod(to), "TCP", port) && self.lets_in(to, End::Pod(from), port)
    }

    /// Whether a pod may send to an address outside of the cluster.
    pub fn reaches(&self, from: &Pod, address: Ipv4Addr, protocol: &str, port: u16) -> bool {
        self.lets_out(from, End::Address(address), protocol, port)
    }

    /// Whether an address outside of the cluster may open a TCP connection to a port of a pod.
    pub fn accepts(&self, to: &Pod, address: Ipv4Addr, port: u16) -> bool {
        self.lets_in(to, End::Address(address), port)
    }

    /// The ports that policies speak of.
    pub fn ports(&self) -> BTreeSet<u16> {
        let policies = self.policies.values().flatten();
        let specs = policies.filter_map(|it| it.spec.as_ref());
        let mut ports = BTreeSet::new();
        for spec in specs {
            let ingress = spec
                .ingress
                .iter()
                .flatten()
                .flat_map(|it| it.ports.iter().flatten());
            let egress = spec
                .egress
                .iter()
                .flatten()
                .flat_map(|it| it.ports.iter().flatten());
            for port in ingress.chain(egress) {
                if let Some(IntOrString::Int(number)) = port.port {
                    ports.extend(u16::try_from(number).ok());
                }
            }
        }
        ports
    }

    fn lets_out(&self, from: &Pod, to: End<'_>, protocol: &str, port: u16) -> bool {
        let mut isolated = false;
        for policy in self.about(from, "Egress") {
            isolated = true;
            let rules = policy.spec.iter().flat_map(|it| it.egress.iter().flatten());
            for rule in rules {
                if self.peers(rule.to.as_deref(), policy, to)
                    && ports(rule.ports.as_deref(), protocol, port)
                {
                    return true;
                }
            }
        }
        !isolated
    }

    fn lets_in(&self, to: &Pod, from: End<'_>, port: u16) -> bool {
        let mut isolated = false;
        for policy in self.about(to, "Ingress") {
            isolated = true;
            let rules = policy
                .spec
                .iter()
                .flat_map(|it| it.ingress.iter().flatten());
            for rule in rules {
                if self.peers(rule.from.as_deref(), policy, from)
                    && ports(rule.ports.as_deref(), "TCP", port)
                {
                    return true;
                }
            }
        }
        !isolated
    }

    /// The policies that select a pod, in one direction.
    fn about<'a>(
        &'a self,
        pod: &'a Pod,
        direction: &'a str,
    ) -> impl Iterator<Item = &'a NetworkPolicy> {
        let of_namespace = self.policies.get(&pod.namespace).into_iter().flatten();
        of_namespace.filter(move |policy| {
            let Some(spec) = &policy.spec else {
                return false;
            };
            // Without a list, a policy is about what comes in, and about what goes out if it says so.
            let listed = match &spec.policy_types {
                Some(types) => types.iter().any(|it| it == direction),
                None => direction == "Ingress" || spec.egress.is_some(),
            };
            let selector = spec.pod_selector.as_ref();
            listed && selector.is_none_or(|it| selects(it, &pod.labels))
        })
    }

    /// Whether one of the peers is the other end. No list, or an empty one, is everybody.
    fn peers(
        &self,
        peers: Option<&[NetworkPolicyPeer]>,
        policy: &NetworkPolicy,
        end: End<'_>,
    ) -> bool {
        match peers {
            None | Some([]) => true,
            Some(peers) => peers.iter().any(|peer| self.is_peer(peer, policy, end)),
        }
    }

    fn is_peer(&self, peer: &NetworkPolicyPeer, policy: &NetworkPolicy, end: End<'_>) -> bool {
        match (&peer.ip_block, end) {
            (Some(block), End::Address(address)) => {
                let holds = |text: &str| text.parse::<Cidr>().is_ok_and(|it| it.contains(address));
                holds(&block.cidr) && !block.except.iter().flatten().any(|it| holds(it))
            }
            // The address of a pod is not the business of a block.
            (Some(_), End::Pod(_)) | (None, End::Address(_)) => false,
            (None, End::Pod(pod)) => {
                let namespace = match &peer.namespace_selector {
                    None => policy.metadata.namespace.as_deref() == Some(&pod.namespace),
                    Some(selector) => {
                        let labels = self.namespaces.get(&pod.namespace);
                        labels.is_some_and(|labels| selects(selector, labels))
                    }
                };
                let selector = peer.pod_selector.as_ref();
                namespace && selector.is_none_or(|it| selects(it, &pod.labels))
            }
        }
    }
}

fn ports(ports: Option<&[NetworkPolicyPort]>, protocol: &str, number: u16) -> bool {
    let Some(ports) = ports.filter(|it| !it.is_empty()) else {
        return true;
    };
    ports.iter().any(|port| {
        let same = port.protocol.as_deref().unwrap_or("TCP") == protocol;
        let holds = match (&port.port, port.end_port) {
            (None, _) => true,
            (Some(IntOrString::Int(first)), end) => {
                (*first..=end.unwrap_or(*first)).contains(&i32::from(number))
            }
            (Some(IntOrString::String(_)), _) => false,
        };
        same && holds
    })
}

/// Whether labels are as a selector wants them.
fn selects(selector: &LabelSelector, labels: &Labels) -> bool {
    let all = selector.match_labels.iter().flatten();
    let equal = all
        .into_iter()
        .all(|(key, value)| labels.get(key) == Some(value));
    let expressions = selector.match_expressions.iter().flatten();
    equal
        && expressions.into_iter().all(|it| {
            let value = labels.get(&it.key);
            let among =
                value.is_some_and(|value| it.values.iter().flatten().any(|one| one == value));
            match it.operator.as_str() {
                "In" => among,
                "NotIn" => !among,
                "Exists" => value.is_some(),
                "DoesNotExist" => value.is_none(),
                _ => false,
            }
        })
}
