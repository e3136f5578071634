//! Namespaces, and what holds for all that is in them.

use std::collections::BTreeMap;

use bastide_platform::{Bytes, Cpu, Kind, Namespace, Platform, PodSecurity, Workload};
use k8s_openapi::api::core::v1::{
    LimitRange, LimitRangeItem, LimitRangeSpec, Namespace as Object_, ResourceQuota,
    ResourceQuotaSpec,
};
use k8s_openapi::api::networking::v1::{NetworkPolicy, NetworkPolicySpec};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;

use crate::labels;
use crate::object::Object;

/// How many nodes there may be: as many pods may there be of what runs on each.
const NODES: u32 = 100;

pub(crate) fn objects(platform: &Platform, namespace: &Namespace) -> Vec<Object> {
    let name = &namespace.name;
    vec![
        bare(platform, name, namespace.level),
        deny(platform, name),
        quota(platform, name),
        limits(platform, name),
    ]
}

/// The namespace itself. What is not enforced in it is at least said.
pub(crate) fn bare(platform: &Platform, name: &str, level: PodSecurity) -> Object {
    let mut metadata = labels::of(platform, None, name);
    let labels = metadata.labels.get_or_insert_default();
    let least = PodSecurity::Restricted;
    for (mode, level) in [("enforce", level), ("audit", least), ("warn", least)] {
        labels.insert(
            format!("pod-security.kubernetes.io/{mode}"),
            level.name().to_owned(),
        );
    }
    Object::of(Object_ {
        metadata,
        ..Object_::default()
    })
}

/// Nothing goes in or out unless another policy lets it.
pub(crate) fn deny(platform: &Platform, name: &str) -> Object {
    Object::of(NetworkPolicy {
        metadata: labels::of(platform, Some(name), "default-deny"),
        spec: Some(NetworkPolicySpec {
            pod_selector: Some(Default::default()),
            policy_types: Some(vec!["Ingress".to_owned(), "Egress".to_owned()]),
            ..NetworkPolicySpec::default()
        }),
    })
}

/// As much as the workloads take when all are at their most and one of each is replaced.
fn quota(platform: &Platform, name: &str) -> Object {
    let (mut cpu, mut cpu_limit, mut pods, mut gpus) = (Cpu(0), Cpu(0), 0, 0);
    let (mut memory, mut memory_limit) = (Bytes(0), Bytes(0));
    for workload in platform.in_namespace(name) {
        let count = u64::from(at_most(workload));
        for container in workload.init.iter().chain(&workload.containers) {
            let resources = container.resources;
            cpu = cpu + resources.cpu * count;
            cpu_limit = cpu_limit + resources.cpu_at_most() * count;
            memory = memory + resources.memory_in_all() * count;
            memory_limit = memory_limit + resources.memory_at_most() * count;
            gpus += u64::from(resources.gpu) * count;
        }
        pods += count;
    }
    let mut hard: BTreeMap<String, Quantity> = BTreeMap::new();
    let mut put = |key: &str, value: String| hard.insert(key.to_owned(), Quantity(value));
    put("requests.cpu", cpu.to_string());
    put("limits.cpu", cpu_limit.to_string());
    put("requests.memory", memory.to_string());
    put("limits.memory", memory_limit.to_string());
    put("pods", pods.to_string());
    put("services.loadbalancers", "0".to_owned());
    put("services.nodeports", "0".to_owned());
    if gpus > 0 {
        put("requests.nvidia.com/gpu", gpus.to_string());
    }
    Object::of(ResourceQuota {
        metadata: labels::of(platform, Some(name), "quota"),
        spec: Some(ResourceQuotaSpec {
            hard: Some(hard),
            ..ResourceQuotaSpec::default()
        }),
        ..ResourceQuota::default()
    })
}

/// How many pods of a workload there may be at once.
fn at_most(workload: &Workload) -> u32 {
    let per_node = workload.external.as_ref().is_some_and(|it| it.per_node);
    match workload.kind {
        Kind::Job | Kind::Task => 2,
        Kind::Stateful => workload.replicas,
        // All of a group are replaced together.
        Kind::Group => workload.replicas * workload.spread,
        Kind::External if per_node => NODES,
        Kind::Deployment | Kind::External => workload.max_replicas.unwrap_or(workload.replicas) + 1,
    }
}

/// What a container gets that does not say what it takes: none of ours, but somebody may debug.
fn limits(platform: &Platform, name: &str) -> Object {
    let amounts = |cpu: &str, memory: &str| {
        let pairs = [("cpu", cpu), ("memory", memory)];
        Some(
            pairs
                .map(|(key, value)| (key.to_owned(), Quantity(value.to_owned())))
                .into(),
        )
    };
    Object::of(LimitRange {
        metadata: labels::of(platform, Some(name), "limits"),
        spec: Some(LimitRangeSpec {
            limits: vec![LimitRangeItem {
                type_: "Container".to_owned(),
                default: amounts("500m", "512Mi"),
                default_request: amounts("100m", "128Mi"),
                ..LimitRangeItem::default()
            }],
        }),
    })
}
