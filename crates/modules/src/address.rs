use std::fmt;

use crate::Error;

/// The registry of modules that is meant if none is named.
const PUBLIC_REGISTRY: &str = "registry.terraform.io";

/// What the `source` of a module call names, if it is no path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Address {
    /// Where the package is that the module is in.
    pub place: Place,
    /// The folder in the package, without slashes at its ends; empty for the package itself.
    pub subfolder: String,
}

/// Where a package is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    /// In a registry: `registry.terraform.io/terraform-aws-modules/vpc/aws`.
    Registry {
        /// The registry.
        host: String,
        /// Who publishes it.
        namespace: String,
        /// Its name.
        name: String,
        /// The provider that it is made for.
        provider: String,
    },
    /// In a git repository.
    Git {
        /// `https://…`, `ssh://…`.
        url: String,
        /// A branch, tag or commit; `None` for what the repository itself points to.
        reference: Option<String>,
    },
    /// In an archive to be downloaded.
    Archive {
        /// `https://….tar.gz`
        url: String,
    },
}

impl Address {
    /// Reads a `source` that is no path.
    ///
    /// # Errors
    ///
    /// If it is of a kind that is not fetched, or leads out of its package.
    pub fn new(source: &str) -> Result<Self, Error> {
        let unsupported = || Error::Unsupported(source.to_owned());
        let source = expand(source.trim());
        let (rest, query) = source.split_once('?').unwrap_or((&source, ""));
        let (package, subfolder) = split_subfolder(rest);
        let subfolder = subfolder.trim_matches('/');
        if leads_out(subfolder) {
            return Err(unsupported());
        }
        let parameter = |name: &str| {
            let mut parameters = query.split('&').filter_map(|it| it.split_once('='));
            parameters
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value)
        };
        let place = if let Some(url) = package.strip_prefix("git::") {
            let reference = parameter("ref").map(str::to_owned);
            git(url, reference).ok_or_else(unsupported)?
        } else if package.starts_with("https://") || is_loopback_url(package) {
            let kind = parameter("archive").map(|kind| format!(".{kind}"));
            let path = kind.as_deref().unwrap_or(package);
            if !path.ends_with(".tar.gz") && !path.ends_with(".tgz") {
                return Err(unsupported());
            }
            let others: Vec<&str> = query
                .split('&')
                .filter(|it| !it.starts_with("archive="))
                .collect();
            let query = others.join("&");
            let mark = if query.is_empty() { "" } else { "?" };
            Place::Archive {
                url: format!("{package}{mark}{query}"),
            }
        } else {
            registry(package).ok_or_else(unsupported)?
        };
        Ok(Self {
            place,
            subfolder: subfolder.to_owned(),
        })
    }

    /// The machine that it is on.
    pub fn host(&self) -> &str {
        match &self.place {
            Place::Registry { host, .. } => host,
            Place::Git { url, .. } | Place::Archive { url } => host_of(url),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Registry {
                host,
                namespace,
                name,
                provider,
            } => write!(f, "{host}/{namespace}/{name}/{provider}")?,
            Place::Git { url, .. } | Place::Archive { url } => f.write_str(url)?,
        }
        match self.subfolder.as_str() {
            "" => Ok(()),
            subfolder => write!(f, "//{subfolder}"),
        }
    }
}

/// The short forms of git hosts, written out: `github.com/…`, `git@github.com:…`.
fn expand(source: &str) -> String {
    let source = source
        .strip_prefix("git::")
        .filter(|rest| rest.starts_with("git@"))
        .unwrap_or(source);
    if let Some((host, path)) = source
        .strip_prefix("git@")
        .and_then(|rest| rest.split_once(':'))
    {
        return format!("git::ssh://git@{host}/{path}");
    }
    let hosted = ["github.com/", "bitbucket.org/"]
        .iter()
        .any(|host| source.starts_with(host));
    if hosted {
        return format!("git::https://{source}");
    }
    source.to_owned()
}

/// What stands before and after the `//` that is not part of `https://`.
fn split_subfolder(source: &str) -> (&str, &str) {
    let from = source.find("://").map_or(0, |at| at + 3);
    match source[from..].find("//") {
        Some(at) => (&source[..from + at], &source[from + at + 2..]),
        None => (source, ""),
    }
}

/// Git takes many kinds of URL, some of which start a program or read a file of this machine.
fn git(url: &str, reference: Option<String>) -> Option<Place> {
    let known = ["https://", "ssh://"]
        .iter()
        .any(|start| url.starts_with(start));
    let plain = |text: &str| {
        !text.starts_with('-')
            && !text.contains(|char: char| char.is_control() || char == '\\' || char == ' ')
    };
    let good = (known || is_loopback_url(url)) && plain(url) && !leads_out(path_of(url));
    let good_reference = reference.as_deref().is_none_or(|reference| {
        plain(reference)
            && !leads_out(reference)
            && !reference.is_empty()
            && !reference.starts_with('/')
    });
    (good && good_reference && !host_of(url).is_empty()).then(|| Place::Git {
        url: url.to_owned(),
        reference,
    })
}

fn registry(package: &str) -> Option<Place> {
    let parts: Vec<&str> = package.split('/').collect();
    let (host, [namespace, name, provider]) = match parts[..] {
        [namespace, name, provider] => (PUBLIC_REGISTRY, [namespace, name, provider]),
        [host, namespace, name, provider] if host.contains(['.', ':']) => {
            (host, [namespace, name, provider])
        }
        _ => return None,
    };
    let is_name = |name: &str| {
        let mut chars = name.chars();
        chars
            .next()
            .is_some_and(|first| first.is_ascii_alphanumeric())
            && chars.all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_'))
    };
    let is_host = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '-' | ':');
    let good = [namespace, name, provider].into_iter().all(is_name)
        && host.chars().all(is_host)
        && !host.starts_with(['.', '-', ':']);
    good.then(|| Place::Registry {
        host: host.to_owned(),
        namespace: namespace.to_owned(),
        name: name.to_owned(),
        provider: provider.to_owned(),
    })
}

/// Whether a path with `/` between its parts leads out of where it starts.
pub(crate) fn leads_out(path: &str) -> bool {
    path.split(['/', '\\']).any(|part| part == "..") || path.contains('\0')
}

/// `example.com` of `https://user@example.com:8443/path`, with the port.
pub(crate) fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or("");
    authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host)
}

/// What follows the host, without slashes at its ends.
pub(crate) fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split_once('/')
        .map_or("", |(_, path)| path.trim_matches('/'))
}

/// Whether a host is this machine: it is spoken to without encryption.
pub(crate) fn is_loopback(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "localhost" | "127.0.0.1")
}

fn is_loopback_url(url: &str) -> bool {
    url.starts_with("http://") && is_loopback(host_of(url))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> String {
        match Address::new(source) {
            Ok(address) => {
                let reference = match &address.place {
                    Place::Git { reference, .. } => reference.clone(),
                    _ => None,
                };
                let reference = reference.map_or(String::new(), |it| format!(" at {it}"));
                format!("{address}{reference}")
            }
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn kinds_of_sources() {
        assert_eq!(
            shown("terraform-aws-modules/iam/aws//modules/iam-user"),
            "registry.terraform.io/terraform-aws-modules/iam/aws//modules/iam-user"
        );
        assert_eq!(
            shown("app.terraform.io/org/vpc/aws"),
            "app.terraform.io/org/vpc/aws"
        );
        assert_eq!(
            shown("git::https://example.com/vpc.git//sub?ref=v1.2.0"),
            "https://example.com/vpc.git//sub at v1.2.0"
        );
        assert_eq!(
            shown("github.com/org/repo//a/b"),
            "https://github.com/org/repo//a/b"
        );
        assert_eq!(
            shown("git@github.com:org/repo.git?ref=main"),
            "ssh://git@github.com/org/repo.git at main"
        );
        assert_eq!(
            shown("git::git@example.com:org/repo.git"),
            "ssh://git@example.com/org/repo.git"
        );
        assert_eq!(
            shown("https://example.com/m.tar.gz//sub?archive=tar.gz&token=1"),
            "https://example.com/m.tar.gz?token=1//sub"
        );
    }

    #[test]
    fn what_is_refused() {
        for source in [
            "git::ext::sh -c x",
            "git::file:///etc",
            "git::/etc",
            "git::https://example.com/a//../../b",
            "git::https://example.com/../../a",
            "git::https://example.com/a?ref=../../b",
            "git::https://example.com/a?ref=--upload-pack=x",
            "git::https:///a",
            "http://example.com/a.tar.gz",
            "s3::https://s3.amazonaws.com/bucket/a.zip",
            "a/b",
            "a/b/../c",
            "../a/b/c",
            "",
        ] {
            assert!(Address::new(source).is_err(), "{source}");
        }
    }
}
