//! Numbers as YAML 1.1 writes them: with underscores, and in bases 2, 8, 10, 16 and 60.

use bastide_value::Number;

/// Whether a plain scalar is a whole number.
pub fn is_int(text: &str) -> bool {
    let digits = unsigned(text);
    match digits.as_bytes() {
        [b'0'] => true,
        [b'0', b'b', rest @ ..] => some(rest, |byte| matches!(byte, b'0' | b'1' | b'_')),
        [b'0', b'x', rest @ ..] => some(rest, |byte| byte.is_ascii_hexdigit() || byte == b'_'),
        [b'0', rest @ ..] => some(rest, |byte| matches!(byte, b'0'..=b'7' | b'_')),
        [b'1'..=b'9', ..] => is_decimal(digits) || is_sexagesimal(digits),
        _ => false,
    }
}

/// Whether a plain scalar is any other number.
pub fn is_float(text: &str) -> bool {
    if matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let digits = unsigned(text);
    if matches!(digits, ".inf" | ".Inf" | ".INF") {
        return true;
    }
    match digits.split_once('.') {
        None => false,
        // What starts with its point has no sign, and a digit after the point.
        Some(("", fraction)) => {
            digits.len() == text.len() && !fraction.starts_with(['_', 'e', 'E']) && {
                !fraction.is_empty() && is_fraction(fraction)
            }
        }
        Some((whole, fraction)) if is_decimal(whole) => is_fraction(fraction),
        Some((whole, fraction)) => {
            is_sexagesimal(whole) && fraction.bytes().all(is_digit_or_underscore)
        }
    }
}

/// The whole number that a text stands for; a double, if it does not fit into 64 bits.
pub(crate) fn int(text: &str) -> Option<Number> {
    let digits = unsigned(text);
    if (digits == "0" || !digits.starts_with('0'))
        && let Ok(int) = text.parse()
    {
        return Some(Number::Int(int));
    }
    let all = text.replace('_', "");
    let digits = unsigned(&all);
    let whole = if digits == "0" {
        Whole::Exact(0)
    } else if let Some(binary) = digits.strip_prefix("0b") {
        Whole::parse(binary, 2)?
    } else if let Some(hexadecimal) = digits.strip_prefix("0x") {
        Whole::parse(hexadecimal, 16)?
    } else if digits.starts_with('0') {
        Whole::parse(digits, 8)?
    } else {
        let parts: Option<Vec<_>> = digits
            .split(':')
            .map(|part| Whole::parse(part, 10))
            .collect();
        Whole::sexagesimal(&parts?)
    };
    Some(whole.signed(all.starts_with('-')))
}

/// The double that a text stands for.
pub(crate) fn float(text: &str) -> Option<Number> {
    let all = text.replace('_', "");
    let magnitude = match unsigned(&all) {
        digits if digits.eq_ignore_ascii_case(".inf") => f64::INFINITY,
        digits if digits.eq_ignore_ascii_case(".nan") => f64::NAN,
        digits => digits.split(':').try_fold(0.0, |sum, part| {
            let part: f64 = part.trim().parse().ok()?;
            Some(sum * 60.0 + part)
        })?,
    };
    let negative = all.starts_with('-');
    Some(Number::Float(if negative { -magnitude } else { magnitude }))
}

/// The magnitude of a whole number.
#[derive(Clone, Copy)]
enum Whole {
    Exact(i128),
    Rounded(f64),
}

impl Whole {
    fn parse(digits: &str, base: u32) -> Option<Self> {
        let digits = digits.trim();
        if let Ok(exact) = i128::from_str_radix(digits, base) {
            return Some(Self::Exact(exact));
        }
        let value = digits.chars().try_fold(0.0, |sum, digit| {
            Some(sum * f64::from(base) + f64::from(digit.to_digit(base)?))
        })?;
        let exact_in_ten = (base == 10).then(|| digits.parse().ok()).flatten();
        (!digits.is_empty()).then_some(Self::Rounded(exact_in_ten.unwrap_or(value)))
    }

    fn sexagesimal(parts: &[Self]) -> Self {
        let exact = parts.iter().try_fold(0_i128, |sum, part| match part {
            Self::Exact(part) => sum.checked_mul(60)?.checked_add(*part),
            Self::Rounded(_) => None,
        });
        let rounded = || {
            parts
                .iter()
                .fold(0.0, |sum, part| sum * 60.0 + part.as_f64())
        };
        exact.map_or_else(|| Self::Rounded(rounded()), Self::Exact)
    }

    fn as_f64(self) -> f64 {
        match self {
            Self::Exact(exact) => exact as f64,
            Self::Rounded(rounded) => rounded,
        }
    }

    fn signed(self, negative: bool) -> Number {
        let sign = if negative { -1 } else { 1 };
        match self {
            Self::Exact(exact) => match i64::try_from(exact.saturating_mul(sign)) {
                Ok(int) => Number::Int(int),
                Err(_) => Number::Float(exact as f64 * sign as f64),
            },
            Self::Rounded(rounded) => Number::Float(rounded * sign as f64),
        }
    }
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['+', '-']).unwrap_or(text)
}

/// Whether there are bytes, and all of them are such.
fn some(bytes: &[u8], such: impl Fn(u8) -> bool) -> bool {
    !bytes.is_empty() && bytes.iter().all(|byte| such(*byte))
}

fn is_digit_or_underscore(byte: u8) -> bool {
    byte.is_ascii_digit() || byte == b'_'
}

/// A digit, and then digits and underscores.
fn is_decimal(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit())
        && text.bytes().all(is_digit_or_underscore)
}

/// A decimal, and then numbers below 60 after colons.
fn is_sexagesimal(text: &str) -> bool {
    let is_sixtieth = |part: &str| match part.as_bytes() {
        [digit] | [b'0'..=b'5', digit] => digit.is_ascii_digit(),
        _ => false,
    };
    text.split_once(':')
        .is_some_and(|(first, rest)| is_decimal(first) && rest.split(':').all(is_sixtieth))
}

/// Digits and underscores, and then perhaps an exponent, which has a sign.
fn is_fraction(text: &str) -> bool {
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, Some(exponent)),
        None => (text, None),
    };
    digits.bytes().all(is_digit_or_underscore)
        && exponent.is_none_or(|exponent| {
            let unsigned = unsigned(exponent);
            unsigned.len() < exponent.len()
                && some(unsigned.as_bytes(), |byte| byte.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Option<Number> {
        if is_int(text) {
            int(text)
        } else if is_float(text) {
            float(text)
        } else {
            None
        }
    }

    #[test]
    fn whole_numbers_have_five_bases() {
        for (text, value) in [
            ("0", 0),
            ("-0", 0),
            ("+12", 12),
            ("1_000", 1000),
            ("0777", 511),
            ("0b1010_0111", 0b1010_0111),
            ("0x1F", 31),
            ("-0x1f", -31),
            ("190:20:30", 685_230),
            ("-9223372036854775808", i64::MIN),
            ("-0x8000000000000000", i64::MIN),
        ] {
            assert_eq!(number(text), Some(Number::Int(value)), "{text}");
        }
    }

    #[test]
    fn what_does_not_fit_is_a_double() {
        assert_eq!(
            number("9223372036854775808"),
            Some(Number::Float(9_223_372_036_854_775_808.0))
        );
        assert_eq!(
            number("0xFFFFFFFFFFFFFFFF"),
            Some(Number::Float(18_446_744_073_709_551_615.0))
        );
        let long = "1".repeat(400);
        assert_eq!(number(&long), Some(Number::Float(f64::INFINITY)));
    }

    #[test]
    fn other_numbers_have_a_point() {
        for (text, value) in [
            ("1.", 1.0),
            ("-1.5", -1.5),
            (".5", 0.5),
            ("1_0.2_5", 10.25),
            ("6.8523015e+5", 685_230.15),
            ("190:20:30.15", 685_230.15),
            (".inf", f64::INFINITY),
            ("-.INF", f64::NEG_INFINITY),
        ] {
            assert_eq!(number(text), Some(Number::Float(value)), "{text}");
        }
        assert!(matches!(number(".NaN"), Some(Number::Float(nan)) if nan.is_nan()));
    }

    #[test]
    fn near_misses_are_text() {
        for text in [
            "08", "0o7", "1e5", "1.5e5", "+.5", "._5", ".", "-", "1:60", "0:1", "1.2.3", "12a",
            "1,5", "0b", "0x", "0b2", "+.nan", ".e+5", "_1", "1:2:", ":1", "--1",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn digits_may_be_missing() {
        assert_eq!(int("0b_"), None);
        assert_eq!(int("0x_"), None);
        assert_eq!(int(""), None);
        assert_eq!(int("twelve"), None);
        assert_eq!(float("twelve"), None);
    }
}
