//! Base64 as Python decodes it: what is not of the alphabet is passed over.

/// The bytes that a text encodes; `None` if it ends within a group of four.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut digits, mut padding) = (0_u32, 0, 0);
    for byte in text.bytes() {
        if byte == b'=' {
            padding += 1;
            if digits >= 2 && digits + padding >= 4 {
                return Some(bytes); // what follows is not read
            }
            padding = if digits >= 2 { padding } else { 0 };
            continue;
        }
        let Some(digit) = digit(byte) else {
            continue;
        };
        padding = 0;
        bits = bits << 6 | digit;
        digits = (digits + 1) % 4;
        if digits != 1 {
            let unused = [0, 0, 4, 2][digits];
            bytes.push((bits >> unused) as u8);
        }
    }
    (digits == 0).then_some(bytes)
}

fn digit(byte: u8) -> Option<u32> {
    let position = ALPHABET.iter().position(|&it| it == byte)?;
    Some(position as u32)
}

/// Bytes in base64 with padding.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let padded = [0, 1, 2].map(|index| u32::from(group.get(index).copied().unwrap_or(0)));
        let bits = padded[0] << 16 | padded[1] << 8 | padded[2];
        for index in 0..4 {
            let digit = (bits >> (18 - 6 * index)) as usize & 63;
            let digit = if index <= group.len() {
                ALPHABET[digit]
            } else {
                b'='
            };
            text.push(char::from(digit));
        }
    }
    text
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_is_decoded() {
        for bytes in [&b""[..], b"a", b"ab", b"abc", b"abcd", &[0xff, 0, 0x80, 1]] {
            assert_eq!(decode(&encode(bytes)).as_deref(), Some(bytes));
        }
        assert_eq!(encode(b"ab"), "YWI=");
    }

    #[test]
    fn strange_input_is_read_as_far_as_it_goes() {
        assert_eq!(decode("YW!I\n=YYY"), Some(b"ab".to_vec()));
        assert_eq!(decode("=YWJj="), Some(b"abc".to_vec()));
        assert_eq!(decode("YWJ"), None);
        assert_eq!(decode("Y==="), None);
    }
}
