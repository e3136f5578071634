//! What names mean at one place.

use bastide_value::Value;

use crate::module::Module;
use crate::place::Place;

/// Where an expression stands: in which module instance, in which instance of a block, and inside
/// of which `for` expressions and dynamic blocks.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'s, 'a> {
    pub(crate) module: &'a Module<'a>,
    pub(crate) each: Repeated<'a>,
    bindings: Option<&'s Binding<'s, 'a>>,
}

/// `each` and `count` of the block around an expression.
#[derive(Clone, Copy)]
pub(crate) enum Repeated<'a> {
    /// Neither `count` nor `for_each` is set.
    None,
    /// `count.index`
    Count(Value<'a>),
    /// `each.key`, `each.value`
    Each(Value<'a>, Value<'a>),
}

struct Binding<'s, 'a> {
    name: &'a str,
    place: Place<'a>,
    outer: Option<&'s Binding<'s, 'a>>,
}

/// The name under which the item of a splat is bound. No identifier can be empty.
const SPLAT_ITEM: &str = "";

impl<'s, 'a> Scope<'s, 'a> {
    pub(crate) fn new(module: &'a Module<'a>, each: Repeated<'a>) -> Self {
        Self {
            module,
            each,
            bindings: None,
        }
    }

    /// Runs `inner` with one more name bound.
    pub(crate) fn bind<T>(
        self,
        name: &'a str,
        place: Place<'a>,
        inner: impl FnOnce(Scope<'_, 'a>) -> T,
    ) -> T {
        let binding = Binding {
            name,
            place,
            outer: self.bindings,
        };
        inner(Scope {
            module: self.module,
            each: self.each,
            bindings: Some(&binding),
        })
    }

    /// Runs `inner` with the item of a splat bound.
    pub(crate) fn bind_item<T>(self, item: Place<'a>, inner: impl FnOnce(Scope<'_, 'a>) -> T) -> T {
        self.bind(SPLAT_ITEM, item, inner)
    }

    /// What a name is bound to, the innermost first.
    pub(crate) fn bound(&self, name: &str) -> Option<Place<'a>> {
        let mut binding = self.bindings;
        while let Some(Binding {
            name: bound,
            place,
            outer,
        }) = binding
        {
            if *bound == name {
                return Some(*place);
            }
            binding = *outer;
        }
        None
    }

    /// The item of the innermost splat.
    pub(crate) fn item(&self) -> Option<Place<'a>> {
        self.bound(SPLAT_ITEM)
    }
}
