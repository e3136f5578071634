//! What is wrong with the register, seen from what was scanned.

use std::collections::BTreeSet;

use bastide_source::{Span, nearest};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::judge::Judged;
use crate::successor::{successor_of_address, successor_of_path};
use crate::{Exception, Glob, Posture, Problem, Spanned, Status, inline};

/// Looks at each exception, and at what became of it.
pub(crate) struct Audit<'a> {
    posture: &'a Posture,
    judged: &'a [Judged],
    exceptions: &'a [Exception],
    /// By exception.
    uses: Vec<Use<'a>>,
    today: Date,
    complete: bool,
}

/// What became of an exception.
#[derive(Clone, Default)]
struct Use<'a> {
    /// The findings that it covers, whoever accepts them.
    covers: Vec<&'a Judged>,
    /// How many of them count again because it has expired.
    lapsed: usize,
    /// How many of them a more specific exception accepts, and the first such.
    lost: Option<(usize, usize)>,
    /// What it would cover if things were as it says: the first, and what is so instead.
    refuted: Option<(&'a Judged, Span, &'a str)>,
    /// What it names and is fine: the first, and how many.
    passes: Option<(&'a Judged, usize)>,
    /// Whether it has a use although it covers nothing: an inline skip asks for the same, or the
    /// files do not tell whether things are as it says.
    idles: bool,
}

impl<'a> Audit<'a> {
    pub(crate) fn new(
        posture: &'a Posture,
        judged: &'a [Judged],
        today: Date,
        complete: bool,
    ) -> Self {
        let register = posture.register.as_ref();
        let exceptions = register.map(|register| register.exceptions.as_slice());
        let exceptions = exceptions.unwrap_or_default();
        let mut uses = vec![Use::default(); exceptions.len()];
        for judged in judged {
            note_uses(judged, &mut uses);
        }
        Self {
            posture,
            judged,
            exceptions,
            uses,
            today,
            complete,
        }
    }

    /// All problems, by place.
    pub(crate) fn problems(&self) -> Vec<Problem> {
        let known = match self.exceptions {
            [] => BTreeSet::new(),
            _ => self.known_checks(),
        };
        let mut problems = Vec::new();
        for (exception, used) in self.exceptions.iter().zip(&self.uses) {
            problems.extend(unknown_checks(exception, &known));
            problems.extend(self.refuted(exception, used));
            match self.unused(exception, used, &known) {
                // That it has expired as well does not matter then.
                Some(unused) => problems.push(unused),
                None => problems.extend(self.expiry(exception, used)),
            }
            problems.extend(self.too_long(exception));
            problems.extend(self.cardinality(exception, used));
            problems.extend(self.shadowed(exception, used));
        }
        problems.extend(self.expired_attestations());
        let refusals = self.judged.iter().filter_map(|judged| {
            let fails = judged.finding.status == Status::Failed;
            Some((judged.finding.check.id, judged.refusal.as_ref()?, fails))
        });
        problems.extend(inline::problems(refusals));
        problems.sort();
        problems
    }

    /// The checks that there are, and those that ran without being ours.
    fn known_checks(&self) -> BTreeSet<&'static str> {
        let own = bastide_check::all().map(|check| check.id.as_str());
        let ran = self.judged.iter().map(|it| it.finding.check.id.as_str());
        own.chain(ran).collect()
    }

    /// An exception that would cover a finding, were things as it says.
    fn refuted(&self, exception: &Exception, used: &Use<'_>) -> Option<Problem> {
        let (judged, span, why) = used.refuted?;
        let (called, address) = (exception.called(), self.address(judged));
        Some(Problem {
            span,
            fails: used.covers.is_empty(),
            kind: "evidence",
            message: format!("{called} does not hold for `{address}`: {why}"),
            help: "look at the finding again; then mend it, or correct `evidence`".to_owned(),
        })
    }

    /// An exception that could accept something and does not: what it named is mended, or gone.
    fn unused(
        &self,
        exception: &Exception,
        used: &Use<'_>,
        known: &BTreeSet<&str>,
    ) -> Option<Problem> {
        if exception.is_decision() {
            return self.unfounded(exception);
        }
        let in_use = !used.covers.is_empty() || used.idles || used.refuted.is_some();
        let is_known = |check: &&str| exception.checks.iter().any(|glob| glob.matches(check));
        if in_use || !known.iter().any(is_known) || !self.was_looked_at(exception) {
            return None;
        }
        let (called, span) = (exception.called(), exception.name_span());
        Some(match used.passes {
            Some((judged, many)) => {
                let (check, address) = (judged.finding.check.id, self.address(judged));
                let others = match many {
                    1 => String::new(),
                    _ => format!(", and so do {} more", many - 1),
                };
                let message = format!(
                    "{called} is about what is fixed: `{address}` passes `{check}`{others}"
                );
                Problem::error("never-fails", span, message, "remove the entry")
            }
            None => {
                let message = format!("{called} matches nothing any more");
                Problem::error("stale", span, message, self.after(exception))
            }
        })
    }

    /// A decision about resources that are not there any more.
    fn unfounded(&self, exception: &Exception) -> Option<Problem> {
        let named = &exception.resources;
        let is_there = |glob: &Spanned<Glob>| {
            let mut resources = self.posture.resources.iter();
            resources.any(|it| glob.matches(&it.address))
        };
        let gone = named.iter().find(|glob| !is_there(glob))?;
        if !self.was_looked_at(exception) {
            return None;
        }
        let message = format!(
            "{} is about `{gone}`, which is not there",
            exception.called()
        );
        let help = match named.len() {
            1 => "remove the entry",
            _ => "remove it from `resources`",
        };
        Some(Problem::error("stale", gone.span, message, help))
    }

    /// Whether all was scanned that an exception may be about.
    fn was_looked_at(&self, exception: &Exception) -> bool {
        let may_hold = |file| {
            let path = &self.posture.source(file).path;
            let displayed = self.posture.display_path(file);
            let mut files = exception.files.iter();
            exception.files.is_empty() || files.any(|it| it.matches(path) || it.matches(&displayed))
        };
        self.complete && !self.posture.coverage.unreadable().any(may_hold)
    }

    /// What to do with a stale exception: its findings may have gone elsewhere.
    fn after(&self, exception: &Exception) -> String {
        let failing = || {
            let all = self.judged.iter();
            all.filter(|judged| judged.finding.status == Status::Failed)
        };
        let of_check = || {
            failing().filter(|judged| {
                let id = judged.finding.check.id.as_str();
                exception.checks.iter().any(|glob| glob.matches(id))
            })
        };
        let addresses: BTreeSet<&str> = of_check().map(|it| self.address(it)).collect();
        let paths: BTreeSet<&str> = of_check().map(|it| self.path(it)).collect();
        let moved = successor_of_address(&exception.resources, &addresses)
            .or_else(|| successor_of_path(&exception.files, &paths));
        if let Some((old, new)) = moved {
            return format!("if `{old}` is called `{new}` now, write that; else remove the entry");
        }
        let named = |judged: &&Judged| {
            let address = self.address(judged);
            exception.resources.iter().any(|glob| glob.matches(address))
        };
        match failing().find(named) {
            Some(judged) => {
                let (check, address) = (judged.finding.check.id, self.address(judged));
                format!("remove the entry, or name `{check}`, which fails for `{address}`")
            }
            None => "remove the entry".to_owned(),
        }
    }

    /// An exception that has expired, or soon will.
    fn expiry(&self, exception: &Exception, used: &Use<'_>) -> Option<Problem> {
        let (called, expires) = (exception.called(), exception.expires);
        let days = days_between(self.today, expires.value);
        if days < 0 {
            let again = match used.lapsed {
                0 => String::new(),
                1 => ": 1 finding counts again".to_owned(),
                many => format!(": {many} findings count again"),
            };
            let ago = count(days.unsigned_abs(), "day");
            let message = format!("{called} expired on {expires}, {ago} ago{again}");
            let help = "mend what it accepts; or review it, and move `expires`";
            return Some(Problem::error("expired", expires.span, message, help));
        }
        let when = match days {
            0 => "today".to_owned(),
            1..=Problem::SOON => {
                format!("in {}, on {expires}", count(days.unsigned_abs(), "day"))
            }
            _ => return None,
        };
        let message = format!("{called} expires {when}");
        let help = "mend what it accepts until then; or review it, and move `expires`";
        Some(Problem::warning(
            "expires-soon",
            expires.span,
            message,
            help,
        ))
    }

    /// An exception that holds for longer than the register allows, from the day on which it was
    /// accepted, or else from today on.
    fn too_long(&self, exception: &Exception) -> Option<Problem> {
        let limit = i64::from(self.posture.register.as_ref()?.max_days?);
        let created = exception.created.unwrap_or(self.today);
        let start = created.min(self.today);
        let days = days_between(start, exception.expires.value);
        if days <= limit {
            return None;
        }
        let last = start.checked_add(limit.days()).ok()?;
        Some(Problem::error(
            "max-days",
            exception.expires.span,
            format!(
                "{} holds for {days} days, and no more than {limit} are allowed",
                exception.called()
            ),
            format!("let it expire on {last} or before"),
        ))
    }

    /// An exception that covers more or fewer findings than it is meant for.
    fn cardinality(&self, exception: &Exception, used: &Use<'_>) -> Option<Problem> {
        let expect = exception.expect?;
        let (called, covers) = (exception.called(), used.covers.len());
        let findings = count(covers as u64, "finding");
        if covers > expect.max as usize {
            let addresses = used.covers.iter().map(|judged| self.address(judged));
            let addresses: Vec<String> = addresses.map(|it| format!("`{it}`")).collect();
            let max = expect.max;
            return Some(Problem::error(
                "cardinality",
                expect.span,
                format!("{called} covers {findings}, and at most {max} are expected"),
                format!(
                    "narrow it, or raise `max`, once you know which are new: {}",
                    shortened(&addresses)
                ),
            ));
        }
        let too_few = covers > 0 && covers < expect.min as usize;
        (too_few && self.was_looked_at(exception)).then(|| {
            let min = expect.min;
            Problem::error(
                "cardinality",
                expect.span,
                format!("{called} covers {findings}, and at least {min} are expected"),
                "lower `min` if the others are mended, or correct what it names",
            )
        })
    }

    /// An exception whose findings a more specific one accepts.
    fn shadowed(&self, exception: &Exception, used: &Use<'_>) -> Option<Problem> {
        let (winner, many) = used.lost?;
        let register = self.posture.register.as_ref()?;
        let winner = &self.exceptions[winner];
        let line = register.source.line_span(winner.name_span()).0;
        let (called, by) = (exception.called(), winner.id.as_ref());
        let by = by.map_or("the one".to_owned(), |id| format!("`{id}`"));
        let findings = count(many as u64, "finding");
        Some(Problem::warning(
            "shadowed",
            exception.name_span(),
            format!("{called} covers {findings} that {by} on line {line} accepts"),
            "narrow one of them, so that each finding has one reason",
        ))
    }

    /// Attestations are no part of what is accepted: an expired one fails the checklist, not the
    /// scan.
    fn expired_attestations(&self) -> impl Iterator<Item = Problem> {
        let register = self.posture.register.iter();
        let attestations = register.flat_map(|register| &register.attestations);
        let expired = attestations.filter(|it| it.expires.value < self.today);
        expired.map(|attestation| {
            let (control, expires) = (&attestation.control, attestation.expires);
            let message = format!("the attestation of `{control}` expired on {expires}");
            let help = "renew it, with new evidence";
            Problem::warning("expired", expires.span, message, help)
        })
    }

    fn address(&self, judged: &Judged) -> &'a str {
        &self.posture.resource(&judged.finding).address
    }

    fn path(&self, judged: &Judged) -> &'a str {
        let file = self.posture.resource(&judged.finding).file;
        &self.posture.source(file).path
    }
}

/// Notes a finding with the exceptions that it has to do with.
fn note_uses<'a>(judged: &'a Judged, uses: &mut [Use<'a>]) {
    let Some(covered) = &judged.covered else {
        return;
    };
    let skipped = matches!(judged.finding.status, Status::Skipped { .. });
    for &index in covered.holding.iter().chain(&covered.expired) {
        let used = &mut uses[index];
        used.idles |= skipped;
        if judged.fails && !skipped {
            used.covers.push(judged);
        } else if judged.finding.status == Status::Passed {
            let (_, many) = used.passes.get_or_insert((judged, 0));
            *many += 1;
        }
    }
    if matches!(
        judged.finding.status,
        Status::Failed | Status::Undecided { .. }
    ) {
        for &index in &covered.expired {
            uses[index].lapsed += 1;
        }
    }
    if let Some((&winner, losers)) = covered.holding.split_first()
        && judged.finding.status == (Status::Accepted { exception: winner })
    {
        for &loser in losers {
            let (_, many) = uses[loser].lost.get_or_insert((winner, 0));
            *many += 1;
        }
    }
    let undecided = matches!(judged.finding.status, Status::Undecided { .. });
    for (index, span, why) in &covered.refuted {
        match skipped || undecided {
            true => uses[*index].idles = true,
            false => _ = uses[*index].refuted.get_or_insert((judged, *span, why)),
        }
    }
}

/// An id, or a pattern, that no check has.
fn unknown_checks(exception: &Exception, known: &BTreeSet<&str>) -> impl Iterator<Item = Problem> {
    let checks = exception.checks.iter().filter(|_| !exception.is_decision());
    let unknown = checks.filter(|glob| !known.iter().any(|id| glob.matches(id)));
    unknown.map(|glob| {
        let message = match glob.is_literal() {
            true => format!("there is no check `{glob}`"),
            false => format!("there is no check that matches `{glob}`"),
        };
        let help = match nearest(glob.as_str(), known.iter().copied()) {
            Some(id) => format!("did you mean `{id}`?"),
            None => "`bastide checks` lists all there are".to_owned(),
        };
        Problem::error("unknown-check", glob.span, message, help)
    })
}

fn days_between(start: Date, end: Date) -> i64 {
    start.duration_until(end).as_hours() / 24
}

/// A number of things, in words: `1 day`, `2 days`.
fn count(number: u64, thing: &str) -> String {
    match number {
        1 => format!("1 {thing}"),
        _ => format!("{number} {thing}s"),
    }
}

/// The first few of a list, and how many more there are.
fn shortened(items: &[String]) -> String {
    const SHOWN: usize = 5;
    match items.len().checked_sub(SHOWN) {
        None | Some(0) => items.join(", "),
        Some(more) => format!("{} and {more} more", items[..SHOWN].join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{examined, judged, problems, register};
    use crate::{Examined, Register};

    /// Kinds of problems, with `!` after those that fail the scan.
    fn kinds(examined: Examined, register: Register) -> String {
        let posture = judged(examined, register);
        let kind = |problem: &Problem| {
            format!("{}{}", problem.kind, ["", "!"][usize::from(problem.fails)])
        };
        let kinds: Vec<String> = posture.problems.iter().map(kind).collect();
        kinds.join(" ")
    }

    const LINES: &str = "fail CKV_K8S_22 Deployment.vllm.qwen k8s/vllm.yaml
        fail CKV_K8S_22 Deployment.chat.web k8s/chat.yaml
        pass CKV_K8S_22 Deployment.chat.db k8s/chat.yaml
        fail CKV_K8S_8 Deployment.chat.web k8s/chat.yaml
        fail CKV_K8S_23 Deployment.chat.web k8s/chat.yaml
        fail CKV_K8S_23 Deployment.chat.db k8s/chat.yaml
        fail CKV_K8S_37 Deployment.chat.web k8s/chat.yaml
        fail CKV_AWS_51 module.images.aws_ecr_repository.app main.tf
        unset CKV_AWS_184 aws_efs_file_system.models main.tf";

    #[test]
    fn every_kind_of_problem() {
        let text = include_str!("../fixtures/problems.yaml");
        let register = Register::parse(text, Register::FILE_NAME).unwrap();
        insta::assert_snapshot!(problems(&judged(examined(LINES), register)));
    }

    #[test]
    fn nothing_is_stale_unless_everything_was_looked_at() {
        let gone = || register("", "check: CKV_K8S_22, resources: gone");
        let fixed = || register("", "check: CKV_K8S_22, resources: Deployment.chat.db");
        let few = || register("", "check: CKV_K8S_8, expect: {min: 2}");
        assert_eq!(kinds(examined(LINES), gone()), "stale!");
        assert_eq!(kinds(examined(LINES), fixed()), "never-fails!");
        assert_eq!(kinds(examined(LINES), few()), "cardinality!");
        let partly = || Examined {
            complete: false,
            ..examined(LINES)
        };
        let broken = || examined(&format!("{LINES}\nunreadable k8s/broken.yaml"));
        for register in [gone, fixed, few] as [fn() -> Register; 3] {
            assert_eq!(kinds(partly(), register()), "");
            assert_eq!(kinds(broken(), register()), "");
        }
    }

    #[test]
    fn a_broken_file_does_not_excuse_what_it_cannot_hold() {
        let lines = format!("{LINES}\nunreadable k8s/broken.yaml");
        let stale = |files: &str| {
            let entry = format!("check: CKV_K8S_22, resources: gone, files: {files}");
            kinds(examined(&lines), register("", &entry))
        };
        assert_eq!(stale("k8s/**"), "");
        assert_eq!(stale("helm/**"), "stale!");
    }

    #[test]
    fn a_decision_is_held_to_the_resources_that_it_names() {
        let with = |entry: &str| kinds(examined(LINES), register("", entry));
        assert_eq!(with("check: none"), "");
        assert_eq!(with("check: none, resources: Deployment.chat.*"), "");
        assert_eq!(
            with("check: none, resources: [Deployment.chat.web, gone]"),
            "stale!"
        );
        assert_eq!(with("check: none, expires: 2027-01-01"), "expired!");
    }

    #[test]
    fn an_inline_skip_keeps_an_exception_alive() {
        let lines = "fail CKV_K8S_22 a a.yaml checkov:skip=CKV_K8S_22";
        assert_eq!(
            kinds(examined(lines), register("", "check: CKV_K8S_22")),
            ""
        );
    }

    #[test]
    fn what_expired_and_is_gone_is_only_stale() {
        let with = |entry: &str| kinds(examined(LINES), register("", entry));
        let expired = "expires: 2027-01-01";
        assert_eq!(with(&format!("check: CKV_K8S_22, {expired}")), "expired!");
        assert_eq!(with(&format!("check: CKV_K8S_9, {expired}")), "stale!");
    }

    #[test]
    fn dates() {
        let with = |head: &str, rest: &str| {
            let entry = format!("check: CKV_K8S_22, {rest}");
            kinds(examined(LINES), register(head, &entry))
        };
        assert_eq!(with("", "expires: 2027-01-15"), "expires-soon");
        assert_eq!(with("", "expires: 2027-02-14"), "expires-soon");
        assert_eq!(with("", "expires: 2027-02-15"), "");
        let head = "defaults: {require: [], max_days: 60}";
        assert_eq!(with(head, "expires: 2027-03-16"), "");
        assert_eq!(with(head, "expires: 2027-03-17"), "max-days!");
        assert_eq!(
            with(head, "created: 2027-01-10, expires: 2027-03-12"),
            "max-days!"
        );
        // A day to come is none from which to count.
        assert_eq!(
            with(head, "created: 2027-03-01, expires: 2027-03-30"),
            "max-days!"
        );
    }

    #[test]
    fn the_bounds_of_what_is_expected_are_allowed() {
        let with = |expect: &str| {
            let entry = format!("check: CKV_K8S_22, expect: {{{expect}}}");
            kinds(examined(LINES), register("", &entry))
        };
        assert_eq!(with("min: 2, max: 2"), "");
        assert_eq!(with("max: 1"), "cardinality!");
        assert_eq!(with("min: 3"), "cardinality!");
    }

    #[test]
    fn an_unknown_check_is_not_stale_too() {
        let with = |check: &str| kinds(examined(LINES), register("", &format!("check: {check}")));
        assert_eq!(with("CKV_K8S_222"), "unknown-check!");
        assert_eq!(with("[CKV_K8S_22, CKV_X_1]"), "unknown-check!");
        assert_eq!(with("[CKV_K8S_9, CKV_X_1]"), "stale! unknown-check!");
    }

    #[test]
    fn evidence_that_fails_says_so_instead_of_stale() {
        let with = |entry: &str| kinds(examined(LINES), register("", entry));
        assert_eq!(with("check: CKV_AWS_184, evidence: {cpu: 4}"), "evidence!");
        let both = "check: [CKV_AWS_184, CKV_K8S_8], evidence: {cpu: 4}";
        assert_eq!(with(both), "evidence");
    }

    #[test]
    fn evidence_is_not_held_against_what_is_undecided_or_skipped() {
        let with = |line: &str| {
            let entry = "check: CKV_AWS_184, evidence: {memory: 4}";
            kinds(examined(line), register("", entry))
        };
        assert_eq!(with("undecided CKV_AWS_184 a main.tf"), "");
        let skip = "checkov:skip=CKV_AWS_184";
        assert_eq!(with(&format!("fail CKV_AWS_184 a main.tf {skip}")), "");
    }
}
