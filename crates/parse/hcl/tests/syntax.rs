//! What each piece of syntax becomes.

mod notation;

use bastide_hcl::{Arena, parse};
use bastide_source::{FileId, Source};

use notation::show_body;

/// The tree of a text that has no mistake.
fn tree(text: &str) -> String {
    let (tree, problems) = tree_and_problems(text);
    assert_eq!(problems, Vec::<String>::new(), "{text}");
    tree
}

fn tree_and_problems(text: &str) -> (String, Vec<String>) {
    let source = Source::new(FileId(0), "main.tf", text.to_owned());
    let arena = Arena::new();
    let file = parse(&source, &arena);
    let problems = file.diagnostics.iter().map(|problem| {
        let line = source.position(problem.span.expect("a place").start).line;
        format!("{line}: {}", problem.message)
    });
    (show_body(file.body), problems.collect())
}

/// The tree of one expression.
fn expr(text: &str) -> String {
    tree(&format!("a = {text}\n"))
        .trim_start_matches("a=")
        .to_owned()
}

#[test]
fn attributes_and_blocks() {
    assert_eq!(tree("a = 1\nb = \"x\"\n"), "a=1; b=\"x\"");
    assert_eq!(
        tree("resource \"t\" n {\n  a = 1\n  inner {}\n}"),
        "resource \"t\" \"n\" {a=1; inner {}}"
    );
    assert_eq!(tree("one { a = 1 }"), "one {a=1}");
    assert_eq!(tree("# c\n// c\n/* c\n */ a = 1 # c"), "a=1");
}

#[test]
fn what_is_found_in_the_wild_is_taken() {
    assert_eq!(tree("\u{feff}a = 1"), "a=1", "a byte order mark");
    assert_eq!(tree("a = 1\r\nb = 2\r\n"), "a=1; b=2", "CRLF");
    assert_eq!(tree("a = 1\na = 2"), "a=1; a=2", "a repeated attribute");
    assert_eq!(tree("b {\n a = 1 }"), "b {a=1}", "a brace on the last line");
    assert_eq!(
        tree("b { a = 1, c = 2 }"),
        "b {a=1; c=2}",
        "commas between items"
    );
    assert_eq!(expr("\"a\\/b\\.c\""), "\"a/b\\\\.c\"", "unknown escapes");
    assert_eq!(
        expr("[{ p { q = 1 } }]"),
        "[{p: {q: 1}}]",
        "a block in an object"
    );
}

#[test]
fn literals() {
    assert_eq!(expr("null"), "null");
    assert_eq!(expr("true"), "true");
    assert_eq!(expr("12"), "12");
    assert_eq!(expr("-1.5e3"), "(Negate 1500)");
    assert_eq!(expr("99999999999999999999"), "100000000000000000000");
    assert_eq!(expr(r#""a\n\t\"\\\u00e9""#), r#""a\n\t\"\\é""#);
    assert_eq!(expr(r#""$${a} %%{b} $ %""#), r#""${a} %{b} $ %""#);
}

#[test]
fn operators_bind_as_specified() {
    assert_eq!(expr("1 + 2 * 3 - 4"), "(- (+ 1 (* 2 3)) 4)");
    assert_eq!(expr("a || b && c == d < e"), "(|| a (&& b (== c (< d e))))");
    assert_eq!(
        expr("!a.b && -1 > c[0]"),
        "(&& (Not a.b) (> (Negate 1) c[0]))"
    );
    assert_eq!(expr("a ? b : c ? d : e"), "(? a b (? c d e))");
    assert_eq!(expr("a == b ?\n  c :\n  d"), "(? (== a b) c d)");
    assert_eq!(expr("(1 +\n 2)"), "(parens (+ 1 2))");
}

#[test]
fn traversals_and_splats() {
    assert_eq!(expr("a.b[0].c[\"d\"]"), "a.b[0].c[\"d\"]");
    assert_eq!(expr("a.0.b"), "a[0].b");
    assert_eq!(expr("a[*].b.c[0]"), "(splat a @.b.c[0])");
    assert_eq!(expr("a.*.b[0]"), "(splat a @.b)[0]");
    assert_eq!(expr("a[*].b[*].c"), "(splat (splat a @.b) @.c)");
    assert_eq!(expr("a.*.b.*.c"), "(splat (splat a @.b) @.c)");
}

#[test]
fn calls() {
    assert_eq!(expr("f()"), "(f )");
    assert_eq!(expr("f(1,\n  g(x),\n)"), "(f 1 (g x))");
    assert_eq!(expr("f(list...)"), "(f list...)");
    assert_eq!(
        expr("provider::aws::arn_parse(x)"),
        "(provider::aws::arn_parse x)"
    );
}

#[test]
fn collections() {
    assert_eq!(expr("[1, 2,\n 3,]"), "[1 2 3]");
    assert_eq!(
        expr("{ a = 1, \"b\" : 2\n (c) = 3\n}"),
        "{a: 1, \"b\": 2, (parens c): 3}"
    );
    assert_eq!(expr("{ for = 1 }"), "{for: 1}");
    assert_eq!(expr("[for x in y : x]"), "(for x y x)");
    assert_eq!(
        expr("[for i, x in y : x.z if x != null]"),
        "(for i,x y x.z if (!= x null))"
    );
    assert_eq!(expr("{for k, v in m : k => v...}"), "(for k,v m k => v...)");
    assert_eq!(
        expr("[\n for x in y :\n x ?\n 1 :\n 2\n]"),
        "(for x y (? x 1 2))"
    );
}

#[test]
fn templates() {
    assert_eq!(expr(r#""a ${b.c} d""#), r#"(template "a " b.c " d")"#);
    assert_eq!(
        expr(r#""${f("x ${y}")}""#),
        r#"(template (f (template "x " y)))"#
    );
    assert_eq!(
        expr(r#""%{ if a }yes%{ else }no%{ endif }!""#),
        r#"(template (if a ("yes") ("no")) "!")"#
    );
    assert_eq!(
        expr(r#""%{ for k, v in m }${k}=${v} %{ endfor }""#),
        r#"(template (for k,v m (k "=" v " ")))"#
    );
    assert_eq!(expr(r#""a  ${~ b ~}  c""#), r#"(template "a" b "c")"#);
}

#[test]
fn heredocs() {
    assert_eq!(expr("<<EOT\n  a\n\tb\nEOT\n"), "\"  a\\n\\tb\\n\"");
    assert_eq!(
        expr("<<-EOT\n    a\n      b\n\n    c\n  EOT\n"),
        "\"a\\n  b\\n\\nc\\n\""
    );
    assert_eq!(
        expr("<<EOT\nx ${y} z\nEOT\n"),
        "(template \"x \" y \" z\\n\")"
    );
    assert_eq!(
        expr("<<-EOT\n    a\n    ${b}\n    EOT\n"),
        "(template \"a\\n\" b \"\\n\")"
    );
    assert_eq!(
        tree("a = <<A\n\"}${\"q\"}\nA\nb = 1"),
        "a=(template \"\\\"}\" \"q\" \"\\n\"); b=1"
    );
    assert_eq!(tree("f = g(<<A\nx\nA\n, 1)\n"), "f=(g \"x\\n\" 1)");
}

#[test]
fn a_broken_block_is_left_out_and_the_rest_is_kept() {
    let (tree, problems) = tree_and_problems(
        "good \"a\" {\n  x = 1\n}\nbad \"b\" {\n  x = \n}\ngood \"c\" {\n  x = 2\n}\n",
    );
    assert_eq!(tree, "good \"a\" {x=1}; good \"c\" {x=2}");
    assert_eq!(
        problems,
        ["5: expected an expression, found the end of the line"]
    );
}

#[test]
fn a_broken_interpolation_is_left_out_alone() {
    let (tree, problems) = tree_and_problems("b {\n  x = \"a-${y[${z}]}-c\"\n  w = 1\n}\n");
    assert_eq!(tree, "b {x=(template \"a-\" ?! \"-c\"); w=1}");
    assert_eq!(problems, ["2: expected an expression, found `$`"]);
    let (tree, _) = tree_and_problems("x = [1, \"${f(2, 3,, 4)}\", 5]\n");
    assert_eq!(tree, "x=[1 (template ?!) 5]");
}

#[test]
fn each_mistake_is_named() {
    let problem = |text: &str| tree_and_problems(text).1.join("; ");
    assert_eq!(problem("a = \"x\n"), "1: this string is never closed");
    assert_eq!(problem("b {\n a = 1\n"), "1: this block is never closed");
    assert_eq!(
        problem("a = <<X\n1\n"),
        "1: the heredoc `X` is never closed"
    );
    assert_eq!(
        problem("resource\n \"a\" {}"),
        "1: expected `=`, a label or `{`, found the end of the line"
    );
    assert_eq!(
        problem("a = \"%{ if b }\""),
        "1: this directive is never closed"
    );
    assert_eq!(
        problem("a = \"%{ endif }\""),
        "1: this directive closes nothing that was opened"
    );
}

#[test]
fn deep_nesting_is_a_diagnostic() {
    for text in [
        format!("a = {}", "[".repeat(10_000)),
        format!("a = {}1", "-".repeat(10_000)),
        format!("a = {}", "f(".repeat(10_000)),
        format!("a = {}", "\"${".repeat(10_000)),
        "b {\n".repeat(10_000),
        format!("a = {}", "x ? ".repeat(10_000)),
        format!("a = 1{}", " + 1".repeat(100_000)),
        format!("a = x{}", ".y".repeat(100_000)),
        format!("a = x{}", "[*]".repeat(100_000)),
    ] {
        let (_, problems) = tree_and_problems(&text);
        assert!(
            problems[0].contains("deep") || problems[0].contains("long"),
            "{problems:?}"
        );
    }
}

/// Each broken interpolation once read the text behind it anew, which doubled the work.
#[test]
fn broken_interpolations_in_each_other_are_read_once() {
    let text = format!("a = {}\n", "\"${ x#}${".repeat(60));
    let (_, problems) = tree_and_problems(&text);
    assert_eq!(problems.len(), 2, "{problems:?}");
}

#[test]
fn spans_are_what_is_written() {
    let text = "resource \"t\" \"n\" {\n  name = \"x-${var.y}\" # c\n}\n";
    let source = Source::new(FileId(0), "main.tf", text.to_owned());
    let arena = Arena::new();
    let file = parse(&source, &arena);
    let block = file.body.blocks().next().expect("a block");
    assert_eq!(source.slice(block.span), text.trim_end());
    assert_eq!(source.slice(block.labels[1].span), "\"n\"");
    let attribute = block.body.attribute("name").expect("an attribute");
    assert_eq!(source.slice(attribute.name.span), "name");
    assert_eq!(source.slice(attribute.expr.span), "\"x-${var.y}\"");
}
