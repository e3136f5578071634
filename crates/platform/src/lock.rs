use std::collections::BTreeMap;

use bastide_source::{FileId, Source};
use schemars::JsonSchema;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use crate::InvalidFile;

/// What images and models are, that are otherwise known by a name which can come to mean something
/// else: `bastide.lock.yaml`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Lock {
    /// The digest of each image, `sha256:…`, by its name with its tag.
    #[serde(deserialize_with = "digests")]
    pub images: BTreeMap<String, String>,
    /// The commit of each model, by its id at Hugging Face.
    #[serde(deserialize_with = "commits")]
    pub models: BTreeMap<String, String>,
}

impl Lock {
    /// What the file is called.
    pub const FILE_NAME: &str = "bastide.lock.yaml";

    /// Reads a file. `path` is what messages call it.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn parse(text: &str, path: &str) -> Result<Self, InvalidFile> {
        let source = Source::new(FileId(0), path, text.to_owned());
        bastide_yaml::typed(&source).map_err(|mistakes| InvalidFile::new(source, mistakes))
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let about = "# Written by `bastide lock`: what the names of images and models stand for.\n";
        let value = serde_json::to_value(self).unwrap_or_default();
        format!("{about}{}", bastide_yaml::emit::to_string(&value))
    }

    /// An image as it is pulled: with its digest, if that is known.
    pub fn pulled(&self, image: &str) -> String {
        match self.images.get(image) {
            Some(digest) => format!("{image}@{digest}"),
            None => image.to_owned(),
        }
    }

    /// Whether an image cannot become another one.
    pub fn is_fixed(&self, image: &str) -> bool {
        image.contains("@sha256:") || self.images.contains_key(image)
    }
}

fn digests<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, String>, D::Error> {
    let expected = "a digest: `sha256:` and 64 hexadecimal digits";
    all(from, expected, |it| {
        it.strip_prefix("sha256:")
            .is_some_and(|it| is_hexadecimal(it, 64))
    })
}

fn commits<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, String>, D::Error> {
    let expected = "a commit: 40 hexadecimal digits";
    all(from, expected, |it| is_hexadecimal(it, 40))
}

fn all<'de, D: Deserializer<'de>>(
    from: D,
    expected: &str,
    is_fit: fn(&str) -> bool,
) -> Result<BTreeMap<String, String>, D::Error> {
    let entries: BTreeMap<String, String> = Deserialize::deserialize(from)?;
    match entries.iter().find(|(_, value)| !is_fit(value)) {
        Some((name, value)) => Err(D::Error::custom(format!(
            "`{name}` is `{value}`, not {expected}"
        ))),
        None => Ok(entries),
    }
}

fn is_hexadecimal(text: &str, digits: usize) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.len() == digits && text.bytes().all(digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_locked() {
        let digest = format!("sha256:{}", "0a".repeat(32));
        let text = format!("images:\n  example.com/a:1: {digest}\nmodels: {{}}\n");
        let lock = Lock::parse(&text, Lock::FILE_NAME).unwrap();
        assert_eq!(
            lock.pulled("example.com/a:1"),
            format!("example.com/a:1@{digest}")
        );
        assert_eq!(Lock::parse(&lock.text(), Lock::FILE_NAME).unwrap(), lock);
        for text in [
            "images: {a: latest}",
            "images: {a: 'sha256:0'}",
            "models: {a/b: main}",
        ] {
            assert!(Lock::parse(text, Lock::FILE_NAME).is_err(), "{text}");
        }
    }
}
