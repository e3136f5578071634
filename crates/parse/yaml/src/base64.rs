//! Base64, as leniently as `!!binary` is read: what is not of its alphabet is skipped.

/// The bytes that a text stands for; `None` if a part of a byte is missing.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let mut bits = 0_u32;
    // How many characters of a group of four there were, and how many `=` after them.
    let (mut taken, mut padding) = (0, 0);
    for byte in text.bytes() {
        if byte == b'=' {
            padding += 1;
            if taken >= 2 && taken + padding >= 4 {
                return Some(bytes);
            }
            continue;
        }
        let Some(value) = sextet(byte) else {
            continue;
        };
        padding = 0;
        bits = bits << 6 | value;
        taken = (taken + 1) % 4;
        match taken {
            2 => bytes.push((bits >> 4) as u8),
            3 => bytes.push((bits >> 2) as u8),
            0 => bytes.push(bits as u8),
            _ => {}
        }
    }
    (taken == 0).then_some(bytes)
}

fn sextet(byte: u8) -> Option<u32> {
    Some(u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_four_are_three_bytes() {
        assert_eq!(decode("").as_deref(), Some(&b""[..]));
        assert_eq!(decode("aGVsbG8=").as_deref(), Some(&b"hello"[..]));
        assert_eq!(decode("aGVs\n bG8h").as_deref(), Some(&b"hello!"[..]));
        assert_eq!(decode("+/8A").as_deref(), Some(&[0xfb, 0xff, 0x00][..]));
    }

    #[test]
    fn what_is_cut_short_is_refused() {
        for text in ["aGVsbG8", "a", "aG", "aG=", "é"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }

    #[test]
    fn what_follows_the_padding_is_ignored() {
        assert_eq!(decode("aG==xxx").as_deref(), Some(&b"h"[..]));
        assert_eq!(decode("=aG=V=s=").as_deref(), Some(&b"he"[..]));
    }
}
