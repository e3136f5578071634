//! What functions give, compared with Terraform's own results in `functions.txt`.

use bastide_hcl::Arena;
use bastide_source::{FileId, Source};
use bastide_terraform::{Configuration, Inputs, Tree, evaluate};
use bastide_value::Value;

const TABLE: &str = include_str!("functions.txt");

/// Some files in memory.
#[derive(Debug)]
struct Files(Vec<String>);

impl Files {
    const ALL: [(&str, &str); 5] = [
        ("d/a.tf", ""),
        ("d/b.txt", ""),
        ("d/e/c.tf", ""),
        ("h.txt", "héllo"),
        (
            "t.tftpl",
            "Hello ${name}!%{ for x in list }\n- ${x}%{ endfor }\n",
        ),
    ];

    fn new() -> Self {
        Self(Self::ALL.map(|(path, _)| path.to_owned()).to_vec())
    }
}

impl Tree for Files {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        let mut files = Self::ALL.iter();
        let (_, text) = files.find(|(name, _)| *name == path)?;
        Some(text.as_bytes().to_vec())
    }

    fn paths(&self) -> &[String] {
        &self.0
    }
}

/// What an expression gives, as it is shown; of an unknown its cause.
fn result(expression: &str) -> String {
    let text = format!(
        "locals {{ t = \"Hi $${{name}}\" }}\nresource \"r\" \"x\" {{\n  a = {expression}\n}}\n"
    );
    let sources = [Source::new(FileId(0), "main.tf", text)];
    let arena = Arena::new();
    let file = bastide_terraform::parse(&sources[0], &arena);
    assert_eq!(file.diagnostics, [], "{expression}");
    let tree = Files::new();
    let inputs = Inputs {
        tree: Some(&tree),
        ..Inputs::default()
    };
    let configuration = Configuration::new(&sources, [(FileId(0), file.body)], inputs);
    let values = Arena::new();
    let evaluation = evaluate(&configuration, configuration.roots()[0], &values);
    match evaluation.resources[0].get("a").expect("a value").value {
        Value::String(text) => text.to_owned(),
        Value::Unknown(unknown) => format!("unknown: {}", unknown.cause),
        other => other.to_string(),
    }
}

#[test]
fn functions_give_what_terraform_gives() {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
    let mut wrong = Vec::new();
    for row in rows {
        let (call, expected) = row.rsplit_once(" => ").expect("a call and its result");
        let given = result(&format!("jsonencode({call})"));
        if given != expected {
            wrong.push(format!(
                "{call}\n  gives     {given}\n  Terraform {expected}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_not_in_the_tree_is_unknown() {
    for (call, cause) in [
        ("file(\"nope\")", "there is no file `nope` in the tree"),
        (
            "fileexists(\"nope\")",
            "there is no file `nope` in the tree",
        ),
        (
            "try(file(\"nope\"), 1)",
            "there is no file `nope` in the tree",
        ),
        (
            "file(\"../h.txt\")",
            "there is no file `../h.txt` in the tree",
        ),
        (
            "file(\"/etc/passwd\")",
            "there is no file `/etc/passwd` in the tree",
        ),
        (
            "timestamp()",
            "`timestamp` gives another result at every run",
        ),
        ("nosuch()", "the function `nosuch` is not evaluated"),
        (
            "provider::aws::arn_parse(\"\")",
            "the function `provider::aws::arn_parse` is not evaluated",
        ),
    ] {
        assert_eq!(result(call), format!("unknown: {cause}"), "{call}");
    }
}
