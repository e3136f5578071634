use std::fmt;

use bastide_pipelines::System;

/// A kind of input. The names are Checkov's, since people write them in their pipelines.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs, reason = "each variant is the name of what it scans")]
pub enum Framework {
    Terraform,
    TerraformPlan,
    Kubernetes,
    Dockerfile,
    GithubActions,
    GitlabCi,
    CircleciPipelines,
    AzurePipelines,
    BitbucketPipelines,
    ArgoWorkflows,
    Secrets,
}

impl Framework {
    /// All of them, in the order in which reports list them.
    pub const ALL: &[Self] = &[
        Self::Terraform,
        Self::TerraformPlan,
        Self::Kubernetes,
        Self::Dockerfile,
        Self::GithubActions,
        Self::GitlabCi,
        Self::CircleciPipelines,
        Self::AzurePipelines,
        Self::BitbucketPipelines,
        Self::ArgoWorkflows,
        Self::Secrets,
    ];

    /// The name in options and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Terraform => "terraform",
            Self::TerraformPlan => "terraform_plan",
            Self::Kubernetes => "kubernetes",
            Self::Dockerfile => "dockerfile",
            Self::GithubActions => "github_actions",
            Self::GitlabCi => "gitlab_ci",
            Self::CircleciPipelines => "circleci_pipelines",
            Self::AzurePipelines => "azure_pipelines",
            Self::BitbucketPipelines => "bitbucket_pipelines",
            Self::ArgoWorkflows => "argo_workflows",
            Self::Secrets => "secrets",
        }
    }

    /// The framework whose rules hold for it: a plan holds the same resources as what it comes from.
    pub const fn of_rules(self) -> Self {
        match self {
            Self::TerraformPlan => Self::Terraform,
            other => other,
        }
    }

    /// The framework of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|framework| framework.name() == name)
    }
}

impl From<System> for Framework {
    fn from(system: System) -> Self {
        match system {
            System::ArgoWorkflows => Self::ArgoWorkflows,
            System::AzurePipelines => Self::AzurePipelines,
            System::BitbucketPipelines => Self::BitbucketPipelines,
            System::CircleCi => Self::CircleciPipelines,
            System::GithubActions => Self::GithubActions,
            System::GitlabCi => Self::GitlabCi,
        }
    }
}

impl fmt::Display for Framework {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
