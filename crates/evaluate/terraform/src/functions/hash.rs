//! Hashes.

use bastide_value::{Cause, Value};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

use super::{Args, encoding};

type Result<'a> = std::result::Result<Value<'a>, Cause<'a>>;

pub(super) fn md5<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    Ok(args.give(hex(&Md5::digest(args.text(0)?.as_bytes()))))
}

pub(super) fn sha1<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    Ok(args.give(hex(&Sha1::digest(args.text(0)?.as_bytes()))))
}

pub(super) fn sha256<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    Ok(args.give(hex(&Sha256::digest(args.text(0)?.as_bytes()))))
}

pub(super) fn sha512<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    Ok(args.give(hex(&Sha512::digest(args.text(0)?.as_bytes()))))
}

pub(super) fn base64_sha256<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    Ok(args.give(encoding::base64(&Sha256::digest(args.text(0)?.as_bytes()))))
}

pub(super) fn base64_sha512<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    Ok(args.give(encoding::base64(&Sha512::digest(args.text(0)?.as_bytes()))))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
