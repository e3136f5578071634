use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What the files of one rendering have that those of another do not: whole files by name, and the
/// lines of those that are in both.
pub fn difference(from: &BTreeMap<String, String>, to: &BTreeMap<String, String>) -> String {
    let mut text = String::new();
    let paths: BTreeSet<&String> = from.keys().chain(to.keys()).collect();
    for path in paths {
        match (from.get(path), to.get(path)) {
            (None, Some(_)) => drop(writeln!(text, "+ {path}")),
            (Some(_), None) => drop(writeln!(text, "- {path}")),
            (Some(one), Some(other)) if one != other => {
                let _ = writeln!(text, "~ {path}");
                text.push_str(&lines(one, other));
            }
            _ => {}
        }
    }
    text
}

/// The lines that are only in one of two texts, in their order: a longest common subsequence stays.
fn lines(one: &str, other: &str) -> String {
    let (one, other): (Vec<&str>, Vec<&str>) = (one.lines().collect(), other.lines().collect());
    // Lengths of what the rests have in common.
    let width = other.len() + 1;
    let mut common = vec![0_u32; (one.len() + 1) * width];
    for i in (0..one.len()).rev() {
        for j in (0..other.len()).rev() {
            common[i * width + j] = match one[i] == other[j] {
                true => common[(i + 1) * width + j + 1] + 1,
                false => common[(i + 1) * width + j].max(common[i * width + j + 1]),
            };
        }
    }
    let (mut i, mut j, mut text) = (0, 0, String::new());
    while i < one.len() || j < other.len() {
        let same = i < one.len() && j < other.len() && one[i] == other[j];
        let below = i < one.len()
            && (j == other.len() || common[(i + 1) * width + j] >= common[i * width + j + 1]);
        match (same, below) {
            (true, _) => (i, j) = (i + 1, j + 1),
            (false, true) => {
                let _ = writeln!(text, "    - {}", one[i].trim_start());
                i += 1;
            }
            (false, false) => {
                let _ = writeln!(text, "    + {}", other[j].trim_start());
                j += 1;
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_lines() {
        let files = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
            pairs
                .iter()
                .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
                .collect()
        };
        let one = files(&[("a", "x\ny\nz\n"), ("b", "same\n"), ("c", "gone\n")]);
        let other = files(&[("a", "x\n  why\nz\nend\n"), ("b", "same\n"), ("d", "new\n")]);
        assert_eq!(
            difference(&one, &other),
            "~ a\n    - y\n    + why\n    + end\n- c\n+ d\n"
        );
    }
}
