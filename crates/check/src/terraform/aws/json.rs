//! JSON in attributes: policies, definitions of containers, configurations.

use bastide_terraform::Resource;
use bastide_value::{Node, Value};
use serde_json::Value as Json;

use crate::condition::undecided;
use crate::outcome::Outcome;

/// The JSON in an attribute; `None` if it is none, or not known. Parts that are not known stay as
/// they are written.
pub(super) fn json_of(node: &Node<'_>) -> Option<Json> {
    let text = text_of(node)?;
    let json = serde_json::from_str(text);
    json.or_else(|_| serde_json::from_str(&without_trailing_commas(text)))
        .ok()
}

/// A text, also where parts of it are not known: they stay as they are written.
pub(super) fn text_of<'a>(node: &Node<'a>) -> Option<&'a str> {
    match node.value {
        Value::String(text) => Some(text),
        Value::Unknown(unknown) => Some(unknown.expression),
        _ => None,
    }
}

/// What a test says of the JSON in an attribute. There is nothing to say of what cannot be read.
pub(super) fn judge_json(
    resource: &Resource<'_>,
    attribute: &str,
    test: impl FnOnce(&Json, &Node<'_>) -> Outcome,
) -> Outcome {
    let Some(node) = resource.get(attribute).filter(|node| !node.value.is_null()) else {
        return Outcome::NotApplicable;
    };
    match json_of(node) {
        Some(json) => test(&json, node),
        None if node.value.as_unknown().is_some() => undecided(node, false),
        None => Outcome::NotApplicable,
    }
}

/// Whether JSON is what scripting languages hold for true.
pub(super) fn is_truthy(json: &Json) -> bool {
    match json {
        Json::Null => false,
        Json::Bool(truth) => *truth,
        Json::Number(number) => number.as_f64() != Some(0.0),
        Json::String(text) => !text.is_empty(),
        Json::Array(items) => !items.is_empty(),
        Json::Object(map) => !map.is_empty(),
    }
}

/// A text without the commas that a bracket follows. AWS refuses them; but a policy that is for
/// everyone must not look harmless because of one.
fn without_trailing_commas(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let (mut in_string, mut escaped) = (false, false);
    for (at, char) in text.char_indices() {
        let closes = || text[at + 1..].trim_start().starts_with(['}', ']']);
        if char == ',' && !in_string && closes() {
            continue;
        }
        in_string ^= char == '"' && !escaped;
        escaped = char == '\\' && !escaped;
        kept.push(char);
    }
    kept
}

#[cfg(test)]
mod tests {
    #[test]
    fn commas_before_a_bracket_go() {
        let text = r#"{"a": [1, 2, ], "b": ",]\",}",}"#;
        assert_eq!(
            super::without_trailing_commas(text),
            r#"{"a": [1, 2 ], "b": ",]\",}"}"#
        );
    }
}
