//! Policies of IAM: the statements of a JSON text, or of the blocks of `aws_iam_policy_document`.

use bastide_source::Span;
use bastide_terraform::Resource;
use bastide_value::{Map, Node, Value};
use serde_json::{Value as Json, json};

use crate::condition::undecided;
use crate::outcome::{Label, Outcome};

use super::actions::{self, Action};
use super::json::{is_truthy, json_of};

/// A statement, in the words of the JSON that AWS reads.
pub(super) struct Statement {
    json: Json,
    span: Span,
}

/// What is said of a policy that cannot be read from the files.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    /// Checkov passes it.
    Passes,
    /// Checkov says nothing.
    Silent,
}

/// No statement of the policy in an attribute has a flaw.
pub(super) fn no_statement(
    resource: &Resource<'_>,
    attribute: &str,
    unread: Unread,
    flaw: impl Fn(&Statement) -> Option<String>,
) -> Outcome {
    judge(resource, attribute, unread, |statements| {
        statements.iter().find_map(|statement| {
            let flaw = flaw(statement)?;
            Some(Label::new(statement.span, flaw))
        })
    })
}

/// The policy in an attribute has no flaw as a whole. One that is not there has none.
pub(super) fn judge(
    resource: &Resource<'_>,
    attribute: &str,
    unread: Unread,
    flaw: impl Fn(&[Statement]) -> Option<Label>,
) -> Outcome {
    match statements(resource, attribute, unread) {
        Ok(statements) => match flaw(&statements) {
            Some(label) => Outcome::Fail(vec![label]),
            None => without_flaw(resource, attribute, unread),
        },
        Err(outcome) => outcome,
    }
}

/// What is said of a policy that has no flaw. Of one that a data source holds Checkov says nothing;
/// it has verdicts of its own there.
pub(super) fn without_flaw(resource: &Resource<'_>, attribute: &str, unread: Unread) -> Outcome {
    match unread {
        Unread::Silent if resource.is_of_data_source(attribute) => Outcome::NotApplicable,
        _ => Outcome::Pass,
    }
}

/// The statements of the policy in an attribute, none if it is not there; or what is to be said of
/// one that cannot be read.
pub(super) fn statements(
    resource: &Resource<'_>,
    attribute: &str,
    unread: Unread,
) -> Result<Vec<Statement>, Outcome> {
    let Some(node) = resource
        .get(attribute)
        .filter(|node| !node.value.is_falsy())
    else {
        return Ok(Vec::new());
    };
    read(node).ok_or_else(|| match (node.value, unread) {
        (Value::Unknown(_), _) => undecided(node, unread == Unread::Passes),
        (_, Unread::Passes) => Outcome::Pass,
        (_, Unread::Silent) => Outcome::NotApplicable,
    })
}

/// The statements of a policy; `None` if it is no JSON, or not known. Parts that are not known stay
/// as they are written, which is no wildcard.
fn read(node: &Node<'_>) -> Option<Vec<Statement>> {
    let policy = json_of(node)?;
    let statements = match policy.as_object()?.get("Statement") {
        Some(Json::Array(several)) => several.clone(),
        Some(one) => vec![one.clone()],
        None => Vec::new(),
    };
    let span = node.span;
    let statements = statements.into_iter().filter(Json::is_object);
    Some(statements.map(|json| Statement { json, span }).collect())
}

/// The statements of the blocks of a policy document.
pub(super) fn of_document(document: &Resource<'_>) -> Vec<Statement> {
    let blocks = document.get("statement").map(|node| node.value);
    let Some(Value::Blocks(blocks) | Value::List(blocks)) = blocks else {
        return Vec::new();
    };
    let bodies = blocks.iter().filter_map(|block| {
        let json = from_block(block.value.as_map()?);
        let span = block.span;
        Some(Statement { json, span })
    });
    bodies.collect()
}

/// A block `statement` in the words of JSON.
fn from_block(body: Map<'_>) -> Json {
    let mut json = json!({ "Effect": "Allow" });
    for (name, key) in [
        ("effect", "Effect"),
        ("actions", "Action"),
        ("not_actions", "NotAction"),
        ("resources", "Resource"),
        ("not_resources", "NotResource"),
    ] {
        if let Some(node) = body.get(name).filter(|node| !node.value.is_null()) {
            json[key] = to_json(node.value);
        }
    }
    if let Some(node) = body.get("condition").filter(|node| !node.value.is_falsy()) {
        json["Condition"] = conditions(node.value);
    }
    if let Some(Value::Blocks(principals)) = body.get("principals").map(|node| node.value) {
        for principal in principals {
            let kind = principal.get("type").and_then(|kind| kind.value.as_str());
            if let (Some(kind), Some(who)) = (kind, principal.get("identifiers")) {
                let Json::Array(more) = to_json(who.value) else {
                    continue;
                };
                match json["Principal"][kind].as_array_mut() {
                    Some(known) => known.extend(more),
                    None => json["Principal"][kind] = Json::Array(more),
                }
            }
        }
    }
    json
}

/// Blocks `condition` in the words of JSON: by operator, then by key.
fn conditions(blocks: Value<'_>) -> Json {
    let mut json = json!({});
    for block in blocks.as_list().unwrap_or_default() {
        let text = |name: &str| block.get(name).and_then(|node| node.value.as_str());
        let (test, variable) = (text("test"), text("variable"));
        let (test, variable) = (test.unwrap_or_default(), variable.unwrap_or_default());
        let values = block.get("values").map(|node| to_json(node.value));
        json[test][variable] = values.unwrap_or_default();
    }
    if json.as_object().is_some_and(serde_json::Map::is_empty) {
        json[""] = Json::Null;
    }
    json
}

/// Texts and lists of them; what is not known stays as written.
fn to_json(value: Value<'_>) -> Json {
    match value {
        Value::String(text) => text.into(),
        Value::Unknown(unknown) => unknown.expression.into(),
        Value::List(items) => items.iter().map(|item| to_json(item.value)).collect(),
        _ => Json::Null,
    }
}

/// A text, or the texts of a list.
fn texts(value: &Json) -> impl Iterator<Item = &str> {
    let several = value.as_array().map(Vec::as_slice);
    let several = several.unwrap_or(std::slice::from_ref(value));
    several.iter().filter_map(Json::as_str)
}

impl Statement {
    /// Where to underline it: the block, or the text of the whole policy.
    pub(super) fn span(&self) -> Span {
        self.span
    }

    /// Whether it allows. Where it does not say, it does.
    pub(super) fn allows(&self) -> bool {
        self.json
            .get("Effect")
            .is_none_or(|effect| effect == "Allow")
    }

    /// Whether it denies.
    pub(super) fn denies(&self) -> bool {
        self.json["Effect"] == "Deny"
    }

    /// Whether it holds under conditions only.
    pub(super) fn has_condition(&self) -> bool {
        is_truthy(&self.json["Condition"])
    }

    /// Whether a condition asks that one of these keys have a value that is not open to everyone.
    pub(super) fn asks_for(&self, keys: &[&str]) -> bool {
        let Some(conditions) = self.json["Condition"].as_object() else {
            return false;
        };
        let positive = conditions
            .iter()
            .filter(|(operator, _)| !operator.contains("Not"));
        let mut asked = positive
            .filter_map(|(_, asked)| asked.as_object())
            .flatten();
        asked.any(|(key, value)| {
            let known = keys.iter().any(|known| known.eq_ignore_ascii_case(key));
            known && !texts(value).any(|value| value == "*" || value.ends_with("/0"))
        })
    }

    /// The values that conditions ask for in the keys of which a test holds.
    pub(super) fn asked_values(&self, is_key: impl Fn(&str) -> bool) -> Vec<&str> {
        let operators = self.json["Condition"].as_object().into_iter().flatten();
        let asked = operators
            .filter_map(|(_, asked)| asked.as_object())
            .flatten();
        asked
            .filter(|(key, _)| is_key(key))
            .flat_map(|(_, values)| texts(values))
            .collect()
    }

    /// Whether it has conditions with an operator.
    pub(super) fn has_operator(&self, operator: &str) -> bool {
        self.json["Condition"].get(operator).is_some()
    }

    /// The actions.
    pub(super) fn actions(&self) -> impl Iterator<Item = &str> {
        texts(&self.json["Action"])
    }

    /// The actions that it is not about, if it is about all others.
    pub(super) fn not_actions(&self) -> impl Iterator<Item = &str> {
        texts(&self.json["NotAction"])
    }

    /// The principals of the AWS sort: ARNs, account numbers, or `*`.
    pub(super) fn aws_principals(&self) -> impl Iterator<Item = &str> {
        texts(&self.json["Principal"]["AWS"])
    }

    /// The principals that another provider of identities vouches for.
    pub(super) fn federated_principals(&self) -> impl Iterator<Item = &str> {
        texts(&self.json["Principal"]["Federated"])
    }

    /// Whether the principal is `*`, without a sort.
    pub(super) fn is_for_everyone(&self) -> bool {
        texts(&self.json["Principal"]).any(|principal| principal == "*")
    }

    /// Whether anyone is a principal, in either spelling.
    pub(super) fn is_public(&self) -> bool {
        self.is_for_everyone() || self.aws_principals().any(|principal| principal == "*")
    }

    /// Whether identities of any account are principals, by an ARN with `*` for the account.
    pub(super) fn is_for_any_account(&self) -> bool {
        let mut accounts = self
            .aws_principals()
            .map(|principal| principal.split(':').nth(4));
        accounts.any(|account| account == Some("*"))
    }

    /// Whether it says in full what becomes of which actions.
    pub(super) fn is_whole(&self) -> bool {
        let is_action = |name: &str| name == "*" || name.matches(':').count() == 1;
        let mut actions = self.actions().peekable();
        let named = match actions.peek() {
            Some(_) => actions.all(is_action),
            None => self.not_actions().next().is_some(),
        };
        named && self.json.get("Effect").is_some()
    }

    /// Whether its actions are a list, not one text.
    pub(super) fn lists_actions(&self) -> bool {
        self.json["Action"].is_array()
    }

    /// Whether it is about all actions.
    pub(super) fn has_all_actions(&self) -> bool {
        self.actions().any(|action| action == "*")
    }

    /// Whether it is about all resources.
    pub(super) fn has_all_resources(&self) -> bool {
        texts(&self.json["Resource"]).any(|resource| resource == "*")
    }

    /// Whether it is about an action, in whatever case.
    pub(super) fn covers(&self, action: &str) -> bool {
        let matches = |pattern: &str| is_like(action, pattern);
        if self.json.get("NotAction").is_some() {
            return !self.not_actions().any(matches);
        }
        self.actions().any(matches)
    }

    /// Whether it grants without limit: under no condition, and on all resources.
    pub(super) fn is_unlimited(&self) -> bool {
        self.allows() && !self.has_condition() && self.has_all_resources()
    }

    /// The first action it is about that can be limited to resources and is wanted, by its full
    /// name.
    pub(super) fn restrictable_action(
        &self,
        wanted: impl Fn(Action, &str) -> bool,
    ) -> Option<String> {
        let all_others = self.not_actions().next().map(|_| "*");
        let patterns = self.actions().chain(all_others);
        patterns.flat_map(actions::of_pattern).find_map(|action| {
            let name = action.full_name();
            (wanted(action, &name) && self.covers(&name)).then_some(name)
        })
    }
}

/// Whether a text is like a pattern, in which `*` stands for any text and `?` for one character. Case
/// does not count.
fn is_like(text: &str, pattern: &str) -> bool {
    let (text, pattern) = (text.as_bytes(), pattern.as_bytes());
    let (mut at, mut in_pattern) = (0, 0);
    // The last star, and how far the text was read when it was met.
    let mut star: Option<(usize, usize)> = None;
    while let Some(byte) = text.get(at) {
        match (pattern.get(in_pattern), star) {
            (Some(b'*'), _) => {
                star = Some((in_pattern, at));
                in_pattern += 1;
            }
            (Some(wanted), _) if wanted.eq_ignore_ascii_case(byte) || *wanted == b'?' => {
                at += 1;
                in_pattern += 1;
            }
            (_, Some((back, from))) => {
                star = Some((back, from + 1));
                at = from + 1;
                in_pattern = back + 1;
            }
            _ => return false,
        }
    }
    let rest = pattern.get(in_pattern..).unwrap_or_default();
    rest.iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::{Json, Span, Statement, from_block, is_like, json};

    fn statement(json: Json) -> Statement {
        let span = Span::default();
        Statement { json, span }
    }

    #[test]
    fn patterns() {
        for (pattern, holds) in [
            ("*", true),
            ("iam:*", true),
            ("iam:create*key", true),
            ("iam:?reateaccesskey", true),
            ("iam:create*user", false),
            ("s3:*", false),
            ("", false),
        ] {
            assert_eq!(is_like("iam:createaccesskey", pattern), holds, "{pattern}");
        }
    }

    #[test]
    fn statements() {
        let one = statement(json!({ "Action": "iam:Create*", "Principal": { "AWS": ["*"] } }));
        assert!(one.allows() && one.is_public() && !one.is_for_everyone());
        assert!(one.covers("iam:createuser") && !one.covers("iam:getuser"));
        let other = statement(json!({ "Effect": "Deny", "NotAction": ["iam:*"] }));
        let vague = json!({ "Effect": "Allow", "Action": ["var.actions"] });
        assert!(!one.is_whole() && !statement(vague).is_whole());
        assert!(other.denies() && other.covers("s3:getobject") && !other.covers("iam:getuser"));
    }

    #[test]
    fn a_block_allows_where_it_does_not_say() {
        let nothing = from_block(bastide_value::Map::new(&[]));
        assert_eq!(nothing, json!({ "Effect": "Allow" }));
    }
}
