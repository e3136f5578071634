//! What a traversal stands at while it is followed: `module.network` is not yet a value, its
//! outputs are evaluated only when one is named. So two modules may use outputs of each other, as
//! long as no output needs itself.

use bastide_value::{Cause, Map, Node, Value};

use crate::configuration::Mode;
use crate::evaluator::{Evaluator, known};
use crate::module::{Instances, Module};
use crate::policy;

/// A value, or what may become one by the next step.
#[derive(Clone, Copy)]
pub(crate) enum Place<'a> {
    Value(Value<'a>),
    /// `var`, `local`, `module`, `data` and the like.
    Root(&'a Module<'a>, Root),
    /// `aws_instance`, `data.aws_ami`: the name is still to come.
    Type(&'a Module<'a>, Mode, &'a str),
    /// `aws_instance.web`: perhaps with a key still to come.
    Resource(&'a Module<'a>, usize),
    /// One instance of it.
    Instance(&'a Module<'a>, usize, Map<'a>),
    /// `module.network`: perhaps with a key still to come.
    Call(&'a Module<'a>, usize),
    /// One instance of it; `None` if it was not evaluated.
    Called(&'a Module<'a>, usize, Option<&'a Module<'a>>),
}

/// The first name of a traversal that is a keyword.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Root {
    Var,
    Local,
    Module,
    Data,
    Each,
    Count,
    Path,
    Terraform,
}

impl Root {
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "var" => Self::Var,
            "local" => Self::Local,
            "module" => Self::Module,
            "data" => Self::Data,
            "each" => Self::Each,
            "count" => Self::Count,
            "path" => Self::Path,
            "terraform" => Self::Terraform,
            _ => return None,
        })
    }
}

/// What a step that leads nowhere makes.
pub(crate) type Step<'a> = Result<Place<'a>, Cause<'a>>;

impl<'a> Evaluator<'a> {
    /// `place.name`
    pub(crate) fn get(&self, place: Place<'a>, name: &'a str) -> Step<'a> {
        match place {
            Place::Value(value) => self.get_of_value(value, name).map(Place::Value),
            Place::Root(module, Root::Data) => Ok(Place::Type(module, Mode::Data, name)),
            Place::Root(module, root) => self.get_of_root(module, root, name),
            Place::Type(module, mode, kind) => {
                match module.directory.resource_index.get(&(mode, kind, name)) {
                    Some(&index) => Ok(Place::Resource(module, index)),
                    None => Err(self.undeclared(mode, kind, name)),
                }
            }
            Place::Resource(module, index) => match self.resource(module, index)? {
                Instances::One(map) | Instances::Some(map) => {
                    self.get_of_instance(module, index, map, name)
                }
                Instances::Count(_) | Instances::Each(_) => {
                    let address = self.address(module, index);
                    let message = format!("`{address}` has several instances: a key is missing");
                    Err(Cause::Invalid(self.arena.alloc_str(&message)))
                }
            },
            Place::Instance(module, index, map) => self.get_of_instance(module, index, map, name),
            Place::Call(module, index) => match self.call(module, index)? {
                Instances::One(called) | Instances::Some(called) => {
                    self.output(module, index, called, name)
                }
                Instances::Count(_) | Instances::Each(_) => {
                    let (call, _) = module.directory.calls.item(index);
                    let message =
                        format!("`module.{call}` has several instances: a key is missing");
                    Err(Cause::Invalid(self.arena.alloc_str(&message)))
                }
            },
            Place::Called(module, index, called) => self.output(module, index, called, name),
        }
    }

    fn get_of_root(&self, module: &'a Module<'a>, root: Root, name: &'a str) -> Step<'a> {
        let directory = module.directory;
        match root {
            Root::Var => match directory.variables.index(name) {
                Some(index) => self.variable(module, index).map(Place::Value),
                None => Err(Cause::Undeclared(
                    self.arena.alloc_str(&format!("var.{name}")),
                )),
            },
            Root::Local => match directory.locals.index(name) {
                Some(index) => self.local(module, index).map(Place::Value),
                None => Err(Cause::Undeclared(
                    self.arena.alloc_str(&format!("local.{name}")),
                )),
            },
            Root::Module => match directory.calls.index(name) {
                Some(index) => Ok(Place::Call(module, index)),
                None => Err(Cause::Undeclared(
                    self.arena.alloc_str(&format!("module.{name}")),
                )),
            },
            Root::Path => {
                let root = module.root().directory.path;
                let path = match name {
                    "module" => relative(root, directory.path),
                    "root" => ".".to_owned(),
                    _ => return Err(Cause::Impure("path.cwd")),
                };
                Ok(Place::Value(Value::String(self.arena.alloc_str(&path))))
            }
            Root::Terraform => Ok(Place::Value(Value::String("default"))),
            Root::Data | Root::Each | Root::Count => Err(Cause::Invalid("not a value")),
        }
    }

    fn get_of_instance(
        &self,
        module: &'a Module<'a>,
        index: usize,
        map: Map<'a>,
        name: &'a str,
    ) -> Step<'a> {
        match map.get(name).map(|node| node.value) {
            Some(value) if !value.is_null() => Ok(Place::Value(value)),
            _ => {
                let declared = &module.directory.resources[index];
                if (declared.mode, declared.kind) == (Mode::Data, policy::KIND)
                    && let Some(text) = self.policy_document(map, name, declared.block.span)
                {
                    return Ok(Place::Value(text));
                }
                let address = format!("{}.{name}", self.address(module, index));
                let address = self.arena.alloc_str(&address);
                Err(match declared.mode {
                    Mode::Data => Cause::DataSource(address),
                    _ => Cause::Computed(address),
                })
            }
        }
    }

    fn get_of_value(&self, value: Value<'a>, name: &str) -> Result<Value<'a>, Cause<'a>> {
        match value {
            Value::Unknown(unknown) => Err(unknown.cause),
            // Nested blocks of a resource: a single one may be read without an index.
            Value::Blocks([block]) => self.get_of_value(block.value, name),
            Value::Map(map) => map.get(name).map(|node| node.value).ok_or_else(|| {
                Cause::Invalid(self.arena.alloc_str(&format!("there is no `{name}` in it")))
            }),
            other => Err(Cause::Invalid(self.arena.alloc_str(&format!(
                "a {} has no attribute `{name}`",
                other.type_name()
            )))),
        }
    }

    /// `place[key]`
    pub(crate) fn index(&self, place: Place<'a>, key: Value<'a>) -> Step<'a> {
        if let Value::Unknown(unknown) = key
            && !matches!(place, Place::Resource(..) | Place::Call(..))
        {
            return Err(unknown.cause);
        }
        match place {
            Place::Resource(module, index) => {
                let instances = self.resource(module, index)?;
                match instances.get(key) {
                    Some(map) => Ok(Place::Instance(module, index, map)),
                    None => Err(self.no_instance(&self.address(module, index), key)),
                }
            }
            Place::Call(module, index) => match self.call(module, index)?.get(key) {
                Some(called) => Ok(Place::Called(module, index, called)),
                None => {
                    let (call, _) = module.directory.calls.item(index);
                    Err(self.no_instance(&format!("module.{call}"), key))
                }
            },
            // `data["aws_ami"]` and the like are not references that Terraform knows.
            Place::Root(..) | Place::Type(..) => Err(Cause::Invalid("not a value")),
            place => self
                .index_of_value(self.value(place)?, key)
                .map(Place::Value),
        }
    }

    fn no_instance(&self, address: &str, key: Value<'a>) -> Cause<'a> {
        match key {
            Value::Unknown(unknown) => unknown.cause,
            key => {
                let message = format!("`{address}` has no instance {key}");
                Cause::Invalid(self.arena.alloc_str(&message))
            }
        }
    }

    fn index_of_value(&self, value: Value<'a>, key: Value<'a>) -> Result<Value<'a>, Cause<'a>> {
        match (value, key) {
            (Value::Unknown(unknown), _) => Err(unknown.cause),
            (Value::Map(_), Value::String(name)) => self.get_of_value(value, name),
            // An object in JSON may have been taken for a block.
            (Value::Blocks([block]), Value::String(name)) if name.parse::<u64>().is_err() => {
                self.get_of_value(block.value, name)
            }
            (Value::Map(_), Value::Number(number)) => self.get_of_value(value, &number.to_string()),
            (Value::List(items) | Value::Blocks(items), key) => {
                let index = crate::convert::to_number(key).and_then(|number| number.as_int());
                let item = index.and_then(|index| items.get(usize::try_from(index).ok()?));
                item.map(|item| item.value).ok_or_else(|| {
                    let message = format!("a list of {} items has no item {key}", items.len());
                    Cause::Invalid(self.arena.alloc_str(&message))
                })
            }
            (other, _) => {
                let message = format!("a {} has no items", other.type_name());
                Err(Cause::Invalid(self.arena.alloc_str(&message)))
            }
        }
    }

    /// The value that stands at a place where a traversal ends.
    pub(crate) fn value(&self, place: Place<'a>) -> Result<Value<'a>, Cause<'a>> {
        match place {
            Place::Value(value) => Ok(value),
            Place::Resource(module, index) => Ok(match self.resource(module, index)? {
                Instances::One(map) => Value::Map(map),
                Instances::Some(_) => {
                    let address = self.arena.alloc_str(&self.address(module, index));
                    return Err(Cause::Computed(address));
                }
                Instances::Count(maps) => self.list(maps.iter().map(|&map| Value::Map(map))),
                Instances::Each(maps) => {
                    self.map(maps.iter().map(|&(key, map)| (key, Value::Map(map))))
                }
            }),
            Place::Instance(_, _, map) => Ok(Value::Map(map)),
            Place::Call(module, index) => Ok(match self.call(module, index)? {
                Instances::One(called) | Instances::Some(called) => {
                    self.outputs(module, index, called)
                }
                Instances::Count(all) => self.list(
                    all.iter()
                        .map(|&called| self.outputs(module, index, called)),
                ),
                Instances::Each(all) => self.map(
                    all.iter()
                        .map(|&(key, called)| (key, self.outputs(module, index, called))),
                ),
            }),
            Place::Called(module, index, called) => Ok(self.outputs(module, index, called)),
            Place::Type(_, _, name) => Err(Cause::Undeclared(name)),
            Place::Root(..) => Err(Cause::Invalid("not a value")),
        }
    }

    /// The items of a splat over a place, as places of their own. One value is a list of itself.
    pub(crate) fn items(&self, place: Place<'a>) -> Result<Vec<Place<'a>>, Cause<'a>> {
        Ok(match place {
            Place::Resource(module, index) => {
                let instances = self.resource(module, index)?;
                instances
                    .iter()
                    .map(|(_, map)| Place::Instance(module, index, map))
                    .collect()
            }
            Place::Call(module, index) => {
                let instances = self.call(module, index)?;
                instances
                    .iter()
                    .map(|(_, called)| Place::Called(module, index, called))
                    .collect()
            }
            place => match known(self.value(place)?)? {
                Value::Null => Vec::new(),
                Value::List(items) | Value::Blocks(items) => {
                    items.iter().map(|item| Place::Value(item.value)).collect()
                }
                value => vec![Place::Value(value)],
            },
        })
    }

    /// Keys and items of what a `for` goes through, items as places of their own.
    pub(crate) fn entries(
        &self,
        place: Place<'a>,
    ) -> Result<Vec<(Value<'a>, Place<'a>)>, Cause<'a>> {
        match place {
            Place::Resource(module, index) => {
                let key = |key: crate::module::Key<'a>| self.key_value(key);
                match self.resource(module, index)? {
                    instances @ (Instances::Count(_) | Instances::Each(_)) => Ok(instances
                        .iter()
                        .map(|(at, map)| (key(at), Place::Instance(module, index, map)))
                        .collect()),
                    Instances::One(map) => self.entries(Place::Value(Value::Map(map))),
                    Instances::Some(_) => Err(Cause::Computed(
                        self.arena.alloc_str(&self.address(module, index)),
                    )),
                }
            }
            Place::Call(module, index) => {
                let instances = self.call(module, index)?;
                Ok(instances
                    .iter()
                    .map(|(at, called)| (self.key_value(at), Place::Called(module, index, called)))
                    .collect())
            }
            place => match known(self.value(place)?)? {
                Value::List(items) | Value::Blocks(items) => Ok(items
                    .iter()
                    .enumerate()
                    .map(|(index, item)| (Value::int(index as i64), Place::Value(item.value)))
                    .collect()),
                Value::Map(map) => Ok(sorted(map)
                    .into_iter()
                    .map(|(key, node)| (Value::String(key), Place::Value(node.value)))
                    .collect()),
                other => Err(Cause::Invalid(self.arena.alloc_str(&format!(
                    "`for` goes through lists and maps, not through a {}",
                    other.type_name()
                )))),
            },
        }
    }

    fn key_value(&self, key: crate::module::Key<'a>) -> Value<'a> {
        match key {
            crate::module::Key::None => Value::Null,
            crate::module::Key::Index(index) => Value::int(index as i64),
            crate::module::Key::Name(name) => Value::String(name),
        }
    }
}

/// The path that leads from one folder to another.
fn relative(from: &str, to: &str) -> String {
    let parts = |path| str::split(path, '/').filter(|part: &&str| !part.is_empty());
    let shared = parts(from)
        .zip(parts(to))
        .take_while(|(one, two)| one == two)
        .count();
    let up = parts(from).skip(shared).map(|_| "..");
    let path: Vec<&str> = up.chain(parts(to).skip(shared)).collect();
    if path.is_empty() {
        ".".to_owned()
    } else {
        path.join("/")
    }
}

/// The entries of a map by key, of repeated keys the last: the order in which Terraform goes
/// through maps.
pub(crate) fn sorted(map: Map<'_>) -> Vec<(&str, &Node<'_>)> {
    let mut entries: Vec<_> = map
        .entries()
        .iter()
        .map(|entry| (entry.key, &entry.node))
        .collect();
    entries.reverse();
    entries.sort_by_key(|(key, _)| *key);
    entries.dedup_by_key(|(key, _)| *key);
    entries
}
