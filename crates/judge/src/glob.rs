use std::fmt;

/// A pattern with wildcards. What they are depends on what it is a pattern of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Glob {
    text: String,
    tokens: Vec<Token>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Token {
    /// This character.
    Char(char),
    /// One character, but no `/` where the pattern is one of paths.
    One { slash: bool },
    /// One character within one of these ranges, or outside of all.
    Class {
        negated: bool,
        ranges: Vec<(char, char)>,
    },
    /// As many characters as it takes.
    Run(Reach),
}

/// How far a run of characters goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Reach {
    /// Over anything.
    Anywhere,
    /// Up to the next `/`.
    Part,
    /// Over whole folders, each with the `/` after it.
    Folders,
}

impl Glob {
    /// A pattern of resource addresses: `*` stands for any characters, and everything else for itself,
    /// so that `module.m["k"].aws_lb.*[0]` means what it says.
    pub fn address(text: &str) -> Self {
        let token = |char| match char {
            '*' => Token::Run(Reach::Anywhere),
            _ => Token::Char(char),
        };
        Self::new(text, text.chars().map(token).collect())
    }

    /// A pattern of paths: `*` and `?` stay within a folder, `**` does not, and `**/` may be nothing.
    pub fn path(text: &str) -> Self {
        let mut tokens = Vec::new();
        let mut rest = text;
        while let Some(char) = rest.chars().next() {
            let starts_part = matches!(tokens.last(), None | Some(Token::Char('/')));
            let (token, length) = match char {
                '*' if starts_part && rest.starts_with("**/") => (Token::Run(Reach::Folders), 3),
                '*' if rest.starts_with("**") => (Token::Run(Reach::Anywhere), 2),
                '*' => (Token::Run(Reach::Part), 1),
                '?' => (Token::One { slash: false }, 1),
                _ => (Token::Char(char), char.len_utf8()),
            };
            tokens.push(token);
            rest = &rest[length..];
        }
        Self::new(text, tokens)
    }

    /// A pattern of check ids, with the wildcards of Checkov's options, which are those of a shell:
    /// `*`, `?`, `[a-z]` and `[!a-z]`.
    pub fn id(text: &str) -> Self {
        let mut tokens = Vec::new();
        let mut rest = text;
        while let Some(char) = rest.chars().next() {
            let (token, length) = match char {
                '*' => (Token::Run(Reach::Anywhere), 1),
                '?' => (Token::One { slash: true }, 1),
                '[' => class(rest).unwrap_or((Token::Char('['), 1)),
                _ => (Token::Char(char), char.len_utf8()),
            };
            tokens.push(token);
            rest = &rest[length..];
        }
        Self::new(text, tokens)
    }

    fn new(text: &str, tokens: Vec<Token>) -> Self {
        Self {
            text: text.to_owned(),
            tokens,
        }
    }

    /// The pattern as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it has no wildcard, and so matches itself alone.
    pub fn is_literal(&self) -> bool {
        self.literals() == self.tokens.len()
    }

    /// Whether it matches everything there is.
    pub fn is_everything(&self) -> bool {
        let run = |token: &Token| matches!(token, Token::Run(Reach::Anywhere));
        !self.tokens.is_empty() && self.tokens.iter().all(run)
    }

    /// How many of its characters stand for themselves.
    pub fn literals(&self) -> usize {
        let tokens = self.tokens.iter();
        tokens
            .filter(|token| matches!(token, Token::Char(_)))
            .count()
    }

    /// Whether a text matches, all of it. Takes no longer than the product of both lengths, and for
    /// a path that times its length.
    pub fn matches(&self, text: &str) -> bool {
        // Only the last run of each kind needs to be tried again: what an earlier one could take
        // more, a later one can take too.
        let (mut narrow, mut wide) = (None, None);
        let (mut token, mut at) = (0, 0);
        loop {
            match (self.tokens.get(token), next(text, at)) {
                (Some(Token::Run(Reach::Part)), _) => {
                    token += 1;
                    narrow = Some((Reach::Part, token, at));
                    continue;
                }
                (Some(Token::Run(reach)), _) => {
                    token += 1;
                    (narrow, wide) = (None, Some((*reach, token, at)));
                    continue;
                }
                (Some(wanted), Some(char)) if wanted.takes(char) => {
                    token += 1;
                    at += char.len_utf8();
                    continue;
                }
                (None, None) => return true,
                _ => {}
            }
            if let Some(longer) = narrow.and_then(|run| lengthen(run, text)) {
                narrow = Some(longer);
                (_, token, at) = longer;
            } else if let Some(longer) = wide.and_then(|run| lengthen(run, text)) {
                (narrow, wide) = (None, Some(longer));
                (_, token, at) = longer;
            } else {
                return false;
            }
        }
    }
}

impl Token {
    fn takes(&self, char: char) -> bool {
        match self {
            Self::Char(wanted) => *wanted == char,
            Self::One { slash } => *slash || char != '/',
            Self::Class { negated, ranges } => {
                ranges
                    .iter()
                    .any(|(from, to)| (*from..=*to).contains(&char))
                    != *negated
            }
            Self::Run(_) => false,
        }
    }
}

impl fmt::Display for Glob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

fn next(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// A run, the token after it, and where it ends now: the same with the next possible end.
fn lengthen(
    (reach, token, end): (Reach, usize, usize),
    text: &str,
) -> Option<(Reach, usize, usize)> {
    let char = next(text, end)?;
    let more = match reach {
        Reach::Part if char == '/' => return None,
        Reach::Part | Reach::Anywhere => char.len_utf8(),
        Reach::Folders => text[end..].find('/')? + 1,
    };
    Some((reach, token, end + more))
}

/// The class at the start of a text, and its length. None if it is not closed: then `[` is itself.
fn class(text: &str) -> Option<(Token, usize)> {
    let inner = text.strip_prefix('[')?;
    let (negated, inner) = match inner.strip_prefix('!') {
        Some(inner) => (true, inner),
        None => (false, inner),
    };
    // A `]` that comes first is one of the characters.
    let first = inner.chars().next()?.len_utf8();
    let close = first + inner[first..].find(']')?;
    let mut ranges = Vec::new();
    let mut chars = inner[..close].chars().peekable();
    while let Some(from) = chars.next() {
        let mut range = chars.clone();
        match (range.next(), range.next()) {
            (Some('-'), Some(to)) => {
                ranges.push((from, to));
                chars = range;
            }
            _ => ranges.push((from, from)),
        }
    }
    let length = text.len() - inner.len() + close + 1;
    Some((Token::Class { negated, ranges }, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_literal_but_for_stars() {
        let glob = Glob::address(r#"module.m["k"].aws_lb.*[0]"#);
        assert!(glob.matches(r#"module.m["k"].aws_lb.this[0]"#));
        assert!(!glob.matches("module.mk.aws_lb.this0"));
        assert!(Glob::address("Deployment.vllm.*").matches("Deployment.vllm.qwen3-8b"));
        assert!(Glob::address("*").matches(""));
        assert!(!Glob::address("a?").matches("ab"));
        assert!(Glob::address("a*b*c").matches("aXbYbZc"));
        assert!(!Glob::address("a*b*c").matches("aXbYbZ"));
    }

    #[test]
    fn a_star_in_a_path_stays_within_its_folder() {
        assert!(Glob::path("stacks/*/main.tf").matches("stacks/demo/main.tf"));
        assert!(!Glob::path("stacks/*.tf").matches("stacks/demo/main.tf"));
        assert!(!Glob::path("a?b").matches("a/b"));
        assert!(Glob::path("a?b").matches("aéb"));
    }

    #[test]
    fn two_stars_in_a_path_go_over_folders() {
        let deep = Glob::path("stacks/**/*.tf");
        assert!(deep.matches("stacks/main.tf"));
        assert!(deep.matches("stacks/a/b/main.tf"));
        assert!(!deep.matches("stacks/a/b/main.yaml"));
        assert!(!Glob::path("**/main.tf").matches("domain.tf"));
        assert!(Glob::path("**/main.tf").matches("main.tf"));
        assert!(Glob::path("stacks/**").matches("stacks/a/b"));
        assert!(!Glob::path("stacks/**").matches("stacksa"));
        // The narrow run fails behind the first folder that fits, and the wide one has to go on.
        assert!(Glob::path("**/x*/y").matches("x1/z/x2/y"));
    }

    #[test]
    fn ids_take_the_wildcards_of_a_shell() {
        assert!(Glob::id("CKV_K8S_*").matches("CKV_K8S_22"));
        assert!(Glob::id("CKV_K8S_2?").matches("CKV_K8S_22"));
        assert!(Glob::id("CKV_K8S_2[1-3]").matches("CKV_K8S_22"));
        assert!(!Glob::id("CKV_K8S_2[!1-3]").matches("CKV_K8S_22"));
        assert!(Glob::id("a[]x]b").matches("a]b"));
        assert!(Glob::id("a[-x]b").matches("a-b"));
        assert!(Glob::id("a[b").matches("a[b"));
    }

    #[test]
    fn how_much_a_pattern_says() {
        assert!(Glob::address("aws_x.y[0]").is_literal());
        assert!(Glob::address("**").is_everything());
        assert!(!Glob::address("*a").is_everything());
        assert!(!Glob::address("").is_everything());
        assert_eq!(Glob::address("ab*c").literals(), 3);
    }

    #[test]
    fn many_stars_end_soon() {
        let glob = Glob::address(&"*a".repeat(200));
        assert!(!glob.matches(&"a".repeat(199)));
        assert!(glob.matches(&"a".repeat(200)));
        assert!(!Glob::path(&"**/*a".repeat(20)).matches(&"a/".repeat(400)));
    }
}
