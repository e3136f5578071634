//! The files: their layout, and that they are the same each time.

use crate::sample;
use bastide_render_terraform::{bootstrap, render};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Writes a variant where other tests, and people, can look at it.
pub(crate) fn write(name: &str, files: &bastide_render_terraform::Files) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("cloud")
        .join(name);
    if root.exists() {
        std::fs::remove_dir_all(&root).expect("an old folder goes");
    }
    for (path, bytes) in files {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        std::fs::write(path, bytes).expect("it can be written");
    }
    root
}

#[test]
fn they_are_as_terraform_fmt_leaves_them() {
    let roots: Vec<PathBuf> = sample::all()
        .iter()
        .flat_map(|(name, cloud)| {
            let root = write(name, &render(cloud));
            [root, write(&format!("{name}/bootstrap"), &bootstrap(cloud))]
        })
        .collect();
    if Command::new("terraform").arg("version").output().is_err() {
        eprintln!("SKIPPED: there is no terraform here to compare with");
        return;
    }
    for root in roots {
        let out = Command::new("terraform")
            .args(["fmt", "-check", "-diff", "-recursive"])
            .arg(&root)
            .output()
            .unwrap();
        assert!(
            out.status.success(),
            "{}",
            String::from_utf8_lossy(&out.stdout)
        );
    }
}

#[test]
fn the_same_cloud_gives_the_same_bytes() {
    for (name, cloud) in sample::all() {
        assert_eq!(render(&cloud), render(&cloud), "{name}");
    }
}

#[test]
fn it_reads_well() {
    for (name, cloud) in [
        ("production", sample::production()),
        ("demo", sample::demo()),
    ] {
        let beside = bootstrap(&cloud).into_iter();
        let beside = beside.map(|(path, bytes)| (format!("bootstrap/{path}"), bytes));
        for (path, bytes) in render(&cloud).into_iter().chain(beside) {
            if path.ends_with(".tf") || path.ends_with(".md") {
                let text = String::from_utf8(bytes).expect("it is text");
                insta::assert_snapshot!(format!("{name}-{}", path.replace('/', "-")), text);
            }
        }
    }
}
