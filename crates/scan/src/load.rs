//! Reads each file once, and decides what is to be kept of it.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use bastide_discover::{Found, Problem, Wants};
use bastide_judge::FileStatus;
use bastide_kubernetes::Candidate;
use bastide_secrets::{Scanner, Secret};
use bastide_source::{Diagnostic, FileId, Source};

use crate::Request;

/// A file after it was read.
pub(crate) struct Loaded {
    /// Its text, or an empty one if nobody needs it any more.
    pub(crate) source: Source,
    pub(crate) status: FileStatus,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) secrets: Vec<Secret>,
    /// Who still wants it.
    pub(crate) wants: Wants,
}

/// Why a template of a chart is not looked at.
const CHART_TEMPLATE: &str =
    "only Helm can fill in this template: scan what `helm template` prints";

/// What loading needs to know.
pub(crate) struct Loader<'a> {
    pub(crate) request: &'a Request,
    /// `None` if secrets are not asked for.
    pub(crate) scanner: Option<&'a Scanner>,
}

impl Loader<'_> {
    /// Reads a file into `buffer`, which is reused, and keeps what is needed.
    pub(crate) fn load(&self, id: FileId, found: &Found, buffer: &mut Vec<u8>) -> Loaded {
        let mut loaded = Loaded {
            source: Source::new(id, found.path.as_str(), String::new()),
            status: FileStatus::Evaluated,
            diagnostics: Vec::new(),
            secrets: Vec::new(),
            wants: Wants::default(),
        };
        if let Some(problem) = &found.problem {
            loaded.refuse(problem);
            return loaded;
        }
        match read(&found.open, self.request.max_file_size, buffer) {
            Ok(Some(())) => self.keep(id, found, buffer, loaded),
            Ok(None) => {
                let limit = self.request.max_file_size / 1_000_000;
                let message = format!("the file is larger than {limit} MB and was not read");
                loaded.unreadable(
                    message,
                    "leave it out with `--skip-path`, or raise `--max-file-size`",
                );
                loaded
            }
            Err(error) => {
                loaded.unreadable(
                    format!("the file cannot be read: {error}"),
                    "check its permissions",
                );
                loaded
            }
        }
    }

    fn keep(&self, id: FileId, found: &Found, buffer: &mut Vec<u8>, mut loaded: Loaded) -> Loaded {
        let bytes = std::mem::take(buffer);
        let decoded =
            String::from_utf8(bytes).or_else(|error| from_utf16(error.as_bytes()).ok_or(error));
        let text = match decoded {
            Ok(text) => text,
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                *buffer = error.into_bytes();
                let lines: Vec<&[u8]> = buffer[..at].split(|byte| *byte == b'\n').collect();
                let byte = lines.last().map_or(0, |last| last.len()) + 1;
                let message = format!("the file is not UTF-8: line {}, byte {byte}", lines.len());
                loaded.unreadable(message, "save it as UTF-8");
                return loaded;
            }
        };
        let source = Source::new(id, found.path.as_str(), text);
        let mut wants = found.wants;
        if wants.kubernetes {
            match bastide_kubernetes::candidate(&source.text) {
                Candidate::Objects => {}
                Candidate::ChartTemplate => {
                    wants.kubernetes = false;
                    loaded.status = FileStatus::PassedOver(CHART_TEMPLATE.to_owned());
                }
                Candidate::Nothing => wants.kubernetes = false,
            }
        }
        wants.plan &= bastide_terraform::may_be_plan(&source.text);
        wants.pipeline = wants
            .pipeline
            .filter(|system| system.is_candidate(&source.text));
        let needed = Wants {
            secrets: false,
            ..wants
        }
        .any();
        match self.scanner.filter(|_| wants.secrets) {
            Some(scanner) if source.text.len() as u64 <= self.request.max_secrets_size => {
                loaded.secrets = scanner.scan(&source);
            }
            _ if needed || loaded.status != FileStatus::Evaluated => {}
            _ => loaded.status = FileStatus::PassedOver("nothing in it is looked at".to_owned()),
        }
        if needed || !loaded.secrets.is_empty() {
            let Source { text, .. } = source;
            // The buffer may be far larger than this text; what is kept takes no more than it needs.
            let kept = if text.capacity() > 2 * text.len() {
                text.as_str().to_owned()
            } else {
                text.clone()
            };
            *buffer = text.into_bytes();
            loaded.source = Source::new(id, found.path.as_str(), kept);
        } else {
            *buffer = source.text.into_bytes();
        }
        loaded.wants = wants;
        loaded
    }
}

impl Loaded {
    fn unreadable(&mut self, message: impl Into<String>, help: &str) {
        self.status = FileStatus::Unreadable;
        self.diagnostics
            .push(Diagnostic::file_error(self.source.id, message).help(help));
    }

    fn refuse(&mut self, problem: &Problem) {
        match problem {
            Problem::LinkToFolder => {
                self.status =
                    FileStatus::PassedOver("a link to a folder is not followed".to_owned());
            }
            Problem::LinkOut => self.unreadable(
                "the link leads out of the tree and was not followed",
                "scan the folder that it leads to, or put the file into the tree",
            ),
            Problem::BrokenLink => {
                self.unreadable("the link leads nowhere", "mend or remove it");
            }
            Problem::NotAFile => self.unreadable(
                "this is a pipe, a socket or a device, not a file",
                "leave it out with `--skip-path`",
            ),
            Problem::Refused(error) => {
                self.unreadable(
                    format!("it cannot be read: {error}"),
                    "check its permissions",
                );
            }
        }
    }
}

/// The text of a file in UTF-16, if it starts with a byte order mark: so PowerShell writes what a
/// program prints.
fn from_utf16(bytes: &[u8]) -> Option<String> {
    let (unit, bytes): (fn([u8; 2]) -> u16, _) = match bytes {
        [0xff, 0xfe, rest @ ..] => (u16::from_le_bytes, rest),
        [0xfe, 0xff, rest @ ..] => (u16::from_be_bytes, rest),
        _ => return None,
    };
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    String::from_utf16(&units).ok().filter(|_| rest.is_empty())
}

/// Reads a file into a buffer that is cleared first. `None` if it is larger than `limit` bytes.
fn read(path: &Path, limit: u64, buffer: &mut Vec<u8>) -> io::Result<Option<()>> {
    buffer.clear();
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    if size > limit {
        return Ok(None);
    }
    buffer.reserve(size as usize + 1);
    // The file may grow while it is read, or be one whose size is not known beforehand.
    file.by_ref().take(limit + 1).read_to_end(buffer)?;
    Ok((buffer.len() as u64 <= limit).then_some(()))
}
