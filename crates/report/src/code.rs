use std::borrow::Cow;

use bastide_check::{Framework, Resource};

use crate::view::View;

/// Of the lines of one resource so many bytes are shown. Only generated files have more, and what
/// shows them would repeat them for every check.
const LIMIT: usize = 1 << 16;

/// A line of a file with its number, and with its line ending if it has one.
pub(crate) type Line<'a> = (u32, Cow<'a, str>);

/// The lines of a resource as they may be shown. Of a secret it is the line that it starts on.
pub(crate) fn lines<'a>(view: &View<'a>, resource: &'a Resource) -> Vec<Line<'a>> {
    let Some(source) = view.source(resource.file) else {
        return Vec::new();
    };
    if resource.framework == Framework::Secrets {
        let line = source.lines().line(resource.span.start);
        let text = view.masks.slice(source, source.line_range(line));
        return vec![(resource.lines.0, text)];
    }
    let mut left = LIMIT;
    let mut lines = Vec::new();
    for number in resource.lines.0.max(1)..=resource.lines.1 {
        let mut range = source.line_range(number);
        if range.is_empty() || left == 0 {
            break;
        }
        if range.len() > left {
            range.end = source.text.floor_char_boundary(range.start + left);
        }
        left = left.saturating_sub(range.len().max(1));
        lines.push((number, view.masks.slice(source, range)));
    }
    lines
}
