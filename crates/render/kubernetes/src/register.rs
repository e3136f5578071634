//! What the manifests cannot do without.

use bastide_platform::{Accepted, AcceptedKind, Hardening, Platform, Profile, Workload};

/// What is accepted of the manifests of a platform.
pub fn accepted(platform: &Platform) -> Vec<Accepted> {
    let exempt = platform.workloads.iter().flat_map(exempt);
    unlocked(platform).into_iter().chain(exempt).collect()
}

/// Images stand by tag until their digests are known.
fn unlocked(platform: &Platform) -> Option<Accepted> {
    let open = |workload: &&Workload| {
        let mut containers = workload.all_containers();
        containers.any(|it| !platform.lock.is_fixed(&it.image))
    };
    let resources: Vec<_> = platform
        .workloads
        .iter()
        .filter(open)
        .map(address)
        .collect();
    let why = match platform.settings.profile {
        Profile::Production => "Nothing of it is installed in production before.",
        Profile::Demo => "A demo is short-lived.",
    };
    (!resources.is_empty()).then(|| Accepted {
        checks: &["CKV_K8S_43"],
        title: "Images by tag",
        resources,
        kind: AcceptedKind::Deferred,
        current: "Images are named by the tag of a release, and pulled anew whenever a pod starts."
            .to_owned(),
        reason: format!("The lock file does not hold their digests yet. {why}"),
        impact: "Whoever can move a tag in a registry decides what runs.".to_owned(),
        recommendation: "Run `bastide lock`, and render again.".to_owned(),
    })
}

/// What a component is left without by name.
fn exempt(workload: &Workload) -> Vec<Accepted> {
    let entries = workload.exempt.iter().map(|exemption| {
        let (check, title, current): (&'static [&'static str], _, _) = match exemption.from {
            Hardening::ReadOnlyRoot => (
                &["CKV_K8S_22"],
                "A writable root file system",
                "The container may write to its root file system.",
            ),
            Hardening::NoToken => (
                &["CKV_K8S_38"],
                "A token of the cluster",
                "The pod has a token of its service account mounted.",
            ),
        };
        Accepted {
            checks: check,
            title,
            resources: vec![address(workload)],
            kind: AcceptedKind::Risk,
            current: current.to_owned(),
            reason: exemption.reason.clone(),
            impact: exemption.impact.clone(),
            recommendation: exemption.recommendation.clone(),
        }
    });
    entries.collect()
}

/// How findings name a workload: a job has a part of its digest behind its name.
fn address(workload: &Workload) -> String {
    let (kind, behind) = match workload.kind {
        bastide_platform::Kind::Deployment => ("Deployment", ""),
        bastide_platform::Kind::Stateful => ("StatefulSet", ""),
        bastide_platform::Kind::Job => ("Job", "-*"),
    };
    format!(
        "{kind}.{}.{}{behind}",
        workload.id.namespace, workload.id.name
    )
}
