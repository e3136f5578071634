//! One instance of a module: what is known of it so far.

use std::cell::Cell;

use bastide_hcl::{Block, Expr};
use bastide_value::{Arena, Map, Value};

use crate::configuration::Directory;
use crate::scope::Repeated;
use crate::told::{Sight, Told};

/// A module instance. Everything in it is evaluated when it is first asked for, and kept.
pub(crate) struct Module<'a> {
    pub(crate) directory: &'a Directory<'a>,
    /// `module.a["k"].module.b.`, empty for a root module.
    pub(crate) prefix: &'a str,
    /// The same as reports give it: without the keys of calls that are listed as one.
    pub(crate) listed: &'a str,
    /// The call that made it; `None` for a root module.
    pub(crate) caller: Option<Caller<'a>>,
    /// The calls that lead here, the outermost first.
    pub(crate) callers: &'a [&'a Block<'a>],
    pub(crate) variables: &'a [Memo<'a, Value<'a>>],
    pub(crate) locals: &'a [Memo<'a, Value<'a>>],
    pub(crate) outputs: &'a [Memo<'a, Value<'a>>],
    pub(crate) resources: &'a [Memo<'a, Instances<'a, Map<'a>>>],
    pub(crate) calls: &'a [Memo<'a, Instances<'a, Option<&'a Module<'a>>>>],
    pub(crate) sight: Sight<'a>,
}

/// Where a module instance was called.
#[derive(Clone, Copy)]
pub(crate) struct Caller<'a> {
    pub(crate) module: &'a Module<'a>,
    pub(crate) call: &'a Block<'a>,
    pub(crate) each: Repeated<'a>,
}

/// Something that is evaluated at most once.
pub(crate) type Memo<'a, T> = Cell<Evaluated<T>>;

/// How far an evaluation is.
#[derive(Clone, Copy, Default)]
pub(crate) enum Evaluated<T> {
    /// Not begun.
    #[default]
    No,
    /// Begun: whoever asks for it now is part of a cycle.
    Running,
    /// Done.
    Done(T),
}

/// What `count` or `for_each` makes of one block.
#[derive(Clone, Copy)]
pub(crate) enum Instances<'a, T> {
    /// Neither is set.
    One(T),
    /// `count`
    Count(&'a [T]),
    /// `for_each`, sorted by key.
    Each(&'a [(&'a str, T)]),
    /// One of them is set, to something unknown: this stands for all instances.
    Some(T),
}

/// A key of an instance as it stands in its address.
#[derive(Clone, Copy)]
pub(crate) enum Key<'a> {
    None,
    Index(usize),
    Name(&'a str),
}

impl<'a> Module<'a> {
    /// The module itself, the one that calls it, and so on up to the root module.
    pub(crate) fn lineage(&'a self) -> impl Iterator<Item = &'a Self> {
        std::iter::successors(Some(self), |module| module.caller.map(|it| it.module))
    }

    pub(crate) fn new(
        arena: &'a Arena,
        directory: &'a Directory<'a>,
        prefix: &'a str,
        listed: &'a str,
        caller: Option<Caller<'a>>,
    ) -> &'a Self {
        fn memos<T: Copy>(arena: &Arena, count: usize) -> &[Memo<'_, T>] {
            arena.alloc_slice_fill_with(count, |_| Cell::new(Evaluated::No))
        }
        let callers: &[&Block<'_>] = match caller {
            Some(Caller { module, call, .. }) => {
                let callers = module.callers.iter().copied().chain([call]);
                arena.alloc_slice_fill_iter(callers.collect::<Vec<_>>())
            }
            None => &[],
        };
        arena.alloc(Self {
            directory,
            prefix,
            listed,
            caller,
            callers,
            variables: memos(arena, directory.variables.len()),
            locals: memos(arena, directory.locals.len()),
            outputs: memos(arena, directory.outputs.len()),
            resources: memos(arena, directory.resources.len()),
            calls: memos(arena, directory.calls.len()),
            sight: Sight::new(arena, directory.locals.len()),
        })
    }

    /// Whether it is an instance of its own in reports, so that `each` is known.
    pub(crate) fn is_instance(&self) -> bool {
        self.prefix == self.listed && self.prefix.ends_with("].")
    }

    /// What the call of this module sets a variable to.
    pub(crate) fn argument(&self, name: &str) -> Option<&'a Expr<'a>> {
        let argument = self.caller?.call.body.attribute(name)?;
        Some(&argument.expr)
    }

    /// The root module above this one, or this one itself.
    pub(crate) fn root(&'a self) -> &'a Self {
        let mut module = self;
        while let Some(Caller { module: outer, .. }) = module.caller {
            module = outer;
        }
        module
    }
}

impl<'a, T: Copy> Instances<'a, T> {
    /// Each instance with its key.
    pub(crate) fn iter(self) -> impl Iterator<Item = (Key<'a>, T)> {
        let (one, count, each): (Option<T>, &[T], &[(&str, T)]) = match self {
            Self::One(one) | Self::Some(one) => (Some(one), &[], &[]),
            Self::Count(items) => (None, items, &[]),
            Self::Each(items) => (None, &[], items),
        };
        let one = one.into_iter().map(|item| (Key::None, item));
        let count = count
            .iter()
            .enumerate()
            .map(|(index, &item)| (Key::Index(index), item));
        let each = each.iter().map(|&(key, item)| (Key::Name(key), item));
        one.chain(count).chain(each)
    }

    pub(crate) fn is_empty(self) -> bool {
        self.iter().next().is_none()
    }

    /// Whether there are instances with keys, of which more is known than of all.
    pub(crate) fn have_keys(self) -> bool {
        matches!(self, Self::Count(_) | Self::Each(_))
    }

    /// Whether the instances are those that `count` or `for_each` tells of: not if there is none, or if
    /// they are unknown but told.
    pub(crate) fn are_known_by(self, told: Told) -> bool {
        match (self, told) {
            (Self::Some(_), Told::Count(1..)) => false,
            _ => !self.is_empty(),
        }
    }

    /// The instance at a key; for unknown instances, the one that stands for all.
    pub(crate) fn get(self, key: Value<'_>) -> Option<T> {
        match self {
            Self::One(_) => None,
            Self::Some(item) => Some(item),
            Self::Count(items) => items.get(usize::try_from(key.as_int()?).ok()?).copied(),
            Self::Each(items) => {
                let key = key.as_str()?;
                let found = items.binary_search_by(|(name, _)| (*name).cmp(key)).ok()?;
                Some(items[found].1)
            }
        }
    }
}

impl std::fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::Index(index) => write!(f, "[{index}]"),
            Self::Name(name) => write!(f, "[\"{name}\"]"),
        }
    }
}
