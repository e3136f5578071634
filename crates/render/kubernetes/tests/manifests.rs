//! What holds of every rendering, and what each component looks like.

mod common;
mod custom;

use bastide_platform::{Catalog, Category, Lock};
use bastide_render_kubernetes::accepted;
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
        for (path, object) in common::parsed(&common::rendered(&platform)) {
            let kind = object["kind"].as_str().unwrap_or_default();
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
                _ => custom::strictly(&object)
                    .unwrap_or_else(|| Err("nobody knows this kind".to_owned())),
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
