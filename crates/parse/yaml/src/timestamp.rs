//! Timestamps: `2001-12-14`, `2001-12-14t21:59:43.10-05:00`. They stay text, but must exist.

/// Whether a plain scalar has the form of a timestamp.
pub fn is_timestamp(text: &str) -> bool {
    // A date alone has two digits for month and day.
    Timestamp::parse(text)
        .is_some_and(|stamp| stamp.time.is_some() || text.len() == "2001-12-14".len())
}

/// Whether a text is a timestamp that exists.
pub(crate) fn is_valid(text: &str) -> bool {
    Timestamp::parse(text).is_some_and(|stamp| stamp.exists())
}

struct Timestamp {
    year: u32,
    month: u32,
    day: u32,
    time: Option<Time>,
}

struct Time {
    hour: u32,
    minute: u32,
    second: u32,
    /// Minutes from Greenwich, either way.
    offset: u32,
}

impl Timestamp {
    fn parse(text: &str) -> Option<Self> {
        let mut rest = Rest(text.as_bytes());
        let year = rest.digits(4..=4)?;
        rest.byte(b"-")?;
        let month = rest.digits(1..=2)?;
        rest.byte(b"-")?;
        let day = rest.digits(1..=2)?;
        let time = if rest.0.is_empty() {
            None
        } else {
            Some(Time::parse(&mut rest)?)
        };
        Some(Self {
            year,
            month,
            day,
            time,
        })
    }

    fn exists(&self) -> bool {
        let leap = self.year.is_multiple_of(4)
            && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        let days = match self.month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => 0,
        };
        let time = self.time.as_ref().is_none_or(|time| {
            time.hour < 24 && time.minute < 60 && time.second < 60 && time.offset < 24 * 60
        });
        self.year > 0 && (1..=days).contains(&self.day) && time
    }
}

impl Time {
    fn parse(rest: &mut Rest<'_>) -> Option<Self> {
        if rest.byte(b"Tt").is_none() && rest.blanks() == 0 {
            return None;
        }
        let hour = rest.digits(1..=2)?;
        rest.byte(b":")?;
        let minute = rest.digits(2..=2)?;
        rest.byte(b":")?;
        let second = rest.digits(2..=2)?;
        if rest.byte(b".").is_some() {
            rest.skip(|byte| byte.is_ascii_digit());
        }
        let offset = rest.offset()?;
        Some(Self {
            hour,
            minute,
            second,
            offset,
        })
    }
}

/// What is left of a text.
struct Rest<'t>(&'t [u8]);

impl Rest<'_> {
    /// Nothing, `Z`, or `+05`, `-5`, `+05:30`; then the end.
    fn offset(&mut self) -> Option<u32> {
        if self.0.is_empty() {
            return Some(0);
        }
        self.blanks();
        if self.byte(b"Z").is_some() {
            return self.0.is_empty().then_some(0);
        }
        self.byte(b"+-")?;
        let hours = self.digits(1..=2)?;
        let minutes = match self.byte(b":") {
            Some(()) => self.digits(2..=2)?,
            None => 0,
        };
        self.0.is_empty().then_some(hours * 60 + minutes)
    }

    /// A number of so many digits.
    fn digits(&mut self, count: std::ops::RangeInclusive<usize>) -> Option<u32> {
        let most = &self.0[..self.0.len().min(*count.end())];
        let length = most.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at(length);
        self.0 = rest;
        let value = |sum: u32, digit: &u8| sum * 10 + u32::from(digit - b'0');
        count
            .contains(&length)
            .then(|| digits.iter().fold(0, value))
    }

    /// One of some bytes.
    fn byte(&mut self, any: &[u8]) -> Option<()> {
        let (first, rest) = self.0.split_first()?;
        any.contains(first).then(|| self.0 = rest)
    }

    fn blanks(&mut self) -> usize {
        self.skip(|byte| matches!(byte, b' ' | b'\t'))
    }

    fn skip(&mut self, such: impl Fn(&u8) -> bool) -> usize {
        let length = self.0.iter().take_while(|byte| such(byte)).count();
        self.0 = &self.0[length..];
        length
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_have_the_form() {
        for text in [
            "2001-12-14",
            "2001-12-14t21:59:43.10-05:00",
            "2001-12-14 21:59:43.10 -5",
            "2001-1-4T1:59:43Z",
            "2001-12-14\t21:59:43.",
            "2020-13-45",
        ] {
            assert!(is_timestamp(text), "{text}");
        }
    }

    #[test]
    fn near_misses_have_not() {
        for text in [
            "2001-1-4",
            "2001-12-14T",
            "2001-12-14 21:59",
            "2001-12-14 ",
            "01-12-14",
            "2001-12-14T21:59:43 z",
            "2001-12-14T21:59:43 ",
            "2001-12-14T21:59:43Z ",
            "2001-123-1",
        ] {
            assert!(!is_timestamp(text), "{text}");
        }
    }

    #[test]
    fn only_what_exists_is_valid() {
        for text in ["2000-02-29", "2024-2-9", "2001-12-14T23:59:59+23:59"] {
            assert!(is_valid(text), "{text}");
        }
        for text in [
            "1900-02-29",
            "2020-13-01",
            "2020-00-10",
            "2020-04-31",
            "0000-01-01",
            "2001-12-14T24:00:00Z",
            "2001-12-14T00:00:60Z",
            "2001-12-14T00:00:00+24:00",
        ] {
            assert!(!is_valid(text), "{text}");
        }
    }
}
