use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// The version of a module: numbers, and perhaps a mark of what comes before a release.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Version {
    numbers: [u64; 3],
    prerelease: Option<String>,
}

/// What the `version` of a module call asks for: `>= 5.1, < 6.0`, `~> 5.2`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Constraint {
    parts: Vec<Part>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Part {
    operator: Operator,
    version: Version,
    /// How many numbers were written: `~>` lets the last of them grow.
    precision: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Operator {
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Compatible,
}

impl Constraint {
    /// Reads a constraint. An empty one allows every release.
    pub fn new(text: &str) -> Option<Self> {
        let parts = text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let parts: Option<Vec<_>> = parts.map(Part::new).collect();
        Some(Self { parts: parts? })
    }

    /// Whether a version is as it asks. One before a release is so only if it is named.
    pub fn allows(&self, version: &Version) -> bool {
        let named = self
            .parts
            .iter()
            .any(|part| part.operator == Operator::Equal && part.version.prerelease.is_some());
        (named || version.prerelease.is_none())
            && self.parts.iter().all(|part| part.allows(version))
    }

    /// The newest of some versions that it allows.
    pub fn newest(&self, versions: impl IntoIterator<Item = Version>) -> Option<Version> {
        versions
            .into_iter()
            .filter(|version| self.allows(version))
            .max()
    }
}

impl Part {
    fn new(text: &str) -> Option<Self> {
        // Longer operators come first.
        const OPERATORS: [(&str, Operator); 7] = [
            ("!=", Operator::NotEqual),
            (">=", Operator::GreaterOrEqual),
            ("<=", Operator::LessOrEqual),
            ("~>", Operator::Compatible),
            (">", Operator::Greater),
            ("<", Operator::Less),
            ("=", Operator::Equal),
        ];
        let found = OPERATORS.iter().find_map(|(sign, operator)| {
            text.strip_prefix(sign).map(|rest| (rest.trim(), *operator))
        });
        let (text, operator) = found.unwrap_or((text, Operator::Equal));
        let release = text.split(['-', '+']).next()?;
        Some(Self {
            operator,
            version: text.parse().ok()?,
            precision: release.split('.').count(),
        })
    }

    fn allows(&self, version: &Version) -> bool {
        match self.operator {
            Operator::Equal => *version == self.version,
            Operator::NotEqual => *version != self.version,
            Operator::Greater => *version > self.version,
            Operator::GreaterOrEqual => *version >= self.version,
            Operator::Less => *version < self.version,
            Operator::LessOrEqual => *version <= self.version,
            Operator::Compatible => {
                let fixed = self.precision.saturating_sub(1).min(2);
                *version >= self.version
                    && version.numbers[..fixed] == self.version.numbers[..fixed]
            }
        }
    }
}

/// That a text is no version.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NoVersion;

impl FromStr for Version {
    type Err = NoVersion;

    fn from_str(text: &str) -> Result<Self, NoVersion> {
        let text = text.trim();
        let text = text.strip_prefix('v').unwrap_or(text);
        // What follows `+` says how it was built, and does not count.
        let text = text.split('+').next().unwrap_or(text);
        let (release, prerelease) = match text.split_once('-') {
            Some((release, mark)) => (release, Some(mark.to_owned())),
            None => (text, None),
        };
        let is_mark = |mark: &String| {
            let is_known = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '-');
            !mark.is_empty() && mark.chars().all(is_known) && !mark.contains("..")
        };
        if !prerelease.as_ref().is_none_or(is_mark) {
            return Err(NoVersion);
        }
        let mut numbers = [0; 3];
        let mut parts = release.split('.');
        for (number, part) in numbers.iter_mut().zip(&mut parts) {
            *number = part.parse().map_err(|_| NoVersion)?;
        }
        match parts.next() {
            None => Ok(Self {
                numbers,
                prerelease,
            }),
            Some(_) => Err(NoVersion),
        }
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        let released = |version: &Self| version.prerelease.is_none();
        self.numbers
            .cmp(&other.numbers)
            .then_with(|| released(self).cmp(&released(other)))
            .then_with(|| marks(self).cmp(&marks(other)))
    }
}

/// The parts of a mark in the order of semantic versions: numbers first, and as numbers.
fn marks(version: &Version) -> Vec<(bool, u64, &str)> {
    let mark = version.prerelease.as_deref().unwrap_or("");
    let part = |part| match str::parse(part) {
        Ok(number) => (false, number, ""),
        Err(_) => (true, 0, part),
    };
    mark.split('.').map(part).collect()
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.numbers;
        write!(f, "{major}.{minor}.{patch}")?;
        match &self.prerelease {
            Some(mark) => write!(f, "-{mark}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(constraint: &str, version: &str) -> bool {
        let constraint = Constraint::new(constraint).expect("a constraint");
        constraint.allows(&version.parse().expect("a version"))
    }

    #[test]
    fn operators() {
        assert!(allows("1.2.3", "v1.2.3") && !allows("= 1.2.3", "1.2.4"));
        assert!(allows("!= 1.2.3", "1.2.4") && !allows("!= 1.2", "1.2.0"));
        assert!(allows("> 1.2, < 2", "1.10.0") && !allows("> 1.2, < 2", "2.0.0"));
        assert!(allows(">=1.2", "1.2.0") && allows("<= 1.2", "1.2.0"));
        assert!(allows("", "0.0.1"));
    }

    #[test]
    fn the_last_number_may_grow() {
        assert!(allows("~> 5.2", "5.30.0") && !allows("~> 5.2", "6.0.0"));
        assert!(allows("~> 5.2.1", "5.2.9") && !allows("~> 5.2.1", "5.3.0"));
        assert!(allows("~> 5", "6.0.0"), "as in Terraform");
        assert!(!allows("~> 5.2", "5.1.9"));
    }

    #[test]
    fn what_comes_before_a_release_must_be_named() {
        assert!(!allows(">= 1.0", "2.0.0-rc1"));
        assert!(allows("2.0.0-rc1", "2.0.0-rc1"));
    }

    #[test]
    fn the_newest_is_chosen() {
        let versions = ["1.9.0", "1.10.0", "2.0.0-rc.2", "2.0.0-rc.10"];
        let versions = || versions.iter().map(|it| it.parse().expect("a version"));
        let newest = |text: &str| Constraint::new(text).and_then(|it| it.newest(versions()));
        assert_eq!(
            newest("~> 1.0").map(|it| it.to_string()).as_deref(),
            Some("1.10.0")
        );
        assert_eq!(newest("> 3").map(|it| it.to_string()), None);
        let all: Option<Version> = versions().max();
        assert_eq!(all.map(|it| it.to_string()).as_deref(), Some("2.0.0-rc.10"));
    }

    #[test]
    fn what_is_none() {
        for text in ["", "1.x", "1.2.3.4", "1.2-", "1.2-a..b", "1.2-a/b", "-1"] {
            assert!(text.parse::<Version>().is_err(), "{text}");
        }
        assert_eq!(Constraint::new(">= x"), None);
    }
}
