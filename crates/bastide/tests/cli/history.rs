//! Secrets in the commits of a repository.

use std::process::Command;

use serde_json::Value;

use crate::sandbox::{Run, Sandbox};

const PASSWORD: &str = "mZ8qLx03vKt7";
const TOKEN: &str = "pQ4rWn81cYb2";

/// Runs git in a folder of the sandbox, with nothing of whoever runs the test. Commits are an hour
/// apart.
fn git(sandbox: &Sandbox, folder: &str, hour: u32, words: &[&str]) {
    let time = format!("2026-03-01T{hour:02}:00:00+01:00");
    let status = Command::new("git")
        .args(["-c", "protocol.file.allow=always", "-C"])
        .arg(sandbox.path().join(folder))
        .args(words)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("HOME", sandbox.path())
        .env("GIT_AUTHOR_NAME", "Ada")
        .env("GIT_AUTHOR_EMAIL", "ada@example.com")
        .env("GIT_AUTHOR_DATE", &time)
        .env("GIT_COMMITTER_NAME", "Ada")
        .env("GIT_COMMITTER_EMAIL", "ada@example.com")
        .env("GIT_COMMITTER_DATE", &time)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .status()
        .expect("git runs");
    assert!(status.success(), "git {words:?}");
}

fn repository(files: &[(&str, &str)]) -> Sandbox {
    let sandbox = Sandbox::new(files);
    git(&sandbox, ".", 0, &["init", "-q", "-b", "main"]);
    commit(&sandbox, 1);
    sandbox
}

fn commit(sandbox: &Sandbox, hour: u32) {
    git(sandbox, ".", hour, &["add", "-A"]);
    git(sandbox, ".", hour, &["commit", "-q", "-m", "a change"]);
}

fn secret(name: &str, value: &str) -> String {
    format!("{name} = \"{value}\"\n")
}

#[track_caller]
fn scan(sandbox: &Sandbox, words: &str) -> Run {
    let run = sandbox.bastide(&format!(
        "scan --framework secrets --scan-secrets-history {words}"
    ));
    for value in [PASSWORD, TOKEN] {
        assert!(!run.out.contains(value), "a secret is printed: {}", run.out);
    }
    run
}

/// Path, line, whether it was added, and whether it was removed, of each finding.
fn found(run: &Run) -> Vec<(String, u64, bool, bool)> {
    let report = run.json();
    let failed = report["results"]["failed_checks"].as_array();
    let told = |record: &Value, key: &str| record[key].as_str().is_some_and(|it| it.len() == 40);
    let mut found: Vec<_> = failed
        .into_iter()
        .flatten()
        .map(|record| {
            (
                record["file_path"].as_str().unwrap_or_default().to_owned(),
                record["file_line_range"][0].as_u64().unwrap_or_default(),
                told(record, "added_commit_hash"),
                told(record, "removed_commit_hash"),
            )
        })
        .collect();
    found.sort();
    found
}

fn owned(path: &str, line: u64, added: bool, removed: bool) -> (String, u64, bool, bool) {
    (path.to_owned(), line, added, removed)
}

#[test]
fn what_was_removed_is_found() {
    let sandbox = repository(&[("main.tf", &secret("db_password", PASSWORD))]);
    sandbox.write("main.tf", secret("api_token", TOKEN).as_bytes());
    commit(&sandbox, 2);
    assert_eq!(
        found(&scan(&sandbox, ". -o json")),
        [
            owned("/main.tf", 1, true, false),
            owned("/main.tf", 1, true, true)
        ]
    );
    let record = scan(&sandbox, ". -o json").json()["results"]["failed_checks"][0].clone();
    let (commit, resource) = (record["added_commit_hash"].as_str(), &record["resource"]);
    let named = format!("{}:", commit.expect("a commit"));
    assert!(resource.as_str().is_some_and(|it| it.starts_with(&named)));
    assert_eq!(record["added_by"], "Ada");
    assert_eq!(record["added_date"], "2026-03-01T01:00:00+01:00");
    let shown = scan(&sandbox, ".").out;
    assert!(shown.contains("added by "), "{shown}");
    assert!(shown.contains("(2026-03-01, Ada); removed by "), "{shown}");
}

#[test]
fn what_no_commit_has_is_found_beside_it() {
    let sandbox = repository(&[("main.tf", &secret("db_password", PASSWORD))]);
    sandbox.write("new.tf", secret("api_token", TOKEN).as_bytes());
    assert_eq!(
        found(&scan(&sandbox, ". -o json")),
        [
            owned("/main.tf", 1, true, false),
            owned("/new.tf", 1, false, false)
        ]
    );
}

#[test]
fn a_secret_that_moves_has_a_new_place() {
    let sandbox = repository(&[("old.tf", &secret("db_password", PASSWORD))]);
    git(&sandbox, ".", 2, &["mv", "old.tf", "new.tf"]);
    commit(&sandbox, 2);
    assert_eq!(
        found(&scan(&sandbox, ". -o json")),
        [
            owned("/new.tf", 1, true, false),
            owned("/old.tf", 1, true, true)
        ]
    );
}

#[test]
fn branches_and_merges() {
    let sandbox = repository(&[("main.tf", "a = 1\n")]);
    git(&sandbox, ".", 2, &["checkout", "-q", "-b", "side"]);
    sandbox.write("side.tf", secret("db_password", PASSWORD).as_bytes());
    commit(&sandbox, 2);
    git(&sandbox, ".", 3, &["checkout", "-q", "main"]);
    sandbox.write("main.tf", secret("api_token", TOKEN).as_bytes());
    commit(&sandbox, 3);
    let both = [
        owned("/main.tf", 1, true, false),
        owned("/side.tf", 1, true, false),
    ];
    assert_eq!(found(&scan(&sandbox, ". -o json")), both);
    git(
        &sandbox,
        ".",
        4,
        &["merge", "-q", "--no-ff", "-m", "both", "side"],
    );
    assert_eq!(found(&scan(&sandbox, ". -o json")), both);
}

#[test]
fn a_folder_of_a_repository() {
    let sandbox = repository(&[
        ("a/main.tf", &secret("db_password", PASSWORD)),
        ("b/main.tf", &secret("api_token", TOKEN)),
    ]);
    assert_eq!(
        found(&scan(&sandbox, "a -o json")),
        [owned("/main.tf", 1, true, false)]
    );
}

#[test]
fn links_and_submodules_are_passed_over() {
    let sandbox = repository(&[
        ("main.tf", "a = 1\n"),
        ("module/main.tf", &secret("db_password", PASSWORD)),
    ]);
    git(&sandbox, "module", 1, &["init", "-q", "-b", "main"]);
    git(&sandbox, "module", 1, &["add", "-A"]);
    git(&sandbox, "module", 1, &["commit", "-q", "-m", "a module"]);
    git(&sandbox, ".", 2, &["rm", "-q", "-r", "--cached", "module"]);
    git(
        &sandbox,
        ".",
        2,
        &["submodule", "--quiet", "add", "./module", "sub"],
    );
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/hostname", sandbox.path().join("link")).expect("a link");
    commit(&sandbox, 2);
    let run = scan(&sandbox, ". -o json --skip-path sub/ --skip-path module/");
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
}

#[test]
fn without_a_repository_it_says_so() {
    let sandbox = Sandbox::new(&[("main.tf", "a = 1\n")]);
    let run = scan(&sandbox, ".");
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("is not in a git repository"),
        "{}",
        run.err
    );
    let run = scan(&sandbox, "main.tf");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("`main.tf` is a file"), "{}", run.err);
}

#[test]
fn what_was_not_searched_is_said() {
    let sandbox = repository(&[("main.tf", "a = 1\n")]);
    sandbox.write("main.tf", b"a = 2\n");
    commit(&sandbox, 2);
    let run = scan(&sandbox, ". --secrets-history-timeout 0s");
    assert!(
        run.out.contains("the search of the history was stopped"),
        "{}",
        run.out
    );
    let from = format!("file://{}", sandbox.path().display());
    git(
        &sandbox,
        ".",
        3,
        &["clone", "-q", "--depth", "1", &from, "shallow"],
    );
    let run = scan(&sandbox, "shallow");
    assert!(
        run.out
            .contains("this is a shallow clone: only its last 1 commits"),
        "{}",
        run.out
    );
    let run = scan(&sandbox, ". --secrets-history-timeout soon");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("write it as `90s`"), "{}", run.err);
}

#[test]
fn a_damaged_repository_is_an_error_or_a_warning() {
    let sandbox = repository(&[("main.tf", &secret("db_password", PASSWORD))]);
    let objects = sandbox.path().join(".git/objects");
    std::fs::remove_dir_all(&objects).expect("objects");
    std::fs::create_dir(&objects).expect("a folder");
    let run = scan(&sandbox, ".");
    assert!(matches!(run.code, 1 | 2), "{}{}", run.out, run.err);
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let sandbox = repository(&[("main.tf", "a = 1\n")]);
    for hour in 2..12 {
        let name = format!("f{hour}.tf");
        sandbox.write(
            &name,
            secret("db_password", &format!("{PASSWORD}{hour}x")).as_bytes(),
        );
        commit(&sandbox, hour);
    }
    let out = |threads: u32| scan(&sandbox, &format!(". -o json --threads {threads}")).out;
    assert_eq!(out(1), out(8));
}
