//! Numbers for people.

use std::time::Duration;

/// A number with separators: `1,904`.
pub(crate) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number with what is counted: `1 file`, `42 files`.
pub(crate) fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", thousands(number))
}

/// A duration in milliseconds, or in seconds from one on: `9 ms`, `1.2 s`.
pub(crate) fn elapsed(duration: Duration) -> String {
    match duration.as_millis() {
        0 => "under 1 ms".to_owned(),
        millis @ 1..1000 => format!("{millis} ms"),
        _ => format!("{:.1} s", duration.as_secs_f64()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        let thousands = [0, 12, 999, 1904, 100_000, 1_234_567].map(thousands);
        assert_eq!(
            thousands,
            ["0", "12", "999", "1,904", "100,000", "1,234,567"]
        );
        assert_eq!(counted(1, "file"), "1 file");
        assert_eq!(counted(2, "file"), "2 files");
        assert_eq!(elapsed(Duration::from_micros(80)), "under 1 ms");
        assert_eq!(elapsed(Duration::from_micros(9_700)), "9 ms");
        assert_eq!(elapsed(Duration::from_millis(1_240)), "1.2 s");
    }
}
