use std::fmt;
use std::str::FromStr;

/// The name of an image, with its tag.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Reference {
    /// The host of the registry, perhaps with a port: `docker.io`.
    pub host: String,
    /// The repository there: `library/postgres`.
    pub repository: String,
    /// The tag: `18.3`.
    pub tag: String,
}

/// A text that is not the name of an image with a tag.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`{0}` is not the name of an image with a tag")]
pub struct InvalidReference(pub String);

impl FromStr for Reference {
    type Err = InvalidReference;

    /// As container engines read it: what is before the first `/` is a host if it looks like one.
    fn from_str(text: &str) -> Result<Self, InvalidReference> {
        let invalid = || InvalidReference(text.to_owned());
        let (host, rest) = match text.split_once('/') {
            Some((host, rest)) if host.contains(['.', ':']) || host == "localhost" => (host, rest),
            _ => ("docker.io", text),
        };
        let (repository, tag) = rest.rsplit_once(':').ok_or_else(invalid)?;
        let name = |char: char| char.is_ascii_alphanumeric() || "._-/".contains(char);
        if repository.is_empty()
            || tag.is_empty()
            || !repository.chars().all(name)
            || !tag.chars().all(name)
            || tag.contains('/')
        {
            return Err(invalid());
        }
        let repository = match host == "docker.io" && !repository.contains('/') {
            true => format!("library/{repository}"),
            false => repository.to_owned(),
        };
        Ok(Self {
            host: host.to_owned(),
            repository,
            tag: tag.to_owned(),
        })
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}:{}", self.host, self.repository, self.tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_images() {
        let read = |text: &str| text.parse::<Reference>().map(|it| it.to_string());
        assert_eq!(
            read("postgres:18"),
            Ok("docker.io/library/postgres:18".to_owned())
        );
        assert_eq!(
            read("qdrant/qdrant:v1"),
            Ok("docker.io/qdrant/qdrant:v1".to_owned())
        );
        assert_eq!(
            read("127.0.0.1:5000/a/b:c"),
            Ok("127.0.0.1:5000/a/b:c".to_owned())
        );
        for text in ["postgres", "ghcr.io/a/b", "a b:c", "x@sha256:0", ":x"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
