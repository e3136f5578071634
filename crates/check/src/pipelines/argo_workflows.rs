//! Checks on Argo Workflows.

use bastide_pipelines::{Entity, Pipeline};
use bastide_value::Value;

use super::Finding;
use crate::Framework;
use crate::check::{Rule, pipeline};
use crate::prelude::*;

const fn argo_workflows(test: for<'a> fn(&Pipeline<'a>, &Entity<'a>) -> Finding<'a>) -> Rule {
    pipeline(Framework::ArgoWorkflows, &["spec"], test)
}

pub(crate) const CHECKS: &[Check] = &[
    check("CKV_ARGO_1", "the workflow runs under a service account of its own")
        .problem("the workflow runs under the default service account")
        .severity(Medium)
        .why(
            "What the default account of a namespace may do, everything in it may do. A workflow \
             needs more than most: to report its steps, to start pods.",
        )
        .references(&[
            nsa_cisa("protecting pod service account tokens"),
            owasp_cicd("CICD-SEC-5"),
            page("https://argo-workflows.readthedocs.io/en/latest/service-accounts/"),
        ])
        .rules(&[argo_workflows(has_own_account)
            .fix("make an account with the rights that the workflow needs, and name it with `serviceAccountName`")
            .snippet("spec:\n  serviceAccountName: build\n")
            .example(include_str!("CKV_ARGO_1.yaml"))]),
    check("CKV_ARGO_2", "the pods of the workflow do not run as root")
        .problem("the pods of the workflow may run as root")
        .severity(Medium)
        .why(
            "Root in a container is one kernel bug away from root on the node, and workflows run \
             what comes out of repositories.",
        )
        .references(&[
            pss_restricted("Running as Non-root"),
            nist_800_190("4.4.3"),
            page("https://argo-workflows.readthedocs.io/en/latest/workflow-pod-security-context/"),
        ])
        .rules(&[argo_workflows(is_not_root)
            .fix("set `securityContext.runAsNonRoot: true`")
            .snippet("spec:\n  securityContext:\n    runAsNonRoot: true\n")
            .example(include_str!("CKV_ARGO_2.yaml"))]),
];

fn has_own_account<'a>(_: &Pipeline<'a>, spec: &Entity<'a>) -> Finding<'a> {
    let outcome = match spec.get("serviceAccountName") {
        None => Outcome::fail(spec.span, "no `serviceAccountName` is given"),
        Some(name) if name.value.as_str() == Some("default") => {
            Outcome::fail(name.span, "this is the account that everything has")
        }
        Some(_) => Outcome::Pass,
    };
    outcome.into()
}

fn is_not_root<'a>(_: &Pipeline<'a>, spec: &Entity<'a>) -> Finding<'a> {
    let node = spec.node.at("securityContext.runAsNonRoot");
    let holds = node.is_some_and(|node| node.value == Value::Bool(true));
    let place = node.map_or(spec.span, |node| node.span);
    let label = || Label::new(place, "nothing keeps root out");
    Outcome::require(holds, label).into()
}
