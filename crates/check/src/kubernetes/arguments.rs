//! What the programs of the control plane, and the kubelet, are started with.

use bastide_kubernetes::{Container, Object};
use bastide_value::Node;

use super::{WORKLOADS, label};
use crate::check::{Rule, Test, kubernetes};
use crate::{Label, Outcome};

/// What is asked of the arguments that a program is started with.
#[derive(Clone, Copy, Debug)]
pub struct Arguments {
    /// The words of a command that tell that the container runs the program.
    programs: &'static [&'static str],
    /// All that must hold.
    wanted: &'static [Argument],
}

/// What is asked of one argument. Flags are given with their dashes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Argument {
    /// It is there, word for word.
    Written(&'static str),
    /// It is not there, word for word.
    NotWritten(&'static str),
    /// The flag is there.
    Given(&'static str),
    /// The flag is not there.
    NotGiven(&'static str),
    /// The flag is there, once at least with such a value.
    Value(&'static str, Wanted),
    /// Wherever the flag is there, it has such a value.
    ValueIfGiven(&'static str, Wanted),
}

/// What is asked of the value of a flag.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wanted {
    /// A whole number, this or more; or none, which leaves it to the next word.
    AtLeast(i64),
    /// A whole number, this or less; or none, which leaves it to the next word.
    AtMost(i64),
    /// A list, separated by commas, with this in it.
    Lists(&'static str),
    /// A list, separated by commas, without this in it.
    ListsNot(&'static str),
    /// A list, separated by commas, of none but these.
    ListsOnly(&'static [&'static str]),
    /// A text that holds one of these.
    Holds(&'static [&'static str]),
    /// A text that does not hold this.
    HoldsNot(&'static str),
    /// A text with more than white space in it.
    Something,
    /// The name of a file in PEM format.
    PemFile,
    /// A time in hours, minutes and seconds: `1h30m`, `300s`.
    Duration,
}

/// Cipher suites of TLS 1.2 that are not known to be weak.
pub(super) const STRONG_CIPHERS: &[&str] = &[
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305",
    "TLS_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_RSA_WITH_AES_256_GCM_SHA384",
];

/// A rule for the arguments of programs, wherever a container runs one of them.
pub(super) const fn arguments(
    programs: &'static [&'static str],
    wanted: &'static [Argument],
) -> Rule {
    let arguments = Arguments { programs, wanted };
    kubernetes(WORKLOADS, Test::Arguments(arguments))
}

/// Whether a container's command has one of these words.
pub(super) fn runs(container: &Container<'_>, programs: &[&str]) -> bool {
    words(container).any(|(word, _)| programs.contains(&word))
}

fn words<'a>(container: &Container<'a>) -> impl Iterator<Item = (&'a str, &'a Node<'a>)> {
    let command = container.list("command").iter();
    command.filter_map(|node| Some((node.value.as_str()?, node)))
}

impl Arguments {
    /// Passes for a container that runs something else.
    pub(crate) fn test(&self, container: &Container<'_>, object: &Object<'_>) -> Outcome {
        if !runs(container, self.programs) {
            return Outcome::Pass;
        }
        let wanted = self.wanted.iter();
        Outcome::all(wanted.map(|argument| argument.test(container, object)))
    }
}

impl Argument {
    pub(super) fn test(self, container: &Container<'_>, object: &Object<'_>) -> Outcome {
        let lacks = |what: &str| {
            let what = format!("is started without `{what}`");
            Outcome::Fail(vec![label(container, object, "command", &what)])
        };
        let has = |node: &Node<'_>, word: &str| {
            let what = format!("is started with `{word}`");
            let text = label(container, object, "command", &what).text;
            Outcome::Fail(vec![Label::new(node.span, text)])
        };
        let mut words = words(container);
        match self {
            Self::Written(wanted) => match words.find(|(word, _)| *word == wanted) {
                Some(_) => Outcome::Pass,
                None => lacks(wanted),
            },
            Self::NotWritten(unwanted) => match words.find(|(word, _)| *word == unwanted) {
                Some((word, node)) => has(node, word),
                None => Outcome::Pass,
            },
            Self::Given(flag) => match words.find(|(word, _)| flag_value(word, flag).is_some()) {
                Some(_) => Outcome::Pass,
                None => lacks(flag),
            },
            Self::NotGiven(flag) => {
                match words.find(|(word, _)| flag_value(word, flag).is_some()) {
                    Some((word, node)) => has(node, word),
                    None => Outcome::Pass,
                }
            }
            Self::Value(flag, wanted) => {
                let mut unfit = None;
                for (word, node) in words {
                    match flag_value(word, flag) {
                        Some(value) if wanted.fits(value) => return Outcome::Pass,
                        Some(_) => unfit = Some((word, node)),
                        None => {}
                    }
                }
                unfit.map_or_else(|| lacks(flag), |(word, node)| has(node, word))
            }
            Self::ValueIfGiven(flag, wanted) => {
                let unfit = |word: &str| flag_value(word, flag).is_some_and(|it| !wanted.fits(it));
                match words.find(|(word, _)| unfit(word)) {
                    Some((word, node)) => has(node, word),
                    None => Outcome::Pass,
                }
            }
        }
    }
}

/// The value that a word gives a flag; empty if it gives none.
fn flag_value<'a>(word: &'a str, flag: &str) -> Option<&'a str> {
    match word.strip_prefix(flag)? {
        "" => Some(""),
        rest => rest.strip_prefix('='),
    }
}

impl Wanted {
    fn fits(self, value: &str) -> bool {
        let number = || value.trim().parse::<i64>().ok();
        let mut items = value.split(',');
        match self {
            Self::AtLeast(_) | Self::AtMost(_) if value.is_empty() => true,
            Self::AtLeast(least) => number().is_some_and(|number| number >= least),
            Self::AtMost(most) => number().is_some_and(|number| number <= most),
            Self::Lists(item) => items.any(|it| it == item),
            Self::ListsNot(item) => items.all(|it| it != item),
            Self::ListsOnly(known) => items.all(|it| known.contains(&it)),
            Self::Holds(texts) => texts.iter().any(|text| value.contains(text)),
            Self::HoldsNot(text) => !value.contains(text),
            Self::Something => !value.trim().is_empty() && !value.contains('='),
            Self::PemFile => value.ends_with(".pem"),
            Self::Duration => is_duration(value),
        }
    }
}

/// At most two digits of hours, minutes and seconds, each, or none of it.
fn is_duration(text: &str) -> bool {
    let mut rest = text;
    for unit in ['h', 'm', 's'] {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, after) = rest.split_at(digits);
        if let (1..=2, Some(after)) = (number.len(), after.strip_prefix(unit)) {
            rest = after;
        }
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_ends_where_its_name_does() {
        assert_eq!(
            flag_value("--etcd-cafile=/ca.crt", "--etcd-cafile"),
            Some("/ca.crt")
        );
        assert_eq!(flag_value("--etcd-cafile", "--etcd-cafile"), Some(""));
        assert_eq!(flag_value("--etcd-cafiles=/ca.crt", "--etcd-cafile"), None);
        assert_eq!(flag_value("-v=2", "--v"), None);
    }

    #[test]
    fn values_fit_or_not() {
        assert!(Wanted::AtLeast(30).fits("30"));
        assert!(!Wanted::AtLeast(30).fits("7"));
        assert!(Wanted::AtLeast(30).fits(""));
        assert!(!Wanted::AtLeast(30).fits("many"));
        assert!(Wanted::AtMost(5).fits("0"));
        assert!(Wanted::Lists("RBAC").fits("Node,RBAC"));
        assert!(!Wanted::Lists("RBAC").fits("Node"));
        assert!(!Wanted::ListsNot("AlwaysAllow").fits("AlwaysAllow,RBAC"));
        assert!(Wanted::ListsOnly(&["A", "B"]).fits("B,A"));
        assert!(!Wanted::ListsOnly(&["A", "B"]).fits("A,RC4"));
        assert!(!Wanted::Something.fits(" "));
        assert!(!Wanted::PemFile.fits("/etc/key.pub"));
    }

    #[test]
    fn durations() {
        for text in ["300s", "1000s"] {
            assert!(!is_duration(text), "{text} has more than two digits");
        }
        for text in ["60s", "5m", "1h30m", "1h5s", "2m30s"] {
            assert!(is_duration(text), "{text}");
        }
        for text in ["2", "1s2m", "1d", "s"] {
            assert!(!is_duration(text), "{text}");
        }
    }
}
