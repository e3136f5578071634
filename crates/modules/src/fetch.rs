use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::registry::Web;
use crate::{Address, Constraint, Credentials, Folder, Place, archive, git};

/// A package may lead to another place so many times: a registry names a repository.
const MAX_STEPS: u32 = 4;

/// Why a module could not be fetched. The messages end a sentence that names the call.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The kind of address is not known, or not allowed.
    #[error("`{0}` is of no kind that is fetched")]
    Unsupported(String),
    /// Git could not be started.
    #[error("`git` cannot be started: {0}")]
    NoGit(io::Error),
    /// Git failed; what it said last.
    #[error("git: {0}")]
    Git(String),
    /// A request failed.
    #[error("{0}")]
    Http(String),
    /// The host speaks no registry protocol.
    #[error("the host is no registry of modules")]
    NoRegistry,
    /// The registry has no version that is allowed.
    #[error("the registry has no version that the constraint allows")]
    NoVersion,
    /// The registry does not say where the package is.
    #[error("the registry does not say where the package is")]
    NoPackage,
    /// The package has no such folder.
    #[error("the package has no folder `{0}`")]
    NoSubfolder(String),
    /// A file could not be written.
    #[error("it cannot be stored: {0}")]
    Io(#[from] io::Error),
}

impl Error {
    pub(crate) fn http(error: ureq::Error) -> Self {
        Self::Http(error.to_string())
    }
}

/// Fetches packages into a folder.
#[derive(Debug)]
pub struct Fetcher<'a> {
    /// Where they are kept.
    pub folder: &'a Folder,
    /// What opens what is not public.
    pub credentials: &'a Credentials,
}

impl Fetcher<'_> {
    /// The folder of a module, fetched if it is not kept yet.
    ///
    /// # Errors
    ///
    /// If it is not to be had.
    pub fn fetch(&self, address: &Address, constraint: &Constraint) -> Result<PathBuf, Error> {
        if let Some(found) = self.folder.find(address, constraint) {
            return Ok(found);
        }
        let package = match &address.place {
            Place::Registry {
                host,
                namespace,
                name,
                provider,
            } => {
                let path = format!("{namespace}/{name}/{provider}");
                let web = Web::new(self.credentials);
                let (version, source) = web.locate(host, &path, constraint)?;
                let package = self.folder.package(address, Some(&version));
                store(&package, |folder| {
                    self.get(&Source::new(&source)?, folder, 0)
                })?;
                package
            }
            _ => {
                let package = self.folder.package(address, None);
                let whole = Source {
                    address: Address {
                        subfolder: String::new(),
                        ..address.clone()
                    },
                    any_subfolder: false,
                };
                store(&package, |folder| self.get(&whole, folder, 0))?;
                package
            }
        };
        let module = package.join(&address.subfolder);
        if module.is_dir() {
            return Ok(module);
        }
        Err(Error::NoSubfolder(address.subfolder.clone()))
    }

    /// Puts what is at a source into a folder, which is there and empty. Gives the folder in it that
    /// the source names.
    fn get(&self, source: &Source, folder: &Path, step: u32) -> Result<PathBuf, Error> {
        let package = match &source.address.place {
            Place::Git { url, reference } => {
                git::fetch(url, reference.as_deref(), folder, self.credentials)?;
                folder.to_owned()
            }
            Place::Archive { url } => {
                let bytes = Web::new(self.credentials).package(url)?;
                archive::unpack(&bytes, folder)?;
                folder.to_owned()
            }
            Place::Registry { .. } if step >= MAX_STEPS => return Err(Error::NoPackage),
            Place::Registry {
                host,
                namespace,
                name,
                provider,
            } => {
                let path = format!("{namespace}/{name}/{provider}");
                let web = Web::new(self.credentials);
                let (_, next) = web.locate(host, &path, &Constraint::default())?;
                self.get(&Source::new(&next)?, folder, step + 1)?
            }
        };
        let subfolder = &source.address.subfolder;
        let wanted = if source.any_subfolder {
            let mut entries = fs::read_dir(&package)?.filter_map(Result::ok);
            let first = entries.find(|entry| entry.path().is_dir());
            first.ok_or(Error::NoPackage)?.path()
        } else {
            package.join(subfolder)
        };
        if !wanted.is_dir() {
            return Err(Error::NoSubfolder(subfolder.clone()));
        }
        Ok(wanted)
    }
}

/// What a registry says where a package is: an address, in which `//*` stands for the one folder in
/// an archive.
struct Source {
    address: Address,
    any_subfolder: bool,
}

impl Source {
    fn new(source: &str) -> Result<Self, Error> {
        let mut address = Address::new(source)?;
        let any_subfolder = address.subfolder == "*";
        if any_subfolder {
            address.subfolder.clear();
        }
        Ok(Self {
            address,
            any_subfolder,
        })
    }
}

/// Fills a folder beside a place, and moves what is to be kept of it there when it is whole.
fn store(place: &Path, fill: impl FnOnce(&Path) -> Result<PathBuf, Error>) -> Result<(), Error> {
    let parent = place.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent)?;
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let partial = parent.join(format!(".{name}.{}", std::process::id()));
    fs::create_dir(&partial)?;
    let stored = fill(&partial).and_then(|wanted| Ok(fs::rename(wanted, place)?));
    // If all of it is kept, nothing is left here.
    if partial.exists() {
        fs::remove_dir_all(&partial)?;
    }
    stored
}

/// Bytes in base64, with padding.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let mut bits = [0; 4];
        bits[1..=chunk.len()].copy_from_slice(chunk);
        let bits = u32::from_be_bytes(bits);
        for place in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= chunk.len() {
                char::from(digit)
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_has_padding() {
        assert_eq!(base64(b"any carnal pleas"), "YW55IGNhcm5hbCBwbGVhcw==");
        assert_eq!(base64(b"a:b"), "YTpi");
    }
}
