//! All resource instances below the root modules.

use bastide_hcl::{BinaryOp, Block, Expr, ExprKind, Part, UnaryOp};
use bastide_source::{Diagnostic, FileId, Skip, Span};
use bastide_value::Arena;

use crate::configuration::{Configuration, Directory, Mode};
use crate::evaluator::Evaluator;
use crate::module::{Key, Module};
use crate::scope::{Repeated, Scope};
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
    /// Blocks that make no instance, as if they made one: `count` is zero, or `for_each` is empty.
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

/// Whether Checkov cannot tell what a `count` is, and gives the address of the only instance without
/// `[0]`: where it compares with an empty text or names a resource, or asks by `!` or `== null`.
fn is_opaque(expr: &Expr<'_>) -> bool {
    use BinaryOp::{Equal, NotEqual};
    match &expr.kind {
        ExprKind::Parens(inner) => is_opaque(inner),
        ExprKind::Template([Part::Interpolation(inner)]) => is_opaque(inner),
        ExprKind::Conditional([condition, _, _]) => match condition.kind {
            ExprKind::Unary(UnaryOp::Not, _) => true,
            ExprKind::Binary(Equal, _, other) if matches!(other.kind, ExprKind::Null) => true,
            _ => is_opaque(condition),
        },
        ExprKind::Binary(Equal | NotEqual, one, other)
            if [one, other].iter().any(|side| side.as_str() == Some("")) =>
        {
            true
        }
        ExprKind::Binary(_, one, other) => is_opaque(one) || is_opaque(other),
        ExprKind::Call(call) => call.args.iter().any(is_opaque),
        ExprKind::Get(source, _) | ExprKind::Index(source, _) | ExprKind::Splat(source, _) => {
            is_opaque(source)
        }
        ExprKind::Variable(name) => !matches!(
            *name,
            "var" | "local" | "each" | "count" | "path" | "terraform" | "module" | "data"
        ),
        _ => false,
    }
}

struct Walk<'a> {
    evaluator: Evaluator<'a>,
}

impl<'a> Walk<'a> {
    fn module(&self, module: &'a Module<'a>, depth: u32, found: &mut Evaluation<'a>) {
        let callers = module.callers;
        let sources = self.evaluator.configuration.sources;
        let inherited = callers.iter().flat_map(|call| skips::of(sources, call));
        let inherited: Vec<Skip> = inherited.collect();
        let add = |mode, kind, address, body, block: &'a Block<'a>| {
            let mut skips = skips::of(sources, block);
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
            let alone = instances.iter().nth(1).is_none();
            let count = declared.block.body.attribute("count");
            let is_opaque = alone && count.is_some_and(|count| is_opaque(&count.expr));
            for (key, body) in instances.iter() {
                // As in Checkov, a data source is one resource, whatever its `count`.
                let is_data = declared.mode == Mode::Data;
                let key = if is_data || is_opaque { Key::None } else { key };
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
                if depth >= MAX_MODULE_DEPTH || found.resources.len() >= MAX_RESOURCES {
                    found.say_limit(block);
                    return;
                }
                self.module(called, depth + 1, found);
            }
        }
    }
}
