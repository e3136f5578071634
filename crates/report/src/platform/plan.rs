use std::collections::BTreeMap;
use std::fmt::Write as _;

use bastide_check::{Framework, Resource};
use bastide_judge::{Finding, Posture, Status};
use bastide_platform::{Bytes, Cpu, Kind, Platform, Profile, SecretStore, Workload};

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
        fact("models", models(platform)),
        fact("secrets", secrets(platform)),
    ];
    for (id, what) in platform.given() {
        facts.push(fact("", format!("to give: {id}, {what}")));
    }
    for chart in &platform.charts {
        let version = chart.version.trim_start_matches('v');
        facts.push(fact(
            "chart",
            format!("{} {version} from {}", chart.name, chart.repository),
        ));
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
    for (title, rows) in [
        ("failed", failures(plan.posture)),
        ("accepted", accepted(plan.posture)),
        ("next", next(platform)),
    ] {
        if !rows.is_empty() {
            let _ = write!(text, "\n{title}\n{}", table(&rows));
        }
    }
    text
}

/// What the register accepts, entry by entry, with how many findings that are.
fn accepted(posture: &Posture) -> Vec<Vec<String>> {
    let exceptions = posture.register.iter().flat_map(|it| &it.exceptions);
    let rows = exceptions.enumerate().map(|(index, exception)| {
        let is_it = |it: &&Finding| it.status == Status::Accepted { exception: index };
        let count = posture.findings.iter().filter(is_it).count();
        let count = match exception.is_decision() {
            true => exception.resources.len(),
            false => count,
        };
        let title = exception.title.as_deref().unwrap_or(&exception.current);
        vec![
            format!("  {title}"),
            count.to_string(),
            exception.reason.clone(),
        ]
    });
    rows.collect()
}

/// What somebody has to do before it goes up.
fn next(platform: &Platform) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut say = |command: &str, why: String| rows.push(vec![format!("  {command}"), why]);
    if !platform.is_locked() {
        let why = match platform.settings.profile {
            Profile::Production => "until then, nothing of it is for production",
            Profile::Demo => "until then, images and weights may become others by themselves",
        };
        say("bastide lock", why.to_owned());
    }
    if platform.given().next().is_some() {
        let why = "into the store, under the names above".to_owned();
        say("give the secrets", why);
    }
    say(
        "bastide graph -o platform.svg",
        "the picture of it".to_owned(),
    );
    say(
        "bastide render",
        "the manifests, and the register of what is accepted".to_owned(),
    );
    rows
}

fn models(platform: &Platform) -> String {
    let models = platform.models.len();
    match platform.unpinned().count() {
        0 => models.to_string(),
        open => format!("{models}, weights of {open} of them by branch until `bastide lock`"),
    }
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
        let image = match workload.external {
            Some(_) => "(of a chart or operator)",
            None => image.rsplit('/').next().unwrap_or(image),
        };
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
        (Kind::Task, ..) => "on demand".to_owned(),
        (Kind::Group, ..) => format!("{} nodes", workload.spread),
        (Kind::External, replicas, _) => match &workload.external {
            Some(external) if external.per_node => "each node".to_owned(),
            _ => replicas.to_string(),
        },
        (_, replicas, Some(max)) => format!("{replicas} to {max}"),
        (_, replicas, None) => replicas.to_string(),
    }
}

fn takes(platform: &Platform) -> String {
    let running = platform.workloads.iter().filter(|it| !it.ends());
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
