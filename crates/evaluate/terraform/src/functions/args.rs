use std::borrow::Cow;

use bastide_source::Span;
use bastide_value::{Cause, Map, Node, Number, Value};

use crate::convert;
use crate::evaluator::Evaluator;
use crate::module::Module;

/// The arguments of one call.
pub(crate) struct Args<'s, 'a> {
    pub(crate) values: &'s [Value<'a>],
    pub(crate) evaluator: &'s Evaluator<'a>,
    /// The module in which the call is written.
    pub(crate) module: &'a Module<'a>,
    /// Where the call is written.
    pub(crate) span: Span,
}

type Result<'a, T> = std::result::Result<T, Cause<'a>>;

impl<'a> Args<'_, 'a> {
    pub(crate) fn value(&self, index: usize) -> Result<'a, Value<'a>> {
        self.values
            .get(index)
            .copied()
            .ok_or(Cause::Invalid("an argument is missing"))
    }

    pub(crate) fn text(&self, index: usize) -> Result<'a, Cow<'a, str>> {
        convert::to_text(self.value(index)?).ok_or(Cause::Invalid("an argument is not a text"))
    }

    pub(crate) fn number(&self, index: usize) -> Result<'a, Number> {
        let number = convert::to_number(self.value(index)?);
        number.ok_or(Cause::Invalid("an argument is not a number"))
    }

    /// A whole number.
    pub(crate) fn int(&self, index: usize) -> Result<'a, i64> {
        let int = self.number(index)?.as_int();
        int.ok_or(Cause::Invalid("an argument is not a whole number"))
    }

    pub(crate) fn list(&self, index: usize) -> Result<'a, &'a [Node<'a>]> {
        let list = self.value(index)?.as_list();
        list.ok_or(Cause::Invalid("an argument is not a list"))
    }

    pub(crate) fn map(&self, index: usize) -> Result<'a, Map<'a>> {
        self.value(index)?
            .as_map()
            .ok_or(Cause::Invalid("an argument is not a map"))
    }

    /// A text made by a function, as a value.
    pub(crate) fn give(&self, text: impl AsRef<str>) -> Value<'a> {
        self.evaluator.spend(text.as_ref().len());
        Value::String(self.evaluator.arena.alloc_str(text.as_ref()))
    }

    /// A list made by a function, as a value.
    pub(crate) fn give_list(&self, nodes: &[Node<'a>]) -> Value<'a> {
        self.evaluator.spend(size_of_val(nodes));
        Value::List(self.evaluator.arena.alloc_slice_copy(nodes))
    }
}
