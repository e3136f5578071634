use std::collections::{BTreeMap, BTreeSet};

use bastide_check::{Check, Severity};

use crate::{Glob, Posture, Status};

/// What makes a scan fail.
///
/// A finding is *hard*, and fails the scan, or *soft*. The first line that fits says which, and is
/// what Checkov says in every case:
///
/// | the finding's … is on … | it is |
/// | --- | --- |
/// | id, `--hard-fail-on` | hard |
/// | severity, `--hard-fail-on`, and its id not on `--soft-fail-on` | hard |
/// | id or severity, `--soft-fail-on` | soft |
/// | neither, and there is only `--hard-fail-on` | soft |
/// | neither, and `--soft-fail` is given | soft |
/// | neither | hard |
///
/// A severity stands for itself and all above on `--hard-fail-on`, and for itself and all below on
/// `--soft-fail-on`. Findings are what failed and is not accepted, skipped or known; with `--strict`
/// also what is undecided. The code is then the first that fits:
///
/// | code | when |
/// | --- | --- |
/// | 2 | there is no result: see [`Gate::crashed`] |
/// | 1 | a file could not be read, with `--strict-coverage` |
/// | 1 | a finding is hard |
/// | 1 | something is wrong with the register, without `--soft-fail` |
/// | 0 | else |
#[derive(Clone, Debug, Default)]
pub struct Gate {
    /// `--soft-fail`.
    pub soft_fail: bool,
    /// `--soft-fail-on`: ids, patterns of ids, and severities, perhaps several with commas between.
    pub soft_fail_on: Vec<String>,
    /// `--hard-fail-on`, likewise.
    pub hard_fail_on: Vec<String>,
    /// `--strict`: what is undecided counts as failed.
    pub strict: bool,
    /// `--strict-coverage`: a file that could not be read fails the scan.
    pub strict_coverage: bool,
    /// `--no-fail-on-crash`: without a result, the code is 0.
    pub no_fail_on_crash: bool,
}

/// With which code a program ends, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decision {
    /// The code: 0, 1 or 2.
    pub code: u8,
    /// Why, a line for each reason; also what does not count, where somebody may wonder.
    pub because: Vec<String>,
}

/// What is to be said of some findings.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Ruling {
    weight: Weight,
    /// Whether they are undecided, and count because of `--strict`.
    undecided: bool,
    /// What says so: empty if nothing needs to.
    why: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Weight {
    Hard,
    Soft,
}

/// How many findings, by id of the check.
type Tally = BTreeMap<&'static str, usize>;

impl Gate {
    /// Decides on what was found.
    pub fn decide(&self, posture: &Posture) -> Decision {
        let unreadable = posture.coverage.unreadable().count();
        let uncovered = self.strict_coverage && unreadable > 0;
        let rulings = self.rulings(posture);
        let hard = rulings.keys().any(|ruling| ruling.weight == Weight::Hard);
        let problems = posture.problems.iter().filter(|problem| problem.fails);
        let problems: BTreeSet<&str> = problems.map(|problem| problem.kind).collect();
        let disorder = !problems.is_empty() && !self.soft_fail;

        let mut because = Vec::new();
        if uncovered {
            let files = counted(unreadable, "file", "files");
            because.push(format!(
                "{files} could not be read, and `--strict-coverage` asks for all"
            ));
        }
        because.extend(rulings.iter().map(|(ruling, tally)| ruling.describe(tally)));
        if !problems.is_empty() {
            let softly = if disorder {
                ""
            } else {
                ", which `--soft-fail` lets pass"
            };
            let kinds = quoted(problems.iter().copied());
            because.push(format!(
                "something is wrong with what is accepted: {kinds}{softly}"
            ));
        }
        if because.is_empty() {
            because.push("nothing fails".to_owned());
        }
        because.extend(self.let_go(posture));
        Decision {
            code: u8::from(uncovered || hard || disorder),
            because,
        }
    }

    /// Decides where there is nothing to decide on: what was asked for makes no sense, the register
    /// cannot be read, or the program has failed.
    pub fn crashed(&self, why: impl Into<String>) -> Decision {
        let mut because = vec![why.into()];
        if self.no_fail_on_crash {
            because.push("`--no-fail-on-crash` lets that pass".to_owned());
        }
        Decision {
            code: if self.no_fail_on_crash { 0 } else { 2 },
            because,
        }
    }

    /// Which findings come under which ruling.
    fn rulings(&self, posture: &Posture) -> BTreeMap<Ruling, Tally> {
        let (soft, hard) = (List::new(&self.soft_fail_on), List::new(&self.hard_fail_on));
        let mut rulings: BTreeMap<Ruling, Tally> = BTreeMap::new();
        for finding in &posture.findings {
            let undecided = match finding.status {
                Status::Failed => false,
                Status::Undecided { .. } if self.strict => true,
                _ => continue,
            };
            let (weight, why) = self.rule(finding.check, &soft, &hard);
            let ruling = Ruling {
                weight,
                undecided,
                why,
            };
            let tally = rulings.entry(ruling).or_default();
            *tally.entry(finding.check.id.as_str()).or_default() += 1;
        }
        rulings
    }

    /// What a finding of a check is, and what says so: the table of [`Gate`], line by line.
    fn rule(&self, check: &Check, soft: &List, hard: &List) -> (Weight, &'static str) {
        use Weight::{Hard, Soft};
        let severity = level(check.severity);
        let reaches = hard.levels.iter().any(|from| severity >= *from);
        let stays_below = soft.levels.iter().any(|to| severity <= *to);
        if hard.names(check) {
            (Hard, "`--hard-fail-on` names the check")
        } else if reaches && !soft.names(check) {
            (Hard, "`--hard-fail-on` names the severity")
        } else if soft.names(check) {
            (Soft, "`--soft-fail-on` names the check")
        } else if stays_below {
            (Soft, "`--soft-fail-on` names the severity")
        } else if soft.is_empty() && !hard.is_empty() {
            (Soft, "`--hard-fail-on` names neither check nor severity")
        } else if self.soft_fail {
            (Soft, "`--soft-fail` is given")
        } else if !soft.is_empty() {
            (Hard, "`--soft-fail-on` names neither check nor severity")
        } else {
            (Hard, "")
        }
    }

    /// What somebody may wonder about that it does not count.
    fn let_go(&self, posture: &Posture) -> impl Iterator<Item = String> {
        let number = |such: fn(&Status) -> bool| {
            let findings = posture.findings.iter();
            findings.filter(|finding| such(&finding.status)).count()
        };
        let accepted = number(|status| matches!(status, Status::Accepted { .. }));
        let skipped = number(|status| matches!(status, Status::Skipped { .. }));
        let known = number(|status| matches!(status, Status::Known));
        let undecided = match self.strict {
            true => 0,
            false => number(|status| matches!(status, Status::Undecided { .. })),
        };
        let is = |number| counted(number, "finding is", "findings are");
        [
            (
                accepted,
                format!("{} accepted by the register", is(accepted)),
            ),
            (skipped, format!("{} skipped inline", is(skipped))),
            (known, format!("{} in the baseline", is(known))),
            (
                undecided,
                format!(
                    "{} undecided, which fails only with `--strict`",
                    counted(undecided, "verdict is", "verdicts are")
                ),
            ),
        ]
        .into_iter()
        .filter_map(|(number, text)| (number > 0).then_some(text))
    }
}

impl Ruling {
    fn describe(&self, tally: &Tally) -> String {
        let number = tally.values().sum();
        let what = match self.undecided {
            true => counted(number, "undecided verdict", "undecided verdicts"),
            false => counted(number, "finding", "findings"),
        };
        let does = match (self.weight, number) {
            (Weight::Hard, 1) => "fails",
            (Weight::Hard, _) => "fail",
            (Weight::Soft, _) => "may pass",
        };
        let why = match self.why {
            "" => String::new(),
            why => format!(", since {why}"),
        };
        let checks = quoted(tally.keys().copied());
        format!("{what} {does}{why}: {checks}")
    }
}

/// What `--soft-fail-on` or `--hard-fail-on` lists.
#[derive(Default)]
struct List {
    ids: Vec<Glob>,
    levels: Vec<i16>,
}

impl List {
    fn new(items: &[String]) -> Self {
        let mut list = Self::default();
        let items = items.iter().flat_map(|item| item.split(',')).map(str::trim);
        for item in items.filter(|item| !item.is_empty()) {
            match level_from_name(item) {
                Some(level) => list.levels.push(level),
                None => list.ids.push(Glob::id(item)),
            }
        }
        list
    }

    fn names(&self, check: &Check) -> bool {
        self.ids.iter().any(|glob| glob.matches(check.id.as_str()))
    }

    fn is_empty(&self) -> bool {
        self.ids.is_empty() && self.levels.is_empty()
    }
}

/// How high a severity is, on Checkov's scale, which has more names than there are severities.
fn level(severity: Severity) -> i16 {
    match severity {
        Severity::Low => 2,
        Severity::Medium => 3,
        Severity::High => 4,
        Severity::Critical => 5,
    }
}

fn level_from_name(name: &str) -> Option<i16> {
    match name.to_ascii_uppercase().as_str() {
        "NONE" => Some(i16::MIN),
        "INFO" => Some(1),
        "MODERATE" => Some(level(Severity::Medium)),
        "IMPORTANT" => Some(level(Severity::High)),
        "OFF" => Some(i16::MAX),
        _ => Severity::from_name(name).map(level),
    }
}

fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn quoted<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{examined, judged, register};
    use crate::judge;

    fn words(text: &str) -> Vec<String> {
        text.split(' ')
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect()
    }

    fn code(gate: &Gate, lines: &str) -> u8 {
        gate.decide(&judge(examined(lines))).code
    }

    /// `gate.csv` has a line for each way in which both lists may name, or not name, the id and the
    /// severity of a finding, with the code that Checkov gives.
    #[test]
    fn every_combination_gives_checkovs_code() {
        let finding = "fail CKV_K8S_22 Deployment.a.b a.yaml";
        let medium = |check: &&Check| check.id.as_str() == "CKV_K8S_22";
        let check = bastide_check::all().find(medium).unwrap();
        assert_eq!(
            check.severity,
            Severity::Medium,
            "the table is made for that"
        );
        let lines = include_str!("../fixtures/gate.csv").lines().skip(1);
        for (index, line) in lines.enumerate() {
            let [soft_fail, soft_fail_on, hard_fail_on, wanted] =
                line.split(',').collect::<Vec<_>>()[..]
            else {
                panic!("line {index} has four fields");
            };
            let gate = Gate {
                soft_fail: soft_fail == "True",
                soft_fail_on: words(soft_fail_on),
                hard_fail_on: words(hard_fail_on),
                ..Gate::default()
            };
            assert_eq!(code(&gate, finding).to_string(), wanted, "{line}");
        }
    }

    #[test]
    fn lists_may_be_written_with_commas_and_take_the_widest_severity() {
        let finding = "fail CKV_K8S_22 Deployment.a.b a.yaml";
        let on = |soft: &str, hard: &str| {
            let gate = Gate {
                soft_fail_on: words(soft),
                hard_fail_on: words(hard),
                ..Gate::default()
            };
            code(&gate, finding)
        };
        assert_eq!(on("CKV_AWS_1,,low,HIGH", ""), 0);
        assert_eq!(on("", "critical,moderate"), 1);
        assert_eq!(on("", "none"), 1);
        assert_eq!(on("off", ""), 0);
        assert_eq!(on("none", ""), 1);
        assert_eq!(on("", "off"), 0);
        assert_eq!(on("", "info"), 1);
    }

    #[test]
    fn only_what_failed_counts() {
        let gate = Gate::default();
        assert_eq!(code(&gate, "pass CKV_K8S_22 a a.yaml"), 0);
        let skipped = "fail CKV_K8S_22 a a.yaml checkov:skip=CKV_K8S_22";
        assert_eq!(code(&gate, skipped), 0);
        let undecided = "undecided CKV_K8S_22 a a.yaml";
        assert_eq!(code(&gate, undecided), 0);
        let strict = Gate {
            strict: true,
            ..Gate::default()
        };
        assert_eq!(code(&strict, undecided), 1);
        let named = Gate {
            soft_fail_on: words("CKV_K8S_*"),
            ..strict
        };
        assert_eq!(code(&named, undecided), 0);
    }

    #[test]
    fn coverage_fails_only_if_asked_to_and_then_whatever_is_soft() {
        let lines = "pass CKV_K8S_22 a a.yaml\nunreadable b.yaml";
        assert_eq!(code(&Gate::default(), lines), 0);
        for soft_fail in [false, true] {
            let gate = Gate {
                strict_coverage: true,
                soft_fail,
                ..Gate::default()
            };
            assert_eq!(code(&gate, lines), 1);
            assert_eq!(code(&gate, "pass CKV_K8S_22 a a.yaml"), 0);
        }
    }

    #[test]
    fn a_register_out_of_order_fails_unless_all_is_soft() {
        let stale = || register("", "check: CKV_K8S_22, resources: gone");
        let posture = judged(examined("pass CKV_K8S_8 a a.yaml"), stale());
        assert_eq!(Gate::default().decide(&posture).code, 1);
        let named = Gate {
            hard_fail_on: words("CKV_AWS_1"),
            ..Gate::default()
        };
        assert_eq!(named.decide(&posture).code, 1);
        let soft = Gate {
            soft_fail: true,
            ..Gate::default()
        };
        assert_eq!(soft.decide(&posture).code, 0);
    }

    #[test]
    fn without_a_result_the_code_is_two() {
        assert_eq!(
            Gate::default().crashed("the register cannot be read").code,
            2
        );
        let lenient = Gate {
            no_fail_on_crash: true,
            ..Gate::default()
        };
        assert_eq!(lenient.crashed("the register cannot be read").code, 0);
    }

    #[test]
    fn the_reasons() {
        let lines = "fail CKV_K8S_22 a a.yaml
            fail CKV_K8S_22 b a.yaml
            fail CKV_SECRET_6 c a.yaml
            fail CKV_K8S_8 d a.yaml
            fail CKV_K8S_9 d a.yaml checkov:skip=CKV_K8S_9
            undecided CKV_AWS_184 e a.tf
            unreadable b.tf";
        let gate = Gate {
            soft_fail_on: words("low"),
            hard_fail_on: words("CKV_SECRET_*"),
            strict_coverage: true,
            ..Gate::default()
        };
        let register = || register("", "check: CKV_K8S_22, resources: b\ncheck: CKV_X_1");
        let decision = gate.decide(&judged(examined(lines), register()));
        insta::assert_snapshot!(decision.because.join("\n"));
        let clean = Gate::default().decide(&judge(examined("pass CKV_K8S_22 a a.yaml")));
        assert_eq!(clean.because, ["nothing fails"]);
    }
}
