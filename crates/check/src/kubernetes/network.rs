//! Who may talk to whom.

use bastide_kubernetes::Cluster;

use crate::prelude::*;

pub(crate) const CHECKS: &[Check] = &[
    check("CKV2_K8S_6", "each pod is selected by a network policy")
        .problem("no network policy selects a pod")
        .severity(Medium)
        .why(
            "A pod that no NetworkPolicy selects talks to every pod of the cluster and to the \
             internet, and every pod talks to it: one compromised container reaches all others.",
        )
        .references(&[
            cis_kubernetes("5.3.2"),
            nsa_cisa("network policies"),
            nist_800_190("4.4.2"),
            owasp_kubernetes("K05:2025"),
            page("https://kubernetes.io/docs/concepts/services-networking/network-policies/"),
        ])
        .rules(&[kubernetes(&["Pod"], Test::ClusterPods(selected_by_policy))
            .fix("add a NetworkPolicy that denies all for the namespace, and one that allows what this pod needs")
            .snippet(POLICY)
            .example(include_str!("CKV2_K8S_6.yaml"))]),
];

fn selected_by_policy(cluster: &Cluster<'_>) -> Vec<Outcome> {
    let selected = cluster.pods_with_network_policy();
    let pods = cluster.pods.iter().zip(selected);
    pods.map(|(pod, selected)| {
        let object = &cluster.objects[pod.object];
        Outcome::require(selected, || {
            let text = format!("no NetworkPolicy selects the pods of {}", object.title());
            Label::new(object.name_span(), text)
        })
    })
    .collect()
}

const POLICY: &str = "\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: app, namespace: app}
spec:
  podSelector: {matchLabels: {app: app}}
  policyTypes: [Ingress, Egress]
  ingress:
    - from: [{podSelector: {matchLabels: {app: gateway}}}]
      ports: [{port: 8080}]
  egress:
    - to: [{namespaceSelector: {}, podSelector: {matchLabels: {k8s-app: kube-dns}}}]
      ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]
";
