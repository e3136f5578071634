//! All resource instances below the root modules.

use bastide_hcl::Block;
use bastide_source::{Diagnostic, Skip, Span, skips_in};
use bastide_value::Arena;

use crate::configuration::{Configuration, Directory, Mode};
use crate::evaluator::Evaluator;
use crate::files::is_json;
use crate::module::{Key, Module};
use crate::scope::{Repeated, Scope};
use crate::{Output, Resource};

/// Module calls may nest so deep.
const MAX_MODULE_DEPTH: u32 = 32;

/// At most so many resources come from one root module.
pub const MAX_RESOURCES: usize = 200_000;

/// What one root module evaluates to.
#[derive(Debug, Default)]
pub struct Evaluation<'a> {
    /// The resource instances, in the order of their modules, then as they are written.
    pub resources: Vec<Resource<'a>>,
    /// Blocks that make no instance, as if they made one: `count` is zero, or `for_each` is empty.
    pub absent: Vec<Resource<'a>>,
    /// The outputs of all module instances.
    pub outputs: Vec<Output<'a>>,
    /// Where a limit was reached.
    pub diagnostics: Vec<Diagnostic>,
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
    walk.module(Module::new(arena, root, "", None), 0, &mut found);
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

struct Walk<'a> {
    evaluator: Evaluator<'a>,
}

impl<'a> Walk<'a> {
    fn module(&self, module: &'a Module<'a>, depth: u32, found: &mut Evaluation<'a>) {
        let callers = module.callers;
        let inherited: Vec<Skip> = callers.iter().flat_map(|call| self.skips(call)).collect();
        let add = |mode, kind, address, body, block: &'a Block<'a>| {
            let mut skips = self.skips(block);
            skips.extend_from_slice(&inherited);
            Resource {
                mode,
                kind,
                address,
                module: module.prefix,
                body,
                block,
                callers,
                skips,
            }
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
            let alias = alias.unwrap_or("default");
            let address = format!("{}{kind}.{alias}", module.prefix);
            found
                .resources
                .push(add(Mode::Provider, kind, address, body, provider));
        }
        for index in 0..module.directory.resources.len() {
            let declared = module.directory.resources[index];
            let Ok(instances) = self.evaluator.resource(module, index) else {
                continue;
            };
            if instances.iter().next().is_none() {
                let scope = Scope::new(module, Repeated::None);
                let body = self.evaluator.body(declared.block.body, scope);
                let address = format!("{}{}.{}", module.prefix, declared.kind, declared.name);
                let (mode, kind, block) = (declared.mode, declared.kind, declared.block);
                found.absent.push(add(mode, kind, address, body, block));
            }
            for (key, body) in instances.iter() {
                // As in Checkov, a data source is one resource, whatever its `count`.
                let is_data = declared.mode == Mode::Data;
                let key = if is_data { Key::None } else { key };
                let address = format!("{}{}.{}{key}", module.prefix, declared.kind, declared.name);
                found.resources.push(add(
                    declared.mode,
                    declared.kind,
                    address,
                    body,
                    declared.block,
                ));
                if is_data {
                    break;
                }
            }
        }
        for (index, name, block) in module.directory.calls.iter() {
            let Ok(instances) = self.evaluator.call(module, index) else {
                continue;
            };
            for (key, called) in instances.iter() {
                let body = self
                    .evaluator
                    .body(block.body, Scope::new(module, Repeated::None));
                let address = format!("{}{name}{key}", module.prefix);
                found
                    .resources
                    .push(add(Mode::Module, "module", address, body, block));
                let Some(called) = called else { continue };
                if module
                    .lineage()
                    .any(|it| std::ptr::eq(it.directory, called.directory))
                {
                    found.say_cycle(block);
                    continue;
                }
                if depth >= MAX_MODULE_DEPTH || found.resources.len() >= MAX_RESOURCES {
                    found.say_limit(block);
                    return;
                }
                self.module(called, depth + 1, found);
            }
        }
    }

    /// Skip comments strictly between the first and the last line of a block. JSON has no comments.
    fn skips(&self, block: &Block<'a>) -> Vec<Skip> {
        let source = &self.evaluator.configuration.sources[block.span.file.0 as usize];
        if is_json(&source.path) {
            return Vec::new();
        }
        let text = source.slice(block.span);
        let (Some(first), Some(last)) = (text.find('\n'), text.rfind('\n')) else {
            return Vec::new();
        };
        let offset = block.span.start as usize;
        let inner = Span::new(block.span.file, offset + first + 1, offset + last + 1);
        skips_in(source.slice(inner), inner)
    }
}
