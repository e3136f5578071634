//! The kinds of operators, as far as they are used: their fields as the definitions of
//! external-secrets.io (v1, v1alpha1), generators.external-secrets.io (v1alpha1), source.toolkit.fluxcd.io (v1),
//! helm.toolkit.fluxcd.io (v2) and nvidia.com (v1alpha1) have them. What is not here is a mistake.

#![allow(
    dead_code,
    reason = "that they can be read is all that is asked of them"
)]

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Object<S> {
    api_version: String,
    kind: String,
    metadata: ObjectMeta,
    spec: S,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct ExternalSecret {
    #[serde(default)]
    data: Vec<ExternalData>,
    #[serde(default)]
    data_from: Vec<DataFrom>,
    refresh_interval: Option<String>,
    refresh_policy: Option<RefreshPolicy>,
    secret_store_ref: Option<StoreRef>,
    target: Target,
}

#[derive(Deserialize)]
enum RefreshPolicy {
    CreatedOnce,
    OnChange,
    Periodic,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct ExternalData {
    remote_ref: ExternalRef,
    secret_key: String,
    source_ref: Option<OtherStore>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct OtherStore {
    store_ref: StoreRef,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExternalRef {
    key: String,
    property: Option<String>,
    version: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct DataFrom {
    source_ref: SourceRef,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct SourceRef {
    generator_ref: GeneratorRef,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct GeneratorRef {
    api_version: String,
    kind: String,
    name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoreRef {
    kind: StoreKind,
    name: String,
}

#[derive(Deserialize)]
enum StoreKind {
    ClusterSecretStore,
    SecretStore,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Target {
    name: String,
    template: Option<Template>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Template {
    data: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct PushSecret {
    data: Vec<PushData>,
    deletion_policy: DeletionPolicy,
    refresh_interval: String,
    secret_store_refs: Vec<StoreRef>,
    selector: Selector,
    update_policy: UpdatePolicy,
}

#[derive(Deserialize)]
enum DeletionPolicy {
    Delete,
    None,
}

#[derive(Deserialize)]
enum UpdatePolicy {
    IfNotExists,
    Replace,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PushData {
    r#match: PushMatch,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct PushMatch {
    remote_ref: PushRef,
    secret_key: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct PushRef {
    remote_key: String,
    property: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Selector {
    secret: Named,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Password {
    allow_repeat: bool,
    digits: Option<u32>,
    length: u32,
    no_upper: bool,
    symbol_characters: Option<String>,
    symbols: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClusterSecretStore {
    #[serde(default)]
    conditions: Vec<Condition>,
    provider: Provider,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Condition {
    namespaces: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
enum Provider {
    Aws(Aws),
    Kubernetes(Kubernetes),
    Vault(Vault),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Aws {
    region: String,
    service: AwsService,
}

#[derive(Deserialize)]
enum AwsService {
    ParameterStore,
    SecretsManager,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Kubernetes {
    auth: ServiceAccountAuth,
    remote_namespace: String,
    server: Server,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct ServiceAccountAuth {
    service_account: ServiceAccountRef,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ServiceAccountRef {
    name: String,
    namespace: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Server {
    ca_provider: CaProvider,
    url: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaProvider {
    key: String,
    name: String,
    namespace: Option<String>,
    r#type: CaKind,
}

#[derive(Deserialize)]
enum CaKind {
    ConfigMap,
    Secret,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vault {
    auth: VaultAuth,
    path: Option<String>,
    server: String,
    version: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VaultAuth {
    kubernetes: VaultKubernetes,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct VaultKubernetes {
    mount_path: String,
    role: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HelmRepository {
    interval: String,
    url: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct OciRepository {
    interval: String,
    url: String,
    r#ref: OciRef,
    layer_selector: LayerSelector,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OciRef {
    tag: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct LayerSelector {
    media_type: String,
    operation: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct HelmRelease {
    chart: Option<ChartTemplate>,
    chart_ref: Option<NamedKind>,
    drift_detection: DriftDetection,
    install: Action,
    interval: String,
    release_name: String,
    timeout: String,
    upgrade: Action,
    values: BTreeMap<String, Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChartTemplate {
    spec: ChartSpec,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct ChartSpec {
    chart: String,
    source_ref: NamedKind,
    version: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamedKind {
    kind: String,
    name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DriftDetection {
    mode: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Action {
    #[serde(default)]
    cleanup_on_fail: bool,
    crds: Crds,
    remediation: Remediation,
}

#[derive(Deserialize)]
enum Crds {
    CreateReplace,
    Skip,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Remediation {
    #[serde(default)]
    remediate_last_failure: bool,
    retries: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DynamoGraphDeployment {
    services: BTreeMap<String, DynamoService>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct DynamoService {
    component_type: String,
    /// A pod as Kubernetes knows it, with one container by name.
    extra_pod_spec: BTreeMap<String, Value>,
    replicas: u32,
    resources: DynamoResources,
    shared_memory: Option<SharedMemory>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DynamoResources {
    limits: DynamoAmounts,
    requests: DynamoAmounts,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DynamoAmounts {
    cpu: String,
    gpu: Option<String>,
    memory: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SharedMemory {
    size: String,
}

/// The pod of a service of Dynamo, as its type and nothing else.
fn dynamo(object: &Value) -> Result<(), String> {
    of::<DynamoGraphDeployment>(object)?;
    for service in object["spec"]["services"].as_object().into_iter().flatten() {
        let mut pod = service.1["extraPodSpec"].clone();
        let main = pod
            .as_object_mut()
            .and_then(|it| it.remove("mainContainer"));
        let mut container = main.ok_or("there is no container")?;
        container["name"] = "main".into();
        pod["containers"] = Value::Array(vec![container]);
        let typed: k8s_openapi::api::core::v1::PodSpec =
            serde_json::from_value(pod.clone()).map_err(|it| it.to_string())?;
        if serde_json::to_value(typed).map_err(|it| it.to_string())? != pod {
            return Err(format!("{}: its pod has what no pod has", service.0));
        }
    }
    Ok(())
}

/// Whether an object of an operator's kind has what the kind knows, and nothing else. `None` if the
/// kind is not one of these.
pub(crate) fn strictly(object: &Value) -> Option<Result<(), String>> {
    let version = object["apiVersion"].as_str()?;
    let kind = object["kind"].as_str()?;
    Some(match (version, kind) {
        ("external-secrets.io/v1", "ClusterSecretStore") => of::<ClusterSecretStore>(object),
        ("external-secrets.io/v1", "ExternalSecret") => of::<ExternalSecret>(object),
        ("external-secrets.io/v1alpha1", "PushSecret") => of::<PushSecret>(object),
        ("generators.external-secrets.io/v1alpha1", "Password") => of::<Password>(object),
        ("helm.toolkit.fluxcd.io/v2", "HelmRelease") => of::<HelmRelease>(object),
        ("nvidia.com/v1alpha1", "DynamoGraphDeployment") => dynamo(object),
        ("source.toolkit.fluxcd.io/v1", "HelmRepository") => of::<HelmRepository>(object),
        ("source.toolkit.fluxcd.io/v1", "OCIRepository") => of::<OciRepository>(object),
        _ => return None,
    })
}

fn of<S: DeserializeOwned>(object: &Value) -> Result<(), String> {
    let read: Result<Object<S>, _> = serde_json::from_value(object.clone());
    read.map(drop).map_err(|it| it.to_string())
}
