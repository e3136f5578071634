//! Network policies: exactly the edges of the graph, and for each workload what it needs besides.
//!
//! Ports are numbers and peers are named by the labels that Services select by, because some network
//! plug-ins drop what is written otherwise.

use bastide_platform::{Cidr, ClusterMode, Platform, Target, Workload, WorkloadId};
use k8s_openapi::api::networking::v1::{
    IPBlock, NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyIngressRule, NetworkPolicyPeer,
    NetworkPolicyPort, NetworkPolicySpec,
};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::labels;
use crate::object::Object;

/// What is not the Internet: addresses of private networks, of the node itself and of carriers. The
/// address at which a node gives its credentials away is among them.
const NOT_INTERNET: [&str; 5] = [
    "10.0.0.0/8",
    "100.64.0.0/10",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.168.0.0/16",
];

/// Where the agent of EKS Pod Identity gives a pod its own credentials.
const POD_IDENTITY: &str = "169.254.170.23/32";

pub(crate) fn policies(platform: &Platform, workload: &Workload) -> Vec<Object> {
    let id = &workload.id;
    let mut ingress = Vec::new();
    let mut egress = vec![dns(platform)];
    for edge in &platform.edges {
        if edge.to == *id {
            ingress.push(NetworkPolicyIngressRule {
                from: Some(vec![pods(platform, &edge.from)]),
                ports: Some(vec![port("TCP", edge.port)]),
            });
        }
        if edge.from == *id {
            egress.push(allow(
                vec![pods(platform, &edge.to)],
                vec![port("TCP", edge.port)],
            ));
        }
    }
    let group: Vec<_> = platform
        .together(workload)
        .map(|it| pods(platform, &it.id))
        .collect();
    if !group.is_empty() {
        ingress.push(NetworkPolicyIngressRule {
            from: Some(group.clone()),
            ports: None,
        });
        egress.push(NetworkPolicyEgressRule {
            to: Some(group),
            ports: None,
        });
    }
    let webhook = workload.external.as_ref().and_then(|it| it.webhook);
    if let Some(webhook) = webhook {
        ingress.push(NetworkPolicyIngressRule {
            from: control_plane(platform),
            ports: Some(vec![port("TCP", webhook)]),
        });
    }
    if let Some(exposed) = &workload.exposed {
        ingress.push(NetworkPolicyIngressRule {
            from: Some(entrances(platform)),
            ports: Some(vec![port("TCP", exposed.port)]),
        });
    }
    if !workload.databases.is_empty() {
        let data = platform.settings.network.data().to_string();
        let ports = workload.databases.iter().map(|it| port("TCP", *it));
        egress.push(allow(vec![block(&data)], ports.collect()));
    }
    if workload.aws || !workload.egress.is_empty() {
        egress.push(allow(vec![internet()], vec![port("TCP", 443)]));
    }
    if workload.aws {
        egress.push(allow(vec![block(POD_IDENTITY)], vec![port("TCP", 80)]));
        // The services of AWS may have addresses within the network.
        let network = platform.settings.network.cidr.to_string();
        egress.push(allow(vec![block(&network)], vec![port("TCP", 443)]));
    }
    let asks = workload.external.as_ref().is_some_and(|it| it.api);
    if asks || !workload.api.is_empty() {
        let server = Cidr::single(platform.settings.network.api_server()).to_string();
        let peers = vec![block(&server)];
        egress.push(allow(peers, vec![port("TCP", 443), port("TCP", 6443)]));
    }
    vec![Object::of(NetworkPolicy {
        metadata: labels::metadata(platform, workload, &id.name),
        spec: Some(NetworkPolicySpec {
            pod_selector: Some(labels::selector(labels::of_pods(workload))),
            policy_types: Some(vec!["Ingress".to_owned(), "Egress".to_owned()]),
            ingress: Some(ingress).filter(|rules| !rules.is_empty()),
            egress: Some(egress),
        }),
    })]
}

/// The resolver. In Auto Mode of EKS it runs on each node, behind the address of a Service that has
/// no pods.
fn dns(platform: &Platform) -> NetworkPolicyEgressRule {
    let settings = &platform.settings;
    let on_nodes = settings.target == Target::Eks && settings.cluster.mode == ClusterMode::Auto;
    let peer = match on_nodes {
        true => block(&Cidr::single(settings.network.resolver()).to_string()),
        false => peer(
            "kube-system",
            [("k8s-app".to_owned(), "kube-dns".to_owned())].into(),
        ),
    };
    allow(vec![peer], vec![port("UDP", 53), port("TCP", 53)])
}

/// From where requests come in.
fn entrances(platform: &Platform) -> Vec<NetworkPolicyPeer> {
    let settings = &platform.settings;
    let ingress = &settings.ingress;
    let mut peers: Vec<_> = ingress
        .from
        .iter()
        .map(|it| block(&it.to_string()))
        .collect();
    match (&ingress.namespace, settings.target) {
        (Some(namespace), _) => peers.push(namespace_of(namespace)),
        (None, Target::Kubernetes) if peers.is_empty() => peers.push(namespace_of("ingress-nginx")),
        (None, Target::Eks) if peers.is_empty() => {
            peers.push(block(&settings.network.public().to_string()));
        }
        _ => {}
    }
    peers
}

fn allow(to: Vec<NetworkPolicyPeer>, ports: Vec<NetworkPolicyPort>) -> NetworkPolicyEgressRule {
    NetworkPolicyEgressRule {
        to: Some(to),
        ports: Some(ports),
    }
}

fn pods(platform: &Platform, id: &WorkloadId) -> NetworkPolicyPeer {
    let labels = match platform.workload(id) {
        Some(workload) => labels::of_pods(workload),
        None => labels::selecting(&id.name),
    };
    peer(&id.namespace, labels)
}

/// From where the API of the cluster asks webhooks: on EKS from the network of the cluster, elsewhere
/// from an address that nobody knows before.
fn control_plane(platform: &Platform) -> Option<Vec<NetworkPolicyPeer>> {
    let settings = &platform.settings;
    let network = settings.network.cidr.to_string();
    (settings.target == Target::Eks).then(|| vec![block(&network)])
}

fn peer(namespace: &str, pods: std::collections::BTreeMap<String, String>) -> NetworkPolicyPeer {
    NetworkPolicyPeer {
        pod_selector: Some(labels::selector(pods)),
        ..namespace_of(namespace)
    }
}

fn namespace_of(namespace: &str) -> NetworkPolicyPeer {
    let labels = [(labels::NAMESPACE.to_owned(), namespace.to_owned())];
    NetworkPolicyPeer {
        namespace_selector: Some(labels::selector(labels.into())),
        ..NetworkPolicyPeer::default()
    }
}

fn block(cidr: &str) -> NetworkPolicyPeer {
    NetworkPolicyPeer {
        ip_block: Some(IPBlock {
            cidr: cidr.to_owned(),
            except: None,
        }),
        ..NetworkPolicyPeer::default()
    }
}

fn internet() -> NetworkPolicyPeer {
    NetworkPolicyPeer {
        ip_block: Some(IPBlock {
            cidr: Cidr::ALL.to_string(),
            except: Some(NOT_INTERNET.map(str::to_owned).to_vec()),
        }),
        ..NetworkPolicyPeer::default()
    }
}

fn port(protocol: &str, number: u16) -> NetworkPolicyPort {
    NetworkPolicyPort {
        port: Some(IntOrString::Int(number.into())),
        protocol: Some(protocol.to_owned()),
        ..NetworkPolicyPort::default()
    }
}
