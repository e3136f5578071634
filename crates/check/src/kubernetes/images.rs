//! Which image a container runs.

use bastide_kubernetes::{Container, Object};

use super::{WORKLOADS, label, terraform};
use crate::prelude::*;

const IMAGES: Reference = page("https://kubernetes.io/docs/concepts/containers/images/");

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_K8S_14", "each image is named by a fixed tag")
        .problem("an image is named by no tag or by `latest`")
        .severity(Medium)
        .why(
            "`latest` is whatever was pushed last: two pods of one Deployment may run different \
             programs, and nobody can tell afterwards which, nor go back.",
        )
        .references(&[nist_800_190("4.2.2"), owasp_kubernetes("K01:2025"), IMAGES])
        .rules(&[
            kubernetes(WORKLOADS, Test::Containers(has_fixed_tag))
                .fix("name the version in the tag, best with the digest behind it")
                .snippet("image: registry.example/model-server:1.4.2\n")
                .example(include_str!("CKV_K8S_14.yaml")),
            kubernetes_in_terraform(terraform::has_fixed_tag)
                .fix("name the version in the tag, best with the digest behind it")
                .snippet("image = \"registry.example/model-server:1.4.2\"\n")
                .example(include_str!("CKV_K8S_14.tf")),
        ]),
    check("CKV_K8S_15", "each image is pulled whenever its container starts")
        .problem("an image is taken from the node if it is there")
        .severity(Low)
        .why(
            "An image on a node is used without asking the registry: a pod gets one that its \
             credentials do not open, or an old build under a tag that was moved.",
        )
        .references(&[IMAGES])
        .rules(&[
            kubernetes(WORKLOADS, Test::Containers(pulls_always))
                .fix("set `imagePullPolicy: Always`, or name the image by its digest")
                .snippet("image: registry.example/model-server:1.4.2\nimagePullPolicy: Always\n")
                .example(include_str!("CKV_K8S_15.yaml")),
            kubernetes_in_terraform(terraform::pulls_always)
                .fix("set `image_pull_policy = \"Always\"`, or name the image by its digest")
                .snippet("image             = \"registry.example/model-server:1.4.2\"\nimage_pull_policy = \"Always\"\n")
                .example(include_str!("CKV_K8S_15.tf")),
        ]),
    check("CKV_K8S_43", "each image is named by its digest")
        .problem("an image is named by a tag alone")
        .severity(Low)
        .why(
            "A tag can be moved by whoever may push to the registry; a digest is the content \
             itself, so that what was reviewed and scanned is what runs.",
        )
        .references(&[nist_800_190("4.2.2"), owasp_cicd("CICD-SEC-9"), IMAGES])
        .rules(&[
            kubernetes(WORKLOADS, Test::Containers(has_digest))
                .fix("append the digest: `image: name:tag@sha256:…`")
                .snippet("image: registry.example/model-server:1.4.2@sha256:0b8f9dfb4a9f4a4f3b8d6a1a3a3b6d0a1f5e7c9d2b4a6c8e0f1a2b3c4d5e6f70\n")
                .example(include_str!("CKV_K8S_43.yaml")),
            kubernetes_in_terraform(terraform::has_digest)
                .fix("append the digest: `image = \"name:tag@sha256:…\"`")
                .snippet("image = \"registry.example/model-server:1.4.2@sha256:0b8f9dfb4a9f4a4f3b8d6a1a3a3b6d0a1f5e7c9d2b4a6c8e0f1a2b3c4d5e6f70\"\n")
                .example(include_str!("CKV_K8S_43.tf")),
        ]),
];

/// What a container says of its image.
enum Image<'a> {
    /// Nothing.
    Unstated,
    /// Something that is no text, or a blank one.
    Unreadable,
    /// This.
    Named(&'a str),
}

impl<'a> Image<'a> {
    fn of(container: &Container<'a>) -> Self {
        match container.at("image").map(|image| image.value) {
            None => Self::Unstated,
            Some(value) if value.is_falsy() => Self::Unstated,
            Some(value) => match value.as_str() {
                Some(name) if !name.trim().is_empty() => Self::Named(name),
                _ => Self::Unreadable,
            },
        }
    }
}

fn has_fixed_tag(container: &Container<'_>, object: &Object<'_>) -> Outcome {
    let (fixed, what) = match Image::of(container) {
        Image::Unreadable => return Outcome::NotApplicable,
        Image::Unstated => (false, "names no image"),
        Image::Named(name) if name.contains('@') => (true, ""),
        Image::Named(name) => (!floats(name), "names its image by no fixed tag"),
    };
    Outcome::require(fixed, || label(container, object, "image", what))
}

fn pulls_always(container: &Container<'_>, object: &Object<'_>) -> Outcome {
    let name = match Image::of(container) {
        Image::Unreadable => return Outcome::NotApplicable,
        Image::Unstated => {
            return Outcome::Fail(vec![label(container, object, "image", "names no image")]);
        }
        Image::Named(name) => name,
    };
    let (name, digest) = match name.split_once('@') {
        Some((name, _)) => (name, true),
        None => (name, false),
    };
    let policy = container.at("imagePullPolicy").map(|node| node.value);
    let always = match policy {
        Some(policy) => policy.as_str() == Some("Always"),
        None if name.split_whitespace().count() != 1 => return Outcome::NotApplicable,
        None => floats(name),
    };
    Outcome::require(always || digest, || {
        let what = match policy {
            Some(_) => "does not pull its image always",
            None => "leaves imagePullPolicy unset",
        };
        label(container, object, "imagePullPolicy", what)
    })
}

fn has_digest(container: &Container<'_>, object: &Object<'_>) -> Outcome {
    let image = container.at("image").and_then(|image| image.value.as_str());
    Outcome::require(image.is_some_and(|image| image.contains('@')), || {
        label(container, object, "image", "names its image by no digest")
    })
}

/// Whether an image is named by no tag, or by `latest`.
fn floats(image: &str) -> bool {
    matches!(tag(image), "" | "latest")
}

/// The tag of an image; empty if it has none. The port of a registry is none.
fn tag(image: &str) -> &str {
    let image = image.split_whitespace().next().unwrap_or_default();
    let path = match image.split_once('/') {
        Some((registry, path)) if !registry.is_empty() && !path.is_empty() => path,
        _ => image,
    };
    path.split_once(':').map_or("", |(_, tag)| tag)
}

#[cfg(test)]
mod tests {
    use super::tag;

    #[test]
    fn a_port_is_no_tag() {
        for (image, expected) in [
            ("nginx", ""),
            ("nginx:1.29", "1.29"),
            ("library/nginx:1.29", "1.29"),
            ("registry.example:5000/team/nginx", ""),
            ("registry.example:5000/team/nginx:1.29", "1.29"),
            ("", ""),
        ] {
            assert_eq!(tag(image), expected, "{image}");
        }
    }
}
