//! A platform as Kubernetes manifests: one folder a namespace, one object a file.
//!
//! What a component leaves out is done here, for all of them: no root, no writable root file system,
//! no capability, no token, no open port, probes, limits, secrets as files, and network policies that
//! let through the edges of the graph and nothing else.
//!
//! Nothing here reads a file, a clock or the network: the same platform gives the same bytes.

mod foreign;
mod ingress;
mod labels;
mod namespace;
mod network;
mod object;
mod pod;
pub mod reachability;
mod register;
mod secrets;
mod workload;

use std::collections::BTreeMap;

use bastide_platform::Platform;

pub use register::accepted;

/// What is rendered: the text of each file, by path.
pub type Files = BTreeMap<String, String>;

/// Renders a platform. What is [`accepted`] of it is not among the files.
pub fn render(platform: &Platform) -> Files {
    let mut objects = Vec::new();
    objects.extend(secrets::store(platform));
    for namespace in &platform.namespaces {
        objects.extend(namespace::objects(platform, namespace));
    }
    objects.extend(foreign::objects(platform));
    for workload in &platform.workloads {
        objects.extend(workload::objects(platform, workload));
        objects.extend(network::policies(platform, workload));
        objects.extend(secrets::of_workload(platform, workload));
        objects.extend(ingress::objects(platform, workload));
    }
    objects
        .into_iter()
        .map(|it| (it.path(), it.text()))
        .collect()
}
