//! The lines of files that a message shows, made fit to be shown: secrets are masked, control
//! characters are made visible, and lines far too long are cut around the place.

use std::ops::Range;

use bastide_source::{FileId, Position, Source};

use super::message::Mark;
use crate::harmless::{harmless, stand_in};
use crate::masks::MASK;
use crate::place::position;
use crate::view::View;

/// Places so many lines apart are shown in one excerpt.
const NEAR: u32 = 40;

/// So much of a line is shown before and after the start of a place, in bytes. It is more than the
/// renderer shows, which makes the finer cut.
const BEFORE: usize = 200;
const AFTER: usize = 600;

/// Lines of one file that follow each other.
pub(super) struct Excerpt {
    pub(super) path: String,
    pub(super) first_line: u32,
    pub(super) text: String,
    pub(super) marks: Vec<Shown>,
    /// The column that the renderer tells, and the one that it is in the file.
    columns: (u32, Position),
}

/// A place in the text of an excerpt.
pub(super) struct Shown {
    pub(super) range: Range<usize>,
    pub(super) text: Option<String>,
    pub(super) primary: bool,
}

/// A place in one line of a file.
struct Place {
    line: u32,
    /// Byte range of the file.
    range: Range<usize>,
    text: Option<String>,
    primary: bool,
}

/// The excerpts that show all marks, the file of the first mark before others. Marks in files
/// whose text was not kept are left out.
pub(super) fn excerpts(view: &View<'_>, marks: &[Mark<'_>]) -> Vec<Excerpt> {
    let mut files: Vec<(FileId, Vec<Place>)> = Vec::new();
    for (index, mark) in marks.iter().enumerate() {
        let file = mark.span.file;
        let Some(mut place) = view.source(file).and_then(|source| place(source, mark)) else {
            continue;
        };
        place.primary = index == 0;
        match files.iter_mut().find(|(one, _)| *one == file) {
            Some((_, places)) => places.push(place),
            None => files.push((file, vec![place])),
        }
    }
    let mut excerpts = Vec::new();
    for (file, mut places) in files {
        places.sort_by_key(|place| place.line);
        let Some(source) = view.source(file) else {
            continue;
        };
        let near = |one: &Place, two: &Place| two.line - one.line <= NEAR;
        let near = places.chunk_by(near);
        excerpts.extend(near.map(|places| Excerpt::new(view, source, places)));
    }
    // The renderer takes the first as the place that the message is about.
    excerpts.sort_by_key(|excerpt| !excerpt.marks.iter().any(|mark| mark.primary));
    excerpts
}

/// Where a mark is. Of one that goes on over several lines it is the first.
fn place(source: &Source, mark: &Mark<'_>) -> Option<Place> {
    let span = mark.span.range();
    if source.text.is_empty() || span.start > source.text.len() {
        return None;
    }
    let line = source.lines().line(mark.span.start);
    let start = source.line_range(line).start;
    let end = start + source.line(line).len();
    let start = source.text.floor_char_boundary(span.start.min(end));
    let end = source.text.floor_char_boundary(span.end.clamp(start, end));
    Some(Place {
        line,
        range: start..end,
        text: mark.text.as_deref().map(str::to_owned),
        primary: false,
    })
}

impl Excerpt {
    /// An excerpt with these places, which are in the order of their lines.
    fn new(view: &View<'_>, source: &Source, places: &[Place]) -> Self {
        let first_line = places.first().map_or(1, |place| place.line);
        let last_line = places.last().map_or(1, |place| place.line);
        let mut text = String::new();
        let mut marks = Vec::new();
        for number in first_line..=last_line {
            let of_line = places.iter().filter(|place| place.line == number);
            let line = Line::new(view, source, number, of_line.clone().next());
            for place in of_line {
                let at = |offset| text.len() + line.at(offset);
                marks.push(Shown {
                    range: at(place.range.start)..at(place.range.end),
                    text: place.text.clone(),
                    primary: place.primary,
                });
            }
            text.push_str(&line.text);
            text.push('\n');
        }
        let path = match source.id {
            id if id == bastide_judge::Register::FILE => source.path.clone(),
            id => view.paths.display(id),
        };
        let mut excerpt = Self {
            path: harmless(&path).into_owned(),
            first_line,
            text,
            marks,
            columns: (0, Position { line: 0, column: 0 }),
        };
        excerpt.columns = excerpt.columns(source, places);
        excerpt
    }

    /// The column of the place that the renderer names, as it counts and as it is.
    fn columns(&self, source: &Source, places: &[Place]) -> (u32, Position) {
        let pairs = places.iter().zip(&self.marks);
        let named = pairs.min_by_key(|(place, mark)| (!mark.primary, place.line, mark.range.start));
        let Some((place, mark)) = named else {
            return (0, Position { line: 0, column: 0 });
        };
        let before = &self.text[..mark.range.start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let shown = before[line_start..].chars().count() as u32 + 1;
        let start = u32::try_from(place.range.start).unwrap_or(u32::MAX);
        (shown, position(source, start))
    }

    /// The renderer counts columns in what it is given to show. Where that is not what is written,
    /// because the line was cut or a secret before the place masked, this puts them right.
    pub(super) fn correct_origin(&self, rendered: &mut String) {
        let (shown, Position { line, column }) = self.columns;
        if shown == column {
            return;
        }
        let wrong = format!("{}:{line}:{shown}\n", self.path);
        if let Some(at) = rendered.find(&wrong) {
            let right = format!("{}:{line}:{column}\n", self.path);
            rendered.replace_range(at..at + wrong.len(), &right);
        }
    }
}

/// A line as it is shown, and where in it each part of the file's line is.
struct Line {
    text: String,
    /// Offsets in the file, and in `text`, of each stretch that is shown as it is written.
    stretches: Vec<(usize, usize)>,
}

impl Line {
    fn new(view: &View<'_>, source: &Source, number: u32, around: Option<&Place>) -> Self {
        let start = source.line_range(number).start;
        let whole = start..start + source.line(number).len();
        let window = window(source, whole, around);
        let hidden = view.masks.hidden(source.id);
        let first = hidden.partition_point(|range| range.end <= window.start);
        let mut line = Self {
            text: String::new(),
            stretches: Vec::new(),
        };
        let mut done = window.start;
        for range in &hidden[first..] {
            if range.start >= window.end {
                break;
            }
            line.push(source, done..range.start.max(done));
            line.push_mask(range.start.max(done));
            done = range.end.min(window.end);
        }
        line.push(source, done..window.end);
        line
    }

    /// Where in the line's text the byte at an offset of the file is shown.
    fn at(&self, offset: usize) -> usize {
        let after = self.stretches.partition_point(|(from, _)| *from <= offset);
        let Some((from, shown)) = after.checked_sub(1).and_then(|at| self.stretches.get(at)) else {
            return 0;
        };
        // What is replaced may be shorter than what stands for it.
        let limit = self
            .stretches
            .get(after)
            .map_or(self.text.len(), |next| next.1);
        let at = (shown + offset - from).min(limit);
        self.text.floor_char_boundary(at)
    }

    fn push(&mut self, source: &Source, range: Range<usize>) {
        self.stretches.push((range.start, self.text.len()));
        let text = source.text.get(range.clone()).unwrap_or_default();
        for (at, char) in text.char_indices() {
            match stand_in(char).filter(|_| char != '\t') {
                None => self.text.push(char),
                Some(visible) => {
                    self.stretches.push((range.start + at, self.text.len()));
                    self.text.push(visible);
                    let next = range.start + at + char.len_utf8();
                    self.stretches.push((next, self.text.len()));
                }
            }
        }
    }

    fn push_mask(&mut self, start: usize) {
        self.stretches.push((start, self.text.len()));
        self.text.push_str(MASK);
    }
}

/// What of a line is shown: all of it, or, if it is far too long, what is around a place.
fn window(source: &Source, line: Range<usize>, around: Option<&Place>) -> Range<usize> {
    if line.len() <= BEFORE + AFTER {
        return line;
    }
    let center = around.map_or(line.start, |place| place.range.start);
    let start = center.saturating_sub(BEFORE).max(line.start);
    let end = (center + AFTER).min(line.end);
    source.text.floor_char_boundary(start)..source.text.floor_char_boundary(end)
}
