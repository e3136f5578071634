//! Syntax trees in a notation close to Lisp.

use std::fmt::Write;

use bastide_hcl::{Body, Expr, ExprKind, Item, Part};

pub(crate) fn show_body(body: Body<'_>) -> String {
    let items = body.items.iter().map(|item| match item {
        Item::Attribute(attribute) => format!("{}={}", attribute.name.name, show(&attribute.expr)),
        Item::Block(block) => {
            let labels: String = block.labels.iter().fold(String::new(), |mut all, label| {
                let _ = write!(all, " {:?}", label.text);
                all
            });
            format!("{}{labels} {{{}}}", block.kind.name, show_body(block.body))
        }
    });
    items.collect::<Vec<_>>().join("; ")
}

fn show(expr: &Expr<'_>) -> String {
    let list = |items: &[Expr<'_>]| items.iter().map(show).collect::<Vec<_>>().join(" ");
    match &expr.kind {
        ExprKind::Null => "null".to_owned(),
        ExprKind::Bool(truth) => truth.to_string(),
        ExprKind::Number(number) => number.to_string(),
        ExprKind::String(text) => format!("{text:?}"),
        ExprKind::Template(parts) => format!("(template {})", show_parts(parts)),
        ExprKind::Variable(name) => (*name).to_owned(),
        ExprKind::Get(source, name) => format!("{}.{}", show(source), name.name),
        ExprKind::Index(source, key) => format!("{}[{}]", show(source), show(key)),
        ExprKind::Splat(source, each) => format!("(splat {} {})", show(source), show(each)),
        ExprKind::SplatItem => "@".to_owned(),
        ExprKind::Invalid => "?!".to_owned(),
        ExprKind::Call(call) => {
            let dots = if call.spread { "..." } else { "" };
            format!("({} {}{dots})", call.name.name, list(call.args))
        }
        ExprKind::Unary(op, operand) => format!("({op:?} {})", show(operand)),
        ExprKind::Binary(op, left, right) => {
            format!("({} {} {})", op.symbol(), show(left), show(right))
        }
        ExprKind::Conditional(parts) => format!("(? {})", list(parts.as_slice())),
        ExprKind::Tuple(items) => format!("[{}]", list(items)),
        ExprKind::Object(items) => {
            let item = |item: &bastide_hcl::ObjectItem<'_>| {
                format!("{}: {}", show(&item.key), show(&item.value))
            };
            format!(
                "{{{}}}",
                items.iter().map(item).collect::<Vec<_>>().join(", ")
            )
        }
        ExprKind::For(it) => {
            let key = it.key.map_or(String::new(), |key| format!("{},", key.name));
            let result_key = it
                .result_key
                .as_ref()
                .map_or(String::new(), |key| format!("{} => ", show(key)));
            let group = if it.group { "..." } else { "" };
            let condition = it
                .condition
                .as_ref()
                .map_or(String::new(), |test| format!(" if {}", show(test)));
            let (value, collection, result) =
                (it.value.name, show(&it.collection), show(&it.result));
            format!("(for {key}{value} {collection} {result_key}{result}{group}{condition})")
        }
        ExprKind::Parens(inner) => format!("(parens {})", show(inner)),
    }
}

fn show_parts(parts: &[Part<'_>]) -> String {
    let part = |part: &Part<'_>| match part {
        Part::Literal(text) => format!("{text:?}"),
        Part::Interpolation(expr) => show(expr),
        Part::If(it) => {
            let (yes, no) = (show_parts(it.yes), show_parts(it.no));
            format!("(if {} ({yes}) ({no}))", show(&it.condition))
        }
        Part::For(it) => {
            let key = it.key.map_or(String::new(), |key| format!("{},", key.name));
            let (collection, body) = (show(&it.collection), show_parts(it.body));
            format!("(for {key}{} {collection} ({body}))", it.value.name)
        }
    };
    parts.iter().map(part).collect::<Vec<_>>().join(" ")
}
