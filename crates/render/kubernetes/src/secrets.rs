//! Secrets: kept in one place, and brought by the External Secrets Operator to where they are read.
//!
//! On AWS, Terraform makes what is generated. Elsewhere it is generated in the cluster, once; with a
//! Vault it is pushed there unless it is there already. No secret is ever in a file that is rendered.

use std::collections::{BTreeMap, BTreeSet};

use bastide_platform::{
    Piece, Platform, PodSecurity, Secret, SecretId, SecretStore, Text, Workload,
};
use k8s_openapi::api::core::v1::ServiceAccount;
use k8s_openapi::api::rbac::v1::{PolicyRule, Role, RoleBinding, RoleRef, Subject};
use serde_json::{Value, json};

use crate::object::Object;
use crate::{labels, namespace, pod};

/// The store that secrets are read from.
const STORE: &str = "bastide";

/// On AWS, the store of those that never change.
const PARAMETERS: &str = "bastide-parameters";

/// The namespace in which secrets are made and, unless there is a store outside of the cluster, kept.
pub(crate) const NAMESPACE: &str = "bastide-secrets";

/// The service account that may read what is kept there.
const READER: &str = "secret-store";

/// How often a secret is compared with the store.
const REFRESH: &str = "1h";

/// What secrets are called in the templates of one object.
type Names<'a> = BTreeMap<&'a SecretId, String>;

const API: &str = "external-secrets.io/v1";

/// The store, and what makes the secrets.
pub(crate) fn store(platform: &Platform) -> Vec<Object> {
    if platform.secrets.is_empty() {
        return Vec::new();
    }
    let kept = platform.settings.secret_store();
    if kept == SecretStore::Aws {
        return aws_stores(platform);
    }
    let mut objects = vec![
        namespace::bare(platform, NAMESPACE, PodSecurity::Restricted),
        namespace::deny(platform, NAMESPACE),
        cluster_store(platform, STORE, &provider(platform)),
    ];
    let outside = kept != SecretStore::Cluster;
    if !outside {
        objects.extend(reader(platform));
    }
    for secret in platform.secrets.iter().filter(|it| it.spec.given.is_none()) {
        objects.extend(generated(platform, secret, outside));
    }
    objects
}

/// The operator has a role of its own: no key is needed.
fn aws_stores(platform: &Platform) -> Vec<Object> {
    let used: BTreeSet<&str> = platform
        .secrets
        .iter()
        .map(|it| store_of(platform, it))
        .collect();
    let store = |name: &str| {
        let service = match name {
            PARAMETERS => "ParameterStore",
            _ => "SecretsManager",
        };
        let region = &platform.settings.region;
        let provider = json!({"aws": {"service": service, "region": region}});
        cluster_store(platform, name, &provider)
    };
    used.into_iter().map(store).collect()
}

fn cluster_store(platform: &Platform, name: &str, provider: &Value) -> Object {
    Object::custom(
        API,
        "ClusterSecretStore",
        labels::of(platform, None, name),
        json!({"provider": provider, "conditions": conditions(platform)}),
    )
}

/// The store that a secret is read from. Parameters do not change, and cannot be there before they
/// have a value.
fn store_of(platform: &Platform, secret: &Secret) -> &'static str {
    let aws = platform.settings.secret_store() == SecretStore::Aws;
    match aws && !secret.spec.rotate && secret.spec.given.is_none() {
        true => PARAMETERS,
        false => STORE,
    }
}

fn is_parameter(platform: &Platform, id: &SecretId) -> bool {
    let secret = platform.secrets.iter().find(|it| it.id == *id);
    secret.is_some_and(|it| store_of(platform, it) == PARAMETERS)
}

/// Only the namespaces of the platform may read from the store.
fn conditions(platform: &Platform) -> Value {
    let own = platform.namespaces.iter().map(|it| it.name.as_str());
    let made = match platform.settings.secret_store() {
        SecretStore::Aws => None,
        SecretStore::Vault | SecretStore::Cluster => Some(NAMESPACE),
    };
    let all: BTreeSet<&str> = own.chain(made).collect();
    json!([{"namespaces": all}])
}

fn provider(platform: &Platform) -> Value {
    let settings = &platform.settings;
    match (settings.secret_store(), &settings.vault) {
        (SecretStore::Vault, Some(vault)) => json!({"vault": {
            "server": vault.server,
            "path": vault.path,
            "version": "v2",
            "auth": {"kubernetes": {"mountPath": "kubernetes", "role": vault.role}},
        }}),
        _ => json!({"kubernetes": {
            "remoteNamespace": NAMESPACE,
            "server": {"caProvider": {
                "type": "ConfigMap",
                "name": "kube-root-ca.crt",
                "namespace": NAMESPACE,
                "key": "ca.crt",
            }},
            "auth": {"serviceAccount": {"name": READER, "namespace": NAMESPACE}},
        }}),
    }
}

fn reader(platform: &Platform) -> Vec<Object> {
    let metadata = || labels::of(platform, Some(NAMESPACE), READER);
    vec![
        Object::of(ServiceAccount {
            automount_service_account_token: Some(false),
            metadata: metadata(),
            ..ServiceAccount::default()
        }),
        Object::of(Role {
            metadata: metadata(),
            rules: Some(vec![PolicyRule {
                api_groups: Some(vec![String::new()]),
                // One by one, so that what else comes to lie there is not the operator's.
                resource_names: Some(
                    platform
                        .secrets
                        .iter()
                        .map(|it| object_name(&it.id))
                        .collect(),
                ),
                resources: Some(vec!["secrets".to_owned()]),
                verbs: vec!["get".to_owned()],
                ..PolicyRule::default()
            }]),
        }),
        Object::of(RoleBinding {
            metadata: metadata(),
            role_ref: RoleRef {
                api_group: "rbac.authorization.k8s.io".to_owned(),
                kind: "Role".to_owned(),
                name: READER.to_owned(),
            },
            subjects: Some(vec![Subject {
                kind: "ServiceAccount".to_owned(),
                name: READER.to_owned(),
                namespace: Some(NAMESPACE.to_owned()),
                ..Subject::default()
            }]),
        }),
    ]
}

/// What makes a secret, once, and puts it into a store outside of the cluster.
fn generated(platform: &Platform, secret: &Secret, outside: bool) -> Vec<Object> {
    let name = object_name(&secret.id);
    let length = secret.spec.generate.unwrap_or(64);
    let value = match secret.spec.hex {
        true => "{{ .password | sha256sum }}".to_owned(),
        false => format!("{}{{{{ .password }}}}", secret.spec.prefix),
    };
    let metadata = || labels::of(platform, Some(NAMESPACE), &name);
    let mut objects = vec![
        Object::custom(
            "generators.external-secrets.io/v1alpha1",
            "Password",
            metadata(),
            json!({
                "length": length,
                "digits": length / 4,
                "symbols": 0,
                "noUpper": false,
                "allowRepeat": true,
            }),
        ),
        Object::custom(
            API,
            "ExternalSecret",
            metadata(),
            json!({
                "refreshPolicy": "CreatedOnce",
                "target": {"name": name, "template": {"data": {"value": value}}},
                "dataFrom": [{"sourceRef": {"generatorRef": {
                    "apiVersion": "generators.external-secrets.io/v1alpha1",
                    "kind": "Password",
                    "name": name,
                }}}],
            }),
        ),
    ];
    if outside {
        objects.push(Object::custom(
            "external-secrets.io/v1alpha1",
            "PushSecret",
            metadata(),
            json!({
                "updatePolicy": "IfNotExists",
                "deletionPolicy": "None",
                "refreshInterval": REFRESH,
                "secretStoreRefs": [{"kind": "ClusterSecretStore", "name": STORE}],
                "selector": {"secret": {"name": name}},
                "data": [{"match": {
                    "secretKey": "value",
                    "remoteRef": {"remoteKey": remote_key(platform, &secret.id)},
                }}],
            }),
        ));
    }
    objects
}

/// The files with secrets that a workload reads, as one Secret.
pub(crate) fn of_workload(platform: &Platform, workload: &Workload) -> Option<Object> {
    let files = pod::secret_files(workload);
    if files.is_empty() {
        return None;
    }
    let ids: BTreeSet<&SecretId> = files.values().flat_map(Text::secrets).collect();
    let cluster = platform.settings.secret_store() == SecretStore::Cluster;
    // Numbers, since a scanner would take a telling name for a secret.
    let names: Names<'_> = ids
        .iter()
        .zip(1..)
        .map(|(id, at)| (*id, format!("v{at}")))
        .collect();
    let data = ids.iter().map(|id| {
        let mut remote = json!({"key": remote_key(platform, id)});
        if cluster {
            remote["property"] = json!("value");
        }
        let mut entry = json!({"secretKey": names.get(id), "remoteRef": remote});
        if is_parameter(platform, id) {
            let store = json!({"kind": "ClusterSecretStore", "name": PARAMETERS});
            entry["sourceRef"] = json!({"storeRef": store});
        }
        entry
    });
    let templates: BTreeMap<String, String> = files
        .iter()
        .map(|(key, text)| (key.clone(), template(text, &names)))
        .collect();
    let name = &workload.id.name;
    Some(Object::custom(
        API,
        "ExternalSecret",
        labels::metadata(platform, workload, name),
        json!({
            "refreshInterval": REFRESH,
            "secretStoreRef": {"kind": "ClusterSecretStore", "name": STORE},
            "target": {"name": name, "template": {"data": templates}},
            "data": data.collect::<Vec<_>>(),
        }),
    ))
}

/// A text as a template of the operator.
fn template(text: &Text, names: &Names<'_>) -> String {
    let name = |id: &SecretId| names.get(id).map_or("", String::as_str);
    let piece = |piece: &Piece| match piece {
        Piece::Literal(text) => text.replace("{{", "{{ \"{{\" }}"),
        Piece::Secret { id, digest: false } => format!("{{{{ .{} }}}}", name(id)),
        Piece::Secret { id, digest: true } => format!("{{{{ .{} | sha256sum }}}}", name(id)),
    };
    text.0.iter().map(piece).collect()
}

/// The name of a secret as an object: no component has a point in its name.
fn object_name(id: &SecretId) -> String {
    format!("{}.{}", id.owner, id.name)
}

/// The name of a secret in the store.
fn remote_key(platform: &Platform, id: &SecretId) -> String {
    match platform.settings.secret_store() {
        SecretStore::Cluster => object_name(id),
        SecretStore::Aws if is_parameter(platform, id) => {
            format!("/{}/{id}", platform.settings.name)
        }
        SecretStore::Aws | SecretStore::Vault => format!("{}/{id}", platform.settings.name),
    }
}
