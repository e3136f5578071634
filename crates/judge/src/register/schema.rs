//! The format as a JSON Schema, so that editors complete keys and show mistakes while one types.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::json;

use super::format::{REGISTER, VERSION};
use super::shape::{Key, Shape};

/// The schema, with keys in the order in which the format lists them.
pub(super) fn schema() -> String {
    let schema = Object {
        keys: REGISTER,
        about: "The register of exceptions, bastide.exceptions.yaml",
        root: true,
    };
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

/// A mapping with these keys and no others.
struct Object {
    keys: &'static [Key],
    about: &'static str,
    root: bool,
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if self.root {
            map.serialize_entry("$schema", "https://json-schema.org/draft/2020-12/schema")?;
        }
        map.serialize_entry("description", self.about)?;
        match self.root {
            true => map.serialize_entry("type", &["object", "null"])?,
            false => map.serialize_entry("type", "object")?,
        }
        map.serialize_entry("properties", &Properties(self.keys))?;
        let required = self.keys.iter().filter(|key| key.required);
        let required: Vec<_> = required.map(|key| key.name).collect();
        if !required.is_empty() {
            map.serialize_entry("required", &required)?;
        }
        map.serialize_entry("additionalProperties", &false)?;
        map.end()
    }
}

struct Properties(&'static [Key]);

impl Serialize for Properties {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|key| (key.name, Property(key))))
    }
}

struct Property(&'static Key);

impl Serialize for Property {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let about = self.0.about;
        // Keys by the alphabet: whether `json!` keeps their order hangs on a feature that any crate
        // of the build may switch on.
        let text = json!({"pattern": r"\S", "type": "string"});
        if let Shape::Mapping(keys) = self.0.shape {
            let root = false;
            return Object { keys, about, root }.serialize(serializer);
        }
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("description", about)?;
        match self.0.shape {
            Shape::Text => {
                map.serialize_entry("type", "string")?;
                map.serialize_entry("pattern", r"\S")?;
            }
            Shape::Texts => {
                let list = json!({"items": text, "minItems": 1, "type": "array"});
                map.serialize_entry("anyOf", &[text, list])?;
            }
            Shape::Date => {
                map.serialize_entry("type", "string")?;
                map.serialize_entry("format", "date")?;
            }
            Shape::Number => {
                map.serialize_entry("type", "integer")?;
                map.serialize_entry("minimum", &0)?;
            }
            Shape::Flag => map.serialize_entry("type", "boolean")?,
            Shape::Version => map.serialize_entry("const", &VERSION)?,
            Shape::Choice(names) => map.serialize_entry("enum", &names())?,
            Shape::Choices(names) => {
                map.serialize_entry("type", "array")?;
                map.serialize_entry("items", &json!({"enum": names()}))?;
            }
            Shape::Values => {
                map.serialize_entry("type", "object")?;
                let single = json!({"type": ["string", "number", "boolean", "null"]});
                map.serialize_entry("additionalProperties", &single)?;
            }
            Shape::List(keys) => {
                let (about, root) = ("one of them", false);
                map.serialize_entry("type", &["array", "null"])?;
                map.serialize_entry("items", &Object { keys, about, root })?;
            }
            Shape::Mapping(_) => {}
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_schema() {
        insta::assert_snapshot!(super::schema());
    }
}
