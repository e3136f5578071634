//! What cannot be in a component, though its format allows it.

use bastide_source::{Diagnostic, Source};

use crate::component::{Component, Health, Kind, Resources, WorkloadSpec};
use crate::{Bytes, Cpu};

/// The mistakes in a component.
pub(crate) fn component(component: &Component, source: &Source) -> Vec<Diagnostic> {
    let mut mistakes = Mistakes {
        source,
        found: Vec::new(),
    };
    for (name, secret) in &component.secrets {
        let ways = usize::from(secret.generate.is_some())
            + usize::from(secret.hex)
            + usize::from(secret.given.is_some());
        if ways != 1 {
            let message = "a secret is generated, or hex, or given: one of the three";
            mistakes.say(
                &format!("secrets.{name}"),
                message,
                "write `{generate: 32}`",
            );
        }
        if secret.rotate && (secret.generate.is_none() || !secret.prefix.is_empty()) {
            let message = "only what is generated without a prefix can change by itself";
            mistakes.say(
                &format!("secrets.{name}.rotate"),
                message,
                "remove `rotate`",
            );
        }
        if secret.generate.is_some_and(|length| length < 16) {
            let message = "fewer than 16 letters and digits can be guessed";
            mistakes.say(
                &format!("secrets.{name}.generate"),
                message,
                "write `generate: 32`",
            );
        }
    }
    for (name, workload) in &component.workloads {
        mistakes.workload(workload, &format!("workloads.{name}"));
        for (secret, at) in workload
            .offers
            .iter()
            .flat_map(|(offer, it)| it.shares.iter().map(move |secret| (secret, offer)))
        {
            if !component.secrets.contains_key(secret) {
                let path = format!("workloads.{name}.offers.{at}.shares");
                let message = format!("the component has no secret `{secret}`");
                mistakes.say(&path, &message, "add it under `secrets`");
            }
        }
    }
    mistakes.foreign(component);
    mistakes.found
}

const USER_HELP: &str = "use a number from 10000 on";

/// Whether a version is one, and no range of them.
fn is_exact(version: &str) -> bool {
    let number = version.strip_prefix('v').unwrap_or(version);
    let core = number.split(['-', '+']).next().unwrap_or_default();
    let parts: Vec<&str> = core.split('.').collect();
    parts.len() == 3
        && parts
            .iter()
            .all(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
}

/// Whether a version is one of Kubernetes itself: what has one is rendered here, and hardened.
fn is_of_kubernetes(api_version: &str) -> bool {
    let group = api_version.split_once('/').map_or("", |(group, _)| group);
    let ours = [
        "admissionregistration.k8s.io",
        "networking.k8s.io",
        "rbac.authorization.k8s.io",
        "storage.k8s.io",
    ];
    !group.contains('.') || ours.contains(&group)
}

/// All that is called `image` in a tree.
fn images(tree: &serde_json::Value) -> Vec<String> {
    match tree {
        serde_json::Value::Array(items) => items.iter().flat_map(images).collect(),
        serde_json::Value::Object(map) => {
            let own = map.get("image").and_then(serde_json::Value::as_str);
            let below = map.values().flat_map(images);
            own.map(str::to_owned).into_iter().chain(below).collect()
        }
        _ => Vec::new(),
    }
}

struct Mistakes<'a> {
    source: &'a Source,
    found: Vec<Diagnostic>,
}

impl Mistakes<'_> {
    fn say(&mut self, path: &str, message: &str, help: &str) {
        let span = bastide_yaml::place(self.source, path);
        self.found.push(Diagnostic::error(span, message).help(help));
    }

    fn workload(&mut self, workload: &WorkloadSpec, path: &str) {
        if workload.user < 10_000 {
            let message = format!("{} may be the number of a user of the node", workload.user);
            self.say(&format!("{path}.user"), &message, USER_HELP);
        }
        if workload.kind == Kind::Group && workload.per.is_none() {
            let message = "a group serves a model";
            self.say(&format!("{path}.kind"), message, "add `per: model`");
        }
        if workload.health.is_none() && !matches!(workload.kind, Kind::Job | Kind::Task) {
            let message = "nothing says how one can tell that it is well";
            self.say(
                path,
                message,
                "add `health:` with `port`, and `live` and `ready` if it has them",
            );
        }
        self.image(&workload.image, path);
        self.resources(workload.resources, path);
        if !workload.exports.is_empty() && workload.command.is_empty() {
            self.say(
                &format!("{path}.exports"),
                "the launcher does not know what to start",
                "add `command:`",
            );
        }
        for (name, port) in &workload.ports {
            if *port < 1024 {
                let message = "a port below 1024 needs a capability that all are without";
                self.say(
                    &format!("{path}.ports.{name}"),
                    message,
                    "let it listen on a port from 1024 on",
                );
            }
        }
        let health = workload.health.iter();
        let asked = health.filter_map(|it| Some(("health".to_owned(), it.port.as_ref()?)));
        let exposed = workload.expose.iter();
        let exposed = exposed.map(|it| ("expose".to_owned(), &it.port));
        let offered = workload.offers.iter();
        let offered = offered.map(|(name, it)| (format!("offers.{name}"), &it.port));
        let measured = workload.metrics.iter();
        let measured = measured.map(|it| ("metrics".to_owned(), &it.port));
        for (by, port) in asked.chain(exposed).chain(offered).chain(measured) {
            let beside = workload
                .sidecars
                .values()
                .any(|it| it.ports.contains_key(port));
            if !workload.ports.contains_key(port) && !beside {
                let message = format!("it has no port `{port}`");
                let place = format!("{path}.{by}.port");
                self.say(&place, &message, "name a port of `ports`");
            }
        }
        if let Some(health) = &workload.health {
            self.health(health, path);
        }
        for (name, container) in workload.init.iter().chain(&workload.sidecars) {
            let place = match workload.init.contains_key(name) {
                true => format!("{path}.init.{name}"),
                false => format!("{path}.sidecars.{name}"),
            };
            self.image(&container.image, &place);
            self.resources(container.resources, &place);
            if container.health.is_none() && workload.sidecars.contains_key(name) {
                self.say(
                    &place,
                    "nothing says how one can tell that it is well",
                    "add `health:`",
                );
            }
        }
    }

    /// What somebody else makes: the chart, objects of operators, and the pods that come of both.
    fn foreign(&mut self, component: &Component) {
        if component.workloads.is_empty() && component.pods.is_empty() {
            let message = "nothing of it runs";
            self.say(
                "component",
                message,
                "add `workloads:`, or `chart:` with `pods:`",
            );
        }
        if let Some(chart) = &component.chart {
            let repository = &chart.repository;
            if !repository.starts_with("https://") && !repository.starts_with("oci://") {
                let message = format!("`{repository}` is no repository of charts");
                let help = "write `https://…`, or `oci://…` for a registry";
                self.say("chart.repository", &message, help);
            }
            if !is_exact(&chart.version) {
                let message = format!("`{}` may be another chart tomorrow", chart.version);
                self.say("chart.version", &message, "name one version, as `1.2.3`");
            }
        }
        let made = component.chart.is_some() || !component.resources.is_empty();
        if made && component.pods.is_empty() {
            let at = if component.chart.is_some() {
                "chart"
            } else {
                "resources"
            };
            let message = "nothing says which pods come of it: they could talk to nobody";
            self.say(at, message, "add `pods:`, by the names of their Services");
        }
        for (name, resource) in &component.resources {
            let path = format!("resources.{name}");
            if is_of_kubernetes(&resource.api_version) {
                let message = format!("`{}` is a kind of Kubernetes itself", resource.kind);
                let help = "write it under `workloads`, where it is hardened";
                self.say(&format!("{path}.kind"), &message, help);
            }
            for (at, place) in &resource.pods {
                if place.user.is_some_and(|it| it < 10_000) {
                    let message = "the number may be that of a user of the node";
                    self.say(&format!("{path}.pods.{at}.user"), message, USER_HELP);
                }
            }
            for image in images(&serde_json::json!(resource.spec)) {
                self.image(&image, &path);
            }
        }
        for (name, pod) in &component.pods {
            let path = format!("pods.{name}");
            if component.workloads.contains_key(name) {
                let message = format!("there is a workload `{name}` already");
                self.say(&path, &message, "give one of the two another name");
            }
            if !made {
                let message = "nothing makes these pods";
                self.say(&path, message, "add `chart:` or `resources:`");
            }
            if pod.labels.is_empty() {
                let message = "nothing tells them from others";
                self.say(
                    &format!("{path}.labels"),
                    message,
                    "add the labels that they have",
                );
            }
            self.resources(pod.resources, &path);
            let offered = pod.offers.values().map(|it| &it.port);
            let measured = pod.metrics.iter().map(|it| &it.port);
            for port in offered.chain(measured).chain(&pod.webhook) {
                if !pod.ports.contains_key(port) {
                    let message = format!("they have no port `{port}`");
                    self.say(&path, &message, "name a port of `ports`");
                }
            }
        }
    }

    fn image(&mut self, image: &str, path: &str) {
        let name = image.rsplit('/').next().unwrap_or(image);
        let tag = name.split('@').next().and_then(|it| it.split_once(':'));
        let moving = [
            "latest", "main", "master", "nightly", "edge", "stable", "dev",
        ];
        match tag {
            None => self.say(
                &format!("{path}.image"),
                "the image has no tag",
                "add the tag of a release",
            ),
            Some((_, tag)) if moving.contains(&tag) => {
                let message = format!("`{tag}` is another image tomorrow");
                self.say(
                    &format!("{path}.image"),
                    &message,
                    "name the tag of a release",
                );
            }
            Some(_) => {}
        }
    }

    fn resources(&mut self, resources: Resources, path: &str) {
        if resources.cpu == Cpu(0) || resources.memory == Bytes(0) {
            let message = "it does not say how much processor time and memory it takes";
            self.say(
                &format!("{path}.resources"),
                message,
                "add `cpu` and `memory`",
            );
        }
    }

    fn health(&mut self, health: &Health, path: &str) {
        if health.exec.is_empty() && health.port.is_none() {
            let message = "it does not say which port to ask";
            self.say(&format!("{path}.health"), message, "add `port`, or `exec`");
        }
    }
}
