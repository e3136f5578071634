//! The registry protocol: which versions there are, and where a package is.

use std::time::Duration;

use serde_json::Value as Json;
use ureq::Agent;
use ureq::http::Response;

use crate::address::is_loopback;
use crate::credentials::Credentials;
use crate::fetch::Error;
use crate::{Constraint, Version};

/// A request may take so long, with all that it leads to.
const TIMEOUT: Duration = Duration::from_secs(60);

/// An answer of a registry is no longer than this, in bytes.
const MAX_ANSWER: u64 = 16 << 20;

/// A package is no longer than this, in bytes.
const MAX_PACKAGE: u64 = 200 << 20;

/// One registry, or whoever else gives out packages.
pub(crate) struct Web<'a> {
    agent: Agent,
    credentials: &'a Credentials,
}

impl<'a> Web<'a> {
    pub(crate) fn new(credentials: &'a Credentials) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(TIMEOUT))
            .user_agent(concat!("bastide/", env!("CARGO_PKG_VERSION")));
        Self {
            agent: config.build().into(),
            credentials,
        }
    }

    /// The newest version of a module that is allowed, and the source that it is to be had from.
    /// `path` is `namespace/name/provider`.
    pub(crate) fn locate(
        &self,
        host: &str,
        path: &str,
        constraint: &Constraint,
    ) -> Result<(Version, String), Error> {
        let modules = self.discover(host)?;
        let listed = self.json(host, &format!("{modules}{path}/versions"))?;
        let versions = listed
            .pointer("/modules/0/versions")
            .and_then(Json::as_array);
        let versions = versions.into_iter().flatten();
        let versions = versions.filter_map(|it| it.get("version")?.as_str()?.parse().ok());
        let version = constraint.newest(versions).ok_or(Error::NoVersion)?;
        let url = format!("{modules}{path}/{version}/download");
        let answer = self.get(host, &url)?;
        let header = answer.headers().get("x-terraform-get");
        let source = match header.and_then(|header| header.to_str().ok()) {
            Some(source) => source.to_owned(),
            None => {
                let body = body(answer)?;
                let source = body.get("location").and_then(Json::as_str);
                source.ok_or(Error::NoPackage)?.to_owned()
            }
        };
        Ok((version, absolute(&source, &url)))
    }

    /// Where a host has its modules: an URL with a slash at the end.
    fn discover(&self, host: &str) -> Result<String, Error> {
        let scheme = if is_loopback(host) { "http" } else { "https" };
        let base = format!("{scheme}://{host}/");
        let services = self.json(host, &format!("{base}.well-known/terraform.json"))?;
        let modules = services.get("modules.v1").and_then(Json::as_str);
        let url = absolute(modules.ok_or(Error::NoRegistry)?, &base);
        Ok(format!("{}/", url.trim_end_matches('/')))
    }

    fn json(&self, host: &str, url: &str) -> Result<Json, Error> {
        body(self.get(host, url)?)
    }

    /// A token is for the host that the address names, wherever that keeps its modules.
    fn get(&self, host: &str, url: &str) -> Result<Response<ureq::Body>, Error> {
        let mut request = self.agent.get(url);
        if let Some(token) = self.credentials.registry(host) {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        request.call().map_err(Error::http)
    }

    /// What is at an URL, which says by itself who may have it.
    pub(crate) fn package(&self, url: &str) -> Result<Vec<u8>, Error> {
        let mut answer = self.agent.get(url).call().map_err(Error::http)?;
        let body = answer.body_mut().with_config().limit(MAX_PACKAGE);
        body.read_to_vec().map_err(Error::http)
    }
}

fn body(mut answer: Response<ureq::Body>) -> Result<Json, Error> {
    let body = answer.body_mut().with_config().limit(MAX_ANSWER);
    let text = body.read_to_string().map_err(Error::http)?;
    serde_json::from_str(&text).map_err(|_| Error::NoRegistry)
}

/// A source or URL that may be relative to the one that it was got from.
fn absolute(source: &str, base: &str) -> String {
    let origin = base.find("://").map_or(base.len(), |at| {
        let path = base[at + 3..].find('/');
        path.map_or(base.len(), |path| at + 3 + path)
    });
    if let Some(path) = source.strip_prefix('/') {
        return format!("{}/{path}", &base[..origin]);
    }
    if !source.starts_with("./") && !source.starts_with("../") {
        return source.to_owned();
    }
    let mut folders: Vec<&str> = base[origin..].split('/').collect();
    folders.pop();
    for part in source.split('/') {
        match part {
            "." => {}
            ".." if folders.len() > 1 => {
                folders.pop();
            }
            ".." => {}
            part => folders.push(part),
        }
    }
    format!("{}{}", &base[..origin], folders.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_relative_to_a_url() {
        let base = "https://example.com/v1/modules/a/b/c/1.0.0/download";
        assert_eq!(absolute("/x.tgz", base), "https://example.com/x.tgz");
        assert_eq!(
            absolute("./x.tgz", base),
            "https://example.com/v1/modules/a/b/c/1.0.0/x.tgz"
        );
        assert_eq!(
            absolute("../../x.tgz", base),
            "https://example.com/v1/modules/a/b/x.tgz"
        );
        assert_eq!(absolute("git::https://g/a", base), "git::https://g/a");
        assert_eq!(
            absolute("/v1/", "https://example.com/"),
            "https://example.com/v1/"
        );
    }
}
