//! What plans are read as.

use std::collections::{BTreeMap, BTreeSet};

use bastide_hcl::Arena;
use bastide_source::{FileId, Source};
use bastide_terraform::{Mode, References, may_be_plan, read_plan};
use bastide_value::Value;

const PLAN: &str = r#"{
  "terraform_version": "1.13.0",
  "planned_values": {"root_module": {
    "resources": [
      {"address": "aws_kms_key.k", "mode": "managed", "type": "aws_kms_key", "name": "k",
       "values": {"policy": null, "tags": {"Name": "k"}}},
      {"address": "aws_old.gone", "mode": "managed", "type": "aws_old", "name": "gone", "values": {}}
    ],
    "child_modules": [{
      "address": "module.m[\"a\"]",
      "resources": [
        {"address": "module.m[\"a\"].aws_x.y[0]", "mode": "managed", "type": "aws_x", "name": "y", "index": 0,
         "values": {"name": "y", "key": null, "rule": [{"port": 80}, {"port": 81}], "list": [1]}},
        {"address": "module.m[\"a\"].data.aws_d.e", "mode": "data", "type": "aws_d", "name": "e", "values": {}}
      ]
    }]
  }},
  "resource_changes": [
    {"address": "aws_old.gone", "change": {"actions": ["forget"]}},
    {"address": "aws_old.dead", "change": {"actions": ["delete"], "before": {"a": 1}, "after": null}},
    {"address": "module.m[\"a\"].aws_x.y[0]", "change": {"actions": ["create"],
     "after_unknown": {"id": true, "key": true, "from_input": true, "rule": [{"cert": true}, {}]}}}
  ],
  "configuration": {
    "provider_config": {
      "aws": {"name": "aws", "expressions": {"region": {"constant_value": "eu-west-1"}, "x": {"references": ["var.x"]}}},
      "aws.b": {"name": "aws", "alias": "b"},
      "module.m:aws": {"name": "aws", "module_address": "module.m"}
    },
    "root_module": {
      "resources": [{"address": "aws_kms_key.k", "mode": "managed", "type": "aws_kms_key", "name": "k", "expressions": {}}],
      "module_calls": {"m": {"module": {"resources": [
        {"address": "aws_x.y", "mode": "managed", "type": "aws_x", "name": "y", "expressions": {
          "name": {"constant_value": "y"},
          "key": {"references": ["var.k", "data.aws_d.e.arn", "data.aws_d.e"]},
          "from_input": {"references": ["var.k"]},
          "known_input": {"references": ["var.k"]},
          "rule": [{"cert": {"references": ["aws_cert.c.arn", "aws_cert.c"]}}, {}]
        }}
      ]}}}
    }
  }
}"#;

#[test]
fn a_plan_is_what_will_be() {
    assert!(may_be_plan(PLAN));
    let source = Source::new(FileId(0), "tfplan.json", PLAN.to_owned());
    let arena = Arena::new();
    let evaluation = read_plan(&source, &arena).expect("it is JSON");
    let show = |value: Value<'_>| value.to_string();
    let shown: Vec<String> = evaluation
        .resources
        .iter()
        .map(|resource| {
            let entries = resource.body.entries().iter();
            let entries = entries.map(|it| format!(" {}={}", it.key, show(it.node.value)));
            format!("{}{}", resource.address, entries.collect::<String>())
        })
        .collect();
    assert_eq!(
        shown,
        [
            r#"aws.default region="eu-west-1""#,
            r#"aws.b"#,
            r#"aws_kms_key.k policy=null tags={"Name": "k"}"#,
            r#"module.m["a"].aws_x.y[0] name="y" key=data.aws_d.e.arn rule=[{"port": 80, "cert": aws_cert.c.arn}, {"port": 81}] list=[1] from_input=var.k"#,
            r#"module.m["a"].data.aws_d.e"#,
        ]
    );
    let y = &evaluation.resources[3];
    assert!(source.slice(y.block.span).starts_with("{\"name\": \"y\""));
    assert!(matches!(
        y.get("rule").expect("blocks").value,
        Value::Blocks([_, _])
    ));
    let key = y
        .get("key")
        .expect("a key")
        .value
        .as_unknown()
        .expect("an unknown");
    assert_eq!(
        key.cause.to_string(),
        "`data.aws_d.e.arn` is known only after apply"
    );
    let references = References::new(&evaluation);
    assert_eq!(
        references.of(3).iter().map(|it| it.to).collect::<Vec<_>>(),
        [4]
    );
}

#[test]
fn what_is_no_plan_is_nothing_or_an_error() {
    let arena = Arena::new();
    let source = |text: &str| Source::new(FileId(0), "p.json", text.to_owned());
    let odd = source(
        r#"{"planned_values": {"root_module": {"resources": [1, {}, {"type": 2}]}}, "resource_changes": {}}"#,
    );
    assert!(
        read_plan(&odd, &arena)
            .expect("it is JSON")
            .resources
            .is_empty()
    );
    assert!(read_plan(&source("{"), &Arena::new()).is_err());
    assert!(!may_be_plan("{\"apiVersion\": \"v1\"}"));
}

/// Each resource that Checkov has a verdict on in a plan of the corpus is read, at the same lines.
#[test]
fn the_plans_of_the_corpus_hold_what_checkov_sees() {
    let Some(cases) = bastide_conformance::cases() else {
        return;
    };
    let oracle = cases.with_file_name("oracle");
    let mut seen = 0;
    for verdicts in bastide_conformance::files(&oracle.join("terraform_plan"), &[".jsonl"]) {
        let case = verdicts.file_stem().expect("a name");
        let text = std::fs::read_to_string(&verdicts).expect("verdicts");
        let verdicts = text
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
        let mut plans: BTreeMap<String, BTreeSet<(String, u64, u64)>> = BTreeMap::new();
        for verdict in verdicts.filter(|it| it["framework"] == "terraform_plan") {
            let Some(address) = verdict["resource"].as_str() else {
                continue;
            };
            let line = |key: &str| verdict[key].as_u64().expect("a line");
            let file = verdict["file"].as_str().expect("a file").to_owned();
            let place = (address.to_owned(), line("line_start"), line("line_end"));
            plans.entry(file).or_default().insert(place);
        }
        for (file, expected) in plans {
            let path = cases.join("terraform_plan").join(case).join(&file);
            let Ok(text) = std::fs::read_to_string(&path) else {
                continue;
            };
            let source = Source::new(FileId(0), file, text);
            let arena = Arena::new();
            let Ok(evaluation) = read_plan(&source, &arena) else {
                continue;
            };
            // Checkov counts the lines of values from zero.
            let read: BTreeSet<_> = evaluation
                .resources
                .iter()
                .map(|resource| {
                    let (first, last) = source.line_span(resource.block.span);
                    let after = u64::from(resource.mode == Mode::Provider);
                    let (first, last) = (u64::from(first) - 1, u64::from(last) - 1 + after);
                    (resource.address.clone(), first, last)
                })
                .collect();
            let missing: Vec<_> = expected.difference(&read).collect();
            assert_eq!(missing, Vec::<&(String, u64, u64)>::new(), "{path:?}");
            seen += expected.len();
        }
    }
    assert!(seen > 80, "{seen} resources");
}

#[test]
fn damaged_plans_are_read_without_panic() {
    let pieces = ["null", "1", "[]", "{}", "\"x\"", "[{}]", "true"];
    let ends = PLAN.match_indices(": ").map(|(at, _)| at + 2);
    for at in ends {
        for piece in pieces {
            // What stands there becomes the value of another key.
            let text = format!("{}{piece}, \"moved\": {}", &PLAN[..at], &PLAN[at..]);
            let source = Source::new(FileId(0), "tfplan.json", text);
            let arena = Arena::new();
            let evaluation = read_plan(&source, &arena).expect("it is JSON");
            References::new(&evaluation);
        }
    }
}
