//! Programs that are known to open a cluster.

use bastide_kubernetes::{Container, Object, truthy};
use bastide_value::Value;

use super::{WORKLOADS, label, terraform};
use crate::prelude::*;

const TILLER: Reference = page("https://helm.sh/docs/faq/changes_since_helm2/");

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_K8S_33", "the Kubernetes dashboard is not run")
        .problem("the Kubernetes dashboard is run")
        .severity(Medium)
        .why(
            "The dashboard shows and changes the cluster through the web with its own account; \
             left open, it has handed over whole clusters.",
        )
        .references(&[
            owasp_kubernetes("K06:2025"),
            page("https://kubernetes.io/docs/tasks/access-application-cluster/web-ui-dashboard/"),
        ])
        .rules(&[kubernetes(WORKLOADS, Test::Containers(is_no_dashboard))
            .fix("remove the dashboard, and look at the cluster with a program on your own machine")
            .snippet("# kubectl --namespace kubernetes-dashboard delete deployment kubernetes-dashboard\n")
            .example(include_str!("CKV_K8S_33.yaml"))]),
    check("CKV_K8S_34", "Tiller is not run")
        .problem("Tiller is run")
        .severity(High)
        .why(
            "Tiller, the server of Helm 2, asks nobody who he is and is mostly `cluster-admin`: \
             every pod that reaches it owns the cluster. It has had no fixes since 2020.",
        )
        .references(&[owasp_kubernetes("K07:2025"), TILLER])
        .rules(&[
            kubernetes(WORKLOADS, Test::Containers(is_not_tiller))
                .fix("move to Helm 3 or later, which has no server, and remove Tiller")
                .snippet("# helm 2to3 cleanup --tiller-cleanup\n")
                .example(include_str!("CKV_K8S_34.yaml")),
            kubernetes_in_terraform(terraform::is_not_tiller)
                .fix("move to Helm 3 or later, which has no server, and remove Tiller")
                .snippet("resource \"helm_release\" \"model_server\" {\n  name  = \"model-server\"\n  chart = \"./charts/model-server\"\n}\n")
                .example(include_str!("CKV_K8S_34.tf")),
        ]),
    check("CKV_K8S_44", "no Service leads to Tiller")
        .problem("a Service leads to Tiller")
        .severity(High)
        .why(
            "Tiller asks nobody who he is. With a Service every pod finds it by name, and installs \
             what it likes.",
        )
        .references(&[owasp_kubernetes("K07:2025"), TILLER])
        .rules(&[
            kubernetes(&["Service"], Test::Object(does_not_lead_to_tiller))
                .fix("remove the Service, then Tiller")
                .snippet("# kubectl --namespace kube-system delete service tiller-deploy\n")
                .example(include_str!("CKV_K8S_44.yaml")),
            terraform(terraform::SERVICES, Test::Resource(terraform::does_not_lead_to_tiller))
                .fix("remove the service, then Tiller")
                .snippet("spec {\n  selector = { app = \"model-server\" }\n}\n")
                .example(include_str!("CKV_K8S_44.tf")),
        ]),
    check("CKV_K8S_45", "Tiller listens on its own pod alone")
        .problem("Tiller listens on the network")
        .severity(High)
        .why("Tiller asks nobody who he is: whoever reaches its port installs what he likes.")
        .references(&[owasp_kubernetes("K07:2025"), TILLER])
        .rules(&[kubernetes(WORKLOADS, Test::Containers(listens_locally))
            .fix("start Tiller with `--listen=127.0.0.1:44134`, better remove it")
            .snippet("args: [\"--listen=127.0.0.1:44134\"]\n")
            .example(include_str!("CKV_K8S_45.yaml"))]),
    check("CKV_K8S_159", "git-sync runs no program of the manifest's choice")
        .problem("git-sync runs a program of the manifest's choice")
        .severity(Medium)
        .why(
            "`GITSYNC_GIT` names the program that git-sync runs in place of git: whoever may write \
             the manifest runs a command of his own with the pod's token.",
        )
        .references(&[
            cwe("CWE-78"),
            page("https://github.com/kubernetes/git-sync"),
        ])
        .rules(&[
            kubernetes(WORKLOADS, Test::Containers(sets_no_git))
                .fix("remove the variable `GITSYNC_GIT`")
                .snippet("env:\n  - {name: GITSYNC_REPO, value: \"https://git.example/models.git\"}\n")
                .example(include_str!("CKV_K8S_159.yaml")),
            kubernetes_in_terraform(terraform::sets_no_git)
                .fix("remove the variable `GITSYNC_GIT`")
                .snippet("env {\n  name  = \"GITSYNC_REPO\"\n  value = \"https://git.example/models.git\"\n}\n")
                .example(include_str!("CKV_K8S_159.tf")),
        ]),
];

fn is_no_dashboard(container: &Container<'_>, object: &Object<'_>) -> Outcome {
    let image = container.at("image").map(|image| image.value);
    let by_image = image.filter(|image| truthy(*image)).is_some_and(|image| {
        let name = image.as_str();
        name.is_none_or(|it| it.contains("kubernetes-dashboard") || it.contains("kubernetesui"))
    });
    let app = pod_label(object, "app").or_else(|| pod_label(object, "k8s-app"));
    let by_label = app == Some(Value::String("kubernetes-dashboard"));
    Outcome::require(!by_image && !by_label, || {
        label(container, object, "image", "is the Kubernetes dashboard")
    })
}

fn is_not_tiller(container: &Container<'_>, object: &Object<'_>) -> Outcome {
    Outcome::require(!is_tiller(container, object), || {
        label(container, object, "image", "is Tiller")
    })
}

fn listens_locally(container: &Container<'_>, object: &Object<'_>) -> Outcome {
    if !is_tiller(container, object) {
        return Outcome::NotApplicable;
    }
    let mut arguments = container.list("args").iter();
    let local = arguments.any(|argument| {
        argument.value.as_str().is_some_and(|text| {
            text.contains("--listen") && (text.contains("localhost") || text.contains("127.0.0.1"))
        })
    });
    Outcome::require(local, || {
        label(container, object, "args", "listens on the network")
    })
}

fn is_tiller(container: &Container<'_>, object: &Object<'_>) -> bool {
    let image = container.at("image").and_then(|image| image.value.as_str());
    image.is_some_and(|image| image.contains("tiller"))
        || pod_label(object, "app") == Some(Value::String("helm"))
        || pod_label(object, "name") == Some(Value::String("tiller"))
}

fn pod_label<'a>(object: &Object<'a>, key: &str) -> Option<Value<'a>> {
    let metadata = object.pod_template()?.metadata?;
    Some(metadata.get("labels")?.get(key)?.value)
}

/// Says nothing of other Services.
fn does_not_lead_to_tiller(service: &Object<'_>) -> Outcome {
    let is_tiller = |value: Value<'_>| {
        let text = value.as_str().unwrap_or_default();
        text.to_lowercase().contains("tiller")
    };
    let values = |path: &str| {
        let map = service.root.at(path).and_then(|node| node.value.as_map());
        map.unwrap_or_default().entries().iter()
    };
    let name = service.root.at("metadata.name");
    let nodes = values("metadata.labels")
        .chain(values("spec.selector"))
        .map(|entry| &entry.node);
    match name
        .into_iter()
        .chain(nodes)
        .find(|node| is_tiller(node.value))
    {
        None => Outcome::NotApplicable,
        Some(node) => Outcome::fail(node.span, format!("{} leads to Tiller", service.title())),
    }
}

fn sets_no_git(container: &Container<'_>, object: &Object<'_>) -> Outcome {
    let mut variables = container.list("env").iter();
    let git = variables.find_map(|variable| {
        let name = variable.get("name")?;
        (name.value.as_str() == Some("GITSYNC_GIT")).then_some(name)
    });
    match git {
        None => Outcome::Pass,
        Some(name) => {
            let text = label(container, object, "env", "sets GITSYNC_GIT").text;
            Outcome::fail(name.span, text)
        }
    }
}
