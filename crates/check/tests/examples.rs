//! Every check does what its examples say. A resource whose name starts with `fail`, `pass` or
//! `unknown` must get that verdict; in a Dockerfile, and for secrets, a line `# fail` or `# pass`
//! starts a part that must.

use std::collections::BTreeSet;

use bastide_check::{Check, Checked, Engine, Framework, Outcome, Rule, Verdict};
use bastide_hcl::Arena;
use bastide_kubernetes::{Cluster, Manifest};
use bastide_pipelines::{Pipeline, System};
use bastide_source::{FileId, Source};
use bastide_terraform::Configuration;

/// Checks that take note of what there is, and never fail.
const NEVER_FAIL: [&str; 5] = [
    "CKV_AZUREPIPELINES_5",
    "CKV_CIRCLECIPIPELINES_8",
    "CKV_GHA_5",
    "CKV_GHA_6",
    "CKV_GITLABCI_3",
];

/// Checks on what should not be there at all.
const NEVER_PASS: [&str; 6] = [
    "CKV_AWS_148",
    "CKV_AWS_196",
    "CKV_AWS_198",
    "CKV_AWS_205",
    "CKV_AWS_273",
    "CKV_K8S_44",
];

#[test]
fn examples_get_the_verdict_that_their_name_says() {
    let mut lacking = Vec::new();
    for check in bastide_check::all() {
        for rule in check.rules {
            let verdicts = match rule.framework {
                Framework::Terraform => by_name(&terraform(check, rule)),
                Framework::Kubernetes => by_name(&kubernetes(check, rule)),
                Framework::Dockerfile => by_part(rule, |text| dockerfile(check, rule, text)),
                Framework::Secrets => by_part(rule, |text| secrets(check, rule, text)),
                framework => by_part(rule, |text| pipeline(check, rule, framework, text)),
            };
            let seen: BTreeSet<&str> = verdicts.iter().map(|(expected, _)| *expected).collect();
            let place = format!("the example of {} for {}", check.id, rule.framework);
            for (name, never) in [("fail", NEVER_FAIL.as_slice()), ("pass", &NEVER_PASS)] {
                if !seen.contains(name) && !never.contains(&check.id.as_str()) {
                    lacking.push(format!("{place} has nothing that must {name}"));
                }
            }
            for (expected, outcome) in verdicts {
                let got = match outcome {
                    Outcome::Pass => "pass",
                    Outcome::Fail(_) => "fail",
                    Outcome::Undecided(_) => "unknown",
                    Outcome::NotApplicable => continue,
                };
                assert_eq!(got, expected, "{place}");
            }
        }
    }
    assert_eq!(lacking, [""; 0]);
}

#[test]
fn every_check_says_all_there_is_to_say() {
    let mut ids = BTreeSet::new();
    for check in bastide_check::all() {
        let id = check.id;
        assert!(ids.insert(id), "{id} is there twice");
        for (what, text) in [
            ("title", check.title),
            ("problem", check.problem),
            ("why", check.why),
        ] {
            assert!(!text.is_empty(), "{id} has no {what}");
            assert_eq!(text.trim(), text, "{id}: white space around the {what}");
        }
        for clause in [check.title, check.problem] {
            assert!(
                !clause.ends_with('.'),
                "{id}: `{clause}` is a clause, without a full stop"
            );
        }
        assert!(
            check.why.ends_with('.'),
            "{id}: the explanation is made of whole sentences"
        );
        assert!(!check.references.is_empty(), "{id} goes back to nothing");
        assert!(!check.rules.is_empty(), "{id} has no rule");
        for rule in check.rules {
            assert!(
                !rule.fix.is_empty(),
                "{id} says no way out for {}",
                rule.framework
            );
            assert!(
                !rule.fix.ends_with('.'),
                "{id}: the way out has no full stop"
            );
            assert!(
                rule.snippet.ends_with('\n'),
                "{id}: the snippet ends with a line"
            );
            assert!(
                !rule.on.is_empty(),
                "{id} looks at nothing in {}",
                rule.framework
            );
        }
    }
}

#[test]
fn checks_of_a_file_are_sorted() {
    for (one, two) in bastide_check::all().zip(bastide_check::all().skip(1)) {
        let family = |check: &Check| check.id.as_str().rsplit_once('_').map(|(family, _)| family);
        // Only neighbours of one file are compared: those of one family that follow each other.
        if family(one) == family(two) && same_file(one, two) {
            assert!(one.id < two.id, "{} belongs before {}", two.id, one.id);
        }
    }
}

/// Whether two neighbours of the list stand in one array: their places in memory touch.
fn same_file(one: &'static Check, two: &'static Check) -> bool {
    std::ptr::eq(std::ptr::from_ref(one).wrapping_add(1), two)
}

type Expected = Vec<(&'static str, Outcome)>;

fn engine(check: &'static Check, rule: &'static Rule) -> Engine {
    Engine::new([(check, rule)])
}

fn source(text: &str, name: &str) -> Source {
    Source::new(FileId(0), name, text.to_owned())
}

fn terraform(check: &'static Check, rule: &'static Rule) -> Checked {
    let sources = [source(rule.example, "main.tf")];
    let arena = Arena::new();
    let file = bastide_hcl::parse(&sources[0], &arena);
    assert_eq!(file.diagnostics, [], "the example of {}", check.id);
    let configuration = Configuration::new(&sources, [(FileId(0), file.body)], Default::default());
    let evaluation = bastide_terraform::evaluate(&configuration, configuration.roots()[0], &arena);
    engine(check, rule).terraform(&sources, &evaluation)
}

fn kubernetes(check: &'static Check, rule: &'static Rule) -> Checked {
    let source = source(rule.example, "example.yaml");
    let arena = Arena::new();
    let stream = bastide_yaml::parse(&source, &arena);
    assert_eq!(stream.diagnostics, [], "the example of {}", check.id);
    let documents = stream.documents.into_iter().map(|document| document.root);
    let manifest = Manifest::new(&source, documents);
    engine(check, rule).kubernetes(&Cluster::new(&manifest.objects))
}

fn dockerfile(check: &'static Check, rule: &'static Rule, text: &str) -> Checked {
    let source = source(text, "Dockerfile");
    let arena = Arena::new();
    engine(check, rule).dockerfile(&source, &bastide_dockerfile::parse(&source, &arena))
}

fn secrets(check: &'static Check, rule: &'static Rule, text: &str) -> Checked {
    let source = source(text, "example.yaml");
    let found = bastide_secrets::Scanner::new(Default::default()).scan(&source);
    engine(check, rule).secrets(&found)
}

fn pipeline(
    check: &'static Check,
    rule: &'static Rule,
    framework: Framework,
    text: &str,
) -> Checked {
    let source = source(text, "pipeline.yaml");
    let arena = Arena::new();
    let stream = bastide_yaml::parse(&source, &arena);
    assert_eq!(stream.diagnostics, [], "the example of {}", check.id);
    let documents: Vec<_> = stream.documents.iter().map(|it| it.root).collect();
    let system = [
        System::ArgoWorkflows,
        System::AzurePipelines,
        System::BitbucketPipelines,
        System::CircleCi,
        System::GithubActions,
        System::GitlabCi,
    ]
    .into_iter()
    .find(|system| Framework::from(*system) == framework)
    .expect("a system");
    let pipeline = Pipeline::new(system, &source, &documents)
        .expect("of a known shape")
        .expect("a mapping");
    let checked = engine(check, rule).pipeline(&pipeline);
    assert!(!checked.verdicts.is_empty(), "no verdict for {}", check.id);
    checked
}

/// What the names of resources expect, with what they got.
fn by_name(checked: &Checked) -> Expected {
    let verdicts = checked.verdicts.iter().filter_map(|verdict| {
        let address = &checked.resources[verdict.resource].address;
        let expected = ["fail", "pass", "unknown"]
            .into_iter()
            .find(|word| address.split('.').any(|part| part.starts_with(word)))?;
        Some((expected, verdict.outcome.clone()))
    });
    verdicts.collect()
}

/// The same for examples in parts. A part that gets no verdict passes.
fn by_part(rule: &Rule, run: impl Fn(&str) -> Checked) -> Expected {
    let mut verdicts = Vec::new();
    for part in rule.example.split("# ").skip(1) {
        let (expected, text) = part.split_once('\n').expect("a part has lines");
        let expected = if expected == "fail" { "fail" } else { "pass" };
        let checked = run(text);
        let fails = |it: &&Verdict| matches!(it.outcome, Outcome::Fail(_));
        let outcome = checked
            .verdicts
            .iter()
            .find(fails)
            .or(checked.verdicts.first())
            .map_or(Outcome::Pass, |first| first.outcome.clone());
        verdicts.push((expected, outcome));
    }
    verdicts
}
