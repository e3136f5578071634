//! Reports by the controls of a standard.

use crate::sandbox::Sandbox;

const POD: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: team}
spec:
  hostPID: true
  containers:
  - name: c
    image: nginx
    securityContext: {allowPrivilegeEscalation: false}
";

fn pod() -> Sandbox {
    Sandbox::new(&[("pod.yaml", POD)])
}

/// The row of a control: failed, accepted, undecided, passed.
#[track_caller]
fn row(out: &str, control: &str) -> Vec<String> {
    let mut lines = out.lines().filter(|line| line.starts_with(control));
    let line = lines.next().unwrap_or_else(|| panic!("{control}: {out}"));
    let cells = line[control.len()..].split_whitespace();
    cells.take(4).map(str::to_owned).collect()
}

#[test]
fn counts_by_control() {
    let run = pod().bastide("scan . --standard pss-restricted");
    assert_eq!(run.code, 1);
    assert_eq!(row(&run.out, "Host Namespaces"), ["1", "-", "-", "2"]);
    assert_eq!(row(&run.out, "Privilege Escalation"), ["-", "-", "-", "1"]);
    assert!(run.out.contains("no check covers"), "{}", run.out);
    // A check of no control of the standard does not run.
    assert!(!run.out.contains("CKV_K8S_43"), "{}", run.out);
}

#[test]
fn less_is_asked_for_by_the_lower_level() {
    let run = pod().bastide("scan . --standard pss-baseline --skip-check CKV_K8S_17");
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(!run.out.contains("Pod Security Standard restricted"));
}

#[test]
fn eks_restates_kubernetes() {
    let sandbox = pod();
    let kubernetes = sandbox
        .bastide("scan . --standard cis-kubernetes --quiet")
        .out;
    let eks = sandbox.bastide("scan . --standard cis-eks --quiet").out;
    assert_eq!(row(&kubernetes, "5.2.3 "), ["1", "-", "-", "-"]);
    assert_eq!(row(&eks, "4.2.2 "), ["1", "-", "-", "-"]);
    assert!(eks.contains("CIS Amazon EKS Benchmark 1.5"), "{eks}");
}

#[test]
fn json_names_the_controls() {
    let run = pod().bastide("scan . --standard cis-eks --check CKV_K8S_17 -o json");
    let record = &run.json()["results"]["failed_checks"][0];
    let controls = &record["benchmarks"]["CIS Amazon EKS Benchmark"];
    assert_eq!(controls[0], "4.2.2");
}

#[test]
fn checks_of_a_standard() {
    let sandbox = pod();
    let eks = sandbox.bastide("checks --standard cis-eks").out;
    assert!(
        eks.contains("CKV_AWS_58") && eks.contains("CKV_K8S_16"),
        "{eks}"
    );
    assert!(!eks.contains("CKV_DOCKER_2"), "{eks}");
    let owasp = sandbox.bastide("checks --standard owasp").out;
    assert!(
        owasp.contains("CKV_GHA_2") && owasp.contains("CKV_K8S_16"),
        "{owasp}"
    );
    let explained = sandbox.bastide("explain CKV_K8S_16").out;
    for line in [
        "CIS Amazon EKS Benchmark 4.2.1",
        "baseline: Privileged Containers",
    ] {
        assert!(explained.contains(line), "{explained}");
    }
}

#[test]
fn a_standard_that_is_not_there() {
    let run = pod().bastide("scan . --standard iso");
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("there are cis-kubernetes, cis-eks"),
        "{}",
        run.err
    );
}
