//! Writing Terraform: blocks, attributes and expressions, laid out as `terraform fmt` does.
//!
//! Nothing here pastes text into text. A string of a user becomes a string literal, with `${`
//! escaped; a reference is a traversal; a function call is a function call.

use hcl_edit::expr::{
    Array, Expression, FuncArgs, FuncCall, FuncName, Object, ObjectKey, ObjectValue,
    ObjectValueTerminator, Splat, Traversal, TraversalOperator,
};
use hcl_edit::structure::{Attribute, Block as HclBlock, BlockLabel, Body, Structure};
use hcl_edit::template::{Element, Interpolation, StringTemplate};
use hcl_edit::{Decorate, Decorated, Ident};

/// Longer lists are written one item a line.
const WIDTH: usize = 88;

/// One file: blocks in the order in which they are read.
#[derive(Clone, Debug, Default)]
pub(crate) struct File {
    blocks: Vec<Block>,
}

/// A block: `resource "aws_vpc" "this" { … }`.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    kind: &'static str,
    labels: Vec<String>,
    comment: Option<String>,
    skips: Vec<String>,
    items: Vec<Item>,
}

#[derive(Clone, Debug)]
enum Item {
    Attribute {
        comment: Option<String>,
        name: String,
        value: Expression,
    },
    Block(Block),
}

impl File {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn push(&mut self, block: Block) {
        self.blocks.push(block);
    }

    pub(crate) fn extend(&mut self, blocks: impl IntoIterator<Item = Block>) {
        self.blocks.extend(blocks);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The text, as `terraform fmt` leaves it.
    pub(crate) fn text(self) -> String {
        let items: Vec<Item> = self.blocks.into_iter().map(Item::Block).collect();
        body(items, 0).to_string()
    }
}

impl Block {
    /// A line or more above it.
    pub(crate) fn comment(mut self, text: impl Into<String>) -> Self {
        self.comment = Some(text.into());
        self
    }

    pub(crate) fn set(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.items.push(Item::Attribute {
            comment: None,
            name: name.into(),
            value: value.into().0,
        });
        self
    }

    /// As [`Self::set`], with a line of explanation above.
    pub(crate) fn explain(
        mut self,
        why: impl Into<String>,
        name: impl Into<String>,
        value: impl Into<Value>,
    ) -> Self {
        self.items.push(Item::Attribute {
            comment: Some(why.into()),
            name: name.into(),
            value: value.into().0,
        });
        self
    }

    /// Tells scanners that a check has no meaning here, and why.
    pub(crate) fn skip(mut self, check: &str, why: &str) -> Self {
        self.skips.push(format!("checkov:skip={check}:{why}"));
        self
    }

    pub(crate) fn set_if(self, when: bool, name: &str, value: impl Into<Value>) -> Self {
        if when { self.set(name, value) } else { self }
    }

    pub(crate) fn with(mut self, block: Block) -> Self {
        self.items.push(Item::Block(block));
        self
    }

    pub(crate) fn with_all(mut self, blocks: impl IntoIterator<Item = Block>) -> Self {
        self.items.extend(blocks.into_iter().map(Item::Block));
        self
    }

    pub(crate) fn with_if(self, when: bool, block: impl FnOnce() -> Block) -> Self {
        if when { self.with(block()) } else { self }
    }
}

pub(crate) fn block(kind: &'static str) -> Block {
    Block {
        kind,
        labels: Vec::new(),
        comment: None,
        skips: Vec::new(),
        items: Vec::new(),
    }
}

pub(crate) fn labelled(kind: &'static str, label: impl Into<String>) -> Block {
    Block {
        labels: vec![label.into()],
        ..block(kind)
    }
}

pub(crate) fn resource(kind: &str, label: impl Into<String>) -> Block {
    Block {
        labels: vec![kind.into(), label.into()],
        ..block("resource")
    }
}

pub(crate) fn data(kind: &str, label: impl Into<String>) -> Block {
    Block {
        labels: vec![kind.into(), label.into()],
        ..block("data")
    }
}

pub(crate) fn ephemeral(kind: &str, label: impl Into<String>) -> Block {
    Block {
        labels: vec![kind.into(), label.into()],
        ..block("ephemeral")
    }
}

pub(crate) fn output(name: &str, description: &str, value: impl Into<Value>) -> Block {
    labelled("output", name)
        .set("description", description)
        .set("value", value)
}

/// The value of an attribute.
#[derive(Clone, Debug)]
pub(crate) struct Value(Expression);

impl From<Expression> for Value {
    fn from(it: Expression) -> Self {
        Self(it)
    }
}

impl From<&str> for Value {
    fn from(it: &str) -> Self {
        Self(Expression::from(it))
    }
}

impl From<String> for Value {
    fn from(it: String) -> Self {
        Self(Expression::from(it))
    }
}

impl From<&String> for Value {
    fn from(it: &String) -> Self {
        Self(Expression::from(it.as_str()))
    }
}

impl From<bool> for Value {
    fn from(it: bool) -> Self {
        Self(Expression::from(it))
    }
}

impl From<u32> for Value {
    fn from(it: u32) -> Self {
        Self(Expression::from(it))
    }
}

impl From<i32> for Value {
    fn from(it: i32) -> Self {
        Self(Expression::from(it))
    }
}

impl From<u64> for Value {
    fn from(it: u64) -> Self {
        Self(Expression::from(it))
    }
}

impl<T: Into<Value>, const N: usize> From<[T; N]> for Value {
    fn from(it: [T; N]) -> Self {
        list(it)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(it: Vec<T>) -> Self {
        list(it)
    }
}

pub(crate) fn list<T: Into<Value>>(items: impl IntoIterator<Item = T>) -> Value {
    let items = items.into_iter().map(|it| it.into().0);
    Value(Expression::Array(items.collect::<Array>()))
}

pub(crate) fn object<K: AsRef<str>, V: Into<Value>>(
    entries: impl IntoIterator<Item = (K, V)>,
) -> Value {
    let mut object = Object::new();
    for (key, value) in entries {
        let key = match Ident::try_new(key.as_ref()) {
            Ok(ident) => ObjectKey::Ident(Decorated::new(ident)),
            Err(_) => ObjectKey::Expression(Expression::from(key.as_ref())),
        };
        object.insert(key, ObjectValue::new(value.into().0));
    }
    Value(Expression::Object(object))
}

/// `name(argument, …)`.
pub(crate) fn call<T: Into<Value>>(
    name: &'static str,
    arguments: impl IntoIterator<Item = T>,
) -> Value {
    let mut args = FuncArgs::new();
    for argument in arguments {
        args.push(argument.into().0);
    }
    Value(Expression::FuncCall(Box::new(FuncCall::new(
        FuncName::new(Ident::new(name)),
        args,
    ))))
}

/// A reference: `aws_kms_key.logs.arn`, `each.key`, `aws_subnet.private["a"].id`,
/// `aws_ec2[0].id`, `local.zones[*]`.
pub(crate) fn r(path: impl AsRef<str>) -> Value {
    Value(traversal(path.as_ref()))
}

fn traversal(path: &str) -> Expression {
    let (root, mut rest) = path.split_at(path.find(['.', '[']).unwrap_or(path.len()));
    let mut operators = Vec::new();
    while !rest.is_empty() {
        if let Some(name) = rest.strip_prefix('.') {
            let (name, tail) = name.split_at(name.find(['.', '[']).unwrap_or(name.len()));
            operators.push(TraversalOperator::GetAttr(Decorated::new(Ident::new(name))));
            rest = tail;
            continue;
        }
        let (index, tail) = rest.split_once(']').unwrap_or((rest, ""));
        let index = index.trim_start_matches('[');
        operators.push(match index.parse::<u64>() {
            Ok(number) => TraversalOperator::Index(Expression::from(number)),
            Err(_) if index == "*" => TraversalOperator::FullSplat(Decorated::new(Splat)),
            Err(_) => match index.strip_prefix('"').and_then(|it| it.strip_suffix('"')) {
                Some(key) => TraversalOperator::Index(Expression::from(key)),
                None => TraversalOperator::Index(traversal(index)),
            },
        });
        rest = tail;
    }
    let root = Expression::from(Ident::new(root));
    if operators.is_empty() {
        return root;
    }
    let operators = operators.into_iter().map(Decorated::new).collect();
    Expression::Traversal(Box::new(Traversal::new(root, operators)))
}

/// A string with references in it: `t("${local.name}-cluster")`. For what this program writes, not
/// for what a user does.
pub(crate) fn t(text: impl AsRef<str>) -> Value {
    let mut template = StringTemplate::new();
    let mut rest = text.as_ref();
    while let Some((before, after)) = rest.split_once("${") {
        let (path, tail) = after.split_once('}').unwrap_or((after, ""));
        if !before.is_empty() {
            template.push(Element::Literal(before.to_owned().into()));
        }
        let mut reference = traversal(path);
        reference.decor_mut().set_prefix("");
        reference.decor_mut().set_suffix("");
        template.push(Element::Interpolation(Interpolation::new(reference)));
        rest = tail;
    }
    if !rest.is_empty() {
        template.push(Element::Literal(rest.to_owned().into()));
    }
    Value(Expression::StringTemplate(template))
}

/// As [`t`], with what a user wrote at the end, in which nothing is a reference.
pub(crate) fn join(text: &str, user: &str) -> Value {
    let Value(Expression::StringTemplate(mut template)) = t(text) else {
        return Value::from(user);
    };
    template.push(Element::Literal(user.to_owned().into()));
    Value(Expression::StringTemplate(template))
}

/// What a user wrote, in which nothing is a reference, with the value of a reference behind it.
pub(crate) fn prefixed(user: &str, path: &str) -> Value {
    if user.is_empty() {
        return r(path);
    }
    let Value(Expression::StringTemplate(behind)) = t(format!("${{{path}}}")) else {
        return r(path);
    };
    let mut template = StringTemplate::new();
    template.push(Element::Literal(user.to_owned().into()));
    behind.iter().for_each(|it| template.push(it.clone()));
    Value(Expression::StringTemplate(template))
}

/// An expression as it is written in Terraform: for what the other functions have no words for.
pub(crate) fn x(source: &'static str) -> Value {
    let expression: Expression = source.parse().expect("the expression is written here");
    Value(expression)
}

/// An item that is ready but for its place.
struct Laid {
    structure: Structure,
    comment: Option<String>,
    /// It has more than one line.
    tall: bool,
}

fn body(items: Vec<Item>, depth: usize) -> Body {
    let mut laid: Vec<Laid> = items.into_iter().map(|item| lay(item, depth)).collect();
    let mut start = 0;
    for index in 1..=laid.len() {
        let apart = index == laid.len()
            || laid[index].tall
            || laid[index].comment.is_some()
            || laid[index - 1].tall;
        if apart {
            place(&mut laid[start..index], start > 0, depth);
            start = index;
        }
    }
    laid.into_iter().map(|it| it.structure).collect()
}

fn lay(item: Item, depth: usize) -> Laid {
    match item {
        Item::Block(it) => Laid {
            comment: it.comment.clone(),
            structure: Structure::Block(to_hcl(it, depth)),
            tall: true,
        },
        Item::Attribute {
            comment,
            name,
            mut value,
        } => Laid {
            tall: lay_out(&mut value, depth),
            comment,
            structure: Structure::Attribute(Attribute::new(Ident::new(name), value)),
        },
    }
}

/// Sets a group of items that follow each other: an empty line and comments before it, its equals
/// signs in one column.
fn place(group: &mut [Laid], apart: bool, depth: usize) {
    let indent = "  ".repeat(depth);
    let keys = group.iter().filter_map(|it| it.structure.as_attribute());
    let width = keys.map(|it| it.key.len()).max().unwrap_or(0);
    for (index, it) in group.iter_mut().enumerate() {
        let mut prefix = String::new();
        if index == 0 && apart {
            prefix.push('\n');
        }
        for line in it.comment.iter().flat_map(|it| it.lines()) {
            prefix.push_str(&format!("{indent}# {line}\n"));
        }
        prefix.push_str(&indent);
        match &mut it.structure {
            Structure::Attribute(attribute) => {
                let pad = " ".repeat(width - attribute.key.len() + 1);
                attribute.key.decor_mut().set_suffix(pad);
                attribute.decor_mut().set_prefix(prefix);
            }
            Structure::Block(block) => block.decor_mut().set_prefix(prefix),
        }
    }
}

fn to_hcl(it: Block, depth: usize) -> HclBlock {
    let mut block = HclBlock::new(Ident::new(it.kind));
    block.labels = it.labels.into_iter().map(BlockLabel::from).collect();
    block.body = body(it.items, depth + 1);
    if !it.skips.is_empty() {
        // Scanners look for them inside the block.
        let indent = "  ".repeat(depth + 1);
        let lines = it.skips.iter().map(|it| format!("\n{indent}# {it}"));
        block.body.decor_mut().set_prefix(lines.collect::<String>());
    }
    if block.body.is_empty() {
        block.body.set_prefer_oneline(true);
    } else {
        block.body.decor_mut().set_suffix("  ".repeat(depth));
    }
    block
}

/// Lays a value out that begins on a line indented to `depth`, and says whether it takes several.
fn lay_out(value: &mut Expression, depth: usize) -> bool {
    let (inner, outer) = ("  ".repeat(depth + 1), "  ".repeat(depth));
    match value {
        Expression::Object(object) if !object.is_empty() => {
            lay_out_object(object, depth);
            object.set_trailing(outer);
            true
        }
        Expression::Array(array) if !array.is_empty() => {
            let mut tall = false;
            for item in array.iter_mut() {
                tall |= lay_out(item, depth + 1);
            }
            if !tall && width(array) <= WIDTH.saturating_sub(2 * depth) {
                return false;
            }
            for item in array.iter_mut() {
                item.decor_mut().set_prefix(format!("\n{inner}"));
            }
            array.set_trailing_comma(true);
            array.set_trailing(format!("\n{outer}"));
            true
        }
        Expression::FuncCall(call) => {
            let mut tall = false;
            for argument in call.args.iter_mut() {
                tall |= lay_out(argument, depth);
            }
            tall
        }
        _ => false,
    }
}

fn width(array: &Array) -> usize {
    array
        .iter()
        .map(|it| it.to_string().chars().count() + 2)
        .sum()
}

/// One entry a line, the equals signs of neighbours in one column.
fn lay_out_object(object: &mut Object, depth: usize) {
    let indent = "  ".repeat(depth + 1);
    let mut tall = Vec::with_capacity(object.len());
    for (_, value) in object.iter_mut() {
        tall.push(lay_out(value.expr_mut(), depth + 1));
        value.set_terminator(ObjectValueTerminator::Newline);
    }
    let lengths: Vec<usize> = object.iter().map(|(key, _)| key_length(key)).collect();
    for (index, (mut key, _)) in object.iter_mut().enumerate() {
        // A value of several lines stands alone; the others line up with their neighbours.
        let width = if tall[index] {
            lengths[index]
        } else {
            let first = tall[..index]
                .iter()
                .rposition(|it| *it)
                .map_or(0, |it| it + 1);
            let after = tall[index..].iter().position(|it| *it);
            let last = after.map_or(tall.len(), |it| index + it);
            lengths[first..last].iter().copied().max().unwrap_or(0)
        };
        let start = if index == 0 { "\n" } else { "" };
        key.decor_mut().set_prefix(format!("{start}{indent}"));
        key.decor_mut()
            .set_suffix(" ".repeat(width - lengths[index] + 1));
    }
}

fn key_length(key: &ObjectKey) -> usize {
    match key {
        ObjectKey::Ident(name) => name.len(),
        ObjectKey::Expression(it) => it.to_string().chars().count(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_laid_out_as_terraform_fmt_does() {
        let mut file = File::new();
        file.push(
            resource("aws_thing", "a")
                .comment("What it is.\nAnd why.")
                .set("name", t("${local.name}-thing"))
                .set("enabled", true)
                .set("size", 3)
                .set("zones", ["a", "b"])
                .set(
                    "policy",
                    call(
                        "jsonencode",
                        [object([
                            ("Version", Value::from("2012-10-17")),
                            ("aws:SourceArn", r("aws_thing.b[\"x\"].arns[0]")),
                            ("Statement", list([object([("Effect", "Allow")])])),
                            ("Last", Value::from("${not a reference}")),
                        ])],
                    ),
                )
                .explain("It must be so.", "other", r("local.zones[*]"))
                .with(block("empty"))
                .with(block("rule").set("all", x("{ for k, v in local.a : k => v if v > 1 }"))),
        );
        file.push(data("aws_caller_identity", "current"));
        insta::assert_snapshot!(file.text());
    }
}
