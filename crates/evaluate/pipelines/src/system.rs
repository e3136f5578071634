use std::sync::LazyLock;

use memchr::memmem;
use regex::Regex;

use crate::pattern::regex;

/// A build system that reads its pipelines from YAML.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs, reason = "each variant is the name of a product")]
pub enum System {
    ArgoWorkflows,
    AzurePipelines,
    BitbucketPipelines,
    CircleCi,
    GithubActions,
    GitlabCi,
}

impl System {
    /// Names that start with a dot and that a system nevertheless looks into, or at.
    pub const HIDDEN: [(&'static str, Self); 4] = [
        (".circleci", Self::CircleCi),
        (".github", Self::GithubActions),
        (".gitlab-ci.yaml", Self::GitlabCi),
        (".gitlab-ci.yml", Self::GitlabCi),
    ];

    /// The system that may read the file at a path, with `/` between its parts. Any YAML that
    /// belongs to no other may be an Argo workflow: see [`Self::is_candidate`].
    pub fn of(path: &str) -> Option<Self> {
        let stem = path
            .strip_suffix(".yml")
            .or_else(|| path.strip_suffix(".yaml"))?;
        Some(if path.contains(".github/workflows/") {
            Self::GithubActions
        } else if stem.ends_with(".gitlab-ci") {
            Self::GitlabCi
        } else if stem.ends_with("azure-pipelines") {
            Self::AzurePipelines
        } else if stem.ends_with("bitbucket-pipelines") {
            Self::BitbucketPipelines
        } else if stem.ends_with("config") && path.contains("circleci") {
            Self::CircleCi
        } else {
            Self::ArgoWorkflows
        })
    }

    /// Whether this is the system that looks into all hidden parts of a path.
    pub fn sees(self, path: &str) -> bool {
        path.split('/')
            .filter(|part| part.starts_with('.') && !matches!(*part, "." | ".."))
            .all(|part| Self::HIDDEN.contains(&(part, self)))
    }

    /// Whether a file that by its name may be the system's is so by its text.
    pub fn is_candidate(self, text: &str) -> bool {
        self != Self::ArgoWorkflows
            || memmem::find(text.as_bytes(), b"argoproj.io").is_some()
                && ARGO_API.is_match(text)
                && ARGO_KIND.is_match(text)
    }
}

static ARGO_API: LazyLock<Regex> = LazyLock::new(|| regex(r"(?m)^apiVersion:\s*argoproj\.io/"));

/// What starts so counts: `WorkflowTemplate` does, `CronWorkflow` does not.
static ARGO_KIND: LazyLock<Regex> = LazyLock::new(|| regex(r"(?m)^kind:\s*Workflow"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_by_name() {
        let of = System::of;
        assert_eq!(
            of("x/.github/workflows/a/b.yml"),
            Some(System::GithubActions)
        );
        assert_eq!(of(".github/dependabot.yml"), Some(System::ArgoWorkflows));
        assert_eq!(of("ci/test.gitlab-ci.yaml"), Some(System::GitlabCi));
        assert_eq!(of(".gitlab-ci.yml"), Some(System::GitlabCi));
        assert_eq!(of(".circleci/config.yml"), Some(System::CircleCi));
        assert_eq!(of("config.yml"), Some(System::ArgoWorkflows));
        assert_eq!(of("a/azure-pipelines.yml"), Some(System::AzurePipelines));
        assert_eq!(
            of("bitbucket-pipelines.yml"),
            Some(System::BitbucketPipelines)
        );
        assert_eq!(of("main.tf"), None);
    }

    #[test]
    fn each_sees_its_own_hidden_folders() {
        assert!(System::GithubActions.sees("a/.github/workflows/b.yml"));
        assert!(!System::GithubActions.sees(".github/workflows/.b.yml"));
        assert!(!System::ArgoWorkflows.sees(".github/b.yml"));
        assert!(System::GitlabCi.sees(".gitlab-ci.yml"));
        assert!(System::ArgoWorkflows.sees("./a/b.yml"));
    }

    #[test]
    fn argo_workflows_by_text() {
        let is = |text| System::ArgoWorkflows.is_candidate(text);
        assert!(is(
            "apiVersion: argoproj.io/v1alpha1\nkind: WorkflowTemplate\n"
        ));
        assert!(!is(
            "apiVersion: argoproj.io/v1alpha1\nkind: CronWorkflow\n"
        ));
        assert!(!is("apiVersion: v1\nkind: Workflow\nx: argoproj.io\n"));
    }
}
