//! What configurations evaluate to, shown resource by resource.

use bastide_hcl::Arena;
use bastide_source::{FileId, Source};
use bastide_terraform::{Configuration, Mode, evaluate};
use bastide_value::{Node, Value};

/// The resources of a configuration, one a line: `address key=value …`. A line `-- path` starts a
/// file; without one there is only `main.tf`.
fn resources(text: &str) -> Vec<String> {
    let sources = files(text);
    let parse_arena = Arena::new();
    let mut bodies = Vec::new();
    for source in &sources {
        let file = bastide_hcl::parse(source, &parse_arena);
        assert_eq!(file.diagnostics, [], "{}", source.path);
        bodies.push((source.id, file.body));
    }
    let configuration = Configuration::new(&sources, bodies, []);
    let arena = Arena::new();
    let mut lines = Vec::new();
    for root in configuration.roots() {
        for resource in evaluate(&configuration, root, &arena).resources {
            if resource.mode == Mode::Module {
                continue;
            }
            let hidden = ["count", "for_each"];
            let entries = resource.body.entries().iter();
            let entries = entries.filter(|entry| !hidden.contains(&entry.key));
            let shown: Vec<String> = entries
                .map(|entry| format!("{}={}", entry.key, show(&entry.node)))
                .collect();
            lines.push(
                format!("{} {}", resource.address, shown.join(" "))
                    .trim_end()
                    .to_owned(),
            );
        }
    }
    lines
}

fn files(text: &str) -> Vec<Source> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        match line.trim().strip_prefix("-- ") {
            Some(path) => files.push((path.to_owned(), String::new())),
            None => {
                if files.is_empty() {
                    files.push(("main.tf".to_owned(), String::new()));
                }
                if let Some((_, text)) = files.last_mut() {
                    text.push_str(line);
                    text.push('\n');
                }
            }
        }
    }
    files.sort();
    let numbered = (0..).zip(files);
    numbered
        .map(|(id, (path, text))| Source::new(FileId(id), path, text))
        .collect()
}

fn show(node: &Node<'_>) -> String {
    match node.value {
        Value::Unknown(unknown) => format!("?({})", unknown.cause),
        value => value.to_string(),
    }
}

/// The value of an expression.
fn value(expression: &str) -> String {
    let lines = resources(&format!(
        "resource \"r\" \"x\" {{\n  a = {expression}\n}}\n"
    ));
    lines[0].trim_start_matches("r.x a=").to_owned()
}

#[test]
fn operators_and_conditionals() {
    assert_eq!(value("1 + 2 * 3"), "7");
    assert_eq!(value("7 / 2"), "3.5");
    assert_eq!(value("\"a\" == \"a\" && !(1 > 2)"), "true");
    assert_eq!(value("1 == \"1\""), "false");
    assert_eq!(value("true ? \"yes\" : \"no\""), "\"yes\"");
    assert_eq!(value("1 / 0"), "?(division by zero)");
    assert_eq!(value("[1, [2]] == [1, [2]]"), "true");
}

#[test]
fn an_unknown_decides_only_what_hangs_on_it() {
    assert_eq!(value("false && var.x"), "false");
    assert_eq!(value("var.x || true"), "true");
    assert_eq!(value("var.x && true"), "?(`var.x` is not declared)");
    assert_eq!(value("var.x ? 1 : 1"), "1");
    assert_eq!(value("[var.x, 1][1]"), "1");
    assert_eq!(value("length([var.x, 1])"), "2");
}

#[test]
fn collections() {
    assert_eq!(value("{ a = 1, \"b\" = 2 }.b"), "2");
    assert_eq!(value("[for x in [1, 2, 3] : x * 2 if x != 2]"), "[2, 6]");
    assert_eq!(
        value("{ for k, v in { b = 1, a = 2 } : v => k }"),
        r#"{"1": "b", "2": "a"}"#
    );
    assert_eq!(
        value("{ for x in [\"a\", \"b\", \"a\"] : x => 1... }"),
        r#"{"a": [1, 1], "b": [1]}"#
    );
    assert_eq!(value("[{ n = 1 }, { n = 2 }][*].n"), "[1, 2]");
    assert_eq!(value("[[1], [2, 3]][1][0]"), "2");
    assert_eq!(value("[1][3]"), "?(a list of 1 items has no item 3)");
}

#[test]
fn templates() {
    assert_eq!(value(r#""a${1 + 1}b${true}""#), "\"a2btrue\"");
    assert_eq!(
        value(r#""%{ for x in [1, 2] }<${x}>%{ endfor }""#),
        "\"<1><2>\""
    );
    assert_eq!(value(r#""%{ if 1 > 2 }a%{ else }b%{ endif }""#), "\"b\"");
    assert_eq!(value(r#""${[1]}""#), "[1]");
}

#[test]
fn variables_take_what_is_set_with_the_most_weight() {
    let text = r#"
-- main.tf
variable "a" { default = "default" }
variable "b" { default = "default" }
variable "c" { default = "default" }
variable "d" {}
resource "r" "x" {
  a = var.a
  b = var.b
  c = var.c
  d = var.d
}
-- terraform.tfvars
b = "tfvars"
c = "tfvars"
-- x.auto.tfvars
c = "auto"
"#;
    assert_eq!(
        resources(text),
        [r#"r.x a="default" b="tfvars" c="auto" d=?(`var.d` has no default and nothing sets it)"#]
    );
}

#[test]
fn types_convert_and_fill_in() {
    let text = r#"
variable "port" {
  type    = string
  default = 80
}
variable "on" {
  type    = bool
  default = "true"
}
variable "set" {
  type    = set(string)
  default = ["b", "a", "b"]
}
variable "object" {
  type = object({ name = string, size = optional(number, 1), note = optional(string) })
  default = { name = 5 }
}
resource "r" "x" {
  port   = var.port
  on     = var.on
  set    = var.set
  object = var.object
}
"#;
    assert_eq!(
        resources(text),
        [r#"r.x port="80" on=true set=["a", "b"] object={"name": "5", "size": 1, "note": null}"#]
    );
}

#[test]
fn locals_in_any_order_and_in_cycles() {
    let text = r#"
locals {
  a = "${local.b}-a"
  b = "b"
  c = local.d
  d = local.c
}
resource "r" "x" {
  a = local.a
  c = local.c
}
"#;
    assert_eq!(
        resources(text),
        [r#"r.x a="b-a" c=?(`local.c` refers to itself)"#]
    );
}

#[test]
fn count_and_for_each() {
    let text = r#"
variable "unknown" {}
resource "r" "none" { count = 0 }
resource "r" "two" {
  count = 2
  n     = count.index
}
resource "r" "map" {
  for_each = { b = 1, a = 2 }
  k        = each.key
  v        = each.value
}
resource "r" "set" {
  for_each = toset(["y", "x"])
  v        = each.value
}
resource "r" "some" {
  for_each = var.unknown
  v        = each.value
  fixed    = 1
}
resource "r" "uses" {
  a = r.two[1].n
  b = r.map["a"].v
  c = r.two[*].n
  d = [for k, it in r.map : "${k}${it.v}"]
}
"#;
    assert_eq!(
        resources(text),
        [
            r#"r.two[0] n=0"#,
            r#"r.two[1] n=1"#,
            r#"r.map["a"] k="a" v=2"#,
            r#"r.map["b"] k="b" v=1"#,
            r#"r.set["x"] v="x""#,
            r#"r.set["y"] v="y""#,
            r#"r.some v=?(`var.unknown` has no default and nothing sets it) fixed=1"#,
            r#"r.uses a=1 b=2 c=[0, 1] d=["a2", "b1"]"#,
        ]
    );
}

#[test]
fn references_to_resources() {
    let text = r#"
resource "bucket" "b" { name = "logs" }
data "zones" "all" { state = "available" }
resource "r" "x" {
  known    = bucket.b.name
  computed = bucket.b.arn
  data     = data.zones.all.names
  text     = "${bucket.b.arn}/*"
  missing  = bucket.c.name
}
"#;
    assert_eq!(
        resources(text)[2],
        "r.x known=\"logs\" computed=?(`bucket.b.arn` is known only after apply) \
         data=?(`data.zones.all.names` is read when Terraform runs) \
         text=?(`bucket.b.arn` is known only after apply) missing=?(`bucket.c` is not declared)"
    );
}

#[test]
fn nested_and_dynamic_blocks() {
    let text = r#"
resource "r" "x" {
  rule { port = 1 }
  dynamic "rule" {
    for_each = [2, 3]
    content { port = rule.value }
  }
  dynamic "tag" {
    for_each = { k = "v" }
    iterator = it
    content {
      key = it.key
      dynamic "inner" {
        for_each = [it.value]
        content { both = "${it.key}${inner.value}" }
      }
    }
  }
}
"#;
    assert_eq!(
        resources(text),
        [
            r#"r.x rule=[{"port": 1}, {"port": 2}, {"port": 3}] tag=[{"key": "k", "inner": [{"both": "kv"}]}]"#
        ]
    );
}

#[test]
fn modules_are_evaluated_once_for_each_call() {
    let text = r#"
-- main.tf
module "one" {
  source = "./modules/m"
  name   = "first"
}
module "many" {
  source   = "./modules/m"
  for_each = toset(["a", "b"])
  name     = each.key
}
module "gone" { source = "example/gone/aws" }
resource "r" "x" {
  out  = module.one.full
  all  = [for k, m in module.many : m.full]
  gone = module.gone.id
}
-- modules/m/main.tf
variable "name" {}
resource "r" "inner" { name = var.name }
output "full" { value = "${r.inner.name}!" }
"#;
    assert_eq!(
        resources(text),
        [
            r#"r.x out="first!" all=["a!", "b!"] gone=?(`module.gone` is not in the tree and was not evaluated)"#,
            r#"module.one.r.inner name="first""#,
            r#"module.many["a"].r.inner name="a""#,
            r#"module.many["b"].r.inner name="b""#,
        ]
    );
}

#[test]
fn two_modules_may_use_outputs_of_each_other() {
    let text = r#"
-- main.tf
module "a" {
  source = "./m"
  in     = module.b.fixed
}
module "b" {
  source = "./m"
  in     = module.a.fixed
}
resource "r" "x" { a = module.a.out }
-- m/main.tf
variable "in" {}
output "fixed" { value = "f" }
output "out" { value = "${var.in}o" }
"#;
    assert_eq!(resources(text), [r#"r.x a="fo""#]);
}

#[test]
fn a_module_that_calls_itself_ends() {
    let text = r#"
-- main.tf
module "m" { source = "./m" }
-- m/main.tf
module "again" { source = "../m" }
resource "r" "x" {}
"#;
    let lines = resources(text);
    assert!(lines.len() < 100, "{}", lines.len());
    assert_eq!(lines[0], "module.m.r.x");
}

#[test]
fn modules_that_double_at_each_level_end() {
    let mut text = String::from("-- main.tf\nmodule \"m\" { source = \"./m0\" }\n");
    for level in 0..40 {
        text.push_str(&format!("-- m{level}/main.tf\nresource \"r\" \"x\" {{}}\n"));
        for name in ["a", "b"] {
            let next = level + 1;
            text.push_str(&format!(
                "module \"{name}\" {{ source = \"../m{next}\" }}\n"
            ));
        }
    }
    assert!(resources(&text).len() <= bastide_terraform::MAX_RESOURCES + 64);
}

#[test]
fn expressions_that_multiply_end() {
    let over = |name: &str, inner: &str| format!("[for {name} in range(1000) : {inner}]");
    let text = over("a", &over("b", &over("c", &over("d", "a + b + c + d"))));
    assert!(value(&format!("flatten({text})")).contains("more is to be evaluated"));
}

#[test]
fn functions_as_in_their_documentation() {
    for (call, expected) in [
        (r#"abs(-12.4)"#, "12.4"),
        (r#"ceil(5.1)"#, "6"),
        (r#"chomp("hello\r\n")"#, r#""hello""#),
        (r#"coalesce("", "b")"#, r#""b""#),
        (r#"compact(["a", "", "b", null])"#, r#"["a", "b"]"#),
        (r#"concat(["a"], ["b", "c"])"#, r#"["a", "b", "c"]"#),
        (r#"contains(["a", "b"], "a")"#, "true"),
        (r#"distinct(["a", "b", "a"])"#, r#"["a", "b"]"#),
        (r#"element(["a", "b", "c"], 3)"#, r#""a""#),
        (r#"flatten([["a", "b"], [], ["c"]])"#, r#"["a", "b", "c"]"#),
        (
            r#"format("Hello, %s! %04d %5.1f%%", "Ander", 7, 2.25)"#,
            r#""Hello, Ander! 0007   2.2%""#,
        ),
        (r#"join("-", ["foo", "bar"])"#, r#""foo-bar""#),
        (
            r#"jsondecode("{\"hello\": \"world\"}").hello"#,
            r#""world""#,
        ),
        (
            r#"jsonencode({ hello = "<world>" })"#,
            r#""{\"hello\":\"\\u003cworld\\u003e\"}""#,
        ),
        (r#"keys({ a = 1, c = 2, b = 3 })"#, r#"["a", "b", "c"]"#),
        (r#"length("hello")"#, "5"),
        (r#"lookup({ a = "ay" }, "c", "what?")"#, r#""what?""#),
        (r#"merge({ a = 1, b = 2 }, { b = 3 }).b"#, "3"),
        (r#"one([])"#, "null"),
        (r#"range(1, 8, 2)"#, "[1, 3, 5, 7]"),
        (r#"replace("1 + 2 + 3", "+", "-")"#, r#""1 - 2 - 3""#),
        (r#"slice(["a", "b", "c", "d"], 1, 3)"#, r#"["b", "c"]"#),
        (r#"split(",", "foo,bar")"#, r#"["foo", "bar"]"#),
        (r#"substr("hello world", 1, 4)"#, r#""ello""#),
        (r#"title("hello world")"#, r#""Hello World""#),
        (r#"toset(["c", "b", "b"])"#, r#"["b", "c"]"#),
        (r#"trimprefix("helloworld", "hello")"#, r#""world""#),
        (r#"try({ a = 1 }.b, "fallback")"#, r#""fallback""#),
        (r#"can([1][0])"#, "true"),
        (r#"base64encode("Hello World")"#, r#""SGVsbG8gV29ybGQ=""#),
        (r#"base64decode("SGVsbG8gV29ybGQ=")"#, r#""Hello World""#),
        (r#"zipmap(["a", "b"], [1, 2])"#, r#"{"a": 1, "b": 2}"#),
        (
            r#"timestamp()"#,
            "?(`timestamp` gives another result at every run)",
        ),
        (r#"nosuch()"#, "?(the function `nosuch` is not evaluated)"),
    ] {
        assert_eq!(value(call), expected, "{call}");
    }
}

#[test]
fn a_policy_with_an_unknown_part_is_not_lost() {
    let text = r#"
resource "bucket" "b" {}
resource "r" "x" {
  policy = jsonencode({ Effect = "Allow", Resource = "${bucket.b.arn}/*" })
}
"#;
    let sources = files(text);
    let arena = Arena::new();
    let file = bastide_hcl::parse(&sources[0], &arena);
    let configuration = Configuration::new(&sources, [(FileId(0), file.body)], []);
    let evaluation = Arena::new();
    let resources = evaluate(&configuration, configuration.roots()[0], &evaluation).resources;
    let policy = resources[1].get("policy").expect("a policy").value;
    let unknown = policy.as_unknown().expect("an unknown");
    assert_eq!(
        unknown.expression,
        r#"{"Effect":"Allow","Resource":"${bucket.b.arn}/*"}"#
    );
}

#[test]
fn long_chains_of_references_end_in_an_unknown() {
    let mut text = String::from("locals {\n  l0 = 1\n");
    for index in 1..2_000 {
        text.push_str(&format!("  l{index} = local.l{}\n", index - 1));
    }
    text.push_str("}\nresource \"r\" \"x\" { a = local.l1999 }\n");
    let evaluated = std::thread::Builder::new()
        .stack_size(16 << 20)
        .spawn(move || resources(&text))
        .expect("a thread")
        .join()
        .expect("no overflow");
    assert_eq!(
        evaluated,
        ["r.x a=?(references lead to references too deep)"]
    );
}
