use memchr::memmem;

use crate::characters::is_space;

/// The passwords of URLs in the line. None, if it has one of the hosts that documentation uses.
pub(super) fn find(line: &str) -> Vec<&str> {
    let lower = line.to_lowercase();
    if DOCUMENTATION.iter().any(|host| lower.contains(host)) {
        return Vec::new();
    }
    passwords(line).collect()
}

/// Whether what follows the `://` of a URL has a password in it.
pub(crate) fn has_password(rest: &str) -> bool {
    password(rest).is_some()
}

const DOCUMENTATION: [&str; 5] = [
    "example.com",
    "example.net",
    "example.org",
    "proxy.url",
    "github.com/owner",
];

/// The password in each `://user:password@`.
fn passwords(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let start = memmem::find(rest.as_bytes(), b"://")?;
            rest = &rest[start + "://".len()..];
            if let Some((password, after)) = password(rest) {
                rest = after;
                return Some(password);
            }
        }
    })
}

/// The password in `user:password@` at the start of a text, neither part of which holds a
/// reserved character, and what follows.
fn password(text: &str) -> Option<(&str, &str)> {
    let part = |text: &str| {
        let end = text.find(|c| is_space(c) || RESERVED.contains(c));
        end.filter(|&end| end > 0)
    };
    let text = text[part(text)?..].strip_prefix(':')?;
    let (password, rest) = text.split_at(part(text)?);
    Some((password, rest.strip_prefix('@')?))
}

/// What RFC 3986 reserves.
const RESERVED: &str = ":/?#[]@!$&'()*+,;=";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_found() {
        let url = concat!(
            "postgres://",
            "user:pass-word",
            "@db and ftp://",
            "a:b",
            "@c"
        );
        assert_eq!(find(url), ["pass-word", "b"]);
        assert!(has_password("a:b@c") && !has_password("a/b:c@d"));
    }

    #[test]
    fn reserved_characters_end_a_part() {
        for url in [
            "https://host/a:b@c",
            "https://u:p$w@h",
            "https://:p@h",
            "https://u:@h",
        ] {
            assert_eq!(find(url), [""; 0], "{url}");
        }
    }

    #[test]
    fn hosts_of_documentation_do_not_count() {
        assert_eq!(find("see https://u:p@Example.com"), [""; 0]);
    }
}
