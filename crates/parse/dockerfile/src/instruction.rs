use bastide_source::Span;

use crate::docker::known_keyword;
use crate::space::{split_word, trim_start};
use crate::{Heredoc, Words};

/// An instruction.
#[derive(Clone, Copy, Debug)]
pub struct Instruction<'a> {
    /// Its first word in upper case: `FROM`, `RUN`, or a word that Docker does not know.
    pub keyword: &'a str,
    /// What follows the keyword, with continued lines joined: escape characters and the white space
    /// around them go, white space at the start of a line stays. Of a folded heredoc, its commands
    /// joined with `&&`.
    pub value: &'a str,
    /// Its lines as written but for the comments between them. Each ends with `\n`, except the last
    /// of the file. A folded heredoc is the one line that it is folded into.
    pub content: &'a str,
    /// From the keyword to the end of the last line.
    pub span: Span,
    /// The keyword.
    pub keyword_span: Span,
    /// The value, from its start to its end.
    pub value_span: Span,
    /// The heredocs that it opens, in order.
    pub heredocs: &'a [Heredoc<'a>],
    /// Whether this is an instruction to Checkov alone. To Docker it is a part of a heredoc, or the
    /// rest of an instruction after a blank line.
    pub stray: bool,
    pub(crate) escape: char,
    /// Whether the value is a part of the source: on one line, and no folded heredoc.
    pub(crate) verbatim: bool,
}

impl<'a> Instruction<'a> {
    /// The flags that stand before the arguments.
    pub fn flags(&self) -> impl Iterator<Item = Flag<'a>> + use<'a> {
        Words::new(self.value, self.escape).map_while(Flag::new)
    }

    /// The first flag of a name, which is given without dashes.
    pub fn flag(&self, name: &str) -> Option<Flag<'a>> {
        self.flags().find(|flag| flag.name == name)
    }

    /// The value without its flags.
    pub fn arguments(&self) -> &'a str {
        self.words().rest()
    }

    /// The words of the arguments.
    pub fn words(&self) -> Words<'a> {
        let mut words = Words::new(self.value, self.escape);
        // Two dashes alone end the flags.
        while words.rest().starts_with("--") && words.next() != Some("--") {}
        words
    }

    /// The strings of an exec form, `["program", "argument"]`; `None` if it is a shell form.
    pub fn exec_form(&self) -> Option<Vec<String>> {
        let arguments = self.arguments();
        if arguments.starts_with('[') {
            serde_json::from_str(arguments).ok()
        } else {
            None
        }
    }

    /// The instruction in an `ONBUILD`.
    pub fn trigger(&self) -> Option<Self> {
        if self.keyword != "ONBUILD" {
            return None;
        }
        let (word, rest) = split_word(self.value);
        let value = trim_start(rest);
        Some(Self {
            keyword: known_keyword(word)?,
            value,
            keyword_span: self.place(word),
            value_span: self.place(value),
            ..*self
        })
    }

    /// Where a part of the value is written, such as one of its words. The whole instruction if the
    /// value is spread over lines, or if this is no part of it.
    pub fn place(&self, part: &str) -> Span {
        let address = |text: &str| text.as_ptr().addr();
        let offset = address(part)
            .checked_sub(address(self.value))
            .filter(|offset| self.verbatim && offset + part.len() <= self.value.len());
        offset.map_or(self.span, |offset| {
            let start = self.value_span.range().start + offset;
            Span::new(self.span.file, start, start + part.len())
        })
    }
}

/// `--name` or `--name=value`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flag<'a> {
    /// The name without dashes.
    pub name: &'a str,
    /// What follows the `=`, as written.
    pub value: Option<&'a str>,
}

impl<'a> Flag<'a> {
    fn new(word: &'a str) -> Option<Self> {
        let flag = word.strip_prefix("--").filter(|flag| !flag.is_empty())?;
        let (name, value) = match flag.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (flag, None),
        };
        Some(Self { name, value })
    }
}

#[cfg(test)]
mod tests {
    use bastide_source::{FileId, Source};

    use super::*;
    use crate::{Arena, parse};

    fn first<T>(text: &str, look: impl Fn(&Source, &Instruction<'_>) -> T) -> T {
        let source = Source::new(FileId(0), "Dockerfile", text.to_owned());
        look(&source, &parse(&source, &Arena::new()).instructions[0])
    }

    #[test]
    fn flags_end_at_the_first_argument() {
        let text = "RUN --mount=type=cache,target=/x --network=none --link a --b\n";
        first(text, |_, run| {
            let flags: Vec<_> = run.flags().map(|it| (it.name, it.value)).collect();
            assert_eq!(
                flags,
                [
                    ("mount", Some("type=cache,target=/x")),
                    ("network", Some("none")),
                    ("link", None)
                ]
            );
            assert_eq!(run.flag("network"), Some(flags_network()));
            assert_eq!(run.flag("b"), None);
            assert_eq!(run.arguments(), "a --b");
        });
        first("COPY --chown=a -- --b /c\n", |_, copy| {
            assert_eq!(copy.flags().count(), 1);
            assert_eq!(copy.words().collect::<Vec<_>>(), ["--b", "/c"]);
        });
    }

    fn flags_network() -> Flag<'static> {
        Flag {
            name: "network",
            value: Some("none"),
        }
    }

    #[test]
    fn words_follow_the_escape_directive() {
        first("# escape=`\nCOPY a c:\\b\\ d` e\n", |_, copy| {
            assert_eq!(copy.words().collect::<Vec<_>>(), ["a", "c:\\b\\", "d` e"]);
        });
    }

    #[test]
    fn the_exec_form_is_a_list_of_strings() {
        let exec_form = |text: &str| first(text, |_, it| it.exec_form());
        let strings = Some(vec!["sh".to_owned(), "-c a".to_owned()]);
        assert_eq!(exec_form("CMD [\"sh\", \\\n \"-c a\"]\n"), strings);
        assert_eq!(exec_form("RUN --link [\"sh\", \"-c a\"]\n"), strings);
        assert_eq!(exec_form("CMD []\n"), Some(Vec::new()));
        for shell in ["sh -c a", "['sh']", "[1]", "[\"a\"] b", ""] {
            assert_eq!(exec_form(&format!("CMD {shell}\n")), None, "{shell}");
        }
    }

    #[test]
    fn triggers() {
        first("ONBUILD run --link  a\n", |source, onbuild| {
            let run = onbuild.trigger().expect("a RUN");
            assert_eq!((run.keyword, run.arguments()), ("RUN", "a"));
            assert_eq!(source.slice(run.keyword_span), "run");
            assert_eq!(source.slice(run.place(run.arguments())), "a");
        });
        for text in ["ONBUILD x y\n", "ONBUILD \n", "RUN run a\n"] {
            assert!(first(text, |_, it| it.trigger().is_none()), "{text}");
        }
    }

    #[test]
    fn places_of_parts() {
        first("\tFROM  a:1  AS b\n", |source, from| {
            assert_eq!(source.slice(from.value_span), "a:1  AS b");
            let words: Vec<_> = from
                .words()
                .map(|it| source.slice(from.place(it)))
                .collect();
            assert_eq!(words, ["a:1", "AS", "b"]);
            assert_eq!(from.place("elsewhere"), from.span);
        });
        first("FROM a:1 \\\n AS b\n", |source, from| {
            assert_eq!(source.slice(from.value_span), "a:1 \\\n AS b");
            assert_eq!(from.place(from.value), from.span);
        });
    }
}
