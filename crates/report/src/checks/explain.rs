use std::fmt::Write;

use bastide_check::{Check, Rule};

use super::{example, framework_name, page_address};
use crate::palette::Palette;

/// So wide are paragraphs, in characters.
const WIDTH: usize = 88;

/// What a check asks for, why, what fails it, and what to write instead: for a terminal.
pub fn explain(check: &Check, color: bool) -> String {
    let palette = Palette::new(color);
    let heading = |text: &str| palette.bold(text).into_owned();
    let mut text = format!("{}: {}\n", heading(check.id.as_str()), heading(check.title));
    let severity = palette.severity(check.severity, check.severity.name());
    let _ = writeln!(text, "{severity} · {}\n", super::frameworks(check));
    wrap(&mut text, check.why);
    for rule in check.rules {
        text.push('\n');
        explain_rule(&mut text, rule, &heading);
    }
    let _ = writeln!(text, "\n{}", heading("References"));
    for reference in check.all_references() {
        let _ = writeln!(text, "  {reference}");
    }
    let _ = writeln!(text, "  {}", page_address(check));
    text
}

fn explain_rule(text: &mut String, rule: &Rule, heading: &impl Fn(&str) -> String) {
    let _ = writeln!(text, "{}", heading(framework_name(rule.framework)));
    wrap(text, &format!("  {}", rule.fix));
    let [fail, pass] = example::fail_and_pass(rule);
    let parts = [("Write", rule.snippet), ("Fails", &fail), ("Passes", &pass)];
    for (title, code) in parts.into_iter().filter(|(_, code)| !code.is_empty()) {
        let _ = writeln!(text, "\n  {title}:");
        for line in code.lines() {
            let _ = writeln!(text, "{}", format!("      {line}").trim_end());
        }
    }
}

/// Writes a paragraph in lines of [`WIDTH`] characters, each with the first one's indentation.
fn wrap(text: &mut String, paragraph: &str) {
    let indent = &paragraph[..paragraph.len() - paragraph.trim_start().len()];
    let mut width = 0;
    for word in paragraph.split_whitespace() {
        let length = word.chars().count();
        if width == 0 {
            text.push_str(indent);
            width = indent.len();
        } else if width + 1 + length > WIDTH {
            text.push('\n');
            text.push_str(indent);
            width = indent.len();
        } else {
            text.push(' ');
            width += 1;
        }
        text.push_str(word);
        width += length;
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_wrapped_and_indented() {
        let mut text = String::new();
        wrap(&mut text, &format!("  {}", "word ".repeat(30)));
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|line| line.starts_with("  word")));
        assert!(
            lines
                .iter()
                .all(|line| line.len() <= WIDTH && !line.ends_with(' '))
        );
    }
}
