//! Moments in time, written as RFC 3339 asks.

use std::fmt::Write;

use bastide_value::{Cause, Value};

use super::Args;

type Result<'a, T = Value<'a>> = std::result::Result<T, Cause<'a>>;

const NANOSECONDS: i128 = 1_000_000_000;
const DAY: i64 = 86_400;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// From the first day of 1970 on, which was a Thursday.
const WEEKDAYS: [&str; 7] = [
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
];

/// A moment, and how far from UTC the clock is that shows it.
#[derive(Clone, Copy)]
struct Moment {
    /// Since 1970, in UTC.
    nanoseconds: i128,
    /// In minutes, east positive.
    offset: i64,
}

/// What calendar and clock show.
struct Shown {
    year: i64,
    /// From 1.
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
    weekday: &'static str,
}

impl Moment {
    fn parse<'a>(text: &str) -> Result<'a, Self> {
        Self::read(text).ok_or(Cause::Invalid("the text is no time as RFC 3339 has it"))
    }

    /// `2006-01-02T15:04:05.5+01:00`
    fn read(text: &str) -> Option<Self> {
        let number = |from: usize, to: usize| -> Option<i64> {
            let digits = text.get(from..to)?;
            let all = digits.bytes().all(|byte| byte.is_ascii_digit());
            digits.parse().ok().filter(|_| all)
        };
        let bytes = text.as_bytes();
        let separators = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
        if !separators
            .iter()
            .all(|(at, byte)| bytes.get(*at) == Some(byte))
        {
            return None;
        }
        let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
        let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
        let fits = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        if !fits || hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let mut rest = text.get(19..)?;
        let mut fraction = 0;
        if let Some(after) = rest.strip_prefix('.') {
            let length = after.bytes().take_while(u8::is_ascii_digit).count();
            if length == 0 {
                return None;
            }
            let digits = &after[..length.min(9)];
            fraction = digits.parse::<i128>().ok()? * 10i128.pow(9 - digits.len() as u32);
            rest = &after[length..];
        }
        let offset = match rest.as_bytes() {
            b"Z" => 0,
            [sign @ (b'+' | b'-'), _, _, b':', _, _] => {
                let at = text.len() - 5;
                let minutes = number(at, at + 2)? * 60 + number(at + 3, at + 5)?;
                if *sign == b'-' { -minutes } else { minutes }
            }
            _ => return None,
        };
        let local = days_from(year, month, day) * DAY + hour * 3600 + minute * 60 + second;
        Some(Self {
            nanoseconds: i128::from(local - offset * 60) * NANOSECONDS + fraction,
            offset,
        })
    }

    fn shown(self) -> Shown {
        let seconds = self.nanoseconds.div_euclid(NANOSECONDS) as i64 + self.offset * 60;
        let (days, second) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
        let (year, month, day) = date_of(days);
        Shown {
            year,
            month,
            day,
            hour: second / 3600,
            minute: second / 60 % 60,
            second: second % 60,
            weekday: WEEKDAYS[days.rem_euclid(7) as usize],
        }
    }

    /// `+01:00`
    fn zone(self, separator: &str) -> String {
        let sign = if self.offset < 0 { '-' } else { '+' };
        let minutes = self.offset.abs();
        format!("{sign}{:02}{separator}{:02}", minutes / 60, minutes % 60)
    }

    fn show(self) -> String {
        let it = self.shown();
        let zone = match self.offset {
            0 => "Z".to_owned(),
            _ => self.zone(":"),
        };
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{zone}",
            it.year, it.month, it.day, it.hour, it.minute, it.second
        )
    }
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970. Years are counted from March, so that a leap day is the last of its year.
fn days_from(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    365 * year + leap_days + (153 * month + 2) / 5 + day - 1 - 719_468
}

/// The date of a day since 1970: the inverse of [`days_from`].
fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let next_year = i64::from(month >= 10);
    (era * 400 + year + next_year, (month + 2) % 12 + 1, day)
}

pub(super) fn add<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let mut moment = Moment::parse(&args.text(0)?)?;
    let duration = duration(&args.text(1)?);
    moment.nanoseconds += duration.ok_or(Cause::Invalid("the text is no duration"))?;
    Ok(args.give(moment.show()))
}

/// `1h30m`, `-1.5s`: in nanoseconds.
fn duration(text: &str) -> Option<i128> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if unsigned == "0" {
        return Some(0);
    }
    let mut rest = unsigned;
    let mut sum = 0i128;
    while !rest.is_empty() {
        let digits = rest.find(|char: char| !char.is_ascii_digit() && char != '.')?;
        let amount: f64 = rest[..digits].parse().ok()?;
        rest = &rest[digits..];
        let letters = rest
            .find(|char: char| char.is_ascii_digit() || char == '.')
            .unwrap_or(rest.len());
        let unit = match &rest[..letters] {
            "ns" => 1.0,
            "us" | "µs" => 1e3,
            "ms" => 1e6,
            "s" => 1e9,
            "m" => 60e9,
            "h" => 3600e9,
            _ => return None,
        };
        // No more than Terraform's own limit of 63 bits, some 290 years.
        let part = amount * unit;
        if part > i64::MAX as f64 {
            return None;
        }
        sum += part.round() as i128;
        rest = &rest[letters..];
    }
    if unsigned.is_empty() || sum > i128::from(i64::MAX) {
        return None;
    }
    Some(if text.starts_with('-') { -sum } else { sum })
}

pub(super) fn compare<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let (one, two) = (
        Moment::parse(&args.text(0)?)?,
        Moment::parse(&args.text(1)?)?,
    );
    Ok(Value::int(one.nanoseconds.cmp(&two.nanoseconds) as i64))
}

pub(super) fn format<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let (format, moment) = (args.text(0)?, Moment::parse(&args.text(1)?)?);
    let shown = moment.shown();
    let mut text = String::new();
    let mut rest = &*format;
    while let Some(first) = rest.chars().next() {
        if first == '\'' {
            let quoted = quoted(&rest[1..], &mut text);
            rest = quoted.ok_or(Cause::Invalid("a quote of the format is not closed"))?;
            continue;
        }
        let run = rest.find(|char| char != first).unwrap_or(rest.len());
        if first.is_ascii_alphabetic() {
            let field = field(&rest[..run], moment, &shown);
            text.push_str(&field.ok_or(Cause::Invalid("a verb of the format is not known"))?);
        } else {
            text.push_str(&rest[..run]);
        }
        rest = &rest[run..];
    }
    Ok(args.give(text))
}

/// Copies what is quoted, in which `''` is a quote, and gives what follows it.
fn quoted<'t>(mut rest: &'t str, text: &mut String) -> Option<&'t str> {
    loop {
        let (inside, after) = rest.split_once('\'')?;
        text.push_str(inside);
        match after.strip_prefix('\'') {
            Some(after) => {
                text.push('\'');
                rest = after;
            }
            None => return Some(after),
        }
    }
}

/// What one run of a letter stands for.
fn field(run: &str, moment: Moment, shown: &Shown) -> Option<String> {
    let mut text = String::new();
    let month = *MONTHS.get(usize::try_from(shown.month - 1).ok()?)?;
    let half_day = match shown.hour % 12 {
        0 => 12,
        hour => hour,
    };
    let half = if shown.hour < 12 { "am" } else { "pm" };
    let _ = match run {
        "YYYY" => write!(text, "{:04}", shown.year),
        "YY" => write!(text, "{:02}", shown.year % 100),
        "MMMM" => write!(text, "{month}"),
        "MMM" => write!(text, "{}", &month[..3]),
        "MM" => write!(text, "{:02}", shown.month),
        "M" => write!(text, "{}", shown.month),
        "DD" => write!(text, "{:02}", shown.day),
        "D" => write!(text, "{}", shown.day),
        "EEEE" => write!(text, "{}", shown.weekday),
        "EEE" => write!(text, "{}", &shown.weekday[..3]),
        "hh" => write!(text, "{:02}", shown.hour),
        "h" => write!(text, "{}", shown.hour),
        "HH" => write!(text, "{half_day:02}"),
        "H" => write!(text, "{half_day}"),
        "AA" => write!(text, "{}", half.to_ascii_uppercase()),
        "aa" => write!(text, "{half}"),
        "mm" => write!(text, "{:02}", shown.minute),
        "m" => write!(text, "{}", shown.minute),
        "ss" => write!(text, "{:02}", shown.second),
        "s" => write!(text, "{}", shown.second),
        "ZZZ" if moment.offset == 0 => write!(text, "UTC"),
        "Z" if moment.offset == 0 => write!(text, "Z"),
        "ZZZZ" | "ZZZ" => write!(text, "{}", moment.zone("")),
        "ZZZZZ" | "Z" => write!(text, "{}", moment.zone(":")),
        _ => return None,
    };
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_days_are_inverse() {
        for days in -800_000..800_000 {
            let (year, month, day) = date_of(days);
            assert_eq!(days_from(year, month, day), days);
        }
        assert_eq!(date_of(0), (1970, 1, 1));
        assert_eq!(days_from(2000, 2, 29), 11_016);
    }
}
