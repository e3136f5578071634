//! Files of the tree that is scanned, and templates.

use bastide_hcl::Expr;
use bastide_value::{Cause, Map, Node, Value};
use regex::Regex;

use super::{Args, encoding};
use crate::configuration::join;
use crate::expression::MAX_TEXT;
use crate::place::{Place, sorted};
use crate::scope::{Repeated, Scope};

type Result<'a, T = Value<'a>> = std::result::Result<T, Cause<'a>>;

pub(super) fn file<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    Ok(Value::String(text(args, 0)?))
}

pub(super) fn file_base64<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    Ok(args.give(encoding::base64(bytes(args, 0)?)))
}

/// That a file is not in the tree does not mean that it will not be there.
pub(super) fn file_exists<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let path = path(args, 0)?;
    match args.evaluator.file(&path) {
        Some(_) => Ok(Value::Bool(true)),
        None => Err(missing(args, &path)),
    }
}

/// The paths below a folder that match a pattern, relative to it.
pub(super) fn file_set<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let (folder, pattern) = (path(args, 0)?, args.text(1)?);
    let Some(tree) = args.evaluator.configuration.tree else {
        return Err(missing(args, &folder));
    };
    let pattern = glob(&pattern).ok_or(Cause::Invalid("the pattern is no glob"))?;
    let folder = match folder.as_str() {
        "" => folder,
        _ => folder + "/",
    };
    let below = tree
        .paths()
        .iter()
        .filter_map(|path| path.strip_prefix(&folder));
    let found = below.filter(|path| pattern.is_match(path));
    let nodes: Vec<_> = found.map(|path| Node::from(args.give(path))).collect();
    Ok(super::set(args.evaluator, &nodes))
}

/// A glob as a regular expression: `*` and `?` stay in one folder, `**` goes through folders,
/// `{a,b}` is a choice, `[a-c]` and `[^a-c]` are classes.
fn glob(pattern: &str) -> Option<Regex> {
    let mut regex = String::from("^(?s:");
    let mut chars = pattern.chars().peekable();
    let mut choices = 0u32;
    while let Some(char) = chars.next() {
        match char {
            '*' if chars.next_if_eq(&'*').is_some() => {
                let folders = chars.next_if_eq(&'/').is_some();
                regex.push_str(if folders { "(?:.*/)?" } else { ".*" });
            }
            '*' => regex.push_str("[^/]*"),
            '?' => regex.push_str("[^/]"),
            '{' => {
                choices += 1;
                regex.push_str("(?:");
            }
            '}' if choices > 0 => {
                choices -= 1;
                regex.push(')');
            }
            ',' if choices > 0 => regex.push('|'),
            '[' => {
                regex.push('[');
                if chars.next_if_eq(&'^').is_some() {
                    regex.push('^');
                }
            }
            ']' | '-' => regex.push(char),
            '\\' => regex.push_str(&regex::escape(&chars.next()?.to_string())),
            char => regex.push_str(&regex::escape(&char.to_string())),
        }
    }
    regex.push_str(")$");
    Regex::new(&regex).ok()
}

/// What stands in a file, after its escapes, with variables filled in.
pub(super) fn template_file<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let text = text(args, 0)?;
    fill(args, text, args.map(1)?)
}

pub(super) fn template_string<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let text = args.evaluator.arena.alloc_str(&args.text(0)?);
    fill(args, text, args.map(1)?)
}

fn fill<'a>(args: &Args<'_, 'a>, text: &'a str, variables: Map<'a>) -> Result<'a> {
    let arena = args.evaluator.arena;
    let template = bastide_hcl::parse_template(text, arena)
        .map_err(|_| Cause::Invalid("the template could not be parsed"))?;
    let scope = Scope::new(args.module, Repeated::None);
    let variables: Vec<(&str, &Node<'_>)> = sorted(variables);
    filled(args, arena.alloc(template), &variables, scope)
}

/// Evaluates a template with more variables bound.
fn filled<'a>(
    args: &Args<'_, 'a>,
    template: &'a Expr<'a>,
    variables: &[(&'a str, &Node<'a>)],
    scope: Scope<'_, 'a>,
) -> Result<'a> {
    match variables {
        [] => args.evaluator.try_eval(template, scope),
        [(name, node), rest @ ..] => scope.bind(name, Place::Value(node.value), |scope| {
            filled(args, template, rest, scope)
        }),
    }
}

/// What a file holds.
pub(super) fn bytes<'a>(args: &Args<'_, 'a>, index: usize) -> Result<'a, &'a [u8]> {
    let path = path(args, index)?;
    let bytes = args.evaluator.file(&path);
    let bytes = bytes.ok_or_else(|| missing(args, &path))?;
    if bytes.len() > MAX_TEXT {
        return Err(Cause::Limit("the file is too large to be a value"));
    }
    Ok(bytes)
}

fn text<'a>(args: &Args<'_, 'a>, index: usize) -> Result<'a, &'a str> {
    std::str::from_utf8(bytes(args, index)?).map_err(|_| Cause::Invalid("the file is not UTF-8"))
}

/// The path that an argument names, relative to the root of the tree: Terraform runs in the folder
/// of the root module.
fn path<'a>(args: &Args<'_, 'a>, index: usize) -> Result<'a, String> {
    let path = args.text(index)?;
    let outside = path.starts_with(['/', '~']);
    let inside = join(args.module.root().directory.path, &path);
    inside
        .filter(|_| !outside)
        .ok_or_else(|| missing(args, &path))
}

fn missing<'a>(args: &Args<'_, 'a>, path: &str) -> Cause<'a> {
    Cause::File(args.evaluator.arena.alloc_str(path))
}

/// The path as it is, unless it starts with the home directory, which is not known.
pub(super) fn path_expand<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    if args.text(0)?.starts_with('~') {
        return Err(Cause::Impure("pathexpand"));
    }
    args.value(0)
}

/// An absolute path without `.` and `..`; what a relative one leads to is not known.
pub(super) fn abs_path<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let path = args.text(0)?;
    if !path.starts_with('/') {
        return Err(Cause::Impure("abspath"));
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    Ok(args.give(format!("/{}", parts.join("/"))))
}
