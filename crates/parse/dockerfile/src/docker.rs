use std::iter;

use bastide_source::{Diagnostic, Source, Span};

use crate::lines::Line;
use crate::space::strip_escape;
use crate::{Arena, Heredoc, Instruction, Words};

/// What Docker makes of the lines that are read: where instructions start, and where heredocs end.
pub(crate) struct Docker<'a> {
    source: &'a Source,
    arena: &'a Arena,
    /// The character that continues a line for Docker.
    pub(crate) escape: char,
    /// Whether the last line is continued.
    continued: bool,
    /// Whether heredocs may be opened by the last instruction, and so by strays that continue it.
    takes_heredocs: bool,
    /// Where the heredocs that have been opened end.
    heredoc_end: usize,
    /// Whether an unknown instruction is worth a warning: there was none before, and no other frontend
    /// with instructions of its own reads the file.
    pub(crate) warns: bool,
}

impl<'a> Docker<'a> {
    pub(crate) fn new(source: &'a Source, arena: &'a Arena) -> Self {
        Self {
            source,
            arena,
            escape: '\\',
            continued: false,
            takes_heredocs: false,
            heredoc_end: 0,
            warns: true,
        }
    }

    /// Takes a line that is not a comment; says whether an instruction starts with it.
    pub(crate) fn starts(&mut self, line: &Line<'_>) -> bool {
        if line.start < self.heredoc_end || line.bare.is_empty() {
            return false;
        }
        let starts = !self.continued && self.is_line_start(line.start);
        self.continued = !line.is_folded()
            && strip_escape(line.bare, self.escape)
                .is_some_and(|rest| strip_escape(rest, self.escape).is_none());
        starts
    }

    /// Takes an instruction that has been read from these lines: finds its heredocs, and warns if
    /// Docker refuses it.
    pub(crate) fn finish(
        &mut self,
        instruction: &mut Instruction<'a>,
        lines: &[Line<'a>],
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
            return;
        };
        if first.start < self.heredoc_end {
            return;
        }
        if !instruction.stray {
            let keyword = instruction.keyword;
            self.takes_heredocs = matches!(keyword, "RUN" | "COPY" | "ADD" | "ONBUILD");
            if let Some(warning) = self.unknown_keyword(instruction) {
                diagnostics.push(warning);
            }
        }
        if !self.takes_heredocs {
            return;
        }
        let text = if first.is_folded() {
            let opening = instruction.keyword_span.range().end..first.body;
            self.source.text.get(opening).unwrap_or("")
        } else {
            instruction.value
        };
        let opens = if instruction.stray {
            text.contains("<<") || instruction.keyword.contains("<<")
        } else {
            text.contains("<<") && may_open_heredocs(instruction)
        };
        if opens {
            let keyword = instruction.keyword_span;
            instruction.heredocs = self.heredocs(keyword, text, last.body, diagnostics);
        }
    }

    /// The heredocs that a keyword and what follows it open; the first body begins at `from`.
    fn heredocs(
        &mut self,
        keyword: Span,
        text: &'a str,
        mut from: usize,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> &'a [Heredoc<'a>] {
        let source = self.source;
        let mut heredocs = Vec::new();
        for word in iter::once(source.slice(keyword)).chain(Words::new(text, self.escape)) {
            let Some(mut heredoc) = Heredoc::opened_by(word, self.escape, self.arena) else {
                continue;
            };
            let closed = heredoc.close(&source.text, from);
            let (end, next) = closed.unwrap_or((source.text.len(), source.text.len()));
            heredoc.body = Span::new(source.id, from, end);
            heredocs.push(heredoc);
            from = next;
            if closed.is_none() {
                diagnostics.push(unclosed(keyword, heredoc.delimiter));
                break;
            }
        }
        if !heredocs.is_empty() {
            self.heredoc_end = from;
            self.continued = false;
        }
        self.arena.alloc_slice_copy(&heredocs)
    }

    /// A warning about the first instruction that Docker does not know: with it the build fails.
    fn unknown_keyword(&mut self, instruction: &Instruction<'_>) -> Option<Diagnostic> {
        let keyword = instruction.keyword;
        let is_cut = keyword.ends_with(self.escape);
        if !self.warns || is_cut || KEYWORDS.contains(&keyword) {
            return None;
        }
        self.warns = false;
        let message = format!("`{keyword}` is not an instruction that Docker knows");
        Some(
            Diagnostic::warning(instruction.keyword_span, message).help(format!(
                "start the line with an instruction like `RUN`, or end the line before it with `{}`",
                self.escape
            )),
        )
    }

    fn is_line_start(&self, offset: usize) -> bool {
        self.source
            .text
            .get(..offset)
            .is_some_and(|before| matches!(before, "" | "\u{feff}") || before.ends_with('\n'))
    }
}

/// The instructions of Docker, the most frequent ones first.
const KEYWORDS: [&str; 18] = [
    "RUN",
    "COPY",
    "ENV",
    "FROM",
    "ARG",
    "WORKDIR",
    "CMD",
    "ADD",
    "ENTRYPOINT",
    "EXPOSE",
    "HEALTHCHECK",
    "LABEL",
    "MAINTAINER",
    "ONBUILD",
    "SHELL",
    "STOPSIGNAL",
    "USER",
    "VOLUME",
];

/// The instruction of Docker that a word names, in upper case.
pub(crate) fn known_keyword(word: &str) -> Option<&'static str> {
    KEYWORDS
        .into_iter()
        .find(|keyword| word.eq_ignore_ascii_case(keyword))
}

fn unclosed(keyword: Span, delimiter: &str) -> Diagnostic {
    Diagnostic::warning(
        keyword,
        format!("the heredoc `{delimiter}` is never closed"),
    )
    .help(format!("close it with a line that is `{delimiter}` alone"))
}

/// Whether this is an instruction of the kind and form in which Docker looks for heredocs.
fn may_open_heredocs(instruction: &Instruction<'_>) -> bool {
    let trigger = instruction.trigger();
    let instruction = trigger.as_ref().unwrap_or(instruction);
    matches!(instruction.keyword, "RUN" | "COPY" | "ADD") && instruction.exec_form().is_none()
}

#[cfg(test)]
mod tests {
    use bastide_source::{FileId, Level};

    use super::*;
    use crate::parse;

    fn source(text: &str) -> Source {
        Source::new(FileId(0), "Dockerfile", text.to_owned())
    }

    /// The places of the warnings.
    fn warnings(text: &str) -> Vec<String> {
        let source = source(text);
        let diagnostics = parse(&source, &Arena::new()).diagnostics;
        assert!(diagnostics.iter().all(|it| it.level == Level::Warning));
        let places = diagnostics.iter().filter_map(|it| it.span);
        places.map(|place| source.slice(place).to_owned()).collect()
    }

    /// The keywords of instructions that are none to Docker.
    fn strays(text: &str) -> Vec<String> {
        let source = source(text);
        let arena = Arena::new();
        let file = parse(&source, &arena);
        let strays = file.instructions.iter().filter(|it| it.stray);
        strays.map(|it| it.keyword.to_owned()).collect()
    }

    /// Delimiter and body of each heredoc.
    fn heredocs(text: &str) -> Vec<(String, String)> {
        let source = source(text);
        let arena = Arena::new();
        let file = parse(&source, &arena);
        let heredocs = file.instructions.iter().flat_map(|it| it.heredocs);
        heredocs
            .map(|it| (it.delimiter.to_owned(), source.slice(it.body).to_owned()))
            .collect()
    }

    fn doc(delimiter: &str, body: &str) -> (String, String) {
        (delimiter.to_owned(), body.to_owned())
    }

    #[test]
    fn the_first_unknown_instruction_is_a_warning() {
        assert_eq!(warnings("FROM a\nruns b\nruns c\n"), ["runs"]);
        assert!(warnings("from a\nRun b\nMaintainer c\nstopsignal d\n").is_empty());
    }

    #[test]
    fn what_docker_takes_is_no_warning() {
        for text in [
            "RUN a \\\n\n  && b \\\n\n  && c\n",
            "RUN\\\n a\n",
            "\\\nRUN a\n",
            "COPY <<X /a\nb c\nX\n",
            "# syntax=example/frontend\nINCLUDE a\n",
            "# check=skip=all\n# escape=`\nRUN a `\n b c\n",
            "RUN a \u{c}b c\n",
        ] {
            assert!(warnings(text).is_empty(), "{text:?}");
        }
        let text = "# syntax=docker.io/docker/dockerfile:1\nINCLUDE a\n";
        assert_eq!(warnings(text), ["INCLUDE"]);
    }

    #[test]
    fn what_follows_a_blank_line_is_stray() {
        let text = "RUN a \\\n\n  # b\n  && c \\\n\n  && d\nUSER e\n";
        assert_eq!(strays(text), ["&&", "&&"]);
        assert!(strays("RUN a \\\\\n\nUSER b\n").is_empty());
    }

    #[test]
    fn lines_of_heredocs_are_stray() {
        let text = "COPY <<X /a\nUSER b\nRUN c \\\nX\nUSER d\nX\nUSER e\n";
        assert_eq!(strays(text), ["USER", "RUN"]);
        assert_eq!(heredocs(text), [doc("X", "USER b\nRUN c \\\n")]);
    }

    #[test]
    fn several_heredocs_follow_one_another() {
        let text = "COPY --link <<A <<-\"B\" /c/\na\nA\n\tb\n\tB\nUSER d\n";
        assert_eq!(heredocs(text), [doc("A", "a\n"), doc("B", "\tb\n")]);
        assert_eq!(strays(text), ["A", "A", "B", "B"]);
    }

    #[test]
    fn a_heredoc_starts_after_the_last_line() {
        let text = "RUN cat <<X \\\n  && b\nc\nX\nUSER d\n";
        assert_eq!(heredocs(text), [doc("X", "c\n")]);
    }

    #[test]
    fn folded_heredocs() {
        assert_eq!(heredocs("RUN <<EOF\na\nEOF\nUSER b\n"), [doc("EOF", "a\n")]);
        let two = "RUN <<EOF 3<<X\na\nEOF\nb c\nX\nUSER d\n";
        assert_eq!(heredocs(two), [doc("EOF", "a\n"), doc("X", "b c\n")]);
        assert_eq!(strays(two), ["B", "X"]);
    }

    #[test]
    fn only_some_instructions_open_heredocs() {
        assert_eq!(heredocs("ONBUILD COPY <<X /a\nb\nX\n"), [doc("X", "b\n")]);
        for text in [
            "CMD cat <<X\nX\n",
            "RUN [\"cat\", \"<<X\"]\nX\n",
            "RUN echo '<<X' \"a <<X\" $((1<<X))\nX\n",
        ] {
            assert!(heredocs(text).is_empty(), "{text:?}");
        }
    }

    #[test]
    fn a_heredoc_that_nothing_closes() {
        let text = "COPY <<A <<B /c\nd e\n A\n";
        assert_eq!(heredocs(text), [doc("A", "d e\n A\n")]);
        assert_eq!(warnings(text), ["COPY"]);
        assert_eq!(warnings("RUN <<EOF\na\n EOF\nb c\n"), ["RUN"]);
    }
}
