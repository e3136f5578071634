//! Numbers and truth values.

use bastide_value::{Cause, Number, Value};

use super::Args;
use crate::convert;

type Result<'a> = std::result::Result<Value<'a>, Cause<'a>>;

fn give<'a>(float: f64) -> Result<'a> {
    Ok(Value::Number(convert::number(float)))
}

pub(super) fn abs<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    give(args.number(0)?.as_f64().abs())
}

pub(super) fn ceil<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    give(args.number(0)?.as_f64().ceil())
}

pub(super) fn floor<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    give(args.number(0)?.as_f64().floor())
}

pub(super) fn pow<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    give(args.number(0)?.as_f64().powf(args.number(1)?.as_f64()))
}

pub(super) fn max<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    best(args, |one, two| one > two)
}

pub(super) fn min<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    best(args, |one, two| one < two)
}

fn best<'a>(args: &Args<'_, 'a>, better: impl Fn(f64, f64) -> bool) -> Result<'a> {
    let mut best = args.number(0)?;
    for index in 1..args.values.len() {
        let number = args.number(index)?;
        if better(number.as_f64(), best.as_f64()) {
            best = number;
        }
    }
    Ok(Value::Number(best))
}

pub(super) fn sum<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let mut sum = 0.0;
    for item in args.list(0)? {
        let item = crate::evaluator::known(item.value)?;
        let number = convert::to_number(item).ok_or(Cause::Invalid("an item is not a number"))?;
        sum += number.as_f64();
    }
    give(sum)
}

pub(super) fn to_number<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    match args.value(0)? {
        Value::Null => Ok(Value::Null),
        _ => args.number(0).map(Value::Number),
    }
}

pub(super) fn to_bool<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    match args.value(0)? {
        Value::Null => Ok(Value::Null),
        Value::Number(Number::Int(_) | Number::Float(_)) => {
            Err(Cause::Invalid("a number is not a truth value"))
        }
        value => convert::to_bool(value)
            .map(Value::Bool)
            .ok_or(Cause::Invalid("the argument is not a truth value")),
    }
}

pub(super) fn log<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let logarithm = args.number(0)?.as_f64().log(args.number(1)?.as_f64());
    if logarithm.is_finite() {
        return give(logarithm);
    }
    Err(Cause::Invalid("the logarithm is no number"))
}

pub(super) fn signum<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let number = args.number(0)?.as_f64();
    give(if number == 0.0 { 0.0 } else { number.signum() })
}

/// A whole number in a base from 2 to 62.
pub(super) fn parse_int<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let (text, base) = (args.text(0)?, args.int(1)?);
    let wrong = Cause::Invalid("the text is no number in that base");
    let digits = text.strip_prefix('-').unwrap_or(&text);
    let mut number = 0i64;
    for char in digits.chars() {
        let digit = match char {
            '0'..='9' => char as i64 - '0' as i64,
            'a'..='z' => char as i64 - 'a' as i64 + 10,
            'A'..='Z' if base <= 36 => char as i64 - 'A' as i64 + 10,
            'A'..='Z' => char as i64 - 'A' as i64 + 36,
            _ => return Err(wrong),
        };
        let more = number
            .checked_mul(base)
            .and_then(|number| number.checked_add(digit));
        number = more.filter(|_| digit < base).ok_or(wrong)?;
    }
    if digits.is_empty() || !(2..=62).contains(&base) {
        return Err(wrong);
    }
    Ok(Value::int(if text.starts_with('-') {
        -number
    } else {
        number
    }))
}
