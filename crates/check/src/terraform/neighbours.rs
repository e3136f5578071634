//! Resources that belong to the same other resource.

use std::cell::RefCell;
use std::collections::HashMap;

use bastide_terraform::Resource;
use bastide_value::{Node, Value};

/// The resources of an evaluation, found by what they belong to.
pub struct Neighbours<'e, 'a> {
    resources: &'e [&'e Resource<'a>],
    /// By type and attribute, made when they are asked for: by module and owner.
    owned: RefCell<HashMap<(&'static str, &'static str), Owned<'e, 'a>>>,
}

type Owned<'e, 'a> = HashMap<(&'a str, String), &'e Resource<'a>>;

impl<'e, 'a> Neighbours<'e, 'a> {
    /// The resources of an evaluation.
    pub(crate) fn new(resources: &'e [&'e Resource<'a>]) -> Self {
        Self {
            resources,
            owned: RefCell::default(),
        }
    }

    /// The first resource of a type that belongs to what another belongs to, by an attribute that
    /// both have.
    pub(crate) fn beside(
        &self,
        resource: &Resource<'a>,
        kind: &'static str,
        attribute: &'static str,
    ) -> Option<&'e Resource<'a>> {
        let owner = owner_in(resource.get(attribute)?)?;
        let mut owned = self.owned.borrow_mut();
        let of_kind = owned.entry((kind, attribute)).or_insert_with(|| {
            let mut of_kind = Owned::new();
            for one in self.resources.iter().filter(|one| one.kind == kind) {
                if let Some(owner) = one.get(attribute).and_then(owner_in) {
                    of_kind.entry((one.module, owner)).or_insert(one);
                }
            }
            of_kind
        });
        of_kind.get(&(resource.module, owner)).copied()
    }

    /// The resource that an attribute of another names.
    pub(crate) fn named_in(
        &self,
        resource: &Resource<'a>,
        attribute: &str,
    ) -> Option<&'e Resource<'a>> {
        let owner = owner_in(resource.get(attribute)?)?;
        let mut all = self.resources.iter();
        let found = all.find(|one| {
            let own = one.address.strip_prefix(one.module);
            one.module == resource.module && own == Some(owner.as_str())
        });
        found.copied()
    }
}

/// What an attribute names: a reference without its last step, or a text.
fn owner_in(node: &Node<'_>) -> Option<String> {
    let text = match node.value {
        Value::String(text) => text,
        Value::Unknown(unknown) => unknown.expression,
        _ => return None,
    };
    let text = text.strip_prefix("${").unwrap_or(text);
    let text = text.strip_suffix('}').unwrap_or(text);
    Some(
        text.rsplit_once('.')
            .map_or(text, |(owner, _)| owner)
            .to_owned(),
    )
}
