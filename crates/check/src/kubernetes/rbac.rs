//! Roles, and who is bound to them.

use bastide_kubernetes::{Binding, Cluster, Object};
use bastide_value::Node;

use super::terraform;
use crate::check::Rule;
use crate::prelude::*;

const ROLES: &[&str] = &["Role", "ClusterRole"];

const BINDINGS: &[&str] = &["RoleBinding", "ClusterRoleBinding"];

const GOOD_PRACTICE: Reference =
    page("https://kubernetes.io/docs/concepts/security/rbac-good-practices/");

pub(crate) const CHECKS: &[Check] = &[
    check("CKV2_K8S_1", "no service account or node may bind roles")
        .problem("a service account or node may bind roles")
        .severity(High)
        .why(
            "Who may `bind` gives himself any role, up to `cluster-admin`: a program that is taken \
             over takes the cluster.",
        )
        .references(&[nsa_cisa("role-based access control"), cis_kubernetes("5.1.8"), owasp_kubernetes("K02:2025"), GOOD_PRACTICE])
        .rules(&[grants(Grant {
            group: "rbac.authorization.k8s.io",
            resources: &["clusterrolebindings", "rolebindings"],
            verbs: &["bind"],
            even_by_name: true,
        })
        .fix("take `bind` out of the role, or bind the role to people alone")
        .snippet(NARROW_ROLE)
        .example(include_str!("CKV2_K8S_1.yaml"))]),
    check("CKV2_K8S_2", "no service account or node may run commands in pods")
        .problem("a service account or node may run commands in pods")
        .severity(High)
        .why(
            "Who may create `pods/exec` or `nodes/proxy` runs commands in any container there, \
             with its credentials, and no audit rule for pods sees it through the proxy.",
        )
        .references(&[nsa_cisa("role-based access control"), cis_kubernetes("5.1.10"), owasp_kubernetes("K02:2025"), GOOD_PRACTICE])
        .rules(&[grants(Grant {
            group: "",
            resources: &["pods/exec", "nodes/proxy"],
            verbs: &["create"],
            even_by_name: true,
        })
        .fix("take `create` on `pods/exec` and `nodes/proxy` out of the role")
        .snippet(NARROW_ROLE)
        .example(include_str!("CKV2_K8S_2.yaml"))]),
    check("CKV2_K8S_3", "no service account or node may impersonate others")
        .problem("a service account or node may impersonate others")
        .severity(High)
        .why(
            "Who may impersonate users or groups acts as anyone, `system:masters` included, and \
             the audit log names the other.",
        )
        .references(&[nsa_cisa("role-based access control"), cis_kubernetes("5.1.8"), owasp_kubernetes("K02:2025"), GOOD_PRACTICE])
        .rules(&[grants(Grant {
            group: "",
            resources: &["groups", "users", "serviceaccounts"],
            verbs: &["impersonate"],
            even_by_name: true,
        })
        .fix("take `impersonate` out of the role")
        .snippet(NARROW_ROLE)
        .example(include_str!("CKV2_K8S_3.yaml"))]),
    check("CKV2_K8S_4", "no service account or node may set the addresses of services")
        .problem("a service account or node may set the addresses of services")
        .severity(Medium)
        .why(
            "Who may change `services/status` can give a service the address of some other host, \
             and so draw traffic for that host to himself (CVE-2020-8554).",
        )
        .references(&[
            owasp_kubernetes("K02:2025"),
            page("https://nvd.nist.gov/vuln/detail/CVE-2020-8554"),
        ])
        .rules(&[grants(Grant {
            group: "",
            resources: &["services/status"],
            verbs: &["update", "patch"],
            even_by_name: true,
        })
        .fix("take `update` and `patch` on `services/status` out of the role")
        .snippet(NARROW_ROLE)
        .example(include_str!("CKV2_K8S_4.yaml"))]),
    check("CKV2_K8S_5", "no service account or node may read all secrets")
        .problem("a service account or node may read all secrets")
        .severity(High)
        .why(
            "Secrets hold the credentials of all other programs. Who reads them all is all of \
             them, and of the systems outside that they open.",
        )
        .references(&[
            nsa_cisa("role-based access control"), cis_kubernetes("5.1.2"),
            owasp_kubernetes("K03:2025"),
            GOOD_PRACTICE,
        ])
        .rules(&[grants(Grant {
            group: "",
            resources: &["secrets"],
            verbs: &["get", "watch", "list"],
            even_by_name: false,
        })
        .fix("name the secrets that are needed in `resourceNames`, with the verb `get` alone")
        .snippet("rules:\n  - apiGroups: [\"\"]\n    resources: [secrets]\n    resourceNames: [database-password]\n    verbs: [get]\n")
        .example(include_str!("CKV2_K8S_5.yaml"))]),
    check("CKV_K8S_49", "roles name what they allow")
        .problem("a role allows whatever there is")
        .severity(Medium)
        .why(
            "A `*` also allows what is added to the cluster tomorrow, and nobody can tell from \
             the role what its holder really needs.",
        )
        .references(&[nsa_cisa("role-based access control"), cis_kubernetes("5.1.3"), owasp_kubernetes("K02:2025"), GOOD_PRACTICE])
        .rules(&[
            kubernetes(ROLES, Test::Object(no_wildcard))
                .fix("list the API groups, resources and verbs that are needed")
                .snippet(NARROW_ROLE)
                .example(include_str!("CKV_K8S_49.yaml")),
            terraform(terraform::ROLES, Test::Resource(terraform::no_wildcard))
                .fix("list the API groups, resources and verbs that are needed")
                .snippet("rule {\n  api_groups = [\"\"]\n  resources  = [\"configmaps\"]\n  verbs      = [\"get\", \"list\", \"watch\"]\n}\n")
                .example(include_str!("CKV_K8S_49.tf")),
        ]),
    check("CKV_K8S_155", "no role may change admission webhooks")
        .problem("a role may change admission webhooks")
        .severity(High)
        .why(
            "An admission webhook sees every object on its way in, secrets too, and can change \
             it: who registers one reads and rewrites the whole cluster.",
        )
        .references(&[cis_kubernetes("5.1.12"), owasp_kubernetes("K02:2025"), GOOD_PRACTICE])
        .rules(&[kubernetes(&["ClusterRole"], Test::Object(keeps_webhooks))
            .fix("take `create`, `update` and `patch` on webhook configurations out of the role")
            .snippet(NARROW_ROLE)
            .example(include_str!("CKV_K8S_155.yaml"))]),
    check("CKV_K8S_156", "no role may approve certificates")
        .problem("a role may approve certificates")
        .severity(High)
        .why(
            "Who approves certificate requests gets himself a certificate for any user or node, \
             valid until it runs out since Kubernetes cannot revoke one.",
        )
        .references(&[cis_kubernetes("5.1.11"), owasp_kubernetes("K02:2025"), GOOD_PRACTICE])
        .rules(&[kubernetes(&["ClusterRole"], Test::Object(approves_nothing))
            .fix("take `approve` on `signers`, or `update` on `certificatesigningrequests/approval`, out of the role")
            .snippet(NARROW_ROLE)
            .example(include_str!("CKV_K8S_156.yaml"))]),
    check("CKV_K8S_157", "no role may bind roles")
        .problem("a role may bind roles")
        .severity(High)
        .why("Who may `bind` gives himself any role of the cluster, `cluster-admin` included.")
        .references(&[cis_kubernetes("5.1.8"), owasp_kubernetes("K02:2025"), GOOD_PRACTICE])
        .rules(&[kubernetes(ROLES, Test::Object(binds_nothing))
            .fix("take `bind` out of the role")
            .snippet(NARROW_ROLE)
            .example(include_str!("CKV_K8S_157.yaml"))]),
    check("CKV_K8S_158", "no role may widen roles")
        .problem("a role may widen roles")
        .severity(High)
        .why("Who may `escalate` writes into a role what he does not hold himself.")
        .references(&[cis_kubernetes("5.1.8"), owasp_kubernetes("K02:2025"), GOOD_PRACTICE])
        .rules(&[kubernetes(ROLES, Test::Object(escalates_nothing))
            .fix("take `escalate` out of the role")
            .snippet(NARROW_ROLE)
            .example(include_str!("CKV_K8S_158.yaml"))]),
];

/// Something that a rule of a role may allow: one of the verbs on one of the resources.
#[derive(Clone, Copy, Debug)]
pub struct Grant {
    /// The API group of the resources.
    group: &'static str,
    /// The resources.
    resources: &'static [&'static str],
    /// The verbs.
    verbs: &'static [&'static str],
    /// Whether it is as bad where the rule lists the names of single objects.
    even_by_name: bool,
}

const fn grants(grant: Grant) -> Rule {
    kubernetes(BINDINGS, Test::Grants(grant))
}

impl Grant {
    /// Passes if a subject is of some other kind, as in Checkov.
    pub(crate) fn test(&self, binding: &Binding, cluster: &Cluster<'_>) -> Outcome {
        let object = &cluster.objects[binding.object];
        let subjects = items(object.root.get("subjects"));
        let is_program = |subject: &Node<'_>| {
            let kind = subject.get("kind").and_then(|kind| kind.value.as_str());
            matches!(kind, Some("Node" | "ServiceAccount"))
        };
        if subjects.is_empty() || !subjects.iter().all(is_program) {
            return Outcome::Pass;
        }
        let roles = binding.roles.iter().map(|&role| &cluster.objects[role]);
        let mut dangerous = roles.filter(|role| match rules(role) {
            // Checkov does not ask for which API group the only rule of a role is.
            [rule] => self.names_objects(rule),
            rules => rules.iter().any(|rule| self.is_in(rule)),
        });
        match dangerous.next() {
            None => Outcome::Pass,
            Some(role) => Outcome::fail(
                object.written("roleRef.name"),
                format!("{} lets its subjects {}", role.title(), self.title()),
            ),
        }
    }

    fn is_in(&self, rule: &Node<'_>) -> bool {
        lists(rule, "apiGroups", |group| group == self.group) && self.names_objects(rule)
    }

    /// Whether a rule allows it, in whichever API group.
    fn names_objects(&self, rule: &Node<'_>) -> bool {
        // `*/approval` is that subresource of whatever has one.
        let is_resource = |text: &str| {
            self.resources.iter().any(|resource| {
                let subresource = resource.split_once('/').map(|(_, subresource)| subresource);
                text == *resource
                    || subresource.is_some_and(|it| text.strip_prefix("*/") == Some(it))
            })
        };
        lists(rule, "resources", is_resource)
            && lists(rule, "verbs", |verb| self.verbs.contains(&verb))
            && (self.even_by_name || rule.get("resourceNames").is_none())
    }

    fn title(&self) -> String {
        format!(
            "{} {}",
            self.verbs.join(" or "),
            self.resources.join(" or ")
        )
    }
}

/// Looks at the first rule alone, as Checkov does.
fn no_wildcard(role: &Object<'_>) -> Outcome {
    let rule = rules(role).first();
    let keys = ["apiGroups", "resources", "verbs"].iter();
    let mut wild = keys.filter_map(|key| {
        let list = rule?.get(key)?;
        let items = items(Some(list)).iter();
        let mut wild =
            items.filter(|item| item.value.as_str().is_some_and(|text| text.contains('*')));
        let text = format!("{} allows any `{key}`", role.title());
        wild.next().map(|item| Label::new(item.span, text))
    });
    match wild.next() {
        Some(label) => Outcome::Fail(vec![label]),
        None => Outcome::Pass,
    }
}

fn keeps_webhooks(role: &Object<'_>) -> Outcome {
    grants_none(
        role,
        &[Grant {
            group: "admissionregistration.k8s.io",
            resources: &[
                "mutatingwebhookconfigurations",
                "validatingwebhookconfigurations",
            ],
            verbs: &["create", "update", "patch"],
            even_by_name: true,
        }],
    )
}

fn approves_nothing(role: &Object<'_>) -> Outcome {
    grants_none(
        role,
        &[
            Grant {
                group: "certificates.k8s.io",
                resources: &["certificatesigningrequests/approval"],
                verbs: &["update", "patch"],
                even_by_name: true,
            },
            Grant {
                group: "certificates.k8s.io",
                resources: &["signers"],
                verbs: &["approve"],
                even_by_name: true,
            },
        ],
    )
}

fn binds_nothing(role: &Object<'_>) -> Outcome {
    grants_none(
        role,
        &[Grant {
            group: "rbac.authorization.k8s.io",
            resources: &["rolebindings", "clusterrolebindings"],
            verbs: &["bind"],
            even_by_name: true,
        }],
    )
}

fn escalates_nothing(role: &Object<'_>) -> Outcome {
    grants_none(
        role,
        &[Grant {
            group: "rbac.authorization.k8s.io",
            resources: &["roles", "clusterroles"],
            verbs: &["escalate"],
            even_by_name: true,
        }],
    )
}

/// Fails for a role that allows all of the operations, each by whichever rule.
fn grants_none(role: &Object<'_>, operations: &[Grant]) -> Outcome {
    let mut labels = Vec::new();
    for operation in operations {
        let Some(rule) = rules(role).iter().find(|rule| operation.is_in(rule)) else {
            return Outcome::Pass;
        };
        let text = format!("{} may {}", role.title(), operation.title());
        labels.push(Label::new(rule.get("verbs").unwrap_or(rule).span, text));
    }
    Outcome::Fail(labels)
}

/// Whether a list of a rule holds such a text, or `*`.
fn lists(rule: &Node<'_>, key: &str, such: impl Fn(&str) -> bool) -> bool {
    texts(rule.get(key)).any(|text| text == "*" || such(text))
}

fn rules<'a>(role: &Object<'a>) -> &'a [Node<'a>] {
    items(role.root.get("rules"))
}

fn items<'a>(list: Option<&'a Node<'a>>) -> &'a [Node<'a>] {
    list.and_then(|list| list.value.as_list())
        .unwrap_or_default()
}

fn texts<'a>(list: Option<&'a Node<'a>>) -> impl Iterator<Item = &'a str> {
    items(list).iter().filter_map(|item| item.value.as_str())
}

const NARROW_ROLE: &str = "\
rules:
  - apiGroups: [\"\"]
    resources: [configmaps]
    verbs: [get, list, watch]
";
