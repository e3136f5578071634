//! Each line of the checklist has its resources in production, and notices when one is gone.

use crate::sample;
use bastide_platform::{Catalog, Lock, Settings, resolve};
use bastide_render_terraform::{Cloud, PROOFS, render};

#[test]
fn every_line_is_proven_in_production() {
    for cloud in [sample::production(), sample::standard(sample::production())] {
        let files = render(&cloud);
        for proof in PROOFS {
            assert!(
                proof.missing(&files).is_empty(),
                "{}: {:?}",
                proof.line,
                proof.missing(&files)
            );
        }
    }
}

#[test]
fn every_line_is_proven_of_a_platform() {
    for mode in ["auto", "standard"] {
        let text = format!(
            "name: whole\ntarget: eks\nregion: us-west-2\ndomain: example.com\naws: {{account: '111122223333'}}\n\
             cluster: {{mode: {mode}}}\ncomponents: all\n"
        );
        let settings = Settings::parse(&text, Settings::FILE_NAME).unwrap();
        let catalog = Catalog::built_in().unwrap();
        let platform = resolve(&settings, &catalog, &Lock::default()).unwrap();
        let files = render(&Cloud::of(&platform).unwrap());
        for proof in PROOFS {
            let missing = proof.missing(&files);
            assert!(missing.is_empty(), "{mode} {}: {missing:?}", proof.line);
        }
    }
}

#[test]
fn a_resource_that_is_gone_is_missed() {
    let files = render(&sample::production());
    for proof in PROOFS {
        for wanted in proof.resources {
            let kind = format!("\"{}\"", wanted.split_once('.').unwrap().0);
            let mut without = files.clone();
            for bytes in without.values_mut() {
                let text = String::from_utf8_lossy(bytes).replace(&kind, "\"aws_something_else\"");
                *bytes = text.into_bytes();
            }
            assert!(
                proof.missing(&without).contains(wanted),
                "{} {wanted}",
                proof.line
            );
        }
    }
}
