use bastide_yaml::implicit::{is_float, is_int, is_timestamp};

use super::Failure;

/// What a node is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Tag {
    Binary,
    Bool,
    Float,
    Int,
    Mapping,
    /// `<<`
    Merge,
    Null,
    /// `!`: whatever the node looks like.
    NonSpecific,
    Sequence,
    Set,
    String,
    Timestamp,
    /// `=`
    Value,
    /// Nothing that is known.
    Unknown,
}

impl Tag {
    /// The tag of a name in two parts.
    pub(super) fn of(prefix: &str, suffix: &str) -> Self {
        if prefix.is_empty() && suffix == "!" {
            return Self::NonSpecific;
        }
        let name = format!("{prefix}{suffix}");
        match name.strip_prefix("tag:yaml.org,2002:") {
            Some("binary") => Self::Binary,
            Some("bool") => Self::Bool,
            Some("float") => Self::Float,
            Some("int") => Self::Int,
            Some("map") => Self::Mapping,
            Some("null") => Self::Null,
            Some("omap" | "pairs" | "seq") => Self::Sequence,
            Some("set") => Self::Set,
            Some("str") => Self::String,
            Some("timestamp") => Self::Timestamp,
            _ if name == "!" => Self::NonSpecific,
            _ => Self::Unknown,
        }
    }

    /// Whether it is that of a collection.
    pub(super) fn is_collection(self) -> bool {
        matches!(self, Self::Mapping | Self::Sequence | Self::Set)
    }

    /// Whether it is that of a string, be it of bytes.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Self::Binary | Self::String)
    }

    /// Whether a scalar of this text can be read as this; how reading fails if not.
    pub(super) fn check(self, text: &str) -> Result<(), Failure> {
        let valid = match self {
            Self::String | Self::Null => true,
            Self::Bool => is_bool(&text.to_lowercase()),
            Self::Int => is_int(text) && int_has_digits(text),
            Self::Float => is_float(text) || is_int(text),
            Self::Timestamp => is_timestamp(text) && is_date(text),
            // Bytes that cannot be decoded are a mistake of the document, like unknown tags.
            Self::Binary if text.is_ascii() && crate::base64::decode(text).is_some() => true,
            _ => return Err(Failure::Unreadable),
        };
        if valid { Ok(()) } else { Err(Failure::Fatal) }
    }
}

/// What a scalar without quotes and without a tag is.
pub(super) fn plain_tag(text: &str) -> Tag {
    match text.as_bytes().first() {
        None | Some(b'~') if matches!(text, "" | "~") => Tag::Null,
        Some(b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O') => match text {
            "null" | "Null" | "NULL" => Tag::Null,
            _ if is_bool(text) => Tag::Bool,
            _ => Tag::String,
        },
        Some(b'0'..=b'9' | b'-' | b'+' | b'.') => number_tag(text),
        Some(b'<') if text == "<<" => Tag::Merge,
        Some(b'=') if text == "=" => Tag::Value,
        _ => Tag::String,
    }
}

fn number_tag(text: &str) -> Tag {
    let digit = text.starts_with(|c: char| c.is_ascii_digit());
    if is_float(text) {
        Tag::Float
    } else if !text.starts_with('.') && is_int(text) {
        Tag::Int
    } else if digit && is_timestamp(text) {
        Tag::Timestamp
    } else {
        Tag::String
    }
}

fn is_bool(text: &str) -> bool {
    matches!(
        text,
        "yes"
            | "Yes"
            | "YES"
            | "no"
            | "No"
            | "NO"
            | "true"
            | "True"
            | "TRUE"
            | "false"
            | "False"
            | "FALSE"
            | "on"
            | "On"
            | "ON"
            | "off"
            | "Off"
            | "OFF"
    )
}

/// Whether there is a digit behind `0x` and `0b`, and no more digits than Python takes.
fn int_has_digits(text: &str) -> bool {
    const MOST: usize = 4300;
    let digits = text.trim_start_matches(['-', '+']).replace('_', "");
    match digits.strip_prefix("0x").or(digits.strip_prefix("0b")) {
        Some(digits) => !digits.is_empty(),
        None => digits.starts_with('0') || digits.len() <= MOST,
    }
}

/// Whether a timestamp is a day, and a time of it, that there is.
fn is_date(text: &str) -> bool {
    let zone = text
        .get(10..)
        .and_then(|rest| rest.rfind(['-', '+']).map(|at| 10 + at));
    let (moment, zone) = text.split_at(zone.unwrap_or(text.len()));
    let number = |part: &str| part.parse().unwrap_or(u32::MAX);
    let parts = |text: &str| -> Vec<u32> {
        let text = text.split('.').next().unwrap_or("");
        text.split(|c: char| !c.is_ascii_digit())
            .filter(|part| !part.is_empty())
            .map(number)
            .collect()
    };
    let moment = parts(moment);
    let [year, month, day, time @ ..] = moment.as_slice() else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    let zone_hour = parts(zone).first().copied().unwrap_or(0);
    let limits = [24, 60, 60];
    *year >= 1
        && (1..=days).contains(day)
        && time.iter().zip(limits).all(|(part, limit)| *part < limit)
        && zone_hour < 24
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_are_what_they_look_like() {
        for (text, tag) in [
            ("", Tag::Null),
            ("~", Tag::Null),
            ("NULL", Tag::Null),
            ("yes", Tag::Bool),
            ("y", Tag::String),
            ("0x1F", Tag::Int),
            ("08", Tag::String),
            ("1:30", Tag::Int),
            ("1e3", Tag::String),
            ("1.e+3", Tag::Float),
            (".5", Tag::Float),
            ("2001-02-03", Tag::Timestamp),
            ("2001-2-3 1:02:03 +1", Tag::Timestamp),
            ("<<", Tag::Merge),
            ("=", Tag::Value),
            ("-", Tag::String),
        ] {
            assert_eq!(plain_tag(text), tag, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_ends_the_scan() {
        assert_eq!(Tag::Timestamp.check("2001-02-30"), Err(Failure::Fatal));
        assert_eq!(Tag::Timestamp.check("2000-02-29"), Ok(()));
        assert_eq!(
            Tag::Timestamp.check("2001-2-3 24:02:03"),
            Err(Failure::Fatal)
        );
        assert_eq!(Tag::Int.check("0x_"), Err(Failure::Fatal));
        assert_eq!(Tag::Binary.check("YQ"), Err(Failure::Unreadable));
        assert_eq!(Tag::Unknown.check(""), Err(Failure::Unreadable));
    }
}
