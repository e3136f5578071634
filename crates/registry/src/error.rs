use oci_client::errors::{OciDistributionError, OciErrorCode};

/// Why a name could not be resolved.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Error {
    /// There is nothing to know a registry by.
    #[error("cannot ask registries over TLS: {0}")]
    NoTls(String),
    /// It is no name.
    #[error("`{0}` is not the name of an image with a tag")]
    Invalid(String),
    /// The registry does not say.
    #[error("`{host}` does not say what `{name}` is: {reason}")]
    Unresolved {
        /// What was asked about.
        name: String,
        /// Who was asked.
        host: String,
        /// What was the matter.
        reason: Reason,
    },
}

/// What was the matter.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Reason {
    /// Nobody answers there, or not over TLS as one should.
    #[error("it cannot be reached: {0}")]
    Unreachable(String),
    /// There is no such thing.
    #[error("it has no such name")]
    Missing,
    /// It is not shown to everybody.
    #[error("it does not answer without a login")]
    LoginNeeded,
    /// It is not shown to this user.
    #[error("it does not accept the login for this")]
    LoginRefused,
    /// There is a login, but it cannot be used.
    #[error("the login in Docker's configuration cannot be used: {0}")]
    LoginUnusable(String),
    /// It has been asked too often.
    #[error("it was asked too often")]
    TooMany,
    /// It answers something else.
    #[error("its answer makes no sense: {0}")]
    Nonsense(String),
}

impl Error {
    /// The way out.
    pub fn help(&self) -> String {
        match self {
            Self::NoTls(_) => {
                "install the certificates of the system, or name them in `SSL_CERT_FILE`".to_owned()
            }
            Self::Invalid(_) => "write it as `registry.example.com/name:1.0.0`".to_owned(),
            Self::Unresolved { host, reason, .. } => reason.help(host),
        }
    }
}

impl Reason {
    /// What an answer of a registry means, for one who has a login there or none.
    pub(crate) fn of(error: &OciDistributionError, has_login: bool) -> Self {
        match error {
            OciDistributionError::RequestError(error) => Self::unreachable(error),
            OciDistributionError::UnauthorizedError { .. }
            | OciDistributionError::AuthenticationFailure(_) => Self::denied(has_login),
            OciDistributionError::ImageManifestNotFoundError(_) => Self::Missing,
            OciDistributionError::ServerError { code, .. } => Self::status(*code, has_login),
            OciDistributionError::RegistryError { envelope, .. } => {
                match envelope.errors.first().map(|it| &it.code) {
                    Some(
                        OciErrorCode::ManifestUnknown
                        | OciErrorCode::NameUnknown
                        | OciErrorCode::NotFound,
                    ) => Self::Missing,
                    Some(OciErrorCode::Unauthorized | OciErrorCode::Denied) => {
                        Self::denied(has_login)
                    }
                    Some(OciErrorCode::Toomanyrequests) => Self::TooMany,
                    _ => Self::Nonsense(envelope.to_string()),
                }
            }
            other => Self::Nonsense(other.to_string()),
        }
    }

    /// What a status means.
    pub(crate) fn status(code: u16, has_login: bool) -> Self {
        match code {
            401 | 403 => Self::denied(has_login),
            404 => Self::Missing,
            429 => Self::TooMany,
            _ => Self::Nonsense(format!("status {code}")),
        }
    }

    /// Why nobody answers. The innermost cause says it; what is around it only says that it is so.
    pub(crate) fn unreachable(error: &reqwest::Error) -> Self {
        let mut cause: &dyn std::error::Error = error;
        while let Some(source) = cause.source() {
            cause = source;
        }
        let timeout = error
            .is_timeout()
            .then(|| "it does not answer in time".to_owned());
        Self::Unreachable(timeout.unwrap_or_else(|| cause.to_string()))
    }

    fn help(&self, host: &str) -> String {
        // The hub is a URL, and a registry the name of a host.
        let (login, other) = match host.contains("://") {
            true => (
                "set HF_TOKEN to a token of one who may read it".to_owned(),
                "another hub with `--hub`",
            ),
            false => (
                format!("run `docker login {host}`"),
                "a mirror with `--mirror`",
            ),
        };
        match self {
            Self::Unreachable(_) => {
                format!(
                    "see whether the host is right and can be reached from here, or name {other}"
                )
            }
            Self::Missing => {
                "see whether its name and tag are right, and whether it was pushed".to_owned()
            }
            Self::LoginNeeded | Self::LoginRefused => {
                format!("see whether its name is right; if it is not for everybody, {login}")
            }
            Self::LoginUnusable(_) => format!("{login} with a user and a token"),
            Self::TooMany => format!("wait a while, or {login}"),
            Self::Nonsense(_) => "see whether the host is right, and well".to_owned(),
        }
    }

    fn denied(has_login: bool) -> Self {
        match has_login {
            true => Self::LoginRefused,
            false => Self::LoginNeeded,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_answers_mean() {
        let error = |code: u16| OciDistributionError::ServerError {
            code,
            url: "https://example.com".to_owned(),
            message: String::new(),
        };
        assert_eq!(Reason::of(&error(404), false), Reason::Missing);
        assert_eq!(Reason::of(&error(403), true), Reason::LoginRefused);
        assert_eq!(Reason::of(&error(429), false), Reason::TooMany);
        let envelope = |code: &str| OciDistributionError::RegistryError {
            envelope: serde_json::from_str(&format!(r#"{{"errors": [{{"code": "{code}"}}]}}"#))
                .expect("it is one"),
            url: "https://example.com".to_owned(),
        };
        assert_eq!(
            Reason::of(&envelope("NAME_UNKNOWN"), false),
            Reason::Missing
        );
        assert_eq!(Reason::of(&envelope("DENIED"), false), Reason::LoginNeeded);
        assert_eq!(
            Reason::of(&envelope("TOOMANYREQUESTS"), true),
            Reason::TooMany
        );
    }
}
