//! Comments in a block that ask to leave a check alone.

use bastide_hcl::Block;
use bastide_source::{Skip, Source, Span, skips_in};

use crate::files::is_json;

/// Skip comments strictly between the first and the last line of a block. JSON has no comments.
pub(crate) fn of(sources: &[Source], block: &Block<'_>) -> Vec<Skip> {
    let source = match sources.get(block.span.file.0 as usize) {
        Some(source) if !is_json(&source.path) => source,
        _ => return Vec::new(),
    };
    let text = source.slice(block.span);
    let (Some(first), Some(last)) = (text.find('\n'), text.rfind('\n')) else {
        return Vec::new();
    };
    let offset = block.span.start as usize;
    let inner = Span::new(block.span.file, offset + first + 1, offset + last + 1);
    skips_in(source.slice(inner), inner)
}
