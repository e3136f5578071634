//! What makes a workload run: the workload itself, and what belongs to it.

use bastide_platform::{ApiRule, Bytes, Kind, Platform, Profile, Target, Volume, Workload};
use k8s_openapi::api::apps::v1 as apps;
use k8s_openapi::api::autoscaling::v2 as autoscaling;
use k8s_openapi::api::batch::v1 as batch;
use k8s_openapi::api::core::v1 as core;
use k8s_openapi::api::policy::v1::{PodDisruptionBudget, PodDisruptionBudgetSpec};
use k8s_openapi::api::rbac::v1 as rbac;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::object::Object;
use crate::{labels, pod};

pub(crate) fn objects(platform: &Platform, workload: &Workload) -> Vec<Object> {
    if workload.kind == Kind::External {
        return Vec::new();
    }
    let mut objects = vec![Object::of(core::ServiceAccount {
        automount_service_account_token: Some(false),
        metadata: labels::metadata(platform, workload, &workload.id.name),
        ..core::ServiceAccount::default()
    })];
    let files = pod::plain_files(workload);
    if !files.is_empty() {
        objects.push(Object::of(core::ConfigMap {
            data: Some(files),
            metadata: labels::metadata(platform, workload, &workload.id.name),
            ..core::ConfigMap::default()
        }));
    }
    objects.extend(services(platform, workload));
    objects.extend(access(platform, workload));
    match workload.kind {
        Kind::Deployment => {
            objects.extend(claims(platform, workload));
            objects.push(deployment(platform, workload));
        }
        Kind::Stateful => objects.push(stateful_set(platform, workload)),
        Kind::Job => {
            objects.extend(claims(platform, workload));
            objects.push(job(platform, workload));
        }
        Kind::Task => {
            objects.extend(claims(platform, workload));
            objects.push(task(platform, workload));
        }
        Kind::Group => {
            objects.extend(claims(platform, workload));
            objects.push(group(platform, workload));
        }
        Kind::External => {}
    }
    if workload.max_replicas.unwrap_or(workload.replicas) > 1 {
        objects.push(Object::of(PodDisruptionBudget {
            metadata: labels::metadata(platform, workload, &workload.id.name),
            spec: Some(PodDisruptionBudgetSpec {
                max_unavailable: Some(IntOrString::Int(1)),
                selector: Some(labels::selector(labels::selecting(&workload.id.name))),
                unhealthy_pod_eviction_policy: Some("AlwaysAllow".to_owned()),
                ..PodDisruptionBudgetSpec::default()
            }),
            ..PodDisruptionBudget::default()
        }));
    }
    objects.extend(autoscaler(platform, workload));
    objects
}

fn deployment(platform: &Platform, workload: &Workload) -> Object {
    // A volume of one node cannot be mounted twice, and there is no second accelerator to wait for.
    let recreate = !workload.volumes.is_empty() || workload.gpus() > 0;
    let strategy = match recreate {
        true => apps::DeploymentStrategy {
            type_: Some("Recreate".to_owned()),
            rolling_update: None,
        },
        false => apps::DeploymentStrategy {
            type_: Some("RollingUpdate".to_owned()),
            rolling_update: Some(apps::RollingUpdateDeployment {
                max_surge: Some(IntOrString::Int(1)),
                max_unavailable: Some(IntOrString::Int(0)),
            }),
        },
    };
    Object::of(apps::Deployment {
        metadata: labels::metadata(platform, workload, &workload.id.name),
        spec: Some(apps::DeploymentSpec {
            // What is scaled under load has no fixed number.
            replicas: workload
                .max_replicas
                .is_none()
                .then_some(workload.replicas as i32),
            revision_history_limit: Some(3),
            selector: labels::selector(labels::selecting(&workload.id.name)),
            strategy: Some(strategy),
            template: pod::template(platform, workload),
            ..apps::DeploymentSpec::default()
        }),
        ..apps::Deployment::default()
    })
}

fn stateful_set(platform: &Platform, workload: &Workload) -> Object {
    let claims = workload
        .volumes
        .iter()
        .map(|volume| core::PersistentVolumeClaim {
            metadata: k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta {
                name: Some(volume.name.clone()),
                ..Default::default()
            },
            spec: Some(claim(platform, volume, false)),
            ..core::PersistentVolumeClaim::default()
        });
    let claims: Vec<_> = claims.collect();
    Object::of(apps::StatefulSet {
        metadata: labels::metadata(platform, workload, &workload.id.name),
        spec: Some(apps::StatefulSetSpec {
            persistent_volume_claim_retention_policy: Some(retention(platform)),
            pod_management_policy: Some("Parallel".to_owned()),
            replicas: Some(workload.replicas as i32),
            revision_history_limit: Some(3),
            selector: labels::selector(labels::selecting(&workload.id.name)),
            service_name: Some(headless(workload)),
            template: pod::template(platform, workload),
            volume_claim_templates: Some(claims).filter(|it| !it.is_empty()),
            ..apps::StatefulSetSpec::default()
        }),
        ..apps::StatefulSet::default()
    })
}

/// What becomes of data whose workload goes: that of a demo goes with it.
fn retention(platform: &Platform) -> apps::StatefulSetPersistentVolumeClaimRetentionPolicy {
    let kept = match platform.settings.profile {
        Profile::Production => "Retain",
        Profile::Demo => "Delete",
    };
    apps::StatefulSetPersistentVolumeClaimRetentionPolicy {
        when_deleted: Some(kept.to_owned()),
        when_scaled: Some("Retain".to_owned()),
    }
}

/// The pods of a job cannot be changed: another template is another job.
fn job(platform: &Platform, workload: &Workload) -> Object {
    let template = pod::template(platform, workload);
    let text = serde_json::to_vec(&template).unwrap_or_default();
    let digest = Sha256::digest(&text);
    let digest: String = digest
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let name = format!("{}-{digest}", workload.id.name);
    Object::of(batch::Job {
        metadata: labels::metadata(platform, workload, &name),
        spec: Some(batch::JobSpec {
            backoff_limit: Some(6),
            template,
            ..batch::JobSpec::default()
        }),
        ..batch::Job::default()
    })
}

/// A job that waits until somebody makes one of it.
fn task(platform: &Platform, workload: &Workload) -> Object {
    Object::of(batch::CronJob {
        metadata: labels::metadata(platform, workload, &workload.id.name),
        spec: Some(batch::CronJobSpec {
            concurrency_policy: Some("Forbid".to_owned()),
            job_template: batch::JobTemplateSpec {
                spec: Some(batch::JobSpec {
                    backoff_limit: Some(0),
                    template: pod::template(platform, workload),
                    ttl_seconds_after_finished: Some(24 * 60 * 60),
                    ..batch::JobSpec::default()
                }),
                ..batch::JobTemplateSpec::default()
            },
            // No such day comes; and it is suspended besides.
            schedule: "0 0 31 2 *".to_owned(),
            suspend: Some(true),
            ..batch::CronJobSpec::default()
        }),
        ..batch::CronJob::default()
    })
}

/// Pods on several nodes that serve one model. Its controller makes a Service of the object's name,
/// by which they find who leads: so that of those who call has another.
fn group(platform: &Platform, workload: &Workload) -> Object {
    let mut leader = pod::template(platform, workload);
    let metadata = leader.metadata.get_or_insert_default();
    let labels = metadata.labels.get_or_insert_default();
    labels.insert(labels::ROLE.to_owned(), "leader".to_owned());
    Object::custom(
        "leaderworkerset.x-k8s.io/v1",
        "LeaderWorkerSet",
        labels::metadata(platform, workload, &headless(workload)),
        json!({
            "replicas": workload.replicas,
            "leaderWorkerTemplate": {
                "size": workload.spread,
                "restartPolicy": "RecreateGroupOnPodRestart",
                "leaderTemplate": leader,
                "workerTemplate": pod::worker_template(platform, workload),
            },
        }),
    )
}

fn headless(workload: &Workload) -> String {
    format!("{}-pods", workload.id.name)
}

fn services(platform: &Platform, workload: &Workload) -> Vec<Object> {
    let ports: Vec<_> = workload
        .ports()
        .into_iter()
        .map(|(number, name)| core::ServicePort {
            name: Some(name.to_owned()),
            port: number.into(),
            protocol: Some("TCP".to_owned()),
            target_port: Some(IntOrString::Int(number.into())),
            ..core::ServicePort::default()
        })
        .collect();
    if ports.is_empty() {
        return Vec::new();
    }
    let mut selector = labels::selecting(&workload.id.name);
    if workload.kind == Kind::Group {
        selector.insert(labels::ROLE.to_owned(), "leader".to_owned());
    }
    let service = |name: &str, address: Option<&str>| core::Service {
        metadata: labels::metadata(platform, workload, name),
        spec: Some(core::ServiceSpec {
            cluster_ip: address.map(str::to_owned),
            ports: Some(ports.clone()),
            selector: Some(selector.clone()),
            type_: Some("ClusterIP".to_owned()),
            ..core::ServiceSpec::default()
        }),
        ..core::Service::default()
    };
    let mut services = vec![Object::of(service(&workload.id.name, None))];
    if workload.kind == Kind::Stateful {
        services.push(Object::of(service(&headless(workload), Some("None"))));
    }
    services
}

fn claims(platform: &Platform, workload: &Workload) -> Vec<Object> {
    let claims = workload.volumes.iter().map(|volume| {
        let own = format!("{}-{}", workload.id.name, volume.name);
        let name = volume.claim.clone().unwrap_or(own);
        Object::of(core::PersistentVolumeClaim {
            metadata: labels::of(platform, Some(&workload.id.namespace), &name),
            spec: Some(claim(platform, volume, volume.claim.is_some())),
            ..core::PersistentVolumeClaim::default()
        })
    });
    claims.collect()
}

fn claim(platform: &Platform, volume: &Volume, shared: bool) -> core::PersistentVolumeClaimSpec {
    let settings = &platform.settings;
    let eks = settings.target == Target::Eks;
    let default = |class: &str| eks.then(|| class.to_owned());
    let class = settings.storage.class.clone().or_else(|| default("gp3"));
    let of_many = settings.storage.shared.clone().or_else(|| default("efs"));
    let (class, mode) = match of_many.filter(|_| shared) {
        Some(of_many) => (Some(of_many), "ReadWriteMany"),
        None => (class, "ReadWriteOnce"),
    };
    let size: Bytes = volume.size;
    let amount = [("storage".to_owned(), Quantity(size.to_string()))];
    core::PersistentVolumeClaimSpec {
        access_modes: Some(vec![mode.to_owned()]),
        resources: Some(core::VolumeResourceRequirements {
            requests: Some(amount.into()),
            limits: None,
        }),
        storage_class_name: class,
        ..core::PersistentVolumeClaimSpec::default()
    }
}

fn autoscaler(platform: &Platform, workload: &Workload) -> Option<Object> {
    let max = workload.max_replicas?;
    Some(Object::of(autoscaling::HorizontalPodAutoscaler {
        metadata: labels::metadata(platform, workload, &workload.id.name),
        spec: Some(autoscaling::HorizontalPodAutoscalerSpec {
            max_replicas: max as i32,
            metrics: Some(vec![autoscaling::MetricSpec {
                resource: Some(autoscaling::ResourceMetricSource {
                    name: "cpu".to_owned(),
                    target: autoscaling::MetricTarget {
                        average_utilization: Some(70),
                        type_: "Utilization".to_owned(),
                        ..autoscaling::MetricTarget::default()
                    },
                }),
                type_: "Resource".to_owned(),
                ..autoscaling::MetricSpec::default()
            }]),
            min_replicas: Some(workload.replicas as i32),
            scale_target_ref: autoscaling::CrossVersionObjectReference {
                api_version: Some("apps/v1".to_owned()),
                kind: "Deployment".to_owned(),
                name: workload.id.name.clone(),
            },
            ..autoscaling::HorizontalPodAutoscalerSpec::default()
        }),
        ..autoscaling::HorizontalPodAutoscaler::default()
    }))
}

/// What a workload may ask of the API of the cluster.
fn access(platform: &Platform, workload: &Workload) -> Vec<Object> {
    let mut objects = Vec::new();
    let rules = |cluster: bool| -> Vec<rbac::PolicyRule> {
        let rules = workload.api.iter().filter(|it| it.cluster == cluster);
        rules.map(rule).collect()
    };
    let subject = || {
        Some(vec![rbac::Subject {
            kind: "ServiceAccount".to_owned(),
            name: workload.id.name.clone(),
            namespace: Some(workload.id.namespace.clone()),
            ..rbac::Subject::default()
        }])
    };
    let role = |kind: &str, name: &str| rbac::RoleRef {
        api_group: "rbac.authorization.k8s.io".to_owned(),
        kind: kind.to_owned(),
        name: name.to_owned(),
    };
    let of_namespace = rules(false);
    if !of_namespace.is_empty() {
        let name = &workload.id.name;
        objects.push(Object::of(rbac::Role {
            metadata: labels::metadata(platform, workload, name),
            rules: Some(of_namespace),
        }));
        objects.push(Object::of(rbac::RoleBinding {
            metadata: labels::metadata(platform, workload, name),
            role_ref: role("Role", name),
            subjects: subject(),
        }));
    }
    let of_cluster = rules(true);
    if !of_cluster.is_empty() {
        let name = format!(
            "{}-{}-{}",
            platform.settings.name, workload.id.namespace, workload.id.name
        );
        objects.push(Object::of(rbac::ClusterRole {
            metadata: labels::of(platform, None, &name),
            rules: Some(of_cluster),
            ..rbac::ClusterRole::default()
        }));
        objects.push(Object::of(rbac::ClusterRoleBinding {
            metadata: labels::of(platform, None, &name),
            role_ref: role("ClusterRole", &name),
            subjects: subject(),
        }));
    }
    objects
}

fn rule(rule: &ApiRule) -> rbac::PolicyRule {
    rbac::PolicyRule {
        api_groups: Some(rule.groups.clone()),
        resources: Some(rule.resources.clone()),
        verbs: rule.verbs.clone(),
        ..rbac::PolicyRule::default()
    }
}
