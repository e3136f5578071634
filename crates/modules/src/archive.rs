//! Packages that are archives.

use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;
use tar::{Archive, EntryType};

use crate::fetch::Error;

/// An archive holds no more than this, in bytes: a small one may unfold to any size.
const MAX_UNPACKED: u64 = 1 << 30;

/// Puts the files of an archive (`.tar.gz`) into a folder. Links are passed over, and so is what
/// would lie outside.
pub(crate) fn unpack(bytes: &[u8], folder: &Path) -> Result<(), Error> {
    let unpacked = GzDecoder::new(bytes).take(MAX_UNPACKED);
    let mut archive = Archive::new(unpacked);
    for entry in archive.entries()? {
        let mut entry = entry?;
        let kind = entry.header().entry_type();
        if matches!(kind, EntryType::Regular | EntryType::Directory) {
            entry.unpack_in(folder)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use tar::{Builder, Header};

    use super::*;

    #[test]
    fn nothing_leads_out() {
        let mut builder = Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        let mut add = |path: &[u8], kind, text: &[u8]| {
            let mut header = Header::new_gnu();
            header.as_gnu_mut().expect("a header").name[..path.len()].copy_from_slice(path);
            header.set_entry_type(kind);
            header.set_size(text.len() as u64);
            header.set_mode(0o644);
            header.set_cksum();
            builder.append(&header, text).expect("an entry");
        };
        add(b"m/main.tf", EntryType::Regular, b"a = 1");
        add(b"../out.tf", EntryType::Regular, b"a = 1");
        add(b"link", EntryType::Symlink, b"");
        let mut encoder = builder.into_inner().expect("an archive");
        encoder.flush().expect("written");
        let bytes = encoder.finish().expect("written");
        let folder = tempfile::tempdir().expect("a folder");
        let inner = folder.path().join("inner");
        fs::create_dir(&inner).expect("a folder");
        unpack(&bytes, &inner).expect("unpacked");
        assert_eq!(
            fs::read_to_string(inner.join("m/main.tf")).expect("a file"),
            "a = 1"
        );
        assert!(!folder.path().join("out.tf").exists());
        assert!(fs::symlink_metadata(inner.join("link")).is_err());
        assert!(unpack(b"no archive", &inner).is_err());
    }
}
