//! The language of conditions on attributes: most checks on Terraform are one attribute and one
//! comparison, and read so.
//!
//! ```text
//! key("image_tag_mutability").one_of(&[Text("IMMUTABLE")])
//! key("publicly_accessible").none_of(&[Bool(true)])
//! key("backup_retention_period").at_least(7)
//! any_of(&[key("kms_key_id").given(), key("type").none_of(&[Text("SecureString")])])
//! ```
//!
//! What happens where the attribute is missing is part of the condition: it fails, except for
//! `none_of` and `not_given`; [`Condition::or_absent`], [`Condition::and_given`] and
//! [`Condition::where_given`] say otherwise. A value that is not known leaves the condition
//! undecided.

use bastide_source::Span;
use bastide_terraform::Resource;
use bastide_value::{Cause, Map, Node, Value};

use crate::outcome::Undecided;
use crate::{Label, Outcome};

/// A condition on the attributes of a resource.
#[derive(Clone, Copy, Debug)]
pub enum Condition {
    /// The attribute at a path is as it should be.
    Attribute(&'static str, Predicate, Absent),
    /// All of these hold.
    All(&'static [Condition]),
    /// One of these holds. The first is the one that people are told to mend.
    Any(&'static [Condition]),
    /// The second holds. Where the first does not, there is nothing to say.
    When(&'static Condition, &'static Condition),
    /// Each nested block of a type meets the condition. Where there is none, it holds.
    Each(&'static str, &'static Condition),
    /// Some nested block of a type meets the condition.
    Exists(&'static str, &'static Condition),
    /// The condition holds; what is not known is taken for good, as Checkov does.
    Presumed(&'static Condition),
}

/// What is asked of a value.
#[derive(Clone, Copy, Debug)]
pub enum Predicate {
    /// It is there, and not the empty text.
    Given,
    /// It is not there, or the empty text.
    NotGiven,
    /// It is one of these.
    OneOf(&'static [Literal]),
    /// It is none of these, nor, if it is a list, is any of its items.
    NoneOf(&'static [Literal]),
    /// It is a number, and not less.
    AtLeast(i64),
    /// It is a number, and not more.
    AtMost(i64),
    /// It is a list that has all of these.
    Includes(&'static [Literal]),
}

/// What is so where the attribute is missing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Absent {
    /// The condition fails.
    Fails,
    /// It holds.
    Passes,
    /// There is nothing to say.
    NotApplicable,
}

/// A value to compare with.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Literal {
    /// A text.
    Text(&'static str),
    /// A truth value, also where it is written as a text.
    Bool(bool),
    /// A whole number, also where it is written as a text.
    Int(i64),
}

/// The attribute at a path of names separated by dots. A step into nested blocks is one into the
/// first of them.
pub(crate) const fn key(path: &'static str) -> Key {
    Key(path)
}

/// All of these hold.
pub(crate) const fn all_of(conditions: &'static [Condition]) -> Condition {
    Condition::All(conditions)
}

/// One of these holds.
pub(crate) const fn any_of(conditions: &'static [Condition]) -> Condition {
    Condition::Any(conditions)
}

/// `then` holds; where `applies` does not, there is nothing to say.
pub(crate) const fn when(applies: &'static Condition, then: &'static Condition) -> Condition {
    Condition::When(applies, then)
}

/// Each nested block of a type meets the condition.
pub(crate) const fn each(path: &'static str, condition: &'static Condition) -> Condition {
    Condition::Each(path, condition)
}

/// Some nested block of a type meets the condition.
pub(crate) const fn exists(path: &'static str, condition: &'static Condition) -> Condition {
    Condition::Exists(path, condition)
}

/// The condition holds. Where it is undecided, Checkov counts it as passed.
pub(crate) const fn presumed(condition: &'static Condition) -> Condition {
    Condition::Presumed(condition)
}

/// An attribute, of which something is to be asked.
pub(crate) struct Key(&'static str);

impl Key {
    /// It is true.
    pub(crate) const fn enabled(self) -> Condition {
        self.one_of(&[Literal::Bool(true)])
    }

    /// It is not true.
    pub(crate) const fn not_enabled(self) -> Condition {
        self.none_of(&[Literal::Bool(true)])
    }

    /// It has one of these values.
    pub(crate) const fn one_of(self, values: &'static [Literal]) -> Condition {
        Condition::Attribute(self.0, Predicate::OneOf(values), Absent::Fails)
    }

    /// It has none of these values.
    pub(crate) const fn none_of(self, values: &'static [Literal]) -> Condition {
        Condition::Attribute(self.0, Predicate::NoneOf(values), Absent::Passes)
    }

    /// It is given.
    pub(crate) const fn given(self) -> Condition {
        Condition::Attribute(self.0, Predicate::Given, Absent::Fails)
    }

    /// It is not given.
    pub(crate) const fn not_given(self) -> Condition {
        Condition::Attribute(self.0, Predicate::NotGiven, Absent::Passes)
    }

    /// It is a number that is not less.
    pub(crate) const fn at_least(self, least: i64) -> Condition {
        Condition::Attribute(self.0, Predicate::AtLeast(least), Absent::Fails)
    }

    /// It is a number that is not more.
    pub(crate) const fn at_most(self, most: i64) -> Condition {
        Condition::Attribute(self.0, Predicate::AtMost(most), Absent::Fails)
    }

    /// It is a list that has all of these.
    pub(crate) const fn includes(self, values: &'static [Literal]) -> Condition {
        Condition::Attribute(self.0, Predicate::Includes(values), Absent::Fails)
    }
}

impl Condition {
    /// The same, and it holds where the attribute is missing.
    pub(crate) const fn or_absent(self) -> Self {
        self.with(Absent::Passes)
    }

    /// The same, and it fails where the attribute is missing.
    pub(crate) const fn and_given(self) -> Self {
        self.with(Absent::Fails)
    }

    /// The same, with nothing to say where the attribute is missing.
    pub(crate) const fn where_given(self) -> Self {
        self.with(Absent::NotApplicable)
    }

    const fn with(self, absent: Absent) -> Self {
        match self {
            Self::Attribute(path, predicate, _) => Self::Attribute(path, predicate, absent),
            other => other,
        }
    }

    /// Whether a resource meets it.
    pub(crate) fn test(&self, resource: &Resource<'_>) -> Outcome {
        self.test_in(&Scope {
            body: resource.body,
            header: resource.header(),
            name: &resource.address,
        })
    }

    fn test_in(&self, scope: &Scope<'_>) -> Outcome {
        match self {
            Self::Attribute(path, predicate, absent) => predicate.test(path, *absent, scope),
            Self::All(conditions) => {
                every(conditions.iter().map(|condition| condition.test_in(scope)))
            }
            Self::Any(conditions) => {
                some(conditions.iter().map(|condition| condition.test_in(scope)))
            }
            Self::When(applies, then) => match applies.test_in(scope) {
                Outcome::Pass => then.test_in(scope),
                Outcome::Undecided(undecided) if undecided.presumed => then.test_in(scope),
                // Checkov says nothing then, even where the second holds.
                Outcome::Undecided(undecided) => Outcome::Undecided(undecided),
                Outcome::Fail(_) | Outcome::NotApplicable => Outcome::NotApplicable,
            },
            Self::Presumed(condition) => match condition.test_in(scope) {
                Outcome::Undecided(Undecided { label, .. }) => Outcome::Undecided(Undecided {
                    label,
                    presumed: true,
                }),
                decided => decided,
            },
            Self::Each(path, condition) => match every(in_blocks(path, condition, scope)) {
                Outcome::NotApplicable => Outcome::Pass,
                decided => decided,
            },
            Self::Exists(path, condition) => match some(in_blocks(path, condition, scope)) {
                Outcome::NotApplicable => Predicate::Given.missing(path, Absent::Fails, scope),
                decided => decided,
            },
        }
    }
}

/// Where attributes are looked up: a resource, or a block in it.
struct Scope<'a> {
    body: Map<'a>,
    /// What to underline where an attribute is missing.
    header: Span,
    /// What it is called in messages.
    name: &'a str,
}

/// What a condition says of each nested block of a type.
fn in_blocks<'a>(
    path: &'static str,
    condition: &Condition,
    scope: &Scope<'a>,
) -> impl Iterator<Item = Outcome> {
    let found = find_all(scope.body, path).into_iter().flat_map(|node| {
        let several = node.value.as_list();
        several.unwrap_or(std::slice::from_ref(node))
    });
    found.map(|node| match node.value {
        Value::Map(body) => condition.test_in(&Scope {
            body,
            header: node.span,
            name: path,
        }),
        Value::Unknown(_) => undecided(node, false),
        _ => Outcome::NotApplicable,
    })
}

/// Fails where one fails, with the places of all that do; else undecided where one is.
fn every(parts: impl Iterator<Item = Outcome>) -> Outcome {
    let mut whole = Outcome::NotApplicable;
    for part in parts {
        whole = match (whole, part) {
            (Outcome::Fail(mut labels), Outcome::Fail(more)) => {
                labels.extend(more);
                Outcome::Fail(labels)
            }
            (Outcome::Fail(labels), _) | (_, Outcome::Fail(labels)) => Outcome::Fail(labels),
            (Outcome::Undecided(first), _) | (_, Outcome::Undecided(first)) => {
                Outcome::Undecided(first)
            }
            (Outcome::Pass, _) | (_, Outcome::Pass) => Outcome::Pass,
            (Outcome::NotApplicable, Outcome::NotApplicable) => Outcome::NotApplicable,
        };
    }
    whole
}

/// Holds where one holds; else undecided where one is; else fails as the first that does.
fn some(parts: impl Iterator<Item = Outcome>) -> Outcome {
    let mut whole = Outcome::NotApplicable;
    for part in parts {
        whole = match (whole, part) {
            (_, Outcome::Pass) => return Outcome::Pass,
            (Outcome::Undecided(first), _) | (_, Outcome::Undecided(first)) => {
                Outcome::Undecided(first)
            }
            (Outcome::Fail(labels), _) | (_, Outcome::Fail(labels)) => Outcome::Fail(labels),
            (_, part) => part,
        };
    }
    whole
}

impl Predicate {
    fn test(&self, path: &str, absent: Absent, scope: &Scope<'_>) -> Outcome {
        match find(scope.body, path) {
            Some(node) if is_nothing(node.value) => self.missing(path, absent, scope),
            Some(node) => self.test_node(path, node),
            // What the first block lacks, another may have.
            None => {
                let others = find_all(scope.body, path).into_iter();
                let found = match self {
                    Self::OneOf(_) => some(
                        others
                            .map(|node| self.test_node(path, node))
                            .filter(|outcome| !matches!(outcome, Outcome::Fail(_))),
                    ),
                    _ => Outcome::NotApplicable,
                };
                match found {
                    Outcome::NotApplicable => self.missing(path, absent, scope),
                    found => found,
                }
            }
        }
    }

    fn missing(&self, path: &str, absent: Absent, scope: &Scope<'_>) -> Outcome {
        match absent {
            Absent::Passes => Outcome::Pass,
            Absent::NotApplicable => Outcome::NotApplicable,
            Absent::Fails => Outcome::fail(
                scope.header,
                format!("`{}` leaves `{path}` unset", scope.name),
            ),
        }
    }

    fn test_node(&self, path: &str, node: &Node<'_>) -> Outcome {
        if let Some(word) = bare_word(node.value) {
            return self.test_node(path, &Node::new(word, node.span));
        }
        if let Value::Unknown(unknown) = node.value {
            let computed = is_computed(unknown.cause);
            return match self {
                // What a provider computes is a value: only what may still be null is in doubt.
                Self::Given if computed || matches!(unknown.cause, Cause::DataSource(_)) => {
                    Outcome::Pass
                }
                Self::Given => undecided(node, true),
                Self::NotGiven if computed => {
                    Outcome::fail(node.span, format!("`{path}` is given"))
                }
                // Nor is it one of the few that somebody would write.
                Self::NoneOf(_) => undecided(node, computed),
                _ => undecided(node, false),
            };
        }
        let value = node.value;
        Outcome::require(self.holds(value), || {
            Label::new(node.span, format!("`{path}` is `{value}`{}", self.wanted()))
        })
    }

    fn holds(&self, value: Value<'_>) -> bool {
        match self {
            Self::Given => value != Value::String(""),
            Self::NotGiven => value == Value::String(""),
            Self::OneOf(wanted) => is_one_of(single(value), wanted),
            Self::NoneOf(unwanted) => {
                let items = value.as_list().unwrap_or_default();
                !is_one_of(value, unwanted)
                    && !items.iter().any(|item| is_one_of(item.value, unwanted))
            }
            Self::AtLeast(least) => number(single(value)).is_some_and(|n| n >= *least as f64),
            Self::AtMost(most) => number(single(value)).is_some_and(|n| n <= *most as f64),
            Self::Includes(wanted) => {
                let items = value.as_list().unwrap_or_default();
                let has = |literal: &Literal| items.iter().any(|item| literal.is(item.value));
                wanted.iter().all(has)
            }
        }
    }

    /// What would be right, for the end of a message; nothing where the value itself says it.
    fn wanted(&self) -> String {
        match self {
            Self::OneOf([only]) => format!(", not `{only}`"),
            Self::AtLeast(least) => format!(", less than {least}"),
            Self::AtMost(most) => format!(", more than {most}"),
            _ => String::new(),
        }
    }
}

/// Undecided for want of a value. `presumed`: Checkov takes what it cannot evaluate for given.
pub(crate) fn undecided(node: &Node<'_>, presumed: bool) -> Outcome {
    let text = match node.value {
        Value::Unknown(unknown) => match unknown.cause {
            // These say the expression themselves.
            Cause::NoDefault(_) | Cause::Computed(_) | Cause::DataSource(_) => {
                unknown.cause.to_string()
            }
            cause => {
                let expression = unknown.expression.lines().next().unwrap_or_default();
                format!("`{expression}` is not known: {cause}")
            }
        },
        value => format!("`{value}` is not known"),
    };
    Outcome::Undecided(Undecided {
        label: Label::new(node.span, text),
        presumed,
    })
}

impl Literal {
    fn is(self, value: Value<'_>) -> bool {
        match (self, value) {
            (Self::Text(wanted), Value::String(text)) => wanted == text,
            (Self::Text(wanted), Value::Number(number)) => wanted == number.to_string(),
            (Self::Bool(wanted), Value::Bool(truth)) => wanted == truth,
            (Self::Bool(wanted), Value::String(text)) => {
                text == if wanted { "true" } else { "false" }
            }
            // Scripting languages, and so Checkov, hold 1 for true and 0 for false.
            (Self::Bool(wanted), Value::Number(number)) => {
                number.as_f64() == f64::from(u8::from(wanted))
            }
            (Self::Int(wanted), value) => number(value) == Some(wanted as f64),
            _ => false,
        }
    }
}

impl std::fmt::Display for Literal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Bool(truth) => write!(f, "{truth}"),
            Self::Int(number) => write!(f, "{number}"),
        }
    }
}

/// Whether a value is an attribute of a resource that its provider computes, or of one that is
/// declared elsewhere.
fn is_computed(cause: Cause<'_>) -> bool {
    const NO_RESOURCES: [&str; 4] = ["data.", "local.", "module.", "var."];
    match cause {
        Cause::Computed(_) => true,
        Cause::Undeclared(name) => !NO_RESOURCES.iter().any(|start| name.starts_with(start)),
        _ => false,
    }
}

/// A word without quotes, `True` or `S3`. Terraform refuses the file; Checkov reads a value.
fn bare_word(value: Value<'_>) -> Option<Value<'_>> {
    let unknown = value.as_unknown()?;
    let word = unknown.expression;
    let is_word = matches!(unknown.cause, Cause::Undeclared(_) | Cause::Invalid(_))
        && word.starts_with(|char: char| char.is_ascii_alphabetic())
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    is_word.then_some(match word {
        "True" => Value::Bool(true),
        "False" => Value::Bool(false),
        word => Value::String(word),
    })
}

fn is_one_of(value: Value<'_>, literals: &[Literal]) -> bool {
    literals.iter().any(|literal| literal.is(value))
}

/// A number, also where it is written as a text.
fn number(value: Value<'_>) -> Option<f64> {
    match value {
        Value::Number(number) => Some(number.as_f64()),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// The only item of a list of one, which counts as the item.
fn single(value: Value<'_>) -> Value<'_> {
    match value {
        Value::List([only]) => only.value,
        value => value,
    }
}

/// The value at a path, by way of the first block at each step.
pub(crate) fn find<'a>(body: Map<'a>, path: &str) -> Option<&'a Node<'a>> {
    let mut steps = path.split('.');
    let first = body.get(steps.next()?)?;
    steps.try_fold(first, |node, step| match node.value {
        Value::Blocks([block, ..]) => step_into(block, step),
        _ => step_into(node, step),
    })
}

/// What lies below a value that is not known is not known either.
fn step_into<'a>(node: &'a Node<'a>, step: &str) -> Option<&'a Node<'a>> {
    match node.value {
        Value::Unknown(_) => Some(node),
        value => value.get(step),
    }
}

/// The values at a path, by way of every block at each step.
pub(crate) fn find_all<'a>(body: Map<'a>, path: &str) -> Vec<&'a Node<'a>> {
    let mut steps = path.split('.');
    let first = steps.next().and_then(|step| body.get(step));
    steps.fold(Vec::from_iter(first), |nodes, step| {
        let below = nodes.into_iter().flat_map(|node| match node.value {
            Value::List(items) | Value::Blocks(items) => items,
            _ => std::slice::from_ref(node),
        });
        below.filter_map(|node| step_into(node, step)).collect()
    })
}

fn is_nothing(value: Value<'_>) -> bool {
    matches!(value, Value::Null | Value::List([]) | Value::Blocks([]))
}

#[cfg(test)]
mod tests {
    use bastide_hcl::Arena;
    use bastide_source::{FileId, Source};
    use bastide_terraform::Configuration;

    use super::{Condition, Literal::Text, all_of, any_of, each, exists, key, presumed, when};
    use crate::Outcome;

    /// The outcome in a word, with the first label where there is one.
    fn test(condition: Condition, body: &str) -> String {
        let text = format!("variable \"v\" {{}}\nresource \"a\" \"b\" {{\n{body}\n}}\n");
        let sources = [Source::new(FileId(0), "main.tf", text)];
        let arena = Arena::new();
        let file = bastide_hcl::parse(&sources[0], &arena);
        assert_eq!(file.diagnostics, []);
        let configuration =
            Configuration::new(&sources, [(FileId(0), file.body)], Default::default());
        let root = configuration.roots()[0];
        let evaluation = bastide_terraform::evaluate(&configuration, root, &arena);
        let resource = evaluation.resources.iter().find(|found| found.kind == "a");
        match condition.test(resource.unwrap()) {
            Outcome::Pass => "pass".to_owned(),
            Outcome::Fail(labels) => format!("fail: {}", labels[0].text),
            Outcome::Undecided(found) if found.presumed => "presumed".to_owned(),
            Outcome::Undecided(_) => "undecided".to_owned(),
            Outcome::NotApplicable => "nothing".to_owned(),
        }
    }

    #[test]
    fn what_is_missing() {
        let unset = "fail: `a.b` leaves `k` unset";
        for body in ["", "k = null", "k = []"] {
            assert_eq!(test(key("k").given(), body), unset);
            assert_eq!(test(key("k").enabled(), body), unset);
            assert_eq!(test(key("k").enabled().or_absent(), body), "pass");
            assert_eq!(test(key("k").enabled().where_given(), body), "nothing");
            assert_eq!(test(key("k").not_enabled(), body), "pass");
            assert_eq!(test(key("k").not_enabled().and_given(), body), unset);
        }
    }

    #[test]
    fn what_is_not_known() {
        assert_eq!(test(key("k").given(), "k = var.v"), "presumed");
        assert_eq!(test(key("k").enabled(), "k = var.v"), "undecided");
        assert_eq!(test(key("k").not_enabled(), "k = var.v"), "undecided");
        const ONE: Condition = any_of(&[key("k").enabled(), key("l").enabled()]);
        assert_eq!(test(ONE, "k = var.v\nl = true"), "pass");
        assert_eq!(test(ONE, "k = var.v\nl = false"), "undecided");
        const BOTH: Condition = all_of(&[key("k").enabled(), key("l").enabled()]);
        assert_eq!(test(BOTH, "k = var.v\nl = true"), "undecided");
    }

    #[test]
    fn values() {
        assert_eq!(test(key("k").enabled(), "k = \"true\""), "pass");
        let short = test(key("k").at_least(7), "k = 1");
        assert_eq!(short, "fail: `k` is `1`, less than 7");
        assert_eq!(test(key("k").at_most(7), "k = \"7\""), "pass");
        let plain = key("k").none_of(&[Text("FTP")]);
        assert_eq!(
            test(plain, "k = [\"SFTP\", \"FTP\"]"),
            "fail: `k` is `[\"SFTP\", \"FTP\"]`"
        );
        let audited = key("k").includes(&[Text("audit")]);
        assert_eq!(test(audited, "k = [\"api\", \"audit\"]"), "pass");
    }

    #[test]
    fn what_is_taken_for_good() {
        const PRESUMED: Condition = presumed(&key("k").none_of(&[Text("x")]));
        assert_eq!(test(PRESUMED, "k = var.v"), "presumed");
        assert_eq!(test(PRESUMED, "k = \"x\""), "fail: `k` is `\"x\"`");
        let other = key("k").none_of(&[Text("x")]);
        assert_eq!(test(other, "k = c_d.e.f"), "presumed");
        assert_eq!(
            test(key("k").not_given(), "k = c_d.e.f"),
            "fail: `k` is given"
        );
    }

    #[test]
    fn bare_words_are_values() {
        assert_eq!(test(key("k").enabled(), "k = True"), "pass");
        assert_eq!(test(key("k").one_of(&[Text("S3")]), "k = S3"), "pass");
        assert_eq!(
            test(key("k").enabled(), "k = \"True\""),
            "fail: `k` is `\"True\"`, not `true`"
        );
    }

    #[test]
    fn nested_blocks() {
        let two = "n {\n k = true\n}\nn {\n k = false\n}";
        const EACH: Condition = each("n", &key("k").enabled());
        const SOME: Condition = exists("n", &key("k").enabled());
        assert_eq!(test(key("n.k").enabled(), two), "pass");
        assert_eq!(test(EACH, two), "fail: `k` is `false`, not `true`");
        assert_eq!(test(SOME, two), "pass");
        assert_eq!(test(EACH, ""), "pass");
        assert_eq!(test(SOME, ""), "fail: `a.b` leaves `n` unset");
    }

    #[test]
    fn a_condition_that_does_not_apply_says_nothing() {
        const CONDITION: Condition = when(&key("t").one_of(&[Text("x")]), &key("k").given());
        assert_eq!(test(CONDITION, "t = \"y\""), "nothing");
        assert_eq!(test(CONDITION, "t = \"x\"\nk = 1"), "pass");
        assert_eq!(test(CONDITION, "t = var.v"), "undecided");
        assert_eq!(test(CONDITION, "t = var.v\nk = 1"), "undecided");
    }
}
