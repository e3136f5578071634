use bastide_check::{Check, Framework, Severity, Standard};

/// Which checks to list. The default is all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Those that a framework tells.
    pub framework: Option<Framework>,
    /// Those of this severity or worse.
    pub severity: Option<Severity>,
    /// Those that go back to a standard, by its id (`cis-eks`, `pss-restricted`) or by part of its id
    /// or name (`cis`, `nsa`, `owasp`, `pss`).
    pub standard: Option<String>,
    /// Those that say this somewhere, in whatever case: in the id, the title, the problem, the
    /// explanation or the way out.
    pub text: Option<String>,
}

impl Filter {
    /// The checks that pass it, by id.
    pub fn checks(&self) -> Vec<&'static Check> {
        let mut checks: Vec<_> = bastide_check::all().filter(|it| self.passes(it)).collect();
        checks.sort_by_key(|check| check.id);
        checks
    }

    fn passes(&self, check: &Check) -> bool {
        let framework = |framework| check.frameworks().any(|one| one == framework);
        let standard = |name: &String| match Standard::from_id(name) {
            Some(standard) => check.is_of(standard),
            None => check
                .controls()
                .any(|(standard, _)| is_called(standard, name)),
        };
        self.framework.is_none_or(framework)
            && self.severity.is_none_or(|least| check.severity >= least)
            && self.standard.as_ref().is_none_or(standard)
            && self.text.as_ref().is_none_or(|text| says(check, text))
    }
}

fn is_called(standard: Standard, name: &str) -> bool {
    let (known, name) = (standard.name().to_lowercase(), name.to_lowercase());
    known.contains(&name) || standard.id().contains(&name)
}

fn says(check: &Check, text: &str) -> bool {
    let text = text.to_lowercase();
    let own = [check.id.as_str(), check.title, check.problem, check.why];
    let fixes = check.rules.iter().map(|rule| rule.fix);
    own.into_iter()
        .chain(fixes)
        .any(|said| said.to_lowercase().contains(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(filter: &Filter) -> Vec<&'static str> {
        let checks = filter.checks().into_iter();
        checks.map(|check| check.id.as_str()).collect()
    }

    #[test]
    fn each_condition_narrows() {
        let all = Filter::default();
        assert_eq!(ids(&all).len(), bastide_check::all().count());
        let dockerfile = Filter {
            framework: Some(Framework::Dockerfile),
            ..Filter::default()
        };
        assert!(ids(&dockerfile).iter().all(|id| id.contains("_DOCKER_")));
        let high = Filter {
            severity: Some(Severity::High),
            ..Filter::default()
        };
        assert!(ids(&high).contains(&"CKV_SECRET_6"));
        assert!(!ids(&high).contains(&"CKV_DOCKER_2"));
        let restricted = Filter {
            standard: Some("PSS".to_owned()),
            ..Filter::default()
        };
        assert!(ids(&restricted).contains(&"CKV_K8S_23"));
        let root = Filter {
            text: Some("Root File".to_owned()),
            ..Filter::default()
        };
        assert!(ids(&root).contains(&"CKV_K8S_22"));
        assert!(!ids(&root).contains(&"CKV_K8S_23"));
        let nothing = Filter {
            text: Some("no such words".to_owned()),
            ..all
        };
        assert_eq!(ids(&nothing), [""; 0]);
    }
}
