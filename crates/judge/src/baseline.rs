use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write;

use serde::{Deserialize, Serialize};
use serde_json::ser::{PrettyFormatter, Serializer};

use crate::{Finding, Posture, Root, Status};

/// What was found before and is let go until it is mended: `.checkov.baseline`, as Checkov reads
/// and writes it.
///
/// A finding is known by its check and the address of its resource; the file is written down, but
/// does not count. For reasons, owners and an end there is the register.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    /// The ids of checks, by address.
    checks: HashMap<String, HashSet<String>>,
    /// Whether reports list what is known as skipped, or leave it out.
    pub as_skipped: bool,
}

/// A text that is not a baseline.
#[derive(Debug, thiserror::Error)]
#[error("this is not a baseline: {0}")]
pub struct InvalidBaseline(#[from] serde_json::Error);

/// The file.
#[derive(Serialize, Deserialize)]
struct Text {
    #[serde(default)]
    failed_checks: Vec<InFile>,
}

#[derive(Serialize, Deserialize)]
struct InFile {
    #[serde(default)]
    file: String,
    findings: Vec<OfResource>,
}

#[derive(Serialize, Deserialize)]
struct OfResource {
    resource: String,
    check_ids: Vec<String>,
}

impl Baseline {
    /// The name that Checkov gives the file.
    pub const FILE_NAME: &str = ".checkov.baseline";

    /// Reads a baseline.
    ///
    /// # Errors
    ///
    /// If the text is not JSON of that shape.
    pub fn parse(text: &str) -> Result<Self, InvalidBaseline> {
        let text: Text = serde_json::from_str(text)?;
        let mut baseline = Self::default();
        for known in text.failed_checks.into_iter().flat_map(|it| it.findings) {
            let checks = baseline.checks.entry(known.resource).or_default();
            checks.extend(known.check_ids);
        }
        Ok(baseline)
    }

    /// Whether a check was found to fail for the resource at an address.
    pub fn contains(&self, check: &str, address: &str) -> bool {
        let checks = self.checks.get(address);
        checks.is_some_and(|checks| checks.contains(check))
    }

    /// The baseline of what fails below a root, byte for byte as Checkov writes it. What was known
    /// before stays in it.
    pub fn create(posture: &Posture, root: &Root) -> String {
        let fails = |finding: &&Finding| {
            let file = posture.resource(finding).file;
            let below = posture.root(file).is_some_and(|it| it.first == root.first);
            below && matches!(finding.status, Status::Failed | Status::Known)
        };
        let mut files: BTreeMap<String, BTreeMap<&str, Vec<String>>> = BTreeMap::new();
        for finding in posture.findings.iter().filter(fails) {
            let resource = posture.resource(finding);
            let path = format!("/{}", posture.source(resource.file).path);
            let resources = files.entry(path).or_default();
            let checks = resources.entry(&resource.address).or_default();
            checks.push(finding.check.id.to_string());
        }
        let of_resource = |(resource, mut check_ids): (&str, Vec<String>)| {
            check_ids.sort();
            OfResource {
                resource: resource.to_owned(),
                check_ids,
            }
        };
        let in_file = |(file, resources): (String, BTreeMap<&str, Vec<String>>)| InFile {
            file,
            findings: resources.into_iter().map(of_resource).collect(),
        };
        written(&Text {
            failed_checks: files.into_iter().map(in_file).collect(),
        })
    }
}

/// JSON as Python writes it: four spaces, nothing but ASCII, no line ending at the end.
fn written(text: &Text) -> String {
    let mut json = Vec::new();
    let formatter = PrettyFormatter::with_indent(b"    ");
    let done = text.serialize(&mut Serializer::with_formatter(&mut json, formatter));
    debug_assert!(done.is_ok(), "texts are always JSON");
    let mut ascii = String::with_capacity(json.len());
    for char in String::from_utf8(json).unwrap_or_default().chars() {
        if matches!(char, ' '..='~' | '\n') {
            ascii.push(char);
            continue;
        }
        for unit in char.encode_utf16(&mut [0; 2]) {
            // Writing to a text does not fail.
            let _ = write!(ascii, "\\u{unit:04x}");
        }
    }
    ascii
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::examined;
    use crate::{Listed, Terms, judge};

    /// What Checkov writes for the verdicts of [`verdicts`].
    const CHECKOVS: &str = include_str!("../fixtures/checkov.baseline");

    fn verdicts() -> crate::Examined {
        examined(
            "fail CKV_AWS_51 aws_ecr_repository.b main.tf
             fail CKV_AWS_51 aws_ecr_repository.a main.tf
             fail CKV_DOCKER_3 /ét/Dockerfile. ét/Dockerfile
             fail CKV_DOCKER_2 /ét/Dockerfile. ét/Dockerfile
             pass CKV_AWS_51 aws_ecr_repository.c main.tf",
        )
    }

    fn statuses(posture: &Posture) -> Vec<&Status> {
        posture
            .findings
            .iter()
            .map(|finding| &finding.status)
            .collect()
    }

    #[test]
    fn it_is_written_as_checkov_writes_it() {
        let posture = judge(verdicts());
        assert_eq!(Baseline::create(&posture, &posture.roots[0]), CHECKOVS);
        let empty = judge(examined("pass CKV_AWS_51 a.b main.tf"));
        let text = "{\n    \"failed_checks\": []\n}";
        assert_eq!(Baseline::create(&empty, &empty.roots[0]), text);
    }

    #[test]
    fn characters_are_escaped_as_python_does() {
        let text = Text {
            failed_checks: vec![InFile {
                file: "/a\"\\\n\u{1}\u{7f}é😀".to_owned(),
                findings: Vec::new(),
            }],
        };
        let escaped = r#""/a\"\\\n\u0001\u007f\u00e9\ud83d\ude00""#;
        assert!(written(&text).contains(escaped));
    }

    #[test]
    fn what_is_in_it_is_known_and_stays_in_it() {
        let baseline = Baseline::parse(CHECKOVS).unwrap();
        let terms = Terms {
            baseline: Some(baseline),
            ..Terms::default()
        };
        let posture = terms.judge(verdicts());
        use Status::{Known, Passed};
        assert_eq!(
            statuses(&posture),
            [&Known, &Known, &Passed, &Known, &Known]
        );
        assert_eq!(Baseline::create(&posture, &posture.roots[0]), CHECKOVS);
    }

    #[test]
    fn the_file_does_not_count_but_check_and_resource_do() {
        let terms = Terms {
            baseline: Some(Baseline::parse(CHECKOVS).unwrap()),
            ..Terms::default()
        };
        let posture = terms.judge(examined(
            "fail CKV_AWS_51 aws_ecr_repository.a moved.tf
             fail CKV_AWS_51 aws_ecr_repository.z moved.tf
             fail CKV_AWS_184 aws_ecr_repository.a moved.tf",
        ));
        use Status::{Failed, Known};
        assert_eq!(statuses(&posture), [&Known, &Failed, &Failed]);
    }

    #[test]
    fn reports_list_what_is_known_as_skipped_if_asked_to() {
        let listed = |as_skipped| {
            let baseline = Baseline {
                as_skipped,
                ..Baseline::parse(CHECKOVS).unwrap()
            };
            let terms = Terms {
                baseline: Some(baseline),
                ..Terms::default()
            };
            let posture = terms.judge(examined(
                "fail CKV_AWS_51 aws_ecr_repository.a main.tf
                 pass CKV_AWS_51 aws_ecr_repository.b main.tf
                 pass CKV_AWS_51 aws_ecr_repository.c main.tf
                 fail CKV_AWS_51 aws_ecr_repository.d main.tf",
            ));
            let listed = posture.findings.iter().map(|it| posture.listed(it));
            listed.collect::<Vec<_>>()
        };
        use Listed::{Failed, Passed, Skipped};
        assert_eq!(listed(false), [None, Some(Passed), None, Some(Failed)]);
        assert_eq!(
            listed(true),
            [Some(Skipped), Some(Passed), None, Some(Failed)]
        );
    }

    #[test]
    fn what_is_not_a_baseline_is_an_error() {
        assert!(Baseline::parse("{}").is_ok());
        for text in ["", r#"{"failed_checks": {}}"#, r#"{"failed_checks": [{}]}"#] {
            assert!(Baseline::parse(text).is_err(), "{text}");
        }
    }
}
