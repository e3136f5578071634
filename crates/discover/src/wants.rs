use bastide_dockerfile::is_dockerfile;
use bastide_pipelines::System;

/// Who wants to read a file, by its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Wants {
    /// Terraform's language: `.tf`, `.tf.json`, `.hcl`.
    pub terraform: bool,
    /// Variables for it: `terraform.tfvars`, `*.auto.tfvars`, both also in JSON.
    pub variables: bool,
    /// Perhaps a plan of Terraform: `.json`.
    pub plan: bool,
    /// Perhaps Kubernetes objects: `.yaml`, `.yml`, `.json`.
    pub kubernetes: bool,
    /// A Dockerfile.
    pub dockerfile: bool,
    /// Perhaps pipelines of a build system.
    pub pipeline: Option<System>,
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
            terraform: ends(&[".tf", ".tf.json", ".hcl"]),
            variables: ["terraform.tfvars", "terraform.tfvars.json"].contains(&name)
                || ends(&[".auto.tfvars", ".auto.tfvars.json"]),
            plan: ends(&[".json"])
                && !ends(&[".tf.json", ".tfvars.json"])
                && name != "tsconfig.json",
            kubernetes: ends(&[".yaml", ".yml", ".json"]),
            dockerfile: is_dockerfile(name),
            pipeline: System::of(path),
            secrets: bastide_secrets::wants(name, all_files)
                && (all_files || !NO_SECRETS.iter().any(|part| path.contains(part))),
        }
    }

    /// Those who want a file at this path although a part of it starts with a dot: build systems
    /// that keep their pipelines there.
    pub fn of_hidden(self, path: &str) -> Self {
        if !path.split('/').any(|part| part.starts_with('.')) {
            return self;
        }
        Self {
            pipeline: self.pipeline.filter(|system| system.sees(path)),
            ..Self::default()
        }
    }

    /// Whether somebody does.
    pub fn any(self) -> bool {
        self != Self::default()
    }
}
