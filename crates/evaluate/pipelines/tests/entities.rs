//! What there is in files of each system, what it is called, and at which lines: as Checkov 3.3.30
//! reports it.

use bastide_pipelines::{Entity, PassedOver, Pipeline, System};
use bastide_source::{FileId, Source, Span};
use bastide_value::Arena;

/// Kind, address and lines of each entity, and the checks that it skips.
fn entities(system: System, path: &str, text: &str) -> Vec<String> {
    let source = Source::new(FileId(0), path, text.to_owned());
    let arena = Arena::new();
    let stream = bastide_yaml::parse(&source, &arena);
    let documents: Vec<_> = stream.documents.iter().map(|it| it.root).collect();
    let pipeline = Pipeline::new(system, &source, &documents)
        .expect("of a known shape")
        .expect("a mapping");
    let show = |entity: &Entity<'_>| {
        let address = pipeline.address(entity, None, "ID");
        let (first, last) = pipeline.lines(entity, None);
        let skips: Vec<_> = entity.skips.iter().map(|skip| &*skip.check).collect();
        let kind = entity.kind.name();
        format!("{kind}: {address} {first}-{last} {}", skips.join(","))
            .trim_end()
            .to_owned()
    };
    pipeline.entities().iter().map(show).collect()
}

#[test]
fn github_actions() {
    let text = "\
name: CI
on:
  push:

jobs:
  # checkov:skip=CKV_GHA_1
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4

      -
      - name: Test
        run: make test
        # checkov:skip=CKV_GHA_2
  call:
    uses: a/b/.github/workflows/c.yml@v1
";
    assert_eq!(
        entities(System::GithubActions, "ci.yml", text),
        [
            "jobs: jobs 7-19 CKV_GHA_1,CKV_GHA_2",
            "job: jobs(build) 8-17 CKV_GHA_1,CKV_GHA_2",
            "job: jobs(call) 17-19 CKV_GHA_1,CKV_GHA_2",
            "step: jobs(build).steps[1] 10-13",
            "step: jobs(build).steps[2](Test) 13-17 CKV_GHA_2",
            "trigger: on(CI) 3-6 CKV_GHA_1,CKV_GHA_2",
            "permissions: on(CI) 0-1",
        ]
    );
}

#[test]
fn the_place_of_permissions() {
    let permissions = |line: &str| {
        let text = format!("on: push\n{line}\njobs:\n  a: {{permissions: {{}}}}\n");
        entities(System::GithubActions, "ci.yml", &text).pop()
    };
    let at = |lines: &str| Some(format!("permissions: on {lines}"));
    assert_eq!(permissions("permissions: read-all"), at("2-3"));
    assert_eq!(permissions("permissions:\n  contents: read"), at("3-5"));
    assert_eq!(permissions("permissions: {contents: read}"), at("2-3"));
    // The first line that holds the word, whatever it is about.
    assert_eq!(permissions(""), at("4-5"));
}

#[test]
fn workflows_of_another_shape() {
    let source = Source::new(FileId(0), "x.yml", "on: push\njobs: []\n".to_owned());
    let arena = Arena::new();
    let stream = bastide_yaml::parse(&source, &arena);
    let documents: Vec<_> = stream.documents.iter().map(|it| it.root).collect();
    let misfit = Pipeline::new(System::GithubActions, &source, &documents).expect_err("no jobs");
    let jobs = Span::new(FileId(0), "on: push\n".len(), "on: push\njobs".len());
    assert_eq!(misfit, PassedOver::Shape(jobs));
    assert!(Pipeline::new(System::GitlabCi, &source, &[]).is_ok_and(|it| it.is_none()));
}

#[test]
fn gitlab_ci() {
    let text = "\
image: ruby:3
.base: &base
  image:
    name: go:1
  services:
    - redis:7
test:
  <<: *base
  script:
    - make
    - |
      make test
      make lint
  rules:
    - if: $A
    - if: $B # checkov:skip=CKV_GITLABCI_2
one:
  stage: test
  script: echo one
";
    assert_eq!(
        entities(System::GitlabCi, ".gitlab-ci.yml", text),
        [
            "rules: test.services 14-18 CKV_GITLABCI_2",
            // What is merged comes first, and the first list there is gives the name.
            "script: test.services 13-14",
            "script: test.services 12-14",
            "script: one 19-20",
            "image: .base.image 4-6",
            "service: .base.services 6-7",
        ]
    );
}

#[test]
fn circleci() {
    let text = "\
orbs:
  node: circleci/node@7.1.0
executors:
  go:
    docker:
      - image: cimg/go:1
jobs:
  test:
    docker:
      - image: cimg/base:1
      - image: redis:7 # checkov:skip=CKV_CIRCLECIPIPELINES_2
    steps:
      - run: make
      - checkout
      - run: {name: Test, command: make test}
";
    assert_eq!(
        entities(System::CircleCi, ".circleci/config.yml", text),
        [
            "executor_image: jobs 6-8",
            "image: jobs(test).docker.image[1](cimg/base:1) 10-12 CKV_CIRCLECIPIPELINES_2",
            "image: jobs(test).docker.image[2](redis:7) 11-13 CKV_CIRCLECIPIPELINES_2",
            "step: jobs(test).steps[1] 13-15",
            // A step that is a word is taken for what follows it.
            "step: jobs(test).steps[2](checkout) 15-17",
            "orbs: orbs 2-4 CKV_CIRCLECIPIPELINES_2",
        ]
    );
}

#[test]
fn azure_pipelines() {
    let text = "\
stages:
- stage: Build
  jobs:
  - job: one
    displayName: First
    container: ubuntu
    steps:
    - bash: make
  - deployment: two
pool:
  container: ubuntu
";
    assert_eq!(
        entities(System::AzurePipelines, "azure-pipelines.yml", text),
        [
            "job: stages[0](Build).jobs[0](First) 4-10",
            "job: stages[0](Build).jobs[1] 9-11",
            "step: stages[0](Build).jobs[0](First).steps[0] 8-10",
            "container: *.container[].*.container[].ID 0-1",
        ]
    );
}

#[test]
fn bitbucket_pipelines() {
    let text = "\
image: node:22
pipelines:
  default:
    - step:
        image: a
    - parallel:
        - step: {image: b}
  branches:
    main:
      - step: {image: c}
";
    let step = "step.{image: image, __startline__: __startline__, __endline__:__endline__}";
    let whole = "[{image:image,__startline__:__startline__,__endline__:__endline__}]";
    let entity = |path: &str, marks: &str, lines: &str| {
        format!("image: bitbucket-pipelines.yml.{path}.{path}.ID[{marks}] {lines}")
    };
    assert_eq!(
        entities(System::BitbucketPipelines, "bitbucket-pipelines.yml", text),
        [
            entity(whole, "1:11", "1-12"),
            entity(&format!("pipelines.default[].{step}"), "5:6", "5-7"),
            entity(&format!("pipelines.*.[*][][][].{step}"), "10:10", "10-11"),
        ]
    );
}

#[test]
fn argo_workflows() {
    let text = "kind: Workflow\nspec:\n  entrypoint: a\n---\nspec: {}\n";
    assert_eq!(
        entities(System::ArgoWorkflows, "w.yaml", text),
        ["spec: w.yaml.spec.spec.ID[3:4] 3-5"]
    );
}

#[test]
fn aliases_do_not_unfold_without_end() {
    let steps = "- {run: x}\n      ".repeat(2000);
    let many: String = (0..2000).map(|it| format!("  j{it}: *job\n")).collect();
    let parse = |jobs: &str| {
        let text = format!("on: push\njobs:\n  a: &job\n    steps:\n      {steps}\n{jobs}");
        let source = Source::new(FileId(0), "x.yml", text);
        let arena = Arena::new();
        let stream = bastide_yaml::parse(&source, &arena);
        let documents: Vec<_> = stream.documents.iter().map(|it| it.root).collect();
        let pipeline = Pipeline::new(System::GithubActions, &source, &documents);
        pipeline.map(|it| it.map_or(0, |it| it.entities().len()))
    };
    assert_eq!(parse("  b: *job\n"), Ok(2000 + 2 + 3));
    assert!(matches!(parse(&many), Err(PassedOver::Parts(_))));
}
