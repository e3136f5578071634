//! Inline skips: comments that ask that a check be left alone, as Checkov reads them.

use crate::Span;

/// A request, in the file itself, to leave a check alone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Skip {
    /// The id of the check.
    pub check: String,
    /// Why, in the author's words.
    pub reason: Option<String>,
    /// Where it is asked.
    pub span: Span,
}

/// The words before `:skip=`. All but the last are Checkov's.
const TOOLS: [&str; 4] = ["checkov", "bridgecrew", "cortex", "bastide"];

/// The skips in one line of text: `checkov:skip=ID[,ID…][:reason]`, anywhere in it, even in a
/// string. `span` is the line's.
pub fn skips_in_line(line: &str, span: Span) -> Vec<Skip> {
    let Some(rest) = after_marker(line) else {
        return Vec::new();
    };
    let rest = rest.trim_start_matches(' ');
    let is_id = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-' | ',');
    let ids = &rest[..rest.find(|char| !is_id(char)).unwrap_or(rest.len())];
    let reason = rest[ids.len()..]
        .strip_prefix(':')
        .map(|reason| reason.trim_end().to_owned());
    ids.split(',')
        .filter(|id| !id.is_empty())
        .map(|id| Skip {
            check: id.to_owned(),
            reason: reason.clone(),
            span,
        })
        .collect()
}

/// The skips in a text that starts at byte `offset` of its file. Most texts have none, so the
/// search for the marker comes first and lines after it.
pub fn skips_in(text: &str, span: Span) -> Vec<Skip> {
    let bytes = text.as_bytes();
    let mut skips = Vec::new();
    let mut from = 0;
    while let Some(found) = memchr::memmem::find(&bytes[from..], b":skip=") {
        let at = from + found;
        let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |newline| newline + 1);
        let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |newline| at + newline);
        let offset = span.start as usize;
        let line = Span::new(span.file, offset + start, offset + end);
        skips.extend(skips_in_line(&text[start..end], line));
        from = end;
    }
    skips
}

fn after_marker(line: &str) -> Option<&str> {
    line.match_indices(":skip=").find_map(|(at, marker)| {
        let tool = TOOLS.iter().any(|tool| line[..at].ends_with(tool));
        tool.then(|| &line[at + marker.len()..])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Vec<(String, Option<String>)> {
        let skips = skips_in_line(line, Span::default());
        skips
            .into_iter()
            .map(|skip| (skip.check, skip.reason))
            .collect()
    }

    #[test]
    fn ids_and_reasons() {
        let one = |id: &str, reason: Option<&str>| (id.to_owned(), reason.map(str::to_owned));
        assert_eq!(
            parsed("  # checkov:skip=CKV_A_1:why: so"),
            [one("CKV_A_1", Some("why: so"))]
        );
        assert_eq!(
            parsed("# bastide:skip= CKV_A_1 and more"),
            [one("CKV_A_1", None)]
        );
        assert_eq!(
            parsed("//cortex:skip=A_1,B_2:both\r"),
            [one("A_1", Some("both")), one("B_2", Some("both"))]
        );
        assert_eq!(parsed("# other:skip=CKV_A_1"), []);
        assert_eq!(parsed("# checkov:skip=:no id"), []);
    }

    #[test]
    fn a_text_gives_each_line_its_place() {
        let text = "a\nb # checkov:skip=X_1\nc\n# checkov:skip=Y_2:z\n";
        let skips = skips_in(text, Span::new(crate::FileId(0), 10, 10 + text.len()));
        let places: Vec<_> = skips
            .iter()
            .map(|skip| (&*skip.check, skip.span.start))
            .collect();
        assert_eq!(places, [("X_1", 12), ("Y_2", 35)]);
    }
}
