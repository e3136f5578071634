//! All resource instances below the root modules.

use bastide_hcl::Block;
use bastide_source::{Diagnostic, FileId, Skip, Span};
use bastide_value::Arena;

use crate::configuration::{Configuration, Declared, Directory, Mode};
use crate::evaluator::Evaluator;
use crate::module::{Key, Module};
use crate::scope::{Repeated, Scope};
use crate::told::Told;
use crate::{Output, Resource, skips};

/// Module calls may nest so deep.
const MAX_MODULE_DEPTH: u32 = 32;

/// At most so many resources come from one root module.
pub const MAX_RESOURCES: usize = 200_000;

/// What one root module, or one plan, evaluates to.
#[derive(Debug, Default)]
pub struct Evaluation<'a> {
    /// The resource instances, in the order of their modules, then as they are written.
    pub resources: Vec<Resource<'a>>,
    /// Blocks whose `count` is plainly zero, as if they made one resource. Only policies look at them.
    pub absent: Vec<Resource<'a>>,
    /// The outputs of all module instances.
    pub outputs: Vec<Output<'a>>,
    /// The plan that it was read from, if it was.
    pub plan: Option<FileId>,
    /// Values of the plan that must not be shown.
    pub sensitive: Vec<Span>,
    /// Module calls that lead out of the tree.
    pub not_evaluated: Vec<NotEvaluated<'a>>,
    /// Where a limit was reached.
    pub diagnostics: Vec<Diagnostic>,
}

/// A module call that leads out of the tree: nothing below it was evaluated.
#[derive(Clone, Debug)]
pub struct NotEvaluated<'a> {
    /// Where it is called.
    pub span: Span,
    /// The name of the call.
    pub name: &'a str,
    /// Its source, if that is a text.
    pub source: &'a str,
    /// Why it is not in the tree.
    pub reason: &'a str,
}

/// Evaluates everything below one root module.
pub fn evaluate<'a>(
    configuration: &'a Configuration<'a>,
    root: &'a Directory<'a>,
    arena: &'a Arena,
) -> Evaluation<'a> {
    let walk = Walk {
        evaluator: Evaluator::new(configuration, arena),
    };
    let mut found = Evaluation::default();
    let root = Module::new(arena, root, "", "", None);
    walk.module(
        root,
        Below {
            depth: 0,
            is_general: false,
        },
        &mut found,
    );
    found
}

impl<'a> Evaluation<'a> {
    /// The resources, then those that are absent.
    pub fn with_absent(&self) -> Vec<&Resource<'a>> {
        self.resources.iter().chain(&self.absent).collect()
    }

    fn say_cycle(&mut self, call: &Block<'a>) {
        let message = "the module calls itself: what is below here was not evaluated";
        let help = "give `source` another folder; Terraform refuses this too";
        self.diagnostics
            .push(Diagnostic::warning(call.kind.span, message).help(help));
    }

    fn say_limit(&mut self, call: &Block<'a>) {
        if self.diagnostics.is_empty() {
            let message = "modules call modules without end: what is below here was not evaluated";
            let help = format!(
                "at most {MAX_MODULE_DEPTH} levels of calls and {MAX_RESOURCES} resources are looked at"
            );
            self.diagnostics
                .push(Diagnostic::warning(call.kind.span, message).help(help));
        }
    }
}

/// How deep a module lies, and whether it stands for instances that are not known.
#[derive(Clone, Copy)]
struct Below {
    depth: u32,
    is_general: bool,
}

struct Walk<'a> {
    evaluator: Evaluator<'a>,
}

impl<'a> Walk<'a> {
    fn module(&self, module: &'a Module<'a>, below: Below, found: &mut Evaluation<'a>) {
        let callers = module.callers;
        let sources = self.evaluator.configuration.sources;
        let inherited = callers.iter().flat_map(|call| skips::of(sources, call));
        let inherited: Vec<Skip> = inherited.collect();
        let add = |mode, kind, [address, listed]: [String; 2], body, block: &'a Block<'a>| {
            let mut skips = skips::of(sources, block);
            skips.extend_from_slice(&inherited);
            Resource {
                mode,
                kind,
                address,
                listed,
                is_general: below.is_general,
                module: module.prefix,
                body,
                block,
                callers,
                skips,
            }
        };
        // With the key of the instance, and with the one that reports give.
        let addresses = |name: &str, [key, listed]: [Key<'_>; 2]| {
            [(module.prefix, key), (module.listed, listed)]
                .map(|(prefix, key)| format!("{prefix}{name}{key}"))
        };
        let outputs = module.directory.outputs.iter();
        found.outputs.extend(outputs.map(|(_, name, block)| Output {
            module: module.prefix,
            name,
            block,
        }));
        for provider in &module.directory.providers {
            let body = self
                .evaluator
                .body(provider.body, Scope::new(module, Repeated::None));
            let kind = provider.labels[0].text;
            let alias = body.get("alias").and_then(|alias| alias.value.as_str());
            let name = format!("{kind}.{}", alias.unwrap_or("default"));
            let addresses = addresses(&name, [Key::None; 2]);
            found
                .resources
                .push(add(Mode::Provider, kind, addresses, body, provider));
        }
        for index in 0..module.directory.resources.len() {
            let Declared {
                mode,
                kind,
                name,
                block,
            } = module.directory.resources[index];
            let Ok(instances) = self.evaluator.resource(module, index) else {
                continue;
            };
            let told = self.evaluator.told(module, block);
            let name = format!("{kind}.{name}");
            let resource = |keys, body, is_general| Resource {
                is_general: below.is_general || is_general,
                ..add(mode, kind, addresses(&name, keys), body, block)
            };
            let is_known = instances.are_known_by(told);
            for (key, body) in instances.iter().filter(|_| is_known) {
                // As in Checkov, a data source is one resource, whatever its `count`.
                let keys = match mode {
                    Mode::Data => [Key::None; 2],
                    _ if told.is_something() => [key; 2],
                    _ => [key, Key::None],
                };
                found.resources.push(resource(keys, body, false));
                if mode == Mode::Data {
                    break;
                }
            }
            if is_known && (told.is_something() || mode == Mode::Data || !instances.have_keys()) {
                continue;
            }
            let list = match told {
                Told::Count(0) if instances.is_empty() => &mut found.absent,
                _ => &mut found.resources,
            };
            for (key, each) in self.evaluator.in_general(block, told) {
                let key = if mode == Mode::Data { Key::None } else { key };
                let body = self.evaluator.resource_in_general(module, block, each);
                list.push(resource([key; 2], body, true));
                if mode == Mode::Data {
                    break;
                }
            }
        }
        for (index, name, block) in module.directory.calls.iter() {
            let Ok(instances) = self.evaluator.call(module, index) else {
                continue;
            };
            let told = self.evaluator.told(module, block);
            let is_known = instances.are_known_by(told);
            let mut called: Vec<(Key<'a>, Option<&Module<'a>>, bool)> = Vec::new();
            if is_known {
                called.extend(instances.iter().map(|(key, it)| (key, it, false)));
            }
            if !is_known || !told.is_something() && instances.have_keys() {
                let general = self.evaluator.in_general(block, told);
                called.extend(general.map(|(key, each)| {
                    let it = self.evaluator.call_in_general(module, block, (key, each));
                    (key, it, true)
                }));
            }
            for (key, called, is_general) in called {
                let body = self
                    .evaluator
                    .body(block.body, Scope::new(module, Repeated::None));
                let listed = if told.is_something() { key } else { Key::None };
                let addresses = addresses(name, [key, listed]);
                let is_general = below.is_general || is_general;
                found.resources.push(Resource {
                    is_general,
                    ..add(Mode::Module, "module", addresses, body, block)
                });
                let Some(called) = called else {
                    let source = block.body.attribute("source");
                    found.not_evaluated.push(NotEvaluated {
                        span: block.kind.span,
                        name,
                        source: source.and_then(|it| it.expr.as_str()).unwrap_or_default(),
                        reason: self.evaluator.configuration.why_not(block),
                    });
                    continue;
                };
                if module
                    .lineage()
                    .any(|it| std::ptr::eq(it.directory, called.directory))
                {
                    found.say_cycle(block);
                    continue;
                }
                if below.depth >= MAX_MODULE_DEPTH || found.resources.len() >= MAX_RESOURCES {
                    found.say_limit(block);
                    return;
                }
                let depth = below.depth + 1;
                self.module(called, Below { depth, is_general }, found);
            }
        }
    }
}
