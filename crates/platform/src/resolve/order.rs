//! In which order workloads are installed.

use std::collections::{BTreeMap, BTreeSet};

use crate::component::Kind;
use crate::graph::{Edge, Workload, WorkloadId};

/// Sorts workloads into waves: each comes after all that it talks to, and after the jobs of its
/// component that prepare what it needs. Those of one wave can be installed at once.
///
/// `required` are pairs of components: one, and another whose controllers must be there before it.
pub(super) fn order(workloads: &mut [Workload], edges: &[Edge], required: &[(String, String)]) {
    let mut waits: BTreeMap<WorkloadId, BTreeSet<WorkloadId>> = BTreeMap::new();
    for edge in edges.iter().filter(|edge| edge.from != edge.to) {
        waits
            .entry(edge.from.clone())
            .or_default()
            .insert(edge.to.clone());
    }
    for (component, other) in required {
        let first = workloads.iter().filter(|it| it.component == *other);
        let first: BTreeSet<_> = first.map(|it| it.id.clone()).collect();
        for workload in workloads.iter().filter(|it| it.component == *component) {
            let waits = waits.entry(workload.id.clone()).or_default();
            waits.extend(first.iter().cloned());
        }
    }
    for job in workloads.iter().filter(|it| it.kind == Kind::Job) {
        let of_component = |it: &&Workload| it.component == job.component && it.kind != Kind::Job;
        for other in workloads.iter().filter(of_component) {
            let calls = |from: &WorkloadId, to: &WorkloadId| {
                waits.get(from).is_some_and(|all| all.contains(to))
            };
            if !calls(&job.id, &other.id) {
                waits
                    .entry(other.id.clone())
                    .or_default()
                    .insert(job.id.clone());
            }
        }
    }
    let mut left: BTreeSet<WorkloadId> = workloads.iter().map(|it| it.id.clone()).collect();
    let mut waves = BTreeMap::new();
    let mut wave = 0;
    while !left.is_empty() {
        let free = |id: &&WorkloadId| {
            let mut all = waits.get(*id).into_iter().flatten();
            !all.any(|other| left.contains(other))
        };
        let mut next: Vec<_> = left.iter().filter(free).cloned().collect();
        if next.is_empty() {
            // They wait for each other: each must bear that the other is not there yet.
            next.extend(left.iter().next().cloned());
        }
        for id in next {
            left.remove(&id);
            waves.insert(id, wave);
        }
        wave += 1;
    }
    for workload in workloads.iter_mut() {
        workload.wave = waves.get(&workload.id).copied().unwrap_or_default();
    }
    workloads.sort_by(|one, two| (one.wave, &one.id).cmp(&(two.wave, &two.id)));
}
