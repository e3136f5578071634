//! An archive of one file, stored as it is: the same bytes for the same content.

/// The first of January 1980, in the format of the archive: no clock has a part in it.
const DATE: u16 = 0x21;

/// An archive with one file that anybody may read.
pub(crate) fn archive(name: &str, content: &[u8]) -> Vec<u8> {
    let (crc, size) = (
        crc32(content),
        u32::try_from(content.len()).unwrap_or(u32::MAX),
    );
    let length = u16::try_from(name.len()).unwrap_or(u16::MAX);
    let mut common = Vec::new();
    for field in [20, 0, 0, 0, DATE] {
        common.extend(u16::to_le_bytes(field));
    }
    for field in [crc, size, size] {
        common.extend(u32::to_le_bytes(field));
    }
    common.extend(length.to_le_bytes());
    common.extend([0, 0]);

    let mut out = b"PK\x03\x04".to_vec();
    out.extend(&common);
    out.extend(name.as_bytes());
    out.extend(content);
    let directory = u32::try_from(out.len()).unwrap_or(u32::MAX);
    // Made on Unix, so that the permissions count.
    out.extend(b"PK\x01\x02\x14\x03");
    out.extend(&common);
    out.extend([0; 6]);
    out.extend((0o100_644_u32 << 16).to_le_bytes());
    out.extend([0; 4]);
    out.extend(name.as_bytes());
    let end = u32::try_from(out.len()).unwrap_or(u32::MAX);
    out.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    out.extend((end - directory).to_le_bytes());
    out.extend(directory.to_le_bytes());
    out.extend([0, 0]);
    out
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| {
        if crc & 1 == 1 {
            (crc >> 1) ^ 0xEDB8_8320
        } else {
            crc >> 1
        }
    };
    let add = |crc: u32, byte: &u8| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc));
    !bytes.iter().fold(u32::MAX, add)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_the_format() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }
}
