//! Reads a register that holds to the format, and checks what the format alone does not say.

use std::collections::HashMap;

use bastide_check::Framework;
use bastide_source::{Source, Span};
use bastide_value::{Arena, Map, Node, Value};
use jiff::civil::Date;

use super::format::{EXCEPTION, REGISTER, REQUIRED_BY_DEFAULT};
use super::validate::{Validator, parse_date};
use super::{Attestation, Evidence, Exception, Expect, Inline, InvalidRegister, Kind, Register};
use crate::{Glob, Spanned};

/// Reads a register.
pub(super) fn parse(source: Source) -> Result<Register, InvalidRegister> {
    let arena = Arena::new();
    let stream = bastide_yaml::parse(&source, &arena);
    let mut validator = Validator::default();
    for diagnostic in stream.diagnostics {
        validator.syntax(diagnostic, &source);
    }
    if let Some(second) = stream.documents.get(1) {
        let start = second.span.start as usize;
        validator.mistake(
            Span::new(second.span.file, start, start),
            "a register is one document, and here a second starts",
            "move what follows into the first, and remove the `---`",
        );
    }
    let root = stream.documents.first().map(|document| document.root);
    let root = root.filter(|root| !root.value.is_null());
    let mut read = Reader::default();
    if let Some(root) = &root {
        validator.mapping(root, REGISTER, "the register");
        let fields = Fields(root.value.as_map().unwrap_or_default());
        if validator.saw_all() {
            read.register(fields, &source, &mut validator);
        }
    }
    let mut mistakes = validator.mistakes;
    mistakes.sort();
    mistakes.dedup();
    if mistakes.is_empty() {
        Ok(Register {
            source,
            max_days: read.max_days,
            inline: read.inline,
            exceptions: read.exceptions,
            attestations: read.attestations,
        })
    } else {
        Err(InvalidRegister {
            file: source,
            mistakes,
        })
    }
}

/// What has been read.
#[derive(Default)]
struct Reader {
    max_days: Option<u32>,
    inline: Inline,
    required: Vec<String>,
    exceptions: Vec<Exception>,
    attestations: Vec<Attestation>,
}

impl Reader {
    /// Whatever is not as it should be has been said already, and is passed over here.
    fn register(&mut self, fields: Fields<'_>, source: &Source, validator: &mut Validator) {
        let inline = fields.str("inline");
        let inline = Inline::ALL.into_iter().find(|it| Some(it.name()) == inline);
        self.inline = inline.unwrap_or_default();
        let defaults = fields.fields("defaults");
        self.max_days = defaults.number("max_days");
        self.required = match defaults.0.contains("require") {
            true => defaults.strings("require"),
            false => REQUIRED_BY_DEFAULT.map(str::to_owned).to_vec(),
        };
        for node in fields.list("exceptions") {
            self.exception(node, validator);
        }
        say_which_ids_repeat(fields.list("exceptions"), source, validator);
        for node in fields.list("attestations") {
            self.attestation(node, validator);
        }
    }

    fn exception(&mut self, node: &Node<'_>, validator: &mut Validator) {
        let Some(map) = node.value.as_map() else {
            return;
        };
        // What must be given in any case has been missed already.
        let asked = |name: &str| self.required.iter().any(|required| required == name);
        for key in EXCEPTION
            .iter()
            .filter(|key| !key.required && asked(key.name))
        {
            validator.require(map, key, node.span, "an exception");
        }
        let fields = Fields(map);
        let checks = fields.globs("check", Glob::id);
        let broad = checks.iter().find(|check| check.is_everything());
        if let Some(check) = broad.filter(|_| fields.flag("allow_broad") != Some(true)) {
            validator.mistake(
                check.span,
                format!("`{check}` accepts the findings of every check"),
                "name the checks that are meant, or add `allow_broad: true`",
            );
        }
        if let Some(expect) = fields.expect().filter(|expect| expect.min > expect.max) {
            validator.mistake(
                expect.span,
                format!("`min` is {}, but `max` is {}", expect.min, expect.max),
                "let `max` be at least `min`",
            );
        }
        say_if_reversed(fields, "created", validator);
        self.exceptions.extend(exception(fields, node.span));
    }

    fn attestation(&mut self, node: &Node<'_>, validator: &mut Validator) {
        let fields = Fields(node.value.as_map().unwrap_or_default());
        say_if_reversed(fields, "on", validator);
        self.attestations.extend(attestation(fields, node.span));
    }
}

/// `None` if what it cannot be without is not there.
fn exception(fields: Fields<'_>, span: Span) -> Option<Exception> {
    let framework = |name: &str| Framework::ALL.iter().copied().find(|it| it.name() == name);
    let kind = fields.str("kind");
    Some(Exception {
        id: fields.spanned("id"),
        title: fields.string("title"),
        checks: fields.globs("check", Glob::id),
        resources: fields.globs("resources", Glob::address),
        files: fields.globs("files", Glob::path),
        framework: fields.str("framework").and_then(framework),
        evidence: fields.evidence(),
        expect: fields.expect(),
        kind: Kind::ALL
            .into_iter()
            .find(|it| Some(it.name()) == kind)
            .unwrap_or_default(),
        current: fields.prose("current"),
        reason: fields.prose("reason"),
        impact: fields.prose("impact"),
        recommendation: fields.prose("recommendation"),
        compensating_controls: fields.strings("compensating_controls"),
        owner: fields.prose("owner"),
        approved_by: fields.strings("approved_by"),
        created: fields.date("created").map(|date| date.value),
        expires: fields.date("expires")?,
        ticket: fields.string("ticket"),
        links: fields.strings("links"),
        span,
    })
}

fn attestation(fields: Fields<'_>, span: Span) -> Option<Attestation> {
    Some(Attestation {
        control: fields.prose("control"),
        statement: fields.prose("statement"),
        by: fields.prose("by"),
        on: fields.date("on")?.value,
        expires: fields.date("expires")?,
        evidence: fields.prose("evidence"),
        span,
    })
}

/// Says so if something expires before it starts.
fn say_if_reversed(fields: Fields<'_>, name: &str, validator: &mut Validator) {
    if let (Some(start), Some(end)) = (fields.date(name), fields.date("expires"))
        && start.value > end.value
    {
        validator.mistake(
            end.span,
            format!("`expires` lies before `{name}`, which is {start}"),
            "one of the two days is wrong: correct it",
        );
    }
}

fn say_which_ids_repeat(entries: &[Node<'_>], source: &Source, validator: &mut Validator) {
    let mut first: HashMap<&str, Span> = HashMap::new();
    for node in entries.iter().filter_map(|entry| entry.get("id")) {
        let Some(id) = node.value.as_str() else {
            continue;
        };
        match first.get(id) {
            Some(taken) => {
                let line = source.line_span(*taken).0;
                validator.mistake(
                    node.span,
                    format!("the id `{id}` is taken on line {line}"),
                    "give each exception an id of its own, and never use one again",
                );
            }
            None => {
                first.insert(id, node.span);
            }
        }
    }
}

/// The entries of a mapping, by type. What is of another type is not there.
#[derive(Clone, Copy)]
struct Fields<'a>(Map<'a>);

impl<'a> Fields<'a> {
    fn str(self, name: &str) -> Option<&'a str> {
        self.0.get(name)?.value.as_str().map(str::trim)
    }

    fn string(self, name: &str) -> Option<String> {
        self.str(name).map(str::to_owned)
    }

    fn prose(self, name: &str) -> String {
        self.string(name).unwrap_or_default()
    }

    fn spanned(self, name: &str) -> Option<Spanned<String>> {
        Some(Spanned::new(self.string(name)?, self.0.get(name)?.span))
    }

    fn flag(self, name: &str) -> Option<bool> {
        self.0.get(name)?.value.as_bool()
    }

    fn number(self, name: &str) -> Option<u32> {
        u32::try_from(self.0.get(name)?.value.as_int()?).ok()
    }

    fn date(self, name: &str) -> Option<Spanned<Date>> {
        let node = self.0.get(name)?;
        Some(Spanned::new(parse_date(node.value.as_str()?)?, node.span))
    }

    fn list(self, name: &str) -> &'a [Node<'a>] {
        let node = self.0.get(name);
        node.and_then(|node| node.value.as_list()).unwrap_or(&[])
    }

    fn fields(self, name: &str) -> Self {
        let node = self.0.get(name);
        Self(
            node.and_then(|node| node.value.as_map())
                .unwrap_or_default(),
        )
    }

    /// One text, or those of a list.
    fn texts(self, name: &str) -> Vec<Spanned<&'a str>> {
        let Some(node) = self.0.get(name) else {
            return Vec::new();
        };
        let items = node.value.as_list().unwrap_or(std::slice::from_ref(node));
        let text = |item: &Node<'a>| Some(Spanned::new(item.value.as_str()?.trim(), item.span));
        items.iter().filter_map(text).collect()
    }

    fn strings(self, name: &str) -> Vec<String> {
        let texts = self.texts(name).into_iter();
        texts.map(|text| text.value.to_owned()).collect()
    }

    fn globs(self, name: &str, glob: fn(&str) -> Glob) -> Vec<Spanned<Glob>> {
        let texts = self.texts(name).into_iter();
        texts
            .map(|text| Spanned::new(glob(text.value), text.span))
            .collect()
    }

    fn evidence(self) -> Vec<Evidence> {
        let entries = self.fields("evidence").0.entries().iter();
        entries
            .map(|entry| Evidence {
                path: entry.key.to_owned(),
                value: match entry.node.value {
                    Value::Null => None,
                    Value::String(text) => Some(text.to_owned()),
                    other => Some(other.to_string()),
                },
                span: entry.span(),
            })
            .collect()
    }

    fn expect(self) -> Option<Spanned<Expect>> {
        let expect = Expect {
            min: self.fields("expect").number("min").unwrap_or(0),
            max: self.fields("expect").number("max").unwrap_or(u32::MAX),
        };
        Some(Spanned::new(expect, self.0.get("expect")?.span))
    }
}

#[cfg(test)]
mod tests {
    use bastide_source::Diagnostic;

    use super::*;

    /// The mistakes in a register as a person sees them.
    fn mistakes(text: &str) -> String {
        let Err(invalid) = Register::parse(text, "bastide.exceptions.yaml") else {
            return String::new();
        };
        let show = |mistake: &Diagnostic| {
            let at = mistake.span.unwrap_or_default();
            let place = invalid.file.position(at.start);
            let underlined = invalid.file.slice(at).lines().next().unwrap_or_default();
            let help = mistake.help.as_deref().unwrap_or("none");
            format!(
                "{}:{} {underlined}\n  {}\n  help: {help}\n",
                place.line, place.column, mistake.message
            )
        };
        invalid.mistakes.iter().map(show).collect()
    }

    #[test]
    fn every_kind_of_mistake() {
        insta::assert_snapshot!(mistakes(include_str!("../../fixtures/mistakes.yaml")));
    }

    #[test]
    fn text_that_is_no_register_at_all() {
        let texts = [
            "exceptions:\n  - check: [CKV_K8S_22\n",
            "- check: CKV_K8S_22\n",
            "version: 1\n---\nversion: 1\n",
            "exceptions:\n  - expires: 2027-02-29\n",
            "exceptions: CKV_K8S_22\n",
        ];
        insta::assert_snapshot!(texts.map(mistakes).join("\n"));
    }

    #[test]
    fn all_that_an_entry_can_say() {
        let text = include_str!("../../fixtures/whole.yaml");
        let register = Register::parse(text, "r.yaml").unwrap();
        assert_eq!(register.inline, Inline::RequireRegister);
        assert_eq!(register.max_days, Some(365));
        let [whole, least] = &register.exceptions[..] else {
            panic!("there are two");
        };
        assert_eq!(whole.id.as_ref().unwrap().value, "EX-0007");
        assert_eq!(whole.checks.len(), 2);
        assert_eq!(whole.resources[0].as_str(), r#"module.alb["*"].aws_lb.*"#);
        assert_eq!(whole.framework, Some(Framework::Terraform));
        assert_eq!(whole.evidence[0].path, "enable_deletion_protection");
        assert_eq!(whole.evidence[0].value.as_deref(), Some("false"));
        assert_eq!(whole.evidence[1].value, None);
        assert_eq!(whole.expect.unwrap().value, Expect { min: 1, max: 4 });
        assert_eq!(whole.kind, Kind::Mitigated);
        assert_eq!(whole.reason, "It is torn down\nevery night.");
        assert_eq!(whole.created.unwrap().to_string(), "2026-10-01");
        assert_eq!(whole.expires.to_string(), "2027-03-31");
        assert_eq!(register.source.slice(whole.expires.span), "2027-03-31");
        assert_eq!(whole.approved_by, ["a.person"]);
        assert_eq!(whole.compensating_controls.len(), 1);
        assert_eq!(whole.links.len(), 1);
        assert_eq!(least.checks[0].as_str(), "CKV_K8S_8");
        assert_eq!(least.kind, Kind::AcceptedRisk);
        assert_eq!(least.impact, "");
        assert_eq!(register.attestations[0].on.to_string(), "2026-11-02");
        assert_eq!(register.attestations[0].by, "security-team");
    }

    #[test]
    fn aliases_cannot_make_much_of_little() {
        let files = "x, ".repeat(2_000);
        let entries = "  - *entry\n".repeat(2_000);
        let text = format!("exceptions:\n  - &entry\n    files: [{files}]\n{entries}");
        let said = mistakes(&text);
        assert!(said.contains("unfold to too many values"));
    }

    #[test]
    fn an_empty_register_is_one() {
        for text in [
            "",
            "# nothing yet\n",
            "version: 1\nexceptions:\n",
            "exceptions: []\n",
        ] {
            let register = Register::parse(text, "r.yaml").unwrap();
            assert!(register.exceptions.is_empty());
        }
    }
}
