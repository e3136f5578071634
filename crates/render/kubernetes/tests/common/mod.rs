#![allow(dead_code, reason = "each test file uses some of it")]

use bastide_platform::{Catalog, Lock, Platform, Settings, resolve};
use bastide_render_kubernetes::{Files, render};

/// A platform from the text of `bastide.yaml`.
pub(crate) fn platform(text: &str) -> Platform {
    with_lock(text, &Lock::default())
}

/// The same, with what is known of images.
pub(crate) fn with_lock(text: &str, lock: &Lock) -> Platform {
    let settings = Settings::parse(text, "bastide.yaml").unwrap_or_else(|it| panic!("{it}"));
    let catalog = Catalog::built_in().unwrap_or_else(|it| panic!("{it}"));
    resolve(&settings, &catalog, lock).unwrap_or_else(|it| {
        let files = it.in_files(text, "bastide.yaml");
        let all: Vec<_> = files.iter().map(ToString::to_string).collect();
        panic!("{}", all.join("\n"))
    })
}

pub(crate) fn rendered(platform: &Platform) -> Files {
    render(platform)
}

/// Everything there is, on both targets and in both profiles.
pub(crate) fn whole() -> Vec<(String, Platform)> {
    let mut all = Vec::new();
    for target in ["target: eks\nregion: us-west-2\n", "target: kubernetes\n"] {
        for profile in ["production", "demo"] {
            let text = format!(
                "name: whole\nprofile: {profile}\n{target}domain: example.com\nregistry: registry.example.com/genai\ncomponents: all\n"
            );
            let name = format!("{profile} on {}", target.lines().next().unwrap_or_default());
            all.push((name, platform(&text)));
        }
    }
    all
}
