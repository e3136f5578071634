use docker_credential::{CredentialRetrievalError, DockerCredential};
use oci_client::secrets::RegistryAuth;

/// How Docker's registry is called in configurations.
const DOCKER_HUB: &str = "https://index.docker.io/v1/";

/// How the user is known at a registry.
#[derive(Clone, Debug)]
pub(crate) struct Login {
    pub(crate) auth: RegistryAuth,
    /// Why the login that there is cannot be used.
    pub(crate) unusable: Option<String>,
}

impl Login {
    pub(crate) fn anonymous() -> Self {
        Self {
            auth: RegistryAuth::Anonymous,
            unusable: None,
        }
    }

    /// Looks into Docker's configuration (`~/.docker/config.json`, or in `DOCKER_CONFIG`), which may
    /// lead to a helper program. A login that cannot be had is none: most images are public.
    pub(crate) fn of(host: &str) -> Self {
        let server = match host {
            "docker.io" | "index.docker.io" => DOCKER_HUB,
            _ => host,
        };
        let unusable = match docker_credential::get_credential(server) {
            Ok(DockerCredential::UsernamePassword(user, password)) => {
                return Self {
                    auth: RegistryAuth::Basic(user, password),
                    unusable: None,
                };
            }
            // The client knows no exchange of such a token for one that a registry takes.
            Ok(DockerCredential::IdentityToken(_)) => Some("it is an identity token".to_owned()),
            // A store of logins answers so for a host that it does not know, too.
            Err(
                CredentialRetrievalError::NoCredentialConfigured
                | CredentialRetrievalError::ConfigNotFound
                | CredentialRetrievalError::ConfigReadError
                | CredentialRetrievalError::HelperFailure { .. },
            ) => None,
            Err(error) => Some(error.to_string()),
        };
        Self {
            unusable,
            ..Self::anonymous()
        }
    }

    pub(crate) fn is_some(&self) -> bool {
        self.auth != RegistryAuth::Anonymous
    }
}
