//! The way of the data, from paths to verdicts.

use std::path::{Path, PathBuf};

use bastide_check::{CheckRule, Checked, Engine, Framework};
use bastide_discover::{Found, SkipPaths, Walk, Wants};
use bastide_hcl::Body;
use bastide_history::Deadline;
use bastide_judge::{Examined, FileStatus, MissingModule, Root};
use bastide_kubernetes::{Cluster, Manifest, PassedOver};
use bastide_pipelines::{Pipeline, System};
use bastide_secrets::{Scanner, Secret};
use bastide_source::{Diagnostic, FileId, Level, Source};
use bastide_terraform::{Configuration, Evaluation, Inputs, Located, NotEvaluated, Tree};
use bastide_value::{Arena, Node};
use rayon::prelude::*;

use crate::Request;
use crate::history::Past;
use crate::load::{Loaded, Loader};
use crate::modules::Modules;
use crate::threads::Threads;
use crate::tree::Folder;

/// Why there is nothing to examine.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A path that was asked for is not there.
    #[error("`{0}` is not there")]
    NotFound(PathBuf),
    /// There is no history to search for secrets.
    #[error("the history cannot be searched for secrets: {0}")]
    History(#[from] bastide_history::Error),
    /// The history of a single file was asked for.
    #[error("`{0}` is a file: name the folder whose history is to be searched for secrets")]
    HistoryOfFile(PathBuf),
}

/// So many files, or root modules, share an arena. Most are small, and fresh memory is dear.
const SHARE: usize = 8;

/// So many files are loaded by one thread before others may take the next: some take far longer than
/// others.
const LOADED_AT_ONCE: usize = 16;

/// Examines what a request asks for, on these threads.
///
/// # Errors
///
/// If a path is not there, or if the history of a folder is asked for that has none. A file that cannot be read or parsed is a diagnostic, not an error.
pub fn examine(request: &Request, threads: &Threads) -> Result<Examined, Error> {
    threads.run(|| Examination::new(request).run())
}

struct Examination<'r> {
    request: &'r Request,
    engine: Engine,
}

impl<'r> Examination<'r> {
    fn new(request: &'r Request) -> Self {
        let rules = bastide_check::all()
            .chain(request.policies.iter().copied())
            .filter(|check| request.checks.selects(check))
            .flat_map(|check| {
                check
                    .rules
                    .iter()
                    .map(move |rule| -> CheckRule { (check, rule) })
            });
        let asked = |rule: &CheckRule| {
            let mut frameworks = request.frameworks.iter();
            frameworks.any(|framework| framework.of_rules() == rule.1.framework)
        };
        Self {
            request,
            engine: Engine::new(rules.filter(asked)),
        }
    }

    fn asks(&self, framework: Framework) -> bool {
        self.request.frameworks.contains(&framework)
    }

    fn run(&self) -> Result<Examined, Error> {
        let Discovered {
            mut roots,
            mut found,
            located,
        } = self.discover()?;
        let variables = FileId(found.len() as u32);
        self.add_variable_files(&mut roots, &mut found)?;
        let plan_sources = FileId(found.len() as u32);
        self.add_plan_sources(&mut roots, &mut found)?;
        let beside = Beside {
            variables,
            plan_sources,
            located: &located,
        };
        self.request.progress.expect(found.len());
        let loaded = self.load(&found);
        let mut examined = Examined {
            roots,
            complete: self.request.is_complete(),
            ..Examined::default()
        };
        let pasts = self.pasts(loaded.len())?;
        let mut wants = Vec::with_capacity(loaded.len());
        for file in loaded {
            let known =
                |secret: &&Secret| self.is_past(&pasts, &examined.roots, &file.source, secret);
            let secrets = file.secrets.iter().filter(|secret| !known(secret));
            examined.checked.extend(self.engine.secrets(secrets));
            examined.diagnostics.extend(file.diagnostics);
            examined.coverage.files.push(file.status);
            examined.sources.push(file.source);
            wants.push(file.wants);
        }
        self.add_pasts(pasts, &mut wants, &mut examined);
        let sources = std::mem::take(&mut examined.sources);
        self.check(&sources, &wants, beside, &mut examined);
        for diagnostic in &examined.diagnostics {
            if diagnostic.level == Level::Error {
                examined.coverage.files[diagnostic.file.0 as usize] = FileStatus::Unreadable;
            }
        }
        examined.sources = sources;
        Ok(examined)
    }

    /// The secrets in the history of each folder, if they are asked for. Their sources are numbered
    /// from `first` on.
    fn pasts(&self, mut first: usize) -> Result<Vec<Past>, Error> {
        let (Some(time), true) = (self.request.secrets_history, self.asks(Framework::Secrets))
        else {
            return Ok(Vec::new());
        };
        let deadline = Deadline::after(time);
        let scanner = Scanner::new(self.secrets_options());
        let search = |path: &PathBuf| {
            if !path.is_dir() {
                return Err(Error::HistoryOfFile(path.clone()));
            }
            let past = Past::search(path, self.request, &scanner, deadline, FileId(first as u32))?;
            first += past.sources.len();
            Ok(past)
        };
        self.request.paths.iter().map(search).collect()
    }

    /// Whether a secret of a file is told of in the history of its root.
    fn is_past(&self, pasts: &[Past], roots: &[Root], source: &Source, secret: &Secret) -> bool {
        let root = roots.partition_point(|root| root.first <= source.id);
        let past = root.checked_sub(1).and_then(|root| pasts.get(root));
        past.is_some_and(|past| past.knows(&source.path, secret))
    }

    /// Adds what the histories hold, each below a root of its own.
    fn add_pasts(&self, pasts: Vec<Past>, wants: &mut Vec<Wants>, examined: &mut Examined) {
        for (index, past) in pasts.into_iter().enumerate() {
            let first = FileId(examined.sources.len() as u32);
            let root = Root {
                first,
                ..examined.roots[index].clone()
            };
            examined.roots.push(root);
            examined
                .checked
                .extend(self.engine.past_secrets(&past.secrets));
            let statuses = past.sources.iter().map(|_| FileStatus::Evaluated);
            examined.coverage.files.extend(statuses);
            wants.extend(past.sources.iter().map(|_| Wants::default()));
            examined.sources.extend(past.sources);
            if let Some(diagnostic) = past.gap {
                examined.diagnostics.push(diagnostic);
            }
        }
    }

    /// The roots, and the files below them that somebody wants, in one list.
    fn discover(&self) -> Result<Discovered, Error> {
        let skip = SkipPaths::new(self.request.skip_paths.iter().cloned());
        let mut roots = Vec::new();
        let mut located = Vec::new();
        let mut found: Vec<Found> = Vec::new();
        for path in &self.request.paths {
            let absolute = path
                .canonicalize()
                .map_err(|_| Error::NotFound(path.clone()))?;
            let first = FileId(found.len() as u32);
            if path.is_dir() {
                roots.push(Root {
                    given: path.clone(),
                    absolute,
                    first,
                });
                let wanted = |file: &Found| self.asked(file.wants).any() || file.problem.is_some();
                let mut files: Vec<Found> = self.walk(path, &skip);
                files.retain(wanted);
                located.push(self.add_modules(path, &mut files));
                found.extend(files);
            } else {
                roots.push(root_of_file(path, &absolute, first));
                located.push(Located::new());
                found.push(self.single_file(path));
            }
        }
        for file in &mut found {
            file.wants = self.asked(file.wants);
            file.wants.secrets &= !self.request.all_files_for_secrets
                || !self
                    .request
                    .blocks(file.path.rsplit('/').next().unwrap_or_default());
        }
        Ok(Discovered {
            roots,
            found,
            located,
        })
    }

    /// Adds the files of modules that the walk of a root has not found.
    fn add_modules(&self, root: &Path, files: &mut Vec<Found>) -> Located {
        if !self.asks(Framework::Terraform) {
            return Located::new();
        }
        // What is kept is looked at only where it is called.
        let kept = self.request.external_modules.to_string_lossy();
        files.retain(|file| !Path::new(&file.path).starts_with(&*kept));
        let Modules {
            files: more,
            located,
        } = Modules::of(self.request, root, files);
        files.extend(more);
        files.sort_by(|one, two| one.path.cmp(&two.path));
        located
    }

    /// Adds the variable files that are named, each below a root of its own.
    fn add_variable_files(
        &self,
        roots: &mut Vec<Root>,
        found: &mut Vec<Found>,
    ) -> Result<(), Error> {
        for path in &self.request.var_files {
            let absolute = path
                .canonicalize()
                .map_err(|_| Error::NotFound(path.clone()))?;
            let first = FileId(found.len() as u32);
            roots.push(root_of_file(path, &absolute, first));
            found.push(Found {
                wants: self.asked(Wants {
                    variables: true,
                    ..Wants::default()
                }),
                ..self.single_file(path)
            });
        }
        Ok(())
    }

    /// Adds the configurations that plans were made of, each below a root of its own.
    fn add_plan_sources(&self, roots: &mut Vec<Root>, found: &mut Vec<Found>) -> Result<(), Error> {
        let skip = SkipPaths::new(self.request.skip_paths.iter().cloned());
        for path in &self.request.plan_sources {
            roots.push(Root {
                given: path.clone(),
                absolute: path
                    .canonicalize()
                    .map_err(|_| Error::NotFound(path.clone()))?,
                first: FileId(found.len() as u32),
            });
            let files = self.walk(path, &skip).into_iter();
            let files = files.filter(|file| file.wants.terraform && file.problem.is_none());
            found.extend(files.map(|file| Found {
                wants: Wants {
                    terraform: true,
                    ..Wants::default()
                },
                ..file
            }));
        }
        Ok(())
    }

    fn walk(&self, root: &Path, skip: &SkipPaths) -> Vec<Found> {
        let walk = Walk {
            root,
            skip,
            ignored_names: &self.request.ignored_names,
            hidden: self.request.hidden,
            gitignore: self.request.gitignore,
            all_files: self.request.all_files_for_secrets,
            threads: rayon::current_num_threads(),
        };
        walk.run()
    }

    fn single_file(&self, path: &Path) -> Found {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let wants = Wants {
            pipeline: System::of(&path.to_string_lossy()),
            ..Wants::of(&name, &name, self.request.all_files_for_secrets)
        };
        Found {
            path: name,
            open: path.to_owned(),
            wants,
            problem: None,
        }
    }

    /// What of it is asked for.
    fn asked(&self, wants: Wants) -> Wants {
        let terraform = self.asks(Framework::Terraform);
        Wants {
            terraform: wants.terraform && terraform,
            variables: wants.variables && terraform,
            plan: wants.plan && self.asks(Framework::TerraformPlan),
            kubernetes: wants.kubernetes && self.asks(Framework::Kubernetes),
            dockerfile: wants.dockerfile && self.asks(Framework::Dockerfile),
            pipeline: wants.pipeline.filter(|system| self.asks((*system).into())),
            secrets: wants.secrets && self.asks(Framework::Secrets),
        }
    }

    fn secrets_options(&self) -> bastide_secrets::Options {
        bastide_secrets::Options {
            entropy_limit: self.request.entropy_limit,
        }
    }

    fn load(&self, found: &[Found]) -> Vec<Loaded> {
        let scanner = self
            .asks(Framework::Secrets)
            .then(|| Scanner::new(self.secrets_options()));
        let loader = Loader {
            request: self.request,
            scanner: scanner.as_ref(),
        };
        let numbered = found.par_iter().enumerate();
        numbered
            .with_max_len(LOADED_AT_ONCE)
            .map_init(Vec::new, |buffer, (index, file)| {
                let loaded = loader.load(FileId(index as u32), file, buffer);
                self.request.progress.advance();
                loaded
            })
            .collect()
    }

    /// Parses, evaluates and checks. No two threads fill one arena.
    fn check(
        &self,
        sources: &[Source],
        wants: &[Wants],
        beside: Beside<'_>,
        examined: &mut Examined,
    ) {
        let mut arenas = arenas(sources.len());
        let parsed: Vec<Parsed<'_>> = sources
            .par_chunks(SHARE)
            .zip(wants.par_chunks(SHARE))
            .zip(&mut arenas)
            .with_max_len(1)
            .flat_map_iter(|((sources, wants), arena)| {
                let arena = &*arena;
                sources.iter().zip(wants).map(move |(source, wants)| {
                    let parsed = self.parse(source, *wants, arena);
                    self.request.progress.advance();
                    parsed
                })
            })
            .collect();
        let mut bodies = Vec::new();
        let mut variables = Vec::new();
        let mut objects = Vec::new();
        let mut plans = Vec::new();
        let mut plan_sources = Vec::new();
        for file in parsed {
            examined.diagnostics.extend(file.diagnostics);
            examined.checked.extend(file.checked);
            match file.body {
                Some(file) if file.0 >= beside.plan_sources => plan_sources.push(file),
                Some((id, body)) if id >= beside.variables => variables.push(body),
                body => bodies.extend(body),
            }
            if let Some(reason) = file.passed_over {
                examined.coverage.files[file.id.0 as usize] = FileStatus::PassedOver(reason);
            }
            objects.extend(file.manifest.objects);
            plans.extend(file.plan);
        }
        let cluster = Cluster::new(&objects);
        examined.checked.extend(self.engine.kubernetes(&cluster));
        self.terraform(sources, bodies, &variables, beside.located, examined);
        let mut arenas: Vec<_> = plans.iter().map(|_| Arena::new()).collect();
        let configuration = Configuration::new(sources, plan_sources, Inputs::default());
        let checked: Vec<_> = plans
            .into_par_iter()
            .zip(&mut arenas)
            .map(|(mut plan, arena)| {
                plan.move_into(&configuration, arena);
                self.engine.terraform(sources, &plan)
            })
            .collect();
        for checked in checked {
            examined.checked.extend(checked);
        }
    }

    fn parse<'a>(&self, source: &'a Source, wants: Wants, arena: &'a Arena) -> Parsed<'a> {
        let mut parsed = Parsed::new(source.id);
        if wants.terraform || wants.variables {
            let file = bastide_terraform::parse(source, arena);
            parsed.diagnostics.extend(file.diagnostics);
            parsed.body = Some((source.id, file.body));
        }
        if wants.plan {
            match bastide_terraform::read_plan(source, arena) {
                Ok(plan) => parsed.plan = Some(plan),
                Err(diagnostic) => parsed.diagnostics.push(diagnostic),
            }
        }
        if wants.dockerfile {
            let file = bastide_dockerfile::parse(source, arena);
            parsed.checked = self.engine.dockerfile(source, &file);
            parsed.diagnostics.extend(file.diagnostics);
        }
        if wants.kubernetes || wants.pipeline.is_some() {
            let stream = bastide_yaml::parse(source, arena);
            let broken = stream.diagnostics.iter().any(|it| it.level == Level::Error);
            parsed.diagnostics.extend(stream.diagnostics);
            // Checkov takes nothing from a file of which a part does not parse.
            if !broken {
                let roots = stream.documents.into_iter().map(|document| document.root);
                let roots: Vec<Node<'a>> = roots.collect();
                if let Some(system) = wants.pipeline {
                    self.pipeline(system, source, &roots, &mut parsed);
                }
                if wants.kubernetes {
                    parsed.manifest = Manifest::new(source, roots);
                    parsed.say_what_was_passed_over();
                }
            }
        }
        parsed
    }

    fn pipeline<'a>(
        &self,
        system: System,
        source: &'a Source,
        documents: &[Node<'a>],
        parsed: &mut Parsed<'a>,
    ) {
        match Pipeline::new(system, source, documents) {
            Ok(Some(pipeline)) => parsed.checked.extend(self.engine.pipeline(&pipeline)),
            Ok(None) => {}
            Err(passed_over) => parsed.say_that_it_was_passed_over(passed_over),
        }
    }

    /// Each root is a tree of its own; the variable files that were named hold for all.
    fn terraform<'a>(
        &self,
        sources: &'a [Source],
        mut bodies: Vec<(FileId, Body<'a>)>,
        variable_files: &[Body<'a>],
        located: &'a [Located],
        examined: &mut Examined,
    ) {
        let trees = &examined.roots[..self.request.paths.len()];
        let folders: Vec<_> = trees
            .iter()
            .map(|root| Folder::new(root.absolute.clone(), self.request.max_file_size))
            .collect();
        let mut configurations = Vec::with_capacity(trees.len());
        for (index, path) in self.request.paths.iter().enumerate().rev() {
            let first = bodies.partition_point(|(id, _)| *id < trees[index].first);
            let tree: Option<&dyn Tree> = path.is_dir().then_some(&folders[index]);
            let inputs = Inputs {
                environment: &self.request.environment_variables,
                files: variable_files.to_vec(),
                arguments: &self.request.variables,
                tree,
                modules: located.get(index),
            };
            configurations.push(Configuration::new(sources, bodies.split_off(first), inputs));
        }
        configurations.reverse();
        let roots: Vec<_> = configurations
            .iter()
            .flat_map(|configuration| {
                let roots = configuration.roots().into_iter();
                roots.map(move |root| (configuration, root))
            })
            .collect();
        let mut arenas = arenas(roots.len());
        let evaluated: Vec<_> = roots
            .par_chunks(SHARE)
            .zip(&mut arenas)
            .with_max_len(1)
            .flat_map_iter(|(roots, arena)| {
                let arena = &*arena;
                roots.iter().map(move |(configuration, root)| {
                    let evaluation = bastide_terraform::evaluate(configuration, root, arena);
                    let missing = evaluation.not_evaluated.iter().map(missing_module);
                    let missing: Vec<_> = missing.collect();
                    let checked = self.engine.terraform(sources, &evaluation);
                    (checked, missing, evaluation.diagnostics)
                })
            })
            .collect();
        let modules = &mut examined.coverage.modules;
        for (checked, missing, diagnostics) in evaluated {
            examined.checked.extend(checked);
            examined.diagnostics.extend(diagnostics);
            modules.extend(missing);
        }
        modules.sort();
        modules.dedup();
    }
}

/// The arenas that so many files, or root modules, share.
fn arenas(sharers: usize) -> Vec<Arena> {
    std::iter::repeat_with(Arena::new)
        .take(sharers.div_ceil(SHARE))
        .collect()
}

/// What is to be scanned.
struct Discovered {
    roots: Vec<Root>,
    /// The files below all roots, in their order.
    found: Vec<Found>,
    /// Where module calls lead, by root.
    located: Vec<Located>,
}

/// Where sources begin that are not scanned themselves.
#[derive(Clone, Copy)]
struct Beside<'a> {
    /// Variable files that were named.
    variables: FileId,
    /// Configurations that plans were made of.
    plan_sources: FileId,
    /// Where module calls lead, by root.
    located: &'a [Located],
}

fn missing_module(call: &NotEvaluated<'_>) -> MissingModule {
    MissingModule {
        span: call.span,
        name: call.name.to_owned(),
        source: call.source.to_owned(),
        reason: call.reason.to_owned(),
    }
}

/// The root of a file that was named by itself: its folder.
fn root_of_file(path: &Path, absolute: &Path, first: FileId) -> Root {
    Root {
        given: path.parent().unwrap_or(Path::new("")).to_owned(),
        absolute: absolute.parent().unwrap_or(Path::new("/")).to_owned(),
        first,
    }
}

/// What one file gives before files are put together.
struct Parsed<'a> {
    id: FileId,
    diagnostics: Vec<Diagnostic>,
    checked: Checked,
    body: Option<(FileId, Body<'a>)>,
    manifest: Manifest<'a>,
    plan: Option<Evaluation<'a>>,
    passed_over: Option<String>,
}

impl Parsed<'_> {
    fn new(id: FileId) -> Self {
        Self {
            id,
            diagnostics: Vec::new(),
            checked: Checked::default(),
            body: None,
            manifest: Manifest::default(),
            plan: None,
            passed_over: None,
        }
    }

    /// Says of a file of pipelines that it was passed over.
    fn say_that_it_was_passed_over(&mut self, reason: bastide_pipelines::PassedOver) {
        use bastide_pipelines::PassedOver::{Parts, Shape};
        let (span, message, help) = match reason {
            Shape(span) => (
                span,
                "this file was passed over: it is not of the shape of a workflow",
                "write here what the reference of workflows allows; newer parts of it are not known",
            ),
            Parts(span) => (
                span,
                "this file was passed over: it holds more jobs and steps than can be looked at",
                "split it",
            ),
        };
        self.diagnostics
            .push(Diagnostic::warning(span, message).help(help));
        self.passed_over = Some(message.to_owned());
    }

    /// Says of documents that they were passed over; of the file too, if that is all there is.
    fn say_what_was_passed_over(&mut self) {
        for (span, reason) in &self.manifest.passed_over {
            let (message, help) = match reason {
                PassedOver::Name => (
                    "this document was passed over: a `name` in it is not a valid name",
                    "fill in the placeholder, or quote a name that is a number",
                ),
                PassedOver::Nameless => (
                    "this document was passed over: it has neither a name nor labels",
                    "give it a `metadata.name`",
                ),
                PassedOver::Unfolds => (
                    "this document was passed over: its aliases unfold to many times its size",
                    "write out what the aliases stand for",
                ),
            };
            let mut place = *span;
            place.end = place.start;
            self.diagnostics
                .push(Diagnostic::warning(place, message).help(help));
            if self.manifest.objects.is_empty() {
                self.passed_over = Some(message.to_owned());
            }
        }
    }
}
