//! Ranges of numbers, and of addresses.

use std::net::IpAddr;

use super::datum::Datum;

/// Whether a value (a number, `*`, `a-b`, or a list of those) meets a number or range that a policy
/// names.
pub(super) fn includes(operand: &Datum<'_>, attribute: &Datum<'_>) -> bool {
    let operands = match operand {
        Datum::List(items) => items.as_slice(),
        other => std::slice::from_ref(other),
    };
    let attributes = match attribute {
        Datum::List(items) => items.as_slice(),
        other => std::slice::from_ref(other),
    };
    let wanted: Vec<(i64, i64)> = operands.iter().filter_map(points).collect();
    attributes.iter().any(|attribute| match attribute {
        Datum::Text(text) if text == "*" => !wanted.is_empty(),
        other => points(other).is_some_and(|(first, last)| {
            wanted
                .iter()
                .any(|&(start, end)| first <= end && start <= last)
        }),
    })
}

/// The first and last number of `a-b`, or of a single one.
fn points(datum: &Datum<'_>) -> Option<(i64, i64)> {
    if let Datum::Text(text) = datum
        && let Some((start, end)) = text.split_once('-')
        && !start.is_empty()
    {
        return Some((start.trim().parse().ok()?, end.trim().parse().ok()?));
    }
    datum.to_int().map(|number| (number, number))
}

/// Whether every network of a value lies within one of those that a policy names; `None` if one
/// of them is no network.
pub(super) fn networks_within(attribute: &Datum<'_>, operand: &Datum<'_>) -> Option<bool> {
    let allowed = networks(operand)?;
    let found = networks(attribute)?;
    Some(
        found
            .iter()
            .all(|network| allowed.iter().any(|outer| network.is_within(outer))),
    )
}

fn networks(datum: &Datum<'_>) -> Option<Vec<Network>> {
    match datum {
        Datum::Text(text) => Some(vec![Network::parse(text)?]),
        Datum::List(items) => items
            .iter()
            .map(|item| match item {
                Datum::Text(text) => Network::parse(text),
                _ => None,
            })
            .collect(),
        _ => None,
    }
}

/// A range of addresses: `10.0.0.0/8`.
struct Network {
    address: u128,
    prefix: u32,
    is_v6: bool,
}

impl Network {
    fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix.parse::<u32>().ok()?)),
            None => (text, None),
        };
        let (address, bits, is_v6) = match address.parse().ok()? {
            IpAddr::V4(address) => (u128::from(address.to_bits()) << 96, 32, false),
            IpAddr::V6(address) => (address.to_bits(), 128, true),
        };
        let prefix = prefix.unwrap_or(bits);
        (prefix <= bits).then_some(Self {
            address,
            prefix,
            is_v6,
        })
    }

    fn is_within(&self, outer: &Self) -> bool {
        // A shift by all bits is none in Rust: a prefix of zero holds everything.
        let same_start = outer.prefix == 0
            || (self.address ^ outer.address).checked_shr(128 - outer.prefix) == Some(0);
        self.is_v6 == outer.is_v6 && outer.prefix <= self.prefix && same_start
    }
}
