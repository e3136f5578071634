use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::time::Duration;

use futures_util::{StreamExt, stream};
use oci_client::client::{ClientConfig, ClientProtocol};
use oci_client::{Client, Reference};
use tokio::runtime::{Builder, Runtime};

use crate::hub::{self, HUB, is_hexadecimal};
use crate::login::Login;
use crate::{Error, Reason};

/// So many questions are open at a time.
const OPEN_QUESTIONS: usize = 8;

/// Who does not connect or goes silent for so long is given up.
const CONNECT: Duration = Duration::from_secs(10);
const SILENCE: Duration = Duration::from_secs(30);

/// How this program presents itself.
const AGENT: &str = concat!("bastide/", env!("CARGO_PKG_VERSION"));

/// A name that stands for something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Name<'a> {
    /// An image with a tag: `docker.io/library/postgres:18.3`. It stands for a digest.
    Image(&'a str),
    /// The repository of a model: `Qwen/Qwen3-8B`. It stands for a commit.
    Model(&'a str),
}

/// Who is asked, and as whom. It holds a secret, so that it is not shown.
#[derive(Clone)]
pub struct Options {
    /// A registry to ask for all images instead of their own. It has every image under its whole
    /// name: `docker.io/library/postgres`.
    pub mirror: Option<String>,
    /// Where models have their names: a URL.
    pub hub: String,
    /// The token of the user there.
    pub token: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            mirror: None,
            hub: HUB.to_owned(),
            token: None,
        }
    }
}

/// The registries of images, and the hub of models. They are asked anew each time.
pub struct Registries {
    options: Options,
    runtime: Runtime,
    client: reqwest::Client,
}

impl Registries {
    /// Asks nobody yet.
    ///
    /// # Errors
    ///
    /// If the machine has no certificates to know others by.
    pub fn new(options: Options) -> Result<Self, Error> {
        // It is an error that one is installed already, and a good one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Error::NoTls(error.to_string()))?;
        let client = reqwest::Client::builder()
            .user_agent(AGENT)
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE)
            .build()
            .map_err(|error| Error::NoTls(error.to_string()))?;
        Ok(Self {
            options,
            runtime,
            client,
        })
    }

    /// What names stand for now: `sha256:…` for an image, 40 hexadecimal digits for a model. Several are
    /// asked for at a time; the answers are in the order of the names. `answered` is called after each.
    pub fn resolve(&self, names: &[Name<'_>], answered: &dyn Fn()) -> Vec<Result<String, Error>> {
        let images = Images::of(names, self.options.mirror.as_deref());
        let images = &images;
        let questions = names.iter().map(|name| async move {
            let answer = match name {
                Name::Image(name) => images.digest(name).await,
                Name::Model(name) => self.commit(name).await,
            };
            answered();
            answer
        });
        let answers = stream::iter(questions).buffered(OPEN_QUESTIONS).collect();
        self.runtime.block_on(answers)
    }

    async fn commit(&self, name: &str) -> Result<String, Error> {
        let hub = self.options.hub.trim_end_matches('/');
        let commit = hub::commit(&self.client, hub, self.options.token.as_deref(), name).await;
        commit.map_err(|reason| Error::Unresolved {
            name: name.to_owned(),
            host: hub.to_owned(),
            reason,
        })
    }
}

/// A client for the hosts of some images, with the logins there.
struct Images<'a> {
    client: Client,
    logins: BTreeMap<String, Login>,
    mirror: Option<&'a str>,
}

impl<'a> Images<'a> {
    fn of(names: &[Name<'_>], mirror: Option<&'a str>) -> Self {
        let references = names.iter().filter_map(|name| match name {
            Name::Image(name) => reference(name, mirror),
            Name::Model(_) => None,
        });
        let hosts: BTreeSet<String> = references.map(|it| it.registry().to_owned()).collect();
        let config = ClientConfig {
            protocol: ClientProtocol::HttpsExcept(
                hosts.iter().filter(|it| is_loopback(it)).cloned().collect(),
            ),
            connect_timeout: Some(CONNECT),
            read_timeout: Some(SILENCE),
            user_agent: AGENT,
            ..ClientConfig::default()
        };
        let login = |host: String| {
            let login = Login::of(&host);
            (host, login)
        };
        Self {
            // It would complain and go on without the configuration if the machine had no certificates;
            // that was seen to before.
            client: Client::new(config),
            logins: hosts.into_iter().map(login).collect(),
            mirror,
        }
    }

    /// Asks for the head of a manifest alone where the registry says its digest there: that does not
    /// count as a pull, of which a registry may allow a few an hour. Who pulls compares the digest with
    /// what comes. Of an image for several platforms it is that of its index.
    async fn digest(&self, name: &str) -> Result<String, Error> {
        let reference =
            reference(name, self.mirror).ok_or_else(|| Error::Invalid(name.to_owned()))?;
        let login = self.logins.get(reference.registry());
        let login = login.cloned().unwrap_or_else(Login::anonymous);
        let answer = self.client.fetch_manifest_digest(&reference, &login.auth);
        let digest = match answer.await {
            Ok(digest) => digest
                .strip_prefix("sha256:")
                .is_some_and(|it| is_hexadecimal(it, 64))
                .then(|| digest.clone())
                .ok_or(Reason::Nonsense(format!("`{digest}` is no digest"))),
            Err(error) => match (Reason::of(&error, login.is_some()), login.unusable) {
                (Reason::LoginNeeded, Some(why)) => Err(Reason::LoginUnusable(why)),
                (reason, _) => Err(reason),
            },
        };
        digest.map_err(|reason| Error::Unresolved {
            name: name.to_owned(),
            host: reference.registry().to_owned(),
            reason,
        })
    }
}

/// Where an image with a tag is asked for.
fn reference(name: &str, mirror: Option<&str>) -> Option<Reference> {
    let reference: Reference = name.parse().ok()?;
    // One without a tag would be read as `latest`, which is nothing to hold on to.
    let tag = name.rsplit_once(':').map(|(_, tag)| tag);
    if tag.is_none() || tag != reference.tag() || reference.digest().is_some() {
        return None;
    }
    let Some(mirror) = mirror else {
        return Some(reference);
    };
    let (registry, repository) = (reference.registry(), reference.repository());
    let whole = format!("{registry}/{repository}");
    let tag = reference.tag()?.to_owned();
    Some(Reference::with_tag(
        mirror.trim_end_matches('/').to_owned(),
        whole,
        tag,
    ))
}

/// On this machine itself nobody listens in, so that a registry there needs no TLS.
fn is_loopback(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    name == "localhost"
        || name
            .trim_matches(['[', ']'])
            .parse()
            .is_ok_and(|it: IpAddr| it.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_images() {
        let read = |name: &str| reference(name, None).map(|it| it.whole());
        let whole = |name: &str| Some(name.to_owned());
        assert_eq!(read("postgres:18"), whole("docker.io/library/postgres:18"));
        assert_eq!(
            read("qdrant/qdrant:v1"),
            whole("docker.io/qdrant/qdrant:v1")
        );
        assert_eq!(read("127.0.0.1:5000/a/b:c"), whole("127.0.0.1:5000/a/b:c"));
        let digest = format!("postgres:18@sha256:{}", "0".repeat(64));
        for name in [
            "postgres",
            "ghcr.io/a/b",
            "127.0.0.1:5000/a",
            "a b:c",
            "A:1",
            ":x",
            &digest,
        ] {
            assert_eq!(read(name), None, "{name}");
        }
        let mirrored = reference("postgres:18", Some("127.0.0.1:5000/")).map(|it| it.whole());
        assert_eq!(
            mirrored,
            whole("127.0.0.1:5000/docker.io/library/postgres:18")
        );
    }

    #[test]
    fn loopback() {
        for host in [
            "localhost",
            "localhost:5000",
            "127.0.0.1",
            "127.1.2.3:5000",
            "[::1]:5000",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "docker.io",
            "127.0.0.1.example.com",
            "10.0.0.1:5000",
            "localhost.example.com:443",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }

    #[test]
    fn what_is_no_name_is_not_asked_for() {
        let registries = Registries::new(Options::default()).expect("there are certificates");
        let answers = registries.resolve(&[Name::Image("postgres")], &|| ());
        assert_eq!(answers, [Err(Error::Invalid("postgres".to_owned()))]);
    }
}
