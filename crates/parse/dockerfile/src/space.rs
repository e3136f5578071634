//! White space as Python sees it, which counts four control characters that Unicode does not.

pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\x1c'..='\x1f')
}

pub(crate) fn trim_start(text: &str) -> &str {
    let blanks = text.bytes().take_while(|&byte| byte == b' ').count();
    let text = &text[blanks..];
    match text.as_bytes().first() {
        Some(byte) if byte.is_ascii_graphic() => text,
        _ => text.trim_start_matches(is_space),
    }
}

pub(crate) fn trim_end(text: &str) -> &str {
    match text.as_bytes().last() {
        Some(byte) if byte.is_ascii_graphic() => text,
        _ => text.trim_end_matches(is_space),
    }
}

pub(crate) fn trim(text: &str) -> &str {
    trim_end(trim_start(text))
}

/// A text without the escape character, `\` or a backtick, at its end; `None` if there is none.
pub(crate) fn strip_escape(text: &str, escape: char) -> Option<&str> {
    // Each is a constant to the compiler, and so one comparison.
    match escape {
        '`' => text.strip_suffix('`'),
        _ => text.strip_suffix('\\'),
    }
}

/// Splits after the first word, whatever quotes are in it; what follows keeps its white space.
pub(crate) fn split_word(text: &str) -> (&str, &str) {
    let plain = text.bytes().take_while(u8::is_ascii_graphic).count();
    let end = match text.as_bytes().get(plain) {
        Some(b' ') => plain,
        _ => text.find(is_space).unwrap_or(text.len()),
    };
    text.split_at(end)
}
