//! What is told by a `count` or `for_each`: whether resources are listed by instance.
//!
//! Baselines, skip lists and registers of exceptions that were written for Checkov name resources as
//! Checkov lists them. It resolves `count` and `for_each` before anything else, by putting texts in the
//! place of references, and where it cannot, the block stays one resource without a key, and stays
//! in the scan even if it makes no instance. This module tells which of the two it is; values are
//! those of Terraform in any case.
//!
//! The rules, found by trying some thousand expressions:
//!
//! - A `for_each` is told if it is made of literals, variables, locals, and functions that Checkov knows
//!   ([`KNOWN`]), or is a plain `for`, as in `[for a in list : a]` or `{ for a in list : a.name => a }`; not if it
//!   has another `for`, an index, or a key that is an expression. A local that calls a function cannot be an
//!   argument of another function.
//! - So is a `count`; one that is zero leaves the block to policies alone.
//! - A condition is told if it is a variable or local of a truth value, or a comparison with a literal.
//!   `!a` and comparisons with `""` are not told. `a != null` and `a > 0` are taken for true, `a == null`
//!   for false: the text of `a` is compared.
//! - In `a && b` and `a || b` the operand counts that is resolved first, the other one is a text, which is
//!   true. Defaults of variables are resolved first, then locals, then what a module call sets.
//! - In a local, `a && b` is told if `b` is resolved first; other operators are not told.

use bastide_hcl::{BinaryOp, Block, Expr, ExprKind, Part};
use bastide_value::{Cause, Value};

use crate::convert::{to_bool, to_number};
use crate::evaluator::{Evaluator, MAX_INSTANCES};
use crate::module::{Evaluated, Memo, Module};

/// What a `count` or `for_each` tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Told {
    /// So many instances.
    Count(usize),
    /// An instance for each key.
    Keys,
    /// Nothing: all instances are listed as one, without a key.
    Nothing,
}

impl Told {
    /// Whether there are instances with keys.
    pub(crate) fn is_something(self) -> bool {
        !matches!(self, Self::Count(0) | Self::Nothing)
    }
}

/// The functions that Checkov evaluates in a `count` or `for_each`.
const KNOWN: [&str; 36] = [
    "abs",
    "ceil",
    "chomp",
    "coalesce",
    "coalescelist",
    "compact",
    "concat",
    "distinct",
    "element",
    "flatten",
    "floor",
    "formatlist",
    "index",
    "keys",
    "length",
    "list",
    "log",
    "lookup",
    "map",
    "matchkeys",
    "max",
    "merge",
    "min",
    "pow",
    "regexall",
    "reverse",
    "signum",
    "sort",
    "split",
    "substr",
    "tobool",
    "tolist",
    "tonumber",
    "toset",
    "try",
    "zipmap",
];

/// Through so many locals and module calls an expression is followed.
const MAX_STEPS: u32 = 64;

/// When a reference is resolved: the round, from zero.
type Round = i32;

/// Before any reference.
const AT_ONCE: Round = -1;
const NEVER: Round = Round::MAX;

/// A condition: what it is taken for, and when.
#[derive(Clone, Copy)]
struct Condition {
    holds: Option<bool>,
    round: Round,
}

impl Condition {
    const UNTOLD: Self = Self {
        holds: None,
        round: NEVER,
    };

    fn at(round: Round, holds: Option<bool>) -> Self {
        Self { holds, round }
    }
}

/// What is known of one module instance in this respect.
pub(crate) struct Sight<'a> {
    locals: &'a [Memo<'a, Option<bool>>],
    rounds: &'a [Memo<'a, Round>],
    call: Memo<'a, Round>,
}

impl<'a> Sight<'a> {
    pub(crate) fn new(arena: &'a bastide_value::Arena, locals: usize) -> Self {
        Self {
            locals: arena.alloc_slice_fill_default(locals),
            rounds: arena.alloc_slice_fill_default(locals),
            call: Memo::default(),
        }
    }
}

impl<'a> Evaluator<'a> {
    /// What `count` or `for_each` of a block tells.
    pub(crate) fn told(&self, module: &'a Module<'a>, block: &'a Block<'a>) -> Told {
        let attribute = |name| block.body.attribute(name);
        if let Some(count) = attribute("count") {
            return self
                .told_count(module, &count.expr, 0)
                .map_or(Told::Nothing, Told::Count);
        }
        let is_root = module.caller.is_none() && block.kind.name == "resource";
        match attribute("for_each") {
            Some(each) if !self.tells_keys(module, &each.expr, is_root) => Told::Nothing,
            _ => Told::Keys,
        }
    }

    fn told_count(&self, module: &'a Module<'a>, expr: &'a Expr<'a>, steps: u32) -> Option<usize> {
        if steps > MAX_STEPS {
            return None;
        }
        match expr.kind {
            ExprKind::Parens(inner) | ExprKind::Template([Part::Interpolation(inner)]) => {
                return self.told_count(module, inner, steps + 1);
            }
            ExprKind::Conditional([condition, yes, no]) => {
                let branch = if self.condition(module, condition, steps + 1).holds? {
                    yes
                } else {
                    no
                };
                return match branch.kind {
                    ExprKind::Conditional(_) | ExprKind::Parens(_) => None,
                    _ => self.told_count(module, branch, steps + 1),
                };
            }
            ExprKind::Get(..) => {
                if let Some((module, expr)) = definition(module, expr)
                    && matches!(expr.kind, ExprKind::Conditional(_))
                {
                    return self.told_count(module, expr, steps + 1);
                }
            }
            _ => {}
        }
        if !self.is_plain(module, expr, false, steps) {
            return None;
        }
        let count = to_number(self.constant(module, expr))?.as_int()?;
        usize::try_from(count)
            .ok()
            .filter(|count| *count <= MAX_INSTANCES)
    }

    fn tells_keys(&self, module: &'a Module<'a>, expr: &'a Expr<'a>, is_root: bool) -> bool {
        match expr.kind {
            ExprKind::Conditional(_) if is_root => false,
            ExprKind::Object(_) => self.is_plain(module, expr, false, 0),
            _ => self.is_plain(module, expr, false, 0) && !leads_out(self.constant(module, expr)),
        }
    }

    /// Whether an expression is resolved; if so, its value is that of Terraform.
    fn is_plain(
        &self,
        module: &'a Module<'a>,
        expr: &'a Expr<'a>,
        is_argument: bool,
        steps: u32,
    ) -> bool {
        if steps > MAX_STEPS {
            return false;
        }
        let all = |all: &[&'a Expr<'a>]| {
            all.iter()
                .all(|expr| self.is_plain(module, expr, is_argument, steps + 1))
        };
        match expr.kind {
            ExprKind::Null | ExprKind::Bool(_) | ExprKind::Number(_) | ExprKind::String(_) => true,
            ExprKind::Template(parts) => parts.iter().all(|part| match part {
                Part::Literal(_) => true,
                Part::Interpolation(inner) => all(&[inner]),
                Part::If(_) | Part::For(_) => false,
            }),
            ExprKind::Parens(inner) => all(&[inner]),
            ExprKind::Get(..) => match names(expr).as_deref() {
                Some(["var" | "local" | "module", ..]) => match definition(module, expr) {
                    Some((_, definition)) if is_argument && is_call(definition) => false,
                    Some((_, definition)) if names_instance(definition) => {
                        !is_argument && module.is_instance()
                    }
                    Some((module, definition)) => {
                        let is_argument =
                            is_argument && !matches!(definition.kind, ExprKind::For(_));
                        self.is_plain(module, definition, is_argument, steps + 1)
                    }
                    None => true,
                },
                _ => false,
            },
            ExprKind::Call(call) => {
                KNOWN.contains(&call.name.name)
                    && call
                        .args
                        .iter()
                        .all(|argument| self.is_plain(module, argument, true, steps + 1))
            }
            ExprKind::Binary(op, left, right) => {
                use BinaryOp::{Add, Divide, Modulo, Multiply, Subtract};
                matches!(op, Add | Subtract | Multiply | Divide | Modulo) && all(&[left, right])
            }
            ExprKind::Conditional([condition, yes, no]) => {
                let told = self.condition(module, condition, steps + 1);
                let branch = match told.holds {
                    Some(true) => yes,
                    Some(false) => no,
                    None => return false,
                };
                told.round <= self.round(module, branch, steps + 1).unwrap_or(0) && all(&[branch])
            }
            ExprKind::Tuple(items) => items.iter().all(|item| all(&[item])),
            ExprKind::Object(items) => {
                let is_literal = |key: &Expr<'_>| {
                    use ExprKind::{Number, String, Variable};
                    matches!(key.kind, Variable(_) | String(_) | Number(_))
                };
                items.iter().all(|item| is_literal(&item.key))
            }
            ExprKind::For(each) => {
                let item = each.value.name;
                let is_item =
                    |expr: &Expr<'_>| matches!(expr.kind, ExprKind::Variable(name) if name == item);
                let result = &each.result;
                // `{ name = a.name, on = true }`
                let is_copy = |expr: &Expr<'_>| match expr.kind {
                    ExprKind::Object(items) => items.iter().all(|it| match it.value.kind {
                        ExprKind::Get(source, _) => is_item(source),
                        ExprKind::Bool(_) | ExprKind::Number(_) | ExprKind::String(_) => true,
                        _ => false,
                    }),
                    _ => false,
                };
                let is_told = match &each.result_key {
                    Some(key) => {
                        let is_literal =
                            matches!(result.kind, ExprKind::Bool(_) | ExprKind::Number(_));
                        matches!(key.kind, ExprKind::Get(source, _) if is_item(source))
                            && (is_literal || is_item(result))
                    }
                    None => is_item(result) || is_copy(result),
                };
                let is_alone = each.key.is_none() && each.condition.is_none() && !is_argument;
                is_alone && is_told && all(&[&each.collection])
            }
            _ => false,
        }
    }

    fn condition(&self, module: &'a Module<'a>, expr: &'a Expr<'a>, steps: u32) -> Condition {
        if steps > MAX_STEPS {
            return Condition::UNTOLD;
        }
        match expr.kind {
            ExprKind::Parens(inner) | ExprKind::Template([Part::Interpolation(inner)]) => {
                self.condition(module, inner, steps + 1)
            }
            ExprKind::Bool(holds) => Condition::at(0, Some(holds)),
            ExprKind::Get(..) => self.reference(module, expr, steps),
            ExprKind::Binary(BinaryOp::And, left, right) => {
                self.junction(module, left, right, true, steps)
            }
            ExprKind::Binary(BinaryOp::Or, left, right) => {
                self.junction(module, left, right, false, steps)
            }
            ExprKind::Binary(op, left, right) => {
                let holds = self.comparison(module, op, left, right, steps);
                match op {
                    // What is told whatever the operand is.
                    BinaryOp::Greater | BinaryOp::Less => Condition::at(AT_ONCE, holds),
                    _ if is_null(left) || is_null(right) => Condition::at(AT_ONCE, holds),
                    _ if holds.is_none() => Condition::UNTOLD,
                    _ => Condition::at(self.round(module, expr, steps).unwrap_or(0), holds),
                }
            }
            ExprKind::Call(_) if !has_text(expr) && self.is_plain(module, expr, false, steps) => {
                let holds = to_bool(self.constant(module, expr));
                Condition::at(self.round(module, expr, steps).unwrap_or(0), holds)
            }
            _ => Condition::UNTOLD,
        }
    }

    fn comparison(
        &self,
        module: &'a Module<'a>,
        op: BinaryOp,
        left: &'a Expr<'a>,
        right: &'a Expr<'a>,
        steps: u32,
    ) -> Option<bool> {
        let is_call = is_call(left);
        match op {
            BinaryOp::Equal | BinaryOp::NotEqual if is_null(left) || is_null(right) => {
                Some(op == BinaryOp::NotEqual)
            }
            BinaryOp::Equal | BinaryOp::NotEqual if is_empty(left) || is_empty(right) => None,
            BinaryOp::NotEqual if is_call => Some(true),
            BinaryOp::Equal | BinaryOp::NotEqual => {
                let both = [left, right];
                let is_told = !is_call
                    && both
                        .iter()
                        .all(|side| self.is_plain(module, side, false, steps + 1));
                let [left, right] = both.map(|side| {
                    is_told
                        .then(|| self.constant(module, side))
                        .and_then(crate::convert::to_text)
                });
                Some((left? == right?) == (op == BinaryOp::Equal))
            }
            BinaryOp::Greater => Some(true),
            BinaryOp::Less if !is_call => Some(false),
            _ => None,
        }
    }

    /// `left && right`, or `left || right`.
    fn junction(
        &self,
        module: &'a Module<'a>,
        left: &'a Expr<'a>,
        right: &'a Expr<'a>,
        is_and: bool,
        steps: u32,
    ) -> Condition {
        if let Some(holds) = compares_with_empty(left) {
            return Condition::at(AT_ONCE, Some(holds));
        }
        let one = match left.kind {
            ExprKind::Binary(BinaryOp::Greater, ..) => Condition::at(AT_ONCE, None),
            _ => self.condition(module, left, steps + 1),
        };
        let other = match compares_with_empty(right) {
            Some(_) => {
                let round = self.round(module, right, steps + 1).unwrap_or(0);
                if one.round <= round {
                    Condition::UNTOLD
                } else {
                    Condition::at(round, None)
                }
            }
            None => self.condition(module, right, steps + 1),
        };
        let round = one.round.min(other.round);
        let holds = match (is_and, one.round.cmp(&other.round)) {
            (true, std::cmp::Ordering::Less) => one.holds,
            (true, std::cmp::Ordering::Greater) => other.holds,
            (false, std::cmp::Ordering::Less) => one.holds.map(|_| true),
            (false, std::cmp::Ordering::Greater) => one.holds,
            (_, std::cmp::Ordering::Equal) => match (one.holds, other.holds) {
                // In a module that is called, whichever is true comes first.
                (Some(one), Some(other)) if is_and && module.caller.is_some() => Some(one || other),
                (Some(one), Some(other)) if is_and => Some(one && other),
                (Some(one), Some(other)) => Some(one || other),
                // What is not told is a text.
                (one, other) if is_and && round != NEVER => one.or(other),
                _ => None,
            },
        };
        Condition::at(round, holds)
    }

    /// `var.a`, `local.a.b`
    fn reference(&self, module: &'a Module<'a>, expr: &'a Expr<'a>, steps: u32) -> Condition {
        let round = self.round(module, expr, steps).unwrap_or(0);
        let holds = match (names(expr).as_deref(), definition(module, expr)) {
            (Some(["local", name]), Some((_, definition))) => {
                let local = module.directory.locals.index(name);
                local.and_then(|local| self.defined_local(module, local, definition, steps))
            }
            (Some([_, _]), Some((_, argument))) if names_instance(argument) => module
                .is_instance()
                .then(|| self.constant(module, expr))
                .and_then(to_bool),
            (Some([_, _]), Some((outer, argument))) => self.defined(outer, argument, steps + 1),
            (Some(["var" | "local" | "module", ..]), _) => {
                let is_plain = self.is_plain(module, expr, false, steps + 1);
                is_plain
                    .then(|| to_bool(self.constant(module, expr)))
                    .flatten()
            }
            _ => None,
        };
        match self.is_unset(module, expr) {
            true => Condition::UNTOLD,
            false => Condition::at(round, holds),
        }
    }

    /// Whether this is a variable that nothing sets, or what is no variable: it stays as it is.
    fn is_unset(&self, module: &'a Module<'a>, expr: &'a Expr<'a>) -> bool {
        match names(expr).as_deref() {
            Some(["var", name, ..]) => {
                let is_unset = |value| matches!(value, Value::Null | Value::Unknown(_));
                module.argument(name).is_none() && is_unset(self.constant(module, expr))
            }
            Some(["local" | "module", ..]) => false,
            _ => true,
        }
    }

    fn defined_local(
        &self,
        module: &'a Module<'a>,
        local: usize,
        definition: &'a Expr<'a>,
        steps: u32,
    ) -> Option<bool> {
        let memo = &module.sight.locals[local];
        match memo.get() {
            Evaluated::Done(holds) => holds,
            Evaluated::Running => None,
            Evaluated::No => {
                memo.set(Evaluated::Running);
                let holds = self.defined(module, definition, steps + 1);
                memo.set(Evaluated::Done(holds));
                holds
            }
        }
    }

    /// What a local, or an argument of a module call, is taken for.
    fn defined(&self, module: &'a Module<'a>, expr: &'a Expr<'a>, steps: u32) -> Option<bool> {
        match expr.kind {
            ExprKind::Parens(inner) => self.defined(module, inner, steps + 1),
            ExprKind::Bool(_) | ExprKind::Get(..) => self.condition(module, expr, steps).holds,
            ExprKind::String(text) => to_bool(Value::String(text)),
            ExprKind::Binary(op @ (BinaryOp::And | BinaryOp::Or), left, right) => {
                let [one, other] = [left, right].map(|side| match side.kind {
                    ExprKind::Get(..) | ExprKind::Parens(_) => {
                        self.condition(module, side, steps + 1)
                    }
                    ExprKind::Binary(BinaryOp::And | BinaryOp::Or, ..) => {
                        let round = self.round(module, side, steps + 1).unwrap_or(0);
                        Condition::at(round, None)
                    }
                    ExprKind::Binary(..) => Condition::at(AT_ONCE, None),
                    _ => Condition::UNTOLD,
                });
                let first = if op == BinaryOp::And { other } else { one };
                first.holds.filter(|_| other.round < one.round)
            }
            ExprKind::Binary(op @ (BinaryOp::Equal | BinaryOp::NotEqual), left, right) => {
                let is_told = [left, right].iter().any(|side| {
                    names(side).is_some_and(|it| it[0] == "var") && self.is_unset(module, side)
                });
                is_told.then_some(op == BinaryOp::NotEqual)
            }
            ExprKind::Call(_) => self.condition(module, expr, steps).holds,
            _ => None,
        }
    }

    /// When all references in an expression are resolved; `None` if there is none.
    fn round(&self, module: &'a Module<'a>, expr: &'a Expr<'a>, steps: u32) -> Option<Round> {
        if steps > MAX_STEPS {
            return Some(NEVER - 2);
        }
        let mut last = None;
        crate::references::each_name(expr, &mut |names: &[&'a str]| {
            let round = match *names {
                ["each" | "count" | "path" | "self" | "terraform", ..] => return,
                ["var", name, ..] if module.argument(name).is_some() => {
                    self.round_of_call(module, steps + 1)
                }
                ["local", name, ..] => match module.directory.locals.index(name) {
                    Some(local) => self.round_of_local(module, local, steps + 1),
                    None => 0,
                },
                _ => 0,
            };
            last = last.max(Some(round));
        });
        last
    }

    fn round_of_local(&self, module: &'a Module<'a>, local: usize, steps: u32) -> Round {
        let memo = &module.sight.rounds[local];
        if let Evaluated::Done(round) = memo.get() {
            return round;
        }
        if let Evaluated::Running = memo.get() {
            return 0;
        }
        memo.set(Evaluated::Running);
        let (_, expr) = module.directory.locals.item(local);
        let round = self.round(module, expr, steps).map_or(0, |round| round + 1);
        memo.set(Evaluated::Done(round));
        round
    }

    /// When what the call of a module sets is resolved: once all that it names is.
    fn round_of_call(&self, module: &'a Module<'a>, steps: u32) -> Round {
        let Some(caller) = module.caller else {
            return 0;
        };
        match module.sight.call.get() {
            Evaluated::Done(round) => return round,
            Evaluated::Running => return 0,
            Evaluated::No => {}
        }
        module.sight.call.set(Evaluated::Running);
        let arguments = caller.call.body.attributes();
        let rounds = arguments.filter_map(|it| self.round(caller.module, &it.expr, steps));
        let round = rounds.max().map_or(1, |round| round + 2);
        module.sight.call.set(Evaluated::Done(round));
        round
    }
}

/// The names of `a.b.c`.
fn names<'a>(mut expr: &Expr<'a>) -> Option<Vec<&'a str>> {
    let mut names = Vec::new();
    while let ExprKind::Get(source, name) = expr.kind {
        names.push(name.name);
        expr = source;
    }
    let ExprKind::Variable(root) = expr.kind else {
        return None;
    };
    names.push(root);
    names.reverse();
    Some(names)
}

/// What `local.a` or `var.a` is set to in the configuration, and in which module that stands. `None`
/// for a variable that no call sets.
fn definition<'a>(
    module: &'a Module<'a>,
    expr: &Expr<'a>,
) -> Option<(&'a Module<'a>, &'a Expr<'a>)> {
    match names(expr)?[..] {
        ["local", name, ..] => {
            let local = module.directory.locals.index(name)?;
            Some((module, module.directory.locals.item(local).1))
        }
        ["var", name, ..] => Some((module.caller?.module, module.argument(name)?)),
        _ => None,
    }
}

/// `each.key`, `each.value`, `count.index`
fn names_instance(expr: &Expr<'_>) -> bool {
    matches!(names(expr).as_deref(), Some(["each" | "count", _]))
}

/// Whether a value hangs on what is not in the tree or not set.
fn leads_out(value: Value<'_>) -> bool {
    match value {
        Value::Unknown(unknown) => {
            matches!(unknown.cause, Cause::Module(_) | Cause::NoDefault(_))
        }
        Value::Map(map) => map
            .entries()
            .iter()
            .any(|entry| leads_out(entry.node.value)),
        Value::List(items) => items.iter().any(|item| leads_out(item.value)),
        _ => false,
    }
}

/// `a == ""` is taken for false, `a != ""` for true, where it stands first.
fn compares_with_empty(expr: &Expr<'_>) -> Option<bool> {
    match expr.kind {
        ExprKind::Binary(op @ (BinaryOp::Equal | BinaryOp::NotEqual), left, right)
            if is_empty(left) || is_empty(right) =>
        {
            Some(op == BinaryOp::NotEqual)
        }
        _ => None,
    }
}

fn is_empty(expr: &Expr<'_>) -> bool {
    expr.as_str() == Some("")
}

fn is_null(expr: &Expr<'_>) -> bool {
    matches!(expr.kind, ExprKind::Null)
}

fn is_call(expr: &Expr<'_>) -> bool {
    matches!(expr.kind, ExprKind::Call(_))
}

/// Whether a text is among the arguments of a call.
fn has_text(expr: &Expr<'_>) -> bool {
    match expr.kind {
        ExprKind::String(_) | ExprKind::Template(_) => true,
        ExprKind::Call(call) => call.args.iter().any(has_text),
        _ => false,
    }
}
