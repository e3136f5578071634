use std::time::Duration;

use serde::Deserialize;
use sha2::{Digest, Sha256};
use ureq::http::Response;
use ureq::{Agent, Body};

use crate::Reference;
use crate::challenge::Challenge;

/// Asks registries. It remembers nothing from one question to the next.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    mirror: Option<String>,
}

/// Why a name could not be resolved.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The registry could not be asked.
    #[error("cannot ask `{host}` about `{name}`: {source}")]
    Unreachable {
        /// The host.
        host: String,
        /// What was asked about.
        name: String,
        /// What went wrong.
        source: Box<ureq::Error>,
    },
    /// The registry does not say.
    #[error("`{host}` does not say what `{name}` is: it answers {status}")]
    Refused {
        /// The host.
        host: String,
        /// What was asked about.
        name: String,
        /// The status of its answer.
        status: u16,
    },
    /// The answer makes no sense.
    #[error("the answer of `{host}` about `{name}` makes no sense")]
    Nonsense {
        /// The host.
        host: String,
        /// What was asked about.
        name: String,
    },
}

/// The kinds of manifests that a tag can stand for; an index of several platforms first.
const ACCEPT: &str = "application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, \
                      application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json";

/// No manifest is larger.
const MAX_MANIFEST: u64 = 8 << 20;

/// Where models have their names.
const HUB: &str = "https://huggingface.co";

impl Default for Client {
    fn default() -> Self {
        Self::new()
    }
}

impl Client {
    /// One that asks each registry itself, over TLS.
    pub fn new() -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(30)));
        Self {
            agent: config.build().into(),
            mirror: None,
        }
    }

    /// One that asks a mirror, which has every image under its whole name: `docker.io/library/postgres`.
    pub fn through(mirror: &str) -> Self {
        Self {
            mirror: Some(mirror.trim_end_matches('/').to_owned()),
            ..Self::new()
        }
    }

    /// The digest that a tag stands for now: `sha256:…`.
    ///
    /// # Errors
    ///
    /// If the registry cannot be asked, or does not say.
    pub fn digest(&self, reference: &Reference) -> Result<String, Error> {
        let name = reference.to_string();
        let (host, repository) = match &self.mirror {
            Some(mirror) => (
                mirror.as_str(),
                format!("{}/{}", reference.host, reference.repository),
            ),
            // The name of Docker's registry is not that of its host.
            None if reference.host == "docker.io" => {
                ("registry-1.docker.io", reference.repository.clone())
            }
            None => (reference.host.as_str(), reference.repository.clone()),
        };
        let address = format!(
            "{}/v2/{repository}/manifests/{}",
            origin(host),
            reference.tag
        );
        let mut answer = self.ask(&address, None, host, &name)?;
        if answer.status().as_u16() == 401 {
            let header = answer
                .headers()
                .get("www-authenticate")
                .and_then(|it| it.to_str().ok());
            if let Some(challenge) = header.and_then(Challenge::parse) {
                let token = self.token(&challenge, host, &name)?;
                answer = self.ask(&address, Some(&token), host, &name)?;
            }
        }
        let status = answer.status().as_u16();
        if status != 200 {
            let host = host.to_owned();
            return Err(Error::Refused { host, name, status });
        }
        let nonsense = || Error::Nonsense {
            host: host.to_owned(),
            name: name.clone(),
        };
        let said = answer
            .headers()
            .get("docker-content-digest")
            .and_then(|it| it.to_str().ok())
            .map(str::to_owned);
        let body = answer
            .body_mut()
            .with_config()
            .limit(MAX_MANIFEST)
            .read_to_vec();
        let body = body.map_err(|source| Error::Unreachable {
            host: host.to_owned(),
            name: name.clone(),
            source: Box::new(source),
        })?;
        let computed = Sha256::digest(&body)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>();
        let computed = format!("sha256:{computed}");
        // What the registry says of it must be what it is.
        match said {
            Some(said) if said != computed => Err(nonsense()),
            _ => Ok(computed),
        }
    }

    /// The commit that is the newest of a model at Hugging Face.
    ///
    /// # Errors
    ///
    /// If it cannot be asked, or does not say.
    pub fn revision(&self, repository: &str) -> Result<String, Error> {
        #[derive(Deserialize)]
        struct Model {
            sha: String,
        }
        let origin = self
            .mirror
            .as_deref()
            .map_or_else(|| HUB.to_owned(), origin);
        let address = format!("{origin}/api/models/{repository}/revision/main");
        let mut answer = self.ask(&address, None, &origin, repository)?;
        let status = answer.status().as_u16();
        let (host, name) = (origin, repository.to_owned());
        if status != 200 {
            return Err(Error::Refused { host, name, status });
        }
        let body = answer
            .body_mut()
            .with_config()
            .limit(MAX_MANIFEST)
            .read_to_vec();
        let model: Option<Model> = body
            .ok()
            .and_then(|body| serde_json::from_slice(&body).ok());
        let commit =
            |it: &Model| it.sha.len() == 40 && it.sha.bytes().all(|byte| byte.is_ascii_hexdigit());
        model
            .filter(commit)
            .map(|it| it.sha)
            .ok_or(Error::Nonsense { host, name })
    }

    fn token(&self, challenge: &Challenge, host: &str, name: &str) -> Result<String, Error> {
        #[derive(Deserialize)]
        struct Answer {
            token: Option<String>,
            access_token: Option<String>,
        }
        let mut question = self.agent.get(&challenge.realm);
        for (key, value) in &challenge.parameters {
            question = question.query(key, value);
        }
        let answer = question
            .call()
            .map_err(|source| unreachable(host, name, source))?;
        let body = answer
            .into_body()
            .with_config()
            .limit(MAX_MANIFEST)
            .read_to_vec();
        let answer: Option<Answer> = body
            .ok()
            .and_then(|body| serde_json::from_slice(&body).ok());
        answer
            .and_then(|it| it.token.or(it.access_token))
            .ok_or_else(|| Error::Nonsense {
                host: host.to_owned(),
                name: name.to_owned(),
            })
    }

    fn ask(
        &self,
        address: &str,
        token: Option<&str>,
        host: &str,
        name: &str,
    ) -> Result<Response<Body>, Error> {
        let mut question = self.agent.get(address).header("accept", ACCEPT);
        if let Some(token) = token {
            question = question.header("authorization", format!("Bearer {token}"));
        }
        question
            .call()
            .map_err(|source| unreachable(host, name, source))
    }
}

fn unreachable(host: &str, name: &str, source: ureq::Error) -> Error {
    Error::Unreachable {
        host: host.to_owned(),
        name: name.to_owned(),
        source: Box::new(source),
    }
}

/// Scheme and host. On this machine itself nobody listens in.
fn origin(host: &str) -> String {
    let name = host.split(':').next().unwrap_or(host);
    match name {
        "localhost" | "127.0.0.1" => format!("http://{host}"),
        _ => format!("https://{host}"),
    }
}
