#![allow(dead_code, reason = "each test file uses some of it")]

use std::collections::BTreeMap;

use bastide_platform::{Catalog, Lock, Platform, Settings, resolve};
use bastide_render_kubernetes::{Files, render};
use bastide_source::{FileId, Source};
use serde_json::Value;

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

/// The objects in files, by path.
pub(crate) fn parsed(files: &Files) -> BTreeMap<String, Value> {
    let objects = files.iter().filter(|(path, _)| path.contains('/'));
    objects
        .map(|(path, text)| {
            let source = Source::new(FileId(0), path.clone(), text.clone());
            let value =
                bastide_yaml::typed(&source).unwrap_or_else(|it| panic!("{path}: {it:?}\n{text}"));
            (path.clone(), value)
        })
        .collect()
}

/// A lock for everything that a platform names.
pub(crate) fn lock(platform: &Platform) -> Lock {
    let digest = format!("sha256:{}", "0".repeat(64));
    let images = platform.images().into_iter();
    let weights = platform.weights().into_iter();
    Lock {
        images: images.map(|it| (it.to_owned(), digest.clone())).collect(),
        models: weights
            .map(|it| (it.to_owned(), COMMIT.to_owned()))
            .collect(),
    }
}

/// The commit of all models in [`lock`].
pub(crate) const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

/// The register of what is accepted of it; empty if nothing is.
pub(crate) fn accepted(platform: &Platform) -> String {
    let accepted = bastide_render_kubernetes::accepted(platform);
    bastide_platform::register(&platform.settings, &accepted, "2027-03-31").unwrap_or_default()
}

/// Everything there is, on both targets and in both profiles.
pub(crate) fn whole() -> Vec<(String, Platform)> {
    let texts = texts().into_iter();
    texts.map(|(name, text)| (name, platform(&text))).collect()
}

/// The same, with all that can be locked.
pub(crate) fn whole_and_locked() -> Vec<(String, Platform)> {
    let texts = texts().into_iter();
    texts
        .map(|(name, text)| (name, with_lock(&text, &lock(&platform(&text)))))
        .collect()
}

fn texts() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for target in ["target: eks\nregion: us-west-2\n", "target: kubernetes\n"] {
        for profile in ["production", "demo"] {
            let text = format!(
                "name: whole\nprofile: {profile}\n{target}domain: example.com\nregistry: registry.example.com/genai\nstorage: {{shared: shared}}\ncomponents: all\n"
            );
            let name = format!("{profile} on {}", target.lines().next().unwrap_or_default());
            all.push((name, text));
        }
    }
    // A model that is spread over several nodes, and one that others serve.
    let wide = "name: wide\ntarget: eks\nregion: us-west-2\ncomponents: [litellm, prometheus]\nmodels: [vllm/qwen3-coder-480b-fp8, vllm/qwen3-next-80b-thinking-fp8, dynamo-vllm/qwen3-30b-instruct-fp8]\n";
    all.push(("a model over several nodes".to_owned(), wide.to_owned()));
    all
}

/// Everything there is with every model that there is.
pub(crate) fn with_all_models() -> Platform {
    let catalog = Catalog::built_in().unwrap_or_else(|it| panic!("{it}"));
    let models: Vec<_> = catalog
        .models()
        .flat_map(|it| {
            it.engines
                .keys()
                .map(|engine| format!("{engine}/{}", it.model))
        })
        .collect();
    platform(&format!(
        "name: whole\ntarget: eks\nregion: us-west-2\ndomain: example.com\nregistry: registry.example.com/genai\ncomponents: all\nmodels: [{}]\n",
        models.join(", ")
    ))
}
