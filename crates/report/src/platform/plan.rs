use std::collections::BTreeMap;

use bastide_check::{Framework, Resource};
use bastide_judge::{Posture, Status};
use bastide_platform::{Bytes, Cpu, Kind, Platform, SecretStore, Workload};

use super::table;

/// What a plan is made of.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The platform.
    pub platform: &'a Platform,
    /// What a scan of its manifests found.
    pub posture: &'a Posture,
    /// How many files there are.
    pub files: usize,
    /// The cloud under it, if it is made with it.
    pub cloud: Option<CloudPlan>,
}

/// The cloud under a platform.
#[derive(Debug)]
pub struct CloudPlan {
    /// How many resources its Terraform describes.
    pub resources: usize,
    /// What is paid for as long as it is there: how many of what, in units of the price list.
    pub costs: Vec<(usize, String)>,
}

/// What would be installed, in which order, what it takes, and what a scan says of it.
pub fn plan(plan: &Plan<'_>) -> String {
    let platform = plan.platform;
    let settings = &platform.settings;
    let region = settings.region.as_ref().map(|it| format!(" in {it}"));
    let mut text = format!(
        "{}: {} on {}{}\n\n",
        settings.name,
        settings.profile.name(),
        settings.target.name(),
        region.unwrap_or_default()
    );
    text.push_str(&order(platform));
    text.push('\n');
    let mut facts = vec![
        fact("takes", takes(platform)),
        fact("images", images(platform)),
        fact("secrets", secrets(platform)),
    ];
    for (id, what) in platform.given() {
        facts.push(fact("", format!("to give: {id}, {what}")));
    }
    let exposed: Vec<_> = platform
        .workloads
        .iter()
        .filter_map(|it| it.exposed.as_ref())
        .collect();
    let reached: Vec<_> = exposed
        .iter()
        .map(|it| format!("https://{}", it.host))
        .collect();
    facts.push(fact(
        "exposed",
        match reached.is_empty() {
            true => "nothing".to_owned(),
            false => reached.join(", "),
        },
    ));
    facts.push(fact(
        "network",
        format!("{} edges; everything else is denied", platform.edges.len()),
    ));
    if let Some(cloud) = &plan.cloud {
        facts.push(fact(
            "cloud",
            format!(
                "{} resources of Terraform; {}",
                cloud.resources,
                scan(plan.posture, |it| it.framework == Framework::Terraform)
            ),
        ));
        let costs: Vec<_> = cloud
            .costs
            .iter()
            .map(|(count, unit)| format!("{count} {unit}"))
            .collect();
        for (index, costs) in costs.chunks(4).enumerate() {
            let name = if index == 0 { "by hour" } else { "" };
            facts.push(fact(name, costs.join(", ")));
        }
        facts.push(fact(
            "",
            "and nodes; terraform/README.md says what each is".to_owned(),
        ));
    }
    facts.push(fact(
        "scan",
        format!("{} files: {}", plan.files, scan(plan.posture, |_| true)),
    ));
    text.push_str(&table(&facts));
    let failed = failures(plan.posture);
    if !failed.is_empty() {
        text.push('\n');
        text.push_str(&table(&failed));
    }
    text
}

fn fact(name: &str, what: String) -> Vec<String> {
    vec![format!("{name:>8}"), what]
}

fn order(platform: &Platform) -> String {
    let mut rows = vec![
        ["wave", "workload", "as", "image", "cpu", "memory", ""]
            .map(str::to_owned)
            .to_vec(),
    ];
    let mut last = None;
    for workload in &platform.workloads {
        let wave = match last == Some(workload.wave) {
            true => String::new(),
            false => (workload.wave + 1).to_string(),
        };
        last = Some(workload.wave);
        let (cpu, memory) = workload.requests();
        let image = workload
            .containers
            .first()
            .map(|it| it.image.as_str())
            .unwrap_or_default();
        let image = image.rsplit('/').next().unwrap_or(image);
        let gpus = match workload.gpus() {
            0 => String::new(),
            gpus => format!("{gpus} GPU"),
        };
        rows.push(vec![
            wave,
            workload.id.to_string(),
            runs_as(workload),
            image.to_owned(),
            cpu.to_string(),
            memory.to_string(),
            gpus,
        ]);
    }
    table(&rows)
}

fn runs_as(workload: &Workload) -> String {
    match (workload.kind, workload.replicas, workload.max_replicas) {
        (Kind::Job, ..) => "job".to_owned(),
        (_, replicas, Some(max)) => format!("{replicas} to {max}"),
        (_, replicas, None) => replicas.to_string(),
    }
}

fn takes(platform: &Platform) -> String {
    let running = platform.workloads.iter().filter(|it| it.kind != Kind::Job);
    let (mut pods, mut cpu, mut memory, mut gpus) = (0, Cpu(0), Bytes(0), 0);
    for workload in running {
        let (one_cpu, one_memory) = workload.requests();
        let replicas = u64::from(workload.replicas);
        pods += replicas;
        cpu = cpu + one_cpu * replicas;
        memory = memory + one_memory * replicas;
        gpus += u64::from(workload.gpus()) * replicas;
    }
    let mut claims: BTreeMap<String, Bytes> = BTreeMap::new();
    for workload in &platform.workloads {
        for volume in &workload.volumes {
            let own = format!("{}-{}", workload.id, volume.name);
            let name = volume
                .claim
                .clone()
                .map_or(own, |it| format!("{}/{it}", workload.id.namespace));
            claims.insert(name, volume.size * u64::from(workload.replicas));
        }
    }
    let storage: Bytes = claims.into_values().sum();
    format!(
        "{pods} pods, {:.1} CPU, {} memory, {gpus} GPU, {} storage",
        cpu.0 as f64 / 1000.0,
        gibibytes(memory),
        gibibytes(storage)
    )
}

fn gibibytes(amount: Bytes) -> String {
    format!("{} Gi", amount.0.div_ceil(1 << 30))
}

fn images(platform: &Platform) -> String {
    let images = platform.images();
    let open = images
        .iter()
        .filter(|it| !platform.lock.is_fixed(it))
        .count();
    match open {
        0 => format!("{}, all by digest", images.len()),
        _ => format!(
            "{}, {open} of them by tag until `bastide lock` writes {}",
            images.len(),
            bastide_platform::Lock::FILE_NAME
        ),
    }
}

fn secrets(platform: &Platform) -> String {
    let given = platform.given().count();
    let made = match platform.settings.secret_store() {
        SecretStore::Aws => "by Terraform",
        SecretStore::Vault | SecretStore::Cluster => "in the cluster",
    };
    format!(
        "{} made {made}, {given} to give",
        platform.secrets.len() - given
    )
}

fn scan(posture: &Posture, which: impl Fn(&Resource) -> bool) -> String {
    let findings: Vec<_> = posture
        .findings
        .iter()
        .filter(|it| which(posture.resource(it)))
        .collect();
    let count = |is: fn(&Status) -> bool| findings.iter().filter(|it| is(&it.status)).count();
    let mut by_severity: BTreeMap<_, usize> = BTreeMap::new();
    for finding in findings.iter().filter(|it| it.status == Status::Failed) {
        *by_severity
            .entry(std::cmp::Reverse(finding.check.severity))
            .or_default() += 1;
    }
    let failed = match by_severity.is_empty() {
        true => "0 failed".to_owned(),
        false => {
            let parts = by_severity
                .iter()
                .map(|(severity, count)| format!("{count} {}", severity.0.name()));
            parts.collect::<Vec<_>>().join(", ")
        }
    };
    let passed = count(|it| matches!(it, Status::Passed | Status::Undecided { presumed: true }));
    let accepted = count(|it| matches!(it, Status::Accepted { .. }));
    format!("{failed}, {passed} passed, {accepted} accepted")
}

fn failures(posture: &Posture) -> Vec<Vec<String>> {
    let failed = posture
        .findings
        .iter()
        .filter(|it| it.status == Status::Failed);
    let rows = failed.map(|finding| {
        let address = posture.resource(finding).address.clone();
        vec![
            finding.check.id.to_string(),
            address,
            finding.check.problem.to_string(),
        ]
    });
    rows.collect()
}
