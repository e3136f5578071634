//! Pods: where the hardening is.

use std::collections::BTreeMap;

use bastide_platform::{
    Bytes, Container, Hardening, Health, Kind, Launcher, Lock, Platform, Resources, SECRETS_PATH,
    Target, Text, Workload,
};
use k8s_openapi::api::core::v1 as core;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use sha2::{Digest, Sha256};

use crate::labels;

/// What every program is told: to send nothing to its makers.
const NO_TELEMETRY: [(&str, &str); 5] = [
    ("ANONYMIZED_TELEMETRY", "false"),
    ("DO_NOT_TRACK", "1"),
    ("HF_HUB_DISABLE_TELEMETRY", "1"),
    ("NEXT_TELEMETRY_DISABLED", "1"),
    ("SCARF_NO_ANALYTICS", "true"),
];

/// The file that the launcher of a container reads.
fn launcher_file(container: &Container) -> String {
    format!("{}.env", container.name)
}

/// The key of a file in a ConfigMap or Secret.
pub(crate) fn file_key(path: &str) -> String {
    path.trim_start_matches('/').replace('/', "_")
}

/// The files of a workload without secrets in them, by key.
pub(crate) fn plain_files(workload: &Workload) -> BTreeMap<String, String> {
    let containers = workload.all_containers();
    let files =
        containers.flat_map(|container| container.files.iter().map(move |it| (container, it)));
    files
        .filter_map(|(container, (path, text))| {
            Some((scoped_key(workload, container, path), text.plain()?))
        })
        .collect()
}

/// The files of a workload with secrets in them, by key.
pub(crate) fn secret_files(workload: &Workload) -> BTreeMap<String, Text> {
    let mut files = BTreeMap::new();
    for container in workload.all_containers() {
        for (path, text) in container
            .files
            .iter()
            .filter(|(_, text)| text.plain().is_none())
        {
            files.insert(scoped_key(workload, container, path), text.clone());
        }
        for (name, id) in &container.secret_files {
            let id = id.clone();
            let piece = bastide_platform::Piece::Secret { id, digest: false };
            files.insert(name.clone(), Text(vec![piece]));
        }
        if !container.exports.is_empty() {
            let mut text = Vec::new();
            for (name, value) in &container.exports {
                let literal = |text: String| bastide_platform::Piece::Literal(text);
                text.push(literal(format!("{name}='")));
                text.extend(value.0.iter().cloned());
                text.push(literal("'\n".to_owned()));
            }
            files.insert(launcher_file(container), Text(text));
        }
    }
    files
}

/// Containers may have files of one path but not of one text.
fn scoped_key(workload: &Workload, container: &Container, path: &str) -> String {
    match workload.containers.first() {
        Some(main) if main.name == container.name => file_key(path),
        _ => format!("{}.{}", container.name, file_key(path)),
    }
}

/// The template of the pods of a group that do not lead it.
pub(crate) fn worker_template(
    platform: &Platform,
    workload: &Workload,
) -> Option<core::PodTemplateSpec> {
    let worker = Workload {
        containers: vec![workload.worker.clone()?],
        // As it is known to its files.
        id: workload.id.clone(),
        ..workload.clone()
    };
    Some(template(platform, &worker))
}

/// The template of the pods of a workload.
pub(crate) fn template(platform: &Platform, workload: &Workload) -> core::PodTemplateSpec {
    let mut annotations = BTreeMap::new();
    // What a container reads at its start changes with the files: so must the pod.
    let files = (plain_files(workload), secret_files(workload));
    if !files.0.is_empty() || !files.1.is_empty() {
        let digest = Sha256::digest(format!("{files:?}").as_bytes());
        let digest: String = digest
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        annotations.insert("bastide.dev/files".to_owned(), digest);
    }
    core::PodTemplateSpec {
        metadata: Some(ObjectMeta {
            labels: Some(labels::of_workload(platform, workload)),
            annotations: Some(annotations).filter(|it| !it.is_empty()),
            ..ObjectMeta::default()
        }),
        spec: Some(spec(platform, workload)),
    }
}

fn spec(platform: &Platform, workload: &Workload) -> core::PodSpec {
    let make = |container: &Container, is_init| {
        self::container(workload, container, is_init, &platform.lock)
    };
    let init: Vec<_> = workload.init.iter().map(|it| make(it, true)).collect();
    let several = workload.max_replicas.unwrap_or(workload.replicas) > 1;
    core::PodSpec {
        affinity: several.then(|| apart(workload)),
        automount_service_account_token: Some(!workload.api.is_empty()),
        containers: workload
            .containers
            .iter()
            .map(|it| make(it, false))
            .collect(),
        enable_service_links: Some(false),
        init_containers: Some(init).filter(|it| !it.is_empty()),
        node_selector: node_selector(platform, workload),
        restart_policy: workload.ends().then(|| "OnFailure".to_owned()),
        security_context: Some(core::PodSecurityContext {
            fs_group: Some(match workload.group {
                // Group 0 owns files of images; volumes are not to be the superuser's.
                0 => workload.user.into(),
                group => group.into(),
            }),
            fs_group_change_policy: Some("OnRootMismatch".to_owned()),
            run_as_group: Some(workload.group.into()),
            run_as_non_root: Some(true),
            run_as_user: Some(workload.user.into()),
            seccomp_profile: Some(seccomp()),
            ..core::PodSecurityContext::default()
        }),
        service_account_name: Some(workload.id.name.clone()),
        termination_grace_period_seconds: Some(60),
        tolerations: tolerations(workload),
        topology_spread_constraints: several.then(|| vec![spread(workload)]),
        volumes: Some(volumes(workload)).filter(|it| !it.is_empty()),
        ..core::PodSpec::default()
    }
}

fn seccomp() -> core::SeccompProfile {
    core::SeccompProfile {
        type_: "RuntimeDefault".to_owned(),
        localhost_profile: None,
    }
}

/// The labels that a node must have. On EKS their prefix hangs on who manages the nodes.
fn node_selector(platform: &Platform, workload: &Workload) -> Option<BTreeMap<String, String>> {
    if platform.settings.target != Target::Eks {
        return None;
    }
    let prefix = match platform.settings.cluster.mode {
        bastide_platform::ClusterMode::Auto => "eks.amazonaws.com",
        bastide_platform::ClusterMode::Standard => "karpenter.k8s.aws",
    };
    let label = |(key, value): (&String, &String)| match key.contains('/') {
        true => (key.clone(), value.clone()),
        false => (format!("{prefix}/{key}"), value.clone()),
    };
    let labels: BTreeMap<_, _> = workload.nodes.iter().map(label).collect();
    Some(labels).filter(|it| !it.is_empty())
}

/// Nodes with accelerators are kept for those who need them.
fn tolerations(workload: &Workload) -> Option<Vec<core::Toleration>> {
    let tolerate = |key: &str| core::Toleration {
        effect: Some("NoSchedule".to_owned()),
        key: Some(key.to_owned()),
        operator: Some("Exists".to_owned()),
        ..core::Toleration::default()
    };
    let neuron = workload.containers.iter().any(|it| it.resources.neuron > 0);
    let mut tolerations = Vec::new();
    if workload.gpus() > 0 {
        tolerations.push(tolerate("nvidia.com/gpu"));
    }
    if neuron {
        tolerations.push(tolerate("aws.amazon.com/neuron"));
    }
    Some(tolerations).filter(|it| !it.is_empty())
}

/// Replicas on one node would fall together.
fn apart(workload: &Workload) -> core::Affinity {
    core::Affinity {
        pod_anti_affinity: Some(core::PodAntiAffinity {
            preferred_during_scheduling_ignored_during_execution: Some(vec![
                core::WeightedPodAffinityTerm {
                    pod_affinity_term: core::PodAffinityTerm {
                        label_selector: Some(labels::selector(labels::selecting(
                            &workload.id.name,
                        ))),
                        topology_key: "kubernetes.io/hostname".to_owned(),
                        ..core::PodAffinityTerm::default()
                    },
                    weight: 100,
                },
            ]),
            ..core::PodAntiAffinity::default()
        }),
        ..core::Affinity::default()
    }
}

fn spread(workload: &Workload) -> core::TopologySpreadConstraint {
    core::TopologySpreadConstraint {
        label_selector: Some(labels::selector(labels::selecting(&workload.id.name))),
        max_skew: 1,
        topology_key: "topology.kubernetes.io/zone".to_owned(),
        when_unsatisfiable: "ScheduleAnyway".to_owned(),
        ..core::TopologySpreadConstraint::default()
    }
}

fn container(
    workload: &Workload,
    container: &Container,
    is_init: bool,
    lock: &Lock,
) -> core::Container {
    let (command, args) = launched(container);
    let some = |list: Vec<String>| Some(list).filter(|it| !it.is_empty());
    let mut env: BTreeMap<&str, &str> = NO_TELEMETRY.into();
    env.extend(
        container
            .env
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str())),
    );
    let env = env.into_iter().map(|(name, value)| core::EnvVar {
        name: name.to_owned(),
        value: Some(value.to_owned()),
        value_from: None,
    });
    let ports: Vec<_> = container
        .ports
        .iter()
        .map(|(name, port)| core::ContainerPort {
            container_port: (*port).into(),
            name: Some(name.clone()),
            protocol: Some("TCP".to_owned()),
            ..core::ContainerPort::default()
        })
        .collect();
    let probed = |kind| match &container.health {
        Some(health) if !is_init && !workload.ends() => Some(probe(health, container, kind)),
        _ => None,
    };
    let pull = match lock.is_fixed(&container.image) {
        true => "IfNotPresent",
        false => "Always",
    };
    core::Container {
        name: container.name.clone(),
        image: Some(lock.pulled(&container.image)),
        image_pull_policy: Some(pull.to_owned()),
        command: some(command),
        args: some(args),
        env: Some(env.collect()),
        ports: Some(ports).filter(|it: &Vec<_>| !it.is_empty()),
        startup_probe: probed(Probe::Startup),
        liveness_probe: probed(Probe::Live),
        readiness_probe: probed(Probe::Ready),
        resources: Some(resources(container)),
        security_context: Some(core::SecurityContext {
            allow_privilege_escalation: Some(false),
            capabilities: Some(core::Capabilities {
                add: None,
                drop: Some(vec!["ALL".to_owned()]),
            }),
            privileged: Some(false),
            read_only_root_filesystem: Some(!workload.is_exempt(Hardening::ReadOnlyRoot)),
            run_as_group: Some(workload.group.into()),
            run_as_non_root: Some(true),
            run_as_user: Some(workload.user.into()),
            seccomp_profile: Some(seccomp()),
            ..core::SecurityContext::default()
        }),
        volume_mounts: Some(mounts(workload, container)).filter(|it| !it.is_empty()),
        ..core::Container::default()
    }
}

/// Command and arguments, with the launcher before them if it has something to read.
fn launched(container: &Container) -> (Vec<String>, Vec<String>) {
    if container.exports.is_empty() {
        return (container.command.clone(), container.args.clone());
    }
    let file = format!("{SECRETS_PATH}/{}", launcher_file(container));
    let launcher = match container.launcher {
        Launcher::Sh => [
            "/bin/sh".to_owned(),
            "-ec".to_owned(),
            format!("set -a\n. {file}\nset +a\nexec \"$@\"\n"),
            "launch".to_owned(),
        ]
        .to_vec(),
        Launcher::Python => [
            "python3".to_owned(),
            "-c".to_owned(),
            format!(
                "import os, sys\nfor line in open(\"{file}\"):\n    name, _, value = line.rstrip(\"\\n\").partition(\"=\")\n    \
                 os.environ[name] = value.strip(\"'\")\nos.execvp(sys.argv[1], sys.argv[1:])\n"
            ),
        ]
        .to_vec(),
    };
    let program = container
        .command
        .iter()
        .chain(&container.args)
        .cloned()
        .collect();
    (launcher, program)
}

#[derive(Clone, Copy, PartialEq)]
enum Probe {
    Startup,
    Live,
    Ready,
}

/// Seconds between two questions while a container starts.
const STARTUP_PERIOD: u32 = 10;

fn probe(health: &Health, container: &Container, kind: Probe) -> core::Probe {
    let path = match kind {
        // It has started when it can work.
        Probe::Startup | Probe::Ready => health.ready.as_ref().or(health.live.as_ref()),
        Probe::Live => health.live.as_ref(),
    };
    let number = health
        .port
        .as_ref()
        .and_then(|name| container.ports.get(name));
    let port = IntOrString::Int(number.copied().unwrap_or_default().into());
    let mut probe = core::Probe {
        timeout_seconds: Some(health.timeout.unwrap_or(5) as i32),
        ..core::Probe::default()
    };
    let headers: Vec<_> = health
        .headers
        .iter()
        .map(|(name, value)| core::HTTPHeader {
            name: name.clone(),
            value: value.clone(),
        })
        .collect();
    match (health.exec.is_empty(), path) {
        (false, _) => {
            probe.exec = Some(core::ExecAction {
                command: Some(health.exec.clone()),
            });
        }
        (true, Some(path)) => {
            probe.http_get = Some(core::HTTPGetAction {
                http_headers: Some(headers).filter(|it| !it.is_empty()),
                path: Some(path.clone()),
                port,
                scheme: Some("HTTP".to_owned()),
                ..core::HTTPGetAction::default()
            });
        }
        (true, None) => probe.tcp_socket = Some(core::TCPSocketAction { host: None, port }),
    }
    let (period, failures) = match kind {
        Probe::Startup => (
            STARTUP_PERIOD,
            health.startup.unwrap_or(120).div_ceil(STARTUP_PERIOD),
        ),
        Probe::Live => (20, 3),
        Probe::Ready => (10, 3),
    };
    probe.period_seconds = Some(period as i32);
    probe.failure_threshold = Some(failures as i32);
    probe
}

fn resources(container: &Container) -> core::ResourceRequirements {
    let resources: Resources = container.resources;
    let writes: Bytes = container.writes.values().copied().sum();
    let memory = resources.memory_in_all().to_string();
    let mut requests = BTreeMap::new();
    let mut limits = BTreeMap::new();
    let put = |map: &mut BTreeMap<String, Quantity>, key: &str, value: String| {
        map.insert(key.to_owned(), Quantity(value));
    };
    put(&mut requests, "cpu", resources.cpu.to_string());
    put(&mut limits, "cpu", resources.cpu_at_most().to_string());
    put(&mut requests, "memory", memory);
    let most = resources.memory_at_most().to_string();
    put(&mut limits, "memory", most);
    // What it writes to its folders, and its log.
    put(&mut requests, "ephemeral-storage", "64Mi".to_owned());
    let storage = writes + Bytes::mebibytes(256);
    put(&mut limits, "ephemeral-storage", storage.to_string());
    for (name, count) in [
        ("nvidia.com/gpu", resources.gpu),
        ("aws.amazon.com/neuroncore", resources.neuron),
    ] {
        if count > 0 {
            put(&mut requests, name, count.to_string());
            put(&mut limits, name, count.to_string());
        }
    }
    core::ResourceRequirements {
        limits: Some(limits),
        requests: Some(requests),
        ..core::ResourceRequirements::default()
    }
}

/// The volume of a folder that is written to: `write-tmp`.
fn writes_volume(path: &str) -> String {
    let name: String = path
        .trim_matches('/')
        .chars()
        .map(|char| match char {
            char if char.is_ascii_alphanumeric() => char.to_ascii_lowercase(),
            _ => '-',
        })
        .collect();
    let name = name.trim_matches('-').replace("--", "-");
    format!("write-{}", &name[..name.len().min(50)])
}

fn volumes(workload: &Workload) -> Vec<core::Volume> {
    let mut volumes = Vec::new();
    let mut writes: BTreeMap<&str, Bytes> = BTreeMap::new();
    let mut shared_memory = None;
    for container in workload.all_containers() {
        for (path, size) in &container.writes {
            let most = writes.entry(path).or_default();
            *most = (*most).max(*size);
        }
        shared_memory = shared_memory.max(container.resources.shared_memory);
    }
    let empty = |name: String, medium: Option<&str>, size: Bytes| core::Volume {
        name,
        empty_dir: Some(core::EmptyDirVolumeSource {
            medium: medium.map(str::to_owned),
            size_limit: Some(Quantity(size.to_string())),
        }),
        ..core::Volume::default()
    };
    for (path, size) in writes {
        volumes.push(empty(writes_volume(path), None, size));
    }
    if let Some(size) = shared_memory {
        volumes.push(empty("shared-memory".to_owned(), Some("Memory"), size));
    }
    if !plain_files(workload).is_empty() {
        volumes.push(core::Volume {
            name: "files".to_owned(),
            config_map: Some(core::ConfigMapVolumeSource {
                default_mode: Some(0o444),
                name: workload.id.name.clone(),
                ..core::ConfigMapVolumeSource::default()
            }),
            ..core::Volume::default()
        });
    }
    if !secret_files(workload).is_empty() {
        volumes.push(core::Volume {
            name: "secrets".to_owned(),
            secret: Some(core::SecretVolumeSource {
                default_mode: Some(0o440),
                secret_name: Some(workload.id.name.clone()),
                ..core::SecretVolumeSource::default()
            }),
            ..core::Volume::default()
        });
    }
    if workload.kind != Kind::Stateful {
        for volume in &workload.volumes {
            let claim = volume.claim.clone();
            volumes.push(core::Volume {
                name: volume.name.clone(),
                persistent_volume_claim: Some(core::PersistentVolumeClaimVolumeSource {
                    claim_name: claim
                        .unwrap_or_else(|| format!("{}-{}", workload.id.name, volume.name)),
                    read_only: volume.read_only.then_some(true),
                }),
                ..core::Volume::default()
            });
        }
    }
    volumes
}

fn mounts(workload: &Workload, container: &Container) -> Vec<core::VolumeMount> {
    let mut mounts = Vec::new();
    let mut mount = |name: String, path: &str, key: Option<String>, read_only: bool| {
        mounts.push(core::VolumeMount {
            mount_path: path.to_owned(),
            name,
            read_only: read_only.then_some(true),
            sub_path: key,
            ..core::VolumeMount::default()
        });
    };
    for path in container.writes.keys() {
        mount(writes_volume(path), path, None, false);
    }
    if container.resources.shared_memory.is_some() {
        mount("shared-memory".to_owned(), "/dev/shm", None, false);
    }
    for volume in &workload.volumes {
        if container.mounts.contains(&volume.name) {
            mount(volume.name.clone(), &volume.mount, None, volume.read_only);
        }
    }
    for (path, text) in &container.files {
        let key = scoped_key(workload, container, path);
        let volume = if text.plain().is_some() {
            "files"
        } else {
            "secrets"
        };
        mount(volume.to_owned(), path, Some(key), true);
    }
    let mut secrets: Vec<String> = container.secret_files.keys().cloned().collect();
    if !container.exports.is_empty() {
        secrets.push(launcher_file(container));
    }
    // Each by itself: what is meant for one container is nothing for another.
    for key in secrets {
        mount(
            "secrets".to_owned(),
            &format!("{SECRETS_PATH}/{key}"),
            Some(key),
            true,
        );
    }
    mounts
}
