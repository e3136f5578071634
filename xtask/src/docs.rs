//! Documentation that is a function of the program: it cannot be wrong, only out of date.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use bastide_judge::{Register, Terms};
use bastide_platform::{Catalog, Component, EXAMPLE, Lock, Model, Settings, resolve};
use bastide_report::platform::{GraphFormat, graph};
use bastide_report::{Format, Options, checks};
use bastide_scan::{Request, Selection, Threads, examine};
use jiff::civil::date;

/// The folder whose files are all generated.
const CHECKS: &str = "docs/checks";

/// What the picture in the README shows of the bundled example.
const SHOWN: [&str; 2] = ["CKV_AWS_184", "CKV_K8S_8"];

/// Writes what is out of date, removes what is no longer made, and says how many files that were.
pub(crate) fn write(root: &Path) -> anyhow::Result<usize> {
    let generated = generated(root)?;
    let mut changed = 0;
    for stale in stale(root, &generated)? {
        let path = root.join(&stale);
        let gone = || format!("cannot write `{}`", path.display());
        match generated.get(&stale) {
            Some(text) => {
                fs::create_dir_all(path.parent().unwrap_or(root)).with_context(gone)?;
                fs::write(&path, text).with_context(gone)?;
            }
            None => fs::remove_file(&path).with_context(gone)?,
        }
        changed += 1;
    }
    Ok(changed)
}

/// The generated files that are not as they would be if they were written now.
fn stale(root: &Path, generated: &BTreeMap<PathBuf, String>) -> anyhow::Result<BTreeSet<PathBuf>> {
    let differs = |(path, text): (&PathBuf, &String)| {
        let same = fs::read_to_string(root.join(path)).is_ok_and(|committed| committed == *text);
        (!same).then(|| path.clone())
    };
    let mut stale: BTreeSet<_> = generated.iter().filter_map(differs).collect();
    for entry in fs::read_dir(root.join(CHECKS)).into_iter().flatten() {
        let path = Path::new(CHECKS).join(entry?.file_name());
        if !generated.contains_key(&path) {
            stale.insert(path);
        }
    }
    Ok(stale)
}

/// All that is generated, by path from the root of the repository.
fn generated(root: &Path) -> anyhow::Result<BTreeMap<PathBuf, String>> {
    let mut all: Vec<_> = bastide_check::all().collect();
    all.sort_by_key(|check| check.id);
    let folder = Path::new(CHECKS);
    let mut files: BTreeMap<_, _> = all
        .iter()
        .map(|check| (folder.join(format!("{}.md", check.id)), checks::page(check)))
        .collect();
    files.insert(folder.join("README.md"), checks::index(&all));
    files.insert("docs/exceptions.schema.json".into(), Register::schema());
    files.insert("docs/platform.svg".into(), platform()?);
    files.insert("docs/platform.schema.json".into(), Settings::schema());
    files.insert("docs/component.schema.json".into(), Component::schema());
    files.insert("docs/model.schema.json".into(), Model::schema());
    files.insert("docs/scan.svg".into(), picture(root)?);
    Ok(files)
}

/// The picture of the built-in example.
fn platform() -> anyhow::Result<String> {
    let settings = Settings::parse(EXAMPLE, Settings::FILE_NAME)?;
    let platform = resolve(&settings, &Catalog::built_in()?, &Lock::default());
    let platform = platform.map_err(|_| anyhow::anyhow!("the example does not resolve"))?;
    Ok(graph(&platform, GraphFormat::Svg))
}

/// What a scan of the bundled example looks like on a terminal.
fn picture(root: &Path) -> anyhow::Result<String> {
    let only = SHOWN.map(str::to_owned);
    let example = root.join("examples/genai-stack");
    let request = Request {
        paths: vec![example.clone()],
        checks: Selection::new(&only, &[]),
        ..Request::default()
    };
    let mut examined = examine(&request, &Threads::new(0)?)?;
    for root in &mut examined.roots {
        root.given = "examples/genai-stack".into();
    }
    let terms = Terms {
        today: date(2026, 12, 1),
        ..Terms::default()
    };
    let options = Options {
        color: true,
        ..Options::default()
    };
    let report = Format::Cli.render(&terms.judge(examined), &options);
    let command = format!(
        "$ bastide scan examples/genai-stack --check {}\n\n",
        SHOWN.join(",")
    );
    Ok(anstyle_svg::Term::new().render_svg(&(command + &report)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documentation_is_up_to_date() {
        let root = crate::root();
        let generated = generated(&root).unwrap();
        let stale = stale(&root, &generated).unwrap();
        assert!(
            stale.is_empty(),
            "run `cargo xtask docs`: {stale:?} are out of date"
        );
    }
}
