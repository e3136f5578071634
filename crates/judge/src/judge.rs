use std::collections::HashMap;

use bastide_check::{Check, CheckId, Checked, Framework, Label, Outcome, Resource, Verdict};
use bastide_source::{FileId, Skip, Span};
use jiff::civil::Date;
use rayon::prelude::*;

use crate::audit::Audit;
use crate::cover::Cover;
use crate::inline::{Refusal, Worth, worth};
use crate::{Baseline, Examined, Finding, Inline, Posture, Register, Status};

/// So many verdicts at least are worth a thread.
const SHARE: usize = 1024;

/// By what verdicts are judged.
#[derive(Debug, Default)]
pub struct Terms {
    /// The register of exceptions, if there is one.
    pub register: Option<Register>,
    /// What was found before, if that is to be let go.
    pub baseline: Option<Baseline>,
    /// Whether inline skips are not to hold, whatever the register says.
    pub no_inline_skips: bool,
    /// The day on which exceptions hold or have expired. Needed where there is a register.
    pub today: Date,
}

/// Judges by the files alone: no register, no baseline, and inline skips hold.
pub fn judge(examined: Examined) -> Posture {
    Terms::default().judge(examined)
}

impl Terms {
    /// Judges what was examined.
    ///
    /// Who is heard first: an inline skip, as far as the register lets it hold; then the register;
    /// then the baseline. The result hangs on neither the order of verdicts nor the clock, but on
    /// [`Terms::today`].
    pub fn judge(self, examined: Examined) -> Posture {
        let Examined {
            roots,
            sources,
            coverage,
            mut diagnostics,
            checked,
            complete,
        } = examined;
        let Checked {
            resources,
            verdicts,
            sensitive,
        } = checked;
        diagnostics.sort();
        diagnostics.dedup();
        let mut posture = Posture {
            roots,
            sources,
            coverage,
            diagnostics,
            resources,
            sensitive,
            findings: Vec::new(),
            register: self.register,
            baseline: self.baseline,
            problems: Vec::new(),
        };
        let inline = match (&posture.register, self.no_inline_skips) {
            (_, true) => Inline::Deny,
            (Some(register), _) => register.inline,
            (None, _) => Inline::Allow,
        };
        let judge = Judge::new(&posture, &verdicts, inline, self.today);
        let judged = judge.all(verdicts);
        let problems = Audit::new(&posture, &judged, self.today, complete).problems();
        posture.findings = judged.into_iter().map(|judged| judged.finding).collect();
        posture.problems = problems;
        posture
    }
}

/// A finding, and how it came to its status.
pub(crate) struct Judged {
    pub(crate) finding: Finding,
    /// Whether the check does not pass, whatever is accepted.
    pub(crate) fails: bool,
    /// The exceptions that are about it; `None` where there is none.
    pub(crate) covered: Option<Box<Covered>>,
    /// Why the skip that asks to leave it alone does not hold.
    pub(crate) refusal: Option<Refusal>,
}

/// The exceptions that are about a finding, by index, the most specific first.
#[derive(Default)]
pub(crate) struct Covered {
    /// They hold.
    pub(crate) holding: Vec<usize>,
    /// They would, had they not expired.
    pub(crate) expired: Vec<usize>,
    /// They would, were things still as they say: where they say so, and what is so instead.
    pub(crate) refuted: Vec<(usize, Span, String)>,
}

impl Covered {
    fn is_empty(&self) -> bool {
        self.holding.is_empty() && self.expired.is_empty() && self.refuted.is_empty()
    }
}

struct Judge<'a> {
    posture: &'a Posture,
    cover: Cover<'a>,
    /// The paths of files as people type them, by file; none if no exception names files.
    displayed: Vec<String>,
    inline: Inline,
    today: Date,
}

impl<'a> Judge<'a> {
    fn new(posture: &'a Posture, verdicts: &[Verdict], inline: Inline, today: Date) -> Self {
        let exceptions = posture.register.as_ref().map(|it| it.exceptions.as_slice());
        let exceptions = exceptions.unwrap_or_default();
        let checks = verdicts.iter().map(|verdict| verdict.check.id);
        let name_files = exceptions.iter().any(|it| !it.files.is_empty());
        let files = posture.sources.iter().filter(|_| name_files);
        Self {
            posture,
            cover: Cover::new(exceptions, checks),
            displayed: files.map(|file| posture.display_path(file.id)).collect(),
            inline,
            today,
        }
    }

    /// All findings, sorted.
    fn all(&self, mut verdicts: Vec<Verdict>) -> Vec<Judged> {
        let resources = &self.posture.resources;
        let ranks = ranks(resources);
        let places = places(&verdicts);
        let key = |verdict: &Verdict| {
            let place = places[&address(verdict.check)];
            u64::from(ranks[verdict.resource]) << 32 | u64::from(place)
        };
        verdicts.par_sort_by_cached_key(key);
        let judged = verdicts.into_par_iter().with_min_len(SHARE);
        let judged: Vec<Option<Judged>> = judged.map(|verdict| self.one(verdict)).collect();
        #[expect(
            clippy::filter_map_identity,
            reason = "unlike `flatten`, it collects in place"
        )]
        let mut judged: Vec<Judged> = judged.into_iter().filter_map(|judged| judged).collect();
        let same = |one: &Judged, other: &Judged| {
            let (one, other) = (&one.finding, &other.finding);
            ranks[one.resource] == ranks[other.resource] && one.check.id == other.check.id
        };
        for alike in judged.chunk_by_mut(same) {
            alike.sort_by(|one, other| differences(one).cmp(&differences(other)));
        }
        // Two calls of a module may say the same twice; of what is decided the worst counts. Elsewhere
        // each resource is one of its own.
        judged.dedup_by(|one, kept| {
            let of = |judged: &Judged| &resources[judged.finding.resource];
            if of(one).framework.of_rules() != Framework::Terraform || !same(one, kept) {
                return false;
            }
            let decided = [&one, &kept].map(|judged| severity_of(&judged.finding.status));
            if let [Some(later), Some(first)] = decided
                && [&one, &kept]
                    .iter()
                    .all(|judged| of(judged).caller.is_some())
            {
                if later > first {
                    std::mem::swap(one, kept);
                }
                return true;
            }
            one.finding.status == kept.finding.status
        });
        judged
    }

    /// What a verdict means, if it means anything.
    fn one(&self, verdict: Verdict) -> Option<Judged> {
        let Verdict {
            check,
            resource,
            outcome,
        } = verdict;
        let skips = &self.posture.resources[resource].skips;
        let skip = skips.iter().find(|skip| skip.check == check.id.as_str());
        let (status, labels) = match outcome {
            Outcome::Pass => (Some(Status::Passed), Vec::new()),
            Outcome::Fail(labels) => (Some(Status::Failed), labels),
            Outcome::Undecided(undecided) => {
                let presumed = undecided.presumed;
                (Some(Status::Undecided { presumed }), vec![undecided.label])
            }
            Outcome::NotApplicable => (None, Vec::new()),
        };
        let fails = matches!(status, Some(Status::Failed | Status::Undecided { .. }));
        let covered = self.covered(check.id, resource, fails.then_some(&labels[..]));
        let mut refusal = None;
        let status = match skip.map(|skip| (skip, self.worth(skip, &covered))) {
            None => self.unskipped(status?, check.id, resource, &covered),
            Some((_, Worth::Cites(exception))) if fails => Status::Accepted { exception },
            // As in Checkov, whatever the check would have said.
            Some((skip, Worth::Holds | Worth::Cites(_))) => {
                let reason = skip.reason.clone();
                Status::Skipped { reason }
            }
            Some((_, Worth::Refused(why))) => {
                refusal = Some(why);
                self.unskipped(status?, check.id, resource, &covered)
            }
        };
        let labels = match status {
            Status::Skipped { .. } => Vec::new(),
            _ => labels,
        };
        Some(Judged {
            finding: Finding {
                check,
                resource,
                status,
                labels,
            },
            fails,
            covered: (!covered.is_empty()).then(|| Box::new(covered)),
            refusal,
        })
    }

    /// The exceptions about a finding. `labels` are what it shows, if it fails.
    fn covered(&self, check: CheckId, resource: usize, labels: Option<&[Label]>) -> Covered {
        let mut covered = Covered::default();
        let Some(register) = &self.posture.register else {
            return covered;
        };
        let resource = &self.posture.resources[resource];
        let path = self.posture.source(resource.file).path.as_str();
        let displayed = self.displayed.get(resource.file.0 as usize);
        let displayed = displayed.map_or(path, String::as_str);
        for index in self.cover.find(check, resource, &[path, displayed]) {
            let exception = &register.exceptions[index];
            let refuted =
                labels.and_then(|labels| exception.refuted_by(labels, &self.posture.sources));
            if let Some((evidence, why)) = refuted {
                covered.refuted.push((index, evidence.span, why));
            } else if exception.expires.value < self.today {
                covered.expired.push(index);
            } else {
                covered.holding.push(index);
            }
        }
        covered
    }

    fn worth(&self, skip: &Skip, covered: &Covered) -> Worth {
        let register = self.posture.register.as_ref();
        worth(skip, self.inline, register, &covered.holding)
    }

    /// What a status becomes before register and baseline.
    fn unskipped(
        &self,
        status: Status,
        check: CheckId,
        resource: usize,
        covered: &Covered,
    ) -> Status {
        let known = || {
            let address = &self.posture.resources[resource].address;
            let baseline = self.posture.baseline.as_ref();
            baseline.is_some_and(|baseline| baseline.contains(check.as_str(), address))
        };
        match (status, covered.holding.first()) {
            (Status::Failed | Status::Undecided { .. }, Some(&exception)) => {
                Status::Accepted { exception }
            }
            (Status::Failed, None) if known() => Status::Known,
            (status, _) => status,
        }
    }
}

/// How bad a status is, if it is decided.
fn severity_of(status: &Status) -> Option<u8> {
    match status {
        Status::Passed | Status::Undecided { presumed: true } => Some(0),
        Status::Skipped { .. } => Some(1),
        Status::Accepted { .. } | Status::Known => Some(2),
        Status::Failed => Some(3),
        Status::Undecided { presumed: false } => None,
    }
}

/// The places of resources among each other, as people see them. Those that look the same have the
/// same.
fn ranks(resources: &[Resource]) -> Vec<u32> {
    let mut sorted: Vec<_> = resources.iter().map(seen).zip(0_usize..).collect();
    sorted.par_sort_unstable();
    let mut ranks = vec![0; resources.len()];
    for (rank, alike) in (0..).zip(sorted.chunk_by(|(one, _), (other, _)| one == other)) {
        alike.iter().for_each(|(_, index)| ranks[*index] = rank);
    }
    ranks
}

/// What people see of a resource.
fn seen(resource: &Resource) -> (Framework, FileId, (u32, u32), &str) {
    let Resource {
        framework,
        file,
        lines,
        address,
        ..
    } = resource;
    (*framework, *file, *lines, address)
}

/// The places of checks among each other, by their addresses in memory.
fn places(verdicts: &[Verdict]) -> HashMap<usize, u32> {
    let checks = verdicts.iter().map(|verdict| verdict.check);
    let checks: HashMap<usize, CheckId> = checks.map(|it| (address(it), it.id)).collect();
    let mut checks: Vec<(CheckId, usize)> = checks.into_iter().map(|(at, id)| (id, at)).collect();
    checks.sort();
    let alike = checks.chunk_by(|(one, _), (other, _)| one == other);
    let placed = alike.zip(0..);
    placed
        .flat_map(|(alike, place)| alike.iter().map(move |(_, at)| (*at, place)))
        .collect()
}

/// There is one of each check: it is found faster by where it is than by its id.
fn address(check: &'static Check) -> usize {
    std::ptr::from_ref(check).addr()
}

/// By what findings are sorted that people see in one place, of one check: by all in which two that
/// are the same may differ, so that the first of them is always the same one.
fn differences(judged: &Judged) -> (&Status, bool, &[Label], usize) {
    let finding = &judged.finding;
    (
        &finding.status,
        judged.refusal.is_none(),
        &finding.labels,
        finding.resource,
    )
}

#[cfg(test)]
mod tests {
    use bastide_check::Checked;

    use super::*;
    use crate::example::{examined, findings, judged, problems, register};
    use crate::{Gate, Problem};

    const TODAY: Date = jiff::civil::date(2027, 1, 15);

    #[test]
    fn verdicts_alone() {
        let posture = judge(examined(
            "pass CKV_K8S_22 a a.yaml
             fail CKV_K8S_22 b a.yaml
             undecided CKV_K8S_22 c a.yaml
             none CKV_K8S_22 d a.yaml
             fail CKV_K8S_22 e a.yaml checkov:skip=CKV_K8S_22:why
             pass CKV_K8S_22 f a.yaml checkov:skip=CKV_K8S_22
             none CKV_K8S_22 g a.yaml checkov:skip=CKV_K8S_22
             fail CKV_K8S_22 h a.yaml checkov:skip=CKV_K8S_8",
        ));
        let expected = r#"passed: CKV_K8S_22 a
failed: CKV_K8S_22 b
undecided: CKV_K8S_22 c
skipped Some("why"): CKV_K8S_22 e
skipped None: CKV_K8S_22 f
skipped None: CKV_K8S_22 g
failed: CKV_K8S_22 h
"#;
        assert_eq!(findings(&posture), expected);
        assert_eq!(posture.problems, []);
    }

    #[test]
    fn the_register_accepts_what_fails_and_what_is_undecided() {
        let entries = "check: CKV_K8S_22, resources: \"*.a\"
            check: CKV_K8S_22, files: \"**/b.yaml\"";
        let posture = judged(
            examined(
                "fail CKV_K8S_22 Pod.a x/a.yaml
                 undecided CKV_K8S_22 Job.a x/a.yaml
                 fail CKV_K8S_8 Pod.a x/a.yaml
                 fail CKV_K8S_22 Pod.b x/b.yaml
                 fail CKV_K8S_22 Pod.c x/c.yaml
                 pass CKV_K8S_22 Set.a x/a.yaml",
            ),
            register("", entries),
        );
        let expected = "accepted by 0: CKV_K8S_22 Job.a
failed: CKV_K8S_8 Pod.a
accepted by 0: CKV_K8S_22 Pod.a
passed: CKV_K8S_22 Set.a
accepted by 1: CKV_K8S_22 Pod.b
failed: CKV_K8S_22 Pod.c
";
        assert_eq!(findings(&posture), expected);
    }

    #[test]
    fn files_go_by_the_names_that_people_type() {
        let mut examined = examined("fail CKV_K8S_22 Pod.a x/a.yaml");
        examined.roots[0].given = "infra".into();
        let posture = judged(
            examined,
            register("", "check: CKV_K8S_22, files: infra/x/*"),
        );
        assert_eq!(findings(&posture), "accepted by 0: CKV_K8S_22 Pod.a\n");
    }

    #[test]
    fn an_exception_holds_up_to_its_last_day() {
        let on = |expires: &str| {
            let entry = format!("check: CKV_K8S_22, expires: {expires}");
            let posture = judged(examined("fail CKV_K8S_22 a a.yaml"), register("", &entry));
            findings(&posture)
        };
        assert_eq!(on("2027-01-15"), "accepted by 0: CKV_K8S_22 a\n");
        assert_eq!(on("2027-01-14"), "failed: CKV_K8S_22 a\n");
    }

    #[test]
    fn the_most_specific_that_holds_accepts() {
        let entries = "check: CKV_K8S_22, resources: a, expires: 2027-01-01
            check: CKV_K8S_22
            check: CKV_K8S_22, resources: a*";
        let posture = judged(examined("fail CKV_K8S_22 a a.yaml"), register("", entries));
        assert_eq!(findings(&posture), "accepted by 2: CKV_K8S_22 a\n");
    }

    #[test]
    fn things_must_be_as_the_exception_says() {
        let lines = "fail CKV_K8S_22 set a.yaml
            unset CKV_K8S_22 unset a.yaml";
        let with = |evidence: &str| {
            let entry = format!("check: CKV_K8S_22, evidence: {{{evidence}}}");
            findings(&judged(examined(lines), register("", &entry)))
        };
        let accepts = |what: [&str; 2]| {
            let [set, unset] = what;
            format!("{set}: CKV_K8S_22 set\n{unset}: CKV_K8S_22 unset\n")
        };
        let accepted = "accepted by 0";
        assert_eq!(with("limits.cpu: 4"), accepts([accepted, "failed"]));
        assert_eq!(with("limits.cpu: null"), accepts(["failed", accepted]));
        assert_eq!(with("limits.cpu: 5"), accepts(["failed", "failed"]));
        assert_eq!(with("memory: 4"), accepts(["failed", "failed"]));
    }

    #[test]
    fn a_skip_that_cites_an_exception_is_accepted_by_it() {
        let entries = "check: CKV_K8S_22, resources: [a, b, c]
            id: EX-1, check: CKV_K8S_22";
        let posture = judged(
            examined(
                "fail CKV_K8S_22 a a.yaml checkov:skip=CKV_K8S_22:EX-1
                 pass CKV_K8S_22 b a.yaml checkov:skip=CKV_K8S_22:EX-1
                 fail CKV_K8S_22 c a.yaml checkov:skip=CKV_K8S_22:EX-2",
            ),
            register("", entries),
        );
        let expected = r#"accepted by 1: CKV_K8S_22 a
skipped Some("EX-1"): CKV_K8S_22 b
skipped Some("EX-2"): CKV_K8S_22 c
"#;
        assert_eq!(findings(&posture), expected);
    }

    const SKIPS: &str = "fail CKV_K8S_22 a a.yaml checkov:skip=CKV_K8S_22:EX-1
        fail CKV_K8S_22 b a.yaml checkov:skip=CKV_K8S_22:because
        pass CKV_K8S_22 c b.yaml checkov:skip=CKV_K8S_22:because
        none CKV_K8S_22 d b.yaml checkov:skip=CKV_K8S_22:because";

    #[test]
    fn the_register_may_require_that_skips_cite_it() {
        let register = register(
            "inline: require-register",
            "id: EX-1, check: CKV_K8S_22, resources: a",
        );
        let posture = judged(examined(SKIPS), register);
        let expected = "accepted by 0: CKV_K8S_22 a
failed: CKV_K8S_22 b
passed: CKV_K8S_22 c
";
        assert_eq!(findings(&posture), expected);
        insta::assert_snapshot!(problems(&posture));
    }

    #[test]
    fn skips_may_be_denied() {
        let entry = "id: EX-1, check: CKV_K8S_22, resources: a";
        let denied = judged(examined(SKIPS), register("inline: deny", entry));
        let terms = Terms {
            register: Some(register("", entry)),
            no_inline_skips: true,
            today: TODAY,
            ..Terms::default()
        };
        let expected = "accepted by 0: CKV_K8S_22 a
failed: CKV_K8S_22 b
passed: CKV_K8S_22 c
";
        for posture in [denied, terms.judge(examined(SKIPS))] {
            assert_eq!(findings(&posture), expected);
            let fails: Vec<bool> = posture
                .problems
                .iter()
                .map(|problem| problem.fails)
                .collect();
            // One for the comments in each file: something fails for want of the first alone.
            assert_eq!(fails, [true, false]);
        }
        let terms = Terms {
            no_inline_skips: true,
            ..Terms::default()
        };
        let posture = terms.judge(examined("fail CKV_K8S_22 a a.yaml checkov:skip=CKV_K8S_22"));
        assert_eq!(findings(&posture), "failed: CKV_K8S_22 a\n");
    }

    #[test]
    fn the_register_comes_before_the_baseline() {
        let baseline = r#"{"failed_checks": [{"file": "/a", "findings": [
            {"resource": "a", "check_ids": ["CKV_K8S_22"]},
            {"resource": "b", "check_ids": ["CKV_K8S_22"]},
            {"resource": "c", "check_ids": ["CKV_K8S_22"]}]}]}"#;
        let terms = Terms {
            register: Some(register("", "check: CKV_K8S_22, resources: a")),
            baseline: Some(Baseline::parse(baseline).unwrap()),
            today: TODAY,
            ..Terms::default()
        };
        let posture = terms.judge(examined(
            "fail CKV_K8S_22 a a.yaml
             fail CKV_K8S_22 b a.yaml
             undecided CKV_K8S_22 c a.yaml",
        ));
        let expected = "accepted by 0: CKV_K8S_22 a
known: CKV_K8S_22 b
undecided: CKV_K8S_22 c
";
        assert_eq!(findings(&posture), expected);
    }

    #[test]
    fn what_two_calls_of_a_module_say_counts_once() {
        let posture = judged(
            examined("fail CKV_AWS_51 a a.tf\nfail CKV_AWS_51 a a.tf"),
            register("", "check: CKV_AWS_51, expect: {max: 1}"),
        );
        assert_eq!(findings(&posture), "accepted by 0: CKV_AWS_51 a\n");
        assert_eq!(posture.problems, []);
    }

    /// Judges and decides on many verdicts, of which some are the same and many are covered by
    /// several exceptions, after `swap` has changed their order.
    fn outcome(swap: impl Fn(&mut Vec<Verdict>)) -> (String, Vec<Problem>, Vec<String>) {
        let words = ["fail", "pass", "undecided", "unset"];
        let checks = ["CKV_K8S_22", "CKV_K8S_8", "CKV_AWS_51"];
        let line = |index: usize| {
            let (word, check) = (words[index % 4], checks[index % 3]);
            let (address, file) = (index % 7, index % 5);
            let skip = match index % 11 {
                0 => " checkov:skip=CKV_K8S_22,CKV_K8S_8:EX-1",
                1 => " checkov:skip=CKV_AWS_51",
                _ => "",
            };
            format!("{word} {check} a{address} {file}.yaml{skip}\n")
        };
        let mut examined = examined((0..300).map(line).collect::<String>().trim());
        swap(&mut examined.checked.verdicts);
        let entries = "id: EX-1, check: CKV_K8S_*
            check: CKV_K8S_22, resources: [a1, a2], expires: 2027-01-20
            check: [CKV_K8S_8, CKV_K8S_22], files: 1.yaml, expires: 2026-12-31
            check: CKV_AWS_51, evidence: {cpu: 4}, expect: {max: 1}
            check: CKV_AWS_51, resources: gone";
        let posture = judged(examined, register("inline: require-register", entries));
        let because = Gate::default().decide(&posture).because;
        let labels = posture
            .findings
            .iter()
            .map(|it| format!("{:?}\n", it.labels));
        let text = findings(&posture) + &labels.collect::<String>();
        (text, posture.problems, because)
    }

    #[test]
    fn the_order_of_verdicts_does_not_matter() {
        let as_given = outcome(|_| {});
        assert_eq!(
            as_given
                .1
                .iter()
                .map(|it| it.kind)
                .collect::<std::collections::BTreeSet<_>>()
                .len(),
            7
        );
        assert_eq!(outcome(|verdicts| verdicts.reverse()), as_given);
        for seed in 1..20u64 {
            let shuffled = outcome(|verdicts| {
                let mut state = seed;
                for index in (1..verdicts.len()).rev() {
                    state = state
                        .wrapping_mul(6364136223846793005)
                        .wrapping_add(1442695040888963407);
                    verdicts.swap(index, (state >> 33) as usize % (index + 1));
                }
            });
            assert_eq!(shuffled, as_given, "{seed}");
        }
    }

    #[test]
    fn many_findings_and_many_exceptions_meet_rarely() {
        // Twenty thousand by two thousand would be forty million comparisons.
        let mut examined = examined("fail CKV_K8S_22 a a.yaml");
        let Checked {
            resources,
            verdicts,
            ..
        } = &mut examined.checked;
        for index in 0..20_000 {
            let mut resource = resources[0].clone();
            resource.address = format!("Deployment.default.a{index}");
            verdicts.push(Verdict {
                resource: resources.len(),
                ..verdicts[0].clone()
            });
            resources.push(resource);
        }
        let entry =
            |index: usize| format!("check: CKV_K8S_22, resources: Deployment.default.a{index}\n");
        let entries: String = (0..2_000).map(entry).collect();
        let posture = judged(examined, register("", entries.trim()));
        let accepted = |finding: &&Finding| matches!(finding.status, Status::Accepted { .. });
        assert_eq!(posture.findings.iter().filter(accepted).count(), 2_000);
        assert_eq!(posture.problems, []);
    }
}
