//! Plans, as `terraform show -json` and `tofu show -json` write them.
//!
//! A plan holds what will be: each resource instance with its values, modules, `count` and
//! `for_each` resolved. What is deleted, or only leaves the state, is not in it or passed over.
//! A value that the configuration sets, but that is known only after apply, is unknown, with the
//! reference that it comes from. What a provider computes by itself is left out.
//!
//! The block of a resource has no text of its own: its span is that of the values, its labels stand
//! where the address is given, and its body holds the references that the configuration makes, so that they can be followed.

use std::collections::HashMap;

use bastide_hcl::{Attribute, Block, Body, Expr, ExprKind, Ident, Item, Label};
use bastide_source::{Diagnostic, Source, Span};
use bastide_value::{Arena, Cause, Entry, Map, Node, Unknown, Value};

use crate::{Evaluation, Mode, Resource};

/// Whether a file of JSON may be a plan, by the words in it.
pub fn may_be_plan(text: &str) -> bool {
    ["\"terraform_version\"", "\"planned_values\""]
        .iter()
        .all(|word| text.contains(word))
}

/// Reads a plan.
///
/// # Errors
///
/// If the file is not JSON.
pub fn read_plan<'a>(source: &'a Source, arena: &'a Arena) -> Result<Evaluation<'a>, Diagnostic> {
    let plan = bastide_yaml::json::parse(source, arena)?;
    let mut reader = Reader {
        arena,
        changes: changes(&plan),
        resources: Vec::new(),
        sensitive: Vec::new(),
    };
    let configuration = plan.at("configuration.root_module");
    if let Some(providers) = plan.at("configuration.provider_config") {
        reader.providers(providers);
    }
    if let Some(root) = plan.at("planned_values.root_module") {
        reader.module(root, configuration, "");
    }
    Ok(Evaluation {
        resources: reader.resources,
        plan: Some(source.id),
        sensitive: reader.sensitive,
        ..Evaluation::default()
    })
}

/// What the plan does with each resource, by its address.
fn changes<'a>(plan: &Node<'a>) -> HashMap<&'a str, &'a Node<'a>> {
    let changes = plan.get("resource_changes").map_or(&[][..], items);
    let change =
        |resource: &'a Node<'a>| Some((text(resource, "address")?, resource.get("change")?));
    changes.iter().filter_map(change).collect()
}

struct Reader<'a> {
    arena: &'a Arena,
    changes: HashMap<&'a str, &'a Node<'a>>,
    resources: Vec<Resource<'a>>,
    sensitive: Vec<Span>,
}

impl<'a> Reader<'a> {
    /// The resources of a module instance, then those of the modules in it. `configuration` is
    /// what its module declares, `prefix` its address with a dot.
    fn module(
        &mut self,
        module: &'a Node<'a>,
        configuration: Option<&'a Node<'a>>,
        prefix: &'a str,
    ) {
        for resource in module.get("resources").map_or(&[][..], items) {
            let made = self.resource(resource, configuration, prefix);
            self.resources.extend(made);
            if let Some(values) = resource.get("values") {
                let kind = text(resource, "type").unwrap_or_default();
                self.hide(kind, values, resource.get("sensitive_values"));
            }
        }
        for child in module.get("child_modules").map_or(&[][..], items) {
            let address = text(child, "address").unwrap_or_default();
            let calls = configuration.and_then(|outer| outer.get("module_calls"));
            let call = calls.and_then(|calls| calls.get(call_name(address, prefix)));
            let prefix = self.arena.alloc_str(&format!("{address}."));
            self.module(child, call.and_then(|call| call.get("module")), prefix);
        }
    }

    /// Notes which of some values are secret: those that the plan marks, and those that are so by their
    /// name, since not all providers mark them.
    fn hide(&mut self, kind: &str, values: &Node<'a>, marks: Option<&Node<'a>>) {
        match (values.value, marks.map(|marks| marks.value)) {
            (Value::Null | Value::Bool(_), _) => {}
            (_, Some(Value::Bool(true))) => self.sensitive.push(values.span),
            (Value::Map(map), _) => {
                for entry in map.entries() {
                    let is_secret =
                        is_secret(kind, entry.key) && entry.node.value.as_str().is_some();
                    let mark = marks.and_then(|marks| marks.get(entry.key));
                    if is_secret {
                        self.sensitive.push(entry.node.span);
                    } else {
                        self.hide("", &entry.node, mark);
                    }
                }
            }
            (Value::List(values), marks) => {
                let marks = marks.and_then(Value::as_list).unwrap_or_default();
                for (index, value) in values.iter().enumerate() {
                    self.hide("", value, marks.get(index));
                }
            }
            _ => {}
        }
    }

    fn resource(
        &self,
        resource: &'a Node<'a>,
        configuration: Option<&'a Node<'a>>,
        module: &'a str,
    ) -> Option<Resource<'a>> {
        let (kind, name) = (text(resource, "type")?, text(resource, "name")?);
        let place = resource.get("address")?;
        let address = place.value.as_str()?;
        let (mode, word) = match text(resource, "mode")? {
            "managed" => (Mode::Managed, "resource"),
            "data" => (Mode::Data, "data"),
            _ => return None,
        };
        let change = self.changes.get(address).copied();
        if change.is_some_and(only_forgets) {
            return None;
        }
        let declared =
            configuration.map_or(&[][..], |it| it.get("resources").map_or(&[][..], items));
        let is_this = |it: &&Node<'_>| {
            text(it, "type") == Some(kind)
                && text(it, "name") == Some(name)
                && text(it, "mode") == text(resource, "mode")
        };
        let expressions = declared
            .iter()
            .find(is_this)
            .and_then(|it| it.get("expressions"));
        let values = resource.get("values").unwrap_or(resource);
        let unknown = change.and_then(|change| change.get("after_unknown"));
        Some(Resource {
            mode,
            kind,
            address: address.to_owned(),
            listed: address.to_owned(),
            is_general: false,
            module,
            body: self.body(values, expressions, unknown),
            block: self.block(word, &[kind, name], place.span, values.span, expressions),
            callers: &[],
            skips: Vec::new(),
        })
    }

    /// The providers that the configuration names, with the arguments that are constant.
    fn providers(&mut self, providers: &'a Node<'a>) {
        let Some(providers) = providers.value.as_map() else {
            return;
        };
        for entry in providers.entries() {
            let provider = &entry.node;
            // Those that modules pass on are listed under the path of the module.
            if entry.key.starts_with("module.") {
                continue;
            }
            let Some(kind) = text(provider, "name") else {
                continue;
            };
            let expressions = provider.get("expressions").and_then(|it| it.value.as_map());
            let arguments = expressions.map_or(&[][..], Map::entries).iter();
            let constant = |argument: &Entry<'a>| {
                let node = *argument.node.get("constant_value")?;
                Some(Entry { node, ..*argument })
            };
            let arguments: Vec<_> = arguments.filter_map(constant).collect();
            let alias = text(provider, "alias").unwrap_or("default");
            self.resources.push(Resource {
                mode: Mode::Provider,
                kind,
                address: format!("{kind}.{alias}"),
                listed: format!("{kind}.{alias}"),
                is_general: false,
                module: "",
                body: Map::new(self.arena.alloc_slice_copy(&arguments)),
                block: self.block(
                    "provider",
                    &[kind],
                    start_of(provider.span),
                    provider.span,
                    None,
                ),
                callers: &[],
                skips: Vec::new(),
            });
        }
    }

    /// The values of a resource or of a nested block, with unknowns where the configuration sets
    /// what is not known yet.
    fn body(
        &self,
        values: &Node<'a>,
        expressions: Option<&'a Node<'a>>,
        unknown: Option<&'a Node<'a>>,
    ) -> Map<'a> {
        let given = values.value.as_map().unwrap_or_default();
        let mut entries = Vec::with_capacity(given.len());
        for entry in given.entries() {
            let expression = expressions.and_then(|all| all.get(entry.key));
            let unknown = unknown.and_then(|all| all.get(entry.key));
            let value = self.value(&entry.node, expression, unknown);
            entries.push(Entry {
                node: Node::new(value, entry.node.span),
                ..*entry
            });
        }
        let expressions = expressions.and_then(|all| all.value.as_map());
        for entry in expressions.map_or(&[][..], Map::entries) {
            let unknown = unknown.and_then(|all| all.get(entry.key));
            if !given.contains(entry.key)
                && let Some(value) = self.not_yet_known(&entry.node, unknown, values.span)
            {
                entries.push(Entry::new(entry.key, Node::new(value, values.span)));
            }
        }
        Map::new(self.arena.alloc_slice_copy(&entries))
    }

    /// One value. A list of objects stands for nested blocks.
    fn value(
        &self,
        node: &Node<'a>,
        expression: Option<&'a Node<'a>>,
        unknown: Option<&'a Node<'a>>,
    ) -> Value<'a> {
        match node.value {
            Value::Null => expression
                .and_then(|expression| self.not_yet_known(expression, unknown, node.span))
                .unwrap_or(Value::Null),
            Value::List(blocks @ [_, ..])
                if blocks.iter().all(|block| block.value.as_map().is_some()) =>
            {
                let block = |index: usize| {
                    let block = &blocks[index];
                    let body = self.body(block, item(expression, index), item(unknown, index));
                    Node::new(Value::Map(body), block.span)
                };
                Value::Blocks(self.arena.alloc_slice_fill_with(blocks.len(), block))
            }
            value => value,
        }
    }

    /// What an expression will be, if it is not known yet: unknown, with the first resource that it
    /// refers to. An expression that holds neither is nothing.
    fn not_yet_known(
        &self,
        expression: &'a Node<'a>,
        unknown: Option<&'a Node<'a>>,
        span: Span,
    ) -> Option<Value<'a>> {
        let references = references(expression);
        let is_input = |name: &&str| name.starts_with("var.") || name.starts_with("local.");
        let resource = references.clone().find(|name| !is_input(name));
        let is_unknown = unknown.is_some_and(|unknown| unknown.value == Value::Bool(true));
        let expression = match resource {
            Some(resource) => resource,
            None if is_unknown => references.clone().next()?,
            None => return None,
        };
        Some(Value::Unknown(self.arena.alloc(Unknown {
            cause: Cause::Computed(expression),
            span,
            expression,
        })))
    }

    /// A block that stands for what a plan does not hold.
    fn block(
        &self,
        word: &'a str,
        labels: &[&'a str],
        place: Span,
        span: Span,
        expressions: Option<&'a Node<'a>>,
    ) -> &'a Block<'a> {
        let start = start_of(span);
        let labels: Vec<_> = labels
            .iter()
            .map(|text| Label { text, span: place })
            .collect();
        let mut items = Vec::new();
        let expressions = expressions.and_then(|all| all.value.as_map());
        for entry in expressions.map_or(&[][..], Map::entries) {
            let mut parsed = Vec::new();
            self.all_references(&entry.node, &mut parsed);
            if !parsed.is_empty() {
                let kind = ExprKind::Tuple(self.arena.alloc_slice_copy(&parsed));
                items.push(Item::Attribute(Attribute {
                    name: Ident {
                        name: entry.key,
                        span: start,
                    },
                    expr: Expr { kind, span: start },
                }));
            }
        }
        self.arena.alloc(Block {
            kind: Ident {
                name: word,
                span: place,
            },
            labels: self.arena.alloc_slice_copy(&labels),
            body: Body {
                items: self.arena.alloc_slice_copy(&items),
                span,
            },
            span,
        })
    }

    /// The references below an expression, nested blocks included.
    fn all_references(&self, expression: &'a Node<'a>, found: &mut Vec<Expr<'a>>) {
        match expression.value {
            Value::List(items) => {
                for item in items {
                    self.all_references(item, found);
                }
            }
            Value::Map(map) if !map.contains("references") => {
                for entry in map.entries() {
                    self.all_references(&entry.node, found);
                }
            }
            _ => found.extend(
                references(expression)
                    .filter_map(|name| bastide_hcl::parse_expression(name, self.arena).ok()),
            ),
        }
    }
}

fn start_of(span: Span) -> Span {
    Span {
        end: span.start,
        ..span
    }
}

/// Whether an attribute of a resource is secret by its name. `kind` is empty in nested blocks.
fn is_secret(kind: &str, name: &str) -> bool {
    const ENDINGS: [&str; 7] = [
        "access_key",
        "connection_string",
        "password",
        "plaintext",
        "private_key",
        "secret_key",
        "secret_string",
    ];
    ENDINGS.iter().any(|ending| name.ends_with(ending))
        || name == "value" && matches!(kind, "aws_ssm_parameter" | "azurerm_key_vault_secret")
}

/// Whether a resource only leaves the state. Terraform lists it among the planned all the same.
fn only_forgets(change: &Node<'_>) -> bool {
    let actions = change.get("actions").map_or(&[][..], items);
    matches!(actions, [action] if action.value.as_str() == Some("forget"))
}

/// `b` of `module.a["k"].module.b["k"]` in `module.a["k"].`
fn call_name<'a>(address: &'a str, prefix: &str) -> &'a str {
    let call = address.strip_prefix(prefix).unwrap_or(address);
    let call = call.strip_prefix("module.").unwrap_or(call);
    call.split_once('[').map_or(call, |(name, _)| name)
}

/// The names that an expression refers to: `aws_kms_key.main.arn`, `var.name`.
fn references<'a>(expression: &'a Node<'a>) -> impl Iterator<Item = &'a str> + Clone {
    let references = expression.get("references").map_or(&[][..], items);
    references.iter().filter_map(|name| name.value.as_str())
}

/// The expression or unknown part that belongs to a block: they come as a list, or as one for all.
fn item<'a>(node: Option<&'a Node<'a>>, index: usize) -> Option<&'a Node<'a>> {
    match node?.value {
        Value::List(items) => items.get(index),
        Value::Map(_) => node,
        _ => None,
    }
}

fn items<'a>(node: &Node<'a>) -> &'a [Node<'a>] {
    node.value.as_list().unwrap_or_default()
}

fn text<'a>(node: &Node<'a>, key: &str) -> Option<&'a str> {
    node.get(key)?.value.as_str()
}
