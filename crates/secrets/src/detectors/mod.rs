//! Secrets that have the shape of one provider's.

mod azure;
mod basic_auth;
mod jwt;
mod private_key;
mod tokens;

pub(crate) use basic_auth::has_password;
pub(crate) use private_key::{MAX_FILE, find as private_keys, in_file as private_keys_in_file};
pub(crate) use tokens::{names_aws, names_key, names_provider};

use crate::Detector;
use crate::lines::Window;
use crate::prefilter::Triggers;

/// A line as the detectors see it.
#[derive(Clone, Copy)]
pub(crate) struct Line<'l> {
    /// Its text without white space at its ends.
    pub(crate) text: &'l str,
    /// The lines around it, and itself.
    pub(crate) around: Window<'l>,
    /// The name of the file.
    pub(crate) file_name: &'l str,
}

/// The secrets of the line, by all the detectors that the triggers admit.
pub(crate) fn find<'l>(line: Line<'l>, triggers: Triggers) -> Vec<(Detector, &'l str)> {
    let mut found = Vec::new();
    let mut add = |detector, values: Vec<&'l str>| {
        found.extend(values.into_iter().map(|value| (detector, value)));
    };
    for rule in &tokens::RULES {
        if triggers.any(rule.trigger) {
            add(rule.detector, rule.find(line.text));
        }
    }
    if triggers.any(Triggers::TOKEN) {
        add(Detector::AzureStorage, azure::find(line));
    }
    if triggers.any(Triggers::PASSWORD) {
        add(Detector::BasicAuth, basic_auth::find(line.text));
    }
    if triggers.any(Triggers::JSON) {
        add(Detector::JsonWebToken, jwt::find(line.text));
    }
    if triggers.any(Triggers::PRIVATE_KEY) {
        add(Detector::PrivateKey, private_key::find(line.text));
    }
    found
}
