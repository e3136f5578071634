//! The data source `aws_iam_policy_document`, which asks nobody: its attributes are made from its
//! own arguments. What becomes of them is the [provider's documentation][docs].
//!
//! [docs]: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document

use bastide_source::Span;
use bastide_value::{Cause, Entry, Map, Node, Unknown, Value};

use crate::evaluator::{Evaluator, known};
use crate::functions::{JsonWriter, from_json};

/// The type of the data source.
pub(crate) const KIND: &str = "aws_iam_policy_document";

/// The parts of a statement with their arguments, in the order in which they are written.
const PARTS: [(&str, Part); 9] = [
    ("Sid", Part::Text("sid")),
    ("Effect", Part::Effect),
    ("Action", Part::Texts("actions")),
    ("NotAction", Part::Texts("not_actions")),
    ("Resource", Part::Texts("resources")),
    ("NotResource", Part::Texts("not_resources")),
    ("Principal", Part::Principals("principals")),
    ("NotPrincipal", Part::Principals("not_principals")),
    ("Condition", Part::Conditions),
];

#[derive(Clone, Copy)]
enum Part {
    Text(&'static str),
    Effect,
    Texts(&'static str),
    Principals(&'static str),
    Conditions,
}

/// A policy that is being put together.
#[derive(Default)]
struct Policy<'a> {
    id: Option<Value<'a>>,
    version: Option<Value<'a>>,
    statements: Vec<Map<'a>>,
    /// Why a part of it is missing.
    incomplete: Option<Cause<'a>>,
}

impl<'a> Evaluator<'a> {
    /// The attribute `json` or `minified_json` of a policy document with these arguments. If a part
    /// is unknown all is, but the unknown's expression still holds the policy, with `${…}` there.
    pub(crate) fn policy_document(
        &self,
        arguments: Map<'a>,
        name: &str,
        span: Span,
    ) -> Option<Value<'a>> {
        let indented = match name {
            "json" => true,
            "minified_json" => false,
            _ => return None,
        };
        let policy = self.policy(arguments);
        let mut writer = JsonWriter::as_written(indented);
        writer.write(self.policy_value(&policy));
        let (text, unknown) = writer.finish();
        let expression = self.arena.alloc_str(&text);
        Some(match policy.incomplete.or(unknown) {
            None => Value::String(expression),
            Some(cause) => Value::Unknown(self.arena.alloc(Unknown {
                cause,
                span,
                expression,
            })),
        })
    }

    fn policy(&self, arguments: Map<'a>) -> Policy<'a> {
        let mut policy = Policy::default();
        self.merge_documents(&mut policy, arguments, "source_policy_documents");
        let own = |name| arguments.get(name).map(|node| node.value);
        let given = |value: &Value<'a>| !value.is_null();
        policy.version = own("version")
            .filter(given)
            .or(Some(Value::String("2012-10-17")));
        policy.id = own("policy_id").filter(given).or(policy.id);
        for statement in blocks(arguments, "statement") {
            policy.merge_statement(self.statement(statement));
        }
        self.merge_documents(&mut policy, arguments, "override_policy_documents");
        policy
    }

    fn policy_value(&self, policy: &Policy<'a>) -> Value<'a> {
        let statements = policy.statements.iter().copied().map(Value::Map);
        let statements = (!policy.statements.is_empty()).then(|| self.list(statements));
        let parts = [
            ("Version", policy.version),
            ("Id", policy.id),
            ("Statement", statements),
        ];
        self.map(
            parts
                .into_iter()
                .filter_map(|(key, value)| Some((key, value?))),
        )
    }

    /// Merges whole documents that an argument lists as JSON.
    fn merge_documents(&self, policy: &mut Policy<'a>, arguments: Map<'a>, name: &str) {
        let Some(documents) = arguments.get(name) else {
            return;
        };
        let items = match documents.value {
            Value::Unknown(unknown) => {
                policy.incomplete.get_or_insert(unknown.cause);
                return;
            }
            documents => documents.as_list().unwrap_or_default(),
        };
        for document in items {
            match self.document(document.value) {
                Ok(Some(document)) => self.merge(policy, document),
                Ok(None) => {}
                Err(cause) => {
                    policy.incomplete.get_or_insert(cause);
                }
            }
        }
    }

    fn merge(&self, policy: &mut Policy<'a>, document: Map<'a>) {
        let get = |name| document.get(name).map(|node| node.value);
        policy.id = get("Id").or(policy.id);
        if let Some(version) = get("Version")
            && version.as_str() > policy.version.and_then(Value::as_str)
        {
            policy.version = Some(version);
        }
        match get("Statement") {
            Some(Value::Map(statement)) => policy.merge_statement(self.in_order(statement)),
            Some(Value::List(items)) => {
                for statement in items.iter().filter_map(|item| item.value.as_map()) {
                    policy.merge_statement(self.in_order(statement));
                }
            }
            _ => {}
        }
    }

    /// A statement with its parts in the order in which they are written.
    fn in_order(&self, statement: Map<'a>) -> Map<'a> {
        let parts = PARTS.iter().filter_map(|(key, _)| statement.entry(key));
        let parts: Vec<_> = parts.copied().collect();
        Map::new(self.arena.alloc_slice_copy(&parts))
    }

    fn document(&self, value: Value<'a>) -> Result<Option<Map<'a>>, Cause<'a>> {
        match known(value)? {
            Value::Null | Value::String("") => Ok(None),
            Value::String(text) => serde_json::from_str(text)
                .ok()
                .and_then(|json| from_json(self.arena, &json).as_map())
                .map(Some)
                .ok_or(Cause::Invalid("a policy document is not JSON")),
            _ => Err(Cause::Invalid("a policy document is not a text")),
        }
    }

    fn statement(&self, block: Map<'a>) -> Map<'a> {
        let argument = |name: &str| {
            let value = block.get(name).map(|node| node.value);
            value.filter(|value| !value.is_null())
        };
        let parts = PARTS.iter().filter_map(|(key, part)| {
            let value = match *part {
                Part::Text(name) => argument(name).filter(|value| *value != Value::String("")),
                Part::Effect => argument("effect").or(Some(Value::String("Allow"))),
                Part::Texts(name) => argument(name)
                    .filter(|value| value.as_list().is_none_or(|items| !items.is_empty()))
                    .map(|value| self.one_or_sorted(value)),
                Part::Principals(name) => self.principals(block, name),
                Part::Conditions => self.conditions(block),
            };
            Some(Entry::new(key, Node::from(value?)))
        });
        let parts: Vec<_> = parts.collect();
        Map::new(self.arena.alloc_slice_copy(&parts))
    }

    /// A single text by itself, several in descending order.
    fn one_or_sorted(&self, value: Value<'a>) -> Value<'a> {
        let Some(items) = value.as_list() else {
            return value;
        };
        let mut items: Vec<_> = items
            .iter()
            .map(|item| self.with_aws_variables(item.value))
            .collect();
        items.sort_by_key(|item| std::cmp::Reverse(item.as_str()));
        match items[..] {
            [one] => one,
            _ => self.list(items.into_iter()),
        }
    }

    /// `&{…}` stands for the `${…}` of AWS, since Terraform takes that for its own.
    fn with_aws_variables(&self, value: Value<'a>) -> Value<'a> {
        match value {
            Value::String(text) if text.contains("&{") => {
                Value::String(self.arena.alloc_str(&text.replace("&{", "${")))
            }
            value => value,
        }
    }

    /// The identifiers by type of principal; `*` of type `*` is simply that.
    fn principals(&self, statement: Map<'a>, name: &str) -> Option<Value<'a>> {
        let mut types: Vec<(&'a str, Vec<Value<'a>>)> = Vec::new();
        let mut unknown = None;
        for block in blocks(statement, name) {
            let get = |name| block.get(name).map_or(Value::Null, |node| node.value);
            let kind = match get("type") {
                Value::String(kind) => kind,
                other => {
                    unknown = unknown.or(Some(other));
                    continue;
                }
            };
            let ids = match get("identifiers") {
                Value::List(items) => items
                    .iter()
                    .map(|item| self.with_aws_variables(item.value))
                    .collect(),
                other => vec![other],
            };
            match types.iter_mut().find(|(other, _)| *other == kind) {
                Some((_, all)) => all.extend(ids),
                None => types.push((kind, ids)),
            }
        }
        if let [("*", ids)] = &types[..]
            && ids[..] == [Value::String("*")]
        {
            return Some(Value::String("*"));
        }
        if types.is_empty() {
            return unknown;
        }
        types.sort_by_key(|(kind, _)| *kind);
        Some(self.map(types.into_iter().map(|(kind, mut ids)| {
            ids.sort_by_key(|id| std::cmp::Reverse(id.as_str()));
            let value = match ids[..] {
                [one] => one,
                _ => self.list(ids.into_iter()),
            };
            (kind, value)
        })))
    }

    /// The values by test, then by variable.
    fn conditions(&self, statement: Map<'a>) -> Option<Value<'a>> {
        type Variables<'a> = Vec<(&'a str, Vec<Value<'a>>)>;
        let mut tests: Vec<(&'a str, Variables<'a>)> = Vec::new();
        for block in blocks(statement, "condition") {
            let get = |name| block.get(name).map_or(Value::Null, |node| node.value);
            let text = |name| match get(name) {
                Value::String(text) => text,
                Value::Unknown(unknown) => unknown.expression,
                _ => "",
            };
            let (test, variable) = (text("test"), text("variable"));
            let values = match get("values") {
                Value::List(items) => items
                    .iter()
                    .map(|item| self.with_aws_variables(item.value))
                    .collect(),
                other => vec![other],
            };
            let at = tests.iter().position(|(other, _)| *other == test);
            let at = at.unwrap_or_else(|| {
                tests.push((test, Vec::new()));
                tests.len() - 1
            });
            let variables = &mut tests[at].1;
            match variables.iter_mut().find(|(other, _)| *other == variable) {
                Some((_, all)) => all.extend(values),
                None => variables.push((variable, values)),
            }
        }
        if tests.is_empty() {
            return None;
        }
        tests.sort_by_key(|(test, _)| *test);
        Some(self.map(tests.into_iter().map(|(test, mut variables)| {
            variables.sort_by_key(|(variable, _)| *variable);
            let variables = variables.into_iter().map(|(variable, values)| {
                let value = match values[..] {
                    [one] => one,
                    _ => self.list(values.into_iter()),
                };
                (variable, value)
            });
            (test, self.map(variables))
        })))
    }
}

impl<'a> Policy<'a> {
    /// A statement takes the place of an earlier one with the same `Sid`.
    fn merge_statement(&mut self, statement: Map<'a>) {
        let sid = |statement: &Map<'a>| {
            let sid = statement.get("Sid").and_then(|sid| sid.value.as_str());
            sid.filter(|sid| !sid.is_empty())
        };
        let same = self
            .statements
            .iter_mut()
            .find(|other| sid(other).is_some() && sid(other) == sid(&statement));
        match same {
            Some(other) => *other = statement,
            None => self.statements.push(statement),
        }
    }
}

/// The bodies of the nested blocks of a type.
fn blocks<'a>(body: Map<'a>, kind: &str) -> impl Iterator<Item = Map<'a>> {
    let blocks = body.get(kind).and_then(|node| node.value.as_list());
    blocks
        .unwrap_or_default()
        .iter()
        .filter_map(|block| block.value.as_map())
}
