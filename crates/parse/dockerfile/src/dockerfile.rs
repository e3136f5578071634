use bastide_source::{Diagnostic, Span};

use crate::{Arena, Instruction};

/// A parsed Dockerfile.
#[derive(Debug)]
pub struct Dockerfile<'a> {
    /// Every instruction, in the order in which they are written.
    pub instructions: &'a [Instruction<'a>],
    /// Every comment, parser directives and those between continued lines included.
    pub comments: &'a [Comment<'a>],
    /// The build stages, in order.
    pub stages: &'a [Stage<'a>],
    /// The character that continues a line: `\`, or `` ` `` if `# escape=` says so.
    pub escape: char,
    /// The frontend that `# syntax=` names.
    pub syntax: Option<&'a str>,
    /// How many lines Checkov counts: a folded heredoc is one, and a blank last line is none.
    pub line_count: u32,
    /// What Docker would refuse, and what could not be read.
    pub diagnostics: Vec<Diagnostic>,
}

impl<'a> Dockerfile<'a> {
    /// The instructions of a keyword, which is in upper case.
    pub fn all(&self, keyword: &str) -> impl Iterator<Item = &'a Instruction<'a>> {
        self.instructions
            .iter()
            .filter(move |instruction| instruction.keyword == keyword)
    }

    /// What stands before the first stage: the `ARG`s that a `FROM` may refer to.
    pub fn preamble(&self) -> &'a [Instruction<'a>] {
        let staged: usize = self.stages.iter().map(|it| it.instructions.len()).sum();
        &self.instructions[..self.instructions.len() - staged]
    }
}

/// `# text`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment<'a> {
    /// What follows the `#` and white space, up to the end of the line.
    pub text: &'a str,
    /// From the `#` to the end of the line.
    pub span: Span,
}

/// A build stage: a `FROM` and what follows it.
#[derive(Clone, Copy, Debug)]
pub struct Stage<'a> {
    /// The image, or the name of an earlier stage, as written. Empty if it is missing.
    pub image: &'a str,
    /// What `AS` calls the stage. Docker compares such names without regard to case.
    pub name: Option<&'a str>,
    /// The instructions; the first is the `FROM`.
    pub instructions: &'a [Instruction<'a>],
}

impl<'a> Stage<'a> {
    /// The stages that instructions make up.
    pub(crate) fn all(instructions: &'a [Instruction<'a>], arena: &'a Arena) -> &'a [Self] {
        let mut stages = Vec::new();
        let mut rest = instructions;
        while let Some(from) = rest.iter().rposition(begins_stage) {
            let (before, stage) = rest.split_at(from);
            stages.push(Self::new(&stage[0], stage));
            rest = before;
        }
        stages.reverse();
        arena.alloc_slice_copy(&stages)
    }

    fn new(from: &Instruction<'a>, instructions: &'a [Instruction<'a>]) -> Self {
        let mut words = from.words();
        let image = words.next().unwrap_or("");
        let named = words
            .next()
            .is_some_and(|word| word.eq_ignore_ascii_case("AS"));
        Self {
            image,
            name: words.next().filter(|_| named),
            instructions,
        }
    }
}

fn begins_stage(instruction: &Instruction<'_>) -> bool {
    instruction.keyword == "FROM" && !instruction.stray
}

#[cfg(test)]
mod tests {
    use bastide_source::{FileId, Source};

    use crate::{Arena, parse};

    /// Image, name and number of instructions of each stage.
    fn stages(text: &str) -> Vec<(String, Option<String>, usize)> {
        let source = Source::new(FileId(0), "Dockerfile", text.to_owned());
        let arena = Arena::new();
        parse(&source, &arena)
            .stages
            .iter()
            .map(|it| {
                let name = it.name.map(str::to_owned);
                (it.image.to_owned(), name, it.instructions.len())
            })
            .collect()
    }

    #[test]
    fn a_stage_reaches_to_the_next() {
        let text = "ARG V=1\nFROM a:$V as one\nRUN x\n\
                    FROM --platform=$P one AS Two\nFROM scratch\nUSER y\n";
        let named = |name: &str| Some(name.to_owned());
        assert_eq!(
            stages(text),
            [
                ("a:$V".to_owned(), named("one"), 2),
                ("one".to_owned(), named("Two"), 1),
                ("scratch".to_owned(), None, 2),
            ]
        );
    }

    #[test]
    fn stages_with_mistakes() {
        assert_eq!(stages("RUN x\n"), []);
        assert_eq!(stages("FROM \n"), [(String::new(), None, 1)]);
        assert_eq!(stages("FROM a AS\n"), [("a".to_owned(), None, 1)]);
        assert_eq!(stages("FROM a of b\n"), [("a".to_owned(), None, 1)]);
    }

    #[test]
    fn a_from_in_a_heredoc_begins_no_stage() {
        let text = "FROM a\nCOPY <<X /Dockerfile\nFROM b\nX\nUSER c\n";
        assert_eq!(stages(text), [("a".to_owned(), None, 5)]);
    }

    #[test]
    fn the_preamble_ends_with_the_first_stage() {
        let text = "ARG A\nARG B\nFROM a\nRUN b\nrun c\n";
        let source = Source::new(FileId(0), "Dockerfile", text.to_owned());
        let arena = Arena::new();
        let file = parse(&source, &arena);
        let preamble: Vec<_> = file.preamble().iter().map(|it| it.value).collect();
        assert_eq!(preamble, ["A", "B"]);
        let runs: Vec<_> = file.all("RUN").map(|it| it.value).collect();
        assert_eq!(runs, ["b", "c"]);
    }
}
