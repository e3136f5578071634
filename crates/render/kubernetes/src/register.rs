//! The exceptions that a rendering cannot do without, written as a register.

use std::fmt::Write as _;

use bastide_platform::{Hardening, Platform, Profile, Workload};
use serde_json::{Value, json};

use crate::Options;

/// An exception, and what it is about.
struct Entry {
    check: &'static [&'static str],
    title: &'static str,
    resources: Vec<String>,
    kind: &'static str,
    current: String,
    reason: String,
    impact: String,
    recommendation: String,
}

/// The register, if there is anything to accept.
pub(crate) fn register(platform: &Platform, options: &Options) -> Option<String> {
    let mut entries = Vec::new();
    entries.extend(unlocked(platform));
    for workload in &platform.workloads {
        entries.extend(exempt(workload));
    }
    if entries.is_empty() {
        return None;
    }
    let settings = &platform.settings;
    let owner = settings.accept.owner.as_deref().unwrap_or("platform-team");
    let until = settings
        .accept
        .until
        .clone()
        .unwrap_or_else(|| options.until.to_string());
    let mut text = String::from(
        "# Written by `bastide render`: what is accepted of the manifests beside it, and why.\n",
    );
    let entries = entries.into_iter().enumerate().map(|(index, entry)| {
        json!({
            "id": format!("BASTIDE-{:04}", index + 1),
            "title": entry.title,
            "check": entry.check,
            "resources": entry.resources,
            "kind": entry.kind,
            "current": entry.current,
            "reason": entry.reason,
            "impact": entry.impact,
            "recommendation": entry.recommendation,
            "owner": owner,
            "expires": until,
        })
    });
    let register = json!({"version": 1, "exceptions": entries.collect::<Vec<Value>>()});
    let _ = write!(text, "{}", bastide_yaml::emit::to_string(&register));
    Some(text)
}

/// Images stand by tag until their digests are known.
fn unlocked(platform: &Platform) -> Option<Entry> {
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
    (!resources.is_empty()).then(|| Entry {
        check: &["CKV_K8S_43"],
        title: "Images by tag",
        resources,
        kind: "deferred",
        current: "Images are named by the tag of a release, and pulled anew whenever a pod starts."
            .to_owned(),
        reason: format!("The lock file does not hold their digests yet. {why}"),
        impact: "Whoever can move a tag in a registry decides what runs.".to_owned(),
        recommendation: "Run `bastide lock`, and render again.".to_owned(),
    })
}

/// What a component is left without by name.
fn exempt(workload: &Workload) -> Vec<Entry> {
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
        Entry {
            check,
            title,
            resources: vec![address(workload)],
            kind: "accepted-risk",
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
