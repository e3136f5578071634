//! What the manifests cannot do without.

use bastide_platform::{
    Accepted, AcceptedKind, Hardening, Kind, Platform, Profile, Resource, Workload,
};

/// What is accepted of the manifests of a platform.
pub fn accepted(platform: &Platform) -> Vec<Accepted> {
    let mut accepted = Vec::new();
    accepted.extend(unlocked(platform));
    accepted.extend(unlocked_within(platform));
    accepted.extend(unpinned(platform));
    accepted.extend(privileged(platform));
    accepted.extend(platform.resources.iter().flat_map(exempt_within));
    if platform.settings.profile == Profile::Demo {
        accepted.extend(shortcuts(platform));
    }
    accepted.extend(platform.workloads.iter().flat_map(exempt));
    accepted
}

/// Images stand by tag until their digests are known.
fn unlocked(platform: &Platform) -> Option<Accepted> {
    // No check looks into the objects of operators: what is in them is said below.
    let open = |workload: &&Workload| {
        let mut containers = workload.all_containers();
        workload.kind != Kind::Group && containers.any(|it| !platform.lock.is_fixed(&it.image))
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

/// The same within objects of operators, and of charts.
fn unlocked_within(platform: &Platform) -> Vec<Accepted> {
    let groups = platform.workloads.iter().filter(|it| {
        let mut containers = it.all_containers();
        it.kind == Kind::Group && containers.any(|it| !platform.lock.is_fixed(&it.image))
    });
    let objects = platform.resources.iter().filter(|it| {
        let images = it.images();
        images.iter().any(|it| !platform.lock.is_fixed(it))
    });
    let resources: Vec<_> = groups.map(address).chain(objects.map(object)).collect();
    let by_tag = (!resources.is_empty()).then(|| Accepted {
        checks: &["none"],
        title: "Images by tag, within objects of operators",
        resources,
        kind: AcceptedKind::Deferred,
        current: "Images of the pods within are named by the tag of a release.".to_owned(),
        reason: "The lock file does not hold their digests yet.".to_owned(),
        impact: "Whoever can move a tag in a registry decides what runs.".to_owned(),
        recommendation: "Run `bastide lock`, and render again.".to_owned(),
    });
    let releases = platform.charts.iter();
    let releases: Vec<_> = releases
        .map(|it| format!("HelmRelease.{}.{}", it.namespace, it.release))
        .collect();
    let of_charts = (!releases.is_empty()).then(|| Accepted {
        checks: &["none"],
        title: "What charts bring",
        resources: releases,
        kind: AcceptedKind::Risk,
        current: "Charts are installed as their makers wrote them, in an exact version; they name their images by tag, and their pods are hardened as far as their values go."
            .to_owned(),
        reason: "What they install is shipped as nothing else, and nobody but their makers can say which parts fit together."
            .to_owned(),
        impact: "Whoever can change a chart or an image in a registry decides what runs in these namespaces. No policy lets anything else out of them."
            .to_owned(),
        recommendation: "Keep copies of the charts and their images in a registry of your own, and admit images to these namespaces by digest or signature."
            .to_owned(),
    });
    by_tag.into_iter().chain(of_charts).collect()
}

/// Weights stand by the name of a branch until their commits are known.
fn unpinned(platform: &Platform) -> Option<Accepted> {
    let resources: Vec<_> = platform.unpinned().map(address).collect();
    let why = match platform.settings.profile {
        Profile::Production => "Nothing of it is installed in production before.",
        Profile::Demo => "A demo is short-lived.",
    };
    (!resources.is_empty()).then(|| Accepted {
        checks: &["none"],
        title: "Models by branch",
        resources,
        kind: AcceptedKind::Deferred,
        current: "Weights are fetched from the branch `main` of their repositories.".to_owned(),
        reason: format!("The lock file does not hold the commits yet. {why}"),
        impact: "Whoever can write to a repository decides what is served, and code of some formats runs when it is loaded."
            .to_owned(),
        recommendation: "Run `bastide lock`, and render again.".to_owned(),
    })
}

/// Namespaces that are wider than `restricted`, by what they are for.
fn privileged(platform: &Platform) -> Vec<Accepted> {
    let entries = platform.namespaces.iter().filter_map(|namespace| {
        let privilege = namespace.privilege.as_ref()?;
        let level = namespace.level.name();
        Some(Accepted {
            checks: &["none"],
            title: "A namespace wider than restricted",
            resources: vec![format!("Namespace.default.{}", namespace.name)],
            kind: AcceptedKind::Risk,
            current: format!(
                "The namespace `{}` is held to the Pod Security Standard `{level}`; what goes beyond `restricted` is logged.",
                namespace.name
            ),
            reason: privilege.reason.clone(),
            impact: privilege.impact.clone(),
            recommendation: privilege.recommendation.clone(),
        })
    });
    entries.collect()
}

/// What a demo does otherwise than production, to be cheap and quick to try.
fn shortcuts(platform: &Platform) -> Vec<Accepted> {
    let of = |is: fn(&Workload) -> bool| -> Vec<String> {
        let own = platform.workloads.iter().filter(|it| it.external.is_none());
        own.filter(|it| is(it)).map(address).collect()
    };
    let shortcut = |title, resources: Vec<String>, words: [&str; 4]| {
        let [current, reason, impact, recommendation] = words.map(str::to_owned);
        (!resources.is_empty()).then_some(Accepted {
            checks: &["none"],
            title,
            resources,
            kind: AcceptedKind::Risk,
            current,
            reason,
            impact,
            recommendation,
        })
    };
    let entries = [
        shortcut(
            "Single replicas",
            of(|it| it.in_production.0 > it.replicas),
            [
                "One pod of each runs, without a budget for disruptions, and spread over no zones.",
                "A second one costs as much as the first, and nobody depends on a demo.",
                "A node that fails or is replaced takes the service away until its pod has started elsewhere.",
                "Write `profile: production`: two or more run, on several nodes and zones, and one at a time is taken away.",
            ],
        ),
        shortcut(
            "No scaling under load",
            of(|it| it.in_production.1.is_some()),
            [
                "The number of pods is fixed.",
                "A demo has few users, and pods that come by themselves cost by themselves.",
                "More users than one pod can serve wait, or are refused.",
                "Write `profile: production`: an autoscaler follows the load.",
            ],
        ),
        shortcut(
            "Less set aside than may be taken",
            of(|it| {
                let mut containers = it.containers.iter();
                containers.any(|it| it.resources.memory_at_most() > it.resources.memory_in_all())
            }),
            [
                "A quarter of the processor time and half of the memory of production is set aside; as much as there may be taken.",
                "More pods fit on a node, so that fewer nodes are paid for.",
                "On a node that is full pods are slow, and are ended first when its memory runs out.",
                "Write `profile: production`: memory is set aside as it may be taken.",
            ],
        ),
        shortcut(
            "Data that goes with the demo",
            of(|it| it.kind == Kind::Stateful && !it.volumes.is_empty()),
            [
                "Volumes are deleted with the workload that they belong to, and there are no copies of them.",
                "What is left of a demo would be paid for without anybody knowing.",
                "Whoever removes the demo removes its data.",
                "Write `profile: production`, which keeps volumes, and have them backed up.",
            ],
        ),
        shortcut(
            "A model on processors alone",
            of(|it| it.on_processors),
            [
                "The language model is a small one that needs no graphics processor.",
                "Graphics processors are the greater part of what a platform costs, and not to be had everywhere.",
                "Answers are slow and of little worth; nothing that is measured says anything of production.",
                "Choose a model that is served on graphics processors: `bastide models` lists them.",
            ],
        ),
    ];
    entries.into_iter().flatten().collect()
}

/// What a component is left without by name.
fn exempt(workload: &Workload) -> Vec<Accepted> {
    let entries = workload.exempt.iter().map(|exemption| {
        let check: &'static [&'static str] = match exemption.from {
            Hardening::ReadOnlyRoot => &["CKV_K8S_22"],
            Hardening::NoToken => &["CKV_K8S_38"],
        };
        let (title, current) = words(exemption.from);
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

/// The same of the pods within the object of an operator, which no check looks into.
fn exempt_within(resource: &Resource) -> Vec<Accepted> {
    let all: Vec<_> = resource.pods.iter().flat_map(|it| &it.exempt).collect();
    let mut entries: Vec<Accepted> = Vec::new();
    for exemption in all {
        let (title, current) = words(exemption.from);
        if entries
            .iter()
            .any(|it| it.title == title && it.reason == exemption.reason)
        {
            continue;
        }
        entries.push(Accepted {
            checks: &["none"],
            title,
            resources: vec![object(resource)],
            kind: AcceptedKind::Risk,
            current: current.to_owned(),
            reason: exemption.reason.clone(),
            impact: exemption.impact.clone(),
            recommendation: exemption.recommendation.clone(),
        });
    }
    entries
}

/// How findings name the object of an operator.
fn object(resource: &Resource) -> String {
    format!("{}.{}.{}", resource.kind, resource.namespace, resource.name)
}

fn words(hardening: Hardening) -> (&'static str, &'static str) {
    match hardening {
        Hardening::ReadOnlyRoot => (
            "A writable root file system",
            "The container may write to its root file system.",
        ),
        Hardening::NoToken => (
            "A token of the cluster",
            "The pod has a token of its service account mounted.",
        ),
    }
}

/// How findings name a workload: a job has a part of its digest behind its name.
fn address(workload: &Workload) -> String {
    let (kind, behind) = match workload.kind {
        Kind::Deployment => ("Deployment", ""),
        Kind::Stateful => ("StatefulSet", ""),
        Kind::Job => ("Job", "-*"),
        Kind::Task => ("CronJob", ""),
        Kind::Group => ("LeaderWorkerSet", "-pods"),
        Kind::External => ("NetworkPolicy", ""),
    };
    format!(
        "{kind}.{}.{}{behind}",
        workload.id.namespace, workload.id.name
    )
}
