//! What the checks are: one for `bastide explain`, all for `bastide checks`, and the pages of the
//! documentation. All of it is a function of [`bastide_check::all`].

mod example;
mod explain;
mod filter;
mod list;
mod page;

pub use explain::explain;
pub use filter::Filter;
pub use list::{ListFormat, list};
pub use page::{index, page};

use bastide_check::{Check, Framework, Reference, Severity};

/// The address of the page that explains a check.
pub fn page_address(check: &Check) -> String {
    let repository = env!("CARGO_PKG_REPOSITORY");
    format!("{repository}/blob/main/docs/checks/{}.md", check.id)
}

/// A severity as Checkov's platform writes it: `HIGH`.
pub(crate) fn severity_in_capitals(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "LOW",
        Severity::Medium => "MEDIUM",
        Severity::High => "HIGH",
        Severity::Critical => "CRITICAL",
    }
}

/// The language of a framework's files, as Markdown names it beside code.
pub(crate) fn language(framework: Framework) -> &'static str {
    match framework {
        Framework::Terraform => "hcl",
        Framework::TerraformPlan => "json",
        Framework::Dockerfile => "dockerfile",
        _ => "yaml",
    }
}

/// The name of a framework as people write it.
fn framework_name(framework: Framework) -> &'static str {
    match framework {
        Framework::Terraform => "Terraform",
        Framework::TerraformPlan => "Terraform plans",
        Framework::Kubernetes => "Kubernetes",
        Framework::Dockerfile => "Dockerfile",
        Framework::GithubActions => "GitHub Actions",
        Framework::GitlabCi => "GitLab CI",
        Framework::CircleciPipelines => "CircleCI",
        Framework::AzurePipelines => "Azure Pipelines",
        Framework::BitbucketPipelines => "Bitbucket Pipelines",
        Framework::ArgoWorkflows => "Argo Workflows",
        Framework::Secrets => "Secrets",
    }
}

/// The frameworks that tell a check: `kubernetes, terraform`.
fn frameworks(check: &Check) -> String {
    let names: Vec<_> = check.frameworks().map(Framework::name).collect();
    names.join(", ")
}

/// The lines of standards that a check goes back to, without pages.
fn standards(check: &Check) -> Vec<String> {
    let standards = check
        .controls()
        .map(|(standard, line)| Reference::Standard(standard, line));
    standards.map(|it| it.to_string()).collect()
}
