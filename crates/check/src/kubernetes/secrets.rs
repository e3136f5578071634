//! How containers get their secrets.

use bastide_kubernetes::{Container, Object, truthy};
use bastide_value::{Node, Value};

use super::{WORKLOADS, label, terraform};
use crate::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_K8S_35", "secrets are mounted as files")
        .problem("a secret is put into an environment variable")
        .severity(Low)
        .why(
            "Environment variables are inherited by every child process, printed by crash reports \
             and debug pages, and never renewed while the pod runs. A mounted file is none of that.",
        )
        .references(&[
            cis_kubernetes("5.4.1"),
            owasp_kubernetes("K03:2025"),
            page("https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-files-from-a-pod"),
        ])
        .rules(&[
            kubernetes(WORKLOADS, Test::Containers(no_secret_in_environment))
                .fix("mount the Secret as a volume and give the program the file's path")
                .snippet(MOUNT_YAML)
                .example(include_str!("CKV_K8S_35.yaml")),
            kubernetes_in_terraform(terraform::no_secret_in_environment)
                .fix("mount the Secret as a volume and give the program the file's path")
                .snippet(MOUNT_HCL)
                .example(include_str!("CKV_K8S_35.tf")),
        ]),
];

fn no_secret_in_environment(container: &Container<'_>, object: &Object<'_>) -> Outcome {
    let fail = |node: &Node<'_>, what: String| {
        let text = label(container, object, "env", &what).text;
        Outcome::Fail(vec![Label::new(node.span, text)])
    };
    let is_list = |path: &str| {
        container
            .at(path)
            .is_none_or(|it| it.value.as_list().is_some())
    };
    if container.has("env") && !is_list("env") {
        return Outcome::NotApplicable;
    }
    for variable in container.list("env") {
        let Value::Map(_) = variable.value else {
            return Outcome::NotApplicable;
        };
        if let Some(secret) = variable.at("valueFrom.secretKeyRef") {
            let name = variable
                .get("name")
                .and_then(|name| name.value.as_str())
                .unwrap_or_default();
            return fail(secret, format!("reads a Secret into the variable `{name}`"));
        }
    }
    let sources = container.list("envFrom").iter();
    let secret = sources
        .filter(|source| truthy(source.value))
        .find_map(|source| source.get("secretRef"));
    match secret {
        Some(secret) => fail(secret, "reads a whole Secret into variables".to_owned()),
        None => Outcome::Pass,
    }
}

const MOUNT_YAML: &str = "\
volumes:
  - name: api-key
    secret: {secretName: api-key, defaultMode: 0440}
containers:
  - name: app
    env:
      - {name: API_KEY_FILE, value: /run/secrets/api-key/token}
    volumeMounts:
      - {name: api-key, mountPath: /run/secrets/api-key, readOnly: true}
";

const MOUNT_HCL: &str = "\
volume {
  name = \"api-key\"
  secret { secret_name = \"api-key\" }
}
container {
  volume_mount {
    name       = \"api-key\"
    mount_path = \"/run/secrets/api-key\"
    read_only  = true
  }
}
";
