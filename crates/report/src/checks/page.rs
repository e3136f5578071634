use std::fmt::Write;

use bastide_check::{Check, Reference, Rule};

use super::{example, framework_name, frameworks, language, list};

/// The documentation page of a check, in Markdown: `docs/checks/<ID>.md`.
pub fn page(check: &Check) -> String {
    let mut text = format!(
        "# {}: {}\n\n| | |\n| --- | --- |\n| Severity | {} |\n| Frameworks | {} |\n\
         | Where it fails | {} |\n\n{}\n",
        check.id,
        check.title,
        check.severity,
        frameworks(check),
        check.problem,
        check.why,
    );
    for rule in check.rules {
        push_rule(&mut text, rule);
    }
    text.push_str("\n## References\n\n");
    for reference in check.all_references() {
        let _ = match reference {
            Reference::Page(address) => writeln!(text, "- <{address}>"),
            Reference::Standard(..) => writeln!(text, "- {reference}"),
        };
    }
    text
}

/// The page that lists the documentation pages of all checks: `docs/checks/README.md`.
pub fn index(checks: &[&Check]) -> String {
    format!("# Checks\n\n{}", list::markdown(checks))
}

fn push_rule(text: &mut String, rule: &Rule) {
    let language = language(rule.framework);
    let resources: Vec<_> = rule.on.iter().map(|kind| format!("`{kind}`")).collect();
    let [fail, pass] = example::fail_and_pass(rule);
    let _ = write!(
        text,
        "\n## {}\n\nLooks at {}.\n\n**What to do:** {}.\n",
        framework_name(rule.framework),
        resources.join(", "),
        rule.fix,
    );
    let parts = [("", rule.snippet), ("Fails:", &fail), ("Passes:", &pass)];
    for (title, code) in parts.into_iter().filter(|(_, code)| !code.is_empty()) {
        let title = match title {
            "" => String::new(),
            title => format!("\n{title}\n"),
        };
        let _ = write!(text, "{title}\n```{language}\n{code}```\n");
    }
}
