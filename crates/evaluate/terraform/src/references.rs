//! Which resources name which: the edges that checks on several resources go along.
//!
//! There are three ways from one resource to another. Its block names it (`aws_vpc.main.id`, also
//! in `count` or `depends_on`); its value came from it through variables and locals; or its block
//! names an output of a module whose expression names it. Two more resources belong together that
//! name nothing: an S3 bucket and what takes the same variable for its `bucket`.

use std::collections::{BTreeMap, HashMap};

use bastide_hcl::{Block, Body, Expr, ExprKind, Item, Part};
use bastide_value::{Cause, Map, Value};

use crate::{Evaluation, Mode, Resource};

/// Values of a resource are searched up to so many: shared parts may unfold without end.
const MAX_VALUES: usize = 4096;

/// The references between the resources of one evaluation, in both directions.
#[derive(Debug, Default)]
pub struct References {
    edges: Vec<Vec<Reference>>,
}

/// One end of a reference.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Reference {
    /// The other resource, by its place in [`Evaluation::with_absent`].
    pub to: usize,
    /// Whether it goes through the output of a module.
    pub through_output: bool,
}

/// An `output` block of one module instance.
#[derive(Clone, Copy, Debug)]
pub struct Output<'a> {
    /// The module instance: `module.a["k"].`, empty for the root module.
    pub module: &'a str,
    /// The name.
    pub name: &'a str,
    /// The block.
    pub block: &'a Block<'a>,
}

impl References {
    /// Finds all references in an evaluation, also of resources that are absent.
    pub fn new(evaluation: &Evaluation<'_>) -> Self {
        Index::new(evaluation).references()
    }

    /// The references from and to a resource, sorted.
    pub fn of(&self, resource: usize) -> &[Reference] {
        self.edges.get(resource).map_or(&[], Vec::as_slice)
    }

    fn connect(&mut self, from: usize, to: usize, through_output: bool) {
        if from == to {
            return;
        }
        for (from, to) in [(from, to), (to, from)] {
            self.edges[from].push(Reference { to, through_output });
        }
    }
}

/// `aws_vpc.main["a"].id`: names up to an attribute, and the first key among them.
#[derive(Clone, Debug)]
struct Traversal<'a> {
    names: Vec<&'a str>,
    key: Option<&'a Expr<'a>>,
    /// The top-level attribute that it stands in.
    attribute: &'a str,
}

/// What takes one variable or local for its `bucket`.
#[derive(Default)]
struct SameBucket {
    bucket: Option<usize>,
    others: Vec<usize>,
}

/// A module instance, a kind of block, a resource type and a name.
type Place<'a> = (&'a str, Mode, &'a str, &'a str);

/// The instances of one block.
struct Instances {
    first: usize,
    by_key: HashMap<String, usize>,
}

impl Instances {
    /// The instance of a key, else the first.
    fn at(&self, key: &str) -> usize {
        self.by_key.get(key).copied().unwrap_or(self.first)
    }
}

struct Index<'e, 'a> {
    resources: Vec<&'e Resource<'a>>,
    /// All instances at a place.
    instances: HashMap<Place<'a>, Instances>,
    /// Places of resources by their address: `module.a.aws_vpc.main`.
    addresses: HashMap<String, Place<'a>>,
    /// Module instances by the instance that calls them and the name of the call.
    modules: HashMap<(&'a str, &'a str), Vec<String>>,
    outputs: HashMap<(&'a str, &'a str), &'a Block<'a>>,
}

impl<'e, 'a> Index<'e, 'a> {
    fn new(evaluation: &'e Evaluation<'a>) -> Self {
        let mut index = Self {
            resources: evaluation.with_absent(),
            instances: HashMap::new(),
            addresses: HashMap::new(),
            modules: HashMap::new(),
            outputs: HashMap::new(),
        };
        for (at, resource) in evaluation.with_absent().into_iter().enumerate() {
            let Some(name) = resource.name() else {
                continue;
            };
            let (module, mode, kind) = (resource.module, resource.mode, resource.kind);
            match mode {
                Mode::Managed | Mode::Data => {
                    let place = (module, mode, kind, name);
                    let instances = index.instances.entry(place).or_insert_with(|| Instances {
                        first: at,
                        by_key: HashMap::new(),
                    });
                    instances
                        .by_key
                        .entry(resource.key().to_owned())
                        .or_insert(at);
                    if mode == Mode::Managed {
                        let address = format!("{module}{kind}.{name}");
                        index.addresses.insert(address, place);
                    }
                }
                Mode::Module => {
                    let called = resource.address.strip_prefix(module).unwrap_or(name);
                    let prefix = format!("{module}module.{called}.");
                    index
                        .modules
                        .entry((module, name))
                        .or_default()
                        .push(prefix);
                }
                Mode::Provider => {}
            }
        }
        for output in &evaluation.outputs {
            let place = (output.module, output.name);
            index.outputs.insert(place, output.block);
        }
        index
    }

    fn references(&self) -> References {
        let mut found = References {
            edges: vec![Vec::new(); self.resources.len()],
        };
        // Instances share their block: it is searched once.
        let mut of_blocks: HashMap<*const Block<'a>, Vec<Traversal<'a>>> = HashMap::new();
        let mut by_name: BTreeMap<(&str, &str, &str), SameBucket> = BTreeMap::new();
        for (from, &resource) in self.resources.iter().enumerate() {
            let traversals = of_blocks
                .entry(std::ptr::from_ref(resource.block))
                .or_insert_with(|| traversals(resource.block.body));
            for traversal in traversals.iter() {
                self.follow(from, traversal, &mut found);
                if let ("bucket", [root @ ("var" | "local"), name, ..]) =
                    (traversal.attribute, traversal.names.as_slice())
                {
                    let place = (resource.module, *root, *name);
                    let same = by_name.entry(place).or_default();
                    match resource.kind {
                        "aws_s3_bucket" => same.bucket = Some(from),
                        _ => same.others.push(from),
                    }
                }
            }
            if resource.mode == Mode::Managed {
                self.follow_values(from, &mut found);
            }
        }
        for same in by_name.into_values() {
            for other in same.others {
                if let Some(bucket) = same.bucket {
                    found.connect(bucket, other, false);
                }
            }
        }
        for edges in &mut found.edges {
            edges.sort_unstable();
            edges.dedup();
        }
        found
    }

    fn follow(&self, from: usize, traversal: &Traversal<'a>, found: &mut References) {
        let resource = self.resources[from];
        if let Some(to) = self.named(resource.module, traversal, Some(resource)) {
            found.connect(from, to, false);
        }
        let ["module", call, output, ..] = traversal.names[..] else {
            return;
        };
        let Some(modules) = self.modules.get(&(resource.module, call)) else {
            return;
        };
        for module in modules {
            let Some((&(module, _), block)) =
                self.outputs.get_key_value(&(module.as_str(), output))
            else {
                continue;
            };
            // Of an output that names several things, the first counts.
            let first = traversals(block.body).into_iter().next();
            if let Some(to) = first.and_then(|first| self.named(module, &first, None)) {
                found.connect(from, to, true);
            }
        }
    }

    /// The resource that a traversal in a module names.
    fn named(
        &self,
        module: &'a str,
        traversal: &Traversal<'a>,
        from: Option<&Resource<'a>>,
    ) -> Option<usize> {
        let place = match traversal.names[..] {
            ["data", kind, name, ..] => (module, Mode::Data, kind, name),
            [kind, name, ..] => (module, Mode::Managed, kind, name),
            _ => return None,
        };
        let instances = self.instances.get(&place)?;
        Some(match traversal.key.and_then(Expr::as_str) {
            Some(key) => instances.at(&format!("[\"{key}\"]")),
            None => instances.at(from.map_or("", Resource::key)),
        })
    }

    /// References that came through variables and locals: what is computed by the provider tells
    /// whose attribute it is. They lead to the same module or to one that called it.
    fn follow_values(&self, from: usize, found: &mut References) {
        let resource = self.resources[from];
        let mut left = MAX_VALUES;
        // All instances share what they are repeated by, however large: what one of them takes of it
        // stands in its other attributes.
        let own = resource.body.entries().iter();
        let own = own.filter(|entry| !["count", "for_each"].contains(&entry.key));
        let mut found_at = |address: &str| {
            let place = self.addresses.get(address).or_else(|| {
                let (address, _) = address.rsplit_once('.')?;
                self.addresses.get(address)
            });
            if let Some(instances) = place.and_then(|place| self.instances.get(place))
                && let to = instances.at(resource.key())
                && resource.module.starts_with(self.resources[to].module)
            {
                found.connect(from, to, false);
            }
        };
        for entry in own {
            computed(entry.node.value, &mut left, &mut found_at);
        }
    }
}

fn computed_in<'a>(map: Map<'a>, left: &mut usize, found: &mut dyn FnMut(&'a str)) {
    for entry in map.entries() {
        computed(entry.node.value, left, found);
    }
}

fn computed<'a>(value: Value<'a>, left: &mut usize, found: &mut dyn FnMut(&'a str)) {
    let Some(less) = left.checked_sub(1) else {
        return;
    };
    *left = less;
    match value {
        Value::Unknown(unknown) => {
            if let Cause::Computed(address) = unknown.cause {
                found(address);
            }
        }
        Value::Map(map) => computed_in(map, left, found),
        Value::List(items) | Value::Blocks(items) => {
            for item in items {
                computed(item.value, left, found);
            }
        }
        _ => {}
    }
}

/// The names of every traversal in an expression.
pub(crate) fn each_name<'a>(expr: &'a Expr<'a>, found: &mut dyn FnMut(&[&'a str])) {
    let mut search = Search {
        attribute: "",
        found: Vec::new(),
    };
    search.expression(expr);
    for traversal in &search.found {
        found(&traversal.names);
    }
}

/// Every traversal in a body, in the order in which they are written.
fn traversals<'a>(body: Body<'a>) -> Vec<Traversal<'a>> {
    let mut search = Search {
        attribute: "",
        found: Vec::new(),
    };
    for item in body.items {
        match item {
            Item::Attribute(attribute) => {
                search.attribute = attribute.name.name;
                search.expression(&attribute.expr);
            }
            Item::Block(block) => {
                search.attribute = "";
                search.body(block.body);
            }
        }
    }
    search.found
}

struct Search<'a> {
    attribute: &'a str,
    found: Vec<Traversal<'a>>,
}

impl<'a> Search<'a> {
    fn body(&mut self, body: Body<'a>) {
        for item in body.items {
            match item {
                Item::Attribute(attribute) => self.expression(&attribute.expr),
                Item::Block(block) => self.body(block.body),
            }
        }
    }

    fn expression(&mut self, expr: &'a Expr<'a>) {
        match expr.kind {
            ExprKind::Variable(_) | ExprKind::Get(..) | ExprKind::Index(..) => self.traversal(expr),
            ExprKind::Template(parts) => self.parts(parts),
            ExprKind::Splat(source, rest) => self.expressions([source, rest]),
            ExprKind::Call(call) => self.expressions(call.args),
            ExprKind::Unary(_, operand) | ExprKind::Parens(operand) => self.expression(operand),
            ExprKind::Binary(_, left, right) => self.expressions([left, right]),
            ExprKind::Conditional(all) => self.expressions(all),
            ExprKind::Tuple(items) => self.expressions(items),
            ExprKind::Object(items) => {
                self.expressions(items.iter().flat_map(|item| [&item.key, &item.value]));
            }
            ExprKind::For(each) => {
                self.expressions([&each.collection, &each.result]);
                self.expressions(each.result_key.iter().chain(&each.condition));
            }
            ExprKind::Null
            | ExprKind::Bool(_)
            | ExprKind::Number(_)
            | ExprKind::String(_)
            | ExprKind::SplatItem
            | ExprKind::Invalid => {}
        }
    }

    fn expressions(&mut self, all: impl IntoIterator<Item = &'a Expr<'a>>) {
        for expr in all {
            self.expression(expr);
        }
    }

    fn parts(&mut self, parts: &'a [Part<'a>]) {
        for part in parts {
            match part {
                Part::Literal(_) => {}
                Part::Interpolation(expr) => self.expression(expr),
                Part::If(directive) => {
                    self.expression(&directive.condition);
                    self.parts(directive.yes);
                    self.parts(directive.no);
                }
                Part::For(directive) => {
                    self.expression(&directive.collection);
                    self.parts(directive.body);
                }
            }
        }
    }

    /// A chain of names and keys; what is in the keys too.
    fn traversal(&mut self, mut expr: &'a Expr<'a>) {
        let mut names = Vec::new();
        let mut key = None;
        loop {
            match expr.kind {
                ExprKind::Get(source, name) => {
                    names.push(name.name);
                    expr = source;
                }
                ExprKind::Index(source, index) => {
                    self.expression(index);
                    key = Some(index);
                    expr = source;
                }
                ExprKind::Variable(name) => {
                    names.push(name);
                    break;
                }
                _ => {
                    self.expression(expr);
                    return;
                }
            }
        }
        if names.len() > 1 {
            names.reverse();
            let attribute = self.attribute;
            self.found.push(Traversal {
                names,
                key,
                attribute,
            });
        }
    }
}
