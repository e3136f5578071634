use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashSet;

use crate::Detector;
use crate::characters::strip;
use crate::detectors::{self, Line, names_provider};
use crate::entropy::may_have_random_value;
use crate::filter::{is_allowed, is_harmless, is_id};
use crate::high_entropy::{self, Place};
use crate::language::{Language, file_name, is_source_code};
use crate::lines::Lines;
use crate::missed;
use crate::prefilter::{self, Triggers};
use crate::rewrite::{ini, yaml};
use crate::siblings::Beyond;

/// How many characters a line must have, without white space at both ends.
const LENGTHS: std::ops::RangeInclusive<usize> = 5..=100_000;

/// So many bytes are searched in all for the lines that values of YAML are written on.
const MAX_SEARCHED: usize = 1 << 28;

/// A string that may be a secret.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Hit {
    pub(crate) detector: Detector,
    pub(crate) value: String,
    /// Counted from zero.
    pub(crate) line: usize,
    /// Whether Checkov misses it.
    pub(crate) missed: bool,
}

/// The scan of one file.
pub(crate) struct Pass<'p> {
    path: &'p str,
    language: Language,
    source_code: bool,
    dockerfile: bool,
    entropy_limit: f64,
    /// The file as it is, with `\n` for every line ending.
    raw: Lines<'p>,
    /// How many bytes the file has.
    size: usize,
    /// How many bytes may still be searched.
    budget: Cell<usize>,
}

impl<'p> Pass<'p> {
    /// The scan of a text that has no other line ending than `\n`. `size` is that of the file.
    pub(crate) fn new(path: &'p str, text: Cow<'p, str>, size: usize, entropy_limit: f64) -> Self {
        Self {
            path,
            language: Language::of(path),
            source_code: is_source_code(path),
            dockerfile: missed::is_dockerfile(path),
            entropy_limit,
            raw: Lines::of(text),
            size,
            budget: Cell::new(MAX_SEARCHED),
        }
    }

    /// What there is in the file, given the places in it. Where Checkov ends with an error there
    /// is nothing.
    pub(crate) fn run(&self, places: &[(usize, Triggers)]) -> Vec<Hit> {
        self.scan(places).unwrap_or_default()
    }

    /// Scans the file as settings or YAML if it is that, else as it is; a file of no known kind
    /// in which that finds nothing is scanned as settings without a section too.
    fn scan(&self, places: &[(usize, Triggers)]) -> Result<Vec<Hit>, Beyond> {
        let text = self.raw.text();
        let made = match ini::rewrite(text, false) {
            None if self.language == Language::Yaml => match yaml::rewrite(text) {
                Err(yaml::Failure::Fatal) => return Err(Beyond),
                made => made.ok(),
            },
            made => made,
        };
        let whole = self.size < detectors::MAX_FILE
            && places
                .iter()
                .any(|(_, triggers)| triggers.any(Triggers::PRIVATE_KEY));
        let found = match made.filter(|made| made.count() > 0) {
            Some(made) => self.lines(&made, &places_of(&made), whole)?,
            None => self.lines(&self.raw, places, whole)?,
        };
        if !found.is_empty() || self.language != Language::Other {
            return Ok(found);
        }
        match ini::rewrite(text, true) {
            Some(made) => self.lines(&made, &places_of(&made), false),
            None => Ok(found),
        }
    }

    /// Scans the lines that have a place in them. With `whole`, the file as a whole is searched for
    /// private keys when its first line is looked at that has none itself.
    fn lines(
        &self,
        lines: &Lines<'_>,
        places: &[(usize, Triggers)],
        whole: bool,
    ) -> Result<Vec<Hit>, Beyond> {
        let mut visits: Vec<(usize, Triggers)> = Vec::new();
        for &(at, triggers) in places {
            let index = lines.index_at(at);
            match visits.last_mut() {
                Some((last, all)) if *last == index => *all = *all | triggers,
                _ => visits.push((index, triggers)),
            }
        }
        if whole {
            let keyless = |line: &str| detectors::private_keys(line).is_empty();
            let first =
                (0..lines.count()).find(|&index| self.line_at(lines, index).is_some_and(keyless));
            visits.extend(first.map(|first| (first, Triggers::WHOLE_FILE)));
            visits.sort_by_key(|&(index, _)| index);
        }
        let mut hits = Vec::new();
        for (index, triggers) in visits {
            if let Some(text) = self.line_at(lines, index) {
                self.line(text, lines, index, triggers, &mut hits)?;
            }
        }
        // Of equal strings in a file the first counts that Checkov finds too.
        hits.sort_by_key(|hit| hit.missed);
        let mut seen = HashSet::new();
        hits.retain(|hit| seen.insert((hit.detector, hit.value.clone())));
        Ok(hits)
    }

    /// A line that is to be looked at, without white space at both ends.
    fn line_at<'l>(&self, lines: &'l Lines<'_>, index: usize) -> Option<&'l str> {
        let line = strip(lines.get(index)?);
        let previous = lines.around(index).previous_line();
        (LENGTHS.contains(&line.chars().count()) && !is_allowed(line, previous, self.path))
            .then_some(line)
    }

    fn line(
        &self,
        text: &str,
        lines: &Lines<'_>,
        index: usize,
        triggers: Triggers,
        hits: &mut Vec<Hit>,
    ) -> Result<(), Beyond> {
        let around = lines.around(index);
        let mut add = |detector, value: Cow<'_, str>, line, missed| {
            if !is_harmless(&value) {
                let line = self.written_line(index, &value).unwrap_or(line);
                let value = value.into_owned();
                hits.push(Hit {
                    detector,
                    value,
                    line,
                    missed,
                });
            }
        };
        let line = Line {
            text,
            around,
            file_name: file_name(self.path),
        };
        for (detector, value) in detectors::find(line, triggers) {
            add(detector, value.into(), index, false);
        }
        if triggers.any(Triggers::DIVERSE)
            || triggers.any(Triggers::KEYWORD)
                && (self.source_code
                    || self.dockerfile
                    || missed::may_have_password(text)
                    || may_have_random_value(text, self.entropy_limit))
        {
            let place = Place {
                text,
                around,
                raw: self.raw.around(index),
                language: self.language,
                source_code: self.source_code,
                dockerfile: self.dockerfile,
            };
            for random in high_entropy::find(place, self.entropy_limit)? {
                if !is_id(&random.value, text) {
                    add(random.detector, random.value, index, random.missed);
                }
            }
        }
        if triggers.any(Triggers::WHOLE_FILE) {
            for (key, number) in detectors::private_keys_in_file(self.raw.text()) {
                add(Detector::PrivateKey, key.into(), number - 1, false);
            }
        }
        Ok(())
    }

    /// The line that a value of YAML is reported on: the first that it stands on, from the one on
    /// that it was found on, which is where Checkov's reader took note of it.
    fn written_line(&self, index: usize, value: &str) -> Option<usize> {
        if self.language != Language::Yaml {
            return None;
        }
        let (start, text) = match self.raw.range(index) {
            Some(range) => (range.start, &self.raw.text()[range.start..]),
            None => return Some(index),
        };
        let on_one_line = value.find('\n').is_none_or(|at| at + 1 == value.len());
        if !on_one_line || self.budget.get() == 0 {
            return Some(index);
        }
        let found = memchr::memmem::find(text.as_bytes(), value.as_bytes());
        let searched = found.unwrap_or(text.len());
        self.budget.set(self.budget.get().saturating_sub(searched));
        Some(found.map_or(index, |at| self.raw.index_at(start + at)))
    }
}

/// Whether a text with these places in it is worth a scan. Without a keyword only source code has
/// random values.
pub(crate) fn is_worthwhile(path: &str, text: &str, places: &[(usize, Triggers)]) -> bool {
    let mut enough = Triggers::SUFFICIENT;
    if is_source_code(path) {
        enough = enough | Triggers::DIVERSE;
    }
    let any = |triggers| places.iter().any(|(_, found)| found.any(triggers));
    any(enough)
        || any(Triggers::NAMED) && names_provider(text)
        || Language::of(path) == Language::Yaml && yaml::may_hide(text)
        || ini::may_hide(text)
}

/// The places in lines that were made. One of them may hold several lines of the file, which are
/// one string.
fn places_of(made: &Lines<'_>) -> Vec<(usize, Triggers)> {
    let mut places = prefilter::places(made.text());
    let known = places.len();
    for range in (0..made.count()).filter_map(|index| made.range(index)) {
        let line = &made.text().as_bytes()[range.clone()];
        if memchr::memchr(b'\n', line).is_some() && prefilter::has_diverse_run(line) {
            places.push((range.start, Triggers::DIVERSE));
        }
    }
    if places.len() > known {
        places.sort_unstable_by_key(|&(at, _)| at);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<(Detector, String, usize)> {
        let places = prefilter::places(text);
        let hits = Pass::new(path, text.into(), text.len(), 3.0).run(&places);
        let parts = |hit: Hit| (hit.detector, hit.value, hit.line);
        hits.into_iter().map(parts).collect()
    }

    const VALUE: &str = "mZ8qLx03vKt7";

    fn one(line: usize) -> Vec<(Detector, String, usize)> {
        vec![(Detector::Base64Entropy, VALUE.to_owned(), line)]
    }

    #[test]
    fn yaml_is_scanned_as_it_reads() {
        assert_eq!(
            found("a.yaml", &format!("a:\n  b_token: >-\n    {VALUE}\n")),
            one(2)
        );
        assert_eq!(
            found("a.yaml", &format!("\"to\\x6ben\": {VALUE}\n")),
            one(0)
        );
        assert_eq!(found("a.yaml", &format!("token: [{VALUE}]\n")), []);
        // Several documents are scanned as they are written.
        assert_eq!(
            found("a.yaml", &format!("---\na: b\n---\ntoken: {VALUE}\n")),
            one(3)
        );
    }

    #[test]
    fn yaml_that_python_cannot_hold_has_nothing() {
        assert_eq!(
            found("a.yaml", &format!("token: {VALUE}\na: 2001-02-30\n")),
            []
        );
    }

    #[test]
    fn settings_are_scanned_where_nothing_else_is_found() {
        assert_eq!(
            found("Dockerfile", &format!("ENV A_TOKEN={VALUE}\n")),
            one(0)
        );
        assert_eq!(
            found(
                "Dockerfile",
                &format!("FROM a:1\nRUN b\nRUN A_TOKEN={VALUE}\n")
            ),
            []
        );
        assert_eq!(found("a.hcl", &format!("[a]\ntoken = {VALUE}\n")), one(1));
    }

    #[test]
    fn a_string_counts_where_it_is_first() {
        let text = format!("a_token = \"{VALUE}\"\nb_token = \"{VALUE}\"\n");
        assert_eq!(found("main.tf", &text), one(0));
    }

    #[test]
    fn allowed_and_odd_lines_are_passed_over() {
        let line = format!("token = \"{VALUE}\"");
        assert_eq!(
            found("main.tf", &format!("{line} # pragma: allowlist secret\n")),
            []
        );
        let next = format!("# pragma: allowlist nextline secret\n{line}\n");
        assert_eq!(found("main.tf", &next), []);
        assert_eq!(
            found("main.tf", &format!("{line}{}", " #".repeat(50_000))),
            []
        );
    }

    #[test]
    fn a_key_over_lines_is_found_once_in_a_small_file() {
        let key = "MIIEpAIBAAKCAQEA\nMIIEpAIBAAKCAQEB";
        let pem = format!("{}PRIVATE KEY-----\n{key}\n", "x = <<E\n-----BEGIN RSA ");
        let expected = vec![(Detector::PrivateKey, key.to_owned(), 2)];
        assert_eq!(found("main.tf", &pem), expected);
        let large = format!("{pem}{}", "# more\n".repeat(1200));
        assert_eq!(found("main.tf", &large), []);
    }
}
