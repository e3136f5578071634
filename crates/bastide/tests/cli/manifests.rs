//! YAML as Kubernetes reads it: what can be read is scanned, what cannot is named.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::sandbox::Sandbox;

const POD: &str = "\
apiVersion: v1
kind: Pod
metadata:
  name: a
spec:
  containers:
  - name: c
    image: nginx
";

fn pod(name: &str) -> String {
    POD.replace("name: a", &format!("name: {name}"))
}

/// The objects that verdicts are about, each with its lines: `Pod.default.a 1-8`.
#[track_caller]
fn objects(name: &str, text: &str) -> Vec<String> {
    let sandbox = Sandbox::new(&[(name, text)]);
    let report = sandbox
        .bastide("scan . -o json --framework kubernetes")
        .json();
    let results = &report["results"];
    let records = ["passed_checks", "failed_checks"].into_iter();
    let records = records.flat_map(|key| results[key].as_array().into_iter().flatten());
    let object = |record: &Value| {
        let lines = &record["file_line_range"];
        let resource = record["resource"].as_str().unwrap_or_default();
        format!("{resource} {}-{}", lines[0], lines[1])
    };
    let objects: BTreeSet<_> = records.map(object).collect();
    objects.into_iter().collect()
}

/// Expects a file without verdicts to be named with a reason.
#[track_caller]
fn not_read(text: &str, reason: &str) {
    assert_eq!(objects("m.yaml", text), [""; 0]);
    let sandbox = Sandbox::new(&[("m.yaml", text)]);
    let run = sandbox.bastide("scan . --framework kubernetes --coverage");
    assert!(run.out.contains(reason), "{}", run.out);
    assert!(run.out.contains("m.yaml"), "{}", run.out);
}

#[test]
fn documents() {
    let two = format!("{POD}---\n{}", pod("b"));
    assert_eq!(
        objects("m.yaml", &two),
        ["Pod.default.a 1-9", "Pod.default.b 10-17"]
    );
    let blank = format!("# c\n---\n# d\n{POD}# e\n---\n\n# f\n{}\n\n# g\n", pod("b"));
    assert_eq!(
        objects("m.yaml", &blank),
        ["Pod.default.a 4-13", "Pod.default.b 16-23"]
    );
    let ended = format!("{POD}...\n---\n{}", pod("b"));
    assert_eq!(
        objects("m.yaml", &ended),
        ["Pod.default.a 1-9", "Pod.default.b 11-18"]
    );
}

#[test]
fn documents_without_kind_are_none() {
    for other in [
        "foo: bar\nkindly: x\n",
        "hello\n",
        "- a\n- b\n",
        "# nothing\n",
    ] {
        assert_eq!(
            objects("m.yaml", &format!("{POD}---\n{other}")),
            ["Pod.default.a 1-9"]
        );
    }
}

#[test]
fn three_dashes_in_strings_end_no_document() {
    let block = "name: c\n    args:\n    - |\n      x\n      ---\n      y\n";
    let text = format!("{}---\n{}", POD.replace("name: c\n", block), pod("b"));
    assert_eq!(
        objects("m.yaml", &text),
        ["Pod.default.a 1-14", "Pod.default.b 15-22"]
    );
    let quoted = "name: c\n    args: [\"x\n\n      ---\n      y\"]\n";
    let text = format!("{}---\n{}", POD.replace("name: c\n", quoted), pod("b"));
    assert_eq!(
        objects("m.yaml", &text),
        ["Pod.default.a 1-13", "Pod.default.b 14-21"]
    );
}

#[test]
fn byte_order_marks_and_line_endings() {
    assert_eq!(
        objects("m.yaml", &format!("\u{feff}{POD}")),
        ["Pod.default.a 1-8"]
    );
    let text = format!("{POD}---\n{}", pod("b")).replace('\n', "\r\n");
    assert_eq!(
        objects("m.yaml", &text),
        ["Pod.default.a 1-9", "Pod.default.b 10-17"]
    );
}

#[test]
fn anchors_and_merges() {
    let anchored = "\
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - &c
    name: c
    securityContext: {privileged: true}
  - <<: *c
    name: d
  - *c
";
    assert_eq!(objects("m.yaml", anchored), ["Pod.default.a 1-11"]);
    let sandbox = Sandbox::new(&[("m.yaml", anchored)]);
    let run = sandbox.bastide("scan . --check CKV_K8S_16");
    for container in ["`c`", "`d`"] {
        let what = format!("container {container} of Pod a is privileged");
        assert!(run.out.contains(&what), "{}", run.out);
    }
}

#[test]
fn of_equal_keys_the_last_counts() {
    let sandbox = Sandbox::new(&[("m.yaml", &format!("{POD}    image: nginx@sha256:a\n"))]);
    assert_eq!(sandbox.bastide("scan . --check CKV_K8S_43").code, 0);
}

#[test]
fn lists_of_any_kind() {
    let item = |name: &str| {
        format!(
            "- apiVersion: v1\n  kind: Pod\n  metadata: {{name: {name}}}\n  spec: {{containers: []}}\n"
        )
    };
    let list = format!(
        "apiVersion: v1\nkind: List\nitems:\n{}{}-\n- {{}}\n",
        item("a"),
        item("b")
    );
    assert_eq!(
        objects("m.yaml", &list),
        ["Pod.default.a 4-8", "Pod.default.b 8-12"]
    );
    let typed = list.replace("kind: List", "kind: PodList");
    assert_eq!(objects("m.yaml", &typed).len(), 2);
    for empty in ["items:\n", "items: []\n", ""] {
        let text = format!("apiVersion: v1\nkind: List\n{empty}");
        assert_eq!(objects("m.yaml", &text), [""; 0]);
    }
}

#[test]
fn json() {
    let pod = r#"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[{"name":"c"}]}}"#;
    assert_eq!(objects("m.json", pod), ["Pod.default.a 2-2"]);
}

#[test]
fn what_is_no_yaml_is_named() {
    not_read(&POD.replace("    image", "\timage"), "1 unreadable");
    not_read(&POD.replace("nginx", "{{ image }}"), "1 unreadable");
    not_read(
        &format!("{{% if x %}}\n{POD}{{% endif %}}\n"),
        "1 unreadable",
    );
    not_read(&POD.replace("nginx", "{{{image}}}"), "1 unreadable");
}

#[test]
fn templates_in_strings_are_read() {
    let jinja = POD.replace("nginx", "\"{{ image }}\"");
    assert_eq!(objects("m.yaml", &jinja), ["Pod.default.a 1-8"]);
    let go = POD.replace("nginx", "\"{{ .Image }}\"");
    assert_eq!(objects("m.yaml", &go), ["Pod.default.a 1-8"]);
}

#[test]
fn templates_that_are_not_filled_in_are_named() {
    let chart = POD.replace("nginx", "\"{{ .Values.image }}\"");
    not_read(&chart, "only Helm can fill in this template");
    not_read(
        &POD.replace("name: a", "name: \"{{{name}}}\""),
        "fill in the placeholder",
    );
}

#[test]
fn pods_of_cron_jobs_and_ephemeral_containers() {
    let bad = "{name: d, securityContext: {privileged: true}}";
    let job = format!(
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: j}}\nspec:\n  jobTemplate:\n    spec:\n      \
         template:\n        spec:\n          initContainers: [{bad}]\n          containers: [{{name: c}}]\n"
    );
    let code = |text: &str| {
        let sandbox = Sandbox::new(&[("m.yaml", text)]);
        sandbox.bastide("scan . --check CKV_K8S_16").code
    };
    assert_eq!(code(&job), 1);
    // Nobody but a person with the right to may add one to a running pod.
    assert_eq!(code(&format!("{POD}  ephemeralContainers: [{bad}]\n")), 0);
}
