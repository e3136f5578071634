//! Ingresses of the NGINX controller, whose annotations can hold configuration for NGINX itself.

use bastide_kubernetes::Object;

use crate::prelude::*;

const KIND: &[&str] = &["Ingress"];

const CVE: Reference = page("https://nvd.nist.gov/vuln/detail/CVE-2021-25742");

const SNIPPETS: Reference = page(
    "https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations-risk/",
);

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_K8S_152", "no snippet of an Ingress runs Lua or names Kubernetes' files")
        .problem("a snippet of an Ingress runs Lua or names Kubernetes' files")
        .severity(High)
        .why(
            "A snippet becomes part of the controller's configuration: with Lua, or a path to its \
             token, whoever may write an Ingress reads every secret that the controller can \
             (CVE-2021-25742).",
        )
        .references(&[CVE, SNIPPETS, cwe("CWE-94")])
        .rules(&[kubernetes(KIND, Test::Object(no_lua))
            .fix("remove the snippet, and set `allow-snippet-annotations: false` in the controller's configuration")
            .snippet("data:\n  allow-snippet-annotations: \"false\"\n")
            .example(include_str!("CKV_K8S_152.yaml"))]),
    check("CKV_K8S_153", "no Ingress holds a snippet")
        .problem("an Ingress holds a snippet of configuration")
        .severity(Medium)
        .why(
            "A snippet becomes part of the controller's configuration, which serves all \
             namespaces: whoever may write one Ingress changes what all others do \
             (CVE-2021-25742).",
        )
        .references(&[CVE, SNIPPETS])
        .rules(&[kubernetes(KIND, Test::Object(no_snippet))
            .fix("use the annotation that is there for the purpose, and set `allow-snippet-annotations: false` in the controller's configuration")
            .snippet("data:\n  allow-snippet-annotations: \"false\"\n")
            .example(include_str!("CKV_K8S_153.yaml"))]),
    check("CKV_K8S_154", "no snippet of an Ingress serves files of the controller")
        .problem("a snippet of an Ingress serves files of the controller")
        .severity(High)
        .why(
            "With `alias` a snippet puts any directory of the controller on the web, the one with \
             its token too (CVE-2021-25742).",
        )
        .references(&[CVE, SNIPPETS, cwe("CWE-22")])
        .rules(&[kubernetes(KIND, Test::Object(no_alias))
            .fix("remove the snippet, and set `allow-snippet-annotations: false` in the controller's configuration")
            .snippet("data:\n  allow-snippet-annotations: \"false\"\n")
            .example(include_str!("CKV_K8S_154.yaml"))]),
];

fn no_lua(ingress: &Object<'_>) -> Outcome {
    no_snippet_with(ingress, runs_lua, "runs Lua or names Kubernetes' files")
}

fn no_snippet(ingress: &Object<'_>) -> Outcome {
    no_snippet_with(ingress, |_| true, "is there")
}

fn no_alias(ingress: &Object<'_>) -> Outcome {
    no_snippet_with(ingress, |text| text.contains("alias"), "names an alias")
}

fn no_snippet_with(ingress: &Object<'_>, bad: fn(&str) -> bool, what: &str) -> Outcome {
    let annotations = ingress.root.at("metadata.annotations");
    let annotations = annotations.and_then(|node| node.value.as_map());
    let mut snippets = annotations
        .unwrap_or_default()
        .entries()
        .iter()
        .filter(|entry| entry.key.contains("snippet"));
    match snippets.find(|entry| bad(entry.node.value.as_str().unwrap_or_default())) {
        None => Outcome::Pass,
        Some(entry) => Outcome::fail(
            entry.key_span,
            format!("snippet of {} {what}", ingress.title()),
        ),
    }
}

/// Whether a word of the text starts or ends with `lua`, set off by `_`, or is `kubernetes.io`.
fn runs_lua(text: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let starts = |at: usize| !text[..at].ends_with(word);
    let ends = |at: usize| !text[at..].starts_with(word);
    text.contains("_lua_")
        || text.match_indices("lua_").any(|(at, _)| starts(at))
        || text
            .match_indices("_lua")
            .any(|(at, lua)| ends(at + lua.len()))
        || text
            .match_indices("kubernetes.io")
            .any(|(at, domain)| starts(at) && ends(at + domain.len()))
}

#[cfg(test)]
mod tests {
    use super::runs_lua;

    #[test]
    fn lua_is_a_word_of_a_directive() {
        for text in [
            "lua_code_cache off;",
            "access_by_lua {}",
            "set_by_lua_block $x {}",
        ] {
            assert!(runs_lua(text), "{text}");
        }
        assert!(runs_lua("root /var/run/secrets/kubernetes.io/;"));
        for text in [
            "evaluate on;",
            "xlua_y",
            "kubernetes.ios",
            "return 200 'lua';",
        ] {
            assert!(!runs_lua(text), "{text}");
        }
    }
}
