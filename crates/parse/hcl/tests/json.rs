//! What the JSON syntax becomes.

mod notation;

use bastide_hcl::{Arena, Block, Expr, ExprKind, Part, json};
use bastide_source::{FileId, Source};

use notation::show_body;

fn source(text: &str) -> Source {
    Source::new(FileId(0), "main.tf.json", text.to_owned())
}

fn tree(text: &str) -> String {
    let source = source(text);
    let arena = Arena::new();
    let file = json::parse(&source, &arena);
    assert_eq!(file.diagnostics, [], "{text}");
    show_body(file.body)
}

/// The problems of a file, as `line: message`.
fn problems(text: &str) -> Vec<String> {
    let source = source(text);
    let arena = Arena::new();
    let file = json::parse(&source, &arena);
    let problems = file.diagnostics.iter().map(|problem| {
        let line = source.position(problem.span.expect("a place").start).line;
        format!("{line}: {}", problem.message)
    });
    problems.collect()
}

#[test]
fn labels_are_keys() {
    assert_eq!(
        tree(r#"{"resource": {"t": {"a": {"n": 1}, "b": {}}, "u": {"c": {}}}}"#),
        r#"resource "t" "a" {n=1}; resource "t" "b" {}; resource "u" "c" {}"#
    );
    assert_eq!(
        tree(r#"{"locals": {"a": 1}, "module": {"m": {"source": "./m"}}, "//": "said"}"#),
        r#"locals {a=1}; module "m" {source="./m"}"#
    );
}

#[test]
fn lists_stand_for_several_blocks_at_every_level() {
    assert_eq!(
        tree(r#"{"provider": {"aws": [{"region": "a"}, {"region": "b"}]}}"#),
        r#"provider "aws" {region="a"}; provider "aws" {region="b"}"#
    );
    assert_eq!(
        tree(r#"[{"resource": [{"t": {"a": {}}}, {"t": [{"b": {}}]}]}]"#),
        r#"resource "t" "a" {}; resource "t" "b" {}"#
    );
}

#[test]
fn objects_are_blocks_or_maps() {
    let resource = |body: &str| tree(&format!(r#"{{"resource": {{"t": {{"r": {body}}}}}}}"#));
    assert_eq!(
        resource(r#"{"rule": [{"port": 1}, {"port": 2}], "one": {"two": {"n": null}}}"#),
        r#"resource "t" "r" {rule {port=1}; rule {port=2}; one {two {n=null}}}"#
    );
    assert_eq!(
        resource(r#"{"tags": {"name": "x"}, "data": {"a.b": 1}, "list": [], "mixed": [{}, 1]}"#),
        r#"resource "t" "r" {tags={"name": "x"}; data={"a.b": 1}; list=[]; mixed=[{} 1]}"#
    );
    assert_eq!(
        resource(
            r#"{"dynamic": {"rule": {"for_each": [1], "content": {"port": "${rule.value}"}}}}"#
        ),
        r#"resource "t" "r" {dynamic "rule" {for_each=[1]; content {port=(template rule.value)}}}"#
    );
}

#[test]
fn strings_are_templates() {
    assert_eq!(
        tree(r#"{"locals": {"a": "x-${var.a}", "b": "$${no}", "c": "plain \"q\"", "${d}": 1}}"#),
        r#"locals {a=(template "x-" var.a); b="${no}"; c="plain \"q\""; ${d}=1}"#
    );
    assert_eq!(
        tree(r#"{"locals": {"a": {"${local.k}": "${join(\"-\", [\"\u0061\"])}"}}}"#),
        r#"locals {a={(template local.k): (template (join "-" ["a"]))}}"#
    );
}

#[test]
fn variables_hold_types_and_literals() {
    assert_eq!(
        tree(r#"{"variable": {"v": {"type": "map(string)", "default": {"a": "${no}"}}}}"#),
        r#"variable "v" {type=(map string); default={"a": "${no}"}}"#
    );
    let source = source(r#"{"a": "${no}", "b": [true]}"#);
    let arena = Arena::new();
    let file = json::parse_variables(&source, &arena);
    assert_eq!(show_body(file.body), r#"a="${no}"; b=[true]"#);
}

#[test]
fn mistakes_are_named() {
    assert_eq!(problems("{\n  \"locals\": {,}\n}").len(), 1);
    assert_eq!(
        problems("{\n  \"locals\": {\n    \"a\": \"${1 +}\", \"b\": 1\n  }\n}"),
        ["3: expected an expression, found `}`"]
    );
    assert_eq!(
        problems("{\"resource\": {\"t\": 1}}"),
        ["1: `resource` is to be an object here"]
    );
    assert_eq!(
        problems("1"),
        ["1: a configuration is an object, this is something else"]
    );
}

#[test]
fn spans_are_what_is_written() {
    let source = source(
        "{\"resource\": {\"t\": {\"r\": {\n  \"a\": \"é ${var.x}\",\n  \"b\": \"\\u00e9\\n${f(\\\"y\\\", var.z)}\"\n}}}}",
    );
    let arena = Arena::new();
    let file = json::parse(&source, &arena);
    let block: &Block<'_> = file.body.blocks().next().expect("a block");
    assert!(source.slice(block.span).starts_with("{\n  \"a\""));
    assert_eq!(source.slice(block.labels[1].span), "\"r\"");
    let inner = |name: &str| -> Expr<'_> {
        let attribute = block.body.attribute(name).expect("an attribute");
        match attribute.expr.kind {
            ExprKind::Template([.., Part::Interpolation(inner)]) => *inner,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(source.slice(inner("a").span), "var.x");
    let ExprKind::Call(call) = inner("b").kind else {
        panic!("a call");
    };
    assert_eq!(source.slice(call.args[0].span), "\\\"y\\\"");
    assert_eq!(source.slice(call.args[1].span), "var.z");
}

/// Damages a text at many places, each time in another way: nothing may panic, and every span must
/// lie in the text.
#[test]
fn damaged_files_are_read_without_panic() {
    let whole = r#"{"resource": {"t": {"r": {"a": "é\u00e9\ud83d\ude00 ${f(\"y\", var.z[0].b)}%{ if x }\n%{ endif }",
        "dynamic": {"d": {"for_each": "${[1]}", "content": {"x": null}}}, "tags": {"A": "$${b}"}}}},
        "variable": {"v": {"type": "map(object({a=string}))", "default": [true, 1.5e3]}}}"#;
    let pieces = [
        "", "\\", "\"", "${", "}", "\\u00", "\\ud83d", "é", "::", "[", "{",
    ];
    for at in (0..whole.len()).filter(|at| whole.is_char_boundary(*at)) {
        for (index, piece) in pieces.iter().enumerate() {
            let rest = whole.get(at + index % 3..).unwrap_or("");
            let source = source(&format!("{}{piece}{rest}", &whole[..at]));
            let arena = Arena::new();
            for file in [
                json::parse(&source, &arena),
                json::parse_variables(&source, &arena),
            ] {
                for problem in file.diagnostics {
                    let span = problem.span.expect("a place");
                    assert!(source.text.get(span.range()).is_some(), "{span:?}");
                }
                show_body(file.body);
            }
        }
    }
}
