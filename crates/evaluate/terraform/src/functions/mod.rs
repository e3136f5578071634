//! Terraform's functions.
//!
//! A function takes [`Args`] and gives a value, or the cause why there is none. By the time it is
//! called, no argument is unknown as a whole; items of lists and maps may be. To add one: write it
//! in the file of its family, name it in [`find`], and test it with the example of its page in
//! Terraform's documentation.

mod args;
mod collection;
mod encoding;
mod hash;
mod network;
mod numeric;
mod text;

use bastide_hcl::{Call, Expr};
use bastide_value::{Cause, Node, Value};

pub(crate) use args::Args;

use crate::evaluator::{Evaluator, known};
use crate::scope::Scope;

/// A function.
pub(crate) type Function = for<'a> fn(&Args<'_, 'a>) -> Result<Value<'a>, Cause<'a>>;

/// The function of a name.
fn find(name: &str) -> Option<Function> {
    Some(match name {
        "abs" => numeric::abs,
        "alltrue" => collection::all_true,
        "anytrue" => collection::any_true,
        "base64decode" => encoding::base64_decode,
        "base64encode" => encoding::base64_encode,
        "base64sha256" => hash::base64_sha256,
        "base64sha512" => hash::base64_sha512,
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
        "flatten" => collection::flatten,
        "floor" => numeric::floor,
        "format" => text::format,
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
        "md5" => hash::md5,
        "merge" => collection::merge,
        "min" => numeric::min,
        "nonsensitive" | "sensitive" => collection::same,
        "one" => collection::one,
        "parseint" => numeric::parse_int,
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
        "sha1" => hash::sha1,
        "sha256" => hash::sha256,
        "sha512" => hash::sha512,
        "signum" => numeric::signum,
        "slice" => collection::slice,
        "sort" => collection::sort,
        "split" => text::split,
        "startswith" => text::starts_with,
        "strcontains" => text::contains,
        "strrev" => text::reverse,
        "substr" => text::substr,
        "sum" => numeric::sum,
        "title" => text::title,
        "tobool" => numeric::to_bool,
        "tolist" => collection::to_list,
        "tomap" => collection::same,
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
        "values" => collection::values,
        "zipmap" => collection::zipmap,
        _ => return None,
    })
}

/// Functions that give another result at every run.
const IMPURE: [&str; 5] = ["bcrypt", "plantimestamp", "timestamp", "uuid", "uuidv5"];

impl<'a> Evaluator<'a> {
    /// Calls the function that an expression names.
    pub(crate) fn call_function(
        &self,
        call: &'a Call<'a>,
        expr: &Expr<'a>,
        scope: Scope<'_, 'a>,
    ) -> Result<Value<'a>, Cause<'a>> {
        match call.name.name {
            "try" => return self.try_each(call.args, scope),
            "can" => return self.can(call.args, scope),
            _ => {}
        }
        let Some(function) = find(call.name.name) else {
            return Err(match IMPURE.iter().find(|name| **name == call.name.name) {
                Some(name) => Cause::Impure(name),
                None => Cause::Function(call.name.name),
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
