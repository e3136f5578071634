//! Placeholders, repetitions and conditions in the values of a component.
//!
//! | written | becomes |
//! | --- | --- |
//! | `${database.host}` | the value; a text that is nothing else keeps its type, and a list is spliced into a list |
//! | `${secret.api-key}` | a secret, in `exports` and `files` alone |
//! | `${secret.api-key \| sha256}` | its SHA-256 in hexadecimal digits |
//! | `${file.api-key}` | the path of a file with the secret in it, which is mounted then |
//! | `$${` | `${` |
//! | `{for-each: llm, give: …}` | in a list: once for each who offers `llm`, as `${each.…}` |
//! | `{for-each: tools, key: …, give: …}` | a mapping with an entry for each |
//! | `{when: tools, give: …, else: …}` | the one or the other, or nothing |
//! | `{join: ",", of: […]}` | one text |

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::graph::{Piece, SECRETS_PATH, SecretId, Text};

/// What stands around the number of a secret in a text while it is made.
const START: char = '\u{E000}';
const END: char = '\u{E001}';

/// What placeholders mean.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    pub(crate) values: BTreeMap<String, Value>,
    pub(crate) secrets: BTreeMap<String, SecretId>,
    /// What can be repeated over.
    pub(crate) lists: BTreeMap<String, Vec<Scope>>,
    /// What is so.
    pub(crate) conditions: BTreeSet<String>,
    used: RefCell<Vec<SecretId>>,
    mounted: RefCell<BTreeMap<String, SecretId>>,
}

impl Scope {
    /// A value with its placeholders filled in; `None` if it stands under a condition that does not
    /// hold. An error says what is wrong.
    pub(crate) fn value(&self, value: &Value) -> Result<Option<Value>, String> {
        self.tree(value, None)
    }

    /// A tree without secrets.
    pub(crate) fn plain(&self, value: &Value) -> Result<Value, String> {
        let value = self.value(value)?.unwrap_or_default();
        match value.to_string().contains(START) {
            true => Err("a secret cannot stand here".to_owned()),
            false => Ok(value),
        }
    }

    /// A text without secrets.
    pub(crate) fn text(&self, value: &Value) -> Result<Option<String>, String> {
        let Some(value) = self.value(value)? else {
            return Ok(None);
        };
        let text = scalar(&value)?;
        match text.contains(START) {
            true => Err(
                "a secret cannot stand here: write `${file.…}`, or use `exports` or `files`"
                    .to_owned(),
            ),
            false => Ok(Some(text)),
        }
    }

    /// Texts without secrets.
    pub(crate) fn texts(&self, values: &[Value]) -> Result<Vec<String>, String> {
        let all = self.value(&Value::Array(values.to_vec()))?;
        let items = all.as_ref().and_then(Value::as_array);
        items
            .into_iter()
            .flatten()
            .map(|item| {
                let text = scalar(item)?;
                match text.contains(START) {
                    true => Err("a secret cannot stand here: write `${file.…}`".to_owned()),
                    false => Ok(text),
                }
            })
            .collect()
    }

    /// A text that may hold secrets: that of a file if a path is given.
    pub(crate) fn secret_text(&self, value: &Value, path: &str) -> Result<Option<Text>, String> {
        let Some(value) = self.value(value)? else {
            return Ok(None);
        };
        let text = match &value {
            Value::Object(_) | Value::Array(_) if path.ends_with(".json") => {
                let mut text =
                    serde_json::to_string_pretty(&sorted(&value)).map_err(|it| it.to_string())?;
                text.push('\n');
                text
            }
            Value::Object(_) | Value::Array(_) => bastide_yaml::emit::to_string(&value),
            other => scalar(other)?,
        };
        Ok(Some(self.pieces(&text)))
    }

    /// The secrets that are mounted as files, by the names of those, since this was asked last.
    pub(crate) fn take_mounted(&self) -> BTreeMap<String, SecretId> {
        self.mounted.take()
    }

    /// Whether something is so.
    pub(crate) fn holds(&self, condition: &str) -> bool {
        match condition.strip_prefix('!') {
            Some(condition) => !self.conditions.contains(condition),
            None => self.conditions.contains(condition),
        }
    }

    fn tree(&self, value: &Value, each: Option<&Scope>) -> Result<Option<Value>, String> {
        match value {
            Value::String(text) => self.fill(text, each).map(Some),
            Value::Array(items) => {
                let mut filled = Vec::new();
                for item in items {
                    self.item(item, each, &mut filled)?;
                }
                Ok(Some(Value::Array(filled)))
            }
            Value::Object(map) => {
                if let Some(condition) = map
                    .get("when")
                    .and_then(Value::as_str)
                    .filter(|_| map.contains_key("give"))
                {
                    let part = if self.holds(condition) {
                        "give"
                    } else {
                        "else"
                    };
                    return map.get(part).map_or(Ok(None), |part| self.tree(part, each));
                }
                if let Some(separator) = map.get("join").and_then(Value::as_str) {
                    let of = map.get("of").ok_or("`join` needs `of`")?;
                    let of = self.tree(of, each)?;
                    let items = of
                        .as_ref()
                        .and_then(Value::as_array)
                        .ok_or("`of` is no list")?;
                    let texts: Result<Vec<_>, _> = items.iter().map(scalar).collect();
                    return Ok(Some(Value::String(texts?.join(separator))));
                }
                if let Some(list) = map.get("for-each").and_then(Value::as_str) {
                    let key = map
                        .get("key")
                        .ok_or("`for-each` stands in a list, or has a `key`")?;
                    let give = map.get("give").ok_or("`for-each` needs `give`")?;
                    let mut filled = Map::new();
                    for scope in self.list(list)? {
                        let key = self.tree(key, Some(scope))?.unwrap_or_default();
                        if let Some(value) = self.tree(give, Some(scope))? {
                            filled.insert(scalar(&key)?, value);
                        }
                    }
                    return Ok(Some(Value::Object(filled)));
                }
                let mut filled = Map::new();
                for (key, value) in map {
                    if let Some(value) = self.tree(value, each)? {
                        filled.insert(scalar(&self.fill(key, each)?)?, value);
                    }
                }
                Ok(Some(Value::Object(filled)))
            }
            other => Ok(Some(other.clone())),
        }
    }

    fn item(
        &self,
        item: &Value,
        each: Option<&Scope>,
        filled: &mut Vec<Value>,
    ) -> Result<(), String> {
        if let Some(list) = item
            .get("for-each")
            .and_then(Value::as_str)
            .filter(|_| item.get("key").is_none())
        {
            let give = item.get("give").ok_or("`for-each` needs `give`")?;
            for scope in self.list(list)? {
                self.item(give, Some(scope), filled)?;
            }
            return Ok(());
        }
        match self.tree(item, each)? {
            // A placeholder or a condition that stands for several.
            Some(Value::Array(items)) if !item.is_array() => filled.extend(items),
            Some(value) => filled.push(value),
            None => {}
        }
        Ok(())
    }

    fn list(&self, name: &str) -> Result<&[Scope], String> {
        let list = self.lists.get(name).map(Vec::as_slice);
        list.ok_or_else(|| format!("nothing says that it talks to `{name}`: add it to `uses`"))
    }

    fn fill(&self, text: &str, each: Option<&Scope>) -> Result<Value, String> {
        let mut filled = String::new();
        let mut rest = text;
        while let Some(at) = rest.find("${") {
            if rest[..at].ends_with('$') {
                filled.push_str(&rest[..at]);
                filled.push('{');
                rest = &rest[at + 2..];
                continue;
            }
            filled.push_str(&rest[..at]);
            let inner = &rest[at + 2..];
            let end = inner
                .find('}')
                .ok_or_else(|| format!("`{text}` has a `${{` without its `}}`"))?;
            let value = self.placeholder(inner[..end].trim(), each)?;
            if at == 0 && filled.is_empty() && inner.len() == end + 1 && text.len() == rest.len() {
                return Ok(value);
            }
            filled.push_str(&scalar(&value)?);
            rest = &inner[end + 1..];
        }
        filled.push_str(rest);
        Ok(Value::String(filled))
    }

    fn placeholder(&self, name: &str, each: Option<&Scope>) -> Result<Value, String> {
        if let Some(name) = name.strip_prefix("secret.") {
            let (name, digest) = match name.split_once('|') {
                Some((name, filter)) if filter.trim() == "sha256" => (name.trim(), true),
                Some((_, filter)) => {
                    return Err(format!(
                        "there is no filter `{}`; there is `sha256`",
                        filter.trim()
                    ));
                }
                None => (name, false),
            };
            let id = self.secret(name, each)?;
            let mut used = self.used.borrow_mut();
            used.push(id);
            let digest = if digest { "d" } else { "" };
            return Ok(Value::String(format!(
                "{START}{}{digest}{END}",
                used.len() - 1
            )));
        }
        if let Some(name) = name.strip_prefix("file.") {
            let id = self.secret(name, each)?;
            let file = match name.strip_prefix("each.") {
                Some(_) => format!("{}-{}", id.owner, id.name),
                None => name.replace('.', "-"),
            };
            let path = format!("{SECRETS_PATH}/{file}");
            self.mounted.borrow_mut().insert(file, id);
            return Ok(Value::String(path));
        }
        let own = each.and_then(|scope| scope.values.get(name));
        let found = own.or_else(|| self.values.get(name)).cloned();
        found.ok_or_else(|| {
            let known = self.values.keys().map(String::as_str);
            match bastide_source::nearest(name, known) {
                Some(near) => {
                    format!("`${{{name}}}` stands for nothing; did you mean `${{{near}}}`?")
                }
                None => format!("`${{{name}}}` stands for nothing here"),
            }
        })
    }

    fn secret(&self, name: &str, each: Option<&Scope>) -> Result<SecretId, String> {
        let own = each.and_then(|scope| scope.secrets.get(name));
        let found = own.or_else(|| self.secrets.get(name)).cloned();
        found.ok_or_else(|| {
            let known: Vec<_> = self.secrets.keys().map(|it| format!("`{it}`")).collect();
            match known.is_empty() {
                true => format!("there is no secret `{name}` here, nor any other"),
                false => format!(
                    "there is no secret `{name}` here; there are {}",
                    known.join(", ")
                ),
            }
        })
    }

    fn pieces(&self, text: &str) -> Text {
        let used = self.used.borrow();
        let mut pieces = Vec::new();
        for (index, part) in text.split(START).enumerate() {
            let literal = match part.split_once(END).filter(|_| index > 0) {
                Some((number, literal)) => {
                    let digest = number.ends_with('d');
                    let number: Option<usize> = number.trim_end_matches('d').parse().ok();
                    if let Some(id) = number.and_then(|at| used.get(at)) {
                        pieces.push(Piece::Secret {
                            id: id.clone(),
                            digest,
                        });
                    }
                    literal
                }
                None => part,
            };
            if !literal.is_empty() {
                pieces.push(Piece::Literal(literal.to_owned()));
            }
        }
        Text(pieces)
    }
}

/// A single value as a text.
fn scalar(value: &Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Bool(_) | Value::Number(_) => Ok(value.to_string()),
        Value::Null => Ok(String::new()),
        Value::Array(_) | Value::Object(_) => {
            Err("a list or a mapping stands where a text is wanted".to_owned())
        }
    }
}

/// With keys in order, whatever a feature of `serde_json` makes of them.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(key, _)| key.as_str());
            Value::Object(
                entries
                    .into_iter()
                    .map(|(key, value)| (key.clone(), sorted(value)))
                    .collect(),
            )
        }
        Value::Array(items) => Value::Array(items.iter().map(sorted).collect()),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn scope() -> Scope {
        let mut scope = Scope::default();
        scope.values.insert("host".to_owned(), json!("db"));
        scope.values.insert("port".to_owned(), json!(5432));
        scope
            .values
            .insert("args".to_owned(), json!(["--a", "--b"]));
        let id = SecretId {
            owner: "x".to_owned(),
            name: "key".to_owned(),
        };
        scope.secrets.insert("key".to_owned(), id);
        scope.conditions.insert("tools".to_owned());
        let mut one = Scope::default();
        one.values.insert("each.name".to_owned(), json!("m1"));
        let mut two = Scope::default();
        two.values.insert("each.name".to_owned(), json!("m2"));
        scope.lists.insert("llm".to_owned(), vec![one, two]);
        scope
    }

    #[test]
    fn all_that_can_be_written() {
        let value = json!({
            "url": "http://${host}:${port}/$${x}",
            "port": "${port}",
            "args": ["first", "${args}", {"for-each": "llm", "give": {"n": "${each.name}"}}],
            "yes": {"when": "tools", "give": 1},
            "no": {"when": "!tools", "give": 1},
            "or": {"when": "traces", "give": 1, "else": 2},
            "joined": {"join": ";", "of": [{"for-each": "llm", "give": "${each.name}"}]},
        });
        let wanted = json!({
            "url": "http://db:5432/${x}",
            "port": 5432,
            "args": ["first", "--a", "--b", {"n": "m1"}, {"n": "m2"}],
            "yes": 1,
            "or": 2,
            "joined": "m1;m2",
        });
        assert_eq!(scope().value(&value), Ok(Some(wanted)));
    }

    #[test]
    fn secrets_are_pieces() {
        let scope = scope();
        let text = scope
            .secret_text(&json!("a ${secret.key} b ${secret.key | sha256}"), "")
            .unwrap()
            .unwrap();
        assert_eq!(text.0.len(), 4);
        assert!(matches!(&text.0[3], Piece::Secret { digest: true, .. }));
        assert!(scope.text(&json!("${secret.key}")).is_err());
        assert_eq!(
            scope.text(&json!("${file.key}")),
            Ok(Some("/run/secrets/bastide/key".to_owned()))
        );
        assert_eq!(scope.take_mounted().len(), 1);
    }

    #[test]
    fn what_stands_for_nothing_is_said() {
        let said = scope().value(&json!("${hosst}")).unwrap_err();
        assert_eq!(
            said,
            "`${hosst}` stands for nothing; did you mean `${host}`?"
        );
        assert!(scope().value(&json!("${host")).is_err());
        assert!(
            scope()
                .value(&json!([{"for-each": "guards", "give": 1}]))
                .is_err()
        );
    }
}
