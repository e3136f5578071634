//! Text from scanned files that is shown to people: it may be meant to deceive.

use std::borrow::Cow;
use std::fmt::Write;

/// Text in which each character that would move the cursor, change colours or turn the direction
/// of writing is replaced by one that is seen. Line endings and tabs are such characters too.
pub(crate) fn harmless(text: &str) -> Cow<'_, str> {
    // Most text can be seen to be harmless without decoding it.
    let plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if !plain && text.chars().any(|char| stand_in(char).is_some()) {
        let shown = |char| stand_in(char).unwrap_or(char);
        text.chars().map(shown).collect::<String>().into()
    } else {
        text.into()
    }
}

/// What stands for a character that must not be shown as it is.
pub(crate) fn stand_in(char: char) -> Option<char> {
    match char {
        // Unicode has pictures of the characters below U+0020, in their order.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + char as u32),
        '\u{7f}' => Some('\u{2421}'),
        '\u{80}'..='\u{9f}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' => {
            Some(char::REPLACEMENT_CHARACTER)
        }
        '\u{2066}'..='\u{2069}' => Some(char::REPLACEMENT_CHARACTER),
        _ => None,
    }
}

/// Text as Markdown, with its paragraphs and lists. What is between backticks stays code; elsewhere
/// nothing makes a tag, or a link that does not show where it leads.
pub(crate) fn markdown(text: &str) -> String {
    let lines = text.lines().map(|line| markdown_line(&harmless(line)));
    lines.collect::<Vec<_>>().join("\n")
}

fn markdown_line(line: &str) -> String {
    let balanced = line.matches('`').count().is_multiple_of(2);
    let parts = line.split('`').enumerate().map(|(index, part)| {
        if balanced && index % 2 == 1 {
            return part.to_owned();
        }
        let part = part.replace('&', "&amp;").replace('<', "&lt;");
        part.replace("](", "]\\(")
    });
    let between = if balanced { "`" } else { "\\`" };
    parts.collect::<Vec<_>>().join(between)
}

/// Text as one line of Markdown that a cell of a table can hold.
pub(crate) fn table_cell(text: &str) -> String {
    markdown_line(&harmless(text)).replace('|', "\\|")
}

/// Text as code of Markdown, to be put between backticks.
fn code(text: &str) -> String {
    harmless(text).replace('`', "'")
}

/// Text from a file as code of Markdown, with its backticks; in a cell of a table too.
pub(crate) fn code_span(text: &str) -> String {
    format!("`{}`", code(text).replace('|', "\\|"))
}

/// A path as a relative reference of RFC 3986, which a link of Markdown may lead to.
pub(crate) fn path_link(path: &str) -> String {
    let mut link = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                link.push(byte.into());
            }
            _ => {
                let _ = write!(link, "%{byte:02X}");
            }
        }
    }
    link
}

/// An address as where a link of Markdown leads.
pub(crate) fn link(text: &str) -> String {
    let mut link = String::with_capacity(text.len());
    for char in text.chars() {
        let plain = char.is_ascii_alphanumeric() || "-._~/:?#[]@!$&'*+,;=%".contains(char);
        if plain {
            link.push(char);
        } else {
            let mut bytes = [0; 4];
            for byte in char.encode_utf8(&mut bytes).bytes() {
                let _ = write!(link, "%{byte:02X}");
            }
        }
    }
    link
}

/// Text as one word of a shell's command line.
pub(crate) fn shell_word(text: &str) -> Cow<'_, str> {
    let plain = |char: char| char.is_ascii_alphanumeric() || "_-./:@%+=,".contains(char);
    if !text.is_empty() && text.chars().all(plain) {
        return text.into();
    }
    format!("'{}'", text.replace('\'', r"'\''")).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reaches_the_terminal_but_text() {
        assert_eq!(
            harmless("a\x1b[31mb\r\n\u{9b}2J\u{202e}"),
            "a␛[31mb␍␊\u{fffd}2J\u{fffd}"
        );
        assert!(matches!(harmless("größer 日本"), Cow::Borrowed(_)));
    }

    #[test]
    fn text_stays_text_in_markdown() {
        assert_eq!(
            markdown("`a<b` & [c](d)\n\n- e"),
            "`a<b` &amp; [c]\\(d)\n\n- e"
        );
        assert_eq!(markdown("a ` <b>"), "a \\` &lt;b>");
        assert_eq!(table_cell("a | <b>\n"), "a \\| &lt;b>␊");
        assert_eq!(code("a`b"), "a'b");
        assert_eq!(code_span("a`b|c"), "`a'b\\|c`");
        assert_eq!(
            link("https://a.example/b c(d)?e#L1"),
            "https://a.example/b%20c%28d%29?e#L1"
        );
        assert_eq!(path_link("a b/c:d/é.tf"), "a%20b/c%3Ad/%C3%A9.tf");
    }

    #[test]
    fn words_of_a_shell() {
        assert_eq!(
            shell_word("Deployment.vllm.qwen3-8b"),
            "Deployment.vllm.qwen3-8b"
        );
        assert_eq!(
            shell_word(r#"module.a["x y"].b.c"#),
            r#"'module.a["x y"].b.c'"#
        );
        assert_eq!(shell_word("it's; rm"), r"'it'\''s; rm'");
        assert_eq!(shell_word(""), "''");
    }
}
