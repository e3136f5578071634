//! Where the findings of an exception that matches nothing any more may have gone.

use std::collections::BTreeSet;

use bastide_source::nearest;

use crate::{Glob, Spanned};

/// The first of the patterns that one of the addresses is a new name for, with that address: the
/// resource went into a module or out of one, or was renamed.
pub(crate) fn successor_of_address<'a>(
    patterns: &'a [Spanned<Glob>],
    addresses: &BTreeSet<&'a str>,
) -> Option<(&'a str, &'a str)> {
    let moved = |one: &str, other: &str| {
        let rest = one.strip_suffix(other);
        rest.is_some_and(|rest| rest.ends_with('.'))
    };
    patterns.iter().find_map(|pattern| {
        let old = pattern.as_str();
        let mut addresses_again = addresses.iter().copied();
        let new = addresses_again.find(|new| moved(new, old) || moved(old, new));
        let new = new.or_else(|| nearest(old, addresses.iter().copied()))?;
        Some((old, new))
    })
}

/// The first of the patterns that one of the paths is a new name for, with that path: the file went
/// into another folder, or was renamed.
pub(crate) fn successor_of_path<'a>(
    patterns: &'a [Spanned<Glob>],
    paths: &BTreeSet<&'a str>,
) -> Option<(&'a str, &'a str)> {
    patterns.iter().find_map(|pattern| {
        let old = pattern.as_str();
        let new = nearest(old, paths.iter().copied());
        let is_same = |new: &&str| pattern.is_literal() && file_name(new) == file_name(old);
        let new = new.or_else(|| paths.iter().copied().find(is_same))?;
        Some((old, new))
    })
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use bastide_source::Span;

    use super::*;

    fn pattern(glob: Glob) -> [Spanned<Glob>; 1] {
        [Spanned::new(glob, Span::default())]
    }

    #[test]
    fn addresses() {
        let successor = |old: &str, among: &[&str]| {
            let patterns = pattern(Glob::address(old));
            let among = among.iter().copied().collect();
            successor_of_address(&patterns, &among).map(|(_, new)| new.to_owned())
        };
        let new = successor("aws_lb.a", &["aws_lb.b", "module.x.aws_lb.a"]);
        assert_eq!(new.as_deref(), Some("module.x.aws_lb.a"));
        let new = successor("Deployment.vllm.qwen3-8b", &["Deployment.vllm.qwen3-14b"]);
        assert_eq!(new.as_deref(), Some("Deployment.vllm.qwen3-14b"));
        assert_eq!(successor("aws_lb.a", &["Deployment.vllm.qwen3-14b"]), None);
    }

    #[test]
    fn paths() {
        let successor = |old: &str, among: &[&str]| {
            let patterns = pattern(Glob::path(old));
            let among = among.iter().copied().collect();
            successor_of_path(&patterns, &among).map(|(_, new)| new.to_owned())
        };
        let new = successor("demo/storage.tf", &["stacks/production/storage.tf"]);
        assert_eq!(new.as_deref(), Some("stacks/production/storage.tf"));
        let new = successor("demo/storage.tf", &["demo/store.tf", "x/storage.tf"]);
        assert_eq!(new.as_deref(), Some("demo/store.tf"));
        assert_eq!(successor("demo/*.tf", &["stacks/production/main.tf"]), None);
    }
}
