use std::borrow::Cow;

use annotate_snippets::Renderer;
use annotate_snippets::renderer::{
    DEFAULT_CONTEXT_STYLE, DEFAULT_EMPHASIS_STYLE, DEFAULT_ERROR_STYLE, DEFAULT_HELP_STYLE,
    DEFAULT_WARNING_STYLE,
};
use anstyle::Style;
use bastide_check::Severity;

/// Colours, or none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Palette {
    color: bool,
}

impl Palette {
    pub(crate) fn new(color: bool) -> Self {
        Self { color }
    }

    /// What draws snippets. It uses the same colours.
    pub(crate) fn renderer(self) -> Renderer {
        if self.color {
            Renderer::styled()
        } else {
            Renderer::plain()
        }
    }

    pub(crate) fn error<'t>(self, text: &'t str) -> Cow<'t, str> {
        self.paint(DEFAULT_ERROR_STYLE, text)
    }

    pub(crate) fn warning<'t>(self, text: &'t str) -> Cow<'t, str> {
        self.paint(DEFAULT_WARNING_STYLE, text)
    }

    pub(crate) fn bold<'t>(self, text: &'t str) -> Cow<'t, str> {
        self.paint(DEFAULT_EMPHASIS_STYLE, text)
    }

    pub(crate) fn severity<'t>(self, severity: Severity, text: &'t str) -> Cow<'t, str> {
        let style = match severity {
            Severity::Critical | Severity::High => DEFAULT_ERROR_STYLE,
            Severity::Medium => DEFAULT_WARNING_STYLE,
            Severity::Low => DEFAULT_HELP_STYLE,
        };
        self.paint(style, text)
    }

    /// What stands back: headings of a table, the margin of a snippet.
    pub(crate) fn margin<'t>(self, text: &'t str) -> Cow<'t, str> {
        self.paint(DEFAULT_CONTEXT_STYLE, text)
    }

    fn paint<'t>(self, style: Style, text: &'t str) -> Cow<'t, str> {
        if self.color {
            format!("{style}{text}{style:#}").into()
        } else {
            text.into()
        }
    }
}
