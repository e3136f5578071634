use bastide_check::{Check, Severity, Standard};

/// Which checks to run: `--check`, `--skip-check` and `--standard`.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    standard: Option<Standard>,
    only: Vec<Pattern>,
    skip: Vec<Pattern>,
}

/// One item of such a list.
#[derive(Clone, Debug)]
enum Pattern {
    /// An id, perhaps with `*` and `?`.
    Id(String),
    /// Of this severity or worse; among those to skip, or less.
    Severity(Severity),
}

impl Selection {
    /// Reads the two lists. Items may hold several, separated by commas.
    pub fn new(only: &[String], skip: &[String]) -> Self {
        Self {
            standard: None,
            only: patterns(only),
            skip: patterns(skip),
        }
    }

    /// The same, of the checks of a standard alone.
    #[must_use]
    pub fn of(mut self, standard: Option<Standard>) -> Self {
        self.standard = standard;
        self
    }

    /// Whether nothing is left out.
    pub fn is_all(&self) -> bool {
        self.standard.is_none() && self.only.is_empty() && self.skip.is_empty()
    }

    /// Whether a check is to run.
    pub fn selects(&self, check: &Check) -> bool {
        let wanted = self.only.iter().any(|pattern| match pattern {
            Pattern::Id(glob) => matches(glob, check.id.as_str()),
            Pattern::Severity(least) => check.severity >= *least,
        });
        let unwanted = self.skip.iter().any(|pattern| match pattern {
            Pattern::Id(glob) => matches(glob, check.id.as_str()),
            Pattern::Severity(most) => check.severity <= *most,
        });
        let asked = self.standard.is_none_or(|standard| check.is_of(standard));
        asked && (self.only.is_empty() || wanted) && !unwanted
    }
}

fn patterns(items: &[String]) -> Vec<Pattern> {
    let items = items.iter().flat_map(|item| item.split(',')).map(str::trim);
    let pattern = |item: &str| match Severity::from_name(item) {
        Some(severity) => Pattern::Severity(severity),
        None => Pattern::Id(item.to_owned()),
    };
    items.filter(|item| !item.is_empty()).map(pattern).collect()
}

/// Whether a text matches a pattern with `*` and `?`.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t) = (0, 0);
    let mut star = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(&char) if char == '?' || char == text[t] => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some((at, from)) => {
                    (p, t) = (at + 1, from + 1);
                    star = Some((at, from + 1));
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|char| *char == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selected(only: &[&str], skip: &[&str]) -> Vec<&'static str> {
        let own = |items: &[&str]| {
            items
                .iter()
                .map(|item| (*item).to_owned())
                .collect::<Vec<_>>()
        };
        let selection = Selection::new(&own(only), &own(skip));
        let ids = bastide_check::all().filter(|check| selection.selects(check));
        ids.map(|check| check.id.as_str()).collect()
    }

    #[test]
    fn ids_globs_and_severities() {
        assert_eq!(
            selected(&["CKV_AWS_51,CKV_TF_1"], &[]),
            ["CKV_AWS_51", "CKV_TF_1"]
        );
        let docker = selected(&["CKV_DOCKER_*"], &["*_2"]);
        assert!(docker.contains(&"CKV_DOCKER_3") && !docker.contains(&"CKV_DOCKER_2"));
        assert!(docker.iter().all(|id| id.starts_with("CKV_DOCKER_")));
        let high = selected(&["HIGH"], &[]);
        assert!(high.contains(&"CKV_SECRET_6") && !high.contains(&"CKV_K8S_8"));
        assert!(!selected(&[], &["low"]).contains(&"CKV_K8S_8"));
    }

    #[test]
    fn standards() {
        let of = |standard, only: &[String]| {
            let selection = Selection::new(only, &[]).of(Some(standard));
            let checks = bastide_check::all().filter(|check| selection.selects(check));
            checks.map(|check| check.id.as_str()).collect::<Vec<_>>()
        };
        let restricted = of(Standard::PodSecurityRestricted, &[]);
        assert!(restricted.contains(&"CKV_K8S_16") && restricted.contains(&"CKV_K8S_20"));
        let baseline = of(Standard::PodSecurityBaseline, &[]);
        assert!(baseline.contains(&"CKV_K8S_16") && !baseline.contains(&"CKV_K8S_20"));
        let eks = of(Standard::CisEks, &["CKV_AWS_*".to_owned()]);
        assert!(eks.contains(&"CKV_AWS_58") && !eks.contains(&"CKV_AWS_51"));
    }

    #[test]
    fn globs() {
        assert!(matches("a*c?e", "abbcde"));
        assert!(!matches("a*c?e", "abbcd"));
        assert!(matches("*", ""));
    }
}
