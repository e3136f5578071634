use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

/// So many lines with something on them are looked at.
const SAMPLE_LINES: usize = 30;

/// They must be within so many characters.
const SAMPLE: usize = 8000;

/// A build log without the time, level and module that its lines start with; any other text as it
/// is. In a log, keys over several lines would not be found.
///
/// Files of infrastructure are hardly ever logs, but lines that start with `[1, 2]` look like one,
/// and with all files read there are logs.
pub(crate) fn strip(text: &str) -> Cow<'_, str> {
    if !is_log(text) {
        return Cow::Borrowed(text);
    }
    let stripped: Vec<_> = text.split('\n').map(without_prefix).collect();
    Cow::Owned(stripped.join("\n"))
}

/// Whether at least two lines, and three in ten of the first thirty, have a prefix.
fn is_log(text: &str) -> bool {
    let end = match text.as_bytes().get(..SAMPLE) {
        None => text.len(),
        Some(sample) if sample.is_ascii() => SAMPLE,
        Some(_) => text
            .char_indices()
            .nth(SAMPLE)
            .map_or(text.len(), |(at, _)| at),
    };
    let sample = text.get(..end).unwrap_or(text);
    let lines = (memchr::memchr_iter(b'\n', sample.as_bytes()).count() + 1).min(SAMPLE_LINES);
    let (mut checked, mut prefixed) = (0, 0);
    for line in sample.split('\n') {
        if crate::characters::strip(line).is_empty() {
            continue;
        }
        prefixed += usize::from(without_prefix(line).len() < line.len());
        checked += 1;
        if checked >= lines {
            break;
        }
    }
    prefixed >= 2 && prefixed * 10 >= checked * 3
}

fn without_prefix(line: &str) -> &str {
    static PREFIXES: LazyLock<[Regex; 3]> = LazyLock::new(prefixes);
    if !may_have_prefix(line) {
        return line;
    }
    let prefix = PREFIXES.iter().find_map(|prefix| {
        let end = prefix.find(line)?.end();
        (end > 0).then_some(end)
    });
    &line[prefix.unwrap_or(0)..]
}

/// Whether a line starts with a time, or with something like one in brackets. Hardly any does, and
/// the expressions take long to compile.
fn may_have_prefix(line: &str) -> bool {
    if let Some(rest) = line.strip_prefix('[') {
        let in_time = |c: char| c.is_numeric() || "-/:T., +Z".contains(c);
        let after = rest.trim_start_matches(in_time);
        return after.len() < rest.len() && after.starts_with(']');
    }
    let mut chars = line.chars();
    chars.next().is_some_and(char::is_numeric)
        && (chars.nth(1) == Some(':') || matches!(chars.nth(1), Some('-' | '/')))
}

/// `time | level | module |`, `time LEVEL module -`, `[time] [LEVEL] [module]`
fn prefixes() -> [Regex; 3] {
    const TIME: &str = r"(?:\d{4}[-/]\d{2}[-/]\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d+)?(?:Z|[+-]\d{2}:?\d{2})?|\d{2}:\d{2}:\d{2}(?:[.,]\d+)?)";
    const LEVEL: &str = "TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|SEVERE";
    let pattern = |pattern: String| Regex::new(&pattern).expect("the pattern is valid");
    [
        pattern(format!(r"^{TIME}(?:\s*\|\s*\w[\w./\- ]*)*\s*\|\s*")),
        pattern(format!(
            r"^{TIME}\s+(?:{LEVEL}|FINE|FINER|FINEST)\s+(?:[\w./-]+\s+(?:[-:]\s+)?)?"
        )),
        pattern(format!(
            r"^(?:\[[\d\-/:T., +Z]+\]\s*)(?:\[(?:{LEVEL})\]\s*)?(?:\[[\w./-]+\]\s*)*"
        )),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_of_logs_go() {
        let log = "2026-01-07 09:41:37.553 | DEBUG | main | a\n09:41:38 INFO main - b\n[2026-01-07] [INFO] [x] c\n";
        assert_eq!(strip(log), "a\nb\nc\n");
    }

    #[test]
    fn other_texts_stay() {
        for text in [
            "a: 1\nb: 2\n",
            "",
            "2026-01-07T09:41:37Z INFO a\nb\n",
            "[a]\n[b]\n",
        ] {
            assert!(matches!(strip(text), Cow::Borrowed(_)), "{text}");
        }
    }
}
