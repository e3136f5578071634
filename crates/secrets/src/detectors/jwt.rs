use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use crate::base64;

/// The JSON web tokens of a line: header and payload must decode to JSON, the rest must decode.
pub(super) fn find(line: &str) -> Vec<&str> {
    static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = r"eyJ[A-Za-z0-9\-_=]+\.[A-Za-z0-9\-_=]+\.?[A-Za-z0-9\-_.+/=]*";
        Regex::new(pattern).expect("the pattern is valid")
    });
    TOKEN
        .find_iter(line)
        .map(|token| token.as_str())
        .filter(|token| is_valid(token))
        .collect()
}

fn is_valid(token: &str) -> bool {
    token.split('.').enumerate().all(|(place, part)| {
        let padding = match part.len() % 4 {
            1 => return false,
            2 => "==",
            3 => "===",
            _ => "",
        };
        let part = format!("{part}{padding}")
            .replace('-', "+")
            .replace('_', "/");
        base64::decode(&part).is_some_and(|bytes| {
            place >= 2
                || std::str::from_utf8(&bytes)
                    .is_ok_and(|text| serde_json::from_str::<Value>(text).is_ok())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "eyJhbGciOiJIUzI1NiJ9";
    const PAYLOAD: &str = "eyJzdWIiOiIxIn0";

    #[test]
    fn header_and_payload_are_json() {
        let token = format!("{HEADER}.{PAYLOAD}.c2ln");
        assert_eq!(find(&format!("Bearer {token}!")), [token.as_str()]);
        assert_eq!(find(&format!("{HEADER}.{PAYLOAD}")).len(), 1);
    }

    #[test]
    fn what_does_not_decode_is_none() {
        assert_eq!(find(&format!("{HEADER}.bm8.c2ln")), [""; 0]);
        assert_eq!(find(&format!("{HEADER}.{PAYLOAD}.a")), [""; 0]);
        assert_eq!(find("eyJ.eyJ"), [""; 0]);
    }
}
