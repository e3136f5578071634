use std::fmt::Write;

use bastide_source::{Diagnostic, Level, Source, Span};
use bastide_value::{Arena, Map, Node, Value};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::register::{EXCEPTION, REQUIRED_BY_DEFAULT};
use crate::{InvalidRegister, Register};

/// An entry of the register to be filled in: what is known is written down, and for the rest there
/// are prompts in angle brackets, with which a register is not valid.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft {
    /// The id of the check.
    pub check: String,
    /// The addresses of the resources, perhaps with `*`. None for all.
    pub resources: Vec<String>,
    /// Who answers for it, if that is known.
    pub owner: Option<String>,
    /// The last day on which it holds; if none is given, [`Draft::DAYS`] from today, or as late as
    /// the register allows.
    pub expires: Option<Date>,
    /// The day on which it is written.
    pub today: Date,
}

/// A register with nothing in it.
const EMPTY: &str = "\
# What is accepted although a check fails: why, until when, and who answers for it.
# A scan fails when an entry has expired or matches nothing any more.
version: 1

exceptions: []
";

impl Draft {
    /// How many days an entry holds unless said otherwise.
    pub const DAYS: i64 = 90;

    /// A new register with this entry.
    ///
    /// # Errors
    ///
    /// None that is known: see [`Draft::append_to`].
    pub fn new_register(&self) -> Result<String, InvalidRegister> {
        self.append_to(EMPTY)
    }

    /// A register with this entry after the others, and else as it was, byte for byte. The register
    /// may have mistakes, such as entries that are still to be filled in.
    ///
    /// # Errors
    ///
    /// If it is not YAML, or written so that no entry can be added without changing what is there.
    pub fn append_to(&self, register: &str) -> Result<String, InvalidRegister> {
        let source = Source::new(Register::FILE, Register::FILE_NAME, register.to_owned());
        self.append(&source).map_err(|mistake| InvalidRegister {
            file: source,
            mistakes: vec![mistake],
        })
    }

    fn append(&self, source: &Source) -> Result<String, Diagnostic> {
        let arena = Arena::new();
        let root = root(source, &arena)?;
        let place = Place::find(source, root)?;
        let entry = self.entry(Fields::of(root), &place.indent);
        let text = place.fill(&source.text, &entry);
        let result = Source::new(Register::FILE, Register::FILE_NAME, text);
        let (before, after) = (entries(root), self::root(&result, &arena));
        let added = after.is_ok_and(|root| entries(root).len() == before.len() + 1);
        match added {
            true => Ok(result.text),
            false => Err(cannot(source.span(), "the register")),
        }
    }

    /// The text of the entry, with `indent` before its dash.
    fn entry(&self, fields: Fields<'_>, indent: &str) -> String {
        let mut text = String::new();
        let mut lead = format!("{indent}- ");
        for key in EXCEPTION {
            let asked = key.required || fields.requires(key.name);
            let value = match key.name {
                "id" => fields.next_id().or(asked.then(|| prompt(key.about))),
                "check" => Some(self.check_with_comment()),
                "resources" if !self.resources.is_empty() => Some(self.list_of_resources(indent)),
                "owner" => Some(match &self.owner {
                    Some(owner) => scalar(owner),
                    None => prompt(key.about),
                }),
                "created" if asked || fields.max_days().is_some() => Some(self.today.to_string()),
                "expires" => Some(self.last_day(fields).to_string()),
                _ => asked.then(|| prompt(key.about)),
            };
            if let Some(value) = value {
                let space = if value.starts_with('\n') { "" } else { " " };
                // Writing to a text does not fail.
                let _ = writeln!(text, "{lead}{}:{space}{value}", key.name);
                lead = format!("{indent}  ");
            }
        }
        text
    }

    fn check_with_comment(&self) -> String {
        let id = scalar(&self.check);
        let mut checks = bastide_check::all();
        match checks.find(|check| check.id.as_str() == self.check) {
            Some(check) => format!("{id} # {}", check.problem),
            None => id,
        }
    }

    fn list_of_resources(&self, indent: &str) -> String {
        let resources = self.resources.iter();
        resources
            .map(|address| format!("\n{indent}    - {}", scalar(address)))
            .collect()
    }

    fn last_day(&self, fields: Fields<'_>) -> Date {
        let days = fields.max_days().unwrap_or(Self::DAYS).clamp(0, Self::DAYS);
        let last = || self.today.checked_add(days.days()).unwrap_or(Date::MAX);
        self.expires.unwrap_or_else(last)
    }
}

/// Where an entry goes.
struct Place {
    /// What is taken out there, and may only be an empty list in brackets.
    replaced: std::ops::Range<usize>,
    /// What stands before it.
    before: &'static str,
    /// Where it is written.
    at: usize,
    /// What stands before its dash.
    indent: String,
}

impl Place {
    fn find(source: &Source, root: Node<'_>) -> Result<Self, Diagnostic> {
        let text = &source.text;
        let map = match root.value {
            Value::Null => Map::default(),
            Value::Map(map) => map,
            _ => return Err(cannot(root.span, "the register")),
        };
        let place = |replaced, at, indent: &str| Self {
            replaced,
            before: "",
            at,
            indent: indent.to_owned(),
        };
        let Some(exceptions) = map.entry("exceptions") else {
            return Ok(Self {
                before: "exceptions:\n",
                ..place(0..0, text.len(), "  ")
            });
        };
        let node = exceptions.node;
        match node.value {
            Value::Null => {
                let end = end_of_line(text, exceptions.key_span.range().end);
                Ok(place(0..0, end, "  "))
            }
            Value::List([]) => {
                let before = text.get(..node.span.range().start).unwrap_or_default();
                let replaced = before.trim_end_matches(' ').len()..node.span.range().end;
                let end = end_of_line(text, replaced.end);
                Ok(place(replaced, end, "  "))
            }
            Value::List(_) if !source.slice(node.span).starts_with('[') => {
                // What a list ends with may be a block of text, which ends with its last line.
                let list = text.get(..node.span.range().end).unwrap_or_default();
                let end = end_of_line(text, list.trim_end().len());
                let start = text.get(..node.span.range().start).unwrap_or_default();
                let indent = start.rsplit('\n').next().unwrap_or_default();
                Ok(place(0..0, end, indent))
            }
            _ => Err(cannot(exceptions.key_span, "`exceptions`")),
        }
    }

    /// A text with an entry in this place, and with its own line endings.
    fn fill(&self, text: &str, entry: &str) -> String {
        let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
        let windows = text.contains("\r\n");
        let mut filled = String::with_capacity(text.len() + entry.len() + 16);
        filled.push_str(part(0..self.replaced.start));
        filled.push_str(part(self.replaced.end..self.at));
        let mut added = format!("{}{entry}", self.before);
        if !filled.is_empty() && !filled.ends_with('\n') {
            added.insert(0, '\n');
        }
        filled.push_str(&if windows {
            added.replace('\n', "\r\n")
        } else {
            added
        });
        filled.push_str(part(self.at..text.len()));
        filled
    }
}

/// What a register, which may have mistakes, says that matters to a new entry.
#[derive(Clone, Copy)]
struct Fields<'a> {
    entries: &'a [Node<'a>],
    defaults: Map<'a>,
}

impl<'a> Fields<'a> {
    fn of(root: Node<'a>) -> Self {
        let defaults = root.get("defaults").and_then(|node| node.value.as_map());
        Self {
            entries: entries(root),
            defaults: defaults.unwrap_or_default(),
        }
    }

    fn requires(self, key: &str) -> bool {
        match self.defaults.get("require") {
            Some(names) => {
                let mut names = names.value.as_list().unwrap_or(&[]).iter();
                names.any(|name| name.value.as_str() == Some(key))
            }
            None => REQUIRED_BY_DEFAULT.contains(&key),
        }
    }

    fn max_days(self) -> Option<i64> {
        self.defaults.get("max_days")?.value.as_int()
    }

    /// The id after the highest that is taken; none if the entries have none.
    fn next_id(self) -> Option<String> {
        if self.entries.is_empty() {
            return Some("EX-0001".to_owned());
        }
        let ids = self
            .entries
            .iter()
            .filter_map(|entry| entry.get("id")?.value.as_str());
        let numbered = ids.filter_map(|id| {
            let prefix = id.trim_end_matches(|char: char| char.is_ascii_digit());
            let digits = &id[prefix.len()..];
            Some((
                digits.parse::<u64>().ok()?.checked_add(1)?,
                digits.len(),
                prefix,
            ))
        });
        let (number, width, prefix) = numbered.max()?;
        Some(format!("{prefix}{number:0width$}"))
    }
}

/// The root of the first document; null if there is none.
fn root<'a>(source: &'a Source, arena: &'a Arena) -> Result<Node<'a>, Diagnostic> {
    let stream = bastide_yaml::parse(source, arena);
    let mut mistakes = stream.diagnostics.into_iter();
    match mistakes.find(|mistake| mistake.level == Level::Error) {
        Some(mistake) => Err(mistake),
        None => {
            let first = stream.documents.first();
            Ok(first.map_or(Value::Null.into(), |document| document.root))
        }
    }
}

fn entries<'a>(root: Node<'a>) -> &'a [Node<'a>] {
    let list = root.get("exceptions").and_then(|node| node.value.as_list());
    list.unwrap_or(&[])
}

/// The offset after the line that an offset lies in.
fn end_of_line(text: &str, offset: usize) -> usize {
    let rest = text.get(offset..).unwrap_or_default();
    rest.find('\n')
        .map_or(text.len(), |length| offset + length + 1)
}

fn cannot(span: Span, what: &str) -> Diagnostic {
    Diagnostic::error(
        span,
        format!("no entry can be added to {what} as it is written"),
    )
    .help("write `exceptions:` on a line of its own, and each entry below it after a `-`")
}

fn prompt(about: &str) -> String {
    format!("<{about}>")
}

/// A text as YAML: bare if it is a plain word, else in quotes.
fn scalar(text: &str) -> String {
    const WORDS: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    let plain = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-' | '.');
    let word = text.starts_with(|char: char| char.is_ascii_alphabetic())
        && text.chars().all(plain)
        && !WORDS.contains(&text.to_ascii_lowercase().as_str());
    if word {
        text.to_owned()
    } else if text.contains(['"', '\\']) && !text.contains(char::is_control) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        // What JSON puts in quotes means the same in YAML.
        serde_json::Value::from(text).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        Draft {
            check: "CKV_K8S_22".to_owned(),
            resources: vec![
                r#"module.m["k"].aws_x.y[0]"#.to_owned(),
                "Deployment.a.*".to_owned(),
            ],
            owner: None,
            expires: None,
            today: jiff::civil::date(2027, 1, 15),
        }
    }

    fn appended(register: &str) -> String {
        draft().append_to(register).unwrap()
    }

    /// What is said of a register, without places.
    fn mistakes(register: &str) -> Vec<String> {
        let mistakes = match Register::parse(register, "r.yaml") {
            Ok(_) => Vec::new(),
            Err(invalid) => invalid.mistakes,
        };
        mistakes.into_iter().map(|it| it.message).collect()
    }

    #[test]
    fn a_new_register() {
        insta::assert_snapshot!(draft().new_register().unwrap());
    }

    #[test]
    fn nothing_but_the_prompts_is_wrong_with_it() {
        let register = draft().new_register().unwrap();
        let still = ["current", "reason", "impact", "recommendation", "owner"];
        let still = still.map(|key| format!("`{key}` is still to be filled in"));
        assert_eq!(mistakes(&register), still);
        let filled = register.replace(['<', '>'], "");
        let filled = Register::parse(&filled, "r.yaml").unwrap();
        let exception = &filled.exceptions[0];
        let resources = exception.resources.iter().map(|glob| glob.as_str());
        assert_eq!(resources.collect::<Vec<_>>(), draft().resources);
        assert_eq!(exception.checks[0].as_str(), "CKV_K8S_22");
    }

    #[test]
    fn what_is_known_is_written() {
        let draft = Draft {
            owner: Some("yes".to_owned()),
            expires: Some(jiff::civil::date(2027, 2, 1)),
            resources: Vec::new(),
            ..draft()
        };
        let register = draft.append_to("defaults: {require: []}\n").unwrap();
        assert_eq!(mistakes(&register), ["`reason` is still to be filled in"]);
        assert!(register.contains("owner: \"yes\"\n"));
        assert!(register.contains("expires: 2027-02-01\n"));
        assert!(!register.contains("resources"));
    }

    #[test]
    fn the_register_says_what_is_asked() {
        let register = appended("defaults: {max_days: 30, require: [ticket]}\n");
        insta::assert_snapshot!(register);
    }

    #[test]
    fn what_is_there_stays_as_it_is() {
        let before = "# kept\nexceptions:   # kept too\n\n-  id: 'X-09'\n   check: A # kept\n   reason: |\n     Because.\n\n     So.\n";
        let after = "\n# of what follows\nattestations: []   \n";
        let register = appended(&format!("{before}{after}"));
        let added = register
            .strip_prefix(before)
            .and_then(|rest| rest.strip_suffix(after));
        let added = added.expect("nothing else has changed");
        assert!(
            added.starts_with("- id: X-10\n  check: CKV_K8S_22"),
            "{added}"
        );
    }

    #[test]
    fn ids_go_on_only_where_there_are_some() {
        let without = appended("exceptions:\n  - check: A\n");
        assert!(without.starts_with("exceptions:\n  - check: A\n  - check: CKV_K8S_22"));
        let twice = appended(&appended("exceptions:\n"));
        assert!(twice.contains("id: EX-0001") && twice.contains("id: EX-0002"));
    }

    #[test]
    fn it_goes_wherever_the_list_is_or_could_be() {
        for register in [
            "",
            "# nothing\n",
            "version: 1",
            "exceptions:",
            "exceptions: # none\nversion: 1\n",
            "exceptions: []",
            "exceptions: [ ]   # none yet\nversion: 1\n",
            "exceptions:\n- check: A\nversion: 1\n",
            "version: 1\nexceptions:\n    - {check: A}",
        ] {
            let result = appended(register);
            let arena = Arena::new();
            let source = Source::new(Register::FILE, "r.yaml", result);
            let last = entries(root(&source, &arena).unwrap()).last().unwrap();
            let check = last.get("check").unwrap().value;
            assert_eq!(check, Value::String("CKV_K8S_22"), "{register}");
        }
    }

    #[test]
    fn line_endings_are_kept() {
        let register = appended("version: 1\r\nexceptions:\r\n  - check: A\r\n");
        assert_eq!(
            register.matches('\n').count(),
            register.matches("\r\n").count()
        );
    }

    #[test]
    fn where_no_entry_can_be_added_that_is_said() {
        for register in [
            "exceptions: [{check: A}]\n",
            "exceptions: none\n",
            "- check: A\n",
            "{version: 1}\n",
            "exceptions: [\n",
            "version: 1\n---\n",
        ] {
            assert!(draft().append_to(register).is_err(), "{register}");
        }
    }
}
