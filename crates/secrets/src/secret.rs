use bastide_source::Span;

use crate::Detector;

/// A string that may be a secret. The string itself is not part of it, only its place: what is
/// printed of a secret, and be it by accident, can be read by everyone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Secret {
    /// What kind of secret it looks like.
    pub detector: Detector,
    /// Where it is written. If it is written otherwise than it reads (with escapes, over several
    /// lines), the whole value or the whole line.
    pub span: Span,
    /// The line that the verdict is about, counted from one. A lone carriage return ends a line
    /// here.
    pub line: u32,
    /// The SHA-1 of the string in lower-case hexadecimal digits: the name of the resource.
    pub hash: String,
    /// That it is to be passed over, if somebody wrote so.
    pub skip: Option<Skip>,
}

/// A note beside a secret that it is to be passed over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Skip {
    /// The reason that was given.
    pub reason: Option<String>,
}
