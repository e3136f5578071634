//! Options from a file: `.bastide.yaml`, or Checkov's `.checkov.yaml`.
//!
//! A key is the long name of an option. What the command line says weighs more; so does what the
//! environment says.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use bastide_source::{FileId, Level, Source};
use bastide_value::{Arena, Node, Value};
use clap::parser::ValueSource;
use clap::{ArgMatches, Command};

/// Names under which a file of options is looked for, in each folder.
const NAMES: [&str; 4] = [
    ".bastide.yaml",
    ".bastide.yml",
    ".checkov.yaml",
    ".checkov.yml",
];

/// The file of options: the one that is named, else the first that is found in the folders that
/// are scanned, in the current folder, and in the home folder.
pub(crate) fn find(named: Option<&Path>, scanned: &[PathBuf]) -> Option<PathBuf> {
    if let Some(named) = named {
        return Some(named.to_owned());
    }
    let home = std::env::home_dir();
    let folders = scanned
        .iter()
        .cloned()
        .chain([PathBuf::from(".")])
        .chain(home);
    let mut candidates = folders.flat_map(|folder| NAMES.map(|name| folder.join(name)));
    candidates.find(|candidate| candidate.is_file())
}

/// The options of a file as words of a command line, without those that `matches` has already from
/// the command line or the environment. Keys that are no option are given back.
pub(crate) fn words(
    path: &Path,
    command: &Command,
    matches: &ArgMatches,
) -> anyhow::Result<(Vec<OsString>, Vec<String>)> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read the options in `{}`", path.display()))?;
    let source = Source::new(FileId(0), path.to_string_lossy(), text);
    let arena = Arena::new();
    let stream = bastide_yaml::parse(&source, &arena);
    if let Some(problem) = stream
        .diagnostics
        .iter()
        .find(|it| it.level == Level::Error)
    {
        let line = problem
            .span
            .map_or(1, |span| source.position(span.start).line);
        bail!("{}:{line}: {}", path.display(), problem.message);
    }
    let (mut words, mut unknown) = (Vec::new(), Vec::new());
    let options = stream
        .documents
        .first()
        .and_then(|document| document.root.value.as_map());
    for entry in options.unwrap_or_default().entries() {
        let Some(argument) = command
            .get_arguments()
            .find(|it| it.get_long() == Some(entry.key))
        else {
            unknown.push(entry.key.to_owned());
            continue;
        };
        let given = matches!(
            matches.value_source(argument.get_id().as_str()),
            Some(ValueSource::CommandLine | ValueSource::EnvVariable)
        );
        if !given {
            let takes_value = argument.get_action().takes_values();
            words.extend(option(entry.key, &entry.node, takes_value));
        }
    }
    Ok((words, unknown))
}

/// One option as words: `--key=value` for each value, `--key` for a switch that is on.
fn option(key: &str, node: &Node<'_>, takes_value: bool) -> Vec<OsString> {
    let word = |value: Value<'_>| match value {
        Value::String(text) => Some(format!("--{key}={text}")),
        Value::Number(_) | Value::Bool(_) => Some(format!("--{key}={value}")),
        _ => None,
    };
    let words: Vec<String> = match node.value {
        Value::Bool(on) if !takes_value => on.then(|| format!("--{key}")).into_iter().collect(),
        Value::List(items) => items.iter().filter_map(|item| word(item.value)).collect(),
        value => word(value).into_iter().collect(),
    };
    words.into_iter().map(OsString::from).collect()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::args::CheckovCli;

    /// The words that a file adds to a command line, and the keys that it does not know.
    fn merged(file: &str, line: &[&str]) -> (Vec<String>, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".checkov.yaml");
        std::fs::write(&path, file).unwrap();
        let command = CheckovCli::command();
        let matches = command.clone().get_matches_from(line);
        let (words, unknown) = words(&path, &command, &matches).unwrap();
        (
            words
                .into_iter()
                .map(|word| word.into_string().unwrap())
                .collect(),
            unknown,
        )
    }

    #[test]
    fn a_file_adds_what_the_command_line_does_not_say() {
        let file = "quiet: true\ncompact: false\nskip-check:\n  - CKV_A_1\n  - CKV_B_2\nframework: terraform\n";
        let (words, _) = merged(file, &["checkov", "--framework", "secrets"]);
        assert_eq!(
            words,
            ["--quiet", "--skip-check=CKV_A_1", "--skip-check=CKV_B_2"]
        );
    }

    #[test]
    fn keys_that_are_no_option_are_named() {
        let (words, unknown) = merged("quite: true\n", &["checkov"]);
        assert_eq!((words.len(), unknown), (0, vec!["quite".to_owned()]));
    }
}
