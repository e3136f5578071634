//! What holds of every rendering, and what each component looks like.

mod common;
mod custom;

use bastide_platform::{Catalog, Category, Lock, Platform};
use bastide_render_kubernetes::accepted;
use k8s_openapi::api::apps::v1::{Deployment, StatefulSet};
use k8s_openapi::api::autoscaling::v2::HorizontalPodAutoscaler;
use k8s_openapi::api::batch::v1::{CronJob, Job};
use k8s_openapi::api::core::v1::{
    ConfigMap, LimitRange, Namespace, PersistentVolumeClaim, PodTemplateSpec, ResourceQuota,
    Service, ServiceAccount,
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

/// Everything there is, and every model of it.
fn everything() -> Vec<(String, Platform)> {
    let mut all = common::whole();
    all.push(("every model".to_owned(), common::with_all_models()));
    all
}

#[test]
fn every_object_is_strictly_of_its_type() {
    for (name, platform) in everything() {
        for (path, object) in common::parsed(&common::rendered(&platform)) {
            let kind = object["kind"].as_str().unwrap_or_default();
            let done = match kind {
                "ClusterRole" => strictly::<ClusterRole>(&object),
                "ClusterRoleBinding" => strictly::<ClusterRoleBinding>(&object),
                "ConfigMap" => strictly::<ConfigMap>(&object),
                "CronJob" => strictly::<CronJob>(&object),
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
                "LeaderWorkerSet" => {
                    let template = &object["spec"]["leaderWorkerTemplate"];
                    strictly::<PodTemplateSpec>(&template["leaderTemplate"]).and(strictly::<
                        PodTemplateSpec,
                    >(
                        &template["workerTemplate"],
                    ))
                }
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
        // What nobody should choose any more serves no model unless one is named.
        let models = match component.deprecated {
            Some(_) => format!("models: [{name}/qwen3-8b-fp8]\n"),
            None => String::new(),
        };
        let text = format!(
            "name: alone\ntarget: kubernetes\ndomain: example.com\nregistry: registry.example.com/genai\ncomponents: [{name}]\n{models}"
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

#[test]
fn what_charts_and_operators_make_is_held_like_the_rest() {
    let text = "name: foreign\ntarget: kubernetes\ncomponents: [gpu-operator, dynamo-vllm]\n";
    let platform = common::platform(text);
    let files = common::rendered(&platform);
    let objects = common::parsed(&files);
    let release = &objects["gpu-operator/helmrelease-gpu-operator.yaml"]["spec"];
    assert_eq!(release["chart"]["spec"]["version"], "v26.7.0");
    assert_eq!(release["values"]["driver"]["enabled"], false);
    let levels = [
        ("gpu-operator", "privileged"),
        ("dynamo-system", "baseline"),
        ("dynamo-vllm", "restricted"),
    ];
    for (namespace, level) in levels {
        let labels = &objects[&format!("{namespace}/namespace.yaml")]["metadata"]["labels"];
        assert_eq!(
            labels["pod-security.kubernetes.io/enforce"], level,
            "{namespace}"
        );
        assert_eq!(labels["pod-security.kubernetes.io/warn"], "restricted");
        let denied = format!("{namespace}/networkpolicy-default-deny.yaml");
        assert!(objects.contains_key(&denied), "{namespace}");
        assert!(objects.contains_key(&format!("{namespace}/resourcequota-quota.yaml")));
    }
    // Each namespace that is wider than the rest stands in the register, with a reason.
    let register = common::accepted(&platform);
    assert!(register.contains("Namespace.default.gpu-operator"));
    assert!(register.contains("Namespace.default.dynamo-system"));
    assert!(!register.contains("Namespace.default.dynamo-vllm"));
    let graph = &objects["dynamo-vllm/dynamographdeployment-qwen3-30b-instruct-fp8.yaml"];
    for service in ["Frontend", "VllmWorker"] {
        let pod = &graph["spec"]["services"][service]["extraPodSpec"];
        assert_eq!(pod["securityContext"]["runAsNonRoot"], true);
        let container = &pod["mainContainer"]["securityContext"];
        assert_eq!(container["readOnlyRootFilesystem"], true);
        assert_eq!(container["capabilities"]["drop"][0], "ALL");
    }
}

#[test]
fn weights_stand_by_commit_once_they_are_locked() {
    let text =
        "name: locked\ntarget: kubernetes\ncomponents: [vllm]\nmodels: [vllm/qwen3-32b-fp8]\n";
    let open = common::platform(text);
    assert!(!open.is_locked());
    assert!(common::accepted(&open).contains("Models by branch"));
    let digest = format!("sha256:{}", "0".repeat(64));
    let images = open.images().into_iter();
    let commit = "0123456789abcdef0123456789abcdef01234567";
    let lock = Lock {
        images: images.map(|it| (it.to_owned(), digest.clone())).collect(),
        models: [("Qwen/Qwen3-32B-FP8".to_owned(), commit.to_owned())].into(),
    };
    let locked = common::with_lock(text, &lock);
    assert!(locked.is_locked());
    let files = common::rendered(&locked);
    assert_eq!(common::accepted(&locked), "");
    for text in files.values() {
        assert!(!text.contains("revision=\\\"main\\\"") && !text.contains("--revision=main"));
    }
    assert!(files.values().any(|it| it.contains(commit)));
}

#[test]
fn a_demo_says_what_it_does_otherwise() {
    let text = |profile: &str| {
        let platform = common::platform(&format!(
            "name: cheap\nprofile: {profile}\ntarget: kubernetes\ncomponents: [litellm, ollama, openwebui]\n"
        ));
        assert!(platform.workloads.iter().all(|it| it.gpus() == 0));
        common::accepted(&platform)
    };
    let (demo, production) = (text("demo"), text("production"));
    for title in [
        "Single replicas",
        "No scaling under load",
        "Less set aside than may be taken",
        "Data that goes with the demo",
        "A model on processors alone",
    ] {
        assert!(demo.contains(title), "{title}:\n{demo}");
        assert!(!production.contains(title), "{title}");
    }
}
