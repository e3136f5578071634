//! Expressions. Each operator knows what an unknown operand does to it: mostly all is unknown then,
//! but `false && x` is false whatever `x` is.

use bastide_hcl::{BinaryOp, Expr, ExprKind, For, ObjectItem, Part, UnaryOp};
use bastide_value::{Cause, Entry, Map, Node, Number, Unknown, Value};

use crate::configuration::Mode;
use crate::convert::{number, to_bool, to_number, to_text};
use crate::evaluator::{Evaluator, known};
use crate::place::{Place, Root, Step};
use crate::scope::{Repeated, Scope};

/// A text that is made may take at most so many bytes.
pub(crate) const MAX_TEXT: usize = 1 << 24;

impl<'a> Evaluator<'a> {
    /// Evaluates an expression. What cannot be known is [`Value::Unknown`], never an error.
    pub(crate) fn eval(&self, expr: &Expr<'a>, scope: Scope<'_, 'a>) -> Value<'a> {
        self.try_eval(expr, scope)
            .unwrap_or_else(|cause| self.unknown(cause, expr))
    }

    fn node(&self, expr: &Expr<'a>, scope: Scope<'_, 'a>) -> Node<'a> {
        Node::new(self.eval(expr, scope), expr.span)
    }

    pub(crate) fn try_eval(
        &self,
        expr: &Expr<'a>,
        scope: Scope<'_, 'a>,
    ) -> Result<Value<'a>, Cause<'a>> {
        self.step()?;
        Ok(match &expr.kind {
            ExprKind::Null => Value::Null,
            ExprKind::Bool(truth) => Value::Bool(*truth),
            ExprKind::Number(number) => Value::Number(*number),
            ExprKind::String(text) => Value::String(text),
            ExprKind::Template([Part::Interpolation(inner)]) => self.try_eval(inner, scope)?,
            ExprKind::Template(parts) => self.template(parts, expr, scope),
            ExprKind::Parens(inner) => self.try_eval(inner, scope)?,
            ExprKind::Tuple(items) => {
                let item = |index: usize| self.node(&items[index], scope);
                Value::List(self.arena.alloc_slice_fill_with(items.len(), item))
            }
            ExprKind::Object(items) => self.object(items, scope)?,
            ExprKind::Call(call) => self.call_function(call, expr, scope)?,
            ExprKind::Unary(op, operand) => unary(*op, known(self.eval(operand, scope))?)?,
            ExprKind::Binary(op, left, right) => self.binary(*op, left, right, scope)?,
            ExprKind::Conditional(parts) => self.conditional(parts, scope)?,
            ExprKind::For(it) => self.for_expression(it, scope)?,
            ExprKind::Splat(source, each) => {
                let items = self.items(self.place(source, scope)?)?;
                self.list(
                    items
                        .into_iter()
                        .map(|item| scope.bind_item(item, |scope| self.eval(each, scope))),
                )
            }
            ExprKind::Invalid => return Err(Cause::Invalid("the expression could not be parsed")),
            ExprKind::Variable(_)
            | ExprKind::Get(..)
            | ExprKind::Index(..)
            | ExprKind::SplatItem => self.value(self.place(expr, scope)?)?,
        })
    }

    /// Follows a traversal as far as it is written.
    pub(crate) fn place(&self, expr: &Expr<'a>, scope: Scope<'_, 'a>) -> Step<'a> {
        match &expr.kind {
            ExprKind::Variable(name) => self.root(name, scope),
            ExprKind::SplatItem => scope.item().ok_or(Cause::Invalid("no splat is around")),
            ExprKind::Parens(inner) => self.place(inner, scope),
            ExprKind::Get(source, name) => match self.place(source, scope)? {
                Place::Root(_, root @ (Root::Each | Root::Count)) => {
                    each(scope.each, root, name.name).map(Place::Value)
                }
                place => self.get(place, name.name),
            },
            ExprKind::Index(source, key) => {
                self.index(self.place(source, scope)?, self.eval(key, scope))
            }
            _ => Ok(Place::Value(self.eval(expr, scope))),
        }
    }

    /// What the first name of a traversal stands for.
    fn root(&self, name: &'a str, scope: Scope<'_, 'a>) -> Step<'a> {
        if let Some(place) = scope.bound(name) {
            return Ok(place);
        }
        let module = scope.module;
        match Root::from_name(name) {
            Some(root) => Ok(Place::Root(module, root)),
            None => Ok(Place::Type(module, Mode::Managed, name)),
        }
    }

    fn object(
        &self,
        items: &'a [ObjectItem<'a>],
        scope: Scope<'_, 'a>,
    ) -> Result<Value<'a>, Cause<'a>> {
        let mut entries = Vec::with_capacity(items.len());
        for item in items {
            let key = match item.key.kind {
                ExprKind::Variable(name) => name,
                _ => self.key(self.eval(&item.key, scope))?,
            };
            let node = self.node(&item.value, scope);
            entries.push(Entry {
                key,
                key_span: item.key.span,
                node,
            });
        }
        Ok(Value::Map(Map::new(self.arena.alloc_slice_copy(&entries))))
    }

    /// A value as the key of a map.
    fn key(&self, value: Value<'a>) -> Result<&'a str, Cause<'a>> {
        match to_text(known(value)?) {
            Some(std::borrow::Cow::Borrowed(text)) => Ok(text),
            Some(std::borrow::Cow::Owned(text)) => Ok(self.arena.alloc_str(&text)),
            None => Err(Cause::Invalid("the key of a map is not a text")),
        }
    }

    fn binary(
        &self,
        op: BinaryOp,
        left: &Expr<'a>,
        right: &Expr<'a>,
        scope: Scope<'_, 'a>,
    ) -> Result<Value<'a>, Cause<'a>> {
        let left = self.eval(left, scope);
        match (op, to_bool(left)) {
            (BinaryOp::And, Some(false)) => return Ok(Value::Bool(false)),
            (BinaryOp::Or, Some(true)) => return Ok(Value::Bool(true)),
            _ => {}
        }
        let right = self.eval(right, scope);
        match (op, to_bool(right)) {
            (BinaryOp::And, Some(false)) => return Ok(Value::Bool(false)),
            (BinaryOp::Or, Some(true)) => return Ok(Value::Bool(true)),
            _ => {}
        }
        match op {
            BinaryOp::Equal | BinaryOp::NotEqual => {
                let equal = equal(left, right)?;
                Ok(Value::Bool(equal == (op == BinaryOp::Equal)))
            }
            BinaryOp::And | BinaryOp::Or => {
                let both = to_bool(known(left)?).zip(to_bool(known(right)?));
                let (left, right) =
                    both.ok_or(Cause::Invalid("an operand is not a truth value"))?;
                Ok(Value::Bool(if op == BinaryOp::And {
                    left && right
                } else {
                    left || right
                }))
            }
            _ => arithmetic(op, known(left)?, known(right)?),
        }
    }

    /// Of an unknown condition both sides are looked at: if they are equal, that is it.
    fn conditional(
        &self,
        [condition, yes, no]: &[Expr<'a>; 3],
        scope: Scope<'_, 'a>,
    ) -> Result<Value<'a>, Cause<'a>> {
        match self.eval(condition, scope) {
            Value::Unknown(unknown) => {
                let (yes, no) = (self.eval(yes, scope), self.eval(no, scope));
                if equal(yes, no) == Ok(true) {
                    Ok(yes)
                } else {
                    Err(unknown.cause)
                }
            }
            value => match to_bool(value) {
                Some(true) => Ok(self.eval(yes, scope)),
                Some(false) => Ok(self.eval(no, scope)),
                None => Err(Cause::Invalid("the condition is not a truth value")),
            },
        }
    }

    fn for_expression(
        &self,
        it: &'a For<'a>,
        scope: Scope<'_, 'a>,
    ) -> Result<Value<'a>, Cause<'a>> {
        let entries = self.entries(self.place(&it.collection, scope)?)?;
        let mut nodes: Vec<(Option<&'a str>, Node<'a>)> = Vec::with_capacity(entries.len());
        for (key, item) in entries {
            let made = self.bind_entry(it.key, it.value, key, item, scope, |scope| {
                if let Some(condition) = &it.condition {
                    match to_bool(known(self.eval(condition, scope))?) {
                        Some(true) => {}
                        Some(false) => return Ok(None),
                        None => return Err(Cause::Invalid("the condition is not a truth value")),
                    }
                }
                let key = it
                    .result_key
                    .as_ref()
                    .map(|key| self.key(self.eval(key, scope)));
                Ok(Some((key.transpose()?, self.node(&it.result, scope))))
            })?;
            nodes.extend(made);
        }
        if it.result_key.is_none() {
            let nodes: Vec<_> = nodes.into_iter().map(|(_, node)| node).collect();
            return Ok(Value::List(self.arena.alloc_slice_copy(&nodes)));
        }
        let entries = nodes
            .into_iter()
            .map(|(key, node)| Entry::new(key.unwrap_or(""), node));
        let mut entries: Vec<_> = entries.collect();
        entries.sort_by_key(|entry| entry.key);
        if it.group {
            entries = self.grouped(&entries);
        }
        Ok(Value::Map(Map::new(self.arena.alloc_slice_copy(&entries))))
    }

    /// `...`: the values of equal keys as lists. The entries are sorted.
    fn grouped(&self, entries: &[Entry<'a>]) -> Vec<Entry<'a>> {
        let same_key = |one: &Entry<'a>, two: &Entry<'a>| one.key == two.key;
        let list = |group: &[Entry<'a>]| {
            let nodes: Vec<_> = group.iter().map(|entry| entry.node).collect();
            let value = Value::List(self.arena.alloc_slice_copy(&nodes));
            Entry::new(group[0].key, Node::from(value))
        };
        entries.chunk_by(same_key).map(list).collect()
    }

    /// Runs `inner` with the one or two names of a `for` bound.
    fn bind_entry<T>(
        &self,
        key_name: Option<bastide_hcl::Ident<'a>>,
        value_name: bastide_hcl::Ident<'a>,
        key: Value<'a>,
        item: Place<'a>,
        scope: Scope<'_, 'a>,
        inner: impl FnOnce(Scope<'_, 'a>) -> T,
    ) -> T {
        match key_name {
            Some(name) => scope.bind(name.name, Place::Value(key), |scope| {
                scope.bind(value_name.name, item, inner)
            }),
            None => scope.bind(value_name.name, item, inner),
        }
    }

    /// A text made of parts. If a part is unknown all is, but the rest is not lost: it becomes the
    /// unknown's expression, with `${…}` where the part would be.
    fn template(&self, parts: &'a [Part<'a>], expr: &Expr<'a>, scope: Scope<'_, 'a>) -> Value<'a> {
        let mut text = String::new();
        let mut unknown = None;
        self.template_parts(parts, scope, &mut text, &mut unknown);
        self.spend(text.len());
        let text = self.arena.alloc_str(&text);
        match unknown {
            None => Value::String(text),
            Some(cause) => {
                let unknown = Unknown {
                    cause,
                    span: expr.span,
                    expression: text,
                };
                Value::Unknown(self.arena.alloc(unknown))
            }
        }
    }

    fn template_parts(
        &self,
        parts: &'a [Part<'a>],
        scope: Scope<'_, 'a>,
        text: &mut String,
        unknown: &mut Option<Cause<'a>>,
    ) {
        for part in parts {
            if text.len() > MAX_TEXT {
                *unknown = Some(Cause::Limit("the text grows too long"));
                return;
            }
            let done = match part {
                Part::Literal(literal) => {
                    text.push_str(literal);
                    Ok(())
                }
                Part::Interpolation(expr) => self.interpolate(expr, scope, text),
                Part::If(it) => match known(self.eval(&it.condition, scope)).map(to_bool) {
                    Ok(Some(truth)) => {
                        let chosen = if truth { it.yes } else { it.no };
                        self.template_parts(chosen, scope, text, unknown);
                        Ok(())
                    }
                    Ok(None) => Err(Cause::Invalid("the condition is not a truth value")),
                    Err(cause) => Err(cause),
                },
                Part::For(it) => {
                    let place = self.place(&it.collection, scope);
                    place.and_then(|place| self.entries(place)).map(|entries| {
                        for (key, item) in entries {
                            self.bind_entry(it.key, it.value, key, item, scope, |scope| {
                                self.template_parts(it.body, scope, text, unknown);
                            });
                        }
                    })
                }
            };
            if let Err(cause) = done {
                unknown.get_or_insert(cause);
            }
        }
    }

    fn interpolate(
        &self,
        expr: &Expr<'a>,
        scope: Scope<'_, 'a>,
        text: &mut String,
    ) -> Result<(), Cause<'a>> {
        let value = self.eval(expr, scope);
        if let Some(shown) = to_text(value) {
            text.push_str(&shown);
            return Ok(());
        }
        let Value::Unknown(unknown) = value else {
            return Err(Cause::Invalid("what stands in a text is no text itself"));
        };
        if unknown.expression.contains("${") {
            text.push_str(unknown.expression);
        } else {
            text.push_str("${");
            text.push_str(unknown.expression);
            text.push('}');
        }
        Err(unknown.cause)
    }
}

/// `each.key`, `each.value`, `count.index`
fn each<'a>(each: Repeated<'a>, root: Root, name: &str) -> Result<Value<'a>, Cause<'a>> {
    match (root, name, each) {
        (Root::Count, "index", Repeated::Count(index)) => Ok(index),
        (Root::Each, "key", Repeated::Each(key, _)) => Ok(key),
        (Root::Each, "value", Repeated::Each(_, value)) => Ok(value),
        (Root::Count, ..) => Err(Cause::Invalid("`count` is not set here")),
        _ => Err(Cause::Invalid("`for_each` is not set here")),
    }
}

fn unary<'a>(op: UnaryOp, operand: Value<'a>) -> Result<Value<'a>, Cause<'a>> {
    match op {
        UnaryOp::Not => to_bool(operand)
            .map(|truth| Value::Bool(!truth))
            .ok_or(Cause::Invalid("the operand of `!` is not a truth value")),
        UnaryOp::Negate => match to_number(operand) {
            Some(Number::Int(int)) if int != i64::MIN => Ok(Value::int(-int)),
            Some(float) => Ok(Value::Number(number(-float.as_f64()))),
            None => Err(Cause::Invalid("the operand of `-` is not a number")),
        },
    }
}

/// Whether two values are equal; if that hangs on an unknown in one of them, its cause.
pub(crate) fn equal<'a>(left: Value<'a>, right: Value<'a>) -> Result<bool, Cause<'a>> {
    match (left, right) {
        (Value::Unknown(unknown), _) | (_, Value::Unknown(unknown)) => Err(unknown.cause),
        (Value::List(one) | Value::Blocks(one), Value::List(two) | Value::Blocks(two)) => {
            if one.len() != two.len() {
                return Ok(false);
            }
            all(one
                .iter()
                .zip(two)
                .map(|(one, two)| equal(one.value, two.value)))
        }
        (Value::Map(one), Value::Map(two)) => {
            let (one, two) = (crate::place::sorted(one), crate::place::sorted(two));
            if one.len() != two.len() {
                return Ok(false);
            }
            all(one
                .iter()
                .zip(&two)
                .map(|((key, value), (other_key, other))| {
                    if key == other_key {
                        equal(value.value, other.value)
                    } else {
                        Ok(false)
                    }
                }))
        }
        (left, right) => Ok(left == right),
    }
}

/// Whether all hold: one that does not decides it, whatever is unknown in the others.
fn all<'a>(results: impl Iterator<Item = Result<bool, Cause<'a>>>) -> Result<bool, Cause<'a>> {
    let mut unknown = None;
    for result in results {
        match result {
            Ok(true) => {}
            Ok(false) => return Ok(false),
            Err(cause) => unknown = unknown.or(Some(cause)),
        }
    }
    unknown.map_or(Ok(true), Err)
}

fn arithmetic<'a>(op: BinaryOp, left: Value<'a>, right: Value<'a>) -> Result<Value<'a>, Cause<'a>> {
    let both = to_number(left).zip(to_number(right));
    let (left, right) = both.ok_or(Cause::Invalid("an operand is not a number"))?;
    let (a, b) = (left.as_f64(), right.as_f64());
    Ok(match op {
        BinaryOp::Less => Value::Bool(a < b),
        BinaryOp::LessOrEqual => Value::Bool(a <= b),
        BinaryOp::Greater => Value::Bool(a > b),
        BinaryOp::GreaterOrEqual => Value::Bool(a >= b),
        BinaryOp::Divide | BinaryOp::Modulo if b == 0.0 => {
            return Err(Cause::Invalid("division by zero"));
        }
        _ => {
            let whole = match (op, left, right) {
                (BinaryOp::Add, Number::Int(a), Number::Int(b)) => a.checked_add(b),
                (BinaryOp::Subtract, Number::Int(a), Number::Int(b)) => a.checked_sub(b),
                (BinaryOp::Multiply, Number::Int(a), Number::Int(b)) => a.checked_mul(b),
                _ => None,
            };
            Value::Number(whole.map(Number::Int).unwrap_or_else(|| {
                number(match op {
                    BinaryOp::Add => a + b,
                    BinaryOp::Subtract => a - b,
                    BinaryOp::Multiply => a * b,
                    BinaryOp::Divide => a / b,
                    _ => a % b,
                })
            }))
        }
    })
}
