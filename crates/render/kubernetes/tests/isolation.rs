//! The proof of isolation: what the rendered policies let through is what the graph says, for every
//! pair of workloads and every port.

mod common;

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use bastide_platform::{Edge, Platform, Target};
use bastide_render_kubernetes::reachability::{Pod, Policies};
use bastide_source::{FileId, Source};
use k8s_openapi::api::core::v1::{Namespace, PodTemplateSpec};
use k8s_openapi::api::networking::v1::NetworkPolicy;
use serde_json::Value;

fn objects(platform: &Platform) -> Vec<Value> {
    let files = common::rendered(platform);
    let files = files.into_iter().filter(|(path, _)| path.contains('/'));
    files
        .map(|(path, text)| {
            let source = Source::new(FileId(0), path, text);
            bastide_yaml::typed(&source).unwrap_or_else(|it| panic!("{it:?}"))
        })
        .collect()
}

/// Policies, and a pod of each workload, as they stand in the files.
fn cluster(platform: &Platform) -> (Policies, BTreeMap<String, Pod>) {
    let mut policies = Policies::default();
    let mut pods = BTreeMap::new();
    for object in objects(platform) {
        let kind = object["kind"].as_str().unwrap_or_default().to_owned();
        match kind.as_str() {
            "NetworkPolicy" => {
                let policy: NetworkPolicy = serde_json::from_value(object).expect("it is there");
                let namespace = policy.metadata.namespace.clone().expect("it is there");
                policies.policies.entry(namespace).or_default().push(policy);
            }
            "Namespace" => {
                let namespace: Namespace = serde_json::from_value(object).expect("it is there");
                let name = namespace.metadata.name.expect("it is there");
                let mut labels = namespace.metadata.labels.unwrap_or_default();
                // The API server adds it.
                labels.insert("kubernetes.io/metadata.name".to_owned(), name.clone());
                policies.namespaces.insert(name, labels);
            }
            "Deployment" | "StatefulSet" | "Job" | "CronJob" | "LeaderWorkerSet" => {
                let spec = &object["spec"];
                let template = match kind.as_str() {
                    "CronJob" => &spec["jobTemplate"]["spec"]["template"],
                    "LeaderWorkerSet" => &spec["leaderWorkerTemplate"]["leaderTemplate"],
                    _ => &spec["template"],
                };
                let template: PodTemplateSpec =
                    serde_json::from_value(template.clone()).expect("it is there");
                let labels = template
                    .metadata
                    .expect("it is there")
                    .labels
                    .expect("it is there");
                let namespace = object["metadata"]["namespace"]
                    .as_str()
                    .expect("it is there")
                    .to_owned();
                let name = labels["app.kubernetes.io/name"].clone();
                pods.insert(format!("{namespace}/{name}"), Pod { namespace, labels });
            }
            _ => {}
        }
    }
    // Those that others make are known by the labels that the component says.
    for workload in &platform.workloads {
        if let Some(external) = &workload.external {
            let pod = Pod {
                namespace: workload.id.namespace.clone(),
                labels: external.labels.clone(),
            };
            pods.insert(workload.id.to_string(), pod);
        }
    }
    (policies, pods)
}

#[test]
fn policies_let_through_the_edges_of_the_graph_and_nothing_else() {
    for (name, platform) in common::whole() {
        let (policies, pods) = cluster(&platform);
        assert_eq!(pods.len(), platform.workloads.len(), "{name}");
        let mut ports = policies.ports();
        // One that no policy speaks of stands for all others.
        ports.insert(31_337);
        let mut wrong = Vec::new();
        for from in &platform.workloads {
            for to in &platform.workloads {
                for port in &ports {
                    let edge = Edge {
                        from: from.id.clone(),
                        to: to.id.clone(),
                        port: *port,
                    };
                    let together = platform.together(from).any(|it| it.id == to.id);
                    let declared = together || platform.edges.contains(&edge);
                    let (one, other) = (&pods[&from.id.to_string()], &pods[&to.id.to_string()]);
                    if policies.connects(one, other, *port) != declared {
                        wrong.push(format!("{edge} is declared: {declared}"));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{name}:\n{}", wrong.join("\n"));
    }
}

#[test]
fn a_stranger_reaches_nobody() {
    for (name, platform) in common::whole() {
        let (mut policies, pods) = cluster(&platform);
        let stranger = Pod {
            namespace: "elsewhere".to_owned(),
            labels: BTreeMap::new(),
        };
        policies
            .namespaces
            .insert("elsewhere".to_owned(), BTreeMap::new());
        for workload in &platform.workloads {
            let external = workload.external.as_ref();
            for port in policies.ports() {
                // Outside of EKS nobody knows from where the API of the cluster asks.
                let asked = external.is_some_and(|it| it.webhook == Some(port))
                    && platform.settings.target == Target::Kubernetes;
                assert_eq!(
                    policies.connects(&stranger, &pods[&workload.id.to_string()], port),
                    asked,
                    "{name}: {}:{port}",
                    workload.id
                );
            }
        }
    }
}

#[test]
fn only_those_reach_the_internet_who_say_so_and_nobody_the_node() {
    let outside = Ipv4Addr::new(203, 0, 113, 7);
    let metadata = Ipv4Addr::new(169, 254, 169, 254);
    for (name, platform) in common::whole() {
        let (policies, pods) = cluster(&platform);
        for workload in &platform.workloads {
            let pod = &pods[&workload.id.to_string()];
            let says = workload.aws || !workload.egress.is_empty();
            assert_eq!(
                policies.reaches(pod, outside, "TCP", 443),
                says,
                "{name}: {}",
                workload.id
            );
            assert!(
                !policies.reaches(pod, outside, "TCP", 80),
                "{name}: {}",
                workload.id
            );
            assert!(
                !policies.reaches(pod, metadata, "TCP", 80),
                "{name}: {}",
                workload.id
            );
            assert!(
                !policies.reaches(pod, metadata, "TCP", 443),
                "{name}: {}",
                workload.id
            );
            let exposed = workload.exposed.as_ref();
            let balancer = platform.settings.network.public().address;
            for port in policies.ports() {
                let external = workload.external.as_ref();
                let asked = external.is_some_and(|it| it.webhook == Some(port));
                let on_eks = platform.settings.target == Target::Eks;
                let in_front = exposed.is_some_and(|it| it.port == port) && on_eks;
                assert_eq!(
                    policies.accepts(pod, balancer, port),
                    in_front || asked,
                    "{name}: {}:{port}",
                    workload.id
                );
                assert_eq!(
                    policies.accepts(pod, outside, port),
                    asked && !on_eks,
                    "{name}: {}:{port}",
                    workload.id
                );
            }
        }
    }
}
