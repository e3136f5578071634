//! Terraform's functions.
//!
//! A function takes [`Args`] and gives a value, or the cause why there is none. By the time it is
//! called, no argument is unknown as a whole; items of lists and maps may be. To add one: write it
//! in the file of its family, name it in [`find`], and test it with the example of its page in
//! Terraform's documentation.

mod args;
mod collection;
mod encoding;
mod file;
mod hash;
mod network;
mod numeric;
mod text;
mod time;
mod yaml;

use bastide_hcl::{Call, Expr};
use bastide_value::{Cause, Node, Value};
use md5::Md5;
use sha1::Sha1;
use sha2::{Sha256, Sha512};

pub(crate) use args::Args;
pub(crate) use encoding::{JsonWriter, from_json};

use crate::evaluator::{Evaluator, known};
use crate::scope::Scope;

/// A function.
pub(crate) type Function = for<'a> fn(&Args<'_, 'a>) -> Result<Value<'a>, Cause<'a>>;

/// The function of a name.
fn find(name: &str) -> Option<Function> {
    Some(match name {
        "abs" => numeric::abs,
        "abspath" => file::abs_path,
        "alltrue" => collection::all_true,
        "anytrue" => collection::any_true,
        "base64decode" => encoding::base64_decode,
        "base64encode" => encoding::base64_encode,
        "base64sha256" => hash::base64_of_text::<Sha256>,
        "base64sha512" => hash::base64_of_text::<Sha512>,
        "basename" => text::basename,
        "ceil" => numeric::ceil,
        "chomp" => text::chomp,
        "chunklist" => collection::chunk_list,
        "cidrhost" => network::cidr_host,
        "cidrnetmask" => network::cidr_netmask,
        "cidrsubnet" => network::cidr_subnet,
        "cidrsubnets" => network::cidr_subnets,
        "coalesce" => collection::coalesce,
        "coalescelist" => collection::coalesce_list,
        "compact" => collection::compact,
        "concat" => collection::concat,
        "contains" => collection::contains,
        "csvdecode" => encoding::csv_decode,
        "dirname" => text::dirname,
        "distinct" => collection::distinct,
        "element" => collection::element,
        "endswith" => text::ends_with,
        "ephemeralasnull" => collection::same,
        "file" => file::file,
        "filebase64" => file::file_base64,
        "filebase64sha256" => hash::base64_of_file::<Sha256>,
        "filebase64sha512" => hash::base64_of_file::<Sha512>,
        "fileexists" => file::file_exists,
        "filemd5" => hash::of_file::<Md5>,
        "fileset" => file::file_set,
        "filesha1" => hash::of_file::<Sha1>,
        "filesha256" => hash::of_file::<Sha256>,
        "filesha512" => hash::of_file::<Sha512>,
        "flatten" => collection::flatten,
        "floor" => numeric::floor,
        "format" => text::format,
        "formatdate" => time::format,
        "formatlist" => text::format_list,
        "indent" => text::indent,
        "index" => collection::index,
        "join" => text::join,
        "jsondecode" => encoding::json_decode,
        "jsonencode" => encoding::json_encode,
        "keys" => collection::keys,
        "length" => collection::length,
        "list" => collection::list,
        "log" => numeric::log,
        "lookup" => collection::lookup,
        "lower" => text::lower,
        "map" => collection::map,
        "matchkeys" => collection::match_keys,
        "max" => numeric::max,
        "md5" => hash::of_text::<Md5>,
        "merge" => collection::merge,
        "min" => numeric::min,
        "nonsensitive" | "sensitive" => collection::same,
        "one" => collection::one,
        "parseint" => numeric::parse_int,
        "pathexpand" => file::path_expand,
        "pow" => numeric::pow,
        "range" => collection::range,
        "regex" => text::regex,
        "regexall" => text::regex_all,
        "replace" => text::replace,
        "reverse" => collection::reverse,
        "setintersection" => collection::set_intersection,
        "setproduct" => collection::set_product,
        "setsubtract" => collection::set_subtract,
        "setunion" => collection::set_union,
        "sha1" => hash::of_text::<Sha1>,
        "sha256" => hash::of_text::<Sha256>,
        "sha512" => hash::of_text::<Sha512>,
        "signum" => numeric::signum,
        "slice" => collection::slice,
        "sort" => collection::sort,
        "split" => text::split,
        "startswith" => text::starts_with,
        "strcontains" => text::contains,
        "strrev" => text::reverse,
        "substr" => text::substr,
        "sum" => numeric::sum,
        "templatefile" => file::template_file,
        "templatestring" => file::template_string,
        "textdecodebase64" => encoding::text_decode_base64,
        "textencodebase64" => encoding::text_encode_base64,
        "timeadd" => time::add,
        "timecmp" => time::compare,
        "title" => text::title,
        "tobool" => numeric::to_bool,
        "tolist" => collection::to_list,
        "tomap" => collection::to_map,
        "tonumber" => numeric::to_number,
        "toset" => collection::to_set,
        "tostring" => text::to_text,
        "transpose" => collection::transpose,
        "trim" => text::trim,
        "trimprefix" => text::trim_prefix,
        "trimspace" => text::trim_space,
        "trimsuffix" => text::trim_suffix,
        "upper" => text::upper,
        "urlencode" => encoding::url_encode,
        "uuidv5" => hash::uuid_v5,
        "values" => collection::values,
        "yamldecode" => yaml::decode,
        "yamlencode" => yaml::encode,
        "zipmap" => collection::zipmap,
        _ => return None,
    })
}

/// Functions that give another result at every run.
const IMPURE: [&str; 4] = ["bcrypt", "plantimestamp", "timestamp", "uuid"];

impl<'a> Evaluator<'a> {
    /// Calls the function that an expression names.
    pub(crate) fn call_function(
        &self,
        call: &'a Call<'a>,
        expr: &Expr<'a>,
        scope: Scope<'_, 'a>,
    ) -> Result<Value<'a>, Cause<'a>> {
        // `core::upper` is the same as `upper`.
        let name = call.name.name;
        let name = name.strip_prefix("core::").unwrap_or(name);
        match name {
            "try" => return self.try_each(call.args, scope),
            "can" => return self.can(call.args, scope),
            _ => {}
        }
        let Some(function) = find(name) else {
            return Err(if IMPURE.contains(&name) {
                Cause::Impure(name)
            } else {
                Cause::Function(name)
            });
        };
        let mut values = Vec::with_capacity(call.args.len());
        for arg in call.args {
            values.push(known(self.eval(arg, scope))?);
        }
        if call.spread
            && let Some(list) = values.pop()
        {
            let items = list
                .as_list()
                .ok_or(Cause::Invalid("only a list can be spread"))?;
            for item in items {
                values.push(known(item.value)?);
            }
        }
        function(&Args {
            values: &values,
            evaluator: self,
            module: scope.module,
            span: expr.span,
        })
    }

    /// `try(a, b, …)`: the first that is no error. What is only known later may be no error, so
    /// all is unknown then.
    fn try_each(&self, args: &[Expr<'a>], scope: Scope<'_, 'a>) -> Result<Value<'a>, Cause<'a>> {
        let mut last = Cause::Invalid("`try` needs an argument");
        for arg in args {
            match self.eval(arg, scope) {
                Value::Unknown(unknown) if is_error(unknown.cause) => last = unknown.cause,
                value => return Ok(value),
            }
        }
        Err(last)
    }

    fn can(&self, args: &[Expr<'a>], scope: Scope<'_, 'a>) -> Result<Value<'a>, Cause<'a>> {
        let [arg] = args else {
            return Err(Cause::Invalid("`can` takes one argument"));
        };
        match self.eval(arg, scope) {
            Value::Unknown(unknown) if is_error(unknown.cause) => Ok(Value::Bool(false)),
            Value::Unknown(unknown) => Err(unknown.cause),
            _ => Ok(Value::Bool(true)),
        }
    }
}

/// Whether Terraform would call this an error, rather than know it later.
fn is_error(cause: Cause<'_>) -> bool {
    matches!(cause, Cause::Invalid(_) | Cause::Undeclared(_))
}

/// The items as a set: each once, in order.
pub(crate) fn set<'a>(evaluator: &Evaluator<'a>, items: &[Node<'a>]) -> Value<'a> {
    collection::set_of(evaluator, items.iter().copied())
}
