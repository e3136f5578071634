//! What a rendering cannot do without, as a register of exceptions.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::Settings;

/// Something that is accepted of what is rendered, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Accepted {
    /// The ids of the checks.
    pub checks: &'static [&'static str],
    /// The addresses of resources, perhaps with `*`.
    pub resources: Vec<String>,
    /// Whether it is a risk that stays, or something that is put off.
    pub kind: AcceptedKind,
    /// What it is about, in a few words.
    pub title: &'static str,
    /// How it is done.
    pub current: String,
    /// Why that is acceptable.
    pub reason: String,
    /// What can go wrong.
    pub impact: String,
    /// What to do instead.
    pub recommendation: String,
}

/// What an acceptance is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AcceptedKind {
    /// A risk that stays.
    Risk,
    /// Something that will be done later.
    Deferred,
}

/// A register of exceptions; nothing if nothing is accepted. They hold until the last day that the
/// settings name, else until `until`, as `2027-03-31`.
pub fn register(settings: &Settings, accepted: &[Accepted], until: &str) -> Option<String> {
    if accepted.is_empty() {
        return None;
    }
    let owner = settings.accept.owner.as_deref().unwrap_or("platform-team");
    let until = settings.accept.until.as_deref().unwrap_or(until);
    let entries = accepted.iter().enumerate().map(|(index, it)| {
        json!({
            "id": format!("BASTIDE-{:04}", index + 1),
            "title": it.title,
            "check": it.checks,
            "resources": it.resources,
            "kind": match it.kind {
                AcceptedKind::Risk => "accepted-risk",
                AcceptedKind::Deferred => "deferred",
            },
            "current": it.current,
            "reason": it.reason,
            "impact": it.impact,
            "recommendation": it.recommendation,
            "owner": owner,
            "expires": until,
        })
    });
    let register = json!({"version": 1, "exceptions": entries.collect::<Vec<Value>>()});
    let mut text = String::from(
        "# Written by `bastide render`: what is accepted of what lies beside it, and why.\n",
    );
    let _ = write!(text, "{}", bastide_yaml::emit::to_string(&register));
    Some(text)
}
