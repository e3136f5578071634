use std::sync::LazyLock;

use regex::Regex;

use crate::characters::strip;

/// Larger files, in bytes, are only searched line by line.
pub(crate) const MAX_FILE: usize = 8 * 1024;

/// The private keys of a line: what follows the header, or the header of a PuTTY key.
pub(crate) fn find(line: &str) -> Vec<&str> {
    static PEM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"BEGIN(?: DSA | EC | OPENSSH | PGP | RSA | SSH2 ENCRYPTED | )PRIVATE KEY-*([A-Za-z0-9+/\\\n]{10,}={0,3})(?:\n*-*END)?",
        )
    });
    static PUTTY: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"PuTTY-User-Key-File-2:.{1,40}\n?Encryption:"));
    let pem = PEM.captures_iter(line).filter_map(|found| found.get(1));
    pem.chain(PUTTY.find_iter(line))
        .map(|found| found.as_str())
        .collect()
}

/// The private keys of a whole file, each with its line counted from one.
pub(crate) fn in_file(text: &str) -> Vec<(&str, usize)> {
    find(text)
        .into_iter()
        .map(|key| {
            let key = strip(key);
            let before = text.find(key).map_or("", |at| &text[..at]);
            (key, before.matches('\n').count() + 1)
        })
        .collect()
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is valid")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = concat!("-----BEGIN RSA ", "PRIVATE KEY-----");

    #[test]
    fn a_key_may_stand_in_one_line() {
        let line = format!(r"{HEADER}\nMIIEpAIBAAKCAQEA\n-----END");
        assert_eq!(find(&line), [r"\nMIIEpAIBAAKCAQEA\n"]);
        assert_eq!(find(HEADER), [""; 0]);
    }

    #[test]
    fn a_key_over_lines_is_found_in_the_file() {
        let text = format!("a\n{HEADER}\nMIIEpAIBAAKCAQEA\nAAAA==\n");
        assert_eq!(in_file(&text), [("MIIEpAIBAAKCAQEA\nAAAA==", 3)]);
        let indented = format!("{HEADER}\n  MIIEpAIBAAKCAQEA\n");
        assert_eq!(in_file(&indented), []);
    }

    #[test]
    fn putty_headers_are_found() {
        let text = concat!("PuTTY-User-Key-", "File-2: ssh-rsa\nEncryption: none");
        assert_eq!(in_file(text).len(), 1);
    }
}
