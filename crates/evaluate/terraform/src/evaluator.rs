//! The order of things: what is evaluated when, and at most once.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use bastide_hcl::{Block, Body, Item};
use bastide_source::Span;
use bastide_value::{Arena, Cause, Entry, Map, Node, Unknown, Value};

use crate::configuration::{Assigned, Configuration, Directory, Mode};
use crate::convert::to_number;
use crate::module::{Caller, Evaluated, Instances, Key, Memo, Module};
use crate::place::{Place, sorted};
use crate::scope::{Repeated, Scope};
use crate::told::Told;
use crate::types::Type;

/// A block becomes at most so many instances; what asks for more stands for all of them as one.
pub const MAX_INSTANCES: usize = 100_000;

/// So deep may references lead to expressions with references in them.
const MAX_DEPTH: u32 = 300;

/// So many expressions are evaluated below one root module; the rest is unknown. Real modules stay
/// far below.
const MAX_STEPS: u64 = 8_000_000;

/// Through so many locals and brackets an expression is followed to see what type it has.
const MAX_ALIASES: u32 = 16;

/// Evaluates the modules below one root module.
pub(crate) struct Evaluator<'a> {
    pub(crate) configuration: &'a Configuration<'a>,
    pub(crate) arena: &'a Arena,
    depth: Cell<u32>,
    steps: Cell<u64>,
    /// Files of the tree that were asked for, by path.
    files: RefCell<HashMap<String, Option<&'a [u8]>>>,
}

/// What `count` or `for_each` asks for.
enum Repeat<'a> {
    Once,
    Count(usize),
    Each(Vec<(&'a str, Value<'a>)>),
    Unknown(Cause<'a>),
}

/// The name of an attribute, and its value.
type Given<'a> = (&'a str, Value<'a>);

impl<'a> Evaluator<'a> {
    pub(crate) fn new(configuration: &'a Configuration<'a>, arena: &'a Arena) -> Self {
        Self {
            configuration,
            arena,
            depth: Cell::new(0),
            steps: Cell::new(0),
            files: RefCell::default(),
        }
    }

    /// Counts one more expression.
    pub(crate) fn step(&self) -> Result<(), Cause<'a>> {
        self.steps.set(self.steps.get() + 1);
        if self.steps.get() <= MAX_STEPS {
            return Ok(());
        }
        Err(Cause::Limit(
            "more is to be evaluated than any real module needs",
        ))
    }

    /// Counts what a function or template has put into memory, as steps: this bounds it too.
    pub(crate) fn spend(&self, bytes: usize) {
        self.steps.set(self.steps.get() + bytes as u64 / 16);
    }

    /// What a file of the tree holds. Each is read once.
    pub(crate) fn file(&self, path: &str) -> Option<&'a [u8]> {
        if let Some(known) = self.files.borrow().get(path) {
            return *known;
        }
        let tree = self.configuration.tree?;
        let bytes = tree.read(path).map(|bytes| {
            self.spend(bytes.len());
            &*self.arena.alloc_slice_copy(&bytes)
        });
        self.files.borrow_mut().insert(path.to_owned(), bytes);
        bytes
    }

    /// What a memo holds, evaluating it if need be. `name` is said where it needs itself.
    fn once<T: Copy>(
        &self,
        memo: &Memo<'a, T>,
        name: impl Fn() -> String,
        evaluate: impl FnOnce() -> Result<T, Cause<'a>>,
    ) -> Result<T, Cause<'a>> {
        match memo.get() {
            Evaluated::Done(value) => return Ok(value),
            Evaluated::Running => return Err(Cause::Cycle(self.arena.alloc_str(&name()))),
            Evaluated::No if self.depth.get() >= MAX_DEPTH => {
                return Err(Cause::Limit("references lead to references too deep"));
            }
            Evaluated::No => {}
        }
        memo.set(Evaluated::Running);
        self.depth.set(self.depth.get() + 1);
        let value = evaluate();
        self.depth.set(self.depth.get() - 1);
        memo.set(value.map_or(Evaluated::No, Evaluated::Done));
        value
    }

    /// `var.name`: what the caller or a variable file sets, else the default, as the type asks.
    pub(crate) fn variable(
        &self,
        module: &'a Module<'a>,
        index: usize,
    ) -> Result<Value<'a>, Cause<'a>> {
        let (name, block) = module.directory.variables.item(index);
        let memo = &module.variables[index];
        self.once(
            memo,
            || format!("var.{name}"),
            || {
                let kind = block.body.attribute("type");
                let kind = kind.map(|kind| Type::new(&kind.expr));
                let given = self.given(module, name, kind.as_ref());
                let value = match given.filter(|value| !value.is_null()) {
                    Some(value) => value,
                    None => match block.body.attribute("default") {
                        Some(default) => self.constant(module, &default.expr),
                        None if given.is_some() => Value::Null,
                        None => self.stray(module, block).unwrap_or_else(|| {
                            self.unknown_at(Cause::NoDefault(name), block.labels[0].span)
                        }),
                    },
                };
                Ok(kind.map_or(value, |kind| kind.convert(self, module, value)))
            },
        )
    }

    /// Attributes of a `variable` block that it does not have. Terraform refuses them; Checkov reads
    /// `var.a.b` there.
    fn stray(&self, module: &'a Module<'a>, block: &'a Block<'a>) -> Option<Value<'a>> {
        let known = [
            "type",
            "description",
            "sensitive",
            "nullable",
            "ephemeral",
            "deprecated",
        ];
        let stray = block.body.attributes();
        let stray: Vec<_> = stray
            .filter(|attribute| !known.contains(&attribute.name.name))
            .map(|attribute| (attribute.name.name, self.constant(module, &attribute.expr)))
            .collect();
        (!stray.is_empty()).then(|| self.map(stray.into_iter()))
    }

    /// What the call of this module, or an input from outside, sets a variable to.
    fn given(
        &self,
        module: &'a Module<'a>,
        name: &str,
        kind: Option<&Type<'a>>,
    ) -> Option<Value<'a>> {
        match module.caller {
            Some(Caller {
                module: outer,
                call,
                each,
            }) => {
                let argument = call.body.attribute(name)?;
                Some(self.eval(&argument.expr, Scope::new(outer, each)))
            }
            None => Some(match *module.directory.assigned.get(name)? {
                Assigned::Expression(expr) => self.constant(module, expr),
                Assigned::Text(text) => self.meant(module, text, kind),
            }),
        }
    }

    /// What the text of a variable means: for one of a simple type, or of none, itself; for one of
    /// any other type it is an expression.
    fn meant(&self, module: &'a Module<'a>, text: &'a str, kind: Option<&Type<'a>>) -> Value<'a> {
        if kind.is_none_or(Type::is_simple) {
            return Value::String(text);
        }
        match bastide_hcl::parse_expression(text, self.arena) {
            Ok(expr) => self.constant(module, self.arena.alloc(expr)),
            Err(_) => self.unknown_at(
                Cause::Invalid("what sets the variable is no expression"),
                Span::default(),
            ),
        }
    }

    /// An expression in which nothing of a block is in sight.
    pub(crate) fn constant(
        &self,
        module: &'a Module<'a>,
        expr: &bastide_hcl::Expr<'a>,
    ) -> Value<'a> {
        self.eval(expr, Scope::new(module, Repeated::None))
    }

    /// `local.name`
    pub(crate) fn local(
        &self,
        module: &'a Module<'a>,
        index: usize,
    ) -> Result<Value<'a>, Cause<'a>> {
        let (name, expr) = module.directory.locals.item(index);
        let memo = &module.locals[index];
        self.once(
            memo,
            || format!("local.{name}"),
            || Ok(self.constant(module, expr)),
        )
    }

    /// `module.call.name` of one instance of the module.
    pub(crate) fn output(
        &self,
        module: &'a Module<'a>,
        call: usize,
        called: Option<&'a Module<'a>>,
        name: &'a str,
    ) -> Result<Place<'a>, Cause<'a>> {
        let (call, _) = module.directory.calls.item(call);
        let Some(called) = called else {
            return Err(Cause::Module(
                self.arena.alloc_str(&format!("module.{call}")),
            ));
        };
        let Some(index) = called.directory.outputs.index(name) else {
            return Err(Cause::Undeclared(
                self.arena.alloc_str(&format!("module.{call}.{name}")),
            ));
        };
        let (_, block) = called.directory.outputs.item(index);
        let cycle = || format!("module.{call}.{name}");
        let value = self.once(&called.outputs[index], cycle, || {
            Ok(block
                .body
                .attribute("value")
                .map_or(Value::Null, |value| self.constant(called, &value.expr)))
        });
        value.map(Place::Value)
    }

    /// All outputs of one instance of a module, as an object.
    pub(crate) fn outputs(
        &self,
        module: &'a Module<'a>,
        call: usize,
        called: Option<&'a Module<'a>>,
    ) -> Value<'a> {
        let (name, block) = module.directory.calls.item(call);
        let span = block.labels[0].span;
        let Some(inner) = called else {
            let cause = Cause::Module(self.arena.alloc_str(&format!("module.{name}")));
            return self.unknown_at(cause, span);
        };
        let outputs = inner.directory.outputs.iter().map(|(_, output, _)| {
            let value = match self.output(module, call, called, output) {
                Ok(Place::Value(value)) => value,
                Ok(_) => Value::Null,
                Err(cause) => self.unknown_at(cause, span),
            };
            (output, value)
        });
        self.map(outputs)
    }

    /// The instances of a `resource` or `data` block, each with its evaluated body.
    pub(crate) fn resource(
        &self,
        module: &'a Module<'a>,
        index: usize,
    ) -> Result<Instances<'a, Map<'a>>, Cause<'a>> {
        let block = module.directory.resources[index].block;
        self.once(
            &module.resources[index],
            || self.address(module, index),
            || {
                Ok(self.instances(module, block, |each, _, repeat| {
                    self.body_with(block.body, Scope::new(module, each), repeat)
                }))
            },
        )
    }

    /// The instances of a `module` block, `None` where the module is not in the tree.
    pub(crate) fn call(
        &self,
        module: &'a Module<'a>,
        index: usize,
    ) -> Result<Instances<'a, Option<&'a Module<'a>>>, Cause<'a>> {
        let (name, block) = module.directory.calls.item(index);
        self.once(
            &module.calls[index],
            || format!("module.{name}"),
            || {
                let directory = self.directory(module, block);
                let is_listed = self.told(module, block).is_something();
                Ok(self.instances(module, block, |each, key, _| {
                    let listed = if is_listed { key } else { Key::None };
                    directory.map(|it| self.called(module, block, it, each, [key, listed]))
                }))
            },
        )
    }

    /// What stands for the instances of a module call that makes none, or that makes nobody knows how
    /// many: of such a key.
    pub(crate) fn call_in_general(
        &self,
        module: &'a Module<'a>,
        block: &'a Block<'a>,
        (key, each): (Key<'a>, Repeated<'a>),
    ) -> Option<&'a Module<'a>> {
        let directory = self.directory(module, block)?;
        Some(self.called(module, block, directory, each, [key, key]))
    }

    /// The same of a `resource` or `data` block.
    pub(crate) fn resource_in_general(
        &self,
        module: &'a Module<'a>,
        block: &Block<'a>,
        each: Repeated<'a>,
    ) -> Map<'a> {
        self.body(block.body, Scope::new(module, each))
    }

    /// What stands for instances that are not there or not known: as many as are told, else one.
    pub(crate) fn in_general(
        &self,
        block: &Block<'a>,
        told: Told,
    ) -> impl Iterator<Item = (Key<'a>, Repeated<'a>)> {
        let count = match told {
            Told::Count(count) => count,
            Told::Keys | Told::Nothing => 0,
        };
        let counted = (0..count).map(|index| {
            let each = Repeated::Count(Value::int(index as i64));
            (Key::Index(index), each)
        });
        let any = self.any(block, Cause::Invalid(NO_INSTANCE));
        let one = (count == 0).then_some((Key::None, any));
        counted.chain(one)
    }

    /// `each` or `count` of an instance of which nothing is known.
    fn any(&self, block: &Block<'a>, cause: Cause<'a>) -> Repeated<'a> {
        let any = |name| self.unknown_as(cause, block.span, name);
        match block.body.attribute("count") {
            Some(_) => Repeated::Count(any("count.index")),
            None => Repeated::Each(any("each.key"), any("each.value")),
        }
    }

    /// The directory that a module call leads to, if it is in the tree.
    fn directory(&self, module: &'a Module<'a>, call: &'a Block<'a>) -> Option<&'a Directory<'a>> {
        let calls = module.callers.iter().copied().chain([call]);
        let names = calls.filter_map(|call| call.labels.first());
        let names: Vec<&str> = names.map(|label| label.text).collect();
        let (root, caller) = (module.root().directory, module.directory);
        self.configuration.called(root, caller, &names, call)
    }

    /// The instance of a module at a key, and at the key that is listed.
    fn called(
        &self,
        module: &'a Module<'a>,
        call: &'a Block<'a>,
        directory: &'a Directory<'a>,
        each: Repeated<'a>,
        [key, listed]: [Key<'a>; 2],
    ) -> &'a Module<'a> {
        let name = call.labels[0].text;
        let below = |prefix: &str, key: Key<'_>| -> &'a str {
            self.arena
                .alloc_str(&format!("{prefix}module.{name}{key}."))
        };
        let prefix = below(module.prefix, key);
        Module::new(
            self.arena,
            directory,
            prefix,
            below(module.listed, listed),
            Some(Caller { module, call, each }),
        )
    }

    /// One `T` for each instance that `count` or `for_each` of a block makes.
    fn instances<T: Copy>(
        &self,
        module: &'a Module<'a>,
        block: &'a Block<'a>,
        make: impl Fn(Repeated<'a>, Key<'a>, Option<Given<'a>>) -> T,
    ) -> Instances<'a, T> {
        // What all instances share is evaluated once, not once for each.
        let attribute = ["count", "for_each"].map(|name| block.body.attribute(name));
        let repeat = attribute.into_iter().flatten().next().map(|attribute| {
            let value = self.constant(module, &attribute.expr);
            (attribute.name.name, value)
        });
        let make = |each, key| make(each, key, repeat);
        match self.repeat(repeat) {
            Repeat::Once => Instances::One(make(Repeated::None, Key::None)),
            Repeat::Count(count) => {
                let make =
                    |index| make(Repeated::Count(Value::int(index as i64)), Key::Index(index));
                Instances::Count(self.arena.alloc_slice_fill_with(count, make))
            }
            Repeat::Each(items) => {
                let make = |index: usize| {
                    let (key, value) = items[index];
                    (
                        key,
                        make(Repeated::Each(Value::String(key), value), Key::Name(key)),
                    )
                };
                Instances::Each(self.arena.alloc_slice_fill_with(items.len(), make))
            }
            Repeat::Unknown(cause) => Instances::Some(make(self.any(block, cause), Key::None)),
        }
    }

    fn repeat(&self, repeat: Option<Given<'a>>) -> Repeat<'a> {
        match repeat {
            None => Repeat::Once,
            Some((_, Value::Unknown(unknown))) => Repeat::Unknown(unknown.cause),
            Some(("count", value)) => {
                match to_number(value).and_then(|count| usize::try_from(count.as_int()?).ok()) {
                    Some(count) if count <= MAX_INSTANCES => Repeat::Count(count),
                    Some(_) => Repeat::Unknown(TOO_MANY),
                    None => Repeat::Unknown(Cause::Invalid("`count` is not a whole number")),
                }
            }
            Some((_, value)) => self.repeat_each(value),
        }
    }

    /// Keys and values of a `for_each`: of a map its own, of a set each item twice.
    fn repeat_each(&self, value: Value<'a>) -> Repeat<'a> {
        let items: Option<Vec<_>> = match value {
            Value::Map(map) => Some(
                sorted(map)
                    .into_iter()
                    .map(|(key, node)| (key, node.value))
                    .collect(),
            ),
            Value::List(items) => {
                let item = |item: &Node<'a>| match item.value {
                    Value::String(key) => Some((key, item.value)),
                    _ => None,
                };
                items.iter().map(item).collect()
            }
            _ => {
                return Repeat::Unknown(Cause::Invalid(
                    "`for_each` is neither a map nor a set of strings",
                ));
            }
        };
        match items {
            Some(items) if items.len() > MAX_INSTANCES => Repeat::Unknown(TOO_MANY),
            Some(mut items) => {
                items.sort_by_key(|(key, _)| *key);
                items.dedup_by_key(|(key, _)| *key);
                Repeat::Each(items)
            }
            None => Repeat::Unknown(Cause::Invalid("a key of `for_each` is not known")),
        }
    }

    /// Evaluates a body: attributes as they are, nested blocks gathered by type, `dynamic` blocks
    /// as what they make.
    pub(crate) fn body(&self, body: Body<'a>, scope: Scope<'_, 'a>) -> Map<'a> {
        self.body_with(body, scope, None)
    }

    /// The same, with an attribute whose value is known already.
    fn body_with(&self, body: Body<'a>, scope: Scope<'_, 'a>, given: Option<Given<'a>>) -> Map<'a> {
        let mut entries: Vec<Entry<'a>> = Vec::with_capacity(body.items.len());
        let mut blocks: Vec<(Entry<'a>, Vec<Node<'a>>)> = Vec::new();
        for item in body.items {
            match item {
                // Of a repeated attribute, which Terraform refuses, the first holds.
                Item::Attribute(attribute)
                    if entries.iter().any(|entry| entry.key == attribute.name.name) => {}
                Item::Attribute(attribute) => {
                    let value = match given {
                        Some((name, value)) if name == attribute.name.name => value,
                        _ => self.eval(&attribute.expr, scope),
                    };
                    let node = Node::new(value, attribute.expr.span);
                    let (key, key_span) = (attribute.name.name, attribute.name.span);
                    entries.push(Entry {
                        key,
                        key_span,
                        node,
                    });
                }
                Item::Block(block) => {
                    let made = self.nested_blocks(block, scope);
                    let label = block
                        .labels
                        .first()
                        .filter(|_| block.kind.name == "dynamic");
                    let key = label.map_or(block.kind.name, |label| label.text);
                    match blocks.iter_mut().find(|(entry, _)| entry.key == key) {
                        Some((_, nodes)) => nodes.extend(made),
                        None => {
                            let node = Node::new(Value::Null, block.span);
                            blocks.push((
                                Entry {
                                    key,
                                    key_span: block.kind.span,
                                    node,
                                },
                                made,
                            ));
                        }
                    }
                }
            }
        }
        for (mut entry, nodes) in blocks {
            if !nodes.is_empty() {
                entry.node.value = Value::Blocks(self.arena.alloc_slice_copy(&nodes));
                entries.push(entry);
            }
        }
        Map::new(self.arena.alloc_slice_copy(&entries))
    }

    /// What one nested block makes: itself, or as many as a `dynamic` block asks for.
    fn nested_blocks(&self, block: &'a Block<'a>, scope: Scope<'_, 'a>) -> Vec<Node<'a>> {
        match (block.kind.name, block.labels, block.body.block("content")) {
            ("dynamic", [label], Some(content)) => {
                self.dynamic_blocks(block, label.text, content, scope)
            }
            _ => {
                let mut value = Value::Map(self.body(block.body, scope));
                // Labels of nested blocks (`provisioner "local-exec"`) become keys.
                for label in block.labels.iter().rev() {
                    let entry = Entry {
                        key: label.text,
                        key_span: label.span,
                        node: Node::new(value, block.body.span),
                    };
                    value = Value::map(self.arena, [entry]);
                }
                vec![Node::new(value, block.span)]
            }
        }
    }

    fn dynamic_blocks(
        &self,
        block: &'a Block<'a>,
        kind: &'a str,
        content: &'a Block<'a>,
        scope: Scope<'_, 'a>,
    ) -> Vec<Node<'a>> {
        let iterator = block
            .body
            .attribute("iterator")
            .and_then(|name| match name.expr.kind {
                bastide_hcl::ExprKind::Variable(name) | bastide_hcl::ExprKind::String(name) => {
                    Some(name)
                }
                _ => None,
            });
        let iterator = iterator.unwrap_or(kind);
        let Some(for_each) = block.body.attribute("for_each") else {
            return Vec::new();
        };
        let content_of = |key: Value<'a>, item: Place<'a>| {
            let value = self
                .value(item)
                .unwrap_or_else(|cause| self.unknown_at(cause, block.span));
            let each = self.map([("key", key), ("value", value)].into_iter());
            let body = scope.bind(iterator, Place::Value(each), |scope| {
                self.body(content.body, scope)
            });
            Node::new(Value::Map(body), content.span)
        };
        let items = self
            .place(&for_each.expr, scope)
            .and_then(|place| self.entries(place));
        match items {
            Ok(items) => {
                let is_set = self.makes_set(&for_each.expr, scope, 0);
                let key = |key: Value<'a>, item: Place<'a>| match item {
                    Place::Value(value) if is_set => value,
                    _ => key,
                };
                items
                    .into_iter()
                    .map(|(at, item)| content_of(key(at, item), item))
                    .collect()
            }
            Err(cause) => {
                let unknown = self.unknown(cause, &for_each.expr);
                vec![content_of(unknown, Place::Value(unknown))]
            }
        }
    }

    /// Whether an expression makes a set, whose items are their own keys. Values do not tell sets from
    /// lists, so this goes by what is written.
    fn makes_set(&self, expr: &bastide_hcl::Expr<'a>, scope: Scope<'_, 'a>, depth: u32) -> bool {
        use bastide_hcl::ExprKind;
        if depth > MAX_ALIASES {
            return false;
        }
        match &expr.kind {
            ExprKind::Parens(inner) => self.makes_set(inner, scope, depth + 1),
            ExprKind::Conditional([_, yes, no]) => {
                self.makes_set(yes, scope, depth + 1) || self.makes_set(no, scope, depth + 1)
            }
            ExprKind::Call(call) => matches!(
                call.name.name,
                "fileset" | "setintersection" | "setsubtract" | "setunion" | "toset"
            ),
            ExprKind::Get(source, name) => {
                let directory = scope.module.directory;
                match source.kind {
                    ExprKind::Variable("var") => {
                        let variable = directory.variables.index(name.name);
                        let kind = variable
                            .map(|index| directory.variables.item(index).1)
                            .and_then(|block| block.body.attribute("type"));
                        kind.is_some_and(|kind| matches!(Type::new(&kind.expr), Type::Set(_)))
                    }
                    ExprKind::Variable("local") => {
                        directory.locals.index(name.name).is_some_and(|index| {
                            self.makes_set(directory.locals.item(index).1, scope, depth + 1)
                        })
                    }
                    _ => false,
                }
            }
            _ => false,
        }
    }

    /// `module.a.aws_instance.web`, without the key of the instance.
    pub(crate) fn address(&self, module: &Module<'a>, index: usize) -> String {
        let resource = &module.directory.resources[index];
        let data = if resource.mode == Mode::Data {
            "data."
        } else {
            ""
        };
        format!("{}{data}{}.{}", module.prefix, resource.kind, resource.name)
    }

    pub(crate) fn undeclared(&self, mode: Mode, kind: &str, name: &str) -> Cause<'a> {
        let data = if mode == Mode::Data { "data." } else { "" };
        Cause::Undeclared(self.arena.alloc_str(&format!("{data}{kind}.{name}")))
    }

    /// An unknown in place of an expression.
    pub(crate) fn unknown(&self, cause: Cause<'a>, expr: &bastide_hcl::Expr<'a>) -> Value<'a> {
        self.unknown_at(cause, expr.span)
    }

    /// An unknown in place of what is written at `span`.
    pub(crate) fn unknown_at(&self, cause: Cause<'a>, span: Span) -> Value<'a> {
        let source = self.configuration.sources.get(span.file.0 as usize);
        self.unknown_as(cause, span, source.map_or("", |source| source.slice(span)))
    }

    /// An unknown that is written as `expression`.
    pub(crate) fn unknown_as(
        &self,
        cause: Cause<'a>,
        span: Span,
        expression: &'a str,
    ) -> Value<'a> {
        Value::Unknown(self.arena.alloc(Unknown {
            cause,
            span,
            expression,
        }))
    }

    /// A list of values that nobody wrote.
    pub(crate) fn list(&self, items: impl Iterator<Item = Value<'a>>) -> Value<'a> {
        let nodes: Vec<_> = items.map(Node::from).collect();
        Value::List(self.arena.alloc_slice_copy(&nodes))
    }

    /// A map of values that nobody wrote.
    pub(crate) fn map(&self, entries: impl Iterator<Item = (&'a str, Value<'a>)>) -> Value<'a> {
        let entries: Vec<_> = entries
            .map(|(key, value)| Entry::new(key, Node::from(value)))
            .collect();
        Value::Map(Map::new(self.arena.alloc_slice_copy(&entries)))
    }
}

const NO_INSTANCE: &str = "it is not known which instances there are";

const TOO_MANY: Cause<'static> = Cause::Limit("more instances are asked for than are looked at");

/// The value, or the cause if it is unknown.
pub(crate) fn known(value: Value<'_>) -> Result<Value<'_>, Cause<'_>> {
    match value {
        Value::Unknown(unknown) => Err(unknown.cause),
        value => Ok(value),
    }
}
