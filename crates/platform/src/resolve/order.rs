//! In which order workloads are installed.

use std::collections::{BTreeMap, BTreeSet};

use super::is_job;
use crate::graph::{Edge, Workload, WorkloadId};

/// Sorts workloads into waves: each comes after all that it talks to, and after the jobs of its
/// component that prepare what it needs. Those of one wave can be installed at once.
pub(super) fn order(workloads: &mut [Workload], edges: &[Edge]) {
    let mut waits: BTreeMap<WorkloadId, BTreeSet<WorkloadId>> = BTreeMap::new();
    for edge in edges.iter().filter(|edge| edge.from != edge.to) {
        waits
            .entry(edge.from.clone())
            .or_default()
            .insert(edge.to.clone());
    }
    for job in workloads.iter().filter(|it| is_job(it)) {
        let of_component = |it: &&Workload| it.component == job.component && !is_job(it);
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
