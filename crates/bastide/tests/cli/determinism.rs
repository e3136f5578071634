//! The same input gives the same bytes, whatever the number of threads.

use std::path::Path;

use crate::sandbox::Sandbox;

const FORMATS: [&str; 7] = [
    "cli", "json", "sarif", "junitxml", "github", "markdown", "csv",
];

#[track_caller]
fn one_and_sixteen_threads_agree(tree: &Path) {
    let sandbox = Sandbox::new(&[]);
    for format in FORMATS {
        let [one, sixteen] = [1, 16].map(|threads| {
            let tree = tree.display();
            let run = sandbox.bastide(&format!("scan {tree} -o {format} --threads {threads}"));
            without_time(&run.out)
        });
        assert!(!one.is_empty(), "{format}");
        assert_eq!(one, sixteen, "{format} of {}", tree.display());
    }
}

/// A report without how long the scan took.
fn without_time(report: &str) -> String {
    let lines = report
        .lines()
        .map(|line| match line.split_once(" checks in ") {
            Some((scope, _)) => scope,
            None => line,
        });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn on_the_example() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    one_and_sixteen_threads_agree(&root.join("examples/genai-stack"));
}

#[test]
fn on_a_real_repository() {
    if let Some(cases) = bastide_conformance::cases() {
        one_and_sixteen_threads_agree(&cases.join("real/kit"));
    }
}
