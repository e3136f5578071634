//! Hashes of texts, and of files.

use bastide_value::{Cause, Value};
use sha1::Sha1;
use sha2::Digest;

use super::{Args, encoding, file};

type Result<'a> = std::result::Result<Value<'a>, Cause<'a>>;

/// A hash of a text, in hexadecimal digits.
pub(super) fn of_text<'a, D: Digest>(args: &Args<'_, 'a>) -> Result<'a> {
    Ok(args.give(hex(&D::digest(args.text(0)?.as_bytes()))))
}

/// A hash of what a file holds, in hexadecimal digits.
pub(super) fn of_file<'a, D: Digest>(args: &Args<'_, 'a>) -> Result<'a> {
    Ok(args.give(hex(&D::digest(file::bytes(args, 0)?))))
}

/// A hash of a text, in base64.
pub(super) fn base64_of_text<'a, D: Digest>(args: &Args<'_, 'a>) -> Result<'a> {
    Ok(args.give(encoding::base64(&D::digest(args.text(0)?.as_bytes()))))
}

/// A hash of what a file holds, in base64.
pub(super) fn base64_of_file<'a, D: Digest>(args: &Args<'_, 'a>) -> Result<'a> {
    Ok(args.give(encoding::base64(&D::digest(file::bytes(args, 0)?))))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A name in a namespace, as RFC 9562 (5.5) makes a UUID of it.
pub(super) fn uuid_v5<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let namespace = args.text(0)?;
    let namespace = match &*namespace {
        "dns" => "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
        "url" => "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
        "oid" => "6ba7b812-9dad-11d1-80b4-00c04fd430c8",
        "x500" => "6ba7b814-9dad-11d1-80b4-00c04fd430c8",
        other => other,
    };
    let wrong = Cause::Invalid("the namespace is no UUID");
    let digits = namespace.replace('-', "");
    let namespace = u128::from_str_radix(&digits, 16)
        .ok()
        .filter(|_| digits.len() == 32)
        .ok_or(wrong)?;
    let mut hash = Sha1::new();
    hash.update(namespace.to_be_bytes());
    hash.update(args.text(1)?.as_bytes());
    let mut id = [0; 16];
    id.copy_from_slice(&hash.finalize()[..16]);
    id[6] = id[6] & 0x0f | 0x50;
    id[8] = id[8] & 0x3f | 0x80;
    let text = hex(&id);
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| &text[part]);
    Ok(args.give(parts.join("-")))
}
