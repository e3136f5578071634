use regex::Regex;

/// Paths to leave out, as Checkov's `--skip-path` reads them: each is a regular expression, and
/// also a plain text, to be found anywhere in the path.
#[derive(Debug, Default)]
pub struct SkipPaths {
    texts: Vec<String>,
    patterns: Vec<Regex>,
}

impl SkipPaths {
    /// Reads the paths. One that is no regular expression is a plain text alone.
    pub fn new(paths: impl IntoIterator<Item = String>) -> Self {
        let mut skip = Self::default();
        for path in paths {
            // `.git` means the folder, not any character before `git`.
            let plain = path.starts_with('.') && !path.starts_with("..") && path.len() > 1;
            let pattern = if plain {
                regex::escape(&path)
            } else {
                path.clone()
            };
            skip.patterns.extend(Regex::new(&pattern));
            skip.texts.push(path);
        }
        skip
    }

    /// Whether a path, with the root as it was given before it, is to be left out.
    pub fn matches(&self, path: &str) -> bool {
        self.texts.iter().any(|text| path.contains(text))
            || self.patterns.iter().any(|pattern| pattern.is_match(path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_and_texts() {
        let skip = SkipPaths::new(["vendor/.*\\.tf$".into(), ".cache".into(), "a[b".into()]);
        assert!(skip.matches("x/vendor/m/main.tf"));
        assert!(skip.matches("x/.cache/y"));
        assert!(!skip.matches("x/xcache/y"));
        assert!(skip.matches("x/a[b/y"));
        assert!(!skip.matches("x/main.tf"));
    }
}
