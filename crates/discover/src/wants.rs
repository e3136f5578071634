use bastide_dockerfile::is_dockerfile;

/// Who wants to read a file, by its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Wants {
    /// Terraform's language: `.tf`, `.hcl`.
    pub terraform: bool,
    /// Variables for it: `terraform.tfvars`, `*.auto.tfvars`.
    pub variables: bool,
    /// Perhaps Kubernetes objects: `.yaml`, `.yml`, `.json`.
    pub kubernetes: bool,
    /// A Dockerfile.
    pub dockerfile: bool,
    /// To be searched for secrets.
    pub secrets: bool,
}

/// A path that holds one of these anywhere is not searched for secrets, as in Checkov.
const NO_SECRETS: [&str; 7] = [
    "node_modules",
    ".terraform",
    ".serverless",
    ".external_modules",
    ".idea",
    ".git",
    "venv",
];

impl Wants {
    /// Who wants the file at a path below the root, the last part of which is `name`. With
    /// `all_files`, every file is searched for secrets.
    pub fn of(path: &str, name: &str, all_files: bool) -> Self {
        let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        Self {
            terraform: ends(&[".tf", ".hcl"]),
            variables: name == "terraform.tfvars" || name.ends_with(".auto.tfvars"),
            kubernetes: ends(&[".yaml", ".yml", ".json"]),
            dockerfile: is_dockerfile(name),
            secrets: bastide_secrets::wants(name, all_files)
                && (all_files || !NO_SECRETS.iter().any(|part| path.contains(part))),
        }
    }

    /// Whether somebody does.
    pub fn any(self) -> bool {
        self != Self::default()
    }
}
