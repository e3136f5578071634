//! What configurations evaluate to, shown resource by resource.

use bastide_hcl::Arena;
use bastide_source::{FileId, Source};
use bastide_terraform::{Configuration, Inputs, Mode, evaluate};
use bastide_value::{Node, Value};

/// The resources of a configuration, one a line: `address key=value …`. A line `-- path` starts a
/// file; without one there is only `main.tf`.
fn resources(text: &str) -> Vec<String> {
    resources_with(text, Inputs::default())
}

fn resources_with(text: &str, inputs: Inputs<'_>) -> Vec<String> {
    let sources = files(text);
    let parse_arena = Arena::new();
    let mut bodies = Vec::new();
    for source in &sources {
        let file = bastide_terraform::parse(source, &parse_arena);
        assert_eq!(file.diagnostics, [], "{}", source.path);
        bodies.push((source.id, file.body));
    }
    let configuration = Configuration::new(&sources, bodies, inputs);
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
    let configuration = Configuration::new(&sources, [(FileId(0), file.body)], Inputs::default());
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

#[test]
fn json_and_native_files_make_one_module() {
    let text = r#"
-- main.tf
variable "stage" {}
module "m" {
  source = "./m"
  name   = local.name
}
resource "r" "native" { port = r.json.rule.port }
-- more.tf.json
{
  "locals": {"name": "app-${var.stage}"},
  "resource": {"r": {"json": {
    "name": "${upper(\"é${local.name}\")}",
    "rule": {"port": 80},
    "tags": {"Name": "${local.name}"},
    "dynamic": {"tag": {"for_each": ["a"], "content": {"key": "${tag.value}"}}}
  }}}
}
-- terraform.tfvars.json
{"stage": "live"}
-- m/main.tf.json
{"variable": {"name": {"type": "string"}}, "resource": {"r": {"inner": {"count": 2, "name": "${var.name}"}}}}
"#;
    assert_eq!(
        resources(text),
        [
            r#"r.native port=80"#,
            r#"r.json name="ÉAPP-LIVE" tags={"Name": "app-live"} rule=[{"port": 80}] tag=[{"key": "a"}]"#,
            r#"module.m.r.inner[0] name="app-live""#,
            r#"module.m.r.inner[1] name="app-live""#,
        ]
    );
}

#[test]
fn variables_from_outside_weigh_as_in_terraform() {
    let text = r#"
-- main.tf
variable "a" {}
variable "b" {}
variable "c" {}
variable "plain" {}
variable "count" { type = number }
variable "list" { type = list(string) }
variable "broken" { type = list(string) }
resource "r" "x" {
  a      = var.a
  b      = var.b
  c      = var.c
  plain  = var.plain
  count_ = var.count
  list   = var.list
  broken = var.broken
}
-- terraform.tfvars
b = "tfvars"
c = "tfvars"
"#;
    let own = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        let pairs = pairs.iter();
        pairs
            .map(|(name, text)| (name.to_string(), text.to_string()))
            .collect()
    };
    let environment = own(&[
        ("a", "environment"),
        ("b", "environment"),
        ("plain", "[1]"),
        ("count", "3"),
        ("list", "[\"x\", 1]"),
        ("broken", "[1"),
    ]);
    let arguments = own(&[("c", "argument")]);
    let inputs = Inputs {
        environment: &environment,
        arguments: &arguments,
        ..Inputs::default()
    };
    assert_eq!(
        resources_with(text, inputs),
        [
            "r.x a=\"environment\" b=\"tfvars\" c=\"argument\" plain=\"[1]\" count_=3 list=[\"x\", \"1\"] \
             broken=?(what sets the variable is no expression)"
        ]
    );
}

/// The files of a configuration that are not of Terraform's language.
#[derive(Debug)]
struct Others(&'static str, &'static str);

impl bastide_terraform::Tree for Others {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        (path == self.0).then(|| self.1.as_bytes().to_vec())
    }

    fn paths(&self) -> &[String] {
        &[]
    }
}

#[test]
fn installed_modules_are_found_by_their_key() {
    let text = r#"
-- live/.terraform/modules/net/main.tf
variable "name" {}
module "sub" {
  source = "./parts/sub"
  name   = var.name
}
module "far" {
  source = "example/far/aws"
  name   = var.name
}
-- live/.terraform/modules/net/parts/sub/main.tf
variable "name" {}
resource "r" "local" { name = "${path.module} ${var.name}" }
-- live/.terraform/modules/net.far/main.tf
variable "name" {}
resource "r" "far" { name = var.name }
-- live/main.tf
module "net" {
  source = "example/net/aws"
  name   = "n"
}
module "gone" { source = "example/gone/aws" }
"#;
    let others = Others(
        "live/.terraform/modules/modules.json",
        r#"{"Modules": [
            {"Key": "", "Source": "", "Dir": "."},
            {"Key": "net", "Source": "example/net/aws", "Version": "1.0.0", "Dir": ".terraform/modules/net"},
            {"Key": "net.sub", "Source": "./parts/sub", "Dir": ".terraform/modules/net/parts/sub"},
            {"Key": "net.far", "Source": "example/far/aws", "Dir": ".terraform/modules/net.far"},
            {"Key": "out", "Source": "x", "Dir": "../../.."}
        ]}"#,
    );
    let inputs = Inputs {
        tree: Some(&others),
        ..Inputs::default()
    };
    assert_eq!(
        resources_with(text, inputs),
        [
            r#"module.net.module.sub.r.local name=".terraform/modules/net/parts/sub n""#,
            r#"module.net.module.far.r.far name="n""#,
        ]
    );
}

#[test]
fn dynamic_blocks_nest_with_iterators_of_their_own() {
    let text = r#"
variable "origins" {
  default = { a = ["x", "y"], b = [] }
}
resource "r" "x" {
  for_each = toset(["k"])
  dynamic "group" {
    for_each = var.origins
    iterator = outer
    content {
      name = "${each.key}-${outer.key}"
      dynamic "origin" {
        for_each = outer.value
        iterator = inner
        content {
          host = "${outer.key}.${inner.value}.${inner.key}"
          dynamic "group" {
            for_each = [inner.value]
            content { all = "${group.value}${outer.key}" }
          }
        }
      }
    }
  }
}
"#;
    assert_eq!(
        resources(text),
        [
            r#"r.x["k"] group=[{"name": "k-a", "origin": [{"host": "a.x.0", "group": [{"all": "xa"}]}, {"host": "a.y.1", "group": [{"all": "ya"}]}]}, {"name": "k-b"}]"#
        ]
    );
}

#[test]
fn a_policy_document_is_the_policy() {
    let text = r#"
data "aws_iam_policy_document" "base" {
  statement {
    sid       = "Read"
    actions   = ["s3:GetObject", "s3:ListBucket"]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "all" {
  policy_id               = "p"
  source_policy_documents = [data.aws_iam_policy_document.base.json]
  statement {
    effect      = "Deny"
    not_actions = ["iam:*"]
    resources   = ["arn:aws:s3:::b/&{aws:username}"]
    principals {
      type        = "AWS"
      identifiers = ["b", "a"]
    }
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
    condition {
      test     = "StringLike"
      variable = "s3:prefix"
      values   = ["", "home/"]
    }
  }
  override_policy_documents = [
    jsonencode({ Statement = { Sid = "Read", Effect = "Deny", Action = "*", Resource = "*" } })
  ]
}
data "aws_iam_policy_document" "open" {
  statement {
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    actions   = ["sts:AssumeRole"]
    resources = [bucket.b.arn]
  }
}
resource "bucket" "b" {}
resource "r" "x" {
  base = data.aws_iam_policy_document.base.json
  all  = data.aws_iam_policy_document.all.minified_json
  open = data.aws_iam_policy_document.open.minified_json
}
"#;
    let sources = files(text);
    let arena = Arena::new();
    let file = bastide_terraform::parse(&sources[0], &arena);
    let configuration = Configuration::new(&sources, [(FileId(0), file.body)], Inputs::default());
    let evaluation = Arena::new();
    let resources = evaluate(&configuration, configuration.roots()[0], &evaluation).resources;
    let x = resources.last().expect("a resource");
    let policy = |name: &str| x.get(name).expect("a policy").value;
    assert_eq!(
        policy("base").as_str(),
        Some(
            r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Read",
      "Effect": "Allow",
      "Action": [
        "s3:ListBucket",
        "s3:GetObject"
      ],
      "Resource": "*"
    }
  ]
}"#
        )
    );
    assert_eq!(
        policy("all").as_str(),
        Some(concat!(
            r#"{"Version":"2012-10-17","Id":"p","Statement":[{"Sid":"Read","Effect":"Deny","Action":"*","Resource":"*"},"#,
            r#"{"Effect":"Deny","NotAction":"iam:*","Resource":"arn:aws:s3:::b/${aws:username}","#,
            r#""Principal":{"AWS":["b","a"],"Service":"ec2.amazonaws.com"},"#,
            r#""Condition":{"StringLike":{"s3:prefix":["","home/"]}}}]}"#
        ))
    );
    let open = policy("open").as_unknown().expect("an unknown part");
    assert_eq!(
        open.expression,
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"${bucket.b.arn}","Principal":"*"}]}"#
    );
}

#[test]
fn texts_that_multiply_end() {
    let mut text = String::from("locals {\n  l0 = \"0123456789abcdef\"\n");
    for level in 1..20 {
        let inner = level - 1;
        text.push_str(&format!(
            "  l{level} = \"${{local.l{inner}}}${{local.l{inner}}}\"\n"
        ));
    }
    text.push_str("}\nresource \"r\" \"x\" {\n  a = [for i in range(1000) : upper(\"${i}${local.l19}\")][999]\n}\n");
    assert_eq!(
        resources(&text),
        ["r.x a=?(more is to be evaluated than any real module needs)"]
    );
}

#[test]
fn keys_of_dynamic_blocks_over_sets_and_lists() {
    let text = r#"
variable "set" {
  type    = set(string)
  default = ["b", "a"]
}
locals { also = toset(["c"]) }
resource "r" "x" {
  dynamic "over" {
    for_each = var.set
    content { key = over.key }
  }
  dynamic "over" {
    for_each = local.also
    content { key = over.key }
  }
  dynamic "over" {
    for_each = ["d"]
    content { key = over.key }
  }
}
"#;
    assert_eq!(
        resources(text),
        [r#"r.x over=[{"key": "a"}, {"key": "b"}, {"key": "c"}, {"key": 0}]"#]
    );
}

/// How resources are listed, a line each: `count = 2 => [0] [1]`. `whole` is one without a key, `off` one
/// that only policies look at.
#[test]
fn resources_are_listed_as_checkov_lists_them() {
    let table = include_str!("told.txt");
    let (declared, cases) = table.split_once("\n\n").expect("variables, then cases");
    let cases = cases.lines().filter_map(|line| line.rsplit_once(" => "));
    let cases: Vec<(&str, &str)> = cases.collect();
    assert!(cases.len() > 50);
    let mut text = declared.to_owned();
    for (index, (repeat, _)) in cases.iter().enumerate() {
        text.push_str(&format!("\nresource \"r\" \"r{index}\" {{\n  {repeat}\n}}"));
    }
    let listed = listed(&text);
    for (index, (repeat, expected)) in cases.iter().enumerate() {
        let address = format!("r.r{index}");
        let own = listed.iter().filter_map(|(it, is_off)| {
            let key = it.trim_end_matches(" (general)").strip_prefix(&address)?;
            match (key, is_off) {
                ("", true) => Some("off"),
                ("", false) => Some("whole"),
                (key, false) if key.starts_with('[') => Some(key),
                _ => None,
            }
        });
        let mut own: Vec<&str> = own.collect();
        own.dedup();
        assert_eq!(own.join(" "), *expected, "{repeat}");
    }
}

/// What is listed as one resource keeps its instances, and a module that is switched off is there.
#[test]
fn what_is_listed_as_one() {
    let text = r#"
variable "on" { default = false }
resource "r" "a" {
  for_each = { for k in ["x", "y"] : k => k }
}
module "off" {
  count  = var.on ? 1 : 0
  source = "./m"
  name   = "n"
}
module "several" {
  for_each = toset([for k in ["x", "y"] : k])
  source   = "./m"
  name     = each.key
}
-- m/main.tf
variable "name" {}
resource "r" "b" {
  count = length(var.name) > 5 ? 1 : 0
}
"#;
    let listed: Vec<String> = listed(text).into_iter().map(|it| it.0).collect();
    let expected = [
        "r.a",
        "r.a",
        "r.a (general)",
        "off (general)",
        "module.off.r.b[0] (general)",
        "several",
        "module.several.r.b[0] (general)",
        "several",
        "module.several.r.b[0] (general)",
        "several (general)",
        "module.several.r.b[0] (general)",
    ];
    assert_eq!(listed, expected);
    let values = r#"
resource "r" "a" {
  for_each = { for k in ["x", "y"] : k => k }
  v        = each.value
}
"#;
    let unknown = "r.a v=?(it is not known which instances there are)";
    assert_eq!(
        resources(values),
        [r#"r.a["x"] v="x""#, r#"r.a["y"] v="y""#, unknown]
    );
}

/// The addresses of reports, marked if they stand for what is not known; and whether only policies look there.
fn listed(text: &str) -> Vec<(String, bool)> {
    let (sources, arena) = (files(text), Arena::new());
    let parsed = sources.iter().map(|source| {
        let file = bastide_terraform::parse(source, &arena);
        (source.id, file.body)
    });
    let configuration = Configuration::new(&sources, parsed, Inputs::default());
    let mut listed = Vec::new();
    for root in configuration.roots() {
        let evaluation = evaluate(&configuration, root, &arena);
        let marked = |it: bastide_terraform::Resource<'_>| match it.is_general {
            true => it.listed + " (general)",
            false => it.listed,
        };
        let seen = evaluation
            .resources
            .into_iter()
            .map(|it| (marked(it), false));
        let absent = evaluation.absent.into_iter().map(|it| (marked(it), true));
        listed.extend(seen.chain(absent));
    }
    listed
}
