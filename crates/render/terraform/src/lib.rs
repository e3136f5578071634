//! The cloud under a platform, as Terraform.
//!
//! [`Cloud`] says what is needed, in words of the platform; [`render`] writes a stack of plain
//! resources of the AWS provider, one small file for each concern, laid out as `terraform fmt` does,
//! and beside it `bootstrap/`, the small stack that holds its state. Production has no shortcut. Each
//! shortcut of a demo comes as an [`Exception`] for the register.
//!
//! Nothing here reads a file, a clock or the network: the same cloud gives the same bytes.

mod audit;
mod buckets;
mod cloud;
mod cluster;
mod databases;
mod edge;
mod exceptions;
mod hcl;
mod identity;
mod karpenter;
mod keys;
mod logs;
mod network;
mod objects;
mod policy;
mod proofs;
mod readme;
mod registry;
mod root;
mod secrets;
mod storage;
mod watch;
mod zip;

pub use cloud::{
    Accelerator, Bucket, Cache, Cloud, Cluster, Database, Detectors, Domain, Identity, InvalidName,
    Login, Mode, Name, Network, Permission, Profile, Secret, SecretStore, Site,
};

pub use exceptions::{Exception, exceptions, register};
pub use proofs::{PROOFS, Proof};

use std::collections::BTreeMap;

/// Files by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Writes the stack.
pub fn render(cloud: &Cloud) -> Files {
    let mut files = Files::new();
    let parts = [
        ("terraform/.terraform.lock.hcl", root::lock()),
        ("terraform/versions.tf", root::versions(cloud, false)),
        ("terraform/variables.tf", root::variables(cloud)),
        ("terraform/locals.tf", root::locals(cloud)),
        ("terraform/outputs.tf", root::outputs(cloud)),
        ("terraform/keys.tf", keys::file(cloud)),
        ("terraform/network.tf", network::file(cloud)),
        ("terraform/endpoints.tf", network::endpoints(cloud)),
        ("terraform/cluster.tf", cluster::file(cloud)),
        ("terraform/addons.tf", cluster::addons(cloud)),
        ("terraform/nodes.tf", cluster::nodes(cloud)),
        ("terraform/storage.tf", storage::file(cloud)),
        ("terraform/buckets.tf", buckets::file(cloud)),
        ("terraform/databases.tf", databases::file(cloud)),
        ("terraform/secrets.tf", secrets::file(cloud)),
        ("terraform/registry.tf", registry::file(cloud)),
        ("terraform/identity.tf", identity::file(cloud)),
        ("terraform/edge.tf", edge::file(cloud)),
        ("terraform/login.tf", edge::login(cloud)),
        ("terraform/audit.tf", audit::file(cloud)),
        ("terraform/watch.tf", watch::file(cloud)),
        ("terraform/backup.tf", watch::backup(cloud)),
        ("terraform/budget.tf", watch::budget()),
        ("terraform/objects.tf", objects::file(cloud)),
        ("bootstrap/.terraform.lock.hcl", root::lock()),
        ("bootstrap/versions.tf", root::versions(cloud, true)),
        ("bootstrap/variables.tf", root::bootstrap_variables()),
        ("bootstrap/locals.tf", root::locals(cloud)),
        ("bootstrap/keys.tf", keys::state(cloud)),
        ("bootstrap/state.tf", buckets::state(cloud)),
        ("bootstrap/outputs.tf", root::bootstrap_outputs()),
    ];
    for (path, file) in parts {
        if !file.is_empty() {
            files.insert(path.to_owned(), file.text().into_bytes());
        }
    }
    if secrets::rotates(cloud) {
        let archive = zip::archive("rotate.py", secrets::FUNCTION);
        files.insert("terraform/functions/rotate.zip".to_owned(), archive);
        files.insert(
            "terraform/functions/rotate.py".to_owned(),
            secrets::FUNCTION.to_vec(),
        );
    }
    files.insert(
        "terraform/README.md".to_owned(),
        readme::text(cloud).into_bytes(),
    );
    files
}
