//! Whether what a finding shows is still what an exception says it is.
//!
//! Verdicts carry no attributes, but places in the source and words. A label shows an attribute if
//!
//! 1. its text says `` `path` is `value` ``, as conditions on attributes do, or
//! 2. what it underlines is the value written after the attribute's name: `name: value`,
//!    `name = value`, or
//! 3. its text names the attribute otherwise: then it is the lack of it that is shown.
//!
//! Of a path, the last name counts. An attribute that no label shows proves nothing.

use bastide_check::Label;
use bastide_source::Source;

use crate::{Evidence, Exception};

impl Exception {
    /// The first evidence that does not hold for what a finding shows, and what is so instead, as a
    /// clause.
    pub(crate) fn refuted_by(
        &self,
        labels: &[Label],
        sources: &[Source],
    ) -> Option<(&Evidence, String)> {
        let refutation = |evidence| Some((evidence, refute(evidence, labels, sources)?));
        self.evidence.iter().find_map(refutation)
    }
}

/// What a label shows of an attribute.
#[derive(PartialEq, Debug)]
enum Shown<'a> {
    Value(&'a str),
    Unset,
    Nothing,
}

fn refute(evidence: &Evidence, labels: &[Label], sources: &[Source]) -> Option<String> {
    let name = evidence.path.rsplit('.').next().unwrap_or_default();
    let mut proven = false;
    for label in labels {
        match (shown(name, label, sources), &evidence.value) {
            (Shown::Nothing, _) => {}
            (Shown::Value(value), Some(wanted)) if value == wanted => proven = true,
            (Shown::Unset, None) => proven = true,
            (Shown::Value(value), _) => return Some(format!("`{name}` is `{value}` now")),
            (Shown::Unset, _) => return Some(format!("`{name}` is not set now")),
        }
    }
    (!proven).then(|| format!("the check does not show `{name}`"))
}

fn shown<'a>(name: &str, label: &'a Label, sources: &'a [Source]) -> Shown<'a> {
    if let Some(value) = said(name, &label.text).or_else(|| written(name, label, sources)) {
        return Shown::Value(value.trim_matches(['"', '\'']));
    }
    let is_name = |char: char| char.is_alphanumeric() || matches!(char, '_' | '-');
    match label
        .text
        .split(|char| !is_name(char))
        .any(|word| word == name)
    {
        true => Shown::Unset,
        false => Shown::Nothing,
    }
}

/// The value in `` `path.name` is `value` ``.
fn said<'a>(name: &str, text: &'a str) -> Option<&'a str> {
    let (before, after) = text.split_once("` is `")?;
    let path = before.rsplit('`').next()?;
    let last = path.rsplit('.').next()?;
    (last == name).then(|| after.split('`').next())?
}

/// The underlined text, if it is the value after the name.
fn written<'a>(name: &str, label: &Label, sources: &'a [Source]) -> Option<&'a str> {
    let source = sources.get(label.span.file.0 as usize)?;
    let before = source.text.get(..label.span.start as usize)?;
    let line = before.rsplit('\n').next()?.trim_end();
    let key = line.strip_suffix([':', '='])?.trim_end();
    let key = key.trim_end_matches(['"', '\'']).strip_suffix(name)?;
    let ends_there = |char: char| !char.is_alphanumeric() && !matches!(char, '_' | '-');
    key.chars()
        .next_back()
        .is_none_or(ends_there)
        .then(|| source.slice(label.span))
}

#[cfg(test)]
mod tests {
    use bastide_source::{FileId, Span};

    use super::*;

    fn source() -> Source {
        let text =
            "image_tag_mutability = \"MUTABLE\"\n  privileged: true\n{\"a\": 1, \"aa\": 2}\n";
        Source::new(FileId(0), "a", text.to_owned())
    }

    fn label(underlined: &str, text: &str) -> Label {
        let source = source();
        let start = source.text.find(underlined).unwrap();
        let span = Span::new(FileId(0), start, start + underlined.len());
        Label::new(span, text)
    }

    #[test]
    fn what_labels_show() {
        let sources = [source()];
        let shown_of = |name, underlined, text| {
            let label = label(underlined, text);
            format!("{:?}", shown(name, &label, &sources))
        };
        let mutability = "image_tag_mutability";
        let said = "`a.image_tag_mutability` is `\"MUTABLE\"`, not `\"IMMUTABLE\"`";
        assert_eq!(
            shown_of(mutability, "privileged", said),
            r#"Value("MUTABLE")"#
        );
        assert_eq!(
            shown_of(mutability, "\"MUTABLE\"", ""),
            r#"Value("MUTABLE")"#
        );
        assert_eq!(shown_of("privileged", "true", ""), r#"Value("true")"#);
        assert_eq!(shown_of("a", "1", ""), r#"Value("1")"#);
        assert_eq!(shown_of("a", "2", ""), "Nothing");
        let unset = "container `x` leaves securityContext.privileged unset";
        assert_eq!(shown_of("privileged", "image", unset), "Unset");
        assert_eq!(shown_of("mutability", "true", said), "Nothing");
    }

    #[test]
    fn all_that_is_shown_must_agree() {
        let sources = [source()];
        let refuted = |value: Option<&str>, labels: &[Label]| {
            let evidence = Evidence {
                path: "securityContext.privileged".to_owned(),
                value: value.map(str::to_owned),
                span: Span::default(),
            };
            refute(&evidence, labels, &sources)
        };
        let set = label("true", "");
        let unset = label("image", "leaves privileged unset");
        let other = label("image", "something else");
        assert_eq!(refuted(Some("true"), &[set.clone(), other.clone()]), None);
        assert_eq!(refuted(None, std::slice::from_ref(&unset)), None);
        assert_eq!(
            refuted(Some("true"), &[set.clone(), unset]).unwrap(),
            "`privileged` is not set now"
        );
        assert_eq!(
            refuted(Some("false"), &[set]).unwrap(),
            "`privileged` is `true` now"
        );
        assert_eq!(
            refuted(None, &[other]).unwrap(),
            "the check does not show `privileged`"
        );
    }
}
