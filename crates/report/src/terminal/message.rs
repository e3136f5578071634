use std::borrow::Cow;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Snippet};
use bastide_source::{FileId, Span};

use super::excerpt::{Excerpt, excerpts};
use crate::harmless::harmless;
use crate::palette::Palette;
use crate::view::View;

/// Something to say, with the lines that it is about.
pub(super) struct Message<'a> {
    /// An error rather than a warning.
    pub(super) fails: bool,
    /// What stands in brackets.
    pub(super) id: Option<&'a str>,
    pub(super) title: Cow<'a, str>,
    /// The file, to be named if no place can be shown.
    pub(super) file: FileId,
    /// What to underline, the most telling first.
    pub(super) marks: Vec<Mark<'a>>,
    /// Lines under the snippet.
    pub(super) notes: Vec<String>,
    /// The way out; its further lines are indented.
    pub(super) help: Option<String>,
}

/// A place, and what to say beside it.
pub(super) struct Mark<'a> {
    pub(super) span: Span,
    pub(super) text: Option<Cow<'a, str>>,
}

impl Message<'_> {
    /// The message as it is shown, without a line ending.
    pub(super) fn render(&self, view: &View<'_>, palette: Palette) -> String {
        let excerpts = excerpts(view, &self.marks);
        let mut report = vec![self.snippets(view, &excerpts)];
        if let Some(help) = &self.help {
            // The way out may have lines of its own, but none comes from a scanned file.
            let lines: Vec<_> = help.lines().map(harmless).collect();
            report.push(Group::with_title(
                Level::HELP.secondary_title(lines.join("\n")),
            ));
        }
        let mut text = palette.renderer().render(&report);
        for excerpt in &excerpts {
            excerpt.correct_origin(&mut text);
        }
        text
    }

    fn snippets<'g>(&'g self, view: &View<'_>, excerpts: &'g [Excerpt]) -> Group<'g> {
        let level = if self.fails {
            Level::ERROR
        } else {
            Level::WARNING
        };
        let title = view.said_of(self.file, &self.title).into_owned();
        let mut title = level.primary_title(title);
        if let Some(id) = self.id {
            title = title.id(id);
        }
        let mut group = Group::with_title(title);
        if excerpts.is_empty() {
            let path = view.paths.display(self.file);
            group = group.element(Origin::path(harmless(&path).into_owned()));
        }
        for excerpt in excerpts {
            let annotations = excerpt.marks.iter().map(|mark| {
                let kind = match mark.primary {
                    true => AnnotationKind::Primary,
                    false => AnnotationKind::Context,
                };
                kind.span(mark.range.clone()).label(mark.text.as_deref())
            });
            let snippet = Snippet::source(excerpt.text.as_str())
                .line_start(excerpt.first_line as usize)
                .path(excerpt.path.as_str())
                .annotations(annotations);
            group = group.element(snippet);
        }
        let notes = self.notes.iter();
        group.elements(notes.map(|note| Level::NOTE.no_name().message(note.as_str())))
    }
}
