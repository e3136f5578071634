use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use bastide_check::Framework;
use bastide_judge::Posture;
use bastide_source::{FileId, Source};

/// Of a secret so many characters are shown at most, and never more than a quarter, as in Checkov.
const SHOWN: usize = 6;

/// A shorter value that is sensitive is hidden where it stands, but not wherever else the same few
/// bytes occur.
const TELLING: usize = 6;

/// Stands for the rest, however long it is.
pub(crate) const MASK: &str = "**********";

/// What of files must not be shown: the secrets that the scan found, each wherever it is repeated.
#[derive(Debug)]
pub(crate) struct Masks<'a> {
    posture: &'a Posture,
    files: BTreeMap<FileId, Secrets>,
}

/// The secrets of a file, and its mask once something of the file is shown.
#[derive(Debug, Default)]
struct Secrets {
    spans: Spans,
    mask: OnceLock<Mask>,
}

/// Where secrets stand in one file.
#[derive(Debug, Default)]
struct Spans {
    /// Those that the scan found: their first characters may be shown.
    found: Vec<Range<usize>>,
    /// Those that the file itself says are secret: nothing of them may be shown.
    sensitive: Vec<Range<usize>>,
}

#[derive(Debug)]
struct Mask {
    /// Byte ranges of the file, in order and apart from each other.
    hidden: Vec<Range<usize>>,
    /// The secrets, to be found in other text. `None` if they are too many for an automaton.
    secrets: Option<AhoCorasick>,
}

impl<'a> Masks<'a> {
    /// Notes what must not be shown.
    pub(crate) fn new(posture: &'a Posture) -> Self {
        let secrets = posture
            .resources
            .iter()
            .filter(|resource| resource.framework == Framework::Secrets)
            .map(|resource| resource.span);
        let mut files: BTreeMap<FileId, Secrets> = BTreeMap::new();
        for span in secrets {
            let of_file = files.entry(span.file).or_default();
            of_file.spans.found.push(span.range());
        }
        for span in &posture.sensitive {
            let of_file = files.entry(span.file).or_default();
            of_file.spans.sensitive.push(span.range());
        }
        Self { posture, files }
    }

    fn of(&self, file: FileId) -> Option<&Mask> {
        let Secrets { spans, mask } = self.files.get(&file)?;
        Some(mask.get_or_init(|| Mask::new(self.posture.source(file), spans)))
    }

    /// The byte ranges of a file that must not be shown, in order and apart from each other.
    pub(crate) fn hidden(&self, file: FileId) -> &[Range<usize>] {
        self.of(file).map_or(&[], |mask| &mask.hidden)
    }

    /// Part of a file, as it may be shown.
    pub(crate) fn slice<'s>(&self, source: &'s Source, range: Range<usize>) -> Cow<'s, str> {
        let text = source.text.get(range.clone()).unwrap_or_default();
        hide(text, range.start, self.hidden(source.id))
    }

    /// Text about a file, which may quote it, as it may be shown.
    pub(crate) fn quoted<'t>(&self, file: FileId, text: &'t str) -> Cow<'t, str> {
        match self.of(file) {
            Some(mask) => hide(text, 0, &mask.find(text)),
            None => text.into(),
        }
    }
}

impl Mask {
    fn new(source: &Source, spans: &Spans) -> Self {
        let text = source.text.as_str();
        let values = |spans: &'_ [Range<usize>]| -> Vec<&str> {
            let values = spans.iter().filter_map(|span| text.get(span.clone()));
            values.map(str::trim).collect()
        };
        let sensitive = values(&spans.sensitive).into_iter();
        let sensitive = sensitive
            .map(|value| value.trim_matches('"'))
            .filter(|value| value.len() >= TELLING);
        let values = values(&spans.found).into_iter().chain(sensitive);
        let values = values.filter(|value| !value.is_empty());
        // Little is searched: what is built fastest is fastest.
        let secrets = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::NoncontiguousNFA))
            .build(values);
        let mut mask = Self {
            hidden: Vec::new(),
            secrets: secrets.ok(),
        };
        mask.hidden = mask.find(text);
        mask.hidden.extend(spans.sensitive.iter().cloned());
        mask.hidden.extend(spans.found.iter().filter_map(|span| {
            let value = text.get(span.clone())?;
            Some(span.start + shown(value)..span.end)
        }));
        mask.hidden = merged(mask.hidden);
        mask
    }

    /// Where secrets stand in a text, less what may be shown of them.
    fn find(&self, text: &str) -> Vec<Range<usize>> {
        let found = self.secrets.iter().flat_map(|secrets| {
            secrets
                .find_overlapping_iter(text)
                .map(|found| found.start() + shown(&text[found.range()])..found.end())
        });
        merged(found.collect())
    }
}

/// Text that starts at byte `offset` of its file, with the mask in place of what is hidden.
fn hide<'t>(text: &'t str, offset: usize, hidden: &[Range<usize>]) -> Cow<'t, str> {
    let end = offset + text.len();
    let first = hidden.partition_point(|range| range.end <= offset);
    let mut masked = String::new();
    let mut done = 0;
    for range in hidden[first..].iter().take_while(|range| range.start < end) {
        let from = range.start.saturating_sub(offset);
        masked.push_str(&text[done..from]);
        masked.push_str(MASK);
        done = range.end.min(end) - offset;
    }
    if done == 0 {
        return text.into();
    }
    // What ends a line stays, so that a secret of several lines leaves as many.
    let ending = text.len() - text.trim_end_matches(['\r', '\n']).len();
    done = done.min(text.len() - ending);
    masked.push_str(&text[done..]);
    masked.into()
}

/// How many bytes of a secret may be shown.
fn shown(secret: &str) -> usize {
    let count = (secret.chars().count() / 4).min(SHOWN);
    let first_line = secret.find(['\r', '\n']).unwrap_or(secret.len());
    let end = secret.char_indices().nth(count).map_or(0, |(at, _)| at);
    end.min(first_line)
}

/// Ranges in order, with those that touch made one.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.retain(|range| !range.is_empty());
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    ranges.dedup_by(|next, last| {
        let touch = next.start <= last.end;
        if touch {
            last.end = last.end.max(next.end);
        }
        touch
    });
    ranges
}

#[cfg(test)]
#[allow(
    clippy::single_range_in_vec_init,
    reason = "one secret in a file is usual"
)]
mod tests {
    use bastide_check::Resource;
    use bastide_source::Span;

    use super::*;

    fn posture(text: &str, spans: &[Range<usize>]) -> Posture {
        let secret = |range: &Range<usize>| Resource {
            framework: Framework::Secrets,
            kind: "string".to_owned(),
            address: String::new(),
            file: FileId(0),
            lines: (1, 2),
            span: Span::new(FileId(0), range.start, range.end),
            skips: Vec::new(),
            caller: None,
            history: None,
        };
        Posture {
            sources: vec![Source::new(FileId(0), "a", text.to_owned())],
            resources: spans.iter().map(secret).collect(),
            ..Posture::default()
        }
    }

    fn lines(text: &str, spans: &[Range<usize>]) -> Vec<String> {
        let posture = posture(text, spans);
        let masks = Masks::new(&posture);
        let source = &posture.sources[0];
        let count = source.lines().count(text);
        let line = |number| masks.slice(source, source.line_range(number)).into_owned();
        (1..=count).map(line).collect()
    }

    #[test]
    fn at_most_a_quarter_and_six_characters_are_shown() {
        assert_eq!(
            lines("a = 12345678 # b\n", &[4..12]),
            ["a = 12********** # b\n"]
        );
        assert_eq!(lines(&"x".repeat(80), &[0..80]), ["xxxxxx**********"]);
        assert_eq!(lines("éé", &[0..4]), ["**********"]);
    }

    #[test]
    fn repetitions_are_masked_on_any_line() {
        assert_eq!(
            lines("a = abcd1234\nb = abcd1234", &[4..12]),
            ["a = ab**********\n", "b = ab**********"]
        );
    }

    #[test]
    fn a_secret_of_several_lines_leaves_as_many() {
        assert_eq!(
            lines("k: abcdefgh\nijklmnop\nqrst end", &[3..25]),
            ["k: abcde**********\n", "**********\n", "********** end"]
        );
    }

    #[test]
    fn secrets_that_overlap_are_masked_together() {
        assert_eq!(
            lines("0123456789abcdef", &[0..12, 8..16]),
            ["012**********"]
        );
    }

    #[test]
    fn what_is_said_of_a_file_shows_no_secret_either() {
        let posture = posture("a = abcd1234", &[4..12]);
        let masks = Masks::new(&posture);
        let said = masks.quoted(FileId(0), "`a` is `abcd1234`");
        assert_eq!(said, "`a` is `ab**********`");
        assert_eq!(masks.quoted(FileId(1), "`abcd1234`"), "`abcd1234`");
    }
}
