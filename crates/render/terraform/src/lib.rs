//! The cloud under a platform, as Terraform.
//!
//! [`Cloud`] says what is needed, as [`Cloud::of`] takes it from a platform; [`render`] writes a stack
//! of plain resources of the AWS provider, one small file for each concern, laid out as `terraform
//! fmt` does, and [`bootstrap`] the small stack that holds its state. Production has no shortcut. What
//! is [`accepted`] of a demo goes into its register.
//!
//! Nothing here reads a file, a clock or the network: the same cloud gives the same bytes.

mod audit;
mod buckets;
mod cloud;
mod cluster;
mod costs;
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
mod of;
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
    Accelerator, Bucket, Cache, Cloud, Cluster, Database, Detectors, Domain, Edge, Identity,
    InvalidName, Login, Made, Mode, Name, Network, Permission, Profile, Secret, SecretStore, Site,
};

pub use costs::{Cost, costs};
pub use exceptions::accepted;
pub use proofs::{PROOFS, Proof};
pub use root::state_bucket;

use std::collections::BTreeMap;

/// Files by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Writes the stack, below `terraform/`.
pub fn render(cloud: &Cloud) -> Files {
    let mut files = Files::new();
    let parts = [
        ("terraform/.terraform.lock.hcl", root::lock()),
        ("terraform/versions.tf", root::versions(cloud, false)),
        ("terraform/variables.tf", root::variables(cloud)),
        ("terraform/locals.tf", root::locals(cloud, false)),
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
    ];
    insert(&mut files, parts);
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

/// How many resources files describe. One that is made several times counts once.
pub fn resources(files: &Files) -> usize {
    let terraform = files.iter().filter(|(path, _)| path.ends_with(".tf"));
    let texts = terraform.map(|(_, bytes)| String::from_utf8_lossy(bytes));
    texts
        .map(|text| {
            let lines = text.lines();
            lines.filter(|it| it.starts_with("resource \"")).count()
        })
        .sum()
}

/// Writes the stack of the bucket that holds the state. It has no shortcut, whatever the profile: it
/// is small, and what it holds is worth more than it costs.
pub fn bootstrap(cloud: &Cloud) -> Files {
    let safe = Cloud {
        profile: Profile::Production,
        ..cloud.clone()
    };
    let mut files = Files::new();
    let parts = [
        (".terraform.lock.hcl", root::lock()),
        ("versions.tf", root::versions(cloud, true)),
        ("variables.tf", root::bootstrap_variables()),
        ("locals.tf", root::locals(cloud, true)),
        ("keys.tf", keys::state()),
        ("state.tf", buckets::state(&safe)),
        ("outputs.tf", root::bootstrap_outputs()),
    ];
    insert(&mut files, parts);
    files
}

fn insert<const N: usize>(files: &mut Files, parts: [(&str, hcl::File); N]) {
    for (path, file) in parts {
        if !file.is_empty() {
            files.insert(path.to_owned(), file.text().into_bytes());
        }
    }
}
