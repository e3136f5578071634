//! Input that is broken, or meant to do harm: one clear diagnostic that names the file, and the
//! rest is scanned.

use std::fs::File;
use std::path::Path;

use crate::sandbox::{REGISTRY, Run, Sandbox};

/// Scans a file beside one that is in order, and expects the finding of the latter.
#[track_caller]
fn beside_a_good_one(name: &str, bytes: &[u8]) -> Run {
    let sandbox = Sandbox::new(&[("good.tf", REGISTRY)]);
    sandbox.write(name, bytes);
    scan(&sandbox)
}

#[track_caller]
fn scan(sandbox: &Sandbox) -> Run {
    let run = sandbox.bastide("scan .");
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(run.out.contains("error[CKV_AWS_51]"), "{}", run.out);
    run
}

/// Expects one diagnostic about a file, at a place that is as exact as can be.
#[track_caller]
fn says(run: &Run, message: &str, place: &str) {
    assert_eq!(run.out.matches(message).count(), 1, "{}", run.out);
    assert_eq!(
        run.out.matches(&format!("--> {place}")).count(),
        1,
        "{}",
        run.out
    );
    assert!(run.out.contains("1 unreadable"), "{}", run.out);
}

/// The files that Checkov's report calls parsing errors.
fn parsing_errors(sandbox: &Sandbox) -> Vec<String> {
    let report = sandbox
        .bastide("scan . -o json --framework terraform")
        .json();
    let errors = report["results"]["parsing_errors"].as_array();
    let names = errors.into_iter().flatten().map(|path| {
        let path = Path::new(path.as_str().expect("a path"));
        path.file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned()
    });
    names.collect()
}

#[test]
fn broken_terraform() {
    let sandbox = Sandbox::new(&[
        ("good.tf", REGISTRY),
        ("bad.tf", "resource \"a\" \"b\" {\n  c =\n}\n"),
    ]);
    says(&scan(&sandbox), "expected an expression", "bad.tf:2:6");
    assert_eq!(parsing_errors(&sandbox), ["bad.tf"]);
}

#[test]
fn invalid_yaml() {
    let yaml = b"apiVersion: v1\nkind: Pod\nmetadata: {name: [a}\n";
    let run = beside_a_good_one("bad.yaml", yaml);
    says(&run, "expected `,` or `]`, found `}`", "bad.yaml:3:20");
}

#[test]
fn invalid_utf_8() {
    let run = beside_a_good_one("bad.tf", b"a = \"\xff\"\n");
    says(&run, "the file is not UTF-8: line 1, byte 6", "bad.tf");
}

#[test]
fn a_file_of_100_megabytes() {
    let sandbox = Sandbox::new(&[("good.tf", REGISTRY)]);
    // A hole: it has the size, but takes no room.
    let file = File::create(sandbox.path().join("huge.tf")).expect("it can be made");
    file.set_len(100_000_000).expect("it can be made long");
    says(&scan(&sandbox), "larger than 50 MB", "huge.tf");
    assert_eq!(parsing_errors(&sandbox), ["huge.tf"]);
}

#[test]
fn aliases_that_multiply() {
    let mut bomb = "apiVersion: v1\nkind: Pod\nmetadata: {name: bomb}\na0: &a0 [x]\n".to_owned();
    for level in 1..40 {
        let below = format!("*a{}", level - 1);
        bomb += &format!("a{level}: &a{level} [{}]\n", vec![below; 9].join(", "));
    }
    bomb += "spec: *a39\n";
    // It is a valid file of a few kilobytes. What would take the age of the universe is to write
    // it out, so that is not done.
    let run = beside_a_good_one("bomb.yaml", bomb.as_bytes());
    assert!(run.out.contains("0 unreadable"), "{}", run.out);
}

#[test]
fn nesting_10_000_deep() {
    let brackets = "[".repeat(10_000) + &"]".repeat(10_000);
    let yaml = format!("apiVersion: v1\nkind: Pod\nspec: {brackets}\n");
    let run = beside_a_good_one("deep.yaml", yaml.as_bytes());
    says(&run, "nested more than", "deep.yaml:3:262");
    let hcl = format!("locals {{\n  a = {brackets}\n}}\n");
    let run = beside_a_good_one("deep.tf", hcl.as_bytes());
    says(&run, "nested more than", "deep.tf:2:133");
    let json = format!("{{\"apiVersion\": \"v1\", \"kind\": {brackets}}}");
    let run = beside_a_good_one("deep.json", json.as_bytes());
    says(&run, "nested more than", "deep.json:1:285");
}

#[test]
fn modules_that_call_themselves() {
    let sandbox = Sandbox::new(&[
        ("good.tf", REGISTRY),
        (
            "loop/main.tf",
            "module \"self\" {\n  source = \"../loop\"\n}\n",
        ),
    ]);
    let run = scan(&sandbox);
    assert!(run.out.contains("the module calls itself"), "{}", run.out);
    assert!(run.out.contains("loop/main.tf:1:1"), "{}", run.out);
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn a_loop() {
        let sandbox = Sandbox::new(&[("good.tf", REGISTRY), ("sub/also.tf", REGISTRY)]);
        symlink("..", sandbox.path().join("sub/up")).expect("a link can be made");
        let run = scan(&sandbox);
        assert_eq!(
            run.out.matches("error[CKV_AWS_51]").count(),
            2,
            "{}",
            run.out
        );
    }

    #[test]
    fn out_of_the_tree() {
        let outside = Sandbox::new(&[("secret.tf", REGISTRY)]);
        let sandbox = Sandbox::new(&[("good.tf", REGISTRY)]);
        let target = outside.path().join("secret.tf");
        symlink(target, sandbox.path().join("link.tf")).expect("a link can be made");
        says(&scan(&sandbox), "the link leads out of the tree", "link.tf");
        assert_eq!(parsing_errors(&sandbox), ["link.tf"]);
    }

    #[test]
    fn to_nowhere() {
        let sandbox = Sandbox::new(&[("good.tf", REGISTRY)]);
        symlink("nowhere", sandbox.path().join("link.tf")).expect("a link can be made");
        says(&scan(&sandbox), "the link leads nowhere", "link.tf");
    }

    #[test]
    fn an_unreadable_file() {
        let sandbox = Sandbox::new(&[("good.tf", REGISTRY), ("locked.tf", REGISTRY)]);
        let locked = sandbox.path().join("locked.tf");
        let none = std::fs::Permissions::from_mode(0o000);
        std::fs::set_permissions(&locked, none).expect("it is ours");
        if std::fs::read(&locked).is_ok() {
            eprintln!("skipped: the superuser may read every file");
            return;
        }
        says(&scan(&sandbox), "cannot be read", "locked.tf");
        assert_eq!(parsing_errors(&sandbox), ["locked.tf"]);
    }

    #[test]
    fn a_pipe() {
        let sandbox = Sandbox::new(&[("good.tf", REGISTRY)]);
        let made = std::process::Command::new("mkfifo")
            .arg(sandbox.path().join("pipe.tf"))
            .status();
        if !made.is_ok_and(|status| status.success()) {
            eprintln!("skipped: no `mkfifo` here");
            return;
        }
        // Opening it would wait for ever.
        says(&scan(&sandbox), "this is a pipe", "pipe.tf");
    }
}
