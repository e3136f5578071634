//! From what the detectors recognised to what is reported.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::fmt::Write;

use bastide_source::{Source, Span};
use sha1::{Digest, Sha1};

use crate::filter::is_uuid;
use crate::lines::Lines;
use crate::pass::Hit;
use crate::secret::Secret;
use crate::skip;

/// A value over several lines ends at most so many bytes behind the start of its first line, and
/// twice its own length.
const REACH: usize = 1 << 16;

/// The secrets of a file: one for each value of a line, by the detector that says most about it.
pub(crate) fn judge(source: &Source, hits: Vec<Hit>) -> Vec<Secret> {
    if hits.is_empty() {
        return Vec::new();
    }
    let lines = Lines::universal(&source.text);
    let of_commit = |hit: &Hit| {
        let line = lines.get(hit.line).unwrap_or("");
        without_mark(line, hit.line).starts_with("git_commit")
    };
    let mut hits: Vec<(String, Hit)> = hits
        .into_iter()
        .filter(|hit| !is_reference(hit) && !is_uuid(&hit.value) && !of_commit(hit))
        .map(|hit| (sha1(&hit.value), hit))
        .collect();
    hits.sort_by(|(hash, hit), (other_hash, other)| {
        (hit.line, hash, hit.detector).cmp(&(other.line, other_hash, other.detector))
    });
    let metadata = OnceCell::new();
    let skips = |hit: &Hit| {
        let metadata = || {
            metadata
                .get_or_init(|| skip::in_metadata(&source.path, &source.text))
                .clone()
        };
        skip::beside(hit.line, hit.detector.id(), &lines, metadata)
    };
    best(hits)
        .into_iter()
        .map(|(hash, hit)| Secret {
            detector: hit.detector,
            span: span(source, &lines, &hit),
            line: hit.line as u32 + 1,
            skip: skips(&hit),
            hash,
        })
        .collect()
}

/// Of the hits on one value of a line, whatever quotes are around it, the one that says most.
fn best(hits: Vec<(String, Hit)>) -> Vec<(String, Hit)> {
    let mut places = HashMap::new();
    let mut best: Vec<(String, Hit)> = Vec::new();
    for (hash, hit) in hits {
        let bare = hit.value.trim_matches([',', '"', ';', '\'']);
        let key = (hit.line, bare.to_owned());
        match places.get(&key) {
            Some(&place) => {
                let earlier: &mut (String, Hit) = &mut best[place];
                if earlier.1.detector.yields_to(hit.detector) {
                    *earlier = (hash, hit);
                }
            }
            None => {
                places.insert(key, best.len());
                best.push((hash, hit));
            }
        }
    }
    best
}

/// Whether a random value refers to a secret that a vault keeps.
fn is_reference(hit: &Hit) -> bool {
    hit.detector.is_entropy() && hit.value.to_lowercase().contains("vault:")
}

fn sha1(value: &str) -> String {
    let mut hash = String::with_capacity(40);
    for byte in Sha1::digest(value.as_bytes()) {
        let _ = write!(hash, "{byte:02x}");
    }
    hash
}

/// A line without the byte order mark that the first may start with.
fn without_mark(line: &str, index: usize) -> &str {
    match line.strip_prefix('\u{feff}') {
        Some(rest) if index == 0 => rest,
        _ => line,
    }
}

/// Where the value is on its line, or from there on if it has several lines; else the line.
fn span(source: &Source, lines: &Lines<'_>, hit: &Hit) -> Span {
    let end = source.text.len();
    let range = lines.range(hit.line).unwrap_or(end..end);
    let reach = if hit.value.contains('\n') {
        range.end.max(range.start + hit.value.len() * 2 + REACH)
    } else {
        range.end
    };
    let searched = &source.text.as_bytes()[range.start..reach.min(end)];
    let find = |value: &str| {
        let at = range.start + memchr::memmem::find(searched, value.as_bytes())?;
        Some(Span::new(source.id, at, at + value.len()))
    };
    find(&hit.value)
        .or_else(|| find(&hit.value.replace('\n', "\r\n")))
        .unwrap_or_else(|| {
            let line = &source.text[range.clone()];
            let start = range.start + line.len() - line.trim_start().len();
            Span::new(source.id, start, start + line.trim().len())
        })
}

#[cfg(test)]
mod tests {
    use bastide_source::FileId;

    use super::*;
    use crate::Detector;

    fn hit(detector: Detector, value: &str, line: usize) -> Hit {
        Hit {
            detector,
            value: value.to_owned(),
            line,
            missed: false,
        }
    }

    fn judged(text: &str, hits: Vec<Hit>) -> Vec<Secret> {
        let source = Source::new(FileId(0), "main.tf", text.to_owned());
        judge(&source, hits)
    }

    #[test]
    fn the_detector_that_says_most_reports() {
        use Detector::*;
        for (first, second, best) in [
            (Base64Entropy, Stripe, Stripe),
            (Base64Entropy, JsonWebToken, JsonWebToken),
            (BasicAuth, Stripe, Stripe),
            (BasicAuth, PrivateKey, BasicAuth),
            (Aws, Stripe, Aws),
        ] {
            let secrets = judged(
                "value",
                vec![hit(second, "value", 0), hit(first, "value", 0)],
            );
            assert_eq!(secrets.len(), 1);
            assert_eq!(secrets[0].detector, best);
        }
    }

    #[test]
    fn quotes_do_not_make_another_secret() {
        let both = vec![
            hit(Detector::AzureStorage, "'value'", 0),
            hit(Detector::Base64Entropy, "value", 0),
        ];
        assert_eq!(judged("a = 'value'", both).len(), 1);
    }

    #[test]
    fn ids_and_references_are_harmless() {
        let uuid = "123e4567-E89b-12d3-a456-426614174000";
        assert!(judged(uuid, vec![hit(Detector::Aws, uuid, 0)]).is_empty());
        let path = "Vault:secret/a";
        assert!(judged(path, vec![hit(Detector::Base64Entropy, path, 0)]).is_empty());
        assert_eq!(judged(path, vec![hit(Detector::Slack, path, 0)]).len(), 1);
    }

    #[test]
    fn tags_of_commits_are_harmless() {
        let text = "git_commit = \"value\"";
        assert!(judged(text, vec![hit(Detector::Base64Entropy, "value", 0)]).is_empty());
    }

    #[test]
    fn spans_are_those_of_the_value_or_the_line() {
        let text = "a\r\n  key: va\\u006cue\rvalue\r\nx1\r\ny2";
        let span = |value, line| {
            let secrets = judged(text, vec![hit(Detector::Aws, value, line)]);
            text[secrets[0].span.range()].to_owned()
        };
        assert_eq!(span("value", 1), "key: va\\u006cue");
        assert_eq!(span("value", 2), "value");
        assert_eq!(span("x1\ny2", 3), "x1\r\ny2");
    }

    #[test]
    fn the_hash_is_the_known_one() {
        assert_eq!(sha1("abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
    }
}
