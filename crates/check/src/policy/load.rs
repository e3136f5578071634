//! Policies that people bring: Checkov's YAML and JSON format to checks.
//!
//! ```yaml
//! metadata:
//!   id: CKV2_ORG_1
//!   name: every bucket is logged
//!   category: LOGGING
//! definition:
//!   cond_type: connection
//!   resource_types: [aws_s3_bucket]
//!   connected_resource_types: [aws_s3_bucket_logging]
//!   operator: exists
//! ```
//!
//! Checkov logs a warning about a policy that it cannot read and goes on without it. Here that is a
//! [`Mistake`], with its line: a policy that silently does nothing is worse than none.

use std::fmt;

use bastide_source::{Level, Source, Span};
use bastide_value::{Arena, Node, Number, Value};

use super::clause::{Attribute, Clause, Connection, Filter, Link, Operand};
use super::json_path;
use super::operator::{self, Comparison, Operator};
use crate::check::{Check, CheckId, Test, check, terraform};
use crate::{Reference, Severity};

/// Clauses may nest so deep.
const MAX_DEPTH: u32 = 64;

/// What is wrong with a policy, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mistake {
    /// The file.
    pub path: String,
    /// The line, counted from one.
    pub line: u32,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)?;
        self.help
            .iter()
            .try_for_each(|help| write!(f, "\n  help: {help}"))
    }
}

impl std::error::Error for Mistake {}

/// Reads the policy in a file. Policies live as long as the program, as built-in checks do: what is
/// read here is never freed.
///
/// # Errors
///
/// The first mistake in the file.
pub fn load(source: &Source) -> Result<Check, Mistake> {
    if source.path.ends_with(".py") {
        return Err(Mistake {
            path: source.path.clone(),
            line: 1,
            message: "a policy in Python is not run".to_owned(),
            help: Some(
                "write it in YAML: `metadata` with `id`, `name` and `category`, and a \
                 `definition` of `attribute` and `connection` conditions joined by `and`, `or`, `not`"
                    .to_owned(),
            ),
        });
    }
    let arena = Arena::new();
    let stream = bastide_yaml::parse(source, &arena);
    let reader = Reader { source };
    if let Some(error) = stream
        .diagnostics
        .iter()
        .find(|diagnostic| diagnostic.level == Level::Error)
    {
        return Err(Mistake {
            path: source.path.clone(),
            line: source
                .position(error.span.map_or(0, |span| span.start))
                .line,
            message: error.message.clone(),
            help: None,
        });
    }
    match stream.documents.as_slice() {
        [document] => reader.policy(&document.root),
        _ => Err(reader.mistake(source.span(), "a file holds one policy")),
    }
}

struct Reader<'s> {
    source: &'s Source,
}

impl Reader<'_> {
    fn mistake(&self, span: Span, message: impl Into<String>) -> Mistake {
        Mistake {
            path: self.source.path.clone(),
            line: self.source.position(span.start).line,
            message: message.into(),
            help: None,
        }
    }

    fn policy(&self, root: &Node<'_>) -> Result<Check, Mistake> {
        let missing = |key: &str| self.mistake(root.span, format!("`{key}` is missing"));
        let metadata = root.get("metadata").ok_or_else(|| missing("metadata"))?;
        let text = |key: &str| {
            let node = metadata
                .get(key)
                .ok_or_else(|| missing(&format!("metadata.{key}")))?;
            self.text(node)
        };
        let (id, name) = (text("id")?, text("name")?);
        text("category")?;
        self.frameworks(metadata)?;
        let definition = root
            .get("definition")
            .ok_or_else(|| missing("definition"))?;
        let provider = root.at("scope.provider").map(|node| self.text(node));
        let clauses = Clauses {
            reader: self,
            provider: provider.transpose()?,
        };
        let clause = clauses.clause(definition, 0)?;
        if let Clause::Filter(_) = clause {
            return Err(self.mistake(
                definition.span,
                "a `filter` alone says nothing: join it with other conditions in `and`",
            ));
        }
        let severity = metadata.get("severity").map(|node| self.severity(node));
        let guideline = metadata.get("guideline").map(|node| self.text(node));
        let references: &'static [Reference] = match guideline.transpose()? {
            Some(guideline) => vec![Reference::Page(guideline)].leak(),
            None => &[],
        };
        let rule = terraform(
            clause.types().leak(),
            Test::Policy(Box::leak(Box::new(clause))),
        )
        .fix(leak(format!(
            "change it so that it meets `{}`",
            self.source.path
        )));
        let policy = check(id, name)
            .problem(name)
            .severity(severity.transpose()?.unwrap_or(Severity::Medium))
            .why(name)
            .references(references)
            .rules(vec![rule].leak());
        debug_assert_eq!(policy.id, CheckId(id));
        Ok(policy)
    }

    /// Policies are run on Terraform.
    fn frameworks(&self, metadata: &Node<'_>) -> Result<(), Mistake> {
        let Some(frameworks) = metadata.get("frameworks") else {
            return Ok(());
        };
        let names = self.texts(frameworks)?;
        let terraform = |name: &&str| name.eq_ignore_ascii_case("terraform");
        if names.is_empty() || names.iter().any(terraform) {
            return Ok(());
        }
        Err(self.mistake(
            frameworks.span,
            format!(
                "policies are run on `terraform`, not on `{}`",
                names.join("`, `")
            ),
        ))
    }

    fn severity(&self, node: &Node<'_>) -> Result<Severity, Mistake> {
        let name = self.text(node)?;
        Severity::from_name(name)
            .ok_or_else(|| self.mistake(node.span, format!("`{name}` is no severity")))
    }

    fn text(&self, node: &Node<'_>) -> Result<&'static str, Mistake> {
        match node.value {
            Value::String(text) => Ok(leak(text.to_owned())),
            Value::Number(number) => Ok(leak(number.to_string())),
            other => {
                let message = format!("a text is expected, not a {}", other.type_name());
                Err(self.mistake(node.span, message))
            }
        }
    }

    /// A text, or a list of texts.
    fn texts(&self, node: &Node<'_>) -> Result<Vec<&'static str>, Mistake> {
        match node.value {
            Value::List(items) => items.iter().map(|item| self.text(item)).collect(),
            Value::Null => Ok(Vec::new()),
            _ => Ok(vec![self.text(node)?]),
        }
    }
}

struct Clauses<'r, 's> {
    reader: &'r Reader<'s>,
    /// `scope.provider`
    provider: Option<&'static str>,
}

impl Clauses<'_, '_> {
    fn clause(&self, node: &Node<'_>, depth: u32) -> Result<Clause, Mistake> {
        let mistake = |message: &str| self.reader.mistake(node.span, message);
        if depth > MAX_DEPTH {
            return Err(mistake("conditions are nested too deep"));
        }
        if node.value.as_map().is_none() {
            return Err(mistake("a condition is expected: a mapping"));
        }
        let parts = |key: &str| node.get(key).filter(|parts| !parts.value.is_falsy());
        if let Some(parts) = parts("and") {
            return Ok(Clause::And(self.parts(parts, depth)?.leak()));
        }
        if let Some(parts) = parts("or") {
            return Ok(Clause::Or(self.parts(parts, depth)?.leak()));
        }
        if let Some(part) = parts("not") {
            return self.negation(part, depth);
        }
        let kind = node.get("cond_type").map(|kind| self.reader.text(kind));
        match kind.transpose()? {
            None | Some("") => self.attribute(node, Some("any")),
            Some("attribute") => self.attribute(node, None),
            Some("connection") => self.connection(node),
            Some("filter") => self.filter(node),
            Some("resource") => self.resource(node),
            Some(other) => {
                let known = ["attribute", "connection", "filter", "resource"];
                Err(self.unknown(node, "cond_type", other, &known))
            }
        }
    }

    fn parts(&self, node: &Node<'_>, depth: u32) -> Result<Vec<Clause>, Mistake> {
        let single = std::slice::from_ref(node);
        let parts = node.value.as_list().unwrap_or(single);
        parts
            .iter()
            .map(|part| self.clause(part, depth + 1))
            .collect()
    }

    fn negation(&self, node: &Node<'_>, depth: u32) -> Result<Clause, Mistake> {
        let parts = self.parts(node, depth)?;
        let [part] = parts[..] else {
            return Err(self.reader.mistake(node.span, "`not` takes one condition"));
        };
        if part.is_joined() {
            let mut mistake = self
                .reader
                .mistake(node.span, "`not` cannot hold a connection");
            mistake.help = Some("negate the connection itself: `operator: not_exists`".to_owned());
            return Err(mistake);
        }
        Ok(Clause::Not(Box::leak(Box::new(part))))
    }

    fn attribute(&self, node: &Node<'_>, operator: Option<&str>) -> Result<Clause, Mistake> {
        let name = match operator {
            Some(name) => name,
            None => self.required(node, "operator")?,
        };
        let plain = name.strip_prefix("jsonpath_");
        let json_path = plain.is_some();
        let plain = plain.unwrap_or(name);
        let known = operator::NAMES.iter().find(|(known, _)| *known == plain);
        let Some(&(_, operator)) = known else {
            let names: Vec<&str> = operator::NAMES.iter().map(|(name, _)| *name).collect();
            return Err(self.unknown(node, "operator", plain, &names));
        };
        let path = match node.get("attribute") {
            Some(path) => self.reader.text(path)?,
            None if operator.comparison == Comparison::Any => "",
            None => return Err(self.missing(node, "attribute")),
        };
        if json_path && !json_path::is_path(path) {
            return Err(self.at(node, "attribute", format!("`{path}` is no JSONPath")));
        }
        let operand = node
            .get("value")
            .map_or(Operand::None, |value| operand(value.value));
        self.check_operand(node, operator, operand)?;
        Ok(Clause::Attribute(Attribute {
            on: self.types(node, "resource_types")?,
            path,
            json_path,
            operator,
            operand,
        }))
    }

    /// Mistakes that show only when a resource is looked at, named beforehand.
    fn check_operand(
        &self,
        node: &Node<'_>,
        operator: Operator,
        operand: Operand,
    ) -> Result<(), Mistake> {
        match (operator.comparison, operand) {
            (Comparison::RegexMatch, Operand::Text(pattern)) => match operator::anchored(pattern) {
                Ok(_) => Ok(()),
                Err(error) => {
                    let reason = error.to_string();
                    let reason = reason.lines().last().unwrap_or_default();
                    Err(self.at(
                        node,
                        "value",
                        format!("`{pattern}` is no pattern: {reason}"),
                    ))
                }
            },
            (Comparison::Within | Comparison::Subset, Operand::None | Operand::Bool(_)) => {
                Err(self.at(node, "value", "a list of values is expected".to_owned()))
            }
            _ => Ok(()),
        }
    }

    fn connection(&self, node: &Node<'_>) -> Result<Clause, Mistake> {
        let link = match self.required(node, "operator")? {
            "exists" => Link::Exists,
            "not_exists" => Link::Absent,
            "one_exists" => Link::OneExists,
            other => {
                let known = ["exists", "not_exists", "one_exists"];
                return Err(self.unknown(node, "operator", other, &known));
            }
        };
        Ok(Clause::Connection(Connection {
            on: self.types(node, "resource_types")?,
            with: self.types(node, "connected_resource_types")?,
            link,
        }))
    }

    fn filter(&self, node: &Node<'_>) -> Result<Clause, Mistake> {
        match self.required(node, "operator")? {
            "within" => {}
            other => return Err(self.unknown(node, "operator", other, &["within"])),
        }
        let within = node
            .get("value")
            .ok_or_else(|| self.missing(node, "value"))?;
        Ok(Clause::Filter(Filter {
            attribute: self.required(node, "attribute")?,
            within: operand(within.value),
        }))
    }

    fn resource(&self, node: &Node<'_>) -> Result<Clause, Mistake> {
        let types = self.types(node, "resource_types")?;
        match self.required(node, "operator")? {
            "exists" => Ok(Clause::Allowed(types)),
            "not_exists" => Ok(Clause::Forbidden(types)),
            other => Err(self.unknown(node, "operator", other, &["exists", "not_exists"])),
        }
    }

    /// Resource types; `all`, or none, are those of the provider, or all there are.
    fn types(&self, node: &Node<'_>, key: &str) -> Result<&'static [&'static str], Mistake> {
        let types = node.get(key).map(|types| self.reader.texts(types));
        let types = types.transpose()?.unwrap_or_default();
        let first = types.first().map_or("all", |first| *first);
        if first.eq_ignore_ascii_case("taggable") {
            let message = "`taggable` is not known: name the types".to_owned();
            return Err(self.at(node, key, message));
        }
        let types = match self.provider {
            _ if !first.eq_ignore_ascii_case("all") => match (first, self.provider) {
                ("provider", Some(provider)) => {
                    vec![leak(format!("provider.{}", provider.to_lowercase()))]
                }
                _ => types,
            },
            Some(provider) => vec![of_provider(provider)],
            None => Vec::new(),
        };
        Ok(types.leak())
    }

    fn required(&self, node: &Node<'_>, key: &str) -> Result<&'static str, Mistake> {
        let value = node.get(key).ok_or_else(|| self.missing(node, key))?;
        self.reader.text(value)
    }

    fn missing(&self, node: &Node<'_>, key: &str) -> Mistake {
        self.reader
            .mistake(node.span, format!("`{key}` is missing in this condition"))
    }

    fn at(&self, node: &Node<'_>, key: &str, message: String) -> Mistake {
        let span = node.get(key).map_or(node.span, |value| value.span);
        self.reader.mistake(span, message)
    }

    fn unknown(&self, node: &Node<'_>, key: &str, name: &str, known: &[&str]) -> Mistake {
        let mut mistake = self.at(node, key, format!("`{name}` is no known `{key}`"));
        let near = known
            .iter()
            .min_by_key(|known| strsim::damerau_levenshtein(known, name));
        mistake.help = near.map(|near| format!("did you mean `{near}`?"));
        mistake
    }
}

/// All types of a provider, as a pattern.
fn of_provider(provider: &str) -> &'static str {
    match provider.to_lowercase().as_str() {
        "azure" => "azurerm_*",
        "gcp" => "google_*",
        other => leak(format!("{other}_*")),
    }
}

fn operand(value: Value<'_>) -> Operand {
    match value {
        Value::Null | Value::Unknown(_) => Operand::None,
        Value::Bool(truth) => Operand::Bool(truth),
        Value::Number(Number::Int(int)) => Operand::Number(int as f64),
        Value::Number(Number::Float(float)) => Operand::Number(float),
        Value::String(text) => Operand::Text(leak(text.to_owned())),
        Value::List(items) | Value::Blocks(items) => {
            let items: Vec<Operand> = items.iter().map(|item| operand(item.value)).collect();
            Operand::List(items.leak())
        }
        Value::Map(map) => {
            let entries = map.entries().iter();
            let entries: Vec<(&'static str, Operand)> = entries
                .map(|entry| (leak(entry.key.to_owned()), operand(entry.node.value)))
                .collect();
            Operand::Map(entries.leak())
        }
    }
}

fn leak(text: String) -> &'static str {
    text.leak()
}

#[cfg(test)]
mod tests {
    use bastide_source::FileId;

    use super::*;

    fn loaded(definition: &str) -> Result<Check, String> {
        let metadata = "metadata:\n  id: CKV2_ORG_1\n  name: a name\n  category: LOGGING\n";
        let source = Source::new(FileId(0), "p.yaml", format!("{metadata}{definition}"));
        load(&source).map_err(|mistake| mistake.to_string())
    }

    #[test]
    fn a_policy_becomes_a_check() {
        let check = loaded(
            "definition:\n  and:\n    - cond_type: filter\n      attribute: resource_type\n      \
             value: [aws_s3_bucket]\n      operator: within\n    - cond_type: connection\n      \
             resource_types: [aws_s3_bucket]\n      connected_resource_types: aws_kms_key\n      \
             operator: not_exists\n",
        );
        let check = check.expect("it is in order");
        assert_eq!(check.id.as_str(), "CKV2_ORG_1");
        assert_eq!(check.rules[0].on, ["aws_s3_bucket"]);
        let Test::Policy(Clause::And([Clause::Filter(_), Clause::Connection(connection)])) =
            check.rules[0].test
        else {
            panic!("not as written: {:?}", check.rules[0].test);
        };
        assert_eq!(connection.with, ["aws_kms_key"]);
        assert_eq!(connection.link, Link::Absent);
    }

    #[test]
    fn mistakes_are_named_with_their_line() {
        let attribute = "definition:\n  cond_type: attribute\n  resource_types: [aws_vpc]\n";
        let mistakes: Vec<String> = [
            String::new(),
            "definition: [a]\n".to_owned(),
            "definition:\n  cond_type: atribute\n".to_owned(),
            format!("{attribute}  attribute: a\n  operator: equal\n"),
            format!("{attribute}  operator: exists\n"),
            format!("{attribute}  attribute: a\n  operator: regex_match\n  value: '('\n"),
            format!("{attribute}  attribute: 'a[?('\n  operator: jsonpath_exists\n"),
            "definition:\n  not:\n    - {}\n    - {}\n".to_owned(),
            "definition:\n  not:\n    cond_type: connection\n    operator: exists\n".to_owned(),
            "definition:\n  a: [\n".to_owned(),
        ]
        .iter()
        .map(|definition| loaded(definition).expect_err("a mistake"))
        .collect();
        insta::assert_snapshot!(mistakes.join("\n"));
    }

    #[test]
    fn python_is_refused_with_a_way_out() {
        let source = Source::new(FileId(0), "policies/a.py", "import os".to_owned());
        let mistake = load(&source).expect_err("a mistake");
        assert!(mistake.to_string().contains("write it in YAML"));
    }
}
