use std::collections::HashMap;
use std::fmt::Write;

use bastide_judge::Finding;
use sha1::{Digest, Sha1};

use crate::view::View;

/// Names findings so that they are known again after the file was edited.
///
/// Version 1: the SHA-1, in hexadecimal digits, of `1`, the id of the check, the address of the
/// resource and the path of the file from the folder that the program was started in, separated by
/// zero bytes; then a colon, and, since some addresses name several things, which of those that
/// are equal so far it is, counted from one in the order of the report. The line is not part of it.
#[derive(Debug, Default)]
pub(crate) struct Fingerprints {
    seen: HashMap<[u8; 20], u32>,
}

impl Fingerprints {
    /// The fingerprint of the next finding.
    pub(crate) fn next(&mut self, view: &View<'_>, finding: &Finding) -> String {
        let resource = view.resource(finding);
        let path = view.paths.repository(resource.file);
        let parts = ["1", finding.check.id.as_str(), &resource.address, &path];
        let digest: [u8; 20] = Sha1::digest(parts.join("\0")).into();
        let count = self.seen.entry(digest).or_default();
        *count += 1;
        let mut text = String::with_capacity(43);
        for byte in digest {
            let _ = write!(text, "{byte:02x}");
        }
        let _ = write!(text, ":{count}");
        text
    }
}
