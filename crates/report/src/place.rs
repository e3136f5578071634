use bastide_source::{FileId, Position, Source, Span};

/// So far into a line columns are counted in characters; beyond, in bytes. Only generated files
/// have such lines, and counting anew for each of a hundred thousand findings would take minutes.
const COUNTED: usize = 1 << 16;

/// A place in a file, for people and for editors.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Place {
    /// The file.
    pub(crate) file: FileId,
    /// Where it starts.
    pub(crate) start: Position,
    /// Where it ends: the column is the one after the last character.
    pub(crate) end: Position,
}

impl Place {
    /// The place of a span; `None` if the text of the file was not kept.
    pub(crate) fn of(source: &Source, span: Span) -> Option<Self> {
        (!source.text.is_empty() && span.range().end <= source.text.len()).then(|| Self {
            file: span.file,
            start: position(source, span.start),
            end: position(source, span.end),
        })
    }

    /// Whole lines.
    pub(crate) fn lines(file: FileId, (first, last): (u32, u32)) -> Self {
        let start = |line: u32| Position {
            line: line.max(1),
            column: 1,
        };
        Self {
            file,
            start: start(first),
            end: start(last),
        }
    }
}

/// Line and column of a byte offset, in bounded time.
pub(crate) fn position(source: &Source, offset: u32) -> Position {
    let line = source.lines().line(offset);
    let start = source.line_range(line).start;
    let far = start + COUNTED;
    let characters = |end: usize| {
        let before = source.text.get(start..end).unwrap_or_default();
        before.chars().count()
    };
    let before = match offset as usize {
        offset if offset > far => characters(source.text.floor_char_boundary(far)) + offset - far,
        offset => characters(offset),
    };
    Position {
        line,
        column: before as u32 + 1,
    }
}
