//! Amounts of processor time and memory, as Kubernetes writes them.

use std::borrow::Cow;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Mul};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Processor time in thousandths of a core: `500m`, `1`, `3.6`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Cpu(pub u64);

/// Memory or storage in bytes: `512Mi`, `2Gi`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Bytes(pub u64);

const UNITS: [(&str, u64); 4] = [
    ("Ti", 1 << 40),
    ("Gi", 1 << 30),
    ("Mi", 1 << 20),
    ("Ki", 1 << 10),
];

impl Cpu {
    fn parse(text: &str) -> Option<Self> {
        if let Some(millis) = text.strip_suffix('m') {
            return millis.parse().ok().map(Self);
        }
        let cores: f64 = text.parse().ok()?;
        let millis = cores * 1000.0;
        ((1.0..1e9).contains(&millis) && (millis - millis.round()).abs() < 1e-6)
            .then(|| Self(millis.round() as u64))
    }
}

impl Bytes {
    /// So many mebibytes.
    pub const fn mebibytes(count: u64) -> Self {
        Self(count << 20)
    }

    fn parse(text: &str) -> Option<Self> {
        let (unit, factor) = UNITS.into_iter().find(|(unit, _)| text.ends_with(unit))?;
        let count: u64 = text.strip_suffix(unit)?.parse().ok()?;
        count.checked_mul(factor).filter(|it| *it > 0).map(Self)
    }
}

impl fmt::Display for Cpu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 % 1000 {
            0 => write!(f, "{}", self.0 / 1000),
            _ => write!(f, "{}m", self.0),
        }
    }
}

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = UNITS
            .into_iter()
            .find(|(_, factor)| self.0.is_multiple_of(*factor));
        match whole {
            Some((unit, factor)) if self.0 > 0 => write!(f, "{}{unit}", self.0 / factor),
            _ => write!(f, "{}", self.0),
        }
    }
}

macro_rules! amount {
    ($type:ty, $what:literal, $pattern:literal) => {
        impl Add for $type {
            type Output = Self;

            fn add(self, other: Self) -> Self {
                Self(self.0.saturating_add(other.0))
            }
        }

        impl Mul<u64> for $type {
            type Output = Self;

            fn mul(self, factor: u64) -> Self {
                Self(self.0.saturating_mul(factor))
            }
        }

        impl Sum for $type {
            fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
                amounts.fold(Self(0), Add::add)
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Reader;
                impl Visitor<'_> for Reader {
                    type Value = $type;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($what)
                    }

                    fn visit_str<E: Error>(self, text: &str) -> Result<$type, E> {
                        let unexpected = serde::de::Unexpected::Str(text);
                        <$type>::parse(text).ok_or_else(|| E::invalid_value(unexpected, &self))
                    }

                    fn visit_i64<E: Error>(self, number: i64) -> Result<$type, E> {
                        self.visit_str(&number.to_string())
                    }

                    fn visit_f64<E: Error>(self, number: f64) -> Result<$type, E> {
                        self.visit_str(&number.to_string())
                    }
                }
                deserializer.deserialize_any(Reader)
            }
        }

        impl JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({"description": $what, "pattern": $pattern, "type": ["string", "number"]})
            }
        }
    };
}

amount!(
    Cpu,
    "an amount of processor time such as `500m` or `2`",
    r"^[0-9]+(\.[0-9]+|m)?$"
);
amount!(
    Bytes,
    "an amount of memory such as `512Mi` or `2Gi`",
    r"^[1-9][0-9]*[KMGT]i$"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_they_are_read() {
        for text in ["1", "500m", "3600m", "36"] {
            assert_eq!(Cpu::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Cpu::parse("3.6"), Some(Cpu(3600)));
        for text in ["512Mi", "2Gi", "1Ti", "1536Mi"] {
            assert_eq!(Bytes::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "0Mi", "2G", "x", "-1Gi"] {
            assert_eq!(Bytes::parse(text), None, "{text}");
        }
        assert_eq!(Cpu::parse("0.0001"), None);
    }
}
