//! What other scanners say of a platform, where they are installed: nothing but what
//! `docs/scanners.md` names with a reason.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use bastide_platform::{Catalog, Lock, Settings, resolve};
use serde_json::Value;

use crate::sandbox::Sandbox;

const REASONS: &str = include_str!("../../../../docs/scanners.md");

/// A scanner: how it is called, and what it found.
struct Scanner {
    program: &'static str,
    arguments: &'static [&'static str],
    /// Whether it wants each file by name.
    by_file: bool,
    findings: fn(&Value) -> Vec<(String, String)>,
}

const SCANNERS: &[Scanner] = &[
    Scanner {
        program: "checkov",
        arguments: &[
            "--output=json",
            "--quiet",
            "--compact",
            "--skip-download",
            "--framework=kubernetes,dockerfile,secrets",
            "--directory",
        ],
        by_file: false,
        findings: checkov,
    },
    Scanner {
        program: "kube-score",
        arguments: &["score", "--output-format=json"],
        by_file: true,
        findings: kube_score,
    },
    Scanner {
        program: "kube-linter",
        arguments: &["lint", "--format=json"],
        by_file: false,
        findings: kube_linter,
    },
    Scanner {
        program: "trivy",
        arguments: &["config", "--quiet", "--format=json", "--skip-check-update"],
        by_file: false,
        findings: trivy,
    },
];

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// One report, or one for each framework that found something to look at.
fn checkov(report: &Value) -> Vec<(String, String)> {
    let all = match report {
        Value::Array(all) => all.as_slice(),
        one => std::slice::from_ref(one),
    };
    all.iter()
        .flat_map(|it| items(&it["results"]["failed_checks"]))
        .map(|it| (text(&it["check_id"]), text(&it["resource"])))
        .collect()
}

fn kube_score(report: &Value) -> Vec<(String, String)> {
    /// Grades above are no finding.
    const WARNING: u64 = 5;
    let mut found = Vec::new();
    for object in items(report) {
        for check in items(&object["checks"]) {
            let is_fine = check["grade"].as_u64().is_some_and(|it| it > WARNING);
            if !is_fine && check["skipped"] != true {
                found.push((text(&check["check"]["id"]), text(&object["object_name"])));
            }
        }
    }
    found
}

fn kube_linter(report: &Value) -> Vec<(String, String)> {
    items(&report["Reports"])
        .map(|it| (text(&it["Check"]), it["Object"]["K8sObject"].to_string()))
        .collect()
}

fn trivy(report: &Value) -> Vec<(String, String)> {
    let results = items(&report["Results"]);
    results
        .flat_map(|result| {
            let failed = items(&result["Misconfigurations"]).filter(|it| it["Status"] != "PASS");
            failed.map(|it| (text(&it["ID"]), text(&result["Target"])))
        })
        .collect()
}

/// What a scanner says that does not apply: rows of the table under its heading.
fn named(program: &str) -> BTreeSet<&'static str> {
    let part = REASONS
        .split("\n## ")
        .find(|it| it.starts_with(program))
        .unwrap_or_default();
    let rows = part.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.filter_map(|row| row.split('`').next()).collect()
}

/// A platform with everything, locked to digests that nobody has.
fn whole(target: &str, profile: &str) -> Sandbox {
    let description = format!(
        "name: whole\nprofile: {profile}\n{target}\ndomain: example.com\nregistry: registry.example.com/genai\ncomponents: all\n"
    );
    let settings = Settings::parse(&description, "bastide.yaml").expect("settings");
    let catalog = Catalog::built_in().expect("a catalog");
    let platform = resolve(&settings, &catalog, &Lock::default()).expect("a platform");
    let all = |names: Vec<&str>, value: String| {
        let names = names.into_iter();
        names.map(|it| (it.to_owned(), value.clone())).collect()
    };
    let lock = Lock {
        images: all(platform.images(), format!("sha256:{}", "0".repeat(64))),
        models: all(platform.weights(), "0".repeat(40)),
    };
    let sandbox = Sandbox::new(&[
        ("bastide.yaml", &description),
        ("bastide.lock.yaml", &lock.text()),
    ]);
    assert_eq!(sandbox.bastide("render").code, 0);
    sandbox
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else if path.extension().is_some_and(|it| it == "yaml")
            && path
                .file_name()
                .is_some_and(|it| it != "bastide.exceptions.yaml")
        {
            files.push(path);
        }
    }
    files
}

#[test]
fn other_scanners_find_nothing_that_is_not_named() {
    let installed: Vec<_> = SCANNERS
        .iter()
        .filter(|it| {
            let is_there = Command::new(it.program).arg("--help").output().is_ok();
            if !is_there {
                eprintln!("skipped: there is no `{}` here", it.program);
            }
            is_there
        })
        .collect();
    let mut seen: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for target in ["target: eks\nregion: us-west-2", "target: kubernetes"] {
        for profile in ["production", "demo"] {
            if installed.is_empty() {
                continue;
            }
            let sandbox = whole(target, profile);
            let folder = sandbox.path().join("rendered");
            let register = std::fs::read_to_string(folder.join("bastide.exceptions.yaml"));
            let register = register.unwrap_or_default();
            for scanner in &installed {
                let mut command = Command::new(scanner.program);
                command.args(scanner.arguments);
                match scanner.by_file {
                    true => command.args(files(&folder)),
                    false => command.arg(&folder),
                };
                let output = command.output().expect("it runs");
                let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| {
                    let words = String::from_utf8_lossy(&output.stderr);
                    panic!("{} says {words}", scanner.program)
                });
                let named = named(scanner.program);
                let found = (scanner.findings)(&report);
                let (known, mut new): (Vec<_>, Vec<_>) = found
                    .into_iter()
                    .partition(|(id, _)| named.contains(id.as_str()));
                // The register says its reasons itself, and a scan compares it with what is found.
                new.retain(|(id, _)| !register.contains(id.as_str()));
                assert_eq!(new, [], "{} on {profile}, {target}", scanner.program);
                let seen = seen.entry(scanner.program).or_default();
                seen.extend(known.into_iter().map(|(id, _)| id));
            }
        }
    }
    for (program, seen) in seen {
        let named: BTreeSet<_> = named(program).into_iter().map(str::to_owned).collect();
        assert_eq!(seen, named, "{program}: what is named and no longer found");
    }
}
