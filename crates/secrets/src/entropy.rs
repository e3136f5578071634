//! How random a string looks.

use crate::Detector;
use crate::characters::is_space;

/// An alphabet of encoded bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Alphabet {
    /// Base64 in its common and URL-safe form, with padding, and the backslash.
    Base64,
    /// Hexadecimal digits of either case.
    Hex,
}

impl Alphabet {
    /// Its members, in the order in which their shares are added up: the sum is compared with a
    /// limit, and its last bit depends on the order.
    const fn members(self) -> &'static [u8] {
        match self {
            Self::Base64 => {
                b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/\\-_="
            }
            Self::Hex => b"0123456789abcdefABCDEF",
        }
    }

    /// Whether a byte is a member.
    pub(crate) fn has(self, byte: u8) -> bool {
        match self {
            Self::Base64 => BASE64[usize::from(byte)],
            Self::Hex => byte.is_ascii_hexdigit(),
        }
    }

    /// The entropy of a string of members, in bits a character. A string shorter than eight
    /// characters, or with fewer than four different ones, counts as not random at all.
    pub(crate) fn entropy(self, text: &str) -> f64 {
        let mut counts = [0_u32; 256];
        for byte in text.bytes() {
            counts[usize::from(byte)] += 1;
        }
        let present = |member: &&u8| counts[usize::from(**member)] > 0;
        if text.len() < 8 || self.members().iter().filter(present).count() < 4 {
            return 0.0;
        }
        let length = text.len() as f64;
        let shares = self.members().iter().filter(present);
        let entropy = shares.fold(0.0, |sum, member| {
            let share = f64::from(counts[usize::from(*member)]) / length;
            sum + -share * (share.ln() / 2_f64.ln())
        });
        entropy - self.number_penalty(text)
    }

    /// What a plain number loses among hexadecimal strings: it is rarely a secret. Beyond 4,300
    /// digits Python no longer takes it for a number.
    fn number_penalty(self, text: &str) -> f64 {
        let number = text.len() <= 4300 && text.bytes().all(|byte| byte.is_ascii_digit());
        if self == Self::Hex && number {
            1.2 / ((text.len() as f64).ln() / 2_f64.ln())
        } else {
            0.0
        }
    }
}

const BASE64: [bool; 256] = {
    let mut class = [false; 256];
    let members = Alphabet::Base64.members();
    let mut index = 0;
    while index < members.len() {
        class[members[index] as usize] = true;
        index += 1;
    }
    class
};

/// The values on a line that are more random than `limit` bits a character; hexadecimal ones only
/// if there are no others.
pub(crate) fn random_values(line: &str, limit: f64) -> Vec<(Detector, &str)> {
    let of = |alphabet: Alphabet, detector| -> Vec<_> {
        candidates(line, alphabet)
            .into_iter()
            .filter(|value| alphabet.entropy(value) > limit)
            .map(|value| (detector, value))
            .collect()
    };
    let found = of(Alphabet::Base64, Detector::Base64Entropy);
    if found.is_empty() {
        return of(Alphabet::Hex, Detector::HexEntropy);
    }
    found
}

/// Whether a line may have a value more random than `limit` bits a character, once the value that
/// it assigns is put in quotes. Much faster than to find out which value that is.
pub(crate) fn may_have_random_value(line: &str, limit: f64) -> bool {
    let bytes = line.as_bytes();
    let mut at = 0;
    while let Some(start) = position(bytes, at, |byte| BASE64[usize::from(byte)]) {
        at = position(bytes, start, |byte| !BASE64[usize::from(byte)]).unwrap_or(bytes.len());
        let run = &bytes[start..at];
        let random = f64::from(distinct(run)).log2() > limit;
        if random
            && ends_value(&bytes[at..])
            && (starts_value(&line[..start]) || run.contains(&b'='))
        {
            return true;
        }
    }
    false
}

/// Whether a value may end before this: at a quote, or at the end but for commas, which are cut off.
fn ends_value(rest: &[u8]) -> bool {
    let next = rest.iter().find(|&&byte| byte != b',');
    matches!(next, None | Some(b'"' | b'\'' | b'`' | b'\x0b'))
}

/// Whether a value may start after this.
fn starts_value(before: &str) -> bool {
    before
        .trim_end_matches(is_space)
        .ends_with(['"', '\'', '`', ':', '='])
}

/// The number of different members of an alphabet in a text that has no others.
pub(crate) fn distinct(text: &[u8]) -> u32 {
    let seen = text
        .iter()
        .fold(0_u128, |seen, byte| seen | 1 << (byte & 0x7f));
    seen.count_ones()
}

/// The strings of an alphabet on a line that stand as a value: after a quote, a colon or an
/// equals sign, and up to a quote or the end of the line. One pass.
fn candidates(line: &str, alphabet: Alphabet) -> Vec<&str> {
    let bytes = line.as_bytes();
    let mut found = Vec::new();
    let mut floor = 0; // what lies before it belongs to an earlier candidate
    let mut at = 0;
    while let Some(start) = position(bytes, at, |byte| alphabet.has(byte)) {
        let end = position(bytes, start, |byte| !alphabet.has(byte)).unwrap_or(bytes.len());
        at = end;
        let quoted = matches!(bytes.get(end), Some(b'"' | b'\''));
        if !quoted && !matches!(&bytes[end..], [] | [b'\n']) {
            continue;
        }
        let before = line[floor..start].trim_end_matches(is_space);
        let first = if before.ends_with(['"', '\'', ':', '=']) {
            start
        } else {
            match position(bytes, start, |byte| byte == b'=') {
                Some(equals) if equals + 1 < end => equals + 1,
                _ => continue,
            }
        };
        found.push(&line[first..end]);
        floor = end + usize::from(quoted);
    }
    found
}

/// The first byte of a kind at or after an offset.
fn position(bytes: &[u8], from: usize, is: impl Fn(u8) -> bool) -> Option<usize> {
    let rest = bytes.get(from..)?;
    Some(from + rest.iter().position(|&byte| is(byte))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entropy_is_that_of_shannon_over_the_members() {
        assert_eq!(Alphabet::Base64.entropy("abcdefgh"), 3.0);
        assert_eq!(Alphabet::Base64.entropy("aabbccdd"), 2.0);
        assert_eq!(Alphabet::Base64.entropy("abcdefg"), 0.0);
        assert_eq!(Alphabet::Base64.entropy("abcabcabc"), 0.0);
    }

    #[test]
    fn a_number_is_less_random_in_hexadecimal() {
        let digits = "0123456789";
        let plain = Alphabet::Base64.entropy(digits);
        let number = Alphabet::Hex.entropy(digits);
        assert!((plain - number - 1.2 / 10_f64.log2()).abs() < 1e-9);
    }

    #[test]
    fn what_cannot_be_a_random_value_is_told_at_once() {
        let may = |line| may_have_random_value(line, 3.0);
        for line in [
            "a: abcdefghi",
            "a='abcdefghi'",
            "a: abcdefghi,`",
            "a=bcdefghij",
            "`a b=cdefghijkl` c",
        ] {
            assert!(may(line), "{line}");
        }
        for line in [
            "a: abcdefgh",
            "a: abcdefghi j",
            "a: \"b abcdefghi\"",
            "abcdefghi",
            "a: abcdefghi!",
        ] {
            assert!(!may(line), "{line}");
        }
    }

    #[test]
    fn a_candidate_is_bounded_on_both_sides() {
        let found = |line| candidates(line, Alphabet::Base64);
        assert_eq!(found(r#"a: "bcd" # e"#), ["bcd"]);
        assert_eq!(found("a:   bcd"), ["bcd"]);
        assert_eq!(found("a = b=c"), ["b=c"]);
        assert_eq!(found("ENV a=b=c"), ["b=c"]);
        assert_eq!(found(r#"a: "b c""#), Vec::<&str>::new());
        assert_eq!(found(r#""a": "b", "c": 'd'"#), ["a", "b", "c", "d"]);
        assert_eq!(found("a: b!"), Vec::<&str>::new());
        assert_eq!(found("a="), Vec::<&str>::new());
        assert_eq!(found("a: \u{2003}b"), ["b"]);
    }

    #[test]
    fn a_quote_that_closes_one_candidate_opens_no_other() {
        assert_eq!(candidates(r#""a"b""#, Alphabet::Base64), ["a"]);
        assert_eq!(candidates("'12'34'56'", Alphabet::Hex), ["12", "56"]);
    }
}
