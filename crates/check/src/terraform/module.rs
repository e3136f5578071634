//! Module calls.

use bastide_terraform::Resource;
use bastide_value::Value;

use crate::outcome::Undecided;
use crate::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_TF_1", "the module is pinned to a commit")
        .problem("the module is not pinned to a commit")
        .severity(Medium)
        .why(
            "A tag or a version of a module can be moved to other code. What `terraform init` \
             fetches tomorrow then runs with the rights of the pipeline, unseen by any review.",
        )
        .references(&[
            owasp_cicd("CICD-SEC-3"),
            cwe("CWE-829"),
            page("https://developer.hashicorp.com/terraform/language/modules/sources#selecting-a-revision"),
        ])
        .rules(&[terraform(&["module"], Test::Resource(pinned_to_commit))
            .fix("take the module from git, with `?ref=` and the full hash of a commit that was reviewed")
            .snippet(
                "source = \"git::https://github.com/terraform-aws-modules/terraform-aws-eks.git\
                 ?ref=bef29c4d9523523e57fe898643fde2895106b339\"\n",
            )
            .example(include_str!("CKV_TF_1.tf"))]),
    check("CKV_TF_2", "the module is pinned to a version")
        .problem("the module is not pinned to a version")
        .severity(Low)
        .why(
            "Whatever is on the default branch, or the newest version, is fetched by the next \
             `terraform init`, and changes the infrastructure though nobody changed the code.",
        )
        .references(&[
            owasp_cicd("CICD-SEC-3"),
            page("https://developer.hashicorp.com/terraform/language/modules/syntax#version"),
        ])
        .rules(&[terraform(&["module"], Test::Resource(pinned_to_version))
            .fix("set `version`, or `?ref=` with a tag in a source from git")
            .snippet("version = \"20.8.4\"\n")
            .example(include_str!("CKV_TF_2.tf"))]),
];

/// A local path cannot be pinned, and need not be. Else the source must hold `?ref=` and at least
/// five hexadecimal digits.
fn pinned_to_commit(module: &Resource<'_>) -> Outcome {
    let Some(node) = module.get("source") else {
        return Outcome::fail(module.header(), "this module call has no `source`");
    };
    let source = match node.value {
        Value::String(source) => source,
        Value::Unknown(unknown) => {
            let label = Label::new(node.span, unknown.cause.to_string());
            return Outcome::Undecided(Undecided {
                label,
                presumed: false,
            });
        }
        _ => return Outcome::NotApplicable,
    };
    if source.starts_with("./") || source.starts_with("../") {
        return Outcome::NotApplicable;
    }
    let commit = source.match_indices("?ref=").any(|(at, marker)| {
        let revision = source[at + marker.len()..].bytes();
        revision
            .take_while(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
            .count()
            >= 5
    });
    Outcome::require(commit, || {
        let text = match source.split_once("?ref=") {
            Some((_, revision)) => {
                format!("`{revision}` is a name that can be moved, not a commit")
            }
            None => "no commit is named".to_owned(),
        };
        Label::new(node.span, text)
    })
}

/// A commit, or from git a tag with a version in it, or from a registry a `version`.
fn pinned_to_version(module: &Resource<'_>) -> Outcome {
    let Outcome::Fail(labels) = pinned_to_commit(module) else {
        return pinned_to_commit(module);
    };
    let source = module.get("source").and_then(|node| node.value.as_str());
    let source = source.unwrap_or_default();
    let of_git = ["git@", "git::", "github.com", "bitbucket.org"];
    let pinned = if of_git.iter().any(|start| source.starts_with(start)) {
        let mut parameters = source.split(['?', '&']).skip(1);
        parameters.any(|parameter| {
            parameter.strip_prefix("ref=").is_some() && has_version(source, parameter)
        })
    } else {
        module.get("version").is_some()
    };
    if pinned {
        Outcome::Pass
    } else {
        Outcome::Fail(labels)
    }
}

/// Whether the rest of a source, from one of its parameters on, has a digit, a dot and a digit.
fn has_version(source: &str, from: &str) -> bool {
    let rest = source.find(from).and_then(|at| source.get(at..));
    let bytes = rest.unwrap_or_default().as_bytes();
    let is_version =
        |three: &[u8]| matches!(three, [a, b'.', c] if a.is_ascii_digit() && c.is_ascii_digit());
    bytes.windows(3).any(is_version)
}
