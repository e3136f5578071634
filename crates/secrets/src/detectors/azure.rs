use std::sync::LazyLock;

use regex::Regex;

use super::Line;

/// The storage account keys of a line whose surroundings say that they are that: an account key is
/// assigned, or Azure is mentioned within two lines.
pub(super) fn find(line: Line<'_>) -> Vec<&str> {
    static KEY: LazyLock<Regex> = LazyLock::new(|| pattern(r#"["']?[A-Za-z0-9+/]{86,88}==["']?"#));
    if PLANS.contains(&line.file_name) || !line.text.contains("==") {
        return Vec::new();
    }
    let mut keys = KEY.find_iter(line.text).map(|key| key.as_str()).peekable();
    if keys.peek().is_none() {
        return Vec::new();
    }
    let lines: Vec<_> = line.around.iter().collect();
    let context = lines.join("\n").replace("\n\n", "\n");
    if context.chars().count() > MAX_CONTEXT {
        return Vec::new();
    }
    keys.filter(|key| is_storage_key(key, &context)).collect()
}

/// Terraform plans are full of hashes.
const PLANS: [&str; 2] = ["tfplan.json", "planfile.json"];

/// Longer surroundings, in characters, are not looked at.
const MAX_CONTEXT: usize = 4000;

/// Longer lines, in characters, are not asked whether they hold a checksum.
const MAX_CHECKSUM_LINE: usize = 2000;

fn is_storage_key(key: &str, context: &str) -> bool {
    static ACCOUNT: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)account_?k(?:ey)?\b[\s=]{1,20}$"));
    if is_checksum(key, context) {
        return false;
    }
    let (key, lower) = (key.to_ascii_lowercase(), context.to_ascii_lowercase());
    lower.match_indices(&key).any(|(at, _)| {
        let (before, after) = (&lower[..at], &lower[at + key.len()..]);
        ACCOUNT.is_match(before)
            || mentions_azure_before(before)
            || (crate::characters::at_word_boundary(&lower, at) && mentions_azure_after(after))
    })
}

/// Whether a line with the key in it speaks of checksums, or of a Cosmos DB, whose keys look alike.
fn is_checksum(key: &str, context: &str) -> bool {
    static CHECKSUM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"integrity[:=]|sha256|sha384|sha512|master|(?i:cosmos|documents\.azure\.com)")
    });
    context.split('\n').any(|line| {
        line.contains(key) && line.chars().count() < MAX_CHECKSUM_LINE && CHECKSUM.is_match(line)
    })
}

/// Whether a word starts with `azure` at most two lines above the end.
fn mentions_azure_before(before: &str) -> bool {
    static AZURE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bazure"));
    let start = before
        .rmatch_indices('\n')
        .nth(2)
        .map_or(0, |(at, _)| at + 1);
    AZURE.find_at(before, start).is_some()
}

/// Whether `azure` comes at most two lines below the start.
fn mentions_azure_after(after: &str) -> bool {
    let end = after
        .match_indices('\n')
        .nth(2)
        .map_or(after.len(), |(at, _)| at);
    after[..end].contains("azure")
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is valid")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::Lines;

    fn find_in(text: &str, line: usize) -> Vec<String> {
        let lines = Lines::of(text);
        let around = lines.around(line);
        let text = around.target_line().unwrap().trim();
        let file_name = "main.tf";
        let found = find(Line {
            text,
            around,
            file_name,
        });
        found.into_iter().map(str::to_owned).collect()
    }

    fn key() -> String {
        "kS9/".repeat(21) + "ab=="
    }

    #[test]
    fn an_account_key_is_assigned() {
        let text = format!("AccountName=x;AccountKey={}", key());
        assert_eq!(find_in(&text, 0), [key()]);
        assert_eq!(find_in(&format!("k = {}", key()), 0), [""; 0]);
    }

    #[test]
    fn azure_is_near() {
        let key = key();
        assert_eq!(find_in(&format!("azure\na\nk = {key}"), 2).len(), 1);
        assert_eq!(find_in(&format!("azure\na\nb\nk = {key}"), 3).len(), 0);
        assert_eq!(find_in(&format!("k = {key}\na\n# on Azure"), 0).len(), 1);
        // A quote before the key is no word boundary.
        assert_eq!(find_in(&format!("k = \"{key}\"\n# on Azure"), 0).len(), 0);
    }

    #[test]
    fn checksums_do_not_count() {
        let text = format!("azure integrity: {}", key());
        assert_eq!(find_in(&text, 0).len(), 0);
    }
}
