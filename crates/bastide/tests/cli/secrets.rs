//! Which files are searched for secrets, and what ends the search.

use crate::sandbox::Sandbox;

const SECRET: &str = "db_password = \"mZ8qLx03vKt7\"\n";

/// The files of a sandbox in which secrets are found.
#[track_caller]
fn found(sandbox: &Sandbox, variables: &[(&str, &str)], words: &str) -> Vec<String> {
    let words = format!("scan . --framework secrets -o json {words}");
    let report = sandbox.bastide_with(variables, &words).json();
    let failed = report["results"]["failed_checks"].as_array();
    let paths = failed.into_iter().flatten();
    let mut paths: Vec<_> = paths
        .filter_map(|record| Some(record["file_path"].as_str()?.to_owned()))
        .collect();
    paths.sort();
    paths
}

fn several() -> Sandbox {
    Sandbox::new(&[
        ("main.tf", SECRET),
        ("deploy.sh", SECRET),
        ("run.log", SECRET),
        ("Dockerfile", "FROM a:1\nENV DB_PASSWORD=mZ8qLx03vKt7\n"),
        ("package-lock.json", "{\"token\": \"mZ8qLx03vKt7\"}\n"),
        ("node_modules/a/main.tf", SECRET),
    ])
}

#[test]
fn by_name() {
    let sandbox = several();
    assert_eq!(found(&sandbox, &[], ""), ["/Dockerfile", "/main.tf"]);
    let all = ["/Dockerfile", "/deploy.sh", "/main.tf", "/run.log"];
    assert_eq!(found(&sandbox, &[], "--enable-secret-scan-all-files"), all);
    let variable = [("CKV_SECRETS_SCAN_ENABLE_ALL", "true")];
    assert_eq!(found(&sandbox, &variable, ""), all);
}

#[test]
fn some_of_all_files_are_left_out() {
    let sandbox = several();
    let blocked = "--enable-secret-scan-all-files --block-list-secret-scan .log,dockerfile";
    assert_eq!(found(&sandbox, &[], blocked), ["/deploy.sh", "/main.tf"]);
    let name = "--enable-secret-scan-all-files --block-list-secret-scan deploy.sh";
    assert_eq!(
        found(&sandbox, &[], name),
        ["/Dockerfile", "/main.tf", "/run.log"]
    );
    // The list means nothing without all files, as in Checkov.
    assert_eq!(
        found(&sandbox, &[], "--block-list-secret-scan .tf"),
        ["/Dockerfile", "/main.tf"]
    );
}

#[test]
fn large_files_are_left_out() {
    let sandbox = Sandbox::new(&[("main.tf", &format!("{SECRET}{}", "# note\n".repeat(20)))]);
    assert_eq!(found(&sandbox, &[], ""), ["/main.tf"]);
    assert_eq!(
        found(&sandbox, &[("CHECKOV_MAX_FILE_SIZE", "100")], ""),
        [""; 0]
    );
    assert_eq!(
        found(&sandbox, &[("CHECKOV_MAX_FILE_SIZE", "0")], ""),
        ["/main.tf"]
    );
}

#[test]
fn how_random_a_value_must_be_can_be_set() {
    let sandbox = Sandbox::new(&[("main.tf", SECRET)]);
    let limit = |bits| found(&sandbox, &[("CHECKOV_ENTROPY_KEYWORD_LIMIT", bits)], "");
    assert_eq!(limit("3.5"), ["/main.tf"]);
    assert_eq!(limit("3.6"), [""; 0]);
}
