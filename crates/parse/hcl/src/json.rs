//! Terraform's [JSON syntax][syntax], to the same tree as the native one.
//!
//! ```
//! use bastide_hcl::{Arena, json};
//! use bastide_source::{FileId, Source};
//!
//! let text = r#"{"resource": {"aws_ecr_repository": {"app": {"name": "app-${var.stage}"}}}}"#;
//! let source = Source::new(FileId(0), "main.tf.json", text.to_owned());
//! let arena = Arena::new();
//! let file = json::parse(&source, &arena);
//! let block = file.body.blocks().next().expect("one block");
//! assert_eq!((block.kind.name, block.labels[1].text), ("resource", "app"));
//! assert_eq!(source.slice(block.span), r#"{"name": "app-${var.stage}"}"#);
//! ```
//!
//! Strings are templates. The span of a block is that of its body, since its type and labels are
//! keys further up, each of which may lead to other blocks too.
//!
//! # Attribute or block
//!
//! JSON does not say whether `"a": {…}` sets an attribute to an object or is a nested block: for
//! Terraform the provider does. Without it, an object is taken for a block if all its keys could
//! be names of a schema (`snake_case`), unless its own key names a map by custom (`tags`, `labels`).
//! So is each item of a list of objects.
//!
//! [syntax]: https://developer.hashicorp.com/terraform/language/syntax/json

use bastide_source::{Diagnostic, Level, Source, Span};
use bastide_value::{Entry, Map, Node, Value};

use crate::cursor::{Parser, Run};
use crate::{Arena, Attribute, Block, Body, Expr, ExprKind, File, Ident, Item, Label, ObjectItem};

/// A key of this name is a comment.
const COMMENT: &str = "//";

/// Parses a file of configuration: `.tf.json`. A file that is not JSON is one diagnostic.
pub fn parse<'a>(source: &'a Source, arena: &'a Arena) -> File<'a> {
    Reader::new(source, arena).file(Contents::Configuration)
}

/// Parses a file of variables: `.tfvars.json`. Its strings are no templates.
pub fn parse_variables<'a>(source: &'a Source, arena: &'a Arena) -> File<'a> {
    Reader::new(source, arena).file(Contents::Literals)
}

/// What may stand in a body.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Contents {
    /// The blocks of a file.
    Configuration,
    /// A `variable` block: types are expressions, defaults are literals.
    Variable,
    /// Attributes alone.
    Attributes,
    /// Attributes whose strings are no templates.
    Literals,
    /// What a provider's schema would tell apart: attributes and nested blocks.
    Schema,
    /// A `dynamic` block.
    Dynamic,
}

/// What the value of a key is.
enum Shape {
    /// Blocks with so many labels, and what may stand in them.
    Blocks(usize, Contents),
    Attribute,
    /// The text of an expression.
    Expression,
    Literal,
}

impl Contents {
    fn shape(self, key: &str, value: Value<'_>) -> Shape {
        match (self, key) {
            (Self::Configuration, "resource" | "data" | "ephemeral") => {
                Shape::Blocks(2, Self::Schema)
            }
            (Self::Configuration, "provider" | "check") => Shape::Blocks(1, Self::Schema),
            (Self::Configuration, "variable") => Shape::Blocks(1, Self::Variable),
            (Self::Configuration, "module" | "output") => Shape::Blocks(1, Self::Attributes),
            (Self::Configuration, "locals") => Shape::Blocks(0, Self::Attributes),
            (Self::Configuration, _) => Shape::Blocks(0, Self::Schema),
            (Self::Variable, "type") => Shape::Expression,
            (Self::Variable, "default") | (Self::Literals, _) => Shape::Literal,
            (Self::Variable, "validation") | (Self::Dynamic, "content") => {
                Shape::Blocks(0, Self::Schema)
            }
            (Self::Schema, "dynamic") => Shape::Blocks(1, Self::Dynamic),
            (Self::Schema, "provisioner" | "backend") => Shape::Blocks(1, Self::Schema),
            (Self::Schema, _) if looks_like_blocks(key, value) => Shape::Blocks(0, Self::Schema),
            _ => Shape::Attribute,
        }
    }
}

fn looks_like_blocks(key: &str, value: Value<'_>) -> bool {
    let is_map = ["tags", "labels", "annotations", "variables"]
        .iter()
        .any(|name| key.ends_with(name));
    match value {
        Value::Map(map) => !is_map && is_schema(map),
        Value::List(items @ [_, ..]) => items
            .iter()
            .all(|item| item.value.as_map().is_some_and(is_schema)),
        _ => false,
    }
}

/// Whether all keys could be names of a provider's schema.
fn is_schema(map: Map<'_>) -> bool {
    let is_name = |key: &str| {
        key == COMMENT
            || (key.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
                && key
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'))
    };
    map.entries().iter().all(|entry| is_name(entry.key))
}

struct Reader<'a> {
    source: &'a Source,
    arena: &'a Arena,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    fn new(source: &'a Source, arena: &'a Arena) -> Self {
        Self {
            source,
            arena,
            diagnostics: Vec::new(),
        }
    }

    fn file(mut self, contents: Contents) -> File<'a> {
        let body = match bastide_yaml::json::parse(self.source, self.arena) {
            Ok(root) => match root.value {
                Value::Map(map) => self.body(map, root.span, contents),
                // Several objects stand for one that holds the entries of all.
                Value::List(parts) => self.joined(parts, root.span, contents),
                _ => {
                    let message = "a configuration is an object, this is something else";
                    let help = "put its blocks between `{` and `}`";
                    self.diagnostics
                        .push(Diagnostic::error(root.span, message).help(help));
                    self.empty()
                }
            },
            Err(error) => {
                self.diagnostics.push(error);
                self.empty()
            }
        };
        File {
            body,
            diagnostics: self.diagnostics,
        }
    }

    fn empty(&self) -> Body<'a> {
        Body {
            items: &[],
            span: self.source.span(),
        }
    }

    fn body(&mut self, map: Map<'a>, span: Span, contents: Contents) -> Body<'a> {
        let mut items = Vec::with_capacity(map.len());
        self.items(map, contents, &mut items);
        Body {
            items: self.arena.alloc_slice_copy(&items),
            span,
        }
    }

    fn joined(&mut self, parts: &'a [Node<'a>], span: Span, contents: Contents) -> Body<'a> {
        let mut items = Vec::new();
        for map in parts.iter().filter_map(|part| part.value.as_map()) {
            self.items(map, contents, &mut items);
        }
        Body {
            items: self.arena.alloc_slice_copy(&items),
            span,
        }
    }

    fn items(&mut self, map: Map<'a>, contents: Contents, items: &mut Vec<Item<'a>>) {
        for entry in map.entries().iter().filter(|entry| entry.key != COMMENT) {
            let name = Ident {
                name: entry.key,
                span: entry.key_span,
            };
            let expr = match contents.shape(entry.key, entry.node.value) {
                Shape::Blocks(labels, inner) => {
                    self.blocks(name, entry.node, labels, inner, &mut Vec::new(), items);
                    continue;
                }
                Shape::Attribute => self.expression(&entry.node),
                Shape::Expression => self.written_expression(&entry.node),
                Shape::Literal => self.literal(&entry.node),
            };
            items.push(Item::Attribute(Attribute { name, expr }));
        }
    }

    /// The blocks below a key: of each label that is still to come an object whose keys are labels,
    /// then a body. Everywhere a list of such may stand for several.
    fn blocks(
        &mut self,
        kind: Ident<'a>,
        node: Node<'a>,
        labels_to_come: usize,
        contents: Contents,
        labels: &mut Vec<Label<'a>>,
        items: &mut Vec<Item<'a>>,
    ) {
        match node.value {
            Value::List(nodes) => {
                for node in nodes {
                    self.blocks(kind, *node, labels_to_come, contents, labels, items);
                }
            }
            Value::Map(map) if labels_to_come == 0 => {
                let block = Block {
                    kind,
                    labels: self.arena.alloc_slice_copy(labels),
                    body: self.body(map, node.span, contents),
                    span: node.span,
                };
                items.push(Item::Block(self.arena.alloc(block)));
            }
            Value::Map(map) => {
                for entry in map.entries().iter().filter(|entry| entry.key != COMMENT) {
                    labels.push(Label {
                        text: entry.key,
                        span: entry.key_span,
                    });
                    let to_come = labels_to_come - 1;
                    self.blocks(kind, entry.node, to_come, contents, labels, items);
                    labels.pop();
                }
            }
            // No block at all: `null` leaves it out.
            Value::Null => {}
            _ => {
                let message = format!("`{}` is to be an object here", kind.name);
                let help = "write what it holds between `{` and `}`";
                self.diagnostics
                    .push(Diagnostic::warning(node.span, message).help(help));
            }
        }
    }

    /// A value whose strings are templates.
    fn expression(&mut self, node: &Node<'a>) -> Expr<'a> {
        match node.value {
            Value::String(text) => self.template(text, node.span),
            Value::List(nodes) => {
                let items: Vec<_> = nodes.iter().map(|node| self.expression(node)).collect();
                self.tuple(&items, node.span)
            }
            Value::Map(map) => self.object(map, node.span, |reader, entry| ObjectItem {
                key: reader.template(entry.key, entry.key_span),
                value: reader.expression(&entry.node),
            }),
            _ => self.literal(node),
        }
    }

    /// A value whose strings are what they are.
    fn literal(&mut self, node: &Node<'a>) -> Expr<'a> {
        let kind = match node.value {
            Value::Bool(truth) => ExprKind::Bool(truth),
            Value::Number(number) => ExprKind::Number(number),
            Value::String(text) => ExprKind::String(text),
            Value::List(nodes) => {
                let items: Vec<_> = nodes.iter().map(|node| self.literal(node)).collect();
                return self.tuple(&items, node.span);
            }
            Value::Map(map) => {
                return self.object(map, node.span, |reader, entry| ObjectItem {
                    key: Expr {
                        kind: ExprKind::String(entry.key),
                        span: entry.key_span,
                    },
                    value: reader.literal(&entry.node),
                });
            }
            Value::Null | Value::Blocks(_) | Value::Unknown(_) => ExprKind::Null,
        };
        Expr {
            kind,
            span: node.span,
        }
    }

    fn tuple(&self, items: &[Expr<'a>], span: Span) -> Expr<'a> {
        let kind = ExprKind::Tuple(self.arena.alloc_slice_copy(items));
        Expr { kind, span }
    }

    fn object(
        &mut self,
        map: Map<'a>,
        span: Span,
        mut item: impl FnMut(&mut Self, &Entry<'a>) -> ObjectItem<'a>,
    ) -> Expr<'a> {
        let entries = map.entries().iter().filter(|entry| entry.key != COMMENT);
        let items: Vec<_> = entries.map(|entry| item(self, entry)).collect();
        let kind = ExprKind::Object(self.arena.alloc_slice_copy(&items));
        Expr { kind, span }
    }

    fn template(&mut self, text: &'a str, span: Span) -> Expr<'a> {
        let kind = if text.contains("${") || text.contains("%{") {
            self.parse(text, span, |parser| parser.bare_template())
        } else {
            ExprKind::String(text)
        };
        Expr { kind, span }
    }

    /// A string that holds the text of an expression: `"list(string)"`.
    fn written_expression(&mut self, node: &Node<'a>) -> Expr<'a> {
        let Value::String(text) = node.value else {
            return self.literal(node);
        };
        let kind = self.parse(text, node.span, |parser| {
            Ok(parser.whole_expression()?.kind)
        });
        Expr {
            kind,
            span: node.span,
        }
    }

    /// Parses the text of a string; `span` holds its quotes.
    fn parse(
        &mut self,
        text: &'a str,
        span: Span,
        inner: impl FnOnce(&mut Parser<'a>) -> crate::cursor::Result<ExprKind<'a>>,
    ) -> ExprKind<'a> {
        let mut quoted = span.range();
        quoted.start += 1;
        quoted.end = quoted.end.saturating_sub(1).max(quoted.start);
        let raw = self.source.text.get(quoted.clone()).unwrap_or("");
        let mut parser = if raw == text {
            Parser::of_part(self.source, quoted, self.arena)
        } else {
            let runs = self.arena.alloc_slice_copy(&runs(raw, text, quoted.start));
            Parser::of_decoded(self.source, text, runs, self.arena)
        };
        let parsed = inner(&mut parser);
        self.diagnostics.append(&mut parser.diagnostics);
        parsed.unwrap_or_else(|mut error| {
            error.level = Level::Warning;
            self.diagnostics.push(*error);
            ExprKind::Invalid
        })
    }
}

/// Where the text of a string with escapes stands in the source: a run after each escape.
fn runs(raw: &str, text: &str, start: usize) -> Vec<Run> {
    let (mut source, mut decoded) = (0, 0);
    let mut runs = vec![Run {
        decoded,
        source: start,
    }];
    while let Some(length) = raw.get(source..).and_then(|rest| rest.find('\\')) {
        source += length;
        decoded += length;
        let Some(char) = text.get(decoded..).and_then(|rest| rest.chars().next()) else {
            break;
        };
        source += match (raw.as_bytes().get(source + 1), char.len_utf8()) {
            // Beyond 16 bits it takes a pair of them.
            (Some(b'u'), 4) => 12,
            (Some(b'u'), _) => 6,
            _ => 2,
        };
        decoded += char.len_utf8();
        runs.push(Run {
            decoded,
            source: start + source,
        });
    }
    runs
}
