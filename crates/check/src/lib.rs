//! The checks, the language they are written in, and the engine that runs them.
//!
//! A [`Check`] is data: what it asks for, how bad it is where it fails and why, what to write
//! instead, and a [`Rule`] for each framework that tells it. [`all`] lists them; everything that is
//! said about checks anywhere is a function of that list.
//!
//! To add one, write it where its neighbours are, with an example file beside it that holds a
//! resource named `fail…` and one named `pass…`: the tests find it by themselves.
//!
//! A check reads no file and prints nothing.

mod check;
mod condition;
mod dockerfile;
mod engine;
mod framework;
mod kubernetes;
mod outcome;
mod pipelines;
pub mod policy;
mod reference;
mod secrets;
mod severity;
mod standard;
mod terraform;

pub use check::{Check, CheckId, DockerfileOutcome, Rule, Test};
pub use condition::{Absent, Condition, Literal, Predicate};
pub use dockerfile::Pattern;
pub use engine::{CheckRule, Checked, Commit, Engine, History, Resource, Verdict};
pub use framework::Framework;
pub use kubernetes::{Arguments, Grant};
pub use outcome::{Label, Outcome, Undecided};
pub use pipelines::Finding;
pub use reference::Reference;
pub use severity::Severity;
pub use standard::{Control, Standard};
pub use terraform::Neighbours;

/// All checks, by family and file.
pub fn all() -> impl Iterator<Item = &'static Check> {
    let dockerfile = dockerfile::CHECKS.iter();
    let families = dockerfile.chain(secrets::CHECKS);
    let families = families.chain(pipelines::CHECKS);
    let families = families.chain(kubernetes::CHECKS).chain(terraform::CHECKS);
    let families = families.chain(terraform::POLICIES);
    families.copied().flatten()
}

/// What a file of checks needs.
mod prelude {
    pub(crate) use crate::Condition;
    pub(crate) use crate::Severity::{Critical, High, Low, Medium};
    pub(crate) use crate::check::{
        Check, Test, check, dockerfile, kubernetes, on, secret, terraform,
    };
    pub(crate) use crate::condition::{
        Literal::{Bool, Int, Text},
        all_of, any_of, each, exists, key, presumed, when,
    };
    pub(crate) use crate::outcome::{Label, Outcome};
    pub(crate) use crate::reference::{
        Reference, cis_aws, cis_docker, cis_eks, cis_kubernetes, cwe, nist_800_190, nsa_cisa,
        owasp_cicd, owasp_kubernetes, page, pss_baseline, pss_restricted, security_hub,
    };

    use crate::check::Rule;

    /// A rule for pods that Terraform's Kubernetes provider makes.
    pub(crate) const fn kubernetes_in_terraform(
        test: fn(&bastide_terraform::Resource<'_>) -> Outcome,
    ) -> Rule {
        terraform(crate::kubernetes::PODS_IN_TERRAFORM, Test::Resource(test))
    }
}
