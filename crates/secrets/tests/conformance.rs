//! The same secrets as Checkov finds, in the same files on the same lines, in every case of the
//! conformance corpus; and those that it misses.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use bastide_secrets::{MAX_FILE_SIZE, Options, Scanner, wants};
use bastide_source::{FileId, Source};
use serde_json::Value;

/// A verdict of either side: file, line, check, resource, and whether it is skipped.
type Verdict = (String, u64, String, String, bool);

/// So many secrets of the corpus Checkov misses, by rules that docs/deviations.md lists: passwords with
/// punctuation, values without quotes in Dockerfiles, and values that a colon in a comment hides.
const MISSED_BY_CHECKOV: usize = 21;

/// A path that holds one of these is passed over.
const PASSED_OVER: [&str; 7] = [
    "node_modules",
    ".terraform",
    ".serverless",
    ".external_modules",
    ".idea",
    ".git",
    "venv",
];

fn ours(scanner: &Scanner, case: &Path) -> BTreeSet<Verdict> {
    let mut verdicts = BTreeSet::new();
    for file in bastide_conformance::files(case, &[""]) {
        let path = file.strip_prefix(case).unwrap_or(&file).to_string_lossy();
        let hidden = path.split('/').any(|part| part.starts_with('.'));
        let name = path.rsplit('/').next().unwrap_or_default();
        let passed_over = PASSED_OVER.iter().any(|part| path.contains(part));
        let Ok(text) = fs::read_to_string(&file) else {
            continue;
        };
        if hidden || passed_over || !wants(name, false) || text.len() as u64 > MAX_FILE_SIZE {
            continue;
        }
        let source = Source::new(FileId(0), path.into_owned(), text);
        verdicts.extend(scanner.scan(&source).into_iter().map(|secret| {
            let id = secret.detector.id().to_owned();
            let skipped = secret.skip.is_some();
            (
                source.path.clone(),
                u64::from(secret.line),
                id,
                secret.hash,
                skipped,
            )
        }));
    }
    verdicts
}

fn theirs(oracle: &Path) -> BTreeSet<Verdict> {
    let text = fs::read_to_string(oracle).expect("the verdicts on a case");
    let verdicts = text.lines().map(|line| {
        let verdict: Value = serde_json::from_str(line).expect("a verdict");
        let text = |key: &str| verdict[key].as_str().unwrap_or_default().to_owned();
        let line = verdict["line_start"].as_u64().unwrap_or_default();
        let skipped = text("result") == "SKIPPED";
        let parts = (
            text("file"),
            line,
            text("check_id"),
            text("resource"),
            skipped,
        );
        (text("framework") == "secrets").then_some(parts)
    });
    verdicts.flatten().collect()
}

#[test]
fn the_corpus_has_the_secrets_that_checkov_finds() {
    let Some(cases) = bastide_conformance::cases() else {
        return;
    };
    let oracle = cases.with_file_name("oracle");
    let index = fs::read_to_string(oracle.join("index.jsonl")).expect("the index of the cases");
    let scanner = Scanner::new(Options::default());
    let (mut agreed, mut compared) = (0, 0);
    let (mut differences, mut extra) = (Vec::new(), Vec::new());
    for line in index.lines() {
        let entry: Value = serde_json::from_str(line).expect("an entry of the index");
        let frameworks = entry["frameworks"]
            .as_array()
            .expect("a list of frameworks");
        if !frameworks.iter().any(|it| it == "secrets") {
            continue;
        }
        let case = entry["case"].as_str().expect("the name of a case");
        let found = ours(&scanner, &cases.join(case));
        let expected = theirs(&oracle.join(format!("{case}.jsonl")));
        compared += 1;
        agreed += found.intersection(&expected).count();
        let missing = expected
            .difference(&found)
            .map(|it| format!("missing: {case} {it:?}"));
        differences.extend(missing);
        let more = found.difference(&expected);
        extra.extend(more.map(|it| format!("extra: {case} {it:?}")));
    }
    println!("{agreed} verdicts agreed in {compared} cases");
    assert!(compared > 700, "only {compared} cases compared");
    assert!(
        differences.is_empty(),
        "{} differences:\n{}",
        differences.len(),
        differences.join("\n")
    );
    assert_eq!(extra.len(), MISSED_BY_CHECKOV, "{}", extra.join("\n"));
}
