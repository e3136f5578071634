//! The part of JSONPath that policies use: names, `['name']`, numbers, `[*]`, `..`, and filters
//! such as `[?(@.name == 'x' && @.on)]`.

use bastide_value::Number;

use super::datum::Datum;

/// A step of a path.
#[derive(Clone, PartialEq, Debug)]
enum Step {
    Name(String),
    Index(usize),
    All,
    /// Whatever lies anywhere below.
    Below,
    Filter(Test),
}

/// The condition of a filter.
#[derive(Clone, PartialEq, Debug)]
enum Test {
    And(Vec<Test>),
    Or(Vec<Test>),
    Not(Box<Test>),
    Exists(Vec<Step>),
    Compare(Vec<Step>, Relation, String),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Relation {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// The longest first: `<=` starts with `<`.
const RELATIONS: [(&str, Relation); 7] = [
    ("==", Relation::Equal),
    ("!=", Relation::NotEqual),
    ("<=", Relation::LessOrEqual),
    (">=", Relation::GreaterOrEqual),
    ("<", Relation::Less),
    (">", Relation::Greater),
    ("=", Relation::Equal),
];

/// Everything that a path finds; nothing, if it is no path.
pub(super) fn find<'a>(path: &str, datum: &Datum<'a>) -> Vec<Datum<'a>> {
    let Some(steps) = parse(path) else {
        return Vec::new();
    };
    walk(&steps, datum).into_iter().cloned().collect()
}

/// Whether a text is a path.
pub(super) fn is_path(path: &str) -> bool {
    parse(path).is_some()
}

fn parse(path: &str) -> Option<Vec<Step>> {
    let mut rest = path.strip_prefix('$').unwrap_or(path);
    let mut steps = Vec::new();
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("..") {
            steps.push(Step::Below);
            rest = after;
        } else if let Some(after) = rest.strip_prefix('.') {
            rest = after;
        }
        if rest.starts_with('[') {
            let end = closing(rest)?;
            steps.push(bracket(rest.get(1..end)?.trim())?);
            rest = rest.get(end + 1..)?;
        } else {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            let name = rest.get(..end)?;
            steps.push(match name {
                "" => return None,
                "*" => Step::All,
                name => Step::Name(unquoted(name).to_owned()),
            });
            rest = rest.get(end..)?;
        }
    }
    Some(steps)
}

/// Where the bracket that starts a text is closed.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    let mut quote = None;
    for (at, char) in text.char_indices() {
        match (quote, char) {
            (Some(open), _) if open == char => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(char),
            (None, '[') => depth += 1,
            (None, ']') => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

fn bracket(inner: &str) -> Option<Step> {
    if inner == "*" {
        return Some(Step::All);
    }
    if let Some(filter) = inner.strip_prefix('?') {
        return Some(Step::Filter(test(filter)?));
    }
    if let Ok(index) = inner.parse() {
        return Some(Step::Index(index));
    }
    Some(Step::Name(unquoted(inner).to_owned()))
}

fn test(text: &str) -> Option<Test> {
    let text = text.trim();
    let text = text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'))
        .unwrap_or(text);
    let parts =
        |separator: &str| -> Option<Vec<Test>> { text.split(separator).map(test).collect() };
    if text.contains("||") {
        return Some(Test::Or(parts("||")?));
    }
    if text.contains("&&") {
        return Some(Test::And(parts("&&")?));
    }
    if text.contains('&') {
        return Some(Test::And(parts("&")?));
    }
    let text = text.trim();
    if let Some(negated) = text.strip_prefix('!') {
        return Some(Test::Not(Box::new(test(negated)?)));
    }
    let target = |text: &str| parse(text.trim().strip_prefix('@')?);
    let relation = RELATIONS
        .iter()
        .find_map(|(sign, relation)| Some((text.split_once(sign)?, *relation)));
    Some(match relation {
        Some(((left, right), relation)) => {
            Test::Compare(target(left)?, relation, right.trim().to_owned())
        }
        None => Test::Exists(target(text)?),
    })
}

fn unquoted(text: &str) -> &str {
    let quoted = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    quoted('\'').or_else(|| quoted('"')).unwrap_or(text)
}

fn walk<'d, 'a>(steps: &[Step], datum: &'d Datum<'a>) -> Vec<&'d Datum<'a>> {
    let mut found = vec![datum];
    for step in steps {
        found = found.into_iter().flat_map(|datum| step.of(datum)).collect();
    }
    found
}

impl Step {
    fn of<'d, 'a>(&self, datum: &'d Datum<'a>) -> Vec<&'d Datum<'a>> {
        // What is no list counts as a list of itself.
        let items = match datum {
            Datum::List(items) => items.as_slice(),
            other => std::slice::from_ref(other),
        };
        match self {
            Self::Name(name) => datum.get(name).into_iter().collect(),
            Self::Index(index) => items.get(*index).into_iter().collect(),
            Self::All => items.iter().collect(),
            Self::Below => {
                let mut found = Vec::new();
                below(datum, &mut found);
                found
            }
            Self::Filter(test) => match datum {
                Datum::List(_) | Datum::Map(_) => {
                    items.iter().filter(|item| test.holds(item)).collect()
                }
                _ => Vec::new(),
            },
        }
    }
}

fn below<'d, 'a>(datum: &'d Datum<'a>, found: &mut Vec<&'d Datum<'a>>) {
    found.push(datum);
    match datum {
        Datum::List(items) => items.iter().for_each(|item| below(item, found)),
        Datum::Map(entries) => entries.iter().for_each(|(_, item)| below(item, found)),
        _ => {}
    }
}

impl Test {
    fn holds(&self, datum: &Datum<'_>) -> bool {
        match self {
            Self::And(parts) => parts.iter().all(|part| part.holds(datum)),
            Self::Or(parts) => parts.iter().any(|part| part.holds(datum)),
            Self::Not(part) => !part.holds(datum),
            Self::Exists(target) => !walk(target, datum).is_empty(),
            Self::Compare(target, relation, value) => walk(target, datum)
                .into_iter()
                .any(|found| relation.holds(found, value)),
        }
    }
}

impl Relation {
    /// What is compared with a number is taken for one.
    fn holds(self, found: &Datum<'_>, value: &str) -> bool {
        let ordering = match value.parse::<i64>() {
            Ok(number) => found.to_int().map(|found| found.cmp(&number)),
            Err(_) => match (found, value) {
                (Datum::Bool(found), "true" | "false") => Some(found.cmp(&(value == "true"))),
                (Datum::Text(text), value) => Some((**text).cmp(unquoted(value))),
                (Datum::Number(Number::Float(float)), value) => value
                    .parse()
                    .ok()
                    .and_then(|value: f64| float.partial_cmp(&value)),
                _ => None,
            },
        };
        match (self, ordering) {
            (Self::NotEqual, ordering) => ordering.is_none_or(std::cmp::Ordering::is_ne),
            (_, None) => false,
            (Self::Equal, Some(ordering)) => ordering.is_eq(),
            (Self::Less, Some(ordering)) => ordering.is_lt(),
            (Self::LessOrEqual, Some(ordering)) => ordering.is_le(),
            (Self::Greater, Some(ordering)) => ordering.is_gt(),
            (Self::GreaterOrEqual, Some(ordering)) => ordering.is_ge(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, json: &str) -> String {
        let datum = Datum::from_json(json).expect("valid JSON");
        let found: Vec<String> = find(path, &datum).iter().map(Datum::to_string).collect();
        found.join(" ")
    }

    #[test]
    fn paths_of_policies() {
        let policy = r#"{"policy": {"Statement": [
            {"Effect": "Allow", "Action": ["a", "b"]}, {"Effect": "Deny", "Action": "c"}]}}"#;
        let actions = "policy.Statement[?(@.Effect == Allow)].Action[*]";
        assert_eq!(found(actions, policy), "a b");
        let denied = "$.policy.Statement[?(@.Effect != 'Allow')].Action[*]";
        assert_eq!(found(denied, policy), "c");
        assert_eq!(found("policy..Effect", policy), "Allow Deny");
        assert_eq!(found("policy.Statement[1].Effect", policy), "Deny");
        assert_eq!(
            found("policy.Statement[?(!@.Resource)].Effect", policy),
            "Allow Deny"
        );
        assert_eq!(
            found(
                "a[?(@.n >= 2 && @.on)].n",
                r#"{"a": [{"n": 3, "on": 1}, {"n": 4}]}"#
            ),
            "3"
        );
        assert_eq!(found("a['b.c']", r#"{"a": {"b.c": 1}}"#), "1");
        assert!(!is_path("a[?(@.b"));
    }
}
