//! What was examined, for tests, in few words.

use std::path::PathBuf;

use bastide_check::{CheckId, Checked, Framework, Label, Outcome, Resource, Undecided, Verdict};
use bastide_source::{FileId, Skip, Source, Span};

use crate::{Coverage, Examined, FileStatus, Posture, Register, Root, Status, Terms};

/// A line for each verdict: `fail CHECK ADDRESS FILE`, and perhaps a skip after it:
/// `checkov:skip=CHECK:reason`. Besides `fail` there are `pass`, `undecided`, and `unset` for a
/// failure that says so of the attribute `cpu`; `none` has nothing to say, and `unreadable FILE` is
/// a file that could not be read. The whole tree was scanned.
pub(crate) fn examined(lines: &str) -> Examined {
    let lines: Vec<Vec<&str>> = lines
        .lines()
        .map(|line| line.trim().splitn(5, ' ').collect())
        .collect();
    let mut paths: Vec<&str> = lines.iter().map(|line| path_of(line)).collect();
    paths.sort_unstable();
    paths.dedup();
    let text = "resource {\n  cpu = 4\n}\n";
    let files = (0..).map(FileId).zip(&paths);
    let sources = files.map(|(id, path)| Source::new(id, *path, text.to_owned()));
    let mut examined = Examined {
        roots: vec![Root {
            given: PathBuf::from("."),
            absolute: PathBuf::from("/repository"),
            first: FileId(0),
        }],
        sources: sources.collect(),
        coverage: Coverage {
            files: vec![FileStatus::Evaluated; paths.len()],
            ..Coverage::default()
        },
        complete: true,
        ..Examined::default()
    };
    for line in &lines {
        let at = paths.binary_search(&path_of(line)).unwrap();
        match line[..] {
            ["unreadable", _] => examined.coverage.files[at] = FileStatus::Unreadable,
            _ => add(line, FileId(at as u32), &mut examined.checked),
        }
    }
    examined
}

fn path_of<'a>(line: &[&'a str]) -> &'a str {
    match line[..] {
        ["unreadable", path] => path,
        _ => line[3],
    }
}

fn add(line: &[&str], file: FileId, checked: &mut Checked) {
    let (id, address) = (line[1], line[2]);
    let check = bastide_check::all().find(|check| check.id.as_str() == id);
    let check = check.unwrap_or_else(|| panic!("there is no check {id}"));
    let value = Span::new(file, 19, 20);
    let outcome = match line[0] {
        "fail" => Outcome::fail(value, "it is not as it should be"),
        "unset" => Outcome::fail(Span::new(file, 0, 8), "leaves cpu unset"),
        "pass" => Outcome::Pass,
        "undecided" => Outcome::Undecided(Undecided {
            label: Label::new(value, "it is not known"),
            presumed: false,
        }),
        "none" => Outcome::NotApplicable,
        other => panic!("{other} is no outcome"),
    };
    let skips = line.get(4).map_or(Vec::new(), |comment| {
        bastide_source::skips_in_line(comment, Span::new(file, 0, 8))
    });
    checked.verdicts.push(Verdict {
        check,
        resource: checked.resources.len(),
        outcome,
    });
    checked
        .resources
        .push(resource(check.id, address, file, skips));
}

fn resource(check: CheckId, address: &str, file: FileId, skips: Vec<Skip>) -> Resource {
    let framework = match check.as_str() {
        id if id.starts_with("CKV_DOCKER") => Framework::Dockerfile,
        id if id.contains("K8S") => Framework::Kubernetes,
        _ => Framework::Terraform,
    };
    Resource {
        framework,
        kind: "kind".to_owned(),
        address: address.to_owned(),
        file,
        lines: (1, 3),
        span: Span::new(file, 0, 8),
        skips,
        caller: None,
        history: None,
    }
}

/// A register with these entries, one a line, as the inside of a mapping in braces. What an entry
/// must have and does not give is filled in; it expires on 2027-06-30.
pub(crate) fn register(head: &str, entries: &str) -> Register {
    let filled = |entry: &str| {
        let mut entry = entry.trim().to_owned();
        for (key, value) in [("reason", "r"), ("owner", "o"), ("expires", "2027-06-30")] {
            if !entry.contains(&format!("{key}:")) {
                entry += &format!(", {key}: {value}");
            }
        }
        format!("  - {{{entry}}}\n")
    };
    let entries: String = entries.lines().map(filled).collect();
    let defaults = match head.contains("defaults:") {
        true => "",
        false => "defaults: {require: []}\n",
    };
    let text = format!("{defaults}{head}\nexceptions:\n{entries}");
    Register::parse(&text, Register::FILE_NAME).unwrap_or_else(|invalid| {
        panic!("{:#?}\n{}", invalid.mistakes, invalid.file.text);
    })
}

/// Judges on 2027-01-15.
pub(crate) fn judged(examined: Examined, register: Register) -> Posture {
    let terms = Terms {
        register: Some(register),
        today: jiff::civil::date(2027, 1, 15),
        ..Terms::default()
    };
    terms.judge(examined)
}

/// The findings as text: `status CHECK ADDRESS`.
pub(crate) fn findings(posture: &Posture) -> String {
    let line = |finding: &crate::Finding| {
        let status = match &finding.status {
            Status::Accepted { exception } => format!("accepted by {exception}"),
            Status::Skipped { reason } => format!("skipped {reason:?}"),
            Status::Undecided { .. } => "undecided".to_owned(),
            other => format!("{other:?}").to_lowercase(),
        };
        let address = &posture.resource(finding).address;
        format!("{status}: {} {address}\n", finding.check.id)
    };
    posture.findings.iter().map(line).collect()
}

/// The problems as text: kind, whether they fail, line, what is underlined, message and help.
pub(crate) fn problems(posture: &Posture) -> String {
    let line = |problem: &crate::Problem| {
        let source = posture.source(problem.span.file);
        let fails = if problem.fails { "error" } else { "warning" };
        format!(
            "{fails}[{}]: {}\n  --> {}:{} `{}`\n  help: {}\n",
            problem.kind,
            problem.message,
            source.path,
            source.position(problem.span.start).line,
            source.slice(problem.span),
            problem.help,
        )
    };
    posture.problems.iter().map(line).collect()
}
