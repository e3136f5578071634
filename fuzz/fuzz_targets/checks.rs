//! Every check, on whatever can be read as what it looks at. The first byte says as what.
#![no_main]

use bastide_fuzz::{CHECKS, check_verdicts, source};
use bastide_kubernetes::{Cluster, Manifest};
use bastide_pipelines::{Pipeline, System};
use bastide_terraform::{Configuration, Inputs};
use bastide_value::Arena;

const SYSTEMS: [System; 6] = [
    System::ArgoWorkflows,
    System::AzurePipelines,
    System::BitbucketPipelines,
    System::CircleCi,
    System::GithubActions,
    System::GitlabCi,
];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((&kind, text)) = bytes.split_first() else {
        return;
    };
    match kind % 5 {
        0 => terraform(text),
        1 => plan(text),
        2 => dockerfile(text),
        _ => yaml(text),
    };
});

fn terraform(text: &[u8]) -> Option<()> {
    let source = source("main.tf", text)?;
    let arena = Arena::new();
    let file = bastide_terraform::parse(&source, &arena);
    let sources = std::slice::from_ref(&source);
    let configuration = Configuration::new(sources, [(source.id, file.body)], Inputs::default());
    for root in configuration.roots() {
        let values = Arena::new();
        let evaluation = bastide_terraform::evaluate(&configuration, root, &values);
        check_verdicts(&source, &CHECKS.terraform(sources, &evaluation));
    }
    Some(())
}

fn plan(text: &[u8]) -> Option<()> {
    let source = source("plan.json", text)?;
    let arena = Arena::new();
    let evaluation = bastide_terraform::read_plan(&source, &arena).ok()?;
    let checked = CHECKS.terraform(std::slice::from_ref(&source), &evaluation);
    check_verdicts(&source, &checked);
    Some(())
}

fn dockerfile(text: &[u8]) -> Option<()> {
    let source = source("Dockerfile", text)?;
    let arena = bastide_dockerfile::Arena::new();
    let file = bastide_dockerfile::parse(&source, &arena);
    check_verdicts(&source, &CHECKS.dockerfile(&source, &file));
    Some(())
}

fn yaml(text: &[u8]) -> Option<()> {
    let source = source("a.yaml", text)?;
    let arena = Arena::new();
    let stream = bastide_yaml::parse(&source, &arena);
    let roots: Vec<_> = stream.documents.iter().map(|it| it.root).collect();
    let manifest = Manifest::new(&source, roots.clone());
    let checked = CHECKS.kubernetes(&Cluster::new(&manifest.objects));
    check_verdicts(&source, &checked);
    for system in SYSTEMS {
        if let Ok(Some(pipeline)) = Pipeline::new(system, &source, &roots) {
            check_verdicts(&source, &CHECKS.pipeline(&pipeline));
        }
    }
    Some(())
}
