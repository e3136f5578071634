//! The images that are built: what they decide by themselves, and what a scan says of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

fn images() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../images");
    let entries = std::fs::read_dir(root).expect("the folder is there");
    let mut folders: Vec<_> = entries.flatten().map(|it| it.path()).collect();
    folders.retain(|it| it.join("Dockerfile").is_file());
    folders.sort();
    assert!(folders.len() >= 8);
    folders
}

fn has_tests(image: &Path) -> bool {
    let entries = std::fs::read_dir(image).into_iter().flatten().flatten();
    let mut names = entries.map(|it| it.file_name());
    names.any(|it| it.to_string_lossy().starts_with("test_"))
}

#[test]
fn their_own_tests_pass() {
    if Command::new("python3").arg("--version").output().is_err() {
        eprintln!("skipped: there is no python3");
        return;
    }
    for image in images().iter().filter(|it| has_tests(it)) {
        let run = Command::new("python3")
            .args(["-B", "-m", "unittest"])
            .current_dir(image)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success(), "{}:\n{said}", image.display());
        assert!(said.contains("\nOK"), "{}:\n{said}", image.display());
    }
}

#[test]
fn what_several_of_them_have_is_the_same() {
    let mut known: BTreeMap<&str, (String, PathBuf)> = BTreeMap::new();
    for image in images() {
        for shared in [
            "callers.py",
            "chat.py",
            "conversation.py",
            "test_callers.py",
            "test_conversation.py",
        ] {
            let path = image.join(shared);
            if let Ok(text) = std::fs::read_to_string(&path) {
                let (first, of) = known.entry(shared).or_insert((text.clone(), path.clone()));
                assert_eq!(*first, text, "{} is not {}", path.display(), of.display());
            }
        }
    }
    assert_eq!(known.len(), 5);
}

#[test]
fn their_dependencies_are_exact() {
    for image in images() {
        let Ok(text) = std::fs::read_to_string(image.join("requirements.txt")) else {
            continue;
        };
        for line in text
            .lines()
            .filter(|it| !it.is_empty() && !it.starts_with('#'))
        {
            assert!(line.contains("=="), "{}: {line}", image.display());
        }
    }
}

#[test]
fn a_scan_finds_nothing_in_them() {
    let sandbox = crate::sandbox::Sandbox::new(&[]);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../images");
    let run = sandbox.bastide(&format!(
        "scan {} --framework=dockerfile,secrets",
        root.display()
    ));
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
}
