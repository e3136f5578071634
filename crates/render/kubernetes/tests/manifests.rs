//! What holds of every rendering, and what each component looks like.

mod common;

use std::collections::BTreeMap;

use bastide_platform::{Catalog, Category, Lock};
use bastide_render_kubernetes::{Files, accepted};
use bastide_source::{FileId, Source};
use k8s_openapi::api::apps::v1::{Deployment, StatefulSet};
use k8s_openapi::api::autoscaling::v2::HorizontalPodAutoscaler;
use k8s_openapi::api::batch::v1::Job;
use k8s_openapi::api::core::v1::{
    ConfigMap, LimitRange, Namespace, PersistentVolumeClaim, ResourceQuota, Service, ServiceAccount,
};
use k8s_openapi::api::networking::v1::{Ingress, IngressClass, NetworkPolicy};
use k8s_openapi::api::policy::v1::PodDisruptionBudget;
use k8s_openapi::api::rbac::v1::{ClusterRole, ClusterRoleBinding, Role, RoleBinding};
use serde::de::DeserializeOwned;
use serde_json::Value;

fn parsed(files: &Files) -> BTreeMap<String, Value> {
    let objects = files.iter().filter(|(path, _)| path.contains('/'));
    objects
        .map(|(path, text)| {
            let source = Source::new(FileId(0), path.clone(), text.clone());
            let value =
                bastide_yaml::typed(&source).unwrap_or_else(|it| panic!("{path}: {it:?}\n{text}"));
            (path.clone(), value)
        })
        .collect()
}

/// Whether an object is of its type, and has nothing that the type does not know.
fn strictly<T: DeserializeOwned + serde::Serialize>(value: &Value) -> Result<(), String> {
    let typed: T = serde_json::from_value(value.clone()).map_err(|it| it.to_string())?;
    match serde_json::to_value(typed).map_err(|it| it.to_string())? == *value {
        true => Ok(()),
        false => Err("it has fields that its type does not know".to_owned()),
    }
}

#[test]
fn every_object_is_strictly_of_its_type() {
    for (name, platform) in common::whole() {
        for (path, object) in parsed(&common::rendered(&platform)) {
            let kind = object["kind"].as_str().unwrap_or_default();
            let group = object["apiVersion"].as_str().unwrap_or_default();
            let done = match kind {
                "ClusterRole" => strictly::<ClusterRole>(&object),
                "ClusterRoleBinding" => strictly::<ClusterRoleBinding>(&object),
                "ConfigMap" => strictly::<ConfigMap>(&object),
                "Deployment" => strictly::<Deployment>(&object),
                "HorizontalPodAutoscaler" => strictly::<HorizontalPodAutoscaler>(&object),
                "Ingress" => strictly::<Ingress>(&object),
                "IngressClass" => strictly::<IngressClass>(&object),
                "Job" => strictly::<Job>(&object),
                "LimitRange" => strictly::<LimitRange>(&object),
                "Namespace" => strictly::<Namespace>(&object),
                "NetworkPolicy" => strictly::<NetworkPolicy>(&object),
                "PersistentVolumeClaim" => strictly::<PersistentVolumeClaim>(&object),
                "PodDisruptionBudget" => strictly::<PodDisruptionBudget>(&object),
                "ResourceQuota" => strictly::<ResourceQuota>(&object),
                "Role" => strictly::<Role>(&object),
                "RoleBinding" => strictly::<RoleBinding>(&object),
                "Service" => strictly::<Service>(&object),
                "ServiceAccount" => strictly::<ServiceAccount>(&object),
                "StatefulSet" => strictly::<StatefulSet>(&object),
                // Kinds of operators, which Kubernetes has no types of.
                "ClusterSecretStore" | "ExternalSecret" | "Password" | "PushSecret"
                    if group.contains('.') =>
                {
                    Ok(())
                }
                _ => Err("nobody knows this kind".to_owned()),
            };
            assert_eq!(done, Ok(()), "{name}: {path}");
        }
    }
}

#[test]
fn the_same_platform_gives_the_same_bytes() {
    let (one, other) = (common::whole(), common::whole());
    for ((name, one), (_, other)) in one.iter().zip(&other) {
        assert_eq!(common::rendered(one), common::rendered(other), "{name}");
    }
}

#[test]
fn no_file_holds_what_must_never_be_in_one() {
    for (name, platform) in common::whole() {
        let files = common::rendered(&platform);
        for (path, text) in &files {
            for word in [
                "kind: Secret\n",
                "secretKeyRef",
                "password123",
                "changeme",
                ":latest",
                "hostPath",
                "hostNetwork",
                "LoadBalancer\n",
                "NodePort\n",
            ] {
                assert!(!text.contains(word), "{name}: {path} holds `{word}`");
            }
        }
        for (path, object) in parsed(&files) {
            for rule in object["spec"]["rules"].as_array().into_iter().flatten() {
                let host = rule["host"].as_str().unwrap_or_default();
                assert!(
                    !host.is_empty() && !host.contains('*'),
                    "{name}: {path} is open to `{host}`"
                );
            }
            let containers = object["spec"]["template"]["spec"]["containers"].as_array();
            for container in containers.into_iter().flatten() {
                let image = container["image"].as_str().unwrap_or_default();
                let moving = [":main", ":nightly", ":stable", ":edge"];
                assert!(
                    !moving.iter().any(|tag| image.ends_with(tag)),
                    "{name}: {path}: {image}"
                );
                assert!(
                    !container.to_string().contains("--trust-remote-code"),
                    "{name}: {path}"
                );
                for variable in container["env"].as_array().into_iter().flatten() {
                    let key = variable["name"].as_str().unwrap_or_default();
                    let value = variable["value"].as_str().unwrap_or_default();
                    let telling = ["PASSWORD", "SECRET", "TOKEN", "API_KEY"];
                    let is_secret = telling.iter().any(|word| key.contains(word))
                        && !value.starts_with("/run/secrets/")
                        && !["true", "false", ""].contains(&value);
                    assert!(!is_secret, "{name}: {path}: {key} is `{value}`");
                }
            }
        }
    }
}

#[test]
fn a_locked_platform_has_no_image_by_tag() {
    let text = "name: locked\ntarget: kubernetes\ncomponents: [qdrant]\n";
    let open = common::platform(text);
    let digest = format!("sha256:{}", "0".repeat(64));
    let images = open
        .images()
        .into_iter()
        .map(|it| (it.to_owned(), digest.clone()));
    let lock = Lock {
        images: images.collect(),
        ..Lock::default()
    };
    assert!(!accepted(&open).is_empty());
    let locked = common::with_lock(text, &lock);
    assert_eq!(accepted(&locked), []);
    let files = common::rendered(&locked);
    let set = &files["qdrant/statefulset-qdrant.yaml"];
    assert!(set.contains("-unprivileged@sha256:000"), "{set}");
}

#[test]
fn each_component_by_itself() {
    let catalog = Catalog::built_in().unwrap_or_else(|it| panic!("{it}"));
    for component in catalog
        .components()
        .filter(|it| it.category != Category::Store)
    {
        let name = &component.component;
        let text = format!(
            "name: alone\ntarget: kubernetes\ndomain: example.com\nregistry: registry.example.com/genai\ncomponents: [{name}]\n"
        );
        let platform = common::platform(&text);
        let files = common::rendered(&platform);
        let own = format!("{}/", component.namespace());
        let files = files.iter().filter(|(path, _)| path.starts_with(&own));
        let all: Vec<_> = files
            .map(|(path, text)| format!("# {path}\n{text}"))
            .collect();
        assert!(!all.is_empty(), "{name}");
        insta::assert_snapshot!(name.as_str(), all.join("---\n"));
    }
}
