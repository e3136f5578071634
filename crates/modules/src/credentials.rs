use std::collections::BTreeMap;
use std::fmt;

/// What opens registries and repositories, from the variables that Terraform and Checkov read:
///
/// | variable | opens |
/// | --- | --- |
/// | `TF_TOKEN_<host>` | the registry of that host; its dots are underscores, its hyphens two of them |
/// | `TF_REGISTRY_TOKEN` | the registry at `TF_HOST_NAME`, or else the one of Terraform Cloud |
/// | `GITHUB_PAT` | repositories on `github.com` |
/// | `VCS_USERNAME`, `VCS_TOKEN` | repositories below `VCS_BASE_URL` |
///
/// Git itself asks whom it always asks: the user's own configuration, helpers and agents.
#[derive(Clone, Default)]
pub struct Credentials {
    registries: BTreeMap<String, String>,
    repositories: BTreeMap<String, Login>,
}

/// A user name and a token.
pub(crate) type Login = (String, String);

impl Credentials {
    /// Reads them from variables of the environment.
    pub fn new(variables: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut found = Self::default();
        let variables: BTreeMap<String, String> = variables.into_iter().collect();
        let get = |name: &str| variables.get(name).filter(|value| !value.is_empty());
        if let Some(token) = get("TF_REGISTRY_TOKEN") {
            let host = get("TF_HOST_NAME").map_or("app.terraform.io", String::as_str);
            found.registries.insert(host.to_owned(), token.clone());
        }
        for (name, token) in &variables {
            if let Some(host) = name.strip_prefix("TF_TOKEN_") {
                let host = host.replace("__", "-").replace('_', ".");
                found.registries.insert(host, token.clone());
            }
        }
        if let Some(token) = get("GITHUB_PAT") {
            let login = ("x-access-token".to_owned(), token.clone());
            found.repositories.insert("github.com".to_owned(), login);
        }
        if let (Some(base), Some(user), Some(token)) =
            (get("VCS_BASE_URL"), get("VCS_USERNAME"), get("VCS_TOKEN"))
        {
            let host = crate::address::host_of(base).to_owned();
            found
                .repositories
                .insert(host, (user.clone(), token.clone()));
        }
        found
    }

    /// The token for a registry.
    pub(crate) fn registry(&self, host: &str) -> Option<&str> {
        self.registries.get(host).map(String::as_str)
    }

    /// The login for the repositories of a host.
    pub(crate) fn repository(&self, host: &str) -> Option<&Login> {
        self.repositories.get(host)
    }
}

/// Names the hosts, and shows no token.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hosts = self.registries.keys().chain(self.repositories.keys());
        f.debug_set().entries(hosts).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables() {
        let variables = [
            ("TF_TOKEN_app_example__one_com", "t1"),
            ("TF_REGISTRY_TOKEN", "t2"),
            ("GITHUB_PAT", "t3"),
            ("VCS_BASE_URL", "https://git.example.com"),
            ("VCS_USERNAME", "me"),
            ("VCS_TOKEN", "t4"),
        ];
        let owned = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let found = Credentials::new(owned);
        assert_eq!(found.registry("app.example-one.com"), Some("t1"));
        assert_eq!(found.registry("app.terraform.io"), Some("t2"));
        assert_eq!(found.registry("registry.terraform.io"), None);
        assert_eq!(
            found.repository("github.com").map(|it| it.1.as_str()),
            Some("t3")
        );
        let login = ("me".to_owned(), "t4".to_owned());
        assert_eq!(found.repository("git.example.com"), Some(&login));
        assert!(!format!("{found:?}").contains("t1"));
    }
}
