//! IP networks in CIDR notation.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use bastide_value::{Cause, Node, Value};

use super::Args;

type Result<'a> = std::result::Result<Value<'a>, Cause<'a>>;

/// A network: its first address as a number, the length of its prefix, and of its addresses.
#[derive(Clone, Copy)]
struct Network {
    first: u128,
    prefix: u32,
    bits: u32,
}

impl Network {
    fn parse<'a>(text: &str) -> std::result::Result<Self, Cause<'a>> {
        let wrong = Cause::Invalid("the argument is no network in CIDR notation");
        let (address, prefix) = text.split_once('/').ok_or(wrong)?;
        let (number, bits) = match address.parse::<IpAddr>().map_err(|_| wrong)? {
            IpAddr::V4(address) => (u128::from(address.to_bits()), 32),
            IpAddr::V6(address) => (address.to_bits(), 128),
        };
        let prefix = prefix
            .parse()
            .ok()
            .filter(|prefix| *prefix <= bits)
            .ok_or(wrong)?;
        Ok(Self {
            first: number & !Self::host_mask(prefix, bits),
            prefix,
            bits,
        })
    }

    /// The bits of an address that number the host.
    fn host_mask(prefix: u32, bits: u32) -> u128 {
        let host_bits = bits - prefix;
        if host_bits == 128 {
            u128::MAX
        } else {
            (1 << host_bits) - 1
        }
    }

    fn address(self, number: u128) -> IpAddr {
        match u32::try_from(number) {
            Ok(number) if self.bits == 32 => Ipv4Addr::from_bits(number).into(),
            _ => Ipv6Addr::from_bits(number).into(),
        }
    }

    /// The network of a longer prefix that has a number among those in this one.
    fn subnet<'a>(self, longer: i64, number: i64) -> std::result::Result<Self, Cause<'a>> {
        let prefix = u32::try_from(longer)
            .ok()
            .and_then(|longer| self.prefix.checked_add(longer));
        let prefix = prefix.filter(|prefix| *prefix <= self.bits);
        let prefix = prefix.ok_or(Cause::Invalid("the network has not so many bits left"))?;
        let number = u128::try_from(number).map_err(|_| Cause::Invalid("a number is negative"))?;
        let extra = prefix - self.prefix;
        if extra < 128 && number >> extra != 0 {
            return Err(Cause::Invalid("the network has not so many subnets"));
        }
        let shift = self.bits - prefix;
        let first = self.first | number.checked_shl(shift).unwrap_or(0);
        Ok(Self {
            first,
            prefix,
            bits: self.bits,
        })
    }

    fn show(self) -> String {
        format!("{}/{}", self.address(self.first), self.prefix)
    }
}

/// The address of a host; of a negative number, counted from the end.
pub(super) fn cidr_host<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let (network, number) = (Network::parse(&args.text(0)?)?, args.int(1)?);
    let mask = Network::host_mask(network.prefix, network.bits);
    let host = match u128::try_from(number) {
        Ok(host) => Some(host),
        Err(_) => mask.checked_sub(u128::from(number.unsigned_abs()) - 1),
    };
    let host = host.filter(|host| *host <= mask);
    let host = host.ok_or(Cause::Invalid("the network has not so many hosts"))?;
    Ok(args.give(network.address(network.first | host).to_string()))
}

pub(super) fn cidr_netmask<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let network = Network::parse(&args.text(0)?)?;
    let mask = !Network::host_mask(network.prefix, network.bits);
    let mask = if network.bits == 32 {
        mask & u128::from(u32::MAX)
    } else {
        mask
    };
    Ok(args.give(network.address(mask).to_string()))
}

pub(super) fn cidr_subnet<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let network = Network::parse(&args.text(0)?)?;
    Ok(args.give(network.subnet(args.int(1)?, args.int(2)?)?.show()))
}

/// Networks of these longer prefixes, each after the one before.
pub(super) fn cidr_subnets<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let network = Network::parse(&args.text(0)?)?;
    let full = Cause::Invalid("the network has no room for so many");
    let last = network.first | Network::host_mask(network.prefix, network.bits);
    let mut next = Some(network.first);
    let mut networks = Vec::new();
    for index in 1..args.values.len() {
        let sized = network.subnet(args.int(index)?, 0)?;
        let size = Network::host_mask(sized.prefix, sized.bits);
        // A network starts at a multiple of its size.
        let aligned = next
            .and_then(|next| next.checked_add(size))
            .map(|next| next & !size);
        let first = aligned.filter(|first| first | size <= last).ok_or(full)?;
        networks.push(Node::from(args.give(Network { first, ..sized }.show())));
        next = (first | size).checked_add(1);
    }
    Ok(args.give_list(&networks))
}
