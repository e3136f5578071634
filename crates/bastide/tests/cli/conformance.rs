//! Checkov's verdicts on the conformance corpus.

use std::process::Command;

/// The least agreement, in percent of verdicts, by framework. Differences that are meant are in
/// docs/deviations.md.
const AGREEMENT: [(&str, &str); 4] = [
    ("terraform", "100"),
    ("kubernetes", "100"),
    ("dockerfile", "100"),
    ("secrets", "100"),
];

#[test]
fn verdicts_are_those_of_checkov() {
    let Some(compare) = bastide_conformance::compare() else {
        return;
    };
    let ids: Vec<_> = bastide_check::all()
        .map(|check| check.id.as_str())
        .collect();
    let program = assert_cmd::cargo::cargo_bin!("bastide").display();
    for (framework, least) in AGREEMENT {
        let compared = Command::new("python3")
            .arg(&compare)
            .args([
                "--tool",
                &format!("{program} scan -o json -d {{dir}} --framework {framework}"),
            ])
            .args([
                "--framework",
                framework,
                "--checks",
                &ids.join(","),
                "--fail-under",
                least,
            ])
            .output()
            .expect("python3 runs");
        let report = String::from_utf8_lossy(&compared.stdout);
        assert!(compared.status.success(), "{report}");
        assert!(report.contains(framework), "nothing was compared: {report}");
    }
}
