//! The parts of a rule's example: what fails and what passes.
//!
//! An example is a file whose resources say by their name what becomes of them; where nothing has a
//! name, a line `# fail` or `# pass` starts a part.

use bastide_check::{Framework, Rule};

/// What of a rule's example fails, and what passes: each the first of its kind, with what it
/// refers to.
pub(super) fn fail_and_pass(rule: &Rule) -> [String; 2] {
    let parts: Vec<Part<'_>> = match rule.framework {
        Framework::Terraform => blocks(rule.example),
        Framework::Kubernetes => documents(rule.example),
        _ => marked(rule.example),
    };
    ["fail", "pass"].map(|verdict| {
        let Some(shown) = parts.iter().find(|part| part.name.starts_with(verdict)) else {
            return String::new();
        };
        let told = |part: &&Part<'_>| {
            let verdict = ["fail", "pass", "unknown"];
            verdict.iter().any(|verdict| part.name.starts_with(verdict))
        };
        let others = parts.iter().filter(|part| !told(part));
        let needed = others.filter(|part| mentions(shown.text, part.name));
        let texts: Vec<_> = std::iter::once(shown)
            .chain(needed)
            .map(|it| it.text)
            .collect();
        let between = match rule.framework {
            Framework::Kubernetes => "\n---\n",
            _ => "\n\n",
        };
        texts.join(between) + "\n"
    })
}

/// A part of an example, and what it is called.
struct Part<'a> {
    name: &'a str,
    text: &'a str,
}

/// Parts that follow a line `# fail` or `# pass`.
fn marked(example: &str) -> Vec<Part<'_>> {
    let mut marks = Vec::new();
    for (at, _) in example.match_indices("# ") {
        let line = example[at..].lines().next().unwrap_or_default();
        let starts_line = at == 0 || example[..at].ends_with('\n');
        if starts_line && ["# fail", "# pass"].contains(&line.trim_end()) {
            marks.push((at, at + line.len()));
        }
    }
    let ends = marks.iter().skip(1).map(|(at, _)| *at);
    let ends = ends.chain([example.len()]);
    let parts = marks.iter().zip(ends).map(|((at, start), end)| Part {
        name: example[at + "# ".len()..*start].trim_end(),
        text: example[*start..end].trim(),
    });
    parts.collect()
}

/// The documents of a YAML stream, called by their `name`.
fn documents(example: &str) -> Vec<Part<'_>> {
    let documents = example.split("---\n").map(str::trim);
    let named = documents.map(|text| {
        let after = text.split_once("name: ").map_or("", |(_, after)| after);
        let end = after.find([',', '}', '\n']).unwrap_or(after.len());
        let name = after[..end].trim();
        Part { name, text }
    });
    named.collect()
}

/// The blocks of a Terraform file, called by their last label; of a provider, by its alias.
fn blocks(example: &str) -> Vec<Part<'_>> {
    let mut rest = example;
    let mut parts = Vec::new();
    while let Some(start) = rest.find(|char: char| !char.is_whitespace()) {
        let text = &rest[start..];
        let header = text.lines().next().unwrap_or_default();
        let end = if header.trim_end().ends_with('}') {
            header.len()
        } else {
            text.find("\n}").map_or(text.len(), |at| at + "\n}".len())
        };
        let block = text[..end].trim_end();
        let alias = block
            .strip_prefix("provider ")
            .and_then(|body| body.split_once("alias")?.1.split('"').nth(1));
        parts.push(Part {
            name: alias.unwrap_or_else(|| header.rsplit('"').nth(1).unwrap_or_default()),
            text: block,
        });
        rest = &text[end..];
    }
    parts
}

/// Whether a text has a word in it.
fn mentions(text: &str, word: &str) -> bool {
    let mut words = text.split(|char: char| !char.is_alphanumeric() && char != '_');
    words.any(|one| one == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_shows_what_fails_and_what_passes() {
        for check in bastide_check::all() {
            for rule in check.rules {
                let place = format!("{} for {}", check.id, rule.framework);
                let [fail, pass] = fail_and_pass(rule);
                // What should not be there at all never passes.
                if rule.example.contains("pass") {
                    assert!(pass.trim().len() > 10, "{place} shows nothing that passes");
                } else {
                    assert_eq!(pass, "", "{place}");
                }
                // A check that only takes note of what there is fails nothing.
                if !rule.example.contains("fail") {
                    assert_eq!(fail, "", "{place}");
                    continue;
                }
                assert!(fail.trim().len() > 10, "{place} shows nothing that fails");
                assert_ne!(fail, pass, "{place}");
                // What it refers to may stand elsewhere in the example.
                for line in fail.lines() {
                    assert!(rule.example.contains(line), "{place}: {line}");
                }
            }
        }
    }

    #[test]
    fn what_passes_comes_with_what_it_refers_to() {
        let pass = |id: &str, framework| {
            let check = bastide_check::all().find(|check| check.id.0 == id);
            let rule = check.and_then(|check| check.rule(framework)).unwrap();
            let [_, pass] = fail_and_pass(rule);
            pass
        };
        let policy = pass("CKV2_K8S_6", Framework::Kubernetes);
        assert!(policy.contains("\n---\n") && policy.contains("kind: NetworkPolicy"));
        let key = pass("CKV_AWS_184", Framework::Terraform);
        assert!(key.contains("resource \"aws_kms_key\"") && !key.contains("variable"));
    }
}
