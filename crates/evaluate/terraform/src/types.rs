//! Type constraints of variables, and what they make of a value.

use bastide_hcl::{Expr, ExprKind};
use bastide_value::{Cause, Entry, Map, Node, Value};

use crate::convert::{to_bool, to_number, to_text};
use crate::evaluator::Evaluator;
use crate::module::Module;

/// A type constraint: `list(object({ name = string, size = optional(number, 1) }))`.
#[derive(Debug)]
pub(crate) enum Type<'a> {
    Any,
    Text,
    Number,
    Bool,
    List(Box<Type<'a>>),
    Set(Box<Type<'a>>),
    Map(Box<Type<'a>>),
    Object(Vec<Field<'a>>),
    Tuple(Vec<Type<'a>>),
}

#[derive(Debug)]
pub(crate) struct Field<'a> {
    name: &'a str,
    kind: Type<'a>,
    /// `optional(type, default)`
    optional: Option<Option<&'a Expr<'a>>>,
}

impl<'a> Type<'a> {
    /// Reads a constraint. What it does not know constrains nothing.
    pub(crate) fn new(expr: &'a Expr<'a>) -> Self {
        match &expr.kind {
            ExprKind::Variable(name) | ExprKind::String(name) => match *name {
                "string" => Self::Text,
                "number" => Self::Number,
                "bool" => Self::Bool,
                // Before Terraform 0.12, `list` and `map` stood alone.
                "list" => Self::List(Box::new(Self::Any)),
                "set" => Self::Set(Box::new(Self::Any)),
                "map" => Self::Map(Box::new(Self::Any)),
                _ => Self::Any,
            },
            ExprKind::Call(call) => match (call.name.name, call.args) {
                ("list", [item]) => Self::List(Box::new(Self::new(item))),
                ("set", [item]) => Self::Set(Box::new(Self::new(item))),
                ("map", [item]) => Self::Map(Box::new(Self::new(item))),
                ("object", [fields]) => Self::object(fields),
                ("tuple", [items]) => match items.kind {
                    ExprKind::Tuple(items) => Self::Tuple(items.iter().map(Self::new).collect()),
                    _ => Self::Any,
                },
                _ => Self::Any,
            },
            _ => Self::Any,
        }
    }

    fn object(fields: &'a Expr<'a>) -> Self {
        let ExprKind::Object(items) = fields.kind else {
            return Self::Any;
        };
        let field = |item: &'a bastide_hcl::ObjectItem<'a>| {
            let (ExprKind::Variable(name) | ExprKind::String(name)) = item.key.kind else {
                return None;
            };
            Some(match item.value.kind {
                ExprKind::Call(call) if call.name.name == "optional" => Field {
                    name,
                    kind: call.args.first().map_or(Self::Any, Self::new),
                    optional: Some(call.args.get(1)),
                },
                _ => Field {
                    name,
                    kind: Self::new(&item.value),
                    optional: None,
                },
            })
        };
        Self::Object(items.iter().filter_map(field).collect())
    }

    /// Whether its values are texts, numbers or truth values.
    pub(crate) fn is_simple(&self) -> bool {
        matches!(self, Self::Text | Self::Number | Self::Bool)
    }

    /// The value as this type. What does not fit stays as it is: a scanner looks at it all the same.
    pub(crate) fn convert(
        &self,
        evaluator: &Evaluator<'a>,
        module: &'a Module<'a>,
        value: Value<'a>,
    ) -> Value<'a> {
        let arena = evaluator.arena;
        let each = |kind: &Self, nodes: &[Node<'a>]| {
            arena.alloc_slice_fill_with(nodes.len(), |index| {
                let node = nodes[index];
                Node::new(kind.convert(evaluator, module, node.value), node.span)
            })
        };
        match (self, value) {
            (Self::Any, value) | (_, value @ (Value::Unknown(_) | Value::Null)) => value,
            (Self::Text, value) => match to_text(value) {
                Some(text) => Value::String(arena.alloc_str(&text)),
                None => value,
            },
            (Self::Number, value) => to_number(value).map_or(value, Value::Number),
            (Self::Bool, value) => to_bool(value).map_or(value, Value::Bool),
            (Self::List(item), Value::List(nodes)) => Value::List(each(item, nodes)),
            (Self::Set(item), Value::List(nodes)) => {
                crate::functions::set(evaluator, each(item, nodes))
            }
            (Self::Tuple(kinds), Value::List(nodes)) if kinds.len() == nodes.len() => {
                Value::List(arena.alloc_slice_fill_with(nodes.len(), |index| {
                    let node = nodes[index];
                    Node::new(
                        kinds[index].convert(evaluator, module, node.value),
                        node.span,
                    )
                }))
            }
            (Self::Map(item), Value::Map(map)) => {
                let entries = map.entries();
                Value::Map(Map::new(arena.alloc_slice_fill_with(
                    entries.len(),
                    |index| {
                        let Entry {
                            key,
                            key_span,
                            node,
                        } = entries[index];
                        let value = item.convert(evaluator, module, node.value);
                        Entry {
                            key,
                            key_span,
                            node: Node::new(value, node.span),
                        }
                    },
                )))
            }
            (Self::Object(fields), Value::Map(map)) => {
                let entries = fields
                    .iter()
                    .map(|field| field.entry(evaluator, module, map));
                let entries: Vec<_> = entries.collect();
                Value::Map(Map::new(arena.alloc_slice_copy(&entries)))
            }
            (_, value) => value,
        }
    }
}

impl<'a> Field<'a> {
    /// The entry of an object for this field: converted, or the default, or `null`.
    fn entry(&self, evaluator: &Evaluator<'a>, module: &'a Module<'a>, map: Map<'a>) -> Entry<'a> {
        let given = map
            .entry(self.name)
            .filter(|entry| !entry.node.value.is_null());
        if let Some(&Entry { key_span, node, .. }) = given {
            let value = self.kind.convert(evaluator, module, node.value);
            return Entry {
                key: self.name,
                key_span,
                node: Node::new(value, node.span),
            };
        }
        let value = match self.optional {
            Some(Some(default)) => {
                let value = evaluator.constant(module, default);
                Node::new(self.kind.convert(evaluator, module, value), default.span)
            }
            Some(None) => Node::from(Value::Null),
            None => {
                let text = evaluator
                    .arena
                    .alloc_str(&format!("`{}` is not set", self.name));
                Node::from(evaluator.unknown_at(Cause::Invalid(text), Default::default()))
            }
        };
        Entry::new(self.name, value)
    }
}
