//! What no rendering may hold, whatever the checks of a scan say.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use bastide_platform::Platform;
use serde_json::Value;

/// Everything there is, with the objects that it becomes.
fn whole() -> Vec<(String, Platform, Objects)> {
    let all = common::whole().into_iter();
    all.map(|(name, platform)| {
        let objects = common::parsed(&common::rendered(&platform));
        (name, platform, objects)
    })
    .collect()
}

type Objects = BTreeMap<String, Value>;

/// The containers of an object, those that run first and those within objects of operators included.
fn containers(object: &Value) -> impl Iterator<Item = &Value> {
    let spec = &object["spec"];
    let groups = &spec["leaderWorkerTemplate"];
    let services = spec["services"].as_object().into_iter().flatten();
    let mut pods = vec![
        &spec["template"]["spec"],
        &spec["jobTemplate"]["spec"]["template"]["spec"],
        &groups["leaderTemplate"]["spec"],
        &groups["workerTemplate"]["spec"],
    ];
    pods.extend(services.map(|(_, service)| &service["extraPodSpec"]));
    pods.into_iter().flat_map(|pod| {
        let lists = ["initContainers", "containers"].into_iter();
        let listed = lists.flat_map(|key| pod[key].as_array().into_iter().flatten());
        listed.chain(pod.get("mainContainer"))
    })
}

/// All texts in a value.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(map) => map.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// Whether what is called so is a secret.
fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace(['-', '.'], "_");
    let words = [
        "password",
        "passwd",
        "secret",
        "token",
        "api_key",
        "apikey",
        "private_key",
        "master_key",
    ];
    // These only say where one is, what it is like, or how many there may be.
    let harmless = [
        "_file",
        "_path",
        "_dir",
        "_url",
        "_name",
        "_names",
        "_header",
        "_endpoint",
        "_tokens",
        "tokens",
        "secret_key_ref",
        "_location",
    ];
    words.iter().any(|word| name.contains(word)) && !harmless.iter().any(|end| name.ends_with(end))
}

/// Whether a value is written there, and not only where it comes from.
fn is_literal(value: &str) -> bool {
    let value = value.trim().trim_matches(['"', '\'']);
    let elsewhere = value.starts_with('/')
        || value.contains("{{ .v")
        || value.starts_with("os.environ/")
        || value.starts_with("$(")
        || value.starts_with("${");
    let plain = ["", "true", "false", "null", "none", "{}", "[]", "|", ">"];
    !elsewhere && !plain.contains(&value) && value.parse::<f64>().is_err()
}

#[test]
fn no_secret_stands_in_a_file() {
    for (name, _, objects) in whole() {
        for (path, object) in &objects {
            assert_ne!(object["kind"], "Secret", "{name}: {path}");
            for container in containers(object) {
                for variable in container["env"].as_array().into_iter().flatten() {
                    let key = variable["name"].as_str().unwrap_or_default();
                    let value = variable["value"].as_str().unwrap_or_default();
                    assert!(
                        !(is_secret(key) && is_literal(value)),
                        "{name}: {path}: `{key}` is `{value}`"
                    );
                    let from = &variable["valueFrom"]["secretKeyRef"];
                    assert!(from.is_null(), "{name}: {path}: `{key}` is no file");
                }
                assert!(container["envFrom"].is_null(), "{name}: {path}");
            }
            let found = texts(object);
            for line in found.iter().flat_map(|text| text.lines()) {
                let pair = line.split_once(": ").or_else(|| line.split_once('='));
                let Some((key, value)) = pair else {
                    continue;
                };
                let key = key
                    .trim()
                    .trim_start_matches("- ")
                    .trim_matches(['"', '\'']);
                let is_name = !key.is_empty() && !key.contains([' ', '(', '/', '$']);
                assert!(
                    !(is_name && is_secret(key) && is_literal(value)),
                    "{name}: {path}: {line}"
                );
            }
            // Neither does one stand in an address.
            for text in &found {
                for part in text.split("://").skip(1) {
                    let authority = part
                        .split(['/', '\'', '"', ' ', '\n'])
                        .next()
                        .unwrap_or(part);
                    let password = authority
                        .rsplit_once('@')
                        .and_then(|(user, _)| user.split_once(':'));
                    if let Some((_, password)) = password {
                        // A template may have been cut at its first space.
                        let stands = is_literal(password) && !password.starts_with("{{");
                        assert!(!stands, "{name}: {path}: {authority}");
                    }
                }
            }
        }
    }
}

#[test]
fn nobody_knows_a_password_beforehand() {
    let known = [
        "changeme",
        "change-me",
        "change_me",
        "password123",
        "admin:admin",
        "minioadmin",
        "admin123",
        "hunter2",
        "letmein",
        "sk-1234",
        "mysecret",
        "secret123",
        "postgres:postgres",
        "root:root",
        "test1234",
        "correcthorse",
    ];
    for (name, _, objects) in whole() {
        for (path, object) in &objects {
            let text = object.to_string().to_lowercase();
            for word in known {
                assert!(!text.contains(word), "{name}: {path} holds `{word}`");
            }
        }
    }
}

#[test]
fn no_image_moves() {
    let moving = [
        "latest", "main", "master", "nightly", "stable", "edge", "dev",
    ];
    for (name, _, objects) in whole() {
        for (path, object) in &objects {
            for container in containers(object) {
                let image = container["image"].as_str().unwrap_or_default();
                let tag = image
                    .rsplit('/')
                    .next()
                    .and_then(|it| it.split_once(':'))
                    .map(|(_, tag)| tag);
                assert!(
                    tag.is_some_and(|it| !moving.contains(&it)),
                    "{name}: {path}: `{image}`"
                );
            }
            assert!(!object.to_string().contains(":latest"), "{name}: {path}");
        }
    }
    for (name, platform) in common::whole_and_locked() {
        for (path, object) in common::parsed(&common::rendered(&platform)) {
            for container in containers(&object) {
                let image = container["image"].as_str().unwrap_or_default();
                assert!(image.contains("@sha256:"), "{name}: {path}: `{image}`");
                assert_eq!(
                    container["imagePullPolicy"], "IfNotPresent",
                    "{name}: {path}"
                );
            }
        }
    }
}

#[test]
fn no_model_moves() {
    for (name, platform) in common::whole_and_locked() {
        let weights: BTreeSet<&str> = platform.weights().into_iter().collect();
        assert!(!weights.is_empty(), "{name}");
        let mut fetched = BTreeSet::new();
        for (path, object) in common::parsed(&common::rendered(&platform)) {
            for container in containers(&object) {
                let said = [texts(&container["command"]), texts(&container["args"])];
                let said = said.concat().join(" ");
                for moving in ["revision=main", "revision=\"main\"", "revision main"] {
                    assert!(!said.contains(moving), "{name}: {path}: {said}");
                }
                if said.contains("revision") {
                    assert!(said.contains(common::COMMIT), "{name}: {path}: {said}");
                    fetched.extend(weights.iter().filter(|it| said.contains(**it)));
                }
            }
        }
        assert_eq!(fetched, weights, "{name}: what is fetched, at one commit");
    }
}

#[test]
fn no_model_brings_code() {
    for (name, _, objects) in whole() {
        for (path, object) in &objects {
            for container in containers(object) {
                let text = container.to_string().to_lowercase().replace('_', "-");
                assert!(!text.contains("trust-remote-code"), "{name}: {path}");
            }
        }
    }
}

#[test]
fn no_host_is_any_host() {
    for (name, _, objects) in whole() {
        for (path, object) in &objects {
            if object["kind"] != "Ingress" {
                continue;
            }
            let spec = &object["spec"];
            assert!(spec["defaultBackend"].is_null(), "{name}: {path}");
            let rules = spec["rules"].as_array().into_iter().flatten();
            let rules: Vec<_> = rules.filter_map(|it| it["host"].as_str()).collect();
            let tls = spec["tls"].as_array().into_iter().flatten();
            let tls: Vec<_> = tls
                .flat_map(|it| it["hosts"].as_array().into_iter().flatten())
                .filter_map(Value::as_str)
                .collect();
            assert_eq!(rules, tls, "{name}: {path}: each host over TLS");
            assert_eq!(rules.len(), 1, "{name}: {path}");
            for host in rules {
                assert!(
                    host.ends_with(".example.com") && !host.contains('*'),
                    "{name}: {path}: `{host}`"
                );
            }
        }
    }
}

/// What makes a program ask who one is, in what is rendered for it. Whatever becomes reachable from
/// outside has to have its line here.
const LOGINS: &[(&str, &str)] = &[
    ("kong/kong", "name: key-auth"),
    (
        "langfuse/langfuse-web",
        "LANGFUSE_INIT_USER_PASSWORD='{{ .v",
    ),
    ("litellm/litellm", "LITELLM_MASTER_KEY='{{ .v"),
    ("mlflow/mlflow", "--app-name=basic-auth"),
    (
        "monitoring/grafana",
        "name: GF_SECURITY_ADMIN_PASSWORD__FILE",
    ),
    ("openwebui/openwebui", "WEBUI_ADMIN_PASSWORD='{{ .v"),
    ("phoenix/phoenix", "name: PHOENIX_ENABLE_AUTH"),
];

#[test]
fn nothing_is_reachable_without_a_login() {
    for (name, platform, objects) in whole() {
        let files = common::rendered(&platform);
        for (path, object) in &objects {
            match object["kind"].as_str().unwrap_or_default() {
                "Service" => {
                    let kind = object["spec"]["type"].as_str().unwrap_or("ClusterIP");
                    assert_eq!(kind, "ClusterIP", "{name}: {path}");
                    assert!(object["spec"]["externalIPs"].is_null(), "{name}: {path}");
                }
                "Ingress" => {
                    let namespace = object["metadata"]["namespace"].as_str().unwrap_or_default();
                    let workload = object["metadata"]["name"].as_str().unwrap_or_default();
                    let id = format!("{namespace}/{workload}");
                    let login = LOGINS.iter().find(|(it, _)| *it == id);
                    let (_, sign) = login.unwrap_or_else(|| panic!("{name}: who asks at {id}?"));
                    let mut own = files.iter().filter(|(path, _)| {
                        path.starts_with(&format!("{namespace}/"))
                            && path.ends_with(&format!("-{workload}.yaml"))
                    });
                    assert!(
                        own.any(|(_, text)| text.contains(sign)),
                        "{name}: {id} does not have `{sign}`"
                    );
                }
                _ => {}
            }
            for container in containers(object) {
                for port in container["ports"].as_array().into_iter().flatten() {
                    assert!(port["hostPort"].is_null(), "{name}: {path}");
                }
            }
            let pod = &object["spec"]["template"]["spec"];
            for key in ["hostNetwork", "hostPID", "hostIPC"] {
                assert_ne!(pod[key], true, "{name}: {path}");
            }
        }
    }
}
