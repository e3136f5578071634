//! Notes that a secret is to be passed over.

use serde_json::Value;

use crate::lines::Lines;
use crate::rewrite::yaml;
use crate::secret::Skip;

/// What starts the comment, before the id of the check.
const MARKERS: [&str; 3] = ["checkov:skip=", "bridgecrew:skip=", "cortex:skip="];

/// The note that skips a check in a line of text: exactly one id, or none, which stands for all.
pub(crate) fn in_line(line: &str, check: &str) -> Option<Skip> {
    let starts = MARKERS.iter().filter_map(|marker| {
        let at = line.find(marker)?;
        Some((at, &line[at + marker.len()..]))
    });
    let (_, rest) = starts.min_by_key(|&(at, _)| at)?;
    let rest = rest.trim_start_matches(' ');
    let (ids, rest) = rest.split_at(ids(rest));
    let reason = rest.strip_prefix(':').map(|reason| Skip {
        reason: reason.split(['\n', '\r']).next().map(str::to_owned),
    });
    (ids.is_empty() || ids == check).then(|| reason.unwrap_or(Skip { reason: None }))
}

/// The length of a list of ids separated by commas.
fn ids(text: &str) -> usize {
    let is_id = |c: char| c.is_ascii_alphabetic() || c.is_numeric() || "_-".contains(c);
    let mut end = 0;
    for part in text.split(',') {
        let id = part.trim_start_matches(is_id);
        if id.len() == part.len() {
            break;
        }
        end += usize::from(end > 0) + part.len() - id.len();
        if !id.is_empty() {
            break;
        }
    }
    end
}

/// The note in the metadata of a JSON or YAML file: the first check that is skipped there.
/// Without Checkov's service, which knows ids under which a check goes too, it skips all of them.
pub(crate) fn in_metadata(path: &str, text: &str) -> Option<Skip> {
    // A name with an escape in it may read so too.
    if !text.contains("Metadata") && !text.contains('\\') {
        return None;
    }
    let document: Value = if path.ends_with(".json") {
        serde_json::from_str(text).ok()?
    } else if path.ends_with(".yaml") || path.ends_with(".yml") {
        yaml::to_json(text)?
    } else {
        return None;
    };
    let holders = match &document {
        Value::Object(_) => std::slice::from_ref(&document),
        Value::Array(items) => items.as_slice(),
        _ => return None,
    };
    let mut skips = Vec::new();
    for holder in holders {
        if let Value::Object(holder) = holder
            && let Some(metadata) = holder.get("Metadata")
        {
            skips.extend(metadata_skips(metadata)?);
        }
    }
    let mut skips = skips.into_iter();
    skips.find_map(|skip| {
        truthy(skip.get("id")?).then(|| Skip {
            reason: skip.get("comment").and_then(reason),
        })
    })
}

/// The skips of a metadata object; `None` if it is of another shape, which voids all of them.
fn metadata_skips(metadata: &Value) -> Option<Vec<&serde_json::Map<String, Value>>> {
    let metadata = metadata.as_object()?;
    let mut skips = Vec::new();
    for tool in ["checkov", "bridgecrew"] {
        let Some(tool) = metadata.get(tool) else {
            continue;
        };
        let items = match tool.as_object()?.get("skip") {
            None => continue,
            Some(Value::Array(items)) => items,
            Some(Value::Object(object)) if object.is_empty() => continue,
            Some(Value::String(text)) if text.is_empty() => continue,
            Some(_) => return None,
        };
        for item in items {
            skips.push(item.as_object()?);
        }
    }
    Some(skips)
}

fn truthy(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::Bool(true) => true,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(entries) => !entries.is_empty(),
    }
}

fn reason(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// The note on the line of a secret, counted from zero, in the metadata of its file, or on the line before or after.
pub(crate) fn beside(
    index: usize,
    check: &str,
    lines: &Lines<'_>,
    metadata: impl FnOnce() -> Option<Skip>,
) -> Option<Skip> {
    let at = |index: usize| in_line(lines.get(index)?, check);
    at(index)
        .or_else(metadata)
        .or_else(|| at(index.checked_sub(1)?))
        .or_else(|| at(index + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skip(line: &str) -> Option<Option<String>> {
        in_line(line, "CKV_SECRET_6").map(|skip| skip.reason)
    }

    #[test]
    fn a_comment_names_one_check_or_none() {
        assert_eq!(skip("x # checkov:skip=CKV_SECRET_6"), Some(None));
        assert_eq!(
            skip("# cortex:skip= CKV_SECRET_6: why\n"),
            Some(Some(" why".into()))
        );
        assert_eq!(
            skip("# bridgecrew:skip=CKV_SECRET_6:"),
            Some(Some(String::new()))
        );
        assert_eq!(skip("# checkov:skip="), Some(None));
        assert_eq!(skip("# checkov:skip=:all"), Some(Some("all".into())));
        assert_eq!(skip("# checkov:skip=CKV_SECRET_6,CKV_SECRET_2:why"), None);
        assert_eq!(skip("# checkov:skip=CKV_SECRET_6,:why"), Some(None));
        assert_eq!(skip("# checkov:skip=CKV_SECRET_61"), None);
        assert_eq!(skip("# checkov:skip=A # checkov:skip=CKV_SECRET_6"), None);
        assert_eq!(skip("x"), None);
    }

    #[test]
    fn metadata_skips_the_whole_file() {
        let reason = |path, text| in_metadata(path, text).map(|skip| skip.reason);
        let json = r#"{"Metadata": {"checkov": {"skip": [{"comment": "x"}, {"id": "A", "comment": "why"}]}}}"#;
        assert_eq!(reason("a.json", json), Some(Some("why".into())));
        assert_eq!(reason("a.yaml", json), Some(Some("why".into())));
        assert_eq!(reason("a.tf", json), None);
        let list = r#"[1, {"Metadata": {"bridgecrew": {"skip": [{"id": "A"}]}}}]"#;
        assert_eq!(reason("a.json", list), Some(None));
        let wrong = r#"{"Metadata": {"checkov": {"skip": [{"id": "A"}, "B"]}}}"#;
        assert_eq!(reason("a.json", wrong), None);
    }

    #[test]
    fn the_lines_around_a_secret_count() {
        let lines = Lines::of("checkov:skip=\na\nb\ncheckov:skip=:why\n");
        let found = |line| beside(line, "CKV_SECRET_6", &lines, || None).is_some();
        assert_eq!(
            [0, 1, 2, 3, 4, 5].map(found),
            [true, true, true, true, true, false]
        );
    }
}
