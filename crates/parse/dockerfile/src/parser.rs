use bastide_source::{Diagnostic, Source, Span};
use bumpalo::collections::{String as BumpString, Vec as BumpVec};

use crate::docker::{Docker, known_keyword};
use crate::lines::{Line, Lines};
use crate::space::{is_space, split_word, strip_escape, trim, trim_end, trim_start};
use crate::{Arena, Comment, Dockerfile, Instruction, Stage};

/// The state of a parse, which goes by lines as Checkov does.
pub(crate) struct Parser<'a> {
    source: &'a Source,
    arena: &'a Arena,
    docker: Docker<'a>,
    escape: char,
    syntax: Option<&'a str>,
    /// Whether the next line may be a parser directive.
    directives: bool,
    /// Whether Checkov would obey `# escape=`: not after `# check=`, which it does not know.
    obeys_escape: bool,
    line_count: u32,
    /// The lines of the instruction that is being read.
    lines: Vec<Line<'a>>,
    /// Whether to Docker it is none.
    stray: bool,
    instructions: BumpVec<'a, Instruction<'a>>,
    comments: BumpVec<'a, Comment<'a>>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Parser<'a> {
    pub(crate) fn new(source: &'a Source, arena: &'a Arena) -> Self {
        Self {
            source,
            arena,
            docker: Docker::new(source, arena),
            escape: '\\',
            syntax: None,
            directives: true,
            obeys_escape: true,
            line_count: 0,
            lines: Vec::new(),
            stray: false,
            // About as many as there usually are.
            instructions: BumpVec::with_capacity_in(source.text.len() / 64, arena),
            comments: BumpVec::new_in(arena),
            diagnostics: Vec::new(),
        }
    }

    pub(crate) fn file(mut self) -> Dockerfile<'a> {
        let mut lines = Lines::new(&self.source.text, self.arena);
        let mut ahead = lines.next();
        while let Some(line) = ahead {
            ahead = lines.next();
            let is_last = ahead.is_none();
            if !(is_last && line.text.is_empty()) {
                self.line(line, is_last);
            }
        }
        self.report_unread(lines.unclosed);
        let instructions = self.instructions.into_bump_slice();
        Dockerfile {
            instructions,
            comments: self.comments.into_bump_slice(),
            stages: Stage::all(instructions, self.arena),
            escape: self.escape,
            syntax: self.syntax,
            line_count: self.line_count,
            diagnostics: self.diagnostics,
        }
    }

    fn line(&mut self, line: Line<'a>, is_last: bool) {
        self.line_count += 1;
        if self.directives {
            self.directive(line.bare);
        }
        if line.bare.starts_with('#') {
            self.comment(line);
            return;
        }
        let starts = self.docker.starts(&line);
        if self.lines.is_empty() {
            // A line ending makes an instruction of a single word, and the last line has none.
            let is_cut = is_last && !trim_start(line.text).contains(is_space);
            if is_cut || line.bare.is_empty() {
                return;
            }
            self.stray = !starts;
        }
        self.lines.push(line);
        if strip_escape(line.bare, self.escape).is_none() {
            self.instruction(is_last);
            self.lines.clear();
        }
    }

    fn comment(&mut self, line: Line<'a>) {
        let text = trim_start(line.text);
        self.comments.push(Comment {
            text: trim_start(text.strip_prefix('#').unwrap_or(text)),
            span: self.span(line.end - text.len(), line.end),
        });
    }

    /// Obeys a parser directive; any other line ends them.
    fn directive(&mut self, line: &'a str) {
        let comment = line.strip_prefix('#').unwrap_or("");
        let (name, value) = comment.split_once('=').unwrap_or_default();
        let (name, value) = (trim(name), trim(value));
        if name.eq_ignore_ascii_case("escape") && matches!(value, "\\" | "`") {
            self.docker.escape = if value == "`" { '`' } else { '\\' };
            if self.obeys_escape {
                self.escape = self.docker.escape;
            }
        } else if name.eq_ignore_ascii_case("syntax") {
            let image = value.strip_prefix("docker.io/").unwrap_or(value);
            self.docker.warns &= image.starts_with("docker/dockerfile");
            self.syntax = self.syntax.or(Some(value));
        } else if name.eq_ignore_ascii_case("check") {
            self.obeys_escape = false;
        } else {
            self.directives = false;
        }
    }

    /// Makes an instruction of the lines that have been collected.
    fn instruction(&mut self, is_last: bool) {
        let (Some(first), Some(last)) = (self.lines.first(), self.lines.last()) else {
            return;
        };
        let (word, rest) = split_word(first.bare);
        let rest = trim_start(rest);
        let value = self.value(rest);
        let verbatim = self.lines.len() == 1 && !first.is_folded();

        let indent = first.text.len() - trim_start(first.text).len();
        let start = first.start + indent;
        let end = if last.text.is_empty() {
            last.next
        } else {
            last.end
        };
        // What is folded is not written so: there the value starts at `<<`, one space on.
        let before_value = if first.is_folded() {
            word.len() + 1
        } else {
            first.bare.len() - rest.len()
        };
        let value_start = start + before_value;
        let value_end = if verbatim {
            value_start + value.len()
        } else {
            end
        };
        let mut instruction = Instruction {
            keyword: self.upper_case(word),
            value,
            content: self.content(is_last),
            span: self.span(start, end),
            keyword_span: self.span(start, start + word.len()),
            value_span: self.span(value_start, value_end),
            heredocs: &[],
            stray: self.stray,
            escape: self.escape,
            verbatim,
        };
        self.docker
            .finish(&mut instruction, &self.lines, &mut self.diagnostics);
        self.instructions.push(instruction);
    }

    fn upper_case(&self, word: &'a str) -> &'a str {
        if word.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return word;
        }
        known_keyword(word).unwrap_or_else(|| self.arena.alloc_str(&word.to_uppercase()))
    }

    /// The value of the instruction: `head`, which is what follows its keyword, and all other lines.
    fn value(&self, head: &'a str) -> &'a str {
        let head = self.without_escape(head);
        if self.lines.len() == 1 {
            return head;
        }
        let size = self.lines.iter().map(|line| line.text.len()).sum();
        let mut value = BumpString::with_capacity_in(size, self.arena);
        value.push_str(head);
        for line in self.lines.iter().skip(1) {
            let text = if value.is_empty() {
                trim_start(line.text)
            } else {
                line.text
            };
            value.push_str(self.without_escape(text));
        }
        value.into_bump_str()
    }

    /// A text without the white space at its end and one escape character before that.
    fn without_escape<'t>(&self, text: &'t str) -> &'t str {
        let text = trim_end(text);
        strip_escape(text, self.escape).unwrap_or(text)
    }

    /// The lines of the instruction, each with `\n` except the last of the file.
    fn content(&self, is_last: bool) -> &'a str {
        let (Some(first), Some(last)) = (self.lines.first(), self.lines.last()) else {
            return "";
        };
        let endings = self.lines.len() - usize::from(is_last);
        let size = endings + self.lines.iter().map(|it| it.text.len()).sum::<usize>();
        let end = if is_last { last.end } else { last.next };
        let written = self.source.text.get(first.start..end).unwrap_or("");
        // Comments between the lines would make it longer.
        if written.len() == size && self.lines.iter().all(|line| line.verbatim) {
            return written;
        }
        let mut content = BumpString::with_capacity_in(size + 1, self.arena);
        for line in &self.lines {
            content.push_str(line.text);
            content.push('\n');
        }
        content.truncate(size);
        content.into_bump_str()
    }

    /// Reports what is in the file and not among the instructions.
    fn report_unread(&mut self, unclosed: Option<Line<'a>>) {
        if let Some(first) = self.lines.first() {
            let span = self.span(first.start, first.end);
            let message = "the file ends within this instruction, which is not checked";
            let help = format!("remove the `{}` at the end of its last line", self.escape);
            self.diagnostics
                .push(Diagnostic::error(span, message).help(help));
        }
        if let Some(line) = unclosed {
            let span = self.span(line.start, line.end);
            let message = "no line `EOF` closes this heredoc, and nothing from here on is checked";
            let help = "close it with `EOF`, or use a delimiter that does not start with `EOF`";
            self.diagnostics
                .push(Diagnostic::error(span, message).help(help));
        }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.source.id, start, end)
    }
}

#[cfg(test)]
mod tests {
    use bastide_source::{FileId, Level};

    use super::*;
    use crate::parse;

    fn source(text: &str) -> Source {
        Source::new(FileId(0), "Dockerfile", text.to_owned())
    }

    /// Keyword, value, first and last line of each instruction.
    fn instructions(text: &str) -> Vec<(String, String, u32, u32)> {
        let source = source(text);
        let arena = Arena::new();
        let file = parse(&source, &arena);
        let describe = |it: &Instruction<'_>| {
            let (first, last) = source.line_span(it.span);
            (it.keyword.to_owned(), it.value.to_owned(), first, last)
        };
        file.instructions.iter().map(describe).collect()
    }

    fn is(keyword: &str, value: &str, first: u32, last: u32) -> (String, String, u32, u32) {
        (keyword.to_owned(), value.to_owned(), first, last)
    }

    fn comments(text: &str) -> Vec<String> {
        let arena = Arena::new();
        parse(&source(text), &arena)
            .comments
            .iter()
            .map(|comment| comment.text.to_owned())
            .collect()
    }

    fn contents(text: &str) -> Vec<String> {
        let arena = Arena::new();
        parse(&source(text), &arena)
            .instructions
            .iter()
            .map(|instruction| instruction.content.to_owned())
            .collect()
    }

    #[test]
    fn one_line() {
        assert_eq!(
            instructions("from  a \n\n\tRun\tb  c\t\nx y"),
            [
                is("FROM", "a", 1, 1),
                is("RUN", "b  c", 3, 3),
                is("X", "y", 4, 4)
            ]
        );
    }

    #[test]
    fn a_single_word_needs_a_line_after_it() {
        assert_eq!(
            instructions("RUN\nUSER\n\n"),
            [is("RUN", "", 1, 1), is("USER", "", 2, 2)]
        );
        assert_eq!(instructions("RUN\nUSER\n"), [is("RUN", "", 1, 1)]);
        assert_eq!(instructions("USER "), [is("USER", "", 1, 1)]);
    }

    #[test]
    fn what_is_on_one_line_is_borrowed() {
        let source = source("FROM a\nrun b \r\n");
        let arena = Arena::new();
        let file = parse(&source, &arena);
        let range = source.text.as_bytes().as_ptr_range();
        for instruction in file.instructions {
            assert!(range.contains(&instruction.value.as_ptr()));
            assert_eq!(source.slice(instruction.value_span), instruction.value);
        }
        assert!(range.contains(&file.instructions[0].content.as_ptr()));
    }

    #[test]
    fn continued_lines_are_joined() {
        assert_eq!(
            instructions("RUN a \\\n  b\\ \t\nc\nRUN \\\n   d \\\n"),
            [is("RUN", "a   bc", 1, 3)]
        );
        assert_eq!(
            instructions("RUN \\\n\t \\\n  a\nENV b\\\\\nc\n"),
            [is("RUN", "a", 1, 3), is("ENV", "b\\c", 4, 5)]
        );
        assert_eq!(
            instructions("RUN a \\\r\n  b\r\nUSER c\r\n"),
            [is("RUN", "a   b", 1, 2), is("USER", "c", 3, 3)]
        );
    }

    #[test]
    fn a_keyword_may_run_into_the_line_ending() {
        assert_eq!(
            instructions("RUN\\\n a\nUSER b\n"),
            [is("RUN\\", "a", 1, 2), is("USER", "b", 3, 3)]
        );
    }

    #[test]
    fn comments_do_not_end_an_instruction() {
        let text = "RUN a && \\\n  # one \n#\tTWO\n  b\n";
        assert_eq!(instructions(text), [is("RUN", "a &&   b", 1, 4)]);
        assert_eq!(comments(text), ["one ", "TWO"]);
        assert_eq!(contents(text), ["RUN a && \\\n  b"]);
    }

    #[test]
    fn a_blank_line_ends_an_instruction() {
        assert_eq!(
            instructions("RUN a \\\n\n  && b\nRUN c \\\r\n \r\nUSER d\n"),
            [
                is("RUN", "a ", 1, 2),
                is("&&", "b", 3, 3),
                is("RUN", "c ", 4, 5),
                is("USER", "d", 6, 6)
            ]
        );
    }

    #[test]
    fn contents_are_lines_with_plain_endings() {
        assert_eq!(
            contents(" RUN a \\\n b \nUSER c"),
            [" RUN a \\\n b \n", "USER c"]
        );
        assert_eq!(
            contents("RUN a \\\r\n b \r\nUSER c\r\n"),
            ["RUN a \\\n b \n", "USER c"]
        );
        assert_eq!(
            contents("RUN a \\\u{c}b\nUSER c\n"),
            ["RUN a \\\nb\n", "USER c"]
        );
        assert_eq!(
            contents("RUN <<EOF\na\nb\nEOF\nUSER c\n"),
            ["RUN a && b\n", "USER c"]
        );
    }

    #[test]
    fn a_folded_heredoc_is_one_instruction_at_its_true_place() {
        let text = "FROM a\n  RUN <<EOF bash\n\tb\n  c d\nEOF\nUSER e\n";
        assert_eq!(
            instructions(text),
            [
                is("FROM", "a", 1, 1),
                is("RUN", "b && c d", 2, 5),
                is("USER", "e", 6, 6)
            ]
        );
        let source = source(text);
        let arena = Arena::new();
        let file = parse(&source, &arena);
        let run = &file.instructions[1];
        assert_eq!(source.slice(run.keyword_span), "RUN");
        assert_eq!(source.slice(run.value_span), "<<EOF bash\n\tb\n  c d\nEOF");
        assert_eq!(file.line_count, 3);
    }

    #[test]
    fn lines_are_counted_as_checkov_does() {
        let count = |text: &str| parse(&source(text), &Arena::new()).line_count;
        for (text, lines) in [
            ("", 0),
            ("\n", 0),
            ("a", 1),
            ("a\n", 1),
            ("a\n\n", 1),
            ("a\n\n\n", 2),
        ] {
            assert_eq!(count(text), lines, "{text:?}");
        }
        assert_eq!(count("a\rb\u{2028}c"), 3);
        assert_eq!(count("RUN <<EOF\na\n\nEOF\nb"), 2);
        assert_eq!(count("a\nRUN <<EOF\nb\n"), 1);
    }

    #[test]
    fn the_escape_directive() {
        let text = "# syntax=docker/dockerfile:1\n#Escape = `\nRUN a `\n b\\\nUSER c\n";
        assert_eq!(
            instructions(text),
            [is("RUN", "a  b\\", 3, 4), is("USER", "c", 5, 5)]
        );
        let source = source(text);
        let arena = Arena::new();
        let file = parse(&source, &arena);
        assert_eq!(file.escape, '`');
        assert_eq!(file.syntax, Some("docker/dockerfile:1"));
    }

    #[test]
    fn directives_end_with_any_other_line() {
        let escape = |text: &str| parse(&source(text), &Arena::new()).escape;
        for before in ["", "# syntax=x\n", "\u{feff}"] {
            assert_eq!(escape(&format!("{before}# escape=`\n")), '`', "{before:?}");
        }
        for before in [
            "\n",
            "# a\n",
            "FROM a\n",
            "# b=c\n",
            "# escape=x\n",
            "# check=skip=all\n",
        ] {
            assert_eq!(escape(&format!("{before}# escape=`\n")), '\\', "{before:?}");
        }
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_keyword() {
        assert_eq!(instructions("\u{feff}FROM a\n"), [is("FROM", "a", 1, 1)]);
    }

    #[test]
    fn what_is_not_read_is_an_error() {
        let errors = |text: &str| {
            let source = source(text);
            let diagnostics = parse(&source, &Arena::new()).diagnostics;
            assert!(diagnostics.iter().all(|it| it.level == Level::Error));
            let places = diagnostics.iter().filter_map(|it| it.span);
            places
                .map(|place| source.slice(place).to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(errors("USER a\nRUN b \\\n# c\n"), ["RUN b \\"]);
        assert_eq!(
            errors("USER a\nRUN <<EOF2\nb\nEOF2\nUSER c\n"),
            ["RUN <<EOF2"]
        );
        assert!(errors("USER a\nRUN b \\\n\n\n").is_empty());
    }

    /// Every text of up to four of these pieces, between which there is every case of the grammar.
    #[test]
    fn any_text_is_read_and_every_place_lies_in_it() {
        const PIECES: [&str; 18] = [
            "",
            "RUN ",
            "FROM",
            "ONBUILD COPY",
            "a",
            " ",
            "\n",
            "\r\n",
            "\\",
            "\\\n",
            "#",
            "<<EOF",
            "EOF",
            "RUN <<EOF\n",
            "# escape=`\n",
            "\u{2028}",
            "'",
            "\u{feff}",
        ];
        for number in 0..PIECES.len().pow(4) {
            let piece = |place: u32| PIECES[number / PIECES.len().pow(place) % PIECES.len()];
            check_places(&source(&[piece(0), piece(1), piece(2), piece(3)].concat()));
        }
    }

    fn check_places(source: &Source) {
        let arena = Arena::new();
        let file = parse(source, &arena);
        let text = |span: Span| source.text.get(span.range()).expect("a span of the text");
        let mut end = 0;
        for instruction in file.instructions {
            assert_eq!(
                text(instruction.keyword_span).to_uppercase(),
                instruction.keyword
            );
            assert!(instruction.span.contains(instruction.keyword_span));
            assert!(instruction.span.contains(instruction.value_span));
            assert!(end <= instruction.span.start && !text(instruction.span).is_empty());
            end = instruction.span.end;
            text(instruction.value_span);
            for word in instruction.words() {
                text(instruction.place(word));
            }
            for heredoc in instruction.heredocs {
                text(heredoc.body);
            }
        }
        for comment in file.comments {
            assert!(
                text(comment.span).starts_with('#') && text(comment.span).ends_with(comment.text)
            );
        }
        let staged: usize = file.stages.iter().map(|it| it.instructions.len()).sum();
        assert_eq!(file.preamble().len() + staged, file.instructions.len());
        for diagnostic in &file.diagnostics {
            text(diagnostic.span.expect("a place"));
        }
    }
}
